"""People's workbooks: the template they fill in, and the files they hand in, read cell by cell."""

from budgets.sources.workbooks.template import template

__all__ = ["template"]

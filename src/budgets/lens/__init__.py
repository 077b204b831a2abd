"""Lenses: one comparison as totals, per resident and as shares, each in nominal and in constant prices.

A reader of the page switches among the views; all are computed here, by `measures` and `official`, and none in the page.
Where a view cannot be computed it says why. Amounts of programmes have no lens: they are never added or divided.
"""

from budgets.lens.functions import of_functions
from budgets.lens.governments import of_comparison

__all__ = ["of_comparison", "of_functions"]

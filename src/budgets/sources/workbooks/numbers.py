"""Is a cell a number, nothing, or words? Asked before any unit is known."""

import re

from budgets.amounts import parse_cell
from budgets.amounts.numerals import clean
from budgets.errors import AmountError
from budgets.sources.workbooks.grids import Value

_NUMBER = re.compile(r"\(?\s*[-−‐‑–—△▲▽▼+]?\s*[0-9][0-9,]*(?: [0-9]{3})*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?\s*%?\s*\)?")


def is_number(value: Value) -> bool:
    """A number, also one stored as text.

    >>> [is_number(v) for v in (12.5, "△892", "(1,234)", " １２３ ", "3 456", "예산", "010. 교육", "-", True)]
    [True, True, True, True, True, False, False, False, False]
    """
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return True
    return isinstance(value, str) and bool(value) and bool(_NUMBER.fullmatch(clean(value)))


def is_nothing(value: Value) -> bool:
    """Does the cell say that there is nothing (blank, -, null)?"""
    try:
        return parse_cell(value, "원") is None
    except AmountError:
        return False

"""Is a cell a number, nothing, or words? Asked before any unit is known."""

import re
from decimal import Decimal

from budgets.amounts import parse_cell
from budgets.amounts.numerals import clean
from budgets.errors import AmountError
from budgets.sources.workbooks.grids import Value, said
from budgets.sources.workbooks.units import MONEY_UNITS

_NUMBER = re.compile(r"\(?\s*[-−‐‑–—△▲▽▼+]?\s*[0-9][0-9,]*(?: [0-9]{3})*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?\s*%?\s*\)?")
_OWN_UNIT = re.compile(rf"[0-9)]\s*({'|'.join(MONEY_UNITS)})\s*$")
_WON_SIGN = re.compile(r"^\s*[₩￦]\s*(?=[0-9(△\-])")


def own_unit(value: Value) -> str:
    """The money unit that stands in the cell itself.

    >>> own_unit("1,200백만원"), own_unit("3 억원"), own_unit("1,200"), own_unit("단위: 천원"), own_unit("₩ 1,200")
    ('백만원', '억원', '', '', '원')
    """
    if not isinstance(value, str):
        return ""
    found = _OWN_UNIT.search(clean(value))
    return found[1] if found else "원" if _WON_SIGN.match(value) else ""


def without_unit(value: Value) -> Value:
    """The cell without the unit that stands in it.

    >>> without_unit("1,200백만원"), without_unit("₩ 1,200"), without_unit(1200)
    ('1,200', '1,200', 1200)
    """
    return _WON_SIGN.sub("", clean(value).removesuffix(own_unit(value)).strip()) if isinstance(value, str) and own_unit(value) else value


def is_number(value: Value) -> bool:
    """A number, also one stored as text.

    >>> [is_number(v) for v in (12.5, "△892", "(1,234)", " １２３ ", "3 456", "5백만원", "예산", "010. 교육", "-", True)]
    [True, True, True, True, True, True, False, False, False, False]
    """
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return True
    if not isinstance(value, str) or not value:
        return False
    return bool(_NUMBER.fullmatch(clean(said(without_unit(value)))))


def plain_number(number: int | Decimal) -> int | Decimal:
    """The number as an int, unless something stands behind its point.

    >>> plain_number(Decimal("1200.0")), plain_number(Decimal("1200.5"))
    (1200, Decimal('1200.5'))
    """
    return int(number) if number == int(number) else number


def is_nothing(value: Value) -> bool:
    """Does the cell say that there is nothing (blank, -, null)?"""
    try:
        return parse_cell(value, "원") is None
    except AmountError:
        return False

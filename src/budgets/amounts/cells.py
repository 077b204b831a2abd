"""Cells of tables, whose unit stands elsewhere: ``△892`` in 백만원 is −892,000,000 won, exactly."""

import math
import re
from decimal import Decimal
from numbers import Integral, Real

from budgets.amounts.intervals import ONE, Amount, exact, shown
from budgets.amounts.numerals import LONGEST, PLACES, clean, digits
from budgets.amounts.units import WON, is_known, is_whole, unit_of
from budgets.errors import AmountError

_NOTHING = {
    "", "-", "–", "—", "−", "‐", "‑", "―", "…", "·", "null", "none", "nan", "nat", "<na>", "n/a", "na", "#n/a",
    "해당없음", "발표없음", "미발표",
}  # fmt: skip
_UNIT = re.compile(r"([십백천]?)([만억조]?)(.+)")
_CELL = re.compile(
    r"""(?P<open>\()?\s*(?P<sign>[-−‐‑–—△+])?\s*
    (?P<whole>[0-9]{1,3}(?:\ [0-9]{3})+|[0-9][0-9,]*)(?P<decimals>\.[0-9]+)?(?P<exponent>[eE][+-]?[0-9]{1,2})?
    \s*(?P<close>\))?""",
    re.VERBOSE,
)


def parse_cell(value: object, unit: str) -> Amount | None:
    """Read one cell of a column in *unit* (원, 천원, 백만원, 억원, 명, 천명, % …): exact to the last digit shown.

    Returns None where the cell says that nothing was published (blank, ``-``, ``null``, ``N/A``): that is no zero.
    A number must come out in whole won (whole persons …); a decimal point is a decimal point. Raises AmountError for
    anything else, for an unknown unit, and for ▲, which is an increase in some tables and a decrease in others.

    >>> parse_cell("△892", "백만원")
    Amount(low=-892000000, printed=-892000000, high=-892000000, unit='KRW')
    >>> [parse_cell(cell, "천원").printed for cell in ("(1,234)", "１２３", " 1 234 ", 1.2e9)]
    [-1234000, 123000, 1234000, 1200000000000]
    >>> parse_cell("-", "천원") is None
    True
    >>> parse_cell("71.1", "%").printed
    Decimal('71.1')
    """
    factor, name = _unit(unit)
    number = _number(value, unit)
    if number is None:
        return None
    return exact(_billionths(number, factor, name, value), name, shown(value))


def _unit(printed: object) -> tuple[int, str]:
    """A table's unit as (factor, unit): 백만원 → (1,000,000, KRW), 천명 → (1,000, 명). Never 원 by default."""
    compact = "".join(clean(printed[:LONGEST]).split()) if isinstance(printed, str) else ""
    if compact in (WON, "") or is_known(compact):
        if compact:
            return 1, WON if compact == WON else unit_of(compact)
    elif (found := _UNIT.fullmatch(compact)) and is_known(found[3]):
        return PLACES.get(found[1], 1) * PLACES.get(found[2], 1), unit_of(found[3])
    raise AmountError("unknown_unit", shown(printed))


def _number(value: object, unit: str) -> int | Decimal | None:
    """The cell's number in the table's unit; None for a cell that says nothing."""
    match value:
        case None:
            return None
        case bool():
            raise AmountError("not_number", value)
        case str():
            return _written(value, unit)
        case Integral():
            return int(value)
        case Decimal():
            return _finite(value, value)
        case Real():
            return _floating(value)
    if shown(value).casefold() in _NOTHING:
        return None
    raise AmountError("not_number", shown(value))


def _floating(value: Real) -> int | Decimal | None:
    """A binary float as its table shows it: whole numbers as they are, others to the 15 digits spreadsheets keep."""
    try:
        number = float(value)
    except (OverflowError, ValueError, TypeError):
        raise AmountError("not_number", shown(value)) from None
    if math.isfinite(number):
        return int(number) if number.is_integer() else Decimal(f"{number:.15g}")
    return _finite(Decimal(number), value)


def _finite(number: Decimal, given: object) -> Decimal | None:
    if number.is_nan():
        return None
    if number.is_infinite():
        raise AmountError("not_number", shown(given))
    return number


def _written(text: str, unit: str) -> Decimal | None:
    if len(text) > LONGEST:
        raise AmountError("too_long", text[:LONGEST] + "…")
    plain = clean(text)
    if "".join(plain.split()).casefold() in _NOTHING:
        return None
    if re.search("[▲▼▽]", plain):
        raise AmountError("sign", text)
    found = _CELL.fullmatch(plain.removesuffix(clean(unit)).strip())
    if not found or bool(found["open"]) != bool(found["close"]):
        raise AmountError("cell", text)
    if found["open"] and found["sign"]:
        raise AmountError("sign", text)
    whole = found["whole"].replace(" ", "")
    digits(whole, text)
    number = Decimal(whole.replace(",", "") + (found["decimals"] or "") + (found["exponent"] or ""))
    return number.copy_negate() if found["open"] or found["sign"] not in (None, "+") else number


def _billionths(number: int | Decimal, factor: int, unit: str, given: object) -> int:
    """*number* × *factor* in whole billionths, rounded there only for measured units (%)."""
    if isinstance(number, int):
        return number * factor * ONE
    if number and not -30 < number.adjusted() < 30:
        raise AmountError("too_large" if number.adjusted() > 0 else "fraction", shown(given))
    numerator, denominator = number.as_integer_ratio()
    billionths, rest = divmod(numerator * factor * ONE, denominator)
    if rest and is_whole(unit):
        raise AmountError("fraction", shown(given))
    return billionths + (2 * rest >= denominator)

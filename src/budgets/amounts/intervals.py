"""From a number and its hedge words to an interval.

All arithmetic is in whole billionths (``ONE``), so that halves and per cents are exact and never floating point.
"""

from collections.abc import Collection
from decimal import Context, Decimal
from enum import Enum
from typing import NamedTuple

from budgets.amounts.units import is_whole
from budgets.errors import AmountError

Value = int | Decimal
"""A whole number; a ``Decimal`` only where a measured unit (%, 배) has a fraction."""

ONE = 10**9
LARGEST = 2**63 - 1
_WIDE = Context(prec=40)


class Amount(NamedTuple):
    """What a printed amount says: low ≤ printed ≤ high, in *unit* (``KRW`` is won; otherwise the counter as printed).

    ``printed`` is None for a range, ``high`` is None where the print is open above (100명 이상).
    """

    low: Value | None
    printed: Value | None
    high: Value | None
    unit: str


class Hedge(Enum):
    """How a print loosens its number."""

    NEAR = "약"
    OVER = "여"
    BAND = "대"
    ABOVE = "이상"
    BELOW = "이하"


class Numeral(NamedTuple):
    """A number as written, in billionths."""

    value: int
    place: int
    """the smallest place printed: 1 억 in 5천억, 0.01 억 in 5.76억, 1 in 1만5000"""
    last: str = ""
    """the word it ends in (만, 천 …); empty when it ends in digits"""
    groups: int = 1
    """how many big units it is built of: 2 in 1조2천68억"""
    over: bool = False
    """여 stands inside: 2천여만"""
    words: bool = False
    """written in words: 삼천만, 두"""

    @property
    def step(self) -> int:
        """The place of the last digit that is not zero: 100 for 1,500; 0 for nought."""
        digits = str(self.value)
        return 10 ** (len(digits) - len(digits.rstrip("0"))) if self.value else 0


def point(n: Numeral, hedges: Collection[Hedge], unit: str, given: str) -> Amount:
    """The interval of one printed number. Raises AmountError if the unit allows no fraction and there is one, and for
    hedges that contradict each other."""
    _one_way(hedges, given)
    low, high = _ends(n, hedges, unit) if hedges else _plain(n, unit)
    return Amount(_value(low, unit, given), _value(n.value, unit, given), _open(high, unit, given), unit)


def between(left: Numeral, right: Numeral, hedges: Collection[Hedge], unit: str, given: str) -> Amount:
    """The interval of a printed range, loosened by its hedges. Raises AmountError if the first end is the greater."""
    if left.value > right.value:
        raise AmountError("range_order", given)
    _one_way(hedges, given)
    ends = Amount(_value(left.value, unit, given), None, _value(right.value, unit, given), unit)
    if not hedges:
        return ends
    low, high = _ends(left, hedges, unit)[0], _ends(right, hedges, unit)[1]
    return Amount(_value(low, unit, given), None, _open(high, unit, given), unit)


def exact(value: int, unit: str, given: object) -> Amount:
    """A number that is what it is (cells of tables). *value* in billionths."""
    number = _value(value, unit, given)
    return Amount(number, number, number, unit)


def shown(value: object) -> str:
    """*value* as text for a message, whatever it is; Python refuses to print integers of thousands of digits."""
    try:
        return str(value)
    except Exception:
        return f"<{type(value).__name__}>"


def _plain(n: Numeral, unit: str) -> tuple[int, int]:
    """± half of the smallest place printed, at most ± 5 %; exact where the number is written out in digits."""
    if not n.last and n.place == ONE:
        return n.value, n.value
    width = _trim(min(n.place // 2, n.value // 20), unit)
    return n.value - width, n.value + width


def _ends(n: Numeral, hedges: Collection[Hedge], unit: str) -> tuple[int, int | None]:
    """Every hedge gives an interval; of several, the wider end on each side (약 200여: 180 … 220)."""
    ends = [_hedged(n, hedge, unit) for hedge in hedges]
    highs = [high for _, high in ends if high is not None]
    return min(low for low, _ in ends), max(highs) if len(highs) == len(ends) else None


def _hedged(n: Numeral, hedge: Hedge, unit: str) -> tuple[int, int | None]:
    tenth, step = n.value // 10, n.step
    match hedge:
        case Hedge.NEAR:
            # Half of a person is a person: 약 15명 is 14 … 16.
            half = max(step // 2, ONE) if step and is_whole(unit) else step // 2
            width = _trim(min(half, tenth), unit)
            return n.value - width, n.value + width
        case Hedge.OVER:
            return n.value, n.value + _trim(min(step, tenth), unit)
        case Hedge.BAND:
            return n.value, n.value + step
        case Hedge.ABOVE:
            return n.value, None
        case Hedge.BELOW:
            return 0, n.value


def _one_way(hedges: Collection[Hedge], given: str) -> None:
    if Hedge.ABOVE in hedges and Hedge.BELOW in hedges:  # 3억 미만 이상
        raise AmountError("both_ways", given)


def _trim(width: int, unit: str) -> int:
    """A width in whole units where the unit is counted."""
    return width - width % ONE if is_whole(unit) else width


def _open(end: int | None, unit: str, given: object) -> Value | None:
    return None if end is None else _value(end, unit, given)


def _value(billionths: int, unit: str, given: object) -> Value:
    whole, rest = divmod(billionths, ONE)
    if abs(whole) > LARGEST:
        raise AmountError("too_large", given)
    if not rest:
        return whole
    if is_whole(unit):
        raise AmountError("fraction", given)
    return Decimal(billionths).scaleb(-9, _WIDE).normalize(_WIDE)

"""A printed amount as an interval: ``227억여 원`` is 227억 … 228억."""

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from budgets.amounts.english import read_english
from budgets.amounts.intervals import ONE, Amount, Hedge, Numeral, between, point, shown
from budgets.amounts.numerals import LONGEST, PLACES, clean, numerals
from budgets.amounts.refusals import reason_against
from budgets.amounts.units import NOUN_PATTERN, UNIT_PATTERN, WON, follows_words, unit_of
from budgets.errors import AmountError

_BEFORE = {
    "총": None, "약": Hedge.NEAR, "대략": Hedge.NEAR,
    "최대": Hedge.BELOW, "최고": Hedge.BELOW, "최소": Hedge.ABOVE, "적어도": Hedge.ABOVE,
}  # fmt: skip
_AFTER = {
    "규모": Hedge.NEAR, "내외": Hedge.NEAR, "가량": Hedge.NEAR, "정도": Hedge.NEAR, "안팎": Hedge.NEAR,
    "수준": Hedge.NEAR, "전후": Hedge.NEAR, "쯤": Hedge.NEAR, "여": Hedge.OVER, "남짓": Hedge.OVER, "대": Hedge.BAND,
    "이상": Hedge.ABOVE, "초과": Hedge.ABOVE, "넘는": Hedge.ABOVE, "넘게": Hedge.ABOVE, "웃도는": Hedge.ABOVE,
    "이하": Hedge.BELOW, "이내": Hedge.BELOW, "미만": Hedge.BELOW, "못미치는": Hedge.BELOW, "밑도는": Hedge.BELOW,
}  # fmt: skip


def _spelled(word: str) -> str:
    """A hedge word as it may be printed; verbs may follow a particle: 320개가 넘는, 100억에 못 미치는."""
    return r"(?:[이가을를에]\s*)?" + word.replace("못", r"못\s*") if word[-1] in "는게" else word


_AFTER_PATTERN = "|".join(map(_spelled, _AFTER))
_AFTER_WORD = re.compile(_AFTER_PATTERN)
_BEFORE_WORD = re.compile("|".join(_BEFORE))
_BEFORE_WORDS = re.compile(rf"(?:(?:{'|'.join(_BEFORE)})\s*){{1,4}}")
_SEPARATOR = re.compile(r"\s*(?:(?P<sure>[~∼〜]|에서|부터)|[-‐‑–—])\s*")
_TAIL = re.compile(
    rf"""\s*(?P<over>여|남짓)?\s*
    (?:(?P<unit>{UNIT_PATTERN}) (?:\s*(?P<noun>{NOUN_PATTERN}))? )?
    (?P<hedges>(?:\s*(?:{_AFTER_PATTERN})){{0,4}})
    (?=$|{_SEPARATOR.pattern.replace("?P<sure>", "?:")})""",
    re.VERBOSE,
)
_FROM_TO = re.compile(r"(.*\S)\s*이상\s+(.*\S)\s*(?:이하|미만|이내)")
_YEAR = re.compile(r"(?<![0-9,.])(?:19|20)[0-9]{2}(?![0-9,.])")
_BIG = frozenset("만억조경")
_SMALL_WORD = re.compile(r"^[^~∼〜]*?([천백십])\s*[만억조경]")
"""The place word right before a big unit: 천 in 6천억."""


def parse_amount(text: str) -> Amount:
    """Read one printed amount of money or number of things. Raises AmountError, and nothing else.

    Money is in won; ``unit`` is ``KRW`` or the counter as printed. What ends in 조, 억 or 만 without
    a counter is money.

    >>> parse_amount("40억 원")
    Amount(low=3950000000, printed=4000000000, high=4050000000, unit='KRW')
    >>> parse_amount("1조2천68억원").printed
    1206800000000
    >>> parse_amount("6,960,000원")
    Amount(low=6960000, printed=6960000, high=6960000, unit='KRW')
    >>> parse_amount("약 200여 명")
    Amount(low=180, printed=200, high=220, unit='명')
    >>> parse_amount("320개가 넘는")
    Amount(low=320, printed=320, high=None, unit='개')
    >>> parse_amount("20~30명")
    Amount(low=20, printed=None, high=30, unit='명')
    >>> parse_amount("71.1%")
    Amount(low=Decimal('71.05'), printed=Decimal('71.1'), high=Decimal('71.15'), unit='%')
    >>> parse_amount("수십억 원")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    budgets.errors.AmountError: ...
    """
    return _read(text, frozenset())


def read_figure(as_printed: str, hedge: str) -> Amount:
    """Read a token whose hedge word was noted apart; ``hedge == "unknown"`` (lost in copying) reads it like 약.

    >>> read_figure("450개", "none").low, read_figure("450개", "unknown").low
    (450, 445)
    """
    return _read(as_printed, frozenset({Hedge.NEAR} if hedge == "unknown" else ()))


def _read(text: str, known: Set[Hedge]) -> Amount:
    if not isinstance(text, str):
        raise AmountError("not_text", shown(text))
    if len(text) > LONGEST:
        raise AmountError("too_long", text[:LONGEST] + "…")
    plain = clean(text)
    if not plain:
        raise AmountError("empty", text)
    try:
        for amount in _readings(plain, known, text):
            if amount.unit == WON or not plain.startswith("₩"):
                return amount
        reason = "words"
    except AmountError as error:
        reason = error.reason
    raise AmountError(reason_against(plain) or reason, text)


def _readings(text: str, known: Set[Hedge], given: str) -> Iterator[Amount]:
    """Every reading the grammar allows, the likeliest first."""
    if english := read_english(text, given):
        yield point(english, known, WON, given)
        return
    text = text.removeprefix("₩").lstrip()  # ₩5억
    before = _BEFORE_WORDS.match(text)
    words = {_BEFORE[word] for word in _BEFORE_WORD.findall(before[0])} if before else set()
    hedges = known | {word for word in words if word}
    body = text[before.end() :] if before else text
    if apart := _FROM_TO.fullmatch(body):
        body = f"{apart[1]}~{apart[2]}"
    for number, rest in numerals(body, given):
        tail = _read_tail(number, rest)
        if tail and tail.rest:
            yield from _ranges(number, tail, hedges, given)
        elif tail and _may_stand(number, tail, text, given):
            yield point(number, hedges | tail.hedges, tail.unit, given)


class _Tail(NamedTuple):
    """What follows a number."""

    unit: str
    """empty for a bare number"""
    printed: bool
    """the unit is printed, not only understood (227억)"""
    hedges: Set[Hedge]
    rest: str
    """empty, or a range's separator and its other end"""


def _read_tail(n: Numeral, text: str) -> _Tail | None:
    """Unit and hedge words after a number; None where something else follows."""
    found = _TAIL.match(text)
    if not found:
        return None
    hedges = {_after(word) for word in _AFTER_WORD.findall(found["hedges"])}
    if n.over or found["over"]:
        hedges.add(Hedge.OVER)
    unit = unit_of(found["unit"] or "")
    if unit == "대" and (n.last in {"억", "조", "경"} or (n.last == "만" and text[0] == "대")):
        unit, hedges = "", hedges | {Hedge.BAND}  # 4200억대; but 3대, 5만 대 are counted
    if n.words and unit and not follows_words(unit):
        return None
    return _Tail(unit or (WON if n.last in _BIG else ""), bool(unit), hedges, text[found.end() :])


def _after(word: str) -> Hedge:
    """The hedge of a word behind the number, its particle and blanks aside: ``가 넘는``."""
    compact = "".join(word.split())
    return next(hedge for key, hedge in _AFTER.items() if compact.endswith(key))


def _may_stand(n: Numeral, tail: _Tail, text: str, given: str) -> bool:
    """May the number stand without a printed unit? Words alone (만, 천) may not; a bare decimal or year is refused."""
    if tail.printed:
        return True
    if n.words:
        return tail.unit == WON and n.value >= 10**8 * ONE
    if not tail.unit and (n.place < ONE or n.groups > 1):
        raise AmountError("no_unit", given)
    if _YEAR.fullmatch(text):
        raise AmountError("date", given)
    return True


def _ranges(left: Numeral, tail: _Tail, hedges: Set[Hedge], given: str) -> Iterator[Amount]:
    """The number with a second one after it: 20~30명, 20에서 30, 100억~200억 원."""
    separator = _SEPARATOR.match(tail.rest)
    if not separator:
        return
    for right, rest in numerals(tail.rest[separator.end() :], given):
        end = _read_tail(right, rest.removesuffix("까지") if separator[0].strip() in {"에서", "부터"} else rest)
        if not end or end.rest or (right.words and not end.unit):
            continue
        unit = end.unit
        if (tail.printed and tail.unit != unit) or (left.last in _BIG and not unit):
            raise AmountError("range_units", given)
        if unit == "일" and "간" not in rest and "동안" not in rest:
            raise AmountError("date", given)
        if not unit and (not separator["sure"] or min(left.place, right.place) < ONE or max(left.groups, right.groups) > 1 or _YEAR.search(given)):
            raise AmountError("no_unit", given)
        small = _SMALL_WORD.search(tail.rest[separator.end() :])
        yield between(_alike(left, right, PLACES[small[1]] if small else 1, given), right, hedges | tail.hedges | end.hedges, unit, given)


def _alike(left: Numeral, right: Numeral, small: int, given: str) -> Numeral:
    """The left end with the place words it borrows from the right: 100~200억, 1~2천, 5~6천억; but 500~1천 is plain 500.

    *small* is the place word before the right's big unit: 천 in 6천억.
    """
    borrows = right.last in _BIG and left.last not in _BIG
    if (left.last and not borrows) or left.groups > 1 or not (right.last or right.groups > 1):
        return left
    if right.groups == 1 and borrows:
        for places in (PLACES[right.last] * small, PLACES[right.last]):
            if left.value * places <= right.value:
                return left._replace(value=left.value * places, last=right.last)
    elif right.groups == 1:
        scaled = left.value * max(PLACES[right.last], right.place // ONE)
        if scaled <= right.value:
            return left._replace(value=scaled, last=right.last)
    # 1000~5만 명, 5000~1만5000명; but 5000~1억2000만 원 may be won or 만.
    likely = right.last not in {"억", "조", "경"} if right.groups == 1 else right.last not in _BIG and left.value >= 1000 * ONE
    if likely and left.value <= right.value:
        return left
    raise AmountError("range_unclear", given)

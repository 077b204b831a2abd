"""Which word of time governs a figure, and what period that is in the columns of the contract."""

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date

from budgets.reader.growth import grows_from
from budgets.reader.periods import MONEY_TIME, When
from budgets.reader.proposals import EMPTY, NOT_SAID, UNKNOWN, Read, Token
from budgets.reader.scene import Scene

_NEXT_TO = 6
_COMPARED = re.compile(r"\)?\s?(?:대비|보다|에\s비해)")
_STATED = re.compile(r"(?:인\s|이던\s|에서\s|이었|였|\s?→|이[다며고]|다[.]|입니다|뿐|,\s|[”\"]?$|로\s(?:조사|집계|나타))")
_TOPIC = re.compile(r"[은는]\s")
"""올해 예산은 지난 예산 1조보다 늘어난 2조: 올해 speaks of the second."""
_PARTICLE = re.compile(r"(?:에서는|에는|에서|에|은|는|동안)\s")
_BARE_DAY = re.compile(r"[0-9]{1,2}일")


def governing(scene: Scene, token: Token, eligible: set[str]) -> When | None:
    """The word of time a figure stands under.

    In its bracket; else the nearest before it in the sentence (현재 only in its clause); else one behind it in its
    clause that belongs to no other figure. Brackets keep their words of time to themselves.
    """
    at, parts = token.span.start, scene.parts
    start, _ = parts.sentence(at)
    clause = parts.clause(at)
    bracket = parts.bracket(at)
    times = scene.times(min(start, bracket[0]) if bracket else start, max(clause[1], token.span.end))
    if itself := next((w for w in times if w.start == at and w.end == token.span.end), None):
        return itself  # 나흘간
    fit = [w for w in times if w.kind in eligible and not (w.start < token.span.end and at < w.end)]
    # A bare day (19일 밝혔다) is when it was said, 31일까지 a deadline.
    fit = [w for w in fit if w.kind != "days" or not (_BARE_DAY.fullmatch(scene.line[w.start : w.end]) or scene.line.startswith("까지", w.end))]
    if bracket and (inside := [w for w in fit if bracket[0] < w.start and w.end <= at]):
        return inside[-1]
    fit = [w for w in fit if not _belongs_to_comparison(scene, w, token)]
    outside = [w for w in fit if not (around := parts.bracket(w.start)) or around == bracket or _of_its_noun(scene, w, around)]
    before = [w for w in outside if start <= w.start and w.end <= at and (w.kind != "now" or w.start >= clause[0])]
    near = [w for w in before if w.start >= clause[0]]
    if near:
        return near[-1]
    _, stop = scene.behind(token)
    own = [w for w in outside if at < w.start < min(stop, clause[1]) and (stop - w.end > _NEXT_TO or stop >= clause[1])]
    if own:
        return own[0]
    return before[-1] if before else None


def _of_its_noun(scene: Scene, when: When, bracket: tuple[int, int]) -> bool:
    """1단계(2020~2023년)에는 310억 원을 …: years alone in a bracket speak for the noun before it."""
    alone = scene.line[bracket[0] + 1 : bracket[1] - 1].strip() == scene.line[when.start : when.end].strip()
    return alone and bool(_PARTICLE.match(scene.line, bracket[1]))


def _belongs_to_comparison(scene: Scene, when: When, token: Token) -> bool:
    """Is the word of time that of an amount only compared with (전년 21억 원 대비, 올해 예산(1조 원)보다)?"""
    n = bisect_left(scene.tokens, when.end, key=lambda t: t.span.start)
    if n == len(scene.tokens) or (other := scene.tokens[n]).span.start >= token.span.start:
        return False  # only the figure right behind it can be its own
    compared = _COMPARED.match(scene.line, other.span.end) or (
        other.amount.unit == token.amount.unit and grows_from(scene.line, other.span.end, token.span.end)
    )
    return bool(compared) and not _TOPIC.search(scene.line, when.end, other.span.start) and not scene.times(when.end, other.span.start)


def money_period(scene: Scene, token: Token) -> dict[str, Read]:
    """period_kind, period_start, period_end of an amount of money: years and halves; a month is when it was said."""
    when = governing(scene, token, MONEY_TIME)
    if when is None or (when.kind == "year" and when.precision != "year"):
        return {"period_kind": NOT_SAID, "period_start": EMPTY, "period_end": EMPTY}
    return columns(scene, _so_far(scene, token, when))


def count_period(scene: Scene, token: Token, extent: str) -> dict[str, Read]:
    """The period of a count, or its ``as_of`` where it is a stock."""
    when = governing(scene, token, {"year", "years", "part", "month", "days", "now"})
    empty = {"period_kind": NOT_SAID, "period_start": EMPTY, "period_end": EMPTY, "as_of": EMPTY}
    if when is None:
        return empty
    by_the_end = extent == "cumulative" and when.kind == "year" and when.precision == "late_year"
    if when.kind == "now" or (when.last and (extent == "stock" or by_the_end or _at_the_end(scene, token, when))):
        return empty | {"as_of": _day(scene, when, when.last)}
    return empty | columns(scene, _so_far(scene, token, when))


def _at_the_end(scene: Scene, token: Token, when: When) -> bool:
    """지난해 말 기업은 278곳, …: a count that is stated of the end of a year that is over, no deed of its last months."""
    over = when.kind == "year" and when.precision == "late_year" and when.last and scene.published and when.last < scene.published
    return bool(over and _STATED.match(scene.line, token.span.end))


def _so_far(scene: Scene, token: Token, when: When) -> When:
    """올해 예산 5억 원 가운데 2월 말까지 집행된 금액: of the year, what was reached by the end of a month that is over."""
    last = next((w for w in reversed(scene.whens) if when.end <= w.start and w.end <= token.span.start), None)
    if when.kind != "year" or last is None or last.kind != "deadline" or not last.last or not when.first or not scene.published:
        return when
    if not when.first < last.last < scene.published or last.last.year != when.first.year:
        return when
    return replace(when, kind="part", last=last.last, start=last.start, end=last.end, precision="month")


def columns(scene: Scene, when: When) -> dict[str, Read]:
    """period_kind, period_start, period_end of what stands under a word of time."""
    words = (scene.words(when),)
    known = when.first is not None or when.last is not None
    kind = {"year": "fiscal_year", "years": "envelope"}.get(when.kind, "part_year")
    if when.kind == "year" and when.precision != "year":
        kind = "part_year"
    if not known and when.kind != "years":
        return {"period_kind": Read(UNKNOWN, words), "period_start": EMPTY, "period_end": EMPTY}
    return {"period_kind": Read(kind, words), "period_start": _day(scene, when, when.first), "period_end": _day(scene, when, when.last)}


def _day(scene: Scene, when: When, day: date | None) -> Read:
    return Read(day.isoformat(), (scene.words(when),)) if day else EMPTY

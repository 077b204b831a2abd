"""What a printed count says about itself: what is counted, for which indicator, target or actual, flow or stock."""

import re
from collections.abc import Iterator

from budgets.reader.cues import Cue
from budgets.reader.governing import count_period
from budgets.reader.growth import comes_to
from budgets.reader.proposals import NOT_SAID, UNKNOWN, Read, Token
from budgets.reader.scene import Scene, said
from budgets.reader.tense import Marks

_LABEL_REACH = 14
_NEXT = 14
_NOT = re.compile(r"지\s?(?:는\s|도\s)?(?:않(?:았|기로|는다|을)|못(?:했|한다|할))")
"""유치하지 못했다, 지원하지 않기로 했다: an ending, as those of `tense`."""
_PARTICLE = re.compile(r"(?:[을를이가은는에로]|으로|까지)(?=\s)|,\s")
_TOPIC = re.compile(r"([가-힣]+)[은는]\s$")
_OBJECT = re.compile(r"[을를](?=\s)|,\s")
"""공무원 500명을 교육한다 says before the count what is done to whom; 교육생 120명이 수료했다 behind it."""
_BY_COUNTER = {"개사": "companies", "사": "companies", "개국": "countries"}
_NEVER = {
    "건": ("companies", "persons", "organisations"),
    "명": ("companies", "organisations", "cities", "projects", "tasks", "hubs", "strategies"),
    "%": ("companies", "persons"),
}
"""What a counter never counts."""
_ANYTHING, _COUNTED_BY_PLACES = ("곳",), ("companies", "organisations", "cities")
"""곳 counts places, and whatever stands right before it."""
_STANDING = {"organisations", "buildings", "companies_tenants", "staff", "hubs"}
"""What is there rather than done: counted at a date where the text speaks of the present."""


def read_count(scene: Scene, token: Token, marks: Marks) -> dict[str, Read]:
    """indicator, phase, extent and period (or as_of) of a count. Its unit follows from the indicator."""
    counted = _counted(scene, token)
    indicator = _indicator(scene, token, counted.value)
    phase, progress = _phase(scene, token, marks)
    extent = _extent(scene, token)
    period = count_period(scene, token, extent.value)
    own = period["as_of"].value or period["period_kind"].value != UNKNOWN
    if progress and indicator.value in _STANDING and scene.published and (not own or _from_another_clause(scene, token, period)):
        extent = Read("stock", phase.words)
        period = {"period_kind": NOT_SAID, "period_start": Read(""), "period_end": Read(""), "as_of": Read(scene.published.isoformat(), phase.words)}
    elif period["as_of"].value and not extent.value:
        extent = Read("stock", period["as_of"].words)
    elif not extent.value and period["period_kind"].value != UNKNOWN:
        extent = Read("flow", period["period_kind"].words)
    if period["as_of"].value and scene.published and period["as_of"].value <= scene.published.isoformat() and not comes_to(scene.line, token.span.end):
        phase = Read("actual", period["as_of"].words)  # 2024년 말 기준 61개사이며 … 목표로 한다
    elif extent.value == "cumulative" and scene.published and period["as_of"].value > scene.published.isoformat():
        phase = Read("target", period["as_of"].words)  # 올해 말 누적 110개사
    if phase.value == "actual" and extent.value == "cumulative" and scene.published and period["period_end"].value[:4] > f"{scene.published.year}":
        phase = Read("target", period["period_end"].words)  # 2030년까지 누적 3천 명을 배출한다
    if phase == NOT_SAID:
        phase = _phase_by_time(scene, period)
    if phase == NOT_SAID and (state := scene.after(token, "target_phase_else")):
        phase = said(state[0][1], state[0][2])
    return {"indicator": indicator, "phase": phase, "extent": extent, **period}


def _from_another_clause(scene: Scene, token: Token, period: dict[str, Read]) -> bool:
    start, _ = scene.parts.clause(token.span.start)
    words = period["as_of"].words or period["period_kind"].words
    return all(span.start < start for span in words)


def _windows(scene: Scene, token: Token, particle: re.Pattern[str]) -> Iterator[tuple[int, int, bool]]:
    """Where to look for what a count counts, the nearest first: (start, end, take the last one found)."""
    before = (*scene.before(token), True)
    if particle.match(scene.line, token.span.end):
        yield before  # 기업을 80개를 …: behind its particle a count has nothing more to say of what it counts
    yield token.span.start, scene.behind(token)[1], False
    yield before
    start, end = scene.parts.sentence(token.span.start)[0], scene.parts.clause(token.span.start)[1]
    # 70개에서 180개까지: a figure beside it says what is counted, but only one with the same counter.
    others = [t for t in scene.tokens if t.amount.unit != token.amount.unit]
    yield token.span.end, min([end, *(t.span.start for t in others if t.span.start > token.span.start)]), False
    yield max([start, *(t.span.end for t in others if t.span.end <= token.span.start)]), token.span.start, True


def _counted(scene: Scene, token: Token) -> Read:
    """The kind of thing counted: by its counter or the nearest noun."""
    if token.amount.unit in _BY_COUNTER:
        return Read(_BY_COUNTER[token.amount.unit], (token.span,))
    if token.amount.unit in _ANYTHING and (noun := _right_before(scene, token)):
        return noun
    for start, end, last in _windows(scene, token, _PARTICLE):
        found = []
        for cue in scene.cues.of_field("counted"):
            if cue.value in _NEVER.get(token.amount.unit, ()):
                continue
            for hit in cue.pattern.finditer(scene.line, start, min(end, token.span.end + _NEXT) if start == token.span.start else end):
                found.append((-hit.start() if last else hit.start(), -hit.end(), cue, scene.span(hit.start(), hit.end())))
        if found:
            _, _, cue, span = min(found, key=lambda f: f[:2])
            return said(cue, span)
    return Read("")


def _right_before(scene: Scene, token: Token) -> Read | None:
    """기업 45곳: the noun that the counter itself does not name."""
    for cue in scene.cues.of_field("counted"):
        for hit in cue.pattern.finditer(scene.line, max(scene.before(token)[0], token.span.start - _NEXT), token.span.start):
            if cue.value in _COUNTED_BY_PLACES and not scene.line[hit.end() : token.span.start].strip():
                return said(cue, scene.span(hit.start(), hit.end()))
    return None


def _indicator(scene: Scene, token: Token, counted: str) -> Read:
    """The indicator: the nearest word that says what was done to what is counted."""
    for kind in ("indicator", "indicator_else"):
        if (read := _nearest_cue(scene, token, [cue for cue in scene.cues.of_field(kind) if cue.needs == counted])).value != UNKNOWN:
            return read
    return NOT_SAID


def _nearest_cue(scene: Scene, token: Token, cues: list[Cue]) -> Read:
    if topic := _TOPIC.search(scene.line, max(scene.before(token)[0], token.span.start - _NEXT), token.span.start):
        for cue in cues:  # 교육생은 240명
            if hit := next((h for h in cue.pattern.finditer(scene.line, max(topic.start(1) - _NEXT, 0), topic.end(1)) if h.end() > topic.start(1)), None):
                return said(cue, scene.span(hit.start(), hit.end()))
    for start, end, last in _windows(scene, token, _OBJECT):
        found = []
        for order, cue in enumerate(cues):
            for hit in cue.pattern.finditer(scene.line, start, end):
                found.append((-hit.start() if last else hit.start(), order, cue, scene.span(hit.start(), hit.end())))
        if found:
            _, _, cue, span = min(found, key=lambda f: f[:2])
            return said(cue, span)
    return NOT_SAID


def _phase(scene: Scene, token: Token, marks: Marks) -> tuple[Read, bool]:
    """Target or actual, and whether the text speaks of the present: a label, a set phrase, or the next finite verb.

    Unknown, with the words, where the verb is taken back: neither reached nor promised.
    """
    if label := scene.label(token, "target_phase", _LABEL_REACH):
        return said(*label), False
    if after := scene.after(token, "target_phase"):
        return said(after[0][1], after[0][2]), False
    start, end = scene.behind(token, wide=True)
    found = marks(scene.line, start, end)
    if not found:
        return NOT_SAID, False
    mark = found[0]
    words = (scene.span(mark.start, mark.end),)
    if _NOT.search(scene.line, start, mark.end):
        return Read(UNKNOWN, words), False
    if (
        mark.tense in ("noted", "present")
        and (period_over := count_period(scene, token, "")["period_end"].value)
        and scene.published
        and period_over < scene.published.isoformat()
    ):
        return Read("actual", words), False
    return Read("actual" if mark.tense in ("past", "progress") else "target", words), mark.tense == "progress"


def _phase_by_time(scene: Scene, period: dict[str, Read]) -> Read:
    """Where no verb says it, a period that is over is an actual, one still to come a target."""
    if scene.published is None:
        return NOT_SAID
    first, last = period["period_start"], period["period_end"]
    if last.value and last.value < scene.published.isoformat():
        return Read("actual", last.words)
    if first.value > scene.published.isoformat() or (last.value and not first.value):
        return Read("target", (first if first.value else last).words)
    if period["as_of"].value > scene.published.isoformat():
        return Read("target", period["as_of"].words)
    return NOT_SAID


def _extent(scene: Scene, token: Token) -> Read:
    after = scene.after(token, "extent")
    if after:
        return said(after[0][1], after[0][2])
    label = scene.label(token, "extent", _LABEL_REACH)
    return said(*label) if label else Read("")

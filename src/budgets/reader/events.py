"""Dated events: a word of time and the verb of what happened or is to happen; undated only where a body or rule was made."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from budgets.reader.cues import Cue
from budgets.reader.periods import When
from budgets.reader.places import Span
from budgets.reader.proposals import UNKNOWN, Read
from budgets.reader.scene import Scene
from budgets.reader.tense import DONE, Marks

_EXACT = {"days", "month", "from", "recent"}
_FAR = 90
_REPORTED = re.compile(r"\s[^\s,]+(?:\s[^\s,]+)?에\s따르면|\s?밝혔다|\s?발표했다$")
"""5일 시에 따르면 …: the day it was said, not the day it happened."""
_CHAINED = re.compile(r"(?:하고|하며|하여|[해돼])$")
"""31일 계획을 발표하고 …라고 밝혔다: on the very day, told as a step before what is said."""
_MET = re.compile(r"만[났난]")
"""The day on which the paper met who speaks."""
_YEARS = ("내년", "지난해", "작년", "20")
_STEP = re.compile(r"(?:^\s?|[을를에]\s)([가-힣]*(?:고|며|[해돼]|[거마]쳐|[여어아]))[,\s]")
"""A step told before the next one: 심사를 거쳐, 운용사를 고르고."""
_BARE_DAY = re.compile(r"[0-9]{1,2}일")
_ANY = Cue("event", UNKNOWN, "", "after", "exact", "", "")
_LATE = re.compile(r"말\s?까지|연말|월\s?까지")
_MONTH = re.compile(r"([0-9]{1,2})월")


@dataclass(frozen=True)
class Event:
    """An event in a line: its printed time (or verb), its kind, its columns, and where its name may stand."""

    span: Span
    fields: dict[str, Read]
    name_from: int
    name_to: int


def events(scene: Scene, marks: Marks) -> list[Event]:
    """The events of one line, in order: at most one for each word of time, and one undated for each sentence."""
    found: list[Event] = []
    for start, end in scene.parts.sentences:
        verbs = [
            (cue, hit.start(), hit.end()) for cue in scene.cues.of_field("event") if cue.side != "label" for hit in cue.pattern.finditer(scene.line, start, end)
        ]
        verbs.sort(key=lambda v: (v[1], -v[2]))
        used: set[int] = set()
        for when in [
            w for w in scene.whens if start <= w.start < end and not _is_count(scene, w) and not _in_name(scene, w) and not _REPORTED.match(scene.line, w.end)
        ]:
            limits = {exact: _limit(scene, when, end, exact=exact) for exact in (True, False)}
            fit = (v for v in verbs if when.end <= v[1] < limits[v[0].needs == "exact"] and v[1] not in used and _goes_with(v[0], when, scene))
            verb = _label(scene, when, start) or next(fit, None) or _otherwise(scene, when, limits[True], marks)
            if verb is None or (when.kind == "recent" and when.last is None and scene.published is not None):
                continue
            used.add(verb[1])
            found.append(_dated(scene, when, verb, marks, end))
        undated = next((v for v in verbs if v[0].needs == "undated" and v[1] not in used and _past(scene, v, marks)), None)
        if undated and not any(e.span.start >= start for e in found):
            found += [_undated(scene, verb) for verb in _one_each([v for v in verbs if v[0].needs == "undated" and _past(scene, v, marks)])]
    return sorted(found, key=lambda e: e.span.start)


def _otherwise(scene: Scene, when: When, end: int, marks: Marks) -> tuple[Cue, int, int] | None:
    """오는 22일 예비심사를 거쳐 …: whatever is done on a day or in a month, if no figure stands between and it is not the day of speaking."""
    if scene.published is None or not _may_be_any(scene, when, scene.published):
        return None
    found = [(m.start, m.end) for m in marks(scene.line, when.end, scene.parts.sentence(when.start)[1]) if m.start < end]
    found += [(when.end + hit.start(1), when.end + hit.end(1)) for hit in _STEP.finditer(scene.line[when.end : end])]
    verb = min(found, default=None)
    if verb is None or _MET.match(scene.line, verb[0]) or any(when.end <= t.span.start < verb[0] for t in scene.tokens):
        return None
    return (_ANY, *verb)


def _may_be_any(scene: Scene, when: When, published: date) -> bool:
    """A day or month, 내년 1분기, 4분기부터, 연내; not until then (지난달까지), nor a day on which the text may only report (4일)."""
    words, behind = scene.line[when.start : when.end], scene.line[when.end : when.end + 2]
    if words == "연내":
        return when.first is not None
    part = when.kind == "part" and (
        words.startswith(_YEARS) or behind in ("부터", " 안") or ("분기" in words and when.first is not None and when.first > published)
    )
    if not (part or when.kind in ("days", "month", "from")) or when.first is None or (when.kind == "month" and behind == "까지"):
        return False
    now = when.first <= published <= (when.last or when.first)
    return not now and not (_BARE_DAY.fullmatch(words) and when.first < published)


def _limit(scene: Scene, when: When, end: int, *, exact: bool) -> int:
    """How far the verb of a word of time may stand: up to the next one; behind a day the year of what is decided is none."""
    kinds = {*_EXACT, "deadline"} if exact else {"year", "years", "part", "deadline", *_EXACT}
    return min([end, when.end + _FAR, *(w.start for w in scene.whens if w.start > when.end and w.kind in kinds - {"recent"} and not _is_count(scene, w))])


def _label(scene: Scene, when: When, start: int) -> tuple[Cue, int, int] | None:
    """접수 기간은 5월 27일부터 …: what it is stands right before the days."""
    if when.kind not in _EXACT:
        return None
    for cue in scene.cues.of_field("event"):
        if cue.side == "label" and (hit := cue.at_end.search(scene.line, start, when.start)):
            return cue, hit.start(), hit.end()
    return None


def _one_each(verbs: list[tuple[Cue, int, int]]) -> list[tuple[Cue, int, int]]:
    kept: list[tuple[Cue, int, int]] = []
    for verb in verbs:
        if all(verb[1] >= other[2] or verb[2] <= other[1] for other in kept):
            kept.append(verb)
    return kept


def _is_count(scene: Scene, when: When) -> bool:
    """나흘간 is a count of days."""
    return (when.start, when.end) in scene.token_places


def _in_name(scene: Scene, when: When) -> bool:
    """Is this year part of a quoted name (‘2021 뉴딜 …’)?"""
    before = scene.line[: when.start]
    return before.count("‘") > before.count("’")


def _goes_with(cue: Cue, when: When, scene: Scene) -> bool:
    """Does this verb take this word of time? 2026년까지 ends a project; nothing is opened from 현재 on."""
    if cue.value == "plan_adopted" and scene.line[when.start : when.end].endswith("년도"):
        return False  # 내년도 업무계획: the year of the plan, not of its making
    if when.kind == "deadline":
        return cue.needs in ("by", "late") or cue.value == "plan_adopted"
    if cue.needs == "late" and when.kind in ("year", "part"):
        return False  # 올해는 …을 도입한다: what is done in a year, not when it began
    if cue.needs == "exact":
        return when.kind in _EXACT or (when.kind == "part" and "분기" in scene.line[when.start : when.end])
    until = when.kind == "years" and when.first is None and scene.line[when.start : when.end].endswith("까지")
    if until and (cue.needs == "late" or cue.value == "plan_adopted"):
        return bool(_LATE.search(scene.line[when.start : when.end]))
    if cue.needs == "by" and until:
        return True
    if cue.needs == "until":
        money = any(when.end <= t.span.start <= when.end + _FAR for t in scene.tokens)
        return until and not money
    return not until and when.kind in ("year", "part", *_EXACT)


def _past(scene: Scene, verb: tuple[Cue, int, int], marks: Marks) -> bool:
    found = marks(scene.line, verb[1], min(verb[2] + 8, len(scene.line)))
    return bool(found) and found[0].tense == "past"


def _dated(scene: Scene, when: When, verb: tuple[Cue, int, int], marks: Marks, end: int) -> Event:
    cue, start, stop = verb
    words, verb_words = scene.words(when), scene.span(start, stop)
    token = _widened(scene, when)
    first, last = when.first, when.last
    if last and first is None and when.kind == "years" and (month := _MONTH.search(words.text)) and cue.needs != "until":
        first = last.replace(month=int(month[1]), day=1)
        last = last.replace(month=first.month, day=monthrange(last.year, first.month)[1])
    elif last and first is None and when.kind == "years":
        late = cue.needs != "until" and _LATE.search(words.text)
        first = last.replace(month=10 if late else 1, day=1)
    found = marks(scene.line, start, end)
    if DONE.search(verb_words.text) or DONE.match(scene.line, stop):  # 발표했다 says it, though verbs of saying mark no tense
        state = Read("happened", (verb_words,))
    elif found and found[0].tense != "noted":
        state = Read("happened" if found[0].tense in ("past", "progress") else "planned", (scene.span(found[0].start, found[0].end),))
    else:
        over = scene.published and when.kind == "days" and last and last <= scene.published
        state = Read("happened" if over else "planned", (verb_words,))
    if cue.needs == "until":
        state = Read("planned", (words,))
    if scene.published and when.kind in ("days", "month", "deadline", "recent", "year", "part") and last and last < scene.published:
        state = Read("happened", (words,))
    elif scene.published and last == scene.published and _CHAINED.search(verb_words.text):
        state = Read("happened", (words, verb_words))
    elif scene.published and first and first > scene.published:
        state = Read("planned", (words,))
    fields = {
        "event": Read(cue.value, (verb_words,)),
        "date_start": Read(first.isoformat() if first else "", (words,)),
        "date_end": Read(last.isoformat() if last else "", (words,)),
        "date_precision": Read(
            "late_year" if first and when.first is None and first.month == 10 and last and last.month == 12 else when.precision or "unknown", (words,)
        ),
        "state": state,
    }
    return Event(token, fields, when.end, min(stop + 40, end) if scene.line[stop - 1] == "는" else stop)


def _widened(scene: Scene, when: When) -> Span:
    """빠르면 올해 말 is one print: it says the earliest."""
    before = scene.line[: when.start]
    for word in ("빠르면 ", "이르면 ", "늦어도 "):
        if before.endswith(word):
            return scene.span(when.start - len(word), when.end)
    return scene.words(when)


def _undated(scene: Scene, verb: tuple[Cue, int, int]) -> Event:
    cue, start, stop = verb
    end = stop
    while end < len(scene.line) and "가" <= scene.line[end] <= "힣":
        end += 1
    first = scene.line.rfind(" ", start, stop) + 1 or start
    words = scene.span(first, end)
    day = scene.published.isoformat() if scene.published else ""
    fields = {
        "event": Read(cue.value, (scene.span(start, stop),)),
        "date_start": Read(""),
        "date_end": Read(day, (words,)),
        "date_precision": Read("before", (words,)),
        "state": Read("happened", (words,)),
    }
    return Event(words, fields, scene.parts.sentence(start)[0], end)

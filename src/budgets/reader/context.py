"""What a figure's own sentence does not say, but its text does: the sentence it goes on from, the overview it stands in,
the budget the article is about, the same figure printed elsewhere. Only ``unknown`` is filled, and always with words.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from budgets.reader.body import is_prose
from budgets.reader.durations import lasting
from budgets.reader.governing import columns
from budgets.reader.proposals import UNKNOWN, Proposal, Read, Sum
from budgets.reader.scene import Scene

_PERIOD = ("period_kind", "period_start", "period_end", "as_of")
_MONEY_TIME = {"year", "years", "part"}
_BULLET = re.compile(r"\s*(?:[▲△▶▷■□○●◆◇◦•∙※❍ㅇ❏✔✅☑*·ㆍ①-⑳]|[-–]\s|[가-하0-9]{1,2}[.)]\s)")
_HIGHER = re.compile(r"\s*[□■◆❏]|\s*[0-9]{1,2}[.)]\s")
_NO_BUDGET = {"revenue", "investment", "economic_effect", "fund_size"}
_ATTENDANCE = {"participants", "visitors", "companies_participating"}
_HEAD, _NEAR = 6, 4
"""Lines at the head that may name the budget; lines back to an amount whose period may be carried on."""
_COMPARED = re.compile(r"[^,.]{0,4}(?:보다|대비|에\s비해)")
_LASTING = re.compile(r"([0-9]{1,2})\s?개?년")
_OTHER_MATTER = re.compile(r"\s*(?:한편|이와\s별도로|이\s밖에)[,\s]")
_DRAFTED = {"proposed", "supplementary"}
_PLANNED = {"requested", "applied_for", "proposed", "supplementary"}
"""Phases of another year than the one whose settlement an article is about."""
_BY_THE_WAY = {UNKNOWN, "approved"}
"""Phases that a budget article says of its items by words such as 배정했다 while the budget itself is a draft."""


def in_context(proposals: list[Proposal], scenes: Mapping[int, Scene], sums: Iterable[Sum]) -> list[Proposal]:
    """The proposals, their open periods and phases filled from the context, the nearest context first."""
    steps: list[Callable[[list[Proposal], Mapping[int, Scene]], list[Proposal]]] = [_spans, _overviews, lasting, _document, _carried, _repeated, _that_day]
    for step in steps:
        proposals = step(proposals, scenes)
    return _of_wholes([_over(p, scenes) for p in _repeated(_together(proposals, sums), scenes)])


def _open(p: Proposal) -> bool:
    """Says neither the text nor a word of time anything of this figure's period?"""
    return p.token is not None and p.value("period_kind") == UNKNOWN and not p.value("as_of") and not p.fields["period_kind"].words


def _dated(p: Proposal) -> bool:
    return p.token is not None and bool(p.value("period_start") or p.value("period_end"))


def _with(p: Proposal, period: Mapping[str, Read], phase: Read | None = None) -> Proposal:
    fields = p.fields | {name: read for name, read in period.items() if name in p.fields}
    if p.kind == "target" and fields["extent"].value == "stock" and fields["period_end"].value:
        return p  # a stock stands at a date, which another figure's period is not
    if phase is not None and fields["phase"].value == UNKNOWN:
        fields["phase"] = phase
    if p.kind == "target" and not fields["extent"].value:
        fields["extent"] = Read("flow", fields["period_kind"].words)
    return replace(p, fields=fields)


def _period_of(p: Proposal) -> dict[str, Read]:
    return {name: p.fields[name] for name in _PERIOD if name in p.fields}


def _spans(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> list[Proposal]:
    """기본계획(2025~2029) … 5년 동안: a length of years means the span of that length which the text gives."""
    whole = [(scene, w) for _, scene in sorted(scenes.items()) for w in scene.whens if w.kind == "years" and w.first and w.last]
    out = []
    for p in proposals:
        bare = p.value("period_kind") == "envelope" and not p.value("period_start") and not p.value("period_end")
        years = _LASTING.search(" ".join(span.text for span in p.fields["period_kind"].words)) if bare else None
        same = [(s, w) for s, w in whole if years and w.first and w.last and w.last.year - w.first.year + 1 == int(years[1])]
        spans = {(w.first, w.last) for _, w in same}
        out.append(replace(p, fields=p.fields | columns(*same[0])) if len(spans) == 1 else p)
    return out


def _that_day(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> list[Proposal]:
    """이날 150여 명이 참석했다: the day of the event last spoken of; also of those who come, right behind its sentence."""
    out = []
    event: Proposal | None = None
    before: Proposal | None = None
    for p in sorted(proposals, key=lambda p: (p.span.line, p.span.start)):
        if p.kind == "milestone":
            event = p if p.value("date_precision") == "day" else None
        elif event and p.kind == "target" and _open(p):
            scene = scenes[p.span.line]
            start, _ = scene.parts.sentence(p.span.start)
            said = next((cue for cue in scene.cues.of_field("that_day") if cue.pattern.search(scene.line, start, p.span.start)), None)
            visit = p.value("indicator") in _ATTENDANCE and (p.span.line == event.span.line or (before and before.span.line == p.span.line and _same_days(before, event)))
            if said or visit:
                words = event.fields["date_start"].words
                p = _with(p, {"period_kind": Read("part_year", words), "period_start": event.fields["date_start"], "period_end": event.fields["date_end"]})
        before = p if p.token else before
        out.append(p)
    return out


def _same_days(p: Proposal, event: Proposal) -> bool:
    return (p.value("period_start"), p.value("period_end")) == (event.value("date_start"), event.value("date_end"))


def _over(p: Proposal, scenes: Mapping[int, Scene]) -> Proposal:
    """A count whose period is over was reached, where no verb says what it is."""
    day = scenes[p.span.line].published
    if p.kind != "target" or p.value("phase") != UNKNOWN or not day or not "" < p.value("period_end") < day.isoformat():
        return p
    return replace(p, fields=p.fields | {"phase": Read("actual", p.fields["period_end"].words)})


def _overviews(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> list[Proposal]:
    """○ 사업기간: 2025. 3. ~ 12. speaks for the items beside it: up to prose, or a bullet of a higher rank."""
    out = list(proposals)
    for number, scene in scenes.items():
        label = next((hit for cue in scene.cues.of_field("period_line") if (hit := cue.pattern.match(scene.line))), None)
        when = next((w for w in scene.whens if label and w.start >= label.end() and w.kind in _MONEY_TIME), None)
        if when is None or is_prose(scene.line):
            continue
        block = _block(number, scenes)
        out = [_with(p, columns(scene, when)) if p.span.line in block and _open(p) else p for p in out]
    return out


def _block(number: int, scenes: Mapping[int, Scene]) -> set[int]:
    lines = sorted(scenes)
    at = lines.index(number)
    block = {number}
    for step in (lines[at + 1 :], lines[:at][::-1]):
        for line in step:
            text = scenes[line].line
            if is_prose(text) or (_HIGHER.match(text) and not _HIGHER.match(scenes[number].line)):
                break
            block.add(line)
    return block


def _carried(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> list[Proposal]:
    """이 가운데 …, 분야별로는 …, ○ 지원규모: … take the period (and phase) of the last amount before them."""
    out = list(proposals)
    for n, p in enumerate(out):
        if not _open(p) or p.value("nature") in _NO_BUDGET:
            continue
        scene = scenes[p.span.line]
        start, _ = scene.parts.sentence(p.span.start)
        first = scene.line[start:]
        link = next((c for c in scene.cues.of_field("carry") if c.pattern.match(first) and (c.value == "sentence" or not is_prose(scene.line))), None)
        if link is None or any(w.kind in _MONEY_TIME and start <= w.start < p.span.start for w in scene.whens):
            continue
        earlier = [q for q in out[:n] if q.token and not _COMPARED.match(scenes[q.span.line].line, q.span.end) and (q.span.line, q.span.start) < (p.span.line, start) and p.span.line - q.span.line <= _NEAR]
        earlier = [q for q in earlier if q.kind == "budget" or p.kind == "target"]
        if not earlier or not _dated(earlier[-1]) or (link.value == "item" and earlier[-1].value("period_kind") == "envelope" and p.kind == "target"):
            continue
        whole = earlier[-1]
        phase = whole.fields["phase"] if whole.kind == p.kind and link.value == "sentence" and whole.value("unit") == p.value("unit") else None
        out[n] = _with(p, _period_of(whole), phase)
    return out


def _repeated(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> list[Proposal]:
    """The same amount of the same programme printed a second time is of the same period."""
    said: dict[tuple[object, ...], list[Proposal]] = {}
    for p in proposals:
        if p.token and p.token.amount.printed is not None and _dated(p):
            said.setdefault(_print(p), []).append(p)
    out = []
    for p in proposals:
        twins = said.get(_print(p), []) if p.token and _open(p) else []
        headline = not is_prose(scenes[p.span.line].line)
        twin = next((q for q in twins if headline or not is_prose(scenes[q.span.line].line) or q.value("programme_as_printed") == p.value("programme_as_printed")), None)
        out.append(_with(p, _period_of(twin), twin.fields["phase"]) if twin else _phase_again(p, said.get(_print(p), []) if p.token else []))
    return out


def _phase_again(p: Proposal, twins: list[Proposal]) -> Proposal:
    """An amount printed twice for one programme and period is of one phase, though only one sentence says which."""
    if p.kind != "budget" or p.value("phase") != UNKNOWN:
        return p
    same = [q for q in twins if q.value("phase") != UNKNOWN and all(q.value(c) == p.value(c) for c in ("programme_as_printed", *_PERIOD))]
    return _with(p, {}, same[0].fields["phase"]) if same else p


def _of_wholes(proposals: list[Proposal]) -> list[Proposal]:
    """Parts take the phase that their whole has got from the context."""
    by_number = {p.number: p for p in proposals}
    wholes = {p.number: by_number[p.part_of] for p in proposals if p.part_of in by_number and p.kind == "budget"}
    return [_with(p, {}, wholes[p.number].fields["phase"]) if p.number in wholes and p.value("nature") not in _NO_BUDGET else p for p in proposals]


def _print(p: Proposal) -> tuple[object, ...]:
    assert p.token is not None
    return (p.kind, p.token.amount.unit, p.token.amount.printed, p.value("unit"))


def _together(proposals: list[Proposal], sums: Iterable[Sum]) -> list[Proposal]:
    """Parts that add up to a whole are of one period: that of the only one that says it."""
    by_number = {p.number: p for p in proposals}
    for sum_ in sums:
        group = [by_number[n] for n in (sum_.whole, *sum_.parts) if n in by_number]
        periods = {tuple(p.value(c) for c in _PERIOD): p for p in group if _dated(p)}
        if len(periods) == 1 and sum_.fits:
            (giver,) = periods.values()
            by_number |= {p.number: _with(p, _period_of(giver)) for p in group if _open(p)}
    return [by_number[p.number] for p in proposals]


def _document(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> list[Proposal]:
    """An article about next year's draft budget: its amounts without a year of their own are in that draft."""
    found = _subject(scenes)
    if found is None:
        return proposals
    period, phase, line = found
    planned = {p.number for p in proposals if phase.value == "settled" and _of_another_year(p, proposals, scenes)}
    end = next((n for n in sorted(scenes) if n > line and _OTHER_MATTER.match(scenes[n].line)), max(scenes) + 1)
    return [_of_document(p, period, phase) if _belongs(p, scenes, end) and p.number not in planned else p for p in proposals]


def _of_another_year(p: Proposal, proposals: list[Proposal], scenes: Mapping[int, Scene]) -> bool:
    """Is a figure in an article about a settlement only planned, in a sentence without any that is settled?"""
    start, end = scenes[p.span.line].parts.sentence(p.span.start)
    beside = [q.value("phase") for q in proposals if q.kind == "budget" and q.span.line == p.span.line and start <= q.span.start < end]
    return p.value("phase") in _PLANNED and all(phase in _PLANNED for phase in beside)


def _subject(scenes: Mapping[int, Scene]) -> tuple[dict[str, Read], Read, int] | None:
    lines = sorted(scenes)
    lead = next((n for n in lines if is_prose(scenes[n].line)), 0)
    for number in lines[:_HEAD]:
        scene = scenes[number]
        if number > lead:
            break
        for when in scene.whens:
            if when.kind != "year" or when.precision != "year" or when.last is None:
                continue
            tail = scene.line[when.end :]
            for cue in scene.cues.of_field("document"):
                if hit := cue.pattern.match(tail):
                    words = scene.span(when.start, when.end + hit.end())
                    return columns(scene, when), Read(cue.value, (words,)), number
    return None


def _belongs(p: Proposal, scenes: Mapping[int, Scene], end: int) -> bool:
    scene = scenes[p.span.line]
    start, stop = scene.parts.sentence(p.span.start)
    timed = any(w.kind in _MONEY_TIME and start <= w.start < stop and w.last is not None for w in scene.whens)
    return p.kind == "budget" and _open(p) and p.span.line < end and not timed and p.value("nature") not in _NO_BUDGET and p.value("unit") == "KRW"


def _of_document(p: Proposal, period: Mapping[str, Read], phase: Read) -> Proposal:
    filled = _with(p, period)
    by_verb = all(span.start > p.span.start for span in p.fields["phase"].words)
    if phase.value in _DRAFTED and by_verb and filled.value("phase") in _BY_THE_WAY and p.value("nature") != "change":
        filled = replace(filled, fields=filled.fields | {"phase": phase})
    return filled



"""What a figure's own sentence does not say, but its text does: the sentence it goes on from, the overview it stands in,
the budget the article is about, the same figure printed elsewhere. Only ``unknown`` is filled, and always with words.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from budgets.reader.body import is_prose
from budgets.reader.durations import lasting
from budgets.reader.filling import MONEY_TIME, NO_BUDGET, PERIOD, filled, is_dated, is_open, period_of
from budgets.reader.governing import columns
from budgets.reader.places import Span
from budgets.reader.proposals import NOT_SAID, UNKNOWN, Proposal, Read, Sum
from budgets.reader.scene import Scene
from budgets.reader.subject import of_the_budget

_HIGHER = re.compile(r"\s*[□■◆❏]|\s*[0-9]{1,2}[.)]\s")
_ATTENDANCE = {"participants", "visitors", "companies_participating"}
_NEAR = 4
"""Lines back to an amount whose period may be carried on."""
_ITEM = re.compile(r"\s*(?:[▲△▶▷■□○●◆◇◦•∙※❍ㅇ❏✔✅☑*·ㆍ①-⑳]|[-–]\s|[가-하0-9]{1,2}[.)]\s)")
_NAMED = 6
"""Characters of a name that says which programme was won."""
_COMPARED = re.compile(r"[^,.]{0,4}(?:보다|대비|에\s비해)")
_LASTING = re.compile(r"([0-9]{1,2})\s?개?년")


def in_context(proposals: list[Proposal], scenes: Mapping[int, Scene], sums: Iterable[Sum]) -> list[Proposal]:
    """The proposals, their open periods and phases filled from the context, the nearest context first."""
    steps: list[Callable[[list[Proposal], Mapping[int, Scene]], list[Proposal]]] = [
        _spans,
        _overviews,
        lasting,
        of_the_budget,
        _carried,
        _one_item,
        _won,
        _repeated,
        _that_day,
    ]
    for step in steps:
        proposals = step(proposals, scenes)
    return _of_wholes([_over(p, scenes) for p in _bought(_repeated(_together(proposals, sums), scenes), scenes)])


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
        elif event and p.kind == "budget" and is_open(p) and (words := _of_the_event(p, scenes[p.span.line])):
            year = event.value("date_start")[:4]
            p = filled(p, {"period_kind": Read("fiscal_year", words), "period_start": Read(f"{year}-01-01", words), "period_end": Read(f"{year}-12-31", words)})
        elif event and p.kind == "target" and is_open(p):
            scene = scenes[p.span.line]
            start, _ = scene.parts.sentence(p.span.start)
            said = next((cue for cue in scene.cues.of_field("that_day") if cue.pattern.search(scene.line, start, p.span.start)), None)
            visit = p.value("indicator") in _ATTENDANCE and (
                p.span.line == event.span.line or (before and before.span.line == p.span.line and _same_days(before, event))
            )
            if said or visit:
                words = event.fields["date_start"].words
                p = filled(p, {"period_kind": Read("part_year", words), "period_start": event.fields["date_start"], "period_end": event.fields["date_end"]})
        before = p if p.token else before
        out.append(p)
    return out


def _of_the_event(p: Proposal, scene: Scene) -> tuple[Span, ...]:
    """행사 예산은 …: money of the event, so of the year in which it is held."""
    start, _ = scene.parts.sentence(p.span.start)
    found = (scene.near(cue, start, p.span.start) for cue in scene.cues.of_field("event_money"))
    return tuple(span for span in found if span)[:1]


def _same_days(p: Proposal, event: Proposal) -> bool:
    return (p.value("period_start"), p.value("period_end")) == (event.value("date_start"), event.value("date_end"))


def _over(p: Proposal, scenes: Mapping[int, Scene]) -> Proposal:
    """A count whose period is over was reached, where no verb says what it is."""
    day = scenes[p.span.line].published
    if p.kind != "target" or p.fields["phase"] != NOT_SAID or not day or not "" < p.value("period_end") < day.isoformat():
        return p
    return replace(p, fields=p.fields | {"phase": Read("actual", p.fields["period_end"].words)})


def _overviews(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> list[Proposal]:
    """○ 사업기간: 2025. 3. ~ 12. speaks for the items beside it: up to prose, or a bullet of a higher rank."""
    out = list(proposals)
    for number, scene in scenes.items():
        label = next((hit for cue in scene.cues.of_field("period_line") if (hit := cue.pattern.match(scene.line))), None)
        when = next((w for w in scene.whens if label and w.start >= label.end() and w.kind in MONEY_TIME), None)
        if when is None or is_prose(scene.line):
            continue
        block = _block(number, scenes)
        out = [filled(p, columns(scene, when)) if p.span.line in block and is_open(p) else p for p in out]
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
        if not is_open(p) or p.value("nature") in NO_BUDGET:
            continue
        scene = scenes[p.span.line]
        start, _ = scene.parts.sentence(p.span.start)
        first = scene.line[start:]
        link = next((c for c in scene.cues.of_field("carry") if c.pattern.match(first) and (c.value == "sentence" or not is_prose(scene.line))), None)
        if link is None or any(w.kind in MONEY_TIME and start <= w.start < p.span.start for w in scene.whens):
            continue
        earlier = [
            q
            for q in out[:n]
            if q.token
            and not _COMPARED.match(scenes[q.span.line].line, q.span.end)
            and (q.span.line, q.span.start) < (p.span.line, start)
            and p.span.line - q.span.line <= _NEAR
        ]
        earlier = [q for q in earlier if q.kind == "budget" or p.kind == "target"]
        if link.value == "sentence" and scene.line[:start].strip() and any(q.span.line == p.span.line for q in out[:n] if q.token and q.span.start < start):
            earlier = [q for q in earlier if q.span.line == p.span.line]  # within its paragraph
        if not earlier or not is_dated(earlier[-1]) or (link.value == "item" and earlier[-1].value("period_kind") == "envelope" and p.kind == "target"):
            continue
        whole = earlier[-1]
        phase = whole.fields["phase"] if whole.kind == p.kind and link.value == "sentence" and whole.value("unit") == p.value("unit") else None
        out[n] = filled(p, period_of(whole), phase)
    return out


def _one_item(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> list[Proposal]:
    """○ 올해 사업비는 16억 원임. 교육생은 240명으로 늘림: an item of a list is of one year, that of its only dated amount."""
    out = []
    for p in proposals:
        scene = scenes[p.span.line]
        start, end = scene.parts.sentence(p.span.start)
        apart = is_open(p) and start > 0 and _ITEM.match(scene.line) and not any(start <= w.start < end for w in scene.whens)
        dated = [q for q in proposals if q.kind == "budget" and q.span.line == p.span.line and q.span.end <= start and is_dated(q)] if apart else []
        one = {q.value("period_start") for q in dated} if all(q.value("period_kind") == "fiscal_year" for q in dated) else set()
        out.append(filled(p, period_of(dated[-1])) if len(one) == 1 and p.value("programme_as_printed") == dated[-1].value("programme_as_printed") else p)
    return out


def _won(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> list[Proposal]:
    """‘…’ 공모에 선정됐다. 총사업비 62억 원으로 …: once it is told that a programme was won in a call, its money is won."""
    won = []
    for number, scene in sorted(scenes.items()):
        for start, end in scene.parts.sentences:
            for cue in scene.cues.of_field("phase_before"):
                if cue.value == "awarded" and (span := scene.near(cue, start, end)):
                    won.append((number, start, end, span))
    out = []
    for p in proposals:
        name = p.value("programme_as_printed")
        told = p.kind == "budget" and p.value("phase") == UNKNOWN and len(name) > _NAMED and p.value("nature") not in NO_BUDGET
        span = next((s for n, a, b, s in won if told and (n, a) < (p.span.line, p.span.start) and name in scenes[n].line[a:b]), None)
        out.append(replace(p, fields=p.fields | {"phase": Read("awarded", (span,))}) if span else p)
    return out


def _repeated(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> list[Proposal]:
    """The same amount of the same programme printed a second time is of the same period."""
    said: dict[tuple[object, ...], list[Proposal]] = {}
    for p in proposals:
        if p.token and p.token.amount.printed is not None and is_dated(p):
            said.setdefault(_print(p), []).append(p)
    out = []
    for p in proposals:
        twins = said.get(_print(p), []) if p.token and is_open(p) else []
        headline = not is_prose(scenes[p.span.line].line)
        twin = next(
            (q for q in twins if headline or not is_prose(scenes[q.span.line].line) or q.value("programme_as_printed") == p.value("programme_as_printed")), None
        )
        out.append(filled(p, period_of(twin), twin.fields["phase"]) if twin else _phase_again(p, said.get(_print(p), []) if p.token else []))
    return out


def _phase_again(p: Proposal, twins: list[Proposal]) -> Proposal:
    """An amount printed twice for one programme and period is of one phase, though only one sentence says which."""
    if p.kind != "budget" or p.value("phase") != UNKNOWN:
        return p
    same = [q for q in twins if q.value("phase") != UNKNOWN and all(q.value(c) == p.value(c) for c in ("programme_as_printed", *PERIOD))]
    return filled(p, {}, same[0].fields["phase"]) if same else p


def _of_wholes(proposals: list[Proposal]) -> list[Proposal]:
    """Parts take the phase that their whole has got from the context."""
    by_number = {p.number: p for p in proposals}
    wholes = {p.number: by_number[p.part_of] for p in proposals if p.part_of in by_number and p.kind == "budget"}
    return [filled(p, {}, wholes[p.number].fields["phase"]) if p.number in wholes and p.value("nature") not in NO_BUDGET else p for p in proposals]


def _bought(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> list[Proposal]:
    """36억 원(초등학교 40곳, 중학교 22곳): counts in the bracket of an amount are what it is to buy in its year."""
    money = {(p.span.line, p.span.end): p for p in proposals if p.kind == "budget" and p.value("period_kind") == "fiscal_year"}
    out = []
    for p in proposals:
        scene = scenes[p.span.line]
        bracket = scene.parts.bracket(p.span.start) if p.kind == "target" else None
        amount = next((q for back in (0, 1) if bracket and (q := money.get((p.span.line, bracket[0] - back)))), None)
        if amount is None or p.value("unit") == "%" or not (is_open(p) or p.value("period_start") == amount.value("period_start")):
            out.append(p)
            continue
        p = filled(p, period_of(amount)) if is_open(p) else p
        to_come = scene.published and p.value("period_end") >= scene.published.isoformat() and p.value("phase") == UNKNOWN
        out.append(replace(p, fields=p.fields | {"phase": Read("target", amount.fields["period_kind"].words)}) if to_come else p)
    return out


def _print(p: Proposal) -> tuple[object, ...]:
    assert p.token is not None
    return (p.kind, p.token.amount.unit, p.token.amount.printed, p.value("unit"))


def _together(proposals: list[Proposal], sums: Iterable[Sum]) -> list[Proposal]:
    """Parts that add up to a whole are of one period: that of the only one that says it."""
    by_number = {p.number: p for p in proposals}
    for sum_ in sums:
        group = [by_number[n] for n in (sum_.whole, *sum_.parts) if n in by_number]
        periods = {tuple(p.value(c) for c in PERIOD): p for p in group if is_dated(p)}
        if len(periods) == 1 and sum_.fits:
            (giver,) = periods.values()
            by_number |= {p.number: filled(p, period_of(giver)) for p in group if is_open(p)}
    return [by_number[p.number] for p in proposals]

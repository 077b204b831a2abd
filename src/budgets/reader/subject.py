"""The budget a text is about (내년도 예산안, 2회 추경, 지난해 결산): its figures without a year of their own are of that budget."""

import re
from collections.abc import Mapping
from dataclasses import replace

from budgets.reader.body import is_prose
from budgets.reader.filling import NO_BUDGET, WHOLE_COST, filled, is_open
from budgets.reader.governing import columns
from budgets.reader.growth import comes_from, is_left_behind
from budgets.reader.lists import parted
from budgets.reader.periods import MONEY_TIME
from budgets.reader.proposals import UNKNOWN, Proposal, Read
from budgets.reader.scene import Scene

_HEAD = 6
"""Lines at the head that may name the budget."""
_OTHER_MATTER = re.compile(r"\s*(?:한편|이와\s별도로|이\s밖에)[,\s]")
_THEN = re.compile(r"(?:하여|들여|[^대]해|[하되]고|[하되]며)\s")
"""40억 원을 편성하여 2028년까지 …: what is told next has a time of its own."""
_DONE = re.compile(r"[했됐였었았렀쳤냈났겼렸]다")
_TOTAL_COST = re.compile(rf"{WHOLE_COST}\s?(?:약\s?)?$")
_DRAFTED = {"proposed", "supplementary"}
_PLANNED = {"requested", "applied_for", "proposed", "supplementary"}
"""Phases of another year than the one whose settlement an article is about."""
_BY_THE_WAY = {UNKNOWN, "approved", "announced"}
"""Phases that a budget article says of its items by words such as 배정했다 while the budget itself is a draft."""


def of_the_budget(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> list[Proposal]:
    """An article about next year's draft budget: its amounts without a year of their own are in that draft."""
    found = _subject(scenes)
    if found is None:
        return proposals
    period, phase, line = found
    elsewhere = {p.number for p in proposals if phase.value == "settled" and _of_another_year(p, proposals, scenes)}
    end = next((n for n in sorted(scenes) if n > line and _OTHER_MATTER.match(scenes[n].line)), max(scenes) + 1)
    if phase.value in ("proposed", "approved"):
        elsewhere |= {p.number for p in proposals if is_left_behind(scenes[p.span.line].line, p.span.end)}
    drafted = [_of_document(p, period, phase) if _belongs(p, scenes, end, period) and p.number not in elsewhere else p for p in proposals]
    if phase.value != "settled":
        drafted = [_drafted(p, period, phase) if p.span.line < end else p for p in drafted]
    of_it = {_sentence(p, scenes) for p in drafted if p.kind == "budget" and p.fields["period_kind"].words == period["period_kind"].words}
    told = [p for p in drafted if p.kind == "target" and is_open(p) and p.span.line < end]
    of_it |= {_sentence(p, scenes) for p in told if phase.value == "settled" and _is_past(p, scenes[p.span.line])}
    return [filled(p, period) if p.kind == "target" and is_open(p) and _sentence(p, scenes) in of_it else p for p in drafted]


def _is_past(p: Proposal, scene: Scene) -> bool:
    """목표 300명을 넘겨 327명이 활동했다, in an article about a settlement: told of that year, where the sentence names no other time."""
    start, end = scene.parts.sentence(p.span.start)
    return is_prose(scene.line) and not scene.times(start, end) and bool(_DONE.search(scene.line, p.span.end, end))


def _sentence(p: Proposal, scenes: Mapping[int, Scene]) -> tuple[int, int]:
    return p.span.line, scenes[p.span.line].parts.sentence(p.span.start)[0]


def _drafted(p: Proposal, period: Mapping[str, Read], phase: Read) -> Proposal:
    """내년 살림 3조 9천억 in an article about next year's draft budget: an amount of that very year, without any phase or only announced."""
    same = all(p.value(name) == period[name].value for name in ("period_kind", "period_start", "period_end"))
    vague = p.value("phase") == UNKNOWN or (phase.value == "proposed" and p.value("phase") == "announced")
    total = p.kind == "budget" and p.value("unit") == "KRW" and p.value("nature") not in NO_BUDGET
    return replace(p, fields=p.fields | {"phase": phase}) if same and vague and total else p


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


def _own_words(p: Proposal, scene: Scene) -> tuple[int, int]:
    """The sentence of a figure; in a list ▲ … ▲ … its item."""
    start, stop = scene.parts.sentence(p.span.start)
    signs = parted(scene.line, start, stop)
    return max([start, *(at for at in signs if at < p.span.start)]), min([stop, *(at for at in signs if at > p.span.start)])


def _belongs(p: Proposal, scenes: Mapping[int, Scene], end: int, period: Mapping[str, Read]) -> bool:
    scene = scenes[p.span.line]
    start, stop = _own_words(p, scene)
    stop = next((then.start() for then in _THEN.finditer(scene.line, p.span.end, stop)), stop)
    start = p.span.start if comes_from(scene.line, p.span.start) else start  # 지난해 291억 원에서 452억 원으로
    named = period["period_start"].value
    timed = any(
        w.kind in MONEY_TIME and start <= w.start < stop and w.last is not None and (w.first is None or w.first.isoformat() != named) for w in scene.whens
    )
    whole = _TOTAL_COST.search(scene.line, start, p.span.start)
    return (
        p.kind == "budget" and is_open(p) and p.span.line < end and not timed and not whole and p.value("nature") not in NO_BUDGET and p.value("unit") == "KRW"
    )


def _of_document(p: Proposal, period: Mapping[str, Read], phase: Read) -> Proposal:
    with_period = filled(p, period)
    by_verb = all(span.start > p.span.start for span in p.fields["phase"].words)
    added = phase.value == "supplementary" and with_period.value("phase") in (*_BY_THE_WAY, "proposed")
    if by_verb and (added or (phase.value in _DRAFTED and with_period.value("phase") in _BY_THE_WAY and p.value("nature") != "change")):
        return replace(with_period, fields=with_period.fields | {"phase": phase})
    return with_period

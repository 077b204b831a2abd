"""What a sentence carries on from the one before: 이 가운데 …, 분야별로는 …, ○ 지원규모: …."""

import re

from budgets.reader.body import is_prose
from budgets.reader.filling import NO_BUDGET, filled, is_dated, is_open, period_of
from budgets.reader.periods import MONEY_TIME
from budgets.reader.proposals import Proposal, Read
from budgets.reader.scene import Scene, Scenes

_NEAR = 4
"""Lines back to an amount whose period may be carried on."""
_COMPARED = re.compile(r"[^,.]{0,4}(?:보다|대비|에\s비해)")


def carried(proposals: list[Proposal], scenes: Scenes) -> list[Proposal]:
    """올해 40억 원을 편성했다. 이 가운데 10억 원은 …: the period (and phase) of the last amount before a word that links."""
    out = list(proposals)
    for n, p in enumerate(out):
        if is_open(p) and p.value("nature") not in NO_BUDGET:
            out[n] = _carried_on(p, out[:n], scenes)
    return out


def _carried_on(p: Proposal, before: list[Proposal], scenes: Scenes) -> Proposal:
    scene = scenes[p.span.line]
    start, _ = scene.parts.sentence(p.span.start)
    link = _link(scene, start)
    timed = any(when.kind in MONEY_TIME for when in scene.times(start, p.span.start))
    if link == "ranked" and (p.kind != "budget" or scene.times(*scene.parts.sentence(p.span.start))):
        return p
    source = _source(p, start, link, before, scenes) if link and not timed else None
    if source is None or not is_dated(source) or (link == "item" and _plan_for_a_count(source, p)):
        return p
    return filled(p, period_of(source), _phase(source, p) if link != "item" else None)


def _link(scene: Scene, start: int) -> str:
    """How a sentence goes on: as a ``sentence`` (이 가운데), ``ranked`` (가장 많이 …), as an ``item`` of a list (○ 지원규모:), or not (empty)."""
    rest, prose = scene.line[start:], is_prose(scene.line)
    return next((cue.value for cue in scene.cues.of_field("carry") if cue.pattern.match(rest) and (cue.value != "item" or not prose)), "")


def _source(p: Proposal, start: int, link: str, before: list[Proposal], scenes: Scenes) -> Proposal | None:
    """The last figure that p may go on from; a sentence within a paragraph goes on only from its paragraph."""
    figures = [q for q in before if q.token]
    within = link == "sentence" and any(q.span.line == p.span.line and q.span.start < start for q in figures)
    nearest = p.span.line if within else p.span.line - _NEAR
    earlier = [q for q in figures if q.span.line >= nearest and (q.span.line, q.span.start) < (p.span.line, start)]
    return next((q for q in reversed(earlier) if _may_lend(q, p) and not _COMPARED.match(scenes[q.span.line].line, q.span.end)), None)


def _may_lend(source: Proposal, p: Proposal) -> bool:
    """A count takes its period from any figure, an amount only from an amount."""
    return source.kind == "budget" or p.kind == "target"


def _plan_for_a_count(source: Proposal, p: Proposal) -> bool:
    """Money of several years says nothing of the year of a count in the next item."""
    return source.value("period_kind") == "envelope" and p.kind == "target"


def _phase(source: Proposal, p: Proposal) -> Read | None:
    return source.fields["phase"] if source.kind == p.kind and source.value("unit") == p.value("unit") else None

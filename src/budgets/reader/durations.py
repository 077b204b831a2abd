"""How long a programme takes, said once in prose: 사업기간은 2024년부터 2028년까지다, 사업은 올해부터 2027년까지 진행되며.

It speaks for the amounts of that programme in the same line that have no word of time of their own.
"""

from collections.abc import Mapping
from dataclasses import replace

from budgets.reader.cues import Cues
from budgets.reader.governing import columns
from budgets.reader.periods import When
from budgets.reader.proposals import UNKNOWN, Proposal
from budgets.reader.scene import Scene

_NO_TOTAL = {"revenue", "investment", "economic_effect", "change"}


def lasting(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> list[Proposal]:
    """The proposals, those of a programme whose years the line says with these years."""
    said = {number: when for number, scene in scenes.items() if (when := _said(scene))}
    out = []
    for p in proposals:
        when = said.get(p.span.line)
        timed = p.value("period_kind") != UNKNOWN or bool(p.fields["period_kind"].words) if p.kind == "budget" else True
        if (
            when is None
            or timed
            or p.value("unit") != "KRW"
            or p.value("nature") in _NO_TOTAL
            or p.value("programme_as_printed") != _subject(when, proposals, p)
        ):
            out.append(p)
        else:
            out.append(replace(p, fields=p.fields | columns(scenes[p.span.line], when)))
    return out


def _said(scene: Scene) -> When | None:
    return next((when for when in scene.whens if when.kind == "years" and when.last and _is_duration(scene.line, when, scene.cues)), None)


def _is_duration(line: str, when: When, cues: Cues) -> bool:
    marked = f"{line[: when.start]}⟦{line[when.start : when.end]}⟧{line[when.end :]}"
    return any(cue.pattern.search(marked) for cue in cues.of_field("programme_period"))


def _subject(when: When, proposals: list[Proposal], p: Proposal) -> str:
    """The programme of the last amount before the words, else of the first behind them."""
    beside = [q for q in proposals if q.kind == "budget" and q.span.line == p.span.line]
    before = [q for q in beside if q.span.end <= when.start]
    return next((q.value("programme_as_printed") for q in [*before[::-1], *beside]), "")

"""What a text says once for all of its figures: the years of a span, that a programme was won, the day on which it appears."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from budgets.reader.filling import NO_BUDGET
from budgets.reader.governing import columns
from budgets.reader.periods import When
from budgets.reader.places import Span
from budgets.reader.proposals import NOT_SAID, UNKNOWN, Proposal, Read
from budgets.reader.scene import Scene, Scenes

_YEARS = re.compile(r"([0-9]{1,2})\s?개?년")
_NAMED = 6
"""Characters of a name that says which programme was won."""


def spans(proposals: list[Proposal], scenes: Scenes) -> list[Proposal]:
    """기본계획(2025~2029) … 5년 동안: a length of years means the span of that length which the text gives."""
    printed = [(scene, when) for _, scene in sorted(scenes.items()) for when in scene.whens if when.kind == "years"]
    return [_spanned(p, printed) for p in proposals]


def _spanned(p: Proposal, printed: list[tuple[Scene, When]]) -> Proposal:
    length = _length(p)
    fit = [(scene, when) for scene, when in printed if length and _years(when) == length]
    only_one = len({(when.first, when.last) for _, when in fit}) == 1
    return replace(p, fields=p.fields | columns(*fit[0])) if only_one else p


def _length(p: Proposal) -> int:
    """The years of an envelope of which only the length is said, else 0."""
    if p.value("period_kind") != "envelope" or p.value("period_start") or p.value("period_end"):
        return 0
    found = _YEARS.search(" ".join(span.text for span in p.fields["period_kind"].words))
    return int(found[1]) if found else 0


def _years(when: When) -> int:
    return when.last.year - when.first.year + 1 if when.first and when.last else 0


class _Call(NamedTuple):
    """A sentence that tells of a call that was won."""

    line: int
    start: int
    text: str
    words: Span


def won(proposals: list[Proposal], scenes: Scenes) -> list[Proposal]:
    """‘…’ 공모에 선정됐다. 총사업비 62억 원으로 …: once it is told that a programme was won in a call, its money is won."""
    told = [sentence for _, scene in sorted(scenes.items()) for sentence in _told_won(scene)]
    return [_won(p, told) if _may_be_won(p) else p for p in proposals]


def _told_won(scene: Scene) -> Iterator[_Call]:
    cues = [cue for cue in scene.cues.of_field("phase_before") if cue.value == "awarded"]
    for start, end in scene.parts.sentences:
        for cue in cues:
            if words := scene.near(cue, start, end):
                yield _Call(scene.number, start, scene.line[start:end], words)


def _may_be_won(p: Proposal) -> bool:
    return p.kind == "budget" and p.value("phase") == UNKNOWN and p.value("nature") not in NO_BUDGET and len(p.value("programme_as_printed")) > _NAMED


def _won(p: Proposal, told: list[_Call]) -> Proposal:
    name, place = p.value("programme_as_printed"), (p.span.line, p.span.start)
    words = next((s.words for s in told if (s.line, s.start) < place and name in s.text), None)
    return replace(p, fields=p.fields | {"phase": Read("awarded", (words,))}) if words else p


def over(proposals: list[Proposal], scenes: Scenes) -> list[Proposal]:
    """2024년 교육생은 240명: a count whose period is over was reached, where no verb says what it is."""
    return [_reached(p) if _is_over(p, scenes[p.span.line].published) else p for p in proposals]


def _is_over(p: Proposal, day: date | None) -> bool:
    if p.kind != "target" or p.fields["phase"] != NOT_SAID or day is None:
        return False
    return "" < p.value("period_end") < day.isoformat()


def _reached(p: Proposal) -> Proposal:
    return replace(p, fields=p.fields | {"phase": Read("actual", p.fields["period_end"].words)})

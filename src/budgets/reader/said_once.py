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
_THEREFORE = re.compile(r"\W*(?:이에\s따라|이로써|(?:이번\s)?(?:공모\s)?선정(?:으로|에\s따라))[,\s]")
_GETS = re.compile(r"[을를]\s(?:지원)?받(?:고|는|게|아)")
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
    return [_won_by(p, told, scenes[p.span.line]) if p.kind == "budget" and p.value("nature") not in NO_BUDGET else p for p in proposals]


def _told_won(scene: Scene) -> Iterator[_Call]:
    cues = [cue for cue in scene.cues.of_field("phase_before") if cue.value == "awarded"]
    for start, end in scene.parts.sentences:
        for cue in cues:
            if words := scene.near(cue, start, end):
                yield _Call(scene.number, start, scene.line[start:end], words)


def _won_by(p: Proposal, told: list[_Call], scene: Scene) -> Proposal:
    """A call that names the programme of an open amount; or, whatever it is planned for, the one that its sentence follows from."""
    name, before = p.value("programme_as_printed"), [call for call in told if (call.line, call.start) < (p.span.line, p.span.start)]
    if p.value("phase") == UNKNOWN and len(name) > _NAMED:
        words = next((call.words for call in before if name in call.text), None)
    else:
        linked = _THEREFORE.match(scene.line, scene.parts.sentence(p.span.start)[0]) or _GETS.match(scene.line, p.span.end)
        follows = p.value("phase") in (UNKNOWN, "announced") and linked
        words = next((call.words for call in before[-1:] if follows and p.span.line - call.line <= 1), None)
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

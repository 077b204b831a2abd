"""What a reader may suppose where the text does not say: whose money a call gives, the year in a programme's own name.

Kept apart from what the text says, with the rule and its words: it fills no column, it is shown beside the open one.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from budgets.reader.cues import Cue
from budgets.reader.places import Span
from budgets.reader.proposals import UNKNOWN, Proposal, Supposed
from budgets.reader.scene import Scene


def suppose(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> list[Proposal]:
    """The amounts with what may be supposed of their open funder and period; parts and repetitions as their whole."""
    own = {p.number: _supposed(p, scenes[p.span.line]) for p in proposals}
    printed: dict[tuple[object, ...], dict[str, Supposed]] = {}
    for p in proposals:
        if p.kind == "budget":
            printed[_print(p)] = own[p.number] | printed.get(_print(p), {})
    found = {}
    for p in proposals:
        whole = own.get(p.part_of or 0, {}) | own[p.number]
        found[p.number] = (printed.get(_print(p), {}) if p.kind == "budget" else {}) | whole
    return [replace(p, supposed={field: one for field, one in found[p.number].items() if _is_open(p, field)}) for p in proposals]


def _supposed(p: Proposal, scene: Scene) -> dict[str, Supposed]:
    if p.kind != "budget":
        return {}
    found = (("funding", _by_words(p, scene)), ("period", _by_name(p, scene)))
    return {field: one for field, one in found if one is not None}


def _by_words(p: Proposal, scene: Scene) -> Supposed | None:
    """A rule whose pattern holds the amount, written ⟦…⟧, and the words beside it in groups."""
    start, end = scene.parts.sentence(p.span.start)
    sentence = f"{scene.line[start : p.span.start]}⟦{p.span.text}⟧{scene.line[p.span.end : end]}"
    for cue in scene.cues.of_field("supposed_funding"):
        if hit := cue.pattern.search(sentence):
            return _resting(cue, cue.value, _words(scene, hit, start, p.span))
    return None


def _by_name(p: Proposal, scene: Scene) -> Supposed | None:
    """The only year in the name of the programme."""
    for name in p.fields["programme_as_printed"].words:
        line = scene.article.line(name.line)
        for cue in scene.cues.of_field("supposed_period"):
            hits = list(cue.pattern.finditer(line, name.start, name.end))
            if len(hits) == 1:
                return _resting(cue, hits[0][1], (scene.article.span(name.line, *hits[0].span(1)),))
    return None


def _words(scene: Scene, hit: re.Match[str], start: int, token: Span) -> tuple[Span, ...]:
    """The groups of a rule, back in the line: what stands behind the amount is two marks further on."""
    groups = [hit.span(n) for n in range(1, hit.re.groups + 1) if hit[n]]
    shifted = [(a - 2 if start + a > token.start else a, b - 2 if start + a > token.start else b) for a, b in groups]
    return tuple(scene.span(start + a, start + b) for a, b in shifted)


def _resting(cue: Cue, value: str, words: tuple[Span, ...]) -> Supposed:
    return Supposed(value, words, cue.reason)


def _print(p: Proposal) -> tuple[object, ...]:
    return (p.token.amount.printed, p.value("unit"), p.value("phase")) if p.token else ()


def _is_open(p: Proposal, field: str) -> bool:
    if field == "period":
        return p.value("period_kind") == UNKNOWN and not p.fields["period_kind"].words
    return p.value(field) == UNKNOWN

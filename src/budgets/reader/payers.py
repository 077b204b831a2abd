"""Who may be supposed to pay for what is counted: the funders of its programme's money, the host, who builds or rents.

The contract knows no funder of a count; the person who reads would still like to know whose programme it is.
"""

from collections.abc import Mapping

from budgets.reader.proposals import UNKNOWN, Proposal, Supposed
from budgets.reader.scene import Scene
from budgets.reader.surroundings import surroundings
from budgets.words import text

_FUNDING = {"province": "provincial", "municipality": "municipal", "national": "national"}
_LONG_ENOUGH = 4
"""Characters of a name that another one may hold: shorter ones are words that many names share."""


def payers(proposals: list[Proposal], scenes: Mapping[int, Scene], levels: Mapping[str, str]) -> dict[int, Supposed]:
    """By number of the count: the funder that may be supposed, with its words. *levels*: of the governments."""
    own = {p.number: one for p in proposals if (one := _of_money(p) or _by_act(p, scenes[p.span.line], levels))}
    named: dict[str, list[Supposed]] = {}
    for p in proposals:
        if p.number in own:
            named.setdefault(_name(p), []).append(own[p.number])
    by_name = {name: _agreed(named, name) for name in {_name(p) for p in proposals if p.kind == "target"}}
    found = ((p.number, own.get(p.number) or by_name[_name(p)] or _held(p, proposals, own, scenes[p.span.line])) for p in proposals if p.kind == "target")
    return {number: one for number, one in found if one}


def _of_money(p: Proposal) -> Supposed | None:
    """What the text says of the money of a programme as a whole, or lets one suppose."""
    if p.kind != "budget" or p.part_of:
        return None
    read = p.fields["funding"]
    return Supposed(read.value, read.words, text("reader.its_money", "ko")) if read.value != UNKNOWN else p.supposed.get("funding")


def _by_act(p: Proposal, scene: Scene, levels: Mapping[str, str]) -> Supposed | None:
    """The government that opens an event, builds or rents: what it does stands in the sentence of *p*."""
    level = levels.get(p.value("government"), "")
    if p.kind == "budget" or level not in _FUNDING or not _named_beside(p, scene):
        return None
    around = surroundings(p.span, scene)
    for cue in scene.cues.of_field("supposed_payer"):
        if hit := cue.pattern.search(around.text):
            return Supposed(_FUNDING[level], around.words(hit), cue.reason)
    return None


def _named_beside(p: Proposal, scene: Scene) -> bool:
    """Does the sentence itself name the government? Else somebody else may do what it says."""
    start, end = scene.parts.sentence(p.span.start)
    return any(word.line == p.span.line and start <= word.start < end for word in p.fields["government"].words)


def _agreed(named: Mapping[str, list[Supposed]], name: str) -> Supposed | None:
    """The funder of a programme, unless its hints differ. One name may hold the other: ‘AI 허브’ and ‘양재 AI 허브’."""
    same = [one for other, hints in named.items() if _one_programme(name, other) for one in hints]
    return same[0] if len({one.value for one in same}) == 1 else None


def _held(p: Proposal, proposals: list[Proposal], own: Mapping[int, Supposed], scene: Scene) -> Supposed | None:
    """The host of the event that the text goes on to speak of."""
    start, _ = scene.parts.sentence(p.span.start)
    if not any(cue.pattern.search(scene.line, start, p.span.start) for cue in scene.cues.of_field("that_day")):
        return None
    held = (q for q in reversed(proposals) if q.kind == "milestone" and q.number < p.number and q.value("government") == p.value("government"))
    return next((own[q.number] for q in held if q.number in own), None)


def _one_programme(name: str, other: str) -> bool:
    short, long = sorted((name, other), key=len)
    return UNKNOWN not in (name, other) and len(short) >= _LONG_ENOUGH and short in long


def _name(p: Proposal) -> str:
    return "".join(p.value("programme_as_printed").split())

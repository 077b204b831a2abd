"""What a reader may suppose where the text does not say: whose money it is, the year in a programme's own name.

Kept apart from what the text says, with the rule and its words: the proposal shows it as a supposition, and no cell of
the entry workbook holds it.
"""

from collections.abc import Mapping
from dataclasses import replace

from budgets.reader.filling import is_open
from budgets.reader.payers import payers
from budgets.reader.proposals import UNKNOWN, Proposal, Supposed
from budgets.reader.scene import Scene
from budgets.reader.surroundings import surroundings


def suppose(proposals: list[Proposal], scenes: Mapping[int, Scene], levels: Mapping[str, str]) -> list[Proposal]:
    """The amounts with what may be supposed of their open funder and period, counts with their funder.

    Parts and repetitions share it with their whole. *levels*: of the governments (province, municipality, national).
    """
    amounts = _amounts(proposals, scenes)
    counts = payers([amounts.get(p.number, p) for p in proposals], scenes, levels)
    return [amounts.get(p.number, replace(p, supposed={"funding": counts[p.number]}) if p.number in counts else p) for p in proposals]


def _amounts(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> dict[int, Proposal]:
    money = [p for p in proposals if p.kind == "budget"]
    said = {p.token.amount.printed for p in money if p.token and p.value("funding") != UNKNOWN}  # 98억은 전액 국비다, two sentences on
    own = {p.number: _supposed(p, scenes[p.span.line]) for p in money}
    printed: dict[tuple[object, ...], dict[str, Supposed]] = {}
    for p in money:
        printed[_print(p)] = own[p.number] | printed.get(_print(p), {})
    shared = {p.number: printed[_print(p)] | own.get(p.part_of or 0, {}) | own[p.number] for p in money}
    for p in money:
        if p.token and p.token.amount.printed in said:
            shared[p.number].pop("funding", None)
    return {p.number: replace(p, supposed={field: one for field, one in shared[p.number].items() if _is_open(p, field)}) for p in money}


def _supposed(p: Proposal, scene: Scene) -> dict[str, Supposed]:
    found = (("funding", _by_words(p, scene)), ("period", _by_name(p, scene)))
    return {field: one for field, one in found if one is not None}


def _by_words(p: Proposal, scene: Scene) -> Supposed | None:
    """A rule whose pattern holds the amount, written ⟦…⟧, and the words beside it in groups."""
    for cue in scene.cues.of_field("supposed_funding"):
        around = surroundings(p.span, scene, line=cue.side == "line")
        if hit := cue.pattern.search(around.text):
            return Supposed(cue.value, around.words(hit), cue.reason)
    return None


def _by_name(p: Proposal, scene: Scene) -> Supposed | None:
    """The only year in the name of the programme, near the year of publication: 2030 in a name is more often a vision."""
    if scene.published is None:
        return None
    for name in p.fields["programme_as_printed"].words:
        line = scene.article.line(name.line)
        for cue in scene.cues.of_field("supposed_period"):
            hits = list(cue.pattern.finditer(line, name.start, name.end))
            if len(hits) == 1 and abs(int(hits[0][1]) - scene.published.year) <= 1:
                return Supposed(hits[0][1], (scene.article.span(name.line, *hits[0].span(1)),), cue.reason)
    return None


def _print(p: Proposal) -> tuple[object, ...]:
    return (p.token.amount.printed, p.value("unit"), p.value("phase")) if p.token else ()


def _is_open(p: Proposal, field: str) -> bool:
    return is_open(p) if field == "period" else p.value(field) == UNKNOWN

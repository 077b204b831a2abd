"""What an overview says of the items beside it, and an item of all that it lists."""

from budgets.reader.body import is_prose
from budgets.reader.filling import filled, is_dated, is_open, period_of
from budgets.reader.governing import columns
from budgets.reader.lists import is_heading, is_item
from budgets.reader.periods import MONEY_TIME, When
from budgets.reader.proposals import Proposal
from budgets.reader.scene import Scene, Scenes


def of_overviews(proposals: list[Proposal], scenes: Scenes) -> list[Proposal]:
    """○ 사업기간: 2025. 3. ~ 12. speaks for the items beside it: up to prose, or a bullet of a higher rank."""
    for number, scene in scenes.items():
        if (when := _labelled_period(scene)) and not is_prose(scene.line):
            beside, period = _beside(number, scenes), columns(scene, when)
            proposals = [filled(p, period) if p.span.line in beside and is_open(p) else p for p in proposals]
    return proposals


def _labelled_period(scene: Scene) -> When | None:
    """The period behind a label at the head of a line (사업기간:)."""
    label = next((hit for cue in scene.cues.of_field("period_line") if (hit := cue.pattern.match(scene.line))), None)
    return next((w for w in scene.whens if label and w.start >= label.end() and w.kind in MONEY_TIME), None)


def _beside(number: int, scenes: Scenes) -> set[int]:
    """The lines of one overview: down and up from one of its lines to the first that is none of it."""
    lines = sorted(scenes)
    at = lines.index(number)
    beside = {number}
    for way in (lines[at + 1 :], lines[:at][::-1]):
        for line in way:
            if _ends_overview(scenes[line].line, scenes[number].line):
                break
            beside.add(line)
    return beside


def _ends_overview(line: str, of: str) -> bool:
    return is_prose(line) or (is_heading(line) and not is_heading(of))


def of_one_item(proposals: list[Proposal], scenes: Scenes) -> list[Proposal]:
    """○ 올해 사업비는 16억 원임. 교육생은 240명으로 늘림: an item of a list is of one year, that of its only dated amount."""
    return [_of_item(p, proposals, scenes[p.span.line]) if is_open(p) and is_item(scenes[p.span.line].line) else p for p in proposals]


def _of_item(p: Proposal, proposals: list[Proposal], scene: Scene) -> Proposal:
    start, end = scene.parts.sentence(p.span.start)
    dated = [q for q in proposals if q.kind == "budget" and q.span.line == p.span.line and q.span.end <= start and is_dated(q)]
    if scene.times(start, end) or not dated or not _of_one_year(dated):
        return p
    same_programme = p.value("programme_as_printed") == dated[-1].value("programme_as_printed")
    return filled(p, period_of(dated[-1])) if same_programme else p


def _of_one_year(dated: list[Proposal]) -> bool:
    return all(q.value("period_kind") == "fiscal_year" for q in dated) and len({q.value("period_start") for q in dated}) == 1

"""What an event says of the figures told with it: its days of those who came, its year of its money."""

from budgets.reader.filling import filled, is_open
from budgets.reader.places import Span
from budgets.reader.proposals import Proposal, Read
from budgets.reader.scene import Scene, Scenes

_ATTENDANCE = {"participants", "visitors", "companies_participating"}


def that_day(proposals: list[Proposal], scenes: Scenes) -> list[Proposal]:
    """이날 150여 명이 참석했다: the day of the event last spoken of; also of those who come, right behind its sentence."""
    out = []
    event: Proposal | None = None
    before: Proposal | None = None
    for p in sorted(proposals, key=lambda p: (p.span.line, p.span.start)):
        if p.kind == "milestone":
            event = p if p.value("date_precision") == "day" else None
        elif event and is_open(p):
            p = _of_event(p, event, before, scenes[p.span.line])
        before = p if p.token else before
        out.append(p)
    return out


def _of_event(p: Proposal, event: Proposal, before: Proposal | None, scene: Scene) -> Proposal:
    start, _ = scene.parts.sentence(p.span.start)
    if p.kind == "budget":
        words = scene.told("event_money", start, p.span.start)
        return _in_its_year(p, event, words) if words else p
    told = scene.told("that_day", start, p.span.start) or _goes_on(p, event, before)
    return _on_its_days(p, event) if told else p


def _goes_on(p: Proposal, event: Proposal, before: Proposal | None) -> bool:
    """Does it tell who came, in the line of the event or behind a figure of the same days?"""
    if p.value("indicator") not in _ATTENDANCE:
        return False
    return p.span.line == event.span.line or (before is not None and before.span.line == p.span.line and _same_days(before, event))


def _same_days(p: Proposal, event: Proposal) -> bool:
    return (p.value("period_start"), p.value("period_end")) == (event.value("date_start"), event.value("date_end"))


def _on_its_days(p: Proposal, event: Proposal) -> Proposal:
    first, last = event.fields["date_start"], event.fields["date_end"]
    return filled(p, {"period_kind": Read("part_year", first.words), "period_start": first, "period_end": last})


def _in_its_year(p: Proposal, event: Proposal, words: Span) -> Proposal:
    """행사 예산은 …: money of the event, so of the year in which it is held."""
    year = event.value("date_start")[:4]
    period = {"period_kind": "fiscal_year", "period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
    return filled(p, {name: Read(value, (words,)) for name, value in period.items()})

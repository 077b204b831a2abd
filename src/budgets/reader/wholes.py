"""What wholes and brackets say: parts and their whole are of one period and phase, and a bracket tells what its amount buys."""

from collections.abc import Iterable
from dataclasses import replace

from budgets.reader.filling import NO_BUDGET, PERIOD, filled, is_dated, is_open, period_of
from budgets.reader.proposals import UNKNOWN, Proposal, Read, Sum
from budgets.reader.scene import Scene, Scenes


def of_one_period(proposals: list[Proposal], _: Scenes, *, sums: Iterable[Sum]) -> list[Proposal]:
    """올해 80억 원, 국비 50억 원과 시비 30억 원: what adds up is of one period, that of the only one that says it."""
    by_number = {p.number: p for p in proposals}
    for sum_ in sums:
        group = [by_number[n] for n in (sum_.whole, *sum_.parts) if n in by_number]
        periods = {tuple(p.value(c) for c in PERIOD): p for p in group if is_dated(p)}
        if len(periods) == 1 and sum_.fits:
            (giver,) = periods.values()
            by_number |= {p.number: filled(p, period_of(giver)) for p in group if is_open(p)}
    return [by_number[p.number] for p in proposals]


def of_wholes(proposals: list[Proposal], _: Scenes) -> list[Proposal]:
    """예산안 31억 원(국비 20억 원, 시비 11억 원): parts take the phase that their whole has got from the context."""
    wholes = {p.number: p for p in proposals}
    return [_of_whole(p, wholes[p.part_of]) if p.kind == "budget" and p.part_of in wholes else p for p in proposals]


def _of_whole(p: Proposal, whole: Proposal) -> Proposal:
    return p if p.value("nature") in NO_BUDGET else filled(p, {}, whole.fields["phase"])


def bought(proposals: list[Proposal], scenes: Scenes) -> list[Proposal]:
    """36억 원(초등학교 40곳, 중학교 22곳): counts in the bracket of an amount are what it is to buy in its year."""
    money = {(p.span.line, p.span.end): p for p in proposals if p.kind == "budget" and p.value("period_kind") == "fiscal_year"}
    out = []
    for p in proposals:
        amount = _amount_before(p, scenes[p.span.line], money) if p.kind == "target" and p.value("unit") != "%" else None
        out.append(_bought(p, amount, scenes[p.span.line]) if amount and _in_its_year(p, amount) else p)
    return out


def _amount_before(p: Proposal, scene: Scene, money: dict[tuple[int, int], Proposal]) -> Proposal | None:
    """The amount right before the bracket in which p stands."""
    bracket = scene.parts.bracket(p.span.start)
    ends = (bracket[0], bracket[0] - 1) if bracket else ()
    return next((money[p.span.line, end] for end in ends if (p.span.line, end) in money), None)


def _in_its_year(p: Proposal, amount: Proposal) -> bool:
    return is_open(p) or p.value("period_start") == amount.value("period_start")


def _bought(p: Proposal, amount: Proposal, scene: Scene) -> Proposal:
    p = filled(p, period_of(amount)) if is_open(p) else p
    to_come = scene.published and p.value("period_end") >= scene.published.isoformat()
    if not to_come or p.value("phase") != UNKNOWN:
        return p
    return replace(p, fields=p.fields | {"phase": Read("target", amount.fields["period_kind"].words)})

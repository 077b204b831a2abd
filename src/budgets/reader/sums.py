"""Amounts held against each other, each an interval: do parts add up to their whole?"""

from collections.abc import Iterable

from budgets.amounts import Value
from budgets.reader.proposals import Proposal, Sum


def is_amount(p: Proposal) -> bool:
    """Is it an amount of money in total, no rate (100만 원 a head) and no event?"""
    return p.token is not None and p.token.money and p.value("unit") == "KRW"


def add_up(whole: Proposal, parts: list[Proposal]) -> bool:
    return total_of(whole, parts).fits


def total_of(whole: Proposal, parts: list[Proposal]) -> Sum:
    """The sum of the parts beside the printed whole; it fits where both intervals meet."""
    assert whole.token is not None
    target, amounts = whole.token.amount, [p.token.amount for p in parts if p.token]
    low = sum(int(a.low or 0) for a in amounts)
    high = _all(a.high for a in amounts)
    not_above = target.high is None or low <= target.high
    not_below = target.low is None or high is None or high >= target.low
    printed = int(target.printed) if target.printed is not None else None
    return Sum(whole.number, tuple(p.number for p in parts), printed, _all(a.printed for a in amounts), not_above and not_below)


def _all(numbers: Iterable[Value | None]) -> int | None:
    """The sum, None where one of the numbers is open."""
    known = [None if number is None else int(number) for number in numbers]
    return None if None in known else sum(number or 0 for number in known)

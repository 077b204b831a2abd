"""Supplementary budgets: an increment, or what the budget came to with it? Many tables head both ‘추경’."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from budgets.sources.workbooks.headings import is_sum, plain
from budgets.sources.workbooks.rounds import AFTER

if TYPE_CHECKING:
    from budgets.sources.workbooks.ledger import Number


def unclear(numbers: Sequence["Number"], settled: frozenset[int]) -> list["Number"]:
    """The supplementary amounts that nothing says to be increments. *settled*: columns whose phase a person gave."""
    supplements = [n for n in numbers if n.role == "amount" and n.phase == "supplementary" and n.column.index not in settled]
    negative = {n.column.index for n in supplements if n.krw < 0}  # what a budget came to is never negative
    return [] if _are_increments(numbers) else [n for n in supplements if n.column.index not in negative]


def _are_increments(numbers: Sequence["Number"]) -> bool:
    """Do the main budget and the supplements add up to a later total, in every row that has all of them?"""
    rows: dict[tuple[int, int | None, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n in numbers:
        kind = n.phase if n.phase in ("approved", "supplementary") else "total" if _is_later(n) else ""
        if n.role == "amount" and kind:
            rows[n.row, n.year, n.funding][kind].append(int(n.krw))
    whole = [r for r in rows.values() if len(r["approved"]) == 1 and r["supplementary"] and r["total"]]
    return bool(whole) and all(r["approved"][0] + sum(r["supplementary"]) in r["total"] for r in whole) and any(any(r["supplementary"]) for r in whole)


def _is_later(n: "Number") -> bool:
    last = n.column.path[-1] if n.column.path else ""
    return n.phase == "adjusted" or "최종" in plain(last) or is_sum(last)


def with_totals(numbers: Sequence["Number"], settled: frozenset[int]) -> list["Number"]:
    """The numbers with the totals (최종예산, 계) to which main budget and supplements add up taken for what they are."""
    if not _are_increments(numbers):
        return list(numbers)
    return [replace(n, phase=AFTER) if not n.phase and n.role == "amount" and _is_later(n) and n.column.index not in settled else n for n in numbers]


def after_all(numbers: Sequence["Number"], settled: frozenset[int]) -> list["Number"]:
    """The numbers with supplementary amounts taken for totals."""
    return [replace(n, phase=AFTER) if n.phase == "supplementary" and n.column.index not in settled else n for n in numbers]

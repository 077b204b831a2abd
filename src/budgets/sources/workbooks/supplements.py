"""Supplementary budgets: an increment, or what the budget came to with it? Many tables head both ‘추경’."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from budgets.sources.workbooks.headings import is_sum, plain

if TYPE_CHECKING:
    from budgets.sources.workbooks.ledger import Number

AFTER = "after"
"""The phase, here only, of what a budget came to with its supplements: it is read and verified, and not added."""


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


def after_all(numbers: Sequence["Number"], settled: frozenset[int]) -> list["Number"]:
    """The numbers with supplementary amounts taken for totals."""
    return [replace(n, phase=AFTER) if n.phase == "supplementary" and n.column.index not in settled else n for n in numbers]

"""Rows that only say whose money the row above is: 국비, 시비 under the name of a programme."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from budgets.sources.workbooks.headings import funding_row

if TYPE_CHECKING:
    from budgets.sources.workbooks.ledger import Number


def with_owners(numbers: Sequence["Number"], programme: str = "") -> list["Number"]:
    """The numbers with such rows given to the programme above them; its own amount is then of all funds together.

    Where no programme stands above (the whole table is of one) they are given to *programme*, which a person named;
    without it they have no name, and it is asked for.
    """
    found: list[Number] = []
    owner: Number | None = None
    owners: set[int] = set()
    for n in numbers:
        funding = funding_row(n.label) if not n.is_total else ""
        if funding and owner is not None and owner.context[:-1] == n.context[:-1]:
            owners.add(owner.row)
            found.append(replace(n, label=owner.label, label_place=owner.label_place, funding=n.funding or funding))
        elif funding:
            owner = None
            found.append(replace(n, label=programme, funding=n.funding or funding))
        else:
            owner = None if n.is_total or funding else n
            found.append(n)
    return [replace(n, funding="mixed") if n.row in owners and not n.funding else n for n in found]

"""The numbers of a table as they were read: each with its address, label, year, phase, whose money and unit."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from budgets.sources.workbooks.faults import CellFault
from budgets.sources.workbooks.grids import Value, address, said
from budgets.sources.workbooks.headings import Said
from budgets.sources.workbooks.layout import Column, Table
from budgets.sources.workbooks.mapping import Mapping
from budgets.sources.workbooks.numbers import is_nothing

FACTOR = {"원": 1, "천원": 10**3, "만원": 10**4, "십만원": 10**5, "백만원": 10**6, "천만원": 10**7, "억원": 10**8, "십억원": 10**9, "조원": 10**12}
_USUAL = {"rate": ("percent", "digits"), "value": ("percent",)}
"""The ways of showing a number otherwise that are usual in columns of a role."""


@dataclass(frozen=True, eq=False)
class Number:
    """One number of a table. ``number`` is in the unit of the table, ``krw`` in won."""

    row: int
    column: Column
    place: str
    shown: str
    number: int | Decimal
    label: str
    label_place: str
    year: int | None
    phase: str
    phase_round: str
    funding: str
    unit: str
    government: str = ""
    government_place: str = ""
    context: tuple[str, ...] = ()
    is_total: bool = False
    span: tuple[int, int] | None = None
    """First and last year of an envelope; its ``year`` is None."""
    netting: str = ""
    as_of: str = ""
    """The day up to which was paid."""
    indicator: str = ""
    """What a target or an actual value is of, as the table calls it."""
    indicator_place: str = ""

    @property
    def role(self) -> str:
        return self.column.means.role

    @property
    def krw(self) -> int | Decimal:
        return self.number * FACTOR.get(self.unit, 1)


@dataclass(eq=False)
class Ledger:
    """A table, read: what was understood of it, its numbers, and what must be asked or mended."""

    table: Table
    mapping: Mapping
    numbers: list[Number] = field(default_factory=list)
    nothing: int = 0
    """Cells that say nothing (blank, -, null): gaps, not zeros."""
    faults: list[CellFault] = field(default_factory=list)
    notes: list[CellFault] = field(default_factory=list)
    unit: str = ""
    """The unit of the whole table; empty where columns or years have their own, or where it is not known."""
    breaks: dict[int, Said] = field(default_factory=dict)
    """The years from which something else is counted, and the note that says so."""

    @property
    def sheet(self) -> str:
        return self.table.grid.name

    @property
    def rows(self) -> list[int]:
        """The rows that are read: not the hidden ones, where a person said so."""
        skipped = self.table.grid.hidden_rows if self.mapping.hidden == "skip" else frozenset()
        return [row for row in self.table.body if row not in skipped]

    def by_column(self, role: str) -> list[tuple[Column, list[Number]]]:
        """The columns of one role that hold numbers, each with them, from left to right."""
        found: dict[int, list[Number]] = {}
        for n in self.numbers:
            if n.role == role:
                found.setdefault(n.column.index, []).append(n)
        return [(numbers[0].column, numbers) for _, numbers in sorted(found.items())]

    def read_cells(self, row: int, *roles: str) -> Iterator[tuple[Column, str, Value]]:
        """(column, address, value) of the row's cells that are read; faults at formulas without a result, and at numbers
        of which a person sees another one, or none, unless somebody said what is done with them."""
        answers = {"": "read", "struck": self.mapping.struck, "unseen": self.mapping.hidden}
        for column in self.table.of(*roles):
            place, value = address(row, column.index), self.table.grid.at(row, column.index)
            why = self._odd(place, value, column.means.role)
            answer = answers.get(why, "")
            if place in self.table.grid.unresolved and said(value) == "":
                self.fault(place, None, "intake.fault.formula")
            elif not answer:
                self.fault(place, said(value), f"intake.table.{why}")
            elif answer == "read":
                yield column, place, value

    def _odd(self, place: str, value: Value, role: str) -> str:
        """Why a person does not see the number of a cell; empty where there is none, or where this is usual in such a column."""
        why = self.table.grid.odd.get(place, "")
        return "" if not why or why in _USUAL.get(role, ()) or is_nothing(value) else why

    def fault(self, place: str | None, value: str | None, key: str, **fields: object) -> None:
        self.faults.append(CellFault(self.sheet, place, value, key, fields))

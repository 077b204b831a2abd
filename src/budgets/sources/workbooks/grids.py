"""A file's sheets as grids of cells that keep their addresses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property
from pathlib import Path

from budgets.sources.workbooks.faults import CellFault

Value = object
"""What a cell holds: str, int, float, bool, a date or time, or "" for nothing."""
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""


def letters(column: int) -> str:
    """The letters of a column counted from 0.

    >>> letters(0), letters(25), letters(26), letters(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    name, n = "", column + 1
    while n:
        n, rest = divmod(n - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """The column, counted from 0, of its letters.

    >>> column_of("A"), column_of("AA")
    (0, 26)
    """
    n = 0
    for letter in name.upper():
        n = n * 26 + ord(letter) - 64
    return n - 1


def address(row: int, column: int) -> str:
    """The address of a cell; row and column are counted from 0.

    >>> address(13, 3)
    'D14'
    """
    return f"{letters(column)}{row + 1}"


def place_of(address: str) -> tuple[int, int]:
    """Row and column, counted from 0, of an address.

    >>> place_of("D14")
    (13, 3)
    """
    name = address.rstrip("0123456789")
    return int(address.removeprefix(name)) - 1, column_of(name)


@dataclass(frozen=True, eq=False)
class Grid:
    """One sheet. ``rows[r][c]`` is the cell ``address(r, c)``; rows may have different lengths."""

    name: str
    rows: list[list[Value]]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    visible: bool = True
    named: bool = True
    """Was the name written by a person on the sheet? The name of a file says nothing about its table."""
    unresolved: frozenset[str] = frozenset()
    """Addresses of formulas without a result."""
    scaled: Mapping[str, int] = field(default_factory=dict)
    """Cells that show fewer thousands than they hold, and how many."""
    odd: Mapping[str, str] = field(default_factory=dict)
    """Cells of which a person sees another number, or none, and why: struck · unseen · percent · digits · sign · currency."""

    def at(self, row: int, column: int) -> Value:
        cells = self.rows[row] if 0 <= row < len(self.rows) else []
        return cells[column] if 0 <= column < len(cells) else ""

    @cached_property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    @cached_property
    def _top_left(self) -> dict[tuple[int, int], tuple[int, int]]:
        rows, columns = len(self.rows), self.width  # an area may reach far beyond what is used
        return {
            (r, c): (top, left)
            for top, left, bottom, right in self.merged
            for r in range(top, min(bottom + 1, rows))
            for c in range(left, min(right + 1, columns))
        }

    def spread(self, row: int, column: int) -> Value:
        """The cell's value, or that of the merged area it lies in."""
        return self.at(*self._top_left.get((row, column), (row, column)))

    def cells(self) -> Iterator[tuple[int, int, Value]]:
        """Every cell that holds something."""
        for r, row in enumerate(self.rows):
            for c, value in enumerate(row):
                if value != "" and value is not None:
                    yield r, c, value


@dataclass(frozen=True, eq=False)
class Book:
    """A file: its kind by content (xlsx · xls · csv · html), its sheets, and what a person should know about it."""

    path: Path
    kind: str
    grids: list[Grid]
    notes: list[CellFault] = field(default_factory=list)

    def grid(self, name: str) -> Grid | None:
        return next((grid for grid in self.grids if grid.name == name), None)


def said(value: Value) -> str:
    """A cell as a person sees it: whole numbers without a point, days as 2025-12-31.

    >>> said(1200.0), said(" 글 "), said(None)
    ('1200', '글', '')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else str(value)
    return " ".join(str(value).split())

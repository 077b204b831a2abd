"""Where the tables of a sheet are: titles, headings of several rows, body, totals, notes, units."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from budgets.sources.workbooks.grids import Grid, Value, address, said
from budgets.sources.workbooks.headings import (
    Meaning,
    Said,
    is_exact,
    is_note,
    is_sum,
    is_total,
    meaning,
)
from budgets.sources.workbooks.lines import lines_of, right_above
from budgets.sources.workbooks.numbers import is_nothing, is_number
from budgets.sources.workbooks.periods import years
from budgets.sources.workbooks.sides import own_titles, parted
from budgets.sources.workbooks.units import title_units, units

TALLEST = 4
"""Rows of headings at most."""


@dataclass(frozen=True)
class Column:
    """One column of a table: where it stands, the headings above it, and what they mean."""

    index: int
    path: tuple[str, ...]
    place: str
    """Address of its lowest heading."""
    means: Meaning

    @property
    def title(self) -> str:
        return " / ".join(self.path)


@dataclass(eq=False)
class Table:
    """One table of a sheet; rows are counted from 0."""

    grid: Grid
    head: tuple[int, int]
    """First and last row of the headings."""
    columns: list[Column]
    body: list[int] = field(default_factory=list)
    totals: set[int] = field(default_factory=set)
    repeated: list[int] = field(default_factory=list)
    """Rows that only repeat the headings."""
    titles: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)

    @property
    def area(self) -> str:
        last = max([self.head[1], *self.body])
        return f"{address(self.head[0], self.columns[0].index)}:{address(last, self.columns[-1].index)}"

    @cached_property
    def units(self) -> list[Said]:
        """Every unit stated above or under the table, or in its headings for all of it."""
        lines = [Said(s.place, unit) for s in self.titles for unit in title_units(s.text)]
        lines += [Said(s.place, unit) for s in self.notes for unit in units(s.text)]
        return lines + [Said(c.place, unit) for c in self.columns if not c.means.unit for unit in units(c.title)]

    def of(self, *roles: str) -> list[Column]:
        return [c for c in self.columns if c.means.role in roles]

    def label(self, row: int, *roles: str) -> tuple[str, str]:
        """(text, address) of the row's label: the last filled column of these roles."""
        for column in reversed(self.of(*roles)):
            if shown := said(self.grid.spread(row, column.index)):
                return shown, address(row, column.index)
        return "", address(row, self.columns[0].index)


def find_tables(grid: Grid, header: tuple[int, int] | None = None) -> list[Table]:
    """Every table of a sheet. *header*: the rows of the headings, where a person has said them: then there is one."""
    tables: list[Table] = []
    at, free = 0, 0
    while at < len(grid.rows):
        head = header if header else _head_at(grid, at)
        if head is None or (header and tables):
            if tables and not header:
                _after(tables[-1], at)
            at += 1
            continue
        table = Table(grid, head, _columns(grid, head))
        table.titles = [line for r in range(free, head[0]) for line in lines_of(grid, r)]
        if tables:
            theirs = {line.place for r in right_above(grid, free, head[0]) for line in lines_of(grid, r)}
            tables[-1].notes = [note for note in tables[-1].notes if note.place not in theirs]
        at = free = _read_body(table)
        table.columns = _with_nameless(table)
        if table.body or header:
            tables += beside(table)
        elif not header:
            at = head[1] + 1
        if header:
            break
    if tables and free < len(grid.rows):
        tables[-1].notes += [line for r in range(free, len(grid.rows)) for line in lines_of(grid, r) if line.place not in {n.place for n in tables[-1].notes}]
    return tables


def beside(table: Table) -> list[Table]:
    """The table, or the tables that stand side by side under the same rows of headings."""
    parts = parted([(c.title, c.means.role, c.index) for c in table.columns])
    if len(parts) == 1:
        return [table]
    found = []
    titles = own_titles(table.titles, [table.columns[first].index for first, _ in parts])
    for (first, last), own in zip(parts, titles, strict=True):
        columns = table.columns[first:last]
        body = [r for r in table.body if any(said(table.grid.spread(r, c.index)) for c in columns)]
        labels = [c.index for c in columns if c.means.role in ("programme", "context", "government", "code", "")]
        totals = {r for r in body if any(is_total(table.grid.spread(r, c)) for c in labels)}
        found.append(replace(table, columns=columns, body=body, totals=totals, titles=own, notes=list(table.notes)))
    return found


def _noted(table: Table, row: int, column: int) -> bool:
    return any(note.place == address(row, column) for note in table.notes)


def _after(table: Table, row: int) -> None:
    """Lines under a table belong to it as notes, until the next table begins."""
    for c, value in enumerate(table.grid.rows[row]):
        if said(value) and is_note(said(value)) and not _noted(table, row, c):
            table.notes.append(Said(address(row, c), said(value)))


def _heading_like(value: Value) -> bool:
    shown = said(value)
    return bool(shown) and len(shown) <= 20 and bool(meaning([shown]).role)


def _head_at(grid: Grid, row: int, exact: int = 1) -> tuple[int, int] | None:
    """The rows of headings that begin in *row*: texts only, two of them known and *exact* of them certain, numbers below."""
    cells = _filled(grid, row)
    corner = _unit_corner(cells)
    if len(set(cells.values())) < 2 or not all(_may_head(v) for v in cells.values()) or any(is_note(v) for v in cells.values() if v != corner):
        return None
    last = row
    while last - row < TALLEST - 1 and _continues(grid, last + 1):
        last += 1
    known = sum(bool(meaning(path).role) for path in _paths(grid, (row, last)).values())
    numbers = any(is_number(v) for below in grid.rows[last + 1 : last + 12] for v in below)
    certain = {v for r in range(row, last + 1) for v in _filled(grid, r).values() if is_exact(v) or v == corner}
    first = grid.rows[last + 1] if last + 1 < len(grid.rows) else []
    # One known heading will do where most of the first row below are numbers.
    plain_list = exact == 1 and known >= 1 and len(cells) >= 3 and 2 * sum(map(is_number, first)) >= len(cells)
    return (row, last) if (known >= 2 or plain_list) and len(certain) >= exact and numbers else None


def _unit_corner(cells: dict[int, str]) -> str:
    """The unit in the corner above the names, where the other cells of the row are headings."""
    corner, *others = cells.values() if cells else ("",)
    return corner if units(corner) and sum(map(_heading_like, others)) >= 2 else ""


def _filled(grid: Grid, row: int) -> dict[int, str]:
    return {c: shown for c in range(grid.width) if (shown := said(grid.spread(row, c)))}


def _may_head(shown: str) -> bool:
    """A text, or a year standing as a heading."""
    return not is_number(shown) or (len(years(shown)) == 1 and len(shown) == 4)


def _continues(grid: Grid, row: int) -> bool:
    """Is this one more row of headings: no numbers, and a heading under a heading that spans or stands open?"""
    if row >= len(grid.rows):
        return False
    cells = _filled(grid, row)
    if not cells or not all(_may_head(v) for v in cells.values()):
        return False
    if all(is_nothing(v) for v in cells.values()):
        return False
    if all(units(v) for v in cells.values()):  # (백만원) under each heading
        return True
    merged_down = any(top <= row - 1 and bottom >= row for top, left, bottom, right in grid.merged)
    merged_across = any(top == row - 1 and right > left for top, left, bottom, right in grid.merged)
    above = _filled(grid, row - 1)
    under_gap = any(c not in above for c in cells) or len(set(above.values())) < len(above)
    known = sum(_heading_like(v) for v in cells.values())
    return known >= 1 and (merged_down or merged_across or under_gap) and known * 2 >= len({v for c, v in cells.items() if above.get(c) != v})


def _paths(grid: Grid, head: tuple[int, int]) -> dict[int, tuple[str, ...]]:
    """The headings above each column. A heading over several columns that are not merged reaches as far as it is blank."""
    top, last = head
    rows = []
    for r in range(top, last + 1):
        cells = _filled(grid, r)
        if r < last:
            below = {c for under in range(r + 1, last + 1) for c in _filled(grid, under)}
            before = ""
            for c in range(grid.width):
                if c in cells:
                    before = cells[c]
                elif before and c in below:
                    cells[c] = before
                else:
                    before = ""
        rows.append(cells)
    found = {}
    for c in range(grid.width):
        path = [cells[c] for cells in rows if c in cells]
        if path:
            found[c] = tuple(dict.fromkeys(path))
    return found


def _columns(grid: Grid, head: tuple[int, int]) -> list[Column]:
    paths = _paths(grid, head)
    columns = []
    for c, path in paths.items():
        row = next((r for r in range(head[1], head[0] - 1, -1) if said(grid.spread(r, c))), head[1])
        columns.append(Column(c, path, address(row, c), meaning(path)))
    return _funding_totals([_sum_over_years(c, columns) for c in columns])


def _sum_over_years(column: Column, columns: list[Column]) -> Column:
    """계 beside several years is a sum over them, and none of a year."""
    if not column.path or not is_sum(column.path[-1]) or column.means.year is not None:
        return column
    beside_it = {c.means.year for c in columns if c.path[:-1] == column.path[:-1] and c.means.role == "amount"} - {None}
    return replace(column, means=Meaning("cumulative", unit=column.means.unit)) if len(beside_it) > 1 else column


def _with_nameless(table: Table) -> list[Column]:
    """The columns, with those that hold something in the body and have no heading."""
    grid, known = table.grid, {c.index for c in table.columns}
    filled = {c for r in table.body for c, v in enumerate(grid.rows[r]) if c not in known and said(v)}
    return sorted([*table.columns, *(Column(c, (), address(table.head[1], c), Meaning()) for c in filled)], key=lambda column: column.index)


def _funding_totals(columns: list[Column]) -> list[Column]:
    """계 beside 국비 and 시비 is all of the money together: its funding is mixed."""
    funded = {c.path[:-1] for c in columns if c.means.funding}
    return [
        replace(c, means=c.means._replace(role="amount", funding="mixed"))
        if c.path and c.path[:-1] in funded and is_sum(c.path[-1]) and not c.means.funding
        else c
        for c in columns
    ]


def _read_body(table: Table) -> int:
    """Fill in the body; returns the row after the table."""
    grid, (top, last) = table.grid, table.head
    heads = {tuple(_filled(grid, r).items()) for r in range(top, last + 1)}
    labels = [c.index for c in table.columns if c.means.role in ("programme", "context", "government", "code", "")]
    row, end, blank, noted = last + 1, last + 1, 0, False
    while row < len(grid.rows):
        cells = _filled(grid, row)
        if not cells:
            blank += 1
            if blank > 30:
                break
        elif tuple(cells.items()) in heads:
            table.repeated.append(row)
        elif _ends(grid, row, cells, blank):
            break
        elif (noted or is_note(next(iter(cells.values())))) and not any(is_number(v) for v in cells.values()):
            table.notes += [Said(address(row, c), v) for c, v in cells.items()]
            noted = True
        else:
            blank = 0
            table.body.append(row)
            if any(is_total(grid.spread(row, c)) for c in labels) or _is_group(table, row):
                table.totals.add(row)
            end = row + 1
            row += 1
            continue
        row += 1
    return end


def _is_group(table: Table, row: int) -> bool:
    """Is this a row of a field or department above its programmes: a label of its own left of the empty names?"""
    names = [c.index for c in table.columns if c.means.role == "programme"]
    if not names or any(said(table.grid.spread(row, c)) for c in names):
        return False
    left = [c.index for c in table.columns if c.means.role in ("context", "government") and c.index < names[0]]
    return any(said(table.grid.at(row, c)) for c in left)


def _ends(grid: Grid, row: int, cells: dict[int, str], blank: int) -> bool:
    """Does another table, or text that is no table, begin here?"""
    if _head_at(grid, row, exact=1 if blank else 2) is not None:
        return True
    alone = len(set(cells.values())) == 1 and not any(is_number(v) for v in cells.values())
    if not alone or is_total(next(iter(cells.values()))):
        return False
    return blank > 0 or any(_head_at(grid, r) for r in range(row + 1, min(row + 6, len(grid.rows))))

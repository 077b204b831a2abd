"""A filled-in template → entries: one per row a person wrote, each cell with its address and its value as it stands."""

from dataclasses import dataclass

from budgets.sources.workbooks.faults import CellFault
from budgets.sources.workbooks.forms import Field, Form, form_of_sheet, squeezed
from budgets.sources.workbooks.grids import Book, Grid, Value, address, said
from budgets.sources.workbooks.numbers import is_number
from budgets.words import LANGUAGES, text

SEARCHED = 20
"""Rows from the top in which the headings are looked for."""
ENOUGH = 3
"""Headings that must be recognised before a sheet of that name is taken for ours."""
FILLED_IN = ("source_date", "source_url")
"""Columns that formulas fill: a row with nothing else in it is empty."""
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")


@dataclass(frozen=True, eq=False)
class Entry:
    """One row of one form: ``values`` and ``places`` by the key of the field."""

    form: Form
    sheet: str
    row: int
    """Counted from 0."""
    values: dict[str, Value]
    places: dict[str, str]
    titles: dict[str, str]

    def said(self, key: str) -> str:
        return said(self.values.get(key, ""))

    def fault(self, key: str, rule: str, fields: dict[str, object] | None = None) -> CellFault:
        """A fault in one of its cells; of a column the sheet does not have, in the row's first cell."""
        place = self.places.get(key, next(iter(self.places.values()), None))
        return CellFault(self.sheet, place, self.said(key) or None, rule, fields or {}, self.titles.get(key))


def read_entries(book: Book) -> tuple[list[Entry], list[CellFault]] | None:
    """All entries of a filled-in template and what is wrong with its shape; None if the file is no such template."""
    sheets = [(grid, form, head) for grid in book.grids if (form := form_of_sheet(grid.name)) and (head := _head(grid, form)) is not None]
    if not sheets:
        return None
    entries, faults = list[Entry](), list[CellFault]()
    for grid, form, head in sheets:
        columns, found = _columns(grid, form, head)
        faults += found
        for row in range(head + 1, len(grid.rows)):
            entry, found = _entry(grid, form, columns, row, head)
            faults += found
            if entry:
                entries.append(entry)
    return entries, faults


def _head(grid: Grid, form: Form) -> int | None:
    """The row with the headings."""
    counts = [(sum(squeezed(v) in form.by_title for v in row if v != ""), -r) for r, row in enumerate(grid.rows[:SEARCHED])]
    most, row = max(counts, default=(0, 0))
    return -row if most >= ENOUGH else None


def _columns(grid: Grid, form: Form, head: int) -> tuple[dict[int, Field], list[CellFault]]:
    """The field of each column; columns missing, doubled and unknown are faults."""
    columns, faults = dict[int, Field](), list[CellFault]()
    for c, value in enumerate(grid.rows[head]):
        f = form.by_title.get(squeezed(value))
        if f is not None and f not in columns.values():
            columns[c] = f
        elif f is not None:
            faults.append(CellFault(grid.name, address(head, c), said(value), "intake.fault.column_twice"))
        elif value != "" or any(said(grid.at(r, c)) for r in range(head + 1, len(grid.rows))):
            faults.append(CellFault(grid.name, address(head, c), said(value) or None, "intake.fault.column_unknown"))
    missing = [f for f in form.fields if f.required and f not in columns.values()]
    return columns, faults + [
        CellFault(grid.name, None, None, "intake.fault.column_missing", {"column": f.title("ko"), "column_en": f.title("en")}) for f in missing
    ]


def _entry(grid: Grid, form: Form, columns: dict[int, Field], row: int, head: int) -> tuple[Entry | None, list[CellFault]]:
    values, places, faults = dict[str, Value](), dict[str, str](), list[CellFault]()
    titles = {f.key: said(grid.at(head, c)).removesuffix("*").strip() for c, f in columns.items()}
    for c, f in columns.items():
        value = grid.at(row, c)
        places[f.key] = address(row, c)
        if value in ("", None) and places[f.key] in grid.unresolved and f.key not in FILLED_IN:
            faults.append(CellFault(grid.name, places[f.key], None, "intake.fault.formula", column=titles[f.key]))
            values[f.key] = None
        elif isinstance(value, str) and value.strip() in ERRORS and f.key not in FILLED_IN:
            faults.append(CellFault(grid.name, places[f.key], value, "intake.fault.error_value", column=titles[f.key]))
            values[f.key] = None
        elif said(value) and (why := _odd(grid, places[f.key], value)) and f.key not in FILLED_IN:
            faults.append(CellFault(grid.name, places[f.key], said(value), f"intake.fault.{why}", column=titles[f.key]))
            values[f.key] = None
        elif said(value):
            values[f.key] = value
    written = values.keys() - {"mark", *FILLED_IN}
    if not written or _is_example(values.get("mark")):
        return None, []
    return Entry(form, grid.name, row, values, places, titles), faults


def _odd(grid: Grid, place: str, value: Value) -> str:
    """Why a person sees something else in the cell than it holds, or nothing; empty where they do not."""
    return grid.odd.get(place, "") or ("scaled" if place in grid.scaled and is_number(value) else "")


def _is_example(mark: Value) -> bool:
    return squeezed(mark) in {squeezed(text("intake.template.example", language)) for language in LANGUAGES}

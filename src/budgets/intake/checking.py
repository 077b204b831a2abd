"""Every fault of a workbook at once: the rows are put under a private copy of the data, and the build judges them.

So the checks are those of the build, no more and no less; what a cell cannot say in the first place (a name nobody has,
a day that is none) is found before, and a figure that contradicts one on file after.
"""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path


from budgets.clean import default_data, read_raw
from budgets.errors import ContractError, Fault
from budgets.intake.contradictions import contradictions
from budgets.intake.files import Files, appended, copied
from budgets.intake.identities import identify
from budgets.intake.rows import Reader, Row
from budgets.rulings.judgement import check_rulings
from budgets.sources.workbooks.entries import Entry
from budgets.sources.workbooks.faults import CellFault
from budgets.sources.workbooks.forms import FIGURES
from budgets.sources.workbooks.grids import Book, column_of


@dataclass
class Checked:
    """What a workbook holds and what is wrong with it."""

    book: Book
    rows: list[Row] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    notes: list[CellFault] = field(default_factory=list)
    """What a person should know; nothing is wrong with it."""

    @property
    def new(self) -> list[Row]:
        return [row for row in self.rows if row.new]

    def record(self, language: str = "ko") -> dict[str, object]:
        """The result for programs."""
        return {
            "file": self.book.path.name,
            "rows": len(self.rows),
            "new": len(self.new),
            "faults": [fault.record(language) for fault in self.faults],
            "notes": [note.record(language) for note in self.notes],
        }


def check_entries(book: Book, entries: list[Entry], faults: list[CellFault], data: Path | None = None) -> Checked:
    """Check entries against the data on file. *faults*: those of the workbook's shape, found while reading.

    Raises `ContractError` where the data on file is itself broken.
    """
    folder = data or default_data()
    files = Files(folder)
    reader = Reader(files.names())
    reader.read(entries)
    identify(reader, files)
    new = [row for row in reader.rows if row.new]
    found, notes = _tried(folder, new)
    every = [*faults, *reader.faults, *found]
    return Checked(book, reader.rows, in_order(book, every), [*book.notes, *in_order(book, notes)])


def _tried(data: Path, rows: list[Row]) -> tuple[list[CellFault], list[CellFault]]:
    """(faults, notes) that the build finds when the rows stand under those on file."""
    if not rows:
        return [], []
    with tempfile.TemporaryDirectory(prefix="budgets-check-") as scratch:
        copy = Path(scratch) / "data"
        copied(data, copy)
        lines = appended(copy, rows)
        tables, rulings, wrong = read_raw(copy)
    figures = {f for name in ("budgets", "targets", "milestones") for f in tables[name]["figure_id"]}
    wrong += check_rulings(rulings["figures"], rulings["programmes"], figures, set(tables["programmes"]["programme_id"]))
    faults, elsewhere, bad = list[CellFault](), list[Fault](), set[int]()
    for fault in dict.fromkeys(wrong):
        row = lines.get((fault.file, fault.line or 0))
        if row is None:
            elsewhere.append(fault)
            continue
        bad.add(id(row))
        named = [c.strip() for c in (fault.column or "").split(",")]
        if not _follows(fault, named, row):
            faults.append(_in_cell(fault, named, row))
    if elsewhere:
        faults += _on_file(data, elsewhere)
    figure_rows = {row.identifier: row for row in rows if row.entry.form in FIGURES}
    faulty = {name for name, row in figure_rows.items() if id(row) in bad or row.spoiled}
    apart, notes = contradictions(tables, rulings["figures"], {n: r for n, r in figure_rows.items() if n not in faulty}, faulty)
    return faults + apart, notes


def _follows(fault: Fault, columns: list[str], row: Row) -> bool:
    """Is this only what follows from a fault that was said already?"""
    if row.spoiled & set(columns):
        return True
    if fault.key == "contract.wrong_file":  # rows of an unknown government stand in a file chosen by us
        return bool(row.spoiled & {"programme_id", "government"})
    if fault.key in ("contract.unit", "contract.hedge"):
        return bool(row.spoiled & {"indicator", "as_printed", "hedge"})
    return "ruling" in row.spoiled and fault.key == "contract.needs_other"


def _in_cell(fault: Fault, columns: list[str], row: Row) -> CellFault:
    """The fault at the cell a person wrote; of several columns at the first that is on the sheet."""
    keys = [key for column in columns if (key := row.key_of("date_precision" if column == "precision" else column)) in row.entry.places]
    empty = [key for key in keys if not row.entry.said(key)]
    key = empty[0] if empty else keys[0] if keys else row.key_of(columns[0]) if columns else ""
    return row.entry.fault(key, fault.key, dict(fault.fields))


def _on_file(data: Path, faults: list[Fault]) -> list[CellFault]:
    """Faults in rows that were there before: brought about by the new rows, or there all along (then nothing is checked)."""
    tables, rulings, before = read_raw(data)
    figures = {f for name in ("budgets", "targets", "milestones") for f in tables[name]["figure_id"]}
    before += check_rulings(rulings["figures"], rulings["programmes"], figures, set(tables["programmes"]["programme_id"]))
    if before:
        raise ContractError(before)
    return [CellFault(fault.file, f"{fault.line}", fault.value, fault.key, dict(fault.fields), fault.column) for fault in faults]


def in_order(book: Book, faults: list[CellFault]) -> list[CellFault]:
    """In the order of sheets, rows and columns, each once."""
    sheets = {grid.name: n for n, grid in enumerate(book.grids)}

    def place(fault: CellFault) -> tuple[int, int, int]:
        letters = "".join(c for c in fault.cell or "" if c.isalpha())
        digits = "".join(c for c in fault.cell or "" if c.isdigit())
        return sheets.get(fault.sheet, len(sheets)), int(digits or 0), column_of(letters) if letters else -1

    return sorted({_key(fault): fault for fault in faults}.values(), key=place)


def _key(fault: CellFault) -> tuple[object, ...]:
    return fault.sheet, fault.cell, fault.key, tuple(sorted((k, str(v)) for k, v in fault.fields.items()))

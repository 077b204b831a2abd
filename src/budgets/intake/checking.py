"""Every fault of a workbook at once: the rows are put under a private copy of the data, and the build judges them.

So the checks are those of the build, no more and no less; what a cell cannot say in the first place (a name nobody has,
a day that is none) is found before, and a figure that contradicts one on file after.
"""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from budgets.checkout import default_data
from budgets.clean import read_raw
from budgets.errors import ContractError, Fault, UsageError
from budgets.intake.contradictions import contradictions
from budgets.intake.files import Files, appended, copied
from budgets.intake.identities import identify
from budgets.intake.names import Unknown
from budgets.intake.rows import Reader, Row
from budgets.intake.tabled import residents, spoken, table_entries
from budgets.intake.unused import unused
from budgets.rulings.judgement import check_rulings
from budgets.sources.workbooks.entries import Entry, read_entries
from budgets.sources.workbooks.faults import CellFault, WorkbookError
from budgets.sources.workbooks.forms import FIGURES
from budgets.sources.workbooks.grids import Book, column_of
from budgets.sources.workbooks.ledger import Ledger
from budgets.sources.workbooks.ledgers import read_ledgers
from budgets.sources.workbooks.mapping import Mapping
from budgets.sources.workbooks.police import suspicions
from budgets.sources.workbooks.reading import read_book
from budgets.sources.workbooks.understanding import understood
from budgets.words import LANGUAGES, text

MANY = 20
"""Names on no list from which on a way to leave them all out is shown."""


@dataclass
class Checked:
    """What a workbook holds and what is wrong with it."""

    book: Book
    rows: list[Row] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    notes: list[CellFault] = field(default_factory=list)
    """What a person should know; nothing is wrong with it."""
    ledgers: list[Ledger] = field(default_factory=list)
    """The tables, where the file is no template: what was understood of them must be confirmed."""

    @property
    def new(self) -> list[Row]:
        return [row for row in self.rows if row.new]

    def record(self, language: str = "ko") -> dict[str, object]:
        """The result for programs."""
        return {
            "file": self.book.path.name,
            "tables": [understood(ledger, language) for ledger in self.ledgers],
            "rows": len(self.rows),
            "new": len(self.new),
            "faults": [fault.record(language) for fault in self.faults],
            "notes": [note.record(language) for note in self.notes],
        }


def check_file(path: Path, data: Path | None = None, mapping: Mapping | None = None) -> Checked:
    """Check a filled-in template or, where the file is none, the tables in it.

    Raises `WorkbookError` for a file that cannot be read or holds no table, `UsageError` for a wrong mapping, and
    `ContractError` where the data on file is itself broken.
    """
    book = read_book(path)
    _refuse_exported(book)
    found = read_entries(book)
    if found is not None:
        return check_entries(book, *found, data)
    folder = data or default_data()
    names = Files(folder).names()
    try:
        answers = spoken(mapping or Mapping())
    except Unknown as problem:
        raise UsageError(problem.key, **problem.fields) from None
    ledgers, faults = read_ledgers(book.grids, answers)
    if not ledgers:
        raise WorkbookError("intake.table.none", path=path.name)
    entries, asked, notes = table_entries(ledgers, answers, names)
    people = residents(folder, names)
    doubts = [fault for ledger in ledgers for fault in suspicions(ledger, people)]
    faults += [fault for ledger in ledgers for fault in ledger.faults]
    notes += [note for ledger in ledgers for note in ledger.notes]
    open_doubts = [fault for fault in doubts if not answers.vouched(fault.sheet, fault.cell)]
    faults += open_doubts
    notes += [fault for fault in doubts if fault not in open_doubts]
    if open_doubts:
        notes.append(CellFault("", None, None, "intake.police.right", {"cell": open_doubts[0].cell}))
    checked = check_entries(book, entries, [*faults, *asked], folder)
    checked.notes += notes
    unknown = sum(fault.key == "intake.fault.programme" for fault in checked.faults)
    if unknown > MANY:
        checked.notes.append(CellFault("", None, None, "intake.table.many", {"n": unknown}))
    checked.ledgers = ledgers
    return checked


def _refuse_exported(book: Book) -> None:
    """A workbook that ``export`` wrote holds the very figures on file; nothing of it is to be added. Raises `WorkbookError`."""
    sheets = {grid.name for grid in book.grids}
    for language in LANGUAGES:
        if {text(f"workbook.sheet.{name}", language) for name in ("cover", "passports", "assumptions")} <= sheets:
            raise WorkbookError("intake.file.exported", path=book.path.name)


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
    return Checked(book, reader.rows, in_order(book, every), [*book.notes, *in_order(book, [*notes, *unused(reader.rows)])])


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

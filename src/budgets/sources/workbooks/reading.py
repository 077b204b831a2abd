"""Any file a person may call a spreadsheet → `Book`: .xlsx, .xls, CSV in four encodings, an HTML table under any name.

The first bytes decide, not the name. Cells come fast (calamine) and keep the addresses Excel shows.
"""

import codecs
import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

import python_calamine as calamine

from budgets.disk import refuse_endless
from budgets.sources.workbooks.damage import damage
from budgets.sources.workbooks.faults import CellFault, WorkbookError
from budgets.sources.workbooks.grids import Book, Grid, Value, place_of, said
from budgets.sources.workbooks.guards import LookedSheet, look_into
from budgets.sources.workbooks.markup import html_tables

LARGEST_FILE = 300_000_000
WIDEST, TALLEST = 16_384, 1_048_576
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
DELIMITERS = ",\t;|"
_TAG = re.compile(rb"<(?:!doctype html|html|table|meta|body)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def read_book(path: Path) -> Book:
    """All sheets of a file. Raises `WorkbookError` for what cannot or may not be read."""
    name = path.name
    refuse_endless(path)
    try:
        most = min(path.stat().st_size, LARGEST_FILE) if path.is_file() else LARGEST_FILE  # a pipe does not say its size
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise WorkbookError("intake.file.unreadable", path=path, why=error) from None
    if len(data) > LARGEST_FILE:
        raise WorkbookError("intake.file.large", path=name, most=LARGEST_FILE // 1_000_000)
    if not data.removeprefix(codecs.BOM_UTF8).strip(b" \t\r\n,;|\0"):
        raise WorkbookError("intake.file.empty", path=name)
    if data.startswith(b"PK"):
        looked = look_into(name, data)
        return Book(path, "xlsx", _sheets(name, data, looked.sheets), [*_misnamed(path, "xlsx"), *looked.notes])
    if data.startswith(OLE):
        if LOCKED in data:
            raise WorkbookError("intake.file.locked", path=name)
        return Book(path, "xls", _sheets(name, data, {}), _misnamed(path, "xls"))
    if _TAG.search(data[:4096].replace(b"\0", b"")):
        text, _ = _decoded(name, data, _CHARSET.search(data[:4096]))
        return Book(path, "html", html_tables(text), _misnamed(path, "html"))
    text, encoding = _decoded(name, data)
    notes = _misnamed(path, "csv")
    if encoding not in ("utf-8", "utf-8-sig"):
        notes.append(CellFault("", None, None, "intake.file.encoding", {"encoding": encoding.upper()}))
    return Book(path, "csv", [Grid(path.stem, _rows(name, text), named=False)], notes)


def _misnamed(path: Path, kind: str) -> list[CellFault]:
    """A note where the name says something else than the content."""
    fine = {"xlsx": (".xlsx", ".xlsm"), "xls": (".xls",), "html": (".html", ".htm"), "csv": (".csv", ".tsv", ".txt")}[kind]
    return [] if path.suffix.lower() in fine else [CellFault("", None, None, "intake.file.misnamed", {"path": path.name, "kind": kind})]


def _sheets(name: str, data: bytes, looked: dict[str, LookedSheet]) -> list[Grid]:
    def refused(error: BaseException) -> WorkbookError:
        if isinstance(error, calamine.PasswordError):
            return WorkbookError("intake.file.locked", path=name)
        return WorkbookError("intake.file.broken", path=name, why=str(error)[:120])

    with damage(refused), calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        kinds = {m.name: m for m in book.sheets_metadata if m.typ == calamine.SheetTypeEnum.WorkSheet}
        return [_grid(book, kinds[sheet], looked.get(sheet, LookedSheet())) for sheet in book.sheet_names if sheet in kinds]


def _grid(book: calamine.CalamineWorkbook, sheet: calamine.SheetMetadata, seen: LookedSheet) -> Grid:
    """One sheet, with what was seen of it in the archive. Raises ValueError where it is wider than any sheet."""
    cells = book.get_sheet_by_name(sheet.name)
    rows: list[list[Value]] = [*cells.to_python(skip_empty_area=False)]  # type: ignore[list-item]
    merged = tuple((*first, *last) for first, last in cells.merged_cell_ranges or () if first <= last and first[1] <= last[1] < WIDEST and last[0] < TALLEST)
    if rows and len(rows[0]) > WIDEST:
        raise ValueError(f"{len(rows[0]):,} columns")
    odd = {place: why for place, shown in seen.odd.items() if (why := shown.of(_at(rows, place)))}
    _write_units(rows, seen.units)
    visible = sheet.visible == calamine.SheetVisibleEnum.Visible
    return Grid(sheet.name, rows, merged, seen.hidden_rows, seen.hidden_columns, visible, unresolved=seen.unresolved, scaled=seen.scaled, odd=odd)


def _write_units(rows: list[list[Value]], units: Mapping[str, str]) -> None:
    """Behind numbers, the unit that only their format shows: what a person reads there is 100억원, not 100."""
    for place, unit in units.items():
        value = _at(rows, place)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            row, column = place_of(place)
            rows[row][column] = f"{said(value)}{unit}"


def _at(rows: list[list[Value]], place: str) -> Value:
    row, column = place_of(place)
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def _decoded(name: str, data: bytes, charset: re.Match[bytes] | None = None) -> tuple[str, str]:
    """The text, and the encoding that gave it. What a file declares is tried after what its bytes show."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        guesses = ["utf-16"]
    elif b"\0" in data[:2000]:
        guesses = ["utf-16-le" if data[1:2] == b"\0" or data[3:4] == b"\0" else "utf-16-be"]
    else:
        guesses = ["utf-8-sig", *([charset[1].decode("ascii", "ignore")] if charset else []), "cp949"]
    for encoding in guesses:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text, "utf-8" if encoding == "utf-8-sig" else encoding
    raise WorkbookError("intake.file.decoding", path=name)


def _rows(name: str, text: str) -> list[list[Value]]:
    """Rows of a delimited text; the delimiter is the one that stands most evenly in the first lines."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        return (sum(count == max(counts, default=0) for count in counts) if max(counts, default=0) else 0, max(counts, default=0))

    delimiter = max(DELIMITERS, key=evenness)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows: list[list[Value]] = [list(row) for row in reader]
    except csv.Error as error:
        raise WorkbookError("file.broken_line", path=name, line=reader.line_num, why=error) from None
    widest = max(map(len, rows), default=0)
    if widest > WIDEST or len(rows) > TALLEST:  # no spreadsheet has such addresses
        raise WorkbookError("intake.file.scattered", path=name, sheet=name, rows=f"{len(rows):,}", columns=f"{widest:,}")
    return rows

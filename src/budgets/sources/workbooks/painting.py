"""The official's own workbook back, with every fault coloured and explained in its cell.

Formats, widths, formulas, comments and the other sheets stay. What openpyxl cannot carry over (charts, pictures,
macros) is named, so that nobody loses it unawares. A file that is no .xlsx comes back as one, with its values.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from copy import copy
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook.properties import CalcProperties

from budgets.disk import write_whole
from budgets.sources.workbooks.faults import CellFault, WorkbookError
from budgets.sources.workbooks.grids import Book, said
from budgets.words import LANGUAGES, text

FAULT = PatternFill("solid", fgColor="FFFFC7CE")
NOTE = PatternFill("solid", fgColor="FFFFF2CC")
SIGNED = "budgets check"
"""The author of our comments, by which a later check finds and takes them away."""
_LOST = re.compile(r"^xl/(?:charts|media|diagrams|ctrlProps|slicers|pivotTables|embeddings)/|vbaProject\.bin$|^xl/drawings/drawing")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def painted(book: Book, faults: Sequence[CellFault], notes: Sequence[CellFault] = (), language: str = "ko") -> tuple[bytes, list[CellFault]]:
    """The painted workbook as bytes, and what it could not keep.

    Marks of an earlier check are taken away first. A list of all faults, with links, is the last sheet.
    Raises `WorkbookError` where the file cannot be opened for writing.
    """
    file, lost = _opened(book)
    titles = {text("intake.sheet.findings", la) for la in LANGUAGES}
    for title in [t for t in file.sheetnames if t in titles]:
        del file[title]
    for sheet in file.worksheets:
        _unpaint(sheet)
    for fill, some in ((NOTE, notes), (FAULT, faults)):
        for (sheet_name, cell), said_here in _by_cell(some, language).items():
            if sheet_name in file.sheetnames:
                _paint(_anchor(file[sheet_name], cell), fill, said_here)
    _list_all(file, faults, notes, language)
    target = BytesIO()
    file.save(target)
    return target.getvalue(), lost


def _opened(book: Book) -> tuple[Any, list[CellFault]]:
    if book.kind != "xlsx":
        return _rebuilt(book), [CellFault("", None, None, "intake.paint.rebuilt", {"kind": book.kind})]
    try:
        data = book.path.read_bytes()
        with zipfile.ZipFile(BytesIO(data)) as archive:
            lost = sorted({name.split("/")[1] if "/" in name else name for name in archive.namelist() if _LOST.search(name)})
        file = openpyxl.load_workbook(BytesIO(data), rich_text=True)
    except Exception as error:  # whatever openpyxl trips over in a damaged file
        raise WorkbookError("intake.file.broken", path=book.path.name, why=str(error)[:120]) from None
    file.calculation = CalcProperties(fullCalcOnLoad=True)  # openpyxl keeps formulas, not their results
    return file, [CellFault("", None, None, "intake.paint.lost", {"parts": ", ".join(lost)})] if lost else []


def _rebuilt(book: Book) -> Any:
    """A new workbook with the values at their addresses; text stays text, whatever it begins with."""
    file = openpyxl.Workbook()
    file.remove(file.active)
    for grid in book.grids:
        sheet = file.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", grid.name)[:31] or "Sheet")
        for r, c, value in grid.cells():
            cell = sheet.cell(r + 1, c + 1)
            cell.value = _ILLEGAL.sub("", value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
        for top, left, bottom, right in grid.merged:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    return file


def _by_cell(faults: Iterable[CellFault], language: str) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for fault in faults:
        if fault.cell:
            found.setdefault((fault.sheet, fault.cell), []).append(text(fault.key, language, **fault.fields))
    return found


def _anchor(sheet: Any, address: str) -> Any:
    """The cell, or the first of the merged cells it lies in: only that one can be marked."""
    cell = sheet[address]
    for area in sheet.merged_cells.ranges:
        if address in area:
            return sheet.cell(area.min_row, area.min_col)
    return cell


def _paint(cell: Any, fill: PatternFill, said_here: list[str]) -> None:
    before = cell.comment
    own = "" if before is None else before.text.rstrip() + "\n\n"
    words = own + "\n".join(f"● {line}" for line in said_here)
    comment = Comment(_ILLEGAL.sub("", words), SIGNED if before is None else f"{before.author} · {SIGNED}")
    comment.width, comment.height = 380, min(600, 40 + 22 * sum(1 + len(line) // 26 for line in words.split("\n")))
    cell.comment = comment
    if not cell.has_style and (column := cell.parent.column_dimensions.get(cell.column_letter)) is not None:
        cell._style = copy(column._style)  # an empty cell looks like its column; the fill alone would take that away
    cell.fill = copy(fill)


def _unpaint(sheet: Any) -> None:
    """Take away the marks of an earlier check; what a person wrote in the same comment stays."""
    for row in sheet.iter_rows():
        for cell in row:
            comment = cell.comment
            if comment is None:
                continue
            if SIGNED in (comment.author or ""):
                kept = "\n".join(line for line in comment.text.split("\n") if not line.startswith("● ")).strip()
                cell.comment = Comment(kept, comment.author.replace(f" · {SIGNED}", "")) if kept else None
                if cell.fill.fgColor.rgb in (FAULT.fgColor.rgb, NOTE.fgColor.rgb):
                    cell.fill = PatternFill()
            if cell.comment is not None:  # sizes are not kept on reading: make the box fit its text
                lines = cell.comment.text.split("\n")
                cell.comment.width, cell.comment.height = 300, min(600, 40 + 20 * sum(1 + len(line) // 22 for line in lines))


def _list_all(file: Any, faults: Sequence[CellFault], notes: Sequence[CellFault], language: str) -> None:
    sheet = file.create_sheet(text("intake.sheet.findings", language))
    sheet.append([text(f"intake.paint.{key}", language) for key in ("kind", "place", "column", "value", "message")])
    for kind, some in (("fault", faults), ("note", notes)):
        for fault in some:
            place = " ".join(part for part in (fault.sheet, fault.cell) if part)
            row = [text(f"intake.paint.{kind}", language), place, fault.column or "", said(fault.value), text(fault.key, language, **fault.fields)]
            sheet.append([""] * 5)
            for n, value in enumerate(row, 1):
                cell = sheet.cell(sheet.max_row, n, _ILLEGAL.sub("", value))
                cell.data_type, cell.alignment = "s", Alignment(wrap_text=True, vertical="top")
            if fault.cell and fault.sheet in file.sheetnames:
                link = sheet.cell(sheet.max_row, 2)
                quoted = fault.sheet.replace("'", "''")
                link.hyperlink = f"#'{quoted}'!{fault.cell}"
                link.font = Font(color="FF0B5394", underline="single")
            sheet.cell(sheet.max_row, 1).fill = copy(FAULT if kind == "fault" else NOTE)
            sheet.row_dimensions[sheet.max_row].height = 16 * max(1 + len(row[4]) // 62, 1 + len(row[3]) // 14, 1 + len(row[2]) // 10)
    for letter, width in zip("ABCDE", (8, 20, 18, 24, 100), strict=True):
        sheet.column_dimensions[letter].width = width
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE9EEF4")
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)


def save(path: Path, content: bytes) -> None:
    """Write a painted workbook. Raises `WorkbookError` where that is not possible."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise WorkbookError("intake.paint.unwritable", path=path, why=error) from None

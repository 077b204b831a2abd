"""A downloaded workbook (XLSX or old XLS) of budget lines → `Raw`: two header rows, and often no codes at all."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice

import pyarrow as pa
import python_calamine as calamine

from budgets.contract_arrow import TEXT
from budgets.errors import DataError, Fault
from budgets.sources.lofin.delimited import MANY
from budgets.sources.lofin.fields import MONEY, UNUSED, Header, find_header
from budgets.sources.lofin.raw import Raw, refuse
from budgets.sources.workbooks.damage import damage
from budgets.sources.workbooks.guards import refuse_traps

LARGEST = 4 << 30
"""Bytes a workbook may unpack to; beyond, it is taken for a trap."""
_BATCH = 20_000


def read_workbook(name: str, data: bytes) -> Raw:
    """The rows of the one sheet that holds budget lines.

    The reader takes cells from where they stand, so a wrong sheet dimension does no harm. Raises `DataError` for a
    file that cannot be read (password, damage) and `ContractError` for faults of the header or a second such sheet.
    """
    if data.startswith(b"PK"):
        refuse_traps(name, data, LARGEST)
    with damage(lambda error: DataError("file.broken", path=name, why=str(error)[:200])):
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        with_lines = []
        for sheet_name in book.sheet_names:
            sheet = book.get_sheet_by_name(sheet_name)
            first = [[_text(cell) or "" for cell in row] for row in islice(sheet.to_python(skip_empty_area=False, nrows=10), 10)]
            header, faults = find_header(f"{name}!{sheet_name}", first)
            if header is not None:
                with_lines.append((sheet_name, header, faults))
    if not with_lines:
        refuse(find_header(name, [])[1])
    if len(with_lines) > 1:
        refuse([Fault(f"{name}!{sheet}", None, None, None, "lofin.two_sheets") for sheet, _, _ in with_lines])
    sheet_name, header, faults = with_lines[0]
    refuse(faults)
    return _read(f"{name}!{sheet_name}", book.get_sheet_by_name(sheet_name), header)


def _read(name: str, sheet: calamine.CalamineSheet, header: Header) -> Raw:
    used = [(i, field) for i, field in enumerate(header.columns) if field and field not in UNUSED]
    blank = [i for i, field in enumerate(header.columns) if field is None]
    batches, lines, faults = [], list[int](), list[Fault]()
    columns: list[list[str | None]] = [[] for _ in used]

    def flush() -> None:
        batches.append(
            pa.table(
                [pa.array(c, pa.string() if f in MANY or f in MONEY else TEXT) for c, (_, f) in zip(columns, used, strict=True)],
                names=[f for _, f in used],
            )
        )
        for column in columns:
            column.clear()

    for line, row in _rows(sheet, header.rows):
        texts = [_text(cell) for cell in row]
        if not any(texts):
            continue
        for i in (*blank, *range(len(header.columns), len(row))):
            if texts[i]:
                faults.append(Fault(name, line, None, texts[i], "lofin.unnamed_column"))
        for (i, field), column in zip(used, columns, strict=True):
            if field in MANY[:1] and isinstance(row[i], float):
                faults.append(Fault(name, line, header.labels[field], texts[i], "lofin.code_as_number"))
            column.append(texts[i])
        lines.append(line)
        if len(columns[0]) >= _BATCH:
            flush()
    flush()
    refuse(faults)
    if not lines:
        raise DataError("file.empty", path=name)
    table = pa.concat_tables(batches).unify_dictionaries()
    return Raw(name, table, header.labels, lambda row: (name, lines[row]))


def _rows(sheet: calamine.CalamineSheet, header_rows: int) -> Iterator[tuple[int, list[object]]]:
    """(line of the sheet, cells) of every row under the header."""
    before = sheet.start[0] if sheet.start else 0
    for i, row in enumerate(sheet.iter_rows(), before + 1):
        if i > header_rows:
            yield i, list(row)


def _text(cell: object) -> str | None:
    """A cell as text: whole numbers without a point, as they are shown; days as in the API (20251231)."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (date, datetime)):
        return f"{cell:%Y%m%d}"
    return str(cell)

"""A CSV file of budget lines → `Raw`, through Arrow. UTF-8 with or without BOM, UTF-16, CP949; LF or CRLF."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.csv as arrow_csv

from budgets.contract_arrow import TEXT
from budgets.errors import DataError, Fault
from budgets.sources.lofin.fields import MONEY, UNUSED, Header, find_header
from budgets.sources.lofin.raw import Raw, refuse

MANY = ("dbiz_cd", "dbiz_nm")
"""Columns with (nearly) as many values as rows; all other text is kept as a dictionary."""
BLOCK = 1 << 20


def read_delimited(name: str, data: bytes) -> Raw:
    """The rows of a CSV file.

    Amounts come as int64 if all are plain whole numbers, else as text. Raises `DataError` for an unknown encoding or
    an empty file, `ContractError` with every fault of the header and every row of the wrong length.
    """
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if marked or not _is_utf8(data[:BLOCK]):
        data = _as_utf8(name, data)
    if b"\0" in data[:BLOCK]:
        raise DataError("lofin.not_text", path=name)
    first = list(islice(_records(data[:BLOCK].decode("utf-8-sig", errors="replace")), 10))
    header, faults = find_header(name, [cells for _, cells in first])
    if header is None or faults:
        refuse(faults)
    assert header is not None
    start = _offset(data, first[header.rows][0] - 1 if len(first) > header.rows else None)
    if start >= len(data):
        raise DataError("file.empty", path=name)
    try:
        return _read(name, data, start, header)
    except pa.ArrowInvalid as error:
        if "UTF8" in str(error):
            data = _as_utf8(name, data)
            start = _offset(data, first[header.rows][0] - 1)
            try:
                return _read(name, data, start, header)
            except pa.ArrowInvalid as second:
                error = second
        raise DataError("file.broken", path=name, why=_first_line(error)) from None


def _read(name: str, data: bytes, start: int, header: Header) -> Raw:
    columns = [field or f"_{i}" for i, field in enumerate(header.columns)]
    used = [field for field in columns if field not in UNUSED]
    wrong: list[tuple[int | None, int]] = []

    def parse(money: pa.DataType, *, alone: bool = False) -> pa.Table:
        wrong.clear()
        types = {field: money if field in MONEY else pa.string() if field in MANY or field.startswith("_") else TEXT for field in used}
        return arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(data).slice(start)),
            read_options=arrow_csv.ReadOptions(column_names=columns, block_size=BLOCK, use_threads=not alone),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=lambda row: _note(wrong, row)),
            convert_options=arrow_csv.ConvertOptions(column_types=types, include_columns=used, null_values=[""], strings_can_be_null=False),
        )

    try:
        table = parse(pa.int64())
    except pa.ArrowInvalid as error:
        if "conversion error" not in str(error):
            raise
        table = parse(pa.string())
    lines = _Lines(data, start)
    if wrong:
        parse(pa.string(), alone=True)  # Only a reader in one thread numbers the rows.
        refuse(
            [
                Fault(
                    name,
                    lines.of_record(row - 1 if row else None),
                    None,
                    None,
                    "contract.ragged",
                    {"found": found, "wanted": len(columns)},
                )
                for row, found in wrong
            ]
        )
    if not table.num_rows:
        raise DataError("file.empty", path=name)
    raw = Raw(name, table, header.labels, lambda row: (name, lines.of_record(row)))
    blank = [c for c in columns if c.startswith("_")]
    refuse([raw.fault(row, None, value, "lofin.unnamed_column") for c in blank for row, value in _filled(table[c])])
    return Raw(name, table.drop_columns(blank), header.labels, raw.place)


def _note(wrong: list[tuple[int | None, int]], row: Any) -> str:
    wrong.append((row.number, row.actual_columns))
    return "skip"


def _filled(values: pa.ChunkedArray) -> Iterator[tuple[int, str]]:
    """The first cell of a nameless column that is not empty."""
    yield from islice(((i, value) for i, value in enumerate(values.to_pylist()) if value and value.strip()), 1)


class _Lines:
    """On which line of the file a record begins; counted only when asked, for that is slow."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data, self._start = data, start

    def of_record(self, record: int | None) -> int | None:
        return self._begins[record] if record is not None and record < len(self._begins) else None

    @cached_property
    def _begins(self) -> list[int]:
        before = len(self._data[: self._start].splitlines())
        return [before + line for line, cells in _records(self._data[self._start :].decode("utf-8", errors="replace")) if cells]


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line on which it begins, cells) of every record."""
    reader = csv.reader(io.StringIO(text, newline=""))
    last = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            cells = []
        if cells is None:
            return
        yield last + 1, cells
        last = reader.line_num


def _offset(data: bytes, lines: int | None) -> int:
    """Where the line after the first *lines* lines begins (None: at the end)."""
    if lines is None:
        return len(data)
    ends = (found.end() for found in re.finditer(rb"\r\n|\r|\n", data[:BLOCK]))
    return next(islice(ends, lines - 1, None), len(data)) if lines else 0


def _is_utf8(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _as_utf8(name: str, data: bytes) -> bytes:
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "cp949"
    try:
        return data.decode(encoding).encode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError("lofin.encoding", path=name, line=data.count(b"\n", 0, error.start) + 1) from None


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0][:200]

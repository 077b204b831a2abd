"""A table downloaded from KOSIS — residents by government, or the consumer price index — → rows of `denominators`.

KOSIS writes tables in two shapes: wide (a column a year, one or two header rows) and long (시점 and 데이터 columns), as
CSV (EUC-KR or UTF-8) or XLSX. Only annual values are read, or those of December for residents; half-years, months and
regions that are no governments of ours are said, not dropped in silence.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import python_calamine as calamine

from budgets.errors import ContractError, DataError, Fault
from budgets.sources.lofin.codebook import Codebook, squeezed
from budgets.sources.workbooks.damage import damage
from budgets.sources.workbooks.guards import refuse_traps

_PERIOD = re.compile(r"((?:19|20)[0-9]{2})(?:\s*년)?(?:[.\-/ ]\s*(1[0-2]|0?[1-9])\s*월?)?(?:\s*p\))?")
_VALUE = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+(?:\.[0-9]+)?")
_NOTHING = ("", "-", "X", "…")
_TIME, _DATA, _ITEM, _UNIT = ("시점", "기간", "연도"), ("데이터", "수치값", "값"), ("항목",), ("단위", "단위명")
_RESIDENTS = re.compile(r"^(?:총인구수?|주민등록인구|계|합계)(?:\(명\))?$")
_OF_SEX = re.compile(r"남자|여자|세대|성비")
_BASE = re.compile(r"((?:19|20)[0-9]{2})(?:\.0)?\s*=\s*100")
_INDEX = re.compile(r"^(?:총지수|총\s*지수|소비자물가지수.*|전도시|전국)$")
BASE = "2020"


@dataclass(frozen=True)
class Kosis:
    """What a table gave: rows of `denominators` as text, and the regions that are no governments of ours."""

    denominator: str
    rows: list[dict[str, str]]
    skipped: tuple[str, ...]


@dataclass(frozen=True)
class _Cell:
    line: int
    labels: tuple[str, ...]
    item: str
    period: str
    value: str


def read_kosis(name: str, content: bytes, codebook: Codebook, today: date) -> Kosis:
    """Read the whole table. Raises `DataError` if it is neither of the two, `ContractError` for cells that are no numbers."""
    grid = _grid(name, content)
    words = squeezed(" ".join(cell for row in grid[:6] for cell in row) + name)
    cells = [cell for cell in _cells(name, grid) if cell.value not in _NOTHING]
    faults = [Fault(name, cell.line, cell.period, cell.value, "contract.number") for cell in cells if not _VALUE.fullmatch(cell.value)]
    if faults:
        raise ContractError(faults)
    if "물가지수" in words or _BASE.search(words):
        return _prices(name, cells, grid, today)
    if "인구" in words:
        return _residents(name, cells, codebook, today)
    raise DataError("kosis.unknown", path=name)


def _grid(name: str, content: bytes) -> list[list[str]]:
    """All cells as text, of the first sheet or the CSV."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        if content.startswith(b"PK"):
            refuse_traps(name, content)
        with damage(lambda error: DataError("file.broken", path=name, why=str(error)[:200])):
            sheet = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for encoding in ("utf-8-sig", "cp949"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [[cell.strip("\t\r\n") for cell in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
        except csv.Error as error:
            raise DataError("file.broken", path=name, why=error) from None
    raise DataError("kosis.encoding", path=name)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _cells(name: str, grid: list[list[str]]) -> Iterator[_Cell]:
    """Every value with its labels, item and period, from either shape."""
    for top, row in enumerate(grid[:10]):
        stripped = [cell.strip() for cell in row]
        if any(cell in _TIME for cell in stripped) and any(cell in _DATA for cell in stripped):
            yield from _long(grid, top, stripped)
            return
        if any(_PERIOD.fullmatch(cell) for cell in stripped):
            yield from _wide(grid, top, stripped)
            return
    raise DataError("kosis.unknown", path=name)


def _long(grid: list[list[str]], top: int, header: Sequence[str]) -> Iterator[_Cell]:
    time, data = (next(i for i, cell in enumerate(header) if cell in words) for words in (_TIME, _DATA))
    item = next((i for i, cell in enumerate(header) if cell in _ITEM), None)
    labels = [i for i, cell in enumerate(header) if i not in (time, data, item) and cell and cell not in _UNIT]
    for line, row in enumerate(grid[top + 1 :], top + 2):
        if any(cell.strip() for cell in row):
            cells = [*row, *[""] * (len(header) - len(row))]
            yield _Cell(
                line,
                tuple(cells[i] for i in labels),
                cells[item].strip() if item is not None else "",
                cells[time].strip(),
                cells[data].strip(),
            )


def _wide(grid: list[list[str]], top: int, header: Sequence[str]) -> Iterator[_Cell]:
    columns = [i for i, cell in enumerate(header) if _PERIOD.fullmatch(cell)]
    periods = {i: header[i] for i in columns}
    under = [cell.strip() for cell in grid[top + 1]] if top + 1 < len(grid) else []
    two = bool(under) and all(i < len(under) and under[i] and not _VALUE.fullmatch(under[i]) and under[i] not in _NOTHING for i in columns)
    if two:  # A merged year stands over its first column only.
        for i in range(columns[0], len(under)):
            periods.setdefault(i, periods.get(i - 1, ""))
    item = next((i for i, cell in enumerate(header) if cell in _ITEM), None)
    labels = [i for i in range(columns[0]) if i != item and header[i] not in _UNIT]
    for line, row in enumerate(grid[top + 1 + two :], top + 2 + two):
        cells = [*row, *[""] * (max(periods) + 1 - len(row))]
        # Notes under the table have one cell.
        if sum(bool(cell.strip()) for cell in cells) < 2:
            continue
        for i, period in periods.items():
            yield _Cell(
                line,
                tuple(cells[j] for j in labels),
                under[i] if two else cells[item].strip() if item is not None else "",
                period,
                cells[i].strip(),
            )


def _residents(name: str, cells: Sequence[_Cell], codebook: Codebook, today: date) -> Kosis:
    items = {squeezed(cell.item) for cell in cells}
    totals = {item for item in items if _RESIDENTS.match(item)} or {item for item in items if "인구" in item and not _OF_SEX.search(item)}
    if (len(totals) != 1 and items != {""}) or any(re.search("[십백천만]명", item) for item in totals):  # persons, not thousands of them
        raise DataError("kosis.items", path=name, items=", ".join(sorted(items)))
    rows, skipped, region = dict[tuple[str, int], dict[str, str]](), dict[str, None](), ""
    monthly = any(_month(cell.period) for cell in cells)
    for cell in cells:
        if squeezed(cell.item) not in (totals or {""}) or (monthly and _month(cell.period) != 12):
            continue
        year = _year(name, cell)
        path = [squeezed(label) for label in cell.labels if label.strip() and squeezed(label) not in ("계", "소계")]
        place = path[-1] if path else ""
        if codebook.regions(place):
            region = place
        elif len(path) > 1:
            region = path[0]
        day = date(year, 12, 31)
        entry = codebook.named(region, place, day) if region else None
        # A government that was not there at the end of the year has no residents then, whatever the table repeats.
        government = "national" if place in ("전국", "총계") else entry.government if entry and entry.covers(day) else None
        if government is None:
            skipped[" ".join(path)] = None
            continue
        people = cell.value.replace(",", "")
        if not re.fullmatch("[0-9]+", people):  # -1000, 1.000
            raise ContractError([Fault(name, cell.line, cell.period, cell.value, "contract.integer")])
        row = _row(
            government,
            year,
            "population",
            people,
            "persons",
            f"KOSIS 주민등록인구 ({today.isoformat()})",
            f"{year}-12-31",
        )
        if (government, year) in rows and rows[government, year]["value"] != row["value"]:
            raise ContractError([Fault(name, cell.line, cell.period, cell.value, "kosis.twice", {"name": place})])
        rows[government, year] = row
    return _made(name, "population", list(rows.values()), tuple(skipped))


def _prices(name: str, cells: Sequence[_Cell], grid: list[list[str]], today: date) -> Kosis:
    bases = {found for row in grid for cell in row for found in _BASE.findall(cell)} | set(_BASE.findall(name))
    if not bases:
        bases = (
            {BASE} if any(cell.period.startswith(BASE) and not _month(cell.period) and float(cell.value.replace(",", "")) == 100 for cell in cells) else set()
        )
    if bases != {BASE}:
        raise DataError("kosis.base", path=name, found=", ".join(sorted(bases)) or "?", base=BASE)
    if any(_month(cell.period) for cell in cells):
        raise DataError("kosis.monthly", path=name)
    rows, skipped = dict[int, dict[str, str]](), dict[str, None]()
    for cell in cells:
        labels = [squeezed(label) for label in (*cell.labels, cell.item) if label.strip()]
        if not all(_INDEX.match(label) for label in labels):
            skipped[" ".join(labels)] = None
            continue
        year = _year(name, cell)
        if year in rows and rows[year]["value"] != cell.value:
            raise ContractError([Fault(name, cell.line, cell.period, cell.value, "kosis.twice", {"name": "·".join(labels)})])
        rows[year] = _row(
            "national",
            year,
            "price_index",
            cell.value,
            "index 2020=100",
            f"KOSIS 소비자물가지수 ({today.isoformat()})",
            "",
        )
    return _made(name, "price_index", list(rows.values()), tuple(skipped))


def _made(name: str, denominator: str, rows: list[dict[str, str]], skipped: tuple[str, ...]) -> Kosis:
    if not rows:
        raise DataError("file.empty", path=name)
    return Kosis(denominator, sorted(rows, key=lambda row: (row["government"], row["year"])), skipped)


def _year(name: str, cell: _Cell) -> int:
    found = _PERIOD.fullmatch(cell.period)
    if not found:
        raise ContractError([Fault(name, cell.line, None, cell.period, "kosis.period")])
    return int(found[1])


def _month(period: str) -> int | None:
    found = _PERIOD.fullmatch(period)
    return int(found[2]) if found and found[2] else None


def _row(government: str, year: int, denominator: str, value: str, unit: str, source: str, snapshot: str) -> dict[str, str]:
    named = {
        "government": government,
        "year": str(year),
        "denominator": denominator,
        "field": "",
        "stage": "",
        "accounts": "",
        "netting": "",
    }
    return {
        **named,
        "snapshot": snapshot,
        "unit": unit,
        "value": value,
        "low": value,
        "high": value,
        "derived": "false",
        "source": source,
        "note": "",
    }

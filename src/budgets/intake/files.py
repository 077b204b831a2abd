"""The hand-kept files of a data folder as rows of text, and new rows put among them without touching the others."""

import csv
import io
import shutil
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from budgets.contract import PLACE
from budgets.disk import refuse_endless
from budgets.errors import ContractError
from budgets.intake.names import Names
from budgets.intake.rows import COLUMNS, Row
from budgets.rows import each
from budgets.schema import CLEAN, RULING
from budgets.sources.transcripts import FIGURE_COLUMNS, read_figures, read_table

KEPT = ("raw/press", "raw/reference", "rulings")
"""What the build reads: a private copy of a data folder holds these."""


class Files:
    """What is on file in *data*, as text. Raises `DataError` or `ContractError` where it cannot be read."""

    def __init__(self, data: Path) -> None:
        press, reference = data / "raw" / "press", data / "raw" / "reference"
        self.data = data

        def table(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
            return _records(read_table(path, columns, shown_as=f"{path.parent.name}/{path.name}"))

        self.governments = read_table(reference / "governments.csv", CLEAN["governments"].to_schema().columns).drop(columns=PLACE)
        figures, faults = read_figures(press, set(self.governments["government"]))
        if faults:
            raise ContractError(faults)
        self.figures = _records(figures)
        self.rows = {
            "press/sources.csv": table(press / "sources.csv", COLUMNS["press/sources.csv"]),
            "press/programmes.csv": table(press / "programmes.csv", COLUMNS["press/programmes.csv"]),
            "rulings/programmes.csv": table(data / "rulings" / "programmes.csv", RULING["programmes"].to_schema().columns),
            "rulings/figures.csv": table(data / "rulings" / "figures.csv", RULING["figures"].to_schema().columns),
        }
        self.indicators = table(reference / "indicators.csv", CLEAN["indicators"].to_schema().columns)

    def names(self) -> Names:
        """What can be named: a list of its own, to which a workbook adds."""
        governments = self.governments.assign(official_order=pd.to_numeric(self.governments["official_order"], errors="coerce"))
        aliases = sorted({(f["programme_id"], f["programme_as_printed"]) for f in self.figures})
        return Names(governments, list(self.rows["press/programmes.csv"]), list(self.rows["press/sources.csv"]), self.indicators, aliases)


def place(data: Path, file: str) -> Path:
    """Where ``press/incheon.csv`` or ``rulings/figures.csv`` stands."""
    return (data if file.startswith("rulings/") else data / "raw") / file


def copied(data: Path, to: Path) -> None:
    """A private copy of the hand-kept files of *data*. Raises `DataError` for a pipe or a device among them."""
    for name in KEPT:
        shutil.copytree(data / name, to / name, ignore=shutil.ignore_patterns(".*"), copy_function=_copy)  # what editors leave may lead nowhere


def _copy(path: str, to: str) -> None:
    refuse_endless(Path(path))
    shutil.copy2(path, to)


def columns(file: str) -> Sequence[str]:
    return COLUMNS.get(file, FIGURE_COLUMNS)


def appended(data: Path, rows: Iterable[Row]) -> dict[tuple[str, int], Row]:
    """Write the rows under the files of *data* (a private copy); returns which stands in which line."""
    lines: dict[tuple[str, int], Row] = {}
    by_file: dict[str, list[Row]] = {}
    for row in rows:
        by_file.setdefault(row.file, []).append(row)
    for file, some in by_file.items():
        path = place(data, file)
        before = _content(path, file)
        for n, row in enumerate(some, len(_lines(before)) + 1):
            lines[file, n] = row
        path.write_bytes((before + "".join(_line(row.record, _header(before)) for row in some)).encode("utf-8"))
    return lines


def inserted(content: str, rows: Iterable[Row]) -> str:
    """The content of a file with the rows put where they belong by their first two columns; no other line changes."""
    pieces, names = _pieces(content), _header(content)
    keys = [key for key, _ in pieces[1:]]
    sorted_file = keys == sorted(keys)
    for row in sorted(rows, key=lambda row: _key(list(row.record.values()))):
        key = _key([row.record[c] for c in names])
        at = bisect_right(keys, key) if sorted_file else len(keys)
        keys.insert(at, key)
        pieces.insert(at + 1, (key, _line(row.record, names, "\r\n" if "\r\n" in content else "\n")))
    return "".join(text for _, text in pieces)


def _content(path: Path, file: str) -> str:
    if not path.exists():
        return ",".join(columns(file)) + "\n"
    text = path.read_bytes().decode("utf-8")
    return text if text.endswith("\n") else text + ("\r\n" if "\r\n" in text else "\n")


def content_of(data: Path, file: str) -> str:
    """The present content of a file; of one that is not there yet, its header."""
    return _content(place(data, file), file)


def _header(content: str) -> list[str]:
    """The columns as the file has them: rows are written in that order."""
    return next(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))


def _pieces(content: str) -> list[tuple[tuple[str, ...], str]]:
    """Every record with the very text it stands in; the header first."""
    lines = _lines(content)
    pieces, start = [], 0
    reader = csv.reader(lines)
    for cells in reader:
        pieces.append((_key(cells), "".join(lines[start : reader.line_num])))
        start = reader.line_num
    assert "".join(text for _, text in pieces) == content, "a line of the file would be lost"
    return pieces


def _lines(content: str) -> list[str]:
    """The lines that the csv module counts: cut at CR, LF and CRLF alone, where ``str.splitlines`` also cuts at U+2028 and others."""
    return list(io.StringIO(content, newline=""))


def _key(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cells[:2])


def _line(record: dict[str, str], names: Sequence[str], end: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([record[name] for name in names])  # so both are quoted within a cell
    return out.getvalue().removesuffix("\r\n") + end


def _records(table: pd.DataFrame) -> list[dict[str, str]]:
    return [{str(k): str(v) for k, v in row.items()} for row in each(table.drop(columns=PLACE))]

"""Reads the files people keep by hand: transcripts, reference tables, rulings. Text in, text out, places kept."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pandas as pd

from budgets.contract import PLACE
from budgets.disk import refuse_endless
from budgets.errors import ContractError, DataError, Fault
from budgets.sources.press import TABLES, transcript_files

FIGURE_COLUMNS = [
    "figure_id",
    "kind",
    "programme_id",
    "programme_as_printed",
    "nature",
    "phase",
    "phase_round",
    "funding",
    "unit",
    "indicator",
    "extent",
    "period_kind",
    "period_start",
    "period_end",
    "as_of",
    "event",
    "date_start",
    "date_end",
    "date_precision",
    "state",
    "as_printed",
    "hedge",
    "source_id",
    "locator",
    "words",
    "note",
]
KINDS = {
    "budget": ["nature", "phase", "phase_round", "funding", "unit", "period_kind", "period_start", "period_end", "hedge"],
    "target": ["indicator", "unit", "phase", "extent", "period_kind", "period_start", "period_end", "as_of", "hedge"],
    "milestone": ["event", "date_start", "date_end", "date_precision", "state"],
}
"""The columns of a transcript that belong to one kind of figure; the others stay empty in its rows."""


def read_table(path: Path, columns: Iterable[str], *, shown_as: str | None = None) -> pd.DataFrame:
    """A CSV file as text, with ``_file`` and ``_line`` of every row.

    Raises `DataError` for a file that is missing, empty or not UTF-8, and `ContractError` for a wrong header or
    ragged rows (all of them).
    """
    name = shown_as or path.name
    wanted = list(columns)
    try:
        reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
        header = next(reader, [])
        _refuse_header(name, header, wanted)
        faults = [Fault(name, 1, None, None, "contract.column_in_dataframe", {"column": c}) for c in wanted if c not in header]
        faults += [Fault(name, 1, None, None, "contract.column_in_schema", {"column": c}) for c in header if c not in wanted]
        rows, last = [], reader.line_num
        for cells in reader:
            line, last = last + 1, reader.line_num
            if len(cells) == len(header):
                rows.append([*(cell.strip() for cell in cells), name, line])
            elif cells:
                faults.append(Fault(name, line, None, None, "contract.ragged", {"found": len(cells), "wanted": len(header)}))
    except csv.Error as error:
        raise DataError("file.broken_line", path=name, line=reader.line_num, why=error) from None
    if faults:
        raise ContractError(faults)
    if not rows:
        raise DataError("file.empty", path=name)
    return pd.DataFrame(rows, columns=[*header, *PLACE])[[*wanted, *PLACE]]


def _refuse_header(name: str, header: list[str], wanted: list[str]) -> None:
    """One clear word where the file as a whole is not what it should be, instead of one for every column."""
    if not any(cell.strip() for cell in header):
        raise DataError("file.empty", path=name)
    for separator, shown in ((";", ";"), ("\t", "Tab"), ("|", "|")):
        if len(header) == 1 and set(wanted) & {cell.strip(' "') for cell in header[0].split(separator)}:
            raise DataError("file.separator", path=name, found=shown)


def read_figures(folder: Path, governments: Collection[str]) -> tuple[pd.DataFrame, list[Fault]]:
    """All transcripts of a folder (one CSV per government), one under the other, in order of file name.

    A file with a wrong header or ragged rows gives its faults instead of its rows.
    """
    paths = transcript_files(folder, governments)
    if not paths:
        raise DataError("file.missing", path=folder / "*.csv", todo="data/raw/press/<government>.csv")
    tables, faults = [pd.DataFrame(columns=[*FIGURE_COLUMNS, *PLACE], dtype="str")], []
    for path in paths:
        try:
            tables.append(read_table(path, FIGURE_COLUMNS, shown_as=f"{folder.name}/{path.name}"))
        except ContractError as error:
            faults += error.faults
    figures = pd.concat(tables, ignore_index=True)
    return figures, faults + ([] if faults else _unread(folder, paths, set(figures["figure_id"])))


def _unread(folder: Path, read: Collection[Path], known: Collection[str]) -> list[Fault]:
    """Figures that stand only in a file that is read for no government; a copy of what is read, or another table, is none."""
    faults = []
    for path in sorted(set(folder.glob("*.csv")) - {*read, *(folder / name for name in TABLES)}):
        try:
            figures = read_table(path, FIGURE_COLUMNS, shown_as=f"{folder.name}/{path.name}")
        except (DataError, OSError):
            continue
        lost = figures[~figures["figure_id"].isin(known)]
        if len(lost):
            first = lost.iloc[0]
            faults.append(Fault(first["_file"], int(first["_line"]), "figure_id", first["figure_id"], "contract.unread", {"n": len(lost)}))
    return faults


def read_lines(path: Path) -> list[str]:
    """The lines of a UTF-8 text file. Raises `DataError` for a file that is missing or not UTF-8."""
    lines = _text(path).split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def stream_lines(stream: Iterable[bytes]) -> Iterator[str]:
    """The lines of UTF-8 as they come. Raises `DataError` at the first that is not UTF-8, rather than misread a name."""
    at = 0
    for number, line in enumerate(stream):
        try:
            yield line.decode("utf-8-sig" if number == 0 else "utf-8")
        except UnicodeDecodeError as error:
            raise DataError("file.encoding", path="-", position=at + error.start) from None
        at += len(line)


def _text(path: Path) -> str:
    refuse_endless(path)
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise DataError("file.missing", path=path, todo="data/README.md") from None
    except UnicodeDecodeError as error:
        raise DataError("file.encoding", path=path.name, position=error.start) from None
    except OSError as error:
        raise DataError("file.broken", path=path.name, why=error) from None

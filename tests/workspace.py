"""A private copy of a data folder that a test may break or extend, row by row, as a person would in an editor."""

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Workspace:
    """A copy of ``data`` (raw/, rulings/ and, where it was built, clean/)."""

    data: Path

    def path(self, file: str) -> Path:
        """``press/incheon.csv``, ``reference/population.csv``, ``rulings/figures.csv``: as messages name them."""
        folder = self.data if file.startswith(("rulings/", "clean/")) else self.data / "raw"
        return folder / file

    def rows(self, file: str) -> list[list[str]]:
        """All rows as text, the header first: ``rows(file)[n - 1]`` stands in line n."""
        with self.path(file).open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))

    def write(self, file: str, rows: list[list[str]]) -> None:
        with self.path(file).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)

    def set(self, file: str, line: int, column: str, value: str) -> str:
        """Overwrite one cell; returns what stood there."""
        rows = self.rows(file)
        at = rows[0].index(column)
        before, rows[line - 1][at] = rows[line - 1][at], value
        self.write(file, rows)
        return before

    def add(self, file: str, **cells: str) -> int:
        """Append a row (cells not named stay empty); returns its line."""
        rows = self.rows(file) if self.path(file).exists() else [list(cells)]
        assert set(cells) <= set(rows[0]), f"{file} has no column {set(cells) - set(rows[0])}"
        self.write(file, [*rows, [cells.get(column, "") for column in rows[0]]])
        return len(rows) + 1

    def line(self, file: str, first: str) -> int:
        """The line of the row whose first cell is *first*."""
        return next(n for n, row in enumerate(self.rows(file), 1) if row[0] == first)

    def clean(self) -> dict[str, bytes]:
        """Every file of ``clean/``, byte for byte."""
        return {path.name: path.read_bytes() for path in sorted((self.data / "clean").glob("*"))}


def copied(data: Path, to: Path) -> Workspace:
    """A workspace in *to* with the hand-kept files of *data* and what was built from them (no exports, no caches)."""
    for name in ("raw/press", "raw/reference", "rulings", "clean"):
        if (data / name).is_dir():
            shutil.copytree(data / name, to / name, ignore=shutil.ignore_patterns("*.parquet", "budget_lines"))
    return Workspace(to)

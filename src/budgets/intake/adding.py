"""Accepted rows into the data: all of them or none, nothing overwritten, twice the same as once.

The rows are put into a private copy of the data, that copy is built, and only then are the changed files moved in.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from budgets.checkout import default_data
from budgets.clean import build
from budgets.disk import PRIVATE, replace_together, writing_data
from budgets.errors import DataError
from budgets.intake.checking import Checked
from budgets.intake.files import content_of, copied, inserted, place
from budgets.intake.rows import Row

ORDER = ("press/sources.csv", "press/programmes.csv", "rulings/programmes.csv")
"""What is pointed to is moved in first; rulings on figures last."""


@dataclass(frozen=True)
class Added:
    """How many rows came into which file (``press/incheon.csv`` …), in the order they were moved in."""

    rows: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def add(checked: Checked, data: Path | None = None) -> Added:
    """Put the new rows of a workbook without faults into *data* and rebuild ``data/clean``.

    Raises `DataError` where the files changed meanwhile or cannot be written; then nothing is changed.
    """
    if checked.faults:
        raise ValueError("a workbook with faults is not added")
    folder = data or default_data()
    by_file: dict[str, list[Row]] = {}
    for row in checked.new:
        by_file.setdefault(row.file, []).append(row)
    files = sorted(by_file, key=lambda file: (ORDER.index(file) if file in ORDER else len(ORDER) + file.startswith("rulings/"), file))
    if not files:
        return Added({})
    with writing_data(folder):
        try:
            _put(folder, files, by_file)
        except OSError as error:
            raise DataError("clean.unwritable", path=folder, why=error) from None
    return Added({file: len(by_file[file]) for file in files})


def _put(folder: Path, files: list[str], by_file: dict[str, list[Row]]) -> None:
    with tempfile.TemporaryDirectory(prefix=PRIVATE, dir=folder) as beside:
        copy = Path(beside) / "data"
        copied(folder, copy)
        before = {file: content_of(copy, file) for file in files}
        for file in files:
            place(copy, file).write_bytes(inserted(before[file], by_file[file]).encode("utf-8"))
        build(copy)
        if any(content_of(folder, file) != before[file] for file in files):
            raise DataError("intake.add.changed", path=folder)
        # The package first: until the last table is in its place, its hashes tell every reader that a run was cut off.
        package, *tables = sorted((copy / "clean").iterdir(), key=lambda path: path.name != "datapackage.json")
        made = [package, *(place(copy, file) for file in files), *tables]
        replace_together(folder, {path.relative_to(copy).as_posix(): path.read_bytes() for path in made})

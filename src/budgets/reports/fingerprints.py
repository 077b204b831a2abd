"""What a report is made of, as hashes: its notebook and parameters, the data it may read, the package, the libraries.

Only the standard library is imported: deciding that nothing changed must not take longer than a blink.
"""

import csv
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]
CODE = (".py", ".toml", ".j2", ".css", ".js")


def fingerprint(value: object) -> str:
    """One hash of anything JSON can write; the order of keys does not matter."""
    written = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


SHOWN = 16
"""Hexadecimal digits of a hash that a product shows."""
LARGE = 4 * 2**20
"""Bytes above which a file (a year of official lines) is known by its size and its end, where Parquet keeps the table
of its contents and we keep a hash of all that made it."""


def of_file(path: Path) -> str:
    """The hash of a file's bytes; empty for a file that is not there."""
    try:
        with path.open("rb") as file:
            facts = os.fstat(file.fileno())
            if facts.st_size <= LARGE:
                return hashlib.sha256(file.read()).hexdigest()
            file.seek(-(2**20), os.SEEK_END)
            return fingerprint([facts.st_size, hashlib.sha256(file.read()).hexdigest()])
    except (FileNotFoundError, IsADirectoryError):
        return ""


def of_files(folder: Path, paths: Iterable[Path]) -> str:
    """One hash of several files: their names in *folder* and their bytes."""
    return fingerprint({path.relative_to(folder).as_posix(): of_file(path) for path in paths})


@cache
def of_code() -> str:
    """This package, the lock file, the Python that runs and the versions of all libraries installed beside it."""
    libraries = sorted({found.name for place in sys.path for found in Path(place or ".").glob("*.dist-info")})
    return fingerprint([of_package(), of_lock(), libraries, sys.version])


@cache
def of_package() -> str:
    """The source of this package alone."""
    return of_files(PACKAGE, (path for path in PACKAGE.rglob("*") if path.suffix in CODE))


def of_lock() -> str:
    """The lock file: which libraries, in which versions; empty for an installed package without its checkout."""
    return of_file(PACKAGE.parents[1] / "requirements.lock")


def names(data: str, *sources: Path) -> dict[str, str]:
    """What a product was made of, short enough to print on it: *data* (a hash of them), code (the package and the
    notebooks *sources*) and lock. The same in every folder and on every machine."""
    code = fingerprint([of_package(), [of_file(source) for source in sources]])
    return {"data": data[:SHOWN], "code": code[:SHOWN], "lock": of_lock()[:SHOWN]}


def of_data(data: Path) -> str:
    """All that a notebook may read: the tables and the rulings."""
    return of_files(data, [path for part in ("clean", "rulings") for path in _seen(data / part)])


def _seen(folder: Path) -> list[Path]:
    """The files below a folder; hidden ones are no data: a program that has a table open leaves ``.~lock.figures.csv#``."""
    return [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]


FIGURES = ("budgets.csv", "targets.csv", "milestones.csv")
DERIVED = "datapackage.json"
"""Says nothing that the tables do not say."""


class DataPrint:
    """The data as hashes, whole or as far as one report can see it. Reads the files once."""

    def __init__(self, data: Path) -> None:
        self.whole = of_data(data)
        clean, rulings = data / "clean", data / "rulings"
        shared = [path for folder in (clean, rulings) for path in _seen(folder) if path.name not in (*FIGURES, DERIVED)]
        self._shared = of_files(data, shared)
        government = {row["programme_id"]: row["government"] for row in _rows(clean / "programmes.csv")}
        self._figures: dict[str, list[str]] = {}
        self._hashes: dict[str, str] = {}
        for name in FIGURES:
            for row in _rows(clean / name):
                self._hashes[row["figure_id"]] = fingerprint([name, row])
                self._figures.setdefault(government.get(row["programme_id"], ""), []).append(row["figure_id"])
        self._tied: dict[str, set[str]] = {}
        for row in _rows(rulings / "figures.csv"):
            one, other = row["figure_id"], row["other_figure_id"]
            if one and other:
                self._tied.setdefault(one, set()).add(other)
                self._tied.setdefault(other, set()).add(one)

    def seen_by(self, governments: Iterable[str] | None) -> str:
        """The hash of what a report can see: every table but the figures in whole, and the figures of *governments*
        with all figures that rulings tie to them, at any remove; all figures for None."""
        if governments is None:
            return self.whole
        seen: set[str] = set()
        waiting = [figure for government in governments for figure in self._figures.get(government, [])]
        while waiting:
            if (figure := waiting.pop()) not in seen:
                seen.add(figure)
                waiting.extend(self._tied.get(figure, ()))
        return fingerprint([self._shared, {figure: self._hashes.get(figure, "") for figure in seen}])


def _rows(path: Path) -> list[Mapping[str, Any]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except FileNotFoundError:
        return []

"""What an edition keeps so that it can be compared and made again: the data it was made from, and those before.

``data/`` in the folder of an edition holds the tables and rulings as they were (``clean/``, ``rulings/``; not the
official lines, which are large and stay where they are), ``previous/`` those of the edition that stood there before
with other data. Both are folders of data like any other.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from budgets.disk import replace_folder
from budgets.disk.whole import settle_folders
from budgets.errors import BudgetsError, DataError, UsageError
from budgets.reports.fingerprints import of_files
from budgets.reports.manifest import Manifest

if TYPE_CHECKING:
    import pandas as pd

    from budgets.tables import Tables

KEPT, PREVIOUS = "data", "previous"
TERMS = Path("rulings") / "ai_terms.csv"
PARTS = ("clean", "rulings")


def keep(edition: Path, data: Path) -> None:
    """Keep *data* in the folder of an edition; other data kept there become the previous. The caller alone writes there."""
    settle_folders(edition)
    kept = edition / KEPT
    if fingerprint_of(kept) == fingerprint_of(data):
        return
    with tempfile.TemporaryDirectory(prefix=f".{KEPT}-", dir=edition) as beside:
        made = Path(beside) / KEPT
        for path in _files(data):
            place = made / path.relative_to(data)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
        if kept.is_dir():
            replace_folder(kept, edition / PREVIOUS)
        made.rename(kept)


def fingerprint_of(data: Path) -> str:
    """A hash of the tables and rulings of a folder; the same for a copy of them."""
    return of_files(data, _files(data))


def _files(data: Path) -> list[Path]:
    return sorted(path for part in PARTS for path in (data / part).glob("*") if path.is_file() and not path.name.startswith("."))


def previous_tables(edition: Path) -> "Tables | None":
    """The tables of the edition before, or None where there are none, or none that this version can read."""
    from budgets.clean import load

    try:
        return load(edition / PREVIOUS) if (edition / PREVIOUS).is_dir() else None
    except BudgetsError:
        return None


def read_state(folder: Path) -> "Tables":
    """The tables of an edition, of a folder of data, or of one that holds only raw/ and rulings/ (built in memory).

    Raises `UsageError` where there is nothing of the kind, `DataError` for what cannot be read.
    """
    from budgets.clean import load

    folder = folder.resolve()
    if (folder / "manifest.json").is_file() or (folder / KEPT / "clean").is_dir():
        return _of_edition(folder)
    if (folder / "clean" / "datapackage.json").is_file():
        return load(folder)
    if (folder / "raw").is_dir() and (folder / "rulings").is_dir():
        with built(folder) as data:
            return load(data)
    raise UsageError("diff.nothing_there", path=folder)


def read_terms(folder: Path) -> "pd.DataFrame":
    """The AI terms of an edition or a folder of data, as text; empty where it holds none of its own."""
    import pandas as pd

    for path in (folder / KEPT / TERMS, folder / TERMS):
        if path.is_file():
            return pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
    return pd.DataFrame()


def _of_edition(folder: Path) -> "Tables":
    from budgets.clean import load

    Manifest.checked(folder)
    if not (folder / KEPT / "clean").is_dir():
        raise DataError("diff.kept_nothing", path=folder)
    try:
        return load(folder / KEPT)
    except DataError as error:
        raise DataError("diff.version", path=folder, why=str(error).splitlines()[0]) from None


@contextmanager
def built(data: Path) -> Iterator[Path]:
    """A folder with the tables that ``raw/`` gives and the rulings of *data*, for as long as the block runs."""
    from budgets.clean import clean_files

    with tempfile.TemporaryDirectory() as private:
        place = Path(private)
        (place / "clean").mkdir()
        for name, content in clean_files(data).items():
            (place / "clean" / name).write_bytes(content)
        shutil.copytree(data / "rulings", place / "rulings", ignore=shutil.ignore_patterns(".*"))
        yield place

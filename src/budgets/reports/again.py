"""An edition made again from the data it keeps, and held against what stands on the disk, file by file."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from budgets.checkout import checkout
from budgets.clean import load
from budgets.errors import BudgetsError, DataError, UsageError
from budgets.reports.editions import read_editions
from budgets.reports.export import export_edition
from budgets.reports.fingerprints import of_file
from budgets.reports.kept import KEPT, PREVIOUS, keep, read_state
from budgets.reports.manifest import Manifest
from budgets.reports.render import Options, Watch, render
from budgets.words import text


@dataclass(frozen=True)
class Again:
    """What came of making an edition again. *differ*: file → what is wrong with it (a key of ``again.*``)."""

    folder: Path
    files: int
    differ: dict[str, str]
    made_of: dict[str, tuple[str, str]]
    """What the edition was made of where it is now another: data, code or lock → (then, now)."""


def edition_folder(given: Path, out: Path) -> Path:
    """The folder of an edition, named by itself or by the edition. Raises `UsageError` where there is none."""
    for folder in (given, out / given):
        if (folder / "manifest.json").is_file():
            return folder.resolve()
    raise UsageError("again.no_edition", given=given, out=out)


def made_again(
    folder: Path, data: Path, *, jobs: int | None = None, watch: Watch | None = None, editions: Path | None = None, notebooks: Path | None = None
) -> Again:
    """Make the edition in *folder* again beside it, from the data it keeps, and compare every page, picture and workbook.

    Official lines are read from *data*, since an edition does not keep them. Executed notebooks are not compared: they
    hold the time of their run. Raises `BudgetsError` where the edition keeps no data, or nothing can be made.
    """
    read_state(folder)  # what is damaged is named where it lies, not in the private copy
    before = Manifest.read(folder)
    if not before.records:
        raise DataError("again.manifest", path=before.path)
    name = before.edition or folder.name
    listed = editions or checkout() / "reports" / "editions.toml"
    pictures = any(record.pictures for record in before.records.values())
    with _workplace(folder, name, data) as place:
        made = next(
            render((name,), data=place / KEPT, out=place, options=Options(jobs=jobs, pictures=pictures), watch=watch, editions=listed, notebooks=notebooks)
        )
        if made.failed:
            raise BudgetsError("again.failed", name=name, failed=", ".join(one.name for one in made.failed))
        if (folder / f"{name}.xlsx").is_file():
            tables = load(place / KEPT)
            export_edition(read_editions(listed, tables, (name,))[0], tables, data=place / KEPT, out=place)
        after = Manifest.read(place / name)
        differ = _differ(folder, place / name, _files(before, folder, name), _files(after, place / name, name))
    now = after.prints
    made_of = {what: (then, now.get(what, "")) for what, then in before.prints.items() if then != now.get(what, "")}
    return Again(folder, len(_files(before, folder, name)), differ, made_of)


def told(found: Again, language: str) -> tuple[str, str]:
    """(what is said, what is said of faults)."""
    wrong = [text("again.made_of", language, what=text(f"page.print.{what}", language), then=then, now=now) for what, (then, now) in found.made_of.items()]
    if not found.differ:
        return text("again.done", language, files=found.files, folder=found.folder), "\n".join(wrong)
    wrong.append(text("again.differ", language, n=len(found.differ), files=found.files))
    wrong += [f"  {path}: {text(f'again.{why}', language)}" for path, why in found.differ.items()]
    return "", "\n".join(wrong)


def _differ(folder: Path, other: Path, stands: Mapping[str, str], made: Mapping[str, str]) -> dict[str, str]:
    """Every file that is not what it should be: changed since it was made, gone, not made any more, or made otherwise now."""
    found = {}
    for path in sorted(stands.keys() | made.keys()):
        here = of_file(folder / path)
        if path not in stands:
            found[path] = "missing"
        elif path not in made:
            found[path] = "extra"
        elif not here:
            found[path] = "gone"
        elif stands[path] and here != stands[path]:
            found[path] = "touched"
        elif here != of_file(other / path):
            found[path] = "otherwise"
    return found


def _files(manifest: Manifest, folder: Path, name: str) -> dict[str, str]:
    """The pages, pictures, first page and workbook of an edition, with their recorded hashes (empty: not recorded)."""
    files = {path: digest for record in manifest.records.values() for path, digest in record.files.items() if not path.endswith(".ipynb")}
    workbook = f"{name}.xlsx"
    return files | {"index.html": manifest.index} | ({workbook: ""} if (folder / workbook).is_file() else {})


@contextmanager
def _workplace(folder: Path, name: str, data: Path) -> Iterator[Path]:
    """A private folder with the data an edition keeps (and the official lines of *data*), and its forerunner's."""
    with tempfile.TemporaryDirectory() as private:
        place = Path(private).resolve()
        keep(place, folder / KEPT)
        # File by file: a link to the folder would not be looked into when the data are hashed.
        for path in (data / "clean" / "budget_lines").rglob("*"):
            if path.is_file():
                link = place / KEPT / path.relative_to(data)
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(path.resolve())
        if (folder / PREVIOUS).is_dir():
            (place / name).mkdir()
            keep(place / name, folder / PREVIOUS)
        yield place

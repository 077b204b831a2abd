"""Does every figure still stand where we say it stands?

`verify` rebuilds the clean tables in memory and holds them against ``data/clean``; with a folder of texts it looks up
every token of the sources we hold, at its paragraph and line. It reads, and changes nothing.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from budgets.checkout import default_data
from budgets.clean import DENOMINATOR_FILES, clean_files, load
from budgets.disk import refuse_endless
from budgets.errors import DataError, Fault
from budgets.measures import parts_against_totals
from budgets.schema import CLEAN, RULING
from budgets.sources.articles import article_text, rows
from budgets.sources.press import TABLES, transcript_files
from budgets.sources.printed import UNIT_OF_TABLE
from budgets.tables import Tables

BESIDE = ("README.md", ".gitkeep", ".DS_Store", "Thumbs.db", "desktop.ini")
"""Files beside the data that are meant for people, git or the system."""
LOCATOR = re.compile(r"paragraph (\d+), line (\d+)(?:, occurrence (\d+))?")


@dataclass(frozen=True)
class Verification:
    """What was checked, what is wrong (``faults``), which files nobody reads (``strays``), and which
    printed totals do not match their parts (``sums``)."""

    figures: int
    sources: int
    rulings: int
    texts: int
    tokens: int
    faults: list[Fault]
    strays: list[str]
    sums: pd.DataFrame


def verify(data: Path | str | None = None, texts: Path | str | None = None) -> Verification:
    """Check ``data`` and, if *texts* is given, every token of the texts held there.

    Raises `DataError` or `ContractError` where the data cannot be read at all.
    """
    folder = Path(data) if data else default_data()
    tables = load(folder)
    faults = _stale(folder)
    found = 0
    held = tables.sources.dropna(subset=["text_file"])
    if texts is not None:
        if not Path(texts).is_dir():
            raise DataError("verify.no_folder", path=texts)
        figures = _with_tokens(tables)
        for source in held.itertuples():
            mine = figures.loc[figures["source_id"] == source.source_id]
            wrong = check_text(str(source.source_id), Path(texts) / str(source.text_file), str(source.sha256), mine)
            faults += wrong
            found += len(mine) - sum(fault.key != "verify.hash" for fault in wrong)
    sums = parts_against_totals(tables)
    return Verification(
        figures=len(tables.budgets) + len(tables.targets) + len(tables.milestones),
        sources=len(tables.sources),
        rulings=len(tables.programme_rulings) + len(tables.figure_rulings),
        texts=len(held) if texts is not None else 0,
        tokens=max(found, 0),
        faults=faults,
        strays=strays(folder),
        sums=sums.loc[sums["finding"] != "fits"].reset_index(drop=True),
    )


def strays(data: Path) -> list[str]:
    """Files and folders of *data* that look like data and that nobody reads: copies, leftovers, what bears a wrong name."""
    press, reference = data / "raw" / "press", data / "raw" / "reference"
    governments = {row["government"] for row in rows(reference / "governments.csv", ("government",))}
    read = {
        press: {*TABLES, *(path.name for path in transcript_files(press, governments))},
        reference: {f"{name}.csv" for name in (*DENOMINATOR_FILES, "governments", "indicators")},
        data / "rulings": {"ai_terms.csv", "reader_cues.csv", *(f"{name}.csv" for name in RULING)},
        data / "clean": {"budget_lines", "datapackage.json", *(f"{name}.csv" for name in CLEAN)},
    }
    return sorted(
        path.relative_to(data).as_posix()
        for folder, names in read.items()
        if folder.is_dir()
        for path in folder.iterdir()
        if path.name not in names and path.name not in BESIDE
    )


def check_text(source_id: str, path: Path, sha256: str, figures: pd.DataFrame) -> list[Fault]:
    """Faults of one text: another text than the one read, and tokens that do not stand at their places."""
    try:
        refuse_endless(path)
        content = path.read_bytes()
    except DataError as error:
        return [Fault(source_id, None, None, None, error.key, error.fields)]
    except OSError:
        return [Fault(source_id, None, None, path.name, "verify.no_text", {"path": path.parent})]
    digest = hashlib.sha256(content).hexdigest()
    faults = []
    if digest != sha256:
        faults.append(Fault(source_id, None, "sha256", path.name, "verify.hash", {"found": digest[:12], "wanted": sha256[:12]}))
    lines = _lines(content, path.name)
    for figure in figures.itertuples():
        place = LOCATOR.fullmatch(str(figure.locator))
        if place is None:
            faults.append(Fault(source_id, None, str(figure.figure_id), str(figure.locator), "verify.locator"))
        elif not stands_at(lines, str(figure.as_printed), *(int(n or 1) for n in place.groups())):
            line = int(place.group(2))
            faults.append(Fault(source_id, line, str(figure.figure_id), str(figure.as_printed), "verify.token", {"locator": figure.locator}))
    return faults


def _lines(content: bytes, name: str) -> list[str]:
    """The lines of a text as `budgets read` counts them, whatever kind of file it is."""
    try:
        return article_text(content, name).split("\n")
    except DataError:
        return content.decode("utf-8", errors="replace").split("\n")


def stands_at(lines: list[str], token: str, paragraph: int, line: int, occurrence: int = 1) -> bool:
    """Does *token* stand (at least *occurrence* times) in this line, and is it the paragraph-th line that is not blank?

    >>> stands_at(["제목", "", "올해 80개 기업"], "80개", 2, 3)
    True
    >>> stands_at(["제목", "", "올해 80개 기업"], "80개", 3, 3)
    False

    A cell of a table stands there with the unit that is printed above it.

    >>> stands_at(["(단위: 백만 원)", "관제 | 9,800"], "9,800백만원", 2, 2)
    True
    """
    if not 1 <= line <= len(lines):
        return False
    text = lines[line - 1]
    not_blank = sum(1 for above in lines[:line] if above.strip())
    return not_blank == paragraph and (text.count(token) >= occurrence or _in_cells(token, lines[:line], occurrence))


def _in_cells(token: str, lines: list[str], occurrence: int) -> bool:
    """Is *token* a whole number of the last line, at least so many times, with the unit last printed above it?"""
    unit = next(("".join(hit["unit"].split()) for line in reversed(lines[:-1]) if (hit := UNIT_OF_TABLE.search(line))), "")
    number = token.removesuffix(unit)
    if number == token or not re.fullmatch(r"[0-9][0-9,.]*", number):
        return False
    found = [hit.start() for hit in re.finditer(re.escape(number), lines[-1])]
    return any(not re.search(r"[0-9][,.]?$", lines[-1][:at]) and not re.match(r"[,.]?[0-9]", lines[-1][at + len(number) :]) for at in found[occurrence - 1 :])


def _with_tokens(tables: Tables) -> pd.DataFrame:
    columns = ["figure_id", "as_printed", "source_id", "locator"]
    return pd.concat([t[columns] for t in (tables.budgets, tables.targets, tables.milestones)], ignore_index=True)


def _stale(folder: Path) -> list[Fault]:
    """Tables of ``data/clean`` that are not what ``data/raw`` gives."""
    return [
        Fault(f"clean/{name}", None, None, None, "verify.stale")
        for name, content in clean_files(folder).items()
        if (folder / "clean" / name).read_bytes() != content
    ]

"""``data/raw/exports``: one folder per export, its files untouched beside a receipt. Whole, or not there.

A folder's name says what it is: ``lofin-qwgjk_2025_20251231``, ``lofin-acexbg_2026_20261121``, ``kosis-population_20261121``.
"""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from budgets.checkout import default_data
from budgets.contract import PLACE
from budgets.disk import replace_folder, write_whole, writing_data
from budgets.lines.store import writing
from budgets.schema import Denominators
from budgets.sources.kosis import read_kosis
from budgets.sources.lofin.codebook import read_codebook
from budgets.sources.lofin.files import read_bytes, sha256_of
from budgets.sources.lofin.receipts import write_receipt
from budgets.sources.transcripts import read_table
from budgets.words import text

DENOMINATORS = "denominators.csv"
KEY = ["government", "year", "denominator", "field", "stage", "accounts", "netting"]


@dataclass(frozen=True)
class KosisReport:
    """What an imported KOSIS table gave."""

    denominator: str
    rows: int
    years: tuple[int, ...]
    governments: int
    skipped: tuple[str, ...]
    folder: Path
    exit_code: int = 0

    def say(self, language: str = "ko") -> str:
        shown = {
            "denominator": text(f"denominator.{self.denominator}", language),
            "years": f"{self.years[0]}–{self.years[-1]}",
        }
        lines = [text("kosis.report.done", language, rows=self.rows, governments=self.governments, **shown)]
        if self.skipped:
            lines.append(text("kosis.report.skipped", language, n=len(self.skipped), names=listed(self.skipped)))
        return "\n".join(lines)


def exports_folder(data: Path) -> Path:
    return data / "raw" / "exports"


def keep_export(data: Path, name: str, files: Mapping[Path, str], facts: Mapping[str, object], rows: Iterable[Mapping[str, str]] = ()) -> Path:
    """Copy *files* (path → SHA-256), untouched, into the export folder *name*, with a receipt; return the folder.

    *rows* are the denominators the export gives, if it gives any.

    Files that already stand there, and nothing else, stay as they are. An older folder of the name is replaced whole.
    """
    final, given = exports_folder(data) / name, list(rows)
    if {path.resolve() for path in files} == {path.resolve() for path in final.glob("*") if path.name not in ("receipt.toml", DENOMINATORS)}:
        with writing(final):
            write_denominators(final, given)
        return final
    partial = final.with_name(f".partial-import-{name}")
    with writing(partial):
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        try:
            kept = dict[str, str]()
            for path, sha256 in files.items():
                target = partial / (path.name if path.name not in kept else f"{len(kept) + 1:02d}-{path.name}")
                shutil.copyfile(path, target)
                kept[target.name] = sha256
            write_receipt(partial, facts, kept)
            write_denominators(partial, given)
            replace_folder(partial, final)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return final


def write_denominators(folder: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """The denominators an export gives, in the columns and the writing of ``data/raw/reference``; no file without any."""
    if given := list(rows):
        table = pd.DataFrame(given, columns=list(Denominators.to_schema().columns))
        write_whole(folder / DENOMINATORS, table.to_csv(index=False, lineterminator="\n").encode("utf-8"))


def exported_denominators(data: Path | str | None = None) -> pd.DataFrame:
    """All denominators of the export folders, as text with places, as `sources.transcripts.read_table` gives them.

    Where two exports speak of one government, year and basis, the later one is taken. Empty without exports.
    """
    columns = [*Denominators.to_schema().columns]
    folders = sorted(
        exports_folder(Path(data) if data else default_data()).glob("[!.]*/" + DENOMINATORS),
        key=lambda p: (p.parent.name.rpartition("_")[2], p),
    )
    tables = [read_table(path, columns, shown_as=f"{path.parent.name}/{path.name}") for path in folders]
    if not tables:
        return pd.DataFrame(columns=[*columns, *PLACE], dtype="str")
    return pd.concat(tables, ignore_index=True).drop_duplicates(KEY, keep="last", ignore_index=True)


def without_repeats(reference: pd.DataFrame, exported: pd.DataFrame) -> pd.DataFrame:
    """*reference* without the rows whose government, year and basis stand in *exported*, which is newer and official."""
    there = pd.MultiIndex.from_frame(exported[KEY])
    return reference.loc[~pd.MultiIndex.from_frame(reference[KEY]).isin(there)].reset_index(drop=True)


def import_kosis(file: Path | str, data: Path | str | None = None, *, today: date | None = None) -> KosisReport:
    """Take in a table downloaded from KOSIS — residents by government, or the consumer price index — whole.

    Raises `DataError` or `ContractError` for a table that cannot be read to the end; then nothing is written.
    """
    folder, path, day = Path(data) if data else default_data(), Path(file), today or date.today()
    content = read_bytes(path)
    found = read_kosis(path.name, content, read_codebook(folder), day)
    name = f"kosis-{found.denominator.replace('_', '-')}_{day:%Y%m%d}"
    facts = {"source": "KOSIS", "denominator": found.denominator, "imported_on": day, "rows": len(found.rows)}
    with writing_data(folder):
        kept = keep_export(folder, name, {path: sha256_of(content)}, facts, found.rows)
    years = tuple(sorted({int(row["year"]) for row in found.rows}))
    return KosisReport(found.denominator, len(found.rows), years, len({row["government"] for row in found.rows}), found.skipped, kept)


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names for a message: the first dozen, then how many more."""
    all_names = list(names)
    return " · ".join(all_names[:most]) + (f" … (+{len(all_names) - most})" if len(all_names) > most else "")

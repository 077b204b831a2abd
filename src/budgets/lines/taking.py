"""Files of budget lines in: read, checked, staged, and only when all of them are fine, put in place."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from budgets.amounts import format_amount
from budgets.checkout import default_data
from budgets.disk import writing_data
from budgets.errors import DataError, UsageError
from budgets.lines.exports import keep_export, listed
from budgets.lines.programmes import GROUPS, classified, terms_path, write_cache
from budgets.lines.store import (
    COLUMNS,
    Stored,
    arrow_schema,
    lines_folder,
    move_in,
    part_path,
    stored_years,
    write_part,
    writing,
)
from budgets.rulings.terms import load_terms
from budgets.sources.lofin.codebook import Codebook, Entry, read_codebook
from budgets.sources.lofin.files import Input, inputs, read_input
from budgets.sources.lofin.lines import Lines, to_lines
from budgets.sources.lofin.receipts import digest
from budgets.words import text


@dataclass(frozen=True)
class YearReport:
    """What now stands for one year, and what it replaced. Amounts in won."""

    year: int
    snapshot: date
    rows: int
    governments: int
    adjusted: int
    paid: int
    sums: int
    absent: tuple[Entry, ...]
    lost: tuple[Entry, ...]
    replaced: Stored | None
    folder: Path

    def say(self, language: str = "ko") -> str:
        adjusted, paid = (format_amount(amount, language) for amount in (self.adjusted, self.paid))
        lines = [
            text(
                "lofin.report.year",
                language,
                year=self.year,
                rows=self.rows,
                governments=self.governments,
                snapshot=self.snapshot,
            ),
            text("lofin.report.money", language, adjusted=adjusted, paid=paid, sums=self.sums),
        ]
        if self.replaced:
            lines.append(text("lofin.report.replaced", language, snapshot=self.replaced.snapshot, rows=self.replaced.rows))
        for key, entries in (("lost", self.lost), ("absent", self.absent)):
            if entries:
                lines.append(
                    text(
                        f"lofin.report.{key}",
                        language,
                        n=len(entries),
                        names=listed(e.called(language) for e in entries),
                    )
                )
        return "\n".join(lines)


@dataclass(frozen=True)
class ImportReport:
    """The years taken in. ``exit_code`` 1: governments of a former snapshot are no longer there."""

    years: tuple[YearReport, ...]

    @property
    def exit_code(self) -> int:
        return int(any(year.lost for year in self.years))

    def say(self, language: str = "ko") -> str:
        return "\n".join(year.say(language) for year in self.years)


@dataclass(frozen=True)
class _Piece:
    """One input, read and staged."""

    one: Input
    hashes: dict[str, str]
    stored: Stored
    sums: int
    money: tuple[int, int]
    part: Path
    cache: tuple[pa.Table, pa.Table]


def import_lofin(
    files: Iterable[Path | str],
    data: Path | str | None = None,
    *,
    year: int | None = None,
    snapshot: date | None = None,
    today: date | None = None,
) -> ImportReport:
    """Take in files of 세부사업별 세출현황: CSV, CSV.gz, XLSX, folders of JSON pages; one year or several.

    *year* and *snapshot* are for files that do not say them. Files of one year must be of one date and of different
    governments. Raises `DataError` or `ContractError` with every fault; then nothing has changed.
    """
    paths = [Path(file) for file in files]
    if not paths:
        raise UsageError("lofin.nothing_given")
    folder = Path(data) if data else default_data()
    with writing_data(folder):
        return take_in(inputs(paths), folder, year=year, snapshot=snapshot, facts={"imported_on": today or date.today()})


def take_in(
    given: Sequence[Input],
    data: Path,
    *,
    year: int | None = None,
    snapshot: date | None = None,
    facts: dict[str, object] | None = None,
    export: Callable[[int], Path] | None = None,
    accept: Callable[[Lines], None] | None = None,
) -> ImportReport:
    """`import_lofin` of inputs, by whoever holds the lock of *data*. *accept* may refuse lines; *export* puts a year's export in place instead of copying."""
    codebook = read_codebook(data)
    load_terms(terms_path(data))  # A faulty table of terms is a reason to begin nothing.
    before = stored_years(data)
    with _staging(data) as staged:
        pieces = [_staged(one, codebook, data, staged / f"{i}.parquet", before, year, snapshot, accept) for i, one in enumerate(given)]
        groups = [[p for p in pieces if p.stored.year == y] for y in sorted({p.stored.year for p in pieces})]
        for group in groups:
            _refuse_overlap(group)
        return ImportReport(tuple(_put_in_place(group, codebook, data, before, facts or {}, export) for group in groups))


def _staged(
    one: Input,
    codebook: Codebook,
    data: Path,
    part: Path,
    before: dict[int, Stored],
    year: int | None,
    snapshot: date | None,
    accept: Callable[[Lines], None] | None,
) -> _Piece:
    raw, hashes = read_input(one)
    lines = to_lines(raw, codebook, year=year, snapshot=snapshot)
    del raw
    if accept:
        accept(lines)
    stored = before.get(lines.year)
    if stored and lines.snapshot < stored.snapshot:
        raise DataError(
            "lofin.older",
            year=lines.year,
            stored=stored.snapshot,
            given=lines.snapshot,
            folder=part_path(data, lines.year).parent,
        )
    governments = tuple(sorted(pc.unique(lines.table["government"]).to_pylist()))
    facts = Stored(lines.year, lines.snapshot, lines.table.num_rows, content_of(hashes, data), governments)
    with writing(part), ThreadPoolExecutor(1) as aside:
        written = aside.submit(write_part, lines.table, part, facts)
        cache = classified(lines.table, terms_path(data))
        written.result()
    money = (pc.sum(lines.table["adjusted_krw"]).as_py(), pc.sum(lines.table["paid_krw"]).as_py())
    return _Piece(one, hashes, facts, lines.sums, money, part, cache)


def _refuse_overlap(group: list[_Piece]) -> None:
    """Two dates of one year, or one government in two files, cannot be put together."""
    owner: dict[str, str] = {}
    for piece in group:
        if piece.stored.snapshot != group[0].stored.snapshot:
            raise DataError("lofin.two_dates", year=piece.stored.year, first=group[0].stored.snapshot, second=piece.stored.snapshot)
        for government in piece.stored.governments:
            if government in owner:
                raise DataError(
                    "lofin.in_two_files",
                    government=government,
                    year=piece.stored.year,
                    first=owner[government],
                    second=piece.one.name,
                )
            owner[government] = piece.one.name


def _put_in_place(
    group: list[_Piece],
    codebook: Codebook,
    data: Path,
    before: dict[int, Stored],
    facts: dict[str, object],
    export: Callable[[int], Path] | None,
) -> YearReport:
    one = _together(group, data)
    year, day, old = one.year, one.snapshot, before.get(one.year)
    files = {path: sha256 for piece in group for path, sha256 in zip(piece.one.files, piece.hashes.values(), strict=True)}
    receipt = {"source": "lofin365 QWGJK", "fiscal_year": year, "snapshot": day, "rows": one.rows, **facts}
    folder = export(year) if export else keep_export(data, f"lofin-qwgjk_{year}_{day:%Y%m%d}", files, receipt)
    with writing(part_path(data, year)):
        move_in(group[0].part, part_path(data, year))
    ai, totals = (pa.concat_tables([piece.cache[i] for piece in group], promote_options="default") for i in (0, 1))
    write_cache(data, year, one.content, (ai, totals.sort_by([(name, "ascending") for name in GROUPS])))
    absent = [e for e in codebook.entries if e.covers(day) and e.government not in one.governments]
    lost = [codebook.by_id[g][-1] for g in (old.governments if old else ()) if g in codebook.by_id and g not in one.governments]
    adjusted, paid = (sum(piece.money[i] for piece in group) for i in (0, 1))
    return YearReport(
        year,
        day,
        one.rows,
        len(one.governments),
        adjusted,
        paid,
        sum(p.sums for p in group),
        tuple(absent),
        tuple(lost),
        old,
        folder,
    )


def _together(group: list[_Piece], data: Path) -> Stored:
    """The facts of a year; its parts are joined in the first part's place."""
    first = group[0].stored
    if len(group) == 1:
        return first
    table = pa.concat_tables([pq.read_table(piece.part, schema=arrow_schema()) for piece in group]).select(list(COLUMNS))
    governments = tuple(sorted(government for piece in group for government in piece.stored.governments))
    hashes = {f"{i}/{name}": sha256 for i, piece in enumerate(group) for name, sha256 in piece.hashes.items()}
    joined = Stored(first.year, first.snapshot, table.num_rows, content_of(hashes, data), governments)
    write_part(table, group[0].part, joined)
    return joined


def content_of(hashes: dict[str, str], data: Path) -> str:
    """A hash of what makes the lines: the files, the table of governments, the columns of the contract."""
    governments = (data / "raw" / "reference" / "governments.csv").read_bytes()
    return hashlib.sha256(digest(hashes).encode() + governments + "\n".join(COLUMNS).encode()).hexdigest()


@contextmanager
def _staging(data: Path) -> Iterator[Path]:
    """A private folder on the same disk, gone afterwards; one that a killed run left behind goes too."""
    parent = lines_folder(data)
    with writing(parent):
        parent.mkdir(parents=True, exist_ok=True)
        for left in parent.glob(".staged-*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=".staged-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)

"""Renders editions: what is unchanged stands, the rest is made by a pool, each report appears whole, the index last.

Nothing heavy is imported until something has to be made.
"""

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgets.checkout import checkout
from budgets.disk import forget, one_writer, remembered, settle_before
from budgets.errors import BudgetsError, DataError, UsageError
from budgets.reports import pools
from budgets.reports.editions import read_edition, read_entries
from budgets.reports.fingerprints import DataPrint, fingerprint, names, of_code, of_data, of_file, of_files
from budgets.reports.kept import KEPT, keep, previous_tables
from budgets.reports.make import Job, Made, clear
from budgets.reports.manifest import Manifest, Record, publish
from budgets.reports.older import older_stands, written

if TYPE_CHECKING:
    from budgets.reports.editions import Edition, Report
    from budgets.tables import Tables

ENGINES = ("warm", "papermill")
REFRESH = 1.0
"""Seconds between two versions of the index while reports are made."""


@dataclass(frozen=True)
class Options:
    """How to render: reports at once (None: one for each core), engine, all of them or only what changed, pictures, and
    the address of a cluster that makes the reports."""

    jobs: int | None = None
    engine: str = "warm"
    force: bool = False
    pictures: bool = False
    scheduler: str | None = None

    def check(self) -> None:
        """Raise `UsageError` for an option that cannot be."""
        if self.jobs is not None and self.jobs < 1:
            raise UsageError("render.jobs", given=self.jobs)
        if self.engine not in ENGINES:
            raise UsageError("render.engine", given=self.engine, known=", ".join(ENGINES))


@dataclass(frozen=True)
class Rendered:
    """What became of an edition's reports, in reading order; *said* has the parameters of those that failed."""

    name: str
    folder: Path
    made: tuple[Made, ...]
    said: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def failed(self) -> list[Made]:
        return [made for made in self.made if made.failed]

    @property
    def skipped(self) -> int:
        return sum(made.skipped for made in self.made)


Watch = Callable[[Made, int, int], None]
"""Told of every report: what became of it, how many are done, of how many."""


def render(
    wanted: tuple[str, ...],
    *,
    data: Path,
    out: Path,
    options: Options = Options(),
    watch: Watch | None = None,
    editions: Path | None = None,
    notebooks: Path | None = None,
) -> Iterator[Rendered]:
    """Render the *wanted* editions (all, if none is named) into ``out/<edition>``, one after the other.

    Raises `UsageError` for what is wrong in options, names or editions, `BudgetsError` where *out* cannot be written.
    """
    options.check()
    entries = read_entries(editions or checkout() / "reports" / "editions.toml", wanted)
    notebooks = notebooks or checkout() / "notebooks"
    if not (data / "clean").is_dir():  # before any folder of an edition is made
        raise DataError("clean.missing", path=data / "clean")
    with pools.Pool(options.engine, options.jobs, options.scheduler) as pool:
        tables: Tables | None = None
        for name, entry in entries.items():
            made_of = _made_of(entry, notebooks, options)
            with _folder(out / name) as folder:
                manifest = Manifest.read(folder)
                if not options.force and manifest.unchanged(fingerprint([made_of, of_data(data)])) and (folder / KEPT).is_dir():
                    forget(folder)
                    yield _all_skipped(name, manifest, watch)
                    continue
                pool.start(data)
                if tables is None:
                    from budgets.clean import load

                    tables = load(data)
                edition = read_edition(name, entry, tables)
                yield _Run(edition, tables, data, notebooks, manifest, options, made_of).render(pool, watch or _nobody)


def _made_of(entry: Mapping[str, Any], notebooks: Path, options: Options) -> str:
    """What all reports of an edition have in common, but for the data."""
    return fingerprint([entry, of_code(), of_files(notebooks, notebooks.glob("*.ipynb")), options.pictures])


def _all_skipped(name: str, manifest: Manifest, watch: Watch | None) -> Rendered:
    made = tuple(Made(one, record.opening, skipped=True) for one, record in manifest.records.items())
    for done, one in enumerate(made, 1):
        (watch or _nobody)(one, done, len(made))
    return Rendered(name, manifest.folder, made)


def _nobody(made: Made, done: int, total: int) -> None:
    pass


@contextlib.contextmanager
def _folder(path: Path) -> Iterator[Path]:
    """The folder of an edition, for this run alone."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with one_writer(path):
            settle_before(path, written)
            yield path
    except OSError as error:
        raise BudgetsError("render.out", path=path, why=error) from None


@dataclass
class _Run:
    """One edition being rendered."""

    edition: "Edition"
    tables: "Tables"
    data: Path
    notebooks: Path
    manifest: Manifest
    options: Options
    made_of: str

    def __post_init__(self) -> None:
        self.folder = self.manifest.folder
        self.print = DataPrint(self.data)
        self.failed: dict[str, Made] = {}
        self.shown = 0.0
        self.manifest.edition, self.manifest.prints = self.edition.name, names(self.print.whole, *sorted(self.notebooks.glob("*.ipynb")))
        self.manifest.lines = self._lines()

    def render(self, pool: pools.Pool, watch: Watch) -> Rendered:
        """Make what is not standing. Raises `BudgetsError` where the system refuses to write over an older edition, which
        then stands as before."""
        clear(self.folder)
        with older_stands(self.folder, ended=bool(self.manifest.records) and not self.manifest.journal.exists()):
            rendered = self._rendered(pool, watch)
        forget(self.folder)
        return rendered

    def _rendered(self, pool: pools.Pool, watch: Watch) -> Rendered:
        keep(self.folder, self.data)
        keys = {report.name: self._key(report) for report in self.edition.reports}
        standing = {
            name: record
            for name, record in self.manifest.records.items()
            if not self.options.force and keys.get(name) == record.key and record.stands(self.folder)
        }
        self.manifest.records = standing.copy()
        self.manifest.close(whole="")
        self._show()
        total, results = len(keys), {n: Made(n, r.opening, skipped=True) for n, r in standing.items()}
        for done, made in enumerate(results.values(), 1):
            watch(made, done, total)
        with closing(pool.make([self._job(report) for report in self.edition.reports if report.name not in standing])) as making:
            for made in making:
                results[made.name] = made
                self._note(made, keys[made.name])
                watch(made, len(results), total)
                if made.refused and remembered(self.folder):
                    raise OSError(made.refused, os.strerror(made.refused))
        self._show()
        self._drop_old()
        whole = "" if self.failed or self._stale() else fingerprint([self.made_of, self.print.whole])
        self.manifest.records = {name: self.manifest.records[name] for name in keys if name in self.manifest.records}
        self.manifest.close(whole)
        from budgets.reports.listing import said

        of_failed = {r.name: (r.notebook, said(r)) for r in self.edition.reports if r.name in self.failed}
        return Rendered(self.edition.name, self.folder, tuple(results[name] for name in keys), of_failed)

    def _lines(self) -> dict[str, Any]:
        """What the edition keeps of official lines, if it shows any; where they cannot be read, its pages say so."""
        from budgets.reports.line_sums import to_keep

        try:
            return to_keep(self.data) if any(report.parameters.of_lines for report in self.edition.reports) else {}
        except BudgetsError:
            return {}

    def _note(self, made: Made, key: str) -> None:
        """Record a finished report, unless what it is made of has changed under it; show it in the index."""
        if made.failed:
            self.failed[made.name] = made
        else:
            self.manifest.add(made.name, Record("" if self._stale() else key, made.files, made.opening, made.pictures))
        if time.monotonic() - self.shown > REFRESH:
            self._show()

    def _stale(self) -> bool:
        return of_data(self.data) != self.print.whole

    def _key(self, report: "Report") -> str:
        from budgets.reports.parameters import title

        return fingerprint(
            [
                of_code(),
                of_file(self._source(report)),
                report.parameters.model_dump(),
                title(report.notebook, report.parameters, self.tables),
                self.print.seen_by(report.parameters.sees(self.tables)),
                self.options.pictures,
            ]
        )

    def _job(self, report: "Report") -> Job:
        from budgets.reports.parameters import title

        return Job(
            name=report.name,
            notebook=report.notebook,
            parameters=report.parameters.model_dump() | {"data": str(self.data)},
            title=title(report.notebook, report.parameters, self.tables),
            source=self._source(report),
            data=self.data,
            out=self.folder,
            pictures=self.options.pictures,
            limits=report.limits,
            prints=names(self.print.seen_by(report.parameters.sees(self.tables)), self._source(report)),
        )

    def _source(self, report: "Report") -> Path:
        return self.notebooks / f"{report.notebook}.ipynb"

    def _show(self) -> None:
        """Write the index of what stands on the disk now."""
        from budgets.reports.listing import listing

        content = listing(self.edition, self.tables, self.manifest.records, self.failed, self._changed, self.manifest.prints)
        publish(self.folder / "index.html", content)
        self.shown = time.monotonic()

    @cached_property
    def _changed(self) -> list[str]:
        """What differs from the edition that stood here before with other data, in a few lines."""
        from budgets.revisions import changes, summary

        before = previous_tables(self.folder)
        return [] if before is None else summary(before, self.tables, changes(before, self.tables))

    def _drop_old(self) -> None:
        """Pages of reports that are no longer in the edition, or failed now, do not stay behind."""
        for page in self.folder.glob("*.html"):
            if page.stem not in self.manifest.records and page.name != "index.html":
                page.unlink()

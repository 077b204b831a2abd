"""Renders editions: every report in a folder of its own, written beside its place and moved in when it is whole."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from budgets.errors import BudgetsError
from budgets.reports.editions import Edition, Report
from budgets.reports.parameters import NOTEBOOKS, title
from budgets.tables import Tables
from budgets.words import text


@dataclass(frozen=True)
class Job:
    """One report to make: everything a worker process needs to know."""

    name: str
    notebook: str
    parameters: dict[str, Any]
    title: str
    source: Path
    data: Path
    out: Path
    pictures: bool = False


@dataclass(frozen=True)
class Made:
    """What became of one report: its opening sentence, or the cell and the error where it failed."""

    name: str
    opening: str = ""
    cell: int | None = None
    error: str | None = None
    pictures: tuple[str, ...] = ()


Progress = Callable[[Made, int, int], None]


def checkout() -> Path:
    """The folder this package is checked out in; notebooks and editions stand there."""
    return Path(__file__).resolve().parents[3]


def render(
    edition: Edition, tables: Tables, *, data: Path, out: Path, jobs: int | None = None, pictures: bool = False, progress: Progress | None = None
) -> list[Made]:
    """Render all reports of *edition* into ``out/<edition>`` with an index page, and return what became of each.

    Raises `BudgetsError` where *out* cannot be written.
    """
    folder = out / edition.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BudgetsError("render.out", path=folder, why=error.strerror or error) from None
    planned = [_job(report, tables, data, folder, pictures) for report in edition.reports]
    made: dict[str, Made] = {}
    for one in _run(planned, jobs or os.cpu_count() or 1):
        made[one.name] = one
        if progress:
            progress(one, len(made), len(planned))
    results = [made[job.name] for job in planned]
    _clear_old(folder, {made.name for made in results if made.error is None})
    _publish(folder / "index.html", _index(edition, results, tables))
    return results


def make(job: Job) -> Made:
    """Make one report (in a worker process): execute, turn into a page, move into place."""
    from budgets.page import report_page
    from budgets.passport import passports
    from budgets.reports.engine import run_notebook

    with tempfile.TemporaryDirectory(prefix=f".{job.name}-", dir=job.out) as private:
        outcome = run_notebook(job.source, job.parameters, Path(private))
        if outcome.notebook is not None:
            _publish(job.out / "notebooks" / f"{job.name}.ipynb", json.dumps(outcome.notebook, ensure_ascii=False, indent=1) + "\n")
        if outcome.failed or outcome.notebook is None:
            return Made(job.name, cell=outcome.cell, error=outcome.error)
        tables = _tables(job.data)
        language = job.parameters["language"]
        page = report_page(
            outcome.notebook,
            title=job.title,
            language=language,
            passports=passports(tables, language=language),
            index="index.html",
        )
        _publish(job.out / f"{job.name}.html", page)
        return Made(job.name, opening=_opening(outcome.notebook, language), pictures=_pictures(job, outcome.notebook))


@cache
def _tables(data: Path) -> Tables:
    from budgets.clean import load

    return load(data)


def _job(report: Report, tables: Tables, data: Path, folder: Path, pictures: bool) -> Job:
    return Job(
        name=report.name,
        notebook=report.notebook,
        parameters=report.parameters.model_dump() | {"data": str(data)},
        title=title(report.notebook, report.parameters, tables),
        source=checkout() / "notebooks" / f"{report.notebook}.ipynb",
        data=data,
        out=folder,
        pictures=pictures,
    )


def _run(planned: list[Job], jobs: int) -> Iterator[Made]:
    # Spawned, not forked: a worker starts clean whatever the parent has open. One worker makes many reports.
    with ProcessPoolExecutor(min(jobs, len(planned)), mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(make, job): job for job in planned}
        for done in as_completed(waiting):
            error = done.exception()
            yield done.result() if error is None else Made(waiting[done].name, error=f"{type(error).__name__}: {error}")


def _opening(notebook: Any, language: str) -> str:
    """The opening paragraph: the markdown output of the cell tagged ``opening``."""
    for cell in notebook.cells:
        if "opening" in cell.metadata.get("tags", []):
            for output in cell.get("outputs", []):
                said = output.get("data", {}).get("text/markdown", "")
                return "".join(said).strip()
    return ""


def _pictures(job: Job, notebook: Any) -> tuple[str, ...]:
    """Every chart of the notebook as PNG and SVG, if wanted."""
    if not job.pictures:
        return ()
    from budgets.charts.export import save_spec

    names = []
    specs = [data for cell in notebook.cells for output in cell.get("outputs", []) for kind, data in output.get("data", {}).items() if "vegalite" in kind]
    for number, spec in enumerate(specs, 1):
        for ending in ("png", "svg"):
            name = f"{job.name}-{number}.{ending}"
            path = job.out / "pictures" / name
            path.parent.mkdir(exist_ok=True)
            save_spec(spec, path)
            names.append(f"pictures/{name}")
    return tuple(names)


def _index(edition: Edition, results: list[Made], tables: Tables) -> str:
    from budgets.page import Entry, Failure, index_page

    reports = {report.name: report for report in edition.reports}
    entries, failed = [], []
    for made in results:
        report = reports[made.name]
        language = report.parameters.language
        if made.error is None:
            about = report.parameters.about()
            entries.append(
                Entry(
                    href=f"{made.name}.html",
                    title=title(report.notebook, report.parameters, tables),
                    opening=made.opening,
                    notebook=report.notebook,
                    governments=tuple(tables.name(g, language) for g in about["governments"]),
                    year=about["year"],
                    question=text(f"question.{report.notebook}", language),
                    language=language,
                )
            )
        else:
            name = title(report.notebook, report.parameters, tables)
            failed.append(Failure(name, made.error, report.notebook, said(report), str(made.cell or "")))
    order = list(NOTEBOOKS)
    entries.sort(key=lambda e: (order.index(e.notebook), e.language != "ko"))
    return index_page(entries, title=edition.title["ko"], failed=failed)


def said(report: Report) -> str:
    """The parameters that differ from the notebook's own, in one line."""
    return ", ".join(f"{name}={value}" for name, value in report.parameters.model_dump(exclude_defaults=True).items()) or "-"


def _publish(path: Path, content: str) -> None:
    """Write a file whole: beside its place, then moved in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(content, encoding="utf-8")
    os.replace(beside, path)


def _clear_old(folder: Path, names: set[str]) -> None:
    """Pages of reports that are no longer in the edition, or failed now, do not stay behind."""
    for page in folder.glob("*.html"):
        if page.stem not in names and page.name != "index.html":
            page.unlink()
    for leftover in folder.glob(".*-*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)

"""Makes one report: executes its notebook, turns it into a page, moves both into place when they are whole."""

import contextlib
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from budgets.disk import refused
from budgets.errors import BudgetsError
from budgets.reports import forks
from budgets.reports.fingerprints import of_file
from budgets.reports.limits import Limits
from budgets.words import LANGUAGES, catalogue, text

WARM, STOCK = "budgets", "nbclient"
"""Names of papermill engines: ours, and the one papermill brings."""
LONGEST_ERROR = 500


@dataclass(frozen=True)
class Job:
    """One report to make: everything a process on any machine needs to know. *out* is the folder of the edition,
    *prints* what the report is made of, to be shown on it."""

    name: str
    notebook: str
    parameters: dict[str, Any]
    title: str
    source: Path
    data: Path
    out: Path
    pictures: bool = False
    engine: str = WARM
    limits: Limits = field(default_factory=Limits)
    prints: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """What became of one report: its opening sentence, or the cell and the error where it failed.

    *errors* is that error in every language; *refused* is the number of what the system said where it did not let us
    write. *files* are the files of the report, by path in the folder of the edition, with the hashes of their bytes.
    """

    name: str
    opening: str = ""
    cell: int | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[str, ...] = ()
    files: dict[str, str] = field(default_factory=dict)
    skipped: bool = False
    refused: int = 0

    @property
    def failed(self) -> bool:
        return bool(self.errors)


def failed(job: Job, error: BaseException | str, cell: int | None = None) -> Made:
    """A report that came to nothing, and why; what is not said in our words is the same in every language."""
    if isinstance(error, BudgetsError):
        return Made(job.name, cell=cell, errors={language: brief(error.say(language)) for language in LANGUAGES})
    said = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    return Made(job.name, cell=cell, errors=dict.fromkeys(LANGUAGES, brief(said)))


def make(job: Job) -> Made:
    """Make one report. What is wrong with it is in the answer; nothing is raised."""
    try:
        with tempfile.TemporaryDirectory(prefix=f".{job.name}-", dir=job.out, ignore_cleanup_errors=True) as private:
            return _make(job, Path(private))
    except OSError as error:  # a full disk, a folder that is gone
        said = failed(job, BudgetsError("render.out", path=error.filename or job.out, why=error))
        return replace(said, refused=error.errno or 0) if refused(error) else said
    except Exception as error:  # the page could not be built: this report fails, the others go on
        return failed(job, error)


def brief(error: str) -> str:
    """An error as it may stand on a terminal and a page: no control characters, not endless; the notebook holds the rest.

    >>> brief("ValueError: a\x1b[31m"), len(brief("x" * 10**7))
    ('ValueError: a�[31m', 502)
    """
    shown = "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in error[:LONGEST_ERROR])
    return shown if len(error) <= LONGEST_ERROR else f"{shown} …"


def _make(job: Job, private: Path) -> Made:
    from budgets.page import report_page
    from budgets.reports.run import run_notebook

    language = job.parameters["language"]
    work = private / "work"
    outcome = run_notebook(job.source, job.parameters, work, engine=job.engine, limits=job.limits)
    executed = work / job.source.name
    place = Path("notebooks") / f"{job.name}.ipynb"
    if outcome.failed or outcome.notebook is None:
        if executed.is_file():
            move(executed, job.out / place)
        return failed(job, outcome.ended or outcome.error or "", outcome.cell)
    page = private / "page.html"
    content = report_page(
        outcome.notebook,
        title=job.title,
        language=language,
        passports=_passports(job.data, language),
        standing=_standing(job.data, language),
        meta={text(f"page.print.{name}", language): digits for name, digits in job.prints.items()},
        index="index.html",
    )
    page.write_text(content, encoding="utf-8")
    pictures = _pictures(job, outcome.notebook, private) if job.pictures else []
    whole = {
        place.as_posix(): executed,
        **{f"pictures/{path.name}": path for path in pictures},
        f"{job.name}.html": page,
    }
    files = {path: of_file(file) for path, file in whole.items()}
    for path, file in whole.items():
        move(file, job.out / path)
    return Made(job.name, _opening(outcome.notebook), pictures=tuple(f"pictures/{p.name}" for p in pictures), files=files)


def move(whole: Path, place: Path) -> None:
    """Put a finished file in its place at once; both are in one file system."""
    place.parent.mkdir(parents=True, exist_ok=True)
    whole.replace(place)


def warm_up(data: str | None = None) -> None:
    """Compile what every report and page needs, and load the tables of *data* with all that follows from them."""
    import nbformat

    from budgets.clean import load
    from budgets.lines import load_lines
    from budgets.page.bundle import vega_bundle
    from budgets.page.environment import compile_templates
    from budgets.page.font import face
    from budgets.reports.engine import is_this_environment

    compile_templates()
    face()
    nbformat.validate(nbformat.v4.new_notebook())  # type: ignore[no-untyped-call]
    catalogue()
    vega_bundle()
    is_this_environment("python3")
    if data is not None:
        with contextlib.suppress(BudgetsError):  # said by whoever asked for reports on them
            for language in LANGUAGES:
                _passports(Path(data), language)
                _standing(Path(data), language)
            for figures in ("budgets", "targets", "milestones"):
                getattr(load(data), f"judged_{figures}")
            load_lines(data)


@cache
def _passports(data: Path, language: str) -> Mapping[str, dict[str, str]]:
    from budgets.clean import load
    from budgets.passport import passports

    return passports(load(data), language=language)


@cache
def _standing(data: Path, language: str) -> Mapping[str, dict[str, str]]:
    from budgets.clean import load
    from budgets.essay.standing import stands

    return stands(load(data), language)


def _opening(notebook: Any) -> str:
    """The opening paragraph: the markdown output of the cell tagged ``opening``."""
    for cell in notebook.cells:
        if "opening" in cell.metadata.get("tags", []):
            for output in cell.get("outputs", []):
                said = output.get("data", {}).get("text/markdown", "")
                return "".join(said).strip()
    return ""


def _pictures(job: Job, notebook: Any, private: Path) -> list[Path]:
    """Every chart of the notebook as PNG and SVG, in *private*."""
    from budgets.charts.export import save_spec

    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    specs = [data for output in outputs for kind, data in output.get("data", {}).items() if "vegalite" in kind]
    paths = [(spec, private / f"{job.name}-{n}.{ending}") for n, spec in enumerate(specs, 1) for ending in ("png", "svg")]

    def draw() -> None:
        for spec, path in paths:
            save_spec(spec, path)

    forks.run(draw)  # drawing starts threads
    return [path for _, path in paths]


def clear(folder: Path) -> None:
    """Remove what a run that was killed left in *folder*."""
    for leftover in folder.glob(".*-*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)

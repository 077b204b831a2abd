"""Runs one notebook with one set of parameters through papermill: in a fork of a warm process, or in a fresh kernel."""

import logging
import os
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # a debugger's warning on the screen of every kernel

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError
from papermill.iorw import write_ipynb

from budgets.disk import refused
from budgets.errors import BudgetsError
from budgets.reports.limits import Limits, ReportEndedError
from budgets.reports.make import WARM


@dataclass(frozen=True)
class Outcome:
    """What became of a run: the executed notebook, and for a failure the cell (from 0) and the error, or how its process ended."""

    notebook: nbformat.NotebookNode | None
    cell: int | None = None
    error: str | None = None
    ended: BudgetsError | None = None

    @property
    def failed(self) -> bool:
        return self.error is not None or self.ended is not None


def run_notebook(
    source: Path,
    parameters: Mapping[str, Any],
    folder: Path,
    *,
    engine: str = WARM,
    limits: Limits | None = None,
) -> Outcome:
    """Execute *source* with *parameters*, working in *folder* (created; the kernel's working directory).

    The executed notebook is left at ``folder/<name>.ipynb``, also when a cell failed. A notebook that fails is an
    outcome, not an exception; raises OSError where the system does not let us write.
    """
    logging.getLogger("papermill").setLevel(logging.ERROR)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / source.name
    limits = limits or Limits()
    own: dict[str, Any] = {"limits": limits} if engine == WARM else {"execution_timeout": int(limits.seconds), "start_timeout": 120}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            done = papermill.execute_notebook(
                str(source),
                str(target),
                parameters=dict(parameters),
                engine_name=engine,
                kernel_name="python3",
                cwd=str(folder),
                progress_bar=False,
                request_save_on_cell_execute=engine != WARM,
                **own,
            )
    except PapermillExecutionError as error:
        return Outcome(_read(target), error.cell_index, f"{error.ename}: {error.evalue}")
    except ReportEndedError as error:
        write_ipynb(error.notebook, str(target))
        return Outcome(error.notebook, error.cell, ended=BudgetsError(error.key, **error.fields))
    except Exception as error:  # a kernel that hung or could not start fails this report alone, whatever it raised
        if refused(error):
            raise
        return Outcome(_read(target), None, f"{type(error).__name__}: {error}".splitlines()[0])
    return Outcome(done)


def _read(path: Path) -> nbformat.NotebookNode | None:
    try:
        found: nbformat.NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        return found
    except (OSError, ValueError):
        return None

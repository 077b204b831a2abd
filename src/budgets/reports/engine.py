"""Runs one notebook with one set of parameters in a folder of its own, through papermill.

A notebook that fails is an outcome, not an exception: the others go on, and the failure is named at the end.
"""

import logging
import os
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

TIMEOUT = 300
"""Seconds a report may take before it fails."""


@dataclass(frozen=True)
class Outcome:
    """What became of a run: the executed notebook, or the cell that failed and its error."""

    notebook: nbformat.NotebookNode | None
    cell: int | None = None
    error: str | None = None
    logs: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return self.error is not None


def run_notebook(source: Path, parameters: Mapping[str, Any], folder: Path) -> Outcome:
    """Execute *source* with *parameters*, working in *folder* (created; the kernel's working directory).

    The executed notebook is left at ``folder/<name>.ipynb``, also when a cell failed.
    """
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    import papermill
    from papermill.exceptions import PapermillExecutionError

    logging.getLogger("papermill").setLevel(logging.ERROR)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / source.name
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            done = papermill.execute_notebook(
                str(source),
                str(target),
                parameters=dict(parameters),
                kernel_name="python3",
                cwd=str(folder),
                progress_bar=False,
                execution_timeout=TIMEOUT,
                start_timeout=120,
            )
    except PapermillExecutionError as error:
        return Outcome(_read(target), error.cell_index, f"{error.ename}: {error.evalue}")
    except Exception as error:  # a kernel that died or hung fails this report alone, whatever it raised
        return Outcome(_read(target), None, f"{type(error).__name__}: {error}".splitlines()[0])
    return Outcome(done)


def _read(path: Path) -> nbformat.NotebookNode | None:
    try:
        return nbformat.read(path, as_version=4)
    except (OSError, ValueError):
        return None

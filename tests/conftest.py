"""What several tests share: the project's real tables, and copies of its data that may be broken."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from budgets.checkout import default_data
from budgets.clean import load
from budgets.tables import Tables
from workspace import Workspace, copied

ROOT = Path(__file__).resolve().parents[1]
Command = Callable[..., subprocess.CompletedProcess[str]]


def each(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table, with their columns as attributes."""
    return table.itertuples()


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The committed data: what was published and what we ruled."""
    return load()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A private copy of the committed data."""
    return copied(default_data(), tmp_path / "data")


@pytest.fixture
def sound(tmp_path: Path) -> Workspace:
    """A private copy of a very small data folder without any fault (``tests/refusals/sound``)."""
    return copied(Path(__file__).parent / "refusals" / "sound", tmp_path / "data")


@pytest.fixture(scope="session")
def command() -> Command:
    """``command("verify", "--data", folder)`` runs the command line as a person does, in a process of its own."""

    def run(*arguments: object, cwd: Path = ROOT, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "COLUMNS": "200"}
        start = [sys.executable, "-c", "from budgets.cli import main; main()"]
        return subprocess.run([*start, *map(str, arguments)], cwd=cwd, env=environment, input=stdin, capture_output=True, text=True, timeout=300)

    return run

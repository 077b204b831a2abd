"""What several tests share: the project's real tables, and copies of its data that may be broken."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from budgets.checkout import default_data
from budgets.clean import build, load
from budgets.tables import Tables
from readings import Rules, read_rules
from workspace import Workspace, copied

ROOT = Path(__file__).resolve().parents[1]
SOUND = Path(__file__).parent / "refusals" / "sound"
Command = Callable[..., subprocess.CompletedProcess[str]]


def each(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table, with their columns as attributes."""
    return table.itertuples()


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The committed data: what was published and what we ruled."""
    return load()


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The rules by which articles are read, and the governments."""
    return read_rules()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A private copy of the committed data."""
    return copied(default_data(), tmp_path / "data")


@pytest.fixture
def sound(tmp_path: Path) -> Workspace:
    """A private copy of a very small data folder without any fault (``tests/refusals/sound``)."""
    return copied(SOUND, tmp_path / "data")


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = copied(SOUND, tmp_path_factory.mktemp("sound") / "data")
    build(workspace.data)
    return workspace.data


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Workspace:
    """As `sound`, with its ``clean/`` built."""
    return copied(built_once, tmp_path / "data")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Cases are numbered where their names must be handed back to pytest, which does not find Korean ones (`mutants.py`)."""
    if "BUDGETS_NUMBERED_CASES" in os.environ:
        for marker in metafunc.definition.iter_markers("parametrize"):
            marker.kwargs["ids"] = [str(n) for n in range(len(list(marker.args[1])))]


def pytest_sessionstart(session: pytest.Session) -> None:
    """What an earlier session in this process has read is read again, so that a mutant has to read it, too."""
    if "BUDGETS_NUMBERED_CASES" in os.environ and "budgets.rulings.terms" in sys.modules:
        sys.modules["budgets.rulings.terms"]._load.cache_clear()


def call(arguments: list[str], stdin: str) -> int:
    """The command line in this process; returns its exit code."""
    from budgets.cli import main

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["budgets", *arguments])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        try:
            main()
        except SystemExit as stop:
            return stop.code if isinstance(stop.code, int) else 0
    return 0


@pytest.fixture(scope="session")
def command() -> Command:
    """``command("verify", "--data", folder)``: what the command line answers, as of a process that has ended.

    Runs in this process, which is many times faster than a new one; an exception that escapes fails the test.
    """

    def run(*arguments: object, cwd: Path = ROOT, stdin: str = "") -> subprocess.CompletedProcess[str]:
        given = [str(a) for a in arguments]
        streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
        with contextlib.chdir(cwd), contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
            code = call(given, stdin)
        out, err = (stream.buffer.getvalue().decode("utf-8") for stream in streams)  # type: ignore[attr-defined]
        return subprocess.CompletedProcess(["budgets", *given], code, out, err)

    return run

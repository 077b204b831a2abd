"""The same jobs on a dask.distributed cluster: two worker processes, one of which is killed half-way."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from budgets.checkout import default_data
from budgets.errors import BudgetsError, UsageError
from budgets.reports.make import Made
from budgets.reports.render import Options, render
from notebooks_made import edition_of, entry, written

GOVERNMENTS = ["seoul", "busan", "daegu", "incheon", "gwangju", "daejeon", "ulsan", "sejong", "gyeonggi", "gangwon"]


def edition(governments: list[str]) -> str:
    return edition_of(entry("read_government", "government-{government}", matrix={"government": governments}), name="wide")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list["subprocess.Popen[str]"]]]:
    """A scheduler and two worker processes of one thread each: (address, the workers)."""
    pytest.importorskip("distributed", reason="the extra `cluster` (dask.distributed) is not installed")
    start = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
        "--no-show",
    ]
    log = tmp_path / "scheduler.log"
    with log.open("w") as file:
        scheduler = subprocess.Popen(start, stderr=file, stdout=file, text=True)
    workers: list[subprocess.Popen[str]] = []
    try:
        address = _address(log)
        worker = [
            sys.executable,
            "-m",
            "distributed.cli.dask_worker",
            address,
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
            "--local-directory",
            str(tmp_path),
        ]
        for _ in range(2):
            workers.append(subprocess.Popen(worker, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, text=True))
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def _address(log: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if found := re.search(r"Scheduler at:\s+(tcp://\S+)", log.read_text()):
            return found.group(1)
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.mark.slow
def test_a_worker_that_is_killed_half_way_costs_nothing(cluster: tuple[str, list["subprocess.Popen[str]"]], tmp_path: Path) -> None:
    address, workers = cluster
    (tmp_path / "editions.toml").write_text(edition(GOVERNMENTS), encoding="utf-8")
    written(
        tmp_path / "notebooks" / "read_government.ipynb",
        "import time; time.sleep(0.5)",
        parameters='language = "ko"\ndata = ""\ngovernment = "incheon"\n',
    )
    killed: list[int] = []

    def watch(made: Made, done: int, total: int) -> None:
        if done == 3:
            os.kill(workers[0].pid, signal.SIGKILL)
            killed.append(done)

    (rendered,) = render(
        (),
        data=default_data(),
        out=tmp_path / "out",
        options=Options(scheduler=address),
        editions=tmp_path / "editions.toml",
        notebooks=tmp_path / "notebooks",
        watch=watch,
    )
    assert killed and workers[0].wait() == -signal.SIGKILL
    assert [made.errors for made in rendered.made] == [{}] * len(GOVERNMENTS)
    assert {path.stem for path in rendered.folder.glob("*.html")} == {
        "index",
        *(f"government-{g}" for g in GOVERNMENTS),
    }
    assert not list(rendered.folder.glob(".government-*.part"))


def test_a_scheduler_that_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "editions.toml").write_text(edition(["seoul"]), encoding="utf-8")
    try:
        import distributed  # noqa: F401

        key, kind = "cluster.unreachable", BudgetsError
    except ImportError:
        key, kind = "cluster.missing", UsageError
    with pytest.raises(kind) as error:
        list(
            render(
                (),
                data=default_data(),
                out=tmp_path / "out",
                options=Options(scheduler="tcp://127.0.0.1:1"),
                editions=tmp_path / "editions.toml",
            )
        )
    assert error.value.key == key

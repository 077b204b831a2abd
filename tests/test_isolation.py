"""One report never reaches the next, whatever it does; one that cannot be made fails alone, by name and cell.

All reports of a test are made by one worker, one after the other: the same slot.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest

from budgets.checkout import default_data
from budgets.errors import BudgetsError
from budgets.reports import forks, pools
from budgets.reports.limits import Limits
from budgets.reports.make import Job, Made
from notebooks_made import outputs, written

pytestmark = pytest.mark.skipif(not forks.can_fork(), reason="processes cannot be forked here")


@pytest.fixture(scope="module")
def process() -> Iterator[forks.WarmProcess]:
    """One warm process for all tests here."""
    one = forks.WarmProcess()
    yield one
    one.close()


@pytest.fixture
def make(process: forks.WarmProcess, tmp_path: Path) -> Callable[..., list[Made]]:
    """Make reports of these cells on one slot; their notebooks stand in ``out/notebooks``."""
    (tmp_path / "out").mkdir()

    def run(*reports: str | list[str], limits: Limits = Limits(60, 4096), slots: int = 1) -> list[Made]:  # noqa: B008
        jobs = [_job(tmp_path, f"r{n}", [cells] if isinstance(cells, str) else cells, limits) for n, cells in enumerate(reports)]
        made = {one.name: one for one in pools.warm(jobs, slots, process)}
        return [made[job.name] for job in jobs]

    return run


def _job(folder: Path, name: str, cells: list[str], limits: Limits) -> Job:
    source = written(folder / "sources" / f"{name}.ipynb", *cells)
    parameters: dict[str, Any] = {"language": "ko", "data": ""}
    return Job(name, name, parameters, name, source, default_data(), folder / "out", limits=limits)


def said(folder: Path, name: str) -> str:
    """What the cells of a finished report printed."""
    return outputs(nbformat.read(folder / "out" / "notebooks" / f"{name}.ipynb", as_version=4))


DIRT = {
    "options of pandas": (
        "import pandas\npandas.set_option('display.max_rows', 3); pandas.options.mode.chained_assignment = None",
        "import pandas\nprint(pandas.get_option('display.max_rows'))",
        "60\n",
    ),
    "environment": (
        "import os\nos.environ['DIRTY'] = '1'; os.environ.pop('PATH', None); os.putenv('DIRTY2', '1')",
        "import os, subprocess\nprint('DIRTY' in os.environ, 'PATH' in os.environ, b'DIRTY' in subprocess.check_output(['/usr/bin/env']))",
        "False True False\n",
    ),
    "working directory": (
        "import os\nos.chdir('/')\nos.umask(0)",
        "import os\nprint(os.getcwd() != '/', oct(os.umask(0o22)) == '0o0')",
        "True False\n",
    ),
    "monkeypatches": (
        "import builtins, math, pandas, budgets, budgets.page\nmath.sqrt = None; builtins.sum = lambda _: 0\npandas.DataFrame.head = None\n"
        "budgets.load = None; budgets.page.report_page = None; import budgets.reports.make as m; m.make = None",
        "import math, pandas\nfrom budgets import load\nprint(math.sqrt(4), sum([1, 2]), pandas.DataFrame.head is None, load is None)",
        "2.0 3 False False\n",
    ),
    "modules and paths": (
        "import sys\nsys.path.insert(0, '/dirty'); sys.modules['statistics'] = None\nsys.setrecursionlimit(50_000)",
        "import sys\nimport statistics\nprint('/dirty' in sys.path, sys.getrecursionlimit() < 50_000)",
        "False True\n",
    ),
    "names and history": ("secret = 1\nsecret", "print('secret' in globals(), len(In), Out)", "False 4 {}\n"),
    "random numbers, locale, decimal, warnings": (
        "import random, locale, decimal, warnings, numpy\nrandom.seed(1); numpy.random.seed(1)\ndecimal.getcontext().prec = 2\nwarnings.simplefilter('error')",
        "import random, decimal, warnings\nprint(decimal.getcontext().prec, round(random.random(), 6) != 0.134364)\nwarnings.warn('only a warning')",
        "28 True\n",
    ),
    "signals": (
        "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN); signal.alarm(1)",
        "import signal, time\ntime.sleep(1.5)\nprint(signal.getsignal(signal.SIGTERM) == signal.SIG_DFL)",
        "True\n",
    ),
    "altair": (
        "import altair\naltair.data_transformers.disable_max_rows(); altair.theme.enable('dark')",
        "import altair\nprint(altair.theme.active, altair.data_transformers.options)",
        "default {}\n",
    ),
}


@pytest.fixture(scope="module")
def after_dirt(process: forks.WarmProcess, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the report after each dirty one printed; all made by one worker."""
    folder = tmp_path_factory.mktemp("dirt")
    (folder / "out").mkdir()
    cells = [cell for dirty, probe, _ in DIRT.values() for cell in (dirty, probe)]
    jobs = [_job(folder, f"r{n}", [cell], Limits(60, 4096)) for n, cell in enumerate(cells)]
    assert [made.errors for made in pools.warm(jobs, 1, process)] == [{}] * len(jobs)
    return {what: said(folder, f"r{2 * n + 1}") for n, what in enumerate(DIRT)}


@pytest.mark.parametrize("what", DIRT)
def test_a_dirty_report_leaves_nothing_to_the_next(what: str, after_dirt: dict[str, str]) -> None:
    assert DIRT[what][2] in after_dirt[what]


def test_a_leaked_thread_and_a_leaked_program_end_with_their_report(make: Callable[..., list[Made]], tmp_path: Path) -> None:
    beat = tmp_path / "beat"
    leak = f"""
import pathlib, subprocess, threading, time
def beat():
    while True:
        pathlib.Path({str(beat)!r}).touch(); time.sleep(0.02)
threading.Thread(target=beat).start()
print(subprocess.Popen(['sleep', '300']).pid)
time.sleep(0.1)
"""
    results = make(leak, "import threading, time\ntime.sleep(0.3)\nprint(threading.active_count(), time.time())")
    assert [made.errors for made in results] == [{}, {}]
    count, now = said(tmp_path, "r1").split()
    assert int(count) <= 2 and beat.stat().st_mtime < float(now) - 0.25, "the thread is gone"
    program = int(said(tmp_path, "r0"))
    assert not psutil.pid_exists(program) or psutil.Process(program).status() == psutil.STATUS_ZOMBIE, "and so is the program"


@pytest.mark.slow
def test_five_hundred_megabytes_are_gone_with_their_report(make: Callable[..., list[Made]], tmp_path: Path) -> None:
    resident = "import psutil\nprint(psutil.Process().memory_info().rss // 2**20, psutil.Process().parent().memory_info().rss // 2**20)"
    results = make(resident, f"kept = bytearray(b'1') * (500 * 2**20)\n{resident}", resident)
    assert [made.errors for made in results] == [{}] * 3
    before, during, after = ([int(n) for n in said(tmp_path, name).split()] for name in ("r0", "r1", "r2"))
    assert during[0] > before[0] + 480
    assert after[0] < before[0] + 50 and after[1] < before[1] + 50, "neither the next report nor the worker keeps them"


FAULTS = {
    "hangs": ("while True: pass", "2초 안에"),
    "sleeps": ("import time\ntime.sleep(600)", "2초 안에"),
    "ignores signals": (
        "import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))\ntime.sleep(600)",
        "2초 안에",
    ),
    "exits": ("import os\nos._exit(3)", "종료 코드 3"),
    "segfaults": ("import ctypes\nctypes.string_at(0)", "SIGSEGV"),
    "aborts": ("import os\nos.abort()", "SIGABRT"),
    "is killed": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
    "eats memory": ("eaten = []\nwhile True: eaten.append(bytearray(b'1') * 2**24)", "900 MB"),
    "lets a program eat memory": (
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', \"import time; x = bytearray(b'1') * 2**30; time.sleep(60)\"])",
        "900 MB",
    ),
    "recurses in C": (
        "x = []\nfor _ in range(10**6): x = [x]\nimport ctypes\nctypes.pythonapi.PyObject_Repr.argtypes = [ctypes.py_object]\n"
        "import sys\nsys.setrecursionlimit(10**9)\nrepr(x)",
        "",
    ),
    "raises": ("1 / 0", "ZeroDivisionError: division by zero"),
    "leaves": ("import sys\nsys.exit(3)", "SystemExit: 3"),
    "closes its pipes": ("import os\nos.closerange(3, 256)\nimport time\ntime.sleep(600)", ""),
}


SLOW = {"hangs", "aborts", "is killed", "eats memory", "sleeps", "ignores signals", "recurses in C", "closes its pipes", "lets a program eat memory"}


@pytest.mark.parametrize("what", [pytest.param(what, marks=[pytest.mark.slow] if what in SLOW else []) for what in FAULTS])
def test_a_report_that_fails_fails_alone_and_is_named(what: str, make: Callable[..., list[Made]], tmp_path: Path) -> None:
    cell, error = FAULTS[what]
    limits = Limits(20 if "MB" in error else 2, 900)  # a busy machine must not run out of time before memory
    before, broken, after = make("print('before')", ["print('seen')", cell, "print('never')"], "print('after')", limits=limits)
    assert (before.errors, after.errors) == ({}, {})
    assert broken.name == "r1" and error in broken.errors["ko"]
    assert (tmp_path / "out" / "r0.html").is_file() and (tmp_path / "out" / "r2.html").is_file()
    assert not (tmp_path / "out" / "r1.html").exists()
    left = nbformat.read(tmp_path / "out" / "notebooks" / "r1.ipynb", as_version=4)
    assert outputs(left).startswith("seen\n") and "never" not in outputs(left)
    at = next(n for n, c in enumerate(left.cells) if c.source == cell)
    shift = sum("papermill-error-cell-tag" in c.metadata.get("tags", []) for c in left.cells)
    assert broken.cell == at - shift, "the cell is named"
    assert left.cells[at].metadata.papermill.status == "failed"
    assert not list((tmp_path / "out").glob(".r*")), "nothing half-made is left"


def test_a_worker_that_dies_costs_its_report_alone(make: Callable[..., list[Made]]) -> None:
    kill = "import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(60)"
    before, broken, after = make("print('before')", kill, "print('after')")
    assert (before.errors, after.errors) == ({}, {})
    assert "갑자기 끝났습니다" in broken.errors["ko"]


@pytest.mark.slow
def test_the_kernels_of_a_process_that_dies_die_too(tmp_path: Path) -> None:
    """A report that hangs does not outlive a run that is killed."""
    process = forks.WarmProcess()
    (tmp_path / "out").mkdir()
    job = _job(
        tmp_path,
        "r0",
        ["import os, pathlib, time\npathlib.Path(r'%s').write_text(str(os.getpid()))\ntime.sleep(600)" % (tmp_path / "pid")],
        Limits(60, 4096),
    )
    ended: list[BudgetsError] = []

    def run() -> None:
        try:
            list(pools.warm([job], 1, process))
        except BudgetsError as error:
            ended.append(error)

    runner = threading.Thread(target=run)
    runner.start()
    deadline = time.monotonic() + 30
    while not (tmp_path / "pid").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.1)
    kernel = int((tmp_path / "pid").read_text())
    worker = psutil.Process(kernel).ppid()
    os.kill(process._process.pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while (psutil.pid_exists(kernel) or psutil.pid_exists(worker)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not psutil.pid_exists(kernel) and not psutil.pid_exists(worker)
    runner.join(10)
    assert [error.key for error in ended] == ["engine.no_process"]


def test_two_reports_are_made_at_once(make: Callable[..., list[Made]], tmp_path: Path) -> None:
    """Each waits for the other's sign."""
    meet = "import pathlib, time\npathlib.Path(r'{0}/{1}').touch()\nwhile not pathlib.Path(r'{0}/{2}').exists(): time.sleep(0.01)"
    results = make(meet.format(tmp_path, "a", "b"), meet.format(tmp_path, "b", "a"), slots=2, limits=Limits(20, 4096))
    assert [made.errors for made in results] == [{}, {}]

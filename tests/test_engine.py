"""The warm engine: what papermill's own engine gives, without its ports and its waiting."""

import asyncio
import errno
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from budgets.checkout import checkout, default_data
from budgets.clean import load
from budgets.errors import BudgetsError
from budgets.reports import forks
from budgets.reports.editions import read_editions
from budgets.reports.engine import is_this_environment
from budgets.reports.wire import Wire, receive
from notebooks_made import essence, outputs, written

pytestmark = pytest.mark.skipif(not forks.can_fork(), reason="processes cannot be forked here")

MANY_KINDS = [
    "1 + 1",
    "print('one'); print('two', end='')",
    "import sys\nprint('out'); print('err', file=sys.stderr); print('out again')",
    "from IPython.display import HTML, Markdown, clear_output, display\nprint('before')\ndisplay(HTML('<b>1</b>'))\nprint('after')\nMarkdown('**2**')",
    "shown = display({'a': 1}, display_id=True)",
    "shown.update({'a': 2})",
    "print('gone'); clear_output(); print('stays')",
    "print('gone later'); clear_output(wait=True); display('new')",
    "import warnings\nwarnings.warn('careful')",
    "import logging\nlogging.warning('logged')",
    "import subprocess, time\nsubprocess.run(['echo', 'from a program'])\ntime.sleep(0.1)\nprint('from Python')",
    "!echo from the shell",
    "import os\nos.write(1, b'by number\\n'); time.sleep(0.1); os.write(2, b'error by number\\n'); time.sleep(0.1)",
    "import asyncio\nawait asyncio.sleep(0.01)\n'awaited'",
    "task = asyncio.create_task(asyncio.sleep(0.01, 'a task'))",
    "await task",
    "%who_ls",
    "%%capture kept\nprint('captured')",
    "kept.stdout, _, In[1]",
    "import pandas as pd\npd.DataFrame({'a': [1, 2], 'b': ['가', '나']})",
    "import altair as alt\nalt.Chart(pd.DataFrame({'a': [1]})).mark_bar().encode(x='a:Q')",
    "import threading\nthread = threading.Thread(target=lambda: print('from a thread'))\nthread.start(); thread.join()",
    "for n in range(3):\n    print(f'\\r{n}', end='')",
    "import time\nprint('early'); time.sleep(0.5); print('late')",
    "print('error first', file=sys.stderr); time.sleep(0.5); print('then output')",
    "class Broken:\n    def _repr_html_(self):\n        raise ValueError('no picture')\nBroken()",
    "get_ipython().__class__.__name__, __name__, sys.argv[0].endswith('ipykernel_launcher.py')",
    "sys.path.count('') , os.environ.get('MPLBACKEND'), sys.flags.safe_path",
    ("undefined_name", ["raises-exception"]),
    ("input('?')", ["raises-exception"]),
    "len(In), 'still here'",
]
ENDINGS = {
    "error": "def inner(n):\n    return 1 / n\ninner(0)",
    "syntax": "1 +",
    "exit": "import sys\nsys.exit(3)",
    "exit_zero": "import sys\nsys.exit(0)",
    "chained": "try:\n    {}['a']\nexcept KeyError as e:\n    raise ValueError('한글') from e",
}


def run(source: Path, engine: str | None, target: Path, **options: Any) -> tuple[Any, str]:
    """Execute a notebook; (the notebook as left on the disk, the error)."""
    error = ""
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # ipykernel leaves the descriptors alone under pytest
    try:
        papermill.execute_notebook(str(source), str(target), engine_name=engine, progress_bar=False, **options)
    except PapermillExecutionError as raised:
        error = str(raised)
    return nbformat.read(target, as_version=4), error


def unnamed(cell: Any) -> str:
    """A cell as text, without the random name that altair gives to the place of a chart."""
    return re.sub(r"altair-viz-[0-9a-f]+", "altair-viz", json.dumps(cell, default=str, sort_keys=True, ensure_ascii=False))


@pytest.mark.slow
def test_outputs_are_those_of_papermills_engine(tmp_path: Path) -> None:
    source = written(tmp_path / "many.ipynb", *MANY_KINDS)
    parameters = {"language": "en"}
    warm, _ = run(source, "budgets", tmp_path / "warm.ipynb", parameters=parameters, cwd=str(tmp_path))
    stock, _ = run(source, None, tmp_path / "stock.ipynb", parameters=parameters, cwd=str(tmp_path))
    for mine, theirs in zip(essence(warm), essence(stock), strict=True):
        assert unnamed(mine) == unnamed(theirs)
    assert sorted(warm.metadata.papermill) == sorted(stock.metadata.papermill)
    assert warm.metadata.language_info == stock.metadata.language_info


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
def test_failures_are_those_of_papermills_engine(ending: str, tmp_path: Path) -> None:
    source = written(tmp_path / "ends.ipynb", "print('before')", ENDINGS[ending], "print('never')")
    warm, warm_error = run(source, "budgets", tmp_path / "warm.ipynb")
    stock, stock_error = run(source, None, tmp_path / "stock.ipynb")
    assert essence(warm) == essence(stock)
    assert warm_error == stock_error and (warm_error == "") == (ending == "exit_zero")


def editions() -> list[Any]:
    """The first report of each notebook of the default edition."""
    (default,) = read_editions(checkout() / "reports" / "editions.toml", load(), ("default",))
    return list({report.notebook: report for report in reversed(default.reports)}.values())


@pytest.mark.slow
@pytest.mark.parametrize("report", editions(), ids=lambda report: report.name)
def test_every_notebook_of_the_default_edition_comes_out_the_same(report: Any, tmp_path: Path) -> None:
    source = checkout() / "notebooks" / f"{report.notebook}.ipynb"
    given = {"parameters": report.parameters.model_dump() | {"data": str(default_data())}, "cwd": str(tmp_path)}
    warm, warm_error = run(source, "budgets", tmp_path / "warm.ipynb", **given)
    stock, stock_error = run(source, None, tmp_path / "stock.ipynb", **given)
    assert (warm_error, stock_error) == ("", "")
    for mine, theirs in zip(essence(warm), essence(stock), strict=True):
        assert mine == theirs


@pytest.mark.slow
def test_the_command_line_of_papermill_finds_the_engine(tmp_path: Path) -> None:
    """No port, no warning about one, nothing on the screen but papermill's own lines."""
    listening = "import psutil\n[c.laddr for p in [psutil.Process(), *psutil.Process().parents()[:2]] for c in p.net_connections('inet')]"
    source = written(tmp_path / "in.ipynb", "value", listening, parameters="value = 1\n")
    command = [
        str(Path(sys.executable).with_name("papermill")),
        "--engine",
        "budgets",
        "-p",
        "value",
        "41",
        str(source),
        str(tmp_path / "out.ipynb"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "eavesdropping" not in done.stderr and "warning" not in done.stderr.lower()
    executed = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert [o.data["text/plain"] for c in executed.cells for o in c.get("outputs", [])] == ["41", "[]"]


@pytest.mark.slow
def test_a_script_without_a_main_guard_may_use_the_engine(tmp_path: Path) -> None:
    source = written(tmp_path / "in.ipynb", "print('once')")
    script = tmp_path / "script.py"
    script.write_text(
        f"import papermill\npapermill.execute_notebook({str(source)!r}, {str(tmp_path / 'out.ipynb')!r}, engine_name='budgets', progress_bar=False)\nprint('end')\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, "end\n"), done.stderr
    assert outputs(nbformat.read(tmp_path / "out.ipynb", as_version=4)) == "once\n"


def test_every_notebook_gets_random_numbers_of_its_own(tmp_path: Path) -> None:
    source = written(
        tmp_path / "in.ipynb",
        "import random, uuid\nimport numpy\nprint(random.random(), numpy.random.random(), uuid.uuid4())",
    )
    first, second = (outputs(run(source, "budgets", tmp_path / f"{n}.ipynb")[0]).split() for n in range(2))
    assert not set(first) & set(second)


@pytest.mark.slow
def test_where_nothing_can_be_forked_papermills_engine_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETS_FORK", "0")
    monkeypatch.setattr(forks, "warm_process", lambda: pytest.fail("a warm process was started"))
    source = written(tmp_path / "in.ipynb", "6 * 7")
    notebook, _ = run(source, "budgets", tmp_path / "out.ipynb")
    assert notebook.cells[-1].outputs[0].data["text/plain"] == "42"


def test_a_kernel_of_another_environment_is_not_ours() -> None:
    assert is_this_environment("python3")
    assert not is_this_environment("ir") and not is_this_environment("no-such-kernel")


def test_a_cell_timeout_is_papermills(tmp_path: Path) -> None:
    source = written(tmp_path / "in.ipynb", "import time\ntime.sleep(30)")
    with pytest.raises(Exception, match="after 1 seconds"):
        run(source, "budgets", tmp_path / "out.ipynb", execution_timeout=1)


def test_a_message_larger_than_the_system_takes_at_once_arrives_whole() -> None:
    """The kernel's end is read by an event loop, which makes it non-blocking; the other side may be slow to read."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    large = [b"small", bytes(8_000_000)]
    sender = threading.Thread(target=Wire(theirs, b"iopub").send_multipart, args=(large,), daemon=True)

    async def taken() -> tuple[bytes, list[bytes]] | None:
        reader, writer = await asyncio.open_connection(sock=ours)
        sender.start()
        await asyncio.sleep(0.05)
        try:
            return await asyncio.wait_for(receive(reader), timeout=30)
        finally:
            writer.close()

    with theirs:
        assert asyncio.run(taken()) == (b"iopub", large)
    sender.join(timeout=30)


@pytest.mark.parametrize("warm", [True, False])
def test_work_done_in_a_fork_of_its_own_ends_as_it_would_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warm: bool) -> None:
    monkeypatch.setattr(forks, "here", warm)
    done = tmp_path / "by"
    forks.run(lambda: done.write_text(str(os.getpid())) and None)
    assert (done.read_text() != str(os.getpid())) == warm

    def full() -> None:
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError) as caught:
        forks.run(full)
    assert caught.value.errno == errno.ENOSPC


def test_a_fork_that_ends_otherwise_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "here", True)
    for end, code in ((lambda: os._exit(3), 3), (lambda: os.kill(os.getpid(), signal.SIGKILL), -signal.SIGKILL)):
        with pytest.raises(BudgetsError) as caught:
            forks.run(end)
        assert (caught.value.key, caught.value.fields) == ("engine.exit", {"code": code})

"""Commands that are killed (kill −9) and run again: ``python tests/killed.py NAME random 10`` · ``… steps 0``.

*random*: a child runs the command and is killed after a random part of the time that it takes undisturbed. *steps*:
it kills itself right before the n-th thing it does to the disk (opening for writing, renaming, removing, making a
folder), for every n, or for so many of them. What then stands is looked at, the command is run again, and every file
must be what an undisturbed run gives. One JSON line says what came of each moment.

Children are forked from a process that has imported everything and started no thread, so that a trial costs what the
command itself costs.
"""

import contextlib
import hashlib
import importlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

THREADLESS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}
os.environ |= THREADLESS
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

STANDING = {".lock", ".lock-holder"}
"""Names that may stay: the lock itself, which the system frees, and who held it last."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
View = Mapping[str, str]


@dataclass(frozen=True)
class Command:
    """What is killed: how its folder is prepared (once, before it is copied for each trial), how it is run in it, which
    files count, and what a reader makes of the folder (``as before``, ``as after`` or a refusal) in whatever state."""

    prepare: Callable[[Path], None]
    run: Callable[[Path], int]
    counts: Callable[[str], bool] = lambda name: True
    read: Callable[[Path], str] | None = None


def said(arguments: list[str]) -> int:
    """The command line, in this process, silent; its exit code."""
    from budgets.cli import main

    sys.argv = ["budgets", *arguments]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            main()
        except SystemExit as stop:
            return stop.code if isinstance(stop.code, int) else 0
    return 0


# ---- the commands ----


def _sound(folder: Path) -> Path:
    from budgets.clean import build
    from workspace import copied

    workspace = copied(ROOT / "tests" / "refusals" / "sound", folder / "data")
    build(workspace.data)
    return workspace.data


def _tables(folder: Path) -> str:
    """What `load` gives, as one hash; or the refusal."""
    from budgets.clean import load
    from budgets.errors import BudgetsError

    try:
        tables = load(folder / "data")
    except BudgetsError as error:
        return f"refused: {error.key}"
    parts = [tables.budgets, tables.targets, tables.milestones, tables.programmes, tables.figure_rulings]
    return hashlib.sha256("".join(table.to_csv() for table in parts).encode()).hexdigest()


def _prepare_build(folder: Path) -> None:
    from workspace import Workspace

    data = Workspace(_sound(folder))
    data.set("press/seoul.csv", 2, "note", "고친 비고")
    data.set("press/incheon.csv", 2, "note", "고친 비고")


def _prepare_add(folder: Path) -> None:
    import budgets
    from budgets.sources.workbooks import template
    from filling import filled, sound_rows

    data = _sound(folder)
    filled(template(budgets.load(data)), sound_rows(), folder / "filled.xlsx")


def _prepare_import(folder: Path) -> None:
    from lofin_api import new_data, row
    from test_lofin_files import saved, text_of

    data = new_data(folder / "data")
    for name, count, day in (("old", 900, "20250630"), ("new", 1200, "20251231")):
        saved(folder / f"{name}.csv", text_of([row(i, day=day) for i in range(count)]))
    child(lambda: said(["import", "lofin", str(folder / "old.csv"), "--data", str(data)]))


def _prepare_fetch(folder: Path) -> None:
    from lofin_api import new_data

    new_data(folder / "data")


def _run_fetch(folder: Path) -> int:
    from datetime import date

    from budgets.lines import fetch
    from lofin_api import KEY

    return fetch(2025, data=folder / "data", key=KEY, base_url=os.environ["KILLED_URL"], pause=0, backoff=0, size=5, today=date(2026, 3, 1)).exit_code


def _prepare_kosis(folder: Path) -> None:
    from lofin_api import new_data
    from test_lofin_kosis import WIDE

    new_data(folder / "data")
    (folder / "101_주민등록인구.csv").write_text(WIDE, encoding="utf-8")


def _read_denominators(folder: Path) -> str:
    from budgets.lines import exported_denominators

    return hashlib.sha256(exported_denominators(folder / "data").to_csv().encode()).hexdigest()


def _read_lines(folder: Path) -> str:
    """What readers of the lines get, as one hash; or the refusal."""
    from budgets.errors import BudgetsError
    from budgets.lines import exported_denominators, read_line_totals, read_lines

    try:
        parts = [read_lines(folder / "data"), read_line_totals(folder / "data"), exported_denominators(folder / "data").drop(columns=["_file"])]
    except BudgetsError as error:
        return f"refused: {error.key}"
    return hashlib.sha256("".join(table.to_csv() for table in parts).encode()).hexdigest()


def _prepare_render(folder: Path) -> None:
    """An edition made of older data stands where the new one goes."""
    from notebooks_made import written
    from test_render import EDITION, OPENING

    data = _sound(folder)
    (folder / "editions.toml").write_text(EDITION, encoding="utf-8")
    written(folder / "notebooks" / "check_coverage.ipynb", OPENING, "print(1)")
    parameters = 'language = "ko"\ndata = ""\ngovernment = "incheon"\n'
    written(folder / "notebooks" / "read_government.ipynb", OPENING, parameters=parameters)
    assert child(lambda: _run_render(folder)) == (0, 0)
    _corrected(data)


def _run_render(folder: Path) -> int:
    from budgets.reports.render import Options, render

    rendered = render((), data=folder / "data", out=folder / "out", options=Options(jobs=2), editions=folder / "editions.toml", notebooks=folder / "notebooks")
    return sum(len(one.failed) for one in rendered)


def _prepare_export(folder: Path) -> None:
    from budgets.checkout import default_data
    from budgets.clean import build
    from workspace import copied

    data = copied(default_data(), folder / "data").data
    build(data)
    assert child(lambda: _run_export(folder)) == (0, 0)
    _corrected(data)


def _run_export(folder: Path) -> int:
    return said(["export", "--data", str(folder / "data"), "--out", str(folder / "out")])


def _corrected(data: Path) -> None:
    """The data of the edition to come: a note that every page and workbook is made of."""
    from budgets.clean import build
    from workspace import Workspace

    Workspace(data).set("press/seoul.csv", 2, "note", "고친 비고")
    build(data)


def _pages(folder: Path) -> str:
    """Every page that is there is whole, and the index names none that is not; and which pages these are."""
    import re

    house = str(folder.with_name("house"))  # a page names the folder of its data
    pages = {
        path.name: path.read_text(encoding="utf-8").replace(house, "") for path in sorted((folder / "out").rglob("*.html")) if path.parent.name != ".before"
    }
    if not all(page.rstrip().endswith("</html>") for page in pages.values()):
        return "a half page"
    named = set(re.findall(r'href="([\w-]+\.html)"', pages.get("index.html", "")))
    return f"whole pages #{_hash(pages)}" if named <= set(pages) else "a page is named that is not there"


def _workbooks(folder: Path) -> str:
    """Every workbook that is there opens; and which workbooks these are."""
    import zipfile

    books = {path.name: path for path in sorted((folder / "out").rglob("*.xlsx")) if not path.name.startswith(".")}
    for path in books.values():
        with zipfile.ZipFile(path) as archive:
            if archive.testzip():
                return "a half workbook"
    return f"whole workbooks #{_hash({name: path.read_bytes().hex() for name, path in books.items()})}"


def _hash(contents: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(contents).encode()).hexdigest()


def _tried(*names: str) -> Callable[[str], bool]:
    return lambda name: name.split("/")[0] in names


COMMANDS = {
    "build": Command(_prepare_build, lambda f: said(["build", "--data", str(f / "data")]), read=_tables),
    "add": Command(_prepare_add, lambda f: said(["add", str(f / "filled.xlsx"), "--data", str(f / "data")]), read=_tables),
    "import lofin": Command(_prepare_import, lambda f: said(["import", "lofin", str(f / "new.csv"), "--data", str(f / "data")]), read=_read_lines),
    "import kosis": Command(
        _prepare_kosis, lambda f: said(["import", "kosis", str(f / "101_주민등록인구.csv"), "--data", str(f / "data")]), read=_read_denominators
    ),
    "fetch": Command(_prepare_fetch, _run_fetch, read=_read_lines),
    "render": Command(_prepare_render, _run_render, lambda name: name.endswith(".html") or "/data/" in name or "/previous/" in name, _pages),
    "export": Command(_prepare_export, _run_export, _tried("out"), _workbooks),
}


# ---- children ----


def child(job: Callable[[], Any], after: float | None = None, step: int | None = None) -> tuple[int, Any]:
    """Run *job* in a fork; returns (wait status, what it returned). Killed *after* seconds, or before its *step*-th
    writing; ``step=0`` only counts the writings, and returns their number."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.setsid()
            os.close(ours)
            count = _kill_at(step) if step is not None else [0]
            answer = job()
            os.write(theirs, json.dumps(count[0] if step == 0 else answer).encode())
            os._exit(0)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(71)
    os.close(theirs)
    if after is not None:
        time.sleep(after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    answer = b""
    with os.fdopen(ours, "rb") as pipe:
        if after is None:
            answer = pipe.read()
    _, status = os.waitpid(pid, 0)
    return status, json.loads(answer) if answer else None


def _kill_at(step: int) -> list[int]:
    """From now on count (in what is returned) what is done to the disk; before the *step*-th, die."""
    done = [0]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir") or (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING and str(arguments[0]) != "/dev/null"
        )
        if writes:
            done[0] += 1
            if done[0] == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return done


# ---- trials ----


def view(folder: Path, counts: Callable[[str], bool]) -> dict[str, str]:
    """The hash of every file that counts; leftovers count too, but for the lock."""
    names = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file() and path.name not in STANDING}
    here = str(folder).encode()  # a page names the folder of its data
    return {name: hashlib.sha256(path.read_bytes().replace(here, b"")).hexdigest() for name, path in sorted(names.items()) if counts(name) or _leftover(name)}


def _leftover(name: str) -> bool:
    return any(part.startswith(".") or part.endswith(".part") for part in name.split("/"))


@dataclass
class Trials:
    """Moments of one command at which it is killed."""

    command: Command
    scratch: Path

    def __post_init__(self) -> None:
        self.first = self.scratch / "first"
        self.first.mkdir()
        self.command.prepare(self.first)
        self.seconds, self.steps = 0.0, 0
        self._import_all()
        for _ in range(2):
            folder = self._copy()
            began = time.monotonic()
            status, code = child(partial(self.command.run, folder))
            self.seconds = max(self.seconds, time.monotonic() - began)
            assert (status, code) == (0, 0), f"undisturbed it ends with {status}, {code}"
            self.wanted = view(folder, self.command.counts)
            self.after = self._read(folder)
        assert not [name for name in self.wanted if _leftover(name)], self.wanted
        self.before = self._read(self.first)
        # Undisturbed once more, now counting.
        folder = self._copy()
        _, self.steps = child(lambda: self.command.run(folder), step=0)

    def killed(self, *, after: float | None = None, step: int | None = None) -> dict[str, Any]:
        """One trial: killed, looked at, run again, compared."""
        folder = self._copy()
        status, _ = child(lambda: self.command.run(folder), after=after, step=step)
        died = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        settled(folder)
        read = self._read(folder)
        state = "as before" if read == self.before else "as after" if read == self.after else read.partition(" #")[0]
        status, code = child(lambda: self.command.run(folder))
        settled(folder)
        found = view(folder, self.command.counts)
        different = sorted(name for name in found.keys() | self.wanted.keys() if found.get(name) != self.wanted.get(name))
        shutil.rmtree(folder, ignore_errors=True)
        moment = {"step": step} if step is not None else {"after": round(after or 0, 4)}
        return {**moment, "killed": died, "then": state, "again": [status, code], "different": different}

    def _import_all(self) -> None:
        """Import here whatever the command and its reader import, so that no child has to; nothing is run here."""
        folder = self._copy()

        def needed() -> list[str]:
            self.command.run(folder)
            if self.command.read:
                self.command.read(folder)
            return sorted(sys.modules)

        _, names = child(needed)
        for name in names:
            if name.split(".")[0] not in ("__main__", "test_render", "killed"):
                with contextlib.suppress(Exception):
                    importlib.import_module(name)

    def _copy(self) -> Path:
        folder = Path(tempfile.mkdtemp(dir=self.scratch)) / "house"
        shutil.copytree(self.first, folder)
        return folder

    def _read(self, folder: Path) -> str:
        copy = folder.with_name("read")  # reading may write caches
        shutil.copytree(folder, copy, symlinks=True)
        _, answer = child(lambda: self.command.read(copy) if self.command.read else "")
        shutil.rmtree(copy, ignore_errors=True)
        return str(answer)


def settled(folder: Path) -> None:
    """Wait until nothing that the killed process started works in *folder* any more."""
    import psutil

    end = time.monotonic() + 30
    while time.monotonic() < end:
        busy = [p for p in psutil.process_iter(["pid", "cmdline", "ppid"]) if p.info["ppid"] == 1 and str(folder.parent) in " ".join(p.info["cmdline"] or [])]
        if not busy:
            return
        time.sleep(0.05)
    raise AssertionError("what the killed process started does not end")


@contextlib.contextmanager
def server(name: str) -> Iterator[None]:
    """For `fetch`: an API of our own, in a process of its own."""
    if name != "fetch":
        yield
        return
    program = "import sys, time\nfrom lofin_api import *\nwith serve(Api(lines=[row(i) for i in range(43)], totals=[total(i) for i in range(5)])) as api:\n    print(api.url, flush=True)\n    sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT / "tests", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as api:
        assert api.stdout and api.stdin
        os.environ["KILLED_URL"] = api.stdout.readline().strip()
        yield
        api.stdin.close()


def main(name: str, how: str, count: int, seed: int = 7) -> None:
    chance = random.Random(seed)
    with server(name), tempfile.TemporaryDirectory(prefix="killed-") as scratch:
        trials = Trials(COMMANDS[name], Path(scratch))
        print(json.dumps({"seconds": round(trials.seconds, 3), "steps": trials.steps}), flush=True)
        if how == "random":
            moments: list[dict[str, Any]] = [{"after": chance.uniform(0, trials.seconds * 1.05)} for _ in range(count)]
        else:
            every = range(1, trials.steps + 1)
            moments = [{"step": n} for n in (every if not count or count >= len(every) else sorted(chance.sample(every, count)))]
        for moment in moments:
            print(json.dumps(trials.killed(**moment), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *map(int, sys.argv[4:5]))

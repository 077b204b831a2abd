"""Rendering an edition: only what changed is made, every page appears whole, the index says what stands."""

import errno
import io
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets.checkout import checkout, default_data
from budgets.errors import BudgetsError, UsageError
from budgets.reports import forks
from budgets.reports.fingerprints import DataPrint
from budgets.reports.make import Job, Made, failed
from budgets.reports.manifest import Manifest, Record
from budgets.reports.progress import progress
from budgets.reports.render import Options, Rendered, render
from budgets.words import LANGUAGES
from notebooks_made import edition_of, entry, written
from test_faults import NAMESPACE, mounts
from workspace import Workspace

EDITION = edition_of(
    entry("check_coverage", "coverage-{language}", matrix={"language": ["ko", "en"]}),
    entry("read_government", "government-{government}", matrix={"government": ["seoul", "incheon"]}),
)
ALL = {"coverage-ko", "coverage-en", "government-seoul", "government-incheon"}
OPENING = ("from IPython.display import Markdown\nMarkdown('열린 문장 ' + language)", ["opening"])


@pytest.fixture(scope="module")
def process() -> Iterator[forks.WarmProcess]:
    """One warm process for all tests here, instead of one for each run."""
    one = forks.WarmProcess(str(default_data()))
    yield one
    one.close()


@dataclass
class House:
    """A small edition of trivial notebooks in a folder of its own."""

    folder: Path
    data: Path = field(default_factory=default_data)

    @property
    def out(self) -> Path:
        return self.folder / "out" / "small"

    def write(self, edition: str = EDITION, cell: str = "print(1)") -> None:
        (self.folder / "editions.toml").write_text(edition, encoding="utf-8")
        written(self.folder / "notebooks" / "check_coverage.ipynb", OPENING, cell)
        written(
            self.folder / "notebooks" / "read_government.ipynb",
            OPENING,
            parameters='language = "ko"\ndata = ""\ngovernment = "incheon"\n',
        )

    def render(self, **options: Any) -> Rendered:
        (one,) = render(
            (),
            data=self.data,
            out=self.folder / "out",
            options=Options(**{"jobs": 2} | options),
            editions=self.folder / "editions.toml",
            notebooks=self.folder / "notebooks",
        )
        return one

    def made(self, **options: Any) -> set[str]:
        """Render, and the names of the reports that were made (not skipped)."""
        return {made.name for made in self.render(**options).made if not made.skipped and not made.failed}

    def pages(self) -> set[str]:
        return {path.stem for path in self.out.glob("*.html")} - {"index"}

    def listed(self) -> set[str]:
        return set(re.findall(r'href="([\w-]+)\.html"', (self.out / "index.html").read_text(encoding="utf-8")))


@pytest.fixture
def house(tmp_path: Path, process: forks.WarmProcess, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(forks, "WarmProcess", lambda data: _Borrowed(process))
    made = House(tmp_path)
    made.write()
    return made


class _Borrowed:
    """The module's warm process, which a run must not close."""

    def __init__(self, process: forks.WarmProcess) -> None:
        self.fork, self.status = process.fork, process.status

    def close(self) -> None:
        pass


def test_a_second_run_makes_nothing_and_force_makes_everything(house: House) -> None:
    assert house.made() == ALL == house.pages() == house.listed()
    before = {path: path.stat().st_mtime_ns for path in house.out.rglob("*") if path.is_file() and path.name != ".lock"}
    assert house.made() == set() and house.render().skipped == 4
    assert before == {path: path.stat().st_mtime_ns for path in before}
    assert house.made(force=True) == ALL


def test_nothing_heavy_is_imported_when_nothing_changed(house: House) -> None:
    house.made()
    program = f"""
import sys
from pathlib import Path
from budgets.reports.render import Options, render
folder = Path({str(house.folder)!r})
(one,) = render((), data=Path({str(house.data)!r}), out=folder / "out", editions=folder / "editions.toml", notebooks=folder / "notebooks")
print(one.skipped, [name for name in ("pandas", "altair", "papermill", "pydantic", "jinja2") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout == "4 []\n", done.stderr


def test_only_what_a_change_touches_is_made_again(house: House) -> None:
    house.made()
    house.write(cell="print(2)")
    assert house.made() == {"coverage-ko", "coverage-en"}, "its notebook"
    house.write(
        EDITION.replace('name = "coverage-{language}"', 'name = "coverage-{language}"\nparameters = { first_year = 2019 }'),
        cell="print(2)",
    )
    assert house.made() == {"coverage-ko", "coverage-en"}, "its parameters"
    (house.out / "government-seoul.html").write_text("half a pa", encoding="utf-8")
    (house.out / "notebooks" / "coverage-en.ipynb").unlink()
    assert house.made() == {"government-seoul", "coverage-en"}, "its files"
    (house.out / "index.html").unlink()
    assert house.made() == set() and house.listed() == ALL, "the index alone"
    (house.out / "manifest.json").write_text("{", encoding="utf-8")
    assert house.made() == ALL, "a manifest nobody can read is worth nothing"


def test_a_report_that_left_the_edition_leaves_the_folder(house: House) -> None:
    house.made()
    house.write(EDITION.replace('["seoul", "incheon"]', '["incheon"]'))
    assert house.made() == set()
    assert house.pages() == house.listed() == ALL - {"government-seoul"}


def test_a_failed_report_is_named_in_the_index_and_tried_again(house: House) -> None:
    house.made()
    house.write(cell="1 / 0 if language == 'en' else 1")
    (failed,) = house.render().failed
    assert (failed.name, failed.cell, failed.errors) == ("coverage-en", 4, dict.fromkeys(LANGUAGES, "ZeroDivisionError: division by zero"))
    assert house.pages() == house.listed() == ALL - {"coverage-en"}, "its old page is gone"
    assert "ZeroDivisionError" in (house.out / "index.html").read_text(encoding="utf-8")
    assert [made.name for made in house.render().failed] == ["coverage-en"], "it is tried again"
    house.write()
    assert house.made() == {"coverage-ko", "coverage-en"} and house.listed() == ALL


def test_limits_stand_in_the_edition(house: House) -> None:
    house.write(
        EDITION.replace('name = "coverage-{language}"', 'name = "coverage-{language}"\nseconds = 1'),
        cell="import time; time.sleep(60)",
    )
    stopped = house.render().failed
    said = {"ko": "1초 안에 끝나지 않아 멈추었습니다.", "en": "stopped after 1 seconds"}
    assert {made.name: made.errors for made in stopped} == {f"coverage-{language}": said for language in said}
    assert all(words in (house.out / "index.html").read_text(encoding="utf-8") for words in said.values()), "each in its own language"
    for language, words in said.items():  # on a terminal, in the language of the command
        lines = io.StringIO()
        with progress(language, lines) as watch:
            for made in stopped:
                watch(made, 1, 2)
        assert {json.loads(line)["error"] for line in lines.getvalue().splitlines()} == {words}
    house.write(EDITION.replace('name = "coverage-{language}"', 'name = "coverage-{language}"\nmegabytes = "much"'))
    with pytest.raises(UsageError, match="megabytes"):
        house.render()


def test_a_run_that_meets_another_one_leaves_it_alone(house: House) -> None:
    seen: list[str] = []

    def watch(made: Made, done: int, total: int) -> None:
        if not seen:
            try:
                house.render()
            except BudgetsError as error:
                seen.append(error.key)

    list(
        render(
            (),
            data=house.data,
            out=house.folder / "out",
            editions=house.folder / "editions.toml",
            notebooks=house.folder / "notebooks",
            watch=watch,
        )
    )
    assert seen == ["disk.busy"]


# ---- what a report can see ----


@pytest.mark.slow
def test_a_figure_of_one_government_does_not_touch_the_report_of_another(house: House, workspace: Workspace) -> None:
    house.data = workspace.data
    house.made()
    changed(workspace, "clean/budgets.csv", "gyeonggi")
    assert house.made() == {"coverage-ko", "coverage-en"}
    changed(workspace, "clean/targets.csv", "seoul")
    assert house.made() == {"coverage-ko", "coverage-en", "government-seoul"}
    workspace.set("rulings/programmes.csv", 2, "reason", "다시 보았다")
    assert house.made() == ALL, "rulings are everybody's"


def changed(workspace: Workspace, file: str, government: str) -> None:
    """Change the note of a figure in clean/, and the data package with it, as a build would."""
    from budgets.clean import CLEAN
    from budgets.contract import data_package
    from budgets.reports.fingerprints import of_file

    owner = dict(row[:2] for row in workspace.rows("clean/programmes.csv"))
    line = next(n for n, row in enumerate(workspace.rows(file), 1) if owner.get(row[1]) == government)
    workspace.set(file, line, "note", "다시 읽었다")
    hashes = {name: of_file(workspace.data / "clean" / f"{name}.csv") for name in CLEAN}
    (workspace.data / "clean" / "datapackage.json").write_text(data_package(hashes), encoding="utf-8")


FILES = [
    "clean/budgets.csv",
    "clean/targets.csv",
    "clean/milestones.csv",
    "clean/denominators.csv",
    "clean/sources.csv",
    "clean/programmes.csv",
    "clean/governments.csv",
    "rulings/figures.csv",
    "rulings/programmes.csv",
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(FILES), chance=st.randoms(use_true_random=False), text=st.text('가나ab1 ,"\n', max_size=4))
def test_no_change_of_the_data_escapes_a_report_that_can_see_it(workspace: Workspace, file: str, chance: random.Random, text: str) -> None:
    """Any one cell: whoever may read it has another fingerprint; nothing changed, the same one."""
    before = DataPrint(workspace.data)
    rows = workspace.rows(file)
    line = chance.randrange(2, len(rows) + 1)
    column = chance.choice(rows[0])
    owner = dict(row[:2] for row in workspace.rows("clean/programmes.csv"))
    holder = owner.get(rows[line - 1][rows[0].index("programme_id")]) if "clean/" in file and "programme_id" in rows[0] and "figure_id" in rows[0] else None
    old = workspace.set(file, line, column, text)
    try:
        after = DataPrint(workspace.data)
        same = workspace.rows(file) == rows
        assert (after.whole == before.whole) == same or old == text
        governments = ("seoul", "incheon", "gwangju", "gyeonggi")
        seen = {g: (before.seen_by([g]), after.seen_by([g])) for g in governments}
        if not same:
            for government in governments if holder is None else [holder] if holder in governments else []:
                assert seen[government][0] != seen[government][1], (file, line, column)
    finally:
        workspace.write(file, rows)
    assert DataPrint(workspace.data).whole == before.whole


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_report_that_is_left_standing_would_come_out_the_same(seed: int, tmp_path: Path, workspace: Workspace) -> None:
    """The real notebooks: a figure changes visibly; every report whose fingerprint says it cannot see that is made
    again, and is the same to the byte."""
    from budgets.clean import load
    from budgets.reports.editions import read_editions
    from budgets.reports.make import make

    chance = random.Random(seed)
    tables = load(workspace.data)
    (edition,) = read_editions(checkout() / "reports" / "editions.toml", tables, ("default",))
    file = chance.choice(["clean/budgets.csv", "clean/targets.csv", "clean/milestones.csv"])
    government = chance.choice(["seoul", "incheon", "gwangju", "gyeonggi"])
    before = DataPrint(workspace.data)
    jobs = {}
    for report in chance.sample([r for r in edition.reports if r.parameters.sees(tables) is not None], 4):
        parameters = report.parameters.model_dump() | {"data": str(workspace.data)}
        jobs[report.name] = Job(
            report.name,
            report.notebook,
            parameters,
            "t",
            checkout() / "notebooks" / f"{report.notebook}.ipynb",
            workspace.data,
            tmp_path,
        )
    old = {name: _page(make, job) for name, job in jobs.items()}
    changed(workspace, file, government)
    after = DataPrint(workspace.data)
    for report in edition.reports:
        if report.name in jobs and before.seen_by(report.parameters.sees(tables)) == after.seen_by(report.parameters.sees(tables)):
            assert _page(make, jobs[report.name]) == old[report.name], report.name


def _page(make: Any, job: Any) -> str:
    from budgets.reports.make import _passports

    _passports.cache_clear()
    made = make(job)
    assert not made.failed, made.errors
    return (job.out / f"{job.name}.html").read_text(encoding="utf-8")


# ---- what cannot be written ----

SMALLER = "import os, resource; resource.prlimit(os.getppid(), resource.RLIMIT_FSIZE, (20_000, 20_000)) if language == 'en' else 0"
"""From now on the worker of the report may write no file of the size of a page."""


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of an edition, hidden ones too, but for the lock."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".lock")}


def corrected(house: House, workspace: Workspace, note: str) -> None:
    """The edition to come is made of other data."""
    house.data = workspace.data
    workspace.set("rulings/programmes.csv", 2, "reason", note)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of another process is set as Linux does")
def test_a_report_that_cannot_be_written_leaves_the_older_edition_whole(house: House) -> None:
    assert house.made() == ALL
    before = everything(house.out)
    house.write(cell=SMALLER)
    with pytest.raises(BudgetsError) as caught:
        house.render()
    assert caught.value.key == "render.older_stands" and caught.value.exit_code == 1
    assert "파일이 허용된 크기를 넘음" in caught.value.say("ko") and "larger than allowed" in caught.value.say("en")
    assert everything(house.out) == before, "pages, notebooks, index, manifest, the data kept"
    house.write(cell="print(3)")
    assert house.made() == {"coverage-ko", "coverage-en"} and house.listed() == ALL and not (house.out / ".before").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of another process is set as Linux does")
def test_without_an_older_edition_what_could_be_written_stands(house: House) -> None:
    house.write(cell=SMALLER)
    rendered = house.render(jobs=1)
    assert {made.refused for made in rendered.failed} == {errno.EFBIG} and "파일이 허용된 크기를 넘음" in rendered.failed[0].errors["ko"]
    assert rendered.failed and house.pages() == house.listed() == ALL - {made.name for made in rendered.failed}
    house.write()
    assert house.made() >= {made.name for made in rendered.failed} and house.listed() == ALL


@pytest.mark.slow
def test_wherever_the_system_refuses_the_older_edition_stands_as_it_was(
    house: House, built: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """At every single writing of the process that puts the edition together; the new one is made of other data."""
    corrected(house, built, "먼저")
    house.made()
    corrected(house, built, "다시")
    house.write(cell="print(1)")
    house.made()
    before = everything(house.out)
    assert [name for name in before if name.startswith("previous/")]
    corrected(house, built, "또다시")
    shutil.copytree(house.out, tmp_path / "saved")
    refused, n = [], 0
    while True:
        n += 1
        shutil.rmtree(house.out)
        shutil.copytree(tmp_path / "saved", house.out)
        with monkeypatch.context() as patch:
            calls = refuse_at(patch, n)
            try:
                house.render()
            except BudgetsError as error:
                assert error.key in ("render.older_stands", "render.out", "clean.unwritable"), n
                refused.append(n)
        if n in refused:
            assert everything(house.out) == before, n
        elif calls[0] < n:
            break
    assert len(refused) > 10 and house.made() == set() and house.listed() == ALL


def refuse_at(patch: pytest.MonkeyPatch, last: int) -> list[int]:
    """The *last*-th file that this process writes finds the disk full; the answer counts them."""
    calls = [0]

    def counting(whole: Any) -> Any:
        def counted(*arguments: Any, **named: Any) -> Any:
            if whole.__name__ != "open" or "a" in arguments:
                calls[0] += 1
                if calls[0] == last:
                    raise OSError(errno.ENOSPC, "No space left on device")
            return whole(*arguments, **named)

        return counted

    for name in ("write_bytes", "write_text", "open"):
        patch.setattr(Path, name, counting(getattr(Path, name)))
    patch.setattr(shutil, "copyfile", counting(shutil.copyfile))
    return calls


def test_what_stood_before_a_killed_run_stands_again_if_the_next_is_refused(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.made()
    before = everything(house.out)
    house.write(cell="print(2)")

    def died(made: Made, done: int, total: int) -> None:
        raise KeyboardInterrupt  # nothing of ours catches it

    with pytest.raises(KeyboardInterrupt):
        list(
            render(
                (),
                data=house.data,
                out=house.folder / "out",
                options=Options(jobs=1),
                editions=house.folder / "editions.toml",
                notebooks=house.folder / "notebooks",
                watch=died,
            )
        )
    assert (house.out / ".before" / "index.html").read_bytes() == before["index.html"] != (house.out / "index.html").read_bytes()
    with monkeypatch.context() as patch, pytest.raises(BudgetsError, match="stands as it was"):
        patch.setattr(Manifest, "add", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space left on device")))
        house.render()
    assert everything(house.out) == before


FULL = """
mount -t tmpfs -o size=40m tmpfs "{out}"
cp -a "{saved}/." "{out}"
free=$(df --output=avail -k "{out}" | tail -1)
head -c $(( (free - {left}) * 1024 )) /dev/zero > "{out}/filler"
"{python}" -c '{program}' 2> "{said}" && exit 9
rm "{out}/filler"
mkdir "{after}"
cp -a "{out}/." "{after}"
"{python}" -c '{program}'
"""


@mounts
@pytest.mark.slow
@pytest.mark.parametrize("left", [0, 16, 48])
def test_a_real_disk_that_is_full(left: int, house: House, tmp_path: Path) -> None:
    """With so many kilobytes left the older edition stands, byte for byte; with room again the new one is made."""
    house.made()
    before = everything(house.out)
    (house.folder / "out").rename(tmp_path / "saved")
    (house.folder / "out").mkdir()
    house.write(cell="print(1, 'x' * 10)")
    program = PROGRAM.format(folder=str(house.folder), data=str(house.data)).replace("'", '"')
    script = FULL.format(
        out=house.folder / "out", saved=tmp_path / "saved", after=tmp_path / "after", said=tmp_path / "said", left=left, python=sys.executable, program=program
    )
    done = subprocess.run([*NAMESPACE, script], capture_output=True, text=True)
    assert done.returncode == 0, (tmp_path / "said").read_text(encoding="utf-8") + done.stderr
    assert "no space left" in (tmp_path / "said").read_text(encoding="utf-8")
    assert everything(tmp_path / "after" / "small") == before


# ---- killed ----


@pytest.mark.slow
def test_after_kill_9_the_next_run_makes_exactly_what_is_missing(tmp_path: Path) -> None:
    """Killed at four random moments: no half page is ever seen, what was recorded stands, the rest is made."""
    house = House(tmp_path)
    house.write(
        EDITION.replace(
            '["seoul", "incheon"]',
            json.dumps(["seoul", "incheon", "gwangju", "gyeonggi", "busan", "daegu", "daejeon", "ulsan"]),
        ),
        cell="import time; time.sleep(0.2)",
    )
    done, made = killed_and_ended(house, 4, random.Random(9), (2.5, 5))
    assert len(made) + len(done) == 10
    assert not list(house.out.glob(".*-*")), "what the killed runs left is cleared away"


def killed_and_ended(house: House, times: int, chance: random.Random, seconds: tuple[float, float]) -> tuple[set[str], set[str]]:
    """Kill the run that often, then let one end: the reports that stood after the last kill, and those the last run made."""
    done: set[str] = set()
    for _ in range(times):
        run = _run(house)
        time.sleep(chance.uniform(*seconds))
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        for page in house.out.glob("*.html"):
            assert page.read_text(encoding="utf-8").rstrip().endswith("</html>"), page
        recorded = {name for name, record in Manifest.read(house.out).records.items() if record.stands(house.out)}
        assert done <= recorded, "nothing that was finished is lost"
        if (house.out / "index.html").exists():
            assert house.listed() <= house.pages()
        done = recorded
    lines = [json.loads(line) for line in _run(house).communicate(timeout=120)[1].splitlines()]
    states: dict[str, set[str]] = {state: {line["report"] for line in lines if line["state"] == state} for state in ("done", "skipped")}
    assert states["skipped"] == done and not states["done"] & done, "exactly what is missing is made"
    assert house.pages() == house.listed() == states["done"] | done and len(lines) == len(house.pages())
    return done, states["done"]


PROGRAM = """
from pathlib import Path
from budgets.reports.progress import progress
from budgets.reports.render import Options, render
folder = Path({folder!r})
with progress("ko") as watch:
    list(render((), data=Path({data!r}), out=folder / "out", options=Options(jobs=2), editions=folder / "editions.toml", notebooks=folder / "notebooks", watch=watch))
"""


def _run(house: House) -> "subprocess.Popen[str]":
    program = PROGRAM.format(folder=str(house.folder), data=str(house.data))
    return subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True, start_new_session=True)


def test_a_line_cut_off_in_the_journal_costs_one_report(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"{name}.html").write_text(name)
        manifest.add(name, Record("key", {f"{name}.html": "0"}))
    cut = manifest.journal.read_text()
    for length in range(len(cut)):
        manifest.journal.write_text(cut[:length])
        assert list(Manifest.read(tmp_path).records) in ([], ["a"], ["a", "b"])


# ---- what is said ----


def test_one_json_line_for_each_report() -> None:
    said = io.StringIO()
    with progress("ko", said) as watch:
        watch(Made("a"), 1, 3)
        watch(Made("b", skipped=True), 2, 3)
        watch(Made("c", cell=4, errors={"ko": "ValueError: 한글"}), 3, 3)
    lines = [json.loads(line) for line in said.getvalue().splitlines()]
    assert [line["state"] for line in lines] == ["done", "skipped", "failed"]
    assert lines[2] == {"report": "c", "state": "failed", "done": 3, "of": 3, "cell": 5, "error": "ValueError: 한글"}


def test_one_bar_on_a_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    said = Terminal()
    with progress("ko", said) as watch:
        watch(Made("a"), 1, 3)
        watch(Made("b", skipped=True), 2, 3)
        watch(Made("c", errors={"ko": "ValueError: x"}), 3, 3)
        time.sleep(0.2)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said.getvalue())
    assert "완료 1 · 실패 1 · 그대로 1" in plain and "3/3" in plain and "✗ c: ValueError: x" in plain and "{" not in plain


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["render", "--help"],
        ["render", "--jobs", "0"],
        ["render", "--jobs", "x"],
        ["render", "--engine", "cold"],
        ["render", "nope"],
        ["--nope"],
        ["rendr"],
        ["template", "x.csv"],
        ["fetch", "lofin", "--year", "2024", "--date", "abc"],
    ],
)
def test_help_and_usage_errors_come_at_once(arguments: list[str], command: Callable[..., "subprocess.CompletedProcess[str]"], tmp_path: Path) -> None:
    """In half a second of the processor's time (the clock of a busy machine says little)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = command(*arguments, cwd=tmp_path)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == (0 if "--help" in arguments else 2), done.stderr
    assert "Traceback" not in done.stderr
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


def test_where_nothing_can_be_forked_it_is_said_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from budgets import cli
    from budgets.reports import render as module

    monkeypatch.setenv("BUDGETS_FORK", "0")
    monkeypatch.setattr(module, "render", lambda *a, **k: iter([Rendered(n, Path("out"), ()) for n in ("one", "two")]))
    monkeypatch.setattr(sys, "argv", ["budgets", "render"])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert not stop.value.code
    assert capsys.readouterr().err.count("--engine papermill") == 1


@pytest.mark.parametrize(("language", "words"), [("ko", "신호 SIGKILL을 받고 죽었습니다."), ("en", "was killed by SIGKILL")])
def test_a_failure_is_told_in_the_language_of_the_command(
    language: str, words: str, command: Callable[..., "subprocess.CompletedProcess[str]"], monkeypatch: pytest.MonkeyPatch
) -> None:
    from budgets.reports import render as module

    for report in ("ko", "en"):
        job = Job("one", "check_coverage", {"language": report}, "", Path(), Path(), Path())
        made = failed(job, BudgetsError("engine.signal", signal="SIGKILL"))
        monkeypatch.setattr(module, "render", lambda *a, made=made, **k: iter([Rendered("small", Path("out"), (made,), {"one": ("check_coverage", "-")})]))
        done = command("--lang", language, "render")
        assert done.returncode == 1 and words in done.stderr, done.stderr


@pytest.mark.slow
def test_where_nothing_can_be_forked_the_pages_are_the_same(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.made()
    pages = {name: (house.out / f"{name}.html").read_text(encoding="utf-8") for name in ALL}
    shutil.rmtree(house.out)
    monkeypatch.setenv("BUDGETS_FORK", "0")
    monkeypatch.setattr(forks, "WarmProcess", lambda *_: pytest.fail("a warm process was started"))
    assert house.made() == ALL
    assert {name: (house.out / f"{name}.html").read_text(encoding="utf-8") for name in ALL} == pages
    monkeypatch.delenv("BUDGETS_FORK")
    assert house.made() == set(), "which engine made a report does not matter"


@pytest.mark.slow
def test_pictures_are_made_and_kept(house: House) -> None:
    drawn = "altair.Chart(pandas.DataFrame({'a': [1]})).mark_bar().encode(x='a:Q')"
    house.write(cell=f"import altair, pandas\nfrom budgets.charts.renderer import offline\noffline({drawn})")
    assert house.made(pictures=True) == ALL
    assert {path.name for path in (house.out / "pictures").iterdir()} == {
        f"coverage-{language}-1.{kind}" for language in ("ko", "en") for kind in ("png", "svg")
    }
    assert house.made(pictures=True) == set()

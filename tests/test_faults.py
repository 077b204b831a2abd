"""No half state: killed at any moment, two at once, a full disk, a folder that cannot be written or is gone."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import budgets
from budgets.checkout import default_data
from budgets.clean import build
from budgets.disk import remember, remembered, replace_folder, replace_together, settle_before, take_back, write_whole
from budgets.disk.lock import BusyError, one_writer, writing_data
from budgets.disk.whole import COMING, settle, settle_folders
from budgets.errors import BudgetsError
from budgets.sources.workbooks import template
from conftest import ROOT, Command
from filling import filled, sound_rows
from killed import COMMANDS
from lofin_api import new_data, row
from test_lofin_files import saved, text_of
from workspace import Workspace, copied

forked = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")


# ---- killed ----


def trials(name: str, how: str, count: int) -> list[dict[str, Any]]:
    """What came of every moment at which the command was killed; see `killed`."""
    run = subprocess.run([sys.executable, "killed.py", name, how, str(count)], cwd=ROOT / "tests", capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-3000:]
    return [json.loads(line) for line in run.stdout.splitlines()[1:]]


def check(rows: list[dict[str, Any]]) -> None:
    """Readers got the old, the new or a refusal; run again, all is as if nothing had happened, and nothing lies about."""
    readable = ("as before", "as after", "refused: clean.stale", "whole pages", "whole workbooks")
    for trial in rows:
        assert trial["again"] == [0, 0] and trial["different"] == [] and trial["then"] in readable, trial


@forked
@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_ten_random_moments(name: str) -> None:
    rows = trials(name, "random", 10)
    check(rows)
    assert sum(trial["killed"] for trial in rows) >= 5, "it had mostly ended before it was killed"


@forked
@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("render", "export")])
def test_killed_before_some_of_its_writings(name: str) -> None:
    rows = trials(name, "steps", 6)
    check(rows)
    assert all(trial["killed"] for trial in rows)


@forked
@pytest.mark.soak
@pytest.mark.parametrize(("how", "count"), [("random", 200), ("steps", 0)], ids=["200 random moments", "before every writing"])
@pytest.mark.parametrize("name", COMMANDS)
def test_killed_again_and_again(name: str, how: str, count: int, capsys: pytest.CaptureFixture[str]) -> None:
    rows = trials(name, how, count)
    check(rows)
    with capsys.disabled():
        print(f"\n{name}, {how}: {sum(trial['killed'] for trial in rows)} of {len(rows)} killed, {dict(Counter(trial['then'] for trial in rows))}")


# ---- whole or not at all ----


class Died(BaseException):
    """As if the process were gone: nothing of ours catches it."""


def contents(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("refused", [False, True], ids=["it died", "the system refused"])
def test_files_replaced_together_are_all_old_or_all_new_wherever_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: bool) -> None:
    """At every single call of the system that writes."""
    old = {"a.csv": "old a", "clean/b.csv": "old b", "kept.csv": "kept"}
    new = old | {"a.csv": "new a", "clean/b.csv": "new b", "c/new.csv": "new c"}
    seen, n = set(), 0
    while True:
        n += 1
        folder = tmp_path / str(n)
        for name, text in old.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        calls = [0]
        with monkeypatch.context() as patch:
            for name in ("write_bytes", "write_text", "replace", "mkdir", "touch"):
                whole = getattr(Path, name)

                def counted(*arguments: Any, _whole: Any = whole, _calls: list[int] = calls, _last: int = n, **named: Any) -> Any:
                    _calls[0] += 1
                    if _calls[0] == _last:
                        raise OSError(28, "No space left on device") if refused else Died
                    return _whole(*arguments, **named)

                patch.setattr(Path, name, counted)
            try:
                replace_together(folder, {name: text.encode() for name, text in new.items() if old.get(name) != text})
            except (Died, OSError) as error:
                ended: BaseException | None = error
            else:
                ended = None
        if not refused:
            settle(folder)  # as whoever writes next does
        found = contents(folder)
        assert found == (new if ended is None else old) or (not refused and found == new), n
        seen.add(found == new)
        if ended is None:
            break
    assert seen == {True, False} and n > 8


def test_a_folder_that_was_being_replaced_is_there_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("made", "final"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    rename = Path.rename

    def second(self: Path, target: Path) -> Path:
        if self.name == "made":
            raise Died
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", second)
    with pytest.raises(Died):
        replace_folder(tmp_path / "made", tmp_path / "final")
    monkeypatch.undo()
    assert not (tmp_path / "final").exists()
    settle_folders(tmp_path)
    assert contents(tmp_path) == {"final/file": "final", "made/file": "made"}
    replace_folder(tmp_path / "made", tmp_path / "final")
    assert contents(tmp_path) == {"final/file": "made"}


@pytest.mark.parametrize("links", [True, False], ids=["second names", "copies"])
def test_a_folder_is_as_it_was_wherever_going_back_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    """Files replaced, removed and new, a folder of files new: back at every single step at which the process may die."""
    old, new = {"a": "old a", "b": "b", "sub/c": "old c", "gone/d": "d"}, {"a": "new a", "b": "b", "sub/c": "new c", "sub/e": "e", "made/f/g": "g"}

    def written(folder: Path) -> list[Path]:
        return [path for path in folder.rglob("*") if path.is_file() and ".before" not in path.parts and path.name != "mine"]

    if not links:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(1, "Operation not permitted")))
    n, ended = 0, False
    while not ended:
        n += 1
        folder = tmp_path / str(n)
        folder.mkdir()
        write_files(folder, old | {"mine": "of somebody else"})
        assert not remembered(folder)
        remember(folder, written)
        assert remembered(folder) and {name: text for name, text in contents(folder / ".before").items() if name != "files.json"} == old
        (folder / "gone" / "d").unlink()
        for name, text in new.items():  # as every writer of ours does: beside, then renamed
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(folder / name, text.encode())
        calls = [0]
        with monkeypatch.context() as patch:
            for name in ("replace", "unlink", "rmdir", "mkdir"):
                whole = getattr(Path, name)

                def counted(*arguments: Any, _whole: Any = whole, _calls: list[int] = calls, _last: int = n, **named: Any) -> Any:
                    _calls[0] += 1
                    if _calls[0] == _last:
                        raise Died
                    return _whole(*arguments, **named)

                patch.setattr(Path, name, counted)
            try:
                take_back(folder, written)
                ended = True
            except Died:
                pass
        if n > 1:  # the first step decides whether to go back at all
            settle_before(folder, written)
            assert contents(folder) == old | {"mine": "of somebody else"}, n
            assert not (folder / ".before").exists()
    assert n > 6 and not (folder / "made").exists(), "an empty folder may stay only where it was interrupted"


def write_files(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def test_one_file_is_whole_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("old")
    path.chmod(0o640)
    (tmp_path / "link.xlsx").symlink_to(path)
    write_whole(tmp_path / "link.xlsx", b"new")
    assert path.read_text() == "new" and path.stat().st_mode & 0o777 == 0o640 and (tmp_path / "link.xlsx").is_symlink()
    with pytest.raises(OSError):
        write_whole(tmp_path / "nowhere" / "b.xlsx", b"new")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx", "link.xlsx"]
    pipe, end = os.pipe()
    write_whole(Path(f"/dev/fd/{end}"), b"into a pipe")
    assert os.read(pipe, 99) == b"into a pipe"
    os.close(pipe)
    os.close(end)


# ---- two at once ----

HOLDING = """
import sys, time
from pathlib import Path
from budgets.disk import one_writer
sys.argv = ["budgets", "add", "filled.xlsx"]
with one_writer(Path({folder!r})):
    print("held", flush=True)
    time.sleep(60)
"""


@contextlib.contextmanager
def held(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that writes in *folder*."""
    process = subprocess.Popen([sys.executable, "-c", HOLDING.format(folder=str(folder))], stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "held\n"
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def filled_in(built: Workspace, tmp_path: Path) -> Path:
    return filled(template(budgets.load(built.data)), sound_rows(), tmp_path / "filled.xlsx")


def test_a_second_writer_of_the_data_is_sent_away_and_let_in_when_the_first_is_killed(
    built: Workspace, filled_in: Path, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOFIN_API_KEY", "none")
    lines = saved(tmp_path / "lines.csv", text_of([row(i) for i in range(9)]))
    people = tmp_path / "kosis.csv"
    people.write_text("인구", encoding="utf-8")
    writers = [
        ["build"],
        ["add", filled_in],
        ["import", "lofin", lines],
        ["import", "kosis", people],
        ["fetch", "lofin", "--year", "2025"],
    ]
    with held(built.data) as other:
        before = built.clean()
        for arguments in writers:
            for language, word in (("ko", "다른 실행이 여기에 쓰고 있습니다"), ("en", "another run is writing here")):
                done = command("--lang", language, *arguments, "--data", built.data)
                if arguments[1:2] == ["kosis"]:  # what is no table is refused before anybody is asked
                    assert done.returncode == 1
                    continue
                assert done.returncode == 1 and word in done.stderr, (arguments, done.stderr)
                assert "budgets add filled.xlsx" in done.stderr and str(other.pid) in done.stderr
        assert built.clean() == before
        assert command("verify", "--data", built.data).returncode == 0, "reading is free"
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert (built.data / ".lock-holder").exists(), "it could not take its note along"
        assert command("add", filled_in, "--data", built.data).returncode == 0
    assert not (built.data / ".lock-holder").exists()


def test_a_second_writer_of_an_edition_is_sent_away(tmp_path: Path, command: Command) -> None:
    edition = _editions()[0]
    folder = tmp_path / "out" / edition
    folder.mkdir(parents=True)
    with held(folder):
        for arguments in (["render", edition], ["export"]):
            done = command(*arguments, "--out", tmp_path / "out")
            assert done.returncode == 1 and "budgets add filled.xlsx" in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == [".lock", ".lock-holder"]


def _editions() -> list[str]:
    from budgets.reports.editions import read_entries

    return list(read_entries(ROOT / "reports" / "editions.toml"))


def test_a_lock_is_let_go_whatever_happens_inside(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt), one_writer(tmp_path):
            with pytest.raises(BusyError), one_writer(tmp_path):
                raise AssertionError
            raise KeyboardInterrupt
    with writing_data(tmp_path), one_writer(tmp_path / ".." / tmp_path.name / "..", wait=True):
        pass
    shutil.rmtree(tmp_path)
    with pytest.raises(BudgetsError) as caught, writing_data(tmp_path):
        raise AssertionError
    assert caught.value.key == "disk.no_folder" and not tmp_path.exists()


@pytest.mark.slow
def test_readers_that_rebuild_the_cache_wait_for_each_other(tmp_path: Path) -> None:
    from budgets.lines import import_lofin, read_line_totals

    data = new_data(tmp_path / "data")
    import_lofin([saved(tmp_path / "a.csv", text_of([row(i) for i in range(50)]))], data)
    shutil.rmtree(data / "derived")
    program = "import sys\nfrom budgets.lines import read_line_totals\nprint(read_line_totals(sys.argv[1])['lines'].sum())"
    readers = [subprocess.Popen([sys.executable, "-c", program, str(data)], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [reader.communicate(timeout=60)[0].strip() for reader in readers] == ["50"] * 3
    assert read_line_totals(data)["lines"].sum() == 50 and not [p for p in (data / "derived").rglob(".*") if p.name != ".lock"]


# ---- nothing is left by what cannot be ----


def test_a_folder_that_is_not_there_leaves_no_trace(tmp_path: Path, command: Command) -> None:
    for arguments in (["render", "--out", tmp_path / "out"], ["export", "--out", tmp_path / "out"], ["build"], ["report", "--out", tmp_path / "out"]):
        done = command(*arguments, "--data", tmp_path / "nowhere")
        assert done.returncode == 1 and str(tmp_path / "nowhere") in done.stderr and "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_could_not_be_written_is_refused_before_anything_is_built(built: Workspace, tmp_path: Path, command: Command) -> None:
    (tmp_path / "file").write_text("no folder")
    built.set("press/seoul.csv", 2, "note", "고친 비고")
    before = built.clean()
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        done = command("report", "--data", built.data, "--out", out)
        assert done.returncode == 1 and done.stdout == "" and "폴더가 아니라 파일" in done.stderr
    assert built.clean() == before


@pytest.mark.parametrize("gone", ["raw", "raw/press", "raw/reference", "rulings"])
def test_a_source_folder_that_vanished(built: Workspace, command: Command, gone: str) -> None:
    before = built.clean()
    shutil.rmtree(built.data / gone)
    for language in ("ko", "en"):
        done = command("--lang", language, "build", "--data", built.data)
        assert done.returncode == 1 and "Traceback" not in done.stderr and gone.split("/")[-1] in done.stderr
    assert built.clean() == before


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_the_system_says_is_said_in_the_language_of_the_message(tmp_path: Path, command: Command, language: str) -> None:
    """Every file that is asked for, where a folder stands and where nothing stands."""
    (tmp_path / "folder").mkdir()
    somewhere = [tmp_path / "folder", tmp_path / "nothing", tmp_path / "folder" / "a" / "b"]
    asked = [["classify"], ["check"], ["add"], ["read"], ["import", "lofin"], ["import", "kosis"]]
    for arguments in asked:
        for path in somewhere:
            done = command("--lang", language, *arguments, path)
            assert done.returncode in (1, 2) and "Traceback" not in done.stderr and done.stderr
            for phrase in ("No such file", "Is a directory", "Not a directory", "Permission denied", "Errno"):
                assert phrase not in done.stderr, (arguments, done.stderr)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_pipe_or_a_device_is_refused_before_it_is_waited_for(tmp_path: Path, built: Workspace, command: Command, language: str) -> None:
    """Nobody writes into this pipe: whoever opened it would wait for ever."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "link.csv").symlink_to(pipe)
    saved(tmp_path / "table.csv", "a,b")
    said = {"ko": "파이프나 장치", "en": "a pipe or a device"}[language]
    asked = [["classify"], ["check"], ["add"], ["read"], ["import", "lofin"], ["import", "kosis"], ["check", tmp_path / "table.csv", "--mapping"]]
    for arguments in asked:
        for path in (pipe, tmp_path / "link.csv", Path("/dev/zero")):
            data = ["--data", built.data] if arguments[0] == "add" else []
            done = command("--lang", language, *arguments, path, *data)
            assert done.returncode == 1 and said in done.stderr and str(path) in done.stderr and "Traceback" not in done.stderr, (arguments, done.stderr)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="streams have no names here")
def test_a_stream_that_the_shell_holds_open_is_read(command: Command) -> None:
    """``budgets classify <(cut …)``: somebody writes there."""
    end, begin = os.pipe()
    os.write(begin, "인공지능 실증\n".encode())
    os.close(begin)
    done = command("classify", f"/dev/fd/{end}")
    os.close(end)
    assert done.returncode == 0 and done.stdout.endswith("인공지능 실증\n"), done.stderr
    assert command("classify", "-", stdin="인공지능 실증\n").stdout == done.stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_among_the_texts_or_the_tables_is_named(built: Workspace, tmp_path: Path, command: Command) -> None:
    held = next(
        row[built.rows("press/sources.csv")[0].index("text_file")] for row in built.rows("press/sources.csv")[1:] if any(".txt" in cell for cell in row)
    )
    os.mkfifo(tmp_path / held)
    done = command("verify", "--data", built.data, "--texts", tmp_path)
    assert done.returncode == 1 and "파이프나 장치" in done.stderr and held in done.stderr
    built.path("reference/population.csv").unlink()
    os.mkfifo(built.path("reference/population.csv"))
    done = command("build", "--data", built.data)
    assert done.returncode == 1 and "파이프나 장치" in done.stderr and "population.csv" in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("place", ["raw/press", "rulings"])
def test_a_pipe_beside_the_data_is_named_where_rows_are_added(built: Workspace, tmp_path: Path, command: Command, place: str) -> None:
    book = filled(template(budgets.load(built.data)), {"source": sound_rows()["source"]}, tmp_path / "p.xlsx")
    os.mkfifo(built.data / place / "pipe.csv")
    for verb in ("check", "add"):
        done = command(verb, book, "--data", built.data)
        assert done.returncode == 1 and "파이프나 장치" in done.stderr and f"{place}/pipe.csv" in done.stderr


# ---- a full disk, a disk that can only be read: real ones, in a namespace of our own ----

NAMESPACE = ["unshare", "-rm", "sh", "-ec"]


def _namespaces() -> bool:
    try:
        return subprocess.run([*NAMESPACE, "mount -t tmpfs tmpfs /mnt"], capture_output=True).returncode == 0
    except OSError:
        return False


mounts = pytest.mark.skipif(not _namespaces(), reason="no file system can be mounted here")
BUDGETS = Path(sys.executable).with_name("budgets")
FULL = """
mount -t tmpfs -o size={size}k tmpfs "{disk}"
cp -a "{data}" "{disk}/data"
(cd "{disk}" && find . -type f ! -name '.lock*' -exec sha256sum {{}} + | sort) > "{said}.before"
free=$(df --output=avail -k "{disk}" | tail -1)
head -c $(( (free - {left}) * 1024 )) /dev/zero > "{disk}/filler"
code=0; "{budgets}" {arguments} > "{said}.out" 2> "{said}.err" || code=$?
rm "{disk}/filler"
(cd "{disk}" && find . -type f ! -name '.lock*' -exec sha256sum {{}} + | sort) > "{said}.after"
if [ $code != 0 ]; then "{budgets}" {arguments} > /dev/null 2>&1; fi
exit $code
"""


@mounts
@pytest.mark.slow
@pytest.mark.parametrize("left", [0, 8, 24, 48])
@pytest.mark.parametrize("name", ["build", "add", "import", "export"])
def test_a_full_disk(name: str, left: int, tmp_path: Path) -> None:
    """With so many kilobytes left: a message, everything as before; and with room again, the same command succeeds."""
    disk, said = tmp_path / "disk", tmp_path / "said"
    disk.mkdir()
    if name == "export":
        data = copied(default_data(), tmp_path / "data").data
        build(data)
        arguments = f'export --data "{disk}/data" --out "{disk}/out"'
    elif name == "import":
        data = new_data(tmp_path / "data")
        lines = saved(tmp_path / "lines.csv", text_of([row(i) for i in range(2000)]))
        arguments = f'import lofin "{lines}" --data "{disk}/data"'
    else:
        workspace = copied(ROOT / "tests" / "refusals" / "sound", tmp_path / "data")
        data = workspace.data
        build(data)
        workbook = filled(template(budgets.load(data)), sound_rows(), tmp_path / "filled.xlsx")
        workspace.set("press/seoul.csv", 2, "note", "고친 비고")
        arguments = f'{f"add {workbook}" if name == "add" else "build"} --data "{disk}/data"'
    script = FULL.format(disk=disk, data=data, said=said, size=20_000, left=left, budgets=BUDGETS, arguments=arguments)
    done = subprocess.run([*NAMESPACE, script], capture_output=True, text=True)
    error = said.with_suffix(".err").read_text(encoding="utf-8")
    if done.returncode == 0:
        assert left > 0, "there was no room at all"
        return
    assert done.returncode == 1 and "Traceback" not in error and "남은 공간이 없음" in error, error
    assert said.with_suffix(".before").read_text() == said.with_suffix(".after").read_text()


READ_ONLY = """
mount --bind "{folder}" "{folder}"
mount -o remount,ro,bind "{folder}"
exec "{budgets}" {arguments}
"""


@mounts
@pytest.mark.slow
@pytest.mark.parametrize("name", ["build", "add", "import", "render", "export", "template"])
def test_a_folder_that_can_only_be_read(name: str, built: Workspace, filled_in: Path, tmp_path: Path) -> None:
    lines = saved(tmp_path / "lines.csv", text_of([row(i) for i in range(20)]))
    (tmp_path / "out").mkdir()
    arguments, folder = {
        "build": (f"build --data {built.data}", built.data),
        "add": (f"add {filled_in} --data {built.data}", built.data),
        "import": (f"import lofin {lines} --data {built.data}", built.data),
        "render": (f"render --out {tmp_path}/out", tmp_path / "out"),
        "export": (f"export --out {tmp_path}/out", tmp_path / "out"),
        "template": (f"template {tmp_path}/out/new.xlsx --data {built.data}", tmp_path / "out"),
    }[name]
    before = built.clean()
    done = subprocess.run([*NAMESPACE, READ_ONLY.format(folder=folder, budgets=BUDGETS, arguments=arguments)], capture_output=True, text=True)
    assert done.returncode == 1 and "Traceback" not in done.stderr and "읽기만 할 수 있는" in done.stderr, done.stderr
    assert built.clean() == before and not list((tmp_path / "out").iterdir())


def test_a_file_that_another_program_holds_open(built: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows refuses it: the move fails, and what was moved before is put back."""
    built.set("press/seoul.csv", 2, "note", "고친 비고")
    before, replace = built.clean(), Path.replace

    def open_elsewhere(self: Path, target: Path) -> Path:
        if target == built.data / "clean" / "targets.csv" and self.suffix != ".before":
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", open_elsewhere)
    with pytest.raises(BudgetsError) as caught:
        build(built.data)
    assert "다른 프로그램이 열어 두었음" in caught.value.say("ko")
    monkeypatch.undo()
    assert built.clean() == before and not (built.data / COMING).exists()
    build(built.data)
    assert built.clean() != before

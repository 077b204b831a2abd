"""The command line: 0 done, 1 findings or a failed report, 2 wrong usage; one clear message, never a traceback."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from budgets.checkout import default_data
from conftest import ROOT, Command
from notebooks_made import edition_of, entry
from workspace import Workspace, copied

PROMISED = ("report", "verify", "build", "render", "export", "classify")


def refused(done: "subprocess.CompletedProcess[str]", code: int) -> str:
    """What was said on standard error, if the command ended as it should."""
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert done.stderr.strip(), "no word of what is wrong"
    assert "Traceback" not in done.stderr and 'File "' not in done.stderr
    return done.stderr


def test_help_names_every_command(command: Command) -> None:
    done = command("--help")
    assert done.returncode == 0 and done.stderr == ""
    for name in PROMISED:
        assert f"\n  {name} " in done.stdout, name
    assert "정직하게" in done.stdout


@pytest.mark.parametrize("name", ["render", "verify"])
def test_help_of_a_command(command: Command, name: str) -> None:
    done = command(name, "--help")
    assert done.returncode == 0 and "--data DIR" in done.stdout


def test_the_installed_command_is_this_one() -> None:
    script = Path(sys.executable).parent / "budgets"
    if not script.exists():
        pytest.skip("the project is not installed here, only on the path")
    done = subprocess.run([script, "--help"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "verify" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "fr", "build"),
        ("biuld",),
        ("build", "--dta", "x"),
        ("render", "--jobs", "two"),
        ("verify", "--texts"),
        ("build", "extra"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(command: Command, arguments: tuple[str, ...], tmp_path: Path) -> None:
    refused(command(*arguments, cwd=tmp_path), 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("language", "word"), [("ko", "1 이상"), ("en", "at least 1")])
def test_no_jobs_at_all(command: Command, language: str, word: str, tmp_path: Path) -> None:
    said = refused(command("--lang", language, "render", "--jobs", "0", "--out", tmp_path / "out"), 2)
    assert word in said.splitlines()[0]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("language", "word"), [("ko", "없습니다"), ("en", "there are: ")])
def test_an_edition_that_does_not_exist(command: Command, language: str, word: str, tmp_path: Path) -> None:
    said = refused(command("--lang", language, "render", "defualt", "--out", tmp_path / "out"), 2)
    assert word in said and "‘defualt’" in said and "default" in said.replace("defualt", "")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["build", "verify", pytest.param("render", marks=pytest.mark.slow), "export"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_data_folder_that_is_not_there(command: Command, name: str, language: str, tmp_path: Path) -> None:
    done = command("--lang", language, name, "--data", tmp_path / "nowhere", cwd=tmp_path)
    said = refused(done, 1)
    assert "nowhere" in said
    assert bool([c for c in said if "가" <= c <= "힣"]) == (language == "ko")
    made = [p for p in tmp_path.rglob("*") if p.is_file() and p.name != ".lock"]
    assert made == [], "nothing is made of a folder that is not there"


def test_build_and_verify(command: Command, sound: Workspace) -> None:
    done = command("build", "--data", sound.data)
    assert (done.returncode, done.stderr) == (0, "") and "budgets 8" in done.stdout
    done = command("--lang", "en", "verify", "--data", sound.data)
    assert (done.returncode, done.stderr) == (0, "") and "14 figures" in done.stdout and "nothing wrong" in done.stdout


def test_findings_are_1(command: Command, built: Workspace) -> None:
    built.set("press/seoul.csv", 2, "note", "고침")
    said = refused(command("verify", "--data", built.data), 1)
    assert "clean/targets.csv" in said and "budgets build" in said


@pytest.mark.slow
def test_building_the_committed_data_changes_nothing(command: Command, workspace: Workspace) -> None:
    before = workspace.clean()
    done = command("build", "--data", workspace.data, cwd=workspace.data)
    assert done.returncode == 0
    assert workspace.clean() == before


def test_names_are_classified_line_by_line(command: Command) -> None:
    done = command("classify", stdin="고병원성 AI 방역\n\nAI 인재 양성\n")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 3 and all(line.count("\t") == 3 for line in lines)
    assert lines[0].startswith("other\tfalse\t") and lines[0].endswith("\t고병원성 AI 방역")


def test_names_that_are_no_utf8_are_refused_and_not_misread() -> None:
    """인공지능 in CP949 would be a name without AI."""
    code = [sys.executable, "-c", "from budgets.cli import main; main()", "classify"]
    done = subprocess.run(
        code,
        input="\ufeffAI 교육\n".encode() + "인공지능 교육\n".encode("cp949"),
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 1 and b"UTF-8" in done.stderr and b"Traceback" not in done.stderr
    assert done.stdout.decode() == "ai_core\ttrue\tai-as-purpose\tAI 교육\n"


def test_a_closed_pipe_is_no_traceback() -> None:
    code = f"{sys.executable} -c 'from budgets.cli import main; main()' classify | head -1"
    done = subprocess.run(
        ["bash", "-c", code], input="AI\n" * 20000, env=os.environ | {"PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True, timeout=120
    )
    assert "Traceback" not in done.stderr


def test_a_process_of_its_own_ends_with_the_same_codes(built: Workspace, tmp_path: Path) -> None:
    """The other tests call the command line inside their own process; this one does what a person does."""
    assert run(ROOT, "verify", "--data", str(built.data)).returncode == 0
    refused(run(ROOT, "verify", "--data", str(tmp_path / "nowhere")), 1)
    refused(run(ROOT, "verify", "--dta", "x"), 2)


# ---- the main job ----

TINY = edition_of(
    entry("compare_budgets", "budgets-{language}", matrix={"language": ["ko", "en"]}),
    entry("read_government", "government-{government}", matrix={"government": ["busan"]}),
    name="tiny",
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with an edition of three reports."""
    root = tmp_path_factory.mktemp("checkout")
    for folder in ("src", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", ".ipynb_checkpoints"))
    copied(default_data(), root / "data")
    (root / "reports").mkdir()
    (root / "reports" / "editions.toml").write_text(TINY, encoding="utf-8")
    return root


def run(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"PYTHONPATH": str(root / "src"), "PYTHONUTF8": "1"}
    start = [sys.executable, "-c", "from budgets.cli import main; main()"]
    return subprocess.run([*start, *arguments], cwd=root, env=environment, capture_output=True, text=True, timeout=500)


@pytest.mark.slow
def test_report_is_the_whole_way(tiny: Path) -> None:
    done = run(tiny, "--lang", "en", "report", "--out", "out", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    made = tiny / "out" / "tiny"
    assert {p.stem for p in made.glob("*.html")} == {"index", "budgets-ko", "budgets-en", "government-busan"}
    assert len(list(made.rglob("*.xlsx"))) == 1
    index = (made / "index.html").read_text(encoding="utf-8")
    assert all(f"{name}.html" in index for name in ("budgets-ko", "budgets-en", "government-busan"))
    assert "서울만 발표했습니다" in (made / "budgets-ko.html").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert {line["report"] for line in lines if "report" in line} == {"budgets-ko", "budgets-en", "government-busan"}
    assert not [p for p in made.rglob(".*") if p.is_dir()], "private folders are cleared away"


@pytest.mark.slow
def test_a_report_that_fails_does_not_stop_the_others(tiny: Path) -> None:
    path = tiny / "notebooks" / "read_government.ipynb"
    sound = path.read_text(encoding="utf-8")
    notebook = json.loads(sound)
    cell = next(c for c in notebook["cells"] if "opening" in c["metadata"].get("tags", []))
    cell["source"] = ["essay.open_goverment(tables, government, language)"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    try:
        done = run(tiny, "--lang", "en", "render", "tiny", "--out", "broken", "--jobs", "2")
    finally:
        path.write_text(sound, encoding="utf-8")
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if not line.startswith("{")]
    assert "government=busan" in "\n".join(said) and "open_goverment" in "\n".join(said) and "read_government" in "\n".join(said)
    assert "Traceback" not in "\n".join(said)
    made = tiny / "broken" / "tiny"
    assert {p.stem for p in made.glob("*.html")} == {"index", "budgets-ko", "budgets-en"}
    assert "open_goverment" in (made / "index.html").read_text(encoding="utf-8")

"""Hostile input, every case of `hostile.cases`: refused with a message or rendered harmless, in bounded time and memory."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from budgets.errors import BudgetsError
from budgets.lines import fetch
from conftest import Command
from hostile.attempts import MEGABYTES, SECONDS, attempt
from hostile.cases import CASES, REFUSED, Case
from lofin_api import KEY, Api, envelope, new_data, row, serve, total
from workspace import Workspace

ENTRANCES = {"transcripts", "reference", "rulings", "workbooks", "CSV", "JSON pages", "API answers", "editions", "parameters", "names", "articles"}
LIGHT = [case for case in CASES if not (case.heavy or case.program)]
OTHERS = [case for case in CASES if case.heavy or case.program]


def named(cases: list[Case]) -> "pytest.MarkDecorator":
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)


def judge(case: Case, code: int, out: str, error: str) -> None:
    """A refusal says why and has an exit code; nothing ends in a traceback."""
    assert "Traceback" not in out + error and "panicked" not in error, error[-2000:]
    assert (code in (1, 2) and error.strip()) if case.outcome == REFUSED else code in (0, 1), (code, error[-500:])
    assert case.said in out + error, error[-500:]


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".lock")}


def test_every_entrance_is_attacked() -> None:
    assert {case.entrance for case in CASES} | {"API answers"} == ENTRANCES
    assert len(CASES) > 100 and len({case.name for case in CASES}) == len(CASES)


@pytest.mark.slow
@named(LIGHT)
def test_refused_or_harmless(case: Case, built: Workspace, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOFIN_API_KEY", "none")
    arguments = case.make(tmp_path)
    before = files(tmp_path)
    done = command(*arguments, cwd=tmp_path)
    judge(case, done.returncode, done.stdout, done.stderr)
    if case.outcome == REFUSED:
        assert files(tmp_path) == before, "what was refused changes nothing"
        said = done.stderr.splitlines()
        assert all(len(line) < 2000 for line in said) and not any(char in done.stderr for char in "\u202e\0\x1b")
    if (tmp_path / "proposed.xlsx").exists():
        assert no_formulas(tmp_path / "proposed.xlsx")
    assert not any((folder / "escaped").exists() for folder in (tmp_path, *tmp_path.parents)), "a path in an archive leads nowhere"


def no_formulas(path: Path) -> bool:
    """What we wrote of somebody's text is text."""
    import openpyxl

    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    return bool(cells) and not any(cell.data_type == "f" and "cmd" in str(cell.value) for cell in cells)


@pytest.mark.slow
@named(LIGHT)
def test_in_english_too(case: Case, built: Workspace, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOFIN_API_KEY", "none")
    done = command("--lang", "en", *case.make(tmp_path), cwd=tmp_path)
    assert "Traceback" not in done.stderr
    if case.outcome == REFUSED:
        assert done.returncode in (1, 2) and done.stderr.strip()
        first = done.stderr.splitlines()[0].replace("‘", "").split("(")[0]
        assert any("a" <= char <= "z" for char in first)


@pytest.mark.slow
@named(OTHERS)
def test_refused_or_harmless_within_limits(case: Case, built: Workspace, tmp_path: Path) -> None:
    found = attempt(case, tmp_path)
    judge(case, found.code, found.out, found.error)
    assert found.seconds < SECONDS and found.megabytes < MEGABYTES, (found.seconds, found.megabytes)
    shutil.rmtree(tmp_path)  # some of these files are large


# ---- answers of the API ----

ANSWERS = {
    "a web page": b"<html><script>window.ran=1</script></html>",
    "nested 100,000 deep": b'{"QWGJK":' + b"[" * 100_000,
    "a number of 10,000 digits": b'{"QWGJK":[{"head":[{"list_total_count":' + b"9" * 10_000 + b"}]}]}",
    "10^12 rows promised": envelope("QWGJK", [row(n) for n in range(5)], 10**12),
    "a total that is no number": json.dumps({"QWGJK": [{"head": [{"list_total_count": "\u0663\u00b2"}]}, {"row": 7}]}).encode(),
    "heads that are no list": json.dumps({"QWGJK": [{"head": {"a": 1}}]}).encode(),
    "random bytes": bytes(range(256)) * 50,
    "sent elsewhere": (302, b""),
    "100 MB": b" " * 100_000_000,
    "amounts beyond 2^63": envelope("QWGJK", [row(0, bdg_cash_amt=2**70, bdg_ntep=2**70)], 1),
    "names with NUL and direction marks": envelope("QWGJK", [row(0, dbiz_nm="인공\0지능\u202e")], 1),
    "the year 9999": envelope("QWGJK", [row(0, exe_ymd="99991231")], 1),
    "a path as a code": envelope("QWGJK", [row(0, laf_cd="../../x")], 1),
}


@pytest.mark.parametrize("attack", ANSWERS)
def test_answers_of_the_api(attack: str, tmp_path: Path) -> None:
    data = new_data(tmp_path / "data")
    before = files(tmp_path)
    with (
        serve(Api(totals=[total(n) for n in range(5)], trick=lambda code, arguments, nth: ANSWERS[attack] if code == "QWGJK" else ...)) as api,
        pytest.raises(BudgetsError) as caught,
    ):
        fetch(2025, data=data, key=KEY, base_url=api.url, pause=0, backoff=0, tries=2, size=5, today=date(2026, 3, 1))
    for language in ("ko", "en"):
        assert caught.value.say(language) and KEY not in caught.value.say(language)
    kept = {name for name in files(tmp_path).keys() - before.keys() if "acexbg" not in name and "/." not in name}
    assert kept == set(), "nothing is taken in"

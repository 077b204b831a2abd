"""`budgets diff`: two folders compared, as text, page, sheet and table; and every wrong input said clearly."""

import csv
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from budgets.checkout import default_data
from budgets.clean import build
from budgets.errors import DataError
from budgets.lines import import_lofin
from budgets.reports.difference import difference, write
from budgets.reports.kept import read_state, read_terms
from budgets.reports.line_sums import sums_in, to_keep
from budgets.reports.manifest import Manifest
from budgets.revisions import Revision, SumsChange, changes, errata, term_changes
from budgets.revisions.official_lines import Lines
from conftest import Command
from lofin_api import files_under, row
from test_lofin_files import saved, text_of
from workspace import Workspace, copied


@pytest.fixture
def pair(built_once: Path, tmp_path: Path) -> tuple[Workspace, Workspace]:
    """Two copies of a small data folder."""
    return copied(built_once, tmp_path / "old"), copied(built_once, tmp_path / "new")


def first_figure(workspace: Workspace) -> tuple[str, int]:
    """The file and line of the first printed amount of money."""
    for path in sorted((workspace.data / "raw" / "press").glob("*.csv")):
        file = f"press/{path.name}"
        rows = workspace.rows(file)
        if "as_printed" in rows[0]:
            for line, row in enumerate(rows[1:], 2):
                if row[rows[0].index("kind")] == "budget":
                    return file, line
    raise AssertionError("no amount")


def corrected(workspace: Workspace, printed: str = "777억 원", name: str | None = None) -> None:
    """One amount is another now."""
    file, line = first_figure(workspace)
    workspace.set(file, line, "as_printed", printed)
    workspace.set(file, line, "hedge", "none")
    if name is not None:
        workspace.set(file, line, "programme_as_printed", name)
        workspace.set(file, line, "note", name)
    build(workspace.data)


def test_two_equal_states_say_so(pair: tuple[Workspace, Workspace], command: Command) -> None:
    old, new = pair
    done = command("diff", old.data, new.data)
    assert (done.returncode, done.stdout, done.stderr) == (0, "바뀐 것이 없습니다.\n", "")
    assert command("--lang", "en", "diff", old.data, new.data).stdout == "Nothing differs.\n"


def test_a_difference_is_no_fault(pair: tuple[Workspace, Workspace], command: Command) -> None:
    old, new = pair
    corrected(new)
    done = command("diff", old.data, new.data)
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.startswith("변경 1건: 정정 1건.") and "→ 777억 원" in done.stdout and "합계" in done.stdout
    back = command("--lang", "en", "diff", new.data, old.data).stdout
    assert back.startswith("1 changes: 1 corrected.") and "777억 원 → " in back


@pytest.fixture(scope="module")
def planted(built_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Revision:
    """One corrected amount, under a name that would be a script."""
    folder = tmp_path_factory.mktemp("planted")
    old, new = copied(built_once, folder / "old"), copied(built_once, folder / "new")
    corrected(new, name="<script>alert(1)</script>")
    return difference(old.data, new.data)


def test_the_errata_as_a_page(planted: Revision, tmp_path: Path) -> None:
    write(tmp_path / "errata.html", planted, subtitle="옛 판 → 새 판")
    page = (tmp_path / "errata.html").read_text(encoding="utf-8")
    assert "777억 원" in page and "옛 판 → 새 판" in page and "<script>" not in page and "script-src ;" in page
    assert [f">{head}</th>" in page for head in ("구분", "위치", "정정 전", "정정 후", "사유")] == [True] * 5


def test_the_errata_as_a_sheet(planted: Revision, tmp_path: Path) -> None:
    write(tmp_path / "errata.xlsx", planted, subtitle="옛 판 → 새 판")
    book = openpyxl.load_workbook(tmp_path / "errata.xlsx")
    assert book.sheetnames == ["정오표", "달라진 숫자"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.value for cell in cells][2:8] == ["구분", "위치", "정정 전", "정정 후", "사유", "바뀐 숫자"]
    assert any("777억 원" in str(cell.value) for cell in cells) and not any(cell.data_type == "f" for cell in cells)
    assert all(cell.hyperlink is None for cell in cells)


def test_the_errata_as_a_table_and_as_text(planted: Revision, tmp_path: Path) -> None:
    write(tmp_path / "errata.csv", planted, subtitle="", language="en")
    write(tmp_path / "errata.txt", planted, subtitle="옛 판 → 새 판")
    rows = list(csv.reader(io.StringIO((tmp_path / "errata.csv").read_bytes().decode("utf-8-sig"))))
    assert rows[0] == ["kind", "place", "before", "after", "reason", "numbers that changed"] and len(rows) == 2
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    said = (tmp_path / "errata.txt").read_text(encoding="utf-8")
    assert said.startswith("옛 판 → 새 판\n\n변경 1건: 정정 1건.") and "777억 원" in said


def test_the_same_difference_gives_the_same_bytes(planted: Revision, tmp_path: Path) -> None:
    for ending in (".html", ".xlsx", ".csv", ".txt"):
        files = tmp_path / f"one{ending}", tmp_path / f"two{ending}"
        for path in files:
            write(path, planted, subtitle="")
        assert files[0].read_bytes() == files[1].read_bytes()
    assert not list(tmp_path.glob(".*.part"))


def test_the_errata_are_written_where_they_are_asked_for(pair: tuple[Workspace, Workspace], command: Command, tmp_path: Path) -> None:
    done = command("diff", pair[0].data, pair[1].data, "--out", tmp_path / "errata.html")
    assert (done.returncode, done.stdout) == (0, "바뀐 것이 없습니다.\n") and str(tmp_path / "errata.html") in done.stderr
    assert (tmp_path / "errata.html").is_file()


@pytest.mark.slow
def test_data_that_were_never_built_are_built_in_memory(pair: tuple[Workspace, Workspace]) -> None:
    old, new = pair
    corrected(new)
    found = changes(read_state(old.data), read_state(new.data))
    shutil.rmtree(new.data / "clean")
    assert changes(read_state(old.data), read_state(new.data)) == found and len(found) == 1
    assert not (new.data / "clean").exists()


def test_a_new_ai_term_re_classifies(tmp_path: Path) -> None:
    old, new = copied(default_data(), tmp_path / "old"), copied(default_data(), tmp_path / "new")
    new.set("rulings/ai_terms.csv", 2, "pattern", "경계선지능")
    found = term_changes(read_terms(old.data), read_terms(new.data))
    tables = read_state(old.data)
    (one,) = errata(Revision(tables, tables, found, ()))
    assert (one.kind, one.before.split(":")[0], one.after) == ("분류 변경", "표현", "표현: 경계선지능")
    assert one.place.startswith("AI 판별어 (") and one.reason
    assert term_changes(read_terms(old.data), read_terms(old.data)) == ()
    assert read_terms(tmp_path).empty


# ---- wrong input ----


def test_what_is_no_state_is_wrong_usage(pair: tuple[Workspace, Workspace], command: Command, tmp_path: Path) -> None:
    for wrong in (tmp_path / "nowhere", tmp_path):
        done = command("diff", pair[0].data, wrong)
        assert done.returncode == 2 and done.stdout == "" and done.stderr.startswith(f"‘{wrong}’: 비교할 것이 없습니다.")
    assert command("--lang", "en", "diff", tmp_path / "x", pair[0].data).stderr.startswith(f"‘{tmp_path / 'x'}’: nothing to compare there.")


def test_a_file_of_no_known_format_is_wrong_usage(pair: tuple[Workspace, Workspace], command: Command, tmp_path: Path) -> None:
    done = command("diff", pair[0].data, pair[1].data, "--out", tmp_path / "errata.docx")
    assert done.returncode == 2 and ".html, .xlsx, .csv, .txt" in done.stderr and not (tmp_path / "errata.docx").exists()


def test_a_place_that_cannot_be_written_is_said(pair: tuple[Workspace, Workspace], command: Command, tmp_path: Path) -> None:
    done = command("diff", pair[0].data, pair[1].data, "--out", tmp_path / "no" / "folder" / "errata.html")
    assert done.returncode == 1 and "쓸 수 없습니다" in done.stderr


def test_a_spoilt_table_is_said(pair: tuple[Workspace, Workspace], command: Command) -> None:
    old, new = pair
    path = new.data / "clean" / "budgets.csv"
    path.write_bytes(path.read_bytes().replace(b"0", b"1", 1))
    done = command("diff", old.data, new.data)
    assert done.returncode == 1 and done.stdout == "" and "Traceback" not in done.stderr and str(new.data / "clean") in done.stderr


def edition(folder: Path, data: Path, version: object = 1) -> Path:
    """The folder of an edition as far as `diff` reads it."""
    shutil.copytree(data, folder / "data")
    (folder / "manifest.json").write_text(json.dumps({"version": version, "whole": "", "index": "", "reports": {}}), encoding="utf-8")
    return folder


@pytest.mark.slow
def test_editions_are_compared_by_the_data_they_keep(pair: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    old, new = pair
    corrected(new)
    found = changes(read_state(old.data), read_state(new.data))
    a, b = edition(tmp_path / "a", old.data), edition(tmp_path / "b", new.data)
    assert changes(read_state(a), read_state(b)) == found == changes(read_state(a), read_state(new.data))


@pytest.mark.parametrize("first", [True, False], ids=["OLD", "NEW"])
def test_a_damaged_manifest_is_said_with_its_place(pair: tuple[Workspace, Workspace], command: Command, tmp_path: Path, first: bool) -> None:
    """Cut off, no text, no JSON, of another shape: never taken for an edition without a manifest."""
    old, new = pair
    folder = edition(tmp_path / "spoilt", old.data)
    manifest = folder / "manifest.json"
    whole = json.dumps(
        {"version": 1, "whole": "", "index": "", "reports": {"a": {"key": "", "files": {}, "opening": "가", "pictures": []}}}, ensure_ascii=False, indent=1
    )
    spoilt = {
        whole[: len(whole) // 2].encode(): ("행", "line "),
        b"": ("1행 1번째", "line 1, character 1 "),
        whole.encode().replace("가".encode(), b"\xff"): ("9행 16번째", "line 9, character 16 "),
        b"[]": ("1행 1번째", "line 1, character 1 "),
        b"{}": ("‘version’", "‘version’"),
        whole.replace("files", "fiels").encode(): ("‘reports’", "‘reports’"),
        whole.replace("index", "indxe").encode(): ("‘index’", "‘index’"),
        whole.replace('"index"', '"made_of": [], "index"').encode(): ("‘made_of’", "‘made_of’"),
        b"9" * 5_000: ("1행 1번째", "line 1, character 1 "),
    }
    for content, said in spoilt.items():
        manifest.write_bytes(content)
        assert Manifest.read(folder) == Manifest(folder), "to whoever renders it is worth nothing"
        for language, where in zip(("ko", "en"), said, strict=True):
            done = command("--lang", language, "diff", *((folder, new.data) if first else (new.data, folder)))
            assert done.returncode == 1 and done.stdout == "", content
            assert str(manifest) in done.stderr and where in done.stderr and "budgets render" in done.stderr, done.stderr
    manifest.write_text(whole, encoding="utf-8")
    assert command("diff", old.data, folder).returncode == 0


def test_an_edition_that_cannot_be_read_is_said(pair: tuple[Workspace, Workspace], command: Command, tmp_path: Path) -> None:
    old, new = pair
    later = command("diff", edition(tmp_path / "later", old.data, version=2), new.data)
    assert later.returncode == 1 and "version 2" in later.stderr
    nothing = edition(tmp_path / "nothing", old.data)
    shutil.rmtree(nothing / "data")
    assert "자료가 남아 있지 않습니다" in command("diff", nothing, new.data).stderr
    other = edition(tmp_path / "other", old.data)
    table = other / "data" / "clean" / "budgets.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("figure_id", "fact_id", 1), encoding="utf-8")
    done = command("diff", other, new.data)
    assert done.returncode == 1 and "읽을 수 없는 판" in done.stderr and "Traceback" not in done.stderr


# ---- official lines ----


def of_lines(built: Path, folder: Path, *rows: dict[str, object]) -> Path:
    """A copy of a folder of data with these official lines."""
    data = copied(built, folder / "data").data
    import_lofin([saved(folder / "lines.csv", text_of(list(rows)))], data)
    return data


def money(krw: int) -> dict[str, int]:
    parts = dict.fromkeys(("capep", "sggep", "etc_amt"), 0)
    return {"bdg_cash_amt": krw, "bdg_ntep": krw, **parts}


AI, ROOF, OTHER_AI, GONE = (
    dict(row(n, day="20250630"), dbiz_nm=name, **money(krw))
    for n, name, krw in ((0, "인공지능 주간", 100), (5, "체육관 지붕 수리", 900), (10, "인공지능 교실", 40), (15, "AI 전망대", 7))
)


@pytest.mark.slow
def test_official_lines_of_two_snapshots(built_once: Path, tmp_path: Path, command: Command) -> None:
    old = of_lines(built_once, tmp_path / "old", AI, ROOF, GONE)
    later = [one | {"exe_ymd": "20251231"} for one in (AI | money(130), ROOF, OTHER_AI)]
    new = of_lines(built_once, tmp_path / "new", *later)
    (change,) = difference(old, new).lines
    assert (change.kind, change.year, change.government) == ("snapshot", 2025, "seoul")
    assert (change.new, change.gone, change.changed) == (1, 1, 1)
    assert (change.ai_new, change.ai_gone, change.ai_moved) == (Lines(1, 40), Lines(1, 7), Lines(1, 30))
    assert change.before and change.after
    moved = change.ai_new.krw - change.ai_gone.krw + change.ai_found.krw - change.ai_lost.krw + change.ai_moved.krw
    assert change.after.ai.krw - change.before.ai.krw == moved == 63
    files = files_under(tmp_path)
    said = command("diff", old, new).stdout
    assert files_under(tmp_path) == files, "comparing writes nothing"
    assert "[기준일 변경] 공식 세부사업 · 2025년 · 서울" in said and "2025-06-30" in said and "새로 생긴 AI 세부사업 1개" in said
    assert "new snapshot" in command("--lang", "en", "diff", old, new).stdout
    for ending in (".html", ".xlsx", ".csv"):
        assert command("diff", old, new, "--out", tmp_path / f"a{ending}").returncode == 0
    assert "기준일 변경" in (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_official_lines_that_a_term_re_classifies(built_once: Path, tmp_path: Path) -> None:
    old, new = (of_lines(built_once, tmp_path / name, AI, ROOF) for name in ("old", "new"))
    terms = (default_data() / "rulings" / "ai_terms.csv").read_text(encoding="utf-8")
    named = "ai-named,120,,ai-any,,,ai_core,true,"
    assert named in terms
    (new / "rulings" / "ai_terms.csv").write_text(terms.replace(named, "ai-named,120,,ai-any,,,other,false,"), encoding="utf-8")
    (change,) = difference(old, new).lines
    assert (change.kind, change.ai_lost, change.changed) == ("reclassified", Lines(1, 100), 0)
    assert not difference(old, old).lines
    other_year = of_lines(built_once, tmp_path / "other", AI | {"fyr": "2024", "exe_ymd": "20241231", "dbiz_cd": "6110000202400000"})
    assert [(change.year, change.kind) for change in difference(old, other_year).lines] == [(2024, "published"), (2025, "withdrawn")]


def test_without_official_lines_on_one_side_nothing_is_said_of_them(built_once: Path, tmp_path: Path, pair: tuple[Workspace, Workspace]) -> None:
    assert not difference(pair[0].data, of_lines(built_once, tmp_path / "new", AI)).lines


# ---- official lines of editions, which keep sums ----


def shows(folder: Path, data: Path) -> Path:
    """An edition of *data* as far as `diff` reads it, with what it keeps of lines."""
    edition(folder, data)
    shutil.rmtree(folder / "data" / "clean" / "budget_lines", ignore_errors=True)
    manifest = Manifest.read(folder)
    manifest.lines = to_keep(data)
    manifest.close("")
    return folder


@pytest.mark.slow
def test_editions_keep_the_sums_of_lines_and_say_why_they_changed(built_once: Path, tmp_path: Path, command: Command) -> None:
    old = of_lines(built_once, tmp_path / "old", AI, ROOF, GONE)
    new = of_lines(built_once, tmp_path / "new", *(one | {"exe_ymd": "20251231"} for one in (AI | money(130), ROOF, OTHER_AI)))
    a, b = shows(tmp_path / "a", old), shows(tmp_path / "b", new)
    assert sums_in(a) == sums_in(old) and sums_in(b) == sums_in(new), "what is kept is what the lines give"
    (change,) = difference(a, b).lines
    assert isinstance(change, SumsChange) and change.before and change.after
    assert (change.kind, change.together, change.year, change.government) == ("snapshot", False, 2025, "seoul")
    assert (change.before.ai, change.after.ai, change.before.krw, change.after.krw) == (Lines(2, 107), Lines(2, 170), 1007, 1070)
    files = files_under(tmp_path)
    for pair in ((a, b), (a, new), (old, b)):
        assert difference(*pair).lines == (change,), "an edition against data is compared by sums, too"
    assert files_under(tmp_path) == files, "comparing writes nothing"
    said = command("diff", a, b).stdout
    assert "[기준일 변경] 공식 세부사업 · 2025년 · 서울" in said and "세부사업 전체: 3개 1,007원 → 3개 1,070원" in said
    assert "다른 기준일" in said and "합계만" in said and "AI로 판정된 세부사업: 2개 107원 → 2개 170원" in said
    assert "lines judged AI: 2, KRW 107 → 2, KRW 170" in command("--lang", "en", "diff", a, b).stdout
    for ending in (".html", ".xlsx", ".csv"):
        assert command("diff", a, b, "--out", tmp_path / f"a{ending}").returncode == 0
    assert "기준일 변경" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert difference(a, shows(tmp_path / "again", old)).lines == ()


@pytest.mark.slow
def test_editions_tell_other_rules_from_other_lines(built_once: Path, tmp_path: Path) -> None:
    old, stricter = (of_lines(built_once, tmp_path / name, AI, ROOF) for name in ("old", "stricter"))
    both = of_lines(built_once, tmp_path / "both", AI | money(130), ROOF)
    named = "ai-named,120,,ai-any,,,ai_core,true,"
    for data in (stricter, both):
        terms = (
            (data / "rulings" / "ai_terms.csv").read_text(encoding="utf-8")
            if (data / "rulings" / "ai_terms.csv").is_file()
            else (default_data() / "rulings" / "ai_terms.csv").read_text(encoding="utf-8")
        )
        (data / "rulings" / "ai_terms.csv").write_text(terms.replace(named, "ai-named,120,,ai-any,,,other,false,"), encoding="utf-8")
    editions = [shows(tmp_path / f"of {data.parent.name}", data) for data in (old, stricter, both)]
    found = [difference(editions[0], later).lines[0] for later in editions[1:]]
    assert [(one.kind, isinstance(one, SumsChange) and one.together) for one in found] == [("reclassified", False), ("lines", True)]
    elsewhere = shows(
        tmp_path / "elsewhere", of_lines(built_once, tmp_path / "other", AI | {"fyr": "2024", "exe_ymd": "20241231", "dbiz_cd": "6110000202400000"})
    )
    assert [(one.year, one.kind) for one in difference(editions[0], elsewhere).lines] == [(2024, "published"), (2025, "withdrawn")]


@pytest.mark.slow
def test_an_edition_that_keeps_no_sums_says_nothing_of_lines(built_once: Path, tmp_path: Path) -> None:
    data = of_lines(built_once, tmp_path / "new", AI)
    assert not difference(edition(tmp_path / "before sums were kept", built_once), data).lines
    spoilt = shows(tmp_path / "spoilt", data)
    manifest = json.loads((spoilt / "manifest.json").read_text(encoding="utf-8"))
    manifest["lines"]["years"]["2025"]["governments"]["seoul"] = {"all": "many"}
    (spoilt / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(DataError, match="‘lines’ is missing or cannot be read"):
        difference(spoilt, data)

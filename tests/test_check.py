"""A workbook's faults: all of them at once, each in its own cell; k planted faults give k reports."""

import json
import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

import budgets
from budgets.clean import build
from budgets.errors import DataError
from budgets.intake.checking import Checked, check_entries, check_file
from budgets.intake.rows import Row
from budgets.sources.transcripts import FIGURE_COLUMNS, read_table
from budgets.sources.workbooks import template
from budgets.sources.workbooks.entries import Entry, read_entries
from budgets.sources.workbooks.faults import WorkbookError
from budgets.sources.workbooks.forms import BUDGET, FORMS
from budgets.sources.workbooks.painting import FAULT, painted
from budgets.sources.workbooks.reading import read_book
from conftest import Command
from filling import FIRST, book_of, column, filled, place, sound_rows
from workspace import Workspace, copied

HERE = Path(__file__).parent
Made = Callable[..., Path]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A very small data folder, built; nothing here changes it."""
    folder = copied(HERE / "refusals" / "sound", tmp_path_factory.mktemp("check") / "data").data
    build(folder)
    return folder


@pytest.fixture(scope="module")
def blank(data: Path) -> bytes:
    return template(budgets.load(data))


def checked(rows: dict[str, list[dict[str, Any]]], data: Path) -> Checked:
    book = book_of(rows)
    found = read_entries(book)
    assert found is not None
    return check_entries(book, *found, data)


@dataclass(frozen=True)
class Plant:
    """One fault: put *cells* into a row, and a report with *rule* must come from the cell of *at* (the first one)."""

    rule: str
    form: str
    row: int
    cells: dict[str, Any] = field(hash=False)
    also: tuple[str, ...] = ()
    """Other fields that this fault needs as they are."""
    alone: bool = False
    """No other fault may stand in the row."""

    @property
    def at(self) -> tuple[str, str]:
        return place(self.form, self.row, next(iter(self.cells)))

    @property
    def touches(self) -> set[tuple[str, int, str]]:
        return {(self.form, self.row, key) for key in (*self.cells, *self.also)}


WHOSE = ("government", "programme")
PERIOD = ("period_kind", "period_start", "period_end")
PLANTS = [
    Plant("intake.fault.government", "budget", 0, {"government": "인천광역쉬"}, also=WHOSE),
    Plant("intake.fault.government_code", "budget", 1, {"government": "26"}, also=WHOSE),
    Plant("intake.fault.blank", "budget", 3, {"government": ""}, also=WHOSE),
    Plant("intake.fault.programme", "budget", 0, {"programme": "인공지능 노리터"}, also=WHOSE),
    Plant("intake.fault.programme_owner", "budget", 1, {"programme": "서울 · AI 양재 허브(서울 AI 허브)"}, also=WHOSE),
    Plant("intake.fault.blank", "budget", 0, {"programme_as_printed": ""}),
    Plant("amount.vague", "budget", 0, {"as_printed": "수십억 원"}, also=("hedge", "table_unit")),
    Plant("amount.commas", "budget", 0, {"as_printed": "1,00억 원"}, also=("hedge", "table_unit")),
    Plant("amount.foreign", "budget", 2, {"as_printed": "약 3억 달러"}, also=("hedge",)),
    Plant("contract.no_money", "budget", 0, {"as_printed": "80개"}, also=("hedge", "table_unit")),
    Plant("intake.fault.no_unit", "budget", 0, {"as_printed": 1200}, also=("hedge", "table_unit")),
    Plant("intake.fault.no_unit", "budget", 1, {"as_printed": "1,200", "table_unit": ""}, also=("hedge",)),
    Plant("intake.fault.two_units", "budget", 1, {"as_printed": "12억 원"}, also=("table_unit", "hedge")),
    Plant("intake.fault.negative", "budget", 1, {"as_printed": "△892"}, also=("table_unit", "hedge")),
    Plant("intake.fault.table_unit", "budget", 1, {"table_unit": "백만"}, also=("as_printed", "hedge")),
    Plant("intake.fault.error_value", "budget", 0, {"as_printed": "#REF!"}, also=("hedge", "table_unit")),
    Plant("contract.hedge", "budget", 0, {"hedge": "규모"}, also=("as_printed", "table_unit")),
    Plant("intake.fault.empty", "budget", 3, {"hedge": ""}, also=("as_printed",)),
    Plant("intake.fault.code", "budget", 0, {"nature": "예싼"}),
    Plant("intake.fault.code", "budget", 1, {"phase": "본에산"}),
    Plant("intake.fault.code", "budget", 3, {"funding": "시비"}),
    Plant("intake.fault.code", "budget", 2, {"unit": "만원"}),
    Plant("intake.fault.code", "budget", 0, {"period_kind": "한 해"}, also=PERIOD),
    Plant("intake.fault.empty", "budget", 1, {"period_kind": ""}, also=PERIOD),
    Plant("intake.fault.no_day", "budget", 0, {"period_start": "2025-02-30"}, also=PERIOD),
    Plant("intake.fault.date", "budget", 2, {"period_end": "내년"}, also=PERIOD),
    Plant("intake.fault.serial", "budget", 3, {"period_end": 46022}, also=PERIOD),
    Plant("contract.rule", "budget", 1, {"period_end": ""}, also=PERIOD),
    Plant("contract.rule", "budget", 3, {"period_start": "2030-01-01"}, also=PERIOD),
    Plant("intake.fault.source", "budget", 0, {"source": "새신문 2025-05-03"}, also=("source_date", "source_url")),
    Plant("intake.fault.source_differs", "budget", 1, {"source_date": "2025-05-01"}, also=("source",)),
    Plant("intake.fault.source_differs", "budget", 2, {"source_url": "https://other.kr"}, also=("source",)),
    Plant("intake.fault.blank", "budget", 2, {"locator": ""}),
    Plant("contract.form", "budget", 2, {"figure_id": "Incheon R&D"}),
    Plant("intake.fault.taken", "budget", 1, {"figure_id": "incheon-rnd-activation-2021-approved-kyungdo"}, alone=True),
    Plant("intake.fault.indicator", "target", 0, {"indicator": "지원 가업"}, also=("as_printed",)),
    Plant("intake.fault.code", "target", 0, {"target_phase": "계획"}),
    Plant("intake.fault.code", "target", 1, {"extent": "누적치"}),
    Plant("contract.money", "target", 0, {"as_printed": "70억 원"}, also=("indicator", "hedge")),
    Plant("amount.date", "target", 1, {"as_printed": "2026년", "hedge": "없음"}, also=("indicator",)),
    Plant("intake.fault.date", "target", 1, {"as_of": "연말"}),
    Plant("intake.fault.code", "milestone", 0, {"event": "Opened!"}),
    Plant("intake.fault.code", "milestone", 0, {"date_precision": "분기"}),
    Plant("contract.rule", "milestone", 0, {"date_start": "2025-04-01"}, also=("date_end",)),
    Plant("intake.fault.blank", "milestone", 0, {"as_printed": ""}),
    Plant("intake.fault.code", "source", 0, {"source_kind": "신문지"}),
    Plant("intake.fault.flag", "source", 0, {"redistribute": "글쎄"}),
    Plant("intake.fault.year_as_day", "source", 0, {"accessed_on": datetime(1905, 7, 17)}),
    Plant("contract.form", "source", 0, {"sha256": "92AE13"}),
    Plant("intake.fault.choose", "source", 0, {"reliability": ""}),
    Plant("intake.fault.choose", "budget", 0, {"nature": ""}),
    Plant("intake.fault.blank", "programme", 0, {"name_en": ""}),
    Plant("intake.fault.code", "programme", 0, {"scope": "AI"}),
    Plant("intake.fault.ruling_needs", "programme", 0, {"coverage": ""}),
    Plant("intake.fault.date", "programme", 0, {"decided_on": "어제"}),
    Plant("intake.fault.programme", "programme", 0, {"parent": "없는 사업"}),
    Plant("intake.fault.figure", "ruling", 0, {"figure": "금액 99행"}),
    Plant("intake.fault.code", "ruling", 0, {"ruling": "비슷함"}, also=("other_figure",)),
    Plant("intake.fault.figure", "ruling", 0, {"other_figure": "incheon-playground-envelop"}, also=("ruling",)),
    Plant("contract.needs_other", "ruling", 0, {"other_figure": ""}, also=("ruling",)),
    Plant("intake.fault.blank", "ruling", 0, {"reason": ""}),
    Plant("intake.fault.no_day", "ruling", 0, {"decided_on": "2026-13-01"}),
    Plant("intake.fault.contradiction", "budget", 4, {"as_printed": "20억 원", "phase": "본예산", "phase_round": ""}, alone=True),
]


def planted(plants: list[Plant]) -> dict[str, list[dict[str, Any]]]:
    rows = deepcopy(sound_rows())
    for plant in plants:
        rows[plant.form][plant.row] |= plant.cells
    return rows


def reports(found: Checked) -> set[tuple[str, str | None, str]]:
    return {(fault.sheet, fault.cell, fault.key) for fault in found.faults}


def test_a_sound_workbook_has_no_fault(data: Path) -> None:
    found = checked(sound_rows(), data)
    assert [fault.say() for fault in found.faults] == []
    assert len(found.rows) == len(found.new) == sum(map(len, sound_rows().values())) + 1  # a programme's ruling is a row of its own


def fits(plants: list[Plant]) -> list[Plant]:
    """The plants that do not touch each other's cells."""
    kept: list[Plant] = []
    for plant in plants:
        if any(
            plant.touches & other.touches
            or ((plant.alone or other.alone) and plant.form == other.form and (plant.row == other.row or plant.rule == "intake.fault.contradiction"))
            for other in kept
        ):
            continue
        # A contradiction is between two rows: both must be sound, and so must the ruling.
        pair = {"intake.fault.contradiction"} & {plant.rule, *(other.rule for other in kept)}
        if pair and any(p.form in ("ruling", "budget") and p.row in (0, 4) and p.rule not in pair for p in (*kept, plant)):
            continue
        kept.append(plant)
    return kept


def assert_each_is_reported(plants: list[Plant], data: Path) -> None:
    found = checked(planted(plants), data)
    assert reports(found) == {(*plant.at, plant.rule) for plant in plants}
    assert len(found.faults) == len(plants)


@pytest.mark.slow
def test_every_plant_alone_in_groups(data: Path) -> None:
    """All plants, as many at a time as fit beside each other."""
    left = list(PLANTS)
    while left:
        group = fits(left)
        assert_each_is_reported(group, data)
        left = [plant for plant in left if plant not in group]


SUBSETS = st.lists(st.sampled_from(PLANTS), min_size=1, max_size=12, unique_by=lambda plant: (plant.rule, plant.at)).map(fits)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(plants=SUBSETS)
def test_k_planted_faults_give_k_reports(plants: list[Plant], data: Path) -> None:
    assert_each_is_reported(plants, data)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(plants=SUBSETS)
def test_k_planted_faults_give_k_reports_many_times(plants: list[Plant], data: Path) -> None:
    assert_each_is_reported(plants, data)


def test_every_fault_is_said_in_both_languages_on_one_line(data: Path) -> None:
    for fault in checked(planted(fits(PLANTS)), data).faults:
        ko, en = fault.say("ko"), fault.say("en")
        assert ko != en and "\n" not in ko + en and "{" not in (ko + en).replace("{64}", "")
        assert ko.startswith(f"{fault.sheet} {fault.cell}") and re.search("[가-힣]", ko.split(": ", 1)[1])
        assert fault.value is None or str(fault.value)[:5] in ko


def test_near_misses_are_offered(data: Path) -> None:
    said = "\n".join(
        f.say()
        for f in checked(
            planted([p for p in fits(PLANTS) if p.rule in ("intake.fault.government", "intake.fault.programme", "intake.fault.code")]), data
        ).faults
    )
    assert "→ 인천?" in said


def test_a_ruling_settles_a_contradiction(data: Path) -> None:
    rows = planted([PLANTS[-1]])
    rows["ruling"] = [
        {
            "figure": f"금액 {FIRST}행",
            "ruling": "대체됨",
            "other_figure": f"금액 {FIRST + 4}",
            "reason": "뒤의 발표가 앞의 금액을 바꾸었다.",
            "decided_on": "2026-11-21",
        }
    ]
    assert checked(rows, data).faults == []


def test_a_contradiction_with_a_figure_on_file_is_shown_beside_it(data: Path) -> None:
    rows = sound_rows()
    rows["budget"][0] |= {"programme": "인천시 R&D 활성화 사업", "as_printed": "19억 원", "funding": "재원 미상", "period_start": "2021", "period_end": "2021"}
    (fault,) = checked(rows, data).faults
    assert (fault.key, fault.cell) == ("intake.fault.contradiction", place("budget", 0, "as_printed")[1])
    assert "‘16억 원’" in fault.say() and "incheon-rnd-activation-2021-approved-kyungdo" in fault.say()
    # Overlapping intervals are no contradiction; the same print again is said, and is no fault.
    rows["budget"][0] |= {"as_printed": "16억 원"}
    again = checked(rows, data)
    assert again.faults == [] and [n.key for n in again.notes] == ["intake.fault.same_value"]
    # A withdrawal takes a figure out of the question.
    rows["budget"][0] |= {"as_printed": "19억 원"}
    rows["ruling"].append(
        {"figure": "incheon-rnd-activation-2021-approved-kyungdo", "ruling": "비교 불가", "reason": "시가 보도자료를 거두어들였다.", "decided_on": "2026-11-21"}
    )
    assert checked(rows, data).faults == []


def test_twice_the_same_row_is_one_fault(data: Path) -> None:
    rows = sound_rows()
    rows["budget"].append(dict(rows["budget"][0]))
    (fault,) = checked(rows, data).faults
    assert fault.key == "intake.fault.twice" and f"{FIRST}" in fault.say()


def test_ambiguous_names_are_asked_for(workspace: Workspace) -> None:
    """With all governments: 중구 is in six cities, 광주시 is two places, 광주 and 경기 광주시 are one each."""
    from budgets.intake.files import Files
    from budgets.intake.names import Unknown

    names = Files(workspace.data).names()
    wanted = {
        "서울": "seoul",
        "서울시": "seoul",
        "서울특별시": "seoul",
        "서울본청": "seoul",
        "서울 본청": "seoul",
        "광주": "gwangju",
        "광주광역시": "gwangju",
        "경기도": "gyeonggi",
        "인천 중구": "incheon-jung",
    }
    assert {name: names.government(name) for name in wanted} == wanted
    assert names.government("경기 광주시") == names.government("경기도 광주시") != "gwangju"
    for name, shown in (("중구", "인천 중구"), ("동구", "광주 동구"), ("광주시", "경기 광주시")):
        with pytest.raises(Unknown) as caught:
            names.government(name)
        assert caught.value.key == "intake.fault.ambiguous" and shown in str(caught.value.fields["names"])
    with pytest.raises(Unknown) as caught:
        names.government("26")
    assert caught.value.key == "intake.fault.government_code"


def test_names_are_matched_over_spellings_and_affixes() -> None:
    from budgets.intake.names import plain_name

    same = [
        "AI·IoT 기반 어르신 건강관리",
        "ＡＩㆍIoT기반 어르신 건강관리(보조)",
        "[국] AI‧IoT 기반 어르신 건강관리",
        "AI · IoT 기반\n어르신 건강관리 (2026)",
        "도)AI·IoT 기반 어르신 건강관리(성인지예산)",
    ]
    assert len({plain_name(name) for name in same}) == 1
    assert plain_name("AI 중심 산업융합집적단지 조성 사업(1단계)") != plain_name("AI 중심 산업융합집적단지 조성 사업")


# ---- the shape of the workbook ----


def test_columns_missing_doubled_and_unknown() -> None:
    book = book_of(sound_rows())
    sheet = book.grids[0]
    head = sheet.rows[3]
    head[column(BUDGET, "funding")] = "재원 "  # a blank more is no fault
    head[column(BUDGET, "phase_round")] = "예산 단계"
    head[column(BUDGET, "note")] = "비고란"
    head[column(BUDGET, "locator")] = "자리"
    found = read_entries(book)
    assert found is not None
    keys = sorted((f.key, f.cell) for f in found[1])
    at = {key: place("budget", 3 - FIRST + 1, key)[1] for key in ("phase_round", "note", "locator")}
    assert keys == sorted(
        [
            ("intake.fault.column_twice", at["phase_round"]),
            ("intake.fault.column_unknown", at["note"]),
            ("intake.fault.column_unknown", at["locator"]),
            ("intake.fault.column_missing", None),
        ]
    )


def test_columns_may_stand_in_any_order_and_language(data: Path) -> None:
    book = book_of(sound_rows())
    for grid, form in zip(book.grids, FORMS, strict=True):
        for row in grid.rows[3:]:
            row += [""] * (len(form.fields) - len(row))
            row.reverse()
        grid.rows[3] = [f.title("en") for f in reversed(form.fields)]
    found = read_entries(book)
    assert found is not None
    assert check_entries(book, *found, data).faults == []


# ---- the real file, painted ----


def test_the_template_itself_is_sound_and_empty(blank: bytes, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(blank)
    found = check_file(path, data)
    assert found.rows == [] and found.faults == []


def test_painted_keeps_the_workbook_and_marks_every_fault(blank: bytes, data: Path, tmp_path: Path) -> None:
    plants = fits(PLANTS)
    path = filled(blank, planted(plants), tmp_path / "내 파일.xlsx")
    own = openpyxl.load_workbook(path)
    own["금액"]["A1"].font, own["금액"].column_dimensions["C"].width = Font(bold=True, color="FF00FF00"), 41
    first = plants[0].at
    own[first[0]][first[1]].comment = Comment("내 메모", "홍길동")
    mine = own.create_sheet("내 시트")
    mine["B2"], mine["B3"], mine["B4"] = 3, 4, "=SUM(B2:B3)"
    mine["B4"].fill = PatternFill("solid", fgColor="FF112233")
    mine["B2"].comment = Comment("남의 메모", "김철수")
    mine.merge_cells("D2:E3")
    own.save(path)
    found = check_file(path, data)
    assert reports(found) == {(*plant.at, plant.rule) for plant in plants}
    content, lost = painted(found.book, found.faults, found.notes)
    assert lost == []
    back = openpyxl.load_workbook(BytesIO(content))
    for fault in found.faults:
        cell = back[fault.sheet][fault.cell or ""]
        assert cell.fill.fgColor.rgb == FAULT.fgColor.rgb
        assert fault.say().rsplit("— ", 1)[-1][-20:] in cell.comment.text
    marked = {
        (s.title, c.coordinate)
        for s in back.worksheets
        if s.title not in ("내 시트", "점검 결과")
        for row in s.iter_rows()
        for c in row
        if c.fill.fgColor.rgb == FAULT.fgColor.rgb
    }
    assert marked == {(f.sheet, f.cell) for f in found.faults}
    assert back[first[0]][first[1]].comment.text.startswith("내 메모")
    assert (back["내 시트"]["B4"].value, back["내 시트"]["B4"].fill.fgColor.rgb) == ("=SUM(B2:B3)", "FF112233")
    assert back["내 시트"]["B2"].comment.text == "남의 메모" and "D2:E3" in map(str, back["내 시트"].merged_cells.ranges)
    assert back["금액"].column_dimensions["C"].width == 41 and back["금액"]["A1"].font.b
    assert [(s.title, [[c.value for c in row] for row in s.iter_rows()]) for s in back.worksheets if s.title != "점검 결과"] == [
        (s.title, [[c.value for c in row] for row in s.iter_rows()]) for s in own.worksheets
    ]
    assert len(back["금액"].data_validations.dataValidation) == len(own["금액"].data_validations.dataValidation)
    listed = [row[1].value for row in back["점검 결과"].iter_rows(min_row=2)]
    assert listed == [f"{f.sheet} {f.cell}" for f in (*found.faults, *found.notes)]

    # Painted again after mending: old marks go, what the person wrote stays.
    again = tmp_path / "again.xlsx"
    again.write_bytes(content)
    clean, _ = painted(read_book(again), [])
    mended = openpyxl.load_workbook(BytesIO(clean))
    assert mended[first[0]][first[1]].comment.text == "내 메모"
    assert not [c for s in mended.worksheets for row in s.iter_rows() for c in row if c.fill.fgColor.rgb == FAULT.fgColor.rgb]


def test_the_command_line(blank: bytes, data: Path, tmp_path: Path, command: Command) -> None:
    plants = fits(PLANTS)[:5]
    path = filled(blank, planted(plants), tmp_path / "p.xlsx")
    before = path.read_bytes()
    done = command("check", path, "--data", data, "--painted", tmp_path / "out.xlsx")
    assert done.returncode == 1 and (tmp_path / "out.xlsx").exists() and path.read_bytes() == before
    first, *rest = done.stderr.splitlines()
    assert first == f"p.xlsx: 잘못 {len(plants)}건" and len(rest) == len(plants)
    done = command("--lang", "en", "check", path, "--data", data, "--json")
    result = json.loads(done.stdout)
    assert done.returncode == 1 and {(f["sheet"], f["cell"], f["rule"]) for f in result["faults"]} == {(*p.at, p.rule) for p in plants}
    assert command("check", path, "--data", data, "--painted", path).returncode == 2 and path.read_bytes() == before
    assert command("check", tmp_path / "none.xlsx", "--data", data).returncode == 1
    shutil.copy(path, tmp_path / "x.xlsx")
    fine = filled(blank, sound_rows(), tmp_path / "fine.xlsx")
    done = command("check", fine, "--data", data)
    assert (done.returncode, done.stderr) == (0, "") and "잘못이 없습니다" in done.stdout


def test_an_exported_workbook_is_no_template(data: Path, tmp_path: Path, command: Command) -> None:
    """It shares the name of a sheet with the template (출처) and holds what is on file already."""
    from datetime import date

    from budgets.workbook import workbook

    for language in ("ko", "en"):
        path = tmp_path / f"{language}.xlsx"
        path.write_bytes(workbook(budgets.load(data), [], title="T", date_of_data=date(2026, 11, 21), fingerprint="0", language=language))
        with pytest.raises(WorkbookError) as caught:
            check_file(path, data)
        assert caught.value.key == "intake.file.exported"
    done = command("add", path, "--data", data)
    assert done.returncode != 0 and "budgets export" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(("content", "key"), [(b"\xef\xbb\xbf", "intake.file.empty"), (b",,,\n,,,\n", "intake.file.empty"), (b";;\n\n", "intake.file.empty")])
def test_a_csv_that_says_nothing_is_one_fault(content: bytes, key: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(WorkbookError) as caught:
        check_file(path)
    assert caught.value.key == key


def test_a_cell_without_end_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('사업명,2025년 본예산(천원)\n가,5\n나,"' + "x" * 140_000 + '"\n', encoding="utf-8")
    with pytest.raises(WorkbookError) as caught:
        check_file(path)
    assert caught.value.key == "file.broken_line" and "3행" in caught.value.say("ko") and "131,072" in caught.value.say("en")


@pytest.mark.parametrize(
    ("content", "key"),
    [("", "file.empty"), ("\n", "file.empty"), (";".join(FIGURE_COLUMNS) + "\n", "file.separator"), ("\t".join(FIGURE_COLUMNS) + "\n", "file.separator")],
)
def test_a_transcript_that_is_no_csv_is_one_fault(content: str, key: str, tmp_path: Path) -> None:
    path = tmp_path / "incheon.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_table(path, FIGURE_COLUMNS)
    assert caught.value.key == key


def test_thousands_of_contradictions_take_time_in_proportion() -> None:
    """Steps are counted, not seconds: each new figure is held against a few others, however many there are."""
    from budgets.intake import contradictions as module

    def asked(n: int) -> int:
        rows = {
            f"f{k}": Row(
                Entry(BUDGET, "금액", k, {"as_printed": f"{k}억 원"}, {"as_printed": f"F{k}"}, {}),
                "press/incheon.csv",
                {"figure_id": f"f{k}", "programme_id": "p"},
            )
            for k in range(n)
        }
        same = dict.fromkeys(module.SAME["budgets"], "x")
        table = pd.DataFrame(
            [
                same | {"programme_id": "p", "figure_id": f"f{k}", "as_printed": f"{k}억 원", "source_id": "s", "amount_low_krw": k, "amount_high_krw": k}
                for k in range(n)
            ]
        )
        empty = pd.DataFrame(columns=[*module.SAME["targets"], "figure_id"])
        faults, _ = module.contradictions({"budgets": table, "targets": empty}, pd.DataFrame(columns=["figure_id", "ruling", "other_figure_id"]), rows, [])
        assert len(faults) == n - 1
        return counted.pop()

    counted: list[int] = [0]
    tied = module._Related.tied

    def counting(self: Any, a: str, b: str) -> bool:
        counted[-1] += 1
        return tied(self, a, b)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module._Related, "tied", counting)
        few = asked(300)
        counted.append(0)
        many = asked(1200)
    assert few <= 300 * (module.SHOWN + 1) and many <= 1200 * (module.SHOWN + 1)

"""Budget tables as people keep them: read with exact addresses, or asked about; never guessed.

The cases follow the ways in which real tables are untidy. Every file here is made by the test that reads it.
"""

import datetime
import io
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from budgets.amounts import parse_cell
from budgets.errors import UsageError
from budgets.intake.checking import Checked, check_file
from budgets.intake.tabled import spoken
from budgets.sources.workbooks import mapping as mapping_file
from budgets.sources.workbooks.faults import WorkbookError
from budgets.sources.workbooks.grids import Book, said
from budgets.sources.workbooks.ledger import Ledger
from budgets.sources.workbooks.ledgers import read_ledgers
from budgets.sources.workbooks.mapping import Mapping, read_mapping
from budgets.sources.workbooks.police import suspicions
from budgets.sources.workbooks.reading import read_book
from budgets.sources.workbooks.understanding import understood
from conftest import Command
from workspace import Workspace

MESSY = Path(__file__).resolve().parents[2] / "shared" / "messy"
"""Real untidy files, read where they lie beside the checkout; none is part of it."""
Rows = list[list[Any]]


def saved(path: Path, rows: Rows, *, merged: tuple[str, ...] = (), change: Callable[[Any], None] | None = None) -> Path:
    """An .xlsx with these cells; *change* may do more to the openpyxl workbook before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "세출"
    for row in rows:
        sheet.append([None if v == "" else v for v in row])
    for area in merged:
        sheet.merge_cells(area)
    if change:
        change(book)
    book.save(path)
    return path


def mapping(tmp_path: Path, text: str) -> Mapping:
    path = tmp_path / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def ledgers(path: Path, answers: Mapping | None = None) -> list[Ledger]:
    return read_ledgers(read_book(path).grids, answers or Mapping())[0]


def only(path: Path, answers: Mapping | None = None) -> Ledger:
    (ledger,) = ledgers(path, answers)
    return ledger


def keys(ledger: Ledger) -> list[str]:
    return sorted(fault.key.removeprefix("intake.") for fault in ledger.faults)


def found(ledger: Ledger) -> list[tuple[str, str | None]]:
    return sorted((fault.key.removeprefix("intake.police."), fault.cell) for fault in (*ledger.faults, *suspicions(ledger)))


def cells(ledger: Ledger) -> dict[str, int | Decimal]:
    return {n.place: n.number for n in ledger.numbers if n.role == "amount"}


PLAIN: Rows = [
    ["2025년도 본예산 세출 현황", "", ""],
    ["", "", "(단위: 백만원)"],
    ["사업명", "예산액", "비고"],
    ["인공지능 산업 육성", 1200, ""],
    ["데이터 구축", 800, ""],
    ["합계", 2000, ""],
]


def test_a_tidy_table_needs_no_answer(tmp_path: Path) -> None:
    ledger = only(saved(tmp_path / "t.xlsx", PLAIN))
    assert (ledger.table.area, ledger.unit, keys(ledger), found(ledger)) == ("A3:C6", "백만원", [], [])
    assert cells(ledger) == {"B4": 1200, "B5": 800, "B6": 2000}
    assert {(n.label, n.year, n.phase, n.is_total) for n in ledger.numbers} == {
        ("인공지능 산업 육성", 2025, "approved", False),
        ("데이터 구축", 2025, "approved", False),
        ("합계", 2025, "approved", True),
    }
    said_ko = "\n".join(understood(ledger))
    for words in ("A3:C6", "백만원", "2025", "본예산", "6(합계)"):
        assert words in said_ko


# ---- 1 bird flu, 2 spellings, 3 dots and breaks, 4 affixes, 5 names several times: names of programmes ----


@pytest.fixture
def data(built: Workspace) -> Workspace:
    return built


ANSWERS = 'government = "인천"\nsource_id = "kyungdo-2021-03-25"\n'


def checked(path: Path, data: Workspace, tmp_path: Path, answers: str = ANSWERS) -> Checked:
    return check_file(path, data.data, mapping(tmp_path, answers))


@pytest.mark.parametrize(
    "name",
    [
        "AI 플레이그라운드 인천", "ＡＩ 플레이그라운드 인천", "AI플레이그라운드인천", " AI  플레이그라운드\n인천 ", "AI 플레이그라운드 인천(보조)", "[국] AI 플레이그라운드 인천", "도)AI 플레이그라운드 인천",
        "지)AI 플레이그라운드 인천", "AI 플레이그라운드 인천(2026)", "AI 플레이그라운드 인천(균특)", "AI 플레이그라운드 인천 (성인지예산)", "AI 플레이그라운드\u00a0인천", "AI\u200b 플레이그라운드 인천",
    ],
)  # fmt: skip
def test_spellings_and_affixes_are_one_programme_and_stay_as_printed(name: str, data: Workspace, tmp_path: Path) -> None:
    found_rows = checked(saved(tmp_path / "t.xlsx", [*PLAIN[:3], [name, 1200, ""], ["다른 사업", "-", ""]]), data, tmp_path)
    assert [f.say() for f in found_rows.faults] == []
    (row,) = found_rows.rows
    assert row.record["programme_id"] == "incheon-ai-playground" and row.record["programme_as_printed"] == said(name).replace("\u200b", "")
    assert (row.record["as_printed"], row.record["locator"]) == ("1,200백만원", "세출 B4")


def test_bird_flu_is_named(data: Workspace, tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", [*PLAIN[:3], ["고병원성 AI 방역 초소 운영", 300, ""], ["AI 플레이그라운드 인천", 1200, ""]])
    result = checked(path, data, tmp_path)
    assert [(n.key, n.cell) for n in result.notes] == [("intake.table.bird_flu", "A4")]
    assert [(f.key, f.cell) for f in result.faults] == [("intake.fault.programme", "A4")]
    aside = checked(path, data, tmp_path, ANSWERS + '[programmes]\n"고병원성 AI 방역 초소 운영" = "ignore"')
    assert (aside.faults, aside.notes, len(aside.rows)) == ([], [], 1)


def test_the_same_name_several_times_is_not_added_up_or_overwritten(data: Workspace, tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", [*PLAIN[:3], ["AI 플레이그라운드 인천", 1200, ""], ["AI 플레이그라운드 인천", 700, ""]])
    (fault,) = checked(path, data, tmp_path).faults
    assert (fault.key, fault.cell) == ("intake.fault.contradiction", "B5")


# ---- 6 codes ----


def test_codes_are_no_amounts(tmp_path: Path) -> None:
    rows = [["사업코드", "분야", "사업명", "2025년 본예산(천원)"], ["010", "02", "가", 5], ["1E5", "010. 교육", "나", 7], ["0200", "03", "다", 9]]
    ledger = only(saved(tmp_path / "t.xlsx", rows))
    assert cells(ledger) == {"D2": 5, "D3": 7, "D4": 9} and keys(ledger) == []
    rows = [["품목", "관리", "사업명", "2025년 본예산(천원)"], ["010", "02", "가", 5], ["020", "03", "나", 7]]
    assert [c.means.role for c in only(saved(tmp_path / "u.xlsx", rows)).table.columns] == ["code", "code", "programme", "amount"]


# ---- 7 numbers ----

NUMBERS: list[tuple[Any, int | str | None]] = [
    ("1,234", 1234), (" 208,321 ", 208321), ("1 234", 1234), ("１２３", 123), ("△892", -892), ("−5", -5), ("-5", -5), ("(5)", -5), ("-", None), ("–", None), ("0", 0), (0, 0), ("null", None),
    ("N/A", None), ("", None), ("1.2E+09", 1_200_000_000), (1.2e9, 1_200_000_000), ("1,00", "amount.commas"), ("▲892", "intake.table.triangle"), ("약 5", "amount.cell"), (True, "amount.not_number"),
]  # fmt: skip


def test_numbers_in_every_writing(tmp_path: Path) -> None:
    rows = [["사업명", "2025년 본예산(천원)"], *([f"사업 {n}", value] for n, (value, _) in enumerate(NUMBERS)), ["끝", 1]]
    ledger = only(saved(tmp_path / "t.xlsx", rows))
    numbers, faults = cells(ledger), {f.cell: f.key for f in ledger.faults}
    for n, (value, wanted) in enumerate(NUMBERS):
        at = f"B{n + 2}"
        assert (numbers.get(at) if not isinstance(wanted, str) else faults.get(at)) == wanted, value
    assert len(faults) == sum(isinstance(w, str) for _, w in NUMBERS)
    assert ledger.nothing == sum(w is None for _, w in NUMBERS)


@pytest.mark.parametrize(("answer", "wanted"), [("increase", 892), ("decrease", -892)])
def test_a_black_triangle_is_asked_for(tmp_path: Path, answer: str, wanted: int) -> None:
    path = saved(tmp_path / "t.xlsx", [["사업명", "2025년 본예산(천원)"], ["가", "▲892"], ["나", 5]])
    assert keys(only(path)) == ["table.triangle"]
    assert cells(only(path, mapping(tmp_path, f'triangle = "{answer}"')))["B2"] == wanted


def test_a_point_for_a_comma(tmp_path: Path) -> None:
    rows = [["사업명", "2025년 본예산(백만원)"], *([f"사업 {n}", 1000 + n] for n in range(8)), ["사업 8", 38.643]]
    assert found(only(saved(tmp_path / "t.xlsx", rows))) == [("decimal", "B10")]


# ---- 8 units ----


@pytest.mark.parametrize(
    "line", ["(단위: 백만원)", "(단위 : 백만원)", "〔단위：백만원〕", "※ 단위: 백만원", "[단위 백만원]", "(단위: 백만원, %)", "단 위 : 백만원"]
)
@pytest.mark.parametrize("where", ["above", "below"])
def test_the_unit_line_above_or_below(tmp_path: Path, line: str, where: str) -> None:
    table = [["사업명", "2025년 본예산"], ["가", 5], ["나", 7]]
    path = saved(tmp_path / "t.xlsx", [[line], *table] if where == "above" else [*table, [""], [line]])
    assert (only(path).unit, keys(only(path))) == ("백만원", [])


def test_the_unit_in_a_heading(tmp_path: Path) -> None:
    ledger = only(saved(tmp_path / "t.xlsx", [["사업명", "2025년 본예산(억원)", "2024년 본예산 (백만원)"], ["가", 5, 500], ["나", 7, 600]]))
    assert (
        keys(ledger) == [] and {n.place: n.krw for n in ledger.numbers}["B2"] == 500_000_000 and {n.place: n.krw for n in ledger.numbers}["C2"] == 500_000_000
    )


def test_an_unknown_unit_is_an_error_and_never_won(tmp_path: Path, data: Workspace) -> None:
    path = saved(tmp_path / "t.xlsx", [["사업명", "2025년 본예산"], ["AI 플레이그라운드 인천", 5], ["나", 7]])
    assert keys(only(path)) == ["table.no_unit"]
    result = checked(path, data, tmp_path)
    assert result.rows == [] and [f.key for f in result.faults] == ["intake.table.no_unit"]
    assert only(path, mapping(tmp_path, 'unit = "천원"')).numbers[0].krw == 5000


def test_two_units_contradict_each_other(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", [["※ 단위: 억원", "", "(단위 : 백만원)"], ["사업명", "2025년 본예산", "비고"], ["가", 5, ""], ["나", 7, ""]])
    assert found(only(path)) == [("units", "C1")]
    settled = only(path, mapping(tmp_path, 'unit = "백만원"'))
    assert (settled.faults, [n.key for n in settled.notes], settled.unit) == ([], ["intake.police.units"], "백만원")


def test_a_change_in_another_unit(tmp_path: Path) -> None:
    rows = [
        ["(단위: 백만원)"],
        ["사업명", "2025년 본예산", "2024년 본예산", "증감"],
        ["가", 5120, 4000, "△1,119,870"],
        ["나", 800, 700, 100],
        ["다", 50, 80, "△30"],
    ]
    assert found(only(saved(tmp_path / "t.xlsx", rows))) == [("change_scaled", "D3")]


def test_a_year_in_another_unit(tmp_path: Path) -> None:
    rows = [["(단위: 백만원)"], ["사업명", "2023년 결산", "2024년 결산"], *([f"사업 {n}", 100 + n, (130 + 2 * n) * 1000] for n in range(7))]
    path = saved(tmp_path / "t.xlsx", rows)
    assert [key for key, _ in found(only(path))] == ["jump_all"]
    years = only(path, mapping(tmp_path, '[unit_of_year]\n2023 = "백만원"\n2024 = "천원"'))
    assert suspicions(years) == [] and {n.krw for n in years.numbers if n.row == 2} == {100_000_000, 130_000_000}


# ---- 9 totals ----


@pytest.mark.parametrize("label", ["합계", "소 계", "계", "총계", "서울계", "전국계", "일반회계 소계"])
def test_rows_of_totals_are_no_programmes(tmp_path: Path, label: str) -> None:
    ledger = only(saved(tmp_path / "t.xlsx", [["(단위: 천원)"], ["사업명", "2025년 본예산"], ["통계 조사", 5], ["생태계 조성", 7], [label, 12]]))
    assert [(n.label, n.is_total) for n in ledger.numbers] == [("통계 조사", False), ("생태계 조성", False), (label, True)]


@pytest.mark.parametrize(
    ("total", "wanted"), [(9995, []), (9996, []), (9994, []), (9_995_000, ["total_scaled"]), (9.995, ["decimal", "total_scaled"]), (9000, ["total"])]
)
def test_totals_against_their_parts(tmp_path: Path, total: float, wanted: list[str]) -> None:
    """Honest rounding by one or two in the last place is none; a thousand times is."""
    rows = [["(단위: 백만원)"], ["사업명", "2025년 본예산"], ["가", 3331], ["나", 3332], ["다", 2332], ["라", 1000], ["합계", total]]
    assert [key for key, _ in found(only(saved(tmp_path / "t.xlsx", rows)))] == wanted


def test_subtotals_and_a_total_on_top(tmp_path: Path) -> None:
    rows = [["(단위: 백만원)"], ["사업명", "2025년 본예산"], ["총계", 60], ["소계", 30], ["가", 10], ["나", 20], ["소계", 30], ["다", 5], ["라", 25]]
    assert found(only(saved(tmp_path / "t.xlsx", rows))) == []


# ---- 10 phases and changes ----


def test_phases_and_changes(tmp_path: Path) -> None:
    rows = [
        ["(단위: 천원)"],
        ["사업명", "2025년도", "", "", "", "2024년도"],
        ["", "본예산", "제1회 추경", "예산현액", "지출액", "결산액"],
        ["가", 10, 5, 15, 9, 8],
        ["나", 20, "-", 20, 18, 17],
    ]
    path = saved(tmp_path / "t.xlsx", rows, merged=("B2:E2", "A2:A3"))
    assert keys(only(path)) == ["table.no_date"], "paid until when?"
    ledger = only(path, mapping(tmp_path, 'as_of = "2025-12-31"'))
    assert keys(ledger) == []
    assert [(c.means.year, c.means.phase, c.means.phase_round) for c in ledger.table.of("amount")] == [
        (2025, "approved", ""), (2025, "supplementary", "1회 추경"), (2025, "adjusted", ""), (2025, "paid", ""), (2024, "settled", ""),
    ]  # fmt: skip


def test_an_amount_without_a_phase_or_a_year_is_asked_for(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", [["(단위: 천원)"], ["사업명", "예산액", "기정액", "비교증감"], ["가", 12, 10, 2], ["나", 5, 5, "-"]])
    assert keys(only(path)) == ["table.no_phase"] * 2 + ["table.no_year"] * 2
    answers = mapping(
        tmp_path, 'year = 2025\n[columns]\nB = {role = "amount", phase = "supplementary", phase_round = "1회"}\nC = {role = "amount", phase = "approved"}'
    )
    assert keys(only(path, answers)) == []
    two = saved(tmp_path / "u.xlsx", [["2024~2025년 본예산 (단위: 천원)"], ["사업명", "예산액"], ["가", 12], ["나", 5]])
    assert keys(only(two)) == ["table.no_year"], "two years in a title are none"


@pytest.mark.parametrize(("change", "wanted"), [(2, []), ("△2", [("change_sign", "D3")]), (3000, [("change", "D3")]), (2000, [("change_scaled", "D3")])])
def test_a_change_must_be_the_difference(tmp_path: Path, change: Any, wanted: list[tuple[str, str]]) -> None:
    rows = [
        ["2025년도 본예산 (단위: 천원)"],
        ["사업명", "예산액", "전년도 본예산", "증감액"],
        ["가", 1002, 1000, change],
        ["나", 500, 700, "△200"],
        ["다", 60, 40, 20],
    ]
    assert found(only(saved(tmp_path / "t.xlsx", rows))) == wanted


# ---- 11 layout ----


def test_headings_of_three_rows_merged_over_years_and_labels(tmp_path: Path) -> None:
    rows = [
        ["2025년 주요사업 예산서"],
        [""],
        ["분야", "사업명", "2024년", "", "2025년", "", "", "비고"],
        ["", "", "본예산", "결산액", "본예산", "", "", ""],
        ["", "", "", "", "계", "국비", "도비", ""],
        ["산업", "가", 5, 4, 9, 4, 5, ""],
        ["", "나", 3, 3, 6, 6, "-", "신규"],
        ["복지", "다", 2, 2, 2, "", 2, ""],
        ["", "주) 국비는 내시액 기준"],
        ["", "(단위: 억원)"],
    ]
    ledger = only(saved(tmp_path / "t.xlsx", rows, merged=("A1:H1", "A3:A5", "B3:B5", "C3:D3", "E3:G3", "C4:C5", "D4:D5", "E4:G4", "H3:H5", "A6:A7")))
    assert (keys(ledger), ledger.unit, ledger.table.area) == ([], "억원", "A3:H8")
    assert [(c.means.year, c.means.phase, c.means.funding) for c in ledger.table.of("amount")] == [
        (2024, "approved", ""), (2024, "settled", ""), (2025, "approved", "mixed"), (2025, "approved", "national"), (2025, "approved", "provincial"),
    ]  # fmt: skip
    assert {(n.label, n.context[0]) for n in ledger.numbers} == {("가", "산업"), ("나", "산업"), ("다", "복지")}
    assert [n.text for n in ledger.table.notes] == ["주) 국비는 내시액 기준", "(단위: 억원)"]


def test_repeated_page_headers_and_blank_columns(tmp_path: Path) -> None:
    head = ["", "사업명", "", "2025년 본예산(천원)"]
    rows = [head, ["", "가", "", 5], ["", "나", "", 7], [""], head, ["", "다", "", 9], ["", "합계", "", 21]]
    ledger = only(saved(tmp_path / "t.xlsx", rows))
    assert cells(ledger) == {"D2": 5, "D3": 7, "D6": 9, "D7": 21} and ledger.table.repeated == [4] and found(ledger) == []


def test_several_tables_on_one_sheet(tmp_path: Path) -> None:
    one = [["1. 2025년 본예산 (단위: 백만원)"], ["사업명", "예산액"], ["가", 5], ["나", 7]]
    two = [["2. 2026년 예산안 (단위: 천원)"], ["부서", "사업명", "예산액"], ["산업과", "다", 9000], ["산업과", "라", 1000]]
    path = saved(tmp_path / "t.xlsx", [*one, [""], *two])
    first, second = ledgers(path)
    assert [(t.unit, {(n.year, n.phase) for n in t.numbers}, t.table.area) for t in (first, second)] == [
        ("백만원", {(2025, "approved")}, "A2:B4"),
        ("천원", {(2026, "proposed")}, "A7:C9"),
    ]
    assert only(path, mapping(tmp_path, "table = 2")).table.area == "A7:C9"


def hide(book: Any) -> None:
    book["세출"].row_dimensions[5].hidden = True
    book.create_sheet("참고").append(["사업명", "예산액"])
    book["참고"].append(["숨긴 사업", 3])
    book["참고"].sheet_state = "hidden"


def test_hidden_rows_and_sheets_are_asked_for(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", PLAIN, change=hide)
    assert keys(only(path)) == ["table.hidden"]
    assert [f.key for f in read_ledgers(read_book(path).grids, Mapping())[1]] == ["intake.table.hidden_sheet"]
    assert "B5" in cells(only(path, mapping(tmp_path, 'hidden = "read"')))
    assert "B5" not in cells(only(path, mapping(tmp_path, 'hidden = "skip"')))


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The archive with its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info.filename)))
    path.write_bytes(out.getvalue())
    return path


def test_a_wrong_dimension_and_formulas_without_results(tmp_path: Path) -> None:
    rows = [*PLAIN[:-1], ["합계", "=SUM(B4:B5)", ""]]
    path = rewritten(saved(tmp_path / "t.xlsx", rows), lambda name, part: part.replace(b'<dimension ref="A1:C6"', b'<dimension ref="A1"'))
    ledger = only(path)
    assert cells(ledger) == {"B4": 1200, "B5": 800}
    assert [(f.key, f.cell) for f in ledger.faults] == [("intake.fault.formula", "B6")]


def test_numbers_as_text_and_dates_as_serials(tmp_path: Path) -> None:
    rows = [
        ["기준일", 46022],
        ["(단위: 천원)"],
        ["사업명", "2025년 본예산", "시작일"],
        ["가", "5", datetime.date(2025, 1, 1)],
        ["나", "7", datetime.date(2025, 3, 1)],
    ]
    ledger = only(saved(tmp_path / "t.xlsx", rows))
    assert cells(ledger) == {"B4": 5, "B5": 7} and [c.means.role for c in ledger.table.columns] == ["programme", "amount", "context"]


def test_the_addresses_are_those_of_the_sheet(tmp_path: Path) -> None:
    rows: Rows = [[""] * 4 for _ in range(7)] + [["", "", "사업명", "2025년 본예산(천원)"], ["", "", "가", 5], ["", "", "나", 7]]
    path = saved(tmp_path / "t.xlsx", rows)
    assert cells(only(path)) == {"D9": 5, "D10": 7}
    sheet = openpyxl.load_workbook(path).active
    assert all(sheet[place].value == value for place, value in cells(only(path)).items())


# ---- 12 encodings and names of files ----

TEXT = '2025년 본예산,\r\n(단위: 천원),\r\n사업명,예산액\r\n인공지능,"1,200"\r\n데이터,800\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("suffix", [".csv", ".xls", ".xlsx"])
def test_encodings_under_any_name(tmp_path: Path, encoding: str, suffix: str) -> None:
    path = tmp_path / f"t{suffix}"
    path.write_bytes(TEXT.encode(encoding))
    book = read_book(path)
    assert cells(only(path)) == {"B4": 1200, "B5": 800} and book.kind == "csv"
    assert ("intake.file.misnamed" in {n.key for n in book.notes}) == (suffix != ".csv")


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_other_delimiters(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        delimiter.join(["사업명", "2025년 본예산(천원)"]) + "\n" + delimiter.join(["가, 나", "1,200"]) + "\n" + delimiter.join(["다", "5"]) + "\n",
        encoding="utf-8",
    )
    assert cells(only(path)) == {"B2": 1200, "B3": 5}


@pytest.mark.parametrize(
    "line, wanted",
    [
        ("가,1,234,", ["table.split"]),
        ("가,1,234", ["table.split"]),
        ('가,"1,234",', []),
        ("가,1,", []),
        ("가,1,2025", []),
        ("가,1,234,567,", ["table.split", "table.unknown_column"]),
    ],
)
def test_an_amount_split_at_its_own_comma_is_asked_for(line: str, wanted: list[str], tmp_path: Path) -> None:
    """1,234 without quotes would be read as 1."""
    (tmp_path / "t.csv").write_text(f"2025년 본예산 (단위: 백만원),,\n사업명,예산액,비고\n나,5,\n{line}\n", encoding="utf-8")
    assert keys(only(tmp_path / "t.csv")) == wanted


def test_an_html_table_named_xls(tmp_path: Path) -> None:
    path = tmp_path / "t.xls"
    path.write_bytes(
        """<html><head><meta charset="euc-kr"><style>td {color: red}</style></head><body><p>2025년도 본예산 (단위 : 천원)</p><table>
        <tr><th rowspan=2>사업명</th><th colspan=2>예산액</th></tr><tr><th>국비</th><th>시비</th></tr>
        <tr><td>인공지능<br>육성</td><td>1,200</td><td>△5</td></tr><tr><td>데이터 &amp; 망</td><td>800</td><td>-</td></tr></table></body></html>""".encode(
            "cp949"
        )
    )
    ledger = only(path)
    assert read_book(path).kind == "html" and cells(ledger) == {"B4": 1200, "C4": -5, "B5": 800} and ledger.unit == "천원"
    assert {n.label for n in ledger.numbers} == {"인공지능 육성", "데이터 & 망"}


def test_an_xlsx_named_csv(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", PLAIN).rename(tmp_path / "t.csv")
    book = read_book(path)
    assert book.kind == "xlsx" and [n.key for n in book.notes] == ["intake.file.misnamed"] and cells(only(path))["B4"] == 1200


# ---- 13 names of governments: see test_check; here the column of a table ----


def test_a_column_of_governments(tmp_path: Path, data: Workspace) -> None:
    rows = [
        ["2021년 본예산 (단위: 천원)"],
        ["시도", "사업명", "예산액"],
        ["인천광역시", "AI 플레이그라운드 인천", 5],
        ["서울본청", "AI 허브 R&D 지원 사업", 7],
        ["부산", "무엇", 3],
    ]
    result = check_file(saved(tmp_path / "t.xlsx", rows), data.data, mapping(tmp_path, 'source_id = "kyungdo-2021-03-25"'))
    assert [(f.key, f.cell) for f in result.faults] == [("intake.fault.government", "A5"), ("intake.fault.programme", "B5")]
    assert [row.file for row in result.rows if not row.spoiled] == ["press/incheon.csv", "press/seoul.csv"]


# ---- 14 nothing is not zero ----


def test_nothing_is_a_gap_and_zero_is_zero(tmp_path: Path, data: Workspace) -> None:
    rows = [["(단위: 천원)"], ["사업명", "2021년 본예산", "2022년 본예산", "2023년 본예산"], ["AI 플레이그라운드 인천", 0, "-", "null"], ["합계", 0, "", ""]]
    result = checked(saved(tmp_path / "t.xlsx", rows), data, tmp_path)
    assert [(r.record["period_start"], r.record["as_printed"]) for r in result.rows] == [("2021-01-01", "0천원")]
    assert result.faults == []


# ---- 15 notes about a break of the series are shown ----


def test_notes_under_the_table_are_shown(tmp_path: Path) -> None:
    ledger = only(saved(tmp_path / "t.xlsx", [*PLAIN, ["※ 2022년부터 기금을 포함함"], ["자료: 예산과"]]))
    assert "기금을 포함함" in "\n".join(understood(ledger)) and len(ledger.table.notes) == 2


# ---- 16 the table with three faults ----

THREE: Rows = [
    ["세출예산 기능별 현황"],
    ["※ 단위: 억원", "", "", "", "(단위 : 백만원)"],
    ["구분", "2023년 본예산", "2024년 본예산", "증감", "비고"],
    ["일반공공행정", "41,210", "42,100", "890", ""],
    ["교육", "12,004", "12,504", "500", ""],
    ["문화 및 관광", "22,030", "22,923", "△892,973", ""],
    ["환경", "38.643", "39,001", "358", ""],
    ["사회복지", "410,220", "431,118", "20,898", ""],
    ["보건", "15,118", "15,020", "△98", ""],
    ["국토 및 지역개발", "30,404", "31,200", "796", ""],
]


def test_a_table_with_three_faults_has_exactly_these_found(tmp_path: Path) -> None:
    ledger = only(saved(tmp_path / "t.xlsx", THREE))
    assert found(ledger) == [("change", "D7"), ("change_scaled", "D6"), ("decimal", "B7"), ("jump", "C7"), ("units", "E2")]
    # The point in 38.643 shows three times: as a decimal, as a jump to the next year, and in the change that no longer fits.
    mended = [[{"38.643": "38,643", "△892,973": "893", "※ 단위: 억원": ""}.get(cell, cell) for cell in row] for row in THREE]
    assert found(only(saved(tmp_path / "u.xlsx", mended))) == []


@pytest.mark.parametrize(("old", "new", "wanted"), [("38.643", "38,643", "decimal"), ("△892,973", "893", "change_scaled"), ("※ 단위: 억원", "", "units")])
def test_each_of_the_three_goes_away_by_itself(tmp_path: Path, old: str, new: str, wanted: str) -> None:
    ledger = only(saved(tmp_path / "t.xlsx", [[new if cell == old else cell for cell in row] for row in THREE]))
    assert wanted not in {key for key, _ in found(ledger)} and len(found(ledger)) >= 2


def test_out_of_all_proportion(tmp_path: Path, data: Workspace) -> None:
    rows = [["2021년 본예산 (단위: 조원)"], ["사업명", "예산액"], ["AI 플레이그라운드 인천", 1600], ["나", "-"]]
    result = checked(saved(tmp_path / "t.xlsx", rows), data, tmp_path)
    assert [(f.key, f.cell) for f in result.faults] == [("intake.police.per_resident", "B3")]


@pytest.mark.parametrize("cell", ["B3", "b3", "세출!B3"])
def test_a_suspicious_number_that_a_person_checked_is_taken_with_her_words(tmp_path: Path, data: Workspace, cell: str) -> None:
    rows = [["2021년 본예산 (단위: 조원)"], ["사업명", "예산액"], ["AI 플레이그라운드 인천", 1600], ["나", "-"]]
    result = checked(saved(tmp_path / "t.xlsx", rows), data, tmp_path, f'{ANSWERS}[checked]\n"{cell}" = "원문 12쪽에서 확인함"')
    assert result.faults == [] and ("intake.police.per_resident", "B3") in [(n.key, n.cell) for n in result.notes]
    assert [row.record["note"] for row in result.rows] == ["원문 12쪽에서 확인함"]


@pytest.mark.parametrize("wrong", ['"3B" = "확인함"', '"B3" = ""', '"B3" = true', '"세출" = "확인함"'])
def test_what_vouches_for_no_cell_or_says_nothing_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(UsageError, match="checked"):
        mapping(tmp_path, f"[checked]\n{wrong}")


# ---- 17 hostile files ----


def test_text_that_looks_like_a_formula_or_a_script_is_text(tmp_path: Path, data: Workspace) -> None:
    path = tmp_path / "t.csv"
    names = ["=cmd|' /C calc'!A0", "+1+1", "@SUM(1)", "<script>alert(1)</script>", "../../x", "-2-3"]
    path.write_text("사업명,2025년 본예산(천원)\n" + "".join(f'"{name}",5\n' for name in names), encoding="utf-8")
    result = checked(path, data, tmp_path)
    assert [f.cell for f in result.faults if f.key == "intake.fault.programme"] == [f"A{n}" for n in range(2, 2 + len(names))]
    assert {f.key for f in result.faults} <= {"intake.fault.programme", "contract.formula"}
    from budgets.sources.workbooks.painting import painted

    content, notes = painted(result.book, result.faults)
    back = openpyxl.load_workbook(io.BytesIO(content))
    assert [n.key for n in notes] == ["intake.paint.rebuilt"]
    for sheet in back.worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert [row[0].value for row in back["t"].iter_rows(min_row=2)] == names


def refused(path: Path) -> str:
    with pytest.raises(WorkbookError) as caught:
        read_book(path)
    for language in ("ko", "en"):
        assert path.name in caught.value.say(language)
    return caught.value.key.removeprefix("intake.file.")


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", PLAIN)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"<row/>" * 12_000_000)
    assert path.stat().st_size < 1_000_000 and refused(path) == "bomb"


def test_entities_that_unfold_without_end(tmp_path: Path) -> None:
    lol = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>'
    path = rewritten(saved(tmp_path / "t.xlsx", PLAIN), lambda name, part: lol + part.partition(b"?>")[2] if name == "xl/workbook.xml" else part)
    assert refused(path) == "entities"


def test_cells_scattered_over_a_million_rows(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", PLAIN, change=lambda book: book["세출"].cell(1_048_576, 16_384, 1))
    assert refused(path) == "scattered"


@pytest.mark.slow
def test_a_million_empty_rows(tmp_path: Path) -> None:
    empty = b"".join(b'<row r="%d" ht="15" customHeight="1"/>' % n for n in range(7, 1_048_577))
    path = rewritten(
        saved(tmp_path / "t.xlsx", PLAIN), lambda name, part: part.replace(b"</sheetData>", empty + b"</sheetData>") if name.endswith("sheet1.xml") else part
    )
    assert cells(only(path)) == {"B4": 1200, "B5": 800, "B6": 2000}


def test_a_merged_area_over_the_whole_sheet(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", [[v if n == 0 else "" for n, v in enumerate(PLAIN[0])], *PLAIN[1:]])
    rewritten(
        path,
        lambda name, part: (
            part.replace(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A7:XFD1048576"/></mergeCells>')
            if name.endswith("sheet1.xml")
            else part
        ),
    )
    assert read_book(path).grids[0].merged and cells(only(path)) == {"B4": 1200, "B5": 800, "B6": 2000}


def test_a_text_wider_than_any_sheet(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("사업명" + ",예산액" * 20_000 + "\n", encoding="utf-8")
    assert refused(path) == "scattered"


def test_macros_and_links_are_ignored_and_named(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", PLAIN)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    assert {n.key for n in read_book(path).notes} == {"intake.file.macros", "intake.file.links"}


def test_files_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600)
    assert refused(path) == "locked"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    assert refused(path) == "broken"
    path.write_bytes(b"PK\x03\x04 no archive")
    assert refused(path) == "broken"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refused(path) == "kind"
    path.write_bytes(b"")
    assert refused(path) == "empty"
    path.write_bytes(b"\xff\x20\x81" * 9)
    assert refused(path) == "decoding"
    assert refused(tmp_path / "none.xlsx") == "unreadable"
    path.write_text("아무 표도 아닌 글\n", encoding="utf-8")
    with pytest.raises(WorkbookError) as caught:
        check_file(path, None)
    assert caught.value.key == "intake.table.none"


def test_a_file_over_which_the_reader_panics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panic(*_: object) -> None:
        raise PanicException("range end index 2 out of range")

    monkeypatch.setattr("python_calamine.CalamineWorkbook.from_filelike", panic)
    assert refused(saved(tmp_path / "t.xlsx", PLAIN)) == "broken"


@pytest.mark.parametrize("part", ["xl/comments/comment1.xml", "xl/styles.xml"])
def test_a_damaged_file_is_refused_where_it_cannot_be_painted(tmp_path: Path, part: str) -> None:
    from budgets.sources.workbooks.painting import painted

    path = saved(tmp_path / "t.xlsx", PLAIN, change=lambda book: setattr(book["세출"]["A1"], "comment", Comment("메모", "나")))
    rewritten(path, lambda name, content: content[: len(content) // 2] + b"<" if name == part else content)
    with pytest.raises(WorkbookError) as caught:
        painted(read_book(path), [])
    assert caught.value.key == "intake.file.broken"


# ---- the mapping, and adding a table ----


def test_a_mapping_is_refused_where_it_is_none(tmp_path: Path) -> None:
    for text in (
        'units = "천원"',
        'year = "2025"',
        'hidden = "maybe"',
        '[columns]\nB = "budget"',
        '[columns]\nB2 = "amount"',
        "header = 0",
        'columns = "B"',
        "= 3",
    ):
        with pytest.raises(UsageError):
            mapping(tmp_path, text)


def test_the_example_of_a_mapping_is_one_and_names_every_key(tmp_path: Path) -> None:
    example = str(mapping_file.__doc__).partition("\n\n")[2]
    assert tomllib.loads(example).keys() == {key.name for key in fields(Mapping)}
    read = spoken(mapping(tmp_path, example))
    assert (read.extent, read.phase, read.nature) == ("flow", "approved", "fund_size") and sorted(read.columns) == [2, 4, 5]


def test_a_table_is_added_once_confirmed(tmp_path: Path, data: Workspace, command: Command) -> None:
    path = saved(tmp_path / "t.xlsx", [*PLAIN[:3], ["AI 플레이그라운드 인천", 1200, ""], ["합계", 1200, ""]])
    answers = tmp_path / "m.toml"
    answers.write_text('government = "인천"\n[source]\n' + "\n".join(
        f'{k} = "{v}"' for k, v in {"source_id": "incheon-2025-01-05", "source_kind": "공식 내려받기", "publisher": "인천광역시", "published_precision": "unknown", "published_basis": "unknown", "redistribute": "yes", "checked": "전문 확인", "reliability": "공식"}.items()
    ), encoding="utf-8")  # fmt: skip
    before = data.clean()
    done = command("check", path, "--data", data.data)
    assert done.returncode == 1 and "A3:C5" in done.stdout and "대응표" in done.stderr
    done = command("add", path, "--data", data.data, "--yes")
    assert done.returncode == 1 and data.clean() == before
    done = command("add", path, "--data", data.data, "--mapping", answers)
    assert done.returncode == 0 and "press/incheon.csv +1" in done.stdout, done.stderr
    (row,) = [r for r in data.rows("press/incheon.csv") if "incheon-2025-01-05" in r]
    assert row[0] == "incheon-ai-playground-2025-approved-incheon" and "1,200백만원" in row
    again = command("add", path, "--data", data.data, "--mapping", answers)
    assert again.returncode == 0 and "이미 있습니다" in again.stdout


def test_without_a_word_of_confirmation_nothing_is_added(tmp_path: Path, data: Workspace, command: Command) -> None:
    rows = [["2025년 본예산 (단위: 백만원)"], ["시도", "사업명", "예산액"], ["인천", "AI 플레이그라운드 인천", 1200]]
    path, before = saved(tmp_path / "t.xlsx", rows), data.clean()
    done = command("add", path, "--data", data.data)
    assert done.returncode == 1 and "--yes" in done.stdout and data.clean() == before


def test_faults_of_a_table_are_painted_in_place(tmp_path: Path) -> None:
    from budgets.sources.workbooks.painting import FAULT, painted

    def note(book: Any) -> None:
        book["세출"]["A4"].comment = Comment("내 메모", "나")

    path = saved(tmp_path / "t.xlsx", THREE, change=note)
    ledger = only(path)
    book: Book = read_book(path)
    content, _ = painted(book, [*ledger.faults, *suspicions(ledger)])
    back = openpyxl.load_workbook(io.BytesIO(content))["세출"]
    assert {c.coordinate for row in back.iter_rows() for c in row if c.fill.fgColor.rgb == FAULT.fgColor.rgb} == {"E2", "D6", "B7", "C7", "D7"}
    assert back["A4"].comment.text == "내 메모" and back["D6"].value == "△892,973"


# ---- real files ----

REAL: dict[str, tuple[str, int, dict[str, str]]] = {
    "records_management_budget_bom_quoted_null.csv": ('unit = "원"', 998, {"K2": "6960000", "K3": "998419000"}),
    "expenditure_southkorea_unit_break.csv": ('phase = "unknown"\n[unit_of_year]\n2012 = "백만원"\n2013 = "천원"\n2014 = "천원"', 1701, {"E2": "18200", "E51": "53391"}),
    "central_budget_2015_crlf_million_won.csv": ('unit = "백만원"\nyear = 2015\nphase = "approved"\ngovernment = "중앙정부"', 2395, {"D2": "484", "D13": "8503"}),
    "fiscal_efforts_city_trailing_blank.csv": ('unit = "원"\nyear = 2013\nphase = "unknown"\n[columns]\n' + "\n".join(f'{c} = "amount"' for c in "BCDEFGHIJK"), 770, {"B2": "1.0015", "K3": "0.0249"}),
    "fiscal_efforts_gu_wrapped_header.csv": ('unit = "원"\nyear = 2013\nphase = "unknown"\n[columns]\n' + "\n".join(f'{c} = "amount"' for c in "BCDEFGHIKL") + '\nJ = "ignore"', 130, {"K2": "-0.0616", "L3": "-0.2199"}),
    "synthetic_budget_biff8.xls": ('unit = "원"', 12, {"B3": "12500000000", "C4": "-200000000"}),
}  # fmt: skip
"""For each real file the mapping it needs, how many amounts are then read, and some of them."""


@pytest.mark.parametrize("name", REAL)
def test_real_files_are_read_with_their_mapping(name: str, tmp_path: Path) -> None:
    path = MESSY / name
    if not path.exists():
        pytest.skip(f"{name} does not lie beside the checkout")
    answers, count, some = REAL[name]
    tomllib.loads(answers)
    assert keys(only(path)), "without a mapping it is asked about"
    ledger = only(path, mapping(tmp_path, answers))
    read = cells(ledger)
    assert len(read) == count and {place: str(read[place]) for place in some} == some
    if "gu_wrapped" in name:
        assert "table.shifted" in keys(only(path))
    for place, number in list(read.items())[:300]:
        row, column = ledger.table.grid.rows, next(n for n in ledger.numbers if n.place == place)
        amount = parse_cell(row[column.row][column.column.index], "배")
        assert amount is not None and amount.printed == number

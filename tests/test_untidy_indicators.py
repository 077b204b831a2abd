"""Tables of indicators as offices keep them: targets and actual values are read, and what they leave open is asked."""

from pathlib import Path
from typing import Any

import pytest

from budgets.intake.checking import Checked, check_file
from budgets.sources.workbooks.ledger import Ledger
from budgets.sources.workbooks.mapping import Mapping
from conftest import Command
from test_untidy import Rows, found, keys, mapping, only, saved
from workspace import Workspace

TABLE: Rows = [
    ["2023년도 성과지표 달성 현황", "", "", "", "", "", ""],
    ["사업명", "성과지표", "단위", "목표", "실적", "달성률(%)", "비고"],
    ["AI 플레이그라운드 인천", "인재 양성", "명", 330, "305", 92.4, ""],
    ["AI 플레이그라운드 인천", "지원 기업", "개사", 70, "72개사", 102.9, "6개월 뒤"],
]
ANSWERS = 'government = "인천"\nsource_id = "lawissue-2025-04-10"\nextent = "flow"\n'


@pytest.fixture
def data(built: Workspace) -> Workspace:
    return built


def checked(tmp_path: Path, data: Workspace, rows: Rows, answers: str = ANSWERS, **more: Any) -> Checked:
    return check_file(saved(tmp_path / "t.xlsx", rows, **more), data.data, mapping(tmp_path, answers))


def values(ledger: Ledger) -> dict[str, tuple[Any, ...]]:
    return {n.place: (n.indicator, n.phase, n.year, n.number, n.unit) for n in ledger.numbers if n.role == "value"}


def test_targets_and_actual_values_are_read(tmp_path: Path) -> None:
    ledger = only(saved(tmp_path / "t.xlsx", TABLE))
    assert (keys(ledger), found(ledger)) == ([], [])
    assert values(ledger) == {
        "D3": ("인재 양성", "target", 2023, 330, "명"),
        "E3": ("인재 양성", "actual", 2023, 305, "명"),
        "D4": ("지원 기업", "target", 2023, 70, "개사"),
        "E4": ("지원 기업", "actual", 2023, 72, "개사"),
    }


def test_they_become_rows_with_their_place(tmp_path: Path, data: Workspace) -> None:
    result = checked(tmp_path, data, TABLE)
    assert [fault.key for fault in result.faults] == []
    shown = [
        (r.record["indicator"], r.record["phase"], r.record["as_printed"], r.record["unit"], r.record["period_start"], r.record["locator"]) for r in result.rows
    ]
    assert shown == [
        ("people_trained", "target", "330명", "persons", "2023-01-01", "세출 D3"),
        ("people_trained", "actual", "305명", "persons", "2023-01-01", "세출 E3"),
        ("companies_supported", "target", "70개사", "companies", "2023-01-01", "세출 D4"),
        ("companies_supported", "actual", "72개사", "companies", "2023-01-01", "세출 E4"),
    ]
    assert {r.record["kind"] for r in result.rows} == {"target"} and {r.record["extent"] for r in result.rows} == {"flow"}


def test_years_over_targets_and_merged_names(tmp_path: Path) -> None:
    rows: Rows = [
        ["사업명", "지표명", "2024년", "", "2025년", ""],
        ["", "", "목표", "실적", "목표", "실적"],
        ["AI 아카데미", "수료생(명)", "300", "305명", 330, "-"],
        ["", "업무협약(건)", 5, 4, 6, None],
    ]
    ledger = only(saved(tmp_path / "t.xlsx", rows, merged=("A1:A2", "B1:B2", "C1:D1", "E1:F1", "A3:A4")))
    assert keys(ledger) == [] and ledger.nothing == 2
    assert values(ledger) == {
        "C3": ("수료생", "target", 2024, 300, "명"),
        "D3": ("수료생", "actual", 2024, 305, "명"),
        "E3": ("수료생", "target", 2025, 330, "명"),
        "C4": ("업무협약", "target", 2024, 5, "건"),
        "D4": ("업무협약", "actual", 2024, 4, "건"),
        "E4": ("업무협약", "target", 2025, 6, "건"),
    }
    assert {n.label for n in ledger.numbers} == {"AI 아카데미"}


@pytest.mark.parametrize(
    "rows, answers, wanted",
    [
        ([TABLE[0], TABLE[1], ["AI 플레이그라운드 인천", "만족도", "점", 90, 91, 101.1, ""]], ANSWERS, ["table.indicator"]),
        (TABLE, ANSWERS.replace('extent = "flow"\n', ""), ["table.no_extent"] * 2),
        ([["성과지표 현황"], *TABLE[1:]], ANSWERS, ["table.no_value_year"] * 2),
        (TABLE, ANSWERS.replace("flow", "stock"), ["table.no_as_of"] * 2),
        (TABLE, ANSWERS.replace("flow", "cumulative"), ["table.no_since"] * 2),
        ([TABLE[0], TABLE[1], ["AI 플레이그라운드 인천", "인재 양성", "개", 90, 91, 101.1, ""]], ANSWERS, ["table.other_counter"] * 2),
        ([TABLE[0], TABLE[1], ["AI 플레이그라운드 인천", "인재 양성", "", 90, 91, 101.1, ""]], ANSWERS, ["table.no_counter"]),
        ([row[1:] if n else row for n, row in enumerate(TABLE)], ANSWERS, ["table.no_programme"] * 2),
        ([TABLE[0], TABLE[1], ["AI 플레이그라운드 인천", "인재 양성", "명", "약간", 91, "", ""]], ANSWERS, ["amount.cell"]),
    ],
    ids=["indicator", "extent", "year", "day of a stock", "since when", "another unit", "no unit", "programme", "words"],
)
def test_what_is_open_is_asked_and_never_guessed(rows: Rows, answers: str, wanted: list[str], tmp_path: Path, data: Workspace) -> None:
    faults = checked(tmp_path, data, rows, answers).faults
    assert [fault.key.removeprefix("intake.") for fault in faults] == wanted
    assert all(fault.cell and fault.say("ko") and fault.say("en") for fault in faults)


def test_the_answers_of_a_mapping(tmp_path: Path, data: Workspace) -> None:
    rows = [*TABLE[:2], ["", "수료 인원", "", 330, 305, 92.4, ""], ["", "만족도", "점", 90, 91, 101.1, ""]]
    more = 'programme = "AI 플레이그라운드 인천"\nunit = "명"\nas_of = 2024-12-31\n[columns]\nA = "ignore"\n[indicators]\n"수료 인원" = {indicator = "people_trained", extent = "stock"}\n"만족도" = "ignore"\n'
    result = checked(tmp_path, data, rows, ANSWERS + more)
    assert [fault.key for fault in result.faults] == []
    assert [(r.record["extent"], r.record["as_of"], r.record["as_printed"], r.record["words"]) for r in result.rows] == [
        ("stock", "2024-12-31", "330명", "수료 인원"),
        ("stock", "2024-12-31", "305명", "수료 인원"),
    ]


@pytest.mark.parametrize(
    "rate, wrong", [(92.4, False), ("92.4%", False), (0.9242, False), (92, False), (93.4, True), ("9.24", True), ("-", False), ("순증", False)]
)
def test_the_rate_is_the_actual_value_over_the_target(rate: Any, wrong: bool, tmp_path: Path) -> None:
    ledger = only(saved(tmp_path / "t.xlsx", [*TABLE[:2], [*TABLE[2][:5], rate, ""]]))
    assert found(ledger) == ([("achievement", "F3")] if wrong else [])


def test_targets_without_indicators_are_no_counts(tmp_path: Path) -> None:
    """목표 and 실적 of revenue: amounts whose phase is asked."""
    ledger = only(saved(tmp_path / "t.xlsx", [["(단위: 백만원)"], ["세목", "사업명", "2025년 목표", "2025년 실적", "금액"], ["가", "나", 10, 11, 12]]))
    assert values(ledger) == {} and "table.no_phase" in keys(ledger)


def test_a_table_of_indicators_is_added_once(tmp_path: Path, data: Workspace, command: Command) -> None:
    path = saved(tmp_path / "t.xlsx", TABLE)
    (tmp_path / "m.toml").write_text(ANSWERS, encoding="utf-8")
    call = ("add", str(path), "--data", str(data.data), "--mapping", str(tmp_path / "m.toml"))
    before = (data.data / "raw/press/incheon.csv").read_text(encoding="utf-8").count("\n")
    done = command(*call)
    assert done.returncode == 0, done.stderr
    after = (data.data / "raw/press/incheon.csv").read_text(encoding="utf-8")
    assert after.count("\n") == before + 4
    assert command(*call).returncode == 0 and (data.data / "raw/press/incheon.csv").read_text(encoding="utf-8") == after


def test_a_mapping_of_indicators_must_be_one(tmp_path: Path) -> None:
    from budgets.errors import UsageError

    for wrong in ('extent = "much"', '[indicators]\n"가" = 3', '[indicators]\n"가" = {extent = "much"}'):
        with pytest.raises(UsageError):
            mapping(tmp_path, wrong)
    assert mapping(tmp_path, "") == Mapping()

"""Supplementary budgets in tables: which one, an increment or what the budget came to; read where it is said, else asked."""

from pathlib import Path

import pytest

from budgets.intake.checking import check_file
from budgets.sources.workbooks.understanding import understood
from test_untidy import ANSWERS, Rows, keys, mapping, only, saved
from workspace import Workspace

NAME = "AI 플레이그라운드 인천"


def table(*heads: str, title: str = "2025년 예산 현황", rows: tuple[tuple[int, ...], ...] = ((100, 20, 120),)) -> Rows:
    return [[title], ["(단위: 백만원)"], ["사업명", *heads], *([NAME if n == 0 else f"사업 {n}", *row] for n, row in enumerate(rows))]


@pytest.mark.parametrize(
    "heading, wanted",
    [
        ("제1회 추경", "1회 추경"),
        ("1차 추경", "1회 추경"),
        ("제 2 회 추가경정예산", "2회 추경"),
        ("제2회추경예산", "2회 추경"),
        ("추경(1회)", "1회 추경"),
        ("추경 (제3차)", "3회 추경"),
        ("제10회 추경", "10회 추경"),
        ("2추경", "2회 추경"),
        ("제Ⅱ회 추경", "2회 추경"),
        ("정리추경", "정리추경"),
        ("결산 추경", "결산추경"),
        ("'25년 1회 추경", "1회 추경"),
        ("1~2회 추경", "1~2회 추경"),
        ("추경", ""),
    ],
)
def test_an_increment_that_adds_up_is_read_with_its_round(heading: str, wanted: str, tmp_path: Path) -> None:
    """최종예산 is then the total of both: verified, not added and not asked about."""
    ledger = only(saved(tmp_path / "t.xlsx", table("본예산", heading, "최종예산")))
    assert keys(ledger) == []
    assert [(n.phase, n.phase_round, n.number, n.year) for n in ledger.numbers] == [
        ("approved", "", 100, 2025),
        ("supplementary", wanted, 20, 2025),
        ("after", "", 120, 2025),
    ]


@pytest.mark.parametrize("heading", ["제1회 추경 후", "추경 포함 예산", "예산액(1회추경까지)", "기정예산(1회 추경)"])
def test_a_total_that_says_so_is_read_as_one(heading: str, tmp_path: Path) -> None:
    ledger = only(saved(tmp_path / "t.xlsx", table("본예산", heading, rows=((100, 120),))))
    assert keys(ledger) == [] and [n.phase for n in ledger.numbers] == ["approved", "after"]
    assert "추경을 더한 총액" in "\n".join(understood(ledger))


@pytest.mark.parametrize(
    "heads, row, wanted",
    [
        (("본예산", "1회 추경"), (100, 120), ["supplement"]),
        (("본예산", "정리추경", "최종예산"), (100, 120, 120), ["no_phase", "supplement"]),
        (("본예산", "최종예산"), (100, 120), ["no_phase"]),
        (("본예산", "제1회 추경예산안"), (100, 20), ["no_phase"]),
        (("본예산", "1회 추경", "2회 추경", "예산현액"), (100, 120, 130, 140), ["supplement", "supplement"]),
        (("본예산", "1회 추경", "2회 추경", "예산현액"), (100, 20, 10, 130), []),
        (("본예산", "1회 추경", "2회 추경", "예산현액"), (100, -20, -10, 70), []),
        (("본예산", "1회 추경"), (100, -20), []),
        (("당초", "1추", "2추"), (100, 20, 10), ["unknown_column", "unknown_column"]),
    ],
)
def test_what_does_not_say_is_asked(heads: tuple[str, ...], row: tuple[int, ...], wanted: list[str], tmp_path: Path) -> None:
    ledger = only(saved(tmp_path / "t.xlsx", table(*heads, rows=(row,))))
    assert [key.removeprefix("table.") for key in keys(ledger)] == wanted


def test_the_round_of_a_title_and_of_a_row(tmp_path: Path) -> None:
    title = only(saved(tmp_path / "t.xlsx", table("예산액", title="2025년 제2회 추가경정예산", rows=((-5,),))))
    assert [(n.phase, n.phase_round) for n in title.numbers] == [("supplementary", "2회 추경")] and keys(title) == []
    rows: Rows = [["(단위: 백만원)"], ["사업명", "예산구분", "2025년"], ["가", "본예산", 100], ["가", "제1회추경", -5], ["가", "정리추경", -1]]
    row = only(saved(tmp_path / "r.xlsx", rows))
    assert [(n.phase, n.phase_round) for n in row.numbers] == [("approved", ""), ("supplementary", "1회 추경"), ("supplementary", "정리추경")]


def test_it_is_written_into_the_data_as_it_stands_there(built: Workspace, tmp_path: Path) -> None:
    for round_ in ("1회", "제1회", "1차 추경"):
        answers = ANSWERS + f'[columns]\nC = {{role = "amount", phase = "추경", phase_round = "{round_}", year = 2025}}\n'
        rows = check_file(saved(tmp_path / "t.xlsx", table("본예산", "추경", rows=((100, 20),))), built.data, mapping(tmp_path, answers)).rows
        assert [(r.record["phase"], r.record["phase_round"], r.record["as_printed"]) for r in rows] == [
            ("approved", "", "100백만원"),
            ("supplementary", "1회 추경", "20백만원"),
        ]

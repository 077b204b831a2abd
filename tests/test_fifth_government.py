"""A fifth government is added by rows alone: two figures of Busan appear everywhere, and no code knows of Busan."""

from pathlib import Path

import pytest

from budgets import essay, lens, measures, survey
from budgets.basis import BudgetBasis
from budgets.checkout import default_data
from budgets.clean import build, load
from budgets.comparison import compare_budgets
from budgets.comparison.own import budget_bases
from budgets.passport import passport
from budgets.reports.parameters import checked, title
from budgets.tables import Tables
from budgets.verification import verify
from budgets.vocabulary import FOUR
from conftest import ROOT
from workspace import Workspace, copied

FIVE = (*FOUR, "busan")
WHOLE, PROGRAMME = "busan-ai-budget-2026-proposed-example", "busan-ai-hub-2026-proposed-example"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return add_busan(copied(default_data(), tmp_path_factory.mktemp("five") / "data"))


def add_busan(workspace: Workspace) -> Path:
    """Rows in four files, as a person would add them."""
    workspace.add(
        "press/sources.csv", source_id="example-2025-11-20", kind="press", publisher="보기신문", published_on="2025-11-20", published_precision="day",
        published_basis="printed", redistribute="false", checked="excerpt", reliability="press",
    )  # fmt: skip
    for programme, name, english in (("busan-ai-budget", "부산시 AI 예산", "Busan AI budget"), ("busan-ai-hub", "부산 AI 허브", "Busan AI hub")):
        workspace.add(
            "press/programmes.csv", programme_id=programme, government="busan", name_ko=name, name_en=english, source_id="example-2025-11-20", locator="excerpt"
        )
    header = dict.fromkeys(workspace.rows("press/seoul.csv")[0], "")
    for figure, programme, printed, hedge in ((WHOLE, "busan-ai-budget", "약 1200억 원", "약"), (PROGRAMME, "busan-ai-hub", "45억 원", "none")):
        row = {
            "figure_id": figure, "kind": "budget", "programme_id": programme, "programme_as_printed": "부산 AI", "nature": "budget", "phase": "proposed",
            "funding": "unknown", "unit": "KRW", "period_kind": "fiscal_year", "period_start": "2026-01-01", "period_end": "2026-12-31",
            "as_printed": printed, "hedge": hedge, "source_id": "example-2025-11-20", "locator": "excerpt", "words": "예산안",
        }  # fmt: skip
        workspace.add("press/busan.csv", **{**header, **row})
    for programme, coverage in (("busan-ai-budget", "government"), ("busan-ai-hub", "programme")):
        workspace.add(
            "rulings/programmes.csv", programme_id=programme, scope="ai_core", coverage=coverage, parent="" if coverage == "government" else "busan-ai-budget",
            reason="보기로 든 사업으로 인공지능이 목적이다.", decided_on="2026-11-21",
        )  # fmt: skip
    build(workspace.data)
    return workspace.data


@pytest.fixture(scope="module")
def five(folder: Path) -> Tables:
    return load(folder)


def test_no_code_knows_busan_in_particular() -> None:
    """Only where the whole country is laid out or read (a map, official codes) it is named, beside Jeju and all others."""
    texts = {p: p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py")}
    assert [p for p, text in texts.items() if "busan" in text and "jeju" not in text and "lofin" not in p.parts] == []


def test_it_is_compared_beside_the_others(five: Tables) -> None:
    comparison = compare_budgets(five, BudgetBasis(fiscal_year=2026, phase="proposed", governments=FIVE))
    assert comparison.present == ("seoul", "busan") and comparison.is_race
    assert comparison.missing == ("incheon", "gwangju", "gyeonggi")
    assert comparison.set_aside.set_index("figure_id").at[PROGRAMME, "differs"] == ("other coverage", "part of")
    opening = essay.open_comparison(comparison, "ko")
    assert "서울·부산의 수치를 같은 기준에서 견줄 수 있습니다" in opening
    assert "부산 1,200억 원(1,150억 원 ~ 1,250억 원)" in opening or "부산 1,200억 원(1,100억 원 ~ 1,300억 원)" in opening
    assert "Busan" in essay.open_comparison(comparison, "en")


def test_it_has_its_measures(five: Tables) -> None:
    total = measures.total(compare_budgets(five, BudgetBasis(fiscal_year=2026, phase="proposed", governments=FIVE)))
    busan = measures.per_resident(total).rows.set_index("government").loc["busan"]
    people = five.denominators.query("government == 'busan' and denominator == 'population' and year == 2025")["value"].iloc[0]
    assert busan["value"] == pytest.approx(1.2e11 / people)
    assert all("부산" in view.table.html for view in lens.of_comparison(total.comparison, 2025, "ko").views if view.table)  # type: ignore[union-attr]


def test_the_four_stay_as_they_were(tables: Tables, five: Tables) -> None:
    for basis in list(budget_bases(tables, FOUR))[::9]:
        one, other = compare_budgets(tables, basis), compare_budgets(five, basis)
        assert list(one.rows["figure_id"]) == list(other.rows["figure_id"])
        assert set(other.set_aside["figure_id"]) - set(one.set_aside["figure_id"]) == {WHOLE, PROGRAMME}


def test_it_is_in_the_survey_its_own_page_and_its_passport(five: Tables) -> None:
    grid = survey.coverage(five, FIVE, 2025, 2026).set_index(["government", "year"])
    assert grid.at[("busan", 2026), "figures"] == 2 and grid.at[("busan", 2026), "whole"] == 1 and grid.at[("busan", 2025), "figures"] == 0
    pairs = survey.comparable_pairs(five, FIVE)
    assert ("seoul", "busan") in set(pairs.loc[pairs["coverage"] == "government", "governments"])
    assert "2건" in essay.open_government(five, "busan", "ko") and "2026년에만" in essay.open_government(five, "busan", "ko")
    said = passport(five, WHOLE, "ko")
    assert said["지방정부"] == "부산광역시" and said["적힌 그대로"] == "약 1200억 원"
    assert "부산" in title("read_government", checked("read_government", {"government": "busan"}, five), five)
    assert "Busan AI hub" in title("trace_programme", checked("trace_programme", {"programme_id": "busan-ai-hub", "language": "en"}, five), five)


def test_official_order_places_it_among_the_others(five: Tables) -> None:
    rows = compare_budgets(five, BudgetBasis(fiscal_year=2026, phase="proposed", governments=FIVE)).rows
    assert list(rows["government"]) == ["seoul", "busan"]
    assert five.order("seoul") < five.order("busan") < five.order("incheon")


def test_the_new_rows_are_verified(folder: Path, tables: Tables) -> None:
    found = verify(folder)
    assert found.faults == []
    assert found.figures == len(tables.budgets) + len(tables.targets) + len(tables.milestones) + 2

"""The lens: six views of one comparison, equal to the workbook's numbers, each with its reason where there is none."""

import json
import re
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup

from budgets.basis import BudgetBasis
from budgets.comparison import Comparison, compare_budgets
from budgets.comparison.own import budget_bases
from budgets.essay.tracing import trace
from budgets.lens import of_comparison, of_functions
from budgets.official import functional_budgets
from budgets.page import Lens, View
from budgets.page.chart import figures_of
from budgets.page.lens import LENS
from budgets.page.table import PASSPORTS
from budgets.tables import Tables
from budgets.vocabulary import FOUR
from budgets.workbook import Assumptions, workbook
from small import denominator, money, ruling
from small import tables as made

BASE = 2020
ORDER = [(measure, prices) for prices in ("nominal", "constant") for measure in ("total", "per_resident", "share")]


@pytest.fixture(scope="module")
def several() -> Tables:
    """Four prints by three governments on one basis, with all they can be divided by but gamma's total expenditure."""
    figures = [
        money("a", "alpha", "약 1200억 원", hedge="약"),
        money("b", "beta", "227억여 원", hedge="여"),
        money("b-again", "beta", "230억 원"),
        money("c", "gamma", "50억 원 이상", hedge="이상"),
        money("a-part", "alpha", "30억 원", coverage="programme"),
        money("a-old", "alpha", "900억 원", year=2020),
    ]
    divisors = [denominator("land", year, "price_index", value) for year, value in ((2020, 100.0), (2024, 114.18), (2025, 116.61))]
    divisors += [denominator(g, 2024, "population", n) for g, n in (("alpha", 9_331_828), ("beta", 3_021_010), ("gamma", 13_694_685))]
    divisors += [denominator("alpha", 2025, "total_expenditure", 48e12, 47.95e12, 48.05e12)]
    divisors += [denominator("beta", 2025, "total_expenditure", 14.9e12, 14.85e12, 14.95e12)]
    return made(figures, [ruling("a-part", "part_of", "a")], divisors)


def compared(tables: Tables, **basis: Any) -> Comparison:
    return compare_budgets(tables, BudgetBasis(**{"fiscal_year": 2025, "governments": ("alpha", "beta", "gamma"), **basis}))


def seen(lens: object) -> Lens:
    assert isinstance(lens, Lens), lens
    return lens


def numbers(view: View) -> dict[str, list[str]]:
    """The first four cells of each row of a view's table, by its name."""
    assert view.table is not None, view.why
    rows = BeautifulSoup(view.table.html, "html.parser").select("tbody tr")
    return {row.th.text: [cell.text for cell in row.select("td")] for row in rows}  # type: ignore[union-attr]


def cached(comparison: Comparison, prices: str) -> dict[str, dict[str, list[Any]]]:
    """What the workbook's cells hold: measure → government → low, printed, high."""
    content = workbook(
        comparison.tables, [comparison], title="시험", date_of_data=date(2026, 1, 1), fingerprint="0", assumptions=Assumptions("million", prices, BASE)
    )
    sheet = openpyxl.load_workbook(BytesIO(content), data_only=True)["비교"]
    rows = list(sheet.iter_rows(values_only=True))
    first = next(n for n, row in enumerate(rows) if row[0] == "지방정부" and "비고" in row) + 1
    names = {comparison.tables.name(g) for g in comparison.basis.governments}
    found: dict[str, dict[str, list[Any]]] = {"total": {}, "per_resident": {}, "share": {}}
    for row in rows[first:]:
        if row[0] not in names:
            break
        for measure, column in (("total", 2), ("per_resident", 6), ("share", 10)):
            found[measure][str(row[0])] = list(row[column : column + 3])
    return found


def agrees(shown: str, cell: Any) -> bool:
    """Does a number of the page say what the cell holds, rounded as the page rounds?"""
    if not isinstance(cell, int | float):
        return not re.search(r"\d", shown)
    places = len(shown.partition(".")[2])
    return abs(float(shown.replace(",", "")) - cell) <= 0.5 * 10**-places * 1.0001 + 1e-9 * abs(cell) or abs(float(shown.replace(",", "")) - cell) <= 0.005


def disagreements(comparison: Comparison, lens: Lens) -> list[tuple[str, ...]]:
    found = []
    for prices in ("nominal", "constant"):
        cells = cached(comparison, prices)
        for view in lens.views:
            if view.prices == prices and view.table is not None:
                for government, shown in numbers(view).items():
                    pairs = zip(shown[:3], cells[view.measure].get(government, [None] * 3), strict=True)
                    found += [(view.measure, prices, government, page, str(cell)) for page, cell in pairs if not agrees(page, cell)]
    return found


@pytest.mark.slow
def test_the_views_are_the_workbooks_numbers(several: Tables) -> None:
    comparison = compared(several)
    lens = seen(of_comparison(comparison, BASE))
    assert [(view.measure, view.prices) for view in lens.views] == ORDER
    assert all(view.table is not None for view in lens.views)
    assert disagreements(comparison, lens) == []
    alpha = numbers(lens.views[0])["알파시"]
    assert alpha[:3] == ["115,000", "120,000", "125,000"] or alpha[1] == "120,000"


@pytest.mark.slow
def test_the_views_of_the_real_comparisons_are_the_workbooks_numbers(tables: Tables) -> None:
    """Every basis on which a whole government stands."""
    checked = 0
    for basis in budget_bases(tables, FOUR):
        comparison = compare_budgets(tables, basis)
        lens = of_comparison(comparison, BASE)
        if isinstance(lens, Lens):
            assert disagreements(comparison, lens) == [], basis
            checked += 1
    assert checked >= 3


def test_a_race_is_drawn_in_every_view_that_has_two_values(several: Tables) -> None:
    lens = seen(of_comparison(compared(several), BASE))
    assert [view.chart is not None for view in lens.views] == [True, True, True, True, True, True] or all(
        (view.chart is not None) == (sum(bool(re.search(r"\d", row[1])) for row in numbers(view).values()) >= 2) for view in lens.views
    )
    assert lens.views[0].chart is not None and lens.views[0].chart["usermeta"]["finding"].startswith("알파시 ")


def test_a_missing_denominator_is_another_gap_than_no_print(several: Tables) -> None:
    lens = seen(of_comparison(compared(several, governments=("alpha", "beta", "gamma", "town")), BASE))
    share = numbers(lens.views[2])
    assert share["감마도"][:3] == ["분모 없음"] * 3 and share["감마도 읍"][:3] == ["발표 없음"] * 3
    assert numbers(lens.views[0])["감마도"][:3] == ["5,000", "5,000", "–"], "open above"


def test_a_year_without_an_index_says_so_and_the_others_stay(several: Tables) -> None:
    without = made([money("a", "alpha", "10억 원"), money("b", "beta", "20억 원")], [], [denominator("land", 2020, "price_index", 100.0)])
    lens = seen(of_comparison(compared(without), BASE))
    why = {(view.measure, view.prices): view.why for view in lens.views if view.table is None}
    assert "2025년 소비자물가지수가 아직 없어" in why["total", "constant"]
    assert "인구 자료 없음" in why["per_resident", "nominal"] and "세출 총액이 없어" in why["share", "nominal"]
    assert seen(of_comparison(compared(several), 1999)).views[3].why.startswith("1999년의 물가지수가 없습니다")


def test_envelopes_are_neither_deflated_nor_divided_by_a_years_budget() -> None:
    several_years = {"period_kind": "envelope", "period_end": "2024-12-31", "year": 2020}
    envelopes = made([money("a", "alpha", "10억 원", **several_years), money("b", "beta", "20억 원", **several_years)])
    lens = seen(of_comparison(compared(envelopes, fiscal_year=None, envelope_years=(2020, 2024)), BASE))
    why = [view.why for view in lens.views]
    assert why[0] == "" and "나누지 않습니다" in why[2]
    assert all("해마다의 몫을 모르므로" in one for one in why[3:])


@pytest.mark.parametrize("coverage", ["programme", ("programme", "government")])
def test_amounts_of_programmes_and_mixtures_have_no_lens(several: Tables, coverage: Any) -> None:
    said = of_comparison(compared(several, coverage=coverage), BASE)
    assert isinstance(said, str) and not re.search(r"\d{2}", said)


def test_where_nobody_published_a_sentence_says_so(several: Tables) -> None:
    assert "발표한 지방정부가 없어" in str(of_comparison(compared(several, fiscal_year=1999), BASE))


def test_every_view_is_a_step_of_the_passport(several: Tables) -> None:
    (steps,) = seen(of_comparison(compared(several), BASE)).passports["a"].values()
    lines = steps.splitlines()
    assert len(lines) == 6
    assert lines[1] == "주민 1인당 · 명목가격: 120,000,000,000원 ÷ 9,331,828명(2024년 말 주민등록인구) = 12,859원"
    assert lines[3] == "합계 · 불변가격: 120,000,000,000원 × 100(2020년 소비자물가지수) ÷ 116.61(2025년) = 102,907백만원"
    assert "÷ 48,000,000,000,000원(분모: 2025년 본예산" in lines[2] and lines[2].endswith("= 0.25%")
    (of_two,) = seen(of_comparison(compared(several), BASE)).passports["b"].values()
    assert "(수치 2건을 아우름)" in of_two


def test_what_amounts_are_divided_by_has_its_passport(several: Tables) -> None:
    lens = seen(of_comparison(compared(several), BASE))
    views = {(view.measure, view.prices): view for view in lens.views}
    for place, label in ((("per_resident", "nominal"), "주민등록인구"), (("share", "nominal"), "세출 총액")):
        table = views[place].table
        assert table is not None
        rows = BeautifulSoup(table.html, "html.parser").select("tbody tr")
        divisors = [(row.th.text, row.select("td")[3]) for row in rows]  # type: ignore[union-attr]
        given = {name: cell["data-figure"] for name, cell in divisors if "missing" not in cell["class"]}
        assert given and all(label in lens.passports[str(figure)].values() for figure in given.values())
        assert not [name for name, cell in divisors if "missing" in cell["class"] and cell.has_attr("data-figure")]
    (people,) = [said for figure, said in lens.passports.items() if figure.startswith("population") and "9,331,828명" in said.values()]
    assert "2024년 말" in people.values()


def test_the_comparison_tells_why_the_neighbours_were_set_aside(several: Tables) -> None:
    comparison = compared(several)
    said = trace(comparison)
    assert set(said) == set(comparison.rows["figure_id"]) | set(comparison.set_aside["figure_id"])
    assert said["a"]["이 비교에서"].startswith("비교에 듦(2025년")
    neighbours = said["a"]["제외한 이웃 수치"].splitlines()
    assert neighbours[0].startswith("‘900억 원’(알파시") and neighbours[0].endswith("— 다른 연도")
    assert neighbours[1].startswith("‘30억 원’") and "다른 포괄 단위" in neighbours[1]
    assert said["a-old"] == {"이 비교에서": said["a-old"]["이 비교에서"]} and said["a-old"]["이 비교에서"].endswith("다른 연도")


# ---- official expenditure by function ----


@pytest.mark.slow
def test_functions_in_six_views_are_what_the_official_tables_say(tables: Tables) -> None:
    lens = of_functions(tables, 2025, FOUR, BASE)
    assert [(view.measure, view.prices) for view in lens.views] == ORDER and all(view.table and view.chart for view in lens.views)
    factor = tables.price_index[BASE] / tables.price_index[2025]
    for row in functional_budgets(tables, 2025, FOUR).to_dict("records"):
        place = FOUR.index(row["government"])
        total, people, share, constant, people_constant, share_constant = (numbers(view)[row["field"]][place] for view in lens.views)
        assert agrees(total, row["value"] / 1e6) and agrees(constant, row["value"] * factor / 1e6)
        assert agrees(people, row["per_resident_value"]) and agrees(people_constant, row["per_resident_value"] * factor)
        assert agrees(share, row["share_value"]) and share == share_constant


def test_every_cell_and_bar_of_an_official_value_opens_its_passport(tables: Tables) -> None:
    lens, rows = of_functions(tables, 2025, FOUR, BASE), functional_budgets(tables, 2025, FOUR)
    assert rows["figure"].is_unique and set(lens.passports) == set(rows["figure"])
    for view in lens.views:
        assert view.table and view.chart
        cells = BeautifulSoup(view.table.html, "html.parser").select("td[data-figure]")
        assert {cell["data-figure"] for cell in cells} == set(figures_of(json.loads(json.dumps(view.chart)))) == set(rows["figure"])
    for row in rows.to_dict("records"):
        passport = lens.passports[row["figure"]]
        assert passport["적힌 그대로"] == f"{row['value'] / 1e6:,.0f}백만원" and passport["기준일"] == "2025. 12. 31."
        shown = [line.rpartition(" = ")[2] for line in passport["이 쪽의 환산 단계"].splitlines()]
        place = FOUR.index(row["government"])
        for view, number in zip(lens.views, shown, strict=True):
            in_table = numbers(view)[row["field"]][place]
            assert float(re.sub("[^0-9.]", "", number)) == float(in_table.replace(",", ""))


def test_a_year_without_an_index_says_so_in_every_passport(tables: Tables) -> None:
    lens = of_functions(tables, 2025, ["seoul"], 1950)
    for passport in lens.passports.values():
        steps = passport["이 쪽의 환산 단계"].splitlines()
        assert len(steps) == 6 and all("없음 — " in line for line in steps[3:])


def test_a_notebook_gets_all_tables_and_the_page_all_views(tables: Tables) -> None:
    bundle = of_functions(tables, 2025, FOUR, BASE, "en")._repr_mimebundle_()
    assert len(bundle[LENS]["views"]) == 6 and PASSPORTS in bundle
    notebook = BeautifulSoup(bundle["text/html"], "html.parser")
    assert len(notebook.select("details table")) == 6 and notebook.summary is not None
    assert notebook.summary.text == "Total · nominal"

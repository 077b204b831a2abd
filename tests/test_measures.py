"""Measures by hand: ``cases/measures.csv`` lists what is printed and what must come out; the rest says what is refused."""

import csv
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import small
from budgets import measures, survey
from budgets.amounts import parse_amount
from budgets.basis import BudgetBasis, TargetBasis
from budgets.comparison import compare_budgets, compare_targets
from budgets.errors import MeasureError
from budgets.measures import ENDS, Measure
from budgets.tables import Tables
from budgets.vocabulary import FOUR
from conftest import each

with (Path(__file__).parent / "cases" / "measures.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(csv.DictReader(stream))
INDEX = [small.denominator("land", year, "price_index", value) for year, value in ((2020, 100.0), (2024, 110.0), (2025, 120.0))]


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def ends(rows: pd.DataFrame, government: str, columns: list[str] = ENDS) -> list[float | None]:
    row = rows.set_index("government").loc[government]
    return [None if pd.isna(row[c]) else float(row[c]) for c in columns]


def totals(*figures: dict[str, Any], denominators: Any = (), **basis: Any) -> Measure:
    tables = small.tables(figures, denominators=[*denominators, *INDEX])
    fields = {"fiscal_year": 2025, "governments": ("alpha", "beta"), **basis}
    return measures.total(compare_budgets(tables, BudgetBasis(**fields)))


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")


def measured(case: dict[str, str]) -> Measure:
    prints = [p for p in case["printed"].split(" + ") if p]
    denominators = [small.denominator("beta", 2024, "population", 1)]
    if case["residents"]:
        denominators.append(small.denominator("alpha", 2024, "population", float(case["residents"])))
        denominators.append(small.denominator("alpha", 2025, "population", 1))  # the year itself is not asked
    if case["expenditure"]:
        printed = parse_amount(case["expenditure"])
        denominators.append(small.denominator("alpha", 2025, "total_expenditure", printed.printed, printed.low, printed.high))  # type: ignore[arg-type]
    figures = [small.money(f"figure-{n}", printed=p, coverage="programme") for n, p in enumerate(prints)]
    return totals(*figures, small.money("other", "beta", coverage="programme"), denominators=denominators, coverage="programme")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_totals_per_resident_and_shares_by_hand(case: dict[str, str]) -> None:
    total = measured(case)
    for name, measure in (("total", total), ("per_resident", measures.per_resident(total)), ("share", measures.share_of_budget(total))):
        wanted = [number(case[column]) for column in (f"{name}_low", name, f"{name}_high")]
        assert [_rounded(x) for x in ends(measure.rows, "alpha")] == [_rounded(x) for x in wanted], name
    assert list(total.rows["government"]) == ["alpha", "beta"]


def test_nothing_published_is_empty_and_never_zero(tables: Tables) -> None:
    """On every basis that occurs: a government without a figure has empty cells in every measure."""
    for basis in survey.bases(tables, FOUR):
        total = measures.total(compare_budgets(tables, basis))
        assert list(total.rows["government"]) == list(FOUR)
        made = [total, measures.per_resident(total)]
        if basis.period_kind == "fiscal_year":
            made += [measures.share_of_budget(total), measures.constant_prices(total, base_year=2025)]
        for measure in made:
            none = measure.rows["figures"] == 0
            assert measure.rows.loc[none, ENDS].isna().all(axis=None)
            assert not (measure.rows[["value", "high"]] == 0).fillna(False).any(axis=None)


def test_totals_of_envelopes_are_sums_of_whole_prints(tables: Tables) -> None:
    """No envelope is divided: every total over several years is the plain sum of the prints in it."""
    seen = 0
    for basis in survey.bases(tables, FOUR):
        if basis.period_kind != "envelope":
            continue
        comparison = compare_budgets(tables, basis)
        for row in each(measures.total(comparison).rows):
            mine = comparison.rows.loc[comparison.rows["government"] == row.government, "amount_krw"]
            if row.figures and not pd.isna(row.value):
                assert row.value == mine.sum() and set(mine) <= set(tables.budgets["amount_krw"])
                seen += 1
    assert seen > 10


def test_a_whole_published_several_times_is_not_added() -> None:
    """Two figures of one government's whole AI budget: the interval spans them, and the caption says so."""
    total = totals(small.money("first", printed="100억 원"), small.money("second", printed="약 130억 원"))
    assert ends(total.rows, "alpha") == [9.95e9, None, 1.35e10]
    assert "2가지" in total.caption("ko") and "2 times" in total.caption("en")
    same = totals(small.money("first", printed="100억 원"), small.money("second", printed="100억 원"))
    assert ends(same.rows, "alpha") == [9.95e9, 1e10, 1.005e10]


def test_a_mixed_basis_is_refused_and_names_its_fields() -> None:
    with pytest.raises(MeasureError, match="phase, scope") as caught:
        totals(small.money("one"), phase=("approved", "proposed"), scope=("ai_core", "ai_broad"))
    assert caught.value.key == "measure.mixed"


def test_values_of_indicators_are_not_added() -> None:
    comparison = compare_targets(small.tables([small.count("a")]), TargetBasis(indicator="companies_supported", fiscal_year=2025, governments=("alpha",)))
    with pytest.raises(MeasureError) as caught:
        measures.total(comparison)
    assert caught.value.key == "measure.no_sum_of_targets"


def test_residents_are_those_of_the_end_of_the_year_before() -> None:
    people = [small.denominator("alpha", year, "population", n) for year, n in ((2023, 1e5), (2024, 1e6), (2025, 1e7))]
    measure = measures.per_resident(totals(small.money("one"), small.money("two", "beta"), denominators=people))
    assert ends(measure.rows, "alpha") == [950, 1000, 1050]
    assert set(measure.rows["population_year"]) == {2024} and "2024년 말" in measure.caption("ko")
    assert ends(measure.rows, "beta") == [None] * 3 and "베타시" in measure.caption("ko")
    assert measure.unit == "KRW/resident"


def test_a_share_stands_against_one_stage_accounts_and_netting() -> None:
    approved = small.denominator("alpha", 2025, "total_expenditure", 1e11)
    proposed = small.denominator("alpha", 2025, "total_expenditure", 2e11, stage="proposed")
    general = small.denominator("alpha", 2025, "total_expenditure", 5e10, accounts="general")
    net = small.denominator("alpha", 2025, "total_expenditure", 8e10, netting="net")
    before = small.denominator("alpha", 2024, "total_expenditure", 1e12)
    total = totals(small.money("one"), denominators=[approved, proposed, general, net, before])
    for more, wanted in (({}, 1.0), ({"stage": "proposed"}, 0.5), ({"accounts": "general"}, 2.0), ({"netting": "net"}, 1.25)):
        share = measures.share_of_budget(total, **more)  # type: ignore[arg-type]
        assert ends(share.rows, "alpha")[1] == pytest.approx(wanted)
    assert "2025년 본예산" in measures.share_of_budget(total).caption("ko")
    assert "예산안" in measures.share_of_budget(total, stage="proposed").caption("ko")
    assert ends(measures.share_of_budget(total, stage="settled").rows, "alpha") == [None] * 3


def test_the_most_exact_denominator_is_taken() -> None:
    rounded = small.denominator("alpha", 2025, "total_expenditure", 1.1e11, 1.0e11, 1.2e11)
    exact = small.denominator("alpha", 2025, "total_expenditure", 1e11, source="더 정확한 출처")
    assert ends(measures.share_of_budget(totals(small.money("one"), denominators=[rounded, exact])).rows, "alpha")[1] == pytest.approx(1.0)


def test_constant_prices() -> None:
    """10억 원 of 2024 in prices of 2025: 10억 × 120 ÷ 110."""
    total = totals(small.money("one", year=2024), fiscal_year=2024)
    measure = measures.constant_prices(total, base_year=2025)
    assert ends(measure.rows, "alpha") == pytest.approx([9.5e8 * 120 / 110, 1e9 * 120 / 110, 1.05e9 * 120 / 110])
    assert "2024년" in measure.caption("ko") and "2025년 가격" in measure.caption("ko") and "소비자물가지수" in measure.caption("ko")
    same = measures.constant_prices(totals(small.money("one")), base_year=2025)
    assert ends(same.rows, "alpha") == [9.5e8, 1e9, 1.05e9]


def test_a_year_without_an_index_is_left_nominal_and_said(tables: Tables) -> None:
    total = measures.total(compare_budgets(tables, BudgetBasis(fiscal_year=2026, phase="proposed")))
    measure = measures.constant_prices(total, base_year=2025)
    pd.testing.assert_frame_equal(measure.rows, total.rows)
    assert measure.name == "total"
    assert "2026년 물가지수가 아직 없어" in measure.caption("ko") and "no price index for 2026" in measure.caption("en")


def test_a_base_year_without_an_index_is_refused() -> None:
    with pytest.raises(MeasureError, match="2020–2025"):
        measures.constant_prices(totals(small.money("one")), base_year=1999)


def envelope(figure: str, printed: str = "100억 원") -> dict[str, Any]:
    return small.money(figure, printed=printed, period_kind="envelope", period_start="2020-01-01", period_end="2024-12-31")


def test_envelopes_have_no_price_no_share_and_an_average_only_by_that_name() -> None:
    total = totals(envelope("one"), fiscal_year=None, envelope_years=(2020, 2024))
    with pytest.raises(MeasureError) as caught:
        measures.constant_prices(total, base_year=2025)
    assert caught.value.key == "measure.envelope_prices"
    with pytest.raises(MeasureError) as caught:
        measures.share_of_budget(total)
    assert caught.value.key == "measure.share_needs_year"
    average = measures.yearly_average(total)
    assert ends(average.rows, "alpha") == [1.99e9, 2e9, 2.01e9]
    assert average.unit == "KRW/year"
    assert "연평균(어느 해의 돈도 아님)" in average.caption("ko") and "budget of no year" in average.caption("en")
    with pytest.raises(MeasureError):
        measures.yearly_average(totals(small.money("one")))
    with pytest.raises(MeasureError):
        measures.constant_prices(average, base_year=2025)


def test_change_is_the_least_and_the_most_it_can_be(tables: Tables) -> None:
    """Seoul's hub: 29억 원 (28.5 … 29.5) to 40억 원 (39.5 … 40.5), the one line where a change is printed."""
    basis = BudgetBasis(fiscal_year=2019, scope="ai_core", coverage="line", governments=("seoul", "incheon"))
    before, after = (measures.total(compare_budgets(tables, replace(basis, fiscal_year=y))) for y in (2019, 2020))
    seoul = measures.change(before, after).set_index("government").loc["seoul"]
    assert [seoul[c] for c in ENDS] == [1_000_000_000, 1_100_000_000, 1_200_000_000]
    assert [seoul[c] for c in ("percent_low", "percent", "percent_high")] == pytest.approx([33.898305, 37.931034, 42.105263])
    assert measures.change(before, after).set_index("government").loc["incheon"].isna().all()


def test_no_change_between_different_things() -> None:
    one = totals(small.money("one"))
    other = totals(small.money("two", year=2024, phase="proposed"), fiscal_year=2024, phase="proposed")
    with pytest.raises(MeasureError, match="phase"):
        measures.change(one, other)
    with pytest.raises(MeasureError) as caught:
        measures.change(one, measures.per_resident(one))
    assert caught.value.key == "measure.change_of_units"


def test_execution_is_paid_over_adjusted_of_the_same_basis() -> None:
    def measure(phase: str, printed: str, **basis: Any) -> Measure:
        return totals(small.money(phase, printed=printed, phase=phase), phase=phase, **basis)

    paid, adjusted = measure("paid", "80억 원"), measure("adjusted", "100억 원")
    rate = measures.execution_rate(paid, adjusted)
    assert ends(rate, "alpha") == pytest.approx([79.5 / 100.5 * 100, 80, 80.5 / 99.5 * 100])
    assert ends(rate, "beta") == [None] * 3
    for wrong in ((adjusted, paid), (paid, measure("approved", "100억 원")), (measure("announced", "80억 원"), adjusted)):
        with pytest.raises(MeasureError) as caught:
            measures.execution_rate(*wrong)
        assert caught.value.key == "measure.execution_phases"
    with pytest.raises(MeasureError) as caught:
        measures.execution_rate(paid, measure("adjusted", "100억 원", scope="ai_broad"))
    assert caught.value.key == "measure.execution_basis"


def test_money_over_two_levels() -> None:
    """Local money adds up; national money may stand in both books, so it lies between the larger and both together."""

    def level(**values: float) -> pd.DataFrame:
        return pd.DataFrame([{"government": g, "low": x - 1, "value": x, "high": x + 1} for g, x in values.items()])

    province, towns = level(alpha=100.0, beta=10.0), level(alpha=60.0)
    local, national = measures.local_money(province, towns), measures.national_money(province, towns)
    assert ends(local, "alpha") == [158, 160, 162]
    assert ends(national, "alpha") == [99, None, 162]
    assert ends(local, "beta") == [None] * 3, "half a total is not a total"


# ---- achievement ----


def test_the_one_promise_that_has_its_result(tables: Tables) -> None:
    """Incheon 2024: 44 promised, 59 done, 134 %. Nothing else in the data is a pair."""
    pairs = measures.achievement(tables)
    assert len(pairs) == 1
    pair = pairs.iloc[0]
    assert (pair["target"], pair["actual"], round(pair["value"])) == (44, 59, 134)
    assert (pair["government"], pair["indicator"], pair["period_end"].year) == ("incheon", "companies_supported", 2024)


@pytest.mark.parametrize(
    "other",
    [
        {"year": 2024},
        {"programme_id": "elsewhere"},
        {"indicator": "people_trained", "unit": "persons"},
        {"extent": "stock"},
        {"period_end": "2025-06-30"},
        {"as_of": "2025-12-31"},
        {"reliability": "unsourced"},
        {"period_start": "", "period_end": ""},
    ],
    ids=str,
)
def test_a_result_of_anything_else_is_not_held_against_a_target(other: dict[str, Any]) -> None:
    target = small.count("target", programme_id="same")
    assert len(measures.achievement(small.tables([target, small.count("actual", programme_id="same", phase="actual")]))) == 1
    apart = small.count("actual", **{"programme_id": "same", "phase": "actual", **other})
    assert measures.achievement(small.tables([target, apart])).empty


def test_achievement_keeps_the_intervals() -> None:
    rows = [small.count("t", printed="100여 개", programme_id="p"), small.count("a", printed="90개", programme_id="p", phase="actual")]
    (pair,) = measures.achievement(small.tables([rows[0] | {"hedge": "여"}, rows[1]])).to_dict("records")
    assert (pair["low"], pair["value"], pair["high"]) == pytest.approx((90 / 110 * 100, 90, 90))


def test_a_repeated_target_makes_no_second_pair() -> None:
    rows = [small.count("t", programme_id="p"), small.count("t-again", programme_id="p"), small.count("a", programme_id="p", phase="actual")]
    assert len(measures.achievement(small.tables(rows, [small.ruling("t-again", "same_as", "t")]))) == 1


# ---- ranks ----


def intervals(*pairs: tuple[float | None, float | None]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["low", "high"]).astype("Float64")


@pytest.mark.parametrize(
    ("given_intervals", "wanted"),
    [
        ([(1, 2), (3, 4), (5, 6)], [3, 2, 1]),
        ([(1, 3), (3, 4), (5, 6)], [None, None, 1]),
        ([(1, 10), (3, 4), (5, 6)], [None, None, None]),
        ([(5, 6)], [None]),
        ([(1, 2), (3, None)], [None, None]),
        ([], []),
    ],
)
def test_a_rank_only_where_no_interval_touches(given_intervals: list[Any], wanted: list[int | None]) -> None:
    rows = intervals(*given_intervals).assign(figures=1)
    assert [None if pd.isna(r) else r for r in measures.ranks(rows)] == wanted


def test_a_government_without_a_figure_takes_no_part_in_the_order() -> None:
    rows = intervals((1, 2), (None, None), (5, 6)).assign(figures=[1, 0, 1])
    assert [None if pd.isna(r) else r for r in measures.ranks(rows)] == [2, None, 1]


PAIRS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), min_size=1, max_size=6)


@given(PAIRS, st.integers(0, 5), st.integers(1, 10), st.integers(0, 2**32))
def test_a_wider_interval_never_makes_a_rank_certain(some: list[tuple[int, int]], which: int, wider: int, seed: int) -> None:
    ranges: list[tuple[float, float]] = [(low, low + width) for low, width in some]
    before = measures.ranks(intervals(*ranges))
    for i, j in ((i, j) for i in range(len(ranges)) for j in range(len(ranges)) if i != j):
        touching = ranges[i][0] <= ranges[j][1] and ranges[j][0] <= ranges[i][1]
        assert not (touching and pd.notna(before[i]))
        if pd.notna(before[i]) and pd.notna(before[j]):
            assert (before[i] < before[j]) == (ranges[i][0] > ranges[j][1])
    at = which % len(ranges)
    low, high = ranges[at]
    ranges[at] = (low - wider, high) if random.Random(seed).random() < 0.5 else (low, high + wider)
    after = measures.ranks(intervals(*ranges))
    for old, new in zip(before, after, strict=True):
        assert pd.isna(new) or new == old


# ---- parts against printed totals ----


@pytest.fixture(scope="module")
def findings(tables: Tables) -> pd.DataFrame:
    return measures.parts_against_totals(tables).set_index("whole_id")


@pytest.mark.parametrize(
    ("whole", "parts", "total", "finding"),
    [
        ("incheon-new-deal-calls-2021-applied-kyungdo", 131.8e8, 132e8, "fits"),
        ("gwangju-cluster1-envelope-2020-2024-donga", 4061e8, 4061e8, "fits"),
        ("gwangju-cluster1-envelope-to-2024-etnews", 4119e8, 4119e8, "fits"),
        ("gwangju-ai-supplementary-2025-adopted-mdilbo", 153e8, 153e8, "fits"),
        ("incheon-cmp-disk-envelope-2024-2027-newspim", 100.9e8, 100.9e8, "fits"),
        ("gwangju-ai-academy-graduates-2020-2025-moneys", 1528, 1528, "fits"),
        ("gwangju-aica-staff-2020-01-nkeconomy", 19, 20, "below"),
        ("gyeonggi-seongnam-manufacturing-ai-envelope-2025-2029-asiae", 150e8, 151.4e8, "below"),
        ("incheon-bio-aiot-logistics-envelope-2024-2026-herald", 35.5e8, 57e8, "below"),
        ("seoul-ai-budget-2026-proposed-seoulshinmun", 1345e8, 1500e8, "below"),
    ],
)
def test_printed_totals_against_their_parts(findings: pd.DataFrame, whole: str, parts: float, total: float, finding: str) -> None:
    row = findings.loc[whole]
    assert (row["sum_value"], row["whole_value"], row["finding"]) == (parts, total, finding)


def test_which_parts_make_4061(tables: Tables, findings: pd.DataFrame) -> None:
    printed = dict(zip(tables.budgets["figure_id"], tables.budgets["as_printed"], strict=True))
    (parts,) = findings.loc[["gwangju-cluster1-envelope-2020-2024-donga"], "parts"]
    assert sorted(printed[part] for part in parts) == ["2843억 원", "406억 원", "812억 원"]


@pytest.mark.parametrize(
    ("parts", "finding"),
    [
        (["50억 원", "50억 원"], "fits"),  # 99 … 101 meets 99.5 … 100.5
        (["50억 원", "51억 원"], "fits"),  # 100 … 102 still touches 100.5
        (["50억 원", "53억 원"], "above"),
        (["50억 원", "48억 원"], "below"),  # 97 … 99 stays below 99.5
        (["50억 원 이상", "48억 원"], "fits"),  # open above: nothing contradicts the total
    ],
)
def test_rounding_is_no_fault(parts: list[str], finding: str) -> None:
    figures = [small.money("whole", printed="100억 원"), *(small.money(f"part-{n}", printed=p) for n, p in enumerate(parts))]
    rulings = [small.ruling(f"part-{n}", "part_of", "whole") for n in range(len(parts))]
    (row,) = measures.parts_against_totals(small.tables(figures, rulings)).to_dict("records")
    assert row["finding"] == finding


def test_only_like_parts_are_added() -> None:
    """A fund's size is no part of a budget's sum, nor a rate a part of a total."""
    figures = [small.money("whole"), small.money("fund", nature="fund_size"), small.money("rate", unit="KRW/project")]
    rulings = [small.ruling(f, "part_of", "whole") for f in ("fund", "rate")]
    assert measures.parts_against_totals(small.tables(figures, rulings)).empty

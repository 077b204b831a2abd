"""Measures by hand: ``cases/measures.csv`` lists what is printed and what must come out; the rest says what is refused."""

import csv
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import small
from budgets import measures
from budgets.amounts import parse_amount
from budgets.basis import BudgetBasis, TargetBasis
from budgets.comparison import compare_budgets, compare_targets
from budgets.comparison.own import budget_bases
from budgets.errors import BasisError, MeasureError
from budgets.measures import ENDS, Measure
from budgets.measures.totals import hull
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
    coverage = "programme" if len(prints) > 1 else "government"
    figures = [small.money(f"figure-{n}", printed=p, coverage=coverage) for n, p in enumerate(prints)]
    return totals(*figures, small.money("other", "beta", coverage=coverage), denominators=denominators, coverage=coverage)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_totals_per_resident_and_shares_by_hand(case: dict[str, str]) -> None:
    total = measured(case)
    made = {"total": total}
    if not total.comparison.speaks_of_parts:
        made |= {"per_resident": measures.per_resident(total), "share": measures.share_of_budget(total)}
    for name, measure in made.items():
        wanted = [number(case[column]) for column in (f"{name}_low", name, f"{name}_high")]
        assert [_rounded(x) for x in ends(measure.rows, "alpha")] == [_rounded(x) for x in wanted], name
    assert list(total.rows["government"]) == ["alpha", "beta"]


def test_nothing_published_is_empty_and_never_zero(tables: Tables) -> None:
    """On every basis that occurs: a government without a figure has empty cells in every measure."""
    for basis in budget_bases(tables, FOUR):
        total = measures.total(compare_budgets(tables, basis))
        assert list(total.rows["government"]) == list(FOUR)
        made = [total]
        if not total.comparison.speaks_of_parts:
            made.append(measures.per_resident(total))
        if basis.period_kind == "fiscal_year":
            made.append(measures.constant_prices(total, base_year=2025))
            made += [measures.share_of_budget(total)] if not total.comparison.speaks_of_parts else []
        for measure in made:
            none = measure.rows["figures"] == 0
            assert measure.rows.loc[none, ENDS].isna().all(axis=None)
            assert not (measure.rows[["value", "high"]] == 0).fillna(False).any(axis=None)


def test_totals_of_envelopes_are_sums_of_whole_prints(tables: Tables) -> None:
    """No envelope is divided: every total over several years is the plain sum of the prints in it."""
    seen = 0
    for basis in budget_bases(tables, FOUR):
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
    with pytest.raises(MeasureError, match="no price index for 1999; known: 2020–2025"):
        measures.constant_prices(totals(small.money("one")), base_year=1999)
    bare = measures.total(compare_budgets(small.tables([small.money("one")]), BudgetBasis(fiscal_year=2025, governments=("alpha",))))
    with pytest.raises(MeasureError, match=r"no price index for 2020; known: –$"):
        measures.constant_prices(bare, base_year=2020)


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


def test_a_change_from_one_won_and_from_nothing() -> None:
    """In per cent of anything above nought; of nought there is none."""
    for before, percent in (("1원", 100), ("0원", None)):
        old, new = (totals(small.money(f"y{year}", year=year, printed=p), fiscal_year=year) for year, p in ((2024, before), (2025, "2원")))
        changed = measures.change(old, new)
        assert ends(changed, "alpha") == [2 - int(before[0])] * 3
        assert ends(changed, "alpha", ["percent_low", "percent", "percent_high"]) == [percent] * 3


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

    province, towns = level(alpha=100.0, beta=10.0, delta=30.0, even=7.0), level(alpha=60.0, gamma=5.0, delta=70.0, even=7.0)
    local, national = measures.local_money(province, towns), measures.national_money(province, towns)
    assert ends(local, "alpha") == [158, 160, 162]
    assert ends(national, "alpha") == [99, None, 162]
    assert ends(national, "delta") == [69, None, 102], "the larger of the two, whichever it is"
    assert ends(national, "even") == [6, None, 16]
    for government in ("beta", "gamma"):
        assert ends(local, government) == [None] * 3, "half a total is not a total"
        assert ends(national, government) == [None] * 3
    won = {"low": "Int64", "value": "Int64", "high": "Int64"}
    for added in (measures.local_money, measures.national_money):
        assert set(added(province.astype(won), towns.astype(won))[ENDS].dtypes.astype(str)) == {"Float64"}


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


@pytest.mark.parametrize("ruling", ["same_as", "superseded_by", "not_comparable"])
def test_a_target_that_was_ruled_out_makes_no_second_pair(ruling: str) -> None:
    rows = [small.count("t", programme_id="p"), small.count("t-again", programme_id="p"), small.count("a", programme_id="p", phase="actual")]
    assert len(measures.achievement(small.tables(rows))) == 2
    pairs = measures.achievement(small.tables(rows, [small.ruling("t-again", ruling, "t")]))
    assert list(pairs["target_id"]) == ["t"] and list(pairs["actual_id"]) == ["a"]
    assert len(measures.achievement(small.tables(rows, [small.ruling("t-again", "part_of", "t")]))) == 2


def test_a_ratio_of_intervals_by_hand() -> None:
    """The least is the lowest over the highest; nothing is divided by nought."""

    def table(*rows: tuple[float | None, ...]) -> pd.DataFrame:
        return pd.DataFrame(rows, columns=ENDS).astype("Float64")

    found = measures.ratio(table((1, 2, 3), (1, 2, 3), (1, 1, 1), (1, None, None)), table((4, 5, 8), (0, 0.5, 1), (0, 0, 0), (2, 2, 2)))
    wanted = [[12.5, 40, 75], [100, 400, None], [None] * 3, [50, None, None]]
    assert [[None if pd.isna(x) else float(x) for x in row] for row in found[ENDS].to_numpy()] == wanted


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
        ([(1, 2), (3, None), (5, 6)], [None, None, None]),
        ([(1, 2), (None, 4), (5, 6)], [None, None, None]),
        ([], []),
    ],
)
def test_a_rank_only_where_no_interval_touches(given_intervals: list[Any], wanted: list[int | None]) -> None:
    rows = intervals(*given_intervals).assign(figures=1)
    found = measures.ranks(rows)
    assert [None if pd.isna(r) else r for r in found] == wanted
    assert (found.name, str(found.dtype)) == ("rank", "Int64")


def test_a_government_without_a_figure_takes_no_part_in_the_order() -> None:
    rows = intervals((1, 2), (None, None), (5, 6)).assign(figures=[1, 0, 1])
    assert [None if pd.isna(r) else r for r in measures.ranks(rows)] == [2, None, 1]


PAIRS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), min_size=1, max_size=6)


@settings(deadline=None, max_examples=60)
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
        ("incheon-bio-aiot-logistics-envelope-2024-2026-herald", 35.5e8, 57e8, "partial"),
        ("seoul-ai-budget-2026-proposed-seoulshinmun", 1345e8, 1500e8, "partial"),
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
        (["50억 원", "48억 원"], "partial"),  # 97 … 99 stays below 99.5
        (["50억 원 이상", "48억 원"], "fits"),  # open above: nothing contradicts the total
    ],
)
def test_rounding_is_no_fault(parts: list[str], finding: str) -> None:
    figures = [small.money("whole", printed="100억 원"), *(small.money(f"part-{n}", printed=p) for n, p in enumerate(parts))]
    rulings = [small.ruling(f"part-{n}", "part_of", "whole") for n in range(len(parts))]
    (row,) = measures.parts_against_totals(small.tables(figures, rulings)).to_dict("records")
    assert (row["finding"], row["complete"]) == (finding, False)
    # Once we say that no part is missing, too small a sum is a fault; anything else stays what it was.
    (row,) = measures.parts_against_totals(small.tables(figures, [*rulings, small.ruling("whole", "parts_complete")])).to_dict("records")
    assert (row["finding"], row["complete"]) == (finding.replace("partial", "below"), True)


def test_only_like_parts_are_added() -> None:
    """A fund's size is no part of a budget's sum, nor a rate a part of a total."""
    figures = [small.money("whole"), small.money("fund", nature="fund_size"), small.money("rate", unit="KRW/project")]
    rulings = [small.ruling(f, "part_of", "whole") for f in ("fund", "rate")]
    assert measures.parts_against_totals(small.tables(figures, rulings)).empty


# ---- what is refused ----


def whole(**basis: Any) -> Measure:
    people = [small.denominator(g, 2024, "population", 1e6) for g in ("alpha", "beta")]
    budget = small.denominator("alpha", 2025, "total_expenditure", 1e11)
    return totals(small.money("one"), small.money("two", "beta"), denominators=[*people, budget], **basis)


def programmes(*figures: dict[str, Any], **basis: Any) -> Measure:
    return totals(*figures, coverage="programme", **basis)


def programme(figure: str, government: str = "alpha", **more: Any) -> dict[str, Any]:
    return small.money(figure, government, coverage="programme", **more)


@pytest.mark.parametrize("refused", [measures.per_resident, measures.share_of_budget, measures.ranks], ids=lambda f: f.__name__)
def test_amounts_of_programmes_are_no_size_of_a_government(refused: Any) -> None:
    refused(whole())
    with pytest.raises(MeasureError) as caught:
        refused(programmes(programme("one"), programme("two", "beta")))
    assert caught.value.key == "measure.parts"


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (lambda m: measures.per_resident(measures.per_resident(m)), "measure.not_a_total"),
        (lambda m: measures.share_of_budget(measures.per_resident(m)), "measure.share_needs_year"),
        (lambda m: measures.per_resident(measures.share_of_budget(m)), "measure.not_a_total"),
        (lambda m: measures.constant_prices(measures.share_of_budget(m), base_year=2025), "measure.not_money"),
        (lambda m: measures.share_of_budget(measures.constant_prices(m, base_year=2024)), "measure.share_nominal"),
        (lambda m: measures.constant_prices(measures.constant_prices(m, base_year=2024), base_year=2025), "measure.constant_already"),
        (lambda m: measures.constant_prices(m, base_year="2024"), "measure.base_year"),
        (lambda m: measures.constant_prices(m, base_year=2024.0), "measure.base_year"),
        (lambda m: measures.constant_prices(m, base_year=True), "measure.base_year"),
        (lambda m: measures.constant_prices(m, base_year=1900), "measure.no_index"),
        (lambda m: measures.yearly_average(m), "measure.average_needs_envelope"),
    ],
)
def test_a_measure_of_a_measure_that_makes_no_sense_is_refused(spoil: Any, key: str) -> None:
    with pytest.raises(MeasureError) as caught:
        spoil(whole())
    assert caught.value.key == key
    assert caught.value.say("ko") != caught.value.say("en")


def test_residents_and_prices_in_either_order_are_the_same() -> None:
    first = measures.constant_prices(measures.per_resident(whole()), base_year=2024)
    then = measures.per_resident(measures.constant_prices(whole(), base_year=2024))
    assert first.name == then.name == "per_resident_constant" and first.unit == then.unit == "KRW/resident"
    for government in ("alpha", "beta"):
        assert ends(first.rows, government) == pytest.approx(ends(then.rows, government))
    assert "주민 1인당(불변가격)" in then.caption("ko") and "2024년 가격" in then.caption("ko")


@pytest.mark.parametrize(("field", "wrong", "near"), [("stage", "aproved", "approved"), ("accounts", "generals", "general"), ("netting", "nett", "net")])
def test_a_share_of_a_budget_that_does_not_exist_names_the_one_that_does(field: str, wrong: str, near: str) -> None:
    with pytest.raises(BasisError) as caught:
        measures.share_of_budget(whole(), **{field: wrong})
    for language in ("ko", "en"):
        assert caught.value.say(language).startswith(f"{field}: ‘{wrong}’") and f"‘{near}’" in caught.value.say(language)


def test_a_basis_without_a_year_has_no_residents_of_a_year() -> None:
    total = totals(small.money("one", period_kind="unknown", year=None), fiscal_year=None, period_kind="unknown")
    with pytest.raises(MeasureError) as caught:
        measures.per_resident(total)
    assert caught.value.key == "measure.no_year"


def test_one_programme_printed_twice_is_not_added() -> None:
    """Two vintages of one programme on one basis: the interval spans them; another programme is added to it."""
    again = [programme("first", printed="100억 원", programme_id="p"), programme("second", printed="130억 원", programme_id="p")]
    total = programmes(*again, programme("other", printed="10억 원"))
    assert ends(total.rows, "alpha") == [9.95e9 + 9.5e8, None, 1.305e10 + 1.05e9]
    assert "2가지" in total.caption("ko") and "one programme was published 2 times" in total.caption("en")


def test_no_change_between_different_programmes() -> None:
    def year(n: int, *names: str) -> Measure:
        return programmes(*(programme(f"{name}-{n}", year=n, programme_id=name) for name in names), fiscal_year=n)

    same = measures.change(year(2024, "hub"), year(2025, "hub")).set_index("government")
    assert (same.at["alpha", "value"], same.at["alpha", "same_programmes"]) == (0, True)
    for other in (("centre",), ("hub", "centre")):
        changed = measures.change(year(2024, "hub"), year(2025, *other)).set_index("government")
        assert changed.loc["alpha"].drop("same_programmes").isna().all() and not changed.at["alpha", "same_programmes"]
        assert pd.isna(changed.at["beta", "same_programmes"])
    # A whole government is one thing by whatever name it is printed.
    before = totals(small.money("plan", year=2024), fiscal_year=2024)
    assert ends(measures.change(before, totals(small.money("strategy"))), "alpha") == [-1e8, 0, 1e8]


def growing(phase: str, printed: str, day: str = "2025-06-30", **more: Any) -> dict[str, Any]:
    return programme(
        f"{phase}-{printed[0]}-{day}", phase=phase, printed=printed, **{"period_kind": "part_year", "period_end": day, "programme_id": "p", **more}
    )


def test_amounts_that_grow_are_computed_at_one_date_only() -> None:
    basis: dict[str, Any] = {"coverage": "programme", "period_kind": "part_year", "governments": ("alpha", "beta")}

    def measure(phase: str, *figures: dict[str, Any], **more: Any) -> Measure:
        return totals(*figures, phase=phase, **basis, **more)

    paid, adjusted = growing("paid", "80억 원"), growing("adjusted", "100억 원")
    rate = measures.execution_rate(measure("paid", paid), measure("adjusted", adjusted))
    assert ends(rate, "alpha") == pytest.approx([79.5 / 100.5 * 100, 80, 80.5 / 99.5 * 100])
    other = growing("adjusted", "100억 원", "2025-09-30")
    for wrong in (
        lambda: measures.execution_rate(measure("paid", paid), measure("adjusted", other)),
        lambda: measure("paid", paid, growing("paid", "9억 원", "2025-03-31", government="beta", programme_id="q")),
    ):
        with pytest.raises(MeasureError, match="2025-06-30") as caught:
            wrong()
        assert caught.value.key == "measure.mixed_dates"
    elsewhere = measure("adjusted", growing("adjusted", "100억 원", programme_id="q"))
    assert ends(measures.execution_rate(measure("paid", paid), elsewhere), "alpha") == [None] * 3
    one_date = measure("paid", paid, growing("paid", "9억 원", "2025-03-31", government="beta", programme_id="q"), snapshot="2025-06-30")
    assert list(one_date.comparison.present) == ["alpha"]


def test_an_average_of_an_average_is_refused() -> None:
    average = measures.yearly_average(totals(envelope("one"), fiscal_year=None, envelope_years=(2020, 2024)))
    for spoil in (measures.yearly_average, measures.per_resident):
        with pytest.raises(MeasureError):
            spoil(average)


def test_a_change_of_prices_is_no_change() -> None:
    """Nominal against constant won: one unit, two things."""
    nominal = totals(small.money("one", year=2024), fiscal_year=2024)
    constant = measures.constant_prices(totals(small.money("two")), base_year=2024)
    assert nominal.unit == constant.unit
    with pytest.raises(MeasureError) as caught:
        measures.change(nominal, constant)
    assert caught.value.key == "measure.change_of_units"
    with pytest.raises(MeasureError) as caught:
        measures.change(measures.per_resident(nominal), measures.per_resident(whole()).__class__("per_resident", nominal.rows, "KRW", nominal.comparison))
    assert caught.value.key == "measure.change_of_units"


EXPENDITURE = [
    small.denominator("alpha", 2025, "total_expenditure", 1e11),
    small.denominator("alpha", 2025, "total_expenditure", 2e11, accounts="general"),
    small.denominator("beta", 2025, "total_expenditure", 3e11, accounts="general"),
    small.denominator("alpha", 2025, "total_expenditure", 4e11, accounts="general_special", netting="net"),
    small.denominator("beta", 2025, "total_expenditure", 5e11, stage="proposed", netting="gross"),
    small.denominator("alpha", 2025, "total_expenditure", 6e11, stage="settled", accounts="with_funds", netting="gross"),
    small.denominator("alpha", 2025, "total_expenditure", 7e11, stage="settled", accounts="with_funds", netting="net"),
    small.denominator("beta", 2024, "total_expenditure", 8e11),
    small.denominator("alpha", 2023, "population", 9e6),
]


@pytest.mark.parametrize(
    ("year", "phase", "governments", "wanted"),
    [
        (2025, "approved", ("alpha",), ("approved", "general_special", "net")),  # of equals the first by name
        (2025, "announced", ("alpha",), ("approved", "general_special", "net")),  # announced money stands against the approved budget
        (2025, "approved", ("alpha", "beta"), ("approved", "general", "unknown")),  # what most of them have
        (2025, "proposed", ("alpha", "beta"), ("proposed", "general_special", "gross")),  # a draft against a draft
        (2025, "settled", ("alpha", "beta"), ("settled", "with_funds", "gross")),
        (2025, "adjusted", ("alpha", "beta"), None),
        (2025, "proposed", ("alpha",), None),
        (2024, "approved", ("alpha",), None),
        (2024, "approved", ("beta",), ("approved", "general_special", "unknown")),
        (2023, "approved", ("alpha",), None),
    ],
)
def test_which_budget_a_share_is_of(year: int, phase: str, governments: tuple[str, ...], wanted: tuple[str, ...] | None) -> None:
    found = measures.budget_to_stand_against(small.tables([], denominators=EXPENDITURE), year, phase, governments)
    assert found == (None if wanted is None else dict(zip(("stage", "accounts", "netting"), wanted, strict=True)))


def test_a_part_that_repeats_another_or_was_replaced_is_counted_once() -> None:
    figures = [small.money("whole", printed="100억 원"), *(small.money(f, printed="50억 원") for f in ("one", "two", "again", "old"))]
    rulings = [small.ruling(f, "part_of", "whole") for f in ("two", "one", "again", "old")]
    rulings += [small.ruling("again", "same_as", "one"), small.ruling("old", "superseded_by", "two")]
    (row,) = measures.parts_against_totals(small.tables(figures, rulings)).to_dict("records")
    assert (row["whole_id"], row["parts"], row["unit"], row["finding"]) == ("whole", ("one", "two"), "KRW", "fits")
    assert [row[f"{side}_{end}"] for side in ("sum", "whole") for end in ENDS] == [9.9e9, 1e10, 1.01e10, 9.95e9, 1e10, 1.005e10]


def test_parts_of_counts_and_of_what_is_not_on_file() -> None:
    """Counts add up like money; a part whose whole is an event, or which is no number itself, is left aside."""
    figures = [
        small.count("all", printed="10개"),
        small.count("some", printed="4개"),
        small.count("people", printed="4명", indicator="people_trained", unit="persons"),
    ]
    rulings = [small.ruling(f, "part_of", "all") for f in ("some", "people", "an-event")] + [small.ruling("all", "part_of", "an-event")]
    found = measures.parts_against_totals(small.tables(figures, rulings))
    assert list(found.columns) == ["whole_id", "parts", "unit", *(f"{s}_{e}" for s in ("sum", "whole") for e in ENDS), "complete", "finding"]
    (row,) = found.to_dict("records")
    assert (row["whole_id"], row["parts"], row["unit"], row["sum_value"], row["finding"]) == ("all", ("some",), "companies", 4, "partial")
    assert measures.parts_against_totals(small.tables(figures)).empty


def test_what_a_measure_says_is_korean_unless_asked() -> None:
    """Notes, labels of a share's denominator, and captions."""
    share = measures.share_of_budget(whole())
    assert share.caption() == share.caption("ko") != share.caption("en")
    assert [note.say() for note in share.notes] == [note.say("ko") for note in share.notes]
    assert "분모: 2025년 본예산, 일반+특별회계" in share.caption() and "세출 총액이 없음: 베타시" in share.caption().replace("같은 단계의 ", "")


def test_only_governments_that_published_are_named_for_want_of_a_denominator() -> None:
    """Beta published and has neither residents nor a budget on file; gamma published nothing."""
    on_file = [small.denominator("alpha", 2024, "population", 1e6), small.denominator("alpha", 2025, "total_expenditure", 1e11, 0.9e11, 1.1e11)]
    total = totals(small.money("one"), small.money("two", "beta"), denominators=on_file, governments=("alpha", "beta", "gamma"))
    resident, share = measures.per_resident(total), measures.share_of_budget(total)
    assert (resident.name, resident.unit, share.name, share.unit) == ("per_resident", "KRW/resident", "share_of_budget", "percent")
    assert [note.key for note in resident.notes] == ["note.funding_unknown", "note.population", "note.no_population"]
    assert [note.key for note in share.notes] == ["note.funding_unknown", "note.share", "note.no_budget"]
    for measure in (resident, share):
        assert dict(measure.notes[-1].fields) == {"names": "베타시"}
        assert set(measure.rows[ENDS].dtypes.astype(str)) == {"Float64"}
        assert ends(measure.rows, "beta") == ends(measure.rows, "gamma") == [None] * 3
    assert list(share.rows.loc[0, ["budget_low", "budget_value", "budget_high"]]) == [0.9e11, 1e11, 1.1e11]
    assert list(resident.rows["population"].fillna(0)) == [1e6, 0, 0] and set(resident.rows["population_year"]) == {2024}


@pytest.mark.parametrize(
    ("prints", "wanted"),
    [
        ([(1, 2, 3)], (1, 2, 3)),
        ([(1, 2, 3), (2, 2, 5)], (1, 2, 5)),
        ([(1, 2, 3), (4, 5, 6)], (1, None, 6)),
        ([(1, 2, None), (4, 5, 6)], (1, None, None)),
        ([(None, 2, 3), (4, 2, 6)], (None, 2, 6)),
        ([(1, None, 3), (1, None, 3)], (1, None, 3)),
    ],
)
def test_what_several_prints_of_one_thing_span(prints: list[Any], wanted: tuple[int | None, ...]) -> None:
    """One open end leaves that end open; a value only where all print the same."""
    spanned = hull(pd.DataFrame(prints, columns=ENDS, dtype="Int64"))
    assert tuple(None if pd.isna(spanned[end]) else spanned[end] for end in ENDS) == wanted  # type: ignore[call-overload]

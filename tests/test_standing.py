"""Every figure's own basis, who else stands on it and what keeps the nearest away: the same as a comparison says."""

from dataclasses import replace

import pandas as pd
import pytest

from budgets import BudgetBasis, TargetBasis, compare_budgets, compare_targets, load
from budgets.comparison import Comparison
from budgets.comparison.standing import Near, Standing, standings
from budgets.essay.standing import stands
from budgets.tables import Tables
from budgets.words import LANGUAGES, text
from small import count, money, ruling
from small import tables as small_tables


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load()


@pytest.fixture(scope="module")
def found(tables: Tables) -> dict[str, Standing]:
    return standings(tables)


@pytest.fixture(scope="module")
def comparisons(tables: Tables, found: dict[str, Standing]) -> dict[object, Comparison]:
    bases = dict.fromkeys(one.basis for one in found.values() if one.basis is not None)
    return {b: compare_targets(tables, b) if isinstance(b, TargetBasis) else compare_budgets(tables, b) for b in bases}


def test_every_amount_and_every_value_has_a_standing(tables: Tables, found: dict[str, Standing]) -> None:
    assert set(found) == {*tables.budgets["figure_id"], *tables.targets["figure_id"]}


def test_a_figure_stands_on_its_own_basis_unless_it_says_why_not(found: dict[str, Standing], comparisons: dict[object, Comparison]) -> None:
    inside = outside = 0
    for figure, one in found.items():
        if one.basis is None:
            assert one.kept_out and not one.beside and not one.nearest
            continue
        comparison = comparisons[one.basis]
        aside = comparison.set_aside.set_index("figure_id")["differs"]
        said = aside[figure] if figure in aside.index else ()
        assert one.kept_out == said, figure
        inside, outside = inside + (not said), outside + bool(said)
    assert inside > 100 and outside > 20


def test_who_stands_beside_it_is_who_the_comparison_shows(tables: Tables, found: dict[str, Standing], comparisons: dict[object, Comparison]) -> None:
    government = pd.concat([tables.judged_budgets, tables.judged_targets]).set_index("figure_id")["government"]
    for figure, one in found.items():
        if one.basis is not None:
            rows = comparisons[one.basis].rows
            assert one.beside == tuple(rows.loc[rows["government"] != government[figure], "figure_id"]), figure
    assert sum(bool(one.beside) for one in found.values()) > 10


def test_the_neighbours_are_the_nearest_of_the_comparison(tables: Tables, found: dict[str, Standing], comparisons: dict[object, Comparison]) -> None:
    government = pd.concat([tables.judged_budgets, tables.judged_targets]).set_index("figure_id")["government"]
    nearest = {basis: comparison.nearest(most=1) for basis, comparison in comparisons.items()}
    for figure, one in found.items():
        if one.basis is not None:
            near = nearest[one.basis]
            near = near.loc[near["government"] != government[figure]]
            assert [n.figure_id for n in one.nearest] == near["figure_id"].tolist(), figure
            assert [n.reasons for n in one.nearest] == near["differs"].tolist(), figure


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_of_every_figure_in_words(tables: Tables, found: dict[str, Standing], language: str) -> None:
    said = stands(tables, language)
    assert set(said) == set(found)
    labels = {key: text(f"essay.stands.{key}", language) for key in ("basis", "beside", "nearest")}
    for figure, words in said.items():
        one = found[figure]
        assert (labels["beside"] in words) == (one.basis is not None)
        assert (labels["nearest"] in words) == bool(one.nearest)
        if one.nearest:
            assert len(words[labels["nearest"]].splitlines()) == len(one.nearest)


def test_a_government_that_stands_alone_hears_what_the_others_lack(tables: Tables) -> None:
    said = stands(tables)["seoul-ai-talent-2026-proposed-seoulshinmun"]
    assert said["이 수치의 비교 기준"].startswith("2026년 · 예산안 · AI 광의 ")
    assert said["같은 기준에 선 다른 지방정부"].startswith("없음.")
    lines = said["제외한 이웃 수치와 사유(정부마다 하나)"].splitlines()
    assert [line.split("(")[1].split()[0] for line in lines] == ["인천", "광주", "경기"]
    assert lines[-1].endswith("— 다른 포괄 단위")


def test_of_a_figure_whose_programme_was_not_ruled_there_is_no_basis(tables: Tables) -> None:
    unruled = replace(tables, programme_rulings=tables.programme_rulings.iloc[:0])
    found = standings(unruled)
    assert all(found[f].basis is None and "scope not ruled" in found[f].kept_out for f in tables.budgets["figure_id"])
    assert stands(unruled)[tables.budgets["figure_id"].iloc[0]]["이 수치의 비교 기준"].startswith("정할 수 없음:")


# ---- by hand ----


@pytest.fixture
def few() -> dict[str, Standing]:
    """What a reader can check line by line."""
    amounts = [
        money("a-25", "alpha"),
        money("a-25-again", "alpha", "11억 원"),
        money("a-when", "alpha", year=None, period_kind="unknown"),
        money("a-plan", "alpha", "90억 원", period_kind="envelope", period_start="2024-01-01", period_end="2026-12-31"),
        money("a-unruled", "alpha"),
        money("a-neither", "alpha", year=None, period_kind="unknown"),
        money("b-25", "beta", "20억 원"),
        money("b-24", "beta", "21억 원", year=2024),
        money("c-24-broad", "gamma", "5억 원", year=2024, scope="ai_broad"),
        money("c-24", "gamma", "30억 원", year=2024),
        money("c-25", "gamma", "31억 원"),
        money("t-25", "town", "1억 원", level="municipality", funding="national"),
    ]
    values = [
        count("a-flow", "alpha"),
        count("a-span", "alpha", period_start="2024-01-01"),
        count("a-sum", "alpha", period_start="2024-01-01", extent="cumulative"),
        count("a-day", "alpha", as_of="2025-06-30"),
        count("a-never", "alpha", year=None),
        count("b-flow", "beta", "20개"),
        count("c-other", "gamma", "9개", indicator="people_trained", unit="persons"),
    ]
    made = small_tables([*amounts, *values], [ruling("c-25", "not_comparable")])
    ruled = ~made.programme_rulings["programme_id"].isin(["a-unruled", "a-neither"])
    return dict(standings(replace(made, programme_rulings=made.programme_rulings[ruled])))


THREE = ("alpha", "beta", "gamma")
YEAR_25 = BudgetBasis(governments=THREE, fiscal_year=2025, phase="approved", scope="ai_core", coverage="government", level="province", funding="unknown")


def test_amounts_of_one_year_by_hand(few: dict[str, Standing]) -> None:
    """Gamma's amount of 2025 was ruled out; of the others the one that differs in the year alone comes nearest."""
    near = (Near("gamma", "c-24", ("other year",)),)
    assert few["a-25"] == Standing(YEAR_25, (), ("b-25",), near) == few["a-25-again"]
    assert few["b-25"] == Standing(YEAR_25, (), ("a-25", "a-25-again"), near)
    assert few["c-25"] == Standing(YEAR_25, ("not comparable",), ("a-25", "a-25-again", "b-25"), ())
    assert few["c-24"].beside == ("b-24",) and few["c-24"].nearest == (Near("alpha", "a-25", ("other year",)),)
    assert few["t-25"].basis == replace(YEAR_25, governments=("town",), level="municipality", funding="national") and few["t-25"].nearest == ()


def test_a_plan_of_several_years_by_hand(few: dict[str, Standing]) -> None:
    plan = few["a-plan"]
    assert plan.basis == replace(YEAR_25, fiscal_year=None, envelope_years=(2024, 2026), period_kind="envelope")
    assert plan.kept_out == () == plan.beside and [near.government for near in plan.nearest] == ["beta", "gamma"]


def test_what_is_not_known_by_hand(few: dict[str, Standing]) -> None:
    assert few["a-when"] == Standing(None, ("period unknown",)) and few["a-never"] == Standing(None, ("period unknown",))
    assert few["a-unruled"] == Standing(None, ("scope not ruled",))
    assert few["a-neither"] == Standing(None, ("period unknown", "scope not ruled"))


def test_values_of_an_indicator_by_hand(few: dict[str, Standing]) -> None:
    """A year, a span of years, a day, and what was reached by a year: each on its own basis."""
    flow = TargetBasis(
        governments=THREE, indicator="companies_supported", phase="target", extent="flow", fiscal_year=2025, coverage="programme", level="province"
    )
    assert few["a-flow"] == Standing(flow, (), ("b-flow",), (Near("gamma", "c-other", few["a-flow"].nearest[0].reasons),))
    assert "other indicator" in few["a-flow"].nearest[0].reasons
    assert few["a-span"].basis == replace(flow, fiscal_year=None, envelope_years=(2024, 2025))
    assert few["a-sum"].basis == replace(flow, extent="cumulative")
    assert few["a-day"].basis == replace(flow, fiscal_year=None, as_of=pd.Timestamp("2025-06-30"))
    assert few["b-flow"].beside == ("a-day", "a-flow"), "a value of a day is one of its year, too"

"""The comparisons people make and should not, one by one, and what is said to each.

If a reader could leave with "Gwangju spends 25 times what Seoul spends", something here should fail.
"""

import itertools
import re

import pandas as pd
import pytest

from budgets import essay, lens, measures, survey
from budgets.basis import BudgetBasis, TargetBasis
from budgets.comparison import Comparison, compare_budgets, compare_targets
from budgets.comparison.own import budget_bases
from budgets.errors import MeasureError
from budgets.tables import Tables
from budgets.vocabulary import COVERAGES, FOUR, FUNDINGS, PHASES, SCOPES
from budgets.words import text

SEOUL_2026 = "seoul-ai-budget-2026-proposed-seoulshinmun"
GYEONGGI_2026 = "gyeonggi-ai-platform-budget-2026-seoulshinmun"
GYEONGGI_2025 = "gyeonggi-ai-budget-2025-dailyn"
SEOUL_2025 = "seoul-vision-2030-contribution-2025-announced-etoday"
GWANGJU = {
    "200억": "gwangju-cluster1-budget-2020-metro",
    "1000억": "gwangju-ai-all-budget-2020-metro",
    "4061억": "gwangju-cluster1-envelope-2020-2024-donga",
}
EVERYTHING = {"phase": PHASES, "scope": SCOPES, "funding": FUNDINGS, "coverage": COVERAGES}


@pytest.fixture(scope="module")
def pairs(tables: Tables) -> pd.DataFrame:
    """Every basis on which two of the four governments stand: all that may be compared."""
    return survey.comparable_pairs(tables, FOUR)


@pytest.fixture(scope="module")
def every(tables: Tables) -> list[Comparison]:
    """Every basis of money that occurs."""
    return [compare_budgets(tables, basis) for basis in budget_bases(tables, FOUR)]


def reasons(comparison: Comparison, figure: str) -> tuple[str, ...]:
    return tuple(comparison.set_aside.set_index("figure_id").at[figure, "differs"])


def test_2020_no_two_governments_on_any_basis(tables: Tables, pairs: pd.DataFrame) -> None:
    """40억 of one hub, 200억 · 1000억 of a cluster, 34억 of a data platform, 682.6억 of the 4th industrial revolution."""
    envelopes = pairs["envelope_years"].dropna()
    assert not (pairs["fiscal_year"] == 2020).any()
    assert not any(first <= 2020 <= last for first, last in envelopes)
    mixture = compare_budgets(tables, BudgetBasis(fiscal_year=2020, **EVERYTHING))  # type: ignore[arg-type]
    assert set(mixture.present) == set(FOUR), "all four published something in 2020; only a mixture holds it"
    assert not mixture.is_race
    for phase, scope in itertools.product(PHASES, ("ai_core", "ai_broad", "fourth_ir", "rnd_general")):
        one = compare_budgets(tables, BudgetBasis(fiscal_year=2020, phase=phase, scope=scope, funding=FUNDINGS, coverage="government"))
        assert len(one.present) < 2, (phase, scope)


def test_2026_a_whole_government_and_one_platform_never_on_one_axis(tables: Tables, every: list[Comparison]) -> None:
    """Seoul's about 1500억 원 is a whole government's, Gyeonggi's 23억 원 one platform's."""
    for comparison in every:
        assert not {SEOUL_2026, GYEONGGI_2026} <= set(comparison.rows["figure_id"])
    whole = compare_budgets(tables, BudgetBasis(fiscal_year=2026, phase="proposed"))
    assert whole.present == ("seoul",) and not whole.is_race
    assert reasons(whole, GYEONGGI_2026) == ("other coverage",)
    opening = essay.open_comparison(whole, "ko")
    assert "서울만 발표했습니다" in opening and "인천·광주·경기는 발표가 없어 비교할 수 없습니다" in opening and "23억" not in opening
    both = compare_budgets(tables, BudgetBasis(fiscal_year=2026, phase="proposed", coverage=("government", "programme")))
    assert {SEOUL_2026, GYEONGGI_2026} <= set(both.rows["figure_id"])
    assert not both.is_race and "섞여" in both.verdict("ko")
    with pytest.raises(MeasureError):
        measures.total(both)


def test_2025_a_whole_budget_and_a_fund_contribution(tables: Tables, every: list[Comparison]) -> None:
    """Gyeonggi's about 1000억 원 is what it calls AI in all; Seoul's 300억 원 is what it promises to put into a fund."""
    for comparison in every:
        assert not {GYEONGGI_2025, SEOUL_2025} <= set(comparison.rows["figure_id"])
    whole = compare_budgets(tables, BudgetBasis(fiscal_year=2025, phase="approved", scope="ai_broad"))
    assert whole.present == ("gyeonggi",) and not whole.is_race
    assert {"other phase", "other funding", "other coverage"} <= set(reasons(whole, SEOUL_2025))
    assert "seoul" in set(whole.nearest()["government"])
    assert "gyeonggi-ai-budget-2025-tistory" in set(whole.set_aside["figure_id"]), "the sum of an unsourced blog is not taken"


def test_2025_money_going_in_is_not_beside_the_budget(tables: Tables) -> None:
    """Gyeonggi's text calls it the year's budget; what is only announced for the year stands elsewhere."""
    announced = compare_budgets(tables, BudgetBasis(fiscal_year=2025, phase="announced", scope="ai_broad"))
    assert reasons(announced, GYEONGGI_2025) == ("other phase",)
    assert GYEONGGI_2025 in set(announced.nearest()["figure_id"])


def test_gwangju_200_and_1000_and_4061(tables: Tables, every: list[Comparison]) -> None:
    """One year's local share of one programme; one year of everything; five years of all funders."""
    for comparison in every:
        assert len(set(GWANGJU.values()) & set(comparison.rows["figure_id"])) <= 1
    mixture = compare_budgets(tables, BudgetBasis(fiscal_year=2020, envelope_years=(2020, 2024), period_kind=("fiscal_year", "envelope"), **EVERYTHING))  # type: ignore[arg-type]
    assert GWANGJU["1000억"] in set(mixture.rows["figure_id"])
    aside = mixture.set_aside.set_index("figure_id")
    assert aside.at[GWANGJU["200억"], "reason"] == "same as gwangju-cluster1-budget-2020-etnews"
    assert aside.at[GWANGJU["200억"], "differs"] == ("same as", "not comparable")
    assert aside.at[GWANGJU["4061억"], "reason"] == "superseded by gwangju-cluster1-envelope-2020-2024-fixed-namdonews"
    one_year = compare_budgets(tables, BudgetBasis(fiscal_year=2020, phase="announced", scope="ai_broad"))
    assert list(one_year.rows["figure_id"]) == [GWANGJU["1000억"]] and not one_year.is_race
    assert "other period kind" in reasons(one_year, GWANGJU["4061억"])


def test_an_envelope_is_never_read_as_a_year(tables: Tables, every: list[Comparison]) -> None:
    """227억여 over 2020–2024 had 16억 in 2021: not 45억."""
    envelopes = set(tables.budgets.loc[tables.budgets["period_kind"] == "envelope", "figure_id"])
    for comparison in every:
        assert isinstance(comparison.basis, BudgetBasis)
        if comparison.basis.period_kind == "fiscal_year":
            assert not envelopes & set(comparison.rows["figure_id"])
    year = compare_budgets(tables, BudgetBasis(fiscal_year=2021, scope="rnd_general", coverage="programme"))
    assert list(year.rows["as_printed"]) == ["16억 원"]
    assert measures.total(year).rows.set_index("government").at["incheon", "value"] == 1_600_000_000


def test_applied_for_is_not_had(tables: Tables) -> None:
    """132억 원 was applied for in 2021, 140억 of a call Incheon lost was never its money."""
    for figure in ("incheon-new-deal-calls-2021-applied-kyungdo", "incheon-region-led-ai-transformation-applied-kyeonggi"):
        for phase in ("approved", "awarded", "announced", "proposed"):
            for year in (2021, 2025):
                comparison = compare_budgets(tables, BudgetBasis(fiscal_year=year, phase=phase, scope=SCOPES, funding=FUNDINGS, coverage=COVERAGES))
                assert "other phase" in reasons(comparison, figure)


def test_no_pair_is_about_whole_governments(tables: Tables, pairs: pd.DataFrame) -> None:
    assert len(pairs) > 0
    assert set(pairs["coverage"]) == {"programme"}
    opening = essay.open_coverage(tables, list(FOUR), 2018, 2026, "ko")
    assert f"{len(pairs)}가지뿐" in opening and "정부 전체의 AI 예산끼리 견주는 경우는 없습니다" in opening


@pytest.mark.parametrize("language", ["ko", "en"])
def test_programmes_are_printed_one_by_one_and_never_ranked_or_added(every: list[Comparison], language: str) -> None:
    """Figures of programmes on one basis say nothing of the size of a government: no order, no sum, no ratio."""
    seen = 0
    for comparison in every:
        if not comparison.speaks_of_parts or not comparison.present:
            continue
        said = [essay.open_comparison(comparison, language), comparison.verdict(language), comparison.caption(language)]
        for sentence in said:
            assert not re.search(r" > |\d배|\d위|순위|순서는|times as|order is|\brank", sentence), sentence
        warning = {"ko": "크기로 읽으면 안 됩니다", "en": "do not read them as the size"}[language]
        assert warning in said[0] and warning in said[2]
        # No table of sums, amounts per resident, shares and ranks either: a sentence says why there is none.
        assert lens.of_comparison(comparison, 2025, language) == text("essay.no_measures", language)
        seen += len(comparison.present) >= 2
    assert seen >= 3, "bases on which two governments stand with programmes"


@pytest.mark.parametrize(
    ("basis", "printed", "sums"),
    [
        # Seoul's 30억 + 175억 = 205억 in 2026 would be 9 times Gyeonggi's 23억.
        (BudgetBasis(fiscal_year=2026, phase="proposed", coverage="programme"), {"ko": ("30억 원", "175억 원", "23억 원"), "en": ("KRW 3bn", "KRW 17.5bn", "KRW 2.3bn")}, ("205", "20.5")),
        # Gyeonggi's 78억 + 131억 = 209억 in 2025 would be 42 times Seoul's 5억.
        (BudgetBasis(fiscal_year=2025, phase="approved", coverage="programme"), {"ko": ("5억 원", "78억 원", "131억 원"), "en": ("KRW 500m", "KRW 7.8bn", "KRW 13.1bn")}, ("209", "20.9")),
    ],
)  # fmt: skip
def test_the_sum_of_two_programmes_is_in_no_opening(tables: Tables, basis: BudgetBasis, printed: dict[str, tuple[str, ...]], sums: tuple[str, ...]) -> None:
    """Both are lists of what happened to be printed."""
    comparison = compare_budgets(tables, basis)
    assert set(comparison.present) == {"seoul", "gyeonggi"}
    for language, tokens in printed.items():
        opening = essay.open_comparison(comparison, language)
        assert all(token in opening for token in tokens), opening
        assert not any(added in opening for added in sums), opening
    for divided in (measures.per_resident, measures.share_of_budget, measures.ranks):
        with pytest.raises(MeasureError) as caught:
            divided(measures.total(comparison))  # type: ignore[operator]
        assert caught.value.key == "measure.parts"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_government_alone_is_not_a_winner(every: list[Comparison], language: str) -> None:
    for comparison in every:
        if len(comparison.present) == 1:
            opening = essay.open_comparison(comparison, language)
            assert not comparison.is_race
            assert all(comparison.tables.name(g, language) in opening for g in comparison.missing)
            assert " > " not in opening and "순서" not in opening


def test_2024_results_against_2024_targets_only(tables: Tables) -> None:
    """59 of 44 firms is 134 %; 80 is next year's target, and 70 in January is not measured against 110 in December."""
    pairs = measures.achievement(tables)
    assert not set(pairs["target_id"]) & {"incheon-ai-playground-companies-2025-target-lawissue", "seoul-ai-hub-companies-2020-stock-target-metro"}
    for basis_year in (2020, 2024, 2025):
        targets, actuals = (
            compare_targets(tables, TargetBasis(indicator="companies_supported", phase=p, fiscal_year=basis_year)) for p in ("target", "actual")
        )
        opening = essay.open_targets(targets, actuals, pairs, "ko")
        assert ("134" in opening) == (basis_year == 2024), opening
        assert not re.search(r"달성률 (?!134%|을)\d+", opening)

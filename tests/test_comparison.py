"""The laws of a comparison, on every real figure and every basis that occurs, and on generated figures.

1. Every figure is compared or set aside with a reason: both together are the input, always.
2. The first reason that applies, in the order of `REASONS`, is given; all that apply are listed.
3. Nothing is computed: an amount leaves a comparison as it went in, and no envelope is divided.
"""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import small
from budgets import vocabulary as v
from budgets.basis import BudgetBasis, TargetBasis
from budgets.comparison import REASONS, Comparison, compare_budgets, compare_targets
from budgets.comparison.own import budget_bases
from budgets.errors import BasisError
from budgets.tables import Tables
from conftest import each

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""No shrinking: each figure names the differences it shows, so any failure is readable as it is."""
RULED = {"same as": "same_as", "superseded by": "superseded_by", "not comparable": "not_comparable"}


def target_bases(tables: Tables, governments: tuple[str, ...]) -> Iterator[TargetBasis]:
    """Every basis on which at least one value of an indicator stands, each once."""
    keys = set()
    for row in each(tables.judged_targets):
        start, end, day = row.period_start, row.period_end, row.as_of
        when: dict[str, Any] = {}
        if pd.notna(day):
            when = {"as_of": day.date()}
        elif pd.notna(end):
            several_years = pd.notna(start) and start.year != end.year and row.extent != "cumulative"
            when = {"envelope_years": (start.year, end.year)} if several_years else {"fiscal_year": end.year}
        if when:
            keys.add((row.indicator, row.phase, row.extent, row.coverage, row.level, tuple(when.items())))
    for indicator, phase, extent, coverage, level, dated in sorted(keys, key=str):
        yield TargetBasis(indicator=indicator, phase=phase, extent=extent, coverage=coverage, level=level, governments=governments, **dict(dated))


@pytest.fixture(scope="module")
def publishing(tables: Tables) -> tuple[str, ...]:
    """Every government that published a figure, the four of the question among them."""
    names = {*tables.judged_budgets["government"], *tables.judged_targets["government"]}
    assert set(v.FOUR) < names
    return tuple(sorted(names, key=tables.order))


@pytest.fixture(scope="module")
def comparisons(tables: Tables, publishing: tuple[str, ...]) -> list[Comparison]:
    """Every basis that occurs, for all governments and for the four; and one at a date, for amounts that grow."""
    found = [compare_budgets(tables, basis) for basis in budget_bases(tables, publishing)]
    found += [compare_budgets(tables, BudgetBasis(envelope_years=(2020, 2024), phase="paid", coverage="programme", snapshot=date(2023, 12, 31)))]
    found += [compare_budgets(tables, BudgetBasis(fiscal_year=2026, phase="proposed", governments=v.FOUR))]
    found += [compare_targets(tables, basis) for basis in target_bases(tables, publishing)]
    assert sum(isinstance(c.basis, BudgetBasis) for c in found) > 60 and sum(isinstance(c.basis, TargetBasis) for c in found) > 40
    return found


def whole_of(comparison: Comparison) -> pd.DataFrame:
    return comparison.tables.budgets if isinstance(comparison.basis, BudgetBasis) else comparison.tables.targets


def cells(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(k): None if pd.isna(x) else x for k, x in row.items()} for row in table.to_dict("records")]


def inverse(comparison: Comparison) -> dict[str, str]:
    return dict(zip(comparison.set_aside["figure_id"], comparison.set_aside["reason_code"], strict=True))


# ---- on the real data ----


def test_every_figure_is_compared_or_set_aside_on_every_basis(comparisons: list[Comparison]) -> None:
    for comparison in comparisons:
        inside, outside = list(comparison.rows["figure_id"]), list(comparison.set_aside["figure_id"])
        assert sorted(inside + outside) == sorted(whole_of(comparison)["figure_id"]), comparison.basis
        assert comparison.set_aside["reason"].notna().all() and set(comparison.set_aside["reason_code"]) <= set(REASONS)


def test_every_amount_that_can_be_compared_stands_on_its_own_basis(tables: Tables, comparisons: list[Comparison]) -> None:
    """A figure is missing from all bases only for a reason that lies in itself: no known period, no scope, no won of a
    budget, or a ruling."""
    standing = {f for c in comparisons for f in c.rows["figure_id"]}
    own = {"same_as", "superseded_by", "not_comparable"}
    ruled = set(tables.figure_rulings.loc[tables.figure_rulings["ruling"].isin(own), "figure_id"])
    contained = {f for c in comparisons for f, reason in inverse(c).items() if reason == "part of"}
    for row in each(tables.judged_budgets):
        unfit = (
            row.period_kind == "unknown"
            or pd.isna(row.period_start)
            or pd.isna(row.period_end)
            or pd.isna(row.scope)
            or row.nature != "budget"
            or row.unit != "KRW"
            or row.reliability == "unsourced"
            or row.figure_id in ruled
        )
        assert (row.figure_id in standing) != (unfit or row.figure_id in contained - standing), row.figure_id


def test_each_reason_of_the_closed_list_occurs(comparisons: list[Comparison]) -> None:
    assert {code for c in comparisons for code in c.set_aside["reason_code"]} == set(REASONS)


def test_reasons_are_given_in_their_order(comparisons: list[Comparison]) -> None:
    place = {reason: n for n, reason in enumerate(REASONS)}
    for comparison in comparisons:
        for code, all_reasons, misses in comparison.set_aside[["reason_code", "differs", "misses"]].itertuples(index=False):
            assert [place[r] for r in all_reasons] == sorted(place[r] for r in all_reasons)
            assert code == all_reasons[0] and misses == len(all_reasons)


@pytest.mark.slow
def test_amounts_leave_a_comparison_as_they_went_in(comparisons: list[Comparison]) -> None:
    """No arithmetic: also not on envelopes, which stand beside no amount of one year."""
    for comparison in comparisons:
        plain = whole_of(comparison).set_index("figure_id")
        for part in (comparison.rows, comparison.set_aside):
            kept = part.set_index("figure_id")[plain.columns]
            pd.testing.assert_frame_equal(kept, plain.loc[kept.index])
        if isinstance(comparison.basis, BudgetBasis):
            assert set(comparison.rows["period_kind"]) <= {comparison.basis.period_kind}


def test_rows_stand_on_the_basis_field_by_field(comparisons: list[Comparison]) -> None:
    """Said once more, and differently from the comparison itself: what stands has the basis's value in every field."""
    for comparison in comparisons:
        basis, rows = comparison.basis, comparison.rows
        assert set(rows["government"]) <= set(basis.governments)
        for field in ("phase", "coverage", "level"):
            assert set(rows[field]) <= {getattr(basis, field)}
        if isinstance(basis, TargetBasis):
            assert set(rows["indicator"]) <= {basis.indicator} and set(rows["extent"]) <= {basis.extent}
            continue
        assert set(rows["scope"]) <= {basis.scope} and set(rows["funding"]) <= {basis.funding}
        assert set(rows["nature"]) <= {"budget"} and set(rows["unit"]) <= {"KRW"} and "unsourced" not in set(rows["reliability"])
        first, last = basis.envelope_years or (basis.fiscal_year, basis.fiscal_year)
        if basis.period_kind in ("fiscal_year", "envelope"):
            assert set(rows["period_start"].dt.year) <= {first} and set(rows["period_end"].dt.year) <= {last}


def test_part_of_is_said_only_while_the_whole_stands(tables: Tables, comparisons: list[Comparison]) -> None:
    for comparison in comparisons:
        standing = set(comparison.rows["figure_id"])
        parts = comparison.set_aside.loc[comparison.set_aside["reason_code"] == "part of"]
        assert set(parts["other_figure_id"]) <= standing
        for row in each(parts):
            assert row.reason == f"part of {row.other_figure_id}"
        holders = tables.money_wholes if isinstance(comparison.basis, BudgetBasis) else tables.target_wholes
        for figure in standing:
            assert not holders[figure] & standing, f"{figure} stands beside its whole"


def test_a_part_stands_where_its_whole_does_not(tables: Tables) -> None:
    """The national share of Gwangju's cluster is part of 4061억 원, which was superseded: then the part speaks for itself."""
    basis = BudgetBasis(envelope_years=(2020, 2024), phase="announced", funding="national", coverage="programme", governments=("gwangju",))
    assert "gwangju-cluster1-envelope-national-2020-2024-nkeconomy" in set(compare_budgets(tables, basis).rows["figure_id"])


def test_same_as_names_its_canonical_row(tables: Tables, comparisons: list[Comparison]) -> None:
    named = {r: tables.figure_rulings.loc[tables.figure_rulings["ruling"] == code].set_index("figure_id") for r, code in RULED.items()}
    seen = set()
    for comparison in comparisons:
        for row in each(comparison.set_aside.loc[comparison.set_aside["reason_code"].isin(RULED)]):
            ruling = named[row.reason_code].loc[row.figure_id]
            other = None if pd.isna(ruling["other_figure_id"]) else ruling["other_figure_id"]
            assert (row.other_figure_id, row.why) == (other, ruling["reason"])
            wanted = f"not comparable: {ruling['reason']}" if row.reason_code == "not comparable" else f"{row.reason_code} {other}"
            assert row.reason == wanted
            seen.add(row.reason_code)
    assert seen == set(RULED)


def test_no_government_is_lost(comparisons: list[Comparison]) -> None:
    for comparison in comparisons:
        assert {*comparison.present, *comparison.missing} == set(comparison.basis.governments)
        assert not set(comparison.present) & set(comparison.missing)
        assert set(comparison.nearest()["government"]) <= set(comparison.missing)
        assert sum(comparison.reasons()) == len(comparison.set_aside)


def test_what_is_nearest_could_help(tables: Tables) -> None:
    """Nearest to whole-government budgets of 2026: for Gyeonggi a platform's 23억 원, never a repetition or a blog."""
    comparison = compare_budgets(tables, BudgetBasis(fiscal_year=2026, phase="proposed"))
    assert comparison.missing == ("incheon", "gwangju", "gyeonggi")
    near = comparison.nearest().set_index("figure_id")
    assert near.at["gyeonggi-ai-platform-budget-2026-seoulshinmun", "differs"] == ("other coverage",)
    assert {"part of", "same as", "superseded by", "unsourced", "not comparable"}.isdisjoint(near["differs"].explode())
    assert (near.groupby("government").size() <= 3).all()


def test_captions_say_the_basis_and_verdicts_who_is_missing(tables: Tables, comparisons: list[Comparison]) -> None:
    for comparison in comparisons:
        for language in ("ko", "en"):
            caption, verdict = comparison.caption(language), comparison.verdict(language)
            assert comparison.basis.describe(language) in caption
            for government in comparison.present:
                assert tables.name(government, language) in verdict
            if comparison.missing and comparison.present and not (comparison.speaks_of_parts and len(comparison.present) > 1):
                assert all(tables.name(g, language) in verdict for g in comparison.missing)


def test_sources_are_those_of_the_rows(comparisons: list[Comparison]) -> None:
    for comparison in comparisons:
        assert set(comparison.sources()["source_id"]) == set(comparison.rows["source_id"])


def test_the_order_of_rows_never_changes_the_result(tables: Tables) -> None:
    shuffled = replace(
        tables,
        **{
            name: getattr(tables, name).sample(frac=1, random_state=7).reset_index(drop=True)
            for name in ("budgets", "targets", "sources", "programmes", "programme_rulings", "figure_rulings")
        },
    )
    bases: list[BudgetBasis] = list(budget_bases(tables, v.FOUR))[::7]
    for basis in [*bases, BudgetBasis(fiscal_year=2025, phase="approved", scope="ai_broad")]:
        one, other = compare_budgets(tables, basis), compare_budgets(shuffled, basis)
        pd.testing.assert_frame_equal(one.rows, other.rows)
        pd.testing.assert_frame_equal(one.set_aside, other.set_aside)


@pytest.mark.parametrize("field", ["phase", "scope", "funding", "coverage", "level", "governments"])
def test_names_that_do_not_exist_are_refused_with_the_nearest(tables: Tables, field: str) -> None:
    wrong = {"phase": "aproved", "scope": "ai_cor", "funding": "nationl", "coverage": "goverment", "level": "provinc", "governments": ("seol",)}[field]
    near = {"phase": "approved", "scope": "ai_core", "funding": "national", "coverage": "government", "level": "province", "governments": "seoul"}[field]
    with pytest.raises(BasisError) as caught:
        compare_budgets(tables, BudgetBasis(fiscal_year=2025, **{field: wrong}))  # type: ignore[arg-type]
    for language in ("ko", "en"):
        assert f"‘{near}’" in caught.value.say(language) and field in caught.value.say(language)


def test_an_indicator_that_does_not_exist_is_refused(tables: Tables) -> None:
    with pytest.raises(BasisError, match="companies_supported"):
        compare_targets(tables, TargetBasis(indicator="companies_suported", fiscal_year=2024))


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({}, "basis.no_year"),
        ({"period_kind": "envelope", "fiscal_year": 2025}, "basis.no_envelope_years"),
        ({"fiscal_year": 20255}, "basis.year"),
        ({"fiscal_year": True}, "basis.year"),
        ({"fiscal_year": "2025"}, "basis.year"),
        ({"envelope_years": (2024, 2020)}, "basis.span"),
        ({"envelope_years": (2020, 2021, 2024)}, "basis.span"),
        ({"envelope_years": 2020}, "basis.span"),
        ({"fiscal_year": 2025, "snapshot": "2025-13-01"}, "basis.day"),
        ({"fiscal_year": 2025, "governments": ()}, "basis.empty"),
        ({"fiscal_year": 2025, "phase": ()}, "basis.empty"),
        ({"fiscal_year": 2025, "period_kind": ()}, "basis.empty"),
        ({"fiscal_year": ()}, "basis.empty"),
        ({"fiscal_year": 2025.0}, "basis.year"),
        ({"fiscal_year": (2025, 2026.0)}, "basis.year"),
        ({"fiscal_year": 1899}, "basis.year"),
        ({"fiscal_year": 2101}, "basis.year"),
        ({"envelope_years": (2020.0, 2024.0)}, "basis.span"),
        ({"envelope_years": ("2020", "2024")}, "basis.span"),
        ({"envelope_years": (2024, 2024)}, "basis.span"),
        ({"envelope_years": ()}, "basis.span"),
        ({"fiscal_year": 2025, "envelope_years": (2020, 2024)}, "basis.year_and_envelope"),
        ({"fiscal_year": 2025, "phase": None}, "basis.name"),
        ({"fiscal_year": 2025, "scope": 1.5}, "basis.name"),
        ({"fiscal_year": 2025, "governments": None}, "basis.name"),
        ({"fiscal_year": 2025, "governments": ("seoul", 5)}, "basis.name"),
        ({"fiscal_year": 2025, "snapshot": 20251231}, "basis.day"),
        ({"fiscal_year": 2025, "snapshot": pd.NaT}, "basis.day"),
    ],
)
def test_a_basis_that_cannot_be_is_refused(fields: dict[str, Any], key: str) -> None:
    with pytest.raises(BasisError) as caught:
        BudgetBasis(**fields)
    assert caught.value.key == key
    assert caught.value.say("ko") != caught.value.say("en")


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"fiscal_year": ()}, "basis.empty"),
        ({"fiscal_year": 2025.5}, "basis.year"),
        ({"fiscal_year": 2025, "indicator": ()}, "basis.empty"),
        ({"fiscal_year": 2025, "indicator": None}, "basis.name"),
        ({"fiscal_year": 2025, "extent": ()}, "basis.empty"),
        ({"fiscal_year": 2025, "coverage": None}, "basis.name"),
        ({"fiscal_year": 2025, "phase": ("target", "actual")}, "basis.target_and_actual"),
        ({"as_of": 5}, "basis.day"),
        ({}, "basis.no_year"),
    ],
)
def test_a_basis_of_targets_that_cannot_be_is_refused(fields: dict[str, Any], key: str) -> None:
    with pytest.raises(BasisError) as caught:
        TargetBasis(**{"indicator": "companies_supported", **fields})
    assert caught.value.key == key and caught.value.say("ko") != caught.value.say("en")


@pytest.mark.parametrize(
    ("fields", "given"),
    [
        ({"fiscal_year": 2025.5}, "2025.5"),
        ({"fiscal_year": (2025, "2026")}, "'2026'"),
        ({"fiscal_year": 2025, "phase": 7}, "7"),
        ({"fiscal_year": 2025, "governments": ("seoul", None)}, "None"),
        ({"envelope_years": (2026, 2024), "period_kind": "envelope"}, "(2026, 2024)"),
        ({"fiscal_year": 2025, "snapshot": "내일"}, "내일"),
    ],
)
def test_a_refused_basis_shows_what_was_given(fields: dict[str, Any], given: str) -> None:
    with pytest.raises(BasisError) as caught:
        BudgetBasis(**fields)
    assert given in caught.value.say("ko") and given in caught.value.say("en")


def test_years_of_a_plan_may_come_as_any_pair() -> None:
    assert BudgetBasis(envelope_years=[2024, 2026], period_kind="envelope") == BudgetBasis(envelope_years=(2024, 2026), period_kind="envelope")  # type: ignore[arg-type]
    assert BudgetBasis(envelope_years=np.array([2024, 2026]), period_kind="envelope").envelope_years == (2024, 2026)  # type: ignore[arg-type]


def test_numbers_and_days_of_other_libraries_are_taken() -> None:
    """A year out of a table, a date with a time: the same basis."""
    year = pd.Series([2025], dtype="int64").iloc[0]
    plain = BudgetBasis(fiscal_year=2025, snapshot=date(2025, 6, 30))
    for day in (pd.Timestamp("2025-06-30 12:00"), "2025-06-30"):
        assert BudgetBasis(fiscal_year=year, snapshot=day) == plain  # type: ignore[arg-type]
    assert BudgetBasis(fiscal_year=[2025, 2025], governments=["seoul", "seoul"]) == BudgetBasis(fiscal_year=2025, governments=("seoul",))  # type: ignore[arg-type]
    assert BudgetBasis(fiscal_year=(2026, 2025)).fiscal_year == (2025, 2026)


def test_a_basis_of_the_other_kind_is_refused(tables: Tables) -> None:
    money, count = BudgetBasis(fiscal_year=2025), TargetBasis(indicator="companies_supported", fiscal_year=2025)
    for compare, wrong, named in ((compare_budgets, count, "BudgetBasis"), (compare_targets, money, "TargetBasis"), (compare_budgets, None, "BudgetBasis")):
        with pytest.raises(BasisError, match=named) as caught:
            compare(tables, wrong)  # type: ignore[operator]
        assert caught.value.say("en") == f"{compare.__name__} needs a {named}; this is a {type(wrong).__name__}"  # type: ignore[attr-defined]


def test_several_values_make_a_mixture_and_never_a_race(tables: Tables) -> None:
    mixed = compare_budgets(tables, BudgetBasis(fiscal_year=(2025, 2026), phase=("approved", "proposed"), scope=("ai_core", "ai_broad")))
    assert set(mixed.basis.mixed) == {"fiscal_year", "phase", "scope"}
    assert mixed.present == ("seoul", "gyeonggi") and not mixed.is_race
    assert "섞여" in mixed.verdict("ko") and "mixed" in mixed.verdict("en")


# ---- on generated figures ----

BASIS = BudgetBasis(fiscal_year=2025, governments=("alpha", "beta", "town"))
SPOILERS: dict[str, dict[str, Any]] = {
    "other government": {"government": "gamma"},
    "other level": {"government": "town"},
    "other year": {"period_start": "2024-01-01", "period_end": "2024-12-31"},
    "other period kind": {"period_kind": "envelope"},
    "period unknown": {"period_kind": "unknown"},
    "other phase": {"phase": "proposed"},
    "other scope": {"scope": "ai_broad"},
    "scope not ruled": {"scope": ""},
    "other funding": {"funding": "national"},
    "other coverage": {"coverage": "programme"},
    "not a budget": {"nature": "fund_size"},
    "rate, not total": {"unit": "KRW/project"},
    "part of": {},
    "same as": {},
    "superseded by": {},
    "unsourced": {"reliability": "unsourced"},
    "not comparable": {},
}
"""One change to a row that stands on `BASIS`, and the one reason it gives."""
TARGET_BASIS = TargetBasis(indicator="companies_supported", phase="actual", fiscal_year=2025, scope="ai_core", governments=("alpha", "beta", "town"))
TARGET_SPOILERS: dict[str, dict[str, Any]] = {
    **{r: SPOILERS[r] for r in ("other government", "other level", "other year", "other scope", "scope not ruled", "unsourced", *RULED, "part of")},
    "other period kind": {"period_start": "2024-01-01"},
    "period unknown": {"period_start": "", "period_end": ""},
    "other coverage": {"coverage": "plan"},
    "target, not actual": {"phase": "target"},
    "other indicator": {"indicator": "people_trained", "unit": "persons"},
    "other extent": {"extent": "stock"},
}
EXCLUSIVE = ({"other scope", "scope not ruled"},)
TARGET_EXCLUSIVE = (*EXCLUSIVE, *({a, b} for a, b in itertools.combinations(("other year", "other period kind", "period unknown"), 2)))
"""Differences that one row cannot show together."""


def spoiled(row: dict[str, Any], reasons: set[str], spoilers: dict[str, dict[str, Any]]) -> tuple[dict[str, Any], set[str]]:
    """The row with these changes, and the reasons it must give."""
    for reason in sorted(reasons, key=REASONS.index):
        row = row | spoilers[reason]
    if {"other government", "other level"} <= reasons:
        row["government"] = "land"
    if row["period_kind"] == "unknown":
        reasons = reasons | {"other period kind"}
    return row, reasons


def world(make: Any, choices: list[set[str]], spoilers: dict[str, dict[str, Any]]) -> tuple[Tables, dict[str, set[str]]]:
    """Tables with a figure that stands (``anchor``) and one figure for each choice of reasons; figure → reasons."""
    rows, rulings, wanted = [make("anchor", "beta")], [], {}
    for n, chosen in enumerate(choices):
        figure = f"figure-{n}"
        row, wanted[figure] = spoiled(make(figure), chosen, spoilers)
        rows.append(row)
        rulings += [small.ruling(figure, code, "anchor") for reason, code in {**RULED, "part of": "part_of"}.items() if reason in chosen]
    return small.tables(rows, rulings), wanted


def assert_as_wanted(comparison: Comparison, wanted: dict[str, set[str]]) -> None:
    assert set(comparison.rows["figure_id"]) == {"anchor", *(f for f, reasons in wanted.items() if not reasons)}
    differs = dict(zip(comparison.set_aside["figure_id"], comparison.set_aside["differs"], strict=True))
    assert differs == {f: tuple(sorted(reasons, key=REASONS.index)) for f, reasons in wanted.items() if reasons}
    assert inverse(comparison) == {f: min(reasons, key=REASONS.index) for f, reasons in wanted.items() if reasons}


def compatible(reasons: set[str], spoilers: dict[str, dict[str, Any]]) -> bool:
    return not any(pair <= reasons for pair in (EXCLUSIVE if spoilers is SPOILERS else TARGET_EXCLUSIVE))


def choices(spoilers: dict[str, dict[str, Any]]) -> st.SearchStrategy[list[set[str]]]:
    some = st.sets(st.sampled_from(sorted(spoilers)), max_size=5).filter(lambda reasons: compatible(reasons, spoilers))
    return st.lists(some, max_size=12)


def two(spoilers: dict[str, dict[str, Any]]) -> list[set[str]]:
    return [set(pair) for pair in itertools.combinations(spoilers, 2) if compatible(set(pair), spoilers)]


def actual(figure: str, government: str = "alpha") -> dict[str, Any]:
    return small.count(figure, government, phase="actual")


def test_each_single_difference_gives_its_one_reason() -> None:
    tables, wanted = world(small.money, [{reason} for reason in SPOILERS], SPOILERS)
    assert_as_wanted(compare_budgets(tables, BASIS), wanted)
    tables, wanted = world(actual, [{reason} for reason in TARGET_SPOILERS], TARGET_SPOILERS)
    assert_as_wanted(compare_targets(tables, TARGET_BASIS), wanted)


def test_of_any_two_differences_the_earlier_is_the_reason_given() -> None:
    tables, wanted = world(small.money, two(SPOILERS), SPOILERS)
    assert_as_wanted(compare_budgets(tables, BASIS), wanted)
    tables, wanted = world(actual, two(TARGET_SPOILERS), TARGET_SPOILERS)
    assert_as_wanted(compare_targets(tables, TARGET_BASIS), wanted)


@settings(max_examples=8, deadline=None, phases=PHASES)
@given(choices(SPOILERS))
def test_generated_amounts_are_compared_or_set_aside(chosen: list[set[str]]) -> None:
    tables, wanted = world(small.money, chosen, SPOILERS)
    assert_as_wanted(compare_budgets(tables, BASIS), wanted)


@settings(max_examples=8, deadline=None, phases=PHASES)
@given(choices(TARGET_SPOILERS))
def test_generated_targets_are_compared_or_set_aside(chosen: list[set[str]]) -> None:
    tables, wanted = world(actual, chosen, TARGET_SPOILERS)
    assert_as_wanted(compare_targets(tables, TARGET_BASIS), wanted)


@settings(max_examples=5, deadline=None, phases=PHASES)
@given(choices(SPOILERS), st.sampled_from(sorted(set(SPOILERS) - {"part of"})), st.randoms(use_true_random=False))
def test_a_figure_on_another_basis_changes_nothing(chosen: list[set[str]], reason: str, random: Any) -> None:
    """Neither what stands nor why the others do not; and neither does the order of the rows."""
    before, _ = world(small.money, chosen, SPOILERS)
    after, _ = world(small.money, [*chosen, {reason}], SPOILERS)
    order = list(range(len(after.budgets)))
    random.shuffle(order)
    one = compare_budgets(before, BASIS)
    other = compare_budgets(replace(after, budgets=after.budgets.iloc[order].reset_index(drop=True)), BASIS)
    assert cells(one.rows) == cells(other.rows)
    assert cells(one.set_aside) == cells(other.set_aside.loc[other.set_aside["figure_id"] != f"figure-{len(chosen)}"])


def test_envelopes_by_their_years_and_growing_amounts_by_their_date() -> None:
    def envelope(figure: str, start: str, end: str, phase: str = "paid") -> dict[str, Any]:
        return small.money(figure, period_kind="envelope", period_start=start, period_end=end, phase=phase)

    tables = small.tables(
        [
            envelope("stands", "2020-01-01", "2024-12-31"),
            envelope("other-years", "2021-01-01", "2024-12-31"),
            envelope("other-date", "2020-01-01", "2024-06-30"),
            envelope("long-ago", "2010-01-01", "2014-12-31"),
            envelope("no-start", "", "2024-12-31"),
            envelope("announced", "2020-01-01", "2024-06-30", "announced"),
            small.money("one-year", year=2022, phase="paid"),
        ]
    )
    basis = BudgetBasis(envelope_years=(2020, 2024), phase="paid", snapshot=date(2024, 12, 31), governments=("alpha",))
    comparison = compare_budgets(tables, basis)
    assert list(comparison.rows["figure_id"]) == ["stands"]
    assert dict(zip(comparison.set_aside["figure_id"], comparison.set_aside["differs"], strict=True)) == {
        "other-years": ("other envelope years",),
        "other-date": ("other snapshot",),
        "long-ago": ("other year", "other envelope years", "other snapshot"),
        "no-start": ("period unknown",),
        "announced": ("other phase",),
        "one-year": ("other period kind", "other snapshot"),
    }


def test_a_line_is_part_of_what_its_programme_lies_in() -> None:
    """Programmes nest: a line's money is inside its programme's, a programme's inside the plan's. The outermost is named."""
    rows = [
        small.money("plan-2025"),
        small.money("programme-2025", parent="plan-2025"),
        small.money("line-2025", parent="programme-2025"),
        small.money("programme-2024", year=2024, programme_id="programme-2025", parent="plan-2025"),
    ]
    aside = compare_budgets(small.tables(rows), replace(BASIS, governments=("alpha",))).set_aside.set_index("figure_id")
    assert dict(aside["reason"]) == {"programme-2025": "part of plan-2025", "line-2025": "part of plan-2025", "programme-2024": "other year"}


def test_a_value_of_several_years_stands_only_beside_the_same_years() -> None:
    rows = [
        small.count("two-years", period_start="2024-01-01", period_end="2025-12-31"),
        small.count("this-year"),
        small.count("stock", extent="stock", period_kind="unknown", period_start="", period_end="", as_of="2025-06-30"),
        small.count("since-2020", extent="cumulative", period_start="2020-01-01"),
    ]
    tables = small.tables(rows)

    def standing(**fields: Any) -> list[str]:
        return list(compare_targets(tables, TargetBasis(indicator="companies_supported", governments=("alpha",), **fields)).rows["figure_id"])

    assert standing(fiscal_year=2025) == ["this-year"]
    assert standing(envelope_years=(2024, 2025)) == ["two-years"]
    assert standing(as_of=date(2025, 6, 30), extent="stock") == ["stock"]
    assert standing(fiscal_year=2025, extent="stock") == ["stock"]
    assert standing(as_of=date(2025, 1, 1), extent="stock") == []
    assert standing(fiscal_year=2025, extent="cumulative") == ["since-2020"]


def test_amounts_counted_to_different_dates_are_a_mixture() -> None:
    rows = [
        small.money("june", phase="paid", period_kind="part_year", period_end="2025-06-30"),
        small.money("march", "beta", phase="paid", period_kind="part_year", period_end="2025-03-31"),
    ]
    basis = BudgetBasis(fiscal_year=2025, period_kind="part_year", phase="paid", governments=("alpha", "beta"))
    both = compare_budgets(small.tables(rows), basis)
    assert both.dates == ("2025-03-31", "2025-06-30") and both.mixed and not both.is_race
    for language in ("ko", "en"):
        assert "2025-03-31, 2025-06-30" in both.verdict(language)
    assert both.verdict() == both.verdict("ko") and "견줄 수 없습니다" in both.verdict() and "nothing is compared" in both.verdict("en")
    one = compare_budgets(small.tables(rows), replace(basis, snapshot=date(2025, 6, 30)))
    assert one.dates == ("2025-06-30",) and not one.mixed
    assert list(one.rows["figure_id"]) == ["june"]


def test_an_unknown_phase_is_not_one_phase() -> None:
    tables = small.tables([small.money("one", phase="unknown"), small.money("two", "beta", phase="unknown")])
    comparison = compare_budgets(tables, replace(BASIS, phase="unknown", governments=("alpha", "beta", "gamma")))
    assert comparison.present == ("alpha", "beta") and not comparison.is_race
    assert "예산 단계를 말하지 않아" in comparison.verdict("ko") and "감마도는 이 기준의 발표가 없습니다" in comparison.verdict("ko")
    assert "do not say at which phase" in comparison.verdict("en")
    known = compare_budgets(small.tables([small.money("one"), small.money("two", "beta")]), replace(BASIS, governments=("alpha", "beta")))
    assert known.is_race and not known.phase_unknown

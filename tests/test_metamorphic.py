"""What may be done to the data without changing what is said of it: on the published figures, and on generated ones.

The order of rows says nothing; a figure on another basis is no part of the answer; the parts of a figure add nothing to
it; and to know less never makes an order certain.
"""

import random
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import small
from budgets import measures, survey
from budgets.basis import BudgetBasis, TargetBasis
from budgets.comparison import Comparison, compare_budgets, compare_targets
from budgets.comparison.own import budget_bases
from budgets.tables import Tables
from budgets.vocabulary import FOUR

QUICK = settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
WHOLE = BudgetBasis(fiscal_year=2025, governments=("alpha", "beta", "gamma"))
WITH_PARTS = BudgetBasis(envelope_years=(2020, 2024), phase="announced", scope="rnd_general", funding="mixed", coverage="programme")
"""The real basis on which a whole stands and parts of it would, too."""
PROGRAMMES = replace(WHOLE, coverage="programme")
TARGETS = [
    TargetBasis(indicator=indicator, phase=phase, fiscal_year=year, extent=extent)
    for indicator, phase, year, extent in (
        ("companies_supported", "target", 2024, "flow"),
        ("companies_supported", "actual", 2024, "flow"),
        ("people_trained", "target", 2025, "flow"),
        ("companies_tenants", "actual", 2026, "stock"),
    )
]


def bases(tables: Tables) -> list[BudgetBasis]:
    """Every tenth basis that occurs, and those on which a whole stands with its parts or two governments together."""
    every = list(budget_bases(tables, FOUR))
    stand = [BudgetBasis(**{name: row[name] for name in survey.FIELDS}) for row in survey.comparable_pairs(tables, FOUR).to_dict("records")]
    return list(dict.fromkeys([*stand, WITH_PARTS, *every[::10]]))


def said(comparison: Comparison) -> list[Any]:
    """Everything a comparison and its total say, ready to be compared."""
    words = [f(language) for f in (comparison.verdict, comparison.caption) for language in ("ko", "en")]
    found = [comparison.rows, comparison.set_aside, comparison.reasons().to_frame(), comparison.nearest(), comparison.sources(), words]
    if isinstance(comparison.basis, BudgetBasis) and not comparison.mixed:
        total = measures.total(comparison)
        found += [total.rows, total.caption()]
    return found


def assert_alike(one: Iterable[Any], other: Iterable[Any]) -> None:
    for a, b in zip(one, other, strict=True):
        if isinstance(a, pd.DataFrame):
            pd.testing.assert_frame_equal(a.reset_index(drop=True), b.reset_index(drop=True))
        else:
            assert a == b


def shuffled(tables: Tables, seed: int) -> Tables:
    """The same tables, every one of them in another order."""
    return Tables(**{one.name: getattr(tables, one.name).sample(frac=1, random_state=seed).reset_index(drop=True) for one in fields(tables)})


def without(tables: Tables, figures: set[str]) -> Tables:
    """The tables as they would be had these figures never been published (rulings about them gone, too)."""
    rulings = tables.figure_rulings
    kept = rulings.loc[~rulings["figure_id"].isin(figures) & ~rulings["other_figure_id"].isin(figures)]
    budgets, targets = (t.loc[~t["figure_id"].isin(figures)].reset_index(drop=True) for t in (tables.budgets, tables.targets))
    return replace(tables, budgets=budgets, targets=targets, figure_rulings=kept.reset_index(drop=True))


# ---- the order of rows ----


def test_the_order_of_rows_says_nothing(tables: Tables) -> None:
    mixed = shuffled(tables, 1)
    for basis in bases(tables):
        assert_alike(said(compare_budgets(tables, basis)), said(compare_budgets(mixed, basis)))
    for target in TARGETS:
        assert_alike(said(compare_targets(tables, target)), said(compare_targets(mixed, target)))


@pytest.mark.slow
def test_nor_for_what_is_measured_over_all_tables(tables: Tables) -> None:
    mixed = shuffled(tables, 3)
    order = ["target_id", "actual_id"]
    assert_alike(
        [measures.parts_against_totals(tables), measures.achievement(tables).sort_values(order), survey.coverage(tables, FOUR, 2018, 2026)],
        [measures.parts_against_totals(mixed), measures.achievement(mixed).sort_values(order), survey.coverage(mixed, FOUR, 2018, 2026)],
    )
    pairs, again = (survey.comparable_pairs(t, FOUR) for t in (tables, mixed))
    pd.testing.assert_frame_equal(pairs, again)


def test_nor_for_a_share_and_an_amount_per_resident(tables: Tables) -> None:
    basis = BudgetBasis(fiscal_year=2026, phase="proposed")
    one, other = (measures.total(compare_budgets(t, basis)) for t in (tables, shuffled(tables, 4)))
    chosen = measures.budget_to_stand_against(tables, 2026, "proposed", ("seoul",))
    assert chosen is not None and chosen == measures.budget_to_stand_against(other.comparison.tables, 2026, "proposed", ("seoul",))
    for made in (measures.per_resident, lambda m: measures.share_of_budget(m, **chosen)):
        pd.testing.assert_frame_equal(made(one).rows, made(other).rows)
        assert made(one).rows["value"].notna().sum() == 1


# ---- a figure on another basis ----


def test_what_stands_does_not_depend_on_what_was_set_aside(tables: Tables) -> None:
    """Had only some of the figures that are set aside been published, the same rows would stand."""
    draw = random.Random(7)
    for basis in bases(tables):
        comparison = compare_budgets(tables, basis)
        aside = sorted(comparison.set_aside["figure_id"])
        gone = set(draw.sample(aside, draw.randrange(1, len(aside) + 1)))
        alone = compare_budgets(without(tables, gone), basis)
        pd.testing.assert_frame_equal(alone.rows, comparison.rows)
        pd.testing.assert_frame_equal(measures.total(alone).rows, measures.total(comparison).rows)
        assert set(alone.set_aside["figure_id"]) == set(aside) - gone


def test_nor_do_values_of_indicators(tables: Tables) -> None:
    for basis in TARGETS:
        comparison = compare_targets(tables, basis)
        alone = compare_targets(without(tables, set(comparison.set_aside["figure_id"])), basis)
        pd.testing.assert_frame_equal(alone.rows, comparison.rows)
        assert alone.set_aside.empty


# ---- parts ----


def test_the_parts_of_what_stands_add_nothing(tables: Tables) -> None:
    """On every real basis: without the parts of the figures that stand the totals are the same."""
    seen = 0
    for basis in bases(tables):
        comparison = compare_budgets(tables, basis)
        standing = set(comparison.rows["figure_id"])
        parts = {f for f, holders in tables.money_wholes.items() if holders & standing}
        seen += len(parts)
        pd.testing.assert_frame_equal(measures.total(compare_budgets(without(tables, parts), basis)).rows, measures.total(comparison).rows)
    assert seen > 0


@QUICK
@given(st.lists(st.integers(1, 90), min_size=1, max_size=4), st.sampled_from(["programme", "government"]), st.booleans())
def test_splitting_a_figure_never_changes_a_total(parts: list[int], coverage: str, by_programme: bool) -> None:
    """A whole of so many 억, then the same whole with its parts beside it: by a ruling on the figures, or because the
    parts' programmes lie inside the whole's."""
    basis = replace(WHOLE, coverage=coverage)
    whole = small.money("whole", printed=f"{sum(parts)}억 원", coverage=coverage)
    other = small.money("other", "beta", coverage=coverage)
    inside = {"parent": "whole"} if by_programme else {}
    split = [small.money(f"part-{n}", printed=f"{p}억 원", coverage=coverage, **inside) for n, p in enumerate(parts)]
    rulings = [] if by_programme else [small.ruling(f"part-{n}", "part_of", "whole") for n in range(len(parts))]
    before = compare_budgets(small.tables([whole, other]), basis)
    after = compare_budgets(small.tables([whole, *split, other], rulings), basis)
    pd.testing.assert_frame_equal(measures.total(before).rows, measures.total(after).rows)
    assert set(after.set_aside["reason"]) == {"part of whole"}


@QUICK
@given(st.lists(st.integers(1, 90), min_size=1, max_size=4))
def test_exact_parts_in_place_of_their_whole_give_the_same_total(parts: list[int]) -> None:
    """Printed to the last won, the parts alone add up to what the whole said."""
    whole = small.money("whole", printed=f"{sum(parts) * 1000:,}원", coverage="programme")
    split = [small.money(f"part-{n}", printed=f"{p * 1000:,}원", coverage="programme") for n, p in enumerate(parts)]
    one, other = (measures.total(compare_budgets(small.tables(figures), PROGRAMMES)) for figures in ([whole], split))
    ends = ["government", "low", "value", "high"]
    pd.testing.assert_frame_equal(one.rows[ends], other.rows[ends])


# ---- wider intervals ----

HEDGES = ("{}억 원", "약 {}억 원", "{}억여 원", "{}억 원 이상", "최대 {}억 원")
"""From the plain print to wider ones."""


@QUICK
@given(st.lists(st.integers(2, 400), min_size=2, max_size=3), st.integers(0, 2), st.sampled_from(HEDGES[1:]))
def test_a_looser_print_never_makes_a_rank_certain(amounts: list[int], which: int, hedge: str) -> None:
    """The same amounts, one of them printed less exactly: no government gains a rank, and none changes places."""

    def ranked(loose: int | None) -> list[int | None]:
        prints = [(hedge if n == loose else HEDGES[0]).format(amount) for n, amount in enumerate(amounts)]
        figures = [small.money(f"f{n}", government, printed=p) for n, (government, p) in enumerate(zip(WHOLE.governments, prints, strict=False))]
        found = measures.ranks(measures.total(compare_budgets(small.tables(figures), WHOLE)))
        return [None if pd.isna(r) else int(r) for r in found]

    before, after = ranked(None), ranked(which % len(amounts))
    for old, new in zip(before, after, strict=True):
        assert new is None or new == old

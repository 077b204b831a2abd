"""Every figure's own basis, who else stands on it and what keeps the nearest away: the same as a comparison says."""

from dataclasses import replace

import pandas as pd
import pytest

from budgets import TargetBasis, compare_budgets, compare_targets, load
from budgets.comparison import Comparison
from budgets.comparison.standing import Standing, standings
from budgets.essay.standing import stands
from budgets.tables import Tables
from budgets.words import LANGUAGES, text


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


def test_a_figure_stands_on_its_own_basis_unless_it_says_why_not(
    found: dict[str, Standing], comparisons: dict[object, Comparison]
) -> None:
    inside = outside = 0
    for figure, one in found.items():
        if one.basis is None:
            assert one.kept_out and not one.beside and not one.nearest
            continue
        comparison = comparisons[one.basis]
        aside = comparison.set_aside.set_index("figure_id")["differs"]
        said = tuple(aside[figure].split(" · ")) if figure in aside.index else ()
        assert one.kept_out == said, figure
        inside, outside = inside + (not said), outside + bool(said)
    assert inside > 100 and outside > 20


def test_who_stands_beside_it_is_who_the_comparison_shows(
    tables: Tables, found: dict[str, Standing], comparisons: dict[object, Comparison]
) -> None:
    government = pd.concat([tables.judged_budgets, tables.judged_targets]).set_index("figure_id")["government"]
    for figure, one in found.items():
        if one.basis is not None:
            rows = comparisons[one.basis].rows
            assert one.beside == tuple(rows.loc[rows["government"] != government[figure], "figure_id"]), figure
    assert sum(bool(one.beside) for one in found.values()) > 10


def test_the_neighbours_are_the_nearest_of_the_comparison(
    tables: Tables, found: dict[str, Standing], comparisons: dict[object, Comparison]
) -> None:
    government = pd.concat([tables.judged_budgets, tables.judged_targets]).set_index("figure_id")["government"]
    nearest = {basis: comparison.nearest(most=1) for basis, comparison in comparisons.items()}
    for figure, one in found.items():
        if one.basis is not None:
            near = nearest[one.basis]
            near = near.loc[near["government"] != government[figure]]
            assert [n.figure_id for n in one.nearest] == near["figure_id"].tolist(), figure
            assert [" · ".join(n.reasons) for n in one.nearest] == near["differs"].tolist(), figure


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

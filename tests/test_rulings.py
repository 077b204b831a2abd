"""Rulings are ours: each about something that exists, each with a reason, none of them inside the published tables."""

import re

import pandas as pd
import pytest

from budgets.errors import Fault
from budgets.rulings.judgement import ancestors, check_rulings, wholes
from budgets.schema import CLEAN, RULING
from budgets.tables import Tables
from budgets.vocabulary import RULINGS
from conftest import each

JUDGED = ["government", "level", "scope", "coverage", "parent", "reliability"]
"""What judging adds to a table of figures."""
FIGURES = {"a", "b", "c", "d"}
PROGRAMMES = {"p", "q", "r"}


def figure_rulings(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    columns = ["figure_id", "ruling", "other_figure_id"]
    return pd.DataFrame(rows, columns=columns).assign(_file="rulings/figures.csv", _line=range(2, len(rows) + 2))


def programme_rulings(*rows: tuple[str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["programme_id", "parent"]).assign(_file="rulings/programmes.csv", _line=range(2, len(rows) + 2))


def faults(figures: pd.DataFrame | None = None, programmes: pd.DataFrame | None = None) -> list[tuple[int | None, str | None, str]]:
    found: list[Fault] = check_rulings(
        figure_rulings() if figures is None else figures, programme_rulings() if programmes is None else programmes, FIGURES, PROGRAMMES
    )
    return [(f.line, f.column, f.key) for f in found]


def test_sound_rulings_have_no_faults() -> None:
    sound = figure_rulings(("a", "same_as", "b"), ("c", "part_of", "b"), ("d", "superseded_by", "c"), ("d", "not_comparable", None))
    assert faults(sound, programme_rulings(("p", "q"), ("q", None), ("r", "q"))) == []


@pytest.mark.parametrize("ruling", RULINGS)
def test_a_ruling_about_a_figure_that_is_not_there(ruling: str) -> None:
    assert faults(figure_rulings(("gone", ruling, "a"))) == [(2, "figure_id", "contract.reference")]
    assert faults(figure_rulings(("a", ruling, "gone"))) == [(2, "other_figure_id", "contract.reference")]


def test_a_ruling_about_a_programme_that_is_not_there() -> None:
    assert faults(programmes=programme_rulings(("gone", None), ("p", "gone"))) == [
        (2, "programme_id", "contract.reference"),
        (3, "parent", "contract.reference"),
    ]


def test_the_nearest_identifier_is_named() -> None:
    (fault,) = check_rulings(figure_rulings(("seoul-2025", "same_as", "a")), programme_rulings(), {"a", "seoul-2026"}, PROGRAMMES)
    assert "seoul-2026" in fault.say("ko") and "seoul-2026" in fault.say("en")


@pytest.mark.parametrize("ruling", ["same_as", "part_of", "superseded_by"])
def test_only_rulings_about_one_figure_may_stand_alone(ruling: str) -> None:
    assert faults(figure_rulings(("a", ruling, None))) == [(2, "other_figure_id", "contract.needs_other")]
    assert faults(figure_rulings(("a", "not_comparable", None), ("b", "parts_complete", None))) == []


def test_a_repetition_of_a_repetition_is_a_chain() -> None:
    assert faults(figure_rulings(("a", "same_as", "b"), ("b", "same_as", "c"))) == [(2, "other_figure_id", "contract.chain")]


@pytest.mark.parametrize("ruling", ["part_of", "superseded_by"])
@pytest.mark.parametrize("circle", [["aa"], ["ab", "ba"], ["ab", "bc", "ca"]])
def test_circles_are_named_in_each_of_their_rows(ruling: str, circle: list[str]) -> None:
    some = figure_rulings(*((pair[0], ruling, pair[1]) for pair in circle), ("d", ruling, "a"))
    assert faults(some) == [(n, "other_figure_id", "contract.circle") for n in range(2, 2 + len(circle))]


def test_circles_of_programmes() -> None:
    assert faults(programmes=programme_rulings(("p", "q"), ("q", "r"), ("r", "p"))) == [(n, "parent", "contract.circle") for n in (2, 3, 4)]


def test_a_circle_does_not_hang_the_search_for_wholes() -> None:
    assert ancestors("a", {"a": {"b"}, "b": {"c"}, "c": {"a"}}) == {"b", "c"}


def test_wholes_follow_rulings_on_figures_and_for_money_on_programmes() -> None:
    figures = pd.DataFrame({"figure_id": ["line", "programme", "plan", "other"], "programme_id": ["p", "q", "r", "s"]})
    rulings = figure_rulings(("line", "part_of", "programme"), ("programme", "part_of", "plan"))
    assert wholes(figures, rulings) == {"line": {"programme", "plan"}, "programme": {"plan"}, "plan": set(), "other": set()}
    nested = programme_rulings(("p", "q"), ("q", "r"), ("r", None), ("s", None))
    assert wholes(figures, figure_rulings(), nested) == wholes(figures, rulings)


# ---- the rulings we made ----


def test_every_programme_has_one_ruling_and_every_ruling_its_programme(tables: Tables) -> None:
    assert sorted(tables.programme_rulings["programme_id"]) == sorted(tables.programmes["programme_id"])


def test_no_figure_carries_one_ruling_twice_where_one_answer_is_meant(tables: Tables) -> None:
    """A figure repeats one canonical row and is superseded by one later row; it may be part of several."""
    for ruling in ("same_as", "superseded_by"):
        some = tables.figure_rulings.loc[tables.figure_rulings["ruling"] == ruling, "figure_id"]
        assert len(some) > 5 and some.is_unique


@pytest.mark.parametrize("name", ["programme_rulings", "figure_rulings"])
def test_reasons_are_full_sentences(tables: Tables, name: str) -> None:
    reasons = getattr(tables, name)["reason"]
    assert len(reasons) > 100
    for reason in reasons:
        assert re.search(r"다\.$", reason), f"no sentence: {reason}"
        assert len(reason.split()) >= 4, f"too short to be a reason: {reason}"


def test_the_published_tables_hold_no_judgement() -> None:
    """Scope, coverage and parent, rulings and their reasons stand in data/rulings alone. Government and level of a
    figure are joined when it is read; reliability is said of a source."""
    ours = {"scope", "coverage", "parent", "ruling", "other_figure_id", "reason", "decided_on"}
    assert ours - {"ruling", "other_figure_id", "reason", "decided_on"} < set(JUDGED)
    assert ours == {c for model in RULING.values() for c in model.to_schema().columns} - {"programme_id", "figure_id"}
    for name, model in CLEAN.items():
        assert not ours & set(model.to_schema().columns), name


def test_repetitions_and_replacements_stay_in_their_table(tables: Tables) -> None:
    """Money is never the same as, part of or superseded by a count."""
    kind = {f: name for name in ("budgets", "targets", "milestones") for f in getattr(tables, name)["figure_id"]}
    for row in each(tables.figure_rulings.dropna(subset=["other_figure_id"])):
        if row.ruling in ("same_as", "superseded_by"):
            assert kind[row.figure_id] == kind[row.other_figure_id], row.figure_id


def test_judging_adds_columns_and_changes_nothing(tables: Tables) -> None:
    for name in ("budgets", "targets", "milestones"):
        plain, judged = getattr(tables, name), getattr(tables, f"judged_{name}")
        assert list(judged.columns) == [*plain.columns, *JUDGED]
        same = judged[plain.columns].sort_values("figure_id", ignore_index=True)
        pd.testing.assert_frame_equal(same, plain.sort_values("figure_id", ignore_index=True))
        assert judged["government"].notna().all() and judged["coverage"].notna().all()


def test_two_canonical_rows_are_both_named() -> None:
    """A figure that repeats two others: the fault stands at the later row and names both."""
    some = figure_rulings(("a", "same_as", "b"), ("c", "part_of", "b"), ("a", "same_as", "d"))
    (fault,) = check_rulings(some, programme_rulings(), FIGURES, PROGRAMMES)
    assert (fault.file, fault.line, fault.column, fault.value) == ("rulings/figures.csv", 4, "figure_id", "a")
    for language in ("ko", "en"):
        assert "b, d" in fault.say(language)

"""Rulings are ours: each about something that exists, each with a reason, none of them inside the published tables."""

import re
from collections import Counter

import pandas as pd
import pytest

from budgets.errors import Fault
from budgets.rulings.judgement import ancestors, check_rulings, judged, wholes
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


# ---- a fault tells its place, in words ----


@pytest.mark.parametrize(
    ("rulings", "line", "column", "value", "said"),
    [
        ([("seoul", "same_as", "a")], 2, "figure_id", "seoul", ("figures", "→ seoul-2026?")),
        ([("c", "part_of", "a"), ("a", "part_of", "gone")], 3, "other_figure_id", "gone", ("figures", "}")),
        ([("c", "not_comparable", None), ("a", "part_of", None)], 3, "other_figure_id", None, ("figure_id",)),
        ([("c", "same_as", "a"), ("a", "same_as", "seoul-2026")], 2, "other_figure_id", "a", ("‘a’",)),
        ([("a", "part_of", "c"), ("c", "superseded_by", "a"), ("c", "part_of", "a")], 4, "other_figure_id", "a", ("c → a → … → c",)),
    ],
    ids=["unknown", "unknown other", "no other", "chain", "circle"],
)
def test_a_faulty_ruling_on_a_figure_is_told_with_file_line_and_value(
    rulings: list[tuple[str, str, str | None]], line: int, column: str, value: str | None, said: tuple[str, ...]
) -> None:
    found = {f.line: f for f in check_rulings(figure_rulings(*rulings), programme_rulings(), {"a", "c", "seoul-2026"}, PROGRAMMES)}
    fault = found[line]
    assert (fault.file, fault.column, fault.value) == ("rulings/figures.csv", column, value)
    assert fault.fields.get("table", "figures") == "figures"
    for language in ("ko", "en"):
        for words in said:
            assert (words in fault.say(language)) == (words != "}"), fault.say(language)


def test_a_faulty_ruling_on_a_programme_is_told_with_file_line_and_value() -> None:
    known = {"seoul-robots", "seoul-chips"}
    some = programme_rulings(("seoul-robots", None), ("seoul-robot", "seoul-chips"), ("seoul-chips", "zzz"))
    unknown, parent = check_rulings(figure_rulings(), some, FIGURES, known)
    assert (unknown.file, unknown.line, unknown.column, unknown.value) == ("rulings/programmes.csv", 3, "programme_id", "seoul-robot")
    assert (parent.file, parent.line, parent.column, parent.value) == ("rulings/programmes.csv", 4, "parent", "zzz")
    for language in ("ko", "en"):
        assert "programmes" in unknown.say(language) and "→ seoul-robots?" in unknown.say(language)
        assert "programmes" in parent.say(language) and "→" not in parent.say(language), "nothing is like it"


def test_a_circle_of_programmes_shows_its_way() -> None:
    one, other = check_rulings(figure_rulings(), programme_rulings(("p", "q"), ("r", None), ("q", "p")), FIGURES, PROGRAMMES)
    assert [(f.file, f.line, f.value) for f in (one, other)] == [("rulings/programmes.csv", 2, "q"), ("rulings/programmes.csv", 4, "p")]
    assert "p → q → … → p" in one.say("ko") and "q → p → … → q" in other.say("en")


def test_no_fault_hides_another() -> None:
    """All kinds at once, among sound rulings."""
    figures = figure_rulings(
        ("a", "same_as", "b"), ("gone", "part_of", "b"), ("c", "part_of", None), ("a", "same_as", "d"), ("b", "part_of", "b"), ("d", "same_as", "a")
    )
    programmes = programme_rulings(("p", "p"), ("q", "r"), ("gone", "r"))
    assert Counter(faults(figures, programmes)) == Counter(
        [
            (3, "figure_id", "contract.reference"),
            (4, "other_figure_id", "contract.needs_other"),
            (5, "other_figure_id", "contract.chain"),
            (5, "figure_id", "contract.two_canonical"),
            (6, "other_figure_id", "contract.circle"),
            (7, "other_figure_id", "contract.chain"),
            (2, "parent", "contract.circle"),
            (4, "programme_id", "contract.reference"),
        ]
    )


def test_faults_of_one_kind_stand_in_the_order_of_the_file() -> None:
    some = figure_rulings(("d", "same_as", "a"), ("b", "same_as", "a"), ("b", "same_as", "c"), ("d", "same_as", "c"))
    assert faults(some) == [(5, "figure_id", "contract.two_canonical"), (4, "figure_id", "contract.two_canonical")], "d was named first"


def test_a_figure_may_name_one_canonical_row_twice_and_lie_in_several() -> None:
    assert faults(figure_rulings(("a", "same_as", "b"), ("a", "same_as", "b"), ("a", "part_of", "c"), ("a", "part_of", "d"))) == []


def test_a_replacement_and_a_part_make_no_circle_together() -> None:
    assert faults(figure_rulings(("a", "part_of", "b"), ("b", "superseded_by", "a"), ("c", "not_comparable", "d"), ("d", "not_comparable", "c"))) == []


# ---- laid beside figures, by hand ----

SEVERAL = pd.DataFrame({"figure_id": ["f1", "f2", "f3"], "programme_id": ["p", "q", "p"], "source_id": ["s", "t", "t"]})
WHOSE = pd.DataFrame({"programme_id": ["p", "q", "r"], "government": ["seoul", "korea", "seoul"], "name": "…"})
LEVELS = pd.DataFrame({"government": ["seoul", "seoul", "korea"], "year": [2024, 2025, 2025], "level": ["province", "province", "nation"]})
RELIED = pd.DataFrame({"source_id": ["t", "s"], "reliability": ["press", "official"], "url": "…"})
RULED = pd.DataFrame({"programme_id": ["r", "p"], "scope": ["other", "ai_core"], "coverage": ["all", "part"], "parent": [None, "r"], "reason": "…"})


def test_every_figure_gets_its_government_its_ruling_and_its_source_once() -> None:
    """A government stands once for each year; a programme may have no ruling; the order stays."""
    found = judged(SEVERAL, WHOSE, LEVELS, RELIED, RULED)
    wanted = pd.DataFrame(
        {
            "figure_id": ["f1", "f2", "f3"],
            "programme_id": ["p", "q", "p"],
            "source_id": ["s", "t", "t"],
            "government": ["seoul", "korea", "seoul"],
            "level": ["province", "nation", "province"],
            "scope": ["ai_core", None, "ai_core"],
            "coverage": ["part", None, "part"],
            "parent": ["r", None, "r"],
            "reliability": ["official", "press", "press"],
        }
    )
    pd.testing.assert_frame_equal(found, wanted, check_dtype=False)


def test_a_figure_without_its_programme_or_source_is_kept() -> None:
    found = judged(SEVERAL, WHOSE.iloc[1:], LEVELS, RELIED.iloc[1:], RULED)
    assert found["figure_id"].tolist() == ["f1", "f2", "f3"]
    assert found["government"].isna().tolist() == [True, False, True] and found["reliability"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize("twice", ["programmes", "sources", "rulings"])
def test_no_figure_is_doubled_by_what_stands_twice(twice: str) -> None:
    """Two rulings on one programme are no reason to count its figures twice."""
    given = {"programmes": WHOSE, "governments": LEVELS, "sources": RELIED, "rulings": RULED}
    given[twice] = pd.concat([given[twice], given[twice].tail(1)])
    if twice == "programmes":
        given[twice] = pd.concat([WHOSE, WHOSE.head(1)])
    with pytest.raises(pd.errors.MergeError):
        judged(SEVERAL, *given.values())


def test_money_lies_in_every_figure_of_the_programmes_around_its_own() -> None:
    figures = pd.DataFrame({"figure_id": ["a", "b", "c", "d", "e"], "programme_id": ["inner", "middle", "middle", "outer", "apart"]})
    nested = programme_rulings(("inner", "middle"), ("middle", "outer"), ("outer", None), ("apart", "unprinted"), ("unprinted", "outer"))
    assert wholes(figures, figure_rulings(), nested) == {"a": {"b", "c", "d"}, "b": {"d"}, "c": {"d"}, "d": set(), "e": {"d"}}
    ruled = figure_rulings(("a", "part_of", "e"), ("a", "part_of", "b"), ("b", "same_as", "c"), ("d", "superseded_by", "e"))
    assert wholes(figures, ruled) == {"a": {"e", "b"}, "b": set(), "c": set(), "d": set(), "e": set()}
    assert wholes(figures, ruled, nested)["a"] == {"b", "c", "d", "e"}

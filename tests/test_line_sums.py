"""Official lines of editions, known by sums alone: every sum that changed is listed once, with why, whatever the lines."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.lines.store import Stored
from budgets.reports.line_sums import sums_of
from budgets.revisions import LinesChange, Revision, Shown, Sums, SumsChange, errata, lines_changes, sums_changes
from budgets.revisions.official_lines import Lines
from budgets.tables import Tables

GOVERNMENTS, YEARS, NAMES = ("seoul", "incheon"), (2024, 2025), ("AI 교실", "AI 방역", "드론", "AI", "도로")
VERDICTS = {
    "ai_core": ("ai_core", "true", "named"),
    "ai_broad": ("ai_broad", "true", "among"),
    "digital": ("digital", "false", "drones"),
    "avian influenza": ("other", "false", "avian-influenza"),
    "AI unclear": ("other", "unclear", "alone"),
    "": ("other", "false", "no-term"),
}
"""verdict → scope, is_ai, rule"""
Line = tuple[int, str, str, int]


@dataclass(frozen=True)
class State:
    """Lines (year, government, name, won), what is ruled of each name, and the day of each year's snapshot."""

    lines: tuple[Line, ...]
    rules: Mapping[str, str]
    days: Mapping[int, date]

    def frame(self) -> pd.DataFrame:
        columns = ["fiscal_year", "government", "programme_name", "adjusted_krw"]
        frame = pd.DataFrame(sorted(self.lines), columns=columns).astype({"fiscal_year": "int64", "adjusted_krw": "int64"})
        judged = pd.DataFrame([VERDICTS[self.rules[name]] for name in frame["programme_name"]], columns=["scope", "is_ai", "rule"], dtype="str")
        days = [pd.Timestamp(self.days[year]) for year in frame["fiscal_year"]]
        return pd.concat([frame, judged], axis=1).assign(snapshot=days, account_name="일반회계", programme_code=None)

    def shown(self) -> Shown:
        frame = self.frame()
        years = sorted({line[0] for line in self.lines})
        content = {year: repr((self.days[year], sorted(line for line in self.lines if line[0] == year))) for year in years}
        stored = {year: Stored(year, self.days[year], 0, content[year], GOVERNMENTS) for year in years}
        return Shown(sums_of(frame[frame["rule"] != "no-term"], frame.assign(lines=1), stored), content, repr(sorted(self.rules.items())))


lines_of = st.lists(st.tuples(st.sampled_from(YEARS), st.sampled_from(GOVERNMENTS), st.sampled_from(NAMES), st.integers(0, 3)), min_size=1, max_size=8)
rules_of = st.fixed_dictionaries({name: st.sampled_from(list(VERDICTS)) for name in NAMES})
days_of = st.fixed_dictionaries({year: st.sampled_from([date(year, 6, 30), date(year, 12, 31)]) for year in YEARS})
states = st.builds(State, lines_of.map(tuple), rules_of, days_of)


@st.composite
def edited(draw: st.DrawFn) -> tuple[State, State]:
    """A state, and the same with some of its lines, its rules and its days replaced: any of these, or none."""
    old, other = draw(states), draw(states)
    kept = draw(st.sets(st.sampled_from(["lines", "rules", "days"])))
    return old, replace(other, **{name: getattr(old, name) for name in kept})


def by_place(changes: tuple[SumsChange, ...]) -> dict[tuple[int, str], SumsChange]:
    found = {(change.year, change.government): change for change in changes}
    assert len(found) == len(changes), "each place once"
    return found


@settings(max_examples=25, deadline=None)  # each builds four tables
@given(edited())
def test_every_sum_that_changed_is_listed_once_with_both_sides(pair: tuple[State, State]) -> None:
    old, new = (state.shown() for state in pair)
    found = by_place(sums_changes(old, new))
    assert found.keys() == {where for where in old.sums.keys() | new.sums.keys() if old.sums.get(where) != new.sums.get(where)}
    assert all((change.before, change.after) == (old.sums.get(where), new.sums.get(where)) for where, change in found.items())


@pytest.mark.slow
@settings(deadline=None)
@given(edited())
def test_the_cause_alone_makes_the_change(pair: tuple[State, State]) -> None:
    """Other rules on the old lines give the new sums, or the new lines under the old rules do; else both are named."""
    old, new = pair
    ruled, moved = replace(old, rules=new.rules).shown().sums, replace(new, rules=old.rules).shown().sums
    for where, change in by_place(sums_changes(old.shown(), new.shown())).items():
        assert (change.kind == "published") == (change.before is None) and (change.kind == "withdrawn") == (change.after is None)
        if change.before is None or change.after is None:
            continue
        if change.kind == "reclassified":
            assert ruled[where] == change.after and not change.together
        else:
            assert (change.kind == "snapshot") == (change.before.snapshot != change.after.snapshot)
            assert change.together == (old.rules != new.rules) and (change.together or moved[where] == change.after)


@pytest.mark.slow
@settings(deadline=None)
@given(edited())
def test_backwards_it_is_the_same_mirrored(pair: tuple[State, State]) -> None:
    other = {"published": "withdrawn", "withdrawn": "published"}
    old, new = (state.shown() for state in pair)
    mirrored = [replace(one, before=one.after, after=one.before, kind=other.get(one.kind, one.kind)) for one in sums_changes(new, old)]
    assert tuple(mirrored) == sums_changes(old, new)


@pytest.mark.slow
@settings(deadline=None)
@given(edited())
def test_sums_and_single_lines_say_the_same_of_ai(pair: tuple[State, State]) -> None:
    """Where the lines themselves are there, their five parts add up to what the sums of editions show."""
    found = by_place(sums_changes(*(state.shown() for state in pair)))
    single: dict[tuple[int, str], LinesChange] = {(one.year, one.government): one for one in lines_changes(*(state.frame() for state in pair))}
    for where, change in found.items():
        before, after = ((side.lines, side.ai, side.snapshot) if side else None for side in (change.before, change.after))
        if where not in single:
            assert before == after, "one kind of AI or not AI became another, which single lines do not tell"
            continue
        parts = single[where]
        assert [before, after] == [(side.lines, side.ai, side.snapshot) if side else None for side in (parts.before, parts.after)]
        ai = [side.ai.krw if side else 0 for side in (change.before, change.after)]
        assert ai[1] - ai[0] == parts.ai_new.krw - parts.ai_gone.krw + parts.ai_found.krw - parts.ai_lost.krw + parts.ai_moved.krw


def amounts(sums: Sums | None) -> dict[str, Lines]:
    return {} if sums is None else {"": Lines(sums.lines, sums.krw), "ai": sums.ai, **sums.verdicts}


def test_every_sum_that_changed_is_said(tables: Tables) -> None:
    """In Korean and English: one sentence for each sum, none for what stayed."""
    rules = dict(zip(NAMES, VERDICTS, strict=False))
    days = {year: date(year, 12, 31) for year in YEARS}
    old = State(((2024, "seoul", "AI 교실", 3), (2024, "seoul", "AI 방역", 2), (2025, "seoul", "드론", 2), (2025, "incheon", "AI", 1)), rules, days)
    new = replace(old, lines=(*old.lines[:2], (2025, "seoul", "도로", 2), (2025, "seoul", "드론", 5)), rules=rules | {"AI 교실": "ai_broad"})
    found = sums_changes(old.shown(), new.shown())
    assert [(one.year, one.government, one.kind, one.together) for one in found] == [
        (2024, "seoul", "reclassified", False),
        (2025, "incheon", "withdrawn", False),
        (2025, "seoul", "lines", True),
    ]
    for language in ("ko", "en"):
        for change, said in zip(found, errata(Revision(tables, tables, (), (), found), language), strict=True):
            before, after = amounts(change.before), amounts(change.after)
            none = Lines(0, 0)
            assert len(said.effects) == sum(before.get(key, none) != after.get(key, none) for key in before.keys() | after.keys())
            assert said.reason and str(change.year) in said.place
    (ruled, *_) = errata(Revision(tables, tables, (), (), found), "ko")
    assert ruled.kind == "분류 변경" and ruled.before == ruled.after
    assert ruled.effects == ("AI 핵심: 1개 3원 → 0개 0원", "AI 광의: 1개 2원 → 2개 5원")

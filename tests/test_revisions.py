"""What differs between two states, and why: every change of a number shown has exactly the causes it needs, both ways."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import pytest

import small
from budgets.revisions import BudgetView, Change, Effect, Revision, changes, errata, lines, revision, summary, views
from budgets.revisions.mixtures import Mixtures, always_there
from budgets.revisions.numbers import Numbers, View
from budgets.tables import Tables
from budgets.vocabulary import FOUR

THREE = ("alpha", "beta", "gamma")
Edit = Callable[["Raw"], "Raw"]


@dataclass(frozen=True)
class Raw:
    """What small tables are made of, row by row, so that any of several edits can be made or left out."""

    figures: dict[str, dict[str, Any]]
    rulings: dict[tuple[str, str], str]
    denominators: dict[tuple[str, int, str], float]

    def tables(self) -> Tables:
        rulings = [small.ruling(figure, kind, other) for (figure, kind), other in self.rulings.items()]
        return small.tables(list(self.figures.values()), rulings, [small.denominator(*key[:2], key[2], value) for key, value in self.denominators.items()])

    def with_figure(self, figure_id: str, **cells: Any) -> "Raw":
        return replace(self, figures=self.figures | {figure_id: self.figures[figure_id] | cells})


START = Raw(
    {
        row["figure_id"]: row
        for row in (
            small.money("a-1", "alpha", "100억 원"),
            small.money("a-2", "alpha", "120억 원", year=2024),
            small.money("a-3", "alpha", "30억 원", coverage="programme"),
            small.money("a-4", "alpha", "7억 원", coverage="programme"),
            small.money("b-1", "beta", "300억 원"),
            small.money("b-2", "beta", "40억 원", coverage="programme"),
            small.money("c-1", "gamma", "55억 원", scope="ai_broad"),
            small.money("c-2", "gamma", "900억 원", year=2024),
            small.count("t-1", "alpha", "40개", programme_id="p"),
            small.count("t-2", "alpha", "59개", programme_id="p", phase="actual"),
        )
    },
    {("a-4", "part_of"): "a-3"},
    {
        **{(government, year, "population"): 1_000_000.0 * n for n, government in enumerate(THREE, 1) for year in (2023, 2024)},
        **{(government, 2025, "total_expenditure"): 1e12 * n for n, government in enumerate(THREE, 1)},
        **{("land", year, "price_index"): 100.0 + year - 2020 for year in (2024, 2025)},
    },
)


def edits(rng: random.Random, n: int) -> dict[str, Edit]:
    """Several edits of different rows, each under the identifier of the change it is."""
    found: dict[str, Edit] = {}
    amounts = [figure for figure in START.figures if not figure.startswith("t")]
    alone = rng.sample(amounts, k=len(amounts))  # a figure that goes is not also edited
    gone = {alone.pop()} if rng.random() < 0.5 else set()
    for figure in gone:
        found[f"budgets/{figure}"] = lambda raw, f=figure: replace(
            raw, figures={k: v for k, v in raw.figures.items() if k != f}, rulings={k: o for k, o in raw.rulings.items() if f not in (k[0], o)}
        )
        if figure == "a-3":  # its part stays, and is no part any more
            found["figure_rulings/a-4/part_of"] = lambda raw: replace(raw, rulings={})
    while len(found) < n:
        figure, other = rng.sample(alone, k=2)
        kind, amount = rng.choice(["same_as", "superseded_by", "not_comparable"]), rng.choice(["90억 원", "500억 원", "12억 원"])
        government, year = rng.choice(THREE), rng.choice([2023, 2024])
        found |= rng.choice(
            [
                {f"budgets/{figure}": lambda raw, f=figure, a=amount: raw.with_figure(f, as_printed=a)},
                {"targets/t-2": lambda raw: raw.with_figure("t-2", as_printed="61개")},
                {"budgets/new": lambda raw, g=government, a=amount: replace(raw, figures=raw.figures | {"new": small.money("new", g, a)})},
                {f"programme_rulings/{figure}/scope": lambda raw, f=figure: raw.with_figure(f, scope="digital")},
                {f"programme_rulings/{figure}": lambda raw, f=figure: raw.with_figure(f, coverage="plan")},
                {f"figure_rulings/{figure}/{kind}": lambda raw, f=figure, k=kind, o=other: replace(raw, rulings=raw.rulings | {(f, k): o})},
                {
                    f"denominators/population/{government}/{year}": lambda raw, g=government, y=year: replace(
                        raw, denominators=raw.denominators | {(g, y, "population"): 5e6}
                    )
                },
                {
                    f"denominators/price_index/land/{year}": lambda raw, y=year: replace(
                        raw, denominators=raw.denominators | {("land", y, "price_index"): 140.0}
                    )
                },
            ]
        )
    return found


def made(some: Iterable[Edit]) -> Tables:
    raw = START
    for edit in some:
        raw = edit(raw)
    return raw.tables()


def shown(old: Tables, new: Tables) -> tuple[View, ...]:
    return views((old, new), THREE, base_year=2025)


def wholes(old: Tables, new: Tables) -> list[View]:
    """What is shown of whole governments in 2025."""
    return [view for view in shown(old, new) if isinstance(view, BudgetView) and (view.basis.fiscal_year, view.basis.coverage) == (2025, "government")]


def brute(old: Tables, new: Tables, all_views: Iterable[View]) -> set[tuple[Any, ...]]:
    """Every number that differs, found without asking what changed."""
    found = set()
    for view in all_views:
        before, after = view.numbers(old), view.numbers(new)
        found |= {(view, name, before.get(name), after.get(name)) for name in {*before, *after} if before.get(name) != after.get(name)}
    return found


def counted(effect: Effect) -> bool:
    return effect.name.measure == "rows"


def explains(numbers: Callable[[frozenset[str]], Numbers], effect: Effect, some: frozenset[str], everything: frozenset[str]) -> bool:
    """Do these changes alone give the number that is, and taking them alone back the one that was?"""
    forth, back = numbers(some).get(effect.name), numbers(everything - some).get(effect.name)
    if effect.before is None or effect.after is None:
        return (forth is None) == (effect.after is None) and (back is None) == (effect.before is None)
    return forth == effect.after and back == effect.before


def ids(found: Iterable[Change]) -> frozenset[str]:
    return frozenset(change.id for change in found)


def check_one_state(seed: int) -> Revision:
    rng = random.Random(seed)
    edited = edits(rng, rng.randint(1, 6))
    old, new = START.tables(), made(edited.values())
    all_views = shown(old, new)
    found = revision(old, new, all_views)
    effects = [effect for effect in found.effects if not counted(effect)]
    assert {(e.view, e.name, e.before, e.after) for e in effects} == brute(old, new, all_views)
    everything = frozenset(edited)
    assert ids(change for change in found.changes if not always_there(change)) == everything
    known: dict[tuple[View, frozenset[str]], Numbers] = {}
    for effect in effects:

        def numbers(some: frozenset[str], view: View = effect.view) -> Numbers:
            if (view, some) not in known:
                known[view, some] = view.numbers(made(edit for name, edit in edited.items() if name in some))
            return known[view, some]

        causes = ids(effect.causes)
        assert causes, effect
        assert explains(numbers, effect, causes, everything), (effect.name, causes)
        assert not any(explains(numbers, effect, causes - {one}, everything) for one in causes), (effect.name, causes)
    return found


@pytest.mark.parametrize("seed", [2])
def test_every_number_that_changed_has_exactly_the_causes_it_needs(seed: int) -> None:
    """Held against tables made anew from their rows with some of the edits, so that nothing of the search is believed."""
    check_one_state(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, *range(3, 15), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(15, 43))])
def test_every_number_that_changed_has_exactly_the_causes_it_needs_in_many_states(seed: int) -> None:
    check_one_state(seed)


def reversed_(found: Revision) -> dict[Any, Any]:
    return {(e.view, e.name): (e.after, e.before, ids(e.causes)) for e in found.effects}


@pytest.mark.parametrize(("seed", "n"), [(7, 1), *(pytest.param(seed, 5, marks=pytest.mark.slow) for seed in range(8, 13))])
def test_the_other_way_round_everything_is_the_other_way_round(seed: int, n: int) -> None:
    old, new = START.tables(), made(edits(random.Random(seed), n).values())
    all_views = shown(old, new)
    there, back = revision(old, new, all_views), revision(new, old, all_views)
    assert {c.id: c for c in there.changes} == {c.id: c.reversed() for c in back.changes}
    assert {(e.view, e.name): (e.before, e.after, ids(e.causes)) for e in there.effects} == reversed_(back)


def test_the_same_state_differs_in_nothing(tables: Tables) -> None:
    assert changes(tables, tables.copy()) == ()
    found = revision(tables, tables.copy(), views((tables,), FOUR, base_year=2025))
    assert not found and found.effects == ()
    assert lines(found) == ["바뀐 것이 없습니다."] and lines(found, "en") == ["Nothing differs."]
    assert summary(tables, tables.copy(), ()) == []


def test_rows_in_another_order_are_the_same_rows(tables: Tables) -> None:
    shuffled = replace(
        tables, **{name: getattr(tables, name).sample(frac=1, random_state=1) for name in ("budgets", "denominators", "figure_rulings", "governments")}
    )
    assert changes(tables, shuffled) == ()


# ---- one change, one kind ----


def one_edit(edit: Edit, start: Raw = START) -> list[tuple[str, str]]:
    return [(change.kind, change.id) for change in changes(start.tables(), edit(start).tables())]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda raw: raw.with_figure("a-1", as_printed="90억 원"), [("corrected", "budgets/a-1")]),
        (lambda raw: raw.with_figure("a-1", scope="digital"), [("reclassified", "programme_rulings/a-1/scope")]),
        (lambda raw: raw.with_figure("a-1", coverage="plan"), [("reruled", "programme_rulings/a-1")]),
        (
            lambda raw: raw.with_figure("a-1", coverage="plan", scope="digital"),
            [("reruled", "programme_rulings/a-1"), ("reclassified", "programme_rulings/a-1/scope")],
        ),
        (lambda raw: replace(raw, rulings={}), [("reruled", "figure_rulings/a-4/part_of")]),
        (
            lambda raw: replace(raw, denominators=raw.denominators | {("land", 2025, "price_index"): 1.0}),
            [("redeflated", "denominators/price_index/land/2025")],
        ),
        (
            lambda raw: replace(raw, figures=raw.figures | {"new": small.money("new")}),
            [("published", "budgets/new"), ("published", "programmes/new"), ("published", "programme_rulings/new")],
        ),
        (
            lambda raw: replace(raw, figures={k: v for k, v in raw.figures.items() if k != "c-1"}),
            [("withdrawn", "budgets/c-1"), ("withdrawn", "programmes/c-1"), ("withdrawn", "programme_rulings/c-1")],
        ),
    ],
)
def test_each_edit_is_a_change_of_its_kind(edit: Edit, said: list[tuple[str, str]]) -> None:
    assert one_edit(edit) == said


def test_two_changes_that_only_together_give_a_number_are_named_together() -> None:
    """A corrected amount over a corrected population: per resident needs both, the total one of them."""
    old, new = START, START.with_figure("a-1", as_printed="90억 원")
    new = replace(new, denominators=new.denominators | {("alpha", 2024, "population"): 2e6})
    found = revision(old.tables(), new.tables(), wholes(old.tables(), new.tables()))
    causes = {e.name.measure: ids(e.causes) for e in found.effects if e.name.of in ("alpha", "a-1")}
    both = {"budgets/a-1", "denominators/population/alpha/2024"}
    assert causes["total"] == {"budgets/a-1"} and causes["per_resident"] == both
    (effect,) = [e for e in found.effects if e.name.measure == "per_resident"]
    assert effect.kinds == ("corrected", "redeflated")
    assert any("정정 + 분모·물가지수 변경이 함께 작용" in line for line in lines(found))


def test_a_rank_moves_with_another_governments_figure() -> None:
    """1st and 2nd become uncertain when the second's interval is found to reach into the first's."""
    old, new = START, START.with_figure("b-1", as_printed="약 100억 원", hedge="약")
    found = revision(old.tables(), new.tables(), wholes(old.tables(), new.tables()))
    ranks = {e.name.of: (e.before, e.after, ids(e.causes)) for e in found.effects if e.name.measure == "rank"}
    assert ranks == {"alpha": ((2.0,), (None,), {"budgets/b-1"}), "beta": ((1.0,), (None,), {"budgets/b-1"})}
    assert any("순위: 2위 → 순위 확정 불가" in line for line in lines(found))


def test_the_errata_name_place_before_after_and_reason() -> None:
    old, new = START, replace(START.with_figure("a-1", as_printed="90억 원"), rulings={("a-4", "not_comparable"): ""})
    found = errata(revision(old.tables(), new.tables(), ()), "ko")
    first = found[0]
    assert (first.kind, first.before, first.after) == ("정정", "적힌 그대로: 100억 원", "적힌 그대로: 90억 원")
    assert first.place == "금액 · 알파시 · 사업 a-1 (a-1)" and "시험신문" in first.reason
    assert {(one.kind, one.before, one.after) for one in found[1:]} == {
        ("판정 변경", "없음", "판정: 비교 불가"),
        ("판정 변경", "판정: 일부\n상대 수치: a-3", "없음"),
    }
    assert all(one.reason == "시험을 위해 정한 판정이다." for one in found[1:])


# ---- the real data ----


def real_edits(tables: Tables, rng: random.Random, n: int) -> Tables:
    """The committed tables with some rows edited, added and taken out."""
    frames = {name: getattr(tables, name).copy() for name in ("budgets", "targets", "denominators", "programme_rulings", "figure_rulings", "programmes")}
    for _ in range(n):
        what = rng.choice(["amount", "phase", "drop", "copy", "scope", "coverage", "unrule", "rule", "population", "prices", "value"])
        rows = frames["budgets"]
        at = rng.choice(list(rows.index))
        if what == "amount":
            rows.loc[at, ["amount_low_krw", "amount_krw", "amount_high_krw"]] = rng.choice([10**9, 5 * 10**10, 3 * 10**12])
        elif what == "phase":
            rows.loc[at, "phase"] = rng.choice(["approved", "proposed", "announced"])
        elif what == "drop":
            frames["budgets"] = rows.drop(index=at)
        elif what == "copy":
            more = rows.loc[[at]].assign(figure_id=f"copied-{rng.random():.6f}"[:15].replace(".", "-"))
            frames["budgets"] = pd.concat([rows, more], ignore_index=True).drop_duplicates("figure_id")
        elif what in ("scope", "coverage"):
            ruled = frames["programme_rulings"]
            owner = ruled.index[ruled["programme_id"] == rows.loc[at, "programme_id"]]
            ruled.loc[owner, what] = rng.choice(["ai_core", "ai_broad", "digital"] if what == "scope" else ["government", "programme", "plan"])
        elif what == "unrule":
            ruled = frames["figure_rulings"]
            frames["figure_rulings"] = ruled.drop(index=rng.choice(list(ruled.index)))
        elif what == "rule":
            ruling = frames["figure_rulings"].iloc[[0]].assign(figure_id=rows.loc[at, "figure_id"], ruling="not_comparable", other_figure_id=None)
            frames["figure_rulings"] = pd.concat([frames["figure_rulings"], ruling], ignore_index=True).drop_duplicates(["figure_id", "ruling"])
        elif what in ("population", "prices"):
            some = frames["denominators"]
            kind = "population" if what == "population" else "price_index"
            chosen = some.index[(some["denominator"] == kind) & (some["year"].isin([2019, 2024, 2025])) & some["government"].isin([*FOUR, "national"])]
            some.loc[rng.choice(list(chosen)), "value"] *= 1.25
        else:
            targets = frames["targets"]
            targets.loc[rng.choice(list(targets.index)), ["value_low", "value", "value_high"]] = float(rng.randint(1, 99))
    return replace(tables, **frames)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 4))])
def test_random_edits_of_the_real_data_are_explained_both_ways(tables: Tables, seed: int) -> None:
    rng = random.Random(seed)
    new = real_edits(tables, rng, rng.randint(2, 9))
    all_views = views((tables, new), FOUR, base_year=2025)
    found, mixtures = revision(tables, new, all_views), Mixtures(tables, new)
    effects = [effect for effect in found.effects if not counted(effect)]
    assert {(e.view, e.name, e.before, e.after) for e in effects} == brute(tables, new, all_views)
    known: dict[tuple[View, frozenset[str]], Numbers] = {}
    for effect in effects:

        def numbers(some: frozenset[str], view: View = effect.view) -> Numbers:
            if (view, some) not in known:
                known[view, some] = view.numbers(mixtures.tables(some))
            return known[view, some]

        causes = ids(effect.causes)
        assert causes and explains(numbers, effect, causes, mixtures.all), (effect.name, causes)
        assert not any(explains(numbers, effect, causes - {one}, mixtures.all) for one in causes), (effect.name, causes)
    back = revision(new, tables, all_views)
    assert {(e.view, e.name): (e.before, e.after, ids(e.causes)) for e in found.effects} == reversed_(back)
    for effect in found.effects:
        if counted(effect):
            assert effect.before is not None and effect.after is not None and effect.before[0] is not None
            kinds = [change.kind for change in effect.causes]
            assert effect.before[0] + kinds.count("published") - kinds.count("withdrawn") == effect.after[0]

"""Which changes may have to do with which numbers: a wide net, so that few mixtures of two states have to be computed.

Too wide costs time alone. Where the net is too narrow an explanation is looked for among all changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from budgets.basis import BudgetBasis, TargetBasis, several
from budgets.revisions.mixtures import Mixtures
from budgets.revisions.numbers import AchievementView, BudgetView, CountView, Name, OfficialView, TargetView, View
from budgets.revisions.records import Change
from budgets.rows import each
from budgets.rulings.judgement import ancestors
from budgets.tables import Tables

LIKE = {BudgetBasis: ("phase", "scope", "funding", "coverage", "level"), TargetBasis: ("indicator", "phase", "extent", "coverage", "level")}
"""The fields of a basis that a figure must have to stand on it."""


@dataclass
class Seen:
    """A figure in both states: every value its columns have had, and the years it may touch (None: any)."""

    table: str
    had: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    years: set[int] | None = field(default_factory=set)

    def may_stand(self, basis: BudgetBasis | TargetBasis) -> bool:
        alike = all(self.had[name] & set(several(getattr(basis, name))) for name in LIKE[type(basis)])
        return alike and bool(self.had["government"] & set(basis.governments)) and (self.years is None or bool(self.years & set(_years(basis))))


class Reach:
    """The changes of two states by what they reach."""

    def __init__(self, mixtures: Mixtures) -> None:
        self._changes, self._states = mixtures.weighty, (mixtures.old, mixtures.new)

    def of(self, view: View) -> tuple[Change, ...]:
        """The changes that may have to do with a view."""
        return tuple(change for change in self._changes if self._touches(change, view))

    def on(self, name: Name, near: tuple[Change, ...]) -> tuple[Change, ...]:
        """Those of the changes *near* a view that may have to do with one number of it."""
        if name.measure in ("rank", "share", "compared", "beside", "official"):
            return near
        if name.measure in ("value", "achievement"):
            wanted = set(name.of.split(" "))
            return tuple(change for change in near if wanted & self._figures[change.id])
        government = name.of.split(" ")[0]
        return tuple(change for change in near if self._is_about(change, government))

    def _is_about(self, change: Change, government: str) -> bool:
        if change.table == "denominators":
            return change.row["government"] in (government, "national")
        return any(government in self._seen[figure].had["government"] for figure in self._figures[change.id])

    def _touches(self, change: Change, view: View) -> bool:
        if change.table == "denominators":
            return _measures(change, view)
        figures = [self._seen[figure] for figure in self._figures[change.id]]
        if isinstance(view, BudgetView | TargetView):
            table = "budgets" if isinstance(view, BudgetView) else "targets"
            return any(seen.table == table and seen.may_stand(view.basis) for seen in figures)
        wanted = {AchievementView: "targets", CountView: "budgets"}.get(type(view))
        return any(seen.table == wanted for seen in figures)

    @cached_property
    def _seen(self) -> Mapping[str, Seen]:
        """Every amount and every value of an indicator, as it was and is."""
        found: dict[str, Seen] = {}
        ruled: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for tables in self._states:
            for row in each(tables.programme_rulings):
                ruled[row["programme_id"]]["scope"] |= _given(row["scope"])
                ruled[row["programme_id"]]["coverage"] |= _given(row["coverage"])
            for table, rows in (("budgets", tables.judged_budgets), ("targets", tables.judged_targets)):
                for row in each(rows):
                    seen = found.setdefault(row["figure_id"], Seen(table))
                    for column in ("programme_id", "source_id", "government", "level", "phase", "funding", "indicator", "extent"):
                        seen.had[column] |= _given(row.get(column))
                    _touch(seen, row["period_start"], row["period_end"] if pd.isna(row.get("as_of")) else row["as_of"])
        owners: dict[str, set[str]] = defaultdict(set)
        for tables in self._states:
            for programme, government in zip(tables.programmes["programme_id"], tables.programmes["government"], strict=True):
                owners[programme].add(government)
        for seen in found.values():
            for programme in seen.had["programme_id"]:
                seen.had["government"] |= owners[programme]
                for column in ("scope", "coverage"):
                    seen.had[column] |= ruled[programme][column]
        return found

    @cached_property
    def _figures(self) -> Mapping[str, set[str]]:
        """For each change the figures that may come onto a basis or leave it: those it is about and all parts of them."""
        by: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for figure, seen in self._seen.items():
            for column in ("programme_id", "source_id", "government"):
                for value in seen.had[column]:
                    by[column][value].add(figure)
        inner = self._inner
        found = {}
        for change in self._changes:
            key = change.key[0]
            own = {
                "programmes": by["programme_id"][key],
                "sources": by["source_id"][key],
                "governments": by["government"][key],
                "programme_rulings": {figure for programme in {key, *ancestors(key, inner)} for figure in by["programme_id"][programme]},
            }.get(change.table, {key} & set(self._seen))
            found[change.id] = {part for figure in own for part in self._parts(figure, by["programme_id"])}
        return found

    def _parts(self, figure: str, of_programme: Mapping[str, set[str]]) -> set[str]:
        """The figure and all that may lie within it."""
        programmes = {inner for programme in self._seen[figure].had["programme_id"] for inner in ancestors(programme, self._inner)}
        nested = {part for programme in programmes for part in of_programme.get(programme, ())}
        return {figure, *nested, *(part for one in {figure, *nested} for part in ancestors(one, self._within) if part in self._seen)}

    @cached_property
    def _inner(self) -> Mapping[str, set[str]]:
        """Programmes directly within a programme, in either state."""
        return _under(_pairs(self._states, "programme_rulings", "programme_id", "parent"))

    @cached_property
    def _within(self) -> Mapping[str, set[str]]:
        """Figures ruled to be directly part of a figure, in either state."""
        return _under(_pairs(self._states, "figure_rulings", "figure_id", "other_figure_id"))


def _measures(change: Change, view: View) -> bool:
    """May a denominator have to do with a view?"""
    row = change.row
    year, what = int(row["year"]), row["denominator"]
    if isinstance(view, OfficialView):
        return (what == "functional_budget" and year == view.year) or (what == "population" and year == view.year - 1)
    if not isinstance(view, BudgetView) or view.basis.mixed or view.basis.coverage != "government":
        return False  # nothing is divided by amounts of programmes
    first = min(_years(view.basis))
    if what == "price_index":
        return view.basis.period_kind == "fiscal_year" and year in (first, view.base_year)
    return row["government"] in view.basis.governments and year == {"population": first - 1, "total_expenditure": first}.get(what)


def _years(basis: BudgetBasis | TargetBasis) -> Iterator[int]:
    yield from (year for year in several(basis.fiscal_year) if year is not None)
    if basis.envelope_years is not None:
        yield from range(basis.envelope_years[0], basis.envelope_years[1] + 1)
    if isinstance(basis, TargetBasis) and basis.as_of is not None:
        yield basis.as_of.year


def _touch(seen: Seen, start: pd.Timestamp, end: pd.Timestamp) -> None:
    """Add the years of a period; from then on any year where an end of it is open."""
    if seen.years is None or pd.isna(end):
        seen.years = None
    else:
        seen.years |= set(range((end if pd.isna(start) else start).year, end.year + 1))


def _given(value: object) -> set[str]:
    return {str(value)} if isinstance(value, str) else set()


def _pairs(states: Iterable[Tables], table: str, part: str, whole: str) -> Iterator[tuple[str, str]]:
    for tables in states:
        rows = getattr(tables, table).dropna(subset=[whole])
        yield from zip(rows[part], rows[whole], strict=True)


def _under(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for part, whole in pairs:
        found[whole].add(part)
    return found

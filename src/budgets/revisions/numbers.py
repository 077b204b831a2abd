"""The numbers that reports show of a state of the tables: each view gives its own, as intervals, ranks and counts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol, TypeVar

import pandas as pd

from budgets import measures as m
from budgets.basis import BudgetBasis, TargetBasis
from budgets.comparison import Comparison, compare_budgets, compare_targets
from budgets.comparison.own import budget_bases, target_bases
from budgets.errors import MeasureError
from budgets.official import functional_budgets
from budgets.rows import each
from budgets.survey import published
from budgets.tables import Tables
from budgets.words import text

MEASURES = ("total", "rank", "per_resident", "share", "constant", "value", "achievement", "compared", "beside", "official", "published", "whole", "rows")
"""What is shown: of a government its total, rank …; of a figure its value; of a basis how many figures stand on it."""

COUNTED = ("budgets", "targets", "milestones", "programmes", "sources")
"""The tables whose rows are counted on covers and first pages."""

Value = tuple[float | None, ...]
"""(low, value, high) of an interval, or one number alone; None for an end that is open and for a rank that is not certain."""


class Name(NamedTuple):
    """What a number is of: the measure, and the government, figure, pair of figures or table; a unit to say it in."""

    measure: str
    of: str
    unit: str = ""


Numbers = dict[Name, Value]
Basis = TypeVar("Basis", BudgetBasis, TargetBasis)


class View(Protocol):
    """Something that shows numbers. *title* names it; equal views show the same."""

    def numbers(self, tables: Tables) -> Numbers:
        """All its numbers in a state; what is not published has none."""
        ...

    def title(self, language: str = "ko") -> str: ...


@dataclass(frozen=True)
class BudgetView:
    """The amounts on one basis: every figure, and of each government total, rank, per resident, share, constant prices."""

    basis: BudgetBasis
    base_year: int

    def title(self, language: str = "ko") -> str:
        return self.basis.describe(language)

    def numbers(self, tables: Tables) -> Numbers:
        basis = _known(self.basis, tables)
        if basis is None:
            return {}
        comparison = compare_budgets(tables, basis)
        found = _values(comparison, ["amount_low_krw", "amount_krw", "amount_high_krw"])
        total = _tried(lambda: m.total(comparison))
        if total is None:
            return found
        found |= _measured("total", total)
        if comparison.speaks_of_parts:  # amounts of programmes: nothing is divided by them or ranked
            return found
        there = total.rows.loc[total.rows["figures"] > 0]
        if len(there) > 1:
            found |= {Name("rank", str(g)): (_plain(place),) for g, place in zip(there["government"], m.ranks(there), strict=True)}
        found |= _measured("per_resident", _tried(lambda: m.per_resident(total)))
        if basis.period_kind == "fiscal_year":
            against = m.budget_to_stand_against(tables, int(basis.fiscal_year), str(basis.phase), comparison.present)  # type: ignore[arg-type]
            found |= _measured("share", _tried(lambda: m.share_of_budget(total, **against)) if against else None)
            constant = _tried(lambda: m.constant_prices(total, base_year=self.base_year))
            found |= _measured("constant", constant if constant is not None and constant.in_constant_prices else None)
        return found


@dataclass(frozen=True)
class TargetView:
    """The values of indicators on one basis."""

    basis: TargetBasis

    def title(self, language: str = "ko") -> str:
        return self.basis.describe(language)

    def numbers(self, tables: Tables) -> Numbers:
        basis = _known(self.basis, tables)
        if basis is None or basis.indicator not in set(tables.indicators["indicator"]):
            return {}
        return _values(compare_targets(tables, basis), ["value_low", "value", "value_high"])


@dataclass(frozen=True)
class AchievementView:
    """Every target that has its result beside it, in percent."""

    def title(self, language: str = "ko") -> str:
        return text("revisions.view.achievement", language)

    def numbers(self, tables: Tables) -> Numbers:
        pairs = m.achievement(tables)
        return {Name("achievement", f"{row['target_id']} {row['actual_id']}", "percent"): _interval(row) for row in each(pairs)}


@dataclass(frozen=True)
class OfficialView:
    """Official expenditure by function of one year: the share of each field in each government's own."""

    year: int
    governments: tuple[str, ...]

    def title(self, language: str = "ko") -> str:
        return text("revisions.view.official", language, year=self.year)

    def numbers(self, tables: Tables) -> Numbers:
        rows = tables.denominators
        mine = rows.loc[(rows["denominator"] == "functional_budget") & (rows["year"] == self.year), "government"]
        there = [government for government in self.governments if government in set(mine)]
        if not there:
            return {}
        table = functional_budgets(tables, self.year, there)
        return {
            Name("official", f"{row['government']} {row['field']}", unit): tuple(_plain(row[f"{prefix}{end}"]) for end in m.ENDS)
            for row in each(table)
            for prefix, unit in (("", "KRW"), ("per_resident_", "KRW/resident"), ("share_", "percent"))
        }


@dataclass(frozen=True)
class CountView:
    """How many amounts there are of each government and year, and how many of them are about its whole AI."""

    governments: tuple[str, ...]
    years: tuple[int, int]

    def title(self, language: str = "ko") -> str:
        return text("revisions.view.counts", language)

    def numbers(self, tables: Tables) -> Numbers:
        known = set(tables.governments["government"])
        there = [government for government in self.governments if government in known]
        found: Numbers = {}
        for row in each(published(tables, there, *self.years)):
            for measure, column in (("published", "figures"), ("whole", "whole")):
                found[Name(measure, f"{row['government']} {row['year']}")] = (float(row[column]),)
        return found


@dataclass(frozen=True)
class RowView:
    """How many rows the tables have."""

    def title(self, language: str = "ko") -> str:
        return text("revisions.view.rows", language)

    def numbers(self, tables: Tables) -> Numbers:
        return {Name("rows", name): (float(len(getattr(tables, name))),) for name in COUNTED}


def views(states: Sequence[Tables], governments: tuple[str, ...], more: Iterable[View] = (), *, base_year: int) -> tuple[View, ...]:
    """All that reports show of these states: every basis an amount was printed on, achievement, official statistics,
    counts, and *more*; each once."""
    found: dict[View, None] = {}
    years: set[int] = set()
    for tables in states:
        known = set(tables.governments["government"])
        there = tuple(government for government in governments if government in known)
        found |= {BudgetView(replace(basis, governments=governments), base_year): None for basis in budget_bases(tables, there)}
        rows = tables.denominators
        years |= {int(year) for year in rows.loc[rows["denominator"] == "functional_budget", "year"]}
        found |= {TargetView(replace(_by_year(basis), governments=governments)): None for basis in target_bases(tables, there)}
    found |= dict.fromkeys(more)
    found |= {AchievementView(): None}
    found |= {OfficialView(year, governments): None for year in sorted(years)}
    return (*found, CountView(governments, _span(states)))


def _by_year(basis: TargetBasis) -> TargetBasis:
    """The same in the whole year of its day: reports show what was counted on any day of a year together."""
    return basis if basis.as_of is None else replace(basis, as_of=None, fiscal_year=basis.as_of.year)


def _span(states: Sequence[Tables]) -> tuple[int, int]:
    """The first and the last year that an amount touches."""
    ends = [getattr(tables.budgets[column].dt.year, which)() for tables in states for column in ("period_start", "period_end") for which in ("min", "max")]
    years = [int(year) for year in ends if pd.notna(year)]
    return min(years, default=2000), max(years, default=2000)


def _known(basis: Basis, tables: Tables) -> Basis | None:
    """The basis with the governments that are there in this state; None where none is."""
    known = set(tables.governments["government"])
    there = tuple(government for government in basis.governments if government in known)
    return replace(basis, governments=there) if there else None


def _values(comparison: Comparison, ends: Sequence[str]) -> Numbers:
    found: Numbers = {Name("value", str(row["figure_id"]), str(row["unit"])): tuple(_plain(row[end]) for end in ends) for row in each(comparison.rows)}
    beside = len(comparison.rows) if len(comparison.present) > 1 else 0
    return found | {Name("compared", ""): (float(len(comparison.rows)),), Name("beside", ""): (float(beside),)}


def _tried(measure: Callable[[], m.Measure]) -> m.Measure | None:
    """A measure, or None where it is refused: then nothing is shown."""
    try:
        return measure()
    except MeasureError:
        return None


def _measured(name: str, measure: m.Measure | None) -> Numbers:
    if measure is None:
        return {}
    rows = measure.rows.loc[measure.rows["figures"] > 0]
    return {Name(name, str(row["government"]), measure.unit): _interval(row) for row in each(rows)}


def _interval(row: dict[Any, Any]) -> Value:
    return tuple(_plain(row[end]) for end in m.ENDS)


def _plain(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)

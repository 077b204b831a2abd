"""The comparisons of a workbook with what they rest on: unit, prices, population, total expenditure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from budgets import measures as m
from budgets.basis import BudgetBasis, several
from budgets.comparison import Comparison
from budgets.errors import MeasureError, unknown_name
from budgets.tables import Tables
from budgets.words import text
from budgets.workbook.cells import Live, live_text, plain

UNITS = {"KRW": 1, "thousand": 1_000, "million": 1_000_000, "hundred_million": 100_000_000}
"""The rounding units and their size in won."""
PRICES = ("nominal", "constant")
STAGE = ["stage", "accounts", "netting"]


@dataclass(frozen=True)
class Assumptions:
    """What the sheet of assumptions says when the workbook is opened.

    ``unit``: a key of `UNITS`; ``prices``: nominal or constant; ``base_year`` of constant prices (None = the last
    year with an index). Raises `BasisError` for a name that does not exist.
    """

    unit: str = "million"
    prices: str = "nominal"
    base_year: int | None = None

    def __post_init__(self) -> None:
        for field, given, known in (("unit", self.unit, tuple(UNITS)), ("prices", self.prices, PRICES)):
            if given not in known:
                raise unknown_name(field, given, known)

    @property
    def won(self) -> int:
        """The size of the rounding unit in won."""
        return UNITS[self.unit]

    @property
    def decimals(self) -> int:
        return decimals(self.unit)


def decimals(unit: str) -> int:
    """How many decimals amounts in this unit show."""
    return 1 if unit == "hundred_million" else 0


def price_index(tables: Tables) -> pd.DataFrame:
    """The consumer price index: year · value · source, by year."""
    rows = tables.denominators
    return rows.loc[rows["denominator"] == "price_index"].sort_values("year").drop_duplicates("year").reset_index(drop=True)


@dataclass(frozen=True)
class Setting:
    """Assumptions over certain tables: the price factor of a year, the base year that holds."""

    tables: Tables
    assumptions: Assumptions

    @cached_property
    def index(self) -> dict[int, float]:
        rows = price_index(self.tables)
        return {int(y): float(x) for y, x in zip(rows["year"], rows["value"], strict=True)}

    @cached_property
    def expenditure(self) -> pd.DataFrame:
        """Total expenditure on file, the most exact source of each government, year, stage, accounts and netting."""
        return self._on_file("total_expenditure", ["government", "year", *STAGE])

    @cached_property
    def residents(self) -> pd.DataFrame:
        """Resident population on file, the most exact source of each government and year."""
        return self._on_file("population", ["government", "year"])

    def _on_file(self, denominator: str, keys: list[str]) -> pd.DataFrame:
        rows = self.tables.denominators
        some = rows.loc[rows["denominator"] == denominator]
        order = some["government"].map({g: self.tables.order(g) for g in some["government"].unique()})
        some = some.assign(_width=(some["high"] - some["low"]).astype("float64"), _order=order)
        some = some.sort_values(["_order", *keys[1:], "_width", "source"], kind="stable")
        return some.drop_duplicates(keys).drop(columns=["_width", "_order"]).reset_index(drop=True)

    @cached_property
    def base_year(self) -> int:
        """Raises `MeasureError` for a year without an index."""
        year = self.assumptions.base_year or max(self.index, default=0)
        if year not in self.index:
            raise MeasureError("measure.no_index", year=year, known=f"{min(self.index, default='')}–{max(self.index, default='')}")
        return year

    def factor(self, year: int | None) -> float:
        """What money of *year* is multiplied by; 1 for current prices, for envelopes (None) and years without index."""
        if self.assumptions.prices == "nominal" or year is None or year not in self.index:
            return 1.0
        return self.index[self.base_year] / self.index[year]

    def unit(self, language: str) -> Live:
        """The unit line of a table of amounts, which follows the rounding unit."""
        present = text(f"workbook.unit.{self.assumptions.unit}", language)
        return live_text("workbook.say.unit", language, unit=("rounding_unit", present))

    def shown(self, won: object, factor: float = 1.0) -> float | None:
        """Won in the rounding unit."""
        value = plain(won)
        return None if value is None else value * factor / self.assumptions.won


@dataclass(frozen=True)
class Case:
    """One comparison and its number in the workbook."""

    number: int
    comparison: Comparison
    setting: Setting

    @property
    def basis(self) -> BudgetBasis | None:
        """The basis, if money is compared."""
        return self.comparison.basis if isinstance(self.comparison.basis, BudgetBasis) else None

    def title(self, language: str) -> str:
        """The basis in words, for indicators with their names."""
        basis = self.comparison.basis
        said = basis.describe(language)
        if isinstance(basis, BudgetBasis):
            return said
        names = self.comparison.tables.indicators.set_index("indicator")[f"name_{language}"]
        return " · ".join(["·".join(str(names[i]) for i in several(basis.indicator)), said])

    @cached_property
    def governments(self) -> list[str]:
        """The governments of the basis in the official order."""
        return sorted(self.comparison.basis.governments, key=self.comparison.tables.order)

    @property
    def year(self) -> int | None:
        """The one fiscal year of the amounts; None for envelopes, mixtures and targets."""
        if self.basis is None or self.basis.mixed or self.basis.period_kind == "envelope":
            return None
        return int(self.basis.fiscal_year)  # type: ignore[arg-type]

    @property
    def population_year(self) -> int | None:
        """The end of the year before, as `measures.per_resident` takes it."""
        if self.total is None or self.basis is None:
            return None
        first = self.basis.envelope_years[0] if self.year is None and self.basis.envelope_years else self.year
        return None if first is None else first - 1

    @property
    def factor(self) -> float:
        return self.setting.factor(self.year)

    @property
    def prices(self) -> str:
        """The prices the case is really shown in: without an index they stay nominal."""
        return self.setting.assumptions.prices if self.year in self.setting.index else "nominal"

    @cached_property
    def total(self) -> m.Measure | None:
        """The nominal total; None where nothing may be added: mixtures, single programmes, targets."""
        return None if self.basis is None or self.refusal else m.total(self.comparison)

    @property
    def refusal(self) -> str:
        """Why these amounts are neither added nor divided: ``mixed`` or ``parts``; empty where they may be."""
        return "mixed" if self.comparison.mixed else "parts" if self.comparison.speaks_of_parts else ""

    @cached_property
    def priced(self) -> m.Measure | None:
        """The total in the prices of the assumptions."""
        if self.total is None or self.prices == "nominal":
            return self.total
        return m.constant_prices(self.total, base_year=self.setting.base_year)

    @cached_property
    def per_resident(self) -> m.Measure | None:
        return None if self.priced is None else m.per_resident(self.priced)

    @cached_property
    def share(self) -> m.Measure | None:
        """Share of total expenditure; None where the amounts are not of one fiscal year or no total is on file."""
        if self.total is None or self.stage is None:
            return None
        return m.share_of_budget(self.total, **dict(zip(STAGE, self.stage, strict=True)))

    @cached_property
    def stage(self) -> tuple[str, str, str] | None:
        """Stage, accounts and netting of the totals to divide by, as every measure takes them; None where there are none."""
        if self.total is None or self.basis is None or self.year is None or self.basis.period_kind != "fiscal_year":
            return None
        found = m.budget_to_stand_against(self.setting.tables, self.year, str(self.basis.phase), self.comparison.present)
        return (found["stage"], found["accounts"], found["netting"]) if found else None

    @cached_property
    def figure_ids(self) -> list[str]:
        """The figures that stand on the basis, in the official order of governments."""
        return [str(f) for f in self.comparison.rows["figure_id"]]

    @cached_property
    def listed(self) -> list[tuple[str, str | None]]:
        """(government, figure) of every figure that stands; where programmes are compared, also (government, None)
        for a government without one."""
        rows = self.comparison.rows
        found: list[tuple[str, str | None]] = []
        for government in self.governments:
            mine = [str(f) for f in rows.loc[rows["government"] == government, "figure_id"]]
            gap = [None] if self.comparison.speaks_of_parts else []
            found += [(government, f) for f in mine or gap]
        return found

    @cached_property
    def nearest(self) -> pd.DataFrame:
        """For each missing government the figure nearest to the basis, by government."""
        return self.comparison.nearest(1).set_index("government")


def number_cases(comparisons: Sequence[Comparison], setting: Setting) -> list[Case]:
    """The comparisons numbered from 1, in the order given."""
    return [Case(i, comparison, setting) for i, comparison in enumerate(comparisons, 1)]


def pairs(cases: Sequence[Case]) -> list[tuple[Case, Case]]:
    """Cases that differ in nothing but the fiscal year: each with the next later one."""
    found = []
    dated = [c for c in cases if c.total is not None and c.year is not None]
    for before in dated:
        later = [c for c in dated if _same_but_year(before, c) and (c.year or 0) > (before.year or 0)]
        if later:
            found.append((before, min(later, key=lambda c: c.year or 0)))
    return found


def _same_but_year(a: Case, b: Case) -> bool:
    assert a.basis is not None and b.basis is not None
    return replace(a.basis, fiscal_year=b.basis.fiscal_year) == b.basis

"""One measure of the same governments in several years, side by side, and how it changed. Years are never summed.

The adjusted budget holds what was carried over: the same won may stand in two years. Side by side it may stand, in a
sum over years it may not, so nothing here adds years.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from budgets.lines.basis import LineBasis
from budgets.lines.comparing import LineComparison, compare_lines
from budgets.lines.official import OfficialLines
from budgets.lines.succession import reshaped
from budgets.tables import Tables

MEASURES = {"amount": "amount_krw", "per_resident": "per_resident"}


@dataclass(frozen=True, eq=False)
class Years:
    """``rows``: government · a column for each of ``years`` (won, or won per resident) · ``change`` between the last two
    years (percent; empty where one is missing or zero, and across a change of territory).

    ``base_year``: the year in whose prices all amounts are; None for nominal amounts. ``without_index``: years that have
    no price index, empty in ``rows`` since nominal and constant prices never stand in one row. ``reshaped``:
    governments whose territory changed between the first and the last year.
    """

    rows: pd.DataFrame
    comparisons: Mapping[int, LineComparison]
    base_year: int | None
    without_index: tuple[int, ...]
    reshaped: tuple[str, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years side by side, in order."""
        return tuple(self.comparisons)

    @property
    def last(self) -> LineComparison:
        """The comparison of the last year."""
        return self.comparisons[self.years[-1]]


def alike(lines: OfficialLines, basis: LineBasis) -> list[int]:
    """The years whose snapshot is of the same day of the year as that of the basis's year: year-ends never stand beside
    mid-years."""
    year = lines.year(basis.fiscal_year if basis.fiscal_year in lines.stored else 0)
    day = lines.stored[year].snapshot
    return [y for y in lines.years if y <= year and lines.stored[y].snapshot.timetuple()[1:3] == day.timetuple()[1:3]]


def in_year(basis: LineBasis, year: int) -> LineBasis:
    """The same basis for another year, on whatever day that year is stored."""
    return LineBasis(**{**basis.__dict__, "fiscal_year": year, "snapshot": None})


def compare_years(tables: Tables, lines: OfficialLines, basis: LineBasis) -> dict[int, LineComparison]:
    """`compare_lines` of every year that is `alike`, in order; empty where there are no lines at all."""
    years = alike(lines, basis) if lines else []
    return {y: compare_lines(tables, lines.of_year(y), in_year(basis, y)) for y in years}


def over_years(compared: Mapping[int, LineComparison], *, measure: str = "amount", constant: bool = False) -> Years:
    """*measure* (``amount`` or ``per_resident``) of every government of the last year in all years that were compared;
    *constant*: in the prices of the latest of these years that has a price index. At least one year."""
    years = list(compared)
    tables = compared[years[-1]].tables
    index = tables.price_index if constant else {}
    base = max((y for y in years if y in index), default=None)
    rows = pd.DataFrame({"government": compared[years[-1]].governments["government"]})
    for year, comparison in compared.items():
        values = comparison.governments.set_index("government")[MEASURES[measure]].astype("Float64")
        known = values.reindex(rows["government"]).reset_index(drop=True)
        if base is not None:
            known = known * (index[base] / index[year]) if year in index else known * pd.NA
        rows[str(year)] = known
    days = [c.basis.snapshot for c in compared.values() if c.basis.snapshot]
    broken = tuple(g for g in reshaped(tables, days[0], days[-1]) if g in set(rows["government"]))
    rows["change"] = pd.Series(pd.NA, index=rows.index, dtype="Float64")
    if len(years) > 1:
        before, after = rows[str(years[-2])], rows[str(years[-1])]
        lately = set(reshaped(tables, days[-2], days[-1]))
        rows["change"] = ((after / before.where(before > 0) - 1) * 100).mask(rows["government"].isin(lately))
    without = tuple(y for y in years if y not in index) if base is not None else ()
    return Years(rows, compared, base, without, broken)

"""Official functional budgets: an official statistic with all four governments on one basis.

They are not AI, and not quite like with like: a metropolitan city's own office does what Gyeonggi's municipalities do.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from budgets.errors import MeasureError, unknown_name
from budgets.rows import each
from budgets.tables import Tables
from budgets.vocabulary import FOUR

ENDS = ["low", "value", "high"]
BASIS = ["stage", "accounts", "netting", "snapshot"]
TOLD = ["source", "unit", "derived", "note"]


def functional_budgets(tables: Tables, year: int, governments: Sequence[str] = FOUR, *, base_year: int | None = None) -> pd.DataFrame:
    """Expenditure by function: one row per government and field, in the official order, largest fields first.

    Nominal, or with *base_year* in prices of that year by the consumer price index (shares are the same either way).

    Columns: figure (identifier) · government · year · field · low · value · high (won) · per_resident_low/value/high (won,
    residents at the end of the year before) · share_low/value/high (percent of the government's own sum of fields) ·
    field_sum_low/value/high (won) · population · population_year · population_source · stage · accounts · netting ·
    snapshot · source · unit · derived · note. Raises `MeasureError` for a year without data and for prices of a year, or
    into a year, without an index.
    """
    rows = tables.denominators
    functional = rows.loc[rows["denominator"] == "functional_budget"]
    for government in governments:
        if government not in set(functional["government"]):
            raise unknown_name("governments", government, sorted(set(functional["government"])))
    some = functional.loc[(functional["year"] == year) & functional["government"].isin(governments)]
    if some.empty:
        known = ", ".join(str(y) for y in sorted(set(functional["year"])))
        raise MeasureError("official.no_year", year=year, known=known)
    out = some[["government", "year", "field", *ENDS, *BASIS, *TOLD]].copy()
    out.insert(0, "figure", [_figure(row) for row in each(out)])
    for end in ENDS if base_year is not None else []:
        out[end] = out[end].astype("Float64") * _factor(tables, year, int(base_year))  # type: ignore[arg-type]
    people = rows.loc[(rows["denominator"] == "population") & (rows["year"] == year - 1)].set_index("government")
    out["population"], out["population_year"] = out["government"].map(people["value"]), year - 1
    out["population_source"] = out["government"].map(people["source"])
    sums = out.groupby("government")[ENDS].sum()
    for end, other in zip(ENDS, ["high", "value", "low"], strict=True):
        out[f"per_resident_{end}"] = out[end] / out["population"]
        out[f"field_sum_{end}"] = out["government"].map(sums[end])
        out[f"share_{end}"] = out[end] / out["government"].map(sums[other]) * 100
    size = out.groupby("field")["value"].sum().rank(ascending=False)
    order = {g: tables.order(g) for g in governments}
    keyed = out.assign(_size=out["field"].map(size), _order=out["government"].map(order))
    return keyed.sort_values(["_size", "_order"], kind="stable", ignore_index=True).drop(columns=["_size", "_order"])


def _figure(row: Mapping[str, Any]) -> str:
    """What identifies a row, in one word: ``functional-2025-seoul-과학기술-adjusted-2025-12-31``."""
    said = [row["year"], row["government"], row["field"], *(row[name] for name in BASIS[:-1] if row[name] != "unknown")]
    day = [f"{row['snapshot']:%Y-%m-%d}"] if not pd.isna(row["snapshot"]) else []
    return re.sub(r"\W+", "-", "-".join(map(str, ["functional", *said, *day])))


def _factor(tables: Tables, year: int, base_year: int) -> float:
    """What money of *year* is multiplied by to stand in prices of *base_year*."""
    index = tables.price_index
    for wanted in (year, base_year):
        if wanted not in index:
            raise MeasureError("measure.no_index", year=wanted, known=f"{min(index, default='')}–{max(index, default='')}")
    return index[base_year] / index[year]

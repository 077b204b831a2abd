"""A government's money over its residents, and over its total expenditure."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from budgets import vocabulary as v
from budgets.errors import MeasureError, unknown_name
from budgets.measures.measure import ENDS, LabelledNote, Measure, Note, first_year, named_without, refuse_parts
from budgets.rows import each
from budgets.tables import Tables

ACCOUNTS_FIRST = ("general_special", "general", "with_funds", "unknown")
"""Which accounts a share is of, where several are on file for as many governments: those a budget is announced with."""


def per_resident(measure: Measure) -> Measure:
    """Won per resident: the measure divided by the resident population at the end of the year before.

    Adds ``population`` and ``population_year``. A government without that population is left empty and named.
    Raises `MeasureError` for what is no total in won (so it is never divided twice) and for amounts of programmes.
    """
    if measure.unit != "KRW":
        raise MeasureError("measure.not_a_total", unit=measure.unit)
    refuse_parts(measure.comparison)
    year = first_year(measure.basis) - 1
    people = denominator_of(measure.comparison.tables, "population", year)
    rows = measure.rows.assign(population=measure.rows["government"].map(people["value"]).astype("Float64"), population_year=year)
    for end in ENDS:
        rows[end] = rows[end].astype("Float64") / rows["population"]
    without = rows.loc[rows["population"].isna() & (rows["figures"] > 0), "government"]
    notes = (*measure.notes, Note("note.population", (("year", year),)), *named_without(measure, without, "note.no_population"))
    name = "per_resident_constant" if measure.in_constant_prices else "per_resident"
    return replace(measure, name=name, rows=rows, unit="KRW/resident", notes=notes)


def share_of_budget(measure: Measure, *, stage: str = "approved", accounts: str = "general_special", netting: str = "unknown") -> Measure:
    """The measure in percent of the government's total expenditure of the same year, stage, accounts and netting.

    Adds ``budget_low``, ``budget_value`` and ``budget_high`` (won). Governments without such a total are left empty
    and named. Raises `MeasureError` for envelopes (a total over several years has no budget of one year to stand
    against), for constant prices (budgets are nominal) and for amounts of programmes; `BasisError` for a stage,
    accounts or a netting that does not exist.
    """
    for field, given, codes in (("stage", stage, v.STAGES), ("accounts", accounts, v.ACCOUNTS), ("netting", netting, v.NETTINGS)):
        if given not in codes:
            raise unknown_name(field, given, codes)
    if measure.basis.period_kind != "fiscal_year" or measure.unit != "KRW":
        raise MeasureError("measure.share_needs_year")
    if measure.in_constant_prices:
        raise MeasureError("measure.share_nominal")
    refuse_parts(measure.comparison)
    year = first_year(measure.basis)
    budget = denominator_of(measure.comparison.tables, "total_expenditure", year, stage=stage, accounts=accounts, netting=netting)
    rows = measure.rows.assign(**{f"budget_{end}": measure.rows["government"].map(budget[end]).astype("Float64") for end in ENDS})
    rows["low"] = rows["low"].astype("Float64") / rows["budget_high"] * 100
    rows["value"] = rows["value"].astype("Float64") / rows["budget_value"] * 100
    rows["high"] = rows["high"].astype("Float64") / rows["budget_low"] * 100
    without = rows.loc[rows["budget_value"].isna() & (rows["figures"] > 0), "government"]
    basis = (("year", year), ("stage", f"stage.{stage}"), ("accounts", f"accounts.{accounts}"), ("netting", f"netting.{netting}"))
    notes = (*measure.notes, LabelledNote("note.share", basis), *named_without(measure, without, "note.no_budget"))
    return replace(measure, name="share_of_budget", rows=rows, unit="percent", notes=notes)


def budget_to_stand_against(tables: Tables, year: int, phase: str, governments: Sequence[str]) -> dict[str, str] | None:
    """Which total budget a share should be of: its stage, accounts and netting, or None where none is on file.

    The stage of the amount itself where it is a stage of a budget (a draft stands against a draft); for money that was
    only announced, requested or awarded the approved budget. Of several accounts the one that most of these
    governments have, general and special accounts first.
    """
    stage = phase if phase in ("proposed", "approved", "adjusted", "settled") else "approved"
    rows = tables.denominators
    rows = rows.loc[(rows["denominator"] == "total_expenditure") & (rows["year"] == year) & (rows["stage"] == stage) & rows["government"].isin(governments)]
    if rows.empty:
        return None
    found = each(rows.groupby(["accounts", "netting"])["government"].nunique().reset_index())
    best = min(found, key=lambda one: (-one["government"], ACCOUNTS_FIRST.index(one["accounts"]), one["netting"]))
    return {"stage": stage, "accounts": best["accounts"], "netting": best["netting"]}


def denominator_of(tables: Tables, denominator: str, year: int, **basis: str) -> pd.DataFrame:
    """low · value · high by government; where several sources print one denominator, the most exact one."""
    return denominator_rows(tables, denominator, year, **basis)[ENDS]


def denominator_rows(tables: Tables, denominator: str, year: int, **basis: str) -> pd.DataFrame:
    """The whole rows behind `denominator_of`, by government."""
    rows = tables.denominators
    rows = rows.loc[(rows["denominator"] == denominator) & (rows["year"] == year)]
    for column, value in basis.items():
        rows = rows.loc[rows[column] == value]
    exactness = (rows["high"] - rows["low"]).astype("float64")
    rows = rows.assign(_width=exactness).sort_values(["government", "_width", "source"], kind="stable")
    return rows.drop_duplicates("government").set_index("government")

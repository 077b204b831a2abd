"""What a comparison says: intervals in, intervals out, one row for every government of the basis.

A government that published nothing keeps its row, empty: nothing published is not zero. Every measure returns a
`Measure`, whose caption says on what it rests. Refusals (`MeasureError`) are part of the job.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from budgets.basis import BudgetBasis, several
from budgets.comparison import Comparison
from budgets.errors import MeasureError
from budgets.tables import Tables
from budgets.words import text

ENDS = ["low", "value", "high"]
ACCOUNTS_FIRST = ("general_special", "general", "with_funds", "unknown")
"""Which accounts a share is of, where several are on file for as many governments: those a budget is announced with."""


@dataclass(frozen=True)
class Note:
    """A remark that belongs under the table: a key of the words and its fields."""

    key: str
    fields: tuple[tuple[str, object], ...] = ()

    def say(self, language: str = "ko") -> str:
        return text(self.key, language, **dict(self.fields))


@dataclass(frozen=True)
class Measure:
    """One number (an interval) for each government of a basis.

    ``rows``: government · low · value · high (in ``unit``; ``value`` is empty where a print is a range, an end is
    empty where the print is open) · figures (how many stand behind it; 0 = nothing published) · figure_ids, and the
    denominators a measure used. ``unit``: KRW, KRW/resident, percent, or an indicator's unit.
    """

    name: str
    rows: pd.DataFrame
    unit: str
    comparison: Comparison
    notes: tuple[Note, ...] = ()

    @property
    def basis(self) -> BudgetBasis:
        assert isinstance(self.comparison.basis, BudgetBasis)
        return self.comparison.basis

    def caption(self, language: str = "ko") -> str:
        """What is measured, on which basis, resting on what."""
        parts = [text(f"measure.{self.name}", language), self.comparison.caption(language), *(n.say(language) for n in self.notes)]
        return " · ".join(parts)


def total(comparison: Comparison) -> Measure:
    """The sum of the rows of each government, in won (nominal).

    Only within one value of every field of the basis. Where a government published its whole several times
    (coverage ``government``), the figures are not added: the interval spans them, and a note says so.
    Raises `MeasureError` for a mixed basis and for targets (a firm may be counted in two of them).
    """
    if not isinstance(comparison.basis, BudgetBasis):
        raise MeasureError("measure.no_sum_of_targets")
    if comparison.basis.mixed:
        raise MeasureError("measure.mixed", fields=", ".join(comparison.basis.mixed))
    whole = comparison.basis.coverage == "government"
    rows, notes = [], []
    for government in comparison.basis.governments:
        mine = comparison.rows.loc[comparison.rows["government"] == government]
        ends = mine[["amount_low_krw", "amount_krw", "amount_high_krw"]].set_axis(ENDS, axis=1)
        if whole and len(mine) > 1:
            notes.append(Note("note.spans", (("government", comparison.tables.name(government)), ("n", len(mine)))))
        rows.append({"government": government, **(_hull(ends) if whole else _sum(ends)), "figures": len(mine), "figure_ids": tuple(mine["figure_id"])})
    if "unknown" in several(comparison.basis.funding):
        notes.append(Note("note.funding_unknown"))
    return Measure("total", _table(rows, "Int64"), "KRW", comparison, tuple(notes))


def per_resident(measure: Measure) -> Measure:
    """Won per resident: the measure divided by the resident population at the end of the year before.

    Adds ``population`` and ``population_year``. A government without that population is left empty and named.
    """
    _money(measure)
    year = _first_year(measure.basis) - 1
    people = _denominator(measure.comparison.tables, "population", year)
    rows = measure.rows.assign(population=measure.rows["government"].map(people["value"]).astype("Float64"), population_year=year)
    for end in ENDS:
        rows[end] = rows[end].astype("Float64") / rows["population"]
    without = rows.loc[rows["population"].isna() & (rows["figures"] > 0), "government"]
    notes = (*measure.notes, Note("note.population", (("year", year),)), *_without(measure, without, "note.no_population"))
    return replace(measure, name="per_resident", rows=rows, unit=f"{measure.unit}/resident", notes=notes)


def share_of_budget(measure: Measure, *, stage: str = "approved", accounts: str = "general_special", netting: str = "unknown") -> Measure:
    """The measure in percent of the government's total expenditure of the same year, stage, accounts and netting.

    Adds ``budget_low`` and ``budget_high`` (won). Governments without such a total are left empty and named.
    Raises `MeasureError` for envelopes: a total over several years has no budget of one year to stand against.
    """
    _money(measure)
    if measure.basis.period_kind != "fiscal_year" or measure.unit != "KRW":
        raise MeasureError("measure.share_needs_year")
    year = _first_year(measure.basis)
    budget = _denominator(measure.comparison.tables, "total_expenditure", year, stage=stage, accounts=accounts, netting=netting)
    rows = measure.rows.assign(**{f"budget_{end}": measure.rows["government"].map(budget[end]).astype("Float64") for end in ENDS})
    rows["low"] = rows["low"].astype("Float64") / rows["budget_high"] * 100
    rows["value"] = rows["value"].astype("Float64") / rows["budget_value"] * 100
    rows["high"] = rows["high"].astype("Float64") / rows["budget_low"] * 100
    without = rows.loc[rows["budget_value"].isna() & (rows["figures"] > 0), "government"]
    basis = (("year", year), ("stage", f"stage.{stage}"), ("accounts", f"accounts.{accounts}"), ("netting", f"netting.{netting}"))
    notes = (*measure.notes, _Labelled("note.share", basis), *_without(measure, without, "note.no_budget"))
    return replace(measure, name="share_of_budget", rows=rows, unit="percent", notes=notes)


def constant_prices(measure: Measure, *, base_year: int) -> Measure:
    """The measure in prices of *base_year*, by the Korean consumer price index.

    A year without an index is left nominal, and the note says so. Raises `MeasureError` for envelopes (their years
    are not known one by one) and for a base year without an index.
    """
    _money(measure)
    if measure.basis.period_kind == "envelope":
        raise MeasureError("measure.envelope_prices")
    index = _prices(measure.comparison.tables)
    year = _first_year(measure.basis)
    if base_year not in index:
        raise MeasureError("measure.no_index", year=base_year, known=f"{min(index)}–{max(index)}")
    if year not in index:
        return replace(measure, notes=(*measure.notes, Note("note.not_deflated", (("year", year),))))
    rows = measure.rows.copy()
    for end in ENDS:
        rows[end] = rows[end].astype("Float64") * (index[base_year] / index[year])
    return replace(measure, name=f"{measure.name}_constant", rows=rows, notes=(*measure.notes, Note("note.prices", (("year", year), ("base", base_year)))))


def change(before: Measure, after: Measure) -> pd.DataFrame:
    """From *before* to *after*: government · low · value · high (the difference) · percent_low · percent · percent_high.

    Intervals all the way: the least change is the lowest after against the highest before. Raises `MeasureError`
    where the two differ in anything but the year.
    """
    if before.unit != after.unit or before.name != after.name:
        raise MeasureError("measure.change_of_units")
    different = [f for f in ("phase", "scope", "funding", "coverage", "level", "period_kind", "governments") if getattr(before.basis, f) != getattr(after.basis, f)]
    if different:
        raise MeasureError("measure.change_of_basis", fields=", ".join(different))
    old, new = (m.rows.set_index("government")[ENDS].astype("Float64") for m in (before, after))
    out = pd.DataFrame({"low": new["low"] - old["high"], "value": new["value"] - old["value"], "high": new["high"] - old["low"]})
    positive = old.where(old > 0)
    out["percent_low"] = (new["low"] / positive["high"] - 1) * 100
    out["percent"] = (new["value"] / positive["value"] - 1) * 100
    out["percent_high"] = (new["high"] / positive["low"] - 1) * 100
    return out.reset_index()


def ratio(above: pd.DataFrame, below: pd.DataFrame) -> pd.DataFrame:
    """An interval divided by an interval, in percent: columns low · value · high, same index as *above*."""
    a, b = above[ENDS].astype("Float64"), below[ENDS].astype("Float64")
    positive = b.where(b > 0)
    return pd.DataFrame({"low": a["low"] / positive["high"], "value": a["value"] / positive["value"], "high": a["high"] / positive["low"]}) * 100


def achievement(tables: Tables) -> pd.DataFrame:
    """Actual ÷ target in percent, for every pair of the same government, programme, indicator, extent, coverage and
    period or date: the keys · target_id · actual_id · target · actual · low · value · high.

    A figure that repeats another (same_as), is superseded, unsourced or ruled not comparable takes no part.
    """
    out = tables.figure_rulings.loc[tables.figure_rulings["ruling"].isin(["same_as", "superseded_by", "not_comparable"]), "figure_id"]
    figures = tables.judged_targets
    figures = figures.loc[~figures["figure_id"].isin(out) & (figures["reliability"] != "unsourced")]
    figures = figures.loc[figures["as_of"].notna() | figures["period_end"].notna()]
    keys = ["government", "programme_id", "indicator", "unit", "extent", "coverage", "period_start", "period_end", "as_of"]
    renamed = figures.rename(columns={"value_low": "low", "value_high": "high"})[[*keys, "figure_id", "phase", *ENDS]]
    target, actual = (renamed.loc[renamed["phase"] == p].drop(columns="phase") for p in ("target", "actual"))
    pairs = target.merge(actual, on=keys, suffixes=("_target", "_actual"))
    rate = ratio(*(pairs[[f"{e}_{side}" for e in ENDS]].set_axis(ENDS, axis=1) for side in ("actual", "target")))
    named = pairs.rename(columns={"figure_id_target": "target_id", "figure_id_actual": "actual_id", "value_target": "target", "value_actual": "actual"})
    return pd.concat([named[[*keys, "target_id", "actual_id", "target", "actual"]], rate], axis=1)


def execution_rate(paid: Measure, adjusted: Measure) -> pd.DataFrame:
    """Paid ÷ adjusted budget in percent, of the same programme, year and date: government · low · value · high.

    Raises `MeasureError` unless the first is ``paid``, the second ``adjusted``, and all else is equal.
    """
    if (paid.basis.phase, adjusted.basis.phase) != ("paid", "adjusted"):
        raise MeasureError("measure.execution_phases")
    if replace(paid.basis, phase="adjusted") != adjusted.basis:
        raise MeasureError("measure.execution_basis")
    p, a = paid.rows.set_index("government"), adjusted.rows.set_index("government")
    return ratio(p, a).reset_index()


def local_money(province: pd.DataFrame, municipalities: pd.DataFrame) -> pd.DataFrame:
    """Local money over both levels, an approximation: 시·도비 at the province plus 시·군·구비 at its municipalities.

    Both tables: government (the province) · low · value · high in won, *after* 조정교부금, 전출금, 내부거래 and 부담금
    were dropped. A province without one of the two levels is empty: half a total is not a total.
    """
    p, m = (t.set_index("government")[ENDS].astype("Float64") for t in (province, municipalities))
    return (p + m).reset_index()


def national_money(province: pd.DataFrame, municipalities: pd.DataFrame) -> pd.DataFrame:
    """National money over both levels, an interval: the same won may stand in both books.

    From the larger level to both together; ``value`` is empty, and so is a province without one of the two levels.
    """
    p, m = (t.set_index("government")[ENDS].astype("Float64") for t in (province, municipalities))
    p, m = p.align(m)
    low = p["low"].where((p["low"] >= m["low"]).fillna(False), m["low"]).where(p["low"].notna() & m["low"].notna())
    return pd.DataFrame({"low": low, "value": pd.array([None] * len(low), dtype="Float64"), "high": p["high"] + m["high"]}).reset_index()


def yearly_average(measure: Measure) -> Measure:
    """"Average per year of the envelope", among envelopes only, under that name. It is not the money of any year."""
    if measure.basis.period_kind != "envelope" or measure.basis.envelope_years is None:
        raise MeasureError("measure.average_needs_envelope")
    first, last = measure.basis.envelope_years
    rows = measure.rows.copy()
    for end in ENDS:
        rows[end] = rows[end].astype("Float64") / (last - first + 1)
    return replace(measure, name="yearly_average", rows=rows, unit=f"{measure.unit}/year", notes=(*measure.notes, Note("note.average", (("first", first), ("last", last)))))


def ranks(rows: pd.DataFrame) -> pd.Series:
    """The rank of each row of low · high (1 = largest), empty where its interval touches another: 순위 확정 불가.

    Only rows with both ends take part; one row alone has no rank.
    """
    closed = rows["low"].notna() & rows["high"].notna()
    complete = bool(closed[rows["figures"] > 0].all()) if "figures" in rows else True
    places = []
    for i, (_, one) in enumerate(rows.iterrows()):
        others = rows.loc[closed & (rows.index != rows.index[i])]
        apart = (others["low"] > one["high"]) | (others["high"] < one["low"])
        certain = complete and bool(closed.iloc[i]) and len(others) > 0 and bool(apart.all())
        places.append(int((others["low"] > one["high"]).sum()) + 1 if certain else None)
    return pd.Series(places, index=rows.index, dtype="Int64", name="rank")


def parts_against_totals(tables: Tables) -> pd.DataFrame:
    """Printed totals against the sum of their parts: whole_id · parts · sums (low, value, high) · whole (low, value, high) · finding.

    finding: ``fits`` (the intervals meet) · ``below`` (the parts stay below the total: a partial list, or a fault)
    · ``above`` (the parts exceed the total). Parts and whole must share unit and, for money, nature.
    """
    budgets = tables.budgets.rename(columns={"amount_low_krw": "low", "amount_krw": "value", "amount_high_krw": "high", "nature": "what"})
    targets = tables.targets.rename(columns={"value_low": "low", "value_high": "high", "indicator": "what"})
    columns = ["figure_id", "unit", "what", *ENDS]
    figures = pd.concat([t[columns].astype(dict.fromkeys(ENDS, "Float64")) for t in (budgets, targets)]).set_index("figure_id")
    rulings = tables.figure_rulings
    pairs = rulings.loc[(rulings["ruling"] == "part_of") & rulings["figure_id"].isin(figures.index) & rulings["other_figure_id"].isin(figures.index)]
    # A part that repeats another or was replaced is counted once.
    again = rulings.loc[rulings["ruling"].isin(["same_as", "superseded_by"]), "figure_id"]
    pairs = pairs.loc[~pairs["figure_id"].isin(again)]
    rows = []
    for whole_id, some in pairs.groupby("other_figure_id"):
        whole = figures.loc[whole_id]
        parts = figures.loc[some["figure_id"]]
        parts = parts.loc[(parts["unit"] == whole["unit"]) & (parts["what"] == whole["what"])]
        if parts.empty:
            continue
        sums = _sum(parts[ENDS])
        row = {"whole_id": whole_id, "parts": tuple(sorted(parts.index)), "unit": whole["unit"]}
        row |= {f"sum_{end}": sums[end] for end in ENDS} | {f"whole_{end}": whole[end] for end in ENDS}
        rows.append(row | {"finding": _finding(sums, whole.to_dict())})
    names = ["whole_id", "parts", "unit", *(f"{side}_{end}" for side in ("sum", "whole") for end in ENDS), "finding"]
    return pd.DataFrame(rows, columns=names).sort_values("whole_id", ignore_index=True)


@dataclass(frozen=True)
class _Labelled(Note):
    """A note whose fields are codes, said by their labels."""

    def say(self, language: str = "ko") -> str:
        return text(self.key, language, **{k: text(str(w), language) if isinstance(w, str) and "." in w else w for k, w in self.fields})


def _sum(ends: pd.DataFrame) -> dict[str, object]:
    # An open end or a range leaves the sum open, too: one unknown makes the whole unknown.
    return {end: None if ends.empty or ends[end].isna().any() else ends[end].sum() for end in ENDS}


def _hull(ends: pd.DataFrame) -> dict[str, object]:
    if ends.empty:
        return dict.fromkeys(ENDS)
    closed = {end: not ends[end].isna().any() for end in ENDS}
    value = ends["value"].iloc[0] if closed["value"] and ends["value"].nunique() == 1 else None
    return {"low": ends["low"].min() if closed["low"] else None, "value": value, "high": ends["high"].max() if closed["high"] else None}


def _finding(sums: dict[str, object], whole: dict[Any, Any]) -> str:
    low, high = sums["low"], sums["high"]
    if low is not None and pd.notna(whole["high"]) and low > whole["high"]:  # type: ignore[operator]
        return "above"
    if high is not None and pd.notna(whole["low"]) and high < whole["low"]:  # type: ignore[operator]
        return "below"
    return "fits"


def _table(rows: Sequence[dict[str, object]], dtype: str) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["government", *ENDS, "figures", "figure_ids"])
    return table.astype(dict.fromkeys(ENDS, dtype) | {"figures": "Int64"})


def _money(measure: Measure) -> None:
    if measure.unit not in ("KRW", "KRW/resident"):
        raise MeasureError("measure.not_money", unit=measure.unit)


def _first_year(basis: BudgetBasis) -> int:
    year = several(basis.fiscal_year)[0]
    if year is None:
        assert basis.envelope_years is not None
        return basis.envelope_years[0]
    return int(year)


def _denominator(tables: Tables, denominator: str, year: int, **basis: str) -> pd.DataFrame:
    """low · value · high by government; where several sources print one denominator, the most exact one."""
    rows = tables.denominators
    rows = rows.loc[(rows["denominator"] == denominator) & (rows["year"] == year)]
    for column, value in basis.items():
        rows = rows.loc[rows[column] == value]
    exactness = (rows["high"] - rows["low"]).astype("float64")
    rows = rows.assign(_width=exactness).sort_values(["government", "_width", "source"], kind="stable")
    return rows.drop_duplicates("government").set_index("government")[ENDS]


def _prices(tables: Tables) -> dict[int, float]:
    rows = tables.denominators.loc[tables.denominators["denominator"] == "price_index"]
    return {int(y): float(x) for y, x in zip(rows["year"], rows["value"], strict=True)}


def _without(measure: Measure, governments: pd.Series, key: str) -> tuple[Note, ...]:
    tables = measure.comparison.tables
    return (Note(key, (("names", "·".join(tables.name(g) for g in governments)),)),) if len(governments) else ()


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
    found = rows.groupby(["accounts", "netting"])["government"].nunique().reset_index().to_dict("records")
    best = min(found, key=lambda one: (-one["government"], ACCOUNTS_FIRST.index(one["accounts"]), one["netting"]))
    return {"stage": stage, "accounts": best["accounts"], "netting": best["netting"]}

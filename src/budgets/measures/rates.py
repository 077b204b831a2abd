"""One interval against another: change, achievement, execution rate."""

from dataclasses import replace

import pandas as pd

from budgets.errors import MeasureError
from budgets.measures.measure import ENDS, Measure
from budgets.tables import Tables

SAME_BUT_THE_YEAR = ("phase", "scope", "funding", "coverage", "level", "period_kind", "governments")


def change(before: Measure, after: Measure) -> pd.DataFrame:
    """From *before* to *after*: government · low · value · high (the difference) · percent_low · percent · percent_high
    · same_programmes (empty where one of the two was not published).

    Intervals all the way: the least change is the lowest after against the highest before. A government whose two
    amounts are of different programmes has no change: its numbers are empty, and ``same_programmes`` is false.
    Raises `MeasureError` where the two differ in anything but the year.
    """
    if before.unit != after.unit or before.name != after.name:
        raise MeasureError("measure.change_of_units")
    different = [f for f in SAME_BUT_THE_YEAR if getattr(before.basis, f) != getattr(after.basis, f)]
    if different:
        raise MeasureError("measure.change_of_basis", fields=", ".join(different))
    same = _same_programmes(before, after)
    old, new = (_of_same_programmes(m, same) for m in (before, after))
    out = pd.DataFrame({"low": new["low"] - old["high"], "value": new["value"] - old["value"], "high": new["high"] - old["low"]})
    positive = old.where(old > 0)
    out["percent_low"] = (new["low"] / positive["high"] - 1) * 100
    out["percent"] = (new["value"] / positive["value"] - 1) * 100
    out["percent_high"] = (new["high"] / positive["low"] - 1) * 100
    return out.assign(same_programmes=same).reset_index()


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

    A government whose two amounts are of different programmes has no rate. Raises `MeasureError` unless the first is
    ``paid``, the second ``adjusted``, and all else is equal, the date among it.
    """
    if (paid.basis.phase, adjusted.basis.phase) != ("paid", "adjusted"):
        raise MeasureError("measure.execution_phases")
    if replace(paid.basis, phase="adjusted") != adjusted.basis or paid.unit != adjusted.unit or paid.name != adjusted.name:
        raise MeasureError("measure.execution_basis")
    dates = {day for m in (paid, adjusted) for day in m.comparison.dates}
    if len(dates) > 1:
        raise MeasureError("measure.mixed_dates", dates=", ".join(sorted(dates)))
    same = _same_programmes(paid, adjusted)
    return ratio(_of_same_programmes(paid, same), _of_same_programmes(adjusted, same)).reset_index()


def _of_same_programmes(measure: Measure, same: pd.Series) -> pd.DataFrame:
    """low · value · high by government, empty where *same* is not true."""
    ends = measure.rows.set_index("government")[ENDS].astype("Float64")
    return ends.loc[same.fillna(False).astype(bool)].reindex(same.index)


def _same_programmes(one: Measure, other: Measure) -> pd.Series:
    """By government: do both amounts speak of the same programmes? Empty where one was not published.

    A government's whole is one thing, by whatever name it is printed.
    """
    sides = [m.comparison.rows.groupby("government")["programme_id"].agg(frozenset).to_dict() for m in (one, other)]
    whole = one.basis.coverage == "government"
    said = {g: whole or sides[0][g] == sides[1][g] if g in sides[0] and g in sides[1] else None for g in one.rows["government"]}
    return pd.Series(said, dtype="boolean").rename_axis("government")

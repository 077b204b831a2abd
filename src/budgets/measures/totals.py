"""Sums of what stands on a basis, and the average of envelopes that bears no other name."""

from dataclasses import replace

import pandas as pd

from budgets.basis import BudgetBasis, several
from budgets.comparison import Comparison
from budgets.errors import MeasureError
from budgets.measures.measure import ENDS, Measure, Note

COLUMNS = ["amount_low_krw", "amount_krw", "amount_high_krw"]


def total(comparison: Comparison) -> Measure:
    """The sum of the rows of each government, in won (nominal).

    Only within one value of every field of the basis. What was published several times (a government's whole under
    coverage ``government``, one programme under any other) is not added: the interval spans the prints, and a note
    says so. A sum of programmes is the sum of what happens to be printed; its caption says so, and nothing may be
    divided by it or ranked.
    Raises `MeasureError` for a mixed basis, for amounts that grow at different dates, and for targets (a firm may be
    counted in two of them).
    """
    if not isinstance(comparison.basis, BudgetBasis):
        raise MeasureError("measure.no_sum_of_targets")
    if comparison.basis.mixed:
        raise MeasureError("measure.mixed", fields=", ".join(comparison.basis.mixed))
    if comparison.mixes_dates:
        raise MeasureError("measure.mixed_dates", dates=", ".join(comparison.dates))
    whole = comparison.basis.coverage == "government"
    rows, notes = [], []
    for government in comparison.basis.governments:
        mine = comparison.rows.loc[comparison.rows["government"] == government]
        printed = mine[["programme_id", *COLUMNS]].set_axis(["programme_id", *ENDS], axis=1)
        same = [printed] if whole and len(printed) else [prints for _, prints in printed.groupby("programme_id")]
        if any(len(prints) > 1 for prints in same):
            n = max(len(prints) for prints in same)
            notes.append(Note("note.spans" if whole else "note.spans_programme", (("government", comparison.tables.name(government)), ("n", n))))
        ends = pd.DataFrame([hull(prints) for prints in same], columns=ENDS, dtype="Int64")
        rows.append({"government": government, **summed(ends), "figures": len(mine), "figure_ids": tuple(mine["figure_id"])})
    if "unknown" in several(comparison.basis.funding):
        notes.append(Note("note.funding_unknown"))
    table = pd.DataFrame(rows, columns=["government", *ENDS, "figures", "figure_ids"])
    return Measure("total", table.astype(dict.fromkeys([*ENDS, "figures"], "Int64")), "KRW", comparison, tuple(notes))


def yearly_average(measure: Measure) -> Measure:
    """The "average per year of the envelope", among envelopes only, under that name. It is not the money of any year.

    Raises `MeasureError` for anything but totals of envelopes.
    """
    if measure.basis.period_kind != "envelope" or measure.basis.envelope_years is None or measure.unit != "KRW":
        raise MeasureError("measure.average_needs_envelope")
    first, last = measure.basis.envelope_years
    rows = measure.rows.copy()
    for end in ENDS:
        rows[end] = rows[end].astype("Float64") / (last - first + 1)
    note = Note("note.average", (("first", first), ("last", last)))
    return replace(measure, name="yearly_average", rows=rows, unit="KRW/year", notes=(*measure.notes, note))


def summed(ends: pd.DataFrame) -> dict[str, object]:
    """The sum of intervals. An open end or a range leaves the sum open, too: one unknown makes the whole unknown."""
    return {end: None if ends.empty or ends[end].isna().any() else ends[end].sum() for end in ENDS}


def hull(ends: pd.DataFrame) -> dict[str, object]:
    """The interval that spans all of these (at least one); its value only where they print the same."""
    closed = {end: not ends[end].isna().any() for end in ENDS}
    value = ends["value"].iloc[0] if closed["value"] and ends["value"].nunique() == 1 else None
    return {"low": ends["low"].min() if closed["low"] else None, "value": value, "high": ends["high"].max() if closed["high"] else None}

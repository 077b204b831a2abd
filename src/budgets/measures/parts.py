"""Printed totals against the sum of their parts."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from budgets.measures.measure import ENDS
from budgets.measures.totals import summed
from budgets.tables import Tables

FINDINGS = ("above", "below", "partial", "fits")
"""What may be found, faults first."""


def parts_against_totals(tables: Tables) -> pd.DataFrame:
    """Printed totals against the sum of their parts: whole_id · parts · unit · sum_low, sum_value, sum_high · whole_low,
    whole_value, whole_high · complete (a ruling says that every part is on file) · finding (one of `FINDINGS`).

    ``fits``: the intervals meet · ``above``: the parts exceed the total · ``below``: all parts are on file, and stay
    below the total all the same · ``partial``: they stay below it, and some may not be named. Parts and whole must
    share unit and, for money, nature.
    """
    budgets = tables.budgets.rename(columns={"amount_low_krw": "low", "amount_krw": "value", "amount_high_krw": "high", "nature": "what"})
    targets = tables.targets.rename(columns={"value_low": "low", "value_high": "high", "indicator": "what"})
    columns = ["figure_id", "unit", "what", *ENDS]
    figures = pd.concat([t[columns].astype(dict.fromkeys(ENDS, "Float64")) for t in (budgets, targets)])
    rulings = tables.figure_rulings
    # A part that repeats another or was replaced is counted once.
    again = rulings.loc[rulings["ruling"].isin(["same_as", "superseded_by"]), "figure_id"]
    named = rulings.loc[(rulings["ruling"] == "part_of") & ~rulings["figure_id"].isin(again), ["figure_id", "other_figure_id"]]
    pairs = named.merge(figures, on="figure_id").merge(figures.add_prefix("whole_"), left_on="other_figure_id", right_on="whole_figure_id")
    pairs = pairs.loc[(pairs["unit"] == pairs["whole_unit"]) & (pairs["what"] == pairs["whole_what"])]
    complete = set(rulings.loc[rulings["ruling"] == "parts_complete", "figure_id"])
    rows = []
    for whole_id, parts in pairs.groupby("other_figure_id"):
        whole = {column: parts[f"whole_{column}"].iloc[0] for column in ("unit", *ENDS)}
        sums = summed(parts)
        row = {"whole_id": whole_id, "parts": tuple(sorted(parts["figure_id"])), "unit": whole["unit"], "complete": whole_id in complete}
        row |= {f"sum_{end}": sums[end] for end in ENDS} | {f"whole_{end}": whole[end] for end in ENDS}
        rows.append(row | {"finding": _finding(sums, whole, whole_id in complete)})
    names = ["whole_id", "parts", "unit", *(f"{side}_{end}" for side in ("sum", "whole") for end in ENDS), "complete", "finding"]
    return pd.DataFrame(rows, columns=names).sort_values("whole_id", ignore_index=True)


def _finding(sums: Mapping[str, Any], whole: Mapping[Any, Any], complete: bool) -> str:
    low, high = sums["low"], sums["high"]
    if low is not None and pd.notna(whole["high"]) and low > whole["high"]:
        return "above"
    if high is not None and pd.notna(whole["low"]) and high < whole["low"]:
        return "below" if complete else "partial"
    return "fits"

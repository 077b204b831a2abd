"""Figures that say something else than a figure on file about the same thing, and that no ruling relates to it."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd

from budgets.intake.rows import Row
from budgets.rows import each
from budgets.sources.workbooks.faults import CellFault

SAME = {
    "budgets": ["programme_id", "nature", "period_kind", "period_start", "period_end", "phase", "phase_round", "funding", "unit"],
    "targets": ["programme_id", "indicator", "phase", "extent", "period_kind", "period_start", "period_end", "as_of"],
}
"""What two figures share when they state the same thing."""
Figure = Mapping[str, Any]
SHOWN = 5
"""Figures that are shown beside a new one."""
ENOUGH = 200
"""Figures of one group that a new one is held against."""
ENDS = {"budgets": ("amount_low_krw", "amount_high_krw"), "targets": ("value_low", "value_high")}


def contradictions(
    tables: Mapping[str, pd.DataFrame], figure_rulings: pd.DataFrame, new: Mapping[str, Row], faulty: Collection[str]
) -> tuple[list[CellFault], list[CellFault]]:
    """(faults, notes) of the *new* figures (by identifier): other values, and the same value once more.

    *tables* and *figure_rulings* hold the new rows, too; those in *faulty* are not looked at. Where the period or the
    phase is not known nothing can be said.
    """
    related = _Related(figure_rulings)
    faults, notes = [], []
    for name, same in SAME.items():
        for group in _groups(tables[name].loc[~tables[name]["figure_id"].isin(list(faulty))], same, new):
            reach = [_reach(row, *ENDS[name]) for row in group]
            for n, row in enumerate(group):
                mine = new.get(row["figure_id"])
                if mine is None or row["figure_id"] in related.withdrawn:
                    continue
                apart, alike = list[Figure](), list[Figure]()
                # A new figure is held against what is on file and against the new ones above it.
                for k, other in enumerate(group[:ENOUGH]):
                    if k == n or (k > n and other["figure_id"] in new) or other["figure_id"] in related.withdrawn:
                        continue
                    far = reach[n][0] > reach[k][1] or reach[k][0] > reach[n][1]
                    if (far or other["as_printed"] == row["as_printed"]) and not related.tied(row["figure_id"], other["figure_id"]):
                        (apart if far else alike).append(other)
                    if len(apart) > SHOWN:
                        break
                if apart:
                    faults.append(_said(mine, "intake.fault.contradiction", apart, new))
                elif alike:
                    notes.append(_said(mine, "intake.fault.same_value", alike, new))
    return faults, notes


class _Related:
    """Which figures rulings tie together, directly or through others, and which are withdrawn."""

    def __init__(self, rulings: pd.DataFrame) -> None:
        self._root: dict[str, str] = {}
        self.withdrawn: set[str] = set()
        for figure, ruling, other in zip(rulings["figure_id"], rulings["ruling"], rulings["other_figure_id"], strict=True):
            if pd.isna(other) or other == "":
                if ruling == "not_comparable":
                    self.withdrawn.add(figure)
            else:
                self._root[self._find(figure)] = self._find(other)

    def tied(self, a: str, b: str) -> bool:
        return self._find(a) == self._find(b)

    def _find(self, one: str) -> str:
        while (above := self._root.get(one, one)) != one:
            self._root[one] = self._root.get(above, above)  # long chains become short
            one = above
        return one


def _groups(table: pd.DataFrame, same: list[str], new: Mapping[str, Row]) -> Iterator[list[Figure]]:
    """The figures that state the same thing, where at least one is new and another there."""
    known = table.loc[(table["period_kind"] != "unknown") & (table["phase"] != "unknown")]
    if "as_of" in same:
        known = pd.concat([known, table.loc[(table["period_kind"] == "unknown") & table["as_of"].notna()]])
    programmes = {new[f].record["programme_id"] for f in new if "programme_id" in new[f].record}
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for row in each(known.loc[known["programme_id"].isin(programmes)]):
        groups[tuple("" if pd.isna(row[c]) else row[c] for c in same)].append(row)
    yield from (group for group in groups.values() if len(group) > 1 and any(row["figure_id"] in new for row in group))


def _reach(row: Figure, low: str, high: str) -> tuple[float, float]:
    """The interval of a figure; an open end reaches everywhere."""
    return (-math.inf if pd.isna(row[low]) else row[low], math.inf if pd.isna(row[high]) else row[high])


def _said(row: Row, rule: str, others: list[Figure], new: Mapping[str, Row]) -> CellFault:
    shown = [f"‘{o['as_printed']}’ ({new[o['figure_id']].named if o['figure_id'] in new else o['figure_id']}, {o['source_id']})" for o in others[:SHOWN]]
    return row.entry.fault("as_printed", rule, {"beside": "; ".join(shown) + (" …" if len(others) > SHOWN else ""), "row": row.named})

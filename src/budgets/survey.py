"""A survey of what was published: who, when, and on how many bases two governments stand together."""

from collections.abc import Sequence
from functools import lru_cache

import pandas as pd

from budgets.comparison.differing import columns, on_basis
from budgets.comparison.own import budget_bases
from budgets.tables import Tables

FIELDS = ["fiscal_year", "envelope_years", "period_kind", "phase", "scope", "funding", "coverage", "level"]


def comparable_pairs(tables: Tables, governments: Sequence[str]) -> pd.DataFrame:
    """The bases on which two or more of these governments stand: the fields of the basis · governments · figure_ids.

    This is the whole of what may be compared among the published amounts.
    """
    return _pairs(tables.origin, tuple(governments)).copy()


@lru_cache(maxsize=8)
def _pairs(tables: Tables, governments: tuple[str, ...]) -> pd.DataFrame:
    taken = columns(tables, "money").figures[["government", "figure_id"]]
    found = []
    for basis in budget_bases(tables, governments):
        here = taken.iloc[on_basis(tables, basis)]
        present = tuple(g for g in governments if g in set(here["government"]))
        if len(present) >= 2:
            found.append({name: getattr(basis, name) for name in FIELDS} | {"governments": present, "figure_ids": tuple(here["figure_id"])})
    return pd.DataFrame(found, columns=[*FIELDS, "governments", "figure_ids"])


def coverage(tables: Tables, governments: Sequence[str], first_year: int, last_year: int) -> pd.DataFrame:
    """`published`, and ``comparable``: how many of the figures stand beside another government's on one basis."""
    beside = {f for ids in comparable_pairs(tables, governments)["figure_ids"] for f in ids}
    cells = published(tables, governments, first_year, last_year)
    comparable = [sum(figure in beside for figure in ids) for ids in cells["figure_ids"]]
    cells.insert(cells.columns.get_loc("figure_ids"), "comparable", comparable)  # type: ignore[arg-type]
    return cells


def published(tables: Tables, governments: Sequence[str], first_year: int, last_year: int) -> pd.DataFrame:
    """One row per government and year: government · year · figures · annual (those of one year) · whole (of
    these, the whole government's AI) · figure_ids.

    A figure counts in the years its period touches. Nothing published is a row with 0 figures, which is a gap, not
    zero won.
    """
    rows = tables.judged_budgets
    rows = rows.loc[rows["government"].isin(governments) & (rows["nature"] == "budget")]
    # A period with one end printed touches at least the year of that end.
    start = rows["period_start"].fillna(rows["period_end"]).dt.year.to_numpy()
    end = rows["period_end"].fillna(rows["period_start"]).dt.year.to_numpy()
    annual = (rows["period_kind"] != "envelope").to_numpy()
    whole = ((rows["coverage"] == "government") & rows["scope"].isin(["ai_core", "ai_broad"]) & (rows["reliability"] != "unsourced")).to_numpy()
    publisher, ids = rows["government"].to_numpy(dtype=object), rows["figure_id"].to_numpy(dtype=object)
    cells = []
    for government in governments:
        mine = publisher == government
        for year in range(first_year, last_year + 1):
            here = mine & (start <= year) & (end >= year)
            cells.append(
                {
                    "government": government,
                    "year": year,
                    "figures": int(here.sum()),
                    "annual": int((here & annual).sum()),
                    "whole": int((here & annual & whole).sum()),
                    "figure_ids": tuple(ids[here]),
                }
            )
    return pd.DataFrame(cells, columns=["government", "year", "figures", "annual", "whole", "figure_ids"])

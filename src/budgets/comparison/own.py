"""The basis a figure was printed on: what may be held equal when others are put beside it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from budgets.basis import BudgetBasis, TargetBasis
from budgets.comparison.differing import Basis, Kind
from budgets.rows import each
from budgets.tables import Tables

PERIOD_UNKNOWN, NOT_RULED = "period unknown", "scope not ruled"
Missing = tuple[str, ...]


def own_basis(kind: Kind, row: Mapping[str, Any], governments: Sequence[str]) -> tuple[Basis | None, Missing]:
    """The basis of a judged row among *governments*; without one, the reasons: what is not known about it."""
    return _of_amount(row, governments) if kind == "money" else _of_value(row, governments)


def budget_bases(tables: Tables, governments: Sequence[str]) -> Iterator[BudgetBasis]:
    """Every basis that an amount of these governments was printed on, each once, in order of `figure_id`; also where a
    ruling, its nature or its unit keeps the amount out."""
    rows = _of(governments, tables.judged_budgets.sort_values("figure_id"))
    return iter(dict.fromkeys(basis for row in rows if (basis := _of_amount(row, governments)[0]) is not None))


def target_bases(tables: Tables, governments: Sequence[str]) -> Iterator[TargetBasis]:
    """Every basis that a value of an indicator was printed on, each once, in the order of the table."""
    rows = _of(governments, tables.judged_targets)
    return iter(dict.fromkeys(basis for row in rows if (basis := _of_value(row, governments)[0]) is not None))


def _of(governments: Sequence[str], figures: pd.DataFrame) -> list[dict[str, Any]]:
    return each(figures.loc[figures["government"].isin(governments)])


def _of_amount(row: Mapping[str, Any], governments: Sequence[str]) -> tuple[BudgetBasis | None, Missing]:
    start, end = row["period_start"], row["period_end"]
    missing = _missing(row["period_kind"] == "unknown" or pd.isna(start) or pd.isna(end), row["scope"])
    if missing:
        return None, missing
    period = {"envelope_years": (start.year, end.year)} if row["period_kind"] == "envelope" else {"fiscal_year": start.year}
    names = ("period_kind", "phase", "scope", "funding", "coverage", "level")
    return BudgetBasis(**period, **{name: row[name] for name in names}, governments=tuple(governments)), ()


def _of_value(row: Mapping[str, Any], governments: Sequence[str]) -> tuple[TargetBasis | None, Missing]:
    start, end, day = row["period_start"], row["period_end"], row["as_of"]
    undated = pd.isna(day)
    missing = _missing(undated and pd.isna(end), row["coverage"])
    if missing:
        return None, missing
    # A count since a date belongs to the date it was taken, however long it runs.
    spans = undated and not pd.isna(start) and start.year != end.year and row["extent"] != "cumulative"
    period = {"envelope_years": (start.year, end.year)} if spans else {"fiscal_year": end.year} if undated else {"as_of": day}
    names = ("indicator", "phase", "extent", "coverage", "level")
    return TargetBasis(**period, **{name: row[name] for name in names}, governments=tuple(governments)), ()


def _missing(period_unknown: object, ruled: Any) -> Missing:
    missing = {PERIOD_UNKNOWN: bool(period_unknown), NOT_RULED: bool(pd.isna(ruled))}
    return tuple(reason for reason, applies in missing.items() if applies)

"""In what the figures of a table differ from a basis: for each reason a mask over all of them.

The columns that a basis speaks of are taken apart once a table, so that every basis on file can be tried in moments.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from budgets import vocabulary as v
from budgets.basis import BudgetBasis, TargetBasis, several
from budgets.comparison.reasons import GROWING, REASONS
from budgets.tables import Tables

Mask = npt.NDArray[np.bool_]
Basis = BudgetBasis | TargetBasis
Masks = dict[str, Mask]
Kind = Literal["money", "indicators"]
RULINGS = ("same_as", "superseded_by", "not_comparable")


class Columns:
    """The judged figures of a table: codes as categories, periods as years (NaN where nothing was printed)."""

    def __init__(self, figures: pd.DataFrame, tables: Tables) -> None:
        self.figures = figures
        self.ids: list[str] = figures["figure_id"].tolist()
        self.start = _years(figures["period_start"])
        self.end = _years(figures["period_end"])
        self.end_day = figures["period_end"].to_numpy(dtype="datetime64[D]")
        self.ruled = {ruling: self._ruled(tables, ruling) for ruling in RULINGS}
        self._codes: dict[str, tuple[npt.NDArray[np.intp], pd.Index]] = {}

    def among(self, name: str, codes: Iterable[object]) -> Mask:
        """Whose *name* is one of *codes*; an empty cell is none of them."""
        places, known = self._taken_apart(name)
        # One more place, reached by the code -1 of an empty cell.
        wanted = set(codes)
        return np.array([*(code in wanted for code in known), False], dtype=bool)[places]

    def given(self, name: str) -> Mask:
        return self._taken_apart(name)[0] >= 0

    def _taken_apart(self, name: str) -> tuple[npt.NDArray[np.intp], pd.Index]:
        if name not in self._codes:
            self._codes[name] = pd.factorize(self.figures[name])
        return self._codes[name]

    def _ruled(self, tables: Tables, ruling: str) -> Mask:
        rulings = tables.figure_rulings
        named = set(rulings.loc[rulings["ruling"] == ruling, "figure_id"])
        return np.array([figure in named for figure in self.ids], dtype=bool)


def columns(tables: Tables, kind: Kind) -> Columns:
    """The columns of the amounts (``money``) or of the indicators' values (``indicators``)."""
    return _columns(tables.origin, kind)


@lru_cache(maxsize=16)
def _columns(tables: Tables, kind: Kind) -> Columns:
    return Columns(tables.judged_budgets if kind == "money" else tables.judged_targets, tables)


def kind_of(basis: Basis) -> Kind:
    return "money" if isinstance(basis, BudgetBasis) else "indicators"


def differing(tables: Tables, basis: Basis) -> tuple[Masks, list[str | None]]:
    """Reason → mask, in the order of `REASONS`; and of each figure the outermost whole it is a part of in this
    comparison, if there is one."""
    kind = kind_of(basis)
    taken = columns(tables, kind)
    own = _money(taken, basis) if isinstance(basis, BudgetBasis) else _indicators(taken, basis)
    masks = own | {
        "same as": taken.ruled["same_as"],
        "superseded by": taken.ruled["superseded_by"],
        "unsourced": taken.among("reliability", ["unsourced"]),
        "not comparable": taken.ruled["not_comparable"],
    }
    containers = tables.origin.money_wholes if kind == "money" else tables.origin.target_wholes
    aside = np.logical_or.reduce(list(masks.values()))
    standing = {figure for figure, out in zip(taken.ids, aside.tolist(), strict=True) if not out}
    # A figure is set aside as part of another only while the whole stands here; the outermost whole always does.
    holders = [_outermost(containers[figure] & standing, containers) for figure in taken.ids]
    masks["part of"] = np.array([holder is not None for holder in holders], dtype=bool)
    return {reason: masks[reason] for reason in REASONS if reason in masks}, holders


def on_basis(tables: Tables, basis: Basis) -> list[int]:
    """The places, in `columns`, of the figures that stand on a basis."""
    masks, _ = differing(tables, basis)
    found: list[int] = np.flatnonzero(~np.logical_or.reduce(list(masks.values()))).tolist()
    return found


def _money(figures: Columns, basis: BudgetBasis) -> Masks:
    start, end = figures.start, figures.end
    envelope, given = figures.among("period_kind", ["envelope"]), figures.given("scope")
    return _who(figures, basis) | {
        "other year": _other_year(start, end, basis),
        "other period kind": ~figures.among("period_kind", several(basis.period_kind)),
        "other envelope years": _other_span(envelope, start, end, basis.envelope_years),
        "period unknown": figures.among("period_kind", ["unknown"]) | np.isnan(start) | np.isnan(end),
        "other phase": ~figures.among("phase", several(basis.phase)),
        "other scope": given & ~figures.among("scope", several(basis.scope)),
        "scope not ruled": ~given,
        "other funding": ~figures.among("funding", several(basis.funding)),
        "other coverage": ~figures.among("coverage", several(basis.coverage)),
        "other snapshot": _other_snapshot(figures, basis),
        "not a budget": ~figures.among("nature", ["budget"]),
        "rate, not total": ~figures.among("unit", ["KRW"]),
    }


def _indicators(figures: Columns, basis: TargetBasis) -> Masks:
    day = figures.figures["as_of"].to_numpy(dtype="datetime64[D]")
    undated = np.isnat(day)
    dated = np.where(undated, figures.end_day, day)
    start, end = figures.start, np.where(undated, figures.end, _years(figures.figures["as_of"]))
    # A count since a date belongs to the date it was taken, however long it runs.
    spans = undated & (start != end) & ~np.isnan(start) & ~figures.among("extent", ["cumulative"])
    given = figures.given("scope")
    ruled_scopes_only = set(several(basis.scope)) != set(v.SCOPES)
    return _who(figures, basis) | {
        "other year": _other_date(dated, start, end, spans, basis),
        "other period kind": spans != (basis.envelope_years is not None),
        "other envelope years": _other_span(spans, start, end, basis.envelope_years),
        "period unknown": np.isnat(dated),
        "other phase": figures.among("phase", ["actual"]) & (basis.phase == "target"),
        "other scope": given & ~figures.among("scope", several(basis.scope)),
        "scope not ruled": ~given & ruled_scopes_only,
        "other coverage": ~figures.among("coverage", several(basis.coverage)),
        "target, not actual": figures.among("phase", ["target"]) & (basis.phase == "actual"),
        "other indicator": ~figures.among("indicator", several(basis.indicator)),
        "other extent": ~figures.among("extent", several(basis.extent)),
    }


def _who(figures: Columns, basis: Basis) -> Masks:
    return {
        "other government": ~figures.among("government", basis.governments),
        "other level": ~figures.among("level", several(basis.level)),
    }


def _other_year(start: Any, end: Any, basis: BudgetBasis) -> Mask:
    """The period is known and does not touch the year (or the span) of the basis."""
    years = _years_of(basis)
    if not years:
        return np.zeros(len(start), dtype=bool)
    outside: Mask = np.asarray((end < min(years)) | (start > max(years)))
    if basis.fiscal_year is not None:
        outside |= (start == end) & ~np.isin(start, years)
    return outside


def _other_date(dated: Any, start: Any, end: Any, spans: Mask, basis: TargetBasis) -> Mask:
    known = ~np.isnat(dated)
    if basis.as_of is not None:
        another: Mask = known & (dated != np.datetime64(basis.as_of))
        return another
    years = _years_of(basis)
    touches = (np.where(spans, start, end) <= max(years)) & (end >= min(years))
    fits = touches & (spans | np.isin(end, years) | (basis.envelope_years is not None))
    outside: Mask = known & ~fits
    return outside


def _years_of(basis: Basis) -> list[int]:
    return [year for year in several(basis.fiscal_year) if year is not None] + list(basis.envelope_years or ())


def _other_span(envelope: Mask, start: Any, end: Any, wanted: tuple[int, int] | None) -> Mask:
    if wanted is None:
        return np.zeros(len(start), dtype=bool)
    known = ~np.isnan(start) & ~np.isnan(end)
    differs: Mask = envelope & known & ((start != wanted[0]) | (end != wanted[1]))
    return differs


def _other_snapshot(figures: Columns, basis: BudgetBasis) -> Mask:
    """Amounts that grow to a date (paid, adjusted) are compared at one date only."""
    if basis.snapshot is None:
        return np.zeros(len(figures.ids), dtype=bool)
    differs: Mask = figures.among("phase", GROWING) & (figures.end_day != np.datetime64(basis.snapshot))
    return differs


def _outermost(holders: set[str], containers: dict[str, set[str]]) -> str | None:
    outer = sorted(h for h in holders if not (containers[h] & holders))
    return outer[0] if outer else None


def _years(days: pd.Series) -> npt.NDArray[np.float64]:
    years: npt.NDArray[np.float64] = days.dt.year.to_numpy(dtype="float64", na_value=np.nan)
    return years

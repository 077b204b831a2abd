"""Which figures stand on a basis, and the first reason of the others. A basis only selects."""

from typing import Any

import pandas as pd

from budgets import vocabulary as v
from budgets.basis import BudgetBasis, TargetBasis, several
from budgets.comparison.comparison import Comparison
from budgets.comparison.reasons import GROWING, REASONS
from budgets.errors import BasisError, unknown_name
from budgets.tables import Tables

Mask = pd.Series


def compare_budgets(tables: Tables, basis: BudgetBasis) -> Comparison:
    """The published amounts that stand on *basis*, and all others with their reasons.

    Raises `BasisError` for another kind of basis and for a government that is not in the tables.
    """
    _refuse_other_basis(basis, BudgetBasis)
    figures = tables.judged_budgets
    start, end = figures["period_start"].dt.year, figures["period_end"].dt.year
    envelope = figures["period_kind"] == "envelope"
    tests: list[tuple[str, Mask]] = [
        *_who(figures, basis),
        ("other year", _other_year(figures, start, end, basis)),
        ("other period kind", ~figures["period_kind"].isin(several(basis.period_kind))),
        ("other envelope years", _differs(envelope, start, end, basis.envelope_years)),
        ("period unknown", (figures["period_kind"] == "unknown") | start.isna() | end.isna()),
        ("other phase", ~figures["phase"].isin(several(basis.phase))),
        ("other scope", figures["scope"].notna() & ~figures["scope"].isin(several(basis.scope))),
        ("scope not ruled", figures["scope"].isna()),
        ("other funding", ~figures["funding"].isin(several(basis.funding))),
        ("other coverage", ~figures["coverage"].isin(several(basis.coverage))),
        ("other snapshot", _other_snapshot(figures, basis)),
        ("not a budget", figures["nature"] != "budget"),
        ("rate, not total", figures["unit"] != "KRW"),
    ]
    return _compare(tables, basis, figures, tests, tables.money_wholes)


def compare_targets(tables: Tables, basis: TargetBasis) -> Comparison:
    """The published values of an indicator that stand on *basis*, and all others with their reasons.

    Raises `BasisError` for another kind of basis and for a government or an indicator that is not in the tables.
    """
    _refuse_other_basis(basis, TargetBasis)
    known = tables.indicators["indicator"]
    for indicator in several(basis.indicator):
        if indicator not in set(known):
            raise unknown_name("indicator", indicator, known)
    figures = tables.judged_targets
    dated = figures["as_of"].where(figures["as_of"].notna(), figures["period_end"])
    start, end = figures["period_start"].dt.year, dated.dt.year
    # A count since a date belongs to the date it was taken, however long it runs.
    spans = figures["as_of"].isna() & (start != end) & start.notna() & (figures["extent"] != "cumulative")
    tests: list[tuple[str, Mask]] = [
        *_who(figures, basis),
        ("other year", _other_date(dated, start, end, spans, basis)),
        ("other period kind", spans != (basis.envelope_years is not None)),
        ("other envelope years", _differs(spans, start, end, basis.envelope_years)),
        ("period unknown", dated.isna()),
        ("other phase", (figures["phase"] == "actual") & (basis.phase == "target")),
        ("other scope", figures["scope"].notna() & ~figures["scope"].isin(several(basis.scope))),
        ("scope not ruled", figures["scope"].isna() & (set(several(basis.scope)) != set(v.SCOPES))),
        ("other coverage", ~figures["coverage"].isin(several(basis.coverage))),
        ("target, not actual", (figures["phase"] == "target") & (basis.phase == "actual")),
        ("other indicator", ~figures["indicator"].isin(several(basis.indicator))),
        ("other extent", ~figures["extent"].isin(several(basis.extent))),
    ]
    return _compare(tables, basis, figures, tests, tables.target_wholes)


def _refuse_other_basis(basis: object, wanted: type) -> None:
    if not isinstance(basis, wanted):
        verb = "compare_budgets" if wanted is BudgetBasis else "compare_targets"
        raise BasisError("basis.kind", verb=verb, wanted=wanted.__name__, given=type(basis).__name__)


def _who(figures: pd.DataFrame, basis: BudgetBasis | TargetBasis) -> list[tuple[str, Mask]]:
    return [
        ("other government", ~figures["government"].isin(basis.governments)),
        ("other level", ~figures["level"].isin(several(basis.level))),
    ]


def _other_year(figures: pd.DataFrame, start: pd.Series, end: pd.Series, basis: BudgetBasis) -> Mask:
    """The period is known and does not touch the year (or the span) of the basis."""
    years = [y for y in several(basis.fiscal_year) if y is not None] + list(basis.envelope_years or ())
    if not years:
        return pd.Series(False, index=figures.index)
    before, after = (end < min(years)).fillna(False), (start > max(years)).fillna(False)
    outside: Mask = before | after
    if basis.fiscal_year is not None:
        one_year = (start == end).fillna(False)
        outside |= one_year & ~start.isin(years)
    result: Mask = outside.astype(bool)
    return result


def _other_date(dated: pd.Series, start: pd.Series, end: pd.Series, spans: Mask, basis: TargetBasis) -> Mask:
    if basis.as_of is not None:
        return dated.notna() & (dated != pd.Timestamp(basis.as_of))
    years = [y for y in several(basis.fiscal_year) if y is not None] + list(basis.envelope_years or ())
    touches = (start.where(spans, end) <= max(years)) & (end >= min(years))
    result: Mask = dated.notna() & ~(touches & (spans | end.isin(years) | (basis.envelope_years is not None)))
    return result


def _differs(envelope: Mask, start: pd.Series, end: pd.Series, wanted: tuple[int, int] | None) -> Mask:
    if wanted is None:
        return pd.Series(False, index=envelope.index)
    known = start.notna() & end.notna()
    return envelope & known & ((start != wanted[0]) | (end != wanted[1]))


def _other_snapshot(figures: pd.DataFrame, basis: BudgetBasis) -> Mask:
    """Amounts that grow to a date (paid, adjusted) are compared at one date only."""
    if basis.snapshot is None:
        return pd.Series(False, index=figures.index)
    return figures["phase"].isin(GROWING) & (figures["period_end"] != pd.Timestamp(basis.snapshot))


def _compare(
    tables: Tables,
    basis: BudgetBasis | TargetBasis,
    figures: pd.DataFrame,
    tests: list[tuple[str, Mask]],
    containers: dict[str, set[str]],
) -> Comparison:
    known = set(tables.governments["government"])
    for government in basis.governments:
        if government not in known:
            raise unknown_name("governments", government, known)
    rulings = {r: _ruled(tables, r) for r in ("same_as", "superseded_by", "not_comparable")}
    later: list[tuple[str, Mask]] = [
        ("same as", figures["figure_id"].isin(rulings["same_as"].index)),
        ("superseded by", figures["figure_id"].isin(rulings["superseded_by"].index)),
        ("unsourced", figures["reliability"] == "unsourced"),
        ("not comparable", figures["figure_id"].isin(rulings["not_comparable"].index)),
    ]
    applies = pd.DataFrame(dict([*tests, *later])).fillna(False).astype(bool)
    standing = set(figures.loc[~applies.any(axis=1), "figure_id"])
    # A figure is set aside as part of another only while the whole stands here; the outermost whole always does.
    holder = figures["figure_id"].map(lambda f: _outermost(containers[f] & standing, containers))
    applies["part of"] = holder.notna()
    applies = applies[[r for r in REASONS if r in applies.columns]]

    aside = applies.any(axis=1)
    code = applies.idxmax(axis=1).where(aside)
    others = _others(figures, code, holder, rulings)
    set_aside = figures.assign(reason=_in_full(code, others), reason_code=code, **others, misses=applies.sum(axis=1)).loc[aside]
    set_aside["differs"] = [" · ".join(applies.columns[row]) for row in applies.loc[aside].to_numpy()]
    return Comparison(basis, figures.loc[~aside].reset_index(drop=True), set_aside.reset_index(drop=True), tables)


def _ruled(tables: Tables, ruling: str) -> pd.DataFrame:
    some = tables.figure_rulings.loc[tables.figure_rulings["ruling"] == ruling]
    return some.drop_duplicates("figure_id").set_index("figure_id")


def _outermost(holders: set[str], containers: dict[str, set[str]]) -> str | None:
    outer = sorted(h for h in holders if not (containers[h] & holders))
    return outer[0] if outer else None


def _others(figures: pd.DataFrame, code: pd.Series, holder: pd.Series, rulings: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """The other figure a reason speaks of, and the ruling's sentence."""
    said = {r.replace("_", " "): table.to_dict("index") for r, table in rulings.items()}
    other: list[str | None] = []
    why: list[str | None] = []
    for figure, reason, whole in zip(figures["figure_id"], code, holder, strict=True):
        ruling = said.get(reason, {}).get(figure, {})
        value = whole if reason == "part of" else ruling.get("other_figure_id")
        other.append(None if pd.isna(value) else str(value))
        why.append(ruling.get("reason"))
    return {"other_figure_id": other, "why": why}


def _in_full(code: pd.Series, others: dict[str, Any]) -> Any:
    full: list[str | None] = []
    for reason, other, why in zip(code, others["other_figure_id"], others["why"], strict=True):
        if pd.isna(reason):
            full.append(None)
        elif reason == "not comparable":
            full.append(f"{reason}: {why}")
        else:
            full.append(f"{reason} {other}" if other else str(reason))
    return full

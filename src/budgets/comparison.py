"""The figures that stand on one stated basis, and those set aside, each with its reason.

Every figure is compared or set aside: both sets together are the input, always. The first reason that applies, in
the order of `REASONS`, is given. No arithmetic here.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from budgets import vocabulary as v
from budgets.basis import BudgetBasis, Several, TargetBasis, several, unknown_name
from budgets.tables import Tables
from budgets.words import text

REASONS = (
    "other government",
    "other level",
    "other year",
    "other period kind",
    "other envelope years",
    "period unknown",
    "other phase",
    "other scope",
    "scope not ruled",
    "other funding",
    "other coverage",
    "other snapshot",
    "not a budget",
    "rate, not total",
    "target, not actual",
    "other indicator",
    "other extent",
    "part of",
    "same as",
    "superseded by",
    "unsourced",
    "not comparable",
)
"""Why a figure may be set aside, in the order in which the reasons are tried."""

RULED_OUT = {"part of", "same as", "superseded by", "unsourced", "not comparable"}
"""The reasons that are rulings: the figure does stand on the basis, and is kept out all the same."""
Mask = pd.Series


@dataclass(frozen=True)
class Comparison:
    """What of a table stands on one basis.

    ``rows`` and ``set_aside`` carry the figure's columns and government, level, scope, coverage, parent, reliability;
    ``set_aside`` also ``reason`` (in full, e.g. ``part of gwangju-…``), ``reason_code`` (one of `REASONS`),
    ``other_figure_id`` and ``why`` (the ruling's sentence), and ``misses`` (how many reasons apply to the row).
    Rows are in the official order of governments.
    """

    basis: BudgetBasis | TargetBasis
    rows: pd.DataFrame
    set_aside: pd.DataFrame
    tables: Tables

    @property
    def missing(self) -> Several:
        """The governments of the basis without a row. Nothing published is a gap, not zero."""
        return tuple(g for g in self.basis.governments if g not in set(self.rows["government"]))

    @property
    def present(self) -> Several:
        """The governments of the basis with at least one row."""
        return tuple(g for g in self.basis.governments if g in set(self.rows["government"]))

    @property
    def withheld(self) -> Several:
        """The governments without a row that did publish on this basis: only a ruling keeps their figures out."""
        only = self.set_aside["differs"].map(lambda reasons: bool(reasons) and set(reasons.split(" · ")) <= RULED_OUT)
        ruled = set(self.set_aside.loc[only.astype(bool), "government"])
        return tuple(g for g in self.missing if g in ruled)

    @property
    def is_race(self) -> bool:
        """May the rows stand on one axis of bars: one basis, at least two governments on it, and not sums of whatever
        programmes happened to be printed."""
        return not self.basis.mixed and not self.speaks_of_parts and len(self.present) >= 2

    @property
    def speaks_of_parts(self) -> bool:
        """Are these amounts of programmes, plans or bodies, and not of whole governments?

        Then their sums are sums of what happened to be printed, and say nothing of a government's size.
        """
        return isinstance(self.basis, BudgetBasis) and several(self.basis.coverage) != ("government",)

    def caption(self, language: str = "ko") -> str:
        """The basis in words, and what must be said about it: one line for the head of a chart or table."""
        parts = [self.basis.describe(language)]
        if isinstance(self.basis, BudgetBasis) and "unknown" in several(self.basis.funding):
            parts.append(text("verdict.funding_unknown", language))
        if self.speaks_of_parts:
            parts.append(self._parts_warning(language))
        return " — ".join([parts[0], " ".join(parts[1:])]) if parts[1:] else parts[0]

    def verdict(self, language: str = "ko") -> str:
        """The answer and its limits in a sentence or two: who can be compared, who is missing, how much was set aside."""
        names = {g: self.tables.name(g, language) for g in self.basis.governments}
        present = _listed([names[g] for g in self.present], language)
        silent = [names[g] for g in self.missing if g not in self.withheld]
        missing = _listed(silent, language)
        if self.basis.mixed:
            mixed = ", ".join(text(f"field.{name}", language) for name in self.basis.mixed)
            return text("verdict.mixed", language, mixed=mixed)
        key = "none" if not self.present else "alone" if len(self.present) == 1 else "some" if silent else "all"
        if len(self.basis.governments) == 1 and key == "alone":
            key = "one"
        if len(self.present) > 1 and self.speaks_of_parts:
            key = "parts"
        elif len(self.present) > 1 and isinstance(self.basis, TargetBasis) and self.basis.coverage != "government":
            key = "indicators"
        if self.withheld and key == "none":
            key = "only_withheld"
        elif key == "alone" and not silent:
            key = "one"
        sentences = [text(f"verdict.{key}", language, present=present, missing=missing)]
        if self.speaks_of_parts and self.present:
            sentences.append(self._parts_warning(language))
        if silent and key in ("parts", "indicators"):
            sentences.append(text("verdict.silent", language, missing=missing))
        if self.withheld:
            sentences.append(text("verdict.withheld", language, names=_listed([names[g] for g in self.withheld], language)))
        return " ".join(sentences)

    def _parts_warning(self, language: str) -> str:
        named = "·".join(v.label("coverage", c, language) for c in several(self.basis.coverage))
        return text("verdict.programmes", language, coverage=named)

    def sources(self) -> pd.DataFrame:
        """The sources of the rows, one line each, in order of `source_id`."""
        used = self.tables.sources["source_id"].isin(self.rows["source_id"])
        return self.tables.sources.loc[used].reset_index(drop=True)

    def reasons(self) -> pd.Series:
        """How many figures were set aside for each reason, in the order of `REASONS`."""
        counts = self.set_aside["reason_code"].value_counts()
        return counts.reindex([r for r in REASONS if r in counts.index]).astype("int64")

    def nearest(self, most: int = 3) -> pd.DataFrame:
        """For each missing government its figures nearest to the basis, with every field in which they differ.

        Columns of ``set_aside`` and ``differs`` (the reasons that apply, joined by `` · ``). This is what would be
        needed: the same figure without those differences.
        """
        near = self.set_aside.loc[self.set_aside["government"].isin(self.missing)]
        # What repeats, was replaced or was ruled out would not help, however near it is.
        near = near.loc[~near["differs"].str.contains("part of|same as|superseded by|unsourced|not comparable")]
        order = {g: i for i, g in enumerate(self.basis.governments)}
        near = near.assign(_order=near["government"].map(order)).sort_values(["_order", "misses", "figure_id"], kind="stable")
        return near.groupby("government", sort=False).head(most).drop(columns="_order").reset_index(drop=True)


def compare_budgets(tables: Tables, basis: BudgetBasis) -> Comparison:
    """The published amounts that stand on *basis*, and all others with their reasons.

    Raises `BasisError` for a government that is not in the tables.
    """
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

    Raises `BasisError` for a government or an indicator that is not in the tables.
    """
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
    return figures["phase"].isin(["paid", "adjusted"]) & (figures["period_end"] != pd.Timestamp(basis.snapshot))


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


def _listed(names: list[str], language: str) -> str:
    if language == "ko":
        return "·".join(names)
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)

"""What of a table stands on one basis, in rows and in words."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from budgets import vocabulary as v
from budgets.basis import BudgetBasis, Several, TargetBasis, several
from budgets.comparison.reasons import GROWING, REASONS, RULED_OUT
from budgets.tables import Tables
from budgets.words import listed, text


@dataclass(frozen=True)
class Comparison:
    """What of a table stands on one basis.

    ``rows`` and ``set_aside`` carry the figure's columns and government, level, scope, coverage, parent, reliability;
    ``set_aside`` also ``reason`` (in full, e.g. ``part of gwangju-…``), ``reason_code`` (one of `REASONS`),
    ``other_figure_id`` and ``why`` (the ruling's sentence), ``differs`` (all reasons that apply, a tuple of codes) and
    ``misses`` (how many these are).
    Rows are in the official order of governments.
    """

    basis: BudgetBasis | TargetBasis
    rows: pd.DataFrame
    set_aside: pd.DataFrame
    tables: Tables

    @cached_property
    def missing(self) -> Several:
        """The governments of the basis without a row. Nothing published is a gap, not zero."""
        return tuple(g for g in self.basis.governments if g not in self.present)

    @cached_property
    def present(self) -> Several:
        """The governments of the basis with at least one row."""
        published = set(self.rows["government"])
        return tuple(g for g in self.basis.governments if g in published)

    @cached_property
    def withheld(self) -> Several:
        """The governments without a row that did publish on this basis: only a ruling keeps their figures out."""
        only = self.set_aside["differs"].map(RULED_OUT.issuperset)
        ruled = set(self.set_aside.loc[only.astype(bool), "government"])
        return tuple(g for g in self.missing if g in ruled)

    @property
    def is_race(self) -> bool:
        """May the rows stand on one axis of bars: one basis, a known phase, one date, at least two governments on it, and
        not sums of whatever programmes happened to be printed."""
        return not self.mixed and not self.phase_unknown and not self.speaks_of_parts and len(self.present) >= 2

    @cached_property
    def dates(self) -> Several:
        """The dates to which amounts that grow (paid, adjusted) were counted, as ``2025-12-31``."""
        growing = self.rows.loc[self.rows["phase"].isin(GROWING), "period_end"]
        return tuple(sorted({f"{day:%Y-%m-%d}" for day in growing}))

    @property
    def mixes_dates(self) -> bool:
        """Were amounts that grow counted to different dates? Then they are as unlike as different years."""
        return len(self.dates) > 1

    @property
    def mixed(self) -> bool:
        """Are the rows a mixture, by the basis or by their dates? Then nothing is added or drawn on one axis."""
        return bool(self.basis.mixed) or self.mixes_dates

    @property
    def phase_unknown(self) -> bool:
        """Is the basis the money whose phase no text says? That is not the same as one phase."""
        return "unknown" in several(self.basis.phase)

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
        present = listed([names[g] for g in self.present], language)
        silent = [names[g] for g in self.missing if g not in self.withheld]
        missing = listed(silent, language)
        if self.basis.mixed:
            mixed = ", ".join(text(f"field.{name}", language) for name in self.basis.mixed)
            return text("verdict.mixed", language, mixed=mixed)
        if self.mixes_dates:
            return text("verdict.mixed_dates", language, dates=", ".join(self.dates))
        key = self._kind_of_answer(bool(silent))
        sentences = [text(f"verdict.{key}", language, present=present, missing=missing)]
        if self.speaks_of_parts and self.present:
            sentences.append(self._parts_warning(language))
        if silent and key in ("parts", "indicators", "phase_unknown"):
            sentences.append(text("verdict.silent", language, missing=missing))
        if self.withheld:
            sentences.append(text("verdict.withheld", language, names=listed([names[g] for g in self.withheld], language)))
        return " ".join(sentences)

    def _kind_of_answer(self, silent: bool) -> str:
        """The key of the verdict's first sentence; *silent*: did others of the basis publish nothing?"""
        if not self.present:
            return "only_withheld" if self.withheld else "none"
        if len(self.present) == 1:
            return "alone" if silent else "one"
        if self.speaks_of_parts:
            return "parts"
        if isinstance(self.basis, TargetBasis) and self.basis.coverage != "government":
            return "indicators"
        if self.phase_unknown:
            return "phase_unknown"
        return "some" if silent else "all"

    def _parts_warning(self, language: str) -> str:
        named = "·".join(v.label("coverage", c, language) for c in several(self.basis.coverage))
        return text("verdict.programmes", language, coverage=named)

    def sources(self) -> pd.DataFrame:
        """The sources of the rows, one line each, in order of `source_id`."""
        used = self.tables.sources["source_id"].isin(self.rows["source_id"])
        return self.tables.sources.loc[used].sort_values("source_id", ignore_index=True)

    def reasons(self) -> pd.Series:
        """How many figures were set aside for each reason, in the order of `REASONS`."""
        counts = self.set_aside["reason_code"].value_counts()
        return counts.reindex([r for r in REASONS if r in counts.index]).astype("int64")

    def nearest(self, most: int = 3) -> pd.DataFrame:
        """For each missing government its figures nearest to the basis, with every field in which they differ.

        Columns of ``set_aside``. This is what would be needed: the same figure without what is in ``differs``.
        """
        aside = self.set_aside
        # What repeats, was replaced or was ruled out would not help, however near it is.
        helps = aside["differs"].map(RULED_OUT.isdisjoint).astype(bool)
        near = aside.loc[aside["government"].isin(self.missing) & helps]
        order = {g: i for i, g in enumerate(self.basis.governments)}
        near = near.assign(_order=near["government"].map(order)).sort_values(["_order", "misses", "figure_id"], kind="stable")
        return near.groupby("government", sort=False).head(most).drop(columns="_order").reset_index(drop=True)

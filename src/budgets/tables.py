"""The validated tables, held together: what was published, what it is measured against, and our rulings."""

from dataclasses import dataclass, fields
from functools import cached_property

import pandas as pd

from budgets.rulings.judgement import judged, wholes


@dataclass(frozen=True, eq=False)
class Tables:
    """All of ``data/clean`` and ``data/rulings``, validated. Never changed in place."""

    budgets: pd.DataFrame
    targets: pd.DataFrame
    milestones: pd.DataFrame
    programmes: pd.DataFrame
    governments: pd.DataFrame
    indicators: pd.DataFrame
    denominators: pd.DataFrame
    sources: pd.DataFrame
    programme_rulings: pd.DataFrame
    figure_rulings: pd.DataFrame

    @cached_property
    def judged_budgets(self) -> pd.DataFrame:
        """`budgets` with government, level, scope, coverage, parent and reliability, in the official order."""
        return self._judged(self.budgets)

    @cached_property
    def judged_targets(self) -> pd.DataFrame:
        """`targets` with government, level, scope, coverage, parent and reliability."""
        return self._judged(self.targets)

    @cached_property
    def judged_milestones(self) -> pd.DataFrame:
        """`milestones` with government, level, scope, coverage, parent and reliability."""
        return self._judged(self.milestones)

    def copy(self) -> "Tables":
        """The same tables for another reader: cheap (nothing is copied before it is changed), and apart from these."""
        return Tables(**{one.name: getattr(self, one.name).copy(deep=False) for one in fields(self)})

    def name(self, government: str, language: str = "ko") -> str:
        """The short Korean or the English name of a government."""
        return str(self._names.at[government, "short_ko" if language == "ko" else "name_en"])

    def order(self, government: str) -> int:
        """Its place in the official order."""
        return self._order[government]

    @cached_property
    def _order(self) -> dict[str, int]:
        return {str(government): int(place) for government, place in self._names["official_order"].items()}

    @cached_property
    def colours(self) -> dict[str, str]:
        """The colour of each government that has one of its own."""
        return {str(government): str(own) for government, own in self._names["colour"].items() if not pd.isna(own)}

    @cached_property
    def _names(self) -> pd.DataFrame:
        return self.governments.drop_duplicates("government").set_index("government")

    @cached_property
    def price_index(self) -> dict[int, float]:
        """The national consumer price index by year."""
        rows = self.denominators.loc[self.denominators["denominator"] == "price_index"]
        return {int(year): float(value) for year, value in zip(rows["year"], rows["value"], strict=True)}

    @cached_property
    def money_wholes(self) -> dict[str, set[str]]:
        """Which amounts contain which, by rulings on figures and on programmes: ``{part: {whole, …}}``."""
        return wholes(self.budgets, self.figure_rulings, self.programme_rulings)

    @cached_property
    def target_wholes(self) -> dict[str, set[str]]:
        """Which values of indicators contain which, by rulings on figures."""
        return wholes(self.targets, self.figure_rulings)

    def _judged(self, figures: pd.DataFrame) -> pd.DataFrame:
        table = judged(figures, self.programmes, self.governments, self.sources, self.programme_rulings)
        order = table["government"].map(self._names["official_order"])
        return table.assign(_order=order).sort_values(["_order", "figure_id"], ignore_index=True).drop(columns="_order")

"""The validated tables, held together: what was published, what it is measured against, and our rulings."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from budgets.rulings.judgement import judged_budgets


@dataclass(frozen=True)
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
        """`budgets` with government, level, scope, coverage, parent and reliability."""
        return self._judged(self.budgets)

    @cached_property
    def judged_targets(self) -> pd.DataFrame:
        """`targets` with government, level, scope, coverage, parent and reliability."""
        return self._judged(self.targets)

    @cached_property
    def judged_milestones(self) -> pd.DataFrame:
        """`milestones` with government, level, scope, coverage, parent and reliability."""
        return self._judged(self.milestones)

    def name(self, government: str, language: str = "ko") -> str:
        """The short Korean or the English name of a government."""
        return str(self._names.at[government, "short_ko" if language == "ko" else "name_en"])

    def order(self, government: str) -> int:
        """Its place in the official order."""
        return int(self._names.at[government, "official_order"])

    @cached_property
    def _names(self) -> pd.DataFrame:
        return self.governments.drop_duplicates("government").set_index("government")

    def _judged(self, figures: pd.DataFrame) -> pd.DataFrame:
        return judged_budgets(figures, self.programmes, self.governments, self.sources, self.programme_rulings)

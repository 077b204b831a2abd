"""Choosing rows, so that a notebook needs no pandas."""

import pandas as pd

from budgets.comparison import Comparison


def of_government(figures: pd.DataFrame, government: str) -> pd.DataFrame:
    """The rows of one government."""
    return figures.loc[figures["government"] == government].reset_index(drop=True)


def of_programme(figures: pd.DataFrame, programme_id: str) -> pd.DataFrame:
    """The rows of one programme."""
    return figures.loc[figures["programme_id"] == programme_id].reset_index(drop=True)


def both(*comparisons: Comparison) -> pd.DataFrame:
    """The rows of several comparisons, one under the other."""
    return together(*(c.rows for c in comparisons))


def together(*figures: pd.DataFrame) -> pd.DataFrame:
    """Figures of several tables, by what they share: figure_id, programme_id, source_id."""
    return pd.concat([f[["figure_id", "programme_id", "source_id"]] for f in figures], ignore_index=True)

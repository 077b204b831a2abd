"""The official lines as reports see them: two small caches and the facts of what is stored. The lines are not read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from budgets import vocabulary as v
from budgets.checkout import default_data
from budgets.errors import DataError
from budgets.lines.kinds import kinds_of
from budgets.lines.programmes import made_of, read_line_totals, read_programmes, refresh
from budgets.lines.store import Stored, stored_years

FLU = "avian-influenza"
"""The rule that tells bird flu (AI = 조류인플루엔자) from artificial intelligence."""


@dataclass(frozen=True, eq=False)
class OfficialLines:
    """``programmes`` (`read_programmes`), ``totals`` (`read_line_totals`), ``stored``: year → what is stored of it."""

    programmes: pd.DataFrame
    totals: pd.DataFrame
    stored: Mapping[int, Stored]

    def __bool__(self) -> bool:
        return bool(self.stored)

    @property
    def years(self) -> tuple[int, ...]:
        """The fiscal years there are, in order."""
        return tuple(sorted(self.stored))

    def year(self, wanted: int = 0) -> int:
        """*wanted*, or for 0 the latest year there is. Raises `DataError` where there are no lines of it."""
        if not self.stored:
            raise DataError("lofin.no_lines")
        if wanted and wanted not in self.stored:
            raise DataError("lofin.no_such_year", years=wanted, known=", ".join(map(str, self.years)))
        return wanted or self.years[-1]

    def of_year(self, year: int) -> "OfficialLines":
        """The lines of one year alone."""
        programmes, totals = (_rows_of(t, year) for t in (self.programmes, self.totals))
        return OfficialLines(programmes, totals, {y: stored for y, stored in self.stored.items() if y == year})

    def verdicts(self, year: int) -> pd.DataFrame:
        """The lines of *year* in which a term was found, by what was decided: verdict · lines · adjusted_krw · paid_krw.

        ``verdict``: a scope of the vocabulary, ``avian influenza`` or ``AI unclear``, in the order readers see.
        """
        mine = self.programmes.loc[self.programmes["fiscal_year"] == year]
        groups = mine.groupby(verdict_of(mine))
        sums = groups[["adjusted_krw", "paid_krw"]].sum().assign(lines=groups.size())
        order = [one for one in (*v.SCOPES, "avian influenza", "AI unclear") if one in sums.index]
        return sums.reindex(order).reset_index()

    @cached_property
    def kinds(self) -> pd.Series:
        """The kind that each of `programmes` has by its name (`kinds.kind_of`)."""
        names = pa.array(self.programmes["programme_name"], type=pa.string())
        return pd.Series(kinds_of(names).to_pylist(), index=self.programmes.index, dtype="str")


def verdict_of(programmes: pd.DataFrame) -> "pd.Series[str]":
    """What was decided of each: its scope, ``avian influenza`` or ``AI unclear``."""
    flu, unclear = programmes["rule"] == FLU, programmes["is_ai"] == "unclear"
    return programmes["scope"].mask(flu, "avian influenza").mask(unclear, "AI unclear").rename("verdict")


def _rows_of(table: pd.DataFrame, year: int) -> pd.DataFrame:
    """The rows of one year; as they are stored a year at a time, mostly a slice, which copies nothing."""
    rows = np.flatnonzero((table["fiscal_year"] == year).to_numpy(dtype=bool, na_value=False))
    together = len(rows) and rows[-1] - rows[0] + 1 == len(rows)
    return table.iloc[rows[0] : rows[-1] + 1] if together else table.iloc[rows]


def load_lines(data: Path | str | None = None) -> OfficialLines:
    """The official lines of *data* (default: the checkout's), as far as reports read them; false where there are none.

    A second call with unchanged lines and rulings gives the tables at once, and never with what the caller did to the first.
    """
    folder = (Path(data) if data else default_data()).resolve()
    refresh(folder)
    programmes, totals = _loaded(folder, made_of(folder))
    return OfficialLines(programmes.copy(deep=False), totals.copy(deep=False), stored_years(folder))


@lru_cache(maxsize=2)
def _loaded(folder: Path, made: tuple[str, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
    return read_programmes(folder), read_line_totals(folder)

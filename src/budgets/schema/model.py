"""What every declared table has: a model, columns that describe themselves, and rules over several columns."""

from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd
import pandera.pandas as pa

if TYPE_CHECKING:
    Day: TypeAlias = pd.Timestamp
else:
    Day = "datetime64[us]"  # pandera accepts any unit; the reader makes microseconds, which hold the year 9999
ADDRESS = r"^https?://[^\s<>\"'`\\]+$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def described(description: str, *, fdp: str | None = None, unit: str | None = None, codes: tuple[str, ...] | None = None, **checks: Any) -> Any:
    """A column: its description (``한국어 | English``), Fiscal Data Package type, unit and codes; *checks* are pandera's own."""
    metadata = {"unit": unit, "fdp": fdp}
    if codes:
        checks["isin"] = list(codes)
    return pa.Field(description=description, metadata=metadata, **checks)


class TableModel(pa.DataFrameModel):
    """A table whose columns are exactly those declared, in that order, in their types; nothing is coerced."""

    class Config:
        strict = True
        ordered = True
        coerce = False


def in_order(df: pd.DataFrame, *columns: str) -> pd.Series:
    """True where the given columns do not decrease; an empty end is open and never wrong."""
    fine = pd.Series(True, index=df.index)
    for i, lower in enumerate(columns):
        for upper in columns[i + 1 :]:
            fine &= ~(df[lower] > df[upper]).fillna(False).astype(bool)
    return fine


def several_years(df: pd.DataFrame, kind: str, *, several: bool) -> pd.Series:
    """Rows of this period kind with both ends known lie in several years, or in one."""
    start, end = df["period_start"], df["period_end"]
    known = start.notna() & end.notna() & (df["period_kind"] == kind)
    kept: pd.Series = ~known | ((start.dt.year != end.dt.year) == several)
    return kept.fillna(True).astype(bool)


def whole_years(df: pd.DataFrame, kind: str) -> pd.Series:
    """Rows of this period kind run from a 1 January to the 31 December of the same year."""
    start, end = df["period_start"], df["period_end"]
    whole = start.dt.strftime("%m-%d").eq("01-01") & end.dt.strftime("%m-%d").eq("12-31") & (start.dt.year == end.dt.year)
    kept: pd.Series = (df["period_kind"] != kind) | whole.fillna(False).astype(bool)
    return kept

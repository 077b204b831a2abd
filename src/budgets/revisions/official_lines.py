"""Official lines of two states: how many are new, gone or changed, and what that does to what counts as AI.

For each year and government the AI money of the new state is that of the old one, plus lines that are new, minus lines
that are gone, plus lines that are AI only now, minus lines that no longer are, plus what lines that stay AI have moved.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

COLUMNS = ("fiscal_year", "snapshot", "government", "account_name", "programme_code", "programme_name", "adjusted_krw", "is_ai")
"""What is needed of a line: columns of `BudgetLines`, and ``is_ai``, which rules decide."""
_KEY = ["fiscal_year", "government", "key"]


@dataclass(frozen=True)
class Lines:
    """Some lines: how many, and their 예산현액 in won."""

    n: int
    krw: int


@dataclass(frozen=True)
class Side:
    """One government's lines of a year in one state: the day of the snapshot (ISO), all lines, those that are AI."""

    snapshot: str
    lines: int
    ai: Lines


@dataclass(frozen=True)
class LinesChange:
    """What became of the lines of one government and year. *before* or *after* is None where a state holds none."""

    year: int
    government: str
    before: Side | None
    after: Side | None
    new: int
    gone: int
    changed: int
    """lines in both states whose 예산현액 is another one"""
    ai_new: Lines
    ai_gone: Lines
    ai_found: Lines
    """in both states, AI only in the new one"""
    ai_lost: Lines
    ai_moved: Lines
    """AI in both: how many have another 예산현액, and by how much together"""

    @property
    def kind(self) -> str:
        if self.before is None or self.after is None:
            return "published" if self.before is None else "withdrawn"
        if self.before.snapshot != self.after.snapshot:
            return "snapshot"
        return "lines" if self.new or self.gone or self.changed else "reclassified"


def lines_changes(old: pd.DataFrame, new: pd.DataFrame) -> tuple[LinesChange, ...]:
    """What differs between two tables of lines (`COLUMNS`), by year and government; nothing where nothing does."""
    pairs = _keyed(old).merge(_keyed(new), on=_KEY, how="outer", suffixes=("_old", "_new"), indicator=True)
    return tuple(_changes(pairs))


def _keyed(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines with what names each: its code, else account and name, told apart by their order."""
    named = lines["account_name"].astype("str") + "\n" + lines["programme_name"].astype("str")
    key = lines["programme_code"].astype("str").where(lines["programme_code"].notna(), named)
    nth = lines.assign(key=key).groupby(_KEY).cumcount().astype("str")
    ai = (lines["is_ai"] == "true").fillna(False).astype(bool)
    days = pd.to_datetime(lines["snapshot"]).dt.strftime("%Y-%m-%d")
    return pd.DataFrame(
        {
            "fiscal_year": lines["fiscal_year"],
            "government": lines["government"],
            "key": key + "\n" + nth,
            "snapshot": days,
            "krw": lines["adjusted_krw"],
            "ai": ai,
        }
    )


def _changes(pairs: pd.DataFrame) -> Iterator[LinesChange]:
    for _, group in pairs.groupby(["fiscal_year", "government"], sort=True):
        year, government = group["fiscal_year"].iloc[0], group["government"].iloc[0]
        sides = group["_merge"].astype("str")
        new, gone, both = group[sides == "right_only"], group[sides == "left_only"], group[sides == "both"]
        was, is_ = both["ai_old"].astype(bool), both["ai_new"].astype(bool)
        moved = both["krw_old"] != both["krw_new"]
        stay = both[was & is_ & moved]
        change = LinesChange(
            int(year),
            str(government),
            _side(pd.concat([gone, both]), "old"),
            _side(pd.concat([new, both]), "new"),
            len(new),
            len(gone),
            int(moved.sum()),
            _some(new[new["ai_new"].astype(bool)], "new"),
            _some(gone[gone["ai_old"].astype(bool)], "old"),
            _some(both[~was & is_], "new"),
            _some(both[was & ~is_], "old"),
            Lines(len(stay), int(stay["krw_new"].sum() - stay["krw_old"].sum())),
        )
        if change.new or change.gone or change.changed or change.ai_found.n or change.ai_lost.n or _day(change.before) != _day(change.after):
            yield change


def _some(lines: pd.DataFrame, side: str) -> Lines:
    return Lines(len(lines), int(lines[f"krw_{side}"].sum()))


def _side(lines: pd.DataFrame, side: str) -> Side | None:
    if lines.empty:
        return None
    return Side(str(lines[f"snapshot_{side}"].max()), len(lines), _some(lines[lines[f"ai_{side}"].astype(bool)], side))


def _day(side: Side | None) -> str:
    return side.snapshot if side else ""

"""What the passports of sums and counts share: their labels, the largest of what was added, who was left out."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from budgets import vocabulary as v
from budgets.lines.comparing import REASONS, LineComparison, say_snapshot
from budgets.lines.official import OfficialLines, verdict_of
from budgets.reading import given
from budgets.rows import each, values_of
from budgets.words import text

PARTS = ("adjusted_krw", "national_krw", "provincial_krw", "municipal_krw", "other_krw", "paid_krw")
"""The amounts of a line: the adjusted budget, what it is made of, and what of it was paid."""
MOST = 3
"""How many of the lines in a sum are named."""
TOLD = ("government", "government_as_printed", "province", "level", "field_name", "programme_name", "is_ai", "verdict", "amount_krw", *PARTS)
"""The columns of lines that passports of sums read."""
SELECTED = ("other government", "other level", "other year", "other snapshot")
"""Reasons that only say that a line is of another place or time."""


def labelled(said: Mapping[str, object], language: str = "ko") -> dict[str, str]:
    """Words under their labels, in the order given, without those that say nothing. A label is a key of the words."""
    return {text(key, language): str(words) for key, words in said.items() if given(words) and words != ""}


def slug(*parts: object) -> str:
    """An identifier of a sum: readable, without blanks.

    >>> slug("sum", 2025, "AI unclear")
    'sum-2025-AI-unclear'
    """
    return re.sub(r"\W+", "-", "-".join(map(str, parts)))


def largest(rows: Sequence[Mapping[str, Any]], column: str, language: str = "ko", *, named: bool = True, most: int = MOST, every: int | None = None) -> str:
    """The first of these lines (the largest, as `ordered` has them), one a line, with their government where *named*, and
    how many more there are of *every* (default: of *rows*)."""
    said = [
        text("sum.one", language, name=f"{row['government_as_printed']} {row['programme_name']}" if named else row["programme_name"], won=row[column])
        for row in rows[:most]
    ]
    left = (len(rows) if every is None else every) - most
    return "\n".join([*said, text("sum.more", language, n=left)] if left > 0 else said)


def ordered(rows: pd.DataFrame, column: str, most: int | None = None) -> list[dict[str, Any]]:
    """The lines (or the first *most* of them), those with the largest amount in *column* first."""
    told = rows[[name for name in TOLD if name in rows.columns]]
    told = told.sort_values([column, "programme_name"], ascending=[False, True], kind="stable")
    return each(told if most is None else told.head(most))


def by_government(rows: pd.DataFrame, column: str) -> dict[str, list[dict[str, Any]]]:
    """The lines of each government, as `ordered` has them."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in ordered(rows, column):
        found[row["government"]].append(row)
    return found


def counted(counts: Iterable[tuple[str, int]], language: str = "ko") -> str:
    """서울 3건 · 인천 2건"""
    return " · ".join(text("sum.each", language, name=name, n=int(n)) for name, n in counts)


def verdict_name(verdict: str, language: str = "ko") -> str:
    """A scope, or what else was decided of a line, in words."""
    return v.label("scope", verdict, language) if verdict in v.SCOPES else text(f"lines.reason.{verdict}", language)


@lru_cache(maxsize=2)
def ruled(lines: OfficialLines, year: int) -> list[dict[str, Any]]:
    """The lines of *year* in which a term was found, the largest first, each with its ``verdict``.

    A report asks several times for the same lines, and is given the same list: it is not to be changed.
    """
    mine = lines.programmes.loc[lines.programmes["fiscal_year"] == year]
    return ordered(mine.assign(verdict=verdict_of(mine)), "adjusted_krw")


def found_passport(
    lines: OfficialLines, year: int, what: str, rows: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]], language: str = "ko"
) -> dict[str, str]:
    """Of the sum of *rows* (of `ruled`); *others*: those of the same place that were ruled otherwise."""
    amounts = {name: sum(int(row[name]) for row in rows) for name in PARTS}
    parts = text("lines.passport.parts", language, **amounts, number=amounts["adjusted_krw"] / 1_000_000)
    counts = Counter(row["verdict"] for row in others).most_common()
    otherwise = counted(((verdict_name(one, language), n) for one, n in counts), language)
    said = {
        "sum.what": what,
        "passport.steps": f"{text('sum.lines', language, n=len(rows))}\n{parts}",
        "sum.largest": largest(rows, "adjusted_krw", language),
        "sum.left_out": text("sum.found.others", language, n=len(others), parts=otherwise) if others else text("sum.nothing", language),
        **taken_from(year, lines.stored[year].snapshot, language),
    }
    return labelled(said, language)


def taken_from(year: int, snapshot: date, language: str) -> dict[str, str]:
    """Day, source and files of the official lines of a year, by the keys of their labels."""
    day = say_snapshot(snapshot, language)
    return {
        "passport.snapshot": day,
        "passport.source": text("lines.note.origin", language, year=year, day=day),
        "passport.locator": text("lines.passport.place", language, year=year, day=f"{snapshot:%Y%m%d}"),
    }


def scope_figure(year: int, verdict: str) -> str:
    """An identifier of all lines of a year with one verdict."""
    return slug("found", year, verdict)


def scope_passports(lines: OfficialLines, year: int, language: str = "ko") -> dict[str, dict[str, str]]:
    """Figure (`scope_figure`) → label → words, for every verdict on lines of *year*."""
    found, every = {}, ruled(lines, year)
    for verdict in dict.fromkeys(row["verdict"] for row in every):
        what = text("sum.found.scope", language, year=year, name=verdict_name(verdict, language))
        here, others = ([row for row in every if (row["verdict"] == verdict) is one] for one in (True, False))
        found[scope_figure(year, verdict)] = found_passport(lines, year, what, here, others, language)
    return found


def kept_out(comparison: LineComparison, governments: Collection[str], language: str = "ko") -> dict[str, str]:
    """Government (of *governments*) → how many of its own lines of the year were kept out, by reason; empty for those that had none."""
    aside = comparison.set_aside
    aside = aside.loc[aside["government"].isin(governments) & ~aside["reason"].isin(SELECTED), ["government", "reason"]]
    counts = Counter(zip(values_of(aside["government"]), values_of(aside["reason"]), strict=True))
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (government, reason), n in sorted(counts.items(), key=lambda one: REASONS.index(one[0][1])):
        found[government].append((text(f"lines.reason.{reason}", language), n))
    return {government: text("sum.kept_out.line", language, parts=counted(parts, language)) for government, parts in found.items()}

"""What was found in the official lines: AI programmes by scope, government and function; what was kept out, and why.

Where no lines were brought in yet, each of these says so, and the opening says how to get them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from budgets import vocabulary as v
from budgets.essay.cells import MILLION, column
from budgets.essay.prose import Prose, answered
from budgets.lines.comparing import living, say_snapshot
from budgets.lines.official import FLU, OfficialLines
from budgets.page import Column, Table, html_table
from budgets.passport import (
    found_passport,
    programme_figure,
    programme_passports,
    ruled,
    scope_figure,
    scope_passports,
    slug,
)
from budgets.reading import given, say_value
from budgets.rows import each
from budgets.tables import Tables
from budgets.words import catalogue, listed, text

Shown = Table | Prose
LETTERS = r"(?i)AI|ＡＩ|인공\s*지능"
"""A name that says AI, whatever it means by it."""


def open_found(tables: Tables, lines: OfficialLines, fiscal_year: int = 0, language: str = "ko") -> Prose:
    """How much was found, how much of what is named AI is bird flu, what is unclear, and whose lines these are."""
    found = lines_of(lines, fiscal_year)
    if found is None:
        return Prose(nothing(lines, fiscal_year, language))
    year = lines.year(fiscal_year)
    stored, totals = lines.stored[year], lines.totals.loc[lines.totals["fiscal_year"] == year]
    ai = found.loc[found["is_ai"] == "true"]
    named = found["programme_name"].str.contains(LETTERS, regex=True)
    flu = named & (found["rule"] == FLU)
    sentences = [
        text(
            "lines.found",
            language,
            year=year,
            day=say_snapshot(stored.snapshot, language),
            all=f"{int(totals['lines'].sum()):,}",
            ai=f"{len(ai):,}",
            amount=won(ai["adjusted_krw"].sum(), language),
        ),
        text(
            "lines.flu",
            language,
            n=f"{int(flu.sum()):,}",
            amount=won(found.loc[flu, "adjusted_krw"].sum(), language),
            share=f"{100 * flu.sum() / max(int(named.sum()), 1):.1f}",
        ),
        text("lines.unclear", language, n=int((found["is_ai"] == "unclear").sum())),
        whose(tables, totals, language),
    ]
    return answered(sentences)


def found_scopes_table(lines: OfficialLines, fiscal_year: int = 0, language: str = "ko") -> Shown:
    """Programmes, adjusted budget and what was paid, by scope and by whether it is AI."""
    found = lines_of(lines, fiscal_year)
    if found is None:
        return _empty(language)
    year = lines.year(fiscal_year)
    sums = lines.verdicts(year)
    sums["figure"] = [scope_figure(year, one) for one in sums["verdict"]]
    sums["scope"] = [v.label("scope", one, language) if one in v.SCOPES else text(f"lines.reason.{one}", language) for one in sums["verdict"]]
    made = _table("scopes", sums, ["scope", *COUNTS], lines, fiscal_year, language)
    return replace(made, passports=scope_passports(lines, year, language))


def found_governments_table(tables: Tables, lines: OfficialLines, fiscal_year: int = 0, language: str = "ko") -> Shown:
    """AI programmes by province: how many governments have lines, how many programmes, with how much."""
    found = lines_of(lines, fiscal_year)
    if found is None:
        return _empty(language)
    totals = lines.totals.loc[lines.totals["fiscal_year"] == lines.year(fiscal_year)]
    there = totals.groupby(["province", "level"])["government"].nunique()
    sums = _sums(found.loc[found["is_ai"] == "true"], ["province", "level"]).set_index(["province", "level"])
    shown = sums.reindex(there.index).fillna(0).assign(present=there).reset_index()
    place = [(tables.order(p), lvl == "municipality") for p, lvl in zip(shown["province"], shown["level"], strict=True)]
    shown = shown.iloc[sorted(range(len(place)), key=place.__getitem__)]
    passports, year = {}, lines.year(fiscal_year)
    every = ruled(lines, year)
    for row in each(shown):
        name, level = tables.name(row["province"], language), v.label("level", row["level"], language)
        what = text("sum.found.province", language, name=name, year=year, level=level, n=row["present"])
        here = [one for one in every if (one["province"], one["level"]) == (row["province"], row["level"])]
        passports[slug("found", year, row["province"], row["level"])] = _passport(lines, year, what, here, language)
    shown = shown.assign(
        figure=list(passports),
        government=[tables.name(p, language) for p in shown["province"]],
        level=[v.label("level", level, language) for level in shown["level"]],
    )
    keys = ["government", "level", "present", *COUNTS]
    return replace(_table("by_province", shown, keys, lines, fiscal_year, language), passports=passports)


def found_fields_table(lines: OfficialLines, fiscal_year: int = 0, language: str = "ko") -> Shown:
    """AI programmes by function (분야), largest first."""
    found = lines_of(lines, fiscal_year)
    if found is None:
        return _empty(language)
    sums = _sums(found.loc[found["is_ai"] == "true"], ["field_name"]).sort_values("adjusted_krw", ascending=False)
    passports, year, names = {}, lines.year(fiscal_year), [_function(name, language) for name in sums["field_name"]]
    every = ruled(lines, year)
    for field, name in zip(sums["field_name"], names, strict=True):
        what = text("sum.found.field", language, name=name, year=year)
        here = [one for one in every if one["field_name"] == field]
        passports[slug("found", year, field)] = _passport(lines, year, what, here, language)
    shown = sums.assign(field=names, figure=list(passports))
    return replace(_table("fields", shown, ["field", *COUNTS], lines, fiscal_year, language), passports=passports)


def found_programmes_table(
    tables: Tables,
    lines: OfficialLines,
    fiscal_year: int = 0,
    verdict: str = "ai",
    language: str = "ko",
    *,
    most: int = 40,
) -> Shown:
    """The programmes themselves, the largest first: *verdict* ``ai``, ``flu`` or ``unclear``."""
    found = lines_of(lines, fiscal_year)
    if found is None:
        return _empty(language)
    wanted = {"ai": found["is_ai"] == "true", "flu": found["rule"] == FLU, "unclear": found["is_ai"] == "unclear"}
    some = found.loc[wanted[verdict]].sort_values(["adjusted_krw", "programme_name"], ascending=[False, True])
    if some.empty:
        return Prose(text("lines.nothing_here", language))
    largest = some.head(most)
    shown = largest.assign(
        lines=1,
        government=[full_name(tables, r["government"], r["province"], language) for r in each(largest)],
        figure=[programme_figure(r) for r in each(largest)],
        programme=largest["programme_name"],
        scope=[v.label("scope", scope, language) for scope in largest["scope"]],
    )
    keys = ["government", "programme", "scope", "rule", "adjusted", "paid"]
    notes = [_of(some, shown, language)]
    caption = {"ai": "programmes"}.get(verdict, verdict)
    made = _table(caption, shown, keys, lines, fiscal_year, language, notes)
    return replace(made, passports=programme_passports(tables, largest, language))


_PLAIN = re.compile(r"[\Wㆍ]")
COUNTS = ("lines", "adjusted", "paid")
NUMBERS = ("lines", "present", "rank", "per_resident", "share")


def lines_of(lines: OfficialLines, fiscal_year: int) -> pd.DataFrame | None:
    """The lines of the year in which a term was found; None where there are no lines of the year."""
    if not lines or (fiscal_year and fiscal_year not in lines.stored):
        return None
    year = lines.year(fiscal_year)
    return lines.programmes.loc[lines.programmes["fiscal_year"] == year].reset_index(drop=True)


def nothing(lines: OfficialLines, fiscal_year: int, language: str) -> str:
    """That there are no lines (of the year), and how to get them."""
    if not lines:
        return text("lines.nothing", language)
    return text("lines.no_such_year", language, year=fiscal_year, known=", ".join(map(str, lines.years)))


def whose(tables: Tables, totals: pd.DataFrame, language: str) -> str:
    """Whose lines these are, by province: a part of the governments does not stand for all."""
    first = totals.iloc[0]
    n = totals["government"].nunique()
    every = sum(len(living(tables, first["snapshot"].date(), level)) for level in ("province", "municipality"))
    if n >= every:
        return text("lines.whole", language, all=every)
    counts = totals.groupby("province")["government"].nunique()
    provinces = sorted(counts.index, key=tables.order)
    said = [text("lines.of_province", language, name=tables.name(p, language), n=int(counts[p])) for p in provinces]
    return text("lines.whose", language, provinces=listed(said, language), n=n, all=every)


def won(amount: object, language: str) -> str:
    """An amount of the lines in words; exact amounts are said to four digits in a sentence."""
    return say_value(float(amount), "KRW", language) if given(amount) else "–"  # type: ignore[arg-type]


def full_name(tables: Tables, government: str, province: object, language: str) -> str:
    """A municipality with its province (경북 영주시): short names are shared by several. English names hold it already."""
    name = tables.name(government, language)
    if language == "en" or not isinstance(province, str) or province == government:
        return name
    return f"{tables.name(province, language)} {name}"


def line_column(key: str, language: str) -> Column:
    """A column of the lines' tables; what only these tables have stands under ``lines.column``."""
    if f"lines.column.{key}" not in catalogue():
        return column(key, language)
    kind = "number" if key in NUMBERS else "percent" if key == "execution" else "amount"
    texts = ("level", "rule", "scope", "year", "by", "match", "verdict")
    said = text(f"lines.missing.{key}", language) if f"lines.missing.{key}" in catalogue() else "–"
    return Column(key, text(f"lines.column.{key}", language), "text" if key in texts else kind, missing=said)  # type: ignore[arg-type]


def origin(lines: OfficialLines, year: int, language: str) -> list[str]:
    """The 자료: line of the lines of one year."""
    if year not in lines.stored:
        return []
    return [text("lines.note.origin", language, year=year, day=say_snapshot(lines.stored[year].snapshot, language))]


def _table(
    caption: str,
    rows: pd.DataFrame,
    keys: Sequence[str],
    lines: OfficialLines,
    fiscal_year: int,
    language: str,
    notes: Sequence[str] = (),
) -> Table:
    year = lines.year(fiscal_year)
    shown = rows.assign(adjusted=rows["adjusted_krw"].astype("Float64") / MILLION, paid=rows["paid_krw"].astype("Float64") / MILLION)
    day = say_snapshot(lines.stored[year].snapshot, language)
    said = [text(f"lines.note.{phase}", language, day=day) for phase in ("adjusted", "paid")]
    return html_table(
        shown,
        columns=[line_column(key, language) for key in keys],
        caption=text(f"lines.caption.{caption}", language),
        unit=text("lines.unit.million", language),
        notes=[*said, *(note for note in notes if note)],
        sources=origin(lines, year, language),
        language=language,
    )


def _passport(lines: OfficialLines, year: int, what: str, here: list[dict[str, Any]], language: str) -> dict[str, str]:
    """Of the AI programmes among the lines of one place."""
    ai, others = ([one for one in here if (one["is_ai"] == "true") is wanted] for wanted in (True, False))
    return found_passport(lines, year, what, ai, others, language)


def _function(name: str, language: str) -> str:
    """A function in words; exports write it with another dot, or without one."""
    keys = {_PLAIN.sub("", key.removeprefix("function.")): key for key in catalogue() if key.startswith("function.")}
    key = keys.get(_PLAIN.sub("", name))
    return text(key, language) if key else name


def _sums(found: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    groups = found.groupby(by)
    return groups[["adjusted_krw", "paid_krw"]].sum().assign(lines=groups.size()).reset_index()


def _of(every: pd.DataFrame, shown: pd.DataFrame, language: str) -> str:
    return "" if len(shown) == len(every) else text("lines.note.rows", language, shown=len(shown), all=len(every))


def _empty(language: str) -> Prose:
    return Prose(text("lines.nothing_short", language))

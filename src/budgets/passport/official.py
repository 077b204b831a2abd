"""Official numbers: how their sources are cited, and the passport of a value of expenditure by function.

A source of an official number is a text in its row, not a row of the table of sources. Most were read in public copies:
a 자료: line names whose statistic it is, the passport also where it was read.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from budgets import vocabulary as v
from budgets.reading import given, say_day, say_reading, say_steps
from budgets.rows import each, values_of
from budgets.tables import Tables
from budgets.words import catalogue, entries, text

COPY = re.compile(r"github:(?P<repository>\S+) (?P<path>\S+) @(?P<commit>[0-9a-f]{40})")
UNITS = {1_000: "thousand", 1_000_000: "million", 100_000_000: "eok"}
"""The last place of a printed amount → the word of the unit it was printed in."""


def cited_official(source: str, day: date | None = None, language: str = "ko") -> str:
    """Whose statistic it is and of which day; a source that is in no copy we know is named as it is.

    >>> cited_official("github:15678910/budget data/a.json @11d77c64", date(2025, 12, 31))
    '행정안전부 지방재정365, 세부사업별 세출현황을 분야별로 모은 값(2025. 12. 31. 기준, 공개 사본)'
    """
    keys = (key for key in entries("passport") if key.startswith("official.source."))
    key = next((key for key in keys if key.removeprefix("official.source.") in source), "")
    if not key:
        return source.split(" @")[0]
    said = text("official.of_day", language, day=say_day(day, language)) if day is not None and given(day) else ""
    return text(key, language, of_day=said)


def functional_sources(tables: Tables, rows: pd.DataFrame, language: str = "ko", *, per_resident: bool = False, base_year: int | None = None) -> list[str]:
    """What a 자료: line names under rows of `functional_budgets`: the amounts, and what they were divided or adjusted by."""
    used = each(rows)
    said = [cited_official(row["source"], row["snapshot"], language) for row in used]
    if per_resident:
        said += [cited_official(row["population_source"], None, language) for row in used if given(row["population_source"])]
    if base_year is not None:
        denominators = tables.denominators
        index = denominators.loc[(denominators["denominator"] == "price_index") & (denominators["year"] == base_year), "source"]
        said += [cited_official(source, None, language) for source in index]
    return list(dict.fromkeys(said))


def functional_passports(tables: Tables, rows: pd.DataFrame, language: str = "ko") -> dict[str, dict[str, str]]:
    """Figure → label → words in reading order, for rows of `functional_budgets` in nominal prices."""
    names = full_names(tables, language)
    return {row["figure"]: _passport(row, names[row["government"]], language) for row in each(rows)}


def full_names(tables: Tables, language: str = "ko") -> dict[str, str]:
    """Government → its full name, the latest where it had several."""
    names = tables.governments[f"name_{language}"]
    return dict(zip(values_of(tables.governments["government"]), values_of(names), strict=True))


def function_name(field: str, language: str = "ko") -> str:
    """A function of expenditure (분야) in words; as printed where we have none for it."""
    return text(f"function.{field}", language) if f"function.{field}" in catalogue() else field


def _passport(row: Mapping[str, Any], government: str, language: str) -> dict[str, str]:
    low, value, high = (row[end] for end in ("low", "value", "high"))
    printed = printed_in(row, language)
    cell = {**row, "as_printed": printed, "hedge": "cell"}
    said = {
        "government": government,
        "function": function_name(row["field"], language),
        "printed": printed,
        "reading": say_reading(low, value, high, row["unit"], language),
        "steps": text("official.computed", language) if row["derived"] else say_steps(cell, (low, value, high), language),
        "period": text("passport.says.year", language, year=row["year"]),
        **{name: v.label(name, row[name], language) for name in ("stage", "accounts", "netting") if given(row[name])},
        "snapshot": say_day(row["snapshot"], language) if given(row["snapshot"]) else "",
        "source": cited_official(row["source"], row["snapshot"], language),
        **place_of(row["source"], language),
        "note": row["note"],
    }
    return {text(f"passport.{key}", language): str(words) for key, words in said.items() if given(words)}


def printed_in(row: Mapping[str, Any], language: str) -> str:
    """The value in the unit of its source, which the width of its interval tells; exact values stand in won."""
    if row["derived"]:
        return text("official.not_printed", language)
    unit = next((unit for unit in UNITS if row["high"] - row["low"] == unit and row["value"] % unit == 0), 1)
    return text(f"official.printed.{UNITS.get(unit, 'won')}", language, number=f"{row['value'] / unit:,.0f}")


def place_of(source: str, language: str) -> dict[str, str]:
    """Where the value was read: the file of a public copy and its address, or the address that is the source."""
    if copy := COPY.search(source):
        return {
            "locator": source,
            "url": "https://github.com/{repository}/blob/{commit}/{path}".format(**copy.groupdict()),
            "licence": text("passport.says.no_licence", language),
        }
    return {"url": source} if source.startswith("http") else {"locator": source}

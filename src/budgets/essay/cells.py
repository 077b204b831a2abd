"""What the tables of the notebooks share: columns, names, the basis of a row in words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from budgets import vocabulary as v
from budgets.page import Column
from budgets.passport import cited_sources
from budgets.reading import given, say_period
from budgets.tables import Tables
from budgets.words import text

MILLION = 1_000_000


def column(key: str, language: str, kind: str = "text") -> Column:
    """A column headed by the word for *key*."""
    return Column(key, text(f"column.{key}", language), kind)  # type: ignore[arg-type]


def named(tables: Tables, rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """The rows with names instead of identifiers, and ``figure`` for the passport."""
    names = tables.programmes.set_index("programme_id")[name_column(language)]
    return rows.assign(government=[tables.name(g, language) for g in rows["government"]], programme=rows["programme_id"].map(names), figure=rows["figure_id"])


def basis(row: Mapping[str, Any], language: str) -> str:
    """Period and the codes of a figure, in words."""
    codes = [
        ("phase", "target_phase" if row["phase"] in v.TARGET_PHASES else "phase"),
        ("extent", "extent"),
        ("nature", "nature"),
        ("scope", "scope"),
        ("funding", "funding"),
        ("coverage", "coverage"),
    ]
    said = [say_period(row, language)]
    for name, vocabulary in codes:
        if given(row.get(name)) and not (name == "nature" and row[name] == "budget"):
            said.append(v.label(vocabulary, str(row[name]), language))
    if row.get("unit") in v.MONEY_UNITS and row["unit"] != "KRW":
        said.append(v.label("money_unit", str(row["unit"]), language))
    return " · ".join(said)


def cited(tables: Tables, rows: pd.DataFrame, language: str) -> list[str]:
    """The sources of these figures, for a 자료: line."""
    return cited_sources(tables, rows["figure_id"], language)


def indicator_names(tables: Tables, language: str) -> dict[str, str]:
    """Indicator → its name."""
    return dict(zip(tables.indicators["indicator"], tables.indicators[name_column(language)], strict=True))


def counters(tables: Tables) -> dict[str, str]:
    """Unit of an indicator → the Korean counter (companies → 개)."""
    return dict(zip(tables.indicators["unit"], tables.indicators["unit_ko"], strict=True))


def name_column(language: str) -> str:
    """The column of names in this language."""
    return f"name_{language}"

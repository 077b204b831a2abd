"""Which figures a chart of what was published draws, and what is said about those it leaves out."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from budgets.charts.theme import Row, shade, word
from budgets.passport import ENDS
from budgets.reading import given, say_interval, say_print
from budgets.tables import Tables


def ruled(tables: Tables, *rulings: str) -> set[str]:
    """The figures that a ruling of one of these kinds is about."""
    rows = tables.figure_rulings
    return set(rows.loc[rows["ruling"].isin(rulings), "figure_id"])


def drawable(tables: Tables, figures: pd.DataFrame, language: str) -> tuple[pd.DataFrame, list[str]]:
    """The figures once each, from sources that can be named; and a note on each kind left out."""
    doubled = figures["figure_id"].isin(ruled(tables, "same_as"))
    unsourced = ~doubled & (figures["reliability"] == "unsourced")
    notes = _note("left_out.same", doubled, language) + _note("left_out.unsourced", unsourced, language)
    return figures.loc[~doubled & ~unsourced], notes


def budgets_only(figures: pd.DataFrame, language: str) -> tuple[pd.DataFrame, list[str]]:
    """Amounts of budget in won; and a note on funds, investments and rates left out."""
    budget = (figures["nature"] == "budget") & (figures["unit"] == "KRW")
    return figures.loc[budget], _note("left_out.no_budget", ~budget, language)


def judged_only(figures: pd.DataFrame, language: str) -> tuple[pd.DataFrame, list[str]]:
    """Amounts whose scope was ruled; whole budgets and funds for everything stay out, and a note says so."""
    ruled_scope = figures["scope"].notna()
    return figures.loc[ruled_scope], _note("left_out.no_scope", ~ruled_scope, language)


def _note(key: str, rows: pd.Series, language: str) -> list[str]:
    return [word(key, language, n=int(rows.sum()))] if rows.any() else []


def ends_of(row: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    """(low, value, high) of a row of money or of an indicator."""
    low, value, high = ENDS["targets" if "indicator" in row else "budgets"]
    return row[low], row[value], row[high]


def counter_of(tables: Tables, row: Mapping[str, Any]) -> str:
    """The Korean counter of an indicator's unit; empty for money."""
    if "indicator" not in row:
        return ""
    return str(tables.indicators.set_index("indicator")["unit_ko"][row["indicator"]])


def datum(tables: Tables, row: Mapping[str, Any], language: str) -> Row:
    """What every mark of a figure carries.

    figure · government · name · colour · at (the printed value, or the known end of an open print, or the lower end of a range)
    · low · high (empty unless both ends are known and differ) · open (where a print has no upper end) · far (the
    largest of these) · said · interval.
    """
    low, value, high = ends_of(row)
    counter = counter_of(tables, row)
    known = [float(x) for x in (low, value, high) if given(x)]
    closed = given(low) and given(high) and low != high
    return {
        "figure": row["figure_id"],
        "government": row["government"],
        "name": tables.name(row["government"], language),
        "colour": shade(tables, row["government"]),
        "at": value if given(value) else low if given(low) else high,
        "low": low if closed else None,
        "high": high if closed else None,
        "open": max(known) if given(low) and not given(high) else None,
        "far": max(known),
        "said": say_print(row, low, value, high, language, counter=counter),
        "interval": say_interval(low, high, row["unit"], language, counter=counter),
    }


def programme_name(tables: Tables, programme_id: str, language: str) -> str:
    """What we call a programme."""
    named = tables.programmes.set_index("programme_id")[f"name_{language}"]
    return str(named[programme_id])

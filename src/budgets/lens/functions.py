"""The lens over official expenditure by function: total, per resident and share, nominal and in constant prices."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from budgets.charts import functional_bars
from budgets.errors import MeasureError
from budgets.essay.cells import MILLION, column
from budgets.lens.steps import say_line, say_none, say_people, say_prices, say_won
from budgets.official import functional_budgets
from budgets.page import Column, Lens, Table, View, html_table
from budgets.passport import function_name, functional_passports, functional_sources
from budgets.reading import given
from budgets.rows import each
from budgets.tables import Tables
from budgets.words import text

Kind = Literal["total", "per_resident", "share"]
KINDS: tuple[Kind, ...] = ("total", "per_resident", "share")
VALUES = {"total": "value", "per_resident": "per_resident_value", "share": "share_value"}
UNITS = {"total": "KRW", "per_resident": "KRW/resident", "share": "percent"}
SCALE = {"total": (MILLION, 0), "per_resident": (1, 0), "share": (1, 2)}
"""What one unit of a table's column holds, and how many decimals are shown."""
Frames = dict[int | None, pd.DataFrame]
"""Base year, or None for nominal prices → the functional budgets."""
FIGURE = " figure"
"""After a government's name: the column with the figures of its cells."""


def of_functions(tables: Tables, year: int, governments: Sequence[str], base_year: int, language: str = "ko") -> Lens:
    """Six views of the functional budgets of *year*, each a chart and a table with a row for each function; every value
    opens its passport.

    Raises `MeasureError` for a year without data and `BasisError` for a government without.
    """
    nominal = functional_budgets(tables, year, governments)
    frames: Frames = {None: nominal}
    why = ""
    try:
        frames[base_year] = functional_budgets(tables, year, governments, base_year=base_year)
    except MeasureError as error:
        why = error.say(language)
    views = [_view(tables, rows, governments, kind, base, language) for base, rows in frames.items() for kind in KINDS]
    views += [View(kind, "constant", why=why) for kind in KINDS if why]
    passports = functional_passports(tables, nominal, language)
    for figure, lines in _steps(tables, frames, language).items():
        lines += [say_none(kind, "constant", why, language) for kind in KINDS if why]
        passports[figure][text("lens.steps", language)] = "\n".join(lines)
    return Lens(text("essay.caption.functional", language, year=year), tuple(views), language, passports)


def _steps(tables: Tables, frames: Frames, language: str) -> dict[str, list[str]]:
    """Figure → a line for each view: from won to the number shown."""
    found: dict[str, list[str]] = {}
    for base_year, rows in frames.items():
        for nominal, row in zip(each(frames[None]), each(rows), strict=True):
            found.setdefault(row["figure"], []).extend(_line(tables, nominal, row, kind, base_year, language) for kind in KINDS)
    return found


def _line(tables: Tables, nominal: Mapping[str, Any], row: Mapping[str, Any], kind: Kind, base_year: int | None, language: str) -> str:
    """One view of a figure: *row* in the prices of the view, *nominal* the same as it was printed."""
    if not given(row[VALUES[kind]]):
        return say_none(kind, _prices(base_year), "", language)
    steps = [say_won(nominal["value"], language)]
    if base_year is not None and kind != "share":
        steps.append(say_prices(tables, base_year, row["year"], language))
    if kind == "per_resident":
        steps.append(say_people(row, language))
    if kind == "share":
        steps.append(text("lens.step.functions", language, won=f"{nominal['field_sum_value']:,.0f}"))
    scale, digits = SCALE[kind]
    number = f"{float(row[VALUES[kind]]) / scale:,.{digits}f}"
    return say_line(kind, _prices(base_year), steps, number, UNITS[kind], language)


def _prices(base_year: int | None) -> str:
    return "nominal" if base_year is None else "constant"


def _view(tables: Tables, rows: pd.DataFrame, governments: Sequence[str], kind: Kind, base_year: int | None, language: str) -> View:
    year = int(rows["year"].iloc[0])
    drawn = functional_bars(tables, year, governments, kind, language, base_year=base_year)
    return View(kind, _prices(base_year), _table(tables, rows, kind, base_year, language), drawn.to_dict(validate=False))


def _table(tables: Tables, rows: pd.DataFrame, kind: Kind, base_year: int | None, language: str) -> Table:
    year = int(rows["year"].iloc[0])
    scale, digits = SCALE[kind]
    values = (rows[VALUES[kind]].astype("Float64") / scale).round(digits)
    wide = rows.assign(shown=values).pivot(index="field", columns="government", values="shown")
    order = list(dict.fromkeys(rows["field"]))
    shown = pd.DataFrame({"field": order}).join(wide, on="field")
    figures = {(row["field"], row["government"]): row["figure"] for row in each(rows)}
    for government in wide.columns:
        shown[government + FIGURE] = pd.Series([figures.get((field, government)) for field in order], dtype=object)
    shown["field"] = [function_name(field, language) for field in order]
    ordered = list(dict.fromkeys(one["government"] for one in each(rows.sort_values("government", key=lambda s: s.map(tables.order)))))
    columns = [column("field", language), *(Column(g, tables.name(g, language), "number", figure=g + FIGURE) for g in ordered)]
    return html_table(
        shown,
        columns=columns,
        caption=text("essay.caption.functional", language, year=year),
        unit=text(f"lens.unit.{UNITS[kind].replace('/', '_')}", language),
        notes=list(notes(kind, year, base_year, language)),
        sources=functional_sources(tables, rows, language, per_resident=kind == "per_resident", base_year=None if kind == "share" else base_year),
        language=language,
    )


def notes(kind: Kind, year: int, base_year: int | None, language: str) -> list[str]:
    """What must be said under a view: what the numbers are not, what they were divided by, in which prices."""
    said = [text("essay.official.limits", language)]
    if kind == "per_resident":
        said.append(text("note.population", language, year=year - 1))
    if kind == "share":
        said.append(text("lens.note.share_of_functions", language))
    if base_year is not None:
        said.append(text("lens.note.share_same", language) if kind == "share" else text("note.prices", language, year=year, base=base_year))
    return said

"""The lens over official expenditure by function: total, per resident and share, nominal and in constant prices."""

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from budgets.charts import functional_bars
from budgets.errors import MeasureError
from budgets.essay.cells import MILLION, column
from budgets.official import functional_budgets
from budgets.lens.steps import by_prices, steps_of
from budgets.page import Column, Lens, Table, View, html_table
from budgets.passport import function_name, functional_passports, functional_sources
from budgets.rows import each
from budgets.tables import Tables
from budgets.words import text

Kind = Literal["total", "per_resident", "share"]
KINDS: tuple[Kind, ...] = ("total", "per_resident", "share")
VALUES = {"total": "value", "per_resident": "per_resident_value", "share": "share_value"}
UNITS = {"total": "KRW", "per_resident": "KRW_resident", "share": "percent"}
SCALE = {"total": (MILLION, 0), "per_resident": (1, 0), "share": (1, 2)}
"""What one unit of a table's column holds, and how many decimals are shown."""
FIGURE = " figure"
"""After a government's name: the column with the figures of its cells."""


def of_functions(tables: Tables, year: int, governments: Sequence[str], base_year: int, language: str = "ko") -> Lens:
    """Six views of the functional budgets of *year*, each a chart and a table with a row for each function; every value
    opens its passport.

    Raises `MeasureError` for a year without data and `BasisError` for a government without.
    """
    frames = {None: functional_budgets(tables, year, governments)}
    why = ""
    try:
        frames[base_year] = functional_budgets(tables, year, governments, base_year=base_year)
    except MeasureError as error:
        why = error.say(language)
    views = [_view(tables, rows, governments, kind, base, language) for base, rows in frames.items() for kind in KINDS]
    views += [View(kind, "constant", why=why) for kind in KINDS if why]
    passports = functional_passports(tables, frames[None], language)
    for figure, steps in traced_functions(tables, frames, views, language).items():
        passports[figure] |= steps
    return Lens(text("essay.caption.functional", language, year=year), tuple(views), language, passports)


def _view(tables: Tables, rows: pd.DataFrame, governments: Sequence[str], kind: Kind, base_year: int | None, language: str) -> View:
    year = int(rows["year"].iloc[0])
    drawn = functional_bars(tables, year, governments, kind, language, base_year=base_year)
    prices = "nominal" if base_year is None else "constant"
    return View(kind, prices, _table(tables, rows, kind, base_year, language), drawn.to_dict())


def _table(tables: Tables, rows: pd.DataFrame, kind: Kind, base_year: int | None, language: str) -> Table:
    year = int(rows["year"].iloc[0])
    scale, digits = SCALE[kind]
    values = (rows[VALUES[kind]].astype("Float64") / scale).round(digits)
    wide = rows.assign(shown=values).pivot(index="field", columns="government", values="shown")
    order = list(dict.fromkeys(rows["field"]))
    shown = pd.DataFrame({"field": order}).join(wide, on="field")
    shown = shown.join(rows.pivot(index="field", columns="government", values="figure").add_suffix(FIGURE), on="field")
    shown["field"] = [function_name(field, language) for field in order]
    ordered = list(dict.fromkeys(one["government"] for one in each(rows.sort_values("government", key=lambda s: s.map(tables.order)))))
    columns = [column("field", language), *(Column(g, tables.name(g, language), "number", figure=g + FIGURE) for g in ordered)]
    return html_table(
        shown,
        columns=columns,
        caption=text("essay.caption.functional", language, year=year),
        unit=text(f"lens.unit.{UNITS[kind]}", language),
        notes=list(notes(kind, year, base_year, language)),
        sources=functional_sources(
            tables, rows, language, per_resident=kind == "per_resident", base_year=None if kind == "share" else base_year
        ),
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

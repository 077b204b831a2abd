"""The lens over official expenditure by function: total, per resident and share, nominal and in constant prices."""

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from budgets.charts import functional_bars
from budgets.errors import MeasureError
from budgets.essay.cells import MILLION, column
from budgets.official import functional_budgets
from budgets.page import Column, Lens, Table, View, html_table
from budgets.reading import each
from budgets.tables import Tables
from budgets.words import catalogue, text

Kind = Literal["total", "per_resident", "share"]
KINDS: tuple[Kind, ...] = ("total", "per_resident", "share")
VALUES = {"total": "value", "per_resident": "per_resident_value", "share": "share_value"}
UNITS = {"total": "KRW", "per_resident": "KRW_resident", "share": "percent"}


def of_functions(tables: Tables, year: int, governments: Sequence[str], base_year: int, language: str = "ko") -> Lens:
    """Six views of the functional budgets of *year*, each a chart and a table with a row for each function.

    Raises `MeasureError` for a year without data and `BasisError` for a government without.
    """
    views = [_view(tables, year, governments, kind, None, language) for kind in KINDS]
    try:
        views += [_view(tables, year, governments, kind, base_year, language) for kind in KINDS]
    except MeasureError as error:
        views += [View(kind, "constant", why=error.say(language)) for kind in KINDS]
    return Lens(text("essay.caption.functional", language, year=year), tuple(views), language)


def _view(tables: Tables, year: int, governments: Sequence[str], kind: Kind, base_year: int | None, language: str) -> View:
    drawn = functional_bars(tables, year, governments, kind, language, base_year=base_year)
    prices = "nominal" if base_year is None else "constant"
    return View(kind, prices, _table(tables, year, governments, kind, base_year, language), drawn.to_dict())


def _table(tables: Tables, year: int, governments: Sequence[str], kind: Kind, base_year: int | None, language: str) -> Table:
    rows = functional_budgets(tables, year, governments, base_year=base_year)
    scale, digits = (MILLION, 0) if kind == "total" else (1, 0 if kind == "per_resident" else 2)
    values = (rows[VALUES[kind]].astype("Float64") / scale).round(digits)
    wide = rows.assign(shown=values).pivot(index="field", columns="government", values="shown")
    order = list(dict.fromkeys(rows["field"]))
    shown = pd.DataFrame({"field": order}).join(wide, on="field")
    shown["field"] = [text(f"function.{f}", language) if f"function.{f}" in catalogue() else f for f in order]
    ordered = list(dict.fromkeys(one["government"] for one in each(rows.sort_values("government", key=lambda s: s.map(tables.order)))))
    columns = [column("field", language), *(Column(g, tables.name(g, language), "number") for g in ordered)]
    return html_table(
        shown,
        columns=columns,
        caption=text("essay.caption.functional", language, year=year),
        unit=text(f"lens.unit.{UNITS[kind]}", language),
        notes=list(notes(kind, year, base_year, language)),
        sources=sorted(set(rows["source"].str.split(" @").str[0])),
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

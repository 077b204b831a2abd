"""Official functional budgets: the one place where all governments stand on one basis today."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, cast

import altair as alt
import pandas as pd

from budgets import vocabulary as v
from budgets.charts import theme
from budgets.charts.marks import layered, name_axis
from budgets.charts.telling import telling, told
from budgets.charts.theme import INK, Around, Row, word
from budgets.official import functional_budgets
from budgets.passport import function_name, functional_passports, functional_sources
from budgets.reading import given, say_day, say_interval, say_short
from budgets.rows import each
from budgets.tables import Tables
from budgets.words import text

Kind = Literal["total", "per_resident", "share"]
UNITS = {"total": "KRW", "per_resident": "KRW/resident", "share": "percent"}
ENDS = {
    "total": ("low", "value", "high"),
    "per_resident": ("per_resident_low", "per_resident_value", "per_resident_high"),
    "share": ("share_low", "share_value", "share_high"),
}
TOLD = ("printed", "source", "locator")
"""What a tooltip says of the passport, after the value."""
FOCUS = "과학기술"
"""The function nearest to the question; its values make the title."""


def functional_bars(
    tables: Tables,
    fiscal_year: int,
    governments: Sequence[str],
    measure: Kind = "per_resident",
    language: str = "ko",
    *,
    title: str | None = None,
    base_year: int | None = None,
) -> alt.FacetChart:
    """A small chart for each function of expenditure, largest first, one bar for each government; each function has
    its own axis, since governments are compared within a function.

    *measure*: total (won), per_resident (won per resident) or share (percent of the government's sum of functions);
    *base_year*: in constant prices of that year. Raises `MeasureError` for a year without data or index and `BasisError` for a government without.
    """
    frame = functional_budgets(tables, fiscal_year, governments, base_year=base_year)
    printed = frame if base_year is None else functional_budgets(tables, fiscal_year, governments)
    rows = [_bar(tables, row, measure, language) for row in each(frame)]
    names = theme.names(tables, governments, language)
    said = _title(rows, measure, fiscal_year, names, language)
    prices = text("note.prices", language, year=fiscal_year, base=base_year) if base_year is not None and measure != "share" else ""
    around = Around(
        title=title or said,
        subtitle=_basis(frame.iloc[0], measure, fiscal_year, language),
        finding=_finding(rows, language),
        unit=theme.axis_unit(UNITS[measure], language),
        notes=[note for note in (word("functional.note", language), prices) if note],
        sources=functional_sources(
            tables,
            frame,
            language,
            per_resident=measure == "per_resident",
            base_year=None if measure == "share" else base_year,
        ),
        columns=[[field, word(f"field.{field}", language)] for field in ("field", "name", "said", "interval")],
    )
    rows, alike = told(rows, functional_passports(tables, printed, language), language, *TOLD)
    return theme.finished(_small(rows, alike, names, language), around)


def _bar(tables: Tables, row: dict[Any, Any], measure: Kind, language: str) -> Row:
    low, value, high = (row[end] for end in ENDS[measure])
    return {
        "code": row["field"],
        "field": function_name(row["field"], language),
        "figure": row["figure"],
        "government": row["government"],
        "name": tables.name(row["government"], language),
        "colour": theme.shade(tables, row["government"]),
        "at": value if given(value) else None,
        "said": say_short(low, value, high, UNITS[measure], language) or text("page.missing", language),
        "interval": say_interval(low, high, UNITS[measure], language),
    }


def _title(rows: list[Row], measure: Kind, year: int, names: list[str], language: str) -> str:
    key = f"focus_{measure}" if any(row["code"] == FOCUS for row in rows) else measure
    return word(f"functional.{key}", language, year=year, names="·".join(names), n=len({row["code"] for row in rows}))


def _finding(rows: list[Row], language: str) -> str:
    """The values of the largest function and of the one nearest to the question, for those who do not see the bars."""
    wanted = list(dict.fromkeys([rows[0]["code"], *(row["code"] for row in rows if row["code"] == FOCUS)]))
    said = []
    for code in wanted:
        mine = [row for row in rows if row["code"] == code]
        values = ", ".join(word("functional.value", language, name=row["name"], said=row["said"]) for row in mine)
        said.append(word("functional.finding", language, field=mine[0]["field"], values=values))
    return "; ".join(said)


def _basis(first: "pd.Series[Any]", measure: Kind, year: int, language: str) -> str:
    parts = [v.label(name, first[name], language) for name in ("stage", "accounts", "netting")]
    if measure == "per_resident":
        parts.append(text("note.population", language, year=int(first["population_year"])))
    day = say_day(first["snapshot"], language) if given(first["snapshot"]) else str(year)
    return word("functional.subtitle", language, basis=" · ".join(parts), day=day)


def _small(rows: list[Row], alike: Mapping[str, str], names: list[str], language: str) -> alt.FacetChart:
    longest: dict[str, float] = {}
    for row in rows:
        longest[row["field"]] = max(longest.get(row["field"], 0.0), float(row["at"] or 0))
    # Labels need room on the right of the longest bar of each panel: a mark that is not seen holds the axis open.
    rows = [{**row, "room": longest[row["field"]] * 1.75} for row in rows]
    tips = [alt.Tooltip(f"{field}:N", title=word(f"field.{field}", language)) for field in ("field", "name", "said", "interval")]
    tips += telling(language, *TOLD)
    base = alt.Chart().transform_calculate(**alike).encode(y=alt.Y("name:N", sort=names, title=None, axis=name_axis()), tooltip=tips)
    axis = alt.Axis(labels=False, ticks=False, domain=False, grid=False)
    scale = alt.Scale(zero=True, nice=False)
    bar = base.mark_bar(size=13, opacity=0.85).encode(x=alt.X("at:Q", scale=scale, axis=axis, title=None), color=theme.COLOUR)
    held = base.mark_point(opacity=0).encode(x=alt.X("room:Q", scale=scale))
    label = base.mark_text(align="left", dx=5, fontSize=11).encode(x=alt.X("at:Q", scale=scale), text=alt.Text("said:N"))
    small = layered(bar, held, label, data=theme.records(rows)).properties(width=205, height=alt.Step(19))
    header = alt.Header(title=None, labelAnchor="start", labelPadding=4, labelColor=INK, labelLimit=230)
    facet = small.facet(facet=alt.Facet("field:N", sort=list(longest), header=header), columns=3, spacing={"row": 14, "column": 18})
    return cast(alt.FacetChart, facet.resolve_scale(x="independent"))

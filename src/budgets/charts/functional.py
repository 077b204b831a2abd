"""Official functional budgets: the one place where all governments stand on one basis today."""

from collections.abc import Sequence
from typing import Literal

import altair as alt

from budgets import vocabulary as v
from budgets.charts import theme
from budgets.charts.marks import name_axis
from budgets.charts.theme import INK, Around, Row, word
from budgets.official import functional_budgets
from budgets.reading import given, say_day, say_interval, say_short
from budgets.tables import Tables

Sort = Literal["total", "per_resident", "share"]
UNITS = {"total": "KRW", "per_resident": "KRW/resident", "share": "percent"}
ENDS = {"total": ("low", "value", "high")} | {
    name: (f"{name}_low", f"{name}_value", f"{name}_high") for name in ("per_resident", "share")
}


def functional_bars(
    tables: Tables, fiscal_year: int, governments: Sequence[str], measure: Sort = "per_resident", language: str = "ko", *, title: str | None = None
) -> alt.FacetChart:
    """A small chart for each function of expenditure, largest first, one bar for each government, all on one axis.

    *measure*: total (won), per_resident (won per resident) or share (percent of the government's sum of functions).
    Raises `MeasureError` for a year without data and `BasisError` for a government without.
    """
    frame = functional_budgets(tables, fiscal_year, governments)
    ordered, unit = theme.in_order(tables, governments), UNITS[measure]
    rows = []
    for row in frame.to_dict("records"):
        low, value, high = (row[end] for end in ENDS[measure])
        rows.append(
            {
                "name": tables.name(row["government"], language),
                "government": row["government"],
                "colour": theme.shade(tables, row["government"]),
                "field": row["field"],
                "at": value if given(value) else None,
                "said": say_short(low, value, high, unit, language),
                "interval": say_interval(low, high, unit, language),
            }
        )
    fields = list(dict.fromkeys(row["field"] for row in rows))
    first = frame.iloc[0]
    basis = [v.label("stage", first["stage"], language), v.label("accounts", first["accounts"], language), v.label("netting", first["netting"], language)]
    when = say_day(first["snapshot"], language) if given(first["snapshot"]) else str(fiscal_year)
    names = "·".join(tables.name(g, language) for g in ordered)
    said = word(f"functional.{measure}", language, year=fiscal_year, names=names, n=len(fields))
    around = Around(
        title=title or said,
        subtitle=word("functional.subtitle", language, basis=" · ".join(basis), day=when, population_year=int(first["population_year"])),
        finding=said,
        unit=theme.axis_unit(unit, language),
        notes=[word("functional.note", language)],
        sources=sorted(set(frame["source"])),
        columns=[[field, word(f"field.{field}", language)] for field in ("field", "name", "said", "interval")],
    )
    return theme.finished(_small(rows, fields, theme.names(tables, ordered, language), unit, language), around)


def _small(rows: list[Row], fields: list[str], names: list[str], unit: str, language: str) -> alt.FacetChart:
    scale = alt.Scale(domain=theme.room(rows, "at", share=0.62), nice=False)
    tips = [alt.Tooltip(f"{field}:N", title=word(f"field.{field}", language)) for field in ("field", "name", "said", "interval")]
    base = alt.Chart().encode(y=alt.Y("name:N", sort=names, title=None, axis=name_axis()), tooltip=tips)
    axis = alt.Axis(labels=False, ticks=False, domain=False, grid=False)
    bar = base.mark_bar(size=13, opacity=0.85).encode(x=alt.X("at:Q", scale=scale, axis=axis, title=None), color=theme.COLOUR)
    label = base.mark_text(align="left", dx=5, fontSize=11).encode(x=alt.X("at:Q", scale=scale, title=None), text="said:N")
    small = alt.layer(bar, label, data=theme.records(rows)).properties(width=205, height=alt.Step(19))
    header = alt.Header(title=None, labelAnchor="start", labelPadding=4, labelColor=INK, labelLimit=230)
    return small.facet(facet=alt.Facet("field:N", sort=fields, header=header), columns=3, spacing={"row": 14, "column": 18})

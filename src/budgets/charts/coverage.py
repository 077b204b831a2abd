"""Who published what for which year, and what of it may be compared."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from budgets.charts import theme
from budgets.charts.marks import layered, name_axis
from budgets.charts.theme import INK, LINE, PALE, SOFT, Around, Row, word
from budgets.passport import gap_figure, gap_passports
from budgets.rows import each
from budgets.survey import coverage
from budgets.tables import Tables
from budgets.words import text


def coverage_grid(
    tables: Tables,
    governments: Sequence[str],
    first_year: int,
    last_year: int,
    language: str = "ko",
    *,
    title: str | None = None,
) -> alt.LayerChart:
    """One cell for each government and year: how many amounts were published, how many of them for that year alone,
    how many of the whole government's AI, and how many stand beside another government's on one basis (framed).

    An amount over several years counts in each year it touches; it is not divided. Nothing published is a cell that
    says so.
    """
    cells = coverage(tables, governments, first_year, last_year)
    rows = [_cell(tables, cell, language) for cell in each(cells)]
    some, beside = sum(row["figures"] > 0 for row in rows), sum(row["comparable"] > 0 for row in rows)
    said = word("coverage.title", language, cells=len(rows), some=some, beside=beside)
    around = Around(
        title=title or said,
        subtitle=word("coverage.subtitle", language),
        finding=said,
        notes=[word("coverage.note", language)],
        columns=[[field, word(f"field.{field}", language)] for field in ("name", "year", "figures", "annual", "whole", "comparable")],
        passports=gap_passports(tables, cells, language),
    )
    width = max(84, min(118, 860 // max(1, last_year - first_year + 1)))
    drawn = _grid(tables, rows, governments, language).properties(width=alt.Step(width), height=alt.Step(78))
    return theme.finished(drawn, around)


def _cell(tables: Tables, cell: dict[Any, Any], language: str) -> Row:
    counts = {field: int(cell[field]) for field in ("figures", "annual", "whole", "comparable")}
    lines = [word("coverage.annual", language, **counts), word("coverage.whole", language, **counts)]
    state = "gap" if not counts["figures"] else "beside" if counts["comparable"] else "alone"
    return {
        **counts,
        "figure": " ".join(cell["figure_ids"]) or gap_figure(cell["government"], int(cell["year"])),
        "government": cell["government"],
        "name": tables.name(cell["government"], language),
        "year": int(cell["year"]),
        "state": state,
        "count": text("page.missing", language) if state == "gap" else word("coverage.count", language, **counts),
        "lines": [] if state == "gap" else lines,
        "mark": word("coverage.beside", language, **counts) if state == "beside" else None,
    }


def _grid(tables: Tables, rows: list[Row], governments: Sequence[str], language: str) -> alt.LayerChart:
    tips = [alt.Tooltip(f"{field}:N", title=word(f"field.{field}", language)) for field in ("name", "year", "figures", "annual", "whole", "comparable")]
    axis = alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, labelFontSize=13)
    base = alt.Chart(theme.records(rows)).encode(
        x=alt.X("year:O", title=None, axis=axis, scale=alt.Scale(paddingInner=0.05, paddingOuter=0)),
        y=alt.Y(
            "name:N",
            sort=theme.names(tables, governments, language),
            title=None,
            axis=name_axis(),
            scale=alt.Scale(paddingInner=0.07, paddingOuter=0),
        ),
        tooltip=tips,
    )
    gap = base.transform_filter("datum.state == 'gap'").mark_rect(fill="white", stroke=LINE, strokeDash=[3, 3])
    alone = base.transform_filter("datum.state == 'alone'").mark_rect(fill=PALE, stroke=LINE)
    beside = base.transform_filter("datum.state == 'beside'").mark_rect(fill="#fff4d6", stroke=INK, strokeWidth=2.5)
    shown = base.transform_filter("datum.state != 'gap'")
    return layered(
        gap,
        alone,
        beside,
        base.transform_filter("datum.state == 'gap'").mark_text(color=SOFT, fontSize=11).encode(text=alt.Text("count:N")),
        shown.mark_text(dy=-22, fontSize=13, fontWeight="bold").encode(text=alt.Text("count:N")),
        shown.mark_text(dy=-4, fontSize=10.5, lineHeight=14, color=SOFT).encode(text=alt.Text("lines:N")),
        base.transform_filter("datum.state == 'beside'").mark_text(dy=28, fontSize=10.5, fontWeight="bold").encode(text=alt.Text("mark:N")),
    )

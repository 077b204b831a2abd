"""Amounts over years: what was published for single years, and the totals that span several."""

from collections.abc import Mapping
from datetime import date
from math import log
from typing import Any

import altair as alt
import pandas as pd

from budgets import vocabulary as v
from budgets.charts import theme
from budgets.charts.figures import budgets_only, datum, drawable, judged_only, programme_name
from budgets.charts.marks import layered, name_axis, stacked
from budgets.charts.placing import COLUMN, sides
from budgets.charts.theme import INK, LINE, SOFT, Around, Row, word
from budgets.passport import cited_sources
from budgets.reading import given, say_period
from budgets.rows import each
from budgets.tables import Tables
from budgets.words import text

EXTENT, WIDTH, HEIGHT = 235, 660, 210
SHAPES = {"government": "circle", "bureau": "diamond", "plan": "square", "programme": "triangle-up", "line": "cross"}
DECIDED = ("awarded", "approved", "supplementary", "adjusted", "cost_fixed", "paid", "settled")
"""Phases after a decision: drawn filled. Before it, or not known, hollow."""
STEPS = [step * 10**power for power in range(5, 16) for step in (1, 3)]
"""Where a logarithmic axis has its ticks."""
ALIGN: dict[str, dict[str, Any]] = {
    "right": {"align": "left", "dx": 8},
    "left": {"align": "right", "dx": -8},
    "above": {"align": "center", "dy": -12},
    "below": {"align": "center", "dy": 12},
}


def interval_timeline(tables: Tables, figures: pd.DataFrame, language: str = "ko", *, title: str | None = None) -> alt.VConcatChart | alt.Chart:
    """What was published over the years, government by government: amounts of one year as points with whiskers, and
    below them, without an axis of amounts, the totals over several years as bands that span their years.

    *figures*: rows of ``judged_budgets``. A total is never divided into years, nor set against the amount of one year.
    Without an amount of budget a panel says so.
    """
    figures, notes = drawable(tables, figures, language)
    for choose in (budgets_only, judged_only, _dated):
        figures, more = choose(figures, language)
        notes += more
    if figures.empty:
        return theme.nothing(word("timeline.name", language), word("nothing.amount", language), language)
    rows = [_row(tables, row, language) for row in each(figures)]
    domain = (round(min(row["first"] for row in rows) + 0.01), round(max(row["last"] for row in rows) - 0.01))
    governments = theme.in_order(tables, figures["government"])
    single = sum(row["single"] for row in rows)
    names = "·".join(tables.name(g, language) for g in governments)
    said = word("timeline.title", language, names=names, n=len(rows), single=single, spans=len(rows) - single)
    around = Around(
        title=title or said,
        subtitle=word("timeline.subtitle", language),
        finding=said,
        unit=theme.axis_unit("KRW", language),
        notes=[*notes, word("timeline.note", language)],
        sources=cited_sources(tables, figures["figure_id"], language),
        columns=theme.passport_columns(language, "name", "period", "programme", "said"),
    )
    rows = theme.with_passports(tables, rows, language)
    coverages = [v.label("coverage", code, language) for code in SHAPES]
    used = [label for label in coverages if label in {row["coverage"] for row in rows if row["single"]}]
    panels: list[alt.LayerChart] = []
    for government in governments:
        mine = [row for row in rows if row["government"] == government]
        panels += _panels(tables.name(government, language), mine, used, domain, language)
    return theme.finished(stacked(panels, rows, spacing=14, y="independent"), around)


def _dated(figures: pd.DataFrame, language: str) -> tuple[pd.DataFrame, list[str]]:
    known = figures["period_start"].notna() | figures["period_end"].notna()
    return figures.loc[known], [] if known.all() else [word("timeline.undated", language, n=int((~known).sum()))]


def _row(tables: Tables, row: Mapping[str, Any], language: str) -> Row:
    """A mark: where its period begins and ends (an end that was not printed is drawn one year on, and open)."""
    mark = datum(tables, row, language)
    starts, ends = given(row["period_start"]), given(row["period_end"])
    first, last = _place(row["period_start"]), _place(row["period_end"], end=True)
    what = v.label("funding", row["funding"], language)
    if row["funding"] == "unknown":
        what = v.label("phase", row["phase"], language)
    room = {"ko": 32, "en": 27}[language]  # in columns: a column of Latin letters is wider than half a Korean one
    name = theme.clipped(programme_name(tables, row["programme_id"], language), room - theme.columns(what))
    return {
        **mark,
        "single": row["period_kind"] == "fiscal_year",
        "first": first if starts else last - 1,
        "last": last if ends else first + 1,
        "starts": starts,
        "ends": ends,
        "period": say_period(row, language),
        "coverage": v.label("coverage", row["coverage"], language) if given(row["coverage"]) else None,
        "fill": mark["colour"] if row["phase"] in DECIDED else "white",
        "band": f"{name} · {what}",
    }


def _place(day: date | None, *, end: bool = False) -> float:
    """A day on an axis of years on which the year 2020 runs from 2019.5 to 2020.5; 0 for no day."""
    if day is None or not given(day):
        return 0.0
    return day.year - 0.5 + (day.month - 1 + (day.day / 31 if end else (day.day - 1) / 31)) / 12


def _panels(name: str, rows: list[Row], used: list[str], domain: tuple[int, int], language: str) -> list[alt.LayerChart]:
    single, bands = [r for r in rows if r["single"]], [r for r in rows if not r["single"]]
    panels = []
    if single:
        head = word("timeline.single", language, name=name)
        panels.append(_points(_spread(single, domain), used, domain, language).properties(title=theme.head(head)))
    if bands:
        head = word("timeline.bands", language, name=name)
        panels.append(_bands(bands, domain, language).properties(title=theme.head(head)))
    return panels


def _years(domain: tuple[int, int]) -> alt.X:
    first, last = domain
    axis = alt.Axis(values=list(range(first, last + 1)), format="d", grid=False, ticks=False, labelFontSize=12.5)
    return alt.X("x:Q", scale=alt.Scale(domain=[first - 0.5, last + 0.5], nice=False), axis=axis, title=None)


def _spread(rows: list[Row], domain: tuple[int, int]) -> list[Row]:
    """Points of one year stand side by side; each gets the side on which its label lies on no other mark."""
    floor, top, logarithmic = _range(rows)
    by_year: dict[int, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (-row["at"], row["figure"])):
        by_year.setdefault(round(row["last"] - 0.01), []).append(row)
    done = [{**row, "x": year + (i - (len(some) - 1) / 2) * min(0.14, 0.75 / len(some))} for year, some in by_year.items() for i, row in enumerate(some)]

    def height(value: float) -> float:
        share = log(value / floor) / log(top / floor) if logarithmic else value / top
        return HEIGHT * (1 - share)

    across = WIDTH / (domain[1] - domain[0] + 1)
    points = [((row["x"] - domain[0] + 0.5) * across, height(float(row["at"]))) for row in done]
    chosen = sides(points, [theme.columns(row["said"]) for row in done], WIDTH)
    return [{**row, "side": side} for row, side in zip(done, chosen, strict=True)]


def _range(rows: list[Row]) -> tuple[float, float, bool]:
    """(lower end, upper end, logarithmic?) of an axis that holds the amounts."""
    values = [float(row["at"]) for row in rows if row["at"]]
    far = max(float(row["far"]) for row in rows)
    if values and len(values) == len(rows) and max(values) / min(values) > 40:
        return min(values) / 2, far * 2, True
    return 0.0, far * 1.15 or 1.0, False


def _points(rows: list[Row], used: list[str], domain: tuple[int, int], language: str) -> alt.LayerChart:
    floor, top, logarithmic = _range(rows)
    # An open lower end (최대 …) has no place on a logarithmic axis: its whisker ends at the floor.
    rows = [{**row, "low": max(float(row["low"]), floor) if row["low"] is not None else None} for row in rows]
    kind: dict[str, Any] = {"type": "log"} if logarithmic else {}
    scale = alt.Scale(domain=[floor, top], nice=False, **kind)
    axis = theme.amount_axis("KRW", language, counts=5)
    axis.minExtent = axis.maxExtent = EXTENT
    if logarithmic:
        axis.values = [step for step in STEPS if floor <= step <= top]
    x, tips = _years(domain), theme.tooltips(language, "name", "period", "said", "interval")
    base = alt.Chart(theme.records(rows)).encode(x=x)
    y = alt.Y("at:Q", scale=scale, axis=axis, title=None)
    legend = alt.Legend(title=text("field.coverage", language), orient="top", direction="horizontal")
    known = {v.label("coverage", code, language): shape for code, shape in SHAPES.items()}
    shapes = alt.Scale(domain=used, range=[known[label] for label in used])
    shape = alt.Shape("coverage:N", scale=shapes, legend=legend)
    fill, stroke = alt.Fill("fill:N", scale=None), alt.Stroke("colour:N", scale=None)
    whisker = base.transform_filter("isValid(datum.low)").mark_rule(strokeWidth=1.5, color=INK)
    labels = [
        base.transform_filter(f"datum.side == '{side}'")
        .mark_text(fontSize=11, color=SOFT, **ALIGN[side])
        .encode(y=alt.Y("at:Q", scale=scale), text=alt.Text("said:N"))
        for side in ALIGN
    ]
    between = alt.Chart(theme.records([{"x": year + 0.5} for year in range(domain[0], domain[1])]))
    return layered(
        base.mark_point(size=95, strokeWidth=2, opacity=1).encode(y=y, shape=shape, fill=fill, stroke=stroke, tooltip=tips),
        between.mark_rule(color=LINE, strokeDash=[2, 3]).encode(x=x),
        whisker.encode(y=alt.Y("low:Q", scale=scale), y2=alt.Y2("high:Q")),
        *labels,
    ).properties(width=WIDTH, height=HEIGHT)


def _bands(rows: list[Row], domain: tuple[int, int], language: str) -> alt.LayerChart:
    across = WIDTH / (domain[1] - domain[0] + 1)
    rows = [{**row, "x": row["first"], "middle": (row["first"] + row["last"]) / 2, "where": _where(row, across, domain)} for row in rows]
    rows.sort(key=lambda row: (row["x"], row["last"], -row["at"], row["figure"]))
    theme.tell_apart(rows, "band")
    tips = theme.tooltips(language, "name", "period", "said", "interval")
    y = alt.Y("band:N", sort=[row["band"] for row in rows], title=None, axis=name_axis(EXTENT))
    base = alt.Chart(theme.records(rows)).encode(y=y)
    fill, stroke = alt.Fill("fill:N", scale=None), alt.Stroke("colour:N", scale=None)
    band = base.mark_bar(size=17, strokeWidth=2, cornerRadius=3, fillOpacity=0.35)
    arrows = [
        base.transform_filter(f"!datum.{known}").mark_point(shape=shape, filled=True, size=90, color=INK, opacity=1).encode(x=alt.X(f"{end}:Q"))
        for known, shape, end in (("starts", "triangle-left", "first"), ("ends", "triangle-right", "last"))
    ]
    looks: list[tuple[str, str, dict[str, Any]]] = [
        ("in", "middle", {}),
        ("right", "last", ALIGN["right"]),
        ("left", "first", ALIGN["left"]),
    ]
    labels = [
        base.transform_filter(f"datum.where == '{where}'").mark_text(fontSize=11.5, **look).encode(x=alt.X(f"{end}:Q"), text=alt.Text("said:N"))
        for where, end, look in looks
    ]
    return layered(band.encode(x=_years(domain), x2=alt.X2("last:Q"), fill=fill, stroke=stroke, tooltip=tips), *arrows, *labels).properties(
        width=WIDTH, height=alt.Step(22)
    )


def _where(row: Row, across: float, domain: tuple[int, int]) -> str:
    """Inside its band if the label fits, else to its right, at the right edge to its left."""
    wide = theme.columns(row["said"]) * COLUMN + 12
    if wide < (row["last"] - row["first"]) * across:
        return "in"
    return "right" if (domain[1] + 0.5 - row["last"]) * across > wide else "left"

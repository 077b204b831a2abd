"""Amounts over years: what was published for single years, and the totals that span several."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from budgets import vocabulary as v
from budgets.charts import theme
from budgets.charts.figures import budgets_only, datum, drawable, programme_name
from budgets.charts.marks import name_axis
from budgets.charts.theme import INK, LINE, SOFT, Around, Row, word
from budgets.passport import cited_sources
from budgets.reading import given, say_period
from budgets.tables import Tables
from budgets.words import text

EXTENT = 190
HEIGHT = 250
SHAPES = {"government": "circle", "bureau": "diamond", "plan": "square", "programme": "triangle-up", "line": "cross"}
DECIDED = ("awarded", "approved", "supplementary", "adjusted", "cost_fixed", "paid", "settled")
"""Phases after a decision: drawn filled. Before it, or not known, hollow."""
NEAR = 0.055
"""Labels closer than this share of the height to one already written in the same year are left to the tooltip."""


def interval_timeline(
    tables: Tables, figures: pd.DataFrame, language: str = "ko", *, title: str | None = None
) -> alt.VConcatChart | alt.Chart:
    """What was published over the years, government by government: amounts of one year as points with whiskers, and
    below them, without an axis of amounts, the totals over several years as bands that span their years.

    *figures*: rows of ``judged_budgets``. A total is never divided into years, nor set against the amount of one year.
    """
    figures, notes = drawable(tables, figures, language)
    figures, more = budgets_only(figures, language)
    known = figures["period_start"].notna() | figures["period_end"].notna()
    notes += more + ([word("timeline.undated", language, n=int((~known).sum()))] if (~known).any() else [])
    figures = figures.loc[known]
    if figures.empty:
        return theme.nothing(word("timeline.name", language), word("nothing.amount", language), language)
    rows = [_row(tables, row, language) for row in figures.to_dict("records")]
    years = [row["last"] for row in rows] + [row["first"] for row in rows if row["first"] is not None]
    domain = (int(min(years)), int(max(years)))
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
    panels: list[alt.LayerChart] = []
    for government in governments:
        mine = [row for row in theme.with_passports(tables, rows, language) if row["government"] == government]
        panels += _panels(tables.name(government, language), mine, domain, language)
    return theme.finished(alt.vconcat(*panels, spacing=12).resolve_scale(y="independent"), around)


def _row(tables: Tables, row: Mapping[str, Any], language: str) -> Row:
    single = row["period_kind"] == "fiscal_year"
    decided = row["phase"] in DECIDED
    mark = datum(tables, row, language)
    return {
        **mark,
        "single": single,
        "first": _place(row["period_start"]),
        "last": _place(row["period_end"] if given(row["period_end"]) else row["period_start"], end=not single),
        "period": say_period(row, language),
        "coverage": v.label("coverage", row["coverage"] if given(row["coverage"]) else "line", language),
        "fill": mark["colour"] if decided else "white",
        "band": theme.clipped(programme_name(tables, row["programme_id"], language), 26),
    }


def _place(day: date | None, *, end: bool = False) -> float | None:
    """A day on an axis of years on which the middle of 2020 is 2020: 1 January is 2019.5."""
    if not given(day):
        return None
    assert day is not None
    return day.year - 0.5 + (day.month - 1 + (day.day / 31 if end else (day.day - 1) / 31)) / 12


def _panels(name: str, rows: list[Row], domain: tuple[int, int], language: str) -> list[alt.LayerChart]:
    single, bands = [r for r in rows if r["single"]], [r for r in rows if not r["single"]]
    panels = []
    if single:
        head = word("timeline.single", language, name=name)
        panels.append(_points(_spread(single), domain, language).properties(title=_head(head)))
    if bands:
        head = word("timeline.bands", language, name=name)
        panels.append(_bands(bands, domain, language).properties(title=_head(head)))
    return panels


def _head(words: str) -> alt.TitleParams:
    return alt.TitleParams(words, fontSize=13, color=INK, offset=8)


def _years(domain: tuple[int, int]) -> alt.X:
    first, last = domain
    axis = alt.Axis(values=list(range(first, last + 1)), format="d", grid=False, ticks=False, labelFontSize=12.5)
    return alt.X("x:Q", scale=alt.Scale(domain=[first - 0.5, last + 0.5], nice=False), axis=axis, title=None)


def _spread(rows: list[Row]) -> list[Row]:
    """Points of one year stand side by side; of labels that would lie on one another the first is kept."""
    low, high = (pick(float(row["at"]) for row in rows if row["at"]) for pick in (min, max))
    logarithmic = high / low > 40
    by_year: dict[float, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (-row["at"], row["figure"])):
        by_year.setdefault(round(row["last"]), []).append(row)
    done = []
    for year, some in by_year.items():
        written: list[float] = []
        for i, row in enumerate(some):
            height = _height(row["at"], low, high, logarithmic)
            apart = all(abs(height - other) > NEAR for other in written)
            if apart:
                written.append(height)
            offset = (i - (len(some) - 1) / 2) * min(0.14, 0.7 / len(some))
            done.append({**row, "x": year + offset, "label": row["said"] if apart else None, "log": logarithmic})
    return done


def _height(value: float, low: float, high: float, logarithmic: bool) -> float:
    from math import log

    if high <= low:
        return 0.5
    return log(value / low) / log(high / low) if logarithmic else value / high


def _points(rows: list[Row], domain: tuple[int, int], language: str) -> alt.LayerChart:
    logarithmic = rows[0]["log"]
    floor = min(float(row["at"]) for row in rows) / 2 if logarithmic else 0.0
    # An open lower end (최대 …) has no place on a logarithmic axis: its whisker ends at the floor.
    rows = [{**row, "low": max(float(row["low"]), floor) if row["low"] is not None else None} for row in rows]
    top = max(float(row["far"]) for row in rows) * (2 if logarithmic else 1.15)
    scale = alt.Scale(domain=[floor, top], type="log" if logarithmic else "linear", nice=False)
    axis = theme.amount_axis("KRW", language, counts=5)
    axis.minExtent = axis.maxExtent = EXTENT
    y = alt.Y("at:Q", scale=scale, axis=axis, title=None)
    x, tips = _years(domain), theme.tooltips(language, "name", "period", "said", "interval")
    base = alt.Chart(theme.records(rows)).encode(x=x, tooltip=tips)
    rules = alt.Chart(theme.records([{"x": year + 0.5} for year in range(domain[0], domain[1])]))
    coverages = [v.label("coverage", code, language) for code in SHAPES]
    used = [label for label in coverages if label in {row["coverage"] for row in rows}]
    shape = alt.Shape(
        "coverage:N",
        scale=alt.Scale(domain=coverages, range=list(SHAPES.values())),
        legend=alt.Legend(title=text("field.coverage", language), values=used, orient="top", direction="horizontal"),
    )
    return alt.layer(
        base.mark_point(size=95, strokeWidth=2, opacity=1).encode(
            y=y, shape=shape, fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("colour:N", scale=None)
        ),
        rules.mark_rule(color=LINE, strokeDash=[2, 3]).encode(x=x),
        base.transform_filter("isValid(datum.low)").mark_rule(strokeWidth=1.5, color=INK).encode(
            y=alt.Y("low:Q", scale=scale), y2="high:Q"
        ),
        base.transform_filter("isValid(datum.label)").mark_text(align="left", dx=8, fontSize=11, color=SOFT).encode(
            y=alt.Y("at:Q", scale=scale), text="label:N"
        ),
    ).properties(width=theme.WIDTH, height=HEIGHT)


def _bands(rows: list[Row], domain: tuple[int, int], language: str) -> alt.LayerChart:
    # A band whose start was not printed shows its last year only, with an arrow to the left.
    open_start = [row["first"] is None for row in rows]
    rows = [{**row, "x": row["last"] - 1 if o else row["first"], "open": o} for row, o in zip(rows, open_start, strict=True)]
    rows.sort(key=lambda row: (row["x"], row["last"], -row["at"], row["figure"]))
    theme.tell_apart(rows, "band")
    tips = theme.tooltips(language, "name", "period", "said", "interval")
    y = alt.Y("band:N", sort=[row["band"] for row in rows], title=None, axis=name_axis(EXTENT))
    base = alt.Chart(theme.records(rows)).encode(y=y, tooltip=tips)
    band = base.mark_bar(size=17, strokeWidth=2, cornerRadius=3, fillOpacity=0.35)
    arrow = base.transform_filter("datum.open").mark_point(shape="triangle-left", filled=True, size=90, color=INK)
    label = base.mark_text(fontWeight="bold", fontSize=11.5)
    middle = alt.X("middle:Q")
    rows_middle = "(datum.x + datum.last) / 2"
    return alt.layer(
        band.encode(x=_years(domain), x2="last:Q", fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("colour:N", scale=None)),
        arrow.encode(x=_years(domain)),
        label.transform_calculate(middle=rows_middle).encode(x=middle, text="said:N"),
    ).properties(width=theme.WIDTH, height=alt.Step(26))

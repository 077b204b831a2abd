"""Dated events on a time axis, each as long as its date is uncertain."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from budgets import vocabulary as v
from budgets.charts import theme
from budgets.charts.figures import programme_name, ruled
from budgets.charts.marks import layered, name_axis, stacked
from budgets.charts.theme import SOFT, Around, Row, word
from budgets.passport import cited_sources, say_event
from budgets.reading import given, say_event_date
from budgets.rows import each
from budgets.tables import Tables
from budgets.words import text

EXTENT = 345
SHORT = pd.Timedelta(days=20)
"""Events shorter than this are drawn as a point, longer ones as a bar: a bar of a day would not be seen."""


def milestones(tables: Tables, governments: Sequence[str], language: str = "ko", *, title: str | None = None) -> alt.VConcatChart | alt.Chart:
    """The events of the governments by date: happened filled, planned hollow; an uncertain date as a bar over all the
    days it may be, an event known only to lie before a day as an arrow from it. A panel for each government.

    Repeated mentions (same_as) are drawn once. A government without events keeps its panel, empty.
    """
    events = tables.judged_milestones
    events = events.loc[events["government"].isin(governments)]
    doubled = events["figure_id"].isin(ruled(tables, "same_as"))
    dated = events["date_start"].notna() | events["date_end"].notna()
    notes = [word("left_out.same", language, n=int(doubled.sum()))] if doubled.any() else []
    if (undated := ~dated & ~doubled).any():
        notes.append(word("milestones.undated", language, n=int(undated.sum())))
    events = events.loc[dated & ~doubled]
    ordered = theme.in_order(tables, governments)
    names = "·".join(tables.name(g, language) for g in ordered)
    if events.empty:
        return theme.nothing(word("milestones.name", language, names=names), word("nothing.events", language), language)
    changed = ruled(tables, "superseded_by")
    rows = [_event(tables, row, row["figure_id"] in changed, language) for row in each(events)]
    rows = theme.with_passports(tables, rows, language)
    domain = _domain(rows)
    for row in rows:
        row["left"] = row["date_end"] > domain[0] + (domain[1] - domain[0]) * 0.72
    happened = int((events["state"] == "happened").sum())
    said = word("milestones.title", language, names=names, n=len(rows), happened=happened, planned=len(rows) - happened)
    around = Around(
        title=title or said,
        subtitle=word("milestones.subtitle", language),
        finding=said,
        notes=notes,
        sources=cited_sources(tables, events["figure_id"], language),
        columns=theme.passport_columns(language, "name", "event", "day", "state"),
    )
    rows.sort(key=lambda row: (tables.order(row["government"]), row["date_start"], row["date_end"], row["figure"]))
    panels = []
    for government in ordered:
        mine = [row for row in rows if row["government"] == government]
        theme.tell_apart(mine, "event")
        panels.append(_panel(tables, government, mine, domain, language))
    return theme.finished(stacked(panels, rows, spacing=20, y="independent"), around)


def _event(tables: Tables, row: Mapping[str, Any], changed: bool, language: str) -> Row:
    event = say_event(row["event"], language)
    name = theme.clipped(programme_name(tables, row["programme_id"], language), 50 - theme.columns(event))
    before = not given(row["date_start"])
    last = row["date_end"] if given(row["date_end"]) else row["date_start"]
    first = last if before else row["date_start"]
    colour = theme.shade(tables, row["government"])
    day, state = say_event_date(row, language), v.label("milestone_state", row["state"], language)
    label = day if row["state"] == "happened" else word("milestones.planned", language, day=day, state=state)
    return {
        "figure": row["figure_id"],
        "government": row["government"],
        "name": tables.name(row["government"], language),
        "colour": colour,
        "fill": colour if row["state"] == "happened" else "white",
        "event": f"{name} — {event}",
        "date_start": first,
        "date_end": last,
        "middle": first + (last - first) / 2,
        "shape": "before" if before else "long" if last - first > SHORT else "point",
        "day": day,
        "state": state,
        "label": word("milestones.superseded", language, label=label) if changed else label,
    }


def _domain(rows: list[Row]) -> tuple[pd.Timestamp, pd.Timestamp]:
    first, last = min(row["date_start"] for row in rows), max(row["date_end"] for row in rows)
    return pd.Timestamp(first.year, 1, 1), pd.Timestamp(last.year, 12, 31)


def _panel(tables: Tables, government: str, rows: list[Row], domain: tuple[pd.Timestamp, pd.Timestamp], language: str) -> alt.LayerChart:
    head = theme.head(tables.name(government, language))
    days = [alt.DateTime(year=d.year, month=d.month, date=d.day) for d in domain]
    axis = alt.Axis(format="%Y", tickCount="year", grid=True, domain=False, labelFontSize=12, labelFlush=False)
    if not rows:
        gap = alt.Chart(theme.records([{"said": text("page.missing", language)}])).mark_text(align="left", color=SOFT)
        empty = layered(gap.encode(x=alt.value(6), text=alt.Text("said:N")))
        return empty.properties(width=theme.WIDTH - 110, height=30, title=head)
    y = alt.Y("event:N", sort=[row["event"] for row in rows], title=None, axis=name_axis(EXTENT))
    x = alt.X("date_start:T", scale=alt.Scale(domain=days), title=None, axis=axis)
    tips = theme.tooltips(language, "event", "day", "state")
    base = alt.Chart(theme.records(rows)).encode(y=y)
    fill, stroke = alt.Fill("fill:N", scale=None), alt.Stroke("colour:N", scale=None)
    bar = base.transform_filter("datum.shape == 'long'").mark_bar(size=11, strokeWidth=2, cornerRadius=3)
    point = base.transform_filter("datum.shape == 'point'").mark_point(size=110, strokeWidth=2.5, opacity=1)
    before = base.transform_filter("datum.shape == 'before'").mark_point(shape="triangle-left", size=130, strokeWidth=2)
    sides: list[tuple[str, Literal["left", "right"], int, str]] = [
        ("!", "left", 12, "date_end"),
        ("", "right", -12, "date_start"),
    ]
    labels = [
        base.transform_filter(f"{test}datum.left")
        .mark_text(align=align, dx=dx, fontSize=11.5, color=SOFT)
        .encode(x=alt.X(f"{end}:T"), text=alt.Text("label:N"))
        for test, align, dx, end in sides
    ]
    layers = layered(
        bar.encode(x=x, x2=alt.X2("date_end:T"), fill=fill, stroke=stroke, tooltip=tips),
        point.encode(x=alt.X("middle:T"), fill=fill, stroke=stroke, tooltip=tips),
        before.encode(x=alt.X("date_end:T"), fill=fill, stroke=stroke, tooltip=tips),
        *labels,
    )
    return layers.properties(width=theme.WIDTH - 110, height=alt.Step(25), title=head)

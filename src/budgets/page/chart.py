"""A chart of a page: a Vega-Lite specification, its caption, its text alternative and the table of its data."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from budgets.page.environment import render, script_json
from budgets.page.font import FAMILY
from budgets.page.formats import is_missing
from budgets.page.table import Column, Kind, html_table, note_lines
from budgets.words import text

Spec = Mapping[str, Any]
Rows = list[dict[str, Any]]
DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T[\d:.]+Z?)?$")


def chart(spec: Spec, number: int, *, language: str, with_data: bool, place: str = "") -> Markup:
    """The figure element of chart *number*, with the table of its data unless the notebook shows one itself.

    *place* tells apart the views of one figure.
    """
    said = spec.get("usermeta") or {}
    title, subtitle = _titles(spec, said)
    title = title or text("page.chart_untitled", language)
    alternative = [title, said.get("finding") or subtitle, text("page.see_data", language) if with_data else ""]
    table = data_table(spec, text("page.chart_data", language, n=number), language) if with_data else None
    return render(
        "chart.j2",
        language,
        number=number,
        place=f"{number}{place}",
        title=title,
        subtitle=subtitle,
        unit=said.get("unit"),
        notes=note_lines(said.get("sources") or [], said.get("notes") or [], language),
        alternative=" ".join(part if part[-1:] in ".!?" else f"{part}." for part in alternative if part),
        spec=script_json(_drawable(spec)),
        table=table,
    )


def data_table(spec: Spec, caption: str, language: str) -> Markup | None:
    """The chart's own rows as a table; None for a chart without rows.

    The columns are those ``usermeta.columns`` names, read from the first data set that has them all; without them,
    every field of the first data set.
    """
    named = [tuple(column) for column in (spec.get("usermeta") or {}).get("columns") or []]
    datasets = [rows for rows in _datasets(spec) if rows]
    keys = {column[0] for column in named}
    rows = next((rows for rows in datasets if keys <= set().union(*rows)), datasets[0] if datasets else None)
    if not rows:
        return None
    frame = pd.DataFrame(rows, dtype=object)
    if not named:
        named = [(key, key) for key in frame.columns if key != "figure" and not str(key).startswith("_")]
    columns = [Column(column[0], column[1], column[2] if len(column) > 2 else _kind(frame[column[0]])) for column in named if column[0] in frame]
    unit = (spec.get("usermeta") or {}).get("unit")
    made = html_table(frame, columns=columns, caption=caption, unit=unit, language=language)
    return Markup(made.html) if columns else None


def figures_of(spec: Spec) -> Iterator[str]:
    """The identifiers of all figures the chart draws."""
    for rows in _datasets(spec):
        for row in rows:
            if isinstance(row.get("figure"), str):
                yield from row["figure"].split()


def _datasets(node: object, named: Mapping[str, Rows] | None = None) -> Iterator[Rows]:
    """Every data set the specification draws, in the order it names them."""
    if isinstance(node, Mapping):
        named = {**(named or {}), **(node.get("datasets") or {})}
        data = node.get("data")
        if isinstance(data, Mapping):
            rows = data.get("values", named.get(str(data.get("name"))))
            if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
                yield rows
        for key, child in node.items():
            if key not in ("data", "datasets", "usermeta"):
                yield from _datasets(child, named)
    elif isinstance(node, list):
        for child in node:
            yield from _datasets(child, named)


def _titles(spec: Spec, said: Mapping[str, Any]) -> tuple[str, str]:
    own = spec.get("title") or ""
    own = own if isinstance(own, Mapping) else {"text": own}
    return _line(said.get("title") or own.get("text")), _line(said.get("subtitle") or own.get("subtitle"))


def _line(said: str | Sequence[str] | None) -> str:
    return " ".join(said) if isinstance(said, list) else str(said or "")


def _drawable(spec: Spec) -> dict[str, Any]:
    """The specification as the page draws it: its title stands in the caption, its font is the page's."""
    drawn = {key: value for key, value in spec.items() if key not in ("$schema", "usermeta", "title")}
    return {**drawn, "config": {**(drawn.get("config") or {}), "font": FAMILY, "aria": False}}


def _kind(values: "pd.Series[Any]") -> Kind:
    """How a column is written when the chart does not say: whole numbers from 1900 to 2100 are taken for years."""
    present = [value for value in values if not is_missing(value)]
    if present and all(isinstance(value, int | float) and not isinstance(value, bool) for value in present):
        return "text" if all(value == int(value) and 1900 <= value <= 2100 for value in present) else "number"
    return "date" if present and all(isinstance(value, str) and DAY.match(value) for value in present) else "text"

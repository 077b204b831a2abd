"""The marks that charts share: an interval with its ends, the arrow of an open print, the label beside them."""

from collections.abc import Sequence
from typing import Any, cast

import altair as alt

from budgets.charts.theme import INK, Row, records


def layered(*parts: alt.Chart, **options: Any) -> alt.LayerChart:
    """Charts drawn over one another, the first at the bottom."""
    chart = alt.layer(*map(_settled, parts), **options)
    assert isinstance(chart, alt.LayerChart)
    return chart


def _settled(chart: alt.Chart) -> alt.Chart:
    """The chart with its mark and its encoding said outright.

    Altair copies the parts of a chart several times while they are put together, and its own objects with every
    property they could have.
    """
    done = chart.copy(deep=False)
    done.mark = chart.mark.to_dict(validate=False)
    done.encoding = alt.FacetedEncoding(**chart.encoding.to_dict(validate=False))
    return done


def stacked(parts: Sequence[alt.LayerChart], rows: list[Row], *, spacing: int, **scales: Any) -> alt.VConcatChart:
    """Panels under one another; *scales* says which scales they share and which are independent.

    *rows* are those of all panels together: the chart's data table is made of them.
    """
    chart = alt.vconcat(*parts, data=records(rows), spacing=spacing)
    return cast(alt.VConcatChart, chart.resolve_scale(**scales))


def whiskers(rows: list[Row], scale: alt.Scale, **encoding: Any) -> list[alt.Chart]:
    """Horizontal intervals from ``low`` to ``high``, and an arrow at ``open``, for rows that have them."""
    base = alt.Chart(records(rows)).encode(**encoding)
    closed, open_end = base.transform_filter("isValid(datum.low)"), base.transform_filter("isValid(datum.open)")
    arrow = open_end.mark_point(shape="triangle-right", filled=True, size=120, color=INK, opacity=1)
    return [
        closed.mark_rule(strokeWidth=2, color=INK).encode(x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q")),
        *(closed.mark_tick(thickness=2, size=12, color=INK, orient="vertical", opacity=1).encode(x=alt.X(f"{end}:Q", scale=scale)) for end in ("low", "high")),
        arrow.encode(x=alt.X("open:Q", scale=scale)),
    ]


def labels(rows: list[Row], scale: alt.Scale, **encoding: Any) -> alt.Chart:
    """What a mark says, beside its far end."""
    base = alt.Chart(records(rows)).transform_filter("isValid(datum.far)").encode(**encoding)
    beside = base.mark_text(align="left", dx=10, fontWeight="bold")
    return cast(alt.Chart, beside.encode(x=alt.X("far:Q", scale=scale), text=alt.Text("said:N")))


def name_axis(extent: int | None = None) -> alt.Axis:
    """An axis of names; *extent* fixes its width so that panels stand flush."""
    fixed: dict[str, Any] = {"minExtent": extent, "maxExtent": extent, "labelLimit": extent - 8} if extent else {}
    return alt.Axis(ticks=False, domain=False, labelFontSize=12.5, labelPadding=8, **fixed)

"""Bars with whiskers: what a comparison says, where it says something; and what stands there where it does not."""

import altair as alt
import pandas as pd

from budgets.basis import BudgetBasis
from budgets.charts import theme
from budgets.charts.figures import counter_of, datum, programme_name
from budgets.charts.marks import labels, layered, name_axis, whiskers
from budgets.charts.theme import SOFT, Around, Row, word
from budgets.comparison import Comparison
from budgets.errors import MeasureError
from budgets.measures import Measure, ranks, total
from budgets.passport import cited_sources
from budgets.reading import given, say_interval, say_reasons, say_short
from budgets.rows import each
from budgets.tables import Tables
from budgets.words import text

STEP = 46


def comparison_chart(comparison: Comparison, language: str = "ko") -> alt.LayerChart:
    """What may be drawn of a comparison: one bar for each government (money), one for each figure (indicators), or,
    where it is no race, who is missing."""
    if not comparison.is_race:
        return not_drawn(comparison, language)
    if isinstance(comparison.basis, BudgetBasis) and comparison.basis.coverage == "government":
        return interval_bars(total(comparison), language)
    return figure_bars(comparison, language)


def interval_bars(measure: Measure, language: str = "ko", *, title: str | None = None) -> alt.LayerChart:
    """One bar for each government of the basis, with its interval; "발표 없음" where nothing was published.

    Raises `MeasureError` where the comparison is no race (a mixed basis, or fewer than two governments with a value):
    `not_drawn` then says who is missing and what would be needed.
    """
    comparison = measure.comparison
    tables = comparison.tables
    _refuse_what_is_no_race(comparison)
    rows = [_measured(measure, row, language) for row in each(measure.rows)]
    standing = [row for row in rows if row["at"] is not None]
    if len(standing) < 2:
        raise MeasureError("measure.race")
    said = title or _saying(measure, rows, language)
    values = "; ".join(f"{row['name']} {row['said']}" for row in rows)
    figures = [f for row in rows for f in row["figure"].split()]
    around = Around(
        title=said,
        subtitle=f"{text(f'measure.{measure.name}', language)} · {comparison.caption(language)}",
        finding=values,
        unit=theme.axis_unit(measure.unit, language),
        notes=[note.say(language) for note in measure.notes],
        sources=cited_sources(tables, figures, language),
        columns=theme.passport_columns(language, "name", "said", "interval"),
    )
    sort = theme.names(tables, measure.rows["government"], language)
    drawn = _bars(theme.with_passports(tables, rows, language), tables, sort, measure.unit, language)
    return theme.finished(drawn.properties(width=theme.WIDTH, height=alt.Step(STEP)), around)


def figure_bars(comparison: Comparison, language: str = "ko", *, title: str | None = None) -> alt.LayerChart:
    """One bar for each figure of a comparison (several programmes of a government stand side by side, never added).

    For money and for indicators alike. Raises `MeasureError` where the comparison is no race.
    """
    _refuse_what_is_no_race(comparison)
    tables, unit = comparison.tables, str(comparison.rows["unit"].iloc[0])
    rows = [_single(tables, row, language) for row in each(comparison.rows)]
    rows += [_gap(tables, government, language) for government in comparison.missing]
    order = {g: i for i, g in enumerate(theme.in_order(tables, comparison.basis.governments))}
    rows.sort(key=lambda row: (order[row["government"]], -(row["at"] or 0), row["figure"]))
    theme.tell_apart(rows, "axis_name")
    present = "·".join(theme.names(tables, comparison.present, language))
    said = title or word("bars.figures", language, n=len(comparison.rows), present=present)
    around = Around(
        title=said,
        subtitle=comparison.caption(language),
        finding="; ".join(f"{row['axis_name']} {row['said']}" for row in rows),
        unit=theme.axis_unit(unit, language, counter_of(tables, each(comparison.rows)[0])),
        sources=cited_sources(tables, comparison.rows["figure_id"], language),
        columns=theme.passport_columns(language, "name", "programme", "said"),
    )
    sort = [row["axis_name"] for row in rows]
    drawn = _bars(theme.with_passports(tables, rows, language), tables, sort, unit, language, axis="axis_name")
    return theme.finished(drawn.properties(width=theme.WIDTH - 60, height=alt.Step(34)), around)


def not_drawn(comparison: Comparison, language: str = "ko") -> alt.LayerChart:
    """Instead of bars, where there is nothing to race: who published what on the basis, who did not, and for those
    the nearest figure with everything in which it differs, which is what would be needed."""
    tables = comparison.tables
    nearest = {row["government"]: row for row in each(comparison.nearest(most=1))}
    rows = []
    for government in comparison.basis.governments:
        mine = comparison.rows.loc[comparison.rows["government"] == government]
        if len(mine):
            rows.append(_present(comparison, government, mine, language))
        else:
            row = _absent(tables, government, nearest.get(government), language)
            if government in comparison.withheld:
                row["said"] = word("not_drawn.withheld", language)
            rows.append(row)
    rows = theme.with_passports(tables, rows, language)
    base = alt.Chart(theme.records(rows)).encode(
        y=alt.Y("name:N", sort=theme.names(tables, comparison.basis.governments, language), title=None, axis=name_axis())
    )
    tips = theme.tooltips(language, "name")
    first = base.mark_text(align="left", dy=-9, fontWeight="bold").encode(x=alt.value(8), text=alt.Text("said:N"), tooltip=tips)
    second = base.mark_text(align="left", dy=10, color=SOFT).encode(x=alt.value(8), text=alt.Text("needed:N"), tooltip=tips)
    verdict = comparison.verdict(language)
    around = Around(
        title=_why_not(comparison, language),
        subtitle=comparison.caption(language),
        finding=verdict,
        notes=[verdict],
        sources=cited_sources(tables, [f for row in rows for f in row["figure"].split()], language),
        columns=[
            ["name", word("field.name", language)],
            ["said", word("field.said", language)],
            ["needed", word("field.needed", language)],
        ],
    )
    return theme.finished(layered(first, second).properties(width=theme.WIDTH, height=alt.Step(58)), around)


def _why_not(comparison: Comparison, language: str) -> str:
    """Why there are no bars, in a line."""
    tables, missing = comparison.tables, comparison.missing
    if comparison.basis.mixed:
        fields = ", ".join(text(f"field.{name}", language) for name in comparison.basis.mixed)
        return word("not_drawn.mixed", language, fields=fields)
    if not comparison.present:
        return word("not_drawn.none", language)
    if len(comparison.present) > 1:
        return word("not_drawn.parts", language, present="·".join(theme.names(tables, comparison.present, language)))
    missing = tuple(g for g in missing if g not in comparison.withheld)
    said = word("not_drawn.alone", language, present="·".join(theme.names(tables, comparison.present, language)))
    return said + word("not_drawn.missing", language, missing="·".join(theme.names(tables, missing, language))) if missing else said


def _refuse_what_is_no_race(comparison: Comparison) -> None:
    if comparison.basis.mixed:
        raise MeasureError("measure.mixed", fields=", ".join(comparison.basis.mixed))
    if not comparison.is_race:
        raise MeasureError("measure.race")


def _measured(measure: Measure, row: Row, language: str) -> Row:
    """A bar of a measure: a government, its value and interval, its label."""
    tables, ids = measure.comparison.tables, list(row["figure_ids"])
    low, value, high = (row[end] for end in ("low", "value", "high"))
    known = [float(x) for x in (low, value, high) if given(x)]
    if not known:
        return _gap(tables, row["government"], language, figures=ids)
    figure = next(one for one in each(measure.comparison.rows) if one["figure_id"] == ids[0])
    closed = given(low) and given(high) and low != high
    printed = datum(tables, figure, language)["said"] if len(ids) == 1 and measure.name == "total" else None
    return {
        "figure": " ".join(ids),
        "government": row["government"],
        "name": tables.name(row["government"], language),
        "colour": theme.shade(tables, row["government"]),
        "at": value if given(value) else low if given(low) else high,
        "low": low if closed else None,
        "high": high if closed else None,
        "open": max(known) if given(low) and not given(high) else None,
        "far": max(known),
        "said": printed or say_short(low, value, high, measure.unit, language),
        "interval": say_interval(low, high, measure.unit, language),
        "gap": None,
    }


def _gap(tables: Tables, government: str, language: str, figures: list[str] | None = None) -> Row:
    """An empty row. A figure without its denominator is another gap than no figure."""
    said = word("bars.no_denominator", language) if figures else text("page.missing", language)
    name = tables.name(government, language)
    empty = dict.fromkeys(("at", "low", "high", "open", "far"))
    row = {"figure": " ".join(figures or []), "government": government, "name": name, "axis_name": name, "colour": None}
    return {**row, **empty, "said": said, "interval": "", "gap": said}


def _single(tables: Tables, row: Row, language: str) -> Row:
    """A bar of one figure, named by government and programme."""
    bar = datum(tables, row, language)
    name = theme.clipped(programme_name(tables, row["programme_id"], language), 34)
    return {**bar, "axis_name": f"{bar['name']} · {name}", "gap": None}


def _bars(rows: list[Row], tables: Tables, sort: list[str], unit: str, language: str, axis: str = "name") -> alt.LayerChart:
    scale = alt.Scale(domain=theme.room(rows, "far"), nice=False)
    y = alt.Y(f"{axis}:N", sort=sort, title=None, axis=name_axis())
    title = theme.axis_unit(unit, language, _unit_counter(tables, unit))
    tips = theme.tooltips(language, "name", "said", "interval")
    base = alt.Chart(theme.records(rows)).encode(y=y)
    bar = base.mark_bar(size=20, opacity=0.85).encode(
        x=alt.X("at:Q", scale=scale, axis=theme.amount_axis(unit, language, title=title)),
        color=theme.COLOUR,
        tooltip=tips,
    )
    gap = base.transform_filter("isValid(datum.gap)").mark_text(align="left", dx=6, color=SOFT)
    return layered(bar, *whiskers(rows, scale, y=y), labels(rows, scale, y=y), gap.encode(x=alt.value(0), text=alt.Text("gap:N")))


def _saying(measure: Measure, rows: list[Row], language: str) -> str:
    """What the bars say, no more than the intervals and the coverage allow."""
    standing = [row for row in rows if row["at"] is not None]
    missing = "·".join(row["name"] for row in rows if row["at"] is None)
    without = word("bars.without", language, missing=missing) if missing else ""
    if measure.basis.coverage != "government":
        values = ", ".join(word("functional.value", language, name=row["name"], said=row["said"]) for row in standing)
        return word("bars.parts", language, values=values) + without
    first = [row for row, place in zip(rows, ranks(measure.rows), strict=True) if given(place) and place == 1]
    if first:
        return word("bars.leading", language, name=first[0]["name"], said=first[0]["said"], n=len(standing)) + without
    return word("bars.no_rank", language, present="·".join(row["name"] for row in standing)) + without


def _present(comparison: Comparison, government: str, mine: pd.DataFrame, language: str) -> Row:
    said = [str(datum(comparison.tables, row, language)["said"]) for row in each(mine)]
    more = word("not_drawn.more", language, n=len(said) - 3) if len(said) > 3 else ""
    return {
        "name": comparison.tables.name(government, language),
        "said": ", ".join(said[:3]) + more,
        "needed": word("not_drawn.present", language),
        "figure": " ".join(mine["figure_id"]),
    }


def _absent(tables: Tables, government: str, near: Row | None, language: str) -> Row:
    name, missing = tables.name(government, language), text("page.missing", language)
    if near is None:
        return {"name": name, "said": missing, "needed": word("not_drawn.nothing", language), "figure": ""}
    said = datum(tables, near, language)["said"]
    programme = theme.clipped(programme_name(tables, near["programme_id"], language), 34)
    needed = word("not_drawn.needed", language, said=said, programme=programme, differs=say_reasons(near["differs"], language))
    return {"name": name, "said": missing, "needed": needed, "figure": near["figure_id"]}


def _unit_counter(tables: Tables, unit: str) -> str:
    known = tables.indicators.drop_duplicates("unit").set_index("unit")["unit_ko"]
    return str(known.get(unit, ""))

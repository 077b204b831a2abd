"""Promises and what became of them: targets against actuals, and the path of a stock."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from budgets import vocabulary as v
from budgets.charts import theme
from budgets.charts.figures import counter_of, datum, drawable, programme_name
from budgets.charts.marks import layered, name_axis, stacked
from budgets.charts.theme import INK, LINE, SOFT, Around, Row, word
from budgets.passport import cited_sources
from budgets.reading import say_day, say_interval, say_period
from budgets.rows import each
from budgets.tables import Tables

EXTENT = 260


def target_actual(tables: Tables, pairs: pd.DataFrame, language: str = "ko", *, title: str | None = None) -> alt.VConcatChart | alt.Chart:
    """Each target with the actual value of the same programme, indicator, extent and period, and the rate.

    *pairs*: rows of `measures.achievement`. A panel for each indicator, since their units differ. Targets are hollow,
    actuals filled. Without a pair a panel says so.
    """
    if pairs.empty:
        return theme.nothing(word("target_actual.name", language), word("nothing.pairs", language), language)
    figures = tables.judged_targets.set_index("figure_id", drop=False)
    rows = [_pair(tables, pair, figures, language) for pair in each(pairs)]
    rows.sort(key=lambda row: (tables.order(row["government"]), row["indicator"], row["pair"]))
    said = "; ".join(row["sentence"] for row in rows)
    if len(rows) > 2:
        said = word("target_actual.many", language, n=len(rows))
    ids = [f for row in rows for f in row["figure"].split()]
    around = Around(
        title=title or said,
        subtitle=word("target_actual.subtitle", language),
        finding="; ".join(row["sentence"] for row in rows),
        sources=cited_sources(tables, ids, language),
        columns=theme.passport_columns(language, "pair", "indicator", "target_said", "actual_said", "rate"),
    )
    rows = theme.with_passports(tables, rows, language)
    panels = [_pair_panel([row for row in rows if row["indicator"] == one], one, language) for one in dict.fromkeys(row["indicator"] for row in rows)]
    return theme.finished(stacked(panels, rows, spacing=24, x="independent", y="independent"), around)


def _pair(tables: Tables, pair: Mapping[str, Any], figures: pd.DataFrame, language: str) -> Row:
    target, actual = (datum(tables, figures.loc[pair[f"{side}_id"]].to_dict(), language) for side in ("target", "actual"))
    row = figures.loc[pair["actual_id"]].to_dict()
    period, name = say_period(row, language), programme_name(tables, row["programme_id"], language)
    indicator = _indicator(tables, row["indicator"], language)
    rate = say_interval(pair["low"], pair["high"], "percent", language) if pd.isna(pair["value"]) else f"{pair['value']:,.0f}%"
    said = {"target": target["said"], "actual": actual["said"], "rate": rate}
    pair_name = f"{target['name']} · {theme.clipped(name, 26)} · {period}"
    return {
        "figure": f"{pair['target_id']} {pair['actual_id']}",
        "government": target["government"],
        "name": target["name"],
        "colour": target["colour"],
        "pair": pair_name,
        "indicator": indicator,
        "target_at": target["at"],
        "actual_at": actual["at"],
        "far": max(target["far"], actual["far"]),
        "target_said": target["said"],
        "actual_said": actual["said"],
        "rate": rate,
        "label": word("target_actual.label", language, **said),
        "sentence": word("target_actual.sentence", language, pair=f"{target['name']} {name} {period}", indicator=indicator, **said),
    }


def _indicator(tables: Tables, indicator: str, language: str) -> str:
    return str(tables.indicators.set_index("indicator")[f"name_{language}"][indicator])


def _pair_panel(rows: list[Row], indicator: str, language: str) -> alt.LayerChart:
    scale = alt.Scale(domain=theme.room(rows, "far", share=0.5), nice=False)
    y = alt.Y("pair:N", sort=[row["pair"] for row in rows], title=None, axis=name_axis(EXTENT))
    tips = theme.tooltips(language, "target_said", "actual_said", "rate")
    base = alt.Chart(theme.records(rows)).encode(y=y)
    x = alt.X("actual_at:Q", scale=scale, axis=theme.amount_axis("", language, counts=5))
    actual = base.mark_bar(size=18, opacity=0.85).encode(x=x, color=theme.COLOUR, tooltip=tips)
    halo = base.mark_tick(thickness=7, size=34, color="white", orient="vertical", opacity=1).encode(x=alt.X("target_at:Q", scale=scale))
    target = base.mark_tick(thickness=3, size=34, color=INK, orient="vertical", opacity=1).encode(x=alt.X("target_at:Q", scale=scale))
    label = base.mark_text(align="left", dx=12, fontWeight="bold").encode(x=alt.X("far:Q", scale=scale), text=alt.Text("label:N"))
    head = theme.head(indicator)
    return layered(actual, halo, target, label).properties(width=theme.WIDTH - 160, height=alt.Step(46), title=head)


def stock_path(tables: Tables, programme_id: str, indicator: str, language: str = "ko", *, title: str | None = None) -> alt.LayerChart | alt.Chart:
    """The stock of an indicator at its dates: targets hollow, actuals filled. Increases, flows and running totals are
    other things and are not drawn; a note counts them.

    Without a dated stock of the indicator a panel says so.
    """
    name = programme_name(tables, programme_id, language)
    indicator_name = _indicator(tables, indicator, language)
    figures = tables.judged_targets
    mine, notes = drawable(tables, figures.loc[(figures["programme_id"] == programme_id) & (figures["indicator"] == indicator)], language)
    stocks = mine.loc[(mine["extent"] == "stock") & mine["as_of"].notna()].sort_values(["as_of", "phase", "figure_id"])
    if stocks.empty:
        return theme.nothing(
            word("stock_path.name", language, programme=name, indicator=indicator_name),
            word("nothing.stock", language),
            language,
        )
    if len(others := mine.loc[mine["extent"] != "stock"]):
        extents = "·".join(v.label("extent", e, language) for e in v.EXTENTS if e in set(others["extent"]))
        notes.append(word("stock_path.others", language, n=len(others), extents=extents))
    rows = [_stock(tables, row, language) for row in each(stocks)]
    path = " → ".join(row["sentence"] for row in rows)
    said = title or word("stock_path.title", language, programme=name, indicator=indicator_name, path=path)
    counter = counter_of(tables, each(stocks)[0])
    around = Around(
        title=said,
        subtitle=word("stock_path.subtitle", language),
        finding=said,
        unit=theme.axis_unit(str(stocks["unit"].iat[0]), language, counter),
        notes=notes,
        sources=cited_sources(tables, stocks["figure_id"], language),
        columns=theme.passport_columns(language, "day", "phase", "said"),
    )
    drawn = _path(theme.with_passports(tables, rows, language), language)
    return theme.finished(drawn.properties(width=theme.WIDTH, height=280), around)


def _stock(tables: Tables, row: Mapping[str, Any], language: str) -> Row:
    stock = datum(tables, row, language)
    day, phase = say_day(row["as_of"], language), v.label("target_phase", row["phase"], language)
    sentence = word("stock_path.sentence", language, said=stock["said"], phase=phase, when=say_day(row["as_of"], language, "month"))
    return {
        **stock,
        "when": row["as_of"],
        "day": day,
        "phase": phase,
        "actual": row["phase"] == "actual",
        "sentence": sentence,
        "label": [f"{stock['said']} {phase}", day],
    }


def _path(rows: list[Row], language: str) -> alt.LayerChart:
    tips = theme.tooltips(language, "day", "phase", "said", "interval")
    first, last = (pd.Timestamp(pick(row["when"] for row in rows)) for pick in (min, max))
    margin = max((last - first) * 0.12, pd.Timedelta(days=90))
    days = [alt.DateTime(year=d.year, month=d.month, date=d.day) for d in (first - margin, last + margin)]
    x = alt.X(
        "when:T",
        scale=alt.Scale(domain=days),
        title=None,
        axis=alt.Axis(format="%Y", tickCount="year", grid=False, labelFontSize=12.5),
    )
    scale = alt.Scale(domain=theme.room(rows, "far", share=0.35), nice=False)
    y = alt.Y("at:Q", scale=scale, title=None, axis=theme.amount_axis("", language, counts=5))
    base = alt.Chart(theme.records(rows)).encode(x=x)
    line = base.mark_line(strokeDash=[5, 4], color=LINE, strokeWidth=2).encode(y=y)
    whisker = base.transform_filter("isValid(datum.low)").mark_rule(strokeWidth=2, color=INK).encode(y=alt.Y("low:Q", scale=scale), y2=alt.Y2("high:Q"))
    done = base.transform_filter("datum.actual").mark_point(filled=True, size=190, opacity=1).encode(y=y, color=theme.COLOUR, tooltip=tips)
    promised = base.transform_filter("!datum.actual").mark_point(fill="white", size=170, strokeWidth=3, opacity=1).encode(y=y, color=theme.COLOUR, tooltip=tips)
    label = base.mark_text(dy=-36, lineHeight=16, color=SOFT, fontWeight="bold").encode(y=alt.Y("far:Q", scale=scale), text=alt.Text("label:N"))
    return layered(line, whisker, done, promised, label)

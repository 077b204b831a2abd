"""One programme's money: its phases, and its vintages."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from budgets import vocabulary as v
from budgets.charts import theme
from budgets.charts.figures import budgets_only, datum, drawable, programme_name, ruled
from budgets.charts.marks import labels, layered, name_axis, stacked, whiskers
from budgets.charts.theme import GREY, SOFT, Around, Row, word
from budgets.passport import cited_sources
from budgets.reading import given, say_period, say_published
from budgets.rows import each
from budgets.tables import Tables
from budgets.words import text

EXTENT = 210


def phases(tables: Tables, programme_id: str | Sequence[str], language: str = "ko", *, title: str | None = None) -> alt.VConcatChart | alt.Chart:
    """The phases of one programme: a panel for each period, so that a total over several years never shares an axis
    with the amount of one year.

    *programme_id* may name several programmes that are one for this purpose. Parts of another figure of the programme
    are left out. Without an amount of budget a panel says so.
    """
    name = programme_name(tables, programme_id if isinstance(programme_id, str) else programme_id[0], language)
    figures, notes = _money_of(tables, programme_id, language)
    if figures.empty:
        return theme.nothing(word("phases.name", language, programme=name), word("nothing.amount", language), language)
    panels = _periods(tables, figures, language)
    steps = [f"{panel.period}: " + " → ".join(f"{row['phase']} {row['said']}" for row in panel.rows) for panel in panels]
    finding = word("phases.title", language, programme=name, steps=" / ".join(steps))
    short = word("phases.many", language, programme=name, n=len(figures), periods=len(panels))
    around = Around(
        title=title or (finding if len(figures) <= 4 else short),
        subtitle=word("phases.subtitle", language),
        finding=finding,
        unit=theme.axis_unit("KRW", language),
        notes=notes,
        sources=cited_sources(tables, figures["figure_id"], language),
        columns=theme.passport_columns(language, "period", "phase", "said"),
    )
    # Panels of one kind of period share their axis; a total over years has one of its own.
    parts = []
    for panel in panels:
        like = [row for other in panels if other.envelope == panel.envelope for row in other.rows]
        scale = alt.Scale(domain=theme.room(like, "far"), nice=False)
        parts.append(_phase_panel(panel, scale, language))
    return theme.finished(
        stacked(parts, [row for panel in panels for row in panel.rows], spacing=26, x="independent", y="independent"),
        around,
    )


class _Panel:
    """The figures of one period."""

    def __init__(self, period: str, envelope: bool) -> None:
        self.period, self.envelope, self.rows = period, envelope, list[Row]()


def _money_of(tables: Tables, programme_id: str | Sequence[str], language: str) -> tuple[pd.DataFrame, list[str]]:
    """The amounts of budget of the programme that are not parts of another of them; and notes on the rest."""
    ids = [programme_id] if isinstance(programme_id, str) else list(programme_id)
    figures = tables.judged_budgets
    figures, notes = drawable(tables, figures.loc[figures["programme_id"].isin(ids)], language)
    figures, more = budgets_only(figures, language)
    rulings = tables.figure_rulings
    inside = rulings.loc[(rulings["ruling"] == "part_of") & rulings["other_figure_id"].isin(figures["figure_id"]), "figure_id"]
    parts = figures["figure_id"].isin(inside)
    if parts.any():
        notes.append(word("left_out.parts", language, n=int(parts.sum())))
    return figures.loc[~parts], [*notes, *more]


def _periods(tables: Tables, figures: pd.DataFrame, language: str) -> list[_Panel]:
    """A panel for each period: totals over several years first, each with its rows by phase."""
    several_fundings = figures["funding"].nunique() > 1
    rows = []
    for row in each(figures):
        phase = v.label("phase", row["phase"], language)
        if several_fundings:
            phase = f"{phase} · {v.label('funding', row['funding'], language)}"
        rows.append(
            {
                **datum(tables, row, language),
                "period": say_period(row, language),
                "phase": phase,
                "order": v.PHASES.index(row["phase"]),
                "single": row["period_kind"] != "envelope",
                "start": str(row["period_start"]),
            }
        )
    panels: dict[tuple[bool, str, str], _Panel] = {}
    for row in theme.with_passports(tables, rows, language):
        key = (row["single"], row["start"], row["period"])
        panels.setdefault(key, _Panel(row["period"], not row["single"])).rows.append(row)
    for panel in panels.values():
        panel.rows.sort(key=lambda row: (row["order"], row["phase"], row["figure"]))
        theme.tell_apart(panel.rows, "phase")
    return [panels[key] for key in sorted(panels)]


def _phase_panel(panel: _Panel, scale: alt.Scale, language: str) -> alt.LayerChart:
    rows = panel.rows
    y = alt.Y("phase:N", sort=[row["phase"] for row in rows], title=None, axis=name_axis(EXTENT))
    tips = theme.tooltips(language, "period", "phase", "said", "interval")
    axis = theme.amount_axis("KRW", language, counts=5)
    bar = alt.Chart(theme.records(rows)).mark_bar(size=18, fillOpacity=0.35 if panel.envelope else 0.85, strokeWidth=2 if panel.envelope else 0)
    bar = bar.encode(
        x=alt.X("at:Q", scale=scale, axis=axis, title=None),
        y=y,
        fill=alt.Fill("colour:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
        tooltip=tips,
    )
    layers = layered(bar, *whiskers(rows, scale, y=y), labels(rows, scale, y=y))
    head = theme.head(panel.period)
    return layers.properties(width=theme.WIDTH - 120, height=alt.Step(36), title=head)


def vintages(
    tables: Tables,
    programme_id: str,
    language: str = "ko",
    *,
    funding: str | None = None,
    last_year: int | None = None,
    title: str | None = None,
) -> alt.LayerChart | alt.Chart:
    """The totals published for one envelope of a programme, by date of publication, each with its interval.

    Parts of a total are left out; figures ruled not comparable are drawn hollow. Without *funding* and *last_year*
    the vintages of the most frequent last year and funding are drawn; a note counts the others. Without an envelope a
    panel says so.
    """
    name = programme_name(tables, programme_id, language)
    figures, notes = _money_of(tables, programme_id, language)
    every = figures.loc[(figures["period_kind"] == "envelope") & figures["period_end"].notna()]
    figures = _one_envelope(every, funding, last_year)
    if figures.empty:
        return theme.nothing(word("vintages.name", language, programme=name), word("nothing.envelope", language), language)
    if len(figures) < len(every):
        notes.append(word("vintages.others", language, n=len(every) - len(figures)))
    rows = _by_publication(tables, figures, language)
    path = " → ".join(row["said"] for row in rows if row["standing"])
    first = each(figures)[0]
    span = {**first, "period_start": figures["period_start"].min()}
    basis = [say_period(span, language), v.label("funding", first["funding"], language)]
    finding = word("vintages.title", language, programme=name, path=path)
    around = Around(
        title=title or finding,
        subtitle=" · ".join([*basis, word("vintages.subtitle", language)]),
        finding=finding,
        unit=theme.axis_unit("KRW", language),
        notes=notes,
        sources=cited_sources(tables, figures["figure_id"], language),
        columns=theme.passport_columns(language, "vintage", "said", "phase"),
    )
    drawn = _vintage_layers(theme.with_passports(tables, rows, language), language)
    return theme.finished(drawn.properties(width=theme.WIDTH - 60, height=alt.Step(34)), around)


def _one_envelope(figures: pd.DataFrame, funding: str | None, last_year: int | None) -> pd.DataFrame:
    """The figures of one last year and one funding; the most frequent ones where none is named."""
    if figures.empty:
        return figures
    ends = figures["period_end"].dt.year
    figures = figures.loc[ends == (ends.mode().max() if last_year is None else last_year)]
    return figures.loc[figures["funding"] == (funding or figures["funding"].mode().get(0))]


def _by_publication(tables: Tables, figures: pd.DataFrame, language: str) -> list[Row]:
    sources = tables.sources.set_index("source_id", drop=False)
    apart = ruled(tables, "not_comparable")
    rows = []
    for row in each(figures):
        source = sources.loc[row["source_id"]].to_dict()
        day, standing = source["published_on"], row["figure_id"] not in apart
        phase = v.label("phase", row["phase"], language)
        one = datum(tables, row, language)
        label = word("vintages.label", language, said=one["said"], phase=phase)
        one |= {
            "phase": phase,
            "vintage": f"{say_published(source, language)} {theme.clipped(source['publisher'], 20)}",
            "standing": standing,
            "label": label if standing else f"{label} — {text('reason.not comparable', language)}",
        }
        # What is settled comes before what the same page expects next.
        rows.append(((not given(day), str(day), -v.PHASES.index(row["phase"]), row["figure_id"]), one))
    ordered = [one for _, one in sorted(rows, key=lambda pair: pair[0])]
    theme.tell_apart(ordered, "vintage")
    return ordered


def _vintage_layers(rows: list[Row], language: str) -> alt.LayerChart:
    least = min(float(row["at"] if row["low"] is None else row["low"]) for row in rows)
    most = max(float(row["far"]) for row in rows)
    spread = (most - least) or most
    scale = alt.Scale(domain=[max(0.0, least - 0.15 * spread), most + 0.75 * spread], nice=False, zero=False)
    y = alt.Y("vintage:N", sort=[row["vintage"] for row in rows], title=None, axis=name_axis())
    tips = theme.tooltips(language, "vintage", "said", "interval")
    base = alt.Chart(theme.records(rows)).encode(y=y)
    x = alt.X("at:Q", scale=scale, title=None, axis=theme.amount_axis("KRW", language, counts=5))
    point = base.transform_filter("datum.standing").mark_point(filled=True, size=110, opacity=1)
    hollow = base.transform_filter("!datum.standing").mark_point(filled=False, size=90, color=GREY, strokeWidth=2)
    label = base.mark_text(align="left", dx=12, color=SOFT).encode(x=alt.X("far:Q", scale=scale), text=alt.Text("label:N"))
    marks = [point.encode(x=x, color=theme.COLOUR, tooltip=tips), hollow.encode(x=x, tooltip=tips), label]
    return layered(*whiskers(rows, scale, y=y), *marks)

"""Who pays: one printed total and the shares printed with it."""

from itertools import accumulate

import altair as alt

from budgets import vocabulary as v
from budgets.charts import theme
from budgets.charts.figures import datum, programme_name
from budgets.charts.marks import layered
from budgets.charts.theme import INK, SOFT, Around, Row, word
from budgets.errors import unknown_name
from budgets.passport import cited_sources
from budgets.reading import given, say_period
from budgets.rows import each
from budgets.tables import Tables

FUNDERS = ("national", "provincial", "municipal", "local", "private", "other")
SHADES = {"national": 1.0, "provincial": 0.72, "municipal": 0.5, "local": 0.5, "private": 0.26, "other": 0.14}
"""How full the bar is: funders are told apart by name, place and fullness, not by colour."""


def payers(tables: Tables, of: str, language: str = "ko", *, title: str | None = None) -> alt.LayerChart | alt.Chart:
    """The shares that were printed for one total, as one stacked bar; a rest that no share explains stays empty.

    *of* is the figure of a total, or a programme: then its total with the most shares. Shares are the figures ruled
    part of the total that name one funder. With fewer than two a panel says so. Raises `BasisError` for a name that is
    neither a figure nor a programme.
    """
    figures = tables.judged_budgets.set_index("figure_id", drop=False)
    programmes = set(tables.programmes["programme_id"])
    if of not in figures.index and of not in programmes:
        raise unknown_name("of", of, [*programmes, *figures.index])
    wholes = figures.loc[[of]] if of in figures.index else figures.loc[figures["programme_id"] == of]
    shares = {row["figure_id"]: _shares(tables, row, language) for row in each(wholes)}
    whole_id = max(shares, key=lambda figure: len(shares[figure]), default="")
    rows = shares.get(whole_id, [])
    if len(rows) < 2:
        programme = of if of in programmes else str(wholes["programme_id"].iat[0])
        name = programme_name(tables, programme, language)
        return theme.nothing(word("payers.name", language, programme=name), word("nothing.shares", language), language)
    whole = each(figures.loc[[whole_id]])[0]
    sum_of = datum(tables, whole, language)
    _place(rows, float(sum_of["at"]), language)
    listed = ", ".join(f"{row['funding']} {row['said']}" for row in rows)
    name = programme_name(tables, whole["programme_id"], language)
    said = word("payers.title", language, programme=name, whole=sum_of["said"], listed=listed)
    around = Around(
        title=title or said,
        subtitle=f"{say_period(whole, language)} · {v.label('phase', whole['phase'], language)}",
        finding=said,
        unit=theme.axis_unit("KRW", language),
        notes=[word(f"payers.{_sums_up(rows, sum_of)}", language)],
        sources=cited_sources(tables, [whole_id, *(row["figure"] for row in rows)], language),
        columns=theme.passport_columns(language, "funding", "said", "share"),
    )
    drawn = _stack(theme.with_passports(tables, rows, language), float(sum_of["at"]), language)
    return theme.finished(drawn.properties(width=theme.WIDTH + 80, height=120), around)


def _sums_up(rows: list[Row], whole: Row) -> str:
    """Do the shares make the total: to the won (adds_up), within what was rounded (rounded), or not (off)?"""
    if sum(row["at"] for row in rows) == whole["at"]:
        return "adds_up"
    low, high = (sum(row["at"] if row[end] is None else row[end] for row in rows) for end in ("low", "high"))
    least, most = (whole["at"] if whole[end] is None else whole[end] for end in ("low", "high"))
    return "rounded" if low <= most and high >= least else "off"


def _shares(tables: Tables, whole: Row, language: str) -> list[Row]:
    if not given(whole["amount_krw"]) or not whole["amount_krw"]:
        return []  # shares of a range, or of nothing, are none
    rulings = tables.figure_rulings
    parts = rulings.loc[(rulings["ruling"] == "part_of") & (rulings["other_figure_id"] == whole["figure_id"]), "figure_id"]
    figures = tables.judged_budgets
    same = (figures["unit"] == whole["unit"]) & figures["funding"].isin(FUNDERS) & figures["amount_krw"].notna()
    mine = each(figures.loc[figures["figure_id"].isin(parts) & same])
    mine.sort(key=lambda row: (FUNDERS.index(row["funding"]), row["figure_id"]))
    return [
        {
            **datum(tables, row, language),
            "funding": v.label("funding", row["funding"], language),
            "fullness": SHADES[row["funding"]],
        }
        for row in mine
    ]


def _place(rows: list[Row], total: float, language: str) -> None:
    """Where each share starts and ends, and where its label stands: narrow neighbours take turns on two lines."""
    ends = list(accumulate(float(row["at"]) for row in rows))
    for i, (row, end) in enumerate(zip(rows, ends, strict=True)):
        start = end - float(row["at"])
        narrow = row["at"] / total < 0.2
        row |= {
            "start": start,
            "end": end,
            "middle": (start + end) / 2,
            "share": f"{row['at'] / total * 100:.1f}%",
            "line": 1 if narrow and i % 2 else 0,
        }
        row["label"] = word("payers.label", language, said=row["said"], share=row["share"])


def _stack(rows: list[Row], total: float, language: str) -> alt.LayerChart:
    scale = alt.Scale(domain=[0, max(total, *(row["end"] for row in rows)) * 1.04], nice=False)
    tips = theme.tooltips(language, "funding", "said", "share")
    base = alt.Chart(theme.records(rows))
    axis = theme.amount_axis("KRW", language, counts=6, grid=False)
    bar = base.mark_bar(stroke="white", strokeWidth=3).encode(
        x=alt.X("start:Q", scale=scale, axis=axis, title=None),
        x2=alt.X2("end:Q"),
        y=alt.value(24),
        y2=alt.value(64),
        color=theme.COLOUR,
        fillOpacity=alt.FillOpacity("fullness:Q", scale=None, legend=None),
        tooltip=tips,
    )
    outline = base.mark_bar(fillOpacity=0, strokeWidth=1.2).encode(
        x=alt.X("start:Q", scale=scale),
        x2=alt.X2("end:Q"),
        y=alt.value(24),
        y2=alt.value(64),
        stroke=alt.value(INK),
    )
    funder = base.mark_text(baseline="bottom", fontWeight="bold").encode(x=alt.X("middle:Q", scale=scale), y=alt.value(18), text=alt.Text("funding:N"))
    x = alt.X("middle:Q", scale=scale)
    lines = [
        base.transform_filter(f"datum.line == {line}").mark_text(baseline="top", color=SOFT).encode(x=x, y=alt.value(72 + 18 * line), text=alt.Text("label:N"))
        for line in (0, 1)
    ]
    return layered(bar, outline, funder, *lines)

"""Who pays: one printed total and the shares printed with it."""

from itertools import accumulate

import altair as alt

from budgets import vocabulary as v
from budgets.basis import unknown_name
from budgets.charts import theme
from budgets.charts.figures import datum, programme_name
from budgets.charts.theme import INK, SOFT, Around, Row, word
from budgets.passport import cited_sources
from budgets.reading import say_period
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
    shares = {one["figure_id"]: _shares(tables, one, language) for one in wholes.to_dict("records")}
    whole_id = max(shares, key=lambda figure: len(shares[figure]), default="")
    rows = shares.get(whole_id, [])
    if len(rows) < 2:
        programme = of if of in programmes else str(wholes["programme_id"].iat[0])
        name = programme_name(tables, programme, language)
        return theme.nothing(word("payers.name", language, programme=name), word("nothing.shares", language), language)
    whole = figures.loc[whole_id].to_dict()
    name = datum(tables, whole, language)
    total = float(name["at"])
    _place(rows, total, language)
    listed = ", ".join(f"{row['funding']} {row['said']}" for row in rows)
    said = title or word("payers.title", language, programme=programme_name(tables, whole["programme_id"], language), whole=name["said"], listed=listed)
    rest = total - sum(row["at"] for row in rows)
    notes = [word("payers.rest" if rest else "payers.adds_up", language)]
    around = Around(
        title=said,
        subtitle=f"{say_period(whole, language)} · {v.label('phase', whole['phase'], language)}",
        finding=said,
        unit=theme.axis_unit("KRW", language),
        notes=notes,
        sources=cited_sources(tables, [whole_id, *(row["figure"] for row in rows)], language),
        columns=theme.passport_columns(language, "funding", "said", "share"),
    )
    drawn = _stack(tables, theme.with_passports(tables, rows, language), total, language)
    return theme.finished(drawn.properties(width=theme.WIDTH + 80, height=120), around)


def _shares(tables: Tables, whole: Row, language: str) -> list[Row]:
    rulings = tables.figure_rulings
    parts = rulings.loc[(rulings["ruling"] == "part_of") & (rulings["other_figure_id"] == whole["figure_id"]), "figure_id"]
    figures = tables.judged_budgets
    same = (figures["unit"] == whole["unit"]) & figures["funding"].isin(FUNDERS) & figures["amount_krw"].notna()
    mine = figures.loc[figures["figure_id"].isin(parts) & same].to_dict("records")
    mine.sort(key=lambda row: (FUNDERS.index(row["funding"]), row["figure_id"]))
    return [
        {**datum(tables, row, language), "funding": v.label("funding", row["funding"], language), "fullness": SHADES[row["funding"]]}
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
            "light": "white" if row["fullness"] > 0.6 else INK,
        }
        row["label"] = word("payers.label", language, said=row["said"], share=row["share"])


def _stack(tables: Tables, rows: list[Row], total: float, language: str) -> alt.LayerChart:
    scale = alt.Scale(domain=[0, max(total, *(row["end"] for row in rows)) * 1.04], nice=False)
    tips = theme.tooltips(language, "funding", "said", "share")
    base = alt.Chart(theme.records(rows))
    axis = theme.amount_axis("KRW", language, counts=6)
    bar = base.mark_bar(stroke="white", strokeWidth=3).encode(
        x=alt.X("start:Q", scale=scale, axis=axis, title=None),
        x2="end:Q",
        y=alt.value(24),
        y2=alt.value(64),
        color=theme.COLOUR,
        fillOpacity=alt.FillOpacity("fullness:Q", scale=None, legend=None),
        tooltip=tips,
    )
    outline = base.mark_bar(fillOpacity=0, strokeWidth=1.2).encode(
        x=alt.X("start:Q", scale=scale), x2="end:Q", y=alt.value(24), y2=alt.value(64), stroke=alt.value(INK), tooltip=tips
    )
    funder = base.mark_text(baseline="bottom", fontWeight="bold").encode(x=alt.X("middle:Q", scale=scale), y=alt.value(18), text="funding:N", tooltip=tips)
    x = alt.X("middle:Q", scale=scale)
    lines = [
        base.transform_filter(f"datum.line == {line}").mark_text(baseline="top", color=SOFT).encode(x=x, y=alt.value(72 + 18 * line), text="label:N", tooltip=tips)
        for line in (0, 1)
    ]
    return alt.layer(bar, outline, funder, *lines)


"""Official lines: provinces on a map of tiles, municipalities as a ranked strip, whose money it is, what was found."""

from collections.abc import Mapping, Sequence
from typing import cast

import altair as alt

from budgets import vocabulary as v
from budgets.charts import theme
from budgets.charts.marks import layered, name_axis
from budgets.charts.placing import COLUMN
from budgets.charts.telling import telling, told
from budgets.charts.theme import GREY, INK, LINE, PALE, WIDTH, Around, Row, word
from budgets.lines.comparing import LineComparison, say_snapshot
from budgets.lines.official import OfficialLines
from budgets.passport import line_passports, scope_figure, scope_passports
from budgets.reading import given, say_value
from budgets.rows import each
from budgets.words import text

TILES = {
    "seoul": (1, 0), "gangwon": (2, 0), "incheon": (0, 1), "gyeonggi": (1, 1), "chungbuk": (2, 1), "gyeongbuk": (3, 1),
    "chungnam": (0, 2), "sejong": (1, 2), "daejeon": (2, 2), "daegu": (3, 2), "jeonbuk": (1, 3), "gyeongnam": (2, 3),
    "ulsan": (3, 3), "gwangju": (0, 4), "jeonnam": (1, 4), "jeonnam-gwangju": (1, 4), "busan": (3, 4), "jeju": (0, 5),
}  # fmt: skip
"""Province → column and row: neighbours stay neighbours, and every province is as large as any other."""
SPLIT = {"national": "#2f5d8a", "provincial": "#6fa3c8", "municipal": "#c9ddec", "other": "#d9d3c3"}
STRONG, FAINT, FLU = "#1f4e79", "#c3cedb", "#b5651d"
UNIT = {"per_resident": "KRW/resident", "share": "percent"}
MOST = 6
TOLD = ("steps", "basis", "source", "locator")
"""What a tooltip says of the passport of a sum of lines."""


def tile_map(comparison: LineComparison, language: str = "ko") -> alt.LayerChart | alt.Chart:
    """Provinces as tiles, darker for more per resident (or share); those without lines are empty, not pale."""
    rows = [row for row in _measured(comparison, language) if row["government"] in TILES]
    known = [row for row in rows if given(row["at"])]
    if not known:
        return theme.nothing(word("tiles.nothing", language), word("tiles.none", language), language)
    most = max(row["at"] for row in known)
    passports = line_passports(comparison, language=language)
    rows, alike = told(rows, passports, language, *TOLD)
    for row in rows:
        row["col"], row["line"] = TILES[row["government"]]
        row["dark"] = given(row["at"]) and row["at"] > most * 0.55
        row["label"] = row["said"] if given(row["at"]) else row["state"]
    x = alt.X("col:O", axis=None, scale=alt.Scale(paddingInner=0.06))
    y = alt.Y("line:O", axis=None, scale=alt.Scale(paddingInner=0.06))
    base = alt.Chart(theme.records(rows)).transform_calculate(**alike).encode(x=x, y=y, tooltip=_tips(language))
    full = base.transform_filter("isValid(datum.at)").mark_rect(cornerRadius=4)
    scale = alt.Scale(domain=[0, most], range=[PALE, STRONG])
    full = full.encode(color=alt.Color("at:Q", scale=scale, legend=None))
    empty = base.transform_filter("!isValid(datum.at)").mark_rect(fill="white", stroke=LINE, strokeDash=[3, 3], cornerRadius=4)
    ink = alt.condition("datum.dark", alt.value("white"), alt.value(INK))
    names = base.mark_text(dy=-8, fontWeight="bold", fontSize=12).encode(text=alt.Text("name:N"), color=ink)
    values = base.mark_text(dy=9, fontSize=11.5).encode(text=alt.Text("label:N"), color=ink)
    top = max(known, key=lambda row: float(row["at"]))
    title = word("tiles.title", language, measure=_measure(comparison, language), top=f"{top['name']} {top['said']}")
    drawn = layered(full, empty, names, values).properties(width=334, height=372)
    return theme.finished(drawn, _around(comparison, title, passports, language))


def ranked_strip(comparison: LineComparison, marked: Sequence[str] = (), language: str = "ko") -> alt.LayerChart | alt.Chart:
    """Every municipality as a thin bar, largest first; those *marked* (or the largest) dark and named with their place.

    Equal values share a place.
    """
    rows = [row for row in _measured(comparison, language) if given(row["at"])]
    if not rows:
        return theme.nothing(word("strip.nothing", language), word("strip.none", language), language)
    rows.sort(key=lambda row: -float(row["at"]))
    passports = line_passports(comparison, language=language)
    rows, alike = told(rows, passports, language, *TOLD)
    values = [row["at"] for row in rows]
    chosen = set(marked) & {row["government"] for row in rows} or {row["government"] for row in rows[:MOST]}
    for i, row in enumerate(rows):
        row["position"], row["place"] = i, 1 + sum(value > row["at"] for value in values)
        row["colour"] = STRONG if row["government"] in chosen else FAINT
    highest, n = max(values) or 1.0, len(rows)
    labels = []
    for slot, row in enumerate([row for row in rows if row["government"] in chosen][:12]):
        said = word("strip.label", language, name=row["full"], said=row["said"], place=row["place"], n=n)
        height = highest * (1.02 - 0.085 * slot)
        start = n * 0.46
        # A bar right of its label is led to the label's end, not through it.
        end = start if row["position"] <= start else start + (theme.columns(said) * COLUMN + 12) * n / WIDTH
        there = {"position": row["position"], "at": row["at"], "start": start, "end": end, "height": height}
        labels.append({**there, "label": said, "figure": row["figure"]})
    x = alt.X("position:Q", axis=None, scale=alt.Scale(domain=[-1, n], nice=False))
    axis = theme.amount_axis(UNIT[comparison.measure], language)
    y = alt.Y("at:Q", scale=alt.Scale(domain=[0, highest * 1.06], nice=False), axis=axis, title=None)
    drawn_rows = [{key: value for key, value in row.items() if key not in ("government", "name")} for row in rows]
    bars = alt.Chart(theme.records(drawn_rows)).transform_calculate(**alike).mark_bar(size=max(1.5, min(9.0, 0.72 * WIDTH / n)))
    bars = bars.encode(x=x, y=y, color=theme.COLOUR, tooltip=_tips(language))
    base = alt.Chart(theme.records(labels))
    leaders = base.mark_rule(color=LINE).encode(x=x, y=alt.Y("at:Q"), x2=alt.X2("end:Q"), y2=alt.Y2("height:Q"))
    texts = base.mark_text(align="left", dx=5).encode(x=alt.X("start:Q"), y=alt.Y("height:Q"), text=alt.Text("label:N"))
    top = rows[0]
    title = word("strip.title", language, n=n, measure=_measure(comparison, language), top=f"{top['full']} {top['said']}")
    drawn = layered(bars, leaders, texts).properties(width=WIDTH, height=260)
    return theme.finished(drawn, _around(comparison, title, passports, language))


def funding_split(comparison: LineComparison, marked: Sequence[str] = (), language: str = "ko") -> alt.LayerChart | alt.Chart:
    """How the adjusted budget of AI programmes is made up of national, provincial, municipal and other money."""
    table = comparison.governments
    found = table.loc[(table["state"] == "found") & (table["adjusted_krw"] > 0)]
    chosen = found.loc[found["government"].isin(marked)]
    if chosen.empty:
        chosen = found.sort_values("adjusted_krw", ascending=False, kind="stable").head(10).sort_index()
    if chosen.empty:
        return theme.nothing(word("split.nothing", language), word("split.none", language), language)
    rows: list[Row] = []
    for one in each(chosen):
        start = 0.0
        for i, funding in enumerate(SPLIT):
            share = float(one[f"{funding}_krw"]) / float(one["adjusted_krw"])
            rows.append(
                {
                    "name": _full(comparison, one, language),
                    "figure": comparison.basis.figure(one["government"]),
                    "funding": v.label("funding", funding, language),
                    "amount": say_value(float(one[f"{funding}_krw"]), "KRW", language),
                    "share": f"{100 * share:.0f}%",
                    "label": f"{100 * share:.0f}%" if share >= 0.06 else "",
                    "from": start,
                    "to": start + share,
                    "middle": start + share / 2,
                    "ink": "white" if i == 0 else INK,
                }
            )
            start += share
    passports = line_passports(comparison, chosen["government"], language)
    rows, alike = told(rows, passports, language, *TOLD)
    order = [_full(comparison, one, language) for one in each(chosen)]
    legend = [v.label("funding", funding, language) for funding in SPLIT]
    colour = alt.Color("funding:N", title=None, sort=legend, scale=alt.Scale(domain=legend, range=list(SPLIT.values())))
    tips = [alt.Tooltip(f"{f}:N", title=word(f"field.{f}", language)) for f in ("name", "funding", "amount", "share")]
    tips += telling(language, *TOLD)
    base = alt.Chart(theme.records(rows)).transform_calculate(**alike).encode(y=alt.Y("name:N", sort=order, title=None, axis=name_axis()))
    scale = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(format=".0%", title=None, domain=False, ticks=False, tickCount=5)
    bars = base.mark_bar(size=18, stroke="white").encode(x=alt.X("from:Q", scale=scale, axis=axis), x2=alt.X2("to:Q"), color=colour, tooltip=tips)
    inks = alt.Color("ink:N", scale=None)
    texts = base.transform_filter("isValid(datum.label)").mark_text(fontSize=11).encode(x=alt.X("middle:Q", scale=scale), text=alt.Text("label:N"), color=inks)
    drawn = layered(bars, texts).properties(width=WIDTH - 60, height=alt.Step(28))
    drawn = cast(alt.LayerChart, drawn.resolve_scale(color="independent"))
    half = int((chosen["national_krw"] * 2 > chosen["adjusted_krw"]).sum())
    around = Around(
        title=word("split.title", language, n=half, all=len(chosen)),
        subtitle=word("split.subtitle", language, basis=comparison.basis.describe(language)),
        finding=word("split.title", language, n=half, all=len(chosen)),
        notes=comparison.notes(language),
        sources=_origin(comparison, language),
        columns=[[field, word(f"field.{field}", language)] for field in ("name", "funding", "amount", "share")],
        passports=passports,
    )
    return theme.finished(drawn, around)


def scope_bars(lines: OfficialLines, fiscal_year: int = 0, language: str = "ko") -> alt.LayerChart | alt.Chart:
    """How many programmes were found in each scope, how many are bird flu, and how many no rule decides."""
    year = fiscal_year or max(lines.years, default=0)
    if year not in lines.stored:
        why = text("lines.nothing_short", language)
        return theme.nothing(word("scopes.nothing", language), why, language)
    rows: list[Row] = []
    for one in each(lines.verdicts(year)):
        verdict = one["verdict"]
        known = verdict in v.SCOPES
        rows.append(
            {
                "scope": v.label("scope", verdict, language) if known else text(f"lines.reason.{verdict}", language),
                "at": int(one["lines"]),
                "lines": f"{int(one['lines']):,}",
                "amount": say_value(float(one["adjusted_krw"]), "KRW", language),
                "colour": STRONG if verdict.startswith("ai_") else FLU if verdict == "avian influenza" else GREY,
                "verdict": verdict,
                "figure": scope_figure(year, verdict),
            }
        )
    fields = ("scope", "lines", "amount")
    passports = scope_passports(lines, year, language)
    rows, alike = told(rows, passports, language, "source", "locator")
    tips = [alt.Tooltip(f"{field}:N", title=word(f"field.{field}", language)) for field in fields]
    tips += telling(language, "source", "locator")
    order = [row["scope"] for row in rows]
    base = alt.Chart(theme.records(rows)).transform_calculate(**alike).encode(y=alt.Y("scope:N", sort=order, title=None, axis=name_axis()), tooltip=tips)
    scale = alt.Scale(domain=theme.room(rows, "at", share=0.12), nice=False)
    bars = base.mark_bar(size=17, opacity=0.9).encode(x=alt.X("at:Q", scale=scale, axis=None), color=theme.COLOUR)
    texts = base.mark_text(align="left", dx=5).encode(x=alt.X("at:Q", scale=scale), text=alt.Text("lines:N"))
    ai = sum(row["at"] for row in rows if row["verdict"].startswith("ai_"))
    flu = sum(row["at"] for row in rows if row["verdict"] == "avian influenza")
    title = word("scopes.title", language, all=f"{sum(r['at'] for r in rows):,}", ai=f"{ai:,}", flu=f"{flu:,}")
    day = say_snapshot(lines.stored[year].snapshot, language)
    around = Around(
        title=title,
        subtitle=word("scopes.subtitle", language, day=day),
        finding=title,
        sources=[text("lines.note.origin", language, year=year, day=day)],
        columns=[[field, word(f"field.{field}", language)] for field in fields],
        passports=passports,
    )
    return theme.finished(layered(bars, texts).properties(width=WIDTH - 60, height=alt.Step(27)), around)


def _measured(comparison: LineComparison, language: str) -> list[Row]:
    """One row a government: its value by the comparison's measure, empty where there are no lines."""
    name = comparison.measure
    rows = []
    for one in each(comparison.governments):
        value = float(one[name]) if given(one[name]) else None
        rows.append(
            {
                "government": one["government"],
                "figure": comparison.basis.figure(one["government"]),
                "name": comparison.tables.name(one["government"], language),
                "full": _full(comparison, one, language),
                "at": float(f"{value:.7g}") if value is not None else None,
                "said": say_value(round(value, 2), UNIT[name], language) if value is not None else "",
                "amount": say_value(float(one["amount_krw"]), "KRW", language) if given(one["amount_krw"]) else "",
                "state": text(f"lines.state.{one['state']}", language),
            }
        )
    return rows


def _full(comparison: LineComparison, one: Row, language: str) -> str:
    """A municipality with its province: short names are shared by several."""
    name = comparison.tables.name(one["government"], language)
    if language == "en" or comparison.basis.level == "province" or not given(one["province"]):
        return name
    return f"{comparison.tables.name(one['province'], language)} {name}"


def _measure(comparison: LineComparison, language: str) -> str:
    return word(f"measure.{comparison.measure}", language)


def _origin(comparison: LineComparison, language: str) -> list[str]:
    basis = comparison.basis
    return [text("lines.note.origin", language, year=basis.fiscal_year, day=say_snapshot(basis.snapshot, language))]


def _tips(language: str) -> list[alt.Tooltip]:
    own = [alt.Tooltip(f"{f}:N", title=word(f"field.{f}", language)) for f in ("full", "said", "amount", "state")]
    return own + telling(language, *TOLD)


def _around(comparison: LineComparison, title: str, passports: Mapping[str, Mapping[str, str]], language: str) -> Around:
    notes = comparison.notes(language)
    measure = comparison.measure
    year = comparison.basis.fiscal_year
    notes.append(text("lines.note.share" if measure == "share" else "lines.note.population", language, year=year - 1))
    return Around(
        title=title,
        subtitle=comparison.basis.describe(language),
        finding=title,
        unit=theme.axis_unit(UNIT[measure], language),
        notes=notes,
        sources=_origin(comparison, language),
        columns=[[f, word(f"field.{f}", language)] for f in ("full", "said", "amount", "state")],
        passports=passports,
    )

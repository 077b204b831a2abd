"""One theme for every chart: font, colours, order, and what is said around a picture.

A chart of this package is self-contained: the theme stands in its own ``config``, so it looks the same in a notebook,
in a page and as a picture, whichever theme is active elsewhere. Marks that stand for figures carry the field
``figure`` (figure_ids, separated by spaces).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

import altair as alt
import pandas as pd

from budgets.charts.renderer import offline
from budgets.passport import SHORT, short_passports
from budgets.reading import given
from budgets.tables import Tables
from budgets.words import text

Chart: TypeAlias = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart
Part = TypeVar("Part", alt.Chart, alt.LayerChart, alt.FacetChart, alt.HConcatChart, alt.VConcatChart)
Row: TypeAlias = dict[str, Any]

FONT = "Noto Sans KR"
INK, SOFT, LINE, PALE, GREY = "#1b2129", "#4a5563", "#b8c0cc", "#eef2f7", "#6b7685"
WIDTH = 620
"""The width of a plot in pixels; with names and labels a chart stays within an A4 page or a slide."""

_LABELS = {"labelFontSize": 12, "titleFontSize": 12, "labelColor": INK, "titleColor": SOFT, "titleFontWeight": "normal"}
CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "white",
    "padding": 8,
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "fontSize": 16,
        "fontWeight": "bold",
        "color": INK,
        "subtitleFontSize": 12,
        "subtitleColor": SOFT,
        "subtitlePadding": 6,
        "offset": 14,
        "lineHeight": 21,
        "subtitleLineHeight": 17,
    },
    "axis": {**_LABELS, "labelLimit": 320, "domainColor": LINE, "tickColor": LINE, "gridColor": "#e3e8ee"},
    "header": {**_LABELS, "labelFontSize": 13, "labelFontWeight": "bold", "labelLimit": 320},
    "legend": {**_LABELS, "labelLimit": 320, "symbolSize": 110, "orient": "top", "titleAnchor": "start"},
    "text": {"font": FONT, "fontSize": 12, "color": INK},
}


@dataclass(frozen=True, kw_only=True)
class Around:
    """What is said around a picture.

    ``title``: what it says; ``subtitle``: the basis; ``finding``: the picture in a sentence, for those who do not see
    it; ``columns``: (field, heading) or (field, heading, kind) of the data table, fields of the chart's first data;
    ``passports``: of figures that stand in no table, whole.
    """

    title: str
    subtitle: str
    finding: str
    columns: Sequence[Sequence[str]]
    unit: str = ""
    notes: Sequence[str] = ()
    sources: Sequence[str] = ()
    passports: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def finished(chart: Part, around: Around) -> Part:
    """The chart with its title, its theme and what a page needs to know about it (``usermeta``)."""
    said = {
        "title": around.title,
        "subtitle": around.subtitle,
        "finding": around.finding if around.finding != around.title else around.subtitle,
        "unit": around.unit,
        "notes": list(around.notes),
        "sources": list(around.sources),
        "columns": [list(column) for column in around.columns],
        "passports": {figure: dict(said) for figure, said in around.passports.items()},
    }
    subtitle = wrapped(around.subtitle, 104)
    title = alt.TitleParams(wrapped(around.title, 84), subtitle=subtitle or alt.Undefined)
    done = chart.properties(title=title, usermeta={key: value for key, value in said.items() if value})
    done.config = CONFIG
    return offline(done)


def head(words: str) -> alt.TitleParams:
    """The title of one panel of a chart."""
    return alt.TitleParams(words, fontSize=13, color=INK, offset=8, frame="group")


def word(key: str, language: str, **fields: object) -> str:
    """The words of a chart."""
    return text(f"chart.{key}", language, **fields)


def wrapped(line: str, width: int) -> list[str]:
    """A text in lines of at most *width* half-width columns (Hangul takes two), broken at blanks.

    >>> wrapped("예산안 기준으로 두 곳", 12)
    ['예산안', '기준으로 두', '곳']
    """
    lines: list[str] = []
    for piece in _KEPT.sub("\N{NO-BREAK SPACE}", line).split(" "):
        joined = f"{lines[-1]} {piece}" if lines else piece
        if lines and columns(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(piece)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


_KEPT = re.compile(r"(?<=[0-9조억만]) (?=[0-9,]*[조억만]|원)|(?<=KRW) ")
"""Blanks inside an amount: a line is not broken there."""


def columns(line: str) -> int:
    """How many half-width columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def clipped(line: str, width: int) -> str:
    """A text that fits *width* half-width columns, ending in … where it was cut."""
    if columns(line) <= width:
        return line
    kept = ""
    for character in line:
        if columns(kept + character) >= width:
            break
        kept += character
    return f"{kept}…"


def records(rows: Iterable[Mapping[str, Any]]) -> alt.InlineData:
    """Rows as the chart's own data: plain numbers and texts, days as local midnights, nothing for nothing."""
    # Altair copies lists deeply whenever charts are put together; a tuple it leaves alone, and writes as a list.
    return alt.InlineData(values=tuple({key: _plain(value) for key, value in row.items()} for row in rows))


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if not given(value):
        return None
    if isinstance(value, pd.Timestamp):
        # With a time of day, JavaScript reads it as local time; a bare date would shift west of Greenwich.
        return value.strftime("%Y-%m-%dT%H:%M:%S")
    return value.item() if hasattr(value, "item") else value


def in_order(tables: Tables, governments: Iterable[str]) -> list[str]:
    """The governments in the official order, each once."""
    return sorted(set(governments), key=lambda g: (tables.order(g), g))


def names(tables: Tables, governments: Iterable[str], language: str) -> list[str]:
    """The names of the governments in the official order: a sort list for an axis."""
    return [tables.name(g, language) for g in in_order(tables, governments)]


def shade(tables: Tables, government: str) -> str:
    """The government's colour; grey for those that have none of their own. Never the only mark of difference."""
    return tables.colours.get(government, GREY)


COLOUR = alt.Color("colour:N", scale=None)
"""Marks take their colour from their row."""


def with_passports(tables: Tables, rows: Iterable[Row], language: str) -> list[Row]:
    """The rows with the short passports of the figures named in ``figure`` (several are joined by `` / ``)."""
    rows = list(rows)
    short = short_passports(tables, (f for row in rows for f in str(row["figure"]).split()), language)
    done = []
    for row in rows:
        mine = [short[f] for f in str(row["figure"]).split()]
        done.append({**row, **{key: " / ".join(dict.fromkeys(one[key] for one in mine)) for key in SHORT}})
    return done


def tooltips(language: str, *first: str) -> list[alt.Tooltip]:
    """The passport as a tooltip; *first* are fields of the chart that come before it, each with words of its own."""
    return [alt.Tooltip(f"{field}:N", title=word(f"field.{field}", language)) for field in (*first, *SHORT)]


def passport_columns(language: str, *first: str) -> list[list[str]]:
    """The columns of a chart's data table: those of the chart, then where each number comes from."""
    return [[field, word(f"field.{field}", language)] for field in (*first, "printed", "reading", "basis", "source")]


def amount_axis(unit: str, language: str, *, title: str | None = None, counts: int = 6, grid: bool = True) -> alt.Axis:
    """An axis of values: money in 억 and 조 (in English bn and tn), never in K or M."""
    expression = _TICKS.get((unit.partition("/")[0] if unit != "KRW/resident" else "resident", language))
    labels: dict[str, Any] = {"labelExpr": expression} if expression else {"format": ",~f"}
    return alt.Axis(title=title, tickCount=counts, grid=grid, domain=False, ticks=False, labelPadding=6, **labels)


_EOK = (
    "datum.value == 0 ? '0' : datum.value >= 1e12 ? format(floor(datum.value / 1e12), ',') + '조'"
    " + (datum.value % 1e12 >= 1e8 ? ' ' + format((datum.value % 1e12) / 1e8, ',.0f') + '억' : '')"
    " : datum.value >= 1e8 ? format(datum.value / 1e8, ',~r') + '억' : format(datum.value / 1e4, ',~r') + '만'"
)
_BN = (
    "datum.value == 0 ? '0' : datum.value >= 1e12 ? format(datum.value / 1e12, ',~r') + 'tn'"
    " : datum.value >= 1e9 ? format(datum.value / 1e9, ',~r') + 'bn' : format(datum.value / 1e6, ',~r') + 'm'"
)
_TICKS = {
    ("KRW", "ko"): _EOK,
    ("KRW", "en"): _BN,
    ("resident", "ko"): "format(datum.value, ',~r') + '원'",
    ("resident", "en"): "format(datum.value, ',~r')",
    ("percent", "ko"): "format(datum.value, ',~r') + '%'",
    ("percent", "en"): "format(datum.value, ',~r') + '%'",
}


def axis_unit(unit: str, language: str, counter: str = "") -> str:
    """What the axis counts: 원, KRW, 1인당 원, %, or the unit of an indicator."""
    if unit.startswith("KRW") or unit == "percent":
        return word(f"unit.{'resident' if unit == 'KRW/resident' else unit.partition('/')[0]}", language)
    return counter if language == "ko" else unit


def room(rows: Iterable[Row], *fields: str, share: float = 0.34) -> list[float]:
    """A domain from zero that leaves room for labels beside the longest mark."""
    ends = [float(row[f]) for row in rows for f in fields if given(row.get(f))]
    longest = max(ends, default=0.0)
    return [0.0, longest * (1 + share) if longest > 0 else 1.0]


def tell_apart(rows: Iterable[Row], field: str) -> None:
    """Rows of one name get a number: two marks never lie on one another."""
    seen: dict[str, int] = {}
    for row in rows:
        name = row[field]
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            row[field] = f"{name} ({seen[name]})"


def nothing(title: str, why: str, language: str) -> alt.Chart:
    """In place of a chart that has nothing to draw: what is missing, said as plainly as a chart would."""
    panel: alt.Chart = alt.Chart(records([{"said": why}])).mark_text(align="left", color=SOFT, fontSize=13)
    around = Around(title=title, subtitle="", finding=why, columns=[["said", word("field.said", language)]])
    panel = panel.encode(x=alt.value(8), y=alt.value(24), text=alt.Text("said:N")).properties(width=WIDTH, height=48)
    return finished(panel, around)

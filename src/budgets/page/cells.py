"""The cells of an executed notebook as blocks of a page: which are shown, and what each becomes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import nh3
from markupsafe import Markup, escape

from budgets.page.chart import chart, figures_of
from budgets.page.environment import render
from budgets.page.lens import LENS, lens
from budgets.page.prose import Heading, prose
from budgets.page.table import PASSPORTS
from budgets.words import LANGUAGES, text

VEGALITE = re.compile(r"application/vnd\.vegalite\.v\d+(\.\d+)*\+json$")
NOTEBOOK_ONLY = "notebook-only"
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
TABLE_NUMBER = re.compile(r'<caption><span class="number"></span>')
TABLE_TAGS = {"caption", "figcaption", "figure", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
TEXT_TAGS = {"a", "b", "br", "code", "div", "em", "h2", "h3", "h4", "i", "li", "ol", "p", "pre", "span", "strong", "ul"}
ATTRIBUTES = {"*": {"class", "lang", "data-figure"}, "a": {"href"}, "th": {"scope", "colspan", "rowspan"}}
ATTRIBUTES |= {"td": {"colspan", "rowspan"}}

clean = partial(
    nh3.clean,
    tags=TABLE_TAGS | TEXT_TAGS,
    attributes=ATTRIBUTES,
    url_schemes={"http", "https"},
    link_rel="noopener noreferrer",
)
"""Our own tables escape their text when they are made; an output of anything else is held to the same harmless tags."""


@dataclass
class Page:
    """What is gathered while the cells are read, top to bottom."""

    language: str
    blocks: list[Markup] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    figures: set[str] = field(default_factory=set)
    traced: dict[str, dict[str, str]] = field(default_factory=dict)
    """What the notebook's own comparisons add to passports: figure → label → words."""
    titled: bool = False
    charts: int = 0
    tables: int = 0
    lenses: int = 0


def read_cells(cells: list[Mapping[str, Any]], language: str) -> Page:
    """All blocks of the page in *language*."""
    page = Page(language)
    for cell in cells:
        if _other_language(tags(cell), language) or NOTEBOOK_ONLY in tags(cell):
            continue
        if cell["cell_type"] == "markdown":
            _add_prose(page, cell["source"], "opening" if "opening" in tags(cell) else "prose")
        elif cell["cell_type"] == "code":
            for output in cell.get("outputs", []):
                _add_output(page, output, tags(cell))
    return page


def tags(cell: Mapping[str, Any]) -> set[str]:
    return set(cell.get("metadata", {}).get("tags", []))


def _other_language(tagged: set[str], language: str) -> bool:
    return bool(tagged & set(LANGUAGES)) and language not in tagged


def _add_prose(page: Page, source: str, role: str) -> None:
    said, headings = prose(source, sections=len(page.headings), drop_title=not page.titled)
    page.titled = True
    page.headings += headings
    if said:
        page.blocks.append(Markup('<div class="{}">\n{}</div>').format(role, said))


def _add_output(page: Page, output: Mapping[str, Any], tagged: set[str]) -> None:
    kind = output["output_type"]
    if kind == "error":
        said = ANSI.sub("", f"{output.get('ename', '')}: {output.get('evalue', '')}")
        page.blocks.append(render("error.j2", page.language, said=said))
    elif kind == "stream":
        if output.get("name") == "stdout":
            page.blocks.append(Markup("<pre>{}</pre>").format(_joined(output["text"])))
    else:
        _add_data(page, output.get("data", {}), tagged)


def _add_data(page: Page, data: Mapping[str, Any], tagged: set[str]) -> None:
    """The richest form of one output: a chart, HTML, Markdown or, if there is nothing else, plain text."""
    spec = next((value for key, value in data.items() if VEGALITE.match(key)), None)
    of_chart = ((spec or {}).get("usermeta") or {}).get("passports") or {}
    for figure, said in [*data.get(PASSPORTS, {}).items(), *of_chart.items()]:
        _trace(page.traced.setdefault(figure, {}), said)
    if LENS in data:
        _add_lens(page, data[LENS])
    elif spec is not None:
        page.charts += 1
        page.figures.update(figures_of(spec))
        with_data = "table-follows" not in tagged
        page.blocks.append(chart(spec, page.charts, language=page.language, with_data=with_data))
    elif "text/html" in data:
        page.blocks.append(Markup("".join(_numbered(page, clean(_joined(data["text/html"]))))))
    elif "text/markdown" in data:
        _add_prose(page, _joined(data["text/markdown"]), "opening" if "opening" in tagged else "prose")
    elif "text/plain" in data:
        page.blocks.append(Markup("<pre>{}</pre>").format(_joined(data["text/plain"])))


def _trace(known: dict[str, str], said: Mapping[str, str]) -> None:
    """Add to what is known of a figure; what two comparisons say under one label stands in two lines, the same but once."""
    for label, words in said.items():
        before = known.get(label)
        if before is None:
            known[label] = words
        elif f"\n{words}\n" not in f"\n{before}\n":
            known[label] = f"{before}\n{words}"


def _add_lens(page: Page, seen: Mapping[str, Any]) -> None:
    """All views of a lens: one number for its chart and one for its table, whichever view is seen."""
    page.lenses += 1
    page.charts += any(view["chart"] for view in seen["views"])
    page.tables += any(view["table"] for view in seen["views"])
    drawn = []
    for view in seen["views"]:
        parts = []
        if view["chart"]:
            page.figures.update(figures_of(view["chart"]))
            place = f"-{page.lenses}-{view['measure']}-{view['prices']}"
            with_data = not view["table"]
            parts.append(chart(view["chart"], page.charts, language=page.language, with_data=with_data, place=place))
        if view["table"]:
            number = escape(text("page.table_number", page.language, n=page.tables))
            table = TABLE_NUMBER.sub(f'<caption><span class="number">{number}</span>', clean(view["table"]))
            parts.append(Markup(table))
        drawn.append(Markup("\n".join(parts)))
    page.blocks.append(lens(seen, page.lenses, page.language, drawn))


def _numbered(page: Page, html: str) -> Iterator[str]:
    """The HTML with each of our tables given its number."""
    first, *rest = TABLE_NUMBER.split(html)
    yield first
    for part in rest:
        page.tables += 1
        number = escape(text("page.table_number", page.language, n=page.tables))
        yield f'<caption><span class="number">{number}</span>{part}'


def _joined(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)

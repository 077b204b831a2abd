"""A report: one executed notebook as one HTML file that opens anywhere and asks the network for nothing.

What a notebook and its charts agree on with the page:

Cell tags
    ``ko`` / ``en``        the cell is left out of the page in the other language; untagged cells always stand
    ``opening``            the opening paragraph: the answer and its limits, set larger
    ``parameters``, ``injected-parameters``   shown at the end as the report's parameters
    ``notebook-only``      the cell is left out of the page: what a notebook shows by itself and a page by a lens
    ``table-follows``      the notebook itself shows the chart's values next; no data table is added under the chart

Outputs
    ``application/vnd.vegalite.v*+json`` drawn as "그림 1."; ``text/html`` tables of ``html_table`` numbered "표 1.";
    A lens (`budgets.page.lens`) shows one of its views at a time; ``application/vnd.budgets.passports+json`` adds what
    the notebook's own comparison says to the passports of figures, and holds the whole passports of official numbers.
    ``text/markdown`` without raw HTML; ``text/plain`` where there is nothing else. Errors are shown, stderr is not.
    A leading ``# …`` of the notebook is left out, since the page has its title; list sections with ``## …``.

``usermeta`` of a chart (``chart.properties(usermeta={…})``), every key optional
    ``title``              the caption; without it the chart's own title. In the page a chart's own title is not drawn
    ``subtitle``           the basis, under the caption; without it the chart's own subtitle
    ``finding``            what the picture shows, in one sentence: the text alternative
    ``unit``               shown as "(단위: …)"
    ``sources``, ``notes``   lists of texts: the 자료: and 주: lines
    ``passports``          figure → label → words: of figures that stand in no table, whole
    ``columns``            ``[[field, label], …]`` or ``[[field, label, kind], …]``: the data table under the chart; the
                           first column names the row; kinds are those of ``Column``

``figure``, a field of a datum or a column of a table's frame
    the ``figure_id`` (or several, separated by spaces) whose passport opens on a click, or on Enter in the table.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

import nbformat
from markupsafe import Markup

from budgets import vocabulary
from budgets.page.bundle import vega_bundle
from budgets.page.cells import read_cells, tags
from budgets.page.environment import asset, render, script_json, words_under
from budgets.page.formats import MINUS
from budgets.page.packing import Passports, pack
from budgets.page.shell import page
from budgets.words import catalogue, text

PARAMETER_TAGS = {"parameters", "injected-parameters"}
UNSAID = {"data"}
"""A folder of the machine that made the page; its content is named at the foot."""


def report_page(
    notebook: nbformat.NotebookNode,
    *,
    title: str,
    language: str = "ko",
    subtitle: str = "",
    passports: Passports | None = None,
    standing: Passports | None = None,
    meta: Mapping[str, str] | None = None,
    index: str | None = None,
) -> str:
    """The whole HTML file.

    *passports*: for each figure, label → value in reading order (lines within a value are kept; an http(s) address
    becomes a link); only those of figures that stand on the page are put into it. What an output says of a figure that is
    not among them is its whole passport. *standing*: of each figure in the same
    form, on which basis it stands and who else. *meta*: label → value, shown at the foot. *index*: relative address of
    the index page.
    """
    read = read_cells(notebook.cells, language)
    blocks = Markup("\n").join(read.blocks)
    for ids in re.findall(r'data-figure="([^"]*)"', blocks):
        read.figures.update(Markup(ids).unescape().split())
    passports, standing = passports or {}, standing or {}
    known = {**read.traced, **dict.fromkeys(passports)}  # in this order; only those that stand here are asked for
    here = {figure: passports.get(figure) or read.traced[figure] for figure in known if figure in read.figures}
    traced = {figure: said for figure, said in read.traced.items() if figure in here and figure in passports}
    stands = {figure: standing[figure] for figure in here if figure in standing}
    lines, (packed, packed_traced, packed_standing) = pack(here, traced, stands)
    data = {
        "words": words_under("page.script.", language),
        "lines": lines,
        "passports": packed,
        "traced": packed_traced,
        "standing": packed_standing,
        "minus": MINUS[language],
        "language": language,
    }
    body = render(
        "report.j2",
        language,
        title=title,
        subtitle=subtitle,
        headings=read.headings,
        blocks=blocks,
        parameters=parameters(notebook.cells, language),
        meta=meta or {},
        index=index,
        charts=read.charts,
        passports=here,
        data=script_json(data),
    )
    scripts = ([vega_bundle()] if read.charts else []) + [asset("page.js")]
    return page(body, title=title, language=language, scripts=scripts)


def parameters(cells: list[Mapping[str, Any]], language: str) -> list[tuple[str, str, str]]:
    """(name, label, value as said) of the report's parameters; injected values come after, and over, the defaults."""
    values: dict[str, object] = {}
    for cell in cells:
        if cell["cell_type"] == "code" and tags(cell) & PARAMETER_TAGS:
            values.update(_assignments(cell["source"]))
    shown = {name: value for name, value in values.items() if name not in UNSAID}
    return [(name, _label(name, language), _said(name, value, language)) for name, value in shown.items()]


def _assignments(source: str) -> Iterator[tuple[str, object]]:
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # a cell of the parameters that is no Python failed when it ran, and says so
        return
    for statement in statements:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                try:
                    yield name, ast.literal_eval(value)
                except ValueError:  # not a literal: shown as it is written
                    yield name, ast.unparse(value)


def _label(name: str, language: str) -> str:
    key = f"page.parameter.{name}"
    return text(key, language) if key in catalogue() else name


def _said(name: str, value: object, language: str) -> str:
    if value is None or value == []:
        return text("page.parameter_none", language)
    if isinstance(value, list | tuple | set):
        return ", ".join(_said(name, one, language) for one in value)
    if f"{name}.{value}" in catalogue():
        return f"{vocabulary.label(name, str(value), language)} ({value})"
    return str(value)

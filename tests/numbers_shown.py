"""What a page shows as a number, and whether a click on it opens a passport."""

import json
from collections.abc import Collection, Iterator
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

WITHOUT_PASSPORT: frozenset[tuple[str, str]] = frozenset()
"""Number cells that open no passport, as (caption, column), each with the reason beside it: there are none."""

Shut = tuple[str, str, str]


def opened(path: Path) -> tuple[HtmlElement, set[str]]:
    """A page, and the figures whose passports it holds."""
    page = html.fromstring(path.read_text(encoding="utf-8"))
    data = page.get_element_by_id("page-data", None)
    return page, set(json.loads(data.text)["passports"]) if data is not None else set()


def number_cells(page: HtmlElement, known: Collection[str]) -> Iterator[tuple[Shut, bool]]:
    """Caption, column and text of every number cell of every table, and whether it or its row opens a passport.

    A cell that says that there is nothing is no number.
    """
    for table in page.iter("table"):
        caption = table.find(".//caption")
        name = caption.text_content().strip() if caption is not None else ""
        headings = [heading.text_content() for heading in table.iterfind("thead/tr/th")]
        for row in table.iterfind("tbody/tr"):
            for heading, cell in zip(headings, row, strict=False):
                classes = cell.get("class", "").split()
                if "right" in classes and "missing" not in classes:
                    figures = f"{row.get('data-figure', '')} {cell.get('data-figure', '')}".split()
                    yield (name, heading, cell.text_content()), any(figure in known for figure in figures)


def shut(page: HtmlElement, known: Collection[str]) -> list[Shut]:
    """The number cells that open no passport."""
    return [cell for cell, opens in number_cells(page, known) if not opens and cell[:2] not in WITHOUT_PASSPORT]

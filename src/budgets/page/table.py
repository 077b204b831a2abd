"""A table of a page: plain semantic HTML that JupyterLab shows as well."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

import pandas as pd
from markupsafe import Markup

from budgets.page.environment import render
from budgets.page.formats import is_missing, write_date, write_number, write_percent
from budgets.rows import each
from budgets.words import text

PASSPORTS = "application/vnd.budgets.passports+json"
"""The kind of output by which a notebook adds to the passports of a page: figure → label → words."""
HANGUL = re.compile("[가-힣]")
Kind = Literal["text", "number", "amount", "percent", "date"]
Align = Literal["left", "center", "right"]
ALIGN: Mapping[Kind, Align] = {
    "text": "left",
    "number": "right",
    "amount": "right",
    "percent": "right",
    "date": "center",
}


@dataclass(frozen=True)
class Column:
    """One column: the frame's column it shows, its heading, and how its cells are written.

    ``number`` is ``#,##0`` with up to two decimals; ``amount`` the same, unless the table is given a writer of amounts;
    ``percent`` takes a ratio (1.34 is 134.0%); ``date`` takes a day. ``missing`` is what an empty cell says: nothing in
    text columns, "발표 없음" in all others. *figure*: the frame's column with the figures whose passports the cell opens.
    """

    key: str
    label: str
    kind: Kind = "text"
    align: Align | None = None
    missing: str | None = None
    figure: str = ""


@dataclass(frozen=True)
class Table:
    """Finished HTML. The number ("표 1.") is filled in by the page the table stands in.

    *passports*: what this page's comparison adds to the passports of figures, figure → label → words.
    """

    html: str
    passports: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def _repr_mimebundle_(self, *_: Any, **__: Any) -> dict[str, Any]:
        return {PASSPORTS: dict(self.passports)} if self.passports else {}

    def _repr_html_(self) -> str:
        return self.html

    def __html__(self) -> str:
        return self.html


def html_table(
    frame: pd.DataFrame,
    *,
    columns: Sequence[Column],
    caption: str,
    unit: str | None = None,
    notes: Sequence[str] = (),
    sources: Sequence[str] = (),
    language: str = "ko",
    number: Callable[[object], str] | None = None,
) -> Table:
    """The *frame*'s rows, in their order, as a table with caption, unit, sources and notes; all text is escaped.

    The first column names the row. If the frame has a column ``figure`` (identifiers of figures, separated by spaces),
    the row opens their passports. *number* writes the cells of ``amount`` columns.
    """
    records = each(frame)
    rows = [
        {
            "figure": _figure(record, "figure"),
            "cells": [_with_figure(_cell(record[column.key], column, language, number), record, column) for column in columns],
        }
        for record in records
    ]
    headings = [(column.label, column.align or ALIGN[column.kind]) for column in columns]
    lines = note_lines(sources, notes, language)
    parts = {"caption": caption, "unit": unit, "headings": headings, "rows": rows, "notes": lines}
    return Table(render("table.j2", language, of=partial(_of, language), **parts))


def _figure(record: Mapping[str, Any], key: str) -> str:
    return "" if is_missing(record.get(key)) else str(record[key])


def _with_figure(cell: tuple[str, Align, bool], record: Mapping[str, Any], column: Column) -> tuple[str, Align, bool, str]:
    """A cell that says that there is nothing opens nothing."""
    return (*cell, "" if cell[2] else _figure(record, column.figure))


def _of(language: str, said: str) -> Markup:
    """The mark of words in Korean on a page in another language: a print, a title, a reason."""
    return Markup(' lang="ko"') if language != "ko" and HANGUL.search(said) else Markup("")


def note_lines(sources: Sequence[str], notes: Sequence[str], language: str) -> list[str]:
    """The 자료: and 주: lines under a table or chart; several notes are numbered.

    >>> note_lines(["통계청"], ["잠정치", "반올림함"], "ko")
    ['자료: 통계청', '주: 1) 잠정치 2) 반올림함']
    """
    numbered = notes if len(notes) == 1 else [f"{n}) {note}" for n, note in enumerate(notes, 1)]
    return [
        text(f"page.{key}", language, **{key: separator.join(said)}) for key, separator, said in (("sources", "; ", sources), ("notes", " ", numbered)) if said
    ]


def _cell(value: object, column: Column, language: str, number: Callable[[object], str] | None) -> tuple[str, Align, bool]:
    """What the cell says, where it stands, and whether it says that there is nothing."""
    align = column.align or ALIGN[column.kind]
    if is_missing(value):
        said = column.missing
        if said is None:
            said = "" if column.kind == "text" else text("page.missing", language)
        return said, align, True
    match column.kind:
        case "number":
            return write_number(value, language), align, False
        case "amount":
            return (number or (lambda given: write_number(given, language)))(value), align, False
        case "percent":
            return write_percent(value, language), align, False
        case "date":
            return write_date(value, language), align, False
        case "text":
            return str(value), align, False

"""The 정오표 as a page: the changes, and the numbers they moved. One file without scripts; it opens anywhere."""

from collections.abc import Sequence

import pandas as pd

from budgets.page.environment import render
from budgets.page.shell import page
from budgets.page.table import Column, Table, html_table
from budgets.revisions import Revision, errata, lead, moved
from budgets.words import text

STYLE = "td,th{white-space:pre-line;vertical-align:top}td{min-width:7rem}body{max-width:100rem}"
MOST = 8
"""So many moved numbers stand beside a change; the second table has all of them."""
CHANGES = ("kind", "place", "before", "after", "reason", "effects")
NUMBERS = ("where", "what", "before", "after", "causes", "rows")


def errata_page(revision: Revision, *, subtitle: str, language: str = "ko") -> str:
    """The whole HTML file. *subtitle* names the two states."""
    title = text("revisions.say.title", language)
    changed = [(one.kind, one.place, one.before, one.after, one.reason, "\n".join(one.said(MOST, language))) for one in errata(revision, language)]
    shown = [(one.where, one.what, one.before, one.after, one.causes, "\n".join(one.changes)) for one in moved(revision, language)]
    tables = [_table(changed, CHANGES, title, [text("revisions.say.note", language)], language)]
    if shown:
        tables.append(_table(shown, NUMBERS, text("revisions.say.effects_title", language), [], language))
    body = render("errata.j2", language, title=title, subtitle=subtitle, lead=lead(revision, language), tables=tables if revision else [])
    return page(body, title=title, language=language, scripts=[], style=STYLE)


def _table(rows: Sequence[tuple[str, ...]], heads: tuple[str, ...], caption: str, notes: list[str], language: str) -> Table:
    columns = [Column(head, text(f"revisions.head.{head}", language)) for head in heads]
    return html_table(pd.DataFrame(rows, columns=list(heads)), columns=columns, caption=caption, notes=notes, language=language)

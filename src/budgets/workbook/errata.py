"""The 정오표 as a workbook: one sheet of changes, one of the numbers they moved."""

from datetime import date
from io import BytesIO

from budgets.revisions import Revision, errata, lead, moved
from budgets.words import text
from budgets.workbook.book import Book
from budgets.workbook.cells import Column

HEADS = ("kind", "place", "before", "after", "reason", "effects")
MOST = 8
"""So many moved numbers stand beside a change; the second sheet has all of them."""


def errata_workbook(revision: Revision, *, subtitle: str, day: date, language: str = "ko") -> bytes:
    """The workbook as bytes; the same revision gives the same bytes. *day* is the document's date."""
    target = BytesIO()
    title = text("revisions.say.title", language)
    book = Book(target, title=title, day=day, language=language, slim=False, sheets=("errata", "moved"))
    _changes(book, revision, subtitle)
    _numbers(book, revision)
    book.close()
    return target.getvalue()


def _changes(book: Book, revision: Revision, subtitle: str) -> None:
    language, sheet = book.language, book.sheets["errata"]
    sheet.open((12, 34, 30, 30, 36, 40), title=book.title)
    sheet.note(f"{subtitle}\n{lead(revision, language)}", "says")
    rows = []
    for one in errata(revision, language):
        rows.append([one.kind, one.place, one.before, one.after, one.reason, "\n".join(one.said(MOST, language))])
    sheet.table([Column(text(f"revisions.head.{head}", language)) for head in HEADS], rows)
    sheet.notes([text("revisions.say.note", language)])
    sheet.close_page(freeze=4)


def _numbers(book: Book, revision: Revision) -> None:
    language, sheet = book.language, book.sheets["moved"]
    sheet.open((40, 44, 18, 18, 26, 44), title=text("revisions.say.effects_title", language))
    heads = ("where", "what", "before", "after", "causes", "rows")
    rows = [[one.where, one.what, one.before, one.after, one.causes, "\n".join(one.changes)] for one in moved(revision, language)]
    sheet.table([Column(text(f"revisions.head.{head}", language)) for head in heads], rows)
    sheet.close_page(freeze=3)

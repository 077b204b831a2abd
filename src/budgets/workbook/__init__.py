"""The official's workbook: comparisons in, an Excel file out.

Totals, per resident, shares, changes, achievement and constant prices are formulas over the passports and the sheet
of assumptions; each carries its present result, so that a viewer that does not compute shows numbers, too.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import BinaryIO

from budgets.comparison import Comparison
from budgets.tables import Tables
from budgets.workbook import assumptions as assumptions_sheet
from budgets.workbook import comparisons as comparisons_sheet
from budgets.workbook import cover, findings, passports, references, targets
from budgets.workbook.book import Book
from budgets.workbook.cases import Assumptions, Setting, number_cases
from budgets.workbook.lookup import Figures

__all__ = ["Assumptions", "workbook", "write_workbook"]

MANY = 20_000
"""From so many figures on, rows are let go as they are written, and web links stand on the sheet of sources only."""


def workbook(
    tables: Tables,
    comparisons: Sequence[Comparison],
    *,
    title: str,
    date_of_data: date,
    fingerprint: str,
    language: str = "ko",
    assumptions: Assumptions | None = None,
) -> bytes:
    """The workbook as bytes; the same arguments give the same bytes.

    *comparisons*: of money and of indicators, numbered in this order. *date_of_data* is also the document's date.
    *assumptions*: what the sheet of assumptions says at first (default: million won, nominal prices).
    Raises `MeasureError` for a base year without a price index.
    """
    target = BytesIO()
    write_workbook(target, tables, comparisons, title=title, date_of_data=date_of_data, fingerprint=fingerprint, language=language, assumptions=assumptions)
    return target.getvalue()


def write_workbook(
    target: BinaryIO,
    tables: Tables,
    comparisons: Sequence[Comparison],
    *,
    title: str,
    date_of_data: date,
    fingerprint: str,
    language: str = "ko",
    assumptions: Assumptions | None = None,
) -> None:
    """Write the workbook to an open binary file. See `workbook`."""
    with _uncollected():
        setting = Setting(tables, assumptions or Assumptions())
        cases = number_cases(comparisons, setting)
        figures = Figures(tables, language)
        count = len(tables.budgets) + len(tables.targets) + len(tables.milestones)
        book = Book(target, title=title, day=date_of_data, language=language, slim=count > MANY)
        blocks = comparisons_sheet.write(book, cases, figures) | targets.write(book, cases, figures)
        passports.write_programmes(book, figures, cases, setting)
        asides = passports.write_set_aside(book, figures, cases)
        passports.write_passports(book, figures)
        references.write_sources(book, tables)
        findings.write(book, figures, setting)
        assumptions_sheet.write(book, cases, setting, figures.names)
        references.write_terms(book)
        references.write_columns(book)
        cover.write(book, tables, cases, fingerprint=fingerprint, blocks=blocks, asides=asides)
        book.close()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Cells hold no circles: while they are written the collector would only walk over them again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()

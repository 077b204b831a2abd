"""Two editions or two states of the data compared: read, explained, written as text, page, sheet or table."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from budgets.basis import BudgetBasis
from budgets.checkout import checkout
from budgets.disk import write_whole
from budgets.errors import BudgetsError, UsageError
from budgets.reports.editions import read_editions
from budgets.reports.kept import read_state, read_terms
from budgets.reports.line_sums import sums_in
from budgets.reports.parameters import CompareBudgets
from budgets.revisions import (
    BudgetView,
    LinesChange,
    Revision,
    SumsChange,
    TargetView,
    View,
    errata,
    lines,
    lines_changes,
    revision,
    sums_changes,
    term_changes,
    views,
)
from budgets.revisions.official_lines import COLUMNS as LINE_COLUMNS
from budgets.tables import Tables
from budgets.vocabulary import FOUR
from budgets.words import text

if TYPE_CHECKING:
    import pandas as pd

    from budgets.lines.store import Stored

BASE_YEAR = CompareBudgets().base_year
HEADS = ("kind", "place", "before", "after", "reason", "effects")
FORMATS = (".html", ".xlsx", ".csv", ".txt")


def difference(old: Path, new: Path) -> Revision:
    """What differs between two folders (see `kept.read_state`), and every number shown that changed because of it.

    Raises `BudgetsError` where one of them cannot be read.
    """
    before, after = read_state(old), read_state(new)
    terms = [read_terms(folder) for folder in (old, new)]
    more = term_changes(*terms) if all(len(table) for table in terms) else ()
    found = revision(before, after, views((before, after), FOUR, _of_editions(after), base_year=BASE_YEAR), more)
    return replace(found, lines=_lines(old, new, same_terms=terms[0].equals(terms[1])))


def _lines(old: Path, new: Path, *, same_terms: bool) -> tuple[LinesChange, ...] | tuple[SumsChange, ...]:
    """What became of the official lines of the years in which they or the terms differ; nothing unless both hold some.

    Editions keep no lines, but sums: between an edition and anything else, sums are compared.
    """
    from budgets.lines.store import stored_years

    stored = [stored_years(folder) for folder in (old, new)]
    if not all(stored):
        before_sums, after_sums = sums_in(old), sums_in(new)
        return sums_changes(before_sums, after_sums) if before_sums and after_sums else ()
    years = sorted(year for year in {*stored[0], *stored[1]} if not same_terms or _content_of(stored[0], year) != _content_of(stored[1], year))
    some = [_judged(folder, kept) if (kept := [year for year in years if year in held]) else None for folder, held in zip((old, new), stored, strict=True)]
    before, after = some
    if before is None or after is None:
        there = after if before is None else before
        return () if there is None else lines_changes(*(there.iloc[:0] if one is None else one for one in some))
    return lines_changes(before, after)


def _content_of(stored: Mapping[int, "Stored"], year: int) -> str:
    return stored[year].content if year in stored else ""


def _judged(folder: Path, years: list[int]) -> "pd.DataFrame":
    """The lines of some years with what the terms of the folder say of them; nothing is written."""
    from budgets.lines.store import read_lines
    from budgets.rulings.classifier import classify_programmes

    wanted = [column for column in LINE_COLUMNS if column != "is_ai"]
    lines = read_lines(folder, years=years, columns=[*wanted, "field_name", "section_name"])
    terms = folder / "rulings" / "ai_terms.csv"
    verdicts = classify_programmes(lines["programme_name"], lines["field_name"], lines["section_name"], terms=terms if terms.is_file() else None)
    return lines[wanted].assign(is_ai=verdicts["is_ai"])


def _of_editions(tables: Tables) -> Iterator[View]:
    """What the editions of ``reports/editions.toml`` compare; nothing where these are not tables for them."""
    try:
        editions = read_editions(checkout() / "reports" / "editions.toml", tables)
    except BudgetsError:
        return
    for edition in editions:
        for parameters in (report.parameters for report in edition.reports):
            base_year = getattr(parameters, "base_year", BASE_YEAR)
            yield from (BudgetView(basis, base_year) if isinstance(basis, BudgetBasis) else TargetView(basis) for basis in parameters.bases())


def check_format(path: Path) -> None:
    """Raise `UsageError` for a file whose ending names no format."""
    if path.suffix.lower() not in FORMATS:
        raise UsageError("diff.suffix", path=path, known=", ".join(FORMATS))


def write(path: Path, found: Revision, *, subtitle: str, language: str = "ko") -> None:
    """Write the 정오표 whole, in the format its ending names. Raises `BudgetsError` where it cannot be written."""
    check_format(path)
    content = _content(path.suffix.lower(), found, subtitle, language)
    try:
        write_whole(path, content)
    except OSError as error:
        raise BudgetsError("diff.unwritable", path=path, why=error) from None


def _content(ending: str, found: Revision, subtitle: str, language: str) -> bytes:
    if ending == ".html":
        from budgets.page.errata import errata_page

        return errata_page(found, subtitle=subtitle, language=language).encode("utf-8")
    if ending == ".xlsx":
        from budgets.workbook.errata import errata_workbook

        return errata_workbook(found, subtitle=subtitle, day=found.new.sources["published_on"].max().date(), language=language)
    if ending == ".csv":
        return _table(found, language).encode("utf-8-sig")  # with the mark by which Excel knows UTF-8
    return "\n".join([subtitle, "", *lines(found, language)]).encode("utf-8") + b"\n"


def _table(found: Revision, language: str) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([text(f"revisions.head.{head}", language) for head in HEADS])
    for one in errata(found, language):
        writer.writerow([_inert(cell) for cell in (one.kind, one.place, one.before, one.after, one.reason, "\n".join(one.effects))])
    return target.getvalue()


def _inert(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell

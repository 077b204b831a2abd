"""The first page of an edition: what stands in its folder, and what failed."""

from collections.abc import Mapping, Sequence

from budgets.page import Entry, Failure, index_page
from budgets.reports.editions import Edition, Report
from budgets.reports.make import Made
from budgets.reports.manifest import Record
from budgets.reports.parameters import NOTEBOOKS, title
from budgets.tables import Tables
from budgets.words import text


def listing(
    edition: Edition,
    tables: Tables,
    records: Mapping[str, Record],
    failed: Mapping[str, Made],
    changed: Sequence[str] = (),
    prints: Mapping[str, str] | None = None,
) -> str:
    """The index page: the reports with a record, by question, and the failed ones with cell and error.

    *changed*: what differs from the edition before; *prints*: the data, code and lock it was made of.
    """
    standing = [report for report in edition.reports if report.name in records and report.name not in failed]
    order = list(NOTEBOOKS)
    standing.sort(key=lambda report: (report.parameters.language != "ko", order.index(report.notebook)))
    return index_page(
        [_entry(report, records[report.name], tables) for report in standing],
        title=edition.title["ko"],
        subtitle=text("index.question"),
        lead=_lead(standing, records),
        files=[(f"{edition.name}.xlsx", text("index.workbook"))],
        changed=changed,
        meta={text(f"page.print.{name}"): digits for name, digits in (prints or {}).items()},
        failed=[_failure(report, failed[report.name], tables) for report in edition.reports if report.name in failed],
    )


def _lead(standing: list[Report], records: Mapping[str, Record]) -> str:
    """The answer to the edition's question: how its first report opens, and how to read all of them."""
    first = next((records[r.name].opening for r in standing if r.parameters.language == "ko"), "")
    return "\n\n".join(part for part in (first, text("index.reading")) if part)


def said(report: Report) -> str:
    """The parameters that differ from the notebook's own, in one line."""
    return ", ".join(f"{name}={value}" for name, value in report.parameters.model_dump(exclude_defaults=True).items()) or "-"


def _entry(report: Report, record: Record, tables: Tables) -> Entry:
    language, about = report.parameters.language, report.parameters.about(tables)
    return Entry(
        href=f"{report.name}.html",
        title=title(report.notebook, report.parameters, tables),
        opening=record.opening,
        notebook=report.notebook,
        governments=tuple(tables.name(government, language) for government in about["governments"]),
        year=about["year"],
        question=text(f"question.{report.notebook}", language),
        language=language,
        pictures=record.pictures,
    )


def _failure(report: Report, made: Made, tables: Tables) -> Failure:
    cell = "" if made.cell is None else str(made.cell + 1)
    return Failure(title(report.notebook, report.parameters, tables), made.errors[report.parameters.language], report.notebook, said(report), cell)

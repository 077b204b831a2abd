"""The sheets that explain: sources, terms, columns."""

from budgets import contract
from budgets import vocabulary as v
from budgets.reading import given, say_day, say_published
from budgets.rows import each
from budgets.schema import CLEAN
from budgets.tables import Tables
from budgets.words import entries
from budgets.workbook.book import Book
from budgets.workbook.cells import Cell, Column, Link, plain, web_link


def write_sources(book: Book, tables: Tables) -> None:
    """The sources, with address, licence, and how far each was read."""
    sheet = book.sheets["sources"]
    sheet.open((22, 11, 15, 36, 17, 12, 62, 14, 11, 12, 10, 36))
    heads = ["source_id", "kind", "publisher", "title", "published", "accessed", "url", "licence", "redistribute", "checked", "reliability", "remark"]
    columns = [Column(book.say(f"head.{name}")) for name in heads]
    language = book.language
    rows: list[list[Cell]] = []
    for record in each(tables.sources.sort_values("source_id")):
        row = {str(k): x for k, x in record.items()}
        flag = plain(row["redistribute"])
        link = web_link(row["url"])
        rows.append(
            [
                # An address may be long: LibreOffice wraps a text, and cuts a link at the edge of its column.
                Link(link.address, row["source_id"]) if isinstance(link, Link) else row["source_id"],
                v.label("source_kind", row["kind"], language),
                row["publisher"],
                plain(row["title"]),
                say_published(row, language),
                say_day(row["accessed_on"], language) if given(row["accessed_on"]) else None,
                plain(row["url"]),
                plain(row["licence"]),
                None if flag is None else book.say("say.yes" if flag else "say.no"),
                v.label("checked", row["checked"], language),
                v.label("reliability", row["reliability"], language),
                plain(row["note"]),
            ]
        )
    sheet.table(columns, rows, filtered=True)
    sheet.close_page(freeze=3, columns=1)


def write_terms(book: Book) -> None:
    """The closed vocabularies: each term in both languages, and what it means."""
    sheet = book.sheets["terms"]
    sheet.open((24, 18, 24, 30, 70))
    other = "en" if book.language == "ko" else "ko"
    rows: list[list[Cell]] = []
    for key, entry in entries("vocabulary").items():
        vocabulary, _, code = key.partition(".")
        rows.append([book.say(f"vocabulary.{vocabulary}"), code, entry[book.language], entry[other], entry.get(f"means_{book.language}")])
    sheet.table([Column(book.say(f"head.{name}")) for name in ("vocabulary", "code", "word", "other_word", "means")], rows, filtered=True)
    sheet.close_page(freeze=3)


def write_columns(book: Book) -> None:
    """The columns of every table, printed from the contract."""
    sheet = book.sheets["columns"]
    sheet.open((14, 22, 10, 18, 8, 52, 52))
    rows: list[list[Cell]] = []
    grains = []
    for name, model in CLEAN.items():
        grains.append(f"{name}: {contract.grain(model)[0 if book.language == 'ko' else 1]}")
        for row in each(contract.columns(model)):
            required = book.say("say.yes" if row["required"] else "say.no")
            rows.append([name, row["column"], row["type"], row["unit"], required, row["ko" if book.language == "ko" else "en"], row["codes"]])
    heads = ("table", "column", "type", "unit", "required", "description", "codes")
    sheet.table([Column(book.say(f"head.{name}")) for name in heads], rows, filtered=True)
    sheet.notes(grains)
    sheet.close_page(freeze=3, columns=2)

"""The cover: the question, the comparisons and their answers, what cannot be said, and the way to the sheets."""

from collections.abc import Mapping, Sequence

from budgets.reading import say_day
from budgets.tables import Tables
from budgets.words import entries
from budgets.workbook.book import NAMES, Book
from budgets.workbook.cases import Case
from budgets.workbook.cells import Cell, Column, Link, lines

WIDTHS = (22, 42, 44, 10, 10)


def write(book: Book, tables: Tables, cases: Sequence[Case], *, fingerprint: str, blocks: Mapping[int, int], asides: Mapping[int, int]) -> None:
    """*blocks* and *asides*: the rows (from 0) where each comparison stands on its sheet and among those set aside."""
    sheet = book.sheets["cover"]
    say = book.say
    sheet.open(WIDTHS, title=book.title, landscape=False)
    counts = say("cover.counts_value", **{name: len(getattr(tables, name)) for name in ("budgets", "targets", "milestones", "sources")})
    facts = [("question_label", say("cover.question")), ("data_date", say_day(book.day, book.language)), ("fingerprint", fingerprint), ("counts", counts)]
    for key, value in facts:
        sheet.line([say(f"cover.{key}"), value], ["subheading", ""], height=18)
    sheet.skip()
    sheet.heading(say("cover.comparisons"))
    columns = [Column(say(f"head.{name}")) for name in ("number", "basis", "answer")] + [
        Column(say(f"head.{name}"), "number") for name in ("compared", "set_aside")
    ]
    rows: list[list[Cell]] = []
    for case in cases:
        n, c = case.number, case.comparison
        place = "targets" if case.basis is None else "comparison"
        link = Link(book.address(place, blocks[n]), say("cover.comparison_link", n=n))
        aside = Link(book.address("set_aside", asides[n]), f"{len(c.set_aside):,}")
        rows.append([link, case.title(book.language), c.verdict(book.language), len(c.rows), aside])
    sheet.table(columns, rows)
    for key, topic in (("how", "how"), ("limits", "limit")):
        sheet.skip()
        sheet.heading(say(f"cover.{key}"))
        for name in entries("workbook"):
            if name.startswith(f"workbook.{topic}."):
                said = f"· {say(name.removeprefix('workbook.'))}"
                sheet.note(said, "says", tall=lines(said, sum(WIDTHS) * 0.95))
    sheet.skip()
    sheet.heading(say("cover.sheets"))
    for name in NAMES[1:]:
        sheet.line([Link(book.address(name), book.label(name)), say(f"about.{name}"), None, None, None], ["link", "plain", "plain", "plain", "plain"])
    sheet.close_page(freeze=1)

"""The workbook and its sheets while they are written: a cursor goes down each sheet, row by row.

Rows are only ever written downwards, so that XlsxWriter can let go of each row once it is written.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, BinaryIO

import xlsxwriter  # type: ignore[import-untyped,unused-ignore]
from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_range_abs  # type: ignore[import-untyped,unused-ignore]

from budgets.reading import say_day
from budgets.words import text
from budgets.workbook.cells import RISKY, Cell, Column, Link, Live, lines, shortened
from budgets.workbook.paging import LINE_HEIGHT, capacity, page_breaks
from budgets.workbook.styles import FONT, WRAPPED, Styles
from budgets.workbook.worksheet import RowSheet

NAMES = ("cover", "comparison", "targets", "programmes", "set_aside", "passports", "sources", "findings", "assumptions", "terms", "columns")
"""The sheets, in their order."""


class Book:
    """An open workbook: its language, its formats, its sheets by name of `NAMES`."""

    def __init__(self, target: BinaryIO, *, title: str, day: date, language: str, slim: bool, sheets: Sequence[str] = NAMES) -> None:
        options = {
            "constant_memory": slim,
            "in_memory": not slim,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONT, "font_size": 10},
        }
        self.language, self.title, self.day, self.slim = language, title, day, slim
        self.file = xlsxwriter.Workbook(target, options)
        # No run time anywhere: the same figures give the same bytes.
        self.file.set_properties({"title": title, "created": datetime(day.year, day.month, day.day)})
        self.style = Styles(self.file, language)
        self.sheets = {name: Sheet(self, name) for name in sheets}

    def say(self, key: str, **fields: object) -> str:
        return text(f"workbook.{key}", self.language, **fields)

    def head(self, *names: str) -> list[str]:
        return [self.say(f"head.{name}") for name in names]

    def label(self, sheet: str) -> str:
        """The tab's name of a sheet."""
        return self.say(f"sheet.{sheet}")

    def address(self, sheet: str, row: int = 0) -> str:
        """The target of a link inside the workbook."""
        return f"internal:{quote_sheetname(self.label(sheet))}!A{row + 1}"

    def close(self) -> None:
        self.file.close()


class Sheet:
    """One sheet and its cursor: ``row`` is the next row to write, counted from 0."""

    def __init__(self, book: Book, key: str) -> None:
        self.book, self.key, self.row = book, key, 0
        self.name = book.label(key)
        self.ws = book.file.add_worksheet(self.name, worksheet_class=RowSheet)
        self.widths: list[float] = []
        self._landscape = True
        self._heights: dict[int, float] = {}
        self._blocks: list[tuple[int, int]] = []

    def open(self, widths: Sequence[float], *, title: str | None = None, unit: Cell = None, landscape: bool = True, outside: Sequence[float] = ()) -> None:
        """Set up the page and write the title, the way back to the cover, and the unit at the upper right.

        *outside*: widths of columns right of the printed page.
        """
        self.widths, self._landscape = list(widths), landscape
        for i, one in enumerate([*widths, *outside]):
            self.ws.set_column(i, i, one)
        self._page()
        self.ws.hide_gridlines(2)
        self.line([title or self.name], ["title"], height=26)
        jump = None if self.key == "cover" or "cover" not in self.book.sheets else Link(self.book.address("cover"), self.book.say("say.top"))
        self.line([jump, *[None] * (len(widths) - 2), unit], ["jump", *[""] * (len(widths) - 2), "unit"])

    def _page(self) -> None:
        ws = self.ws
        ws.set_landscape() if self._landscape else ws.set_portrait()
        ws.set_paper(9)  # A4
        ws.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        ws.fit_to_pages(1, 0)
        ws.center_horizontally()
        said = self.book.say("say.footer", title=self.book.title, day=say_day(self.book.day, self.book.language)).replace("&", "&&")
        ws.set_footer(f"&L&8{self.name}&C&8&P / &N&R&8{said[:180]}")

    def close_page(self, *, freeze: int, columns: int = 0) -> None:
        """Freeze the rows above *freeze* (they are repeated on every printed page) and set what is printed."""
        self.ws.freeze_panes(freeze, columns)
        self.ws.repeat_rows(0, freeze - 1)
        self.ws.print_area(0, 0, max(self.row - 1, freeze), len(self.widths) - 1)
        repeated = sum(self._heights.get(row, LINE_HEIGHT) for row in range(freeze))
        self.ws.set_h_pagebreaks(page_breaks(self._blocks, self._heights, capacity(self.widths, landscape=self._landscape), repeated))

    def keep_together(self, first: int) -> None:
        """The rows from *first* to the cursor should stand on one printed page."""
        self._blocks.append((first, self.row))

    def _set_height(self, row: int, height: float) -> None:
        self.ws.set_row(row, height)
        if not self.book.slim:
            self._heights[row] = height

    def line(self, cells: Sequence[Cell], styles: Sequence[str], *, height: float | None = None) -> int:
        """Write one row from the first column on; return its number (from 0)."""
        height = height or self._height(cells, styles)
        if height:
            self._set_height(self.row, height)
        self.ws.write_row_of(self.row, self._simple(cells, styles))
        self.row += 1
        return self.row - 1

    def _simple(self, cells: Sequence[Cell], styles: Sequence[str]) -> Iterator[tuple[int, str | float | None, Any]]:
        """The texts, numbers and blanks of a row, each with its format; formulas and links are written on the way."""
        forms, risky = self.book.style.plain, self.book.style.risky
        for column, (cell, style) in enumerate(zip(cells, styles, strict=True)):
            if cell is None or cell == "":
                if style:
                    yield column, None, forms[style]
            elif isinstance(cell, str):
                yield column, shortened(cell), (risky if cell.startswith(RISKY) else forms)[style]
            elif isinstance(cell, Live):
                self.ws.write_formula(self.row, column, f"={cell.formula}", forms[style], "" if cell.value is None else cell.value)
            elif isinstance(cell, Link):
                self.ws.write_url(self.row, column, cell.address, forms[style], string=cell.shown)
            else:
                yield column, cell, forms[style]

    def _height(self, cells: Sequence[Cell], styles: Sequence[str]) -> float | None:
        """The height that wrapped texts need, None for a single line."""
        most = 1
        for cell, style, wide in zip(cells, styles, self.widths, strict=False):
            if style in WRAPPED and len(words := cell if isinstance(cell, str) else _words(cell)) * 2 > wide - 1:
                most = max(most, lines(words, wide - 1))
        return min(LINE_HEIGHT * most, 400) if most > 1 else None

    def skip(self, rows: int = 1) -> None:
        self.row += rows

    def heading(self, words: str) -> int:
        """A heading outside any table; return its row."""
        return self.line([words], ["heading"], height=20)

    def unit(self, said: Cell) -> None:
        """The unit of the table below, at the upper right."""
        self.line([*[None] * (len(self.widths) - 1), said], [*[""] * (len(self.widths) - 1), "unit"])

    def note(self, said: str | Live, style: str = "note", *, tall: int | None = None) -> None:
        """A line across the page, outside any table, as high as its words need."""
        words = said if isinstance(said, str) else str(said.value or "")
        height = LINE_HEIGHT * (tall or lines(words, sum(self.widths)))
        self.ws.merge_range(self.row, 0, self.row, len(self.widths) - 1, "", self.book.style(style))
        self.line([said], [style], height=height)

    def notes(self, notes: Iterable[str], sources: str = "") -> None:
        """The 자료: and 주: lines under a table; several notes are numbered."""
        say = self.book.say
        if sources:
            self.note(say("say.source_line", sources=sources))
        found = [n for n in dict.fromkeys(notes) if n]
        if len(found) > 1:
            found = [say("say.note_number", n=i, note=n) for i, n in enumerate(found, 1)]
        if found:
            self.note(say("say.note_line", notes="  ".join(found)))

    def header(self, columns: Sequence[Column]) -> None:
        """The heading of a table: one row, or two where columns are grouped."""
        height = LINE_HEIGHT * max(lines(c.title, w) for c, w in zip(columns, self.widths, strict=False)) + 5
        if not any(c.group for c in columns):
            self.line([c.title for c in columns], [_head(c, "head") for c in columns], height=height)
            return
        tops = [c.group if c.group != before.group else None for before, c in pairwise([Column(""), *columns])]
        self.line(tops, [_head(c, "head_group" if c.group else "head_top") for c in columns])
        self.line([c.title for c in columns], [_head(c, "head_bottom") for c in columns], height=height)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, filtered: bool = False) -> tuple[int, int]:
        """A table: heading and rows. Returns its first and last row (from 0); without rows the last is before the first.

        A text in a column of numbers says that nothing is there; a ``count`` shows decimals only where it has some.
        """
        self.header(columns)
        first = self.row
        known = [_styles_by_type(column) for column in columns]
        for cells in rows:
            styles = [seen.get(type(cell)) or _style_of(cell, column) for cell, column, seen in zip(cells, columns, known, strict=True)]
            self.line(cells, styles)
        last = self.row - 1
        if last >= first:
            for i, column in enumerate(columns):
                if column.style == "amount":
                    self._follow_unit(first, last, i)
            if filtered:
                self.ws.autofilter(first - 1, 0, last, len(columns) - 1)
        return first, last

    def _follow_unit(self, first: int, last: int, column: int) -> None:
        rule = {"type": "formula", "criteria": "=unit_decimals=1", "format": self.book.style.one_decimal}
        self.ws.conditional_format(first, column, last, column, rule)

    def define(self, name: str, first: int, last: int, column: int) -> None:
        """Give a column of cells a name that formulas of all sheets may use."""
        self.book.file.define_name(name, f"={self.range(first, last, column)}")

    def range(self, first: int, last: int, column: int) -> str:
        """The absolute address of a column of cells, with its sheet."""
        return f"{quote_sheetname(self.name)}!{xl_range_abs(first, column, last, column)}"


def _words(cell: Cell) -> str:
    shown = cell.shown if isinstance(cell, Link) else cell.value if isinstance(cell, Live) else cell
    return shown if isinstance(shown, str) else ""


def _head(column: Column, style: str) -> str:
    return "aside" if column.outside else style


def _style_of(cell: Cell, column: Column) -> str:
    style = column.style
    if cell is None and column.outside:
        return ""  # left unwritten, so that a chart finds a gap and not an empty text
    if isinstance(cell, Link):
        return "link_number" if style == "number" else "link"
    if isinstance(cell, str) and style in ("number", "count", "amount", "percent", "share"):
        return "missing"
    number = cell.value if isinstance(cell, Live) else cell
    if style == "count":
        return "decimal" if isinstance(number, float) and number != int(number) else "number"
    return style


def _styles_by_type(column: Column) -> dict[type, str]:
    """The styles that follow from the type of a cell alone: all but those of a ``count`` with decimals."""
    kinds: tuple[Cell, ...] = (None, "", 0, Link("", ""))
    return {type(cell): _style_of(cell, column) for cell in (kinds if column.style == "count" else (*kinds, 0.0, Live("")))}


def letter(column: int) -> str:
    """The letter of a column (0 → A)."""
    return str(xl_col_to_name(column))

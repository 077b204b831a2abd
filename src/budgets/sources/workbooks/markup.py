"""Tables of an HTML file (often saved under the name .xls) as grids; a cell over several rows or columns is merged."""

from html.parser import HTMLParser

from budgets.sources.workbooks.grids import Area, Grid, Value, address

STRUCK = ("s", "strike", "del")
WIDEST = 1_000
"""Columns or rows one cell may span."""


def html_tables(text: str) -> list[Grid]:
    """Every table, in order; texts between tables (titles, units) become rows of the next one."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return parser.grids()


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[Value]] = []
        self.merged: list[Area] = []
        self.row: dict[int, Value] | None = None
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.column = 0
        self.taken: dict[int, int] = {}
        """Columns that a cell above reaches into, and for how many rows yet."""
        self.silent = self.tables = self.struck = 0
        self.odd: dict[str, str] = {}
        self.withdrawn = False
        """Is anything of this cell struck out?"""

    def grids(self) -> list[Grid]:
        self._end_row()
        return [Grid("HTML", self.rows, tuple(self.merged), named=False, odd=self.odd)] if self.rows else []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self.silent += 1
        elif tag in STRUCK:
            self.struck += 1
        elif tag == "table":
            self._end_row()
            self.taken = {}
            if self.tables:
                self.rows.append([])
            self.tables += 1
        elif tag == "tr":
            self._end_row()
            self.row, self.column = {}, 0
        elif tag in ("td", "th"):
            self._end_cell()
            if self.row is None:
                self.row, self.column = {}, 0
            given = dict(attrs)
            self.span = _span(given.get("rowspan")), _span(given.get("colspan"))
            self.cell, self.struck, self.withdrawn = [], 0, "line-through" in (given.get("style") or "")
        elif tag in ("br", "p", "div") and self.cell is not None:
            self.cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.silent = max(0, self.silent - 1)
        elif tag in STRUCK:
            self.struck = max(0, self.struck - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.cell is not None:
            self.cell.append(data)
            self.withdrawn |= self.struck > 0 and bool(data.strip())
        elif self.row is None and data.strip():
            self.rows.append([" ".join(data.split())])

    def _end_cell(self) -> None:
        if self.cell is None or self.row is None:
            return
        while self.taken.get(self.column, 0) > 0:
            self.column += 1
        down, right = self.span
        at, row = self.column, len(self.rows)
        self.row[at] = " ".join("".join(self.cell).split())
        if self.withdrawn:
            self.odd[address(row, at)] = "struck"
        if down > 1 or right > 1:
            self.merged.append((row, at, row + down - 1, at + right - 1))
        if down > 1:
            self.taken |= dict.fromkeys(range(at, at + right), down)
        self.column = at + right
        self.cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self.row is not None:
            self.rows.append([self.row.get(column, "") for column in range(max(self.row, default=-1) + 1)])
            self.taken = {column: left - 1 for column, left in self.taken.items() if left > 1}
        self.row = None


def _span(given: str | None) -> int:
    return min(int(given), WIDEST) if given and given.isdigit() and int(given) > 0 else 1

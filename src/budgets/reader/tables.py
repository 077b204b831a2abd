"""Tables in a text: bare numbers under ``(단위: 백만원)``, each with its row's name and its column's year.

A row is cut at bars, tabs or wide blanks; where a page has lost them, its last numbers are its cells. A table without
a unit, whose cells print their own, is one where its rows have as many barred cells as the head right above them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from budgets.amounts import parse_amount
from budgets.errors import AmountError
from budgets.reader.body import is_prose
from budgets.reader.cues import Cues
from budgets.reader.funder_words import FUNDERS
from budgets.reader.funders import mixed_by_rows
from budgets.reader.governing import columns
from budgets.reader.periods import When, whens
from budgets.reader.places import Article, Span
from budgets.reader.proposals import NOT_SAID, UNKNOWN, LeftOut, Proposal, Read, Sum, Token
from budgets.reader.scene import Scene
from budgets.reader.sums import total_of
from budgets.sources.printed import UNIT_OF_TABLE

_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_SPLIT = re.compile(r"\s*(?:\||\t|\s{2,})\s*")
_TRAILING = re.compile(r"(?:\s[△▲\-–]?\s?(?:[0-9][0-9,]*(?:\.[0-9]+)?%?|[\-–]))+\s*$")
_YEAR_ALONE = re.compile(r"(?:19|20)[0-9]{2}")
_YEAR_CELL = re.compile(r"(?:19|20)[0-9]{2}\s?(?:년도?)?(?:\s?\([가-힣]{1,4}\))?")
_NO_VALUE = re.compile(r"증\s?감|비\s?율|(?:집행|실집행|달성|진도|불용|이월)\s?률|구성비|비\s?고|순\s?번|연\s?번|번\s?호|No\.?$|전년비|대비|%|순위")
_TOTAL = re.compile(r"(?:총|합|소)?\s?계|총액|합산|총\s?사업비")
_COUNTED = re.compile(r".*(?:세대|인원|대수|물량|건수|개소|명|수|실적|목표)")
_BARS = re.compile(r"\s*[|\t]\s*|\s/\s")
_FIGURE = re.compile(r"[1-9]")
_COLUMNS = 3
_FUNDS = re.compile(rf"{FUNDERS}|민\s자|기\s?타")
_ROWS_APART = 2


class Cell(NamedTuple):
    """A cell of a row: its characters in the line."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Row:
    """One row with the head of its columns (counted from the right) and the unit of its table."""

    cells: tuple[Cell, ...]
    head: tuple[Cell, ...]
    head_line: int
    unit: str
    """empty where the cells print their own"""
    unit_words: Span

    @property
    def name(self) -> Cell:
        """The cell that says what the row is of: the first that is no number of the row."""
        return next((cell for cell in self.cells if cell.text and not _NUMBER.fullmatch(cell.text)), self.cells[0])


def rows(article: Article, lines: Iterable[int]) -> dict[int, Row]:
    """The rows of all tables whose unit is printed above them, by line."""
    found: dict[int, Row] = {}
    unit: tuple[str, Span] | None = None
    head: tuple[Cell, ...] = ()
    head_line = last = 0
    for number in lines:
        line = article.line(number)
        if hit := UNIT_OF_TABLE.search(line):
            unit, head, head_line, last = ("".join(hit["unit"].split()), article.span(number, hit.start(), hit.end())), (), 0, number
            continue
        if unit is None:
            barred = _cut(line, _BARS)
            if len(barred) < _COLUMNS or is_prose(line):
                head = ()
            elif not _FIGURE.search("".join(cell.text for cell in barred if not _YEAR_CELL.fullmatch(cell.text))):
                head, head_line = barred, number
            elif len(head) == len(barred):
                found[number] = Row(barred, head, head_line, "", article.span(head_line, head[0].start, head[0].end))
            continue
        cells = _cells(line)
        if is_prose(line) or article.paragraph(number) - article.paragraph(last) > _ROWS_APART:
            unit = None
        elif any(_value(cell) for cell in cells[1:]):
            found[number] = Row(cells, head, head_line, *unit)
            last = number
        elif len(cells) > 1 or (not head and len(line.split()) > 1):
            head, head_line, last = cells if len(cells) > 1 else _words(line), number, number
    return found


def _cells(line: str) -> tuple[Cell, ...]:
    if not _SPLIT.search(line.strip()) and (tail := _TRAILING.search(line)):
        numbers = [Cell(m.start(), m.end(), m[0]) for m in re.finditer(r"\S+", line) if m.start() >= tail.start()]
        name = line[: tail.start()]
        return (Cell(len(name) - len(name.lstrip()), len(name), name.strip()), *numbers)
    return _cut(line, _SPLIT)


def _cut(line: str, split: re.Pattern[str]) -> tuple[Cell, ...]:
    cells, at = [], 0
    for cut in [*split.finditer(line), None]:
        end = cut.start() if cut else len(line)
        cells.append(Cell(at, end, line[at:end].strip()))
        at = cut.end() if cut else end
    filled = [n for n, cell in enumerate(cells) if cell.text] or [0]
    if "\t" in line and "|" not in line:
        return tuple(cells[filled[0] :])  # the last columns of a row may be empty
    return tuple(cells[filled[0] : filled[-1] + 1])  # a row may begin and end with a bar


def _words(line: str) -> tuple[Cell, ...]:
    return tuple(Cell(m.start(), m.end(), m[0]) for m in re.finditer(r"\S+", line))


def _value(cell: Cell) -> bool:
    return bool(_NUMBER.fullmatch(cell.text)) and not _YEAR_ALONE.fullmatch(cell.text)


def cell_tokens(article: Article, number: int, row: Row) -> tuple[list[Token], list[LeftOut]]:
    """The figures of a row; columns of changes and shares are left out."""
    found: list[Token] = []
    out: list[LeftOut] = []
    for n, cell in enumerate(row.cells[1:] if row.unit else (), 1):
        if not _value(cell):
            continue
        start = article.line(number).index(cell.text, cell.start)
        span = article.span(number, start, start + len(cell.text))
        title = _title(row, n)
        if title and _NO_VALUE.search(title.text):
            out.append(LeftOut(span, "change_column"))
            continue
        try:
            amount = parse_amount(f"{cell.text}{row.unit}")
        except AmountError as error:
            out.append(LeftOut(span, error.reason))
            continue
        found.append(Token(span, amount, "none", article.line(number)[:start].count(span.text) + 1, row.unit))
    return found, out


def in_change_column(row: Row, start: int) -> bool:
    """Does a figure stand under 증감, 비율, 집행률 …, with its own unit?"""
    n = next((n for n, cell in enumerate(row.cells) if cell.start <= start < cell.end), 0)
    title = _title(row, n) if n else None
    return bool(title and _NO_VALUE.search(title.text))


def _title(row: Row, n: int) -> Cell | None:
    """The head of a column: counted from the right, since the name's column is often without one."""
    back = len(row.cells) - n
    return row.head[-back] if 0 < back <= len(row.head) else None


def in_table(p: Proposal, scene: Scene, row: Row) -> Proposal:
    """A cell's proposal with the name of its row and the year and phase of its column."""
    n = next(n for n, cell in enumerate(row.cells) if cell.start <= p.span.start < cell.end)
    fields = dict(p.fields)
    name, title = row.name, _title(row, n)
    if (
        name.text
        and p.span.start >= name.end
        and (row.unit or not _COUNTED.fullmatch(name.text))
        and not _TOTAL.fullmatch(name.text)
        and not _FUNDS.fullmatch(name.text)
    ):
        start = scene.line.index(name.text)
        fields["programme_as_printed"] = Read(name.text, (scene.span(start, start + len(name.text)),))
    if p.kind == "budget" and fields["funding"].value == UNKNOWN:
        fields["funding"] = _funder(name, scene, scene.number)
    if title is None:
        return replace(p, fields=fields)
    words = scene.article.span(row.head_line, title.start, title.end)
    if p.kind == "budget" and fields["funding"].value == UNKNOWN:
        fields["funding"] = _of_columns(row, n, scene) if _TOTAL.fullmatch(title.text) else _funder(title, scene, row.head_line)
    if when := _year_of(title, scene, row):
        fields |= {k: Read(v.value, (words,) if v.words else ()) for k, v in columns(scene, when).items() if k in fields}
    if p.kind == "budget" and fields["phase"].value == UNKNOWN and (said := _phase(title.text, scene.cues)):
        fields["phase"] = Read(said, (words,))
    if fields["phase"].value == UNKNOWN:
        fields["phase"] = _by_caption(p.kind, scene, row)
    if (
        p.kind == "budget"
        and fields["nature"].value == UNKNOWN
        and (
            fields["phase"].value != UNKNOWN
            or re.search(r"예산|사업비|금액", title.text + "".join(scene.article.lines[max(row.unit_words.line - 2, 0) : row.unit_words.line]))
        )
    ):
        fields["nature"] = Read("budget", (words,))
    return replace(p, fields=fields)


def _funder(name: Cell, scene: Scene, number: int) -> Read:
    """국비, 시비 … at the head of a row or of a column, in the line *number*."""
    cue = next((cue for cue in scene.cues.of_field("funding") if cue.side == "label" and cue.pattern.match(name.text)), None)
    if cue is None or not _FUNDS.fullmatch(name.text):
        return NOT_SAID
    start = scene.article.line(number).index(name.text, name.start)
    return Read(cue.value, (scene.article.span(number, start, start + len(name.text)),))


def _of_columns(row: Row, n: int, scene: Scene) -> Read:
    """The total of a row: mixed where two funders' columns hold an amount."""
    heads = [(_title(row, m), cell) for m, cell in enumerate(row.cells) if m not in (0, n) and (_value(cell) or not row.unit) and _FIGURE.search(cell.text)]
    paid = [title for title, _ in heads if title and _FUNDS.fullmatch(title.text)]
    words = tuple(scene.article.span(row.head_line, title.start, title.end) for title in paid)
    if len(paid) == 1:
        return _funder(paid[0], scene, row.head_line)
    return Read("mixed", words) if paid else NOT_SAID


def _year_of(title: Cell, scene: Scene, row: Row) -> When | None:
    if _YEAR_ALONE.fullmatch(title.text):
        year = int(title.text)
        return When("year", title.start, title.end, date(year, 1, 1), date(year, 12, 31), "year")
    line = scene.article.line(row.head_line)
    return next((w for w in whens(line, scene.published) if title.start <= w.start < title.end and w.kind in ("year", "years", "part")), None)


def _by_caption(kind: str, scene: Scene, row: Row) -> Read:
    """[연차별 보급 계획], < 선정 결과 >: what the line above the head of a table says of all its figures."""
    above = next((n for n in range(row.head_line - 1, 0, -1) if scene.article.line(n).strip()), 0)
    if row.unit:
        return _by_unit_line(kind, scene, row.unit_words)
    if not above or is_prose(scene.article.line(above)):
        return NOT_SAID
    for cue in scene.cues.of_field("caption"):
        if cue.needs == {"budget": "money", "target": "count"}[kind] and (hit := cue.pattern.search(scene.article.line(above))):
            return Read(cue.value, (scene.article.span(above, hit.start(), hit.end()),))
    return NOT_SAID


def _by_unit_line(kind: str, scene: Scene, unit: Span) -> Read:
    """2025년 주요 사업 (본예산, 단위: 백만 원): the stage that stands beside the unit."""
    said = _phase(scene.article.line(unit.line), scene.cues) if kind == "budget" else ""
    return Read(said, (unit,)) if said else NOT_SAID


def _phase(title: str, cues: Cues) -> str:
    """예산안, 본예산, 추경, 결산 in the head of a column."""
    return next((cue.value for cue in cues.of_field("phase") if cue.side == "label" and cue.pattern.search(title)), "")


def with_totals(proposals: list[Proposal], table: Mapping[int, Row]) -> tuple[list[Proposal], list[Sum]]:
    """The items of a table as parts of its total row, where one row is the total and each column has one cell in it."""
    cells = [p for p in proposals if p.span.line in table and p.token]
    totals = [p for p in cells if re.fullmatch(r"(?:총|합)?\s?계|총액", table[p.span.line].cells[0].text)]
    owner: dict[int, int] = {}
    for whole in totals:
        row = table[whole.span.line]
        for p in cells:
            other = table[p.span.line]
            same = other.unit_words == row.unit_words and _from_right(p, other) == _from_right(whole, row)
            if same and p.span.line != whole.span.line and not _TOTAL.fullmatch(other.cells[0].text):
                owner[p.number] = whole.number
    out = [replace(p, part_of=owner[p.number]) if p.number in owner else p for p in proposals]
    groups = [(whole, [p for p in out if p.part_of == whole.number]) for whole in totals]
    mixed = {whole.number: mixed_by_rows(whole, parts) for whole, parts in groups}
    return [mixed.get(p.number, p) for p in out], [total_of(whole, parts) for whole, parts in groups if len(parts) > 1]


def _from_right(p: Proposal, row: Row) -> int:
    return len(row.cells) - next(n for n, cell in enumerate(row.cells) if cell.start <= p.span.start < cell.end)

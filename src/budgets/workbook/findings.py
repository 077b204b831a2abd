"""The sheet of findings: printed totals against the sum of their parts, live."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from budgets import measures as m
from budgets.rows import each
from budgets.words import text
from budgets.workbook.book import Book
from budgets.workbook.cases import Setting
from budgets.workbook.cells import Cell, Column, Live, plain, quoted
from budgets.workbook.lookup import ENDS, Figures, look_up

WIDTHS = (34, 24, 13, 7, *(13,) * 6, 30)
NAMES = ("low", "value", "high")


def write(book: Book, figures: Figures, setting: Setting) -> None:
    """Two tables: the printed totals with the sums of their parts, and the parts below."""
    sheet = book.sheets["findings"]
    sheet.open(WIDTHS, unit=setting.unit(book.language), outside=(3, 10))
    say = book.say
    found = each(m.parts_against_totals(figures.tables))
    first = sheet.row + 2
    # Three lines (rounding, notes, a gap) and the headings stand between the two tables.
    begins = first + len(found) + 5
    rows = []
    for row, finding in enumerate(found, first):
        last = begins + len(finding["parts"]) - 1
        rows.append(_finding(book, figures, setting, finding, row + 1, (begins + 1, last + 1)))
        begins = last + 1
    columns = [Column(say("head.whole")), Column(say("head.programme")), Column(say("head.unit")), Column(say("head.parts"), "number")]
    for group in ("parts_sum", "whole"):
        columns += [Column(say(f"head.{end}"), "amount", say(f"head.{group}")) for end in ENDS]
    columns += [Column(say("head.finding")), Column("", "", outside=True), Column(say("head.rounding"), "number", outside=True)]
    first, last = sheet.table(columns, rows)
    off = any(_off(figures, setting, finding) for finding in found)
    rounding = say("say.rounding")
    sheet.note(Live(f'IF(SUM(M{first + 1}:M{max(first, last) + 1})>0,{quoted(rounding)},"")', rounding if off else None))
    sheet.notes([say("say.part_units"), say("say.open_end")])
    sheet.skip()
    sheet.heading(say("head.parts"))
    parts = [(finding["whole_id"], part) for finding in found for part in finding["parts"]]
    columns = [Column(say("head.part")), Column(say("head.programme")), Column(say("head.unit")), Column("", "plain")]
    columns += [
        *(Column(say(f"head.{end}"), "amount") for end in ENDS),
        Column(say("head.whole"), "id"),
        *[Column("", "id")] * 2,
        Column(say("head.as_printed")),
    ]
    sheet.table(columns, [_part(book, figures, setting, whole, part, r) for r, (whole, part) in enumerate(parts, sheet.row + 2)])
    sheet.close_page(freeze=2)


def _is_money(unit: str) -> bool:
    return unit.startswith("KRW")


def _shown(setting: Setting, unit: str, value: object) -> float | None:
    return setting.shown(value) if _is_money(unit) else plain(value)


def _scaled(end: str, cell: str, unit: str) -> str:
    found = look_up(end, cell)
    return f'IF({found}="","",{found}{"/unit_krw" if _is_money(unit) else ""})'


def _unit(book: Book, figures: Figures, setting: Setting, figure_id: str) -> Cell:
    """The unit shown: the rounding unit for money (with its 'per' where it is a rate), else the counter."""
    row = figures.rows[figure_id]
    if row["unit"] == "KRW":
        return Live("rounding_unit", book.say(f"unit.{setting.assumptions.unit}"))
    if _is_money(row["unit"]):
        per = "/" + figures.unit(row).partition("/")[2] if "/" in figures.unit(row) else f" ({figures.unit(row)})"
        return Live(f"rounding_unit&{quoted(per)}", book.say(f"unit.{setting.assumptions.unit}") + per)
    return figures.unit(row)


def _finding(book: Book, figures: Figures, setting: Setting, finding: Any, r: int, span: tuple[int, int]) -> list[Cell]:
    """One printed total; *r* and *span* (the rows of its parts) count from 1, as addresses do."""
    unit, whole = finding["unit"], finding["whole_id"]
    sums, wholes = [], []
    for end, name, column in zip(ENDS, NAMES, "EFG", strict=True):
        cells = f"{column}{span[0]}:{column}{span[1]}"
        sums.append(Live(f'IF(COUNT({cells})=ROWS({cells}),SUM({cells}),"")', _shown(setting, unit, finding[f"sum_{name}"])))
        wholes.append(Live(_scaled(end, f"$A{r}", unit), _shown(setting, unit, finding[f"whole_{name}"])))
    said = {key: text(f"finding.{key}", book.language) for key in m.FINDINGS}
    # Won are whole numbers; what is left after the ninth place is the arithmetic of the machine.
    above = f"AND(ISNUMBER(E{r}),ISNUMBER(J{r}),ROUND(N(E{r})-N(J{r}),9)>0)"
    below = f"AND(ISNUMBER(G{r}),ISNUMBER(H{r}),ROUND(N(H{r})-N(G{r}),9)>0)"
    verdict = f"IF({above},{quoted(said['above'])},IF({below},{quoted(said['below' if finding['complete'] else 'partial'])},{quoted(said['fits'])}))"
    cells = f"F{span[0]}:F{span[1]}"
    places = "unit_decimals" if _is_money(unit) else "6"
    rounding = f"IF(AND(ISNUMBER(F{r}),ISNUMBER(I{r})),IF(AND(ROUND(N(F{r})-N(I{r}),9)=0,ROUND(N(I{r}),{places})<>SUMPRODUCT(ROUND({cells},{places}))),1,0),0)"
    return [
        whole,
        figures.programme(figures.rows[whole]),
        _unit(book, figures, setting, whole),
        len(finding["parts"]),
        *sums,
        *wholes,
        Live(verdict, said[finding["finding"]]),
        None,
        Live(rounding, int(_off(figures, setting, finding))),
    ]


def _off(figures: Figures, setting: Setting, finding: Any) -> bool:
    """The parts add up as published, and no longer once rounded to the unit shown."""
    total, whole = plain(finding["sum_value"]), plain(finding["whole_value"])
    if total is None or whole is None or total != whole:
        return False
    parts = [_shown(setting, finding["unit"], figures.ends(part)[1]) for part in finding["parts"]]
    return differs(_shown(setting, finding["unit"], whole), parts, setting.assumptions.decimals if _is_money(finding["unit"]) else 6)


def differs(total: float | None, parts: Sequence[float | None], decimals: int) -> bool:
    """Do rounded parts not add up to the rounded total? Unknown parts never do either way."""
    known = [p for p in parts if p is not None]
    if total is None or len(known) < len(parts):
        return False
    place = Decimal(1).scaleb(-decimals)
    rounded = [Decimal(repr(round(x, 9))).quantize(place, ROUND_HALF_UP) for x in (total, *known)]
    return rounded[0] != sum(rounded[1:])


def _part(book: Book, figures: Figures, setting: Setting, whole: str, part: str, r: int) -> list[Cell]:
    row = figures.rows[part]
    amounts = [Live(_scaled(end, f"$A{r}", row["unit"]), _shown(setting, row["unit"], x)) for end, x in zip(ENDS, figures.ends(part), strict=True)]
    return [part, figures.programme(row), _unit(book, figures, setting, part), None, *amounts, whole, None, None, row["as_printed"]]

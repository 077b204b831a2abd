"""The totals of whole governments: a row for each, its formulas and their present results."""

from collections.abc import Sequence
from typing import Any

from budgets import measures as m
from budgets.reading import say_reasons
from budgets.workbook.book import Book, letter
from budgets.workbook.cases import STAGE, Case
from budgets.workbook.cells import Cell, Column, Live, plain, quoted
from budgets.workbook.charts import chart_columns, chart_row
from budgets.workbook.lookup import ENDS, Figures

NAMES = ["low", "value", "high"]
Spans = dict[str, tuple[int, int]]


def columns(book: Book) -> list[Column]:
    """A 지방정부 · B 건수 · C–E total · F residents · G–I per resident · J expenditure · K–M share · N 비고 · chart data."""
    say = book.say

    def three(group: str, style: str) -> list[Column]:
        return [Column(say(f"head.{end}"), style, say(f"head.{group}")) for end in ENDS]

    return [
        Column(say("head.government")),
        Column(say("head.figures"), "number"),
        *three("total", "amount"),
        Column(say("head.population"), "number"),
        *three("per_resident", "number"),
        Column(say("head.budget"), "amount"),
        *three("share", "share"),
        Column(say("head.remark")),
        Column("", "", outside=True),
        *chart_columns(book),
    ]


def spans_of(case: Case, behind: int) -> Spans:
    """The rows (from 0) of each government's figures in the table that begins at *behind*."""
    spans: Spans = {}
    for row, (government, figure) in enumerate(case.listed, behind):
        if figure is not None:
            spans[government] = (spans.get(government, (row, row))[0], row)
    return spans


def total(book: Book, case: Case, government: str, row: int, spans: Spans, figures: Figures) -> list[Cell]:
    """The row of one government: what it published on this basis, per resident, as a share, and the chart's data."""
    name = figures.names[government]
    drawn = case.comparison.is_race
    if government not in spans:
        missing = book.say("say.missing")
        label = book.say("say.missing_label", name=name) if drawn else None
        return [name, 0, None, missing, *[None] * 9, nearest(book, case, government), None, label, None, None, None]
    n, r = case.number, row + 1
    first, last = spans[government]
    ends = [case.setting.shown(x) for x in values(case.priced, government)]
    totals = [_spanning(letter(2 + i), end, first, last) for i, end in enumerate(ENDS)]
    people = f"SUMIFS(population_value,population_government,$A{r},population_year,population_year_{n})"
    per = [f'IF(AND(ISNUMBER({c}{r}),ISNUMBER($F{r})),{c}{r}*unit_krw/$F{r},"")' for c in "CDE"]
    budget, shares = _share_formulas(case, r)
    said = values(case.per_resident, government, ["population", *NAMES])
    held = values(case.share, government, ["budget_value", *NAMES])
    nothing = book.say("say.no_data")
    return [
        name,
        last - first + 1,
        *map(Live, totals, ends),
        Live(f"IF({people}=0,{quoted(nothing)},{people})", nothing if said[0] is None else said[0]),
        *map(Live, per, said[1:]),
        Live(f"IF({budget}=0,{quoted(nothing)},{budget}/unit_krw)", nothing if held[0] is None else case.setting.shown(held[0])) if case.stage else None,
        *(map(Live, shares, held[1:]) if case.stage else [None] * 3),
        book.say("say.spans", n=last - first + 1) if last > first else None,
        None,
        *(chart_row(name, [f"{c}{r}" for c in "CDE"], ends) if drawn else [None] * 4),
    ]


def values(measure: m.Measure | None, government: str, columns: Sequence[str] = NAMES) -> list[Any]:
    """The numbers of one government, None where there is none."""
    if measure is None:
        return [None] * len(columns)
    mine = measure.rows["government"].tolist().index(government)
    return [plain(measure.rows[column].iat[mine]) for column in columns]


def _spanning(column: str, end: str, first: int, last: int) -> str:
    """The formula of a whole: the figure itself; of a whole published several times the interval that spans them.

    One open end leaves it open.
    """
    cells = f"{column}{first + 1}:{column}{last + 1}"
    if first == last:
        return f'IF(COUNT({cells})=1,SUM({cells}),"")'
    if end == "printed":
        return f'IF(AND(COUNT({cells})=ROWS({cells}),MIN({cells})=MAX({cells})),MIN({cells}),"")'
    return f'IF(COUNT({cells})=ROWS({cells}),{"MIN" if end == "low" else "MAX"}({cells}),"")'


def _share_formulas(case: Case, r: int) -> tuple[str, list[str]]:
    """The total expenditure (won), and the shares in percent: nominal money over nominal expenditure."""
    n = case.number
    keys = f"budget_government,$A{r},budget_year,year_{n}," + ",".join(f"budget_{s},{s}_{n}" for s in STAGE)
    # The least share is the lower end against the most expenditure.
    over = [f"SUMIFS(budget_{end},{keys})" for end in ("high", "value", "low")]
    shares = [f'IF(AND(ISNUMBER({c}{r}),ISNUMBER($J{r})),{c}{r}*unit_krw/factor_{n}/{o}*100,"")' for c, o in zip("CDE", over, strict=True)]
    return over[1], shares


def nearest(book: Book, case: Case, government: str) -> str | None:
    """What a missing government published that comes nearest, and in what it differs."""
    near = case.nearest
    if government not in near.index:
        return None
    row = near.loc[government]
    return book.say("say.nearest", printed=row["as_printed"], differs=say_reasons(row["differs"], book.language))

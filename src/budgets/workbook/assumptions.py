"""The sheet of assumptions: what a person may change, and the denominators the other sheets look up.

The cells are named (``rounding_unit``, ``unit_krw``, ``prices``, ``base_year``, ``factor_1`` …), so that formulas on
the other sheets read like sentences.
"""

from collections.abc import Sequence

import pandas as pd

from budgets import vocabulary as v
from budgets.rows import each
from budgets.workbook.book import Book, Sheet
from budgets.workbook.cases import PRICES, STAGE, UNITS, Case, Setting, decimals, price_index
from budgets.workbook.cells import Cell, Column, Live, plain, quoted

WIDTHS = (24, 14, 14, 12, 12, 18, 18, 18, 46)


def write(book: Book, cases: Sequence[Case], setting: Setting, names: dict[str, str]) -> None:
    """Write the sheet. *names*: what each government is called in this workbook."""
    sheet = book.sheets["assumptions"]
    sheet.open(WIDTHS, unit=book.say("say.unit_won"))
    sheet.note(book.say("say.chosen"))
    units_at = sheet.row + 7
    choices = _choices(book, sheet, setting, units_at)
    _units(book, sheet, units_at)
    index = price_index(setting.tables)
    _section(book, sheet, "index")
    indexed: list[list[Cell]] = [[int(r["year"]), float(r["value"]), str(r["source"])] for r in each(index)]
    spans = _table(book, sheet, [("year", "year"), ("index", "index"), ("source", "plain")], indexed)
    for name, column in (("index_year", 0), ("index_value", 1)):
        sheet.define(name, *spans, column)
    _validate(sheet, choices + 4, 1, f"={sheet.range(*spans, 0)}", book)
    _cases(book, sheet, [c for c in cases if c.basis is not None])
    governments = list(dict.fromkeys(g for c in cases for g in c.governments))
    people, money = setting.residents, setting.expenditure
    _residents(book, sheet, people.loc[people["government"].isin(governments)], names)
    years = [c.year for c in cases if c.year]
    _expenditure(book, sheet, money.loc[money["government"].isin(governments) & money["year"].isin(years)], names)
    sheet.close_page(freeze=2)


def _section(book: Book, sheet: Sheet, key: str) -> None:
    sheet.skip()
    sheet.heading(book.say(f"assumption.{key}"))


def _table(book: Book, sheet: Sheet, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Cell]]) -> tuple[int, int]:
    return sheet.table([Column(book.say(f"head.{name}"), style) for name, style in columns], rows)


def _choices(book: Book, sheet: Sheet, setting: Setting, units_at: int) -> int:
    """The five lines that rule the workbook; their named cells stand in column B. Returns the first line's row."""
    unit = setting.assumptions.unit
    found = [
        Live(f"INDEX({sheet.range(units_at + 2, units_at + 5, i)},MATCH(rounding_unit,{sheet.range(units_at + 2, units_at + 5, 0)},0))", x)
        for i, x in ((1, UNITS[unit]), (2, decimals(unit)))
    ]
    lines: list[tuple[str, str, Cell, str]] = [
        ("unit", "rounding_unit", book.say(f"unit.{unit}"), "choice"),
        ("unit_krw", "unit_krw", found[0], "number"),
        ("decimals", "unit_decimals", found[1], "number"),
        ("prices", "prices", book.say(f"prices.{setting.assumptions.prices}"), "choice"),
        ("base_year", "base_year", setting.base_year, "choice"),
    ]
    sheet.line(book.head("item", "value", "means"), ["head"] * 3)
    for key, name, value, style in lines:
        row = sheet.line([book.say(f"assumption.{key}"), value, book.say(f"assumption.{key}_means")], ["text", style, "plain"])
        sheet.define(name, row, row, 1)
    first = sheet.row - len(lines)
    _validate(sheet, first, 1, f"={sheet.range(units_at + 2, units_at + 5, 0)}", book)
    _validate(sheet, first + 3, 1, [book.say(f"prices.{p}") for p in PRICES], book)
    return first


def _units(book: Book, sheet: Sheet, units_at: int) -> None:
    sheet.row = units_at
    sheet.heading(book.say("assumption.units"))
    _table(book, sheet, [("unit", "text"), ("won", "number"), ("decimals", "number")], [[book.say(f"unit.{u}"), UNITS[u], decimals(u)] for u in UNITS])


def _cases(book: Book, sheet: Sheet, cases: Sequence[Case]) -> None:
    """For each comparison of money its year, prices, factor and denominators, as named cells."""
    _section(book, sheet, "cases")
    columns = [
        ("number", "year"),
        ("year", "year"),
        ("prices", "centre"),
        ("factor", "factor"),
        ("population_year", "choice"),
        *((s, "choice") for s in STAGE),
        ("basis", "text"),
    ]
    first = sheet.row + 1
    rows = [_case(book, case) for case in cases]
    sheet.table([Column(book.say(f"head.{name}"), style) for name, style in columns], rows)
    for row, case in enumerate(cases, first):
        for column, name in enumerate(("year", "priced", "factor", "population_year", *STAGE), 1):
            sheet.define(f"{name}_{case.number}", row, row, column)
        for column, name in enumerate(STAGE, 5):
            _validate(sheet, row, column, [v.label(name, code, book.language) for code in v.codes(name)], book)
    sheet.notes([book.say("say.no_envelope_prices"), book.say("say.no_share")])


def _case(book: Book, case: Case) -> list[Cell]:
    n = case.number
    constant, nominal = (book.say(f"prices.{p}") for p in ("constant", "nominal"))
    priced = Live(
        f"IF(AND(prices={quoted(constant)},ISNUMBER(MATCH(year_{n},index_year,0))),{quoted(constant)},{quoted(nominal)})", book.say(f"prices.{case.prices}")
    )
    factor = Live(
        f"IF(priced_{n}={quoted(constant)},INDEX(index_value,MATCH(base_year,index_year,0))/INDEX(index_value,MATCH(year_{n},index_year,0)),1)", case.factor
    )
    stage = [v.label(name, code, book.language) for name, code in zip(STAGE, case.stage, strict=True)] if case.stage else ["–"] * 3
    year: Cell = case.year if case.year is not None else "–"
    people: Cell = case.population_year if case.population_year is not None else "–"
    return [n, year, priced, factor, people, *stage, case.title(book.language)]


def _residents(book: Book, sheet: Sheet, rows: pd.DataFrame, names: dict[str, str]) -> None:
    _section(book, sheet, "population")
    cells: list[list[Cell]] = [[names[r["government"]], int(r["year"]), plain(r["value"]), str(r["source"])] for r in each(rows)]
    spans = _table(book, sheet, [("government", "text"), ("year", "year"), ("population", "number"), ("source", "plain")], cells)
    if cells:
        for column, name in enumerate(("government", "year", "value")):
            sheet.define(f"population_{name}", *spans, column)


def _expenditure(book: Book, sheet: Sheet, rows: pd.DataFrame, names: dict[str, str]) -> None:
    _section(book, sheet, "budgets")
    cells: list[list[Cell]] = [
        [
            names[r["government"]],
            int(r["year"]),
            *(v.label(s, r[s], book.language) for s in STAGE),
            *(plain(r[end]) for end in ("low", "value", "high")),
            str(r["source"]),
        ]
        for r in each(rows)
    ]
    columns = [
        ("government", "text"),
        ("year", "year"),
        *((s, "text") for s in STAGE),
        ("low", "number"),
        ("printed", "number"),
        ("high", "number"),
        ("source", "plain"),
    ]
    spans = _table(book, sheet, columns, cells)
    if cells:
        for column, name in enumerate(("government", "year", *STAGE, "low", "value", "high")):
            sheet.define(f"budget_{name}", *spans, column)


def _validate(sheet: Sheet, row: int, column: int, source: str | list[str], book: Book) -> None:
    rule = {"validate": "list", "source": source, "error_title": book.say("say.error_title"), "error_message": book.say("say.error_unit")}
    sheet.ws.data_validation(row, column, row, column, rule)

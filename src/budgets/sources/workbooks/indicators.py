"""Tables of indicators: 지표 · 단위 · 목표 · 실적 · 달성률. Their numbers are counts and percents, never money.

What a table of indicators leaves open (extent, unit, period) is asked where its numbers become rows; here they are read.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from budgets.amounts import parse_cell
from budgets.errors import AmountError
from budgets.sources.workbooks import questions
from budgets.sources.workbooks.grids import Value, address, said
from budgets.sources.workbooks.headings import plain
from budgets.sources.workbooks.layout import Column, Table
from budgets.sources.workbooks.ledger import Ledger, Number
from budgets.sources.workbooks.mapping import Mapping
from budgets.sources.workbooks.numbers import plain_number
from budgets.sources.workbooks.row_facts import year_of
from budgets.sources.workbooks.titles import title_day, title_year

_WITH_UNIT = re.compile(r"([0-9][0-9,.]*)\s*([가-힣]{1,3}|%)")
_NAME_UNIT = re.compile(r"[(]\s*([가-힣]{1,3}|%)\s*[)]\s*$")


def is_of_indicators(table: Table) -> bool:
    """Does the table name indicators, and their targets or actual values?"""
    return bool(table.of("indicator")) and bool(table.of("value"))


def read_indicators(table: Table, mapping: Mapping) -> Ledger:
    """The table with its values; rows of totals are none (a firm may be counted in two of them)."""
    ledger = Ledger(table, mapping)
    year, day = mapping.year or title_year(table), mapping.as_of or title_day(table)
    for row in ledger.rows:
        if row not in table.totals:
            values = list(_values(ledger, row, year, day))
            ledger.numbers += values
            _ask_rate(ledger, row, values)
    questions.ask_headings(ledger)
    questions.ask_hidden(ledger)
    return ledger


def _values(ledger: Ledger, row: int, year: int | None, day: str) -> Iterator[Number]:
    table, grid = ledger.table, ledger.table.grid
    name, name_place = table.label(row, "indicator")
    label, label_place = (ledger.mapping.programme, name_place) if not table.of("programme") else table.label(row, "programme")
    whose = table.of("government")
    government = said(grid.spread(row, whose[-1].index)) if whose else ""
    stated = table.label(row, "unit")[0] if table.of("unit") else ""
    named = _NAME_UNIT.search(name)
    for column, place, value in ledger.read_cells(row, "value"):
        number, own = _number(ledger, value, place)
        if number is None:
            continue
        if grid.odd.get(place) == "percent" and not own:  # 0.85 in a cell that shows 85%
            number, own = plain_number(Decimal(number).scaleb(2)), "%"
        yield Number(
            row=row,
            column=column,
            place=place,
            shown=said(value),
            number=number,
            label=label,
            label_place=label_place,
            year=column.means.year or year_of(table, row) or year,
            phase=column.means.phase,
            phase_round="",
            funding="",
            unit=own or stated or column.means.unit or (named[1] if named else "") or ledger.mapping.unit,
            government=government,
            government_place=address(row, whose[-1].index) if whose else "",
            span=column.means.span,
            as_of=day,
            indicator=_NAME_UNIT.sub("", name).strip(),
            indicator_place=name_place,
        )


def _number(ledger: Ledger, value: Value, place: str) -> tuple[int | Decimal | None, str]:
    """(the number, the unit in its own cell); a fault where the cell holds neither a number nor nothing."""
    own = _WITH_UNIT.fullmatch(said(value).strip()) if isinstance(value, str) else None
    try:
        amount = parse_cell(own[1] if own else value, "배")
    except AmountError as error:
        ledger.fault(place, said(value), error.key, **error.fields)
        return None, ""
    if amount is None or amount.printed is None:
        ledger.nothing += 1
        return None, ""
    return plain_number(Decimal(amount.printed)), own[2] if own else ""


def _ask_rate(ledger: Ledger, row: int, values: list[Number]) -> None:
    """Is the rate of achievement the actual value over the target of the same year, as far as it is printed?"""
    for column in ledger.table.of("rate"):
        if not re.search("달성률|달성율", plain(column.title)):
            continue
        pair = [[n for n in values if n.phase == phase and column.means.year in (None, n.year)] for phase in ("actual", "target")]
        rate, target = _printed_rate(ledger.table, row, column), pair[1][0].number if len(pair[1]) == 1 else 0
        if rate is None or len(pair[0]) != 1 or target <= 0:
            continue
        wanted = Decimal(pair[0][0].number) / Decimal(target) * 100
        if not any(abs(shown - wanted) <= slack for shown, slack in rate):
            shown = said(ledger.table.grid.at(row, column.index))
            ledger.fault(
                address(row, column.index), shown, "intake.police.achievement", wanted=f"{wanted:,.1f}", actual=pair[0][0].shown, target=pair[1][0].shown
            )


def _printed_rate(table: Table, row: int, column: Column) -> list[tuple[Decimal, Decimal]] | None:
    """What a rate may mean in percent, each with half of its last place: 95.3, and 0.953 in a cell shown as percent."""
    value = table.grid.at(row, column.index)
    text = said(value).replace("%", "").replace(",", "").strip()
    if not re.fullmatch(r"[0-9]+(?:[.][0-9]+)?", text):
        return None
    number = Decimal(text)
    half = Decimal(1).scaleb(int(number.as_tuple().exponent)) / 2 + Decimal("1e-9")
    as_cell = [(number * 100, half * 100)] if isinstance(value, (int, float)) and number <= 20 else []
    return [(number, half), *as_cell]

"""Sheets → ledgers: every table read with the answers of a mapping, its numbers in place, its questions asked."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from budgets.amounts import parse_cell
from budgets.errors import AmountError
from budgets.sources.workbooks import questions
from budgets.sources.workbooks.faults import CellFault
from budgets.sources.workbooks.fundings import with_owners
from budgets.sources.workbooks.grids import Grid, Value, said
from budgets.sources.workbooks.headings import Meaning, as_money, is_exact, phase_in
from budgets.sources.workbooks.indicators import is_of_indicators, read_indicators
from budgets.sources.workbooks.layout import Column, Table, find_tables
from budgets.sources.workbooks.ledger import Ledger, Number
from budgets.sources.workbooks.mapping import Mapping
from budgets.sources.workbooks.numbers import is_nothing, is_number, own_unit, plain_number, without_unit
from budgets.sources.workbooks.outlines import is_rate_row, with_groups
from budgets.sources.workbooks.periods import day_stated, span, years
from budgets.sources.workbooks.row_facts import facts_of
from budgets.sources.workbooks.titles import (
    breaks,
    inherited,
    title_day,
    title_netting,
    title_phase,
    title_round,
    title_year,
)
from budgets.sources.workbooks.units import MONEY_UNITS


def read_ledgers(grids: list[Grid], mapping: Mapping) -> tuple[list[Ledger], list[CellFault]]:
    """Every table of the sheets, read with the answers of *mapping*; and what is wrong with the file as a whole."""
    ledgers, faults = list[Ledger](), list[CellFault]()
    for grid in grids:
        if mapping.sheet and grid.name != mapping.sheet:
            continue
        if not grid.visible and grid.name != mapping.sheet:
            if any(True for _ in grid.cells()):
                faults.append(CellFault(grid.name, None, None, "intake.table.hidden_sheet"))
            continue
        header = (mapping.header[0] - 1, mapping.header[1] - 1) if mapping.header else None
        tables = find_tables(grid, header)
        if mapping.table is not None:
            tables = tables[mapping.table - 1 : mapping.table]
        ledgers += [read_ledger(table, mapping) for table in tables]
    return ledgers, faults


def read_ledger(table: Table, mapping: Mapping) -> Ledger:
    table.columns = [_answered(c, mapping) for c in table.columns]
    if is_of_indicators(table):
        return read_indicators(table, mapping)
    table.columns = [replace(c, means=as_money(c.means)) for c in table.columns]
    _value_columns(table, mapping)
    ledger = Ledger(table, mapping, breaks=breaks(table))
    stated = {s.text for s in table.units} or {c.means.unit for c in table.of("amount", "change")} - {""}
    ledger.unit = mapping.unit or (next(iter(stated)) if len(stated) == 1 else _unit_of_cells(table) if not stated else "")
    questions.ask_unit(ledger)
    questions.ask_hidden(ledger)
    questions.ask_merged(ledger)
    questions.ask_split(ledger)
    questions.ask_columns(ledger)
    questions.ask_netting(ledger)
    holds = _Holds(title_year(table), title_phase(table), title_round(table), mapping.netting or title_netting(table), mapping.as_of or title_day(table))
    for row in ledger.rows:
        ledger.numbers += _numbers(ledger, row, holds)
    ledger.numbers = with_groups(with_owners(ledger.numbers, mapping.programme))
    table.totals |= {n.row for n in ledger.numbers if n.is_total}
    questions.ask_supplements(ledger)
    questions.ask_periods(ledger)
    questions.ask_alike(ledger)
    for year, note in ledger.breaks.items():
        ledger.notes.append(CellFault(ledger.sheet, note.place, None, "intake.table.break", {"year": year}))
    return ledger


class _Holds(NamedTuple):
    """What holds for all of a table that does not say otherwise."""

    year: int | None
    phase: str
    phase_round: str
    netting: str
    as_of: str


# ---- columns ----


def _answered(column: Column, mapping: Mapping) -> Column:
    """The column with what the mapping says of it."""
    given = mapping.columns.get(column.index)
    if given is None:
        return column
    answers = {key: given[key] for key in ("year", "phase", "phase_round", "funding", "unit") if key in given}
    if "period" in given:
        answers |= {"envelope": True, "span": span(given["period"])}
    elif "year" in given:
        answers |= {"envelope": False, "span": None, "shift": None}
    return replace(column, means=(column.means if given["role"] in ("amount", "value") else Meaning())._replace(role=given["role"], **answers))


def _value_columns(table: Table, mapping: Mapping) -> None:
    """A column of texts whose heading is not known is context; one of codes (02, 010) is none of amounts."""
    for n, column in enumerate(table.columns):
        if column.means.role == "phase" and not any(phase_in(said(table.grid.spread(row, column.index))) for row in table.body):
            table.columns[n] = replace(column, means=Meaning("context"))  # 예산구분 may hold accounts
        labels = [years(shown) == [] for row in table.body if row not in table.totals and (shown := said(table.grid.spread(row, column.index)))]
        if column.means.role == "programme" and column.index not in mapping.columns and labels and not any(labels):
            table.columns[n] = replace(column, means=Meaning("year"))  # 구분 over 2022, 2023, 2024
        if column.index in mapping.columns or column.means.role not in ("", "amount"):
            continue
        values = [v for row in table.body[:200] if said(v := table.grid.at(row, column.index))]
        texts = [v for v in values if isinstance(v, str)]
        certain = (bool(column.path) and is_exact(column.path[-1])) or column.means.year is not None or bool(column.means.phase)
        if values and not certain and sum(map(is_number, values)) * 2 < sum(not is_nothing(v) for v in values):
            table.columns[n] = replace(column, means=Meaning("context"))
        elif texts and len(texts) == len(values) and sum(v.strip().startswith("0") and len(v.strip()) > 1 and "." not in v for v in texts) * 2 > len(texts):
            table.columns[n] = replace(column, means=Meaning("code"))


def _unit_of_cells(table: Table) -> str:
    """The unit that every amount carries in its own cell, where it is one."""
    values = [v for row in table.body for c in table.of("amount") if said(v := table.grid.at(row, c.index)) and not is_nothing(v)]
    found = {own_unit(v) for v in values}
    return found.pop() if len(found) == 1 else ""


# ---- numbers ----


def _numbers(ledger: Ledger, row: int, holds: _Holds) -> Iterator[Number]:
    """The numbers of a row; none of a row of shares, or of something else than money."""
    mapping, says = ledger.mapping, facts_of(ledger.table, row, ledger.mapping.programme)
    if is_rate_row(says.label):
        return
    if says.unit and says.unit not in MONEY_UNITS:
        _pass_over(ledger, says.unit, says.unit_place)
        return
    for column, place, value in ledger.read_cells(row, "amount", "change", "rate"):
        means = column.means
        year = None if means.envelope else means.year or says.year or _shifted(mapping.year or holds.year, means.shift)
        unit = means.unit or says.unit or mapping.unit_of_year.get(year or 0, "") or ledger.unit
        number = _in_unit_shown(ledger, _number(ledger, value, place, means.role, unit), value, place, means.role)
        if number is None:
            continue
        phase = means.phase or says.phase or mapping.phase or inherited(holds.phase, column.path, means, year, holds.year)
        yield Number(
            row=row,
            column=column,
            place=place,
            shown=said(value),
            number=number,
            label=says.label,
            label_place=says.label_place,
            year=year,
            phase=phase,
            phase_round=means.phase_round or says.phase_round or mapping.phase_round or (holds.phase_round if phase == "supplementary" else ""),
            funding=means.funding or says.funding or mapping.funding,
            unit=unit if means.role != "rate" else "",
            government=says.government,
            government_place=says.government_place,
            context=says.context,
            is_total=says.is_total,
            span=(means.span or says.span) if means.envelope else None,
            netting=means.netting or holds.netting,
            as_of=(day_stated(column.title) if phase == "paid" else "") or holds.as_of,
        )


def _pass_over(ledger: Ledger, unit: str, place: str) -> None:
    """Say that the numbers of a row are not read: its unit is none of money."""
    if re.fullmatch("[십백천]?[만억조]?", unit):  # 억, 백만: of won, or of what else?
        ledger.fault(place, unit, "amount.unknown_unit", given=unit)
    elif not any(note.key == "intake.table.row_unit" and note.value == unit for note in ledger.notes):  # 명, 개소
        ledger.notes.append(CellFault(ledger.sheet, place, unit, "intake.table.row_unit"))


def _in_unit_shown(ledger: Ledger, number: int | Decimal | None, value: Value, place: str, role: str) -> int | Decimal | None:
    """The number, or what its cell shows where that leaves out thousands; a fault where nobody said which of them is meant."""
    thousands = ledger.table.grid.scaled.get(place, 0) if role != "rate" else 0
    if number is None or not thousands:
        return number
    shown = plain_number(Decimal(number).scaleb(-3 * thousands))
    if not ledger.mapping.scaled:
        ledger.fault(place, said(value), "intake.table.scaled", shown=f"{shown:,}")
        return None
    return shown if ledger.mapping.scaled == "shown" else number


def _shifted(year: int | None, shift: int | None) -> int | None:
    """The year of the table, or so many before or after it."""
    return year if year is None else year + (shift or 0)


def _number(ledger: Ledger, value: Value, place: str, role: str, unit: str) -> int | Decimal | None:
    """The cell's number in the unit of its column; a fault where it is none, or where the cell says another unit."""
    if role != "rate" and (own := own_unit(value)):
        if own != unit:
            ledger.fault(place, said(value), "intake.table.cell_unit", unit=unit or "–", own=own)
            return None
        value = without_unit(value)
    if isinstance(value, str) and ledger.mapping.triangle and "▲" in value:
        value = value.replace("▲", "△" if ledger.mapping.triangle == "decrease" else "+")
    if isinstance(value, str) and role == "rate":
        value = value.replace("%", "")
    try:
        amount = parse_cell(value, "배")  # a unit that may have decimals: what they mean is judged later
    except AmountError as error:
        if role == "rate":  # words beside percentages (순증, 신규) are no amounts
            return None
        ledger.fault(place, said(value), "intake.table.triangle" if error.reason == "sign" and "▲" in said(value) else error.key, **error.fields)
        return None
    if amount is None:
        ledger.nothing += role == "amount"
        return None
    return plain_number(Decimal(amount.printed or 0))

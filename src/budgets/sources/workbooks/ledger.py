"""The numbers of a table: each with its address, label, year, phase, whose money and unit — or the question it raises."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budgets.amounts import parse_cell
from budgets.errors import AmountError
from budgets.sources.workbooks.faults import CellFault
from budgets.sources.workbooks.grids import Grid, Value, address, letters, said
from budgets.sources.workbooks.headings import MONEY_UNITS, Meaning, Said, is_exact, phase_in, phases_in, plain, years
from budgets.sources.workbooks.layout import Column, Table, find_tables
from budgets.sources.workbooks.mapping import ASIDE, Mapping
from budgets.sources.workbooks.numbers import is_nothing, is_number

FACTOR = {"원": 1, "천원": 10**3, "만원": 10**4, "십만원": 10**5, "백만원": 10**6, "천만원": 10**7, "억원": 10**8, "십억원": 10**9, "조원": 10**12}


@dataclass(frozen=True, eq=False)
class Number:
    """One number of a table. ``number`` is in the unit of the table, ``krw`` in won."""

    row: int
    column: Column
    place: str
    shown: str
    number: int | Decimal
    label: str
    label_place: str
    year: int | None
    phase: str
    phase_round: str
    funding: str
    unit: str
    government: str = ""
    government_place: str = ""
    context: tuple[str, ...] = ()
    is_total: bool = False

    @property
    def role(self) -> str:
        return self.column.means.role

    @property
    def krw(self) -> int | Decimal:
        return self.number * FACTOR.get(self.unit, 1)


@dataclass(eq=False)
class Ledger:
    """A table, read: what was understood of it, its numbers, and what must be asked or mended."""

    table: Table
    mapping: Mapping
    numbers: list[Number] = field(default_factory=list)
    nothing: int = 0
    """Cells that say nothing (blank, -, null): gaps, not zeros."""
    faults: list[CellFault] = field(default_factory=list)
    notes: list[CellFault] = field(default_factory=list)
    unit: str = ""
    """The unit of the whole table; empty where columns or years have their own, or where it is not known."""

    @property
    def sheet(self) -> str:
        return self.table.grid.name

    def fault(self, place: str | None, value: str | None, key: str, **fields: object) -> None:
        self.faults.append(CellFault(self.sheet, place, value, key, fields))


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
    _value_columns(table, mapping)
    ledger = Ledger(table, mapping)
    stated = {s.text for s in table.units} or {c.means.unit for c in table.of("amount", "change")} - {""}
    ledger.unit = mapping.unit or (next(iter(stated)) if len(stated) == 1 else "")
    _ask_unit(ledger)
    _ask_hidden(ledger)
    _ask_columns(ledger)
    title_year, title_phase = _title_year(ledger), _title_phase(ledger)
    skipped = table.grid.hidden_rows if mapping.hidden == "skip" else frozenset()
    for row in table.body:
        if row not in skipped:
            ledger.numbers += _numbers(ledger, row, title_year, title_phase)
    _ask_periods(ledger)
    return ledger


def _answered(column: Column, mapping: Mapping) -> Column:
    """The column with what the mapping says of it."""
    given = mapping.columns.get(column.index)
    if given is None:
        return column
    answers = {key: given[key] for key in ("year", "phase", "phase_round", "funding", "unit") if key in given}
    return replace(column, means=(column.means if given["role"] == "amount" else Meaning())._replace(role=given["role"], **answers))


def _value_columns(table: Table, mapping: Mapping) -> None:
    """A column of texts whose heading is not known is context; one of codes (02, 010) is none of amounts."""
    for n, column in enumerate(table.columns):
        if column.means.role == "phase" and not any(phase_in(said(table.grid.spread(row, column.index))) for row in table.body):
            table.columns[n] = replace(column, means=Meaning("context"))  # 예산구분 may hold accounts
        if column.index in mapping.columns or column.means.role not in ("", "amount"):
            continue
        values = [v for row in table.body[:200] if said(v := table.grid.at(row, column.index))]
        texts = [v for v in values if isinstance(v, str)]
        certain = (bool(column.path) and is_exact(column.path[-1])) or column.means.year is not None or bool(column.means.phase)
        if values and not certain and sum(map(is_number, values)) * 2 < sum(not is_nothing(v) for v in values):
            table.columns[n] = replace(column, means=Meaning("context"))
        elif texts and len(texts) == len(values) and sum(v.strip().startswith("0") and len(v.strip()) > 1 and "." not in v for v in texts) * 2 > len(texts):
            table.columns[n] = replace(column, means=Meaning("code"))


# ---- questions ----


def _ask_unit(ledger: Ledger) -> None:
    """One unit must be stated for every amount, once or in the same words."""
    table, mapping = ledger.table, ledger.mapping
    amounts = table.of("amount")
    general, own = {s.text for s in table.units}, {c.means.unit for c in table.of("amount", "change")} - {""}
    if len(general) > 1 or (general and own - general):
        stated = [*table.units, *(Said(c.place, c.means.unit) for c in table.columns if c.means.unit)]
        places = ", ".join(dict.fromkeys(f"{s.place} {s.text}" for s in stated))
        fault = CellFault(ledger.sheet, stated[-1].place, stated[-1].text, "intake.police.units", {"places": places})
        (ledger.notes if mapping.unit or mapping.unit_of_year else ledger.faults).append(fault)
    elif amounts and not general and not mapping.unit and not mapping.unit_of_year and not table.of("unit") and not all(c.means.unit for c in amounts):
        ledger.fault(amounts[0].place, None, "intake.table.no_unit")


def _ask_hidden(ledger: Ledger) -> None:
    grid, table = ledger.table.grid, ledger.table
    rows = [r + 1 for r in table.body if r in grid.hidden_rows]
    columns = [letters(c.index) for c in table.columns if c.index in grid.hidden_columns]
    if (rows or columns) and not ledger.mapping.hidden:
        shown = ", ".join([*map(str, rows[:10]), *columns[:10]]) + (" …" if len(rows) > 10 or len(columns) > 10 else "")
        ledger.fault(None, shown, "intake.table.hidden", n=len(rows) + len(columns))


def _ask_columns(ledger: Ledger) -> None:
    table = ledger.table
    if not table.of("amount") and not table.of("change"):
        ledger.fault(table.columns[0].place, None, "intake.table.no_amounts")
    if not table.of("programme", "context", "government"):
        ledger.fault(table.columns[0].place, None, "intake.table.no_labels")
    for column in table.columns:
        if not column.means.role:
            ledger.fault(column.place, column.title or None, "intake.table.unknown_column", letters=letters(column.index))
    # A heading that fell apart makes one column too many at the end, and an empty one within: the cells have moved.
    empty = [c for c in table.columns if len(table.body) > 2 and c.means.role != ASIDE and not any(said(table.grid.at(r, c.index)) for r in table.body)]
    last = plain(table.columns[-1].title)
    parts = [c for c in table.columns[:-1] if last and plain(c.title).endswith(last)]
    if empty and len(parts) >= 2 and table.columns[-1].index not in ledger.mapping.columns:
        ledger.fault(table.columns[-1].place, table.columns[-1].title, "intake.table.shifted", empty=letters(empty[0].index))


def _title_year(ledger: Ledger) -> int | None:
    found = {y for s in ledger.table.titles for y in years(s.text)} or set(years(ledger.sheet) if ledger.table.grid.named else ())
    return found.pop() if len(found) == 1 else None


def _title_phase(ledger: Ledger) -> str:
    found = {p for s in ledger.table.titles for p in phases_in(s.text)}
    return phase_in(" ".join(s.text for s in ledger.table.titles)) if len(found) == 1 else ""


def _ask_periods(ledger: Ledger) -> None:
    """Columns of amounts whose year or phase nobody has said."""
    for column in ledger.table.of("amount"):
        here = [n for n in ledger.numbers if n.column is column]
        for what, missing in (("year", any(n.year is None for n in here)), ("phase", any(not n.phase for n in here))):
            if missing:
                ledger.fault(column.place, column.title or None, f"intake.table.no_{what}", letters=letters(column.index))


# ---- numbers ----


def _numbers(ledger: Ledger, row: int, title_year: int | None, title_phase: str) -> Iterator[Number]:
    table, mapping, grid = ledger.table, ledger.mapping, ledger.table.grid
    label, label_place = table.label(row, "programme") if table.of("programme") else table.label(row, "context", "government")
    total = row in table.totals
    if total and not label:
        label, label_place = table.label(row, "programme", "context", "government", "code")
    whose = table.of("government")
    government = " ".join(dict.fromkeys(filter(None, (said(grid.spread(row, c.index)) for c in whose))))  # 서울 | 중구
    government_place = address(row, whose[-1].index) if whose else ""
    year = _row_year(ledger, row)
    row_phase = phase_in(table.label(row, "phase")[0]) if table.of("phase") else ""
    row_unit = table.label(row, "unit")[0] if table.of("unit") else ""
    context = tuple(said(grid.spread(row, c.index)) for c in table.of("government", "context", "programme"))
    for column in table.of("amount", "change", "rate"):
        value, place, means = grid.at(row, column.index), address(row, column.index), column.means
        if place in grid.unresolved and said(value) == "":
            ledger.fault(place, None, "intake.fault.formula")
            continue
        number_year = means.year or year or mapping.year or title_year
        unit = means.unit or (row_unit if row_unit in MONEY_UNITS else "") or (mapping.unit_of_year.get(number_year or 0, "") or ledger.unit)
        number = _number(ledger, value, place, means.role)
        if number is None:
            continue
        yield Number(
            row, column, place, said(value), number, label, label_place, number_year,
            means.phase or row_phase or mapping.phase or title_phase, means.phase_round or mapping.phase_round,
            means.funding or mapping.funding, unit if means.role != "rate" else "", government, government_place, context, total,
        )  # fmt: skip


def _row_year(ledger: Ledger, row: int) -> int | None:
    columns = ledger.table.of("year")
    found = years(said(ledger.table.grid.spread(row, columns[0].index))) if columns else []
    return found[0] if len(found) == 1 else None


def _number(ledger: Ledger, value: Value, place: str, role: str) -> int | Decimal | None:
    """The cell's number in its own unit; a fault where it is none."""
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
    number = Decimal(amount.printed or 0)
    return int(number) if number == int(number) else number

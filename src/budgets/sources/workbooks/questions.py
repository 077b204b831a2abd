"""What a table leaves open, asked at its cell: unit, hidden rows, gross or net, increments or totals, year, phase, day."""

import re
from dataclasses import replace

from budgets.sources.workbooks.faults import CellFault
from budgets.sources.workbooks.grids import address, letters, said
from budgets.sources.workbooks.headings import Said, plain
from budgets.sources.workbooks.layout import Column
from budgets.sources.workbooks.ledger import Ledger
from budgets.sources.workbooks.mapping import ASIDE
from budgets.sources.workbooks.numbers import is_number
from budgets.sources.workbooks.supplements import after_all, unclear, with_totals

_SPLIT = re.compile(r"[-△−(]?[1-9][0-9]{0,2}\|[0-9]{3}\)?")


def ask_unit(ledger: Ledger) -> None:
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
        ledger.fault(next(c.place for c in amounts if not c.means.unit), None, "intake.table.no_unit")


def ask_alike(ledger: Ledger) -> None:
    """Two columns of amounts that nothing tells apart (accounts, items, halves of a year)."""
    seen: dict[tuple[object, ...], Column] = {}
    for column, numbers in ledger.by_column("amount"):
        if column.index in ledger.mapping.columns or any(not n.phase or (n.year is None and n.span is None) for n in numbers):
            continue  # said by a person, or asked about already
        kinds = {(n.year, n.phase, n.phase_round, n.funding, n.netting, n.span) for n in numbers}
        before = next((seen[kind] for kind in kinds if kind in seen), None)
        if before is not None:
            ledger.fault(column.place, column.title or None, "intake.table.alike", letters=letters(column.index), other=letters(before.index))
        seen |= dict.fromkeys(kinds - seen.keys(), column)


def ask_netting(ledger: Ledger) -> None:
    """총계 and 순계 beside each other are two readings of one budget: which is meant?"""
    table, wanted = ledger.table, ledger.mapping.netting
    if not any(c.means.netting == "net" for c in table.columns):
        return
    table.columns = [replace(c, means=c.means._replace(netting="gross")) if c.path and plain(c.path[-1]) == "총계" else c for c in table.columns]
    both = [c for c in table.of("amount") if c.means.netting]
    if len({c.means.netting for c in both}) < 2:
        return
    if wanted:
        table.columns = [replace(c, means=c.means._replace(role=ASIDE)) if c in both and c.means.netting != wanted else c for c in table.columns]
    else:
        ledger.fault(both[0].place, ", ".join(c.title for c in both), "intake.table.netting")


def ask_supplements(ledger: Ledger) -> None:
    """추경 may head increments or totals."""
    mapping = ledger.mapping
    settled = frozenset(c for c, given in mapping.columns.items() if "phase" in given)
    ledger.numbers = with_totals(ledger.numbers, settled)
    if mapping.supplementary == "increment" or mapping.phase == "supplementary":
        return
    if mapping.supplementary == "total":
        ledger.numbers = after_all(ledger.numbers, settled)
        return
    for column in dict.fromkeys(n.column for n in unclear(ledger.numbers, settled)):
        ledger.fault(column.place, column.title or None, "intake.table.supplement", letters=letters(column.index))


def ask_hidden(ledger: Ledger) -> None:
    grid, table = ledger.table.grid, ledger.table
    rows = [r + 1 for r in table.body if r in grid.hidden_rows]
    columns = [letters(c.index) for c in table.columns if c.index in grid.hidden_columns]
    if (rows or columns) and not ledger.mapping.hidden:
        shown = ", ".join([*map(str, rows[:10]), *columns[:10]]) + (" …" if len(rows) > 10 or len(columns) > 10 else "")
        ledger.fault(None, shown, "intake.table.hidden", n=len(rows) + len(columns))


def ask_merged(ledger: Ledger) -> None:
    """An amount merged over several programmes, or over several columns of amounts, is none of one of them alone."""
    table = ledger.table
    amounts, body = {c.index for c in table.of("amount")}, set(table.body)
    for top, left, bottom, right in table.grid.merged:
        columns = {c for c in amounts if left <= c <= right}
        if not columns or not is_number(value := table.grid.at(top, left)):
            continue
        rows = [r for r in range(top, min(bottom + 1, len(table.grid.rows))) if r in body]
        names = {table.label(row, "programme", "context", "government")[0] for row in rows} - {""}
        if rows and (len(names) > 1 or len(columns) > 1):
            ledger.fault(address(top, left), said(value), "intake.table.merged", area=f"{address(top, left)}:{address(bottom, right)}")


def ask_headings(ledger: Ledger) -> None:
    """What does a column hold whose heading means nothing here, or could mean two things?"""
    for column in ledger.table.columns:
        if not column.means.role:
            ledger.fault(column.place, column.title or None, "intake.table.unknown_column", letters=letters(column.index))


def ask_split(ledger: Ledger) -> None:
    """1,234 without quotes in a CSV file is two cells, 1 and 234: three digits beside an amount where none belong."""
    table = ledger.table
    if table.grid.named:
        return
    numbers = {c.index for c in table.of("amount", "change", "rate", "cumulative", "year", "code")}
    wide = max(len(table.grid.rows[r]) for r in range(table.head[0], table.head[1] + 1))
    for row in table.body:
        more = len(table.grid.rows[row]) > wide
        for column in table.of("amount"):
            pair = said(table.grid.at(row, column.index)), said(table.grid.at(row, column.index + 1))
            if (more or column.index + 1 not in numbers) and _SPLIT.fullmatch("|".join(pair)):
                ledger.fault(address(row, column.index), ",".join(pair), "intake.table.split")
                break


def ask_columns(ledger: Ledger) -> None:
    table = ledger.table
    if not table.of("amount") and not table.of("change"):
        ledger.fault(table.columns[0].place, None, "intake.table.no_amounts")
    if not table.of("programme", "context", "government") and not ledger.mapping.programme:
        ledger.fault(table.columns[0].place, None, "intake.table.no_labels")
    ask_headings(ledger)
    # A heading that fell apart makes one column too many at the end, and an empty one within: the cells have moved.
    empty = [c for c in table.columns if len(table.body) > 2 and c.means.role != ASIDE and not any(said(table.grid.at(r, c.index)) for r in table.body)]
    last = plain(table.columns[-1].title)
    parts = [c for c in table.columns[:-1] if last and plain(c.title).endswith(last)]
    if empty and len(parts) >= 2 and table.columns[-1].index not in ledger.mapping.columns:
        ledger.fault(table.columns[-1].place, table.columns[-1].title, "intake.table.shifted", empty=letters(empty[0].index))


def ask_periods(ledger: Ledger) -> None:
    """Columns of amounts whose year, years, phase or day nobody has said."""
    for column, here in ledger.by_column("amount"):
        questions = {
            "year": any(n.year is None and not column.means.envelope for n in here),
            "period": any(n.span is None and column.means.envelope for n in here),
            "phase": any(not n.phase for n in here),
            "date": any(n.phase == "paid" and not n.as_of for n in here),
        }
        for what, missing in questions.items():
            if missing:
                ledger.fault(column.place, column.title or None, f"intake.table.no_{what}", letters=letters(column.index))

"""`Raw` rows → budget lines of the contract: amounts read, governments found, control sums checked. All faults at once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from budgets.amounts import parse_cell
from budgets.contract_arrow import arrow_type, broken_rules, mapped, single
from budgets.errors import AmountError, DataError, Fault
from budgets.schema import BudgetLines
from budgets.sources.lofin.codebook import Codebook
from budgets.sources.lofin.control import (
    funding_faults,
    repeat_faults,
    sum_faults,
    summary_rows,
    text_faults,
    unit_faults,
)
from budgets.sources.lofin.fields import MONEY
from budgets.sources.lofin.places import GovernmentsOf, governments_of
from budgets.sources.lofin.raw import Raw, refuse

NAMES = {
    "bdg_cash_amt": "adjusted_krw",
    "bdg_ntep": "national_krw",
    "capep": "provincial_krw",
    "sggep": "municipal_krw",
    "etc_amt": "other_krw",
    "ep_amt": "paid_krw",
    "cpl_amt": "compiled_krw",
    "laf_hg_nm": "government_as_printed",
    "acnt_dv_nm": "account_name",
    "dept_cd": "department_code",
    "dbiz_cd": "programme_code",
    "dbiz_nm": "programme_name",
    "fld_cd": "field_code",
    "fld_nm": "field_name",
    "ane_part_cd": "section_code",
    "part_nm": "section_name",
}
"""Columns that are taken over as they are."""
FIELD_OF = {column: field for field, column in NAMES.items()} | {
    "government": "laf_hg_nm",
    "lofin_code": "laf_cd",
    "fiscal_year": "fyr",
    "snapshot": "exe_ymd",
}
DERIVED = ("government", "lofin_code", "province", "level", "account_class")
"""Columns made from others, in which a fault has been named already."""


@dataclass(frozen=True)
class Lines:
    """Budget lines of one year and snapshot date, as the contract wants them (one chunk a column)."""

    table: pa.Table
    year: int
    snapshot: date
    sums: int
    """How many control sums (서울계, 전국계) stood in the file and were right."""


def to_lines(raw: Raw, codebook: Codebook, *, year: int | None = None, snapshot: date | None = None) -> Lines:
    """The lines of *raw*. *year* and *snapshot* are for files that do not name them, and must agree with those that do.

    Raises `ContractError` with every fault, `DataError` where year or date are nowhere.
    """
    table, faults = raw.table.combine_chunks(), list[Fault]()
    for field in (f for f in MONEY if f in table.column_names):
        if not pa.types.is_int64(table[field].type):
            table = table.set_column(table.column_names.index(field), field, _won(raw, field, single(table[field]), faults))
    origin: pa.Array | None = None
    sums = table.slice(0, 0)
    summary = summary_rows(table)
    if summary is not None:
        origin, sums, table = (
            pc.indices_nonzero(pc.invert(summary)),
            table.filter(summary),
            table.filter(pc.invert(summary)).combine_chunks(),
        )
    row_of: Callable[[int], int] = (lambda row: row) if origin is None else (lambda row: origin[row].as_py())
    if not table.num_rows:
        raise DataError("file.empty", path=raw.name)
    year, snapshot = _time(raw, table, row_of, faults, year, snapshot)
    found = governments_of(raw, table, row_of, codebook, snapshot, faults)
    lines = _columns(table, found, year, snapshot)
    faults += _rule_faults(raw, lines, row_of, {(fault.file, fault.line, fault.column) for fault in faults})
    faults += [*funding_faults(raw, lines, row_of), *text_faults(raw, lines, row_of)]
    if not faults:  # Only then all codes have their form, and all rows of a sum their amounts.
        faults += [*repeat_faults(raw, lines, row_of), *unit_faults(raw, lines)]
        if summary is not None:
            faults += sum_faults(raw, sums, pc.indices_nonzero(summary).to_pylist(), table)
    refuse(faults)
    return Lines(lines, year, snapshot, sums.num_rows)


def _rule_faults(raw: Raw, lines: pa.Table, row_of: Callable[[int], int], spoiled: set[tuple[str, int | None, str | None]]) -> Iterator[Fault]:
    """Cells that break the contract; not those that are empty because they could not be read (*spoiled*, or derived)."""
    for broken in broken_rules(lines, BudgetLines):
        if broken.column in DERIVED:
            continue
        values = lines[broken.column]
        for row in broken.rows.to_pylist():
            fault = raw.fault(row_of(row), FIELD_OF.get(str(broken.column)), values[row].as_py(), broken.key, broken.fields)
            if (fault.file, fault.line, fault.column) not in spoiled:
                yield fault
    if "laf_cd" in raw.table.column_names:
        for row in pc.indices_nonzero(pc.is_null(lines["programme_code"])).to_pylist():
            yield raw.fault(row_of(row), "dbiz_cd", None, "contract.empty")


def _won(raw: Raw, field: str, texts: pa.Array, faults: list[Fault]) -> pa.Array:
    """Amounts written as text → int64. What is not a plain whole number is read as a cell in 원, or a fault."""
    texts = pc.utf8_trim_whitespace(texts.cast(pa.string()))
    odd = pc.fill_null(pc.invert(pc.match_substring_regex(texts, r"^-?[0-9]{1,18}$")), False)
    rows = pc.indices_nonzero(odd)
    if not len(rows):
        return texts.cast(pa.int64())
    values: list[int | None] = []
    for row in rows.to_pylist():
        text, value = texts[row].as_py(), None
        if re.search(r"[0-9.]\s*[eE]\s*[+-]?[0-9]", text):  # 123456789012 that Excel saved as 1.23457E+11
            faults.append(raw.fault(row, field, text, "lofin.rounded", {}))
            values.append(None)
            continue
        try:
            amount = parse_cell(text, "원")
            value = int(amount.printed) if amount and amount.printed is not None else None
            if value is not None and abs(value) >= 2**63:
                raise AmountError("too_large", text)
        except AmountError as error:
            faults.append(raw.fault(row, field, text, error.key, error.fields))
        values.append(value)
    plain = pc.if_else(odd, None, texts).cast(pa.int64())
    return pc.replace_with_mask(plain, odd, pa.array(values, pa.int64()))


def _time(
    raw: Raw,
    table: pa.Table,
    row_of: Callable[[int], int],
    faults: list[Fault],
    year: int | None,
    snapshot: date | None,
) -> tuple[int, date]:
    """The one fiscal year and the one date of the file, read or given."""
    read_year, read_day = (_only(raw, table, field, read, row_of, faults, given) for field, read, given in (("fyr", _year, year), ("exe_ymd", _day, snapshot)))
    if read_year is None or read_day is None:
        refuse(faults)
        raise DataError("lofin.no_year" if read_year is None else "lofin.no_date", path=raw.name)
    return read_year, read_day


def _only(
    raw: Raw,
    table: pa.Table,
    field: str,
    read: Callable[[str], Any],
    row_of: Callable[[int], int],
    faults: list[Fault],
    given: Any,
) -> Any:
    """The single value of a column that must have only one; *given* where the file has no such column."""
    if field not in table.column_names:
        return given
    values = single(table[field])
    firsts: dict[Any, int] = {}
    for text in pc.unique(values).to_pylist():
        row = pc.index(values.cast(pa.string()), text).as_py() if text is not None else pc.index(pc.is_null(values), True).as_py()
        try:
            firsts.setdefault(read(text or ""), row)
        except ValueError:
            faults.append(raw.fault(row_of(row), field, text, "contract.empty" if not text else f"lofin.{read.__name__.strip('_')}"))
    wanted = given if given is not None else next(iter(firsts), None)
    for value, row in firsts.items():
        if value != wanted:
            faults.append(raw.fault(row_of(row), field, value, "lofin.two_values", {"other": wanted}))
    return wanted


def _year(text: str) -> int:
    if len(text.strip()) != 4 or not text.strip().isdecimal():
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    digits = "".join(c for c in text if c.isdecimal())
    if len(digits) != 8:
        raise ValueError(text)
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _columns(table: pa.Table, found: GovernmentsOf, year: int, snapshot: date) -> pa.Table:
    """The contract's columns, in its order; empty text is null."""
    n = table.num_rows
    columns: dict[str, pa.Array] = {column: _no_blanks(single(table[field])) for field, column in NAMES.items() if field in table.column_names}
    columns |= {
        "fiscal_year": pa.repeat(pa.scalar(year, pa.int64()), n),
        "snapshot": pa.repeat(pa.scalar(datetime.combine(snapshot, time()), pa.timestamp("us")), n),
    }
    columns |= {
        "government": found.government,
        "lofin_code": found.code,
        "province": found.province,
        "level": found.level,
    }
    columns["account_class"] = _account_class(columns["account_name"])
    wanted = {name: arrow_type(column) for name, column in BudgetLines.to_schema().columns.items()}
    return pa.table([columns[name] if name in columns else pa.nulls(n, kind) for name, kind in wanted.items()], names=list(wanted))


def _no_blanks(values: pa.Array) -> pa.Array:
    """Text with ``""`` and blanks alone as null; the rest verbatim."""
    if pa.types.is_dictionary(values.type):
        blank = pc.indices_nonzero(pc.fill_null(pc.match_substring_regex(values.dictionary, r"^\s*$"), True)).cast(values.indices.type)
        if not len(blank):
            return values
        indices = pc.if_else(pc.is_in(values.indices, value_set=blank), None, values.indices)
        return pa.DictionaryArray.from_arrays(indices, values.dictionary)
    if pa.types.is_string(values.type):
        blank = pc.fill_null(pc.equal(pc.binary_length(pc.utf8_trim_whitespace(values)), 0), True)
        return pc.if_else(blank, None, values) if pc.any(blank).as_py() else values
    return values


def _account_class(names: pa.Array) -> pa.Array:
    """일반회계 is general, 기금 fund, all others special: the code 201 means another account in every government.

    의료급여기금특별회계 is a special account though 기금 stands in it; 주차장 alone is one whose name lost its end.
    """
    if not pa.types.is_dictionary(names.type):
        names = names.dictionary_encode()

    def of(name: str | None) -> str | None:
        if name is None:
            return None
        plain = "".join(name.split())
        if plain.startswith("일반회계"):
            return "general"
        return "fund" if "기금" in plain and "특별회계" not in plain else "special"

    return mapped(names, [of(name) for name in names.dictionary.to_pylist()])

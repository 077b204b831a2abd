"""Reading a sheet of 100,000 rows against openpyxl, and how often correct tables are suspected.

    python benchmarks/workbooks.py [--rows 100000]

Both sides of the ratio are measured in this run; every address is compared. False alarms are counted on the project's
reference tables (as they are, and turned into the tables an office would print: years side by side, changes, totals,
rounded to 천원, 백만원 and 억원) and on real untidy files where they lie beside the checkout, each with the mapping it
needs. Exit code 1 if a bound is not kept.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import xlsxwriter

from budgets.checkout import default_data
from budgets.intake.files import Files
from budgets.intake.tabled import residents
from budgets.sources.workbooks.ledgers import read_ledgers
from budgets.sources.workbooks.mapping import Mapping, read_mapping
from budgets.sources.workbooks.police import suspicions
from budgets.sources.workbooks.reading import read_book

SHARED = Path(__file__).resolve().parents[2] / "shared"
FASTER, ALARMS = 4.0, 0.001
"""Times faster than openpyxl; suspicions per number of a correct table."""
UNITS = {"천원": 10**3, "백만원": 10**6, "억원": 10**8}
PLAIN = 'phase = "settled"\nunit = "원"\n'
REFERENCE = {
    "population.csv": 'phase = "unknown"\nunit = "원"\n[columns]\nI = "ignore"\nJ = "amount"\nK = "ignore"\nL = "ignore"\n',
    "settlements.csv": PLAIN + '[columns]\nJ = "amount"\nK = "ignore"\nL = "ignore"\nE = "context"\n',
    "functional_budgets.csv": PLAIN + '[columns]\nJ = "amount"\nK = "ignore"\nL = "ignore"\nE = "context"\n',
}
"""The mapping that makes a table of numbers of each reference file (population is read as if it were money)."""
REAL = {
    "records_management_budget_bom_quoted_null.csv": ('unit = "원"', 0),
    "expenditure_southkorea_unit_break.csv": ('phase = "unknown"\n[unit_of_year]\n2012 = "백만원"\n2013 = "천원"\n2014 = "천원"', 0),
    "expenditure_southkorea_unit_break.csv (as it is)": ('phase = "unknown"', 16),
    "central_budget_2015_crlf_million_won.csv": ('unit = "백만원"\nyear = 2015\nphase = "approved"', 0),
    "fiscal_efforts_city_trailing_blank.csv": (
        'unit = "원"\nyear = 2013\nphase = "unknown"\n[columns]\n' + "\n".join(f'{c} = "amount"' for c in "BCDEFGHIJK"),
        0,
    ),
    "fiscal_efforts_gu_wrapped_header.csv": (
        'unit = "원"\nyear = 2013\nphase = "unknown"\n[columns]\nJ = "ignore"\n' + "\n".join(f'{c} = "amount"' for c in "BCDEFGHIKL"),
        0,
    ),
    "synthetic_budget_biff8.xls": ('unit = "원"', 0),
}
"""Mapping and the number of suspicions that are right (the unit of sixteen governments breaks in 2013)."""


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=100_000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-workbooks-") as scratch:
        faster = reading(Path(scratch), given.rows)
        rate = alarms(Path(scratch))
    return int(faster < FASTER or rate > ALARMS)


def reading(scratch: Path, rows: int, columns: int = 12) -> float:
    """Seconds of both readers on the same file; every cell compared."""
    path = scratch / "large.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("세출")
    for r in range(rows):
        sheet.write_row(r, 0, [f"사업 {r % 977} · {c}" if c % 3 == 0 else r * 1000 + c for c in range(columns)])
    book.close()
    start = time.perf_counter()
    ours = read_book(path).grids[0]
    mine = time.perf_counter() - start
    start = time.perf_counter()
    theirs = openpyxl.load_workbook(path)["세출"]
    other = time.perf_counter() - start
    differing = sum(ours.at(r, c) != value for r, row in enumerate(theirs.iter_rows(values_only=True)) for c, value in enumerate(row))
    print(
        f"{rows:,} rows x {columns}: {mine:.2f} s, openpyxl {other:.2f} s: {other / mine:.1f} times faster (at least {FASTER}); cells that differ: {differing}"
    )
    return other / mine if not differing else 0.0


def alarms(scratch: Path) -> float:
    """Suspicions per number over all correct tables."""
    data = default_data()
    people = residents(data, Files(data).names())
    numbers = wrong = 0
    for name, path, answers, right in tables(scratch, data):
        mapping = scratch / "mapping.toml"
        mapping.write_text(answers, encoding="utf-8")
        ledgers, _ = read_ledgers(read_book(path).grids, read_mapping(mapping) if answers else Mapping())
        found = [fault for ledger in ledgers for fault in suspicions(ledger, people)]
        count = sum(len(ledger.numbers) for ledger in ledgers)
        print(f"  {name}: {count:,} numbers, {len(found)} suspicions" + (f", {right} of them right" if right else ""))
        for fault in found[: 0 if right else 5]:
            print(f"    {fault.say('en')}")
        numbers, wrong = numbers + count, wrong + abs(len(found) - right)
    print(f"{wrong} false alarms on {numbers:,} numbers: {wrong / numbers:.5f} (at most {ALARMS})")
    return wrong / numbers


def tables(scratch: Path, data: Path) -> Iterator[tuple[str, Path, str, int]]:
    """(name, path, mapping, suspicions that are right) of every table."""
    for name, answers in REFERENCE.items():
        yield name, data / "raw" / "reference" / name, answers, 0
    for unit in UNITS:
        for name in ("settlements", "functional_budgets"):
            yield f"{name}, printed in {unit}", printed(scratch, data, name, unit), "", 0
    for name, (answers, right) in REAL.items():
        path = SHARED / "messy" / name.removesuffix(" (as it is)")
        if path.exists():
            yield name, path, answers, right
    for name, unit in (("total_settlement_4governments_2009_2024.csv", "원"), ("budget_by_field_2025_4governments.csv", "백만원")):
        if (SHARED / "reference" / name).exists():
            yield name, SHARED / "reference" / name, _answers(SHARED / "reference" / name, unit), 0


def _answers(path: Path, unit: str) -> str:
    """Every column that is told by its name; the amounts are those that name money."""
    roles = {"laf_cd": "code", "fiscal_year": "year", "field": "context", "sido": "government", "laf_hg_nm": "government"}
    lines = [f'phase = "settled"\nunit = "{unit}"\n[columns]']
    for n, column in enumerate(pd.read_csv(path, nrows=1).columns):
        role = roles.get(column, "amount" if column.startswith(("amount", "expenditure", "revenue")) else "ignore")
        lines.append(
            f'{chr(65 + n)} = {{role = "amount", phase = "{"paid" if column.startswith("rev") else "settled"}"}}'
            if role == "amount"
            else f'{chr(65 + n)} = "{role}"'
        )
    return "\n".join(lines)


def printed(scratch: Path, data: Path, name: str, unit: str) -> Path:
    """A reference file as an office prints it: names down, years across with their change, a total, a unit line; rounded."""
    table = pd.read_csv(data / "raw" / "reference" / f"{name}.csv")
    down = "field" if table["field"].notna().any() else "government"
    wide = table.pivot_table(index=[down] if down == "government" else ["government", "field"], columns="year", values="value", aggfunc="sum")
    path = scratch / f"{name}-{unit}.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    years = list(wide.columns)
    two = (years[-2:] if len(years) > 1 else years)[::1]
    sheet.append(["결산 현황"])
    sheet.append([None] * 3 + [f"(단위: {unit})"])
    sheet.append(["구분", *(f"{year}년 결산" for year in two), *(["증감"] if len(two) == 2 else []), "비고"])
    rows = wide[two].dropna()
    for label, values in rows.iterrows():
        shown = " ".join(label) if isinstance(label, tuple) else str(label)
        sheet.append([shown, *_rounded(list(values), unit)])
    sheet.append(["합계", *_rounded(list(rows.sum()), unit)])
    book.save(path)
    return path


def _rounded(values: list[float], unit: str) -> list[int]:
    """Each value rounded by itself, also the change: honest tables do not quite add up."""
    change = [values[1] - values[0]] if len(values) == 2 else []
    return [round(v / UNITS[unit]) for v in (*values, *change)]


if __name__ == "__main__":
    raise SystemExit(main())

"""Many passports: the memory an export takes beside its tables, and its time against XlsxWriter's own.

    python benchmarks/passports.py [--rows 20000]

The sheet of passports is written for a quarter of the rows and for all of them, each in a process of its own. Then the
very same cells are written by XlsxWriter alone in its constant memory. Exit code 1 if ours takes more than 1.2 times as
long, or if more rows take more memory.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import xlsxwriter

import budgets
from budgets.tables import Tables
from budgets.workbook.book import Book
from budgets.workbook.cells import Column
from budgets.workbook.lookup import Figures
from budgets.workbook.passports import write_passports

TIMES, MORE = 1.2, 15
"""Times XlsxWriter's own writing; MB for three quarters of the rows."""


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=20_000)
    options.add_argument("--one", type=int, default=0)
    given = options.parse_args()
    if given.one:
        print(*one(given.one))
        return 0
    found = {}
    for rows in (given.rows // 4, given.rows):
        said = subprocess.run([sys.executable, __file__, "--one", str(rows)], capture_output=True, text=True, check=True).stdout
        found[rows] = [float(x) for x in said.split()]
        print(
            f"{rows:,} passports: {found[rows][1]:.1f} s, {found[rows][0]:.0f} MB more at the most; the same cells by XlsxWriter alone {found[rows][2]:.1f} s: {found[rows][1] / found[rows][2]:.2f} times"
        )
    few, many = found.values()
    print(f"memory for {given.rows * 3 // 4:,} rows more: {many[0] - few[0]:+.0f} MB (at most {MORE})")
    return int(many[1] / many[2] > TIMES or many[0] - few[0] > MORE)


def one(rows: int) -> tuple[float, float, float]:
    """(MB above the tables at the most, seconds of ours, seconds of XlsxWriter alone), both in CPU time."""
    tables = many(rows)
    seen: list[Sequence[Any]] = []
    with tempfile.TemporaryDirectory() as scratch:
        book = Book((Path(scratch) / "a.xlsx").open("wb"), title="T", day=date(2026, 11, 21), language="ko", slim=True)
        figures = Figures(tables, "ko")
        assert figures.rows  # the tables with their rulings, in order, are not the sheet's
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        write_passports(book, figures)
        book.close()
        ours, peak = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        seen = list(_cells(figures, min(rows, 1000)))
        start = time.process_time()
        plain = xlsxwriter.Workbook(Path(scratch) / "b.xlsx", {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        sheet, style = plain.add_worksheet(), plain.add_format({"text_wrap": True, "bottom": 1})
        for row in range(rows):
            for column, value in enumerate(seen[row % len(seen)]):
                if value is None:
                    sheet.write_blank(row, column, None, style)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value, style)
                else:
                    sheet.write_number(row, column, value, style)
        plain.close()
        return (peak - before) / 1024, ours, time.process_time() - start


def _cells(figures: Figures, rows: int) -> list[Sequence[Any]]:
    """The first rows of the sheet, as they were written."""
    from budgets.workbook.book import Sheet

    taken: list[Sequence[Any]] = []

    class Taking:
        slim, language = True, figures.language
        sheets: dict[str, Any]

        def say(self, key: str, **fields: object) -> str:
            return key

    class Taker:
        row, ws = 0, SimpleNamespace()

        def table(self, columns: Sequence[Column], made: Any, **_: object) -> tuple[int, int]:
            for cells in made:
                taken.append(cells)
                if len(taken) == rows:
                    break
            return 0, 1

        def __getattr__(self, name: str) -> Any:
            assert hasattr(Sheet, name)
            return lambda *_, **__: None

    book = Taking()
    book.sheets = {"passports": Taker()}
    write_passports(book, figures)  # type: ignore[arg-type]
    return taken


def many(rows: int) -> Tables:
    """The project's tables with so many amounts: the published ones again and again, under new names and each time larger."""
    tables = budgets.load()
    times = -(-rows // len(tables.budgets))
    ends = ["amount_low_krw", "amount_krw", "amount_high_krw"]
    more = ((n, {"figure_id": tables.budgets["figure_id"] + f"-{n}"} | {end: tables.budgets[end] + n * 10_000_000 for end in ends}) for n in range(times))
    table = pd.concat([tables.budgets.assign(as_printed=tables.budgets["as_printed"] + f" {n}", **new) for n, new in more], ignore_index=True).head(rows)
    return replace(tables, budgets=table, targets=tables.targets.head(0), milestones=tables.milestones.head(0))


if __name__ == "__main__":
    raise SystemExit(main())

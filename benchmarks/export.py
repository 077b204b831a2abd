"""The workbook of the default edition against ``pandas.to_excel`` with openpyxl of the same sheets, in CPU time.

    python benchmarks/export.py [--times 5]

Ours: words, formulas with their results, formats, charts, links. Theirs: the values that our sheets show, as tables
that are ready in memory. The median of several rounds, both sides in turn. Exit code 1 if ours is slower.
"""

import argparse
import gc
import statistics
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pandas as pd

import budgets
from budgets.checkout import checkout
from budgets.reports.editions import read_editions
from budgets.reports.export import comparisons
from budgets.workbook import workbook


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--times", type=int, default=5)
    given = options.parse_args()
    tables = budgets.load()
    edition = next(e for e in read_editions(checkout() / "reports" / "editions.toml", tables) if e.name == "default")
    compared = list(comparisons(edition, tables))

    def ours() -> bytes:
        return workbook(tables, compared, title=edition.title["ko"], date_of_data=date(2026, 11, 21), fingerprint="0123456789abcdef")

    sheets = pd.read_excel(BytesIO(ours()), sheet_name=None, header=None, engine="calamine")

    def theirs() -> bytes:
        target = BytesIO()
        with pd.ExcelWriter(target, engine="openpyxl") as writer:
            for name, table in sheets.items():
                table.to_excel(writer, sheet_name=name, header=False, index=False)
        return target.getvalue()

    taken = [(seconds(ours), seconds(theirs)) for _ in range(given.times)]
    mine, other = (statistics.median(side) for side in zip(*taken, strict=True))
    cells = sum(table.notna().to_numpy().sum() for table in sheets.values())
    print(f"{cells:,} cells on {len(sheets)} sheets: {mine:.2f} s, pandas.to_excel with openpyxl {other:.2f} s: {mine / other:.2f} times (at most 1)")
    return int(mine > other)


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call; what the call before left behind is not its."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    raise SystemExit(main())

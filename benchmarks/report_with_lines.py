"""``budgets report`` of the default edition with ten national years of budget lines imported, against none.

    python -m benchmarks.report_with_lines [--rows 480000] [--years 10] [--rounds 2]

Two data folders that differ in nothing but the lines: one as committed, one with *years* imported into it, caches made.
The main job — verify, build, render, export — runs on them in turn, each time into an empty folder and in a process of
its own, and the best round of each side counts. Reports read the small caches in ``data/derived``, not the lines, so the
second may take at most 2 seconds longer; its tables and charts are full where the first says that there are no lines.
Exit code 1 if it takes longer.
"""

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.lofin import lines, write

from budgets.checkout import default_data
from budgets.lines import import_lofin, load_lines

MOST = 2.0


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=480_000)
    options.add_argument("--years", type=int, default=10)
    options.add_argument("--rounds", type=int, default=2)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-report-") as scratch:
        return run(Path(scratch), given.rows, given.years, given.rounds)


def run(scratch: Path, rows: int, years: int, rounds: int) -> int:
    folders = {name: scratch / name for name in ("without", "with")}
    for folder in folders.values():
        shutil.copytree(default_data(), folder, ignore=shutil.ignore_patterns("exports", "budget_lines", "derived"))
    table = lines(rows)
    for year in range(2026 - years, 2026):
        file = write(table, scratch / f"{year}.csv", year)
        import_lofin([file], folders["with"])
        file.unlink()
    del table
    there = load_lines(folders["with"])
    print(f"{sum(s.rows for s in there.stored.values()):,} lines of {len(there.years)} years, {len(there.programmes):,} in the cache")
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in folders}
    for i in range(rounds):
        for name, data in folders.items():
            took[name].append(report(data, scratch / f"out-{name}-{i}"))
    best = {name: min(times) for name, times in took.items()}
    for name, (wall, work) in best.items():
        print(f"budgets report {name:<8} {wall:6.2f} s, of work {work:6.2f} s")
    more = best["with"][0] - best["without"][0]
    print(f"with {years} years it takes {more:+.2f} s longer (at most {MOST:g} s)")
    return int(more > MOST)


def report(data: Path, out: Path) -> tuple[float, float]:
    """Seconds of the clock and of the processor that the main job takes into an empty folder."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-c", "from budgets.cli import main; main()", "report", "--data", str(data), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr or done.stdout)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())

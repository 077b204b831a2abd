"""Hostile input: every case of ``tests/hostile`` in a process of its own; what it answered, how long, how much memory.

Prints the table of ``docs/hostile.md``; ``python -m benchmarks.hostile WORD`` only the cases whose name holds the word.
"""

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]


def main() -> int:
    from budgets.clean import build
    from hostile.attempts import MEGABYTES, SECONDS, attempt
    from hostile.cases import CASES, REFUSED
    from workspace import copied

    worst, wrong = (0.0, 0.0), 0
    print("| entrance | attack | outcome | exit code | processor, s | memory, MB |\n|---|---|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory(prefix="hostile-") as scratch:
        first = copied(ROOT / "tests" / "refusals" / "sound", Path(scratch) / "first" / "data")
        build(first.data)
        for number, case in enumerate(case for case in CASES if not sys.argv[1:] or sys.argv[1] in case.name):
            folder = Path(scratch) / str(number)
            shutil.copytree(first.data.parent, folder)
            found = attempt(case, folder)
            shutil.rmtree(folder)
            fine = found.code in (1, 2) if case.outcome == REFUSED else found.code in (0, 1)
            kept = fine and "Traceback" not in found.error and found.seconds < SECONDS and found.megabytes < MEGABYTES
            wrong += not kept
            worst = max(worst[0], found.seconds), max(worst[1], found.megabytes)
            attack = case.attack.replace("|", "\\|")
            outcome = case.outcome if kept else f"**{case.outcome}, not kept**"
            print(f"| {case.entrance} | {attack} | {outcome} | {found.code} | {found.seconds:.1f} | {found.megabytes:.0f} |", flush=True)
    print(f"\nAt most {worst[0]:.1f} s and {worst[1]:.0f} MB; limits {SECONDS} s and {MEGABYTES} MB; not kept: {wrong}", file=sys.stderr)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())

"""How many small faults in the core would the tests notice? ``python tests/mutants.py [ROOM …] [--share 0.2] [--seed 1]``

For each room of the core a copy of the checkout is mutated by mutmut, and the tests of that room are run against a
sample of the mutants: the same share of every function, drawn by the seed. Prints one line a room and every survivor
as a difference; `docs/mutants.md` holds the last full reading. ``make mutants`` sets up what it needs.
"""

import argparse
import json
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "amounts": (("amounts/*",), ("test_amounts.py", "test_amount_properties.py")),
    "comparison": (("basis.py", "comparison/*"), ("test_comparison.py", "test_verdicts.py", "test_standing.py")),
    "measures": (("measures/*",), ("test_measures.py",)),
    "rulings": (("rulings/*",), ("test_rulings.py", "test_classifier.py")),
}
"""Each room of the core: the files that are mutated, and the tests that must notice."""
PYTEST = ("-n0", "--hypothesis-profile=ci")
SLOW = re.compile(r"^def (test_\w+)\([^)]*\b(?:comparisons|every)\b", re.MULTILINE)
"""Tests over every real basis take seconds for each mutant; they are left out, so that the share noticed is a lower bound."""
LEFT_OUT = (".git", ".venv", "out", "derived", "__pycache__", "mutants", "*.egg-info", ".*_cache", "node_modules")
ALSO = ("data", "docs", "notebooks", "reports", "tests", "Makefile", "README.md", "README.ko.md", "environment.yml")
OUTCOMES = {0: "survived", 1: "killed", 3: "killed", 33: "no test", 24: "timeout", -24: "timeout", 152: "timeout", 36: "timeout", 255: "timeout"}
"""What mutmut's exit codes mean; a mutant that hangs or crashes was noticed, too."""


def copied(room: str, folder: Path) -> Path:
    """A copy of the checkout in *folder*, set up for the mutants of *room*."""
    tree = folder / room
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*LEFT_OUT))
    files, tests = ROOMS[room]
    lines = ["[mutmut]", "source_paths=", "    src/", "only_mutate=", *(f"    src/budgets/{f}" for f in files)]
    lines += ["pytest_add_cli_args_test_selection=", *(f"    tests/{t}" for t in tests)]
    slow = [f"--deselect=tests/{t}::{name}" for t in tests for name in SLOW.findall((ROOT / "tests" / t).read_text(encoding="utf-8"))]
    lines += ["pytest_add_cli_args=", *(f"    {one}" for one in (*PYTEST, *slow)), "also_copy=", *(f"    {name}" for name in ALSO)]
    (tree / "setup.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tree


def mutmut(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "BUDGETS_NUMBERED_CASES": "1"}
    return subprocess.run([sys.executable, "-m", "mutmut", *arguments], cwd=tree, env=environment, capture_output=True, text=True)


def outcomes(tree: Path) -> dict[str, int | None]:
    """The exit code of every mutant of the tree by its name; None where it was not tried."""
    found: dict[str, int | None] = {}
    for meta in sorted((tree / "mutants").rglob("*.meta")):
        found |= json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def sampled(names: Iterable[str], share: float, seed: int) -> list[str]:
    """The same *share* of the mutants of each function (at least one), drawn by *seed*."""
    by_function: dict[str, list[str]] = {}
    for name in names:
        by_function.setdefault(name.rpartition("__mutmut_")[0], []).append(name)
    draw = random.Random(seed)
    return [name for _, some in sorted(by_function.items()) for name in draw.sample(sorted(some), math.ceil(share * len(some)))]


def try_room(room: str, folder: Path, share: float, seed: int) -> Counter[str]:
    tree = copied(room, folder)
    # Mutants are made by any run; one that names none of them makes them all and tries none.
    first = mutmut(tree, "run", "--max-children", "1", "no.such.mutant*")
    names = outcomes(tree)
    if not names:
        raise SystemExit(f"{room}: mutmut made no mutants\n{first.stdout[-2000:]}{first.stderr[-2000:]}")
    chosen = sampled(names, share, seed)
    second = mutmut(tree, "run", "--max-children", "1", *chosen)
    after = outcomes(tree)
    if second.returncode:
        raise SystemExit(f"{room}: mutmut stopped\n{second.stdout[-2000:]}{second.stderr[-2000:]}")
    counted = Counter(OUTCOMES.get(code, "killed") if (code := after[name]) is not None else "not tried" for name in chosen)
    said = ", ".join(f"{n} {outcome}" for outcome, n in sorted(counted.items()))
    noticed = counted["killed"] + counted["timeout"]
    print(f"{room}: {len(chosen)} of {len(names)} mutants: {said}; {noticed / max(1, len(chosen) - counted['not tried']):.1%} noticed", flush=True)
    for name in chosen:
        if after[name] in (0, 33):
            print(f"\n--- {name}\n{mutmut(tree, 'show', name).stdout}", flush=True)
    return counted


def main() -> int:
    parser = argparse.ArgumentParser(description="Mutants of the core that the tests let live.")
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=f"{', '.join(ROOMS)} (default: all)")
    parser.add_argument("--share", type=float, default=0.2, help="share of the mutants of each function (default 0.2)")
    parser.add_argument("--seed", type=int, default=1, help="what the sample is drawn by")
    parser.add_argument("--keep", type=Path, help="folder for the working copies (default: a temporary one)")
    given = parser.parse_args()
    if unknown := set(given.rooms) - set(ROOMS):
        parser.error(f"no room {', '.join(sorted(unknown))}; there are {', '.join(ROOMS)}")
    with tempfile.TemporaryDirectory() as beside:
        total = Counter[str]()
        for room in given.rooms or list(ROOMS):
            total += try_room(room, given.keep or Path(beside), given.share, given.seed)
    noticed, tried = total["killed"] + total["timeout"], total.total() - total["not tried"]
    print(f"\nall: {noticed} of {tried} noticed, {noticed / max(1, tried):.1%}")
    return int(noticed < 0.9 * tried)


if __name__ == "__main__":
    sys.exit(main())

"""Rendering many reports, against the usual ways of doing it; both sides in one run, in seconds and as a ratio.

    python -m benchmarks.reports [--reports 243] [--sample]

``--sample`` runs the slowest peer on one report of each notebook and multiplies. Peers that are not part of the project
are installed in ``benchmarks/.venv``, which sees the project's libraries. Exit code 1 if a bound is not kept.
"""

import argparse
import json
import os
import shutil
import site
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from pathlib import Path

import yaml

from benchmarks.synthetic import edition, many_governments
from budgets.checkout import checkout, default_data
from budgets.clean import load
from budgets.reports.editions import read_editions
from budgets.reports.pools import cores

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
NOTEBOOKS = checkout() / "notebooks"
ENVIRONMENT = os.environ | {"PLOOMBER_STATS_ENABLED": "false", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--reports", type=int, default=243)
    options.add_argument("--sample", action="store_true")
    given = options.parse_args()
    print(f"{cores()} cores; seconds of the clock\n")
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        kept = [*default_edition(Path(place), given.sample), *many(Path(place), given.reports)]
    kept.append(line("help", clock([BIN / "budgets", "--help"]), 0.5, 1, "the half second it may take"))
    return int(not all(kept))


def default_edition(place: Path, sample: bool) -> list[bool]:
    """The default edition: cold, unchanged, and with one figure changed."""
    data = place / "data"
    for name in ("raw/press", "raw/reference", "rulings", "clean"):
        shutil.copytree(default_data() / name, data / name, ignore=shutil.ignore_patterns("budget_lines"))
    render = [BIN / "budgets", "render", "default", "--data", data, "--out", place / "out"]
    cold = clock(render)
    unchanged = clock(render)
    change(data / "raw" / "press" / "gyeonggi.csv")
    subprocess.run([BIN / "budgets", "build", "--data", data], check=True, capture_output=True)
    done = subprocess.run([*map(str, render)], capture_output=True, text=True, env=ENVIRONMENT)
    states = {one["report"]: one["state"] for one in map(json.loads, filter(lambda x: x.startswith("{"), done.stderr.splitlines()))}
    stock, said = command_lines(data, place / "stock", sample)
    kept = [
        line("default edition, cold", cold, stock, 30, said),
        line("nothing changed", unchanged, cold, 50, "the same edition cold"),
        line("nothing changed", unchanged, 1, 1, "the second it may take"),
    ]
    left = sorted(name for name, state in states.items() if state == "skipped")
    print(f"one figure of Gyeonggi changed: {Counter(states.values())['done']} of {len(states)} made; not {', '.join(left)}")
    return kept


def command_lines(data: Path, place: Path, sample: bool) -> tuple[float, str]:
    """``papermill`` and ``jupyter nbconvert``, one report after the other."""
    place.mkdir()
    (default,) = read_editions(checkout() / "reports" / "editions.toml", load(data), ("default",))
    weights = Counter(report.notebook for report in default.reports)
    seconds, seen = 0.0, set()
    for report in default.reports:
        if sample and report.notebook in seen:
            continue
        seen.add(report.notebook)
        parameters = yaml.safe_dump(report.parameters.model_dump() | {"data": str(data)}, allow_unicode=True)
        executed = place / f"{report.name}.ipynb"
        once = clock([BIN / "papermill", "-y", parameters, NOTEBOOKS / f"{report.notebook}.ipynb", executed])
        once += clock([BIN / "jupyter", "nbconvert", "--to", "html", executed])
        seconds += once * (weights[report.notebook] if sample else 1)
    return seconds, "papermill + jupyter nbconvert, command line" + (" (one of each notebook, multiplied)" if sample else "")


def many(place: Path, count: int) -> list[bool]:
    """`read_government` over many governments, against three pools of two."""
    data = place / "many"
    governments = many_governments(data, count)
    (place / "editions.toml").write_text(edition(governments), encoding="utf-8")
    ours = clock([sys.executable, "-m", "benchmarks.pool", "budgets", place, data, *governments])
    floor = clock([sys.executable, "-m", "benchmarks.pool", "floor", place, data, *governments])
    papermill = clock([sys.executable, "-m", "benchmarks.pool", "papermill", place, data, *governments])
    work = f"{count} reports"
    kept = [
        line(work, ours, papermill, 12, "papermill API in a pool of two + nbconvert API"),
        line(work, ours, floor, 1 / 1.6, "the floor: one warm process a core, no isolation"),
    ]
    try:
        peer = clock([peers(), "-m", "benchmarks.pool", "ploomber", place, data, *governments])
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"{work}: ploomber-engine not measured ({error})")
    else:
        kept.append(line(work, ours, peer, 1, "ploomber-engine in a pool of two + nbconvert API, not isolated"))
    return kept


def peers() -> Path:
    """The Python of the benchmark's own environment, made when first needed."""
    folder = HERE / ".venv"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        (packages,) = folder.glob("lib/python*/site-packages")
        (packages / "project.pth").write_text("\n".join([*site.getsitepackages(), str(checkout() / "src")]) + "\n")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", HERE / "requirements.txt"], check=True)
    return python


def change(path: Path) -> None:
    """Another word in the note of one figure."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[1] = lines[1].rstrip("\n") + " 다시 보았다.\n" if not lines[1].rstrip("\n").endswith('"') else lines[1].rstrip("\n")[:-1] + ' 다시 보았다."\n'
    path.write_text("".join(lines), encoding="utf-8")


def clock(command: list[object]) -> float:
    """Seconds a command takes. Raises `CalledProcessError` where it fails."""
    begin = time.perf_counter()
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, env=ENVIRONMENT, cwd=HERE.parent)
    if done.returncode:
        sys.stderr.write(done.stderr[-2000:])
        done.check_returncode()
    return time.perf_counter() - begin


def line(work: str, ours: float, other: float, bound: float, against: str) -> bool:
    """Print one ratio; is it at least *bound*?"""
    ratio = other / ours
    print(f"{work}: {ours:.2f} s; {against}: {other:.2f} s; {ratio:.2f} × (at least {bound:.3g} ×) {'kept' if ratio >= bound else 'NOT KEPT'}", flush=True)
    return ratio >= bound


if __name__ == "__main__":
    sys.exit(main())

"""Rendering many reports, against the usual ways of doing it; both sides in one run, in seconds and as a ratio.

    python -m benchmarks.reports [--reports 243] [--sample]

``--sample`` runs the slow peers on a part and multiplies: the command line on one report of each notebook, papermill's
pool on a tenth of the governments. Peers that are not part of the project
are installed in ``benchmarks/.venv``, which sees the project's libraries. Everything runs on a copy of the checkout with
an empty cache folder. The seconds of the processor stand beside those of the clock: on a busy machine they say more.
Exit code 1 if a bound is not kept.
"""

import argparse
import json
import os
import resource
import shutil
import site
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml
from benchmarks.synthetic import edition, many_governments

from budgets.checkout import checkout
from budgets.clean import load
from budgets.reports.editions import read_editions
from budgets.reports.pools import cores

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
BUDGETS = [sys.executable, "-c", "from budgets.cli import main; main()"]
ENVIRONMENT = os.environ | {"PLOOMBER_STATS_ENABLED": "false", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--reports", type=int, default=243)
    options.add_argument("--sample", action="store_true")
    given = options.parse_args()
    print(f"{cores()} cores; seconds of the clock (of the processor)\n")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        place = Path(folder)
        copy_checkout(place / "checkout")
        ENVIRONMENT.update(
            JUPYTER_PATH=str(BIN.parent / "share" / "jupyter"),
            PYTHONPATH=f"{place / 'checkout' / 'src'}{os.pathsep}{HERE.parent}",
            XDG_CACHE_HOME=str(place / "cache"),
        )
        kept = [line("budgets --help", clock([*BUDGETS, "--help"]), HALF, 1, "the half second it may take")]
        kept += [*default_edition(place, given.sample), *many(place, given.reports, given.sample)]
    return int(not all(kept))


@dataclass(frozen=True)
class Time:
    """Seconds of the clock and of the processor."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} s ({self.processor:.1f})"

    def __add__(self, other: "Time") -> "Time":
        return Time(self.clock + other.clock, self.processor + other.processor)

    def __mul__(self, times: float) -> "Time":
        return Time(self.clock * times, self.processor * times)


HALF, ONE = Time(0.5, 0.5), Time(1, 1)


def copy_checkout(to: Path) -> None:
    """What a run reads, where nobody works on it."""
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "exports", "budget_lines", "derived", "out")
    for name in ("src", "notebooks", "reports", "data"):
        shutil.copytree(checkout() / name, to / name, ignore=ignored)
    shutil.copy(checkout() / "requirements.lock", to)


def default_edition(place: Path, sample: bool) -> list[bool]:
    """The default edition: cold, unchanged, and with one figure changed."""
    data = place / "checkout" / "data"
    render = [*BUDGETS, "render", "default", "--out", place / "out"]
    cold = clock(render)
    unchanged = clock(render)
    change(data / "raw" / "press" / "gyeonggi.csv")
    clock([*BUDGETS, "build"])
    done = subprocess.run([*map(str, render)], capture_output=True, text=True, env=ENVIRONMENT, cwd=place)
    states = {one["report"]: one["state"] for one in map(json.loads, filter(lambda x: x.startswith("{"), done.stderr.splitlines()))}
    stock, said = command_lines(data, place / "stock", sample)
    kept = [
        line("default edition, cold", cold, stock, 30, said),
        line("nothing changed", unchanged, cold, 50, "the same edition cold"),
        line("nothing changed", unchanged, ONE, 1, "the second it may take"),
    ]
    left = sorted(name for name, state in states.items() if state == "skipped")
    print(f"one figure of Gyeonggi changed: {Counter(states.values())['done']} of {len(states)} made; not {', '.join(left)}")
    return kept


def command_lines(data: Path, place: Path, sample: bool) -> tuple[Time, str]:
    """``papermill`` and ``jupyter nbconvert``, one report after the other."""
    place.mkdir()
    (default,) = read_editions(place.parent / "checkout" / "reports" / "editions.toml", load(data), ("default",))
    weights = Counter(report.notebook for report in default.reports)
    seconds, seen = Time(0, 0), set()
    for report in default.reports:
        if sample and report.notebook in seen:
            continue
        seen.add(report.notebook)
        parameters = yaml.safe_dump(report.parameters.model_dump() | {"data": str(data)}, allow_unicode=True)
        executed = place / f"{report.name}.ipynb"
        once = clock(
            [
                BIN / "papermill",
                "-y",
                parameters,
                place.parent / "checkout" / "notebooks" / f"{report.notebook}.ipynb",
                executed,
            ]
        )
        once += clock([BIN / "jupyter", "nbconvert", "--to", "html", executed])
        seconds += once * (weights[report.notebook] if sample else 1)
    return seconds, "papermill + jupyter nbconvert, command line" + (" (one of each notebook, multiplied)" if sample else "")


def many(place: Path, count: int, sample: bool) -> list[bool]:
    """`read_government` over many governments, against three pools of two."""
    data = place / "many"
    governments = many_governments(data, count)
    (place / "editions.toml").write_text(edition(governments), encoding="utf-8")
    ours = clock([sys.executable, "-m", "benchmarks.pool", "budgets", place, data, *governments])
    floor = clock([sys.executable, "-m", "benchmarks.pool", "floor", place, data, *governments])
    some = governments[: max(24, count // 10)] if sample else governments
    papermill = clock([sys.executable, "-m", "benchmarks.pool", "papermill", place, data, *some]) * (count / len(some))
    work = f"{count} reports"
    said = "" if len(some) == count else f" ({len(some)} of them, multiplied)"
    kept = [
        line(work, ours, papermill, 12, f"papermill API in a pool of two + nbconvert API{said}"),
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
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", HERE / "requirements.txt"],
        check=True,
    )
    return python


def change(path: Path) -> None:
    """Another word in the note of one figure."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[1] = lines[1].rstrip("\n") + " 다시 보았다.\n" if not lines[1].rstrip("\n").endswith('"') else lines[1].rstrip("\n")[:-1] + ' 다시 보았다."\n'
    path.write_text("".join(lines), encoding="utf-8")


def clock(command: list[object]) -> Time:
    """What a command takes. Raises `CalledProcessError` where it fails."""
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, env=ENVIRONMENT)
    if done.returncode:
        sys.stderr.write(done.stderr[-2000:])
        done.check_returncode()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Time(time.perf_counter() - begin, processor)


def line(work: str, ours: Time, other: Time, bound: float, against: str) -> bool:
    """Print one ratio; is it at least *bound*?"""
    ratio, quiet = other.clock / ours.clock, other.processor / ours.processor
    verdict = "kept" if ratio >= bound else "NOT KEPT"
    print(
        f"{work}: {ours}; {against}: {other}; {ratio:.2f} × ({quiet:.1f}), at least {bound:.3g} ×: {verdict}",
        flush=True,
    )
    return ratio >= bound


if __name__ == "__main__":
    sys.exit(main())

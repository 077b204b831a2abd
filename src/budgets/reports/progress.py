"""How far a run is: one bar on a terminal, one JSON line for each report otherwise. Both go to standard error."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from budgets.reports.make import Made
from budgets.reports.render import Watch
from budgets.words import text


def state(made: Made) -> str:
    """``done``, ``failed`` or ``skipped``."""
    return "failed" if made.failed else "skipped" if made.skipped else "done"


def line(made: Made, done: int, total: int, language: str) -> str:
    """One report as one line of JSON."""
    said = {"report": made.name, "state": state(made), "done": done, "of": total}
    if made.failed:
        said |= {"cell": None if made.cell is None else made.cell + 1, "error": made.errors[language]}
    return json.dumps(said, ensure_ascii=False)


@contextmanager
def progress(language: str, stream: TextIO | None = None) -> Iterator[Watch]:
    """Something to tell of every report, for the time of a run."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield lambda made, done, total: print(line(made, done, total, language), file=stream, flush=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[counts]}"),
        TimeRemainingColumn(),
    )
    counts: Counter[str] = Counter()
    with Progress(*columns, console=Console(file=stream), transient=True) as bar:
        task = bar.add_task(text("render.working", language), total=None, counts="")

        def tell(made: Made, done: int, total: int) -> None:
            if done == 1:  # the next edition
                counts.clear()
            counts[state(made)] += 1
            said = " · ".join(f"{text(f'render.state.{one}', language)} {counts[one]}" for one in ("done", "failed", "skipped"))
            bar.update(task, completed=done, total=total, counts=said)
            if made.failed:
                bar.console.print(f"✗ {made.name}: {made.errors[language]}", markup=False)

        yield tell

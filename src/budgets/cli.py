"""The command line: ``budgets --help``. Heavy libraries are imported inside the commands, so that help is instant."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click
import typer

from budgets.errors import BudgetsError, UsageError
from budgets.words import LANGUAGES, text

if TYPE_CHECKING:
    from budgets.reports.render import Made

app = typer.Typer(
    name="budgets",
    help="Compare the AI budgets and AI targets of Korean regional governments: what may be compared, what may not, and why.\n\n"
    "한국 지방정부의 AI 예산과 목표를 정직하게 견줍니다.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Folder that holds raw/, rulings/ and clean/ (default: the checkout's data).")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for what is made.")]
Jobs = Annotated[int | None, typer.Option("--jobs", metavar="N", help="Reports made at once (default: one per core).")]
Pictures = Annotated[bool, typer.Option("--pictures", help="Also save every chart as PNG and SVG.")]
Editions = Annotated[list[str] | None, typer.Argument(metavar="[EDITION]…", help="Editions of reports/editions.toml (default: all).")]
OUT = Path("reports/out")


@app.callback()
def options(
    context: typer.Context,
    lang: Annotated[str, typer.Option("--lang", help="Language of messages: ko or en.")] = "ko",
) -> None:
    if lang not in LANGUAGES:
        raise click.BadParameter(f"{lang!r}: ko, en", param_hint="--lang")
    context.obj = lang


@app.command()
def report(context: typer.Context, data: Data = None, out: Out = OUT, jobs: Jobs = None, pictures: Pictures = False) -> None:
    """Build, verify, render and export: the main job."""
    build(context, data)
    verify(context, data)
    export(context, data, out)
    render(context, None, data, out, jobs, pictures)


@app.command()
def verify(
    context: typer.Context,
    data: Data = None,
    texts: Annotated[Path | None, typer.Option("--texts", metavar="DIR", help="Folder of source texts: look up every token at its place.")] = None,
) -> None:
    """Check that every figure still stands where we say it stands; change nothing."""
    from budgets.verification import verify as check

    found = check(data, texts)
    if found.faults:
        say(context, "verify.faults", n=len(found.faults), err=True)
        for fault in found.faults:
            typer.echo(f"  {fault.say(context.obj)}", err=True)
        raise typer.Exit(1)
    say(context, "verify.done", figures=found.figures, sources=found.sources, rulings=found.rulings)
    if texts is not None:
        say(context, "verify.texts", tokens=found.tokens, texts=found.texts)
    if len(found.sums):
        say(context, "verify.sums", n=len(found.sums))


@app.command()
def build(context: typer.Context, data: Data = None) -> None:
    """Rebuild data/clean from data/raw, byte for byte the same every time."""
    from budgets.clean import build as rebuild

    counts = rebuild(data)
    say(context, "build.done", tables=", ".join(f"{name} {n:,}" for name, n in counts.items()))


@app.command()
def render(
    context: typer.Context, edition: Editions = None, data: Data = None, out: Out = OUT, jobs: Jobs = None, pictures: Pictures = False
) -> None:
    """Run the notebooks of an edition with papermill and turn them into pages with an index."""
    from budgets.clean import default_data, load
    from budgets.reports.editions import read_editions
    from budgets.reports.render import checkout, said
    from budgets.reports.render import render as render_edition

    if jobs is not None and jobs < 1:
        raise UsageError("render.jobs", given=jobs)
    folder = (data or default_data()).resolve()
    tables = load(folder)
    failed = 0
    for one in read_editions(checkout() / "reports" / "editions.toml", tables, tuple(edition or ())):
        with progress_bar(context, len(one.reports)) as tick:
            made = render_edition(one, tables, data=folder, out=out.resolve(), jobs=jobs, pictures=pictures, progress=tick)
        wrong = [m for m in made if m.error is not None]
        say(context, "render.done", done=len(made) - len(wrong), out=out / one.name, index=out / one.name / "index.html")
        if wrong:
            failed += len(wrong)
            reports = {r.name: r for r in one.reports}
            say(context, "render.failed", n=len(wrong), err=True)
            for m in wrong:
                r = reports[m.name]
                say(context, "render.failure", name=m.name, notebook=r.notebook, parameters=said(r), cell=m.cell or "-", error=m.error, err=True)
    if failed:
        raise typer.Exit(1)


@app.command()
def export(context: typer.Context, data: Data = None, out: Out = OUT) -> None:
    """Write the workbook of the comparison, one for each edition."""
    from budgets.clean import default_data, load
    from budgets.reports.editions import read_editions
    from budgets.reports.export import export_edition
    from budgets.reports.render import checkout

    folder = (data or default_data()).resolve()
    tables = load(folder)
    for one in read_editions(checkout() / "reports" / "editions.toml", tables):
        say(context, "export.done", path=export_edition(one, tables, data=folder, out=out))


@app.command()
def classify(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A programme name per line (default: standard input).")] = None,
    data: Data = None,
) -> None:
    """Say of each programme name whether it is AI: scope, is_ai, rule and name, separated by tabs, in the same order."""
    from budgets.clean import default_data
    from budgets.rulings.classifier import classify_lines
    from budgets.sources.transcripts import read_lines

    lines = read_lines(file) if file else (line.decode("utf-8", errors="replace") for line in sys.stdin.buffer)
    for line in classify_lines(lines, terms=(data or default_data()) / "rulings" / "ai_terms.csv"):
        typer.echo(line)


class progress_bar:
    """One bar on a terminal; otherwise one JSON line a report on standard error."""

    def __init__(self, context: typer.Context, total: int) -> None:
        self.context, self.total = context, total

    def __enter__(self) -> Any:
        if not sys.stderr.isatty():
            return self.line
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self.bar.start()
        self.task = self.bar.add_task(text("render.working", self.context.obj), total=self.total)
        return self.tick

    def __exit__(self, *_: object) -> None:
        if hasattr(self, "bar"):
            self.bar.stop()

    def tick(self, made: "Made", done: int, total: int) -> None:
        self.bar.update(self.task, completed=done)
        if made.error:
            self.bar.console.print(f"✗ {made.name}: {made.error}", markup=False)

    def line(self, made: "Made", done: int, total: int) -> None:
        import json

        print(json.dumps({"report": made.name, "done": done, "of": total, "error": made.error}, ensure_ascii=False), file=sys.stderr, flush=True)


def say(context: typer.Context, key: str, /, *, err: bool = False, **fields: object) -> None:
    """A message of ours, in the language of the call."""
    typer.echo(text(key, context.obj, **fields), err=err)


def main() -> None:
    """Entry point: every wrong input ends in one clear message and an exit code, never in a traceback."""
    language = _language(sys.argv)
    try:
        app(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BudgetsError as error:
        typer.echo(error.say(language), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(1)


def _language(arguments: list[str]) -> str:
    for before, after in zip(arguments, [*arguments[1:], ""], strict=True):
        if (before == "--lang" and after == "en") or before == "--lang=en":
            return "en"
    return "ko"

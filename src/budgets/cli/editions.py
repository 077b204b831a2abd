"""The comparison and its editions: build the tables, verify them, make the reports, say what changed."""

from pathlib import Path
from typing import Annotated

import typer

from budgets.cli.options import OUT, Data, Out
from budgets.cli.telling import echo, say, say_strays
from budgets.errors import BudgetsError
from budgets.words import text

Jobs = Annotated[int | None, typer.Option("--jobs", metavar="N", help="Reports made at once (default: one per core).")]
Pictures = Annotated[bool, typer.Option("--pictures", help="Also save every chart as PNG and SVG.")]
Editions = Annotated[list[str] | None, typer.Argument(metavar="[EDITION]…", help="Editions of reports/editions.toml (default: all).")]


def report(context: typer.Context, data: Data = None, out: Out = OUT, jobs: Jobs = None, pictures: Pictures = False) -> None:
    """Build, verify, render and export: the main job."""
    from budgets.disk import check_folder

    try:
        check_folder(out)
    except OSError as error:
        raise BudgetsError("render.out", path=out, why=error) from None
    _built(context, data)
    verify(context, data=data)
    export(context, data, out)
    render(context, None, data, out, jobs, pictures)


def verify(
    context: typer.Context,
    edition: Annotated[Path | None, typer.Argument(metavar="[EDITION]", help="An edition's name or folder: make it again and compare.")] = None,
    data: Data = None,
    out: Out = OUT,
    texts: Annotated[Path | None, typer.Option("--texts", metavar="DIR", help="Folder of source texts: look up every token at its place.")] = None,
) -> None:
    """Check that every figure still stands where we say it stands, or that an edition can be made again; change nothing."""
    from budgets.checkout import default_data

    if edition is not None:
        from budgets.reports.again import edition_folder, made_again, told
        from budgets.reports.progress import progress

        with progress(context.obj) as watch:
            again = made_again(edition_folder(edition, out), (data or default_data()).resolve(), watch=watch)
        echo(*told(again, context.obj))
        raise typer.Exit(1 if again.differ else 0)
    from budgets.verification import verify as check

    found = check(data, texts)
    if found.faults:
        say(context, "verify.faults", n=len(found.faults), err=True)
        for fault in found.faults:
            typer.echo(f"  {fault.say(context.obj)}", err=True)
        say_strays(context, found.strays)
        raise typer.Exit(1)
    say(context, "verify.done", figures=found.figures, sources=found.sources, rulings=found.rulings)
    if texts is not None:
        say(context, "verify.texts", tokens=found.tokens, texts=found.texts)
    if len(found.sums):
        partial = int((found.sums["finding"] == "partial").sum())
        say(context, "verify.sums", n=len(found.sums) - partial, partial=partial)
    say_strays(context, found.strays)


def build(context: typer.Context, data: Data = None) -> None:
    """Rebuild data/clean from data/raw, byte for byte the same every time."""
    from budgets.checkout import default_data
    from budgets.verification import strays

    _built(context, data)
    say_strays(context, strays(data or default_data()))


def _built(context: typer.Context, data: Path | None) -> None:
    from budgets.clean import build as rebuild

    counts = rebuild(data)
    say(context, "build.done", tables=", ".join(f"{name} {n:,}" for name, n in counts.items()))


def render(
    context: typer.Context,
    edition: Editions = None,
    data: Data = None,
    out: Out = OUT,
    jobs: Jobs = None,
    pictures: Pictures = False,
    force: Annotated[bool, typer.Option("--force", help="Make every report anew, also the unchanged.")] = False,
    engine: Annotated[
        str, typer.Option("--engine", metavar="warm|papermill", help="warm: forks of a warm process. papermill: a kernel started for each report.")
    ] = "warm",
    scheduler: Annotated[str | None, typer.Option("--scheduler", metavar="tcp://…", help="Make the reports on this dask.distributed cluster.")] = None,
) -> None:
    """Run the notebooks of an edition with papermill and turn them into pages with an index; only what changed."""
    from budgets.checkout import default_data
    from budgets.reports.forks import can_fork
    from budgets.reports.progress import progress
    from budgets.reports.render import Options
    from budgets.reports.render import render as render_editions

    if engine == "warm" and not can_fork():
        say(context, "engine.no_fork", err=True)
    folder = (data or default_data()).resolve()
    options = Options(jobs, engine, force, pictures, scheduler)
    failed = 0
    with progress(context.obj) as watch:
        rendered = list(render_editions(tuple(edition or ()), data=folder, out=out.resolve(), options=options, watch=watch))
    for one in rendered:
        made = len(one.made) - len(one.failed) - one.skipped
        say(context, "render.done", done=made, out=out / one.name, index=out / one.name / "index.html")
        if one.skipped:
            say(context, "render.skipped", n=one.skipped)
        if one.failed:
            failed += len(one.failed)
            say(context, "render.failed", n=len(one.failed), err=True)
        for m in one.failed:
            notebook, parameters = one.said[m.name]
            cell = "-" if m.cell is None else m.cell + 1
            say(context, "render.failure", name=m.name, notebook=notebook, parameters=parameters, cell=cell, error=m.errors[context.obj], err=True)
    if failed:
        raise typer.Exit(1)


def export(context: typer.Context, data: Data = None, out: Out = OUT) -> None:
    """Write the workbook of the comparison, one for each edition."""
    from budgets.checkout import checkout, default_data
    from budgets.clean import load
    from budgets.reports.editions import read_editions
    from budgets.reports.export import export_edition

    folder = (data or default_data()).resolve()
    tables = load(folder)
    for one in read_editions(checkout() / "reports" / "editions.toml", tables):
        say(context, "export.done", path=export_edition(one, tables, data=folder, out=out))


def diff(
    context: typer.Context,
    old: Annotated[Path, typer.Argument(metavar="OLD", help="An edition's folder, or a folder of data: as it was.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The same, as it is now.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the errata as .html, .xlsx, .csv or .txt.")] = None,
) -> None:
    """List what differs between two editions or states of the data, and explain every number that changed: a 정오표."""
    from budgets.reports.difference import check_format, difference, write
    from budgets.revisions import lead, lines

    if out is not None:
        check_format(out)
    found = difference(old, new)
    if out is None:
        typer.echo("\n".join(lines(found, context.obj)))
        return
    write(out, found, subtitle=text("revisions.say.subtitle", context.obj, old=old.name, new=new.name), language=context.obj)
    typer.echo(lead(found, context.obj))
    say(context, "revisions.say.written", path=out, err=True)

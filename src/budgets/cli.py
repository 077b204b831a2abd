"""The command line: ``budgets --help``. Heavy libraries are imported inside the commands, so that help is instant."""

import datetime
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from budgets.errors import BudgetsError, UsageError, told
from budgets.late import late_grammar
from budgets.words import LANGUAGES, text

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
        raise typer.BadParameter(f"{lang!r}: ko, en", param_hint="--lang")
    context.obj = lang


@app.command()
def report(context: typer.Context, data: Data = None, out: Out = OUT, jobs: Jobs = None, pictures: Pictures = False) -> None:
    """Build, verify, render and export: the main job."""
    from budgets.disk import check_folder

    try:
        check_folder(out)
    except OSError as error:
        raise BudgetsError("render.out", path=out, why=error) from None
    build(context, data)
    verify(context, data=data)
    export(context, data, out)
    render(context, None, data, out, jobs, pictures)


@app.command()
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
    from budgets.reader.desk import check_rules
    from budgets.verification import verify as check

    check_rules(data or default_data())
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
        partial = int((found.sums["finding"] == "partial").sum())
        say(context, "verify.sums", n=len(found.sums) - partial, partial=partial)


@app.command()
def build(context: typer.Context, data: Data = None) -> None:
    """Rebuild data/clean from data/raw, byte for byte the same every time."""
    from budgets.checkout import default_data
    from budgets.clean import build as rebuild
    from budgets.reader.desk import check_rules

    check_rules(data or default_data())
    counts = rebuild(data)
    say(context, "build.done", tables=", ".join(f"{name} {n:,}" for name, n in counts.items()))


@app.command()
def render(
    context: typer.Context,
    edition: Editions = None,
    data: Data = None,
    out: Out = OUT,
    jobs: Jobs = None,
    pictures: Pictures = False,
    force: Annotated[bool, typer.Option("--force", help="Make every report anew, also the unchanged.")] = False,
    engine: Annotated[str, typer.Option("--engine", metavar="warm|papermill", help="warm: forks of a warm process. papermill: a kernel started for each report.")] = "warm",
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
            say(context, "render.failure", name=m.name, notebook=notebook, parameters=parameters, cell=cell, error=m.error, err=True)
    if failed:
        raise typer.Exit(1)


@app.command()
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


fetching = typer.Typer(help="Fetch official figures from an API.", no_args_is_help=True)
importing = typer.Typer(help="Take in official files that a person downloaded.", no_args_is_help=True)
app.add_typer(fetching, name="fetch")
app.add_typer(importing, name="import")
Day = Annotated[str | None, typer.Option("--date", metavar="YYYYMMDD", help="Date of the snapshot.")]


@fetching.command("lofin")
def fetch_lofin(
    context: typer.Context,
    year: Annotated[int, typer.Option("--year", metavar="Y", help="Fiscal year.")],
    government: Annotated[list[str] | None, typer.Option("--government", metavar="G", help="Only this government (may be repeated).")] = None,
    date: Day = None,
    data: Data = None,
) -> None:
    """Fetch a year of 지방재정365 (세부사업별 세출현황 and totals). The key comes from LOFIN_API_KEY."""
    from budgets.lines import fetch

    finish(context, fetch(year, tuple(government or ()), _day(date), data))


@importing.command("lofin")
def import_lofin(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE …", help="CSV, CSV.gz, XLSX or a folder of JSON pages.")],
    year: Annotated[int | None, typer.Option("--year", metavar="Y", help="Fiscal year, where the file does not say it.")] = None,
    date: Day = None,
    data: Data = None,
) -> None:
    """Take in 세부사업별 세출현황: one snapshot a year, whole or not at all."""
    from budgets.lines import import_lofin as take

    finish(context, take(files, data, year=year, snapshot=_day(date)))


@importing.command("kosis")
def import_kosis(context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE")], data: Data = None) -> None:
    """Take in a table of KOSIS: residents by government, or the consumer price index."""
    from budgets.lines import import_kosis as take

    finish(context, take(file, data))


def _day(given: str | None) -> datetime.date | None:
    if given is None:
        return None
    try:
        return datetime.datetime.strptime(given.replace("-", ""), "%Y%m%d").date()
    except ValueError:
        raise UsageError("cli.day", given=given) from None


def finish(context: typer.Context, done: Any) -> None:
    """Say what a report says, and leave with its exit code."""
    typer.echo(done.say(context.obj))
    if done.exit_code:
        raise typer.Exit(done.exit_code)


@app.command()
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


@app.command()
def classify(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A programme name per line (default: standard input).")] = None,
    data: Data = None,
) -> None:
    """Say of each programme name whether it is AI: scope, is_ai, rule and name, separated by tabs, in the same order."""
    from budgets.checkout import default_data
    from budgets.rulings.classifier import classify_lines
    from budgets.sources.transcripts import read_lines

    lines = read_lines(file) if file else (line.decode("utf-8", errors="replace") for line in sys.stdin.buffer)
    for line in classify_lines(lines, terms=(data or default_data()) / "rulings" / "ai_terms.csv"):
        typer.echo(line)


@app.command()
def read(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE|-", help="An article: text, HTML, PDF or DOCX; - is standard input.")],
    published: Annotated[str | None, typer.Option("--published", metavar="DATE", help="Day of publication, where the text does not print it.")] = None,
    government: Annotated[str | None, typer.Option("--government", metavar="G", help="Government, where the text names none (such as incheon).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Proposals as JSON.")] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE.xlsx", help="Write the proposals as an entry workbook.")] = None,
    page: Annotated[Path | None, typer.Option("--page", metavar="FILE.html", help="Write the text with the proposals marked in place.")] = None,
    strike: Annotated[str | None, typer.Option("--strike", metavar="N,N", help="Leave these proposals out.")] = None,
    data: Data = None,
) -> None:
    """Read an article and propose figures, each value with the words it rests on; decide nothing, store nothing."""
    import json

    from budgets.reader.desk import checkout_data, entries_of, read_file, struck, write
    from budgets.reader.listing import listing
    from budgets.reader.records import as_json as record

    if out is not None and out.suffix.lower() != ".xlsx":
        raise UsageError("intake.template.suffix", path=out)
    folder = data or checkout_data()
    article, reading = read_file(None if str(file) == "-" else file, folder, published=published, government=government)
    whole, reading = reading, struck(reading, strike)
    if as_json:
        typer.echo(json.dumps(record(reading, article), ensure_ascii=False, indent=1))
    elif not (out or page):
        for line in listing(reading, article.name, context.obj):
            typer.echo(line)
    for warning in reading.warnings:
        say(context, f"reader.warning.{warning}", err=True)
    if page:
        from budgets.page.marked import marked_page

        write(page, marked_page(whole, article.name, context.obj, reading.proposals).encode("utf-8"))
        say(context, "reader.paged", path=page, err=True)
    if out:
        from budgets.clean import load
        from budgets.sources.workbooks.template import template

        write(out, template(load(folder), context.obj, proposals=entries_of(article, reading, folder)))
        say(context, "reader.written", n=len(reading.proposals), path=out, err=True)


@app.command()
def template(context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE.xlsx")], data: Data = None) -> None:
    """Write the workbook in which figures are entered."""
    from budgets.clean import load
    from budgets.sources.workbooks import template as make
    from budgets.sources.workbooks.painting import save

    if file.suffix.lower() != ".xlsx":
        raise UsageError("intake.template.suffix", path=file)
    if file.exists():
        raise UsageError("intake.template.exists", path=file)
    save(file, make(load(data), context.obj))
    say(context, "intake.template.made", path=file)


@app.command()
def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A filled-in template, or a budget table (.xlsx, .xls, .csv, HTML).")],
    data: Data = None,
    painted: Annotated[Path | None, typer.Option("--painted", metavar="OUT.xlsx", help="The same workbook with every fault coloured and explained.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The result for programs, on standard output.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="The table was understood rightly: do not ask.")] = False,
    mapping: Annotated[Path | None, typer.Option("--mapping", metavar="FILE.toml", help="What the table does not say itself.")] = None,
) -> None:
    """Say everything that is wrong with a workbook, cell by cell; change nothing."""
    from budgets.intake.handing import checked_file, told

    result = checked_file(file, data, mapping, painted, context.obj)
    echo(*told(result, context.obj, as_json=as_json, ask="" if yes or mapping else "intake.check.confirm"))
    if result.faults:
        raise typer.Exit(1)


@app.command()
def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A filled-in template, or a budget table (.xlsx, .xls, .csv, HTML).")],
    data: Data = None,
    yes: Annotated[bool, typer.Option("--yes", help="The table was understood rightly: add it.")] = False,
    mapping: Annotated[Path | None, typer.Option("--mapping", metavar="FILE.toml", help="What the table does not say itself.")] = None,
) -> None:
    """Add the figures of a workbook in which nothing is wrong to data/raw and data/rulings, and rebuild data/clean."""
    from budgets.checkout import default_data
    from budgets.disk import finish_begun
    from budgets.intake.adding import add as put
    from budgets.intake.handing import checked_file, told

    finish_begun(data or default_data())  # rows of which only a part was moved in would look like contradictions
    result = checked_file(file, data, mapping, None, context.obj)
    confirmed = yes or mapping is not None or not result.ledgers
    echo(*told(result, context.obj, ask="" if confirmed else "intake.add.confirm"))
    if result.faults:
        say(context, "intake.add.faults", n=len(result.faults), err=True)
    if result.faults or not confirmed:
        raise typer.Exit(1)
    done = put(result, data)
    if done.total:
        say(context, "intake.add.done", n=done.total, files=", ".join(f"{name} +{n}" for name, n in done.rows.items()))
    else:
        say(context, "intake.add.nothing", n=len(result.rows))


def echo(out: str, err: str) -> None:
    """Lines for standard output and for standard error, where there are any."""
    for lines, to_err in ((out, False), (err, True)):
        if lines:
            typer.echo(lines, err=to_err)


def say(context: typer.Context, key: str, /, *, err: bool = False, **fields: object) -> None:
    """A message of ours, in the language of the call."""
    typer.echo(text(key, context.obj, **fields), err=err)


def main() -> None:
    """Entry point: every wrong input ends in one clear message and an exit code, never in a traceback."""
    language = _language(sys.argv)
    late_grammar()
    try:
        app()  # typer itself says what is wrong with the usage (exit code 2)
    except BudgetsError as error:
        typer.echo(error.say(language), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(1)
    except OSError as error:  # the disk or the system refused what nobody expected it to
        typer.echo(text("disk.refused", language, path=error.filename or "-", why=told(error, language)), err=True)
        sys.exit(1)
    except MemoryError:
        typer.echo(text("disk.memory", language), err=True)
        sys.exit(1)


def _language(arguments: list[str]) -> str:
    for before, after in zip(arguments, [*arguments[1:], ""], strict=True):
        if (before == "--lang" and after == "en") or before == "--lang=en":
            return "en"
    return "ko"

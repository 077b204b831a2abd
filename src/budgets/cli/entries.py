"""Figures that a person enters: read an article, write the workbook, check it, add it."""

from pathlib import Path
from typing import Annotated

import typer

from budgets.cli.options import Data
from budgets.cli.telling import echo, say
from budgets.errors import UsageError

Filled = Annotated[Path, typer.Argument(metavar="FILE", help="A filled-in template, or a budget table (.xlsx, .xls, .csv, HTML).")]
Mapping = Annotated[Path | None, typer.Option("--mapping", metavar="FILE.toml", help="What the table does not say itself.")]


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

    from budgets.checkout import default_data
    from budgets.cli.targets import free_book, refuse_targets
    from budgets.reader.desk import entries_of, read_file, struck, write
    from budgets.reader.listing import listing
    from budgets.reader.records import as_json as record

    path = None if str(file) == "-" else file
    refuse_targets(path, out, page)
    folder = data or default_data()
    article, reading = read_file(path, folder, published=published, government=government)
    whole, reading = reading, struck(reading, strike)
    if as_json:
        typer.echo(json.dumps(record(reading, article), ensure_ascii=False, indent=1))
    elif not (out or page):
        for line in listing(reading, article.name, context.obj):
            typer.echo(line)
    for warning in reading.warnings:
        say(context, f"reader.warning.{warning}", err=True)
    if page:
        from budgets.page.marked import Again, marked_page

        again = Again(file, published, government, data, free_book(article.name, out))
        write(page, marked_page(whole, article.name, context.obj, reading.proposals, again=again).encode("utf-8"))
        say(context, "reader.paged", path=page, err=True)
    if out:
        from budgets.clean import load
        from budgets.sources.workbooks.template import template

        write(out, template(load(folder), context.obj, proposals=entries_of(article, reading, folder, context.obj)))
        say(context, "reader.written", n=len(reading.proposals), path=out, err=True)


def template(context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE.xlsx")], data: Data = None) -> None:
    """Write the workbook in which figures are entered."""
    if file.suffix.lower() != ".xlsx":
        raise UsageError("intake.template.suffix", path=file)
    if file.exists():
        raise UsageError("intake.template.exists", path=file)
    from budgets.clean import load
    from budgets.sources.workbooks import template as make
    from budgets.sources.workbooks.painting import save

    save(file, make(load(data), context.obj))
    say(context, "intake.template.made", path=file)


def check(
    context: typer.Context,
    file: Filled,
    data: Data = None,
    painted: Annotated[Path | None, typer.Option("--painted", metavar="OUT.xlsx", help="The same workbook with every fault coloured and explained.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The result for programs, on standard output.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="The table was understood rightly: do not ask.")] = False,
    mapping: Mapping = None,
) -> None:
    """Say everything that is wrong with a workbook, cell by cell; change nothing."""
    from budgets.intake.handing import checked_file, told

    result = checked_file(file, data, mapping, painted, context.obj)
    echo(*told(result, context.obj, as_json=as_json, ask="" if yes or mapping else "intake.check.confirm"))
    if result.faults:
        raise typer.Exit(1)


def add(
    context: typer.Context,
    file: Filled,
    data: Data = None,
    yes: Annotated[bool, typer.Option("--yes", help="The table was understood rightly: add it.")] = False,
    mapping: Mapping = None,
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

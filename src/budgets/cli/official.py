"""Official figures: fetch them, take in what a person downloaded, say which programmes are AI."""

import datetime
import sys
from pathlib import Path
from typing import Annotated

import typer

from budgets.cli.options import Data
from budgets.cli.telling import finish
from budgets.errors import UsageError

fetching = typer.Typer(help="Fetch official figures from an API.", no_args_is_help=True)
importing = typer.Typer(help="Take in official files that a person downloaded.", no_args_is_help=True)
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
    day = _day(date)
    from budgets.lines import fetch

    finish(context, fetch(year, tuple(government or ()), day, data))


@importing.command("lofin")
def import_lofin(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE …", help="CSV, CSV.gz, XLSX or a folder of JSON pages.")],
    year: Annotated[int | None, typer.Option("--year", metavar="Y", help="Fiscal year, where the file does not say it.")] = None,
    date: Day = None,
    data: Data = None,
) -> None:
    """Take in 세부사업별 세출현황: one snapshot a year, whole or not at all."""
    day = _day(date)
    from budgets.lines import import_lofin as take

    finish(context, take(files, data, year=year, snapshot=day))


@importing.command("kosis")
def import_kosis(context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE")], data: Data = None) -> None:
    """Take in a table of KOSIS: residents by government, or the consumer price index."""
    from budgets.lines import import_kosis as take

    finish(context, take(file, data))


def classify(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE|-]", help="A programme name per line (default, and -: standard input).")] = None,
    data: Data = None,
) -> None:
    """Say of each programme name whether it is AI: scope, is_ai, rule and name, separated by tabs, in the same order."""
    from budgets.checkout import default_data
    from budgets.rulings.classifier import classify_lines
    from budgets.sources.transcripts import read_lines, stream_lines

    lines = stream_lines(sys.stdin.buffer) if file is None or str(file) == "-" else read_lines(file)
    for line in classify_lines(lines, terms=(data or default_data()) / "rulings" / "ai_terms.csv"):
        typer.echo(line)


def _day(given: str | None) -> datetime.date | None:
    if given is None:
        return None
    try:
        return datetime.datetime.strptime(given.replace("-", ""), "%Y%m%d").date()
    except ValueError:
        raise UsageError("cli.day", given=given) from None

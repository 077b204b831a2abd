"""The command line: ``budgets --help``. Heavy libraries are imported inside the commands, so that help is instant.

The verbs stand by what they are about, in `editions`, `official` and `entries`; here they are put together.
"""

import sys
from typing import Annotated

import typer

from budgets.cli.editions import build, diff, export, render, report, verify
from budgets.cli.entries import add, check, read, template
from budgets.cli.official import classify, fetching, importing
from budgets.errors import BudgetsError, told
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
for verb in (report, verify, build, render, export, diff, classify, read, template, check, add):
    app.command()(verb)
app.add_typer(fetching, name="fetch")
app.add_typer(importing, name="import")


@app.callback()
def choose_language(
    context: typer.Context,
    lang: Annotated[str, typer.Option("--lang", help="Language of messages: ko or en.")] = "ko",
) -> None:
    if lang not in LANGUAGES:
        raise typer.BadParameter(f"{lang!r}: ko, en", param_hint="--lang")
    context.obj = lang


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

"""What a command says, and to whom: standard output, standard error, the exit code."""

from collections.abc import Sequence
from typing import Any

import typer

from budgets.words import text


def say(context: typer.Context, key: str, /, *, err: bool = False, **fields: object) -> None:
    """A message of ours, in the language of the call."""
    typer.echo(text(key, context.obj, **fields), err=err)


def echo(out: str, err: str) -> None:
    """Lines for standard output and for standard error, where there are any."""
    for lines, to_err in ((out, False), (err, True)):
        if lines:
            typer.echo(lines, err=to_err)


def say_strays(context: typer.Context, names: Sequence[str], most: int = 12) -> None:
    """A remark on files that nobody reads, on standard error; nothing where there are none."""
    if names:
        shown = ", ".join(names[:most]) + (" …" if len(names) > most else "")
        say(context, "verify.strays", n=len(names), files=shown, err=True)


def finish(context: typer.Context, done: Any) -> None:
    """Say what a report says, and leave with its exit code."""
    typer.echo(done.say(context.obj))
    if done.exit_code:
        raise typer.Exit(done.exit_code)

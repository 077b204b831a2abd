"""What may be opened to be read: files that end."""

import re
from contextlib import suppress
from pathlib import Path

from budgets.errors import DataError

_GIVEN = re.compile(r"/dev/stdin|/(?:dev|proc/self)/fd/[0-9]+")
"""Streams this process was started with, ``<(…)`` among them: somebody writes there."""


def given_stream(path: Path) -> bool:
    """Does *path* name a stream this process was started with, and no file?"""
    return _GIVEN.fullmatch(str(path)) is not None


def refuse_endless(path: Path) -> None:
    """Raise `DataError` for a pipe, a socket or a device: opening it may wait for ever, and it may never end.

    What is not there, or cannot be looked at, is left to whoever opens it.
    """
    if given_stream(path):
        return
    with suppress(OSError):
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise DataError("file.endless", path=path)

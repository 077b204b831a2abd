"""What may be opened to be read: files that end."""

from contextlib import suppress
from pathlib import Path

from budgets.errors import DataError


def refuse_endless(path: Path) -> None:
    """Raise `DataError` for a pipe, a socket or a device: opening it may wait for ever, and it may never end.

    What is not there, or cannot be looked at, is left to whoever opens it.
    """
    with suppress(OSError):
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise DataError("file.endless", path=path)

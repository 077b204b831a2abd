"""The edition that stood in a folder before: whole again where the system refuses to write the new one."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from budgets.disk import forget, remember, remembered, settle_before, take_back
from budgets.errors import BudgetsError

PLACES = ("*.html", "manifest.json", "manifest.journal", "notebooks/*", "pictures/*", "data/**/*", "previous/**/*")
"""What a run of `render` writes in the folder of an edition."""
UNWRITABLE = frozenset(
    getattr(errno, name, 0)
    for name in ("EACCES", "EBUSY", "EDQUOT", "EFBIG", "EIO", "ENOSPC", "EPERM", "EROFS", "ESTALE", "ETXTBSY")
)
"""What the system says of a file that it does not let us write."""


def refused(error: BaseException) -> bool:
    """Is this the system that does not let us write, and no fault of a report?"""
    return isinstance(error, OSError) and error.errno in UNWRITABLE


def settle_older(folder: Path) -> None:
    """Finish what a run that was killed began when it put the older edition back."""
    settle_before(folder, written)


@contextmanager
def older_stands(folder: Path, *, ended: bool) -> Iterator[None]:
    """While the block writes a new edition in *folder*, keep the older one, if there is one whose run has *ended*; or
    the one before a run that was killed. An OSError puts it back whole and becomes a `BudgetsError` that says so."""
    if ended and not remembered(folder):
        remember(folder, written)
    try:
        yield
    except OSError as error:
        if not remembered(folder):
            raise
        take_back(folder, written)
        raise BudgetsError("render.older_stands", path=folder, why=error) from None


def new_counts(folder: Path) -> None:
    """The new edition is there to the last file; there is no way back."""
    forget(folder)


def written(folder: Path) -> Iterator[Path]:
    """The files of an edition that its runs write."""
    yield from (path for place in PLACES for path in folder.glob(place) if path.is_file())

"""The edition that stood in a folder before: whole again where the system refuses to write the new one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from budgets.disk import remember, remembered, take_back
from budgets.errors import BudgetsError

PLACES = ("*.html", "manifest.json", "manifest.journal", "notebooks/*", "pictures/*", "data/**/*", "previous/**/*")
"""What a run of `render` writes in the folder of an edition."""


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


def written(folder: Path) -> Iterator[Path]:
    """The files of an edition that its runs write."""
    yield from (path for place in PLACES for path in folder.glob(place) if path.is_file())

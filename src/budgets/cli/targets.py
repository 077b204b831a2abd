"""Where ``read`` may write: over nothing that a person may want to keep."""

from contextlib import suppress
from itertools import count
from pathlib import Path

from budgets.errors import UsageError

PAGES = (".html", ".htm")


def refuse_targets(article: Path | None, out: Path | None, page: Path | None) -> None:
    """Raise `UsageError` for a workbook that is there already, and for a page that would stand in another file's place.

    A page that ``read`` wrote is replaced: it holds nothing that a person entered.
    """
    if out is not None and out.suffix.lower() != ".xlsx":
        raise UsageError("intake.template.suffix", path=out)
    if out is not None and (out.exists() or out.is_symlink()):
        raise UsageError("intake.template.exists", path=out)
    if page is None:
        return
    if not {page.suffix.lower(), page.resolve().suffix.lower()} <= set(PAGES):
        raise UsageError("reader.target.suffix", path=page)
    with suppress(OSError):  # what cannot be looked at cannot be written either, and is said then
        if article is not None and page.exists() and page.samefile(article):
            raise UsageError("reader.target.article", path=page)
        if page.is_file() and not _marked(page):
            raise UsageError("reader.target.other", path=page)


def free_book(name: str, out: Path | None) -> Path:
    """A workbook that is not there yet, called like the article and none of *out*: for the command that the page gives."""
    stem = "article" if name == "-" else name.rsplit(".", 1)[0]
    names = (Path(f"{stem}.xlsx" if n == 1 else f"{stem}-{n}.xlsx") for n in count(1))
    return next(path for path in names if not path.exists() and (out is None or path.resolve() != out.resolve()))


def _marked(page: Path) -> bool:
    """Did ``read`` write this page?"""
    from budgets.page.marked import SIGN

    return SIGN in page.read_bytes()

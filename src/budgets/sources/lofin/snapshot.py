"""All pages of a query, or nothing.

Pages are kept, as they came, in a private folder ``.partial-<name>`` until the last has arrived; a call that was cut
off (limit of the day, power, kill −9) is taken up at the missing page. Nobody reads that folder but this module.
"""

import gzip
import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from budgets.disk import write_whole
from budgets.errors import DataError
from budgets.sources.lofin.client import Client
from budgets.sources.lofin.envelope import LIMIT, EnvelopeError, Page, parse_page

SIZE = 1000
RESTARTS = 1
Progress = Callable[[int, int], None]


class Paused(Exception):  # noqa: N818 - no error: a pause
    """The limit of the day is reached; ``pages`` of ``of`` pages of the query at hand are kept."""

    def __init__(self, pages: int, of: int | None) -> None:
        super().__init__(LIMIT)
        self.pages, self.of = pages, of


@dataclass(frozen=True)
class Query:
    """An API, its arguments (without the key), and the columns that tell its rows apart."""

    name: str
    code: str
    arguments: Mapping[str, str]
    key: tuple[str, ...]


class _Moved(Exception):  # noqa: N818 - not passed on
    """The rows changed while they were fetched."""


def collect(client: Client, query: Query, folder: Path, *, size: int = SIZE, progress: Progress | None = None) -> int:
    """Fetch what is missing of *query* into *folder*; return the number of rows, all of them there.

    Raises `Paused` at the limit of the day, `EnvelopeError` or `DataError` where the server does not answer, and
    `DataError` where its rows will not stand still. What has come stays for the next call in the first three cases.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for _ in range(RESTARTS + 1):
        try:
            return _collect(client, query, folder, size, progress)
        except _Moved:
            for path in _pages(folder, query):
                path.unlink()
    raise DataError("lofin.moving", code=query.code)


def _collect(client: Client, query: Query, folder: Path, size: int, progress: Progress | None) -> int:
    seen = _Seen(query)
    number = 0
    while seen.total is None or number * size < seen.total:
        number += 1
        path = folder / f"{query.name}-{number:05d}.json.gz"
        page = _kept(path, query.code, number, size)
        if page is not None:
            seen.add(page)
        else:
            seen.add_first_fitting(_asked(client, query, number, size, seen.total), path)
        if progress:
            progress(number, max(1, -(-(seen.total or 0) // size)))
    return seen.total


def _asked(client: Client, query: Query, number: int, size: int, total: int | None) -> Iterator[tuple[Page, bytes]]:
    """The page, and once more in case it was another page by mistake."""
    for _ in range(2):
        try:
            yield client.page(query.code, query.arguments, number, size)
        except EnvelopeError as error:
            if error.kind == "limit":
                raise Paused(number - 1, None if total is None else -(-total // size)) from None
            raise


class _Seen:
    """The rows that have come: none may come twice, be it a page repeated or rows that slid to the next page."""

    def __init__(self, query: Query) -> None:
        self._key, self._rows = query.key, set[tuple[Any, ...]]()
        self.total: int | None = None

    def add(self, page: Page) -> None:
        keys = {tuple(row.get(column) for column in self._key) for row in page.rows}
        if page.total != (page.total if self.total is None else self.total) or len(keys) != len(page.rows) or keys & self._rows:
            raise _Moved
        self.total = page.total
        self._rows |= keys

    def add_first_fitting(self, answers: Iterable[tuple[Page, bytes]], path: Path) -> None:
        """Add and keep the first answer that goes with the pages before."""
        for page, body in answers:
            try:
                self.add(page)
            except _Moved:
                continue
            write_whole(path, gzip.compress(body, mtime=0))
            return
        raise _Moved


def _kept(path: Path, code: str, number: int, size: int) -> Page | None:
    """A page fetched before, if it is whole."""
    try:
        page = parse_page(code, gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, EnvelopeError, ValueError):
        return None
    return page if len(page.rows) == max(0, min(size, page.total - (number - 1) * size)) else None


def _pages(folder: Path, query: Query) -> list[Path]:
    return sorted(folder.glob(f"{query.name}-*.json.gz"))


def set_aside(partial: Path) -> Path:
    """Keep refused pages for whoever wants to see why; they are never read again, and the next call starts anew."""
    refused = partial.with_name(partial.name.replace(".partial-", ".refused-"))
    shutil.rmtree(refused, ignore_errors=True)
    partial.rename(refused)
    return refused


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every page of a folder."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if not path.name.startswith(".") and path.suffix == ".gz"
    }

"""What a path holds — one CSV file, one workbook, a folder of JSON pages — and its rows as `Raw`.

The first bytes decide, not the name: a CSV renamed to .xls is a CSV.
"""

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from budgets.disk import refuse_endless
from budgets.errors import DataError
from budgets.sources.lofin.delimited import read_delimited
from budgets.sources.lofin.pages import read_pages
from budgets.sources.lofin.raw import Raw
from budgets.sources.lofin.workbook import LARGEST, read_workbook

SMALL, DENSEST = 1 << 26, 200
"""Bytes any file may unpack to, and how many times larger than it is packed a larger one may be; honest files stay below 20."""
ENDINGS = (".csv", ".csv.gz", ".json", ".json.gz", ".xlsx", ".xls")


@dataclass(frozen=True)
class Input:
    """One thing to read: a file, or JSON pages that belong together."""

    name: str
    files: tuple[Path, ...]


def inputs(paths: Iterable[Path]) -> list[Input]:
    """The inputs under *paths*. A folder's JSON files are one input, each of its other files one.

    Raises `DataError` for a path that is missing, and for a folder without a file of a known kind.
    """
    found = []
    for path in paths:
        if not path.is_dir():
            found.append(Input(path.name, (path,)))
            continue
        files = sorted(f for f in path.iterdir() if f.is_file() and f.name.casefold().endswith(ENDINGS) and not f.name.startswith("."))
        pages = tuple(f for f in files if ".json" in f.suffixes)
        if not files:
            raise DataError("lofin.empty_folder", path=path, endings=" ".join(ENDINGS))
        found += [Input(path.name, pages)] if pages else []
        found += [Input(f.name, (f,)) for f in files if f not in pages]
    return found


def read_input(one: Input) -> tuple[Raw, dict[str, str]]:
    """The rows of an input, and the SHA-256 of each of its files by name.

    Raises `DataError` or `ContractError`; nothing of a faulty file is returned.
    """
    hashes: dict[str, Future[str]] = {}
    with ThreadPoolExecutor(1) as aside:

        def take(path: Path) -> bytes:
            data = read_bytes(path)
            hashes[path.name] = aside.submit(sha256_of, data)
            return unpacked(path.name, data)

        first = take(one.files[0])
        if first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
            raw = read_pages(one.name, _pages(first, one.files, take))
        elif first.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            raw = read_workbook(one.name, first)
        elif first.lstrip().startswith(b"<"):
            raise DataError("lofin.html_file", path=one.name)
        else:
            raw = read_delimited(one.name, first)
        return raw, {name: future.result() for name, future in hashes.items()}


def _pages(first: bytes, files: tuple[Path, ...], take: Callable[[Path], bytes]) -> Iterator[tuple[str, bytes]]:
    yield files[0].name, first
    for path in files[1:]:
        yield path.name, take(path)


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: Path) -> bytes:
    """A file, whole. Raises `DataError`."""
    refuse_endless(path)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DataError("lofin.no_file", path=path) from None
    except OSError as error:
        raise DataError("file.broken", path=path.name, why=error) from None


def unpacked(name: str, data: bytes) -> bytes:
    """The content of a gzip file; other files as they are. Raises `DataError` for a damaged or boundless one."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    pieces, size = [], 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            while piece := packed.read(1 << 24):
                pieces.append(piece)
                size += len(piece)
                if size > LARGEST or size > max(SMALL, DENSEST * len(data)):
                    raise DataError("lofin.too_large", path=name, size=size)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError("file.broken", path=name, why=type(error).__name__) from None
    return b"".join(pieces)

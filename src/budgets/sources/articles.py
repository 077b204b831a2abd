"""An article as it lies on disk → its text, and what the reader has to know about governments, figures and rules.

Plain text (UTF-8, CP949, UTF-16), saved HTML, PDF, DOCX. Text comes out as it stands; of a PDF the lines of a paragraph
are joined, since a page breaks them anywhere. What a person does not see is left out. Nothing is stored.
"""

import csv
import hashlib
import io
import re
import sys
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from budgets.disk import refuse_endless
from budgets.errors import DataError
from budgets.sources.html_text import is_page, page_text
from budgets.sources.pdf_text import pdf_text
from budgets.sources.press import transcript_files

LARGEST, LONGEST, LONGEST_LINE = 30_000_000, 300_000, 10_000
"""Bytes of an article's file, characters of its text and of one paragraph; the longest white paper stays below."""
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
"""Soft hyphens, blanks of no width, joiners, marks of direction, byte order marks: nobody sees them in 3\\u200b0억."""

_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""What an Office file with a password holds."""


@dataclass(frozen=True)
class ArticleFile:
    """A file read: its text, and the digest of its bytes."""

    name: str
    text: str
    sha256: str


def read_article(path: Path | None) -> ArticleFile:
    """The text of a file; of standard input for None. Raises `DataError` for what cannot be read."""
    name = path.name if path else "-"
    try:
        if path is None:
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            refuse_endless(path)
            with path.open("rb") as stream:
                data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise DataError("reader.missing", path=path) from None
    except OSError as error:
        raise DataError("file.broken", path=path, why=error) from None
    if len(data) > LARGEST:
        raise DataError("reader.large", path=name, most=f"{LARGEST:,}")
    text = article_text(data, name)
    if len(text) > LONGEST:
        raise DataError("reader.long", path=name, most=f"{LONGEST:,}")
    if any(len(line) > LONGEST_LINE for line in text.split("\n")):
        raise DataError("reader.long_line", path=name, most=f"{LONGEST_LINE:,}")
    if not text.strip():
        raise DataError("reader.no_text", path=name)
    return ArticleFile(name, text, hashlib.sha256(data).hexdigest())


def article_text(data: bytes, name: str) -> str:
    """The text of the bytes of a file, whatever kind it is, without characters that nobody sees. Raises `DataError`."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", _text(data, name)))  # Macs write 한 as three letters


def _text(data: bytes, name: str) -> str:
    if data.startswith(b"%PDF"):
        return pdf_text(data, name)
    if data.startswith(b"PK\x03\x04"):
        from budgets.sources.docx_text import docx_text  # its libraries are slow to import, and most texts are none

        return docx_text(data, name)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"HWP Document")):
        raise DataError("reader.locked" if _LOCKED in data else "reader.kind", path=name)
    return page_text(data, name) if is_page(data, name) else _decoded(data, name)


def _decoded(data: bytes, name: str) -> str:
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp949"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DataError("reader.encoding", path=name)


def rows(path: Path, columns: Iterable[str] = ()) -> list[dict[str, str]]:
    """The rows of one of our CSV files as text; quick, since reading an article needs no table library.

    Raises `DataError` for a file that is missing, broken or without one of *columns*.
    """
    refuse_endless(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True, restval="")
        found = [{k: v or "" for k, v in row.items() if k} for row in reader]
    except FileNotFoundError:
        raise DataError("file.missing", path=path, todo="data/README.md") from None
    except UnicodeDecodeError as error:
        raise DataError("file.encoding", path=path.name, position=error.start) from None
    except (OSError, csv.Error) as error:
        raise DataError("file.broken", path=path.name, why=error) from None
    missing = [column for column in columns if column not in (reader.fieldnames or [])]
    if missing:
        raise DataError("reader.columns", path=path.name, columns=", ".join(missing))
    return found


def transcripts(press: Path, governments: Collection[str]) -> list[dict[str, str]]:
    """The transcribed figures of a folder as text."""
    return [row for path in transcript_files(press, governments) for row in rows(path, ("kind", "programme_id", "as_printed"))]

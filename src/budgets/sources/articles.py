"""An article as it lies on disk → its text, and what the reader has to know about governments, figures and rules.

Plain text (UTF-8, CP949, UTF-16), saved HTML, PDF, DOCX. Text comes out as it stands; of a PDF the lines of a paragraph
are joined, since a page breaks them anywhere. Nothing is stored.
"""

import csv
import hashlib
import io
import logging
import re
import sys
import unicodedata
import zipfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from budgets.disk import refuse_endless
from budgets.errors import DataError
from budgets.sources.press import transcript_files
from budgets.sources.printed import paragraphs

LARGEST, LONGEST, LONGEST_LINE = 30_000_000, 300_000, 10_000
"""Bytes of an article's file, characters of its text and of one paragraph; the longest white paper stays below."""
DEEPEST = 1_000
"""Tags within tags: an honest page stays below 100."""
_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9]*)")
_ENDLESS = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
_BLOCKS = ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "table", "tr", "section", "article", "header", "footer", "aside", "nav", "blockquote", "figure", "figcaption", "dl", "dt", "dd", "pre", "form", "main"]
_UNSEEN = ["script", "style", "noscript", "template", "svg", "iframe", "button", "select", "option", "input", "textarea"]
_AROUND = ["nav", "footer", "aside"]
_DATES = ("article:published_time", "og:article:published_time", "datePublished", "pubdate", "DC.date.issued")


@dataclass(frozen=True)
class ArticleFile:
    """A file read: its text, the digest of its bytes, and the day its page names in its head, if it does."""

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
    text = unicodedata.normalize("NFC", article_text(data, name))  # Macs write 한 as three letters
    if len(text) > LONGEST:
        raise DataError("reader.long", path=name, most=f"{LONGEST:,}")
    if any(len(line) > LONGEST_LINE for line in text.split("\n")):
        raise DataError("reader.long_line", path=name, most=f"{LONGEST_LINE:,}")
    if not text.strip():
        raise DataError("reader.no_text", path=name)
    return ArticleFile(name, text, hashlib.sha256(data).hexdigest())


def article_text(data: bytes, name: str) -> str:
    """The text of the bytes of a file, whatever kind it is. Raises `DataError`."""
    if data.startswith(b"%PDF"):
        return _pdf(data, name)
    if data.startswith(b"PK\x03\x04"):
        return _docx(data, name)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"HWP Document")):
        raise DataError("reader.kind", path=name)
    if re.match(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)", data[:4096], re.IGNORECASE | re.DOTALL):
        return _html(data, name)
    return _decoded(data, name)


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


def _html(data: bytes, name: str) -> str:
    """What a page shows, a line for each block; menus and footers left away where there is an article beside them."""
    from bs4 import BeautifulSoup
    from bs4.element import Tag

    if _depth(data) > DEEPEST:
        raise DataError("reader.deep", path=name, most=f"{DEEPEST:,}")
    charset = re.search(rb"charset=[\"']?\s*([A-Za-z0-9_-]+)", data[:4096])
    encoding = "cp949" if charset and charset[1].lower() in (b"euc-kr", b"ks_c_5601-1987", b"cp949", b"ms949") else None
    soup = BeautifulSoup(data, "html.parser", from_encoding=encoding)
    printed = _head_date(soup)
    for tag in soup.find_all(_UNSEEN):
        tag.decompose()
    for tag in soup.find_all("br"):
        tag.replace_with("\n")
    body = soup.body or soup
    for tag in body.find_all(_AROUND):
        if isinstance(tag, Tag) and not tag.find_parent("article"):
            tag.decompose()
    for tag in body.find_all(["td", "th"]):
        tag.append(" | ")
    for tag in body.find_all(_BLOCKS):
        tag.insert_before("\n")
        tag.append("\n")
    lines = (re.sub(r"[ \t\xa0\r]+", " ", line).strip().removesuffix("|").strip() for line in body.get_text().split("\n"))
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    text = "\n".join(line for line in lines if line)
    if any(len(line) > 5 and title.startswith(line.strip()) for line in text.split("\n")):
        title = ""  # the headline with the name of the site behind it
    return "\n".join(part for part in (title, printed, text) if part)


def _depth(data: bytes) -> int:
    """How many tags stand open at most, as the parser has it: an end closes all that was opened since."""
    stack: list[bytes] = []
    deepest = 0
    for closes, name in _TAG.findall(data):
        tag = name.lower()
        if not closes and tag not in _ENDLESS:
            stack.append(tag)
            deepest = max(deepest, len(stack))
            if deepest > DEEPEST:
                break
        elif closes and tag in stack:
            while stack.pop() != tag:
                pass
    return deepest


def _head_date(soup: object) -> str:
    """The day of publication that a page's head names, as a line of its own; empty if it names none."""
    for name in _DATES:
        for key in ("property", "name", "itemprop"):
            tag = soup.find("meta", attrs={key: name})  # type: ignore[attr-defined]
            found = re.match(r"\d{4}-\d{2}-\d{2}", str(tag.get("content", ""))) if tag else None
            if found:
                return f"published {found[0]}"
    return ""


def _pdf(data: bytes, name: str) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is said once, by us
    try:
        reader = PdfReader(io.BytesIO(data))
        pages = [page.extract_text() or "" for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise DataError("file.broken", path=name, why=type(error).__name__) from None
    return paragraphs(pages)


def _docx(data: bytes, name: str) -> str:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    from budgets.sources.workbooks.guards import refuse_traps

    refuse_traps(name, data)
    try:
        document = Document(io.BytesIO(data))
        blocks = list(document.iter_inner_content())
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise DataError("reader.kind", path=name) from error
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)  # a merged cell is met once
                lines.append(" | ".join(cells))
        else:
            lines += block.text.split("\n")
    return "\n".join(lines)


def rows(path: Path, columns: Iterable[str] = ()) -> list[dict[str, str]]:
    """The rows of one of our CSV files as text; quick, since reading an article needs no table library.

    Raises `DataError` for a file that is missing, broken or without one of *columns*.
    """
    refuse_endless(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True, restval="")
            found = [{k: v or "" for k, v in row.items() if k} for row in reader]
    except FileNotFoundError:
        raise DataError("file.missing", path=path, todo="data/README.md") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError("file.broken", path=path.name, why=error) from None
    missing = [column for column in columns if column not in (reader.fieldnames or [])]
    if missing:
        raise DataError("reader.columns", path=path.name, columns=", ".join(missing))
    return found


def transcripts(press: Path, governments: Collection[str]) -> list[dict[str, str]]:
    """The transcribed figures of a folder as text."""
    return [row for path in transcript_files(press, governments) for row in rows(path, ("kind", "programme_id", "as_printed"))]

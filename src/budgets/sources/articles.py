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
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from budgets.errors import DataError

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
_BULLET = re.compile(r"\s*(?:[▲△▶▷■□○●◆◇◦•∙※❍ㅇ*·ㆍ①-⑳]|-\s|[0-9]{1,2}[.)]\s|[가-하][.)]\s|<)")
_ENDED = re.compile(r"[.?!:”’\"')\]]\s*$|다\s*$|음\s*$")


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
    return unwrapped("\n".join(respaced(page) for page in pages))


# A blank that stands alone where Latin and Korean letters meet comes from the change of font, not from the text.
_BY_FONT = re.compile(
    r"(?<=[0-9]) (?!(?:총?계|합계|소계|증감|비고)(?![가-힣]))(?=[가-힣%㎡])|(?<=[가-힣0-9%]) (?=[,.)\]”’…·~∼:])|(?<=[(\[“‘·~∼△]) (?=\S)|(?<=[가-힣0-9%]) (?=\()|(?<=[’”)]) (?=(?:은|는|이|가|을|를|의|과|와|에|로|으로|도|라고|고|라며|며|이다|등)(?![가-힣]))"
)


def respaced(page: str) -> str:
    """The text of a page without the blanks that a change of font leaves; where it has them, a true blank is printed as two.

    >>> respaced("올해  본예산  16 조 6921 억  원보다 (7.4%) 늘었다 .")
    '올해 본예산 16조6921억 원보다(7.4%) 늘었다.'
    """
    if len(re.findall(r"[가-힣]  (?=[가-힣])", page)) <= len(re.findall(r"[가-힣] (?=[가-힣])", page)):
        return page
    marked = page.replace("  ", "\0")
    marked = re.sub(r"(?<=[조억만천]) (?=[0-9])", "", marked)
    return re.sub(r"\0+ ?", " ", _BY_FONT.sub("", marked))


_ROW = re.compile(r"(?:\s[△▲\-–]?\s?[0-9][0-9,]*(?:\.[0-9]+)?%?){2,}\s*$")
_CLOCK = re.compile(r"[\s0-9.:/\-()년월일시분월화수목금토오전후]+")
"""A row of a table, and a line that is a date, are lines of their own."""
_WITHIN = re.compile(r"[0-9,.]$")
_RESTS = re.compile(r"\s*(?:[,.)]|(?:원|명|개|억|만)(?![가-힣])|[가-힣](?=[\s,.)])|(?:이다|였다|했다|한다|된다|됐다|합니다|입니다)(?![가-힣]))")
"""What cannot begin a word, or is a single syllable: the rest of the word that the edge of the page broke."""


def unwrapped(text: str) -> str:
    """Joins the lines of one paragraph: a full line that ends no sentence goes on in the next unless that is an item.

    >>> unwrapped("○ 시는 올해 인공지능 사업에 예산 40억\\n원을 투입한다.\\n○ 다음 항목").count("\\n")
    1
    """
    lines = [line.rstrip() for line in text.split("\n")]
    width = max((len(line) for line in lines), default=0)
    out: list[str] = []
    for line in lines:
        before = out[-1] if out else ""
        ended = _ENDED.search(before) and not (re.search(r"[0-9][.]$", before) and re.match(r"[0-9]+[%억조만개명]", line))
        apart = _ROW.search(line) or _ROW.search(before.rsplit("\n", 1)[-1]) or _CLOCK.fullmatch(line)
        goes_on = before and line.strip() and not ended and not apart and not _BULLET.match(line) and len(before.rsplit("\n", 1)[-1]) >= width * 0.5
        if goes_on:
            # A word broken at the edge of the page and a blank there look alike; Korean pages break inside words.
            out[-1] = before + ("" if _WITHIN.search(before) or _RESTS.match(line) else " ") + line.strip()
        else:
            out.append(line)
    return "\n".join(out)


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


def transcripts(press: Path) -> list[dict[str, str]]:
    """The transcribed figures of a folder as text."""
    files = sorted(path for path in press.glob("*.csv") if path.name not in ("sources.csv", "programmes.csv"))
    return [row for path in files for row in rows(path, ("kind", "programme_id", "as_printed"))]

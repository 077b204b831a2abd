"""A saved page → what it shows, a line for each block; menus and footers left away where there is an article beside them.

What a person does not see is not read: hidden elements, and what is struck out (`<del>`, `<s>`).
"""

import codecs
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from budgets.errors import DataError
from budgets.sources.grid_text import WIDEST, below, line, spread

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import Tag

DEEPEST = 1_000
"""Tags within tags: an honest page stays below 100."""
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|style|article|main|section|header|div|span|p|br|table|ul|ol|dl|h[1-6])(?=[\s/>]))",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_ENDLESS = frozenset([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd", "option",
    "td", "th", "tr", "thead", "tbody", "tfoot", "colgroup",
])  # fmt: skip
"""Elements without an end tag, and those whose end tag may be left out: they do not stand within each other."""
_BLOCKS = [
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "table", "section", "article", "header", "footer", "aside", "nav", "blockquote",
    "figure", "figcaption", "dl", "dt", "dd", "pre", "form", "main",
]  # fmt: skip
_UNSEEN = ["script", "style", "noscript", "template", "svg", "iframe", "button", "select", "option", "input", "textarea", "del", "s", "strike"]
_NOT_SHOWN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|text-decoration[\w-]*\s*:[^;]*line-through)(?!\w)", re.IGNORECASE)
_AROUND = ["nav", "footer", "aside"]
_DATES = ("article:published_time", "og:article:published_time", "datePublished", "pubdate", "DC.date.issued")
_LONGEST_CELL = 300
"""Characters of a cell; one that holds more, in several lines, is a part of the page rather than of a table."""


def is_page(data: bytes, name: str) -> bool:
    """Is a file a page: by its name, or by the tag it begins with, in whatever encoding?

    >>> is_page("<article>올해</article>".encode("utf-16"), "-"), is_page("<표 1> 올해".encode(), "a.txt")
    (True, False)
    """
    if name.lower().endswith((".html", ".htm", ".xhtml")):
        return True
    start = data[:8192].removeprefix(codecs.BOM_UTF8).removeprefix(codecs.BOM_UTF16_LE).removeprefix(codecs.BOM_UTF16_BE)
    return bool(_PAGE.match(start.replace(b"\0", b"")))


def page_text(data: bytes, name: str) -> str:
    """The text of a page. Raises `DataError` where its tags stand too deep within each other."""
    from bs4 import BeautifulSoup

    markup = re.sub(r"^\s*<\?xml[^>]*>", "", _decoded(data)).replace("\0", "")
    if _depth(markup) > DEEPEST:
        raise DataError("reader.deep", path=name, most=f"{DEEPEST:,}")
    with warnings.catch_warnings(action="ignore"):  # that a page looks like XML, or like the name of a file
        soup = BeautifulSoup(markup, "lxml")
    printed = _head_date(soup)
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    body = soup.body or soup
    for tag in [*soup.find_all(_UNSEEN), *body.find_all(_unseen)]:
        tag.decompose()
    for tag in body.find_all("br"):
        tag.replace_with("\n")
    for tag in body.find_all(_AROUND):
        if not tag.find_parent("article"):
            tag.decompose()
    for tag in body.find_all(_BLOCKS):
        tag.insert(0, "\n")
        tag.append("\n")
    for table in reversed(body.find_all("table")):  # those within others first
        _in_rows(table)
    shown = [re.sub(r"[ \t\xa0\r]+", " ", row).strip() for row in body.get_text().split("\n")]
    if any(len(row) > 5 and title.startswith(row) for row in shown):
        title = ""  # the headline with the name of the site behind it
    return "\n".join(part for part in (title, printed, *shown) if part)


def _decoded(data: bytes) -> str:
    """The characters of a page: by its mark, as UTF-8 or CP949 where they fit, else as it declares; never refused."""
    marked = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None
    marked = marked or ("utf-16-le" if data.startswith(b"<\0") else "utf-16-be" if data.startswith(b"\0<") else None)
    for encoding in [marked] if marked else ["utf-8-sig", "cp949"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    declared = re.search(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", data)
    try:
        return data.decode(marked or (declared[1].decode() if declared else "utf-8"), errors="replace")
    except (LookupError, ValueError):
        return data.decode(errors="replace")


def _depth(markup: str) -> int:
    """How many tags stand open at most: an end closes all that was opened since."""
    stack: list[str] = []
    deepest = 0
    for closes, name in _TAG.findall(markup):
        tag = name.lower()
        if tag in _ENDLESS:
            continue
        if not closes:
            stack.append(tag)
            deepest = max(deepest, len(stack))
            if deepest > DEEPEST:
                break
        elif tag in stack:
            while stack.pop() != tag:
                pass
    return deepest


def _unseen(tag: "Tag") -> bool:
    """Does an element say of itself that it is not shown, or is struck out?"""
    return tag.has_attr("hidden") or bool(_NOT_SHOWN.search(str(tag.get("style", ""))))


def _in_rows(table: "Tag") -> None:
    """A table as lines of its rows, in its place; of one that lays out a page every cell is a block."""
    rows = [list(row.find_all(["td", "th"], recursive=False)) for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [cell for row in rows for cell in row]
    alone = all(len(row) == 1 for row in rows)
    if any(_lays_out(cell, alone=alone) for cell in cells):
        for cell in cells:
            cell.insert(0, "\n")
            cell.append("\n")
        return
    captions = [caption.get_text() for caption in table.find_all("caption", recursive=False)]
    lines = [line(row) for row in _columns(rows)]
    table.clear()
    table.append("\n".join(["", *captions, *lines, ""]))


def _lays_out(cell: "Tag", *, alone: bool) -> bool:
    """Is a cell a part of the page rather than of a table: another table in it, or paragraphs?"""
    text = cell.get_text().strip()
    return bool(cell.find("table")) or ("\n" in text and (alone or len(text) > _LONGEST_CELL))


def _columns(rows: Iterable["Sequence[Tag]"]) -> Iterator[list[str]]:
    """The cells of every row at their columns, also below one that spans several rows."""
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows:
        texts: list[str] = []
        later: dict[int, tuple[int, str]] = {}
        for cell in [*row, None]:
            while (at := len(texts)) in hanging or (cell is None and at < max(hanging, default=0)):
                left, text = hanging.pop(at, (0, ""))
                texts.append(text)
                if left > 1:
                    later[at] = (left - 1, text)
            if cell is not None and at < WIDEST:
                across = spread(cell.get_text(), _span(cell, "colspan"))
                if (down := _span(cell, "rowspan")) > 1:
                    later |= {at + n: (down - 1, below(text.strip())) for n, text in enumerate(across)}
                texts += across
        hanging = later
        yield texts


def _span(cell: "Tag", which: str) -> int:
    said = re.match(r"\s*([0-9]{1,4})", str(cell.get(which, "")))
    return max(int(said[1]), 1) if said else 1


def _head_date(soup: "BeautifulSoup") -> str:
    """The day of publication that a page's head names, as a line of its own; empty if it names none."""
    for name in _DATES:
        for key in ("property", "name", "itemprop"):
            tag = soup.find("meta", attrs={key: name})
            found = re.match(r"\d{4}-\d{2}-\d{2}", str(tag.get("content", ""))) if tag else None
            if found:
                return f"published {found[0]}"
    return ""

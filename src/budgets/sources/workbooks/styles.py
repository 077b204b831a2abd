"""What an .xlsx says of the looks of its cells: number formats, what is struck out, and which cells that holds for.

Parts of the archive come in as bytes; cell styles and shared texts are known by the numbers cells name them with.
"""

import re
from collections.abc import Callable, Mapping, Set
from typing import NamedTuple, TypeVar
from xml.etree.ElementTree import Element, fromstring

T = TypeVar("T")

_BUILT_IN = {"9": "0%", "10": "0.00%"}
"""The formats with a percent sign that every workbook has without naming them; no other built-in one shows a number otherwise."""
_LONGEST = 255
"""Characters of a format, as Excel allows them."""
_TOKEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].|.', re.DOTALL)
_CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*? s="([0-9]+)"')
_TEXT = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*? t="s"[^>]*><v>([0-9]+)</v>')


class Style(NamedTuple):
    """How cells look. ``code``: their number format, empty where it is a built-in one."""

    code: str
    struck: bool


def cell_styles(part: bytes) -> dict[bytes, Style]:
    """Every cell style of ``styles.xml``; *part* may be empty. Raises ParseError for what is no XML."""
    if not part:
        return {}
    root, space = _opened(part)
    codes = _BUILT_IN | {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.iterfind(f"{space}numFmts/{space}numFmt")}
    struck = {str(n) for n, font in enumerate(root.iterfind(f"{space}fonts/{space}font")) if _strikes(font.find(f"{space}strike"))}
    cells = root.iterfind(f"{space}cellXfs/{space}xf")
    return {str(n).encode(): Style(codes.get(xf.get("numFmtId", ""), ""), xf.get("fontId") in struck) for n, xf in enumerate(cells)}


def telling(styles: Mapping[bytes, Style], says: Callable[[Style], T]) -> dict[bytes, T]:
    """The styles of which *says* has something to say, each with that."""
    said = {style: says(style) for style in set(styles.values())}
    return {number: said[style] for number, style in styles.items() if said[style]}


def styled_cells(piece: bytes, styles: Mapping[bytes, T]) -> dict[str, T]:
    """The cells of a piece of a sheet that have such a style: address → what the style says."""
    return {at.decode(): styles[style] for at, style in _CELL.findall(piece) if style in styles} if styles else {}


def struck_texts(part: bytes) -> set[bytes]:
    """The shared texts (``sharedStrings.xml``) of which a part is struck out."""
    if b"strike" not in part:
        return set()
    root, space = _opened(part)
    return {
        str(n).encode()
        for n, one in enumerate(root.iterfind(f"{space}si"))
        if any(_strikes(run.find(f"{space}rPr/{space}strike")) and run.findtext(f"{space}t", "").strip() for run in one.iterfind(f"{space}r"))
    }


def texts_in(piece: bytes, texts: Set[bytes]) -> set[str]:
    """The addresses of the cells of a piece of a sheet that hold such a shared text."""
    return {at.decode() for at, text in _TEXT.findall(piece) if text in texts} if texts else set()


def sections(code: str) -> list[list[str]]:
    """A number format as its sections, each as tokens: quoted words, escaped signs, brackets, gaps, and single characters.

    >>> sections('[Red]0" a;b"_-;')
    [['[Red]', '0', '" a;b"', '_-'], []]
    """
    found = list[list[str]]([[]])
    for token in _TOKEN.findall(code[:_LONGEST]):
        if token == ";":
            found.append([])
        else:
            found[-1].append(token)
    return found


def bare(tokens: list[str]) -> str:
    """The tokens that stand for something else than themselves: digits, commas, points, percent signs.

    >>> bare(sections('[Red]#,##0.0,"천원"_-')[0])
    '#,##0.0,'
    """
    return "".join(token for token in tokens if len(token) == 1)


def _opened(part: bytes) -> tuple[Element, str]:
    """The root, and the name space its tags begin with."""
    root = fromstring(part)
    return root, root.tag.partition("}")[0] + "}"


def _strikes(element: Element | None) -> bool:
    return element is not None and element.get("val", "1") not in ("0", "false")

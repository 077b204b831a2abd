"""Cells of which a person sees another number than they hold, or none: struck out, hidden by the format, in percent."""

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

from budgets.sources.workbooks.grids import Value

_BUILT_IN = {"9": "0%", "10": "0.00%"}
"""The formats with a percent sign that every workbook has without naming them."""
_LONGEST = 255
"""Characters of a format, as Excel allows them."""
_TOKEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].|.', re.DOTALL)
_WRITES = re.compile(r"[0#?@A-Za-z]")
_DIGITS_BESIDE = re.compile(r'[0#?](?:"[,.]?[0-9][^"]*"|\\[0-9])|(?:"[^"]*[0-9]"|\\[0-9])[0#?]')


class Shown(NamedTuple):
    """What is odd about how a style shows a number above zero, below zero, zero, and a text; empty: nothing."""

    above: str = ""
    below: str = ""
    zero: str = ""
    words: str = ""

    def of(self, value: Value) -> str:
        """struck · unseen · percent · digits; empty where a person sees what the cell holds, or where it holds nothing.

        >>> [shown(";;;").of(value) for value in (5, "5", "")], shown("0%").of(0.5), shown('#,##0",000"').of(5)
        (['unseen', 'unseen', ''], 'percent', 'digits')
        """
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self.above if value > 0 else self.below if value < 0 else self.zero
        return self.words if value not in ("", None) else ""


_STRUCK = Shown(*["struck"] * 4)


def shown(code: str) -> Shown:
    """How a number format shows what a cell holds. Zeros alone left blank or written as a dash are nothing odd.

    >>> shown("#,##0_-;[Red]△#,##0;-"), shown("#,##0;;;@"), shown('"비공개"')
    (Shown(above='', below='', zero='', words=''), Shown(above='', below='unseen', zero='', words=''), Shown(above='unseen', below='unseen', zero='unseen', words=''))
    """
    sections = [""]
    for token in _TOKEN.findall(code[:_LONGEST]):
        if token == ";":
            sections.append("")
        else:
            sections[-1] += token
    if sections == [""]:
        return Shown()
    above, below, zero, words = (sections[n] if n < len(sections) else sections[0] if n < 3 else "@" for n in range(4))
    blank = _odd(above) == "unseen"
    return Shown(_odd(above), _odd(below), _odd(zero) if blank or _odd(zero) != "unseen" else "", _odd(words))


def odd_styles(styles: bytes) -> dict[bytes, Shown]:
    """The cell styles of an .xlsx (its ``styles.xml``) that strike out or show something odd, by the number cells name."""
    if not styles:
        return {}
    root = fromstring(styles)
    space = root.tag.partition("}")[0] + "}"
    codes = _BUILT_IN | {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.iter(f"{space}numFmt")}
    struck = {str(n) for n, font in enumerate(root.iterfind(f"{space}fonts/{space}font")) if _is_struck(font.find(f"{space}strike"))}
    formats = {number: shown(code) for number, code in codes.items()}
    found = {
        str(n).encode(): _STRUCK if xf.get("fontId") in struck else formats.get(xf.get("numFmtId", ""), Shown())
        for n, xf in enumerate(root.iterfind(f"{space}cellXfs/{space}xf"))
    }
    return {style: how for style, how in found.items() if any(how)}


def struck_texts(strings: bytes) -> dict[bytes, Shown]:
    """The shared texts of an .xlsx (its ``sharedStrings.xml``) of which a part is struck out, by the number cells name."""
    if b"strike" not in strings:
        return {}
    root = fromstring(strings)
    space = root.tag.partition("}")[0] + "}"
    return {
        str(n).encode(): _STRUCK
        for n, one in enumerate(root.iterfind(f"{space}si"))
        if any(_is_struck(run.find(f"{space}rPr/{space}strike")) and run.findtext(f"{space}t", "").strip() for run in one.iterfind(f"{space}r"))
    }


def _odd(section: str) -> str:
    """What is odd about one section of a format."""
    bare = "".join(token for token in _TOKEN.findall(section) if len(token) == 1)
    if "%" in bare:
        return "percent"
    if not _WRITES.search(bare):
        return "unseen"
    return "digits" if _DIGITS_BESIDE.search(section) else ""


def _is_struck(element: Element | None) -> bool:
    return element is not None and element.get("val", "1") not in ("0", "false")

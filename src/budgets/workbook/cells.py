"""What may stand in a cell, and how wide it is.

Text is always text: nothing a source says can become a formula or a link.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from budgets.words import text

LONGEST = 32_767
"""More characters than this no cell of Excel holds."""
LONGEST_LINK = 2_079
RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Live:
    """A formula (without its ``=``) and the result it has now; ``None`` is an empty result."""

    formula: str
    value: Any = None


@dataclass(frozen=True)
class Link:
    """A link to another sheet (``internal:…``) or to a web address, and the words shown."""

    address: str
    shown: str


Cell = str | int | float | bool | Live | Link | None


@dataclass(frozen=True)
class Column:
    """A column of a table: its title, the style of its cells, and the group of columns it belongs to.

    ``outside``: it stands right of the printed page (the data of a chart).
    """

    title: str
    style: str = "text"
    group: str = ""
    outside: bool = False


def plain(value: object) -> Any:
    """A value of a table as a plain one; a missing value (None, NaN, NaT, NA) as None.

    >>> plain(pd.NA), plain(float("nan")), plain("글")
    (None, None, '글')
    """
    if isinstance(value, str):
        return value
    if value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value))):  # type: ignore[call-overload]
        return None
    return value.item() if hasattr(value, "item") else value


def web_link(address: object) -> Cell:
    """A link, if the address is one of the web (http, https); anything else is text.

    >>> web_link("https://www.seoul.go.kr/a"), web_link("javascript:alert(1)")
    (Link(address='https://www.seoul.go.kr/a', shown='https://www.seoul.go.kr/a'), 'javascript:alert(1)')
    """
    shown = plain(address)
    if shown is None:
        return None
    try:
        parts = urlsplit(str(shown))
    except ValueError:
        return str(shown)
    fine = parts.scheme in ("http", "https") and bool(parts.netloc) and len(shown) <= LONGEST_LINK and str(shown).isprintable()
    return Link(str(shown), str(shown)) if fine else str(shown)


def shortened(words: str) -> str:
    """A text that Excel can hold: it counts a sign outside the first plane of Unicode twice.

    >>> shortened("가" * 40_000) == "가" * 32_766 + "…"
    True
    """
    if len(words) <= LONGEST // 2 or len(words.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST:
        return words
    return words.encode("utf-16-le", "surrogatepass")[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"


@lru_cache(maxsize=8_192)
def width(words: str) -> int:
    """How many half-width characters a text takes; Hangul and other full-width signs count double.

    >>> width("예산 AI")
    7
    """
    return len(words) if words.isascii() else len(words) + sum(unicodedata.east_asian_width(c) in "WF" for c in words)


def lines(words: str, columns: float) -> int:
    """How many lines a text takes in a cell of that many characters."""
    if "\n" not in words:
        return max(1, ceil(width(words) * 1.05 / columns))
    return sum(max(1, ceil(width(part) * 1.05 / columns)) for part in words.split("\n"))


def quoted(words: str) -> str:
    """A text as a constant inside a formula.

    >>> quoted('그는 "예"라고')
    '"그는 ""예""라고"'
    """
    return '"' + words.replace('"', '""') + '"'


def live_text(key: str, language: str, **fields: tuple[str, object]) -> Live:
    """Words with live fields: each field is (formula, present value).

    >>> live_text("workbook.say.unit", "ko", unit=("rounding_unit", "백만원"))
    Live(formula='"(단위: "&rounding_unit&")"', value='(단위: 백만원)')
    """
    marks = {name: f"\x00{name}\x00" for name in fields}
    pieces = text(key, language, **marks).split("\x00")
    formula = "&".join(fields[p][0] if i % 2 else quoted(p) for i, p in enumerate(pieces) if p)
    return Live(formula, text(key, language, **{name: value for name, (_, value) in fields.items()}))

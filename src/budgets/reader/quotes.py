"""Quoted words of a line, in any of the marks that Korean texts use."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_QUOTED = re.compile(r"[‘“「『《<]([^‘’“”「」『』《》<>\n]{2,60})[’”」』》>]|'([^'\n]{2,60})'|\"([^\"\n]{2,60})\"")
CLOSING = ("’", "”", "」", "』", "》", ">")
STRAIGHT = ("'", '"')


class Quote(NamedTuple):
    """Characters of a line in quotes: *outer* with the marks, *inner* without them."""

    outer: tuple[int, int]
    inner: tuple[int, int]
    text: str
    mark: str
    """the opening one"""


def quotes(line: str, start: int = 0, end: int | None = None) -> Iterator[Quote]:
    """All quotes of a stretch of the line, in order.

    >>> [(quote.text, quote.outer) for quote in quotes("시는 ‘누리 학교’와 '가람관'을 연다.")]
    [('누리 학교', (3, 10)), ('가람관', (12, 17))]
    """
    for hit in _QUOTED.finditer(line, start, len(line) if end is None else end):
        group = hit.lastindex or 0
        yield Quote(hit.span(), hit.span(group), hit[group], hit[0][0])

"""Cells of which a person sees another number than they hold, or none: struck out, hidden by the format, in percent."""

import re
from typing import NamedTuple

from budgets.sources.workbooks.grids import Value
from budgets.sources.workbooks.styles import Style, bare, sections

_WRITES = re.compile(r"[0#?@A-Za-z]")
_DIGITS_BESIDE = re.compile(r'[0#?](?:"[,.]?[0-9][^"]*"|\\[0-9])|(?:"[^"]*[0-9]"|\\[0-9])[0#?]')


class Shown(NamedTuple):
    """What is odd about how a style shows a number above zero, below zero, zero, and a text; empty: nothing."""

    above: str = ""
    below: str = ""
    zero: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return any(self)

    def of(self, value: Value) -> str:
        """struck · unseen · percent · digits; empty where a person sees what the cell holds, or where it holds nothing.

        >>> [shown(";;;").of(value) for value in (5, "5", "")], shown("0%").of(0.5), shown('#,##0",000"').of(5)
        (['unseen', 'unseen', ''], 'percent', 'digits')
        """
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self.above if value > 0 else self.below if value < 0 else self.zero
        return self.words if value not in ("", None) else ""


STRUCK = Shown(*["struck"] * 4)


def shown(code: str) -> Shown:
    """How a number format shows what a cell holds. Zeros alone left blank or written as a dash are nothing odd.

    >>> shown("#,##0_-;[Red]△#,##0;-"), shown("#,##0;;;@"), shown('"비공개"')
    (Shown(above='', below='', zero='', words=''), Shown(above='', below='unseen', zero='', words=''), Shown(above='unseen', below='unseen', zero='unseen', words=''))
    """
    if not code:
        return Shown()
    stated = sections(code)
    above, below, zero, words = (_odd(stated[n] if n < len(stated) else stated[0] if n < 3 else ["@"]) for n in range(4))
    return Shown(above, below, zero if above == "unseen" or zero != "unseen" else "", words)


def looks(style: Style) -> Shown:
    """How a cell style shows what a cell holds."""
    return STRUCK if style.struck else shown(style.code)


def _odd(section: list[str]) -> str:
    """What is odd about one section of a format."""
    signs = bare(section)
    if "%" in signs:
        return "percent"
    if not _WRITES.search(signs):
        return "unseen"
    return "digits" if _DIGITS_BESIDE.search("".join(section)) else ""

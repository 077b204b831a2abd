"""Cells of which a person sees another number than they hold, or none: struck out, hidden by the format, in percent,
with a sign or a currency that only the format writes."""

import re
from typing import NamedTuple

from budgets.sources.workbooks.grids import Value
from budgets.sources.workbooks.styles import Style, bare, sections

_LESS = re.compile(r"^[^0#?]*(?:[△▲▽▼−-]|\((?=.*\)))")
"""A sign of less before the digits, or brackets around them."""
_WON = re.compile(r"\[\$(?:[₩￦\\]|KRW|원)?(?:-[0-9A-Fa-f,]*)?\]")
_FOREIGN = re.compile(r"[$€£¥￥]|US|USD|달러|유로|위안|엔")
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
        """struck · unseen · percent · digits · sign · currency; empty where a person sees what the cell holds, or where it holds nothing.

        >>> [shown(";;;").of(value) for value in (5, "5", "")], shown("0%").of(0.5), shown('#,##0",000"').of(5)
        (['unseen', 'unseen', ''], 'percent', 'digits')
        >>> [shown(code).of(5) for code in ('"△"#,##0', "(#,##0)", "[$$-409]#,##0", '0"%"', "_-* #,##0_-;-* #,##0_-", "[$₩-412]#,##0")]
        ['sign', 'sign', 'currency', 'percent', '', '']
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
    above = above or ("sign" if _LESS.search(_written(stated[0])) else "")
    return Shown(above, below, zero if above == "unseen" or zero != "unseen" else "", words)


def looks(style: Style) -> Shown:
    """How a cell style shows what a cell holds."""
    return STRUCK if style.struck else shown(style.code)


def _odd(section: list[str]) -> str:
    """What is odd about one section of a format."""
    signs, written = bare(section), _written(section)
    if re.search("[%‰]", written):
        return "percent"
    if not _WRITES.search(signs):
        return "unseen"
    if _DIGITS_BESIDE.search("".join(section)):
        return "digits"
    return "currency" if _FOREIGN.search(written) else ""


def _written(section: list[str]) -> str:
    """What a section writes beside the digits, and where: no gaps, no fill, no colours, no won."""
    kept = (token for token in section if token[0] not in "_*" and not (token[0] == "[" and (not token.startswith("[$") or _WON.fullmatch(token))))
    return "".join(token.strip('"').lstrip("\\") if len(token) > 1 else token for token in kept)

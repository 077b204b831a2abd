"""Number formats that leave out thousands of the number a cell holds (``#,##0,``), or write a unit behind it."""

import re

from budgets.sources.workbooks.styles import bare, sections
from budgets.sources.workbooks.units import MONEY_UNITS

_SCALE = re.compile(r"[0#?](,+)(?![0#?,])")
_UNIT = re.compile(rf"[0#?]({'|'.join(MONEY_UNITS)})$")


def thousands(code: str) -> int:
    """By how many thousands a format divides what it shows.

    >>> [thousands(code) for code in ("#,##0", "#,##0,", "#,##0,,;△#,##0,,", '0.0,"백만,"', "0\\\\0,", "General")]
    [0, 1, 2, 1, 1, 0]
    """
    found = _SCALE.search(bare(sections(code)[0]))
    return len(found[1]) if found else 0


def unit_shown(code: str) -> str:
    """The money unit a format writes behind a number that it does not divide.

    >>> [unit_shown(code) for code in ('#,##0"억원"', '#,##0\\\\ "천원"_-;[Red]△#,##0"천원"', '#,##0,"천원"', "#,##0", '"원"')]
    ['억원', '천원', '', '', '']
    """
    found = _UNIT.search("".join(map(_written, sections(code)[0])))
    return found[1] if found and not thousands(code) else ""


def _written(token: str) -> str:
    """What a token writes, without blanks."""
    written = token.strip('"') if token[0] == '"' else token[1:] if token[0] == "\\" else token if len(token) == 1 else ""
    return "".join(written.split())

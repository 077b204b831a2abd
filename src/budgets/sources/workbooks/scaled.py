"""Number formats that show something else than the number a cell holds: a thousandth of it (``#,##0,``), or a unit behind it."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar
from xml.etree.ElementTree import fromstring

from budgets.sources.workbooks.units import MONEY_UNITS

T = TypeVar("T")

_SCALE = re.compile(r"[0#?](,+)(?![0#?,])")
_QUOTED = re.compile(r'"[^"]*"|\\\\.|\[[^\]]*\]')
_CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*? s="([0-9]+)"')
_TEXT = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*? t="s"[^>]*><v>([0-9]+)</v>')


def thousands(code: str) -> int:
    """By how many thousands a format divides what it shows.

    >>> [thousands(code) for code in ("#,##0", "#,##0,", "#,##0,,;△#,##0,,", '0.0,"백만,"', "General")]
    [0, 1, 2, 1, 0]
    """
    found = _SCALE.search(_QUOTED.sub("", code.partition(";")[0]))
    return len(found[1]) if found else 0


def unit_shown(code: str) -> str:
    """The money unit a format writes behind a number that it does not divide.

    >>> [unit_shown(code) for code in ('#,##0"억원"', '#,##0\\\\ "천원"_-;[Red]△#,##0"천원"', '#,##0,"천원"', "#,##0", '"원"')]
    ['억원', '천원', '', '', '']
    """
    shown = re.sub(r'_.|[\\"\s]', "", code.partition(";")[0])
    found = re.search(rf"[0#?]({'|'.join(MONEY_UNITS)})$", shown)
    return found[1] if found and not thousands(code) else ""


def unit_styles(styles: bytes) -> dict[bytes, str]:
    """The cell styles of an .xlsx that write a unit behind the number."""
    return _of_formats(styles, unit_shown) if "원".encode() in styles else {}


def scaled_styles(styles: bytes) -> dict[bytes, int]:
    """The cell styles of an .xlsx (its ``styles.xml``) that show fewer thousands, by the number cells name them with."""
    if b",&quot;" not in styles and not re.search(rb'[0#?],+[";\s_]', styles):
        return {}
    return _of_formats(styles, thousands)


def styled_cells(piece: bytes, styles: Mapping[bytes, T]) -> dict[str, T]:
    """The cells of a piece of a sheet that have such a style: address → what the style says."""
    return {at.decode(): styles[style] for at, style in _CELL.findall(piece) if style in styles} if styles else {}


def texts_in(piece: bytes, texts: Mapping[bytes, T]) -> dict[str, T]:
    """The cells of a piece of a sheet that hold such a shared text, as `styled_cells`."""
    return {at.decode(): texts[text] for at, text in _TEXT.findall(piece) if text in texts} if texts else {}


def _of_formats(styles: bytes, says: Callable[[str], T]) -> dict[bytes, T]:
    """The cell styles whose number format says something."""
    root = fromstring(styles)
    space = root.tag.partition("}")[0] + "}"
    formats = {f.get("numFmtId"): says(f.get("formatCode", "")) for f in root.iter(f"{space}numFmt")}
    cells = root.find(f"{space}cellXfs")
    found = ((n, formats.get(xf.get("numFmtId"))) for n, xf in enumerate(cells if cells is not None else ()))
    return {str(n).encode(): said for n, said in found if said}

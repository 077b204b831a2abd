"""Number formats that show a thousandth or a millionth of what a cell holds (``#,##0,,``): the print is not the number."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import fromstring

_SCALE = re.compile(r"[0#?](,+)(?![0#?,])")
_QUOTED = re.compile(r'"[^"]*"|\\\\.|\[[^\]]*\]')
_CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*? s="([0-9]+)"')


def thousands(code: str) -> int:
    """By how many thousands a format divides what it shows.

    >>> [thousands(code) for code in ("#,##0", "#,##0,", "#,##0,,;△#,##0,,", '0.0,"백만,"', "General")]
    [0, 1, 2, 1, 0]
    """
    found = _SCALE.search(_QUOTED.sub("", code.partition(";")[0]))
    return len(found[1]) if found else 0


def scaled_styles(styles: bytes) -> dict[bytes, int]:
    """The cell styles of an .xlsx (its ``styles.xml``) that show fewer thousands, by the number cells name them with."""
    if b",&quot;" not in styles and not re.search(rb'[0#?],+[";\s_]', styles):
        return {}
    root = fromstring(styles)
    space = root.tag.partition("}")[0] + "}"
    formats = {f.get("numFmtId"): thousands(f.get("formatCode", "")) for f in root.iter(f"{space}numFmt")}
    cells = root.find(f"{space}cellXfs")
    found = ((n, formats.get(xf.get("numFmtId"), 0)) for n, xf in enumerate(cells if cells is not None else ()))
    return {str(n).encode(): power for n, power in found if power}


def scaled_cells(piece: bytes, styles: Mapping[bytes, int]) -> dict[str, int]:
    """The cells of a piece of a sheet that have such a style: address → thousands."""
    return {at.decode(): styles[style] for at, style in _CELL.findall(piece) if style in styles} if styles else {}

"""The columns of 세부사업별 세출현황 (QWGJK), and the headers they have in the API and in downloaded files."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from budgets.errors import Fault

HEADERS: dict[str, tuple[str, ...]] = {
    "fyr": ("회계연도",),
    "wa_laf_cd": ("지역코드",),
    "wa_laf_hg_nm": ("지역", "지역명"),
    "laf_cd": ("자치단체코드",),
    "laf_hg_nm": ("자치단체", "자치단체명"),
    "acnt_dv_cd": ("회계구분코드",),
    "acnt_dv_nm": ("회계", "회계구분", "회계구분명", "회계명"),
    "dept_cd": ("부서코드",),
    "dbiz_cd": ("세부사업코드", "사업코드"),
    "dbiz_nm": ("사업명", "세부사업", "세부사업명"),
    "exe_ymd": ("집행일자", "기준일자", "기준일"),
    "bdg_cash_amt": ("예산현액",),
    "bdg_ntep": ("국비",),
    "capep": ("시도비", "시·도비"),
    "sggep": ("시군구비", "시·군·구비"),
    "etc_amt": ("기타",),
    "ep_amt": ("지출액",),
    "cpl_amt": ("편성액",),
    "fld_cd": ("분야코드",),
    "fld_nm": ("분야", "분야명"),
    "ane_part_cd": ("부문코드",),
    "part_nm": ("부문", "부문명"),
    # Known and not used: each can be had from another column, or orders the rows on the site.
    "padm_laf_cd": ("행정자치단체코드",),
    "zon_cd": ("광역지역코드",),
    "lup_ord": ("정렬순서",),
    "balance": ("잔액",),
}
"""Each column by its field name in the API, with the headers of downloaded files."""

MONEY = ("bdg_cash_amt", "bdg_ntep", "capep", "sggep", "etc_amt", "ep_amt", "cpl_amt")
UNUSED = ("padm_laf_cd", "zon_cd", "lup_ord", "balance", "acnt_dv_cd", "wa_laf_cd")
ALWAYS = (
    "laf_hg_nm",
    "acnt_dv_nm",
    "dbiz_nm",
    "bdg_cash_amt",
    "bdg_ntep",
    "capep",
    "sggep",
    "etc_amt",
    "ep_amt",
    "fld_nm",
    "part_nm",
)
CODED = ("laf_cd", "fyr", "dbiz_cd", "exe_ymd", "cpl_amt")
"""Columns of a file with codes. A file without any of them has names alone, and then also the region's name."""

_UNIT = re.compile(r"단위\s*[:：]?\s*([^\s()（）\[\]〔〕<>]+)")
_IN_HEADER = re.compile(r"[(（\[〔](?:단위[:：]?)?((?:십|백|천|만|십만|백만|천만|억|십억|백억)?원)[)）\]〕]$")
_NUMBER = re.compile(r"[-−△]?[0-9][0-9,]*(\.[0-9]+)?")
_FIELDS = {squeezed: name for name, labels in HEADERS.items() for label in (name, *labels) for squeezed in (label.replace("·", "").casefold(),)}


@dataclass(frozen=True)
class Header:
    """The header of a file: ``columns`` holds the field of each position (None where the header cell is empty)."""

    rows: int
    columns: list[str | None]
    labels: dict[str, str]


def find_header(name: str, rows: Sequence[Sequence[str]]) -> tuple[Header | None, list[Fault]]:
    """Find the header among the first *rows* of a file, which may be two rows under a title.

    Returns the header, or None where there is none, and all that is wrong with it.
    """
    start = next((i for i, row in enumerate(rows) if _known(row)), None)
    if start is None:
        return None, [Fault(name, None, None, None, "lofin.no_header", {"columns": ", ".join(HEADERS[c][0] for c in ALWAYS)})]
    header_rows = list(takewhile(_known, rows[start:]))
    width = max(map(len, header_rows))
    cells = [next((row[i] for row in reversed(header_rows) if i < len(row) and row[i].strip()), "") for i in range(width)]
    line = start + len(header_rows)
    faults = [*_unit_faults(name, rows[: start + len(header_rows)], cells, line)]
    columns: list[str | None] = []
    for cell in cells:
        field = _field(cell)
        if cell.strip() and field is None:
            faults.append(Fault(name, line, _shown(cell), None, "contract.column_in_schema", {"column": _shown(cell)}))
        elif field and field in columns:
            faults.append(Fault(name, line, _shown(cell), None, "lofin.column_twice"))
        columns.append(field)
    faults += [Fault(name, line, None, None, "contract.column_in_dataframe", {"column": f"{HEADERS[c][0]} ({c})"}) for c in missing(columns)]
    labels = {field: _shown(cell) for field, cell in zip(columns, cells, strict=True) if field}
    return Header(line, columns, labels), faults


def missing(columns: Sequence[str | None]) -> list[str]:
    """The columns a file must have and has not."""
    coded = "laf_cd" in columns or "dbiz_cd" in columns
    return [c for c in (*ALWAYS, *(CODED if coded else ("wa_laf_hg_nm",))) if c not in columns]


def _known(row: Sequence[str]) -> bool:
    """Is this a row of a header: known labels in it, and no number?"""
    return any(_field(cell) for cell in row) and not any(_NUMBER.fullmatch(cell.strip()) for cell in row)


def _field(cell: str) -> str | None:
    return _FIELDS.get(_IN_HEADER.sub("", _squeezed(cell)).replace("·", "").casefold())


def _unit_faults(name: str, rows: Sequence[Sequence[str]], cells: Sequence[str], line: int) -> list[Fault]:
    """A unit that is printed, in the header or above it, and is not 원."""
    found = [Fault(name, i, None, unit, "lofin.unit") for i, row in enumerate(rows, 1) for cell in row for unit in _UNIT.findall(cell) if unit != "원"]
    for cell in cells:
        unit = _IN_HEADER.search(_squeezed(cell))
        if unit and unit[1] != "원" and not _UNIT.search(cell):
            found.append(Fault(name, line, _shown(cell), unit[1], "lofin.unit"))
    return found


def _squeezed(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell.removeprefix("\ufeff")).split())


def _shown(cell: str) -> str:
    return " ".join(cell.removeprefix("\ufeff").split())

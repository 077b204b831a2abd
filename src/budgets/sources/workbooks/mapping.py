"""What a table does not say itself, said by a person once and kept for next year: a mapping file (TOML).

sheet = "세출"                 # only this sheet, also a hidden one
table = 2                      # only this table of the sheet, counted from 1
header = [3, 4]                # first and last row of the headings, counted as Excel does
unit = "천원"                  # where no unit line says it, or where two contradict each other
year = 2026                    # where neither headings nor title say it
phase = "본예산"               # name or code of the vocabulary
phase_round = "1회"            # which supplementary budget
nature = "펀드 규모"           # where the amounts are no budget
funding = "국비"
government = "인천"
programme = "AI 혁신허브"      # where no column names it (a table of years)
supplementary = "increment"    # 추경 heads increments, or ("total") what the budget came to: then it is not added
netting = "gross"              # which of 총계 (gross) and 순계 (net) is read where both stand beside each other
hidden = "skip"                # hidden rows, columns and numbers: left out, or ("read") read all the same
struck = "skip"                # numbers that are struck out: left out, or ("read") read all the same
triangle = "decrease"          # what ▲ means, or ("increase")
scaled = "shown"               # the unit is that of the numbers shown, not ("stored") of those the cells hold
extent = "flow"                # of 목표 and 실적 that say no other: flow · stock · increase · cumulative · per_year
as_of = "2025-09-30"           # the day up to which 지출액 was paid
source_id = "incheon-2026-01-05"    # a source on file
[columns]
C = "programme"                # programme · context · government · code · year · period · funding · unit · remark · ignore
E = {role = "amount", year = 2026, phase = "본예산", funding = "국비", unit = "천원"}
F = {role = "amount", period = "2024~2028", phase = "발표"}    # 총사업비
[indicators]
"수료 인원" = "graduates"       # an indicator on the list, or with its extent:
"입주 기업" = {indicator = "companies_tenants", extent = "stock"}
[programmes]
"인공지능 놀이터(보조)" = "incheon-ai-playground"
"*" = "ignore"                 # every other row
[unit_of_year]
2023 = "백만원"                # where the unit changed between two years
2024 = "천원"
[source]                       # one that is not on file yet, by the keys of the sheet of sources
publisher = "인천광역시"
[checked]
"D14" = "원문 12쪽에서 확인함"   # a suspicious number that is right (also "sheet!D14"), and how that is known
"""

import re
import tomllib
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from budgets.disk import refuse_endless
from budgets.errors import UsageError
from budgets.sources.workbooks.grids import column_of
from budgets.sources.workbooks.periods import span
from budgets.sources.workbooks.units import MONEY_UNITS
from budgets.vocabulary import EXTENTS

ROLES = (
    "programme",
    "context",
    "government",
    "code",
    "year",
    "period",
    "phase",
    "funding",
    "unit",
    "remark",
    "amount",
    "change",
    "rate",
    "cumulative",
    "indicator",
    "value",
    "ignore",
)
ASIDE = "ignore"
_CHOICES = {
    "hidden": ("read", "skip"),
    "struck": ("read", "skip"),
    "triangle": ("increase", "decrease"),
    "supplementary": ("increment", "total"),
    "netting": ("gross", "net"),
    "extent": EXTENTS,
    "scaled": ("shown", "stored"),
}


@dataclass(frozen=True)
class Mapping:
    """The answers a person gave. Empty: nothing was asked yet."""

    sheet: str = ""
    table: int | None = None
    """Which table of the sheet, counted from 1."""
    header: tuple[int, int] | None = None
    """First and last row of the headings, counted from 1 as Excel does."""
    unit: str = ""
    year: int | None = None
    phase: str = ""
    phase_round: str = ""
    funding: str = ""
    nature: str = ""
    government: str = ""
    source_id: str = ""
    hidden: str = ""
    """What is done with hidden rows and columns, and with numbers whose format hides them: read · skip."""
    struck: str = ""
    """What is done with numbers that are struck out: read · skip."""
    triangle: str = ""
    """What ▲ means in this table: increase · decrease."""
    programme: str = ""
    """What the amounts are of, where no column names it."""
    supplementary: str = ""
    """What 추경 heads: increment · total."""
    netting: str = ""
    """Which of 총계 and 순계 is read: gross · net."""
    as_of: str = ""
    """The day up to which was paid."""
    columns: Dictionary[int, Dictionary[str, Any]] = field(default_factory=dict)
    programmes: Dictionary[str, str] = field(default_factory=dict)
    scaled: str = ""
    """Which number is in the unit stated, where cells show a thousandth of what they hold: shown · stored."""
    extent: str = ""
    """The extent of the values of indicators that do not say another."""
    indicators: Dictionary[str, tuple[str, str]] = field(default_factory=dict)
    """The indicator and the extent of a name in the table; either may be empty."""
    unit_of_year: Dictionary[int, str] = field(default_factory=dict)
    source: Dictionary[str, Any] = field(default_factory=dict)
    """A new source, by the keys of the sheet of sources."""
    checked: Dictionary[str, str] = field(default_factory=dict)
    """Cell, or sheet!cell → how a person knows that its number is right, however suspicious it looks."""

    def vouched(self, sheet: str, cell: str | None) -> str:
        """How the number of a cell was checked; empty where nobody said so."""
        return self.checked.get(f"{sheet}!{cell}", self.checked.get(cell or "", ""))


_KEYS = tuple(key.name for key in fields(Mapping))
_TEXTS = tuple(key.name for key in fields(Mapping) if key.type is str)
_NUMBERS = tuple(key.name for key in fields(Mapping) if key.type == int | None)
_TABLES = tuple(key.name for key in fields(Mapping) if key.default_factory is dict)


def read_mapping(path: Path) -> Mapping:
    """Raises `UsageError` naming the first thing that is no mapping, `DataError` for a pipe or a device."""
    refuse_endless(path)
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # Notepad begins a file with a mark
    except OSError as error:
        raise UsageError("intake.file.unreadable", path=path, why=error) from None
    except (ValueError, RecursionError) as error:
        raise UsageError("intake.mapping.broken", path=path.name, why=error) from None
    wrong = [key for key in given if key not in _KEYS]
    if wrong:
        raise _refused(path, wrong[0], given[wrong[0]], ", ".join(_KEYS))
    if isinstance(given.get("as_of"), date):
        given["as_of"] = given["as_of"].isoformat()
    for key in _TEXTS:
        if key in given and (not isinstance(given[key], str) or given[key] not in _CHOICES.get(key, (given[key],))):
            raise _refused(path, key, given[key], ", ".join(_CHOICES.get(key, ("글(text)",))))
    if not re.fullmatch(r"|[12][0-9]{3}-[0-9]{2}-[0-9]{2}", given.get("as_of", "")):
        raise _refused(path, "as_of", given["as_of"], "2025-09-30")
    for key in _TABLES:
        if not isinstance(given.get(key, {}), dict):
            raise _refused(path, key, given[key], f"[{key}]")
    for key in _NUMBERS:
        if key in given and not (isinstance(given[key], int) and not isinstance(given[key], bool)):
            raise _refused(path, key, given[key], "1, 2 … 2026")
    return Mapping(
        **{key: given[key] for key in (*_TEXTS, *_NUMBERS) if key in given},
        header=_header(path, given.get("header")),
        columns={_column(path, name): _role(path, name, value) for name, value in given.get("columns", {}).items()},
        programmes={str(k): str(v) for k, v in given.get("programmes", {}).items()},
        indicators={str(k): _indicator(path, str(k), v) for k, v in given.get("indicators", {}).items()},
        unit_of_year={int(k): str(v) for k, v in given.get("unit_of_year", {}).items() if str(k).isdigit()},
        source=given.get("source", {}),
        checked={_cell(path, str(k)): _how(path, str(k), v) for k, v in given.get("checked", {}).items()},
    )


def _header(path: Path, given: Any) -> tuple[int, int] | None:
    if given is None:
        return None
    rows = [given] if isinstance(given, int) else given
    if not isinstance(rows, list) or not rows or not all(isinstance(r, int) and r > 0 for r in rows):
        raise _refused(path, "header", given, "3, [3, 4]")
    return min(rows), max(rows)


def _column(path: Path, name: str) -> int:
    if not re.fullmatch("[A-Za-z]{1,3}", name):
        raise _refused(path, f"columns.{name}", name, "A, B … AA")
    return column_of(name)


def _role(path: Path, name: str, given: Any) -> dict[str, Any]:
    role = {"role": given} if isinstance(given, str) else given
    if not isinstance(role, dict) or role.get("role") not in ROLES or role.keys() - {"role", "year", "period", "phase", "phase_round", "funding", "unit"}:
        raise _refused(path, f"columns.{name}", given, ", ".join(ROLES))
    if "period" in role and span(role["period"]) is None:
        raise _refused(path, f"columns.{name}", given, "2024~2028")
    if (role["role"] != "value" and role.get("unit", "원") not in MONEY_UNITS) or not isinstance(role.get("year", 0), int):
        raise _refused(path, f"columns.{name}", given, ", ".join(MONEY_UNITS))
    return role


def _cell(path: Path, name: str) -> str:
    sheet, bang, cell = name.rpartition("!")
    if not re.fullmatch("[A-Za-z]{1,3}[1-9][0-9]{0,6}", cell):
        raise _refused(path, f"checked.{name}", name, "D14, 2026!D14")
    return f"{sheet}{bang}{cell.upper()}"


def _how(path: Path, name: str, given: Any) -> str:
    if not isinstance(given, str) or not given.strip():
        raise _refused(path, f"checked.{name}", given, '"원문 12쪽에서 확인함"')
    return given.strip()


def _indicator(path: Path, name: str, given: Any) -> tuple[str, str]:
    said = {"indicator": given} if isinstance(given, str) else given
    if not isinstance(said, dict) or said.keys() - {"indicator", "extent"} or said.get("extent", "flow") not in EXTENTS:
        raise _refused(path, f"indicators.{name}", given, f'{{indicator = "graduates", extent = "flow"}} ({", ".join(EXTENTS)})')
    return str(said.get("indicator", "")), str(said.get("extent", ""))


def _refused(path: Path, key: str, given: Any, wanted: str) -> UsageError:
    return UsageError("intake.mapping.wrong", path=path.name, key=key, given=given, wanted=wanted)

"""Budget totals of 지방재정365 (세출예산, ACEXBG) → rows of `denominators`."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from budgets.errors import DataError
from budgets.sources.lofin.codebook import Codebook
from budgets.sources.lofin.snapshot import Query

_PARTS = ("gen_acnt_amt", "pbco_spc_acnt_amt", "etc_spc_acnt_amt", "fnd_amt")
_TOTAL = "ane_tott_amt"
_SOURCE = "지방재정365 ACEXBG 세출예산"


def totals_query(year: int) -> Query:
    """The totals of all governments of one fiscal year."""
    return Query("totals", "ACEXBG", {"fyr": str(year)}, ("fyr", "laf_cd"))


def total_rows(rows: Iterable[Mapping[str, Any]], codebook: Codebook, year: int, fetched_on: date) -> list[dict[str, str]]:
    """Denominators as text: per government its total with funds, without them, and of the general account.

    The four parts must add up to the total in every row; regional sums are left out. Raises `DataError` at the first
    row that is of another year, of an unknown government, or does not add up.
    """
    out = []
    for row in rows:
        code, name = str(row.get("laf_cd", "")), str(row.get("laf_hg_nm", ""))
        if "*" in code or re.fullmatch(r"\S+계", name):
            continue
        day = date(year, 12, 31)
        entry = codebook.at(code, day) or codebook.former(code, name, day)
        amounts = {field: _won(row.get(field), name, field) for field in (_TOTAL, *_PARTS)}
        if entry is None:
            raise DataError("lofin.totals_code", code=code, name=name)
        if str(row.get("fyr")) != str(year):
            raise DataError("lofin.totals_year", name=name, found=row.get("fyr"), wanted=year)
        if sum(amounts[part] for part in _PARTS) != amounts[_TOTAL]:
            raise DataError("lofin.totals_sum", name=name)
        without_funds = amounts[_TOTAL] - amounts["fnd_amt"]
        for accounts, value, derived in (
            ("with_funds", amounts[_TOTAL], False),
            ("general_special", without_funds, True),
            ("general", amounts["gen_acnt_amt"], False),
        ):
            out.append(_denominator(entry.government, year, accounts, value, derived, fetched_on))
    return out


def _denominator(government: str, year: int, accounts: str, value: int, derived: bool, fetched_on: date) -> dict[str, str]:
    return {
        "government": government,
        "year": str(year),
        "denominator": "total_expenditure",
        "field": "",
        "stage": "approved",
        "accounts": accounts,
        "netting": "gross",
        "snapshot": "",
        "unit": "KRW",
        "value": str(value),
        "low": str(value),
        "high": str(value),
        "derived": "true" if derived else "false",
        "source": f"{_SOURCE} ({fetched_on.isoformat()})",
        "note": "세출총계에서 기금을 뺀 값" if derived else "",
    }


def _won(value: object, name: str, field: str) -> int:
    text = str(value).strip()
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise DataError("lofin.totals_amount", name=name, field=field)
    return int(text)

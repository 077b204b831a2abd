"""Small tables of figures, made in a line or two, for tests whose numbers a reader should be able to check by hand."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from budgets import contract
from budgets.amounts import read_figure
from budgets.schema import CLEAN, RULING, TableModel
from budgets.tables import Tables

Row = Mapping[str, Any]
DAY = "2026-01-01"
GOVERNMENTS = (
    ("alpha", "알파시", "province", 1),
    ("beta", "베타시", "province", 2),
    ("gamma", "감마도", "province", 3),
    ("town", "감마도 읍", "municipality", 4),
    ("land", "나라", "national", 0),
)
"""Invented governments: three provinces, a municipality, a nation."""


def money(figure_id: str, government: str = "alpha", printed: str = "10억 원", year: int | None = 2025, **more: Any) -> dict[str, Any]:
    """One printed amount with everything a comparison asks; *more* overrides columns, and the ruling on its programme."""
    row = {
        "figure_id": figure_id,
        "government": government,
        "as_printed": printed,
        "hedge": "none",
        "nature": "budget",
        "period_kind": "fiscal_year",
        "period_start": f"{year}-01-01" if year else "",
        "period_end": f"{year}-12-31" if year else "",
        "phase": "approved",
        "funding": "unknown",
        "unit": "KRW",
        "scope": "ai_core",
        "coverage": "government",
        "parent": "",
        "reliability": "press",
    }
    return row | more


def count(figure_id: str, government: str = "alpha", printed: str = "10개", year: int | None = 2025, **more: Any) -> dict[str, Any]:
    """One printed value of an indicator."""
    row = {
        "figure_id": figure_id,
        "government": government,
        "as_printed": printed,
        "hedge": "none",
        "indicator": "companies_supported",
        "unit": "companies",
        "phase": "target",
        "extent": "flow",
        "period_kind": "fiscal_year",
        "period_start": f"{year}-01-01" if year else "",
        "period_end": f"{year}-12-31" if year else "",
        "as_of": "",
        "scope": "ai_core",
        "coverage": "programme",
        "parent": "",
        "reliability": "press",
    }
    return row | more


def ruling(figure_id: str, kind: str, other: str = "") -> dict[str, str]:
    return {"figure_id": figure_id, "ruling": kind, "other_figure_id": other, "reason": "시험을 위해 정한 판정이다.", "decided_on": DAY}


def denominator(government: str, year: int, kind: str, value: float, low: float | None = None, high: float | None = None, **more: str) -> dict[str, Any]:
    """``population`` · ``price_index`` · ``total_expenditure`` (approved, general and special accounts, netting unknown)."""
    money_only = {"stage": "approved", "accounts": "general_special", "netting": "unknown"} if kind == "total_expenditure" else {}
    unit = {"population": "persons", "price_index": "index 2020=100"}.get(kind, "KRW")
    ends = {"value": value, "low": value if low is None else low, "high": value if high is None else high}
    return {"government": government, "year": year, "denominator": kind, "unit": unit, "derived": "false", "source": "시험", **money_only, **ends, **more}


def tables(figures: Sequence[Row], rulings: Sequence[Row] = (), denominators: Sequence[Row] = ()) -> Tables:
    """Tables in the contract's types. A figure may name its programme; otherwise it has one of its own, called by the figure's identifier."""
    rows = [{"programme_id": f["figure_id"], **f} for f in figures]
    budgets = [{**r, **_amounts(r, "amount_low_krw", "amount_krw", "amount_high_krw")} for r in rows if "indicator" not in r]
    targets = [{**r, **_amounts(r, "value_low", "value", "value_high")} for r in rows if "indicator" in r]
    programmes = {r["programme_id"]: r for r in rows}
    return Tables(
        budgets=_table([_printed(r) for r in budgets], CLEAN["budgets"]),
        targets=_table([_printed(r) for r in targets], CLEAN["targets"]),
        milestones=_standing("milestones"),
        programmes=_table([_programme(p, r) for p, r in programmes.items()], CLEAN["programmes"]),
        governments=_standing("governments"),
        indicators=_standing("indicators"),
        denominators=_table(denominators, CLEAN["denominators"]),
        sources=_standing("sources"),
        programme_rulings=_table([_programme_ruling(p, r) for p, r in programmes.items()], RULING["programmes"]),
        figure_rulings=_table(rulings, RULING["figures"]),
    )


@cache
def _standing(name: str) -> pd.DataFrame:
    """The tables that are the same in every test, checked once."""
    rows: dict[str, list[Row]] = {
        "milestones": [],
        "governments": [_government(*g) for g in GOVERNMENTS],
        "indicators": [_indicator(i, u) for i, u in (("companies_supported", "companies"), ("people_trained", "persons"))],
        "sources": [_source(r) for r in ("press", "unsourced")],
    }
    table = _table(rows[name], CLEAN[name])
    return contract.check(table, CLEAN[name])


def _amounts(row: Row, *columns: str) -> dict[str, str]:
    amount = read_figure(row["as_printed"], row["hedge"])
    return {c: "" if end is None else str(end) for c, end in zip(columns, (amount.low, amount.printed, amount.high), strict=True)}


def _printed(row: Row) -> dict[str, Any]:
    return {**row, "programme_as_printed": row["programme_id"], "source_id": row["reliability"], "locator": "여기"}


def _programme(programme_id: str, row: Row) -> dict[str, str]:
    names = {"name_ko": f"사업 {programme_id}", "name_en": f"programme {programme_id}"}
    return {"programme_id": programme_id, "government": row["government"], **names, "source_id": "press", "locator": "여기"}


def _programme_ruling(programme_id: str, row: Row) -> dict[str, str]:
    return {
        "programme_id": programme_id,
        "scope": row["scope"],
        "coverage": row["coverage"],
        "parent": row["parent"],
        "reason": "시험을 위해 정한 판정이다.",
        "decided_on": DAY,
    }


def _government(government: str, name: str, level: str, order: int) -> dict[str, str]:
    return {
        "government": government,
        "name_ko": name,
        "short_ko": name,
        "name_en": government.title(),
        "level": level,
        "official_order": str(order),
        "source": "시험",
    }


def _indicator(indicator: str, unit: str) -> dict[str, str]:
    return {"indicator": indicator, "name_ko": indicator, "name_en": indicator, "unit": unit, "unit_ko": "개", "means": "시험"}


def _source(reliability: str) -> dict[str, str]:
    stated = {"published_precision": "day", "published_basis": "printed", "redistribute": "false", "checked": "excerpt"}
    return {"source_id": reliability, "kind": "press", "publisher": "시험신문", "published_on": DAY, "reliability": reliability, **stated}


def _table(rows: Sequence[Row], model: type[TableModel]) -> pd.DataFrame:
    columns = list(model.to_schema().columns)
    raw = pd.DataFrame([[str(row.get(c, "")) for c in columns] for row in rows], columns=columns, dtype="str")
    table, faults = contract.typed(raw.assign(_file="small", _line=range(2, len(raw) + 2)), model)
    assert not faults, [fault.say("en") for fault in faults]
    return table.drop(columns=contract.PLACE)

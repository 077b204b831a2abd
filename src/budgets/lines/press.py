"""What the press said of a programme beside what the official lines say, where both speak of one programme and year."""

from typing import Any

import pandas as pd

from budgets.lines.matching import bare_name
from budgets.lines.official import OfficialLines
from budgets.rows import each
from budgets.tables import Tables

LEAST = 5
"""A shorter name inside another name says nothing."""
COLUMN = {
    "national": "national_krw",
    "provincial": "provincial_krw",
    "municipal": "municipal_krw",
    "other": "other_krw",
}
COLUMNS = [
    "figure_id",
    "government",
    "fiscal_year",
    "programme_name",
    "match",
    "as_printed",
    "low_krw",
    "high_krw",
    "phase",
    "funding",
    "press_scope",
    "official_krw",
    "official_scope",
    "verdict",
    "explained_by",
    "lines",
]


def press_against_official(tables: Tables, lines: OfficialLines) -> pd.DataFrame:
    """Every printed amount of one fiscal year whose programme has an official line of its name: columns `COLUMNS`.

    ``match``: same name, or one name inside the other (``contained``). ``official_krw``: 예산현액 (지출액 for what was paid
    or settled), of the funding the print names, summed over the lines of the name. ``verdict``: ``fits`` (inside the
    printed interval) · ``explained`` (another phase, funding or scope: ``explained_by``) · ``flagged``. ``lines``: their
    labels in ``lines.programmes``.
    """
    figures = tables.judged_budgets
    figures = figures.loc[(figures["period_kind"] == "fiscal_year") & (figures["unit"] == "KRW")]
    figures = figures.loc[(figures["nature"] == "budget") & figures["government"].isin(lines.programmes["government"].unique())]
    names = {p: _names(tables, p) for p in figures["programme_id"].unique()}
    years = figures["period_start"].dt.year
    official = lines.programmes.loc[lines.programmes["government"].isin(figures["government"].unique()) & lines.programmes["fiscal_year"].isin(years.unique())]
    official = official.assign(bare=[bare_name(n) for n in official["programme_name"]])
    rows = []
    for figure in each(figures):
        year = int(figure["period_start"].year)
        mine = official.loc[(official["government"] == figure["government"]) & (official["fiscal_year"] == year)]
        for match, some in _matches(mine, names[figure["programme_id"]]):
            rows.append(_beside({str(k): x for k, x in figure.items()}, year, match, some))
    return pd.DataFrame(rows, columns=COLUMNS)


def _names(tables: Tables, programme: str) -> set[str]:
    row = tables.programmes.loc[tables.programmes["programme_id"] == programme].iloc[0]
    aliases = str(row["aliases"]).split("|") if pd.notna(row["aliases"]) else []
    return {bare_name(name) for name in (str(row["name_ko"]), *aliases)}


def _matches(official: pd.DataFrame, names: set[str]) -> list[tuple[str, pd.DataFrame]]:
    same = official.loc[official["bare"].isin(names)]
    if len(same):
        return [("same", same)]
    inside = [any(len(n) >= LEAST and len(b) >= LEAST and (n in b or b in n) for n in names) for b in official["bare"]]
    some = official.loc[inside]
    return [("contained", some)] if len(some) else []


def _beside(figure: dict[str, Any], year: int, match: str, some: pd.DataFrame) -> dict[str, object]:
    paid = figure["phase"] in ("paid", "settled")
    column = "paid_krw" if paid else COLUMN.get(str(figure["funding"]), "adjusted_krw")
    if figure["funding"] == "local" and not paid:
        amount = int((some["provincial_krw"] + some["municipal_krw"]).sum())
    else:
        amount = int(some[column].sum())
    low, high = figure["amount_low_krw"], figure["amount_high_krw"]
    inside = (pd.isna(low) or low <= amount) and (pd.isna(high) or amount <= high)
    different = []
    if figure["phase"] not in ("adjusted", "paid"):
        different.append("phase")
    if figure["funding"] in ("unknown", "mixed", "private") or (paid and figure["funding"] != "unknown"):
        different.append("funding")
    scopes = sorted(set(some["scope"]))
    if figure["scope"] not in scopes:
        different.append("scope")
    verdict = "fits" if inside else "explained" if different else "flagged"
    return {
        "figure_id": figure["figure_id"],
        "government": figure["government"],
        "fiscal_year": year,
        "programme_name": " / ".join(dict.fromkeys(some["programme_name"])),
        "match": match,
        "as_printed": figure["as_printed"],
        "low_krw": low,
        "high_krw": high,
        "phase": figure["phase"],
        "funding": figure["funding"],
        "press_scope": figure["scope"],
        "official_krw": amount,
        "official_scope": ",".join(scopes),
        "verdict": verdict,
        "explained_by": "" if inside else ",".join(different),
        "lines": tuple(some.index),
    }

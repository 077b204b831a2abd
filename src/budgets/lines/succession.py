"""Governments that ended and those that took their place: whose lines are whose, and where a series breaks.

From 1 July 2026 the offices of Gwangju and Jeonnam are one. Programmes keep the code of the office that began them
(6 + ministry's code of the province + 0000), which tells them apart where the former government is asked for by name.
"""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from budgets.rows import each
from budgets.sources.lofin.codebook import FORMER_PLACES, Former
from budgets.tables import Tables


def heirs(tables: Tables, day: date, level: str = "province") -> dict[str, list[str]]:
    """Governments of *level* that exist on *day* and took the place of two or more: heir → those, in official order."""
    g, when = tables.governments, pd.Timestamp(day)
    ended = g.loc[(g["valid_to"] < when).fillna(False) & g["successor"].notna() & (g["level"] == level)]
    found: dict[str, list[str]] = {}
    for row in each(ended.sort_values("official_order", kind="stable")):
        found.setdefault(str(row["successor"]), []).append(str(row["government"]))
    return {heir: former for heir, former in found.items() if len(former) > 1}


def moved(first: date, last: date) -> list[Former]:
    """Governments that went from one province to another after *first* and by *last*: their own series goes on, the
    sums of the two provinces do not."""
    return [p for p in FORMER_PLACES if first <= p.until < last and not p.government.startswith(f"{p.province}-")]


def reshaped(tables: Tables, first: date, last: date) -> list[str]:
    """Municipalities whose territory changed after *first* and by *last*: of a province in which others began that day.

    A new name alone (all of Jeonnam in 2026) changes no territory; Incheon's Seo-gu lost Geomdan with its name.
    """
    g = tables.governments.loc[tables.governments["level"] == "municipality"]
    begins = g["valid_from"].notna() & (g["valid_from"] > pd.Timestamp(first)) & (g["valid_from"] <= pd.Timestamp(last))
    again = begins & g["government"].duplicated(keep=False)
    new = {(p, d) for p, d in zip(g.loc[begins & ~again, "province"], g.loc[begins & ~again, "valid_from"], strict=True)}
    return [r["government"] for r in each(g.loc[again]) if (r["province"], r["valid_from"]) in new]


def code_prefix(tables: Tables, government: str) -> str | None:
    """What the programme codes of a province's own office begin with; None for others.

    Gwangju's are 6290000…, also after it became part of another government.
    """
    rows = tables.governments.loc[(tables.governments["government"] == government) & tables.governments["mois_code"].notna()]
    code = str(rows["mois_code"].iloc[0]) if len(rows) else ""
    return f"6{code}0000" if len(code) == 2 else None


def divided(tables: Tables, table: pd.DataFrame, asked: Iterable[str], day: date) -> pd.DataFrame:
    """*table* with the lines of an heir given to the former governments that are asked for by name, by code prefix.

    Lines of an heir that is asked for itself stay its own: nothing is counted twice. Sums, which have no codes, stay.
    """
    wanted = set(asked)
    if "programme_code" not in table.columns:
        return table
    government = table["government"].copy()
    for heir, former in heirs(tables, day).items():
        if heir in wanted:
            continue
        for one in wanted.intersection(former):
            prefix = code_prefix(tables, one)
            if prefix:
                begins = table["programme_code"].str.startswith(prefix).fillna(False).astype(bool)
                government = government.mask((table["government"] == heir) & begins, one)
    return table.assign(government=government)


def population(tables: Tables, governments: Iterable[str], year: int) -> dict[str, float]:
    """Residents at the end of *year*, for the governments that have them; an heir has those of all it came from."""
    rows = tables.denominators
    some = rows.loc[(rows["denominator"] == "population") & (rows["year"] == year)]
    known = dict(zip(some["government"], some["value"].astype(float), strict=True))
    former: dict[str, list[str]] = {}
    provinces = tables.governments.loc[tables.governments["successor"].notna() & (tables.governments["level"] == "province")]
    for one, heir in zip(provinces["government"], provinces["successor"], strict=True):
        former.setdefault(str(heir), []).append(str(one))
    found = {}
    for government in governments:
        parts = former.get(government, [])
        if government in known:
            found[government] = known[government]
        elif parts and all(part in known for part in parts):
            found[government] = sum(known[part] for part in parts)
    return found

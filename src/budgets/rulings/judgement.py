"""Rulings laid beside the figures: which scope and coverage a programme has, what contains or replaces a figure."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from budgets.errors import Fault

STAND_ALONE = ("not_comparable", "parts_complete")
"""The rulings that need no other figure."""


def judged(
    figures: pd.DataFrame,
    programmes: pd.DataFrame,
    governments: pd.DataFrame,
    sources: pd.DataFrame,
    programme_rulings: pd.DataFrame,
) -> pd.DataFrame:
    """The figures with who spends (government, level), how we ruled on the programme (scope, coverage, parent) and
    how far the source can be relied on. Same rows, same order; a programme without a ruling has empty scope."""
    levels = governments.drop_duplicates("government")[["government", "level"]]
    return (
        figures.merge(programmes[["programme_id", "government"]], on="programme_id", how="left", validate="many_to_one")
        .merge(levels, on="government", how="left", validate="many_to_one")
        .merge(programme_rulings[["programme_id", "scope", "coverage", "parent"]], on="programme_id", how="left", validate="many_to_one")
        .merge(sources[["source_id", "reliability"]], on="source_id", how="left", validate="many_to_one")
    )


def wholes(figures: pd.DataFrame, figure_rulings: pd.DataFrame, programme_rulings: pd.DataFrame | None = None) -> dict[str, set[str]]:
    """Every figure that contains a given figure, directly or through others: ``{part: {whole, …}}``.

    A figure is part of another by a ruling on the figure, or (only with *programme_rulings*, for money) because its
    programme lies inside the other's programme.
    """
    parts = figure_rulings.loc[figure_rulings["ruling"] == "part_of"]
    direct: dict[str, set[str]] = {}
    for part, whole in zip(parts["figure_id"], parts["other_figure_id"], strict=True):
        direct.setdefault(part, set()).add(whole)
    found = {figure: ancestors(figure, direct) for figure in figures["figure_id"]}
    if programme_rulings is not None:
        nested = programme_rulings.dropna(subset=["parent"])
        parents = {p: {q} for p, q in zip(nested["programme_id"], nested["parent"], strict=True)}
        holders = figures.groupby("programme_id")["figure_id"].agg(set).to_dict()
        for figure, programme in zip(figures["figure_id"], figures["programme_id"], strict=True):
            for outer in ancestors(programme, parents):
                found[figure] |= holders.get(outer, set())
    return found


def ancestors(start: str, direct: Mapping[str, Collection[str]]) -> set[str]:
    """Everything reachable from *start*. Circles do not hang it; they are refused by `check_rulings`."""
    seen: set[str] = set()
    waiting = list(direct.get(start, ()))
    while waiting:
        if (one := waiting.pop()) not in seen:
            seen.add(one)
            waiting.extend(direct.get(one, ()))
    return seen - {start}


def check_rulings(figure_rulings: pd.DataFrame, programme_rulings: pd.DataFrame, figure_ids: Collection[str], programme_ids: Collection[str]) -> list[Fault]:
    """Faults of rulings about things that are not there, chains of same_as, and circles.

    Both tables carry ``_file`` and ``_line``.
    """
    faults = []
    for row in programme_rulings.itertuples(index=False):
        place = dict(zip(("file", "line"), row[-2:], strict=True))
        for column in ("programme_id", "parent"):
            value: Any = getattr(row, column)
            if pd.notna(value) and value not in programme_ids:
                faults.append(missing(place, column, value, "programmes", programme_ids))
    same = figure_rulings.loc[figure_rulings["ruling"] == "same_as"]
    duplicates = set(same["figure_id"])
    for row in figure_rulings.itertuples(index=False):
        place = dict(zip(("file", "line"), row[-2:], strict=True))
        for column in ("figure_id", "other_figure_id"):
            value = getattr(row, column)
            if pd.notna(value) and value not in figure_ids:
                faults.append(missing(place, column, value, "figures", figure_ids))
        other: Any = row.other_figure_id
        if row.ruling not in STAND_ALONE and pd.isna(other):
            faults.append(Fault(**place, column="other_figure_id", value=None, key="contract.needs_other"))
        if row.ruling == "same_as" and other in duplicates:
            faults.append(Fault(**place, column="other_figure_id", value=other, key="contract.chain", fields={"other": other}))
    for figure, rows in same.groupby("figure_id", sort=False):
        others = list(dict.fromkeys(rows["other_figure_id"].dropna()))
        if len(others) > 1:
            place = dict(zip(("file", "line"), rows.iloc[-1].tolist()[-2:], strict=True))
            faults.append(Fault(**place, column="figure_id", value=str(figure), key="contract.two_canonical", fields={"others": ", ".join(others)}))
    for ruling in ("part_of", "superseded_by"):
        some = figure_rulings.loc[figure_rulings["ruling"] == ruling].dropna(subset=["other_figure_id"])
        faults += _circles(some, "figure_id", "other_figure_id")
    return faults + _circles(programme_rulings.dropna(subset=["parent"]), "programme_id", "parent")


def missing(place: Mapping[str, object], column: str, value: str, table: str, known: Collection[str]) -> Fault:
    """A fault for an identifier that is not in *table*, with the nearest one that is."""
    from difflib import get_close_matches  # a heavy import for a rare case

    near = get_close_matches(value, list(known), n=1)
    fields: dict[str, object] = {"table": table, "near": f" → {near[0]}?" if near else ""}
    return Fault(str(place["file"]), place["line"], column, value, "contract.reference", fields)  # type: ignore[arg-type]


def _circles(table: pd.DataFrame, part: str, whole: str) -> list[Fault]:
    direct: dict[str, set[str]] = {}
    for a, b in zip(table[part], table[whole], strict=True):
        direct.setdefault(a, set()).add(b)
    faults = []
    for row in table.itertuples(index=False):
        start, over = getattr(row, part), getattr(row, whole)
        if start == over or start in ancestors(over, direct):
            faults.append(Fault(row[-2], row[-1], whole, over, "contract.circle", {"path": f"{start} → {over} → … → {start}"}))
    return faults

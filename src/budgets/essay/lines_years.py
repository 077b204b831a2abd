"""Official lines over years: amounts side by side, programmes paired, and what could not be paired."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

import pandas as pd

from budgets.essay.cells import MILLION, column
from budgets.essay.found import Shown
from budgets.essay.lines import basis_table, named_of
from budgets.essay.prose import Prose
from budgets.lines.comparing import LineComparison, say_snapshot
from budgets.lines.matching import Matching, match_programmes
from budgets.lines.succession import moved
from budgets.lines.years import Years, over_years
from budgets.page import Column, html_table
from budgets.passport import pair_passports, programme_figure, programme_passports, year_passports
from budgets.rows import each
from budgets.words import listed, text

FIGURE = " figure"
"""After a column's name: the column with the figures of its cells."""


def years_table(
    yearly: Mapping[int, LineComparison],
    language: str = "ko",
    *,
    measure: str = "amount",
    constant: bool = False,
    most: int = 20,
) -> Shown:
    """*measure* (``amount`` in million won, or ``per_resident`` in won) of each year on one basis side by side, years of
    the same day alone, with the change between the last two; *constant*: in the prices of one year. Never summed."""
    if not yearly:
        return Prose(text("lines.nothing_short", language))
    years = list(yearly)
    if len(years) < 2:
        return Prose(text("lines.one_year", language, years=", ".join(map(str, years))))
    over = over_years(yearly, measure=measure, constant=constant)
    if constant and over.base_year is None:
        return Prose(text("lines.no_index", language, years=", ".join(map(str, years))))
    last = over.last
    top = last.governments.loc[last.governments["rank"] <= most, "government"]
    shown = over.rows.loc[over.rows["government"].isin(top)].reset_index(drop=True)
    last_two = [over.comparisons[year].basis for year in over.years[-2:]]
    names = {f"{year}{FIGURE}": [c.basis.figure(g) for g in shown["government"]] for year, c in over.comparisons.items()}
    names[f"change{FIGURE}"] = [" ".join(basis.figure(g) for basis in last_two) for g in shown["government"]]
    shown = shown.assign(**names)
    money = measure == "amount"
    for year in map(str, over.years):
        shown[year] = shown[year] / MILLION if money else shown[year].round(0)
    shown["change"] = shown["change"] / 100
    shown["government"] = [named_of(last, g, language) for g in shown["government"]]
    kind: Literal["amount", "number"] = "amount" if money else "number"
    columns = [
        column("government", language),
        *(Column(str(y), text("basis.years", language, years=y), kind, missing="–", figure=f"{y}{FIGURE}") for y in over.years),
        Column("change", text("lines.column.growth", language, before=years[-2], after=years[-1]), "percent", missing="–", figure=f"change{FIGURE}"),
    ]
    made = html_table(
        shown,
        columns=columns,
        caption=text(f"lines.caption.changes_{measure}", language) + (text("lines.caption.constant", language, base=over.base_year) if over.base_year else ""),
        unit=text(f"lines.unit.{'million' if money else 'won'}", language),
        notes=[*last.notes(language), *_across(over, measure, language)],
        sources=_origins(over.comparisons.values(), language),
        language=language,
    )
    return replace(made, passports=year_passports(over, set(top), measure, language))


def matched_table(yearly: Mapping[int, LineComparison], language: str = "ko", *, most: int = 40) -> Shown:
    """Programmes of the last two comparable years, paired by code or by bare name, the largest changes first."""
    matching = _matching(yearly)
    if matching is None:
        return Prose(text("lines.nothing_short" if not yearly else "lines.no_two_years", language))
    before, comparison, pairs = matching
    rows = pairs.pairs.assign(change=pairs.pairs["after_krw"] - pairs.pairs["before_krw"])
    rows = rows.iloc[rows["change"].abs().argsort(kind="stable")[::-1]].head(most)
    shown = rows.assign(
        government=[named_of(comparison, g, language) for g in rows["government"]],
        programme=rows["after_name"],
        by=[text(f"lines.by.{by}", language) for by in rows["by"]],
        **{key: rows[f"{key}_krw"].astype("Float64") / MILLION for key in ("before", "after")},
        change=rows["change"].astype("Float64") / MILLION,
        figure=[
            f"{programme_figure(old)} {programme_figure(new)}"
            for old, new in zip(each(before.rows.iloc[rows["before_line"]]), each(comparison.rows.iloc[rows["after_line"]]), strict=True)
        ],
    )
    keys = ("government", "programme", "by", "before", "after", "change")
    made = basis_table("matched", shown, keys, comparison, comparison.notes(language), _origins((before, comparison), language), language)
    return replace(made, passports=pair_passports(before, comparison, rows, language))


def ambiguous_table(yearly: Mapping[int, LineComparison], language: str = "ko") -> Shown:
    """Bare names that stand more than once in one of the two years: left unmatched."""
    matching = _matching(yearly)
    if matching is None or matching[2].ambiguous.empty:
        return Prose(text("lines.nothing_short" if not yearly else "lines.nothing_here", language))
    before, comparison, pairs = matching
    names = pairs.ambiguous
    left = pd.concat([pairs.gone, pairs.new])
    left = left.loc[pd.MultiIndex.from_frame(left[["government", "bare"]]).isin(pd.MultiIndex.from_frame(names[["government", "name"]]))]
    figures: dict[tuple[str, str], list[str]] = {}
    for row in each(left):
        figures.setdefault((row["government"], row["bare"]), []).append(programme_figure(row))
    shown = names.assign(
        government=[named_of(comparison, g, language) for g in names["government"]],
        programme=names["name"],
        lines=names["before"] + names["after"],
        figure=[" ".join(figures[key]) for key in zip(names["government"], names["name"], strict=True)],
    )
    made = basis_table("ambiguous", shown, ("government", "programme", "lines"), comparison, (), _origins((before, comparison), language), language)
    return replace(made, passports=programme_passports(comparison.tables, left, language))


def _matching(yearly: Mapping[int, LineComparison]) -> tuple[LineComparison, LineComparison, Matching] | None:
    if len(yearly) < 2:
        return None
    before, after = list(yearly.values())[-2:]
    return before, after, match_programmes(before.rows, after.rows)


def _origins(compared: Iterable[LineComparison], language: str) -> list[str]:
    """The 자료: line of several years, whose lines are all of one day of the year."""
    bases = [one.basis for one in compared]
    years, day = [basis.fiscal_year for basis in bases], bases[-1].snapshot
    assert day is not None
    whole = years == list(range(years[0], years[-1] + 1)) and len(years) > 2
    said = f"{years[0]}–{years[-1]}" if whole else listed(list(map(str, years)), language)
    return [text("lines.note.origins", language, years=said, month=day.month, day=day.day)]


def _across(over: Years, measure: str, language: str) -> list[str]:
    """What must be said of several years side by side: no sum, prices, population, changes of territory."""
    tables = over.last.tables
    first, end = (over.comparisons[y].basis.snapshot for y in (over.years[0], over.years[-1]))
    assert first is not None and end is not None
    notes = [text("lines.note.no_sum", language)] if over.last.basis.phase == "adjusted" else []
    if over.base_year:
        notes.append(text("lines.note.constant", language, base=over.base_year))
    if over.without_index:
        notes.append(text("lines.note.without_index", language, years=", ".join(map(str, over.without_index))))
    if measure == "per_resident":
        notes.append(text("lines.note.population_each", language))
    if over.reshaped:
        names = "·".join(named_of(over.last, g, language) for g in over.reshaped)
        notes.append(text("lines.note.reshaped", language, names=names))
    for place in moved(first, end):
        words = {
            "name": tables.name(place.government, language),
            "before": tables.name(place.province, language),
            "after": tables.name(place.government.split("-")[0], language),
            "day": say_snapshot(place.until, language),
        }
        notes.append(text("lines.note.moved", language, **words))
    return notes

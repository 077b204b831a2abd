"""Tables about figures and comparisons. Amounts in million won, numbers as numbers; every row opens its passport."""

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from budgets.comparison import Comparison
from budgets.essay.cells import MILLION, basis, cited, column, indicator_names, name_column, named
from budgets.essay.prose import Prose
from budgets.measures import (
    Measure,
    budget_to_stand_against,
    constant_prices,
    per_resident,
    ranks,
    share_of_budget,
    total,
)
from budgets.page import Column, Table, html_table
from budgets.reading import each, given, say_period
from budgets.tables import Tables
from budgets.words import text

MONEY = {"low": "amount_low_krw", "value": "amount_krw", "high": "amount_high_krw"}
COUNT = {"low": "value_low", "value": "value", "high": "value_high"}


def figures_table(tables: Tables, rows: pd.DataFrame, kind: Literal["budgets", "targets"], language: str = "ko") -> Table:
    """Published figures, money or indicators, one a row: who, what, as printed, low · printed · high, basis.

    *rows* are judged figures (`Tables.judged_budgets` or `Tables.judged_targets`, some of their rows).
    """
    return _figures(tables, rows, text(f"essay.caption.{kind}", language), language)


def compared_table(comparison: Comparison, language: str = "ko") -> Table:
    """The rows of a comparison, with its basis for a caption."""
    caption = text("essay.caption.compared", language, basis=comparison.basis.describe(language))
    return _figures(comparison.tables, comparison.rows, caption, language)


def _figures(tables: Tables, rows: pd.DataFrame, caption: str, language: str) -> Table:
    money = "amount_krw" in rows.columns
    ends = MONEY if money else COUNT
    scale = MILLION if money else 1
    shown = named(tables, rows, language).assign(
        **{end: rows[column].astype("Float64") / scale for end, column in ends.items()},
        basis=[basis(row, language) for row in each(rows)],
    )
    if not money:
        shown["what"] = rows["indicator"].map(indicator_names(tables, language))
    keys = ["government", "programme", *([] if money else ["what"]), "as_printed"]
    columns = [column(key, language) for key in keys]
    columns += [column(end, language, "amount" if money else "number") for end in ends]
    columns.append(column("basis", language))
    unit = text("essay.unit.million", language) if money else None
    return html_table(shown, columns=columns, caption=caption, unit=unit, sources=cited(tables, rows, language), language=language)


def measures_table(comparison: Comparison, base_year: int, language: str = "ko") -> Table | Prose:
    """One row for every government of the basis: total, per resident, share of its budget, constant prices, rank.

    A measure that cannot be computed is left out and named in the notes. For amounts of programmes, and on a mixed
    basis, a sentence that says why there is no such table.
    """
    if comparison.speaks_of_parts or comparison.basis.mixed:
        return Prose(text("essay.no_measures", language))
    measure, tables = total(comparison), comparison.tables
    rows = measure.rows.assign(government=[tables.name(g, language) for g in measure.rows["government"]])
    rows["rank"] = ranks(measure.rows.loc[measure.rows["figures"] > 0]).reindex(rows.index)
    shown = rows[["government"]].copy()
    shown["figure"] = [" ".join(ids) for ids in rows["figure_ids"]]
    for end in MONEY:
        shown[end] = rows[end].astype("Float64") / MILLION
    columns = [column("government", language), *(column(end, language, "amount") for end in MONEY)]
    notes = [note.say(language) for note in measure.notes]
    resident = per_resident(measure)
    _add(shown, columns, resident, "per_resident", language)
    notes += [note.say(language) for note in resident.notes[len(measure.notes) :]]
    if measure.basis.period_kind == "fiscal_year":
        year = int(measure.basis.fiscal_year)  # type: ignore[arg-type]
        best = budget_to_stand_against(tables, year, str(measure.basis.phase), comparison.present)
        if best is not None:
            share = share_of_budget(measure, **best)
            _add(shown, columns, share, "share", language)
            notes += [note.say(language) for note in share.notes[len(measure.notes) :]]
        prices = constant_prices(measure, base_year=base_year)
        if prices.name != measure.name:
            _add(shown, columns, prices, "constant", language, scale=MILLION)
        notes += [note.say(language) for note in prices.notes[len(measure.notes) :]]
    uncertain = text("essay.uncertain", language)
    published = measure.rows["figures"] > 0
    shown["rank"] = [str(r) if given(r) else (uncertain if p and published.sum() > 1 else "–") for r, p in zip(rows["rank"], published, strict=True)]
    columns.append(column("rank", language))
    caption = text("essay.caption.measures", language, basis=comparison.basis.describe(language))
    figures = comparison.rows
    return html_table(shown, columns=columns, caption=caption, unit=text("essay.unit.measures", language), notes=notes, sources=cited(tables, figures, language), language=language)


def reasons_table(comparison: Comparison, language: str = "ko") -> Table:
    """How many figures were set aside, by reason, in the order in which the reasons are tried."""
    counts = comparison.reasons()
    rows = pd.DataFrame({"reason": [text(f"reason.{r}", language) for r in counts.index], "number": counts.to_numpy()})
    kept = text("essay.kept", language, n=len(comparison.rows), all=len(comparison.rows) + len(comparison.set_aside))
    return html_table(rows, columns=[column("reason", language), column("number", language, "number")], caption=text("essay.caption.reasons", language), notes=[kept], language=language)


def nearest_table(comparison: Comparison, language: str = "ko") -> Table:
    """For each government without a row: its figures nearest to the basis, and in what they differ from it."""
    near = comparison.nearest()
    caption = text("essay.caption.nearest", language)
    return _with_differences(comparison.tables, near, caption, language)


def differences_table(comparison: Comparison, language: str = "ko", most: int = 60) -> Table:
    """Figures of the basis's governments that were set aside, those nearest to the basis first, each with all its reasons."""
    mine = comparison.set_aside.loc[comparison.set_aside["government"].isin(comparison.basis.governments)]
    nearest = mine.sort_values(["misses", "figure_id"], kind="stable")
    notes = [text("essay.more", language, shown=most, all=len(mine))] if len(mine) > most else []
    return _with_differences(comparison.tables, nearest.head(most).reset_index(drop=True), text("essay.caption.set_aside", language), language, notes)


def achievement_table(tables: Tables, pairs: pd.DataFrame, language: str = "ko") -> Table:
    """Every target that can be held against a result: target, actual, achievement in percent."""
    names = tables.programmes.set_index("programme_id")[name_column(language)]
    shown = pairs.assign(
        government=[tables.name(g, language) for g in pairs["government"]],
        programme=pairs["programme_id"].map(names),
        what=pairs["indicator"].map(indicator_names(tables, language)),
        period=[say_period(row | {"period_kind": "fiscal_year"}, language) for row in each(pairs)],
        rate=pairs["value"] / 100,
        figure=pairs["target_id"] + " " + pairs["actual_id"],
    )
    columns = [column(k, language) for k in ("government", "programme", "what", "period")]
    columns += [column("target", language, "number"), column("actual", language, "number"), column("rate", language, "percent")]
    ids = pd.DataFrame({"figure_id": [*pairs["target_id"], *pairs["actual_id"]]})
    return html_table(shown, columns=columns, caption=text("essay.caption.achievement", language), notes=[text("essay.achievement_rule", language)], sources=cited(tables, ids, language), language=language)


def _with_differences(tables: Tables, rows: pd.DataFrame, caption: str, language: str, notes: Sequence[str] = ()) -> Table:
    shown = named(tables, rows, language).assign(
        basis=[basis(row, language) for row in each(rows)],
        differs=[" · ".join(text(f"reason.{r}", language) for r in d.split(" · ")) if d else "" for d in rows["differs"]],
        why=rows["why"].fillna(""),
    )
    columns = [column(k, language) for k in ("government", "programme", "as_printed", "basis", "differs")]
    if shown["why"].str.len().sum():
        columns.append(column("why", language))
    return html_table(shown, columns=columns, caption=caption, notes=notes, sources=cited(tables, rows, language), language=language)


def _add(shown: pd.DataFrame, columns: list[Column], measure: Measure, key: str, language: str, scale: float = 1) -> None:
    values = measure.rows["value"].astype("Float64") / (100 if measure.unit == "percent" else scale)
    shown[key] = values.round(4 if measure.unit == "percent" else 0)
    shown[f"{key}_interval"] = [
        "" if not row["figures"] else f"{_short(row['low'], scale)}–{_short(row['high'], scale)}" for row in each(measure.rows)
    ]
    columns.append(column(key, language, "percent" if measure.unit == "percent" else "number"))
    columns.append(column(f"{key}_interval", language))


def _short(value: object, scale: float) -> str:
    if not given(value):
        return "…"
    number = float(value) / scale  # type: ignore[arg-type]
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"

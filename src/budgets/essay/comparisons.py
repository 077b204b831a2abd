"""Tables about figures and comparisons. Amounts in million won, numbers as numbers; every row opens its passport."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import pandas as pd

from budgets.comparison import Comparison
from budgets.essay.cells import MILLION, basis, cited, column, indicator_names, name_column, named
from budgets.essay.tracing import trace
from budgets.page import Table, html_table
from budgets.reading import say_period, say_reasons
from budgets.rows import each
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
    """The rows of a comparison, with its basis for a caption; its passports say who was compared and who set aside."""
    caption = text("essay.caption.compared", language, basis=comparison.basis.describe(language))
    return replace(_figures(comparison.tables, comparison.rows, caption, language), passports=trace(comparison, language))


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
    return html_table(
        shown,
        columns=columns,
        caption=text("essay.caption.achievement", language),
        notes=[text("essay.achievement_rule", language)],
        sources=cited(tables, ids, language),
        language=language,
    )


def _with_differences(tables: Tables, rows: pd.DataFrame, caption: str, language: str, notes: Sequence[str] = ()) -> Table:
    shown = named(tables, rows, language).assign(
        basis=[basis(row, language) for row in each(rows)],
        differs=[say_reasons(reasons, language) for reasons in rows["differs"]],
        why=rows["why"].fillna(""),
    )
    columns = [column(k, language) for k in ("government", "programme", "as_printed", "basis", "differs")]
    if shown["why"].str.len().sum():
        columns.append(column("why", language))
    return html_table(shown, columns=columns, caption=caption, notes=notes, sources=cited(tables, rows, language), language=language)

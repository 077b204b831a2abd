"""Passports of official lines: of a government's amount in a comparison, and of a single line."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from budgets import vocabulary as v
from budgets.lines.comparing import LineComparison
from budgets.passport.official import full_names
from budgets.passport.sums import MOST, PARTS, by_government, kept_out, labelled, largest, taken_from
from budgets.reading import given
from budgets.rows import each
from budgets.tables import Tables
from budgets.words import text


def where_from(comparison: LineComparison, language: str = "ko") -> dict[str, str]:
    """Basis, date, source and files of a comparison of lines, by the keys of their labels."""
    basis = comparison.basis
    if basis.snapshot is None:
        return {}
    return {"passport.basis": basis.describe(language), **taken_from(basis.fiscal_year, basis.snapshot, language)}


def line_passports(
    comparison: LineComparison, governments: Iterable[str] | None = None, language: str = "ko", *, brief: bool = False
) -> dict[str, dict[str, str]]:
    """Figure (`LineBasis.figure`) → label → words in reading order, for those of *governments* (default: all of the
    comparison) whose lines are there. *brief*: only the steps to the amount and to the amount
    per resident, and the largest line alone."""
    basis, wanted = comparison.basis, set(comparison.present if governments is None else governments)
    if basis.snapshot is None:
        return {}
    shared = where_from(comparison, language) | {"passport.note": "\n".join(comparison.notes(language))}
    names = full_names(comparison.tables, language)
    table = comparison.governments
    rows = each(table.loc[table["government"].isin(wanted) & table["state"].isin(["found", "none_found"])])
    added = by_government(comparison.rows.loc[comparison.rows["government"].isin(wanted)], "amount_krw")
    aside = kept_out(comparison, wanted, language)
    found = {}
    for row in rows:
        government = row["government"]
        said = _own(row, names[government], language, brief)
        if added.get(government):
            said["sum.largest"] = largest(added[government], "amount_krw", language, named=False, most=1 if brief else MOST)
        said["sum.left_out"] = aside.get(government, text("sum.nothing", language))
        found[basis.figure(government)] = labelled(said | shared, language)
    return found


def _own(row: Mapping[str, Any], government: str, language: str, brief: bool) -> dict[str, str]:
    steps = "\n".join(_steps(row, language, brief))
    if brief:
        return {"passport.government": government, "passport.steps": steps}
    won = text("lens.step.won", language, won=f"{row['amount_krw']:,}")
    reading = text("passport.says.exact", language, value=won)
    return {"passport.government": government, "passport.reading": reading, "passport.steps": steps}


def _steps(row: Mapping[str, Any], language: str, brief: bool) -> list[str]:
    """From the lines to each number shown of them, as far as there is one."""

    def step(key: str, **fields: float) -> str:
        return text(f"lines.passport.{key}", language, **fields)

    amount, paid, adjusted = row["amount_krw"], row["paid_krw"], row["adjusted_krw"]
    lines = [step("sum", n=row["lines"], won=amount, number=amount / 1_000_000)]
    if given(row["per_resident"]):
        people = {"people": row["population"], "year": row["population_year"]}
        lines.append(step("per_resident", won=amount, number=row["per_resident"], **people))
    if given(row["share"]) and not brief:
        lines.append(step("share", won=amount, total=row["total_krw"], number=row["share"]))
    if given(row["execution"]) and not brief:
        lines.append(step("execution", won=paid, total=adjusted, number=row["execution"]))
    return lines


def programme_figure(row: Mapping[str, Any]) -> str:
    """An identifier of one line: its code, or where the file had none what else tells it from the others."""
    own = row["programme_code"] if given(row["programme_code"]) else [row[name] for name in ("account_name", "section_name", "programme_name")]
    named = own if isinstance(own, str) else "-".join(own)
    return re.sub(r"\W+", "-", f"line-{row['fiscal_year']}-{row['government']}-{named}-{row['snapshot']:%Y-%m-%d}")


def programme_passports(tables: Tables, rows: pd.DataFrame, language: str = "ko") -> dict[str, dict[str, str]]:
    """Figure (`programme_figure`) → label → words in reading order, for single lines in which a term was found."""
    names = full_names(tables, language)
    found = {}
    for row in each(rows):
        won, origin = row["adjusted_krw"], taken_from(row["fiscal_year"], row["snapshot"].date(), language)
        if given(row["programme_code"]):
            origin["passport.locator"] = f"{row['programme_code']} — {origin['passport.locator']}"
        ruling = text("lines.passport.rule", language, scope=v.label("scope", row["scope"], language), rule=row["rule"])
        said = {
            "passport.programme": row["programme_name"],
            "passport.government": names[row["government"]],
            "passport.function": f"{row['field_name']} · {row['section_name']}",
            "passport.accounts": row["account_name"],
            "passport.reading": text("passport.says.exact", language, value=text("lens.step.won", language, won=f"{won:,}")),
            "passport.steps": text("lines.passport.parts", language, **{name: row[name] for name in PARTS}, number=won / 1_000_000),
            **origin,
            "passport.programme_ruling": ruling,
        }
        found[programme_figure(row)] = labelled(said, language)
    return found

"""Official lines compared: governments on one basis, both levels together, the press beside them."""

from dataclasses import replace

import pandas as pd

from budgets import vocabulary as v
from budgets.essay.cells import MILLION
from budgets.essay.found import Shown, full_name, line_column, nothing, origin, whose, won
from budgets.essay.prose import Prose, answered
from budgets.lines.basis import LineBasis
from budgets.lines.comparing import LineComparison
from budgets.lines.levels import both_levels
from budgets.lines.official import OfficialLines
from budgets.lines.press import press_against_official
from budgets.lines.years import in_year
from budgets.measures import local_money, national_money
from budgets.page import Table, html_table
from budgets.passport import (
    aside_figure,
    aside_passports,
    level_passports,
    levels_figure,
    line_passports,
    programme_figure,
    programme_passports,
)
from budgets.rows import each
from budgets.tables import Tables
from budgets.words import text


def open_lines(comparison: LineComparison, lines: OfficialLines, language: str = "ko") -> Prose:
    """Who can be compared, whose AI programmes are largest, how many gaps there are, whose lines these are."""
    basis = comparison.basis
    if basis.snapshot is None:
        return Prose(nothing(lines, basis.fiscal_year, language))
    if not comparison.present:
        sentences = [text("lines.compared_none", language, basis=basis.describe(language))]
    else:
        top = comparison.governments.sort_values("amount_krw", ascending=False, kind="stable").iloc[0]
        sentences = [
            text(
                "lines.compared",
                language,
                n=len(comparison.present),
                found=int((comparison.governments["state"] == "found").sum()),
                top=named_of(comparison, top["government"], language),
                amount=won(top["amount_krw"], language),
            )
        ]
    totals = lines.totals.loc[lines.totals["fiscal_year"] == basis.fiscal_year]
    return answered([*sentences, whose(comparison.tables, totals, language)])


def lines_table(comparison: LineComparison, lines: OfficialLines, language: str = "ko", *, most: int = 40) -> Shown:
    """One row a government, those with the largest amounts: amount, per resident, share of total, execution, rank."""
    found = comparison.governments.loc[comparison.governments["state"].isin(["found", "none_found"])]
    if found.empty:
        return Prose(text("lines.nothing_short" if not lines else "lines.nothing_here", language))
    kept = found.loc[found["rank"] <= most]
    shown = kept.assign(
        figure=[comparison.basis.figure(g) for g in kept["government"]],
        government=[named_of(comparison, g, language) for g in kept["government"]],
        amount=kept["amount_krw"].astype("Float64") / MILLION,
        per_resident=kept["per_resident"].round(0),
        share=kept["share"].round(2),
        execution=kept["execution"] / 100,
    )
    notes = [*comparison.notes(language), text("lines.note.share", language), *_gaps(comparison, found, language)]
    if len(kept) < len(found):
        notes.append(text("lines.note.rows", language, shown=len(kept), all=len(found)))
    keys = ("government", "lines", "amount", "per_resident", "share", "execution", "rank")
    made = basis_table("governments", shown, keys, comparison, notes, origin(lines, comparison.basis.fiscal_year, language), language)
    return replace(made, passports=line_passports(comparison, kept["government"], language))


def set_aside_table(comparison: LineComparison, lines: OfficialLines, language: str = "ko") -> Shown:
    """How many lines in which a term was found were set aside, by reason, with their adjusted budget."""
    aside = comparison.set_aside
    if aside.empty:
        return Prose(text("lines.nothing_short" if not lines else "lines.nothing_here", language))
    counts = comparison.reasons()
    of_reason = aside.groupby("reason")
    money, years = of_reason["adjusted_krw"].sum(), of_reason["fiscal_year"].nunique()
    rows = pd.DataFrame(
        {
            "figure": [aside_figure(comparison, r) for r in counts.index],
            "reason": [text(f"lines.reason.{r}", language) for r in counts.index],
            "lines": counts.to_numpy(),
            # Money of several years is not added up, so a reason that gathers them has none.
            "adjusted": [None if years[r] > 1 else float(money[r]) / MILLION for r in counts.index],
        }
    ).astype({"adjusted": "Float64"})
    kept = text("essay.kept", language, n=len(comparison.rows), all=len(comparison.rows) + len(aside))
    sources = origin(lines, comparison.basis.fiscal_year, language)
    made = basis_table("reasons", rows, ("reason", "lines", "adjusted"), comparison, [kept], sources, language)
    return replace(made, passports=aside_passports(comparison, language))


def levels_table(tables: Tables, lines: OfficialLines, basis: LineBasis, language: str = "ko") -> Shown:
    """By province: local money of both levels, bounds of national money, and what was handed on and not counted twice."""
    if not lines:
        return Prose(text("lines.nothing_short", language))
    year = basis.fiscal_year or lines.years[-1]
    levels = both_levels(tables, lines.of_year(year), in_year(basis, year))
    if levels.passed_on.empty:
        return Prose(text("lines.no_levels", language))
    nation = national_money(levels.national_province, levels.national_municipalities)
    amounts = {
        "provincial": levels.provincial.set_index("government")["value"],
        "municipal": levels.municipal.set_index("government")["value"],
        "local": local_money(levels.provincial, levels.municipal).set_index("government")["value"],
        "national_low": nation.set_index("government")["low"],
        "national_high": nation.set_index("government")["high"],
        "passed_on": levels.passed_on.set_index("government")["provincial_krw"],
    }
    shown = pd.DataFrame(amounts).astype("Float64").reindex(levels.passed_on["government"]) / MILLION
    keys = ("government", *shown.columns)
    shown["figure"] = [levels_figure(levels, str(g)) for g in shown.index]
    shown.insert(0, "government", [tables.name(str(g), language) for g in shown.index])
    notes = [text(f"lines.note.{key}", language) for key in ("levels", "levels_national")]
    if levels.incomplete:
        names = "·".join(tables.name(g, language) for g in levels.incomplete)
        notes.append(text("lines.note.levels_incomplete", language, names=names))
    made = basis_table("levels", shown, keys, levels.province, notes, origin(lines, year, language), language)
    return replace(made, passports=level_passports(levels, language))


def press_table(tables: Tables, lines: OfficialLines, language: str = "ko") -> Shown:
    """What the press printed of a programme and year beside the official line of its name; says so where there is none."""
    if not lines:
        return Prose(text("lines.nothing_short", language))
    beside = press_against_official(tables, lines)
    if beside.empty:
        return Prose(text("lines.press_none", language))
    shown = beside.assign(
        government=[tables.name(g, language) for g in beside["government"]],
        programme=beside["programme_name"],
        year=beside["fiscal_year"].astype(str),
        basis=[f"{v.label('phase', r['phase'], language)} · {v.label('funding', r['funding'], language)}" for r in each(beside)],
        official=beside["official_krw"].astype("Float64") / MILLION,
        match=[text(f"lines.match.{m}", language) for m in beside["match"]],
        verdict=[_said(r, language) for r in each(beside)],
        figure=beside["figure_id"],
        lines=[" ".join(programme_figure(one) for one in each(lines.programmes.loc[list(some)])) for some in beside["lines"]],
    )
    keys = ("government", "programme", "year", "match", "as_printed", "basis", "official", "verdict")
    columns = [line_column(key, language) for key in keys]
    made = html_table(
        shown,
        columns=[replace(one, figure="lines") if one.key == "official" else one for one in columns],
        caption=text("lines.caption.press", language),
        unit=text("lines.unit.million", language),
        sources=[source for year in lines.years for source in origin(lines, year, language)],
        language=language,
    )
    used = lines.programmes.loc[sorted({one for some in beside["lines"] for one in some})]
    return replace(made, passports=programme_passports(tables, used, language))


def named_of(comparison: LineComparison, government: str, language: str) -> str:
    """A government with its province, as the lines of the comparison have it."""
    provinces = comparison.governments.set_index("government")["province"]
    return full_name(comparison.tables, government, provinces.get(government), language)


def _said(row: dict[str, object], language: str) -> str:
    why = "·".join(text(f"field.{name}", language) for name in str(row["explained_by"]).split(",") if name)
    return text(f"lines.verdict.{row['verdict']}", language, why=why)


def _gaps(comparison: LineComparison, found: pd.DataFrame, language: str) -> list[str]:
    notes = []
    year = int(found["population_year"].iloc[0])
    without = int(found["population"].isna().sum())
    if without < len(found):
        notes.append(text("lines.note.population", language, year=year))
    if without:
        notes.append(text("lines.note.no_population", language, year=year, n=without))
    missing = comparison.missing
    if missing:
        names = "·".join(named_of(comparison, g, language) for g in missing[:12]) + (" …" if len(missing) > 12 else "")
        notes.append(text("lines.note.gaps", language, n=len(missing), names=names))
    return notes


def basis_table(
    caption: str,
    shown: pd.DataFrame,
    keys: tuple[str, ...],
    comparison: LineComparison,
    notes: "list[str] | tuple[str, ...]",
    sources: "list[str] | tuple[str, ...]",
    language: str,
) -> Table:
    return html_table(
        shown,
        columns=[line_column(key, language) for key in keys],
        caption=text(f"lines.caption.{caption}", language, basis=comparison.basis.describe(language)),
        unit=text("lines.unit.million", language),
        notes=notes,
        sources=sources,
        language=language,
    )

"""Official lines compared: governments on one basis, both levels together, years, the press beside them."""

import pandas as pd

from budgets import vocabulary as v
from budgets.essay.cells import MILLION, column
from budgets.essay.found import Shown, full_name, line_column, nothing, origin, whose, won
from budgets.essay.prose import Prose
from budgets.lines.basis import LineBasis
from budgets.lines.comparing import LineComparison, compare_lines
from budgets.lines.levels import both_levels
from budgets.lines.matching import Matching, match_programmes
from budgets.lines.official import OfficialLines
from budgets.lines.press import press_against_official
from budgets.measures import local_money, national_money
from budgets.page import Table, html_table
from budgets.reading import each
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
                top=_named(comparison, top["government"], language),
                amount=won(top["amount_krw"], language),
            )
        ]
    totals = lines.totals.loc[lines.totals["fiscal_year"] == basis.fiscal_year]
    return Prose(" ".join([*sentences, whose(comparison.tables, totals, language)]))


def lines_table(comparison: LineComparison, lines: OfficialLines, language: str = "ko", *, most: int = 40) -> Shown:
    """One row a government, those with the largest amounts: amount, per resident, share of total, execution, rank."""
    found = comparison.governments.loc[comparison.governments["state"].isin(["found", "none_found"])]
    if found.empty:
        return Prose(text("lines.nothing_short" if not lines else "lines.nothing_here", language))
    kept = found.loc[found["rank"] <= most]
    shown = kept.assign(
        government=[_named(comparison, g, language) for g in kept["government"]],
        amount=kept["amount_krw"].astype("Float64") / MILLION,
        per_resident=kept["per_resident"].round(0),
        share=kept["share"].round(2),
        execution=kept["execution"] / 100,
    )
    notes = [*comparison.notes(language), text("lines.note.share", language), *_gaps(comparison, found, language)]
    if len(kept) < len(found):
        notes.append(text("lines.note.rows", language, shown=len(kept), all=len(found)))
    keys = ("government", "lines", "amount", "per_resident", "share", "execution", "rank")
    return _table(
        "governments", shown, keys, comparison, notes, origin(lines, comparison.basis.fiscal_year, language), language
    )


def set_aside_table(comparison: LineComparison, lines: OfficialLines, language: str = "ko") -> Shown:
    """How many lines in which a term was found were set aside, by reason, with their adjusted budget."""
    aside = comparison.set_aside
    if aside.empty:
        return Prose(text("lines.nothing_short" if not lines else "lines.nothing_here", language))
    counts = comparison.reasons()
    money = aside.groupby("reason")["adjusted_krw"].sum()
    rows = pd.DataFrame(
        {
            "reason": [text(f"lines.reason.{r}", language) for r in counts.index],
            "lines": counts.to_numpy(),
            # Money of several years is not added up, so a reason that gathers them has none.
            "adjusted": [None if r == "other year" else float(money[r]) / MILLION for r in counts.index],
        }
    ).astype({"adjusted": "Float64"})
    kept = text("essay.kept", language, n=len(comparison.rows), all=len(comparison.rows) + len(aside))
    return _table("reasons", rows, ("reason", "lines", "adjusted"), comparison, [kept], (), language)


def levels_table(tables: Tables, lines: OfficialLines, basis: LineBasis, language: str = "ko") -> Shown:
    """By province: local money of both levels, bounds of national money, and what was handed on and not counted twice."""
    if not lines:
        return Prose(text("lines.nothing_short", language))
    year = basis.fiscal_year or lines.years[-1]
    levels = both_levels(tables, lines.of_year(year), _in(basis, year))
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
    shown.insert(0, "government", [tables.name(str(g), language) for g in shown.index])
    notes = [text(f"lines.note.{key}", language) for key in ("levels", "levels_national")]
    if levels.incomplete:
        names = "·".join(tables.name(g, language) for g in levels.incomplete)
        notes.append(text("lines.note.levels_incomplete", language, names=names))
    return _table(
        "levels", shown, tuple(shown.columns), levels.province, notes, origin(lines, year, language), language
    )


def years_table(
    tables: Tables, lines: OfficialLines, basis: LineBasis, language: str = "ko", *, most: int = 20
) -> Shown:
    """The amounts of each year on one basis side by side, years of the same day alone; never summed."""
    if not lines:
        return Prose(text("lines.nothing_short", language))
    years = _alike(lines, basis)
    if len(years) < 2:
        return Prose(text("lines.one_year", language, years=", ".join(map(str, years))))
    each_year = {y: compare_lines(tables, lines.of_year(y), _in(basis, y)) for y in years}
    last = each_year[years[-1]]
    top = last.governments.loc[last.governments["rank"] <= most, "government"]
    amounts = {y: c.governments.set_index("government")["amount_krw"].astype("Float64") for y, c in each_year.items()}
    shown = pd.DataFrame({"government": [_named(last, g, language) for g in top]})
    for year in years:
        shown[str(year)] = amounts[year].reindex(list(top)).to_numpy() / MILLION
    columns = [column("government", language), *(line_column("amount", language) for _ in years)]
    headed = [columns[0], *(type(c)(str(y), str(y), "amount") for y, c in zip(years, columns[1:], strict=True))]
    return html_table(
        shown,
        columns=headed,
        caption=text("lines.caption.changes", language),
        unit=text("lines.unit.million", language),
        notes=last.notes(language),
        sources=[source for year in years for source in origin(lines, year, language)],
        language=language,
    )


def matched_table(
    tables: Tables, lines: OfficialLines, basis: LineBasis, language: str = "ko", *, most: int = 40
) -> Shown:
    """Programmes of the last two comparable years, paired by code or by bare name, the largest changes first."""
    matching = _matching(tables, lines, basis)
    if matching is None:
        return Prose(text("lines.nothing_short" if not lines else "lines.no_two_years", language))
    comparison, pairs = matching
    rows = pairs.pairs.assign(change=pairs.pairs["after_krw"] - pairs.pairs["before_krw"])
    rows = rows.iloc[rows["change"].abs().argsort(kind="stable")[::-1]].head(most)
    shown = rows.assign(
        government=[_named(comparison, g, language) for g in rows["government"]],
        programme=rows["after_name"],
        by=[text(f"lines.by.{by}", language) for by in rows["by"]],
        **{key: rows[f"{key}_krw"].astype("Float64") / MILLION for key in ("before", "after")},
        change=rows["change"].astype("Float64") / MILLION,
    )
    keys = ("government", "programme", "by", "before", "after", "change")
    return _table("matched", shown, keys, comparison, comparison.notes(language), (), language)


def ambiguous_table(tables: Tables, lines: OfficialLines, basis: LineBasis, language: str = "ko") -> Shown:
    """Bare names that stand more than once in one of the two years: left unmatched."""
    matching = _matching(tables, lines, basis)
    if matching is None or matching[1].ambiguous.empty:
        return Prose(text("lines.nothing_short" if not lines else "lines.nothing_here", language))
    comparison, pairs = matching
    shown = pairs.ambiguous.assign(
        government=[_named(comparison, g, language) for g in pairs.ambiguous["government"]],
        programme=pairs.ambiguous["name"],
        lines=pairs.ambiguous["before"] + pairs.ambiguous["after"],
    )
    return _table("ambiguous", shown, ("government", "programme", "lines"), comparison, (), (), language)


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
        basis=[
            f"{v.label('phase', r['phase'], language)} · {v.label('funding', r['funding'], language)}"
            for r in each(beside)
        ],
        official=beside["official_krw"].astype("Float64") / MILLION,
        match=[text(f"lines.match.{m}", language) for m in beside["match"]],
        verdict=[_said(r, language) for r in each(beside)],
        figure=beside["figure_id"],
    )
    keys = ("government", "programme", "year", "match", "as_printed", "basis", "official", "verdict")
    return html_table(
        shown,
        columns=[line_column(key, language) for key in keys],
        caption=text("lines.caption.press", language),
        unit=text("lines.unit.million", language),
        sources=[source for year in lines.years for source in origin(lines, year, language)],
        language=language,
    )


def _named(comparison: LineComparison, government: str, language: str) -> str:
    provinces = comparison.governments.set_index("government")["province"]
    return full_name(comparison.tables, government, provinces.get(government), language)


def _said(row: dict[str, object], language: str) -> str:
    why = "·".join(text(f"field.{name}", language) for name in str(row["explained_by"]).split(",") if name)
    return text(f"lines.verdict.{row['verdict']}", language, why=why)


def _alike(lines: OfficialLines, basis: LineBasis) -> list[int]:
    """The years whose snapshot is of the same day of the year as that of the basis's year."""
    year = lines.year(basis.fiscal_year if basis.fiscal_year in lines.stored else 0)
    day = lines.stored[year].snapshot
    return [y for y in lines.years if y <= year and lines.stored[y].snapshot.timetuple()[1:3] == day.timetuple()[1:3]]


def _in(basis: LineBasis, year: int) -> LineBasis:
    return LineBasis(**{**basis.__dict__, "fiscal_year": year, "snapshot": None})


def _matching(tables: Tables, lines: OfficialLines, basis: LineBasis) -> tuple[LineComparison, Matching] | None:
    years = _alike(lines, basis) if lines else []
    if len(years) < 2:
        return None
    before, after = (compare_lines(tables, lines.of_year(year), _in(basis, year)) for year in years[-2:])
    return after, match_programmes(before.rows, after.rows)


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
        names = "·".join(_named(comparison, g, language) for g in missing[:12]) + (" …" if len(missing) > 12 else "")
        notes.append(text("lines.note.gaps", language, n=len(missing), names=names))
    return notes


def _table(
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

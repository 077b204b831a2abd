"""The tables of the notebooks. Amounts in million won, numbers as numbers; every row opens its figure's passport."""

from collections.abc import Iterable, Sequence

import pandas as pd

from budgets import vocabulary as v
from budgets.comparison import Comparison
from budgets.essay.prose import listed
from budgets.measures import Measure, constant_prices, parts_against_totals, per_resident, ranks, share_of_budget, stages_known
from budgets.official import functional_budgets
from budgets.page import Column, Table, html_table
from budgets.passport import cited_sources
from budgets.reading import given, say_event_date, say_interval, say_period, say_published
from budgets.survey import FIELDS, comparable_pairs
from budgets.tables import Tables
from budgets.words import text

MILLION = 1_000_000
MONEY = {"low": "amount_low_krw", "value": "amount_krw", "high": "amount_high_krw"}
COUNT = {"low": "value_low", "value": "value", "high": "value_high"}


def figures_table(tables: Tables, rows: pd.DataFrame, caption: str, language: str = "ko", notes: Sequence[str] = ()) -> Table:
    """Published figures, money or indicators, one a row: who, what, as printed, low · printed · high, basis.

    *rows* are judged figures (`Comparison.rows`, `Tables.judged_budgets` …).
    """
    money = "amount_krw" in rows.columns
    ends = MONEY if money else COUNT
    scale = MILLION if money else 1
    shown = _named(tables, rows, language).assign(
        **{end: rows[column].astype("Float64") / scale for end, column in ends.items()},
        basis=[_basis(row, language) for row in rows.to_dict("records")],
    )
    if not money:
        shown["what"] = rows["indicator"].map(_indicator_names(tables, language))
    keys = ["government", "programme", *([] if money else ["what"]), "as_printed"]
    columns = [_column(key, language) for key in keys]
    columns += [_column(end, language, "amount" if money else "number") for end in ends]
    columns.append(_column("basis", language))
    unit = text("essay.unit.million", language) if money else None
    return html_table(shown, columns=columns, caption=caption, unit=unit, notes=notes, sources=_cited(tables, rows, language), language=language)


def measures_table(total: Measure, base_year: int, language: str = "ko") -> Table:
    """One row for every government of the basis: total, per resident, share of its budget, constant prices, rank.

    A measure that cannot be computed is left out and named in the notes.
    """
    tables = total.comparison.tables
    rows = total.rows.assign(government=[tables.name(g, language) for g in total.rows["government"]])
    rows["rank"] = ranks(total.rows.loc[total.rows["figures"] > 0]).reindex(rows.index)
    shown = rows[["government"]].copy()
    shown["figure"] = [" ".join(ids) for ids in rows["figure_ids"]]
    for end in MONEY:
        shown[end] = rows[end].astype("Float64") / MILLION
    columns = [_column("government", language), *(_column(end, language, "amount") for end in MONEY)]
    notes = [note.say(language) for note in total.notes]
    resident = per_resident(total)
    _add(shown, columns, resident, "per_resident", language)
    notes += [note.say(language) for note in resident.notes[len(total.notes) :]]
    if total.basis.period_kind == "fiscal_year":
        year = int(total.basis.fiscal_year)  # type: ignore[arg-type]
        known = stages_known(tables, year)
        if len(known):
            best = known.iloc[0]
            share = share_of_budget(total, stage=best["stage"], accounts=best["accounts"], netting=best["netting"])
            _add(shown, columns, share, "share", language)
            notes += [note.say(language) for note in share.notes[len(total.notes) :]]
        prices = constant_prices(total, base_year=base_year)
        if prices.name != total.name:
            _add(shown, columns, prices, "constant", language, scale=MILLION)
        notes += [note.say(language) for note in prices.notes[len(total.notes) :]]
    uncertain = text("essay.uncertain", language)
    published = total.rows["figures"] > 0
    shown["rank"] = [str(r) if given(r) else (uncertain if p and published.sum() > 1 else "–") for r, p in zip(rows["rank"], published, strict=True)]
    columns.append(_column("rank", language))
    caption = text("essay.caption.measures", language, basis=total.comparison.basis.describe(language))
    figures = total.comparison.rows
    return html_table(shown, columns=columns, caption=caption, unit=text("essay.unit.measures", language), notes=notes, sources=_cited(tables, figures, language), language=language)


def reasons_table(comparison: Comparison, language: str = "ko") -> Table:
    """How many figures were set aside, by reason, in the order in which the reasons are tried."""
    counts = comparison.reasons()
    rows = pd.DataFrame({"reason": [text(f"reason.{r}", language) for r in counts.index], "number": counts.to_numpy()})
    kept = text("essay.kept", language, n=len(comparison.rows), all=len(comparison.rows) + len(comparison.set_aside))
    return html_table(rows, columns=[_column("reason", language), _column("number", language, "number")], caption=text("essay.caption.reasons", language), notes=[kept], language=language)


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
    names = tables.programmes.set_index("programme_id")[_name_column(language)]
    shown = pairs.assign(
        government=[tables.name(g, language) for g in pairs["government"]],
        programme=pairs["programme_id"].map(names),
        what=pairs["indicator"].map(_indicator_names(tables, language)),
        period=[say_period(row | {"period_kind": "fiscal_year"}, language) for row in pairs.to_dict("records")],
        rate=pairs["value"] / 100,
        figure=pairs["target_id"] + " " + pairs["actual_id"],
    )
    columns = [_column(k, language) for k in ("government", "programme", "what", "period")]
    columns += [_column("target", language, "number"), _column("actual", language, "number"), _column("rate", language, "percent")]
    ids = pd.DataFrame({"figure_id": [*pairs["target_id"], *pairs["actual_id"]]})
    return html_table(shown, columns=columns, caption=text("essay.caption.achievement", language), notes=[text("essay.achievement_rule", language)], sources=_cited(tables, ids, language), language=language)


def events_table(tables: Tables, events: pd.DataFrame, caption: str, language: str = "ko") -> Table:
    """Milestones by date: when, who, what, planned or happened, as printed."""
    shown = _named(tables, events, language).assign(
        when=[say_event_date(row, language) for row in events.to_dict("records")],
        what=[text(f"event.{e}", language) if f"event.{e}" in _events() else e for e in events["event"]],
        state=[v.label("milestone_state", s, language) for s in events["state"]],
    )
    shown = shown.sort_values(["date_start", "date_end", "figure_id"], kind="stable", na_position="first")
    columns = [_column(k, language) for k in ("when", "government", "programme", "what", "state", "as_printed")]
    return html_table(shown, columns=columns, caption=caption, sources=_cited(tables, events, language), language=language)


def findings_table(tables: Tables, language: str = "ko", governments: Iterable[str] | None = None) -> Table:
    """Printed totals against the sum of their parts: every total with parts on file, faults first."""
    found = parts_against_totals(tables)
    figures = pd.concat([tables.judged_budgets, tables.judged_targets]).set_index("figure_id")
    if governments is not None:
        found = found.loc[found["whole_id"].map(figures["government"]).isin(list(governments))]
    order = {"above": 0, "below": 1, "fits": 2}
    found = found.sort_values(["finding", "whole_id"], key=lambda s: s.map(order) if s.name == "finding" else s, kind="stable")
    counters = _counters(tables)
    shown = pd.DataFrame(
        {
            "programme": [figures.at[w, "programme_as_printed"] for w in found["whole_id"]],
            "as_printed": [figures.at[w, "as_printed"] for w in found["whole_id"]],
            "parts": [" + ".join(figures.at[p, "as_printed"] for p in parts) for parts in found["parts"]],
            "sum": [say_interval(r["sum_low"], r["sum_high"], r["unit"], language, counter=counters.get(r["unit"], "")) for r in found.to_dict("records")],
            "finding": [text(f"finding.{f}", language) for f in found["finding"]],
            "figure": [" ".join([w, *parts]) for w, parts in zip(found["whole_id"], found["parts"], strict=True)],
        }
    )
    columns = [_column(k, language) for k in ("programme", "as_printed", "parts", "sum", "finding")]
    return html_table(shown, columns=columns, caption=text("essay.caption.findings", language), language=language)


def rulings_table(tables: Tables, figure_ids: Iterable[str], language: str = "ko") -> Table:
    """The rulings that touch these figures, each with its reason."""
    ids = set(figure_ids)
    some = tables.figure_rulings.loc[tables.figure_rulings["figure_id"].isin(ids) | tables.figure_rulings["other_figure_id"].isin(ids)]
    figures = pd.concat([tables.budgets, tables.targets, tables.milestones]).set_index("figure_id")["as_printed"]
    shown = pd.DataFrame(
        {
            "as_printed": some["figure_id"].map(figures),
            "ruling": [v.label("ruling", r, language) for r in some["ruling"]],
            "other": some["other_figure_id"].map(figures).fillna(""),
            "reason": some["reason"],
            "figure": some["figure_id"],
        }
    )
    columns = [_column(k, language) for k in ("as_printed", "ruling", "other", "reason")]
    return html_table(shown, columns=columns, caption=text("essay.caption.rulings", language), language=language)


def sources_table(tables: Tables, rows: pd.DataFrame, language: str = "ko") -> Table:
    """The sources of these figures: publisher, title, date, how far read, how reliable, address, what is not known."""
    used = tables.sources.loc[tables.sources["source_id"].isin(rows["source_id"])].sort_values(["published_on", "source_id"], kind="stable")
    untitled = text("essay.untitled", language)
    shown = used.assign(
        title=used["title"].fillna(untitled),
        published=[say_published(row, language) for row in used.to_dict("records")],
        checked=[v.label("checked", c, language) for c in used["checked"]],
        reliability=[v.label("reliability", r, language) for r in used["reliability"]],
        licence=used["licence"].fillna(text("essay.no_licence", language)),
        url=used["url"].fillna(""),
        note=used["note"].fillna(""),
    )
    columns = [_column(k, language) for k in ("publisher", "title", "published", "checked", "reliability", "licence", "url", "note")]
    return html_table(shown, columns=columns, caption=text("essay.caption.sources", language), language=language)


def functional_table(tables: Tables, year: int, governments: Sequence[str], language: str = "ko") -> Table:
    """Official expenditure by function: million won, won per resident and share, one row per field and government."""
    rows = functional_budgets(tables, year, governments)
    shown = rows.assign(government=[tables.name(g, language) for g in rows["government"]], share=rows["share_value"] / 100)
    shown["value"] = rows["value"].astype("Float64") / MILLION
    columns = [_column("field", language), _column("government", language), _column("value", language, "amount")]
    columns += [_column("per_resident_value", language, "number"), _column("share", language, "percent")]
    notes = [text("essay.official.limits", language), text("note.population", language, year=year - 1)]
    sources = sorted(set(rows["source"].str.split(" @").str[0]))
    return html_table(shown, columns=columns, caption=text("essay.caption.functional", language, year=year), unit=text("essay.unit.functional", language), notes=notes, sources=sources, language=language)


def together_table(tables: Tables, governments: Sequence[str], language: str = "ko") -> Table:
    """Every basis on which two or more of these governments stand: all that may be compared."""
    pairs = comparable_pairs(tables, governments)
    figures = tables.budgets.set_index("figure_id")["as_printed"]
    rows = []
    for pair in pairs.to_dict("records"):
        span = pair["envelope_years"]
        rows.append(
            {
                "years": f"{span[0]}–{span[1]}" if given(span) and not isinstance(span, float) else str(int(pair["fiscal_year"])),
                "basis": " · ".join(v.label(name, pair[name], language) for name in FIELDS[3:7]),
                "who": listed([tables.name(g, language) for g in pair["governments"]], language),
                "as_printed": " · ".join(figures[f] for f in pair["figure_ids"]),
                "figure": " ".join(pair["figure_ids"]),
            }
        )
    shown = pd.DataFrame(rows, columns=["years", "basis", "who", "as_printed", "figure"])
    columns = [_column(k, language) for k in ("years", "basis", "who", "as_printed")]
    return html_table(shown, columns=columns, caption=text("essay.caption.together", language), language=language)


def _with_differences(tables: Tables, rows: pd.DataFrame, caption: str, language: str, notes: Sequence[str] = ()) -> Table:
    shown = _named(tables, rows, language).assign(
        basis=[_basis(row, language) for row in rows.to_dict("records")],
        differs=[" · ".join(text(f"reason.{r}", language) for r in d.split(" · ")) if d else "" for d in rows["differs"]],
        why=rows["why"].fillna(""),
    )
    columns = [_column(k, language) for k in ("government", "programme", "as_printed", "basis", "differs")]
    if shown["why"].str.len().sum():
        columns.append(_column("why", language))
    return html_table(shown, columns=columns, caption=caption, notes=notes, sources=_cited(tables, rows, language), language=language)


def _add(shown: pd.DataFrame, columns: list[Column], measure: Measure, key: str, language: str, scale: float = 1) -> None:
    shown[key] = measure.rows["value"].astype("Float64") / (100 if measure.unit == "percent" else scale)
    shown[f"{key}_interval"] = [
        "" if not row["figures"] else f"{_short(row['low'], scale)}–{_short(row['high'], scale)}" for row in measure.rows.to_dict("records")
    ]
    columns.append(_column(key, language, "percent" if measure.unit == "percent" else "number"))
    columns.append(_column(f"{key}_interval", language))


def _short(value: object, scale: float) -> str:
    return f"{float(value) / scale:,.4g}" if given(value) else "…"  # type: ignore[arg-type]


def _named(tables: Tables, rows: pd.DataFrame, language: str) -> pd.DataFrame:
    names = tables.programmes.set_index("programme_id")[_name_column(language)]
    return rows.assign(government=[tables.name(g, language) for g in rows["government"]], programme=rows["programme_id"].map(names), figure=rows["figure_id"])


def _basis(row: dict[str, object], language: str) -> str:
    """Period and the codes of a figure, in words."""
    codes = [("phase", "target_phase" if row["phase"] in v.TARGET_PHASES else "phase"), ("extent", "extent"), ("nature", "nature"), ("scope", "scope"), ("funding", "funding"), ("coverage", "coverage")]
    said = [say_period(row, language)]
    for name, vocabulary in codes:
        if given(row.get(name)) and not (name == "nature" and row[name] == "budget"):
            said.append(v.label(vocabulary, str(row[name]), language))
    if row.get("unit") in v.MONEY_UNITS and row["unit"] != "KRW":
        said.append(v.label("money_unit", str(row["unit"]), language))
    return " · ".join(said)


def _column(key: str, language: str, kind: str = "text") -> Column:
    return Column(key, text(f"column.{key}", language), kind)  # type: ignore[arg-type]


def _cited(tables: Tables, rows: pd.DataFrame, language: str) -> list[str]:
    return cited_sources(tables, rows["figure_id"], language)


def _indicator_names(tables: Tables, language: str) -> dict[str, str]:
    return dict(zip(tables.indicators["indicator"], tables.indicators[_name_column(language)], strict=True))


def _counters(tables: Tables) -> dict[str, str]:
    return dict(zip(tables.indicators["unit"], tables.indicators["unit_ko"], strict=True))


def _name_column(language: str) -> str:
    return "name_ko" if language == "ko" else "name_en"


def _events() -> set[str]:
    from budgets.words import catalogue

    return {key for key in catalogue() if key.startswith("event.")}

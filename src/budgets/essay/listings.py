"""Tables about events, programmes, findings, rulings and sources."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from budgets import vocabulary as v
from budgets.essay.cells import cited, column, counters, name_column, named
from budgets.measures import FINDINGS, parts_against_totals
from budgets.page import Table, html_table
from budgets.passport import labelled
from budgets.reading import given, say_event_date, say_interval, say_published
from budgets.rows import each
from budgets.survey import FIELDS, comparable_pairs
from budgets.tables import Tables
from budgets.words import catalogue, listed, text

KINDS = ("budgets", "targets", "milestones")


def events_table(tables: Tables, events: pd.DataFrame, language: str = "ko") -> Table:
    """Milestones by date: when, who, what, planned or happened, as printed."""
    shown = named(tables, events, language).assign(
        when=[say_event_date(row, language) for row in each(events)],
        what=[text(f"event.{e}", language) if f"event.{e}" in catalogue() else e for e in events["event"]],
        state=[v.label("milestone_state", s, language) for s in events["state"]],
    )
    shown = shown.sort_values(["date_start", "date_end", "figure_id"], kind="stable", na_position="first")
    columns = [column(k, language) for k in ("when", "government", "programme", "what", "state", "as_printed")]
    return html_table(shown, columns=columns, caption=text("essay.caption.events", language), sources=cited(tables, events, language), language=language)


def programmes_table(tables: Tables, government: str, language: str = "ko") -> Table:
    """Every programme of a government, also those named without a number: our name, the printed names, scope, coverage."""
    mine = tables.programmes.loc[tables.programmes["government"] == government].merge(tables.programme_rulings, on="programme_id", how="left")
    counts = pd.DataFrame({kind: getattr(tables, kind)["programme_id"].value_counts() for kind in KINDS})
    counts = counts.reindex(mine["programme_id"]).fillna(0).astype("int64")
    number = counts.sum(axis=1).set_axis(mine.index)
    figures = "programme-" + mine["programme_id"]
    shown = mine.assign(
        programme=mine[name_column(language)],
        aliases=mine["aliases"].fillna(""),
        scope=[v.label("scope", s, language) if given(s) else text("reason.scope not ruled", language) for s in mine["scope"]],
        coverage=[v.label("coverage", c, language) if given(c) else "" for c in mine["coverage"]],
        number=number.astype("Int64").where(number > 0),
        figure=figures,
    )
    columns = [column(k, language) for k in ("programme", "aliases", "scope", "coverage")]
    columns += [replace(column("number", language, "number"), missing=text("sum.programme.none", language)), column("reason", language)]
    made = html_table(shown, columns=columns, caption=text("essay.caption.programmes", language), language=language)
    said = zip(figures, shown["programme"], each(counts), mine["programme_id"], strict=True)
    return replace(made, passports={figure: _programme(tables, name, of, programme, language) for figure, name, of, programme in said})


def _programme(tables: Tables, name: str, counts: Mapping[str, int], programme: str, language: str) -> dict[str, str]:
    """What was counted of a programme: the prints, each once, and what was decided of it."""
    parts = " · ".join(text(f"sum.programme.{kind}", language, n=counts[kind]) for kind in KINDS if counts[kind])
    prints = [str(one) for kind in KINDS for one in _of_programme(tables, kind, programme)["as_printed"].dropna()]
    said = {
        "passport.programme": name,
        "sum.count": text("sum.programme.what", language),
        "passport.steps": parts or text("sum.programme.none", language),
        "passport.printed": " · ".join(dict.fromkeys(prints)),
        "passport.source": "\n".join(cited(tables, pd.concat([_of_programme(tables, kind, programme) for kind in KINDS]), language)),
    }
    return labelled(said, language)


def _of_programme(tables: Tables, kind: str, programme: str) -> pd.DataFrame:
    table: pd.DataFrame = getattr(tables, kind)
    return table.loc[table["programme_id"] == programme]


def findings_table(tables: Tables, language: str = "ko", governments: Iterable[str] | None = None) -> Table:
    """Printed totals against the sum of their parts: every total with parts on file, faults first."""
    found = parts_against_totals(tables)
    figures = pd.concat([tables.judged_budgets, tables.judged_targets]).set_index("figure_id")
    if governments is not None:
        found = found.loc[found["whole_id"].map(figures["government"]).isin(list(governments))]
    order = {finding: i for i, finding in enumerate(FINDINGS)}
    found = found.sort_values(["finding", "whole_id"], key=lambda s: s.map(order) if s.name == "finding" else s, kind="stable")
    counter = counters(tables)
    programmes = tables.programmes.set_index("programme_id")[name_column(language)]
    shown = pd.DataFrame(
        {
            "programme": found["whole_id"].map(figures["programme_id"]).map(programmes).tolist(),
            "as_printed": [figures.at[w, "as_printed"] for w in found["whole_id"]],
            "parts": [" + ".join(str(figures.at[p, "as_printed"]) for p in parts) for parts in found["parts"]],
            "sum": [say_interval(r["sum_low"], r["sum_high"], r["unit"], language, counter=counter.get(r["unit"], "")) for r in each(found)],
            "finding": [text(f"finding.{f}", language) for f in found["finding"]],
            "figure": [" ".join([w, *parts]) for w, parts in zip(found["whole_id"], found["parts"], strict=True)],
        }
    )
    columns = [column(k, language) for k in ("programme", "as_printed", "parts", "sum", "finding")]
    return html_table(shown, columns=columns, caption=text("essay.caption.findings", language), language=language)


def rulings_table(tables: Tables, rows: pd.DataFrame | None = None, language: str = "ko") -> Table:
    """The rulings that touch these figures (all rulings without *rows*), each with its reason."""
    some = tables.figure_rulings
    if rows is not None:
        ids = set(rows["figure_id"])
        some = some.loc[tables.figure_rulings["figure_id"].isin(ids) | tables.figure_rulings["other_figure_id"].isin(ids)]
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
    columns = [column(k, language) for k in ("as_printed", "ruling", "other", "reason")]
    return html_table(shown, columns=columns, caption=text("essay.caption.rulings", language), language=language)


def sources_table(tables: Tables, rows: pd.DataFrame, language: str = "ko") -> Table:
    """The sources of these figures: publisher, title, date, how far read, how reliable, address, what is not known."""
    used = tables.sources.loc[tables.sources["source_id"].isin(rows["source_id"])].sort_values(["published_on", "source_id"], kind="stable")
    untitled = text("essay.untitled", language)
    shown = used.assign(
        title=used["title"].fillna(untitled),
        published=[say_published(row, language) for row in each(used)],
        checked=[v.label("checked", c, language) for c in used["checked"]],
        reliability=[v.label("reliability", r, language) for r in used["reliability"]],
        licence=used["licence"].fillna(text("essay.no_licence", language)),
        url=used["url"].fillna(""),
        note=used["note"].fillna(""),
    )
    columns = [column(k, language) for k in ("publisher", "title", "published", "checked", "reliability", "licence", "url", "note")]
    return html_table(shown, columns=columns, caption=text("essay.caption.sources", language), language=language)


def together_table(tables: Tables, governments: Sequence[str], language: str = "ko") -> Table:
    """Every basis on which two or more of these governments stand: all that may be compared."""
    pairs = comparable_pairs(tables, governments)
    figures = tables.budgets.set_index("figure_id")["as_printed"]
    rows = []
    for pair in each(pairs):
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
    columns = [column(k, language) for k in ("years", "basis", "who", "as_printed")]
    return html_table(shown, columns=columns, caption=text("essay.caption.together", language), language=language)

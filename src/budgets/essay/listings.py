"""Tables about events, programmes, findings, rulings and sources."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from budgets import vocabulary as v
from budgets.essay.cells import cited, column, counters, name_column, named
from budgets.measures import FINDINGS, parts_against_totals
from budgets.page import Table, html_table
from budgets.passport import cited_sources, labelled
from budgets.reading import given, say_event_date, say_interval, say_published
from budgets.rows import each
from budgets.survey import FIELDS, comparable_pairs
from budgets.tables import Row, Tables
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
    rows = [tables.register.of_programme.get(programme, []) for programme in mine["programme_id"]]
    number = pd.Series([len(some) or pd.NA for some in rows], dtype="Int64", index=mine.index)
    figures = "programme-" + mine["programme_id"]
    shown = mine.assign(
        programme=mine[name_column(language)],
        aliases=mine["aliases"].fillna(""),
        scope=[v.label("scope", s, language) if given(s) else text("reason.scope not ruled", language) for s in mine["scope"]],
        coverage=[v.label("coverage", c, language) if given(c) else "" for c in mine["coverage"]],
        number=number,
        figure=figures,
    )
    columns = [column(k, language) for k in ("programme", "aliases", "scope", "coverage")]
    columns += [replace(column("number", language, "number"), missing=text("sum.programme.none", language)), column("reason", language)]
    made = html_table(shown, columns=columns, caption=text("essay.caption.programmes", language), language=language)
    said = zip(figures, shown["programme"], rows, strict=True)
    return replace(made, passports={figure: _programme(tables, name, some, language) for figure, name, some in said})


def _programme(tables: Tables, name: str, rows: Sequence[Row], language: str) -> dict[str, str]:
    """What was counted of a programme: the prints, each once, and what was decided of it."""
    counts = Counter(row["_kind"] for row in rows)
    parts = " · ".join(text(f"sum.programme.{kind}", language, n=counts[kind]) for kind in KINDS if counts[kind])
    prints = [str(row["as_printed"]) for row in rows if given(row["as_printed"])]
    said = {
        "passport.programme": name,
        "sum.count": text("sum.programme.what", language),
        "passport.steps": parts or text("sum.programme.none", language),
        "passport.printed": " · ".join(dict.fromkeys(prints)),
        "passport.source": "\n".join(cited_sources(tables, [row["figure_id"] for row in rows], language)),
    }
    return labelled(said, language)


def findings_table(tables: Tables, language: str = "ko", governments: Iterable[str] | None = None) -> Table:
    """Printed totals against the sum of their parts: every total with parts on file, faults first."""
    found = parts_against_totals(tables)
    figures, programmes = tables.register.figures, tables.register.programmes
    whole = {figure: programmes[figures[figure]["programme_id"]] for figure in found["whole_id"]}
    if governments is not None:
        wanted = set(governments)
        found = found.loc[[whole[figure]["government"] in wanted for figure in found["whole_id"]]]
    order = {finding: i for i, finding in enumerate(FINDINGS)}
    found = found.sort_values(["finding", "whole_id"], key=lambda s: s.map(order) if s.name == "finding" else s, kind="stable")
    counter = counters(tables)
    shown = pd.DataFrame(
        {
            "programme": [whole[w][name_column(language)] for w in found["whole_id"]],
            "as_printed": [figures[w]["as_printed"] for w in found["whole_id"]],
            "parts": [" + ".join(str(figures[p]["as_printed"]) for p in parts) for parts in found["parts"]],
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
    printed = {figure: row["as_printed"] for figure, row in tables.register.figures.items()}
    shown = pd.DataFrame(
        {
            "as_printed": some["figure_id"].map(printed),
            "ruling": [v.label("ruling", r, language) for r in some["ruling"]],
            "other": some["other_figure_id"].map(printed).fillna(""),
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

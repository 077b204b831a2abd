"""The first paragraph of each notebook: the answer and its limits, computed."""

import pandas as pd

from budgets import vocabulary as v
from budgets.basis import BudgetBasis, several
from budgets.comparison import Comparison
from budgets.essay.prose import Prose, answered, escaped
from budgets.measures import Measure, parts_against_totals, ranks, total
from budgets.official import functional_budgets
from budgets.reading import given, say_day, say_interval, say_short
from budgets.rows import each
from budgets.survey import comparable_pairs, coverage
from budgets.tables import Tables
from budgets.words import listed, text

KRW = "KRW"


def open_comparison(comparison: Comparison, language: str = "ko") -> Prose:
    """Who can be compared on this basis and how large the amounts are; how much was set aside; what must not be read
    out of it."""
    sentences = [f"**{comparison.verdict(language)}**"]
    if comparison.present and not comparison.mixed:
        if comparison.speaks_of_parts:
            sentences.append(_prints(comparison, language))
        else:
            measure = total(comparison)
            sentences.append(_amounts(measure, language))
            if len(comparison.present) > 1:
                sentences.append(_ranking(measure, language))
    inside, outside = len(comparison.rows), len(comparison.set_aside)
    sentences.append(text("essay.partition", language, all=inside + outside, inside=inside, outside=outside))
    if isinstance(comparison.basis, BudgetBasis) and "unknown" in several(comparison.basis.funding) and comparison.present:
        sentences.append(text("verdict.funding_unknown", language))
    return answered(sentences)


def open_targets(targets: Comparison, actuals: Comparison, pairs: pd.DataFrame, language: str = "ko") -> Prose:
    """Which promises can be held against results, and with what outcome."""
    tables = targets.tables
    here = _pairs_of(pairs, targets)
    sentences = []
    if here.empty:
        key = "neither" if not targets.present and not actuals.present else "no_pair"
        published = listed([tables.name(g, language) for g in targets.basis.governments if g in {*targets.present, *actuals.present}], language)
        sentences.append(f"**{text(f'essay.targets.{key}', language, published=published)}**")
    for pair in each(here):
        fields = {
            "government": tables.name(pair["government"], language),
            "programme": escaped(_programme(tables, pair["programme_id"], language)),
            "target": _count(pair["target"]),
            "actual": _count(pair["actual"]),
            "rate": f"{pair['value']:.0f}",
        }
        sentences.append(f"**{text('essay.targets.pair', language, **fields)}**")
    without = [tables.name(g, language) for g in targets.basis.governments if g not in set(here["government"])]
    if without and not here.empty:
        sentences.append(text("essay.targets.without", language, missing=listed(without, language)))
    sentences.append(text("essay.targets.limits", language, pairs=len(pairs)))
    return answered(sentences)


def open_government(tables: Tables, government: str, language: str = "ko") -> Prose:
    """How much one government published, and how much of it is a yearly AI budget of the whole government."""
    money, targets, events = (t.loc[t["government"] == government] for t in (tables.judged_budgets, tables.judged_targets, tables.judged_milestones))
    whole = money.loc[
        (money["coverage"] == "government")
        & (money["nature"] == "budget")
        & (money["period_kind"] == "fiscal_year")
        & money["scope"].isin(["ai_core", "ai_broad"])
    ]
    name = tables.name(government, language)
    key = "nothing" if money.empty and targets.empty and events.empty else "some"
    first = text(f"essay.government.{key}", language, name=name, money=len(money), targets=len(targets), events=len(events))
    years = sorted({int(y) for y in whole["period_start"].dt.year})
    second = text(f"essay.government.{'whole' if years else 'no_whole'}", language, name=name, years=", ".join(map(str, years)))
    return answered([f"**{first}**", second if key == "some" else ""])


def open_programme(tables: Tables, programme_id: str, language: str = "ko") -> Prose:
    """How many amounts were printed for one programme, and how far they lie apart."""
    name = escaped(_programme(tables, programme_id, language))
    money = tables.judged_budgets.loc[tables.judged_budgets["programme_id"] == programme_id]
    budget = money.loc[(money["nature"] == "budget") & (money["unit"] == KRW)]
    if budget.empty:
        return Prose(f"**{text('essay.programme.no_money', language, name=name)}**")
    distinct = len(budget.drop_duplicates(["amount_low_krw", "amount_krw", "amount_high_krw"]))
    sentences = [f"**{text('essay.programme.printed', language, name=name, n=len(budget), distinct=distinct)}**"]
    envelopes = budget.loc[(budget["period_kind"] == "envelope") & budget["funding"].isin(["mixed", "unknown"])]
    # What repeats a print, is a part of one or was ruled out is no further size of the same envelope.
    out = tables.figure_rulings["figure_id"][tables.figure_rulings["ruling"].isin(["same_as", "part_of", "not_comparable"])]
    envelopes = envelopes.loc[~envelopes["figure_id"].isin(out)]
    spans = envelopes.groupby("period_end")["amount_krw"].agg(["min", "max", "nunique"])
    for row in each(spans.loc[spans["nunique"] > 1].reset_index()):
        fields = {
            "last": row["period_end"].year,
            "low": say_short(None, row["min"], None, KRW, language),
            "high": say_short(None, row["max"], None, KRW, language),
            "n": row["nunique"],
        }
        sentences.append(text("essay.programme.vintages", language, **fields))
    kinds = budget["period_kind"].nunique()
    phases = budget["phase"].nunique()
    if kinds > 1:
        sentences.append(text("essay.programme.periods", language))
    if phases > 1:
        sentences.append(text("essay.programme.phases", language, phases=phases))
    return answered(sentences)


def open_coverage(tables: Tables, governments: list[str], first_year: int, last_year: int, language: str = "ko") -> Prose:
    """How much was published in all, and on how many bases two governments stand together."""
    cells = coverage(tables, governments, first_year, last_year)
    empty = int((cells["figures"] == 0).sum())
    pairs = comparable_pairs(tables, governments)
    findings = parts_against_totals(tables)
    counts = findings["finding"].value_counts()
    key = "some" if len(pairs) else "none"
    sentences = [
        f"**{text(f'essay.coverage.{key}', language, bases=len(pairs))}**",
        text("essay.coverage.cells", language, all=len(cells), empty=empty, first=first_year, last=last_year),
        text("essay.coverage.sums", language, all=len(findings), **{f: int(counts.get(f, 0)) for f in ("above", "below", "partial")}),
    ]
    whole = pairs.loc[(pairs["coverage"] == "government")] if len(pairs) else pairs
    if len(pairs) and whole.empty:
        sentences.insert(1, f"**{text('essay.coverage.no_whole', language)}**")
    sentences.insert(-2, _whole_governments(tables, governments, "whole" if whole.empty else "whole_some", language))
    return answered(sentences)


def _whole_governments(tables: Tables, governments: list[str], key: str, language: str) -> str:
    """Every amount that speaks of the AI of a whole government in one year, and who has none."""
    out = tables.figure_rulings["figure_id"][tables.figure_rulings["ruling"].isin(["same_as", "superseded_by", "not_comparable"])]
    rows = tables.judged_budgets
    rows = rows.loc[rows["government"].isin(governments) & ~rows["figure_id"].isin(out) & (rows["reliability"] != "unsourced")]
    rows = rows.loc[(rows["coverage"] == "government") & rows["scope"].isin(["ai_core", "ai_broad"])]
    rows = rows.loc[(rows["nature"] == "budget") & (rows["period_kind"] == "fiscal_year")]
    said = [
        text(
            "essay.coverage.whole_amount",
            language,
            government=tables.name(row["government"], language),
            year=row["period_start"].year,
            basis=" · ".join(v.label(name, row[name], language) for name in ("phase", "scope", "funding")),
            amount=say_short(row["amount_low_krw"], row["amount_krw"], row["amount_high_krw"], KRW, language),
        )
        for row in each(rows)
    ]
    missing = [tables.name(g, language) for g in governments if g not in set(rows["government"])]
    lines = [text(f"essay.coverage.{key}", language), *(f"  - {one}" for one in said)] if said else []
    if missing:
        nobody = text("essay.coverage.whole_missing", language, missing=listed(missing, language))
        lines.append(f"  - {nobody}" if said else nobody)
    return "\n".join(lines)


def open_official(tables: Tables, year: int, governments: list[str], language: str = "ko") -> Prose:
    """What the official functional budgets allow to be said, and why they are neither AI nor quite like with like."""
    rows = functional_budgets(tables, year, governments)
    science = rows.loc[rows["field"] == "과학기술"]
    first = rows.iloc[0]
    basis = " · ".join([v.label("stage", str(first["stage"]), language), say_day(first["snapshot"], language)])
    sentences = [f"**{text('essay.official.answer', language, n=rows['government'].nunique(), year=year, basis=basis)}**"]
    sentences.append(text("essay.official.unlike", language))
    if len(science):
        said = [f"{tables.name(r['government'], language)} {say_short(None, r['value'], None, KRW, language)}" for r in each(science)]
        sentences.append(text("essay.official.science", language, amounts=", ".join(said)))
    return answered(sentences)


def _amounts(measure: Measure, language: str) -> str:
    tables = measure.comparison.tables
    said = [
        text(
            "essay.amount",
            language,
            government=tables.name(row["government"], language),
            amount=say_short(row["low"], row["value"], row["high"], measure.unit, language),
            interval=say_interval(row["low"], row["high"], measure.unit, language),
        )
        for row in each(measure.rows)
        if row["figures"]
    ]
    return text("essay.amounts", language, amounts=", ".join(said))


def _prints(comparison: Comparison, language: str) -> str:
    """Every amount by itself, with its programme: what is printed of programmes is not added up in a sentence."""
    said = [
        text(
            "essay.print",
            language,
            government=comparison.tables.name(row["government"], language),
            programme=escaped(_programme(comparison.tables, row["programme_id"], language)),
            amount=say_short(row["amount_low_krw"], row["amount_krw"], row["amount_high_krw"], KRW, language),
        )
        for row in each(comparison.rows)
    ]
    return text("essay.amounts", language, amounts=", ".join(said))


def _ranking(measure: Measure, language: str) -> str:
    published = measure.rows.loc[measure.rows["figures"] > 0]
    rank = ranks(published)
    if rank.isna().any():
        return text("essay.no_rank", language)
    ordered = published.assign(rank=rank).sort_values("rank")["government"]
    return text("essay.rank", language, order=" > ".join(measure.comparison.tables.name(g, language) for g in ordered))


def _pairs_of(pairs: pd.DataFrame, targets: Comparison) -> pd.DataFrame:
    """The pairs whose target stands in the comparison."""
    return pairs.loc[pairs["target_id"].isin(set(targets.rows["figure_id"]))]


def _programme(tables: Tables, programme_id: str, language: str) -> str:
    names = tables.programmes.set_index("programme_id")[f"name_{language}"]
    return str(names[programme_id])


def _count(value: object) -> str:
    return f"{float(value):,.10g}" if given(value) else "–"  # type: ignore[arg-type]

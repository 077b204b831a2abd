"""Proposals as records: JSON for programs, rows for the entry workbook."""

from collections.abc import Collection, Mapping
from typing import Any

from budgets.amounts import Value
from budgets.reader.listing import mark_of, remarks_by_column
from budgets.reader.places import Article, Span
from budgets.reader.proposals import UNKNOWN, Proposal, Read, Reading
from budgets.sources.articles import ArticleFile
from budgets.sources.identifiers import free, slug
from budgets.vocabulary import EXTENTS, MILESTONE_PRECISIONS, MONEY_UNITS, NATURES

_COLUMNS = {
    "budget": ["nature", "period_kind", "period_start", "period_end", "phase", "phase_round", "funding", "unit", "hedge"],
    "target": ["indicator", "unit", "phase", "extent", "period_kind", "period_start", "period_end", "as_of", "hedge"],
    "milestone": ["event", "date_start", "date_end", "date_precision", "state"],
}
_MUST_BE_CODES = {"nature": NATURES, "unit": MONEY_UNITS, "extent": EXTENTS, "date_precision": MILESTONE_PRECISIONS}


def as_json(reading: Reading, file: ArticleFile) -> dict[str, Any]:
    """Everything the reader found, with places: characters are counted from 0 in the line and in the whole text.

    A column that the text leaves open holds what may be supposed; ``supposed`` names these columns, their words and why.
    """
    article, published = reading.article, reading.published
    return {
        "file": file.name,
        "sha256": file.sha256,
        "published_on": published.day.isoformat() if published.day else None,
        "published_basis": published.basis,
        "published_words": [_place(article, span) for span in published.words],
        "publisher": reading.publisher.value,
        "warnings": list(reading.warnings),
        "proposals": [_record(article, proposal) for proposal in reading.proposals],
        "sums": [vars(sum_) | {"parts": list(sum_.parts)} for sum_ in reading.sums],
        "left_out": [_place(article, out.token) | {"reason": out.reason} for out in reading.left_out],
    }


def _record(article: Article, p: Proposal) -> dict[str, Any]:
    record: dict[str, Any] = {"number": p.number, "kind": p.kind, "as_printed": p.as_printed, **_place(article, p.span)}
    record |= {"paragraph": p.paragraph, "occurrence": p.occurrence, "locator": p.locator}
    if p.token:
        amount = p.token.amount
        record |= {"value_low": _number(amount.low), "value": _number(amount.printed), "value_high": _number(amount.high), "counter": amount.unit}
    record |= p.proposed
    record["evidence"] = {name: [_place(article, span) for span in read.words] for name, read in p.fields.items() if read.words}
    record |= {"part_of": p.part_of, "repeats": p.repeats}
    record["supposed"] = {
        field: {"value": one.value, "reason": one.reason, "words": [_place(article, span) for span in one.words]} for field, one in p.supposed.items()
    }
    record["known"] = [{"relation": a.relation, "figure_id": a.figure_id, "source_id": a.source_id, "programme_id": a.programme_id} for a in p.known]
    record.setdefault("programme_id", "")
    record["similar_programmes"] = list(p.similar)
    return record


def _place(article: Article, span: Span) -> dict[str, Any]:
    at = article.offset(span)
    return {"text": span.text, "line": span.line, "start": span.start, "end": span.end, "span": [at, at + span.end - span.start]}


def _number(value: Value | None) -> int | float | None:
    return None if value is None else int(value) if value == int(value) else float(value)


def entry_rows(
    reading: Reading, file: ArticleFile, indicators: Mapping[str, str], sources: Mapping[str, str], language: str, taken: Collection[str] = ()
) -> list[dict[str, object]]:
    """One row for each proposal, for ``template(…, proposals=…)``; what the text does not say is left to the person.

    What is only supposed stands in no cell: it is a remark at the cell that is left open.

    *indicators*: unit of each indicator on file; *sources*: source of each SHA-256 on file; *taken*: the names of all
    sources on file, none of which a new one may get.
    """
    day = reading.published.day.isoformat() if reading.published.day else ""
    source = sources.get(file.sha256) or free(_source_name(file.name, day), taken)
    # A byline or a copyright of an outlet makes it a press text; what else a text is, the person knows.
    outlet = {} if reading.publisher.value == UNKNOWN else {"publisher": reading.publisher.value, "source_kind": "press", "reliability": "press"}
    passport = outlet | {
        "source_id": source, "published_on": day, "published_precision": "day" if day else UNKNOWN,
        "published_basis": {"given": "inferred"}.get(reading.published.basis, reading.published.basis), "redistribute": "false",
        "checked": "whole text", "text_file": file.name, "sha256": file.sha256,
    }  # fmt: skip
    return [_row(p, indicators, language) | passport for p in reading.proposals]


def _row(p: Proposal, indicators: Mapping[str, str], language: str) -> dict[str, object]:
    row: dict[str, object] = {"kind": p.kind, "as_printed": p.as_printed, "locator": p.locator, "programme_id": p.value("programme_id")}
    government = p.value("government")
    if government != UNKNOWN:
        row["government"] = government
    name = p.value("programme_as_printed")
    row["programme_as_printed"] = "" if name == UNKNOWN else name
    for column in _COLUMNS[p.kind]:
        row[column] = p.value(column)
    if p.kind == "target":
        indicator = p.value("indicator")
        row["indicator"] = indicator if indicator in indicators else ""
        row["target_phase"] = row["phase"] = "" if p.value("phase") == UNKNOWN else p.value("phase")
    for column, codes in _MUST_BE_CODES.items():
        if column in row and row[column] not in codes:
            row[column] = ""
    if p.kind == "target":
        row["unit"] = indicators.get(str(row["indicator"]), "")
    row["words"] = " · ".join(_words(p))
    row["mark"] = mark_of(p, language)
    row["remarks"] = remarks_by_column(p, language)
    return row


def _words(p: Proposal) -> list[str]:
    """The words that period, phase and funding rest on, each once."""
    reads: list[Read] = [p.fields[name] for name in ("period_kind", "as_of", "phase", "funding", "unit", "event", "state") if name in p.fields]
    return list(dict.fromkeys(span.text.strip() for read in reads for span in read.words if span != p.span))


def _source_name(file: str, day: str) -> str:
    """A name for a source; files that are called in Korean alone get the same one on the same day."""
    return "-".join(part for part in (slug(file.rsplit(".", 1)[0]) or "article", day) if part)

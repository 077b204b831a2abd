"""What was read, in words: one block for each proposal, with every value and the words it rests on."""

from collections.abc import Iterator

from budgets import vocabulary as v
from budgets.amounts import format_amount
from budgets.reader.proposals import UNKNOWN, Proposal, Reading, Sum, Supposed
from budgets.words import catalogue, text

VOCABULARIES = {
    "nature": "nature", "phase": "phase", "funding": "funding", "unit": "money_unit", "extent": "extent", "period_kind": "period_kind",
    "date_precision": "milestone_precision", "state": "milestone_state", "event": "event",
}  # fmt: skip
_HIDDEN = {"hedge"}
"""What the print itself shows."""


def listing(reading: Reading, name: str, language: str = "ko") -> Iterator[str]:
    """The lines of the listing."""
    kinds = {kind: sum(p.kind == kind for p in reading.proposals) for kind in ("budget", "target", "milestone")}
    yield text("reader.heading", language, name=name, day=day_of(reading, language), n=len(reading.proposals), **{f"{k}s": n for k, n in kinds.items()})
    for p in reading.proposals:
        yield ""
        yield f"{p.number:>3}  {p.as_printed}  [{text(f'reader.kinds.{p.kind}', language)}] {place_of(p, language)}"
        for label, value, words in values_of(p, language):
            yield f"       {label}: {value}" + (f"  ← {words}" if words else "")
        for remark in remarks_of(p, language):
            yield f"       * {remark}"
    if reading.sums:
        yield ""
    for sum_ in reading.sums:
        yield f"  {say_sum(sum_, language)}"
    if reading.left_out:
        yield ""
        yield text("reader.left_out", language, n=len(reading.left_out))
        for out in reading.left_out:
            yield f"  {out.token.line}: {out.token.text} — {say_reason(out.reason, language)}"


def day_of(reading: Reading, language: str) -> str:
    published = reading.published
    key = published.basis if published.day else "unknown"
    return text(f"reader.day.{key}", language, day=published.day, words="".join(span.text for span in published.words))


def place_of(p: Proposal, language: str) -> str:
    key = "reader.place_again" if p.occurrence > 1 else "reader.place"
    return text(key, language, paragraph=p.paragraph, line=p.span.line, occurrence=p.occurrence)


def values_of(p: Proposal, language: str) -> list[tuple[str, str, str]]:
    """(label, value, words it rests on) of every column that says something or should have."""
    said = []
    for column, read in p.fields.items():
        if column in _HIDDEN or read.value == "":
            continue
        words = " · ".join(f"‘{span.text.strip()}’" for span in read.words)
        said.append((text(f"reader.field.{column}", language), _said(p, column, read.value, language), words))
    return said


def _said(p: Proposal, column: str, value: str, language: str) -> str:
    if value == UNKNOWN:
        return text("reader.unknown", language)
    vocabulary = "target_phase" if column == "phase" and p.kind == "target" else VOCABULARIES.get(column)
    return v.label(vocabulary, value, language) if vocabulary and f"{vocabulary}.{value}" in catalogue() else value


def remarks_of(p: Proposal, language: str) -> list[str]:
    return [remark for of_column in remarks_by_column(p, language).values() for remark in of_column]


def remarks_by_column(p: Proposal, language: str) -> dict[str, list[str]]:
    """What is to be said beside a proposal, by the column it is about: its relations at ``as_printed``, then what is supposed."""
    relations = [text("reader.part_of", language, n=p.part_of)] if p.part_of else []
    relations += [text("reader.repeats_here", language, n=p.repeats)] if p.repeats else []
    relations += [text(f"reader.{a.relation}", language, figure=a.figure_id, printed=a.as_printed) for a in p.known]
    supposed = {"period_kind" if field == "period" else field: one for field, one in p.supposed.items()}
    similar = {"programme": [text("reader.similar", language, programmes=", ".join(p.similar))]} if p.similar else {}
    return {"as_printed": relations} | similar | {column: [_supposed(column, one, language)] for column, one in supposed.items()}


def _supposed(column: str, one: Supposed, language: str) -> str:
    """What may be supposed, said as that: the value and its words."""
    value = v.label(column, one.value, language) if f"{column}.{one.value}" in catalogue() else one.value
    return text(
        "reader.supposed", language, column=text(f"reader.field.{column}", language), value=value, words=" … ".join(span.text.strip() for span in one.words)
    )


def mark_of(p: Proposal, language: str) -> str:
    """The number of a proposal and what it asks of the person, in a few words."""
    states = [*dict.fromkeys(a.relation for a in p.known), *(["part_of"] if p.part_of else []), *(["supposed"] if p.supposed else [])]
    return " · ".join([text("reader.mark.number", language, n=p.number), *(text(f"reader.mark.{state}", language) for state in states)])


def say_sum(sum_: Sum, language: str) -> str:
    amounts = {k: format_amount(won, language) if won is not None else "?" for k, won in (("added", sum_.added), ("printed", sum_.printed))}
    return text(f"reader.sum.{'fits' if sum_.fits else 'differs'}", language, whole=sum_.whole, parts="+".join(map(str, sum_.parts)), **amounts)


def say_reason(reason: str, language: str) -> str:
    key = f"reader.reason.{reason}"
    return text(key if key in catalogue() else "reader.reason.other", language)

"""Fills open fields of a figure from elsewhere in its text; what the text says of the figure itself is never changed, but for a phase
that is vague (only announced, or approved by the way) where the text says elsewhere which it is."""

from collections.abc import Mapping
from dataclasses import replace

from budgets.reader.proposals import UNKNOWN, Proposal, Read

WHOLE_COST = r"총\s?사업비[은는가이]?"
"""Before an amount: what a thing costs in all its years, and so of none of them alone."""
PERIOD = ("period_kind", "period_start", "period_end", "as_of")
NO_BUDGET = {"revenue", "investment", "economic_effect", "fund_size"}


def is_open(p: Proposal) -> bool:
    """Says neither the text nor a word of time anything of this figure's period?"""
    return p.token is not None and p.value("period_kind") == UNKNOWN and not p.value("as_of") and not p.fields["period_kind"].words


def is_dated(p: Proposal) -> bool:
    return p.token is not None and bool(p.value("period_start") or p.value("period_end"))


def filled(p: Proposal, period: Mapping[str, Read], phase: Read | None = None) -> Proposal:
    fields = p.fields | {name: read for name, read in period.items() if name in p.fields}
    if p.kind == "target" and fields["extent"].value == "stock" and fields["period_end"].value:
        return p  # a stock stands at a date, which another figure's period is not
    if phase is not None and fields["phase"].value == UNKNOWN:
        fields["phase"] = phase
    if p.kind == "target" and not fields["extent"].value:
        fields["extent"] = Read("flow", fields["period_kind"].words)
    return replace(p, fields=fields)


def period_of(p: Proposal) -> dict[str, Read]:
    return {name: p.fields[name] for name in PERIOD if name in p.fields}

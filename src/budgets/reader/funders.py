"""A whole that several pay: its shares name their funders, or percentages right behind its sentence do."""

import re
from dataclasses import replace

from budgets.reader.funder_words import FUNDERS, REGIONAL
from budgets.reader.places import Span
from budgets.reader.proposals import UNKNOWN, Proposal, Read
from budgets.reader.scene import Scene

_REST = re.compile(rf"나머지(?:는|\s[^.,]{{0,10}}[은는])\s(?:모두\s|전액\s)?({FUNDERS})(?=다|이다|입니다|로|가|이|를|[.])")
_PERCENT = re.compile(
    rf"\s*(?:재원은\s|비율은\s)?(국비|{REGIONAL})(?:가|는|이)?\s?[0-9.]+%[^.]{{0,4}}?(?:,|와|과|·|이고|이며)?\s?({FUNDERS})(?:가|는|이)?\s?[0-9.]+%"
)


def has_funder(p: Proposal) -> bool:
    return p.value("funding") != UNKNOWN


def has_one_funder(p: Proposal) -> bool:
    return p.value("funding") not in (UNKNOWN, "mixed")


def mixed_by_shares(whole: Proposal, shares: list[Proposal], scene: Scene) -> Proposal:
    """A whole whose shares name two funders is the money of several; 나머지는 도비다 names one without an amount."""
    funders = {p.value("funding") for p in shares if has_funder(p)}
    if not funders or has_funder(whole):
        return whole
    rest = _rest_behind(shares[-1], scene)
    words = tuple(span for p in shares for span in p.fields["funding"].words)
    return _mixed(whole, (*words, *rest)) if rest or len(funders) > 1 else whole


def mixed_by_rows(total: Proposal, rows: list[Proposal]) -> Proposal:
    """The total of a table whose rows are 국비, 도비, …."""
    several = len({p.value("funding") for p in rows if has_one_funder(p)}) > 1
    return _mixed(total, tuple(span for p in rows for span in p.fields["funding"].words)) if several and not has_funder(total) else total


def _rest_behind(share: Proposal, scene: Scene) -> tuple[Span, ...]:
    rest = _REST.search(scene.line, share.span.end, scene.parts.sentence(share.span.start)[1])
    return (scene.span(*rest.span(1)),) if rest else ()


def mixed_by_percent(p: Proposal, scene: Scene) -> Proposal:
    """195억 원을 쓴다. 국비 70%, 지방비 30%다: shares told right behind its sentence."""
    if p.kind != "budget" or has_funder(p) or not _is_last_of_its_sentence(p, scene):
        return p
    shares = _PERCENT.match(scene.line, scene.parts.sentence(p.span.start)[1])
    return _mixed(p, (scene.span(*shares.span(1)), scene.span(*shares.span(2)))) if shares else p


def _is_last_of_its_sentence(p: Proposal, scene: Scene) -> bool:
    end = scene.parts.sentence(p.span.start)[1]
    return not any(token.money and p.span.end <= token.span.start < end for token in scene.tokens)


def _mixed(whole: Proposal, words: tuple[Span, ...]) -> Proposal:
    return replace(whole, fields=whole.fields | {"funding": Read("mixed", words)})

"""Where one line divides an amount: shares in its bracket, ▲ items, the whole at the end, the years of a total, the rest.

Each finder is a pure function ``(line) -> divisions`` that knows one way of printing; `FINDERS` says in what order they are asked.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from budgets.reader.funders import has_funder, has_one_funder
from budgets.reader.lists import parted
from budgets.reader.proposals import Proposal
from budgets.reader.scene import Scene
from budgets.reader.sums import add_up

_TOGETHER = re.compile(
    r"(?:등|합쳐|합해|합한|합치면|더하면|포함한?|포함해|더한|더해|묶어|모아|보태|매칭해|매칭한)\s?(?:[가-힣0-9]+부터\s)?(?:[0-9]+년간\s)?(?:(?:총\s?사업비|사업비|예산)[은는이가]?|총|모두|전체)?\s?$"
)
_INCLUDING = re.compile(r"\s?[을를]\s?(?:포함한|포함해|포함하면)\s[^,.]{0,12}")
_AMONG = re.compile(r"(?:\s?|,\s(?:이|그)\s)(?:가운데|중)(?:에서|에)?\s")
_OF_THESE = re.compile(r"\W*(?:(?:이|그)\s?(?:가운데|중)(?:에서)?)\s")
_REMAINING = re.compile(r"나머지\s(?:약\s)?$")
_MADE_OF = re.compile(r"(?:으로|이며|이고|인데|이다[.])[,]?\s")


class Division(NamedTuple):
    """An amount, and the amounts that the print says are parts of it."""

    whole: Proposal
    parts: list[Proposal]


@dataclass(frozen=True)
class Line:
    """The amounts of one line, in order, and where they stand."""

    money: list[Proposal]
    scene: Scene

    def within(self, start: int, end: int) -> list[Proposal]:
        return [p for p in self.money if start <= p.span.start < end]

    @property
    def sentences(self) -> list[tuple[int, int]]:
        return self.scene.parts.sentences

    def end_of_sentence(self, p: Proposal) -> int:
        return self.scene.parts.sentence(p.span.start)[1]

    def behind(self) -> Iterator[tuple[Proposal, list[Proposal], list[Proposal]]]:
        """Every amount with all amounts behind it, and with those of them that stand in its sentence."""
        for at, whole in enumerate(self.money, 1):
            after, end = self.money[at:], self.end_of_sentence(whole)
            yield whole, after, [p for p in after if p.span.start < end]


Finder = Callable[[Line], list[Division]]


def _in_brackets(line: Line) -> list[Division]:
    """100억 원(국비 50억 원, 시비 50억 원): shares carry a funder, or there are several in the bracket."""
    found = []
    for whole in line.money:
        bracket = _bracket_behind(whole, line.scene)
        inside = [p for p in line.money if bracket and bracket[0] < p.span.start < bracket[1]]
        several = len(inside) > 1 or any(has_funder(p) for p in inside)
        if bracket and several and not any(_has_own_time(p, bracket) for p in inside):
            found.append(Division(whole, inside))
    return found


def _bracket_behind(p: Proposal, scene: Scene) -> tuple[int, int] | None:
    """The bracket that opens right behind an amount and holds a figure."""
    around = (scene.parts.bracket(token.span.start) for token in scene.tokens)
    return next((bracket for bracket in around if bracket and 0 <= bracket[0] - p.span.end <= 1), None)


def _has_own_time(part: Proposal, bracket: tuple[int, int]) -> bool:
    """Has the part a year of its own inside the bracket (지난해 29억원)?"""
    return any(bracket[0] < span.start < bracket[1] for span in part.fields["period_kind"].words)


def _in_list(line: Line) -> list[Division]:
    """32억 원을 들인다. ▲물길 지도 20억 원 ▲바람 지도 12억 원: an amount, then items with amounts in the same sentence."""
    found = []
    for start, end in line.sentences:
        first = next(iter(parted(line.scene.line, start, end)), end)
        before, items = line.within(start, first), line.within(first, end)
        if before and len(items) > 1:
            found.append(Division(before[-1], items))
    return found


def _summed_up(line: Line) -> list[Division]:
    """국비 50억 원과 시비 50억 원 등 총 100억 원: the whole comes last."""
    found = []
    for start, end in line.sentences:
        inside = line.within(start, end)
        for at, whole in enumerate(inside):
            shares = [p for p in inside[:at] if has_funder(p)]
            if len(shares) > 1 and _TOGETHER.search(line.scene.line[start : whole.span.start]):
                found.append(Division(whole, shares))
    return found


def _included(line: Line) -> list[Division]:
    """국비 140억 원을 포함한 총사업비 236억 원: the share first, its whole right behind it."""
    text = line.scene.line
    return [Division(whole, [share]) for share, whole in pairwise(line.money) if _INCLUDING.fullmatch(text, share.span.end, whole.span.start)]


def _of_which(line: Line) -> list[Division]:
    """310억 원 가운데 국비가 217억 원, 도비가 93억 원: shares that name their funder, in the sentence of their whole or the next."""
    found = []
    for whole, after, same_sentence in line.behind():
        shares = [p for p in same_sentence if has_one_funder(p)]
        if not shares:
            shares = _of_these(line, whole, after)
        elif not _said_to_be_shares(line, whole, shares, after):
            continue
        if shares:
            found.append(Division(whole, shares))
    return found


def _of_these(line: Line, whole: Proposal, after: list[Proposal]) -> list[Proposal]:
    """310억 원을 들인다. 이 가운데 국비가 217억 원이다: the shares of the next sentence, if it begins with one."""
    end = line.end_of_sentence(whole)
    if not _OF_THESE.match(line.scene.line, end):
        return []
    following = line.scene.parts.sentence(min(end, len(line.scene.line) - 1))
    shares = [p for p in after if following[0] <= p.span.start < following[1] and has_one_funder(p)]
    return shares if shares[:1] == after[:1] else []


def _said_to_be_shares(line: Line, whole: Proposal, shares: list[Proposal], after: list[Proposal]) -> bool:
    """Does 가운데 say that they are? Else they add up, behind 80억 원으로 or right behind an amount without a funder."""
    if _AMONG.match(line.scene.line, whole.span.end):
        return True
    linked = bool(_MADE_OF.match(line.scene.line, whole.span.end)) or (not has_funder(whole) and shares == after[: len(shares)])
    return linked and len(shares) > 1 and add_up(whole, shares)


def _by_years(line: Line) -> list[Division]:
    """총 96억 원을 들이며 올해 20억 원, 2025년 36억 원, 2026년 40억 원이다: what falls to each year adds up to all of it."""
    found = []
    for whole, after, same_sentence in line.behind():
        years = [p for p in same_sentence if p.value("period_kind") == "fiscal_year"]
        in_a_row = len(years) > 1 and years == after[: len(years)]
        if in_a_row and _each_of_its_own_year(years) and not _of_a_later_year(whole, years) and add_up(whole, years):
            found.append(Division(whole, years))
    return found


def _each_of_its_own_year(years: list[Proposal]) -> bool:
    return len({p.value("period_start") for p in years}) == len(years)


def _of_a_later_year(whole: Proposal, years: list[Proposal]) -> bool:
    """Is the whole that of one of the years? The first year may stand before both (올해부터 총 96억 원)."""
    each = sorted(p.value("period_start") for p in years)
    return whole.value("period_start") in each[1:]


def _with_the_rest(line: Line) -> list[Division]:
    """1조 8천억 원을 들인다. 자기자본 3600억 원에 나머지 1조 4400억 원은 …: with the rest the parts are all there."""
    found = []
    for start, end in line.sentences:
        before, parts = line.within(0, start), line.within(start, end)
        if before and len(parts) > 1 and _rest_among(parts, start, line.scene) and add_up(before[-1], parts):
            found.append(Division(before[-1], parts))
    return found


def _rest_among(parts: list[Proposal], start: int, scene: Scene) -> bool:
    return any(_REMAINING.search(scene.line[start : p.span.start]) for p in parts)


FINDERS: tuple[Finder, ...] = (
    _in_brackets,
    _in_list,
    _summed_up,
    _included,
    _of_which,
    _by_years,
    _with_the_rest,
)
"""First what a sign or a word shows, then what is only known to add up; a part goes to the whole that was found first. In 이 가운데 국비 50억 원,
시비 10억 원 등 총 60억 원 the whole stands in the same sentence: so `_summed_up` before `_of_which`, which would take one from the sentence before."""


def divisions(line: Line) -> Iterator[Division]:
    """What every finder finds, in their order."""
    return (division for find in FINDERS for division in find(line))

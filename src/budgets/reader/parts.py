"""Wholes and parts: amounts that the print divides, in one line, in the lines of a list below, in the sentence behind."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby, pairwise, takewhile

from budgets.reader.body import is_prose
from budgets.reader.divisions import Division, Line, divisions
from budgets.reader.filling import PERIOD
from budgets.reader.funders import has_one_funder, mixed_by_percent, mixed_by_shares
from budgets.reader.lists import leads_to_list, rank
from budgets.reader.proposals import UNKNOWN, Proposal, Sum
from budgets.reader.scene import Scene, Scenes
from budgets.reader.sums import add_up, is_amount, total_of

_MOST = 50
"""Amounts of one number that are looked at as the whole of some shares."""
_INHERITED = ("phase", "period_kind", "period_start", "period_end", "nature")


def with_parts(proposals: list[Proposal], scene: Scene) -> tuple[list[Proposal], list[Sum]]:
    """The proposals of one line with ``part_of`` where the print divides an amount, and the sums."""
    out = _divided(proposals, _owners(divisions(Line([p for p in proposals if is_amount(p)], scene))))
    parts = _grouped(out, _whole_of)
    sums = [total_of(p, parts[p.number]) for p in out if len(parts[p.number]) > 1]  # a single share is never all of it
    return [mixed_by_percent(mixed_by_shares(p, parts[p.number], scene), scene) for p in out], sums


def listed_below(proposals: list[Proposal], scenes: Scenes) -> tuple[list[Proposal], list[Sum]]:
    """An amount, and in the lines right below it items with amounts that add up to it: parts of it, else left alone."""
    lines = sorted(scenes)
    ranks = [rank(scenes[number].line) for number in lines]
    by_line = _grouped(filter(is_amount, proposals), _line_of)
    money = [by_line[number] for number in lines]
    found = []
    for first in range(1, len(lines)):
        if ranks[first] in ("", ranks[first - 1]):
            continue
        parts = [p for item in _list_from(first, ranks) for p in money[item][:1] if p.part_of is None]
        above = money[first - 1] or (money[first - 2] if first > 1 and leads_to_list(scenes[lines[first - 1]].line) else [])
        whole = next((p for p in reversed(above) if len(parts) > 1 and add_up(p, parts)), None)
        found += [Division(whole, parts)] if whole else []
    return _divided(proposals, {p.number: whole for whole, parts in found for p in parts}), [total_of(*division) for division in found]


def _list_from(first: int, ranks: list[str]) -> list[int]:
    """The items of the list that begins there: those of its rank, to the next line that is none or of the rank above the list."""
    inside = takewhile(lambda n: ranks[n] not in ("", ranks[first - 1]), range(first, len(ranks)))
    return [n for n in inside if ranks[n] == ranks[first]]


def shares_told_next(proposals: list[Proposal], scenes: Scenes) -> tuple[list[Proposal], list[Sum]]:
    """540억 원을 쏟는다. 재원은 국비 270억 원, 도비 …이다: a sentence of nothing but shares that add up to the amount before it."""
    sentences = _by_sentence(proposals, scenes)
    divided = {p.part_of for p in proposals}
    undivided = [(before, shares) for before, shares in pairwise(sentences) if before[-1].number not in divided and _is_free([*before, *shares])]
    found = [
        Division(before[-1], shares)
        for before, shares in undivided
        if _follows(shares, before, scenes) and _are_all_shares(shares, before[-1]) and _may_be_whole(before[-1], shares)
    ]
    out = _divided(proposals, {p.number: whole for whole, shares in found for p in shares})
    wholes, parts = {whole.number for whole, _ in found}, _grouped(out, _whole_of)
    sums = [total_of(*division) for division in found]
    return [mixed_by_shares(p, parts[p.number], scenes[p.span.line]) if p.number in wholes else p for p in out], sums


def shares_told_apart(proposals: list[Proposal], scenes: Scenes) -> tuple[list[Proposal], list[Sum]]:
    """국비 1,150억 원, 시비 460억 원, 민간 690억 원, far from 2천3백억 원: shares that come to exactly what is printed elsewhere."""
    sentences = _by_sentence(proposals, scenes)
    divided = {p.part_of for p in proposals}
    undivided: dict[int | None, list[Proposal]] = defaultdict(list)
    for p in (p for sentence in sentences for p in sentence):
        if p.part_of is None and p.number not in divided and not has_one_funder(p):
            undivided[total_of(p, []).printed].append(p)
    found = []
    for shares in filter(_name_their_funders, sentences):
        alike = [p for p in undivided[total_of(shares[0], shares).added or 0][:_MOST] if _may_be_whole(p, shares)] if _is_free(shares) else []
        if alike:
            nearest = max(alike, key=lambda p: (p.span < shares[0].span, -abs(p.span.line - shares[0].span.line)))
            found.append((Division(nearest, shares), alike))
    out = _divided(proposals, {p.number: whole for (whole, shares), _ in found for p in shares})
    mixed = {p.number: mixed_by_shares(p, shares, scenes[shares[-1].span.line]) for (_, shares), alike in found for p in alike}
    return [mixed.get(p.number, p) for p in out], [total_of(*division) for division, _ in found]


def _may_be_whole(whole: Proposal, shares: list[Proposal]) -> bool:
    """Money of one time, and not of another government: a coincidence else."""
    governments = {p.value("government") for p in shares}
    times = {tuple(p.value(c) for c in PERIOD) for p in (whole, *shares) if p.value("period_kind") != UNKNOWN}
    return len(times) < 2 and whole not in shares and (len(governments) > 1 or whole.value("government") in governments)


def _by_sentence(proposals: list[Proposal], scenes: Scenes) -> list[list[Proposal]]:
    """The amounts of each sentence that has any, in the order of the text."""
    money = sorted(filter(is_amount, proposals), key=lambda p: p.span[:2])
    return [list(group) for _, group in groupby(money, key=lambda p: (p.span.line, scenes[p.span.line].parts.sentence(p.span.start)))]


def _follows(shares: list[Proposal], before: list[Proposal], scenes: Scenes) -> bool:
    """Is it prose, in the line of the sentence before or the next?"""
    line = shares[0].span.line
    return line - before[0].span.line <= 1 and is_prose(scenes[line].line)


def _is_free(amounts: list[Proposal]) -> bool:
    """Is none of them part of an amount yet?"""
    return all(p.part_of is None for p in amounts)


def _are_all_shares(shares: list[Proposal], whole: Proposal) -> bool:
    return _name_their_funders(shares) and add_up(whole, shares)


def _name_their_funders(shares: list[Proposal]) -> bool:
    """Does each name its funder, not all the same?"""
    return all(has_one_funder(p) for p in shares) and len({p.value("funding") for p in shares}) > 1


def _owners(found: Iterable[Division]) -> dict[int, Proposal]:
    """The whole of each part: the first that was found; what is itself a part has none."""
    owner: dict[int, Proposal] = {}
    for whole, parts in found:
        for part in parts:
            if part.number not in owner and part.number != whole.number and whole.number not in owner:
                owner[part.number] = whole
    return owner


def _divided(proposals: list[Proposal], owner: dict[int, Proposal]) -> list[Proposal]:
    return [_part(p, owner[p.number]) if p.number in owner else p for p in proposals]


def _part(part: Proposal, whole: Proposal) -> Proposal:
    """A part takes phase, period and nature of its whole where the print gives it none of its own."""
    another = any(part.value(name) not in ("", UNKNOWN, whole.value(name)) for name in PERIOD)
    open_ = [name for name in _INHERITED if part.value(name) in ("", UNKNOWN) and not (another and name in PERIOD)]
    taken = {name: whole.fields[name] for name in open_ if name in whole.fields}
    return replace(part, fields=part.fields | taken, part_of=whole.number)


def _grouped(proposals: Iterable[Proposal], key: Callable[[Proposal], int | None]) -> dict[int | None, list[Proposal]]:
    groups: dict[int | None, list[Proposal]] = defaultdict(list)
    for p in proposals:
        groups[key(p)].append(p)
    return groups


def _whole_of(p: Proposal) -> int | None:
    return p.part_of


def _line_of(p: Proposal) -> int:
    return p.span.line

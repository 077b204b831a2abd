"""Wholes and parts: the items of a ▲ list, and the shares in brackets behind an amount, held against the printed whole."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby, pairwise, takewhile

from budgets.reader.body import is_prose
from budgets.reader.proposals import Proposal, Read, Sum
from budgets.reader.scene import Scene

_BULLET = re.compile(r"[▲△▶■○●◆]")
_ITEM = re.compile(r"\s*(?:[▲△▶▷■□○●◆◇◦•∙※❍ㅇ✔✅☑*·ㆍ①-⑳]|[-–—]\s|[가-하0-9]{1,2}[.)]\s)")
_TOGETHER = re.compile(
    r"(?:등|합쳐|합해|합한|포함한?|포함해|더한|더해|묶어|모아|보태|매칭해|매칭한)\s?(?:[가-힣0-9]+부터\s)?(?:[0-9]+년간\s)?(?:총\s?사업비|사업비|총|모두|전체)?\s?$"
)
_LEADS_ON = re.compile(r"다음과\s같|아래와\s같|(?:사업|내용|내역|항목)(?:은|는)?\s?[:：]?\s*$")
_INCLUDING = re.compile(r"\s?[을를]\s?(?:포함한|포함해|포함하면)\s[^,.]{0,12}")
_AMONG = re.compile(r"\s?(?:가운데|중)(?:에서|에)?\s")
_OF_THESE = re.compile(r"\W*(?:(?:이|그)\s?(?:가운데|중)(?:에서)?)\s")
_REST = re.compile(r"나머지(?:는|\s[^.,]{0,10}[은는])\s(?:모두\s|전액\s)?(국비|도비|시비|군비|구비|지방비|민자)(?=다|이다|로|가|이|를|[.])")
_PERCENT = re.compile(
    r"\s*(?:재원은\s|비율은\s)?(국비|도비|시비|군비|구비)(?:가|는|이)?\s?[0-9.]+%[^.]{0,4}?(?:,|와|과|·|이고|이며)?\s?(도비|시비|군비|구비|지방비|민자)(?:가|는|이)?\s?[0-9.]+%"
)
_REMAINING = re.compile(r"나머지\s(?:약\s)?$")
_MADE_OF = re.compile(r"(?:으로|이며|이고|인데|이다[.])[,]?\s")
_INHERITED = ("phase", "period_kind", "period_start", "period_end", "nature")


def with_parts(proposals: list[Proposal], scene: Scene) -> tuple[list[Proposal], list[Sum]]:
    """The proposals of one line with ``part_of`` where the print divides an amount, and the sums."""
    money = [p for p in proposals if p.token and p.token.money and p.value("unit") == "KRW"]
    owner: dict[int, Proposal] = {}
    for whole, parts in [
        *_bracketed(money, scene),
        *_listed(money, scene),
        *_summed_up(money, scene),
        *_included(money, scene),
        *_of_which(money, scene),
        *_by_years(money, scene),
        *_remaining(money, scene),
    ]:
        for part in parts:
            if part.number not in owner and part.number != whole.number and whole.number not in owner:
                owner[part.number] = whole
    out = [_part(p, owner[p.number]) if p.number in owner else p for p in proposals]
    wholes = sorted({whole.number for whole in owner.values()})
    by_number = {p.number: p for p in out}
    of = {n: [p for p in out if p.part_of == n] for n in wholes}
    sums = [total_of(by_number[n], parts) for n, parts in of.items() if len(parts) > 1]  # a single share is never all of it
    return [_by_percent(_mixed(p, [q for q in out if q.part_of == p.number], scene), scene) for p in out], sums


def listed_below(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> tuple[list[Proposal], list[Sum]]:
    """An amount, and in the lines right below it items with amounts that add up to it: parts of it, else left alone."""
    lines = sorted(scenes)
    marks = {number: _mark(scenes[number].line) for number in lines}
    owner: dict[int, Proposal] = {}
    sums: list[Sum] = []
    for at, (above, number) in enumerate(pairwise(lines)):
        if not marks[number] or marks[above] == marks[number]:
            continue
        block = takewhile(lambda n: marks[n] and marks[n] != marks[above], lines[at + 1 :])  # noqa: B023
        parts = [p for n in block if marks[n] == marks[number] for p in _money_of(proposals, n)[:1] if p.part_of is None]
        wholes = _money_of(proposals, above) or (_money_of(proposals, lines[at - 1]) if at and _LEADS_ON.search(scenes[above].line) else [])
        whole = next((p for p in reversed(wholes) if len(parts) > 1 and total_of(p, parts).fits), None)
        if whole is not None:
            owner |= {p.number: whole for p in parts}
            sums.append(total_of(whole, parts))
    return [_part(p, owner[p.number]) if p.number in owner else p for p in proposals], sums


def shares_told_next(proposals: list[Proposal], scenes: Mapping[int, Scene]) -> tuple[list[Proposal], list[Sum]]:
    """540억 원을 쏟는다. 재원은 국비 270억 원, 도비 …이다: a sentence of nothing but shares that add up to the amount before it."""
    money = sorted((p for p in proposals if p.token and p.token.money and p.value("unit") == "KRW"), key=lambda p: p.span[:2])
    groups = [(key, list(group)) for key, group in groupby(money, key=lambda p: (p.span.line, scenes[p.span.line].parts.sentence(p.span.start)))]
    owner: dict[int, Proposal] = {}
    sums: list[Sum] = []
    for (key, before), (_, shares) in pairwise(groups):
        funders = {p.value("funding") for p in shares}
        near = shares[0].span.line - key[0] <= 1 and is_prose(scenes[shares[0].span.line].line)
        free = all(p.part_of is None for p in (*before, *shares)) and not any(q.part_of == before[-1].number for q in money)
        if near and free and len(funders) > 1 and not funders & {"unknown", "mixed"} and total_of(before[-1], shares).fits:
            owner |= {p.number: before[-1] for p in shares}
            sums.append(total_of(before[-1], shares))
    out = [_part(p, owner[p.number]) if p.number in owner else p for p in proposals]
    wholes = {whole.number for whole in owner.values()}
    return [_mixed(p, [q for q in out if q.part_of == p.number], scenes[p.span.line]) if p.number in wholes else p for p in out], sums


def _mark(line: str) -> str:
    """The sign of an item (□, ○, -; 1 for any number), empty for a line that is none."""
    found = _ITEM.match(line)
    return re.sub(r"[0-9]+", "1", found[0].strip()) if found else ""


def _money_of(proposals: list[Proposal], number: int) -> list[Proposal]:
    return [p for p in proposals if p.span.line == number and p.token and p.token.money and p.value("unit") == "KRW"]


def _bracketed(money: list[Proposal], scene: Scene) -> list[tuple[Proposal, list[Proposal]]]:
    """100억 원(국비 50억 원, 시비 50억 원): shares carry a funder, or there are several in the bracket."""
    found = []
    for whole in money:
        bracket = next((b for b in _pairs(scene) if 0 <= b[0] - whole.span.end <= 1), None)
        inside = [p for p in money if bracket and bracket[0] < p.span.start < bracket[1]]
        if inside and not any(_has_own_time(p, bracket) for p in inside) and (len(inside) > 1 or inside[0].value("funding") != "unknown"):
            found.append((whole, inside))
    return found


def _has_own_time(part: Proposal, bracket: tuple[int, int] | None) -> bool:
    """Has the part a year of its own inside the bracket (지난해 29억원)?"""
    return any(bracket and bracket[0] < span.start < bracket[1] for span in part.fields["period_kind"].words)


def _pairs(scene: Scene) -> list[tuple[int, int]]:
    return [b for t in scene.tokens if (b := scene.parts.bracket(t.span.start))]


def _listed(money: list[Proposal], scene: Scene) -> list[tuple[Proposal, list[Proposal]]]:
    """An amount, then ▲ items with amounts in the same sentence."""
    found = []
    for start, end in scene.parts.sentences:
        bullets = [m.start() for m in _BULLET.finditer(scene.line, start, end)]
        if not bullets:
            continue
        before = [p for p in money if start <= p.span.start < bullets[0]]
        items = [p for p in money if bullets[0] < p.span.start < end]
        if before and len(items) > 1:
            found.append((before[-1], items))
    return found


def _summed_up(money: list[Proposal], scene: Scene) -> list[tuple[Proposal, list[Proposal]]]:
    """국비 50억 원과 시비 50억 원 등 총 100억 원: the whole comes last."""
    found = []
    for start, end in scene.parts.sentences:
        inside = [p for p in money if start <= p.span.start < end]
        for at, whole in enumerate(inside):
            before = [p for p in inside[:at] if p.value("funding") != "unknown"]
            if len(before) > 1 and _TOGETHER.search(scene.line[start : whole.span.start]):
                found.append((whole, before))
    return found


def _included(money: list[Proposal], scene: Scene) -> list[tuple[Proposal, list[Proposal]]]:
    """국비 140억 원을 포함한 총사업비 236억 원."""
    return [(whole, [part]) for part, whole in pairwise(money) if _INCLUDING.fullmatch(scene.line, part.span.end, whole.span.start)]


def _of_which(money: list[Proposal], scene: Scene) -> list[tuple[Proposal, list[Proposal]]]:
    """310억 원 가운데 국비가 217억 원, 도비가 93억 원; 80억 원으로 국비 50억 원, 시비 30억 원이다: shares that name their funder."""
    found = []
    for at, whole in enumerate(money):
        end = scene.parts.sentence(whole.span.start)[1]
        shares = [p for p in money[at + 1 :] if p.span.start < end and p.value("funding") not in ("unknown", "mixed")]
        if not shares and money[at + 1 : at + 2] and _OF_THESE.match(scene.line, end):
            after = scene.parts.sentence(min(end, len(scene.line) - 1))
            shares = [p for p in money[at + 1 :] if after[0] <= p.span.start < after[1] and p.value("funding") not in ("unknown", "mixed")]
            if shares and money[at + 1] is shares[0]:
                found.append((whole, shares))
            continue
        if shares and (
            _AMONG.match(scene.line, whole.span.end)
            or (
                len(shares) > 1
                and (_MADE_OF.match(scene.line, whole.span.end) or (whole.value("funding") == "unknown" and shares == money[at + 1 : at + 1 + len(shares)]))
                and total_of(whole, shares).fits
            )
        ):
            found.append((whole, shares))
    return found


def _by_years(money: list[Proposal], scene: Scene) -> list[tuple[Proposal, list[Proposal]]]:
    """총 96억 원을 들이며 올해 20억 원, 2025년 36억 원, 2026년 40억 원이다: what falls to each year adds up to all of it."""
    found = []
    for at, whole in enumerate(money):
        end = scene.parts.sentence(whole.span.start)[1]
        years = [p for p in money[at + 1 :] if p.span.start < end and p.value("period_kind") == "fiscal_year"]
        each = {p.value("period_start") for p in years}
        if (
            len(years) > 1
            and len(each) == len(years)
            and years == money[at + 1 : at + 1 + len(years)]
            and whole.value("period_start") not in each - {min(each)}
            and total_of(whole, years).fits
        ):
            found.append((whole, years))
    return found


def _remaining(money: list[Proposal], scene: Scene) -> list[tuple[Proposal, list[Proposal]]]:
    """1조 8천억 원을 들인다. 자기자본 3600억 원에 나머지 1조 4400억 원은 …: with the rest the parts are all there."""
    found = []
    for start, end in scene.parts.sentences:
        inside = [p for p in money if start <= p.span.start < end]
        before = [p for p in money if p.span.start < start]
        if before and len(inside) > 1 and any(_REMAINING.search(scene.line[start : p.span.start]) for p in inside) and total_of(before[-1], inside).fits:
            found.append((before[-1], inside))
    return found


def _part(part: Proposal, whole: Proposal) -> Proposal:
    """A part takes phase, period and nature of its whole where the print gives it none of its own."""
    fields = dict(part.fields)
    for name in _INHERITED:
        if name in whole.fields and fields[name].value in ("", "unknown"):
            fields[name] = whole.fields[name]
    return replace(part, fields=fields, part_of=whole.number)


def _mixed(whole: Proposal, parts: list[Proposal], scene: Scene) -> Proposal:
    """A whole whose parts name two funders is the money of several; 나머지는 도비다 names one without an amount."""
    funders = {p.value("funding") for p in parts} - {"unknown"}
    rest = _REST.search(scene.line, parts[-1].span.end, scene.parts.sentence(parts[-1].span.start)[1]) if parts else None
    if rest and whole.value("funding") == "unknown" and funders:
        words = tuple(span for p in parts for span in p.fields["funding"].words)
        return replace(whole, fields=whole.fields | {"funding": Read("mixed", (*words, scene.span(*rest.span(1))))})
    if len(funders) < 2 or whole.value("funding") != "unknown":
        return whole
    words = tuple(span for p in parts for span in p.fields["funding"].words)
    return replace(whole, fields=whole.fields | {"funding": Read("mixed", words)})


def _by_percent(p: Proposal, scene: Scene) -> Proposal:
    """195억 원을 쓴다. 국비 70%, 지방비 30%다: shares told right behind its sentence."""
    if p.kind != "budget" or p.value("funding") != "unknown":
        return p
    end = scene.parts.sentence(p.span.start)[1]
    last = not any(t.money and p.span.end <= t.span.start < end for t in scene.tokens)
    shares = _PERCENT.match(scene.line, end) if last else None
    return replace(p, fields=p.fields | {"funding": Read("mixed", (scene.span(*shares.span(1)), scene.span(*shares.span(2))))}) if shares else p


def total_of(whole: Proposal, parts: list[Proposal]) -> Sum:
    """Do the parts, each an interval, add up to the whole, an interval?"""
    amounts = [p.token.amount for p in parts if p.token]
    assert whole.token is not None
    target = whole.token.amount
    low = sum(int(a.low or 0) for a in amounts)
    high = None if any(a.high is None for a in amounts) else sum(int(a.high or 0) for a in amounts)
    printed = None if any(a.printed is None for a in amounts) else sum(int(a.printed or 0) for a in amounts)
    fits = (target.high is None or low <= target.high) and (high is None or target.low is None or high >= target.low)
    return Sum(whole.number, tuple(p.number for p in parts), int(target.printed) if target.printed is not None else None, printed, fits)

"""Reads one article: from its text to proposals. Opens no file; what it needs to know is handed to it."""

import re
from dataclasses import replace
from datetime import date, timedelta

from budgets.reader import tables
from budgets.reader.body import body, is_prose
from budgets.reader.context import in_context
from budgets.reader.counts import read_count
from budgets.reader.cues import Cues
from budgets.reader.events import events
from budgets.reader.governing import money_period
from budgets.reader.governments import Gazetteer, Speaking, national
from budgets.reader.known import Known, identified
from budgets.reader.money import natured, read_money
from budgets.reader.names import Heads
from budgets.reader.naming import Memory, name_at, name_of
from budgets.reader.parts import listed_below, shares_told_next, with_parts
from budgets.reader.periods import When, whens
from budgets.reader.places import Article, Span
from budgets.reader.proposals import NOT_SAID, UNKNOWN, LeftOut, Proposal, Published, Read, Reading, Sum, Token
from budgets.reader.published import published as find_published
from budgets.reader.publisher import publisher
from budgets.reader.scene import Scene
from budgets.reader.supposing import suppose
from budgets.reader.tense import Marks, marks
from budgets.reader.tokens import tokens

_BORROWED = ("phase", "period_kind", "period_start", "period_end", "as_of", "extent", "funding", "nature", "indicator", "programme_as_printed")
_TO_A_DAY = re.compile(r"[0-9]일(?:부터|까지|\s?[~∼〜과와])|[~∼〜]\s?[0-9]{1,2}일")


def read(
    text: str,
    cues: Cues,
    gazetteer: Gazetteer,
    *,
    published: date | None = None,
    government: str | None = None,
    known: Known | None = None,
    tense: Marks = marks,
) -> Reading:
    """All proposals of an article, in the order of the text.

    *published* overrides the day printed in the text; *government* is taken where the text names none. *tense* finds
    the predicates that say when (``reader.tense``).
    """
    article = Article.of(text)
    out = body(article, cues)
    day = Published(published, (), "given") if published else find_published(article, cues)
    lines = [n for n, line in enumerate(article.lines, 1) if line.strip() and out.get(n) in (None, "after_end")]
    speaking = Speaking(article, gazetteer, government, lines)
    memory = Memory(Heads.of(cues))
    range_ = _day_range(article, lines, day.day)
    proposals: list[Proposal] = []
    left: list[LeftOut] = []
    sums: list[Sum] = []
    scenes: dict[int, Scene] = {}
    table = tables.rows(article, lines)
    for number in lines:
        found, not_found = tokens(article, number, cues)
        left += not_found
        if number in table:
            cells, no_cells = tables.cell_tokens(article, number, table[number])
            no_cells += [LeftOut(t.span, "change_column") for t in found if tables.in_change_column(table[number], t.span.start)]
            found = [t for t in found if not tables.in_change_column(table[number], t.span.start)]
            found, left = sorted([*found, *cells], key=lambda t: t.span.start), [*left, *no_cells]
        scene = Scene(article, number, _with_durations(article.line(number), day.day, range_, found), found, day.day, cues)
        scenes[number] = scene
        memory.section = speaking.section(number)
        quoted = [n.span for n in memory.read(scene) if n.strength > 1]
        scene.whens[:] = [
            w for w in scene.whens if w.kind == "years" or not any(q.start <= w.start and w.end <= q.end for q in quoted)
        ]  # ‘2025년 … 사업’ is a name
        left += [LeftOut(t.span, "in_name") for t in found if _within(t, quoted)]
        found = [t for t in found if not _within(t, quoted)]
        some = [_figure(scene, token, len(proposals) + n, memory, speaking, gazetteer, tense) for n, token in enumerate(found, 1)]
        if number in table:
            some = [_in_table(p, scene, table[number], gazetteer) if p.token and (p.token.unit or not table[number].unit) else p for p in some]
        some, added = with_parts(some, scene)
        sums += added
        proposals += some
        proposals += _events(scene, len(proposals), memory, speaking, tense)
    for number, reason in sorted(out.items()):
        if reason != "after_end":
            left += [LeftOut(token.span, reason) for token in tokens(article, number, cues)[0]]
    proposals, added = tables.with_totals(proposals, table)
    sums += added
    for further in (listed_below, shares_told_next):
        proposals, added = further(proposals, scenes)
        sums += added
    proposals = [natured(p) for p in in_context(proposals, scenes, sums)]
    proposals = suppose(_numbered(_headlines(article, _again(proposals))), scenes, gazetteer.levels)
    if known:
        proposals = [identified(p, known) for p in proposals]
    return Reading(article, day, tuple(proposals), publisher(article, cues), tuple(left), tuple(sums), _warnings(day, proposals, article, lines))


def _within(token: Token, names: list[Span]) -> bool:
    """Is a count part of a quoted name (‘4대 AI 플래그십 프로젝트’)?"""
    return not token.money and any(n.start <= token.span.start and token.span.end <= n.end for n in names)


def _figure(scene: Scene, token: Token, number: int, memory: Memory, speaking: Speaking, gazetteer: Gazetteer, tense: Marks) -> Proposal:
    who = speaking.at(scene.number, token.span.start)
    name = name_of(scene, token, memory)
    if token.money:
        fields = read_money(scene, token) | money_period(scene, token)
        fields["funding"] = _whose(fields["funding"], who, gazetteer)
    else:
        fields = {"unit": Read(token.amount.unit, (token.span,))} | read_count(scene, token, tense)
    fields |= {"programme_as_printed": name, "government": who, "hedge": Read(token.hedge, (token.span,) if token.hedge != "none" else ())}
    return Proposal(number, "budget" if token.money else "target", token.span, scene.article.paragraph(scene.number), token.occurrence, fields, token)


def _in_table(p: Proposal, scene: Scene, row: tables.Row, gazetteer: Gazetteer) -> Proposal:
    p = tables.in_table(p, scene, row)
    if government := gazetteer.names.get(row.name.text):  # a row of what one government gets
        where = scene.span(row.name.start, row.name.end)
        p = replace(p, fields=p.fields | {"government": Read(government, (where,)), "programme_as_printed": NOT_SAID})
    return replace(p, fields=p.fields | {"funding": _whose(p.fields["funding"], p.fields["government"], gazetteer)}) if p.kind == "budget" else p


def _whose(funding: Read, who: Read, gazetteer: Gazetteer) -> Read:
    """시비 is provincial money in a metropolitan city and its 구, municipal in a province and its 시·군; local where the city is unknown."""
    if funding.value != "city":
        return funding
    known = gazetteer.levels.get(who.value, "") in ("province", "municipality")
    level = ("provincial" if who.value in gazetteer.within_city else "municipal") if known else "local"
    return Read(level, funding.words + who.words)


def _events(scene: Scene, count: int, memory: Memory, speaking: Speaking, tense: Marks) -> list[Proposal]:
    found = []
    for n, event in enumerate(events(scene, tense), 1):
        start, end = scene.parts.sentence(event.span.start)
        nation = national(scene.line, start, end, scene.article, scene.number)
        who = Read("national", (nation,)) if nation else speaking.at(scene.number, event.span.start)
        fields = event.fields | {"programme_as_printed": name_at(scene, event.name_from, event.name_to, memory), "government": who}
        occurrence = scene.line[: event.span.start].count(event.span.text) + 1
        found.append(Proposal(count + n, "milestone", event.span, scene.article.paragraph(scene.number), occurrence, fields))
    return found


def _day_range(article: Article, lines: list[int], day: date | None) -> tuple[date, date] | None:
    """The first range of days in the text (1일부터 4일까지): what 나흘간 and 마지막 날 speak of."""
    for number in lines:
        if not _TO_A_DAY.search(article.line(number)):
            continue
        for when in whens(article.line(number), day):
            if when.kind == "days" and when.first and when.last and when.first < when.last:
                return when.first, when.last
    return None


def _with_durations(line: str, day: date | None, range_: tuple[date, date] | None, found: list[Token]) -> list[When]:
    """The words of time of a line; 나흘간 stands for the range of days of that length, if the text gives one."""
    all_ = whens(line, day, days=range_)
    for token in found:
        if token.amount.unit == "일" and range_ and range_[0] + timedelta(days=int(token.amount.printed or 0) - 1) == range_[1]:
            all_.append(When("days", token.span.start, token.span.end, *range_, precision="day", relative=True))
    return sorted(all_, key=lambda when: when.start)


def _again(proposals: list[Proposal]) -> list[Proposal]:
    """Marks what the same text says a second time: same kind, name and number."""
    seen: dict[tuple[object, ...], int] = {}
    out = []
    for p in proposals:
        if p.token is None:
            out.append(p)
            continue
        key = (p.kind, p.token.amount.printed, p.token.amount.unit, p.value("programme_as_printed"), p.value("unit"), p.value("period_end"), p.value("phase"))
        first = seen.setdefault(key, p.number)
        out.append(replace(p, repeats=first) if first != p.number else p)
    return out


def _headlines(article: Article, proposals: list[Proposal]) -> list[Proposal]:
    """A headline's figure takes what it does not say itself from the first place of the text that prints the same number."""
    prose = {p.span.line: is_prose(article.line(p.span.line)) for p in proposals}
    printed: dict[tuple[object, ...], list[Proposal]] = {}
    for p in proposals:
        if prose[p.span.line] and (number := _number(p)):
            printed.setdefault(number, []).append(p)
    out = []
    for p in proposals:
        same = printed.get(_number(p) or (), []) if not prose[p.span.line] else []
        body_ = next((q for q in same if q.span.line > p.span.line), None)
        out.append(_filled(p, body_) if body_ else p)
    heads = {p.number: p.repeats for p in out}
    return [replace(p, repeats=None) if p.repeats and heads.get(p.repeats) == p.number and prose[p.span.line] else p for p in out]


def _number(p: Proposal) -> tuple[object, ...] | None:
    return (p.token.amount.unit, p.token.amount.printed) if p.token and p.token.amount.printed is not None else None


def _filled(p: Proposal, other: Proposal) -> Proposal:
    fields = dict(p.fields)
    open_envelope = p.value("period_kind") == other.value("period_kind") == "envelope" and not p.value("period_start") and not p.value("period_end")
    for name in _BORROWED:
        borrow = name == "programme_as_printed" or (name.startswith("period") and open_envelope)
        if name in fields and name in other.fields and (borrow or fields[name].value in ("", UNKNOWN)):
            fields[name] = other.fields[name]
    return replace(p, fields=fields, repeats=other.number)


def _numbered(proposals: list[Proposal]) -> list[Proposal]:
    """In the order of the text, numbers and references renewed."""
    ordered = sorted(proposals, key=lambda p: (p.span.line, p.span.start, p.kind))
    new = {p.number: n for n, p in enumerate(ordered, 1)}
    return [replace(p, number=new[p.number], part_of=p.part_of and new[p.part_of], repeats=p.repeats and new[p.repeats]) for p in ordered]


def _warnings(day: Published, proposals: list[Proposal], article: Article, lines: list[int]) -> tuple[str, ...]:
    said = []
    if day.day is None and any(w.relative for n in lines for w in whens(article.line(n), None)):
        said.append("no_date")
    if any(p.fields.get("government", NOT_SAID).value == UNKNOWN for p in proposals):
        said.append("no_government")
    return tuple(said)

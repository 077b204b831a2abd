"""Reads the lines of an article one after the other: what each says itself, with the names and governments met before it."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from budgets.reader import tables
from budgets.reader.counts import read_count
from budgets.reader.cues import Cues
from budgets.reader.events import events
from budgets.reader.governing import money_period
from budgets.reader.governments import Gazetteer, Speaking, national
from budgets.reader.money import read_money
from budgets.reader.naming import Memory, name_at, name_of
from budgets.reader.parts import with_parts
from budgets.reader.periods import When, whens
from budgets.reader.places import Article, Span
from budgets.reader.proposals import NOT_SAID, LeftOut, Proposal, Read, Sum, Token
from budgets.reader.scene import Scene
from budgets.reader.tense import Marks
from budgets.reader.tokens import tokens

_TO_A_DAY = re.compile(r"[0-9]일(?:부터|까지|\s?[~∼〜과와])|[~∼〜]\s?[0-9]{1,2}일")
Days = tuple[date, date]


@dataclass(frozen=True)
class Setting:
    """What is known of an article before its lines are read. Only ``memory`` learns, with each line, the names it gives."""

    article: Article
    cues: Cues
    gazetteer: Gazetteer
    tense: Marks
    published: date | None
    days: Days | None
    """the first range of days in the text"""
    table: dict[int, tables.Row]
    memory: Memory
    speaking: Speaking


class Found(NamedTuple):
    """What one line says."""

    scene: Scene
    proposals: list[Proposal]
    left_out: list[LeftOut]
    sums: list[Sum]


def read_line(number: int, count: int, setting: Setting) -> Found:
    """The proposals of a line, numbered on from *count*, and what of it is no figure."""
    found, left = _tokens(number, setting)
    scene, names = _scene(number, found, setting)
    tokens_ = [token for token in found if not _within(token, names)]
    left += [LeftOut(token.span, "in_name") for token in found if _within(token, names)]
    figures = [_figure(scene, token, count + n, setting) for n, token in enumerate(tokens_, 1)]
    figures, sums = with_parts([_in_row(p, scene, setting) for p in figures], scene)
    return Found(scene, [*figures, *_events(scene, count + len(figures), setting)], left, sums)


def _tokens(number: int, setting: Setting) -> tuple[list[Token], list[LeftOut]]:
    """The figures of a line, in a row of a table with its cells and without its columns of changes; and what is none."""
    found, left = tokens(setting.article, number, setting.cues)
    if (row := setting.table.get(number)) is None:
        return found, left
    cells, no_cells = tables.cell_tokens(setting.article, number, row)
    changes = [token for token in found if tables.in_change_column(row, token.span.start)]
    figures = [token for token in found if not tables.in_change_column(row, token.span.start)]
    left_out = [*left, *no_cells, *(LeftOut(token.span, "change_column") for token in changes)]
    return sorted([*figures, *cells], key=lambda token: token.span.start), left_out


def _scene(number: int, found: list[Token], setting: Setting) -> tuple[Scene, list[Span]]:
    """The line with its words of time, and the places of its certain names; a year within one (‘2025년 … 사업’) is no time."""
    scene = Scene(setting.article, number, _times(number, found, setting), found, setting.published, setting.cues)
    setting.memory.enter(setting.speaking.section(number), setting.speaking.lines_naming(number))
    names = [name.span for name in setting.memory.read(scene) if name.strength > 1]
    scene.whens[:] = [w for w in scene.whens if w.kind == "years" or not any(n.start <= w.start and w.end <= n.end for n in names)]
    return scene, names


def _times(number: int, found: list[Token], setting: Setting) -> list[When]:
    """The words of time of a line; 나흘간 stands for the range of days of that length, if the text gives one."""
    times, days = whens(setting.article.line(number), setting.published, days=setting.days), setting.days
    for token in found if days else ():
        if days and token.amount.unit == "일" and days[0] + timedelta(days=int(token.amount.printed or 0) - 1) == days[1]:
            times.append(When("days", token.span.start, token.span.end, *days, precision="day", relative=True))
    return sorted(times, key=lambda when: when.start)


def day_range(article: Article, lines: list[int], published: date | None) -> Days | None:
    """The first range of days in the text (1일부터 4일까지): what 나흘간 and 마지막 날 speak of."""
    for number in lines:
        if not _TO_A_DAY.search(article.line(number)):
            continue
        for when in whens(article.line(number), published):
            if when.kind == "days" and when.first and when.last and when.first < when.last:
                return when.first, when.last
    return None


def _within(token: Token, names: list[Span]) -> bool:
    """Is a count part of a quoted name (‘4대 AI 플래그십 프로젝트’)?"""
    return not token.money and any(n.start <= token.span.start and token.span.end <= n.end for n in names)


def _figure(scene: Scene, token: Token, number: int, setting: Setting) -> Proposal:
    who = setting.speaking.at(scene.number, token.span.start, counted=not token.money)
    name = name_of(scene, token, setting.memory)
    if token.money:
        fields = read_money(scene, token) | money_period(scene, token)
        fields["funding"] = _whose(fields["funding"], who, setting.gazetteer)
    else:
        fields = {"unit": Read(token.amount.unit, (token.span,))} | read_count(scene, token, setting.tense)
    fields |= {"programme_as_printed": name, "government": who, "hedge": Read(token.hedge, (token.span,) if token.hedge != "none" else ())}
    return Proposal(number, "budget" if token.money else "target", token.span, scene.article.paragraph(scene.number), token.occurrence, fields, token)


def _in_row(p: Proposal, scene: Scene, setting: Setting) -> Proposal:
    """A figure of a table with what its row and column say; under a printed unit only bare numbers are cells."""
    row = setting.table.get(scene.number)
    if row is None or p.token is None or (row.unit and not p.token.unit):
        return p
    p = tables.in_table(p, scene, row)
    if government := setting.gazetteer.names.get(row.name.text):  # a row of what one government gets
        where = scene.span(row.name.start, row.name.end)
        p = replace(p, fields=p.fields | {"government": Read(government, (where,)), "programme_as_printed": NOT_SAID})
    if p.kind != "budget":
        return p
    return replace(p, fields=p.fields | {"funding": _whose(p.fields["funding"], p.fields["government"], setting.gazetteer)})


def _whose(funding: Read, who: Read, gazetteer: Gazetteer) -> Read:
    """시비 is provincial money in a metropolitan city and its 구, municipal in a province and its 시·군; local where the city is unknown."""
    if funding.value != "city":
        return funding
    known = gazetteer.levels.get(who.value, "") in ("province", "municipality")
    level = ("provincial" if who.value in gazetteer.within_city else "municipal") if known else "local"
    return Read(level, funding.words + who.words)


def _events(scene: Scene, count: int, setting: Setting) -> list[Proposal]:
    found = []
    for n, event in enumerate(events(scene, setting.tense), 1):
        start, end = scene.parts.sentence(event.span.start)
        nation = national(scene.line, start, end, scene.article, scene.number)
        who = Read("national", (nation,)) if nation else setting.speaking.at(scene.number, event.span.start)
        fields = event.fields | {"programme_as_printed": name_at(scene, event.name_from, event.name_to, setting.memory), "government": who}
        occurrence = scene.line[: event.span.start].count(event.span.text) + 1
        found.append(Proposal(count + n, "milestone", event.span, scene.article.paragraph(scene.number), occurrence, fields))
    return found

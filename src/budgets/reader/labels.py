"""Names by their place: what stands right before a bracket, a colon or a figure is what the figure is of."""

import re

from budgets.reader import phrases
from budgets.reader.funder_words import FUNDERS
from budgets.reader.lists import behind_signs, name_of_item
from budgets.reader.names import Heads
from budgets.reader.phrases import overlaps, taken, times_of, walk_back, words_of
from budgets.reader.places import Span
from budgets.reader.quotes import CLOSING, STRAIGHT, quotes
from budgets.reader.scene import Scene

_LEAD = re.compile(r"(?:[와과]\s|및\s|등\s|,\s?|또\s|그리고\s|이어\s|우선\s)+")
_FIELD = re.compile(r"(?:\S+\s){0,2}\S*(?:으로는|로는|에서는|에는|분야는)\s")
_LABEL = re.compile(
    rf"자체\s?(?:재원|예산)|\S*\s?보조(?:금)?|모두|과제|사업|(?:연도별\s?|누적\s?)?(?:집행|지출|편성|확보|투입)액|(?:총\s?)?(?:사업|소요|투자|지원)?\s?(?:사업비|예산|금액|규모|기간|재원|비용)|(?:.*(?:순수|전액)\s?)?(?:{FUNDERS})|(?:기업|민간|자체)\s?부담|합계|총액|계|목표.*|정원|현원|(?:수료|교육|훈련)생?|계획|집행|(?:사업\s?)?기간\s?및.*|실적|누적|누계|.*가운데|(?:모집|선발|지원|참여|교육)?\s?(?:인원|대상)|급여|보수|(?:소요|총)\s?예산|매출(?:액)?|수출(?:액)?|투자\s?유치(?:액)?|(?:신규\s?)?(?:고용|채용|일자리)(?:\s?창출)?|.*(?:당|씩|마다)"
)
"""What is said of a figure and names no programme."""
_BEFORE_ITEM = re.compile(r"\)[와과,]?\s?|,\s|[：:]\s?")
_BEFORE_LABEL = re.compile(r"\)[,]?\s|,\s")
_INNER = re.compile(r".*(?:[：:→](?=\s)|^[：:])\s*")
_COLON = re.compile(r"(?:[：:]|\s[–—-])\s*$")
_TAIL = re.compile(r"(?:\s[–—-])?[\s：:]+$")
_HEDGE = re.compile(r"[\s：:]*\s(?:총|약|연|월)$")
_LETTERS = re.compile(r"[가-힣A-Za-z]{2}")
_SAYS = re.compile(r"(?<!가)(?<!오)(?<!하)(?<!되)(?<!배우)[을를은는에](?:\s|$)|[다며고]\s")
"""Particles and verbs: a sentence, no name."""


def quotation(scene: Scene, start: int, end: int) -> Span | None:
    """The last quoted words in a stretch of the line, whatever they end in."""
    return next((scene.span(*quote.inner) for quote in reversed([*quotes(scene.line, start, end)])), None)


def item(scene: Scene, opening: int) -> Span | None:
    """The name right before a bracket (at *opening*) or before the figure itself: an item of a list or a quoted name."""
    before = scene.line[:opening].rstrip()
    end = len(before)
    if not before:
        return None
    if before.endswith((*CLOSING, *STRAIGHT)):
        return next((scene.span(*quote.inner) for quote in quotes(scene.line) if quote.outer[1] == end), None)
    start = scene.parts.sentence(opening - 1)[0]
    signs = behind_signs(scene.line, start, end)
    first = _first_of_item(scene.line, start, end, signs)
    if not _may_be_name(scene.line[first:end]):
        return None
    return scene.span(first, end) if signs else _noun_phrase(scene, first, end)


def _first_of_item(line: str, start: int, end: int, signs: list[int]) -> int:
    """Where an item begins: behind the last sign, bracket or comma, and behind what only links it or says its field."""
    ends = [hit.end() for hit in _BEFORE_ITEM.finditer(line, 0, end) if start < hit.end() < end]
    first = max([start, *signs, *ends])
    for link in (_LEAD, _FIELD) if signs else (_LEAD,):
        found = link.match(line, first, end)
        first = found.end() if found else first
    return end - len(line[first:end].lstrip(" "))


def _noun_phrase(scene: Scene, first: int, end: int) -> Span | None:
    words, busy = words_of(scene.line, first, end), taken(scene)
    if phrases.stops(scene.line[slice(*words[-1])]) or overlaps(words[-1], busy):
        return None
    return scene.span(max(first, walk_back(scene.line, words, len(words) - 1, busy)), end)


def quoted_before(scene: Scene, start: int) -> Span | None:
    """The quoted words right before a figure: ‘AI 민원 콜봇’ 9억 원."""
    return item(scene, start) if scene.line[:start].rstrip().endswith(CLOSING) else None


def headed(scene: Scene, heads: Heads) -> Span | None:
    """The name that an item of a list has before its colon, for all that the item says: ``1. 안내 로봇 도입: 시비 6억 원. 로봇 13대를 …``."""
    place = name_of_item(scene.line)
    if place is None:
        return None
    span = scene.span(*place)
    if not any(token.money for token in scene.tokens) and not (scene.tokens and heads.topic.search(span.text)):
        return None  # ○ 교육 인원: 240명 names what is counted
    if _LABEL.fullmatch("".join(span.text.split())) or heads.generic.match(span.text) or phrases.stops(span.text.split()[-1]):
        return None
    figure_before = any(token.span.start < span.end for token in scene.tokens)
    return None if figure_before or overlaps(place, times_of(scene)) else span


def labelled(scene: Scene, start: int) -> Span | None:
    """The name before a colon or before the figure in a line of a list: ``- AI 바우처 지원: 30억 원``, ``▲데이터 댐 20억 원``."""
    line = scene.line[:start]
    sentence = scene.parts.sentence(start)[0]
    signs = [end for end in behind_signs(line, 0, start) if end > sentence]
    if not signs and not _COLON.search(line):
        return None
    first = max([*signs, *(hit.end() for hit in _BEFORE_LABEL.finditer(line))]) if signs else 0
    first += len(line[first:]) - len(line[first:].lstrip())
    text = _HEDGE.sub("", _TAIL.sub("", line[first:])).strip()
    if inner := _INNER.match(text):  # AI 창업 지원 : 목표 45개사 → 실적 52개사: what is counted stands behind the name
        first, text = first + inner.end(), text[inner.end() :]
    place = (first, first + len(text))
    return scene.span(*place) if _is_label(text, scene, place) else None


def _is_label(text: str, scene: Scene, place: tuple[int, int]) -> bool:
    """May it be a name? Not … 등 4대 분야, where the figure counts the items, no sentence and no time."""
    return _may_be_name(text) and not text.endswith(" 등") and not _SAYS.search(text) and not overlaps(place, times_of(scene))


def _may_be_name(text: str) -> bool:
    """A word or more, and none that is only said of figures (국비, 총사업비)."""
    return 2 <= len(text) <= 50 and not _LABEL.fullmatch(text) and bool(_LETTERS.search(text))

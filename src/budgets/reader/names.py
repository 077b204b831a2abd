"""Names of programmes in a line: quoted ones, and noun phrases ending like a programme."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from budgets.reader.cues import Cues
from budgets.reader.phrases import OPENING, Place, overlaps, taken, walk_back, words_of
from budgets.reader.places import Span
from budgets.reader.quotes import Quote, quotes
from budgets.reader.scene import Scene

_SLOGAN = re.compile(r"\s?(?:이?라는|란\s|으?로\s?(?:정하|삼|선포|만들|도약)|(?:이|이라)?라고|며\s|다며)")
_SENTENCE = re.compile(r"다[.]?$|[?!]$")
_PARTICLE = r"(?:에서는|에서도|에서|에게|에는|에만도|에도|으로는|으로|로는|로|은|는|이|가|을|를|에|과|와|도|의|만|까지|부터|이다|이라|인|이며|이나|등)"
_WORD_ENDS = re.compile(r"[,.;:’”\"'()·…]")
_NOT_A_NAME = re.compile(r"\s(?:도시|강국|국가|시대|생태계)|\s등[\s이을에]")
"""… 허브 도시 is no hub; … 등 4개 기업 names an example."""
_NO_TITLE = re.compile(
    r",|(?:[은는을를에한할된될]|으로|하며|하고|[해어세예]요|까|공모|분야|시대|도시|강국|기업|인재|예산|기술|산업|AI|AX|인공지능|로봇|데이터)$"
)
_CALLED = re.compile(
    r"(?:사업|프로젝트|과제)(?:은|인)\s$|[가-힣A-Za-z)]\s?(?:플랫폼|챗봇|로봇|앱|서비스|시스템|비서|펀드|특구|프로그램|축제|박람회|도서관|체험관|센터)\s$"
)
_CALLED_REACH = 8
_SHORT = 3
"""Characters of a word that may be said of anything."""
_RIGHT_BEHIND = 3
"""Characters, the closing mark and a blank among them."""
_NUMBERED = re.compile(r"\s*[0-9]{1,2}[.)]\s+(?P<name>[^:：.,]{4,30}?)\s*")
_OVERVIEW = re.compile(r"(?:재원별|연차별|연도별|투자)\s?(?:투자\s?|추진\s?)?계획$|(?:주요|세부|핵심)\s?(?:사업|내용|과제)$|현황$|개요$|내역$")


class Name(NamedTuple):
    """A name in the text. *strength*: 3 named as a programme, 2 quoted and ending like one, 1 a noun phrase; 0 says nothing alone (사업)."""

    span: Span
    strength: int

    @property
    def text(self) -> str:
        return self.span.text


@dataclass(frozen=True)
class Heads:
    """The patterns of what names end in, compiled once."""

    head: re.Pattern[str]
    quoted: re.Pattern[str]
    generic: re.Pattern[str]
    behind: re.Pattern[str]
    topic: re.Pattern[str]
    """what a quoted name speaks of, where its end does not show that it is one"""

    @classmethod
    def of(cls, cues: Cues) -> "Heads":
        programme, quoted = cues.patterns("name_head", "programme"), cues.patterns("name_head", "quoted")
        return cls(
            re.compile(rf"^(?P<core>.*(?:{programme}))(?P<particle>{_PARTICLE})?$"),
            re.compile(rf"(?:{programme}|{quoted})$"),
            re.compile(rf"^(?:(?:해당|이|그|본)\s)?(?:{cues.patterns('name_head', 'generic')})$"),
            re.compile(
                rf"(?:\s한)?\s?(?:{programme}|조례|대회|행사|공모)|\s(?:구축|조성|개발|도입|보급|건립|운영)(?:에|을|를|은|의|비)\s|[을를이가은는]?\s?(?:개최|열린|열렸|열었|연다)"
            ),
            re.compile(cues.patterns("name_head", "topic")),
        )


def names(scene: Scene, heads: Heads) -> list[Name]:
    """Every name of a line, in order; a noun phrase inside a quoted name is not repeated."""
    quoted = [name for quote in quotes(scene.line) if (name := _quoted(scene, quote, heads))]
    covered = [(name.span.start - 1, name.span.end + 1) for name in quoted]
    free = [name for name in _phrases(scene, heads) if not overlaps((name.span.start, name.span.end), covered) and not _goes_on(name, quoted)]
    return _headed(scene, heads) or sorted([*quoted, *free], key=lambda name: name.span.start)


def _headed(scene: Scene, heads: Heads) -> list[Name]:
    """2. 제조 AI 실증 지원: a numbered heading that is nothing but a name."""
    found = _NUMBERED.fullmatch(scene.line)
    if found is None or scene.tokens or scene.whens or not heads.topic.search(found["name"]):
        return []
    return [Name(scene.span(*found.span("name")), 2)]


def with_told(scene: Scene, found: list[Name], told: Iterable[str]) -> list[Name]:
    """The names of a line, and among them those that the text has given before: AI 관광비서, once ‘AI 관광비서’."""
    strong = [name for name in found if name.strength > 1]
    again = [
        Name(scene.span(hit.start(), hit.end()), 2)
        for text in told
        if len(text) > _SHORT and text in scene.line
        for hit in re.finditer(rf"(?<![가-힣A-Za-z0-9]){re.escape(text)}(?={_PARTICLE}|[^가-힣A-Za-z]|$)", scene.line)
        if not any(hit.start() < name.span.end and name.span.start < hit.end() for name in strong)
    ]
    if not again:
        return found
    weak = [name for name in found if name.strength <= 1 and not overlaps((name.span.start, name.span.end), [(a.span.start, a.span.end) for a in again])]
    return sorted([*strong, *weak, *again], key=lambda name: name.span.start)


def _goes_on(name: Name, quoted: list[Name]) -> bool:
    """‘AI 관광비서’ 고도화 사업: a noun phrase right behind a quoted name is of it."""
    return any(other.strength and 0 < name.span.start - other.span.end <= _RIGHT_BEHIND for other in quoted)


def _quoted(scene: Scene, quote: Quote, heads: Heads) -> Name | None:
    """The name in quotes; None for what is only said or asked, or heads an overview."""
    bare = re.sub(r"\([^)]*\)$", "", quote.text).strip()
    start, end = quote.outer
    if _SLOGAN.match(scene.line, end) or _SENTENCE.search(quote.text) or _OVERVIEW.search(bare):
        return None
    if heads.behind.match(scene.line, end) or _CALLED.search(scene.line[max(start - _CALLED_REACH, 0) : start]):
        strength = 3
    elif heads.quoted.search(bare) or _is_title(quote.mark, bare, heads):
        strength = 2
    elif _is_told_again(bare, scene):
        strength = 1
    else:
        return None
    return Name(scene.span(*quote.inner), 0 if heads.generic.match(quote.text) else strength)


def _is_title(mark: str, text: str, heads: Heads) -> bool:
    """‘AI 낙동강 파수꾼’: single quotes around two words or more of the subject that end in a noun."""
    return mark in "‘'「『《<" and " " in text and bool(heads.topic.search(text)) and not _NO_TITLE.search(text)


def _is_told_again(text: str, scene: Scene) -> bool:
    return len(text) > _SHORT and sum(line.count(text) for line in scene.article.lines) > 1


def _phrases(scene: Scene, heads: Heads) -> list[Name]:
    """Noun phrases whose last word ends like a programme, walked back over the words that belong to them."""
    words, busy = words_of(scene.line), taken(scene)
    found: dict[int, Name] = {}
    for at in range(len(words)):
        if (place := _last_word(scene.line, words, at, heads)) is None or overlaps(place.word, busy):
            continue
        first = place.word[0] if place.opened else walk_back(scene.line, words, at, busy)
        span = scene.span(first, place.end)
        found[first] = Name(span, 0 if heads.generic.match(span.text) else 1)
    return list(found.values())


class _Last(NamedTuple):
    """The last word of a name: without marks around it, where the name itself ends, and whether a mark opens it."""

    word: Place
    end: int
    opened: bool


def _last_word(line: str, words: list[Place], at: int, heads: Heads) -> _Last | None:
    """The word, if it ends like a programme and the words beside it do not say that it is none."""
    start, end = words[at]
    opening = OPENING.match(line, start, end)
    start = opening.end() if opening else start
    word = _WORD_ENDS.split(line[start:end], maxsplit=1)[0]
    head = heads.head.match(word)
    if not head or (_NOT_A_NAME.match(line, start + len(word)) and not head["particle"]):
        return None
    if at and not opening and _only_intended(line[slice(*words[at - 1])], head["core"]):
        return None
    return _Last((start, start + len(word)), start + head.end("core"), bool(opening))


def _only_intended(before: str, word: str) -> bool:
    """넓힐 계획: a verb that is still to be done is planned; no plan is named."""
    return word == "계획" and closes_with_l(before)


def closes_with_l(word: str) -> bool:
    """Does a word end in ㄹ, as verbs do before a noun of what is to come?

    >>> closes_with_l("넓힐"), closes_with_l("기본")
    (True, False)
    """
    return "가" <= word[-1:] <= "힣" and (ord(word[-1]) - 0xAC00) % 28 == 8

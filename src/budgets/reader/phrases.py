"""Noun phrases: how far a phrase that ends at a word reaches back, and the two that verbs give (founded, made)."""

import re

from budgets.reader.lists import INLINE
from budgets.reader.places import Span
from budgets.reader.scene import Scene

_LOOKS_LIKE_PARTICLE = re.compile(
    r"(?:국가|평가|전문가|성과|효과|학과|도로|회로|진로|제도|온도|속도|고도|지도|주의|회의|강의|놀이|어린이|메이커스페이스|차세대|미래차|인재|창고|광고|사고|재고|인도|의료|문화|제조|기초|협의|논의|편의|메타버스|대로|통로|항로|경로|별도|한도|정도|밀도|선도|유도|주도|지식재산|과제|화면|측면|전면|국면|방면|[A-Za-z0-9)]+)$"
)
_STOPS = re.compile(
    r"(?:은|는|을|를|이|가|에|에서|에게|에는|으로|로|와|과|도|의|며|고|해|돼|된|한|할|될|인|던|적|위한|통한|대한|여|서|면|등|총|약|각|만|게|란|며|간|째|가운데)$"
    r"|^(?:또|또한|및|그|이|이번|올해|지난해|작년|내년|현재|최근|특히|주요|다양한|모든|있는|하는|다른|여러|새|첫|등|약|총|각|관련|해당|대한|향후|앞으로|함께|우선|먼저|이어|한편|매년|지난|오는|당초)$"
    rf"|[,.;:!?…’”\"'»{INLINE}·]$"
)
OPENING = re.compile(rf"[‘“'\"({INLINE}·\-]+")
"""Marks at the head of a word with which a name begins."""
_LONGEST = 6
"""Words of a name."""
_WORD = re.compile(r"\S+")
_FOUNDED = re.compile(
    r"(?P<body>[가-힣A-Za-z0-9·&]*[가-힣A-Za-z0-9](?:팀|국|과|단|관|실|처|센터|본부|위원회|재단|조직|추진단))[을를이가도]?\s(?:새로\s)?(?:신설|설립|출범|발족|설치)"
)
_OBJECT = re.compile(
    r"(?P<object>[가-힣A-Za-z0-9)·&])(?:을|를|도)\s(?:[가-힣]+(?:히|으로|로|게)\s)?(?:추진|조성|구축|건립|설치|개발|마련|운영|시행|도입|만들|만든|실시|개최|신설)"
)
Place = tuple[int, int]


def stops(word: str) -> bool:
    """Does a name that stands behind this word not reach back over it: does it end in a particle or a verb ending?

    >>> stops("인공지능을"), stops("구축할"), stops("빅데이터"), stops("국가")
    (True, True, False, False)
    """
    return bool(_STOPS.search(word) and not _LOOKS_LIKE_PARTICLE.search(word))


def words_of(line: str, start: int = 0, end: int | None = None) -> list[Place]:
    """Where the words of a stretch of the line stand."""
    return [found.span() for found in _WORD.finditer(line, start, len(line) if end is None else end)]


def times_of(scene: Scene) -> list[Place]:
    return [(when.start, when.end) for when in scene.whens]


def taken(scene: Scene) -> list[Place]:
    """What belongs to no name: figures and words of time."""
    return [(token.span.start, token.span.end) for token in scene.tokens] + times_of(scene)


def overlaps(place: Place, others: list[Place]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in others)


def walk_back(line: str, words: list[Place], at: int, taken: list[Place]) -> int:
    """Where the phrase begins whose last word is ``words[at]``: behind a particle, a figure or a time, or at an opening mark."""
    first = words[at][0]
    for start, end in reversed(words[max(at - _LONGEST + 1, 0) : at]):
        opening, linked = OPENING.match(line, start, end), line[start:end] == "및"
        begin = opening.end() if opening else start
        if begin == end or overlaps((start, end), taken) or (stops(line[start:end]) and not linked):
            break
        first = first if linked else begin
        if opening:
            break
    return first


def organisation(scene: Scene, start: int, end: int) -> Span | None:
    """The office or team that is founded in a stretch of the line: 인공지능팀을 신설했다."""
    hit = _FOUNDED.search(scene.line, start, end)
    return _up_to(scene, hit.end("body"), times_of(scene)) if hit else None


def made_of(scene: Scene, start: int, end: int) -> Span | None:
    """What is made with the money in a stretch of the line: … 거점을 조성하고, … 체계를 구축한다."""
    hit = _OBJECT.search(scene.line, start, end)
    span = _up_to(scene, hit.end("object"), taken(scene), start) if hit else None
    return span if span and len(span.text.strip()) > 3 else None


def _up_to(scene: Scene, end: int, taken: list[Place], start: int = 0) -> Span:
    """The phrase that ends at a place, not further back than *start*."""
    words = words_of(scene.line, 0, end)
    return scene.span(max(walk_back(scene.line, words, len(words) - 1, taken), start), end)

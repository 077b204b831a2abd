"""Names of programmes in a line: quoted ones, items of a list before a bracket, and noun phrases ending like a programme."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from budgets.reader.cues import Cues
from budgets.reader.places import Span
from budgets.reader.scene import Scene

_QUOTED = re.compile(r"[‘“「『《<]([^‘’“”「」『』《》<>\n]{2,60})[’”」』》>]|'([^'\n]{2,60})'|\"([^\"\n]{2,60})\"")
_SLOGAN = re.compile(r"\s?(?:이?라는|란\s|으?로\s?(?:정하|삼|선포|만들|도약)|(?:이|이라)?라고|며\s|다며)")
_PARTICLE = r"(?:에서는|에서도|에서|에게|에는|에만도|에도|으로는|으로|로는|로|은|는|이|가|을|를|에|과|와|도|의|만|까지|부터|이다|이라|인|이며|이나|등)"
_LOOKS_LIKE_PARTICLE = re.compile(
    r"(?:국가|평가|전문가|성과|효과|학과|도로|회로|진로|제도|온도|속도|고도|지도|주의|회의|강의|놀이|어린이|메이커스페이스|차세대|미래차|인재|창고|광고|사고|재고|인도|의료|문화|제조|기초|협의|논의|편의|메타버스|대로|통로|항로|경로|별도|한도|정도|밀도|선도|유도|주도|지식재산|과제|화면|측면|전면|국면|방면|[A-Za-z0-9)]+)$"
)
_STOPS = re.compile(
    r"(?:은|는|을|를|이|가|에|에서|에게|에는|으로|로|와|과|도|의|며|고|해|돼|된|한|할|될|인|던|적|위한|통한|대한|여|서|면|등|총|약|각|만|게|란|며|간|째)$"
    r"|^(?:또|또한|및|그|이|이번|올해|지난해|작년|내년|현재|최근|특히|주요|다양한|모든|있는|하는|다른|여러|새|첫|등|약|총|각|관련|해당|대한|향후|앞으로|함께|우선|먼저|이어|한편|매년|지난|오는|당초)$|[,.;:!?…’”\"'»▲△■○●▶◆·]$"
)
_BULLET = re.compile(r"[▲△▶▷■□○●◆◇◦•∙※❍ㅇ✔✅☑]|(?:^|\s)[-*·ㆍ]\s|[①-⑳]|^\s*\d{1,2}[.)]\s")
_NOT_A_NAME = re.compile(r"\s(?:도시|강국|국가|시대|생태계)|\s등[\s이을에]")
"""… 허브 도시 is no hub; … 등 4개 기업 names an example."""
_NO_TITLE = re.compile(
    r",|(?:[은는을를에한할된될]|으로|하며|하고|[해어세예]요|까|공모|분야|시대|도시|강국|기업|인재|예산|기술|산업|AI|AX|인공지능|로봇|데이터)$"
)
_LEAD = re.compile(r"^(?:[와과]\s|및\s|등\s|,\s?|또\s|그리고\s|이어\s|우선\s)+")
_FIELD = re.compile(r"^(?:\S+\s){0,2}\S*(?:으로는|로는|에서는|에는|분야는)\s")
_LABEL = re.compile(
    r"자체\s?(?:재원|예산)|\S*\s?보조(?:금)?|모두|(?:총\s?)?(?:사업|소요|투자|지원)?\s?(?:사업비|예산|금액|규모|기간|재원|비용)|국비|시비|도비|군비|구비|지방비|민자|합계|총액|계|목표|실적|(?:모집|선발|지원|참여|교육)?\s?(?:인원|대상)|급여|보수|(?:소요|총)\s?예산|매출(?:액)?|수출(?:액)?|투자\s?유치(?:액)?|(?:신규\s?)?(?:고용|채용|일자리)(?:\s?창출)?|.*(?:당|씩|마다)"
)
_CALLED = re.compile(
    r"(?:사업|프로젝트|과제)(?:은|인)\s$|[가-힣A-Za-z)]\s?(?:플랫폼|챗봇|로봇|앱|서비스|시스템|비서|펀드|특구|프로그램|축제|박람회|도서관|체험관|센터)\s$"
)
_OVERVIEW = re.compile(r"(?:주요|세부|핵심)\s?(?:사업|내용|과제)$|현황$|개요$|내역$")
_LONGEST = 6


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
                rf"\s?(?:{programme}|조례|대회|행사|공모)|\s(?:구축|조성|개발|도입|보급|건립|운영)(?:에|을|를|은|의|비)\s|[을를이가은는]?\s?(?:개최|열린|열렸|열었|연다)"
            ),
            re.compile(cues.patterns("name_head", "topic")),
        )


def names(scene: Scene, heads: Heads) -> list[Name]:
    """Every name of a line, in order; a noun phrase inside a quoted name is not repeated."""
    quoted = _quoted(scene, heads)
    covered = [(name.span.start - 1, name.span.end + 1) for name in quoted]
    free = [n for n in _phrases(scene, heads) if not any(a < n.span.end and n.span.start < b for a, b in covered)]
    return sorted([*quoted, *free], key=lambda name: name.span.start)


def _quoted(scene: Scene, heads: Heads) -> list[Name]:
    found = []
    for hit in _QUOTED.finditer(scene.line):
        group = next(n for n in (1, 2, 3) if hit[n])
        text, (start, end) = hit[group], hit.span(group)
        if _SLOGAN.match(scene.line, hit.end()) or re.search(r"다[.]?$|[?!]$", text):
            continue
        named = heads.behind.match(scene.line, hit.end()) or _CALLED.search(scene.line[max(hit.start() - 8, 0) : hit.start()])
        bare = re.sub(r"\([^)]*\)$", "", text).strip()
        if _OVERVIEW.search(bare):
            continue
        again = len(bare) > 3 and sum(line.count(bare) for line in scene.article.lines) > 1
        ends = bool(heads.quoted.search(bare)) or _is_title(hit[0], bare, heads)
        if named or again or ends:
            found.append(Name(scene.span(start, end), 0 if heads.generic.match(text) else 3 if named else 2 if ends else 1))
    return found


def _is_title(quoted: str, text: str, heads: Heads) -> bool:
    """‘AI 낙동강 파수꾼’: single quotes around two words or more of the subject that end in a noun."""
    return quoted[0] in "‘「『《<" and " " in text and bool(heads.topic.search(text)) and not _NO_TITLE.search(text)


def _phrases(scene: Scene, heads: Heads) -> list[Name]:
    """Noun phrases whose last word ends like a programme, walked back over the words that belong to them."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", scene.line)]
    taken = [(t.span.start, t.span.end) for t in scene.tokens] + [(w.start, w.end) for w in scene.whens]
    found: dict[int, Name] = {}
    for at, (start, end) in enumerate(words):
        word = scene.line[start:end]
        opening = re.match(r"[‘“'\"(▲△■○●▶◆·\-]+", word)
        start += opening.end() if opening else 0
        trimmed = re.split(r"[,.;:’”\"'()·…]", scene.line[start:end], maxsplit=1)[0]
        head = heads.head.match(trimmed)
        behind = scene.line[start + len(trimmed) :]
        if _NOT_A_NAME.match(behind) and not (head and head["particle"]):
            continue
        if (
            not head
            or _overlaps(start, start + len(trimmed), taken)
            or (at and not opening and _only_intended(scene.line[slice(*words[at - 1])], head["core"]))
        ):
            continue
        first = start if opening else _walk_back(scene.line, words, at, taken)
        span = scene.span(first, start + head.end("core"))
        found[first] = Name(span, 0 if heads.generic.match(span.text) else 1)
    return list(found.values())


def _only_intended(before: str, word: str) -> bool:
    """넓힐 계획: a verb that is still to be done is planned; no plan is named."""
    return word == "계획" and closes_with_l(before)


def closes_with_l(word: str) -> bool:
    """Does a word end in ㄹ, as verbs do before a noun of what is to come?

    >>> closes_with_l("넓힐"), closes_with_l("기본")
    (True, False)
    """
    return "가" <= word[-1:] <= "힣" and (ord(word[-1]) - 0xAC00) % 28 == 8


def stops(word: str) -> bool:
    """Does a name that stands behind this word not reach back over it: does it end in a particle or a verb ending?

    >>> stops("인공지능을"), stops("구축할"), stops("빅데이터"), stops("국가")
    (True, True, False, False)
    """
    return bool(_STOPS.search(word) and not _LOOKS_LIKE_PARTICLE.search(word))


def _walk_back(line: str, words: list[tuple[int, int]], at: int, taken: list[tuple[int, int]]) -> int:
    first = words[at][0]
    for before in range(at - 1, max(at - _LONGEST, -1), -1):
        start, end = words[before]
        word = line[start:end]
        if _overlaps(start, end, taken):
            break
        if word == "및":
            continue
        if stops(word):
            break
        opening = re.match(r"[‘“'\"(▲△■○●▶◆·\-]+", word)
        if opening and opening[0] == word:
            break
        first = start + (opening.end() if opening else 0)
        if opening:
            break
    return first


def _overlaps(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in taken)


_FOUNDED = re.compile(
    r"(?P<body>[가-힣A-Za-z0-9·&]*[가-힣A-Za-z0-9](?:팀|국|과|단|관|실|처|센터|본부|위원회|재단|조직|추진단))[을를이가도]?\s(?:새로\s)?(?:신설|설립|출범|발족|설치)"
)


def organisation(scene: Scene, start: int, end: int) -> Span | None:
    """The office or team that is founded in a stretch of the line: 인공지능팀을 신설했다."""
    hit = next(iter(_FOUNDED.finditer(scene.line, start, end)), None)
    if hit is None:
        return None
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", scene.line[: hit.end("body")])]
    first = _walk_back(scene.line, words, len(words) - 1, [(w.start, w.end) for w in scene.whens])
    return scene.span(first, hit.end("body"))


_OBJECT = re.compile(
    r"(?P<object>[가-힣A-Za-z0-9)·&])(?:을|를|도)\s(?:[가-힣]+(?:히|으로|로|게)\s)?(?:추진|조성|구축|건립|설치|개발|마련|운영|시행|도입|만들|만든|실시|개최|신설)"
)


def made_of(scene: Scene, start: int, end: int) -> Span | None:
    """What is made with the money in a stretch of the line: … 거점을 조성하고, … 체계를 구축한다."""
    hit = _OBJECT.search(scene.line, start, end)
    if hit is None:
        return None
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", scene.line[: hit.end("object")])]
    taken = [(t.span.start, t.span.end) for t in scene.tokens] + [(w.start, w.end) for w in scene.whens]
    first = max(_walk_back(scene.line, words, len(words) - 1, taken), start)
    span = scene.span(first, hit.end("object"))
    return span if len(span.text.strip()) > 3 else None


def quotation(scene: Scene, start: int, end: int) -> Span | None:
    """The last quoted words in a stretch of the line, whatever they end in."""
    hits = list(_QUOTED.finditer(scene.line, start, end))
    group = next((n for n in (1, 2, 3) if hits and hits[-1][n]), 0)
    return scene.span(*hits[-1].span(group)) if hits else None


def item(scene: Scene, opening: int) -> Span | None:
    """The name right before a bracket (at *opening*) or before the figure itself: an item of a list or a quoted name."""
    line = scene.line
    head = line[:opening].rstrip()
    if not head:
        return None
    if head[-1] in "’”'\"」』》>":
        hits = [h for h in _QUOTED.finditer(line) if h.end() == len(head)]
        group = next((n for n in (1, 2, 3) if hits and hits[-1][n]), 0)
        return scene.span(*hits[-1].span(group)) if hits else None
    start = scene.parts.sentence(opening - 1)[0]
    bullets = [m.end() for m in _BULLET.finditer(line, start, len(head))]
    ends = [m.end() for m in re.finditer(r"\)[와과,]?\s?|,\s|[：:]\s?", head) if m.end() > start and m.end() < len(head)]
    first = max([start, *bullets, *ends])
    lead = _LEAD.match(line[first : len(head)])
    first += lead.end() if lead else 0
    if bullets and (field := _FIELD.match(line[first : len(head)])):
        first += field.end()
    while first < len(head) and line[first] == " ":
        first += 1
    text = line[first : len(head)]
    if not 2 <= len(text) <= 50 or _LABEL.fullmatch(text) or not re.search(r"[가-힣A-Za-z]{2}", text):
        return None
    if not bullets:
        words = [(m.start() + first, m.end() + first) for m in re.finditer(r"\S+", text)]
        if stops(text.split()[-1]):
            return None
        taken = [(t.span.start, t.span.end) for t in scene.tokens] + [(w.start, w.end) for w in scene.whens]
        if _overlaps(*words[-1], taken):
            return None
        first = max(first, _walk_back(line, words, len(words) - 1, taken))
    return scene.span(first, len(head))


def quoted_before(scene: Scene, start: int) -> Span | None:
    """The quoted words right before a figure: ‘AI 민원 콜봇’ 9억 원."""
    head = scene.line[:start].rstrip()
    return item(scene, start) if head and head[-1] in "’”」』》>" else None


_HEADED = re.compile(r"\s*(?:[▲△▶▷■□○●◆◇◦•∙※❍ㅇ✔✅☑①-⑳]|[-–*·ㆍ]\s|[가-하0-9]{1,2}[.)]\s)\s*(?P<name>[^:：\[\]]{4,50}?)\s?[:：]\s")


def headed(scene: Scene, heads: Heads) -> Span | None:
    """The name that an item of a list has before its colon, for all that the item says: ``1. 안내 로봇 도입: 시비 6억 원. 로봇 13대를 …``."""
    found = _HEADED.match(scene.line)
    if not found or _LABEL.fullmatch("".join(found["name"].split())) or heads.generic.match(found["name"]) or not any(t.money for t in scene.tokens):
        return None
    span = scene.span(*found.span("name"))
    timed = any(w.start < span.end and span.start < w.end for w in scene.whens) or any(t.span.start < span.end for t in scene.tokens)
    return None if timed or stops(span.text.split()[-1]) else span


def labelled(scene: Scene, start: int) -> Span | None:
    """The name before a colon or before the figure in a line of a list: ``- AI 바우처 지원: 30억 원``, ``▲데이터 댐 20억 원``."""
    line = scene.line[:start]
    sentence = scene.parts.sentence(start)[0]
    bullets = [m.end() for m in _BULLET.finditer(line) if m.end() > sentence]
    colon = re.search(r"(?:[：:]|\s[–—-])\s*$", line)
    if not bullets and not colon:
        return None
    first = max([*bullets, *[m.end() for m in re.finditer(r"\)[,]?\s|,\s", line)], 0]) if bullets else 0
    text = re.sub(r"(?:\s[–—-])?[\s：:]+$", "", line[first:])
    text = re.sub(r"[\s：:]*\s(?:총|약|연|월)$", "", text)
    if text.endswith(" 등"):
        return None  # … 등 4대 분야: the figure counts the items
    lead = len(text) - len(text.lstrip())
    first, text = first + lead, text.strip()
    if not 2 <= len(text) <= 50 or _LABEL.fullmatch(text) or re.search(r"(?<!가)(?<!오)(?<!하)(?<!되)(?<!배우)[을를은는에](?:\s|$)|[다며고]\s", text):
        return None
    if not re.search(r"[가-힣A-Za-z]{2}", text) or any(w.start < first + len(text) and first < w.end for w in scene.whens):
        return None
    return scene.span(first, first + len(text))

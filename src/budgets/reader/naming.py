"""Which name a figure belongs to: the nearest that the sentence gives it, else the programme the text is about."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from budgets.reader.labels import headed, item, labelled, quotation, quoted_before
from budgets.reader.names import Heads, Name, names, with_told
from budgets.reader.phrases import made_of, organisation
from budgets.reader.proposals import NOT_SAID, Read, Token
from budgets.reader.scene import Scene

_TO = re.compile(
    r"(?:\s(?:구축|운영|조성|개발|지원|건립|설계|도입|연구)비)?(?:에|에는|에만|에도|예산으로|예산은|사업비로|사업비는|을 위해|를 위해|은|는)?\s?(?:총|약|모두|각각|매년|연간)?\s?$"
)
_OF = re.compile(r"(?:\s?(?:규모)?의|짜리)\s")
_GIVEN = re.compile(r"(?:을|를|이던|였던|이었던)\s?(?:[가-힣]{1,3}[한린은인던]\s)?(?=[‘'“「『《])")
"""18억 원을 올린 ‘…’ 사업, 지난해 42곳이던 ‘…’: the quoted name behind the verb that speaks of both."""
_INTO = re.compile(r"(?:이|가)\s")
_SPENT = re.compile(
    r"(?:을|를|이|가)?\s?(?:투입해|투자해|들여|편성해|확보해|지원받아|배정해|(?:투입|투자)(?:하는|되는)|쏟아붓는|쏟는|들이는|들어가는|드는)[,]?\s"
)
Links = tuple[tuple[re.Pattern[str], int], ...]
_PAID: Links = ((_OF, 0), (_INTO, 1), (_SPENT, 1), (_GIVEN, 2))
"""What links an amount to the name behind it, and how strong a name must at least be."""
_COUNTED: Links = ((_GIVEN, 2),)
_COPULA = re.compile(r"(?:으로|이다|이며|인)[,.\s]")
_AND_SO_ON = re.compile(r"는\s등")
_TOPIC = re.compile(r"(?:\s(?:전체|총)?\s?(?:사업비|예산|재원))?[은는]\s")
_EXAMPLES = re.compile(r"[,·\s][^.]{0,30}등\s(?:총|모두\s)?|\s등\s(?:총|모두\s)?")
"""나래연구원, 한밭대 등 14개 기관: an example of what is counted, not the programme."""
_FAR = 30
_DEEPEST = 5
"""Brackets behind brackets: 100억 원(국비 50억 원(올해 5억 원))."""


@dataclass
class Memory:
    """The names met so far in the article, and where another government's part of it began."""

    heads: Heads
    told: set[str] = field(default_factory=set)
    """What was quoted as a name, or names a row of a table: a name also where it stands without quotes."""
    table: Collection[int] = ()
    """Lines that are rows: each names its own figures, and not what the text goes on with."""
    lines: dict[int, list[Name]] = field(default_factory=dict)
    section: int = 0
    shared: Collection[int] = ()
    """Lines before it that name its government, too."""

    def enter(self, section: int, shared: Collection[int]) -> None:
        """The part of the article from *section* on, and the lines before it that are about its government, too."""
        self.section, self.shared = section, shared

    def read(self, scene: Scene) -> list[Name]:
        if scene.number not in self.lines:
            found = names(scene, self.heads)
            self.lines[scene.number] = found if scene.number in self.table else with_told(scene, found, self.told)
            self.told |= {name.text for name in found if name.strength > 1}
        return self.lines[scene.number]

    def before(self, scene: Scene, at: int) -> list[Name]:
        """The names of this part of the article before a place, the latest first."""
        earlier = [n for line in sorted(self.lines) if line < scene.number and (self.section <= line or line in self.shared) for n in self.lines[line]]
        return [*earlier, *(n for n in self.read(scene) if n.span.end <= at)][::-1]


def name_of(scene: Scene, token: Token, memory: Memory) -> Read:
    """The programme of a figure as printed, resting on the name's own characters; unknown where there is none."""
    found = _own(scene, token, memory) or _item(scene, memory)
    remembered = _remembered(scene, token.span.start, memory)
    if found is None and not (remembered and remembered.strength > 1 and remembered.span.line == scene.number):
        found = _made(scene, token)
    found = found or remembered
    return Read(found.text, (found.span,)) if found else NOT_SAID


def name_at(scene: Scene, start: int, end: int, memory: Memory) -> Read:
    """The name of what happens: inside a stretch of the line, the last one; else what the text is about."""
    if body := organisation(scene, start, end):
        return Read(body.text, (body,))
    inside = [n for n in memory.read(scene) if start <= n.span.start and n.span.end <= end and n.strength]
    if inside:
        best = max(inside, key=lambda n: (min(n.strength, 2), n.span.start))
        return Read(best.text, (best.span,))
    sentence = scene.parts.sentence(start)[0]
    if own := _item(scene, memory) or _in_full(scene, [n for n in memory.read(scene) if sentence <= n.span.start and n.span.end <= start], memory):
        return Read(own.text, (own.span,))
    if slogan := quotation(scene, start, end):
        return Read(slogan.text, (slogan,))
    found = _remembered(scene, start, memory)
    return Read(found.text, (found.span,)) if found else NOT_SAID


def _item(scene: Scene, memory: Memory) -> Name | None:
    span = headed(scene, memory.heads)
    return Name(span, 2) if span else None


def _own(scene: Scene, token: Token, memory: Memory, deep: int = 0) -> Name | None:
    """The name that the sentence itself gives to the figure."""
    start, end = token.span.start, token.span.end
    sentence, clause = scene.parts.sentence(start), scene.parts.clause(start)
    found = memory.read(scene)
    if bracket := scene.parts.bracket(start):
        owner = next((t for t in reversed(scene.tokens) if 0 <= bracket[0] - t.span.end <= 1), None)
        if owner is not None and owner.span.end <= start:
            return _own(scene, owner, memory, deep + 1) if deep < _DEEPEST else None
        if span := item(scene, bracket[0]):
            quoted = [n for n in found if n.strength > 1 and sentence[0] <= n.span.start and 0 <= span.start - n.span.end <= 2]
            return quoted[-1] if quoted and memory.heads.generic.match(span.text) else Name(span, 2)
    elif span := quoted_before(scene, start) or labelled(scene, start):
        return Name(span, 2)
    if token.money:
        if before := [n for n in found if n.strength and sentence[0] <= n.span.start and n.span.end <= start and _TO.fullmatch(scene.line[n.span.end : start])]:
            return before[-1]
        if behind := _behind(scene, end, sentence[1], found):
            return behind
    elif given := _behind(scene, end, sentence[1], found, _COUNTED):
        return given
    if token.amount.unit == "일" and (event := next((n for n in found if n.strength > 1 and end <= n.span.start < sentence[1]), None)):
        return event  # 나흘간 … ‘…’를 연다
    earlier = [
        n for n in found if sentence[0] <= n.span.start and n.span.end <= start and not (n.strength < 2 and _EXAMPLES.fullmatch(scene.line, n.span.end, start))
    ]
    if whole := _in_full(scene, earlier, memory):
        return whole
    strong = [n for n in earlier if n.strength > 1]
    # A noun phrase behind another figure in an earlier clause is what that one is for.
    last = max([t.span.end for t in scene.tokens if t.span.end <= start], default=0)
    weak = [n for n in earlier if n.strength == 1 and (n.span.start >= clause[0] or not sentence[0] <= last <= n.span.start)]
    return next(reversed(strong or weak), None)


def _in_full(scene: Scene, found: list[Name], memory: Memory) -> Name | None:
    """거점센터는 내년 6월 착공해: the end of a name that was given in full before, as the topic."""
    topic = next((n for n in found if n.strength < 2 and _TOPIC.match(scene.line, n.span.end)), None)
    earlier = memory.before(scene, topic.span.start) if topic else []
    return next((n for n in earlier if topic and n.strength > topic.strength and n.text.endswith(topic.text) and len(n.text) > len(topic.text)), None)


def _made(scene: Scene, token: Token) -> Name | None:
    """내년에 2000억원을 투입해 제조기업의 AI 거점을 조성하고: what the amount itself is spent on, if it is one thing."""
    link = _SPENT.match(scene.line, token.span.end) if token.money else None
    if link is None:
        return None
    end = scene.parts.clause(link.end())[1]
    if _AND_SO_ON.search(scene.line, link.end(), scene.parts.sentence(link.end())[1]):
        return None
    span = made_of(scene, link.end(), end + 1)
    return Name(span, 1) if span else None


def _behind(scene: Scene, end: int, stop: int, found: list[Name], links: Links = _PAID) -> Name | None:
    """132억 원 규모의 국가공모사업 · 1000억원이 AI 사업에 투자 · 200억원을 투입해 ‘…’에 나선다."""
    for pattern, weakest in links:
        if not (link := pattern.match(scene.line, end)):
            continue
        near = [n for n in found if link.end() - 1 <= n.span.start <= link.end() + (_FAR if pattern is _SPENT else 4) and n.span.end <= stop]
        for name in near:
            if _COPULA.match(scene.line, name.span.end) or (name.strength == 0 and len(name.text) < 5):
                continue
            # 4061억원을 투입해 …센터를 건립하고 …하는 등: the first of several things is not what the money is for.
            one_of_several = (
                pattern is _SPENT and name.strength < 2 and (name.span.start > link.end() + 1 or _AND_SO_ON.search(scene.line, name.span.end, stop))
            )
            if name.strength >= weakest and not one_of_several:
                return name
    return None


def _remembered(scene: Scene, at: int, memory: Memory) -> Name | None:
    """What the text is about: the latest programme named in this part, else the latest noun phrase."""
    before = memory.before(scene, at)
    strong = next((n for n in before if n.strength > 1), None)
    weak = next((n for n in before if n.strength == 1), None)
    return strong or weak

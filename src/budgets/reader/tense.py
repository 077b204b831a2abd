"""Whether the words behind a figure speak of what was done or of what is to be done.

Korean carries tense in the last predicate of a chain (지원하고 … 양성했으며), so the next finite verb decides.
"""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

Tense = Literal["past", "future", "present", "progress", "noted"]
"""*noted*: 지원함, 개최됨; notes end in nouns and say what was done and what is planned alike."""


class Mark(NamedTuple):
    """A predicate and what it says about time."""

    tense: Tense
    start: int
    end: int


def _closed_by(final: int, without: str = "") -> str:
    """A class of all syllables with this final consonant."""
    return "".join(chr(code) for code in range(0xAC00 + final, 0xD7A4, 28) if chr(code) not in without)


_SS = _closed_by(20, "있겠")  # 했 됐 었 았 였 냈 …
_N = _closed_by(4)  # 한다 된다 연다 …
_L = _closed_by(8)  # 생길 것으로, 만들 것이라
_B = _closed_by(17, "습")  # 합니다 됩니다 열립니다 …
DONE = re.compile(f"[{_SS}]")
_SPEECH = r"(?:밝혔|말했|전했|설명했|발표했|강조했|덧붙였|소개했|제시했|공고했|언급했|당부했|내다봤|알렸|보도했)"
_MARK = re.compile(
    rf"(?P<speech>{_SPEECH})"
    rf"|(?P<future>(?:기|키)로\s?(?:했|하고|한)|계획(?=이[다며라]|으로|을\s?밝|[.]|$|\(이)|예정|방침|목표(?=로|이?[다며임]|[”’]?이?라[고며]|를\s?(?:세|잡))|전망|기대(?=하고|하며|한다|했|된다|됐|합니다|됩니다)|예상(?=하고|하며|한다|했|된다|됐)|[{_L}]\s?것(?=으로|이라)|[할될]\s?것|[가-힣]겠|[{_L}]\s(?=수\s있(?:도록|으니|다|습니다|게))|구상|포부|수\s있게\s(?:됐|된|돼|되)|생각이|계획(?=입니|임))"
    rf"|(?P<progress>(?:[고]\s?|중에\s?|중이?\s?)있(?:다|으며|는데|고|습니다|어요|답니다)|(?<=\s)중(?:이다|입니다|임)|입주해\s?있|[와해어여돼라]\s있(?:다|습니다|으며|는데|고)(?![가-힣]))"
    rf"|(?P<past>바\s있(?:다|으며|습니다)|[{_SS}](?=다|으며|고|는데|지만|으나|습니다|답니다|어요|던|음|기에))"
    rf"|(?P<present>[{_N}]다(?!”고\s(?:응?답|평가))(?=[.”’\"'\s]|고\s(?:[0-9]{{1,2}}일\s)?(?:밝혔|전했|발표했|설명했|말했)|$)|는다(?=[.])|[{_B}]니다(?!만))"
    rf"|(?P<noted>[가-힣](?:함|됨|냄|짐|감)(?=[.]?\s*$))"
)


def _word(line: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """The whole word around a mark: 양성했으며, not 했."""
    while first > start and "가" <= line[first - 1] <= "힣":
        first -= 1
    while last < min(end, len(line)) and "가" <= line[last] <= "힣":
        last += 1
    return first, last


Marks = Callable[[str, int, int], list[Mark]]


def marks(line: str, start: int, end: int) -> list[Mark]:
    """The predicates between two places of a line that say when. Verbs of saying (밝혔다) are none.

    >>> [m.tense for m in marks("80개 기업을 지원할 계획이라고 밝혔다.", 0, 30)], [m.tense for m in marks("54명을 양성했으며", 0, 20)]
    (['future'], ['past'])
    """
    found = []
    for hit in _MARK.finditer(line, start, end):
        name = hit.lastgroup
        if name and name != "speech":
            found.append(Mark(name, *_word(line, hit.start(), hit.end(), start, end)))  # type: ignore[arg-type]
    return found

"""The text of printed pages → paragraphs: blanks of a change of font, headers and footers, lines broken anywhere.

A page knows places of glyphs, not words: what looks like a blank may be none, and a line ends where the paper does.
Everything here is undone by what the pages themselves show, counted over all of them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Sequence
from itertools import pairwise

UNIT_OF_TABLE = re.compile(r"단\s?위\s?[:：]?\s?(?P<unit>(?:백만|천만|십억|[천만억])?\s?원|명|개(?:사|소)?|건|곳|%)")
"""The unit that a table's bare numbers are in, printed above it."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\xa0]")
_BULLET = re.compile(r"\s*(?:[▲△▶▷■□○●◆◇◦•∙※❍ㅇ✔✅☑*·ㆍ①-⑳]|-\s|[0-9]{1,2}[.)]\s|[가-하][.)]\s|<)")
_ENDED = re.compile(r"[.?!:”’\"')\]]\s*$|다\s*$|음\s*$")
_ROW = re.compile(r"(?:\s[△▲\-–]?\s?[0-9][0-9,]*(?:\.[0-9]+)?%?){2,}\s*$")
_CELLS = re.compile(r"\s*[△▲\-–]?\s?[0-9][0-9,]*(?:\.[0-9]+)?%?(?:\s[△▲\-–]?\s?[0-9][0-9,]*(?:\.[0-9]+)?%?)*\s*")
_CLOCK = re.compile(r"[\s0-9.:/\-()년월일시분월화수목금토일오전후]+")
"""A row of a table, and a line that is a date, are lines of their own."""
_WITHIN = re.compile(r"[0-9,.]$")
_WORD_BEGINS = re.compile(r"[가-힣](?<![0-9][조억만천])(?<![0-9] [조억만천])[0-9A-Za-z]")
_RESTS = re.compile(
    r"\s*(?:[,.)]|(?:원|명|개|억|만)(?![가-힣])|[가-힣](?=[\s,.)])|(?:다고|라고|다며|라며|으로|에서|에게|까지|부터|하며|되며|하는|되는)(?=[\s,.])|(?:이다|였다|했다|한다|된다|됐다|합니다|입니다)(?![가-힣]))"
)
"""What cannot begin a word, or is a single syllable: the rest of the word that the edge of the page broke."""
_DAY = re.compile(r"(?:19|20)[0-9]{2}\s?[-./년]\s?[0-9]{1,2}\s?[-./월]\s?[0-9]{1,2}")
_PAGE_NUMBER = re.compile(r"[\s\-–—]*[0-9]{1,4}\s?(?:쪽|/\s?[0-9]{1,4})?[\s\-–—]*")
_SENTENCE = re.compile(r"[가-힣]다[.]\s*$")
_EDGE, _NAME_LINES = 2, 3
_FULL, _SHORT = 0.85, 0.7
"""Of the width of a full line: what a line with the next word must have, and what a line with a date stays below."""
# A blank that stands alone where Latin and Korean letters meet comes from the change of font, not from the text.
_BY_FONT = re.compile(
    r"(?<=[0-9]) (?!(?:총?계|합계|소계|증감|비고)(?![가-힣]))(?=[가-힣%㎡])|(?<=[가-힣0-9%]) (?=[,.)\]”’…·~∼:])|(?<=[(\[“‘·~∼△]) (?=\S)|(?<=[가-힣0-9%]) (?=\()|(?<=[’”)]) (?=(?:은|는|이|가|을|를|의|과|와|에|로|으로|도|라고|고|라며|며|이다|등)(?![가-힣]))"
)
_COUNTERS = r"(?:년|월|일|시|분|초|억|조|만|천|백|원|명|개|곳|건|대|회|차|위|종|팀|호|여|인|세|주|층|동|단|가구|농가|기|배|편|쪽|학기)"
_BEFORE_COUNTER = re.compile(
    rf"(?<=[0-9]) (?={_COUNTERS})|(?<=[조억만천백]) (?=[0-9])|(?<=[A-Za-z0-9]) (?=(?:은|는|이|가|을|를|의|과|와|에|로|으로|도|만|에서)(?![가-힣]))"
)


def paragraphs(pages: Sequence[str]) -> str:
    """The text of all pages, a line for each paragraph."""
    lines = [_CONTROL.sub(" ", page).split("\n") for page in pages]
    return unwrapped(respaced("\n".join(line for page in without_running(lines) for line in page)))


def without_running(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines of pages without page numbers, and without what stands at the edge of most of them.

    >>> without_running([["한빛시 보도자료", "첫 장", "- 1 -"], ["한빛시 보도자료", "둘째 장", "- 2 -"]])
    [['첫 장'], ['둘째 장']]
    """
    edges = Counter(line for page in pages for line in {_plain(page[n]) for n in _edge(page)})
    often = {line for line, n in edges.items() if n > 1 and n * 2 > len(pages)}
    kept = []
    for page in pages:
        gone = {n for n in _edge(page) if _plain(page[n]) in often or _PAGE_NUMBER.fullmatch(page[n])}
        kept.append([line for n, line in enumerate(page) if n not in gone])
    return kept


def _edge(page: Sequence[str]) -> list[int]:
    filled = [n for n, line in enumerate(page) if line.strip()]
    return sorted({*filled[:_EDGE], *filled[-_EDGE:]})


def _plain(line: str) -> str:
    return re.sub(r"[0-9]+", "#", "".join(line.split()))


def respaced(text: str) -> str:
    """The text without the blanks that a change of font leaves.

    Where a page has them, a true blank is printed as two; or there is one before every counter (386 억).

    >>> respaced("올해  본예산  16 조 6921 억  원보다 (7.4%) 늘었다 .")
    '올해 본예산 16조6921억 원보다(7.4%) 늘었다.'
    >>> respaced("올해 386 억 5 천만 원을 편성했다.")
    '올해 386억5천만 원을 편성했다.'
    """
    if len(re.findall(r"[가-힣]  (?=[가-힣])", text)) > len(re.findall(r"[가-힣] (?=[가-힣])", text)):
        marked = text.replace("  ", "\0")
        marked = re.sub(r"(?<=[조억만천]) (?=[0-9])", "", marked)
        return re.sub(r"\0+ ?", " ", _BY_FONT.sub("", marked))
    apart, close = (len(re.findall(rf"[0-9]{blank}(?={_COUNTERS})", text)) for blank in (" ", ""))
    return _BEFORE_COUNTER.sub("", text) if apart > close else text


def unwrapped(text: str) -> str:
    """Joins the lines of one paragraph: a full line that ends no sentence goes on in the next unless that is an item.

    >>> unwrapped("○ 시는 올해 인공지능 사업에 예산 40억\\n원을 투입한다.\\n○ 다음 항목").count("\\n")
    1
    """
    lines = text.split("\n")
    full = _full_width(lines)
    pairs = [(a, b) for a, b in pairwise(lines) if _goes_on(a, b, full)]
    marked = 10 * sum(a.endswith(" ") for a, _ in pairs) > len(pairs)  # where a blank at the edge is kept, a line without one breaks a word
    words = frozenset(text.split())
    out: list[list[str]] = []
    before = ""
    for line in _rows_joined(lines, marked):
        if out and _goes_on(before, line, full, marked=marked):
            out[-1][-1] = out[-1][-1].rstrip() + _between(before, line, marked, words)
            out[-1].append(line.lstrip())
        else:
            out.append([line])
        before = line
    return "\n".join("".join(pieces).rstrip() for pieces in out)


def _between(before: str, line: str, marked: bool, words: Container[str]) -> str:
    """What stood between two lines: a blank, or nothing where a word was broken."""
    if marked or before.endswith(" "):
        return " " if before.endswith(" ") or _WORD_BEGINS.search(before[-3:] + line.lstrip()[0]) else ""
    broken = f"{before.rsplit(maxsplit=1)[-1]}{line.split()[0]}"
    return "" if _WITHIN.search(before) or _RESTS.match(line) or broken in words else " "


def _goes_on(before: str, line: str, full: float, *, marked: bool = False) -> bool:
    """Is *before* full to the edge, up to a word that did not fit, and is its sentence still open?

    A sentence may also end at the edge by chance; where blanks are kept there, only with one behind it.
    """
    if not before.strip() or not line.strip() or _BULLET.match(line):
        return False
    reach = width(before.rstrip()) + width(line.split()[0])
    ended = _ENDED.search(before) and not (re.search(r"[0-9][.]$", before) and re.match(r"[0-9]+[%억조만개명]", line))
    ended = ended and not (_SENTENCE.search(before) and reach >= full and (before.endswith(" ") or not marked))
    apart = any(_ROW.search(one) or _CLOCK.fullmatch(one) or (_DAY.search(one) and width(one) < full * _SHORT) for one in (before, line))
    return not ended and not apart and reach >= full * _FULL


def _full_width(lines: Sequence[str]) -> float:
    """The width of a full line: that of the widest but for one that stands out (a title over two columns)."""
    first, second, *_ = *sorted((width(line.rstrip()) for line in lines), reverse=True), 0, 0
    return first if second >= 0.9 * first else second


def width(text: str) -> int:
    """How wide a text is: a Korean letter is twice as wide as a Latin one."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _rows_joined(lines: Sequence[str], marked: bool) -> list[str]:
    """The lines with the rows of tables whose name took several lines: 제주 AI 데이터센 | 터 구축 | 4,200 9,800."""
    out: list[str] = []
    floor: int | None = None
    for line in lines:
        if UNIT_OF_TABLE.search(line):
            floor = len(out) + 2  # the unit and the heads of the columns
        elif floor is not None and len(out) > floor and _CELLS.fullmatch(line):
            first = len(out)
            while first > max(floor, len(out) - _NAME_LINES) and not _ROW.search(out[first - 1]):
                first -= 1
            name = ("" if marked else " ").join(out[first:])
            out[first:] = []
            line = f"{name.rstrip()} {line.strip()}" if name else line
        out.append(line)
    return out

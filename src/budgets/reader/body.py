"""Which lines of a saved page are the article: no market tables, no lists of other headlines, no site furniture."""

import re

from budgets.reader.cues import Cues
from budgets.reader.places import Article

PROSE = re.compile(r"[가-힣][다요음함됨임][.][”’\"')\]]*(?:\s|$)|다[”’\"]?[.]")
_LONG = 25
_TABLE = re.compile(r"\||\t")
_FIGURES_ONLY = re.compile(r"[\d\s.,%△▲▼▽+\-()]+")


def is_prose(line: str) -> bool:
    """Does the line hold a whole sentence?

    >>> is_prose("시는 올해 80개 기업을 대상으로 인공지능 기술 도입과 실증을 지원할 계획이라고 10일 밝혔다."), is_prose("- 제28회 건축대전 대상 수상")
    (True, False)
    """
    return len(line) >= _LONG and bool(PROSE.search(line))


def body(article: Article, cues: Cues) -> dict[int, str]:
    """The lines that are no article: {number of the line: reason}. What is not named here is read."""
    out: dict[int, str] = {}
    first = next((n for n, line in enumerate(article.lines, 1) if is_prose(line)), 0)
    soft = hard = False
    patterns = {value: re.compile(cues.patterns("furniture", value)) for value in ("rest", "list", "line")}
    for number, line in enumerate(article.lines, 1):
        if not line.strip():
            continue
        if first and number > first:
            hard = hard or bool(patterns["rest"].search(line))
            soft = soft or bool(patterns["list"].search(line))
        if hard:
            # A reporter's name or an address may stand at the end of the last sentence.
            out[number] = "furniture" if not is_prose(line) or number in out else "after_end"
            if is_prose(line) and patterns["rest"].search(line):
                del out[number]
        elif (soft and not is_prose(line)) or (patterns["line"].search(line) and not is_prose(line)):
            out[number] = "furniture"
    return out | _markets(article, cues)


def _markets(article: Article, cues: Cues) -> dict[int, str]:
    """Blocks of table rows or bare figures among which a market word stands."""
    word = re.compile(cues.patterns("furniture", "market"))
    out: dict[int, str] = {}
    block: list[int] = []
    for number, line in [*enumerate(article.lines, 1), (0, "")]:
        if number and line.strip() and not is_prose(line) and (_TABLE.search(line) or _FIGURES_ONLY.fullmatch(line) or word.search(line)):
            block.append(number)
            continue
        if not number or line.strip():
            if any(word.search(article.line(n)) for n in block):
                out |= dict.fromkeys(block, "market")
            block = []
    return out

"""The day an article was published: 입력, 승인, 기사입력 …; not the site's clock, and not the last edit."""

import re
from datetime import date

from budgets.reader.cues import Cues
from budgets.reader.places import Article
from budgets.reader.proposals import Published

_DATE = re.compile(r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})\s*(?:[-./]|년)\s*(?P<m>[01]?[0-9])\s*(?:[-./]|월)\s*(?P<d>[0-3]?[0-9])(?![0-9])(?:\s?일|\.)?")
_BETWEEN = re.compile(r"[\s:：|\-·>\])(]*")
_ALONE = re.compile(r"[\s\d:.\-/|년월일()월화수목금토일요오전후시분초면KSTkst+]*")
_SEPARATORS = "・·|ㅣ/,>-])】"
_BAR = re.compile(r"\s[|ㅣ]\s")
_SHORT = 40
_HEAD = 15
"""Among so many first lines that are not blank a date without any label may be the article's."""


def published(article: Article, cues: Cues) -> Published:
    """The labelled day nearest to what publication means; unknown where there is none.

    In this order: a label of publication before or after a date; a date that stands alone, or begins or ends a line
    at the head of the text; never a date labelled as edit.
    """
    labels = re.compile(f"(?:{cues.patterns('published', 'published')})$", re.IGNORECASE)
    behind = re.compile(
        rf"(?:\s*\([월화수목금토일]\))?(?:\s*(?:오전|오후)?\s*[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?)?\s*(?:{cues.patterns('published', 'published')})(?=[\s)\]]|$)",
        re.IGNORECASE,
    )
    edits = re.compile(f"(?:{cues.patterns('published', 'edited')})$", re.IGNORECASE)
    loose: Published | None = None
    for number, line in enumerate(article.lines, 1):
        for found in _DATE.finditer(line):
            day = _day(found)
            if day is None:
                continue
            before = _trimmed(line[: found.start()])
            span = (article.span(number, found.start(), found.end()),)
            if edits.search(before):
                continue
            if label := labels.search(before):
                return Published(day, (article.span(number, label.start(), found.end()),), "printed")
            if after := behind.match(line, found.end()):
                return Published(day, (article.span(number, found.start(), after.end()),), "printed")
            if loose is None and article.paragraph(number) <= _HEAD and (_stands_alone(line, found) or _at_the_end(line, found)):
                loose = Published(day, span, "printed")
    return loose or Published(None)


def _trimmed(text: str) -> str:
    """*text* without what may stand between a label and its date."""
    end = len(text)
    while end and _BETWEEN.fullmatch(text[end - 1]):
        end -= 1
    return text[:end]


def _stands_alone(line: str, found: re.Match[str]) -> bool:
    """Nothing else in the line but a page (``07면``), or counters of the page behind a bar: ``2024.03.14 16:05 | 댓글 12``."""
    return bool(_ALONE.fullmatch(line[: found.start()]) and _ALONE.fullmatch(_BAR.split(line[found.end() :], maxsplit=1)[0]))


def _at_the_end(line: str, found: re.Match[str]) -> bool:
    """A name or a section, a separator, the date and perhaps the time: ``한빛구청 ・ 2023. 8. 21. 17:03``, ``[한빛일보] 2023-08-21``."""
    before = line[: found.start()].rstrip()
    return bool(before and before[-1] in _SEPARATORS and len(before) <= _SHORT and _ALONE.fullmatch(line[found.end() :]))


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None

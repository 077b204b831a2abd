"""The day an article was published: 입력, 승인, 기사입력 …; not the site's clock, and not the last edit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from budgets.reader.calendar_days import day_of, full_year
from budgets.reader.cues import Cues
from budgets.reader.places import Article
from budgets.reader.proposals import Published

_DATE = re.compile(
    r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2}|['’]?(?<![0-9.][.,:/-])[0-9]{2})\s*(?:[-./]|년)\s*(?P<m>[01]?[0-9])\s*(?:[-./]|월)\s*(?P<d>[0-3]?[0-9])(?![0-9])(?:\s?일(?!시)|\.)?"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_ENGLISH = re.compile(
    rf"\b(?:(?P<d1>[0-3]?[0-9])\s)?(?P<m>{'|'.join(_MONTHS)})[a-z]*\.?\s(?:(?P<d2>[0-3]?[0-9]),\s)?(?P<y>(?:19|20)[0-9]{{2}})\b", re.IGNORECASE
)
_BETWEEN = re.compile(r"[\s:：|\-·>\])(]*")
_ALONE = re.compile(r"(?:[\s\d:.\-/|()\[\]<>+,년월화수목금토시분초TZ]|일(?!시)|요일|오전|오후|KST)*")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_SEPARATORS = "・·|ㅣ/,>-])】"
_BAR = re.compile(r"\s[|ㅣ]\s")
_SHORT = 40
_HEAD = 15
"""Among so many first lines that are not blank a date without any label may be the article's."""
_FOOT = 4
"""Among so many last lines a date that stands alone, without a time of day (a site's clock has one), may be the article's."""


@dataclass(frozen=True)
class Labels:
    """What stands before or behind a day of publication, before a day of editing, and beside either."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    edited: re.Pattern[str]
    beside: re.Pattern[str]

    @classmethod
    def of(cls, cues: Cues) -> "Labels":
        said = cues.patterns("published", "published")
        time = r"(?:\s*\([월화수목금토일](?:요일)?\))?(?:\s*(?:오전|오후)?\s*[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2})?|시))?"
        return cls(
            re.compile(f"(?:{said})$", re.IGNORECASE),
            re.compile(rf"{time}\s*(?:{said}|{cues.patterns('published', 'behind')})(?=[\s)\]]|$)", re.IGNORECASE),
            re.compile(f"(?:{cues.patterns('published', 'edited')})$", re.IGNORECASE),
            re.compile(cues.patterns("published", "beside"), re.IGNORECASE),
        )


@dataclass(frozen=True)
class _Printed:
    """A date in a line, and whether its year is written in full (2025, '25)."""

    day: date
    start: int
    end: int
    whole: bool


def published(article: Article, cues: Cues) -> Published:
    """The labelled day nearest to what publication means; unknown where there is none.

    In this order: a label of publication before or after a date; at the head of the text a date that stands alone, beside
    what stands there (reporter, outlet, page), or at the end of a short line; a date alone at the foot. Never a date
    labelled as edit.
    """
    labels = Labels.of(cues)
    lines = article.lines
    foot = [number for number, line in enumerate(lines, 1) if line.strip()][-_FOOT:]
    loose: Published | None = None
    for number, line in enumerate(lines, 1):
        for found in _dates(line):
            before = _trimmed(line[: found.start])
            if labels.edited.search(before):
                continue
            if label := labels.before.search(before):
                return Published(found.day, (article.span(number, label.start(), found.end),), "printed")
            if not found.whole:
                continue
            if after := labels.behind.match(line, found.end):
                return Published(found.day, (article.span(number, found.start, after.end()),), "printed")
            if loose is None and (
                (article.paragraph(number) <= _HEAD and _at_the_head(line, found, labels))
                or (number in foot and _ALONE.fullmatch(line) and not _CLOCK.search(line))
            ):
                loose = Published(found.day, (article.span(number, found.start, found.end),), "printed")
    return loose or Published(None)


def _dates(line: str) -> Iterator[_Printed]:
    for found in _DATE.finditer(line):
        year = found["y"]
        if day := day_of(full_year(year[-2:]) if len(year) < 4 else int(year), int(found["m"]), int(found["d"])):
            yield _Printed(day, found.start(), found.end(), len(year) > 2)
    for found in _ENGLISH.finditer(line):
        number = found["d1"] or found["d2"]
        if number and (day := day_of(int(found["y"]), _MONTHS.index(found["m"].lower()) + 1, int(number))):
            yield _Printed(day, found.start(), found.end(), True)


def _trimmed(text: str) -> str:
    """*text* without what may stand between a label and its date."""
    end = len(text)
    while end and _BETWEEN.fullmatch(text[end - 1]):
        end -= 1
    return text[:end]


def _at_the_head(line: str, found: _Printed, labels: Labels) -> bool:
    before, behind = line[: found.start], line[found.end :]
    return _stands_alone(before, behind) or _stands_alone(labels.beside.sub(" ", before), labels.beside.sub(" ", behind)) or _at_the_end(before, behind)


def _stands_alone(before: str, behind: str) -> bool:
    """Nothing else in the line, or counters of the page behind a bar: ``2024.03.14 16:05 | 댓글 12``."""
    return bool(_ALONE.fullmatch(before) and _ALONE.fullmatch(_BAR.split(behind, maxsplit=1)[0]))


def _at_the_end(before: str, behind: str) -> bool:
    """A name or a section, a separator, the date and perhaps the time: ``한빛구청 ・ 2023. 8. 21. 17:03``, ``[한빛일보] 2023-08-21``."""
    name = before.rstrip()
    return bool(name and name[-1] in _SEPARATORS and len(name) <= _SHORT and _ALONE.fullmatch(behind))

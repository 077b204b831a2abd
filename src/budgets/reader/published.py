"""The day an article was published: 입력, 승인, 기사입력 …; not the site's clock, and not the last edit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from budgets.reader.body import is_prose
from budgets.reader.calendar_days import day_of, full_year
from budgets.reader.cues import Cues
from budgets.reader.lists import is_item
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
_LONGEST = 300
"""Characters of a line at the head."""
_REACH = 40
_BEGINS = 20
"""Characters within which a label begins its line."""
_HEAD = 15
"""Among so many first lines that are not blank a date without any label may be the article's."""
_FOOT = 4
"""Among so many last lines a date that stands alone, without a time of day (a site's clock has one), may be the article's."""


@dataclass(frozen=True)
class Labels:
    """What stands before or behind a day of publication, before a day of editing, and beside either."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    head: re.Pattern[str]
    """before a day at the head of the text, where other days seldom stand"""
    asked: re.Pattern[str]
    """behind a day from which a paper may print the text"""
    edited: re.Pattern[str]
    beside: re.Pattern[str]

    @classmethod
    def of(cls, cues: Cues) -> "Labels":
        said = cues.patterns("published", "published")
        time = r"(?:\s*\([월화수목금토일](?:요일)?\))?(?:\s*(?:오전|오후)?\s*[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2})?|시))?"
        return cls(
            re.compile(f"(?:{said})$", re.IGNORECASE),
            re.compile(rf"{time}\s*(?:{said})(?=[\s)\]]|$)", re.IGNORECASE),
            re.compile(f"(?:{cues.patterns('published', 'head')})$", re.IGNORECASE),
            re.compile(rf"{time}\s*(?:{cues.patterns('published', 'behind')})", re.IGNORECASE),
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

    First a label of publication before or after a date, in a line that is no sentence. Then, at the head of the text, a label
    that may stand before other days as well (게시, 발표일), a date that stands alone, beside what stands there (reporter,
    outlet, page), or at the end of a short line; a date alone at the foot. Never a date labelled as edit.
    """
    labels, lines = Labels.of(cues), article.lines
    foot = [number for number, line in enumerate(lines, 1) if line.strip()][-_FOOT:]
    loose: Published | None = None
    for number, line in enumerate(lines, 1):
        head = article.paragraph(number) <= _HEAD and len(line) <= _LONGEST
        for found in _dates(line):
            before = _trimmed(line[max(found.start - _REACH, 0) : found.start])
            if labels.edited.search(before):
                continue
            if words := _labelled(line, found, before, labels, head=head):
                return Published(found.day, (article.span(number, *words),), "printed")
            words = _unlabelled(line, found, before, labels) if head else (found.start, found.end) if number in foot and _is_bare(line) else None
            if words and loose is None:
                loose = Published(found.day, (article.span(number, *words),), "printed")
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


def _labelled(line: str, found: _Printed, before: str, labels: Labels, *, head: bool) -> tuple[int, int] | None:
    """Where label and date stand; in a sentence (계획 승인 2023. 5. 1.) only a label that begins or ends its line, or
    a paper's 조간부터 보도."""
    prose, offset = is_prose(line), max(found.start - _REACH, 0)
    if (label := labels.before.search(before)) and not (prose and offset + label.start() > _BEGINS):
        return offset + label.start(), found.end
    after = labels.behind.match(line, found.end) if found.whole else None
    after = after if after and not (prose and line[after.end() :].strip(" )]")) else None
    after = after or (labels.asked.match(line, found.end) if found.whole and head else None)
    return (found.start, after.end()) if after else None


def _unlabelled(line: str, found: _Printed, before: str, labels: Labels) -> tuple[int, int] | None:
    """Where the day stands at the head: behind a word that other days have, too, else alone or beside what stands there."""
    label = None if is_item(line) or is_prose(line) else labels.head.search(before)
    if label:
        return max(found.start - _REACH, 0) + label.start(), found.end
    return (found.start, found.end) if found.whole and _is_loose(line, found, labels) else None


def _is_bare(line: str) -> bool:
    """A day and nothing else, no time of day either."""
    return bool(_ALONE.fullmatch(line)) and not _CLOCK.search(line)


def _trimmed(text: str) -> str:
    """*text* without what may stand between a label and its date."""
    end = len(text)
    while end and _BETWEEN.fullmatch(text[end - 1]):
        end -= 1
    return text[:end]


def _is_loose(line: str, found: _Printed, labels: Labels) -> bool:
    before, behind = line[: found.start], line[found.end :]
    return _stands_alone(before, behind) or _stands_alone(labels.beside.sub(" ", before), labels.beside.sub(" ", behind)) or _at_the_end(before, behind)


def _stands_alone(before: str, behind: str) -> bool:
    """Nothing else in the line, or counters of the page behind a bar: ``2024.03.14 16:05 | 댓글 12``."""
    return bool(_ALONE.fullmatch(before) and _ALONE.fullmatch(_BAR.split(behind, maxsplit=1)[0]))


def _at_the_end(before: str, behind: str) -> bool:
    """A name or a section, a separator, the date and perhaps the time: ``한빛구청 ・ 2023. 8. 21. 17:03``, ``[한빛일보] 2023-08-21``."""
    name = before.rstrip()
    return bool(name and name[-1] in _SEPARATORS and len(name) <= _SHORT and _ALONE.fullmatch(behind))

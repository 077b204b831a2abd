"""Words of time, resolved by the day of publication: 올해, 지난해 8월, 지난해부터 5년간, 2024년까지, 이달 말, 오는 3일."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

_YEARS = {
    "지지난해": -2, "재작년": -2, "작년": -1, "지난해": -1, "전년": -1, "올해": 0, "금년": 0, "올": 0, "연말": 0, "연내": 0,
    "내년": 1, "이듬해": 1, "내후년": 2,
}  # fmt: skip
_MONTHS = {"전달": -1, "지난달": -1, "지난 달": -1, "이달": 0, "이번 달": 0, "다음 달": 1, "다음달": 1, "내달": 1}
_TENTHS = {"초": "early", "초순": "early", "중순": "mid", "중": "mid", "하순": "late", "말": "late"}

_YEAR = (
    r"(?:(?P<{0}abs>(?:19|20)[0-9]{{2}})\s?년도?|[’‘'](?P<{0}short>[0-9]{{2}})년도?"
    r"|(?P<{0}rel>지지난해|재작년|작년|지난해|(?<![가-힣])전년(?!\s?동)|올해|금년|내년|내후년|(?<![가-힣])올(?=\s?(?:한\s?해|상반기|하반기|연말|여름|가을|겨울|봄|[0-9]{{1,2}}월))|(?<![가-힣])연말(?=까지)|(?<![가-힣])연내(?![가-힣]))도?)"
)
_NO_COMPARISON = r"(?!\s*(?:비(?![가-힣])|대비|보다|같은\s?기간|동기|수준|에\s?비해))"
_LASTING = r"(?:(?:향후|앞으로|총)\s*)?(?P<n>[0-9]{1,2})\s?(?:년\s?(?:간|동안|에 걸쳐)|개년)"
_PATTERNS = {
    "range": re.compile(
        rf"{_YEAR.format('a')}\s*(?:부터|에서|[~∼〜\-–])\s*(?:오는\s*)?{_YEAR.format('b')}(?:\s*말)?(?:까지)?(?:\s*{_LASTING})?"
        r"|(?<![0-9])(?P<from>(?:19|20)[0-9]{2})\s*[~∼〜\-–]\s*(?P<to>(?:20)?[0-9]{2})\s?년도?(?:까지)?"
    ),
    "months": re.compile(
        rf"(?:{_YEAR.format('a')}\s*)?(?<![0-9])(?P<m1>1[0-2]|[1-9])월?\s*(?:부터|[~∼〜])\s*(?P<m2>1[0-2]|[1-9])월(?:\s*말)?(?:까지)?(?!\s*[0-9]+일)"
    ),
    "since_lasting": re.compile(rf"{_YEAR.format('a')}(?:\s*[0-9]{{1,2}}월)?\s*부터\s*{_LASTING}"),
    "until_lasting": re.compile(rf"{_YEAR.format('b')}(?:\s*말)?까지\s*{_LASTING}"),
    "until": re.compile(rf"(?:오는\s*)?{_YEAR.format('b')}(?:\s*(?:연?말|[0-9]{{1,2}}월(?:\s*말)?))?까지"),
    "lasting": re.compile(rf"(?<![가-힣]지난 )(?<![0-9]){_LASTING}(?!\s*(?:연속|근무|이상 근무))"),
    "as_of": re.compile(
        rf"(?:{_YEAR.format('a')}\s*)?(?:(?P<month>[0-9]{{1,2}})월\s*(?:(?P<tenth>말|초)|(?P<day>[0-9]{{1,2}})일)?\s*|말\s*)(?:현재|기준)"
    ),
    "now": re.compile(r"(?<![가-힣])현재(?!\s*(?:진행|추진|가치|가격|가(?![가-힣])))"),
    "day_range": re.compile(
        r"(?:(?P<toward>오는|지난)\s*)?(?:(?P<month>1[0-2]|[1-9])월\s*)?(?<![0-9.])(?P<d1>[0-9]{1,2})일?\s*(?:부터|[~∼〜]|과|와)"
        r"\s*(?:(?P<next>다음\s?달|내달)\s*|(?P<month2>1[0-2]|[1-9])월\s*)?(?P<d2>[0-9]{1,2})일(?:까지|간)?(?!\s*간)"
    ),
    "half": re.compile(
        rf"(?:{_YEAR.format('a')}\s*)?(?:(?P<half>[상하])반기|(?P<quarter>[1-4])\s?(?:분기|/4분기))"
    ),
    "month": re.compile(
        rf"(?:{_YEAR.format('a')}\s*|(?P<toward>지난|오는)\s*)?(?<![0-9])(?P<month>1[0-2]|[1-9])월(?!\s*(?:까지|부터))"
        r"(?:\s*(?P<day>[0-9]{1,2})일(?!간|\s*동안)|\s*(?P<tenth>초순|중순|하순|초|말)(?![가-힣]*기))?"
        r"|(?P<near>지난\s?달|이번 달|이달|다음\s?달|내달|(?<![가-힣])전달)(?:\s*(?P<nearday>[0-9]{1,2})일|\s*(?P<neartenth>초순|중순|하순|초|중|말)(?![가-힣]))?"
    ),
    "day": re.compile(r"(?:(?P<toward>지난|오는)\s*)?(?<![0-9.월])(?<!월\s)(?P<day>[12][0-9]|3[01]|[1-9])일(?!\s*간|\s*동안|\s*이내|\s*평균|자리|반)"),
    "last_day": re.compile(r"마지막\s?날"),
    "same": re.compile(r"(?:같은|이|동)\s?기간(?:에|\s|$)"),
    "recent": re.compile(r"(?<![가-힣])최근(?!\s*[0-9]+\s?년)"),
    "year": re.compile(rf"(?:오는\s*)?{_YEAR.format('a')}(?:\s*(?P<tenth>초|말)(?=부터|에|께|쯤|까지|[\s,.]|$)|\s*(?P<part>연초|연말))?{_NO_COMPARISON}"),
}
"""In order: what is found first takes its characters."""


@dataclass(frozen=True)
class When:
    """A word of time in a line. *start* and *end* are characters; *first* and *last* the days it means, where known.

    ``kind``: year · years (an envelope, an end may be unknown) · part (half, quarter) · month · days · now · recent.
    ``relative`` says that the day of publication was needed.
    """

    kind: str
    start: int
    end: int
    first: date | None = None
    last: date | None = None
    precision: str = ""
    relative: bool = False


def whens(line: str, published: date | None, *, days: tuple[date, date] | None = None) -> list[When]:
    """Every word of time of a line, in order. *days* is the range that 마지막 날 and 나흘간 speak of, if known.

    >>> [(w.kind, str(w.first), str(w.last)) for w in whens("지난해부터 5년간 227억", date(2021, 3, 25))]
    [('years', '2020-01-01', '2024-12-31')]
    """
    taken: list[When] = []
    for kind, pattern in _PATTERNS.items():
        for found in pattern.finditer(line):
            if any(found.start() < w.end and w.start < found.end() for w in taken):
                continue
            if (when := _when(kind, found, published, days)) is not None:
                taken.append(when)
    ordered = sorted(taken, key=lambda when: when.start)
    for n, when in enumerate(ordered):
        if when.kind == "same":  # 같은 기간: what was last said of years
            earlier = next((w for w in reversed(ordered[:n]) if w.kind in ("year", "years")), None)
            ordered[n] = replace(earlier, start=when.start, end=when.end) if earlier else replace(when, kind="years")
    return ordered


def _when(kind: str, found: re.Match[str], published: date | None, days: tuple[date, date] | None) -> When | None:
    at = When(kind, found.start(), found.end())
    match kind:
        case "range":
            if found["from"]:
                first, last = int(found["from"]), int(found["to"])
                last += first // 100 * 100 if last < 100 else 0
                return _years(at, first, last) if first <= last else None
            return _years(at, *_both(found, published), relative=_is_relative(found, "a") or _is_relative(found, "b"))
        case "since_lasting":
            first_year = _year(found, "a", published)
            return _years(at, first_year, first_year and first_year + int(found["n"]) - 1, relative=_is_relative(found, "a"))
        case "until_lasting":
            last_year = _year(found, "b", published)
            return _years(at, last_year and last_year - int(found["n"]) + 1, last_year, relative=_is_relative(found, "b"))
        case "until":
            return _years(at, None, _year(found, "b", published), relative=_is_relative(found, "b"))
        case "lasting":
            return _years(at, None, None) if int(found["n"]) > 1 else None
        case "year":
            return _one_year(at, found, published)
        case "half" | "months":
            return _part(kind, at, found, published)
        case "now":
            return replace(at, last=published, precision="day", relative=True)
        case "recent":
            return replace(at, last=published, precision="before", relative=True)
        case "same":
            return at
        case "last_day":
            return replace(at, kind="days", first=days[1], last=days[1], precision="day") if days else None
        case "as_of":
            return _as_of(at, found, published)
    return next(_days(kind, at, found, published), None)


def _year(found: re.Match[str], name: str, published: date | None) -> int | None:
    if absolute := found[f"{name}abs"]:
        return int(absolute)
    if short := found[f"{name}short"]:
        return 2000 + int(short)
    relative = found[f"{name}rel"]
    return published.year + _YEARS[relative] if relative and published else None


def _is_relative(found: re.Match[str], name: str) -> bool:
    return bool(found[f"{name}rel"])


def _both(found: re.Match[str], published: date | None) -> tuple[int | None, int | None]:
    return _year(found, "a", published), _year(found, "b", published)


def _years(at: When, first: int | None, last: int | None, *, relative: bool = False) -> When:
    same = first is not None and first == last
    return replace(
        at,
        kind="year" if same else "years",
        first=date(first, 1, 1) if first else None,
        last=date(last, 12, 31) if last else None,
        precision="year",
        relative=relative,
    )


def _one_year(at: When, found: re.Match[str], published: date | None) -> When:
    year, relative = _year(found, "a", published), _is_relative(found, "a")
    if year is None:
        return replace(at, kind="year", precision="year", relative=relative)
    part = found["tenth"] or (found["part"] or "")[-1:]
    if part == "초":
        return replace(at, kind="year", first=date(year, 1, 1), last=date(year, 3, 31), precision="early_year", relative=relative)
    if part == "말" or found["arel"] == "연말":
        return replace(at, kind="year", first=date(year, 10, 1), last=date(year, 12, 31), precision="late_year", relative=relative)
    return replace(at, kind="year", first=date(year, 1, 1), last=date(year, 12, 31), precision="year", relative=relative)


def _part(kind: str, at: When, found: re.Match[str], published: date | None) -> When:
    bare = not (found["aabs"] or found["ashort"] or found["arel"])
    year = (published.year if published else None) if bare else _year(found, "a", published)
    relative = bare or _is_relative(found, "a")
    if year is None:
        return replace(at, kind="part", relative=relative)
    if kind == "months":
        first, last = int(found["m1"]), int(found["m2"])
        if first >= last:
            return replace(at, kind="part", relative=relative)
    elif found["half"]:
        first, last = (1, 6) if found["half"] == "상" else (7, 12)
    else:
        first, last = int(found["quarter"]) * 3 - 2, int(found["quarter"]) * 3
    return replace(at, kind="part", first=date(year, first, 1), last=_month_end(year, last), precision="month", relative=relative)


def _as_of(at: When, found: re.Match[str], published: date | None) -> When | None:
    bare = not (found["aabs"] or found["ashort"] or found["arel"])
    if bare and not found["month"]:
        return None
    year = (published.year if published else None) if bare else _year(found, "a", published)
    month = int(found["month"] or 12)
    if year is None or not 1 <= month <= 12:
        return replace(at, kind="now", relative=True)
    if bare and published and month > published.month:
        year -= 1
    last = _day(year, month, int(found["day"])) if found["day"] else _month_end(year, month)
    return replace(at, kind="now", last=last, precision="day", relative=bare or _is_relative(found, "a"))


def _days(kind: str, at: When, found: re.Match[str], published: date | None) -> Iterator[When]:
    """Months and days. Without a year they are the nearest that 지난 or 오는 allows."""
    if kind == "day_range":
        first, last = int(found["d1"]), int(found["d2"])
        year, month = _nearest(published, int(found["month"]) if found["month"] else None, first, found["toward"])
        if not year or not month:
            return
        months = year * 12 + month - 1 + (1 if found["next"] else (int(found["month2"]) - month) % 12 if found["month2"] else 0)
        start, end = _day(year, month, first), _day(months // 12, months % 12 + 1, last)
        if start and end and start < end:
            yield replace(at, kind="days", first=start, last=end, precision="day", relative=True)
        return
    if kind == "day":
        year, month = _nearest(published, None, int(found["day"]), found["toward"])
        if year and month and (start := _day(year, month, int(found["day"]))):
            yield replace(at, kind="days", first=start, last=start, precision="day", relative=True)
        return
    if found["near"]:
        if published is None:
            yield replace(at, kind="month", relative=True)
            return
        spelled = found["near"].replace("지난 달", "지난달").replace("다음 달", "다음달")
        months = published.year * 12 + published.month - 1 + _MONTHS[spelled]
        year, month, day, tenth = months // 12, months % 12 + 1, found["nearday"], found["neartenth"]
        yield from _in_month(at, year, month, day, tenth, relative=True)
        return
    month, relative = int(found["month"]), True
    if found["aabs"] or found["ashort"] or found["arel"]:
        year, relative = _year(found, "a", published), _is_relative(found, "a")
    else:
        year, _ = _nearest(published, month, int(found["day"] or 0), found["toward"])
    if year is None:
        yield replace(at, kind="month", relative=True)
        return
    yield from _in_month(at, year, month, found["day"], found["tenth"], relative=relative)


def _in_month(at: When, year: int, month: int, day: str | None, tenth: str | None, *, relative: bool) -> Iterator[When]:
    if day:
        if one := _day(year, month, int(day)):
            yield replace(at, kind="days", first=one, last=one, precision="day", relative=relative)
        return
    part = _TENTHS[tenth] if tenth else ""
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "": (1, 31)}[part]
    end = min(last, monthrange(year, month)[1])
    precision = f"{part}_month" if part else "month"
    yield replace(at, kind="month", first=date(year, month, first), last=date(year, month, end), precision=precision, relative=relative)


def _nearest(published: date | None, month: int | None, day: int, toward: str | None) -> tuple[int | None, int | None]:
    """The (year, month) of a date printed without its year (and month)."""
    if published is None:
        return None, None
    if month is None:
        months = published.year * 12 + published.month - 1
        if toward == "지난" and day > published.day:
            months -= 1
        elif toward == "오는" and day < published.day:
            months += 1
        return months // 12, months % 12 + 1
    year = published.year
    if toward == "지난" and (month, day or 32) > (published.month, published.day):
        year -= 1  # 지난 10월 in October is last year's
    elif toward == "오는" and month < published.month:
        year += 1
    elif toward is None and month - published.month > 6:
        year -= 1
    elif toward is None and published.month - month > 8:
        year += 1
    return year, month


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

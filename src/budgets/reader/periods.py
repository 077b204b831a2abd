"""Words of time, resolved by the day of publication: 올해, 지난해 8월, 지난해부터 5년간, 2024년까지, 이달 말, 오는 3일."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from budgets.reader.calendar_days import day_of, full_year, month_end, month_of, nearest, year_before
from budgets.reader.timewords import PATTERNS, TENTHS, YEARS

_TOO = re.compile(r"(?<=도)\s|(?:에)?도\s")
_NEXT_SENTENCE = re.compile(r"[다요][.]\s")
MONEY_TIME = {"year", "years", "part"}
"""Kinds of words of time that money stands under."""


@dataclass(frozen=True)
class When:
    """A word of time in a line. *start* and *end* are characters; *first* and *last* the days it means, where known.

    ``kind``: year · years (an envelope, an end may be unknown) · part (half, quarter) · month (or season) · days ·
    deadline (a month until which) · from (a month from which) · now · recent.
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
    for kind, pattern in PATTERNS.items():
        for found in pattern.finditer(line):
            if any(found.start() < w.end and w.start < found.end() for w in taken):
                continue
            if (when := _when(kind, found, published, days)) is not None:
                taken.append(when)
    ordered = sorted(taken, key=lambda when: when.start)
    for n, when in enumerate(ordered):
        if earlier := _spoken_of(when, ordered[:n], line):
            ordered[n] = replace(earlier, start=when.start, end=when.end)
    return [when for when in ordered if when.kind not in ("same", "year_before")]


def _spoken_of(when: When, before: list[When], line: str) -> When | None:
    """What a word of time means that goes by one said earlier in the line."""
    if when.kind == "same":  # 같은 기간
        return next((w for w in reversed(before) if w.kind in ("year", "years")), None)
    if when.kind == "year_before":  # 1월부터 11월까지 …, 지난해 같은 기간
        part = next((w for w in reversed(before) if w.kind == "part" and w.first and w.last), None)
        return part and replace(part, first=year_before(part.first), last=year_before(part.last))
    if line.startswith("연말", when.start) and when.last:  # 작년에도 … 연말까지, in one sentence
        said = (w for w in before[-1:] if w.kind == "year" and w.last and w.last < when.last and _TOO.match(line, w.end))
        return next((w for w in said if not _NEXT_SENTENCE.search(line, w.end, when.start)), None)
    return None


def _when(kind: str, found: re.Match[str], published: date | None, days: tuple[date, date] | None) -> When | None:
    at = When(kind, found.start(), found.end())
    match kind:
        case "range":
            if found["from"]:
                first, last = int(found["from"]), int(found["to"])
                last += first // 100 * 100 if last < 100 else 0
                return _years(at, first, last) if first <= last else None
            return _years(at, *_both(found, published), relative=_is_relative(found, "a") or _is_relative(found, "b"))
        case "from_month":
            return _months(at, found)
        case "since_lasting":
            first_year = _year(found, "a", published)
            return _years(at, first_year, first_year and first_year + int(found["n"]) - 1, relative=_is_relative(found, "a"))
        case "until_lasting":
            last_year = _year(found, "b", published)
            return _years(at, last_year and last_year - int(found["n"]) + 1, last_year, relative=_is_relative(found, "b"))
        case "until":
            if (so_far := _so_far(at, found, published)) is not None:
                return so_far
            if found["bmonth"] and not 1 <= int(found["bmonth"]) <= 12:
                return None
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
            return replace(at, kind="year_before") if found["before"] else at
        case "last_day":
            return replace(at, kind="days", first=days[1], last=days[1], precision="day") if days else None
        case "as_of_near":
            return replace(at, kind="now", last=published and month_end(*month_of(found["near"], published)), precision="day", relative=True)
        case "as_of":
            return _as_of(at, found, published)
        case "week":
            return _week(at, found, published)
        case "season":
            return _season(at, found, published)
        case "deadline" | "from":
            year, month = nearest(published, int(found["month"]), 0, found["toward"])
            tenth = found["tenth"] if kind == "deadline" else None
            one = next(_in_month(at, year, month, None, tenth, relative=True)) if year and month else at
            return replace(one, kind=kind, relative=True)
    return next(_days(kind, at, found, published, days), None)


def _so_far(at: When, found: re.Match[str], published: date | None) -> When | None:
    """올해 10월까지, in November: from January on, for that month is over."""
    year, month = _year(found, "b", published), int(found["bmonth"] or 0)
    if year is None or not 1 <= month <= 12 or published is None or month_end(year, month) >= published or year < published.year:
        return None
    return replace(at, kind="part", first=date(year, 1, 1), last=month_end(year, month), precision="month", relative=_is_relative(found, "b"))


def _year(found: re.Match[str], name: str, published: date | None) -> int | None:
    if absolute := found[f"{name}abs"]:
        return int(absolute)
    if short := found[f"{name}short"]:
        return full_year(short)
    relative = found[f"{name}rel"]
    if relative == "새해" and published and published.month < 7:
        return published.year  # it has begun
    return published.year + YEARS[relative] if relative and published else None


def _is_relative(found: re.Match[str], name: str) -> bool:
    return bool(found[f"{name}rel"])


def _both(found: re.Match[str], published: date | None) -> tuple[int | None, int | None]:
    return _year(found, "a", published), _year(found, "b", published)


def _years(at: When, first: int | None, last: int | None, *, relative: bool = False) -> When | None:
    if first and last and first > last:
        return None
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
    return replace(at, kind="part", first=date(year, first, 1), last=month_end(year, last), precision="month", relative=relative)


def _months(at: When, found: re.Match[str]) -> When | None:
    """2025. 3. ~ 12. within a year is a part of it; 2025년 3월부터 2027년 12월까지 is an envelope of these months."""
    first_year = int(found["y1"] or full_year(found["s1"]))
    last_year = int(found["y2"] or (full_year(found["s2"]) if found["s2"] else first_year))
    first, last = date(first_year, int(found["m1"]), 1), month_end(last_year, int(found["m2"]))
    if first > last:
        return None
    whole = (first.month, last.month) == (1, 12)
    kind = "years" if first_year != last_year else "year" if whole else "part"
    return replace(at, kind=kind, first=first, last=last, precision="year" if whole else "month")


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
    last = day_of(year, month, int(found["day"])) if found["day"] else month_end(year, month)
    return replace(at, kind="now", last=last, precision="day", relative=bare or _is_relative(found, "a"))


def _days(kind: str, at: When, found: re.Match[str], published: date | None, days: tuple[date, date] | None) -> Iterator[When]:
    """Months and days. Without a year they are the nearest that 지난 or 오는 allows."""
    if kind in ("day_range", "dotted_range"):
        first, last = int(found["d1"]), int(found["d2"])
        year, month = nearest(published, int(found["month"]) if found["month"] else None, first, found["toward"])
        if not year or not month:
            return
        if found["near"] and published:
            year, month = month_of(found["near"], published)
        months = year * 12 + month - 1 + (1 if found["next"] else (int(found["month2"]) - month) % 12 if found["month2"] else 0)
        start, end = day_of(year, month, first), day_of(months // 12, months % 12 + 1, last)
        if start and end and start < end:
            yield replace(at, kind="days", first=start, last=end, precision="day", relative=True)
        return
    in_event = day_of(days[0].year, days[0].month, int(found["day"])) if kind == "day" and days and not found["toward"] else None
    if days and (one := in_event) and days[0] <= one <= days[1]:  # a day of the event that the text is about
        yield replace(at, kind="days", first=one, last=one, precision="day", relative=True)
        return
    if kind == "day":
        year, month = nearest(published, None, int(found["day"]), found["toward"])
        if year and month and (start := day_of(year, month, int(found["day"]))):
            yield replace(at, kind="days", first=start, last=start, precision="day", relative=True)
        return
    if found["near"]:
        if published is None:
            yield replace(at, kind="month", relative=True)
            return
        year, month = month_of(found["near"], published)
        day, tenth = found["nearday"], found["neartenth"]
        yield from _in_month(at, year, month, day, tenth, relative=True)
        return
    month, relative = int(found["month"]), True
    if found["aabs"] or found["ashort"] or found["arel"]:
        year, relative = _year(found, "a", published), _is_relative(found, "a")
    else:
        year, _ = nearest(published, month, int(found["day"] or 0), found["toward"])
    if year is None:
        yield replace(at, kind="month", relative=True)
        return
    yield from _in_month(at, year, month, found["day"], found["tenth"], relative=relative)


def _in_month(at: When, year: int, month: int, day: str | None, tenth: str | None, *, relative: bool) -> Iterator[When]:
    if day:
        if one := day_of(year, month, int(day)):
            yield replace(at, kind="days", first=one, last=one, precision="day", relative=relative)
        return
    part = TENTHS[tenth] if tenth else ""
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "": (1, 31)}[part]
    end = min(last, monthrange(year, month)[1])
    precision = f"{part}_month" if part else "month"
    yield replace(at, kind="month", first=date(year, month, first), last=date(year, month, end), precision=precision, relative=relative)


def _week(at: When, found: re.Match[str], published: date | None) -> When:
    """지난주 is the seven days from Monday on before the week of publication, 다음 주 금요일 one day."""
    if published is None:
        return replace(at, kind="days", relative=True)
    first = published - timedelta(days=published.weekday()) + timedelta(weeks={"지": -1, "이": 0, "다": 1}[found["week"][0]])
    if day := found["weekday"]:
        first += timedelta(days="월화수목금토일".index(day))
    return replace(at, kind="days", first=first, last=first if day else first + timedelta(days=6), precision="day", relative=True)


def _season(at: When, found: re.Match[str], published: date | None) -> When:
    bare = not (found["aabs"] or found["ashort"] or found["arel"])
    year = (published.year if published else None) if bare else _year(found, "a", published)
    month = {"봄": 3, "여름": 6, "가을": 9}[found["season"]]
    if year is None:
        return replace(at, kind="month", relative=True)
    return replace(at, kind="month", first=date(year, month, 1), last=month_end(year, month + 2), precision="month", relative=bare or _is_relative(found, "a"))

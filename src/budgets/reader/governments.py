"""Which government a line speaks of: the last one named as the subject; 시는 and 도는 mean the same one again."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from budgets.reader.lists import HEADING
from budgets.reader.places import Article, Parts, Span, sentences
from budgets.reader.proposals import NOT_SAID, Read

_AGENCY = r"[가-힣]{0,8}(?:청|공사|공단|재단|진흥원|테크노파크|산업원)"
_LISTED = r"(?:[,·]\s?[가-힣]{2,8}){1,16}(?:\s등)?(?:을|를|에|에서|으로|로)(?=[\s,.])"
_SUBJECT = rf"(?:\s?\([^)]{{1,20}}\))?(?!{_LISTED})(?:는|은|가|이|도(?=\s)|,|에서는|에선|의(?!\s[^.,]{{0,40}}공모)|와|과|에\s따르면|(?:장|지사|청장)(?:은|는|이|가)|\s(?:관계자|시장|지사|군수|구청장))"
_PRONOUN = re.compile(r"(?<![가-힣])([시도군구])(?:는|가|에\s따르면)(?=\s)")
_NEIGHBOUR = re.compile(r"(?:이웃(?:한|인)?|인근|인접한|옆|다른\s(?:도시|지역)인)\s$")
_ROW = 2
"""인천시는 서울 10개 기업과 …: one alone may only say where."""
_LONGEST = 24
"""Characters of a name with its province."""
_DATELINE = r"=(?=[가-힣])"


@dataclass(frozen=True)
class Gazetteer:
    """Names of governments as they are printed, and the level of each government."""

    names: dict[str, str]
    levels: dict[str, str]
    within_city: frozenset[str]
    """Governments for whose papers 시비 is the money of a metropolitan city: the city itself, its 구 and 군."""
    whole: dict[str, str]
    """Municipalities with their province before them (경기 광주시): they give a name that others share its meaning."""
    pattern: re.Pattern[str]
    mention: re.Pattern[str]
    """A government that is named, though not as a subject: ‘한빛시 도서관’, ‘한빛시립’, (한빛=…)."""
    whole_pattern: re.Pattern[str]
    label: re.Pattern[str]
    """A government right before a place: 서울 2,064억 원, 인천 3곳; not one of several (서울·인천 3곳)."""
    numbered: re.Pattern[str]
    heading: re.Pattern[str]
    """A government at the head of a part: ◇전남=…."""

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> "Gazetteer":
        """From the rows of the governments table; a name that two governments share is no name."""
        found: dict[str, set[str]] = {}
        levels: dict[str, str] = {}
        provinces: dict[str, str] = {}
        printed: dict[str, set[str]] = {}
        municipalities: list[tuple[str, str]] = []
        for row in rows:
            government, level, full, short = row["government"], row["level"], row["name_ko"], row["short_ko"]
            levels[government] = level
            if level == "province":
                printed[government] = {full, short, short + ("도" if full.endswith("도") else "시")}
                provinces |= dict.fromkeys(printed[government], government)
            elif level == "municipality":
                municipalities.append((government, full.split()[-1]))
                for name in {full, full.split()[-1], *_as_special_city(full.split()[-1])}:
                    found.setdefault(name, set()).add(government)
        cities = {government for government, names in printed.items() if any(name.endswith("시") and len(name) > 3 for name in names)}
        names = {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1 and len(name) > 2} | provinces
        municipalities += [(government, special) for government, name in municipalities for special in _as_special_city(name)]
        whole = {f"{province} {name}": government for government, name in municipalities for province in printed.get(government.partition("-")[0], ())}
        one = rf"(?<![가-힣])(?P<name>{_longest_first({*names, *whole, *(name for _, name in municipalities if len(name) > 1)})})"
        return cls(
            names,
            levels,
            frozenset(government for government in levels if {government, government.partition("-")[0]} & cities),
            whole,
            re.compile(rf"{one}(?:(?P<agency>{_AGENCY})?{_SUBJECT}|\s차원)"),
            re.compile(rf"(?<![가-힣])(?P<name>{_longest_first(names)})(?:{_DATELINE}|(?=\s|시립|군립|구립|도립|(?:장|수|청장|지사)(?![가-힣])))"),
            re.compile(rf"(?<![가-힣])(?P<name>{_longest_first(whole)})"),
            re.compile(rf"(?<![가-힣·])(?<![과와]\s)(?P<name>{_longest_first({*names, *whole})})\s?[(:]?\s?$"),
            re.compile(rf"(?<![가-힣·])(?:{_longest_first({*names, *whole})})\s?[(:]?\s?(?=[0-9])"),
            re.compile(rf"(?:^|[{HEADING}])\s?(?P<name>{_longest_first({*names, *whole})})\s?[=:：]\s?(?=[가-힣‘'“])"),
        )

    def subjects(self, line: str, known_as: Mapping[str, str]) -> list[tuple[int, int, str]]:
        """(start, end, government) of every government named as a subject of a line; *known_as*: names explained before."""
        found = []
        for m in self.pattern.finditer(line):
            government = known_as.get(m["name"]) or self.names.get(m["name"]) or self.whole.get(m["name"])
            if government and not self._is_cut(line, m.end("name"), m["name"]):
                found.append((m.start(), m.end("agency") if m["agency"] else m.end("name"), government))
        found += [(m.start("name"), m.end("name"), self.names.get(m["name"]) or self.whole[m["name"]]) for m in self.heading.finditer(line)]
        return sorted(found)

    def _is_cut(self, line: str, end: int, name: str) -> bool:
        """경기도 특별조정교부금 speaks of 경기도, and not of 경기 as well (도)."""
        return line.startswith("도", end) and f"{name}도" in self.names

    def explained(self, line: str) -> dict[str, str]:
        """Names that a line gives with their province: {광주시: gyeonggi-gwangju}."""
        return {m["name"].split()[-1]: self.whole[m["name"]] for m in self.whole_pattern.finditer(line)}


def _as_special_city(name: str) -> list[str]:
    """A city of a million calls itself so: 한빛시, 한빛특례시."""
    return [f"{name[:-1]}특례시"] if name.endswith("시") else []


def _longest_first(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))) or r"(?!)"


_NO_MINISTRY = r"(?:[가-힣]*[본간]|집행|지도|수뇌|사업|편집|도심|[전후상하]반|[동서남북중]|경기[남북]|[내외전일세학기당농지])부"
_NATIONAL = re.compile(
    rf"(?<![가-힣])(?!{_NO_MINISTRY}(?![가-힣]*부))(?:정부|중앙정부|국회|[가-힣]{{2,12}}부)(?:\s?\([^)]{{1,20}}\))?(?:[가는은이](?=\s)|,(?=\s)|에\s따르면)"
    r"(?!\s(?:[^\s,.]+\s)?(?:(?:주관|추진|공모|지원|주최|시행|발주|선정|실시|운영|마련|추천|인정|지정|인증)[가-힣]*[한하는된]|(?:공모|모집|진행|추진)\s?중인))"
)
"""The nation as a subject; 산업부가 주관한 공모 only says whose call it is."""


class Speaking:
    """Goes through an article and knows, at each place, whose figures are spoken of."""

    def __init__(self, article: Article, gazetteer: Gazetteer, given: str | None, lines: Iterable[int]) -> None:
        self._article, self._given, self._gazetteer = article, given, gazetteer
        self._numbered: dict[int, tuple[list[tuple[int, int]], list[int]]] = {}
        numbers = list(lines)
        known_as: dict[str, str] = {}
        for number in numbers:
            known_as = gazetteer.explained(article.line(number)) | known_as
        self._places = [(number, start, end, who) for number in numbers for start, end, who in gazetteer.subjects(article.line(number), known_as)]
        self._places = sorted([*self._places, *self._again(article, numbers)])
        self._nation = [(number, m.start(), m.end(), "national") for number in numbers for m in _NATIONAL.finditer(article.line(number))]
        self._joined = frozenset(self._joining())
        if not self._places and not self._nation:
            self._places = [(n, m.start(), m.end("name"), gazetteer.names[m["name"]]) for n in numbers for m in gazetteer.mention.finditer(article.line(n))]

    def _again(self, article: Article, numbers: Iterable[int]) -> Iterator[tuple[int, int, int, str]]:
        """시는 and 도는 speak of the last government of that kind, also where another was named in between."""
        for number in numbers:
            for m in _PRONOUN.finditer(article.line(number)):
                earlier = [p for p in self._places if (p[0], p[1]) < (number, m.start()) and article.line(p[0])[p[1] : p[2]].endswith(m[1])]
                if earlier:
                    yield (number, m.start(), m.end(1), earlier[-1][3])

    def at(self, line: int, position: int, *, counted: bool = False) -> Read:
        """The government at a place of the text: the one right before it (of what is *counted* only in a row of several), else the last that was spoken of; unknown if none was
        named and none was given.

        The nation where it is the last subject of the line, or the only one of the text.
        """
        text = self._article.line(line)
        if (label := self._gazetteer.label.search(text, max(position - _LONGEST, 0), position)) and not (counted and self._row(line, position) < _ROW):
            government = self._gazetteer.names.get(label["name"]) or self._gazetteer.whole[label["name"]]
            return Read(government, (self._article.span(line, *label.span("name")),))
        before = [p for p in self._places if (p[0], p[1]) <= (line, position)]
        start = max((a for a, _ in sentences(text) if a <= position), default=0)
        nation = [p for p in self._nation if p[0] == line and p[1] <= position and not (before and before[-1][0] == line and before[-1][1] > p[1])]
        if nation or not (self._places or self._given):
            chosen = nation[-1] if nation else next(iter(self._nation), None)
        else:
            before = [p for p in before if (p[0] == line and p[1] >= start) or p not in self._joined]
            chosen = before[-1] if before else (self._places[0] if self._places and not self._given else None)
        if chosen is None:
            return Read(self._given) if self._given else NOT_SAID
        return Read(chosen[3], (self._article.span(*chosen[:3]),))

    def _row(self, line: int, position: int) -> int:
        """How many governments stand right before a number in the sentence of a place: 경남 1,800명, 전남 650명."""
        if line not in self._numbered:
            text = self._article.line(line)
            self._numbered[line] = sentences(text), [m.start() for m in self._gazetteer.numbered.finditer(text)]
        parts, places = self._numbered[line]
        start, end = next((part for part in parts if part[0] <= position < part[1]), (0, 0))
        return bisect_left(places, end) - bisect_left(places, start)

    def _joining(self) -> Iterator[tuple[int, int, int, str]]:
        """Governments that only join the one the text goes on with, in one sentence: 시는 …하고, 한빛도는 …한다; 이웃한 누리시는 …했다."""
        said: set[str] = set()
        for number, places in groupby(self._places, key=lambda place: place[0]):
            parts = Parts(self._article.line(number))
            for _, group in groupby(places, key=lambda place: parts.sentence(place[1])):
                first, *others = group
                yield from (p for p in others if p[3] != first[3] and first[3] in said)
                yield from (p for p in (first, *others) if said and _NEIGHBOUR.search(self._article.line(number), 0, p[1]))
                said |= {first[3], *(p[3] for p in others)}

    def lines_naming(self, line: int) -> frozenset[int]:
        """The lines that name the government of which *line* speaks: what two have together is told of both."""
        who = next((place[3] for place in reversed(self._places) if place[0] <= line), None)
        return frozenset(place[0] for place in self._places if place[3] == who)

    def section(self, line: int) -> int:
        """The first line of the part of the article that speaks of the same government as *line* does."""
        first, who = 0, None
        for place in self._places:
            if place[0] > line:
                break
            if place[3] != who and place not in self._joined:
                first, who = place[0] if who else 0, place[3]  # the headline belongs to whoever is named first
        return first


def national(line: str, start: int, end: int, article: Article, number: int) -> Span | None:
    """The national government as the subject of a sentence, if it is."""
    hit = _NATIONAL.search(line, start, end)
    return article.span(number, hit.start(), hit.end()) if hit else None

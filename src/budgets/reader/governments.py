"""Which government a line speaks of: the last one named as the subject; 시는 and 도는 mean the same one again."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from budgets.reader.places import Article, Span
from budgets.reader.proposals import NOT_SAID, Read

_AGENCY = r"[가-힣]{0,8}(?:청|공사|공단|재단|진흥원|테크노파크|산업원)"
_SUBJECT = r"(?:\s?\([^)]{1,20}\))?(?:는|은|가|이|도(?=\s)|,|에서는|에선|의|와|과|에\s따르면|=(?=[가-힣])|\s(?:관계자|시장|지사))"


@dataclass(frozen=True)
class Gazetteer:
    """Names of governments as they are printed, and the level of each government."""

    names: dict[str, str]
    levels: dict[str, str]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> "Gazetteer":
        """From the rows of the governments table; a name that two governments share is no name."""
        found: dict[str, set[str]] = {}
        levels: dict[str, str] = {}
        provinces: dict[str, str] = {}
        for row in rows:
            government, level, full, short = row["government"], row["level"], row["name_ko"], row["short_ko"]
            levels[government] = level
            if level == "province":
                for name in {full, short, short + ("도" if full.endswith("도") else "시")}:
                    provinces[name] = government
            elif level == "municipality":
                for name in {full, full.split()[-1]}:
                    found.setdefault(name, set()).add(government)
        names = {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1 and len(name) > 2} | provinces
        longest = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
        return cls(names, levels, re.compile(rf"(?<![가-힣])(?P<name>{longest})(?:(?P<agency>{_AGENCY})?{_SUBJECT}|\s차원)"))

    def subjects(self, line: str) -> list[tuple[int, int, str]]:
        """(start, end, government) of every government named as a subject of a line."""
        return [(m.start(), m.end("agency") if m["agency"] else m.end("name"), self.names[m["name"]]) for m in self.pattern.finditer(line)]


_NATIONAL = re.compile(r"(?<![가-힣])(?:정부|중앙정부|[가-힣]{2,12}부)(?=[가는]\s)")


class Speaking:
    """Goes through an article and knows, at each place, whose figures are spoken of."""

    def __init__(self, article: Article, gazetteer: Gazetteer, given: str | None, lines: Iterable[int]) -> None:
        self._article, self._given = article, given
        self._places: list[tuple[int, int, int, str]] = []
        for number in lines:
            self._places += [(number, start, end, who) for start, end, who in gazetteer.subjects(article.line(number))]
        self._changes: dict[int, bool] = {}

    def at(self, line: int, position: int) -> Read:
        """The government at a place of the text; unknown if none was named and none was given."""
        before = [p for p in self._places if (p[0], p[1]) <= (line, position)]
        chosen = before[-1] if before else (self._places[0] if self._places and not self._given else None)
        if chosen is None:
            return Read(self._given) if self._given else NOT_SAID
        return Read(chosen[3], (self._article.span(*chosen[:3]),))

    def section(self, line: int) -> int:
        """The first line of the part of the article that speaks of the same government as *line* does."""
        first, who = 0, None
        for number, _, _, government in self._places:
            if number > line:
                break
            if government != who:
                first, who = number, government
        return first


def national(line: str, start: int, end: int, article: Article, number: int) -> Span | None:
    """The national government as the subject of a sentence, if it is."""
    hit = _NATIONAL.search(line, start, end)
    return article.span(number, hit.start(), hit.end()) if hit else None

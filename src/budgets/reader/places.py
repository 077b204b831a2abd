"""A text with its places: physical lines, paragraphs, sentences, clauses. Nothing here knows what a figure is."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """Characters of the text: ``article.lines[line - 1][start:end] == text``."""

    line: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Article:
    """A text as it was read, line by line (line ends removed, nothing else)."""

    lines: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Article":
        return cls(tuple(line.rstrip("\r") for line in text.split("\n")))

    @cached_property
    def _paragraphs(self) -> tuple[int, ...]:
        numbers, count = [], 0
        for line in self.lines:
            count += bool(line.strip())
            numbers.append(count)
        return tuple(numbers)

    @cached_property
    def _offsets(self) -> tuple[int, ...]:
        offsets, at = [], 0
        for line in self.lines:
            offsets.append(at)
            at += len(line) + 1
        return tuple(offsets)

    def line(self, number: int) -> str:
        return self.lines[number - 1]

    def paragraph(self, line: int) -> int:
        """The number of a physical line among the lines that are not blank."""
        return self._paragraphs[line - 1]

    def offset(self, span: Span) -> int:
        """Where a span begins in the whole text, line ends counted as one character."""
        return self._offsets[span.line - 1] + span.start

    def span(self, line: int, start: int, end: int) -> Span:
        return Span(line, start, end, self.line(line)[start:end])


# A full stop ends a sentence, but not in 2025. 4. 10. or D.N.A or 14.25억; a bracket or quote may close after it.
_SENTENCE_END = re.compile(r"(?<=[가-힣)\]”’\"'])[.?!]+[”’\"')\]]*(?=\s|$)|(?<=[다요음함됨임])[.](?=[가-힣‘“'\"])")
# Verb endings that close a clause; 하고 있다 is one predicate, 다고 and 라고 only quote.
_CLAUSE_END = re.compile(
    r"(?:(?:하며|되며|이며|으며|시키며|하고|되고|이고|[했됐었았렸켰였냈섰]고|는데|지만|면서|[하되]는 한편|한 데 이어)(?!\s*(?:있|나섰))[,]?"
    r"|(?<![다라])[며고],|(?<=[가-힣])(?:해|돼|되어|하여|여|어|아|으로|로|나),)(?=\s)"
)


def sentences(line: str) -> list[tuple[int, int]]:
    """(start, end) of every sentence of a line; together they are the line."""
    return list(_between(line, _SENTENCE_END, 0, len(line)))


def clauses(line: str, start: int, end: int) -> list[tuple[int, int]]:
    """(start, end) of every clause of one sentence."""
    return list(_between(line, _CLAUSE_END, start, end))


def _between(line: str, boundary: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for found in boundary.finditer(line, start, end):
        yield at, found.end()
        at = found.end()
    if at < end or at == start:
        yield at, end


class Parts:
    """The sentences and clauses of one line, looked up by position."""

    def __init__(self, line: str) -> None:
        self.sentences = sentences(line)
        self._starts = [start for start, _ in self.sentences]
        self._clauses = [clauses(line, start, end) for start, end in self.sentences]
        self._brackets = brackets(line)
        self._around: dict[int, tuple[int, int] | None] = {}

    def sentence(self, at: int) -> tuple[int, int]:
        return self.sentences[max(bisect_right(self._starts, at) - 1, 0)]

    def clause(self, at: int) -> tuple[int, int]:
        within = self._clauses[max(bisect_right(self._starts, at) - 1, 0)]
        return next((part for part in reversed(within) if part[0] <= at), within[0])

    def bracket(self, at: int) -> tuple[int, int] | None:
        """The innermost pair of round brackets around a position: (of the opening one, after the closing one)."""
        if at not in self._around:
            self._around[at] = max((pair for pair in self._brackets if pair[0] < at < pair[1]), default=None)
        return self._around[at]


def brackets(line: str) -> list[tuple[int, int]]:
    """The pairs of round brackets of a line.

    >>> brackets("40억원(지난해 29억원(잠정))")
    [(13, 17), (4, 18)]
    """
    pairs, opened = [], []
    for at, char in enumerate(line):
        if char in "(（":
            opened.append(at)
        elif char in ")）" and opened:
            pairs.append((opened.pop(), at + 1))
    return pairs

"""One line of an article with all that is known about it before its figures are read."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile

from budgets.reader.cues import Cue, Cues
from budgets.reader.growth import grew
from budgets.reader.lists import name_of_item
from budgets.reader.periods import When
from budgets.reader.places import Article, Parts, Span
from budgets.reader.proposals import Read, Token

_FAR = 40
"""Characters in which a word is taken back."""


@dataclass(frozen=True)
class Scene:
    """A line, its sentences, its words of time and its tokens."""

    article: Article
    number: int
    whens: list[When]
    tokens: list[Token]
    published: date | None
    cues: Cues

    @cached_property
    def line(self) -> str:
        return self.article.line(self.number)

    @cached_property
    def parts(self) -> Parts:
        return Parts(self.line)

    @cached_property
    def token_places(self) -> frozenset[tuple[int, int]]:
        return frozenset((token.span.start, token.span.end) for token in self.tokens)

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(token.span.start for token in self.tokens)

    @cached_property
    def _ends(self) -> list[int]:
        return sorted(token.span.end for token in self.tokens)

    def times(self, start: int, end: int) -> list[When]:
        """The words of time that begin between two places of the line."""
        first, last = (bisect_left(self.whens, at, key=lambda when: when.start) for at in (start, end))
        return self.whens[first:last]

    def span(self, start: int, end: int) -> Span:
        return self.article.span(self.number, start, end)

    def words(self, when: When) -> Span:
        return self.span(when.start, when.end)

    def before(self, token: Token, *, wide: bool = False) -> tuple[int, int]:
        """The characters that label a token: back to the token before it, its bracket or its sentence."""
        start, _ = self.parts.sentence(token.span.start)
        if wide:
            return start, token.span.start
        bracket = self.parts.bracket(token.span.start)
        ends = self._ends[: bisect_right(self._ends, token.span.start)]
        return max([start, *ends[-1:], *([bracket[0] + 1] if bracket else [])]), token.span.start

    def behind(self, token: Token, *, wide: bool = False) -> tuple[int, int]:
        """The characters behind a token: up to the next token, or to the end of the sentence."""
        _, end = self.parts.sentence(token.span.start)
        if wide:
            return token.span.end, end
        first = bisect_left(self._starts, token.span.end)
        return token.span.end, min([end, *self._starts[first : first + 1]])

    def label(self, token: Token, field: str, reach: int) -> tuple[Cue, Span] | None:
        """The rule of *field* whose ``label`` stands nearest before the token, at most *reach* characters away.

        A phase may also stand before its bracket or at the head of its item; else what labels the amount it has grown from.
        """
        cues = [cue for cue in self.cues.of_field(field) if cue.side == "label"]
        if label := self._label_before(token, cues, reach) or (self._label_around(token, cues) if field == "phase" else None):
            return label
        first = next((t for t in self.tokens if self._from_to(t, token)), None)
        return self.label(first, field, reach) if first else None

    def _label_before(self, token: Token, cues: list[Cue], reach: int) -> tuple[Cue, Span] | None:
        """The nearest; of two that end at one place the one that comes first in the file."""
        start, end = self.before(token)
        hits = ((hit.end(), cue, hit) for cue in cues for hit in cue.pattern.finditer(self.line, start, end))
        near = [(at, cue, hit) for at, cue, hit in hits if end - at <= reach and not self._denied("rule", at)]
        found = max(near, key=lambda hit: hit[0], default=None)
        return (found[1], self.span(*found[2].span())) if found else None

    def _label_around(self, token: Token, cues: list[Cue]) -> tuple[Cue, Span] | None:
        """지난해 본예산(698억 원): the label before the bracket that the token opens; ○ 집행액: 2023년 3억 원, 2024년 5억 원: that of the item."""
        bracket, item = self.parts.bracket(token.span.start), name_of_item(self.line)
        opened = bracket is not None and bracket[0] + 1 == token.span.start
        start, end = (0, bracket[0]) if bracket and opened else item or (0, 0)
        found = ((cue, cue.at_end.search(self.line, start, end)) for cue in cues if end <= token.span.start)
        return next(((cue, self.span(hit.start(), hit.end())) for cue, hit in found if hit), None)

    def _from_to(self, first: Token, second: Token) -> bool:
        """84억원에서 105억원으로: is the second what the first grew to?"""
        return first.span.end < second.span.start and grew(self.line, first.span.end, second.span.start, second.span.end)

    def after(self, token: Token, field: str, end: int | None = None) -> list[tuple[int, Cue, Span]]:
        """Rules of *field* that stand ``after`` the token in its sentence, the nearest first; ^ is the token's end.

        From a word that is taken back (투입하지 않기로 했다) nothing more is read in the sentence.
        """
        return list(takewhile(lambda hit: not self._denied("rule", hit[2].end), self._after(token, field, end)))

    def taken_back(self, token: Token, field: str) -> bool:
        """Does the sentence say a rule of *field* behind the token and take it back?"""
        return any(self._denied("rule", span.end) for _, _, span in self._after(token, field))

    def _after(self, token: Token, field: str, end: int | None = None) -> list[tuple[int, Cue, Span]]:
        at, stop = self.behind(token, wide=True)
        if token.money and self._denied("figure", at):
            return []
        tail = self.line[at : stop if end is None else end]
        found = []
        for order, cue in enumerate(self.cues.of_field(field)):
            if cue.side == "after" and (hit := cue.pattern.search(tail)):
                found.append((hit.start(), -hit.end(), order, cue, self.span(at + hit.start(), at + hit.end())))
        return [(start, cue, span) for start, _, _, cue, span in sorted(found, key=lambda f: f[:3])]

    def _denied(self, value: str, at: int) -> bool:
        """Do the words from here on take back what stands before them: 국비 없이, 투입하지 않기로?"""
        return any(cue.value == value and cue.pattern.match(self.line[at : at + _FAR]) for cue in self.cues.of_field("denied"))

    def near(self, cue: Cue, start: int, end: int) -> Span | None:
        """Where a rule stands between two places of the line."""
        hit = cue.pattern.search(self.line, start, end)
        return self.span(hit.start(), hit.end()) if hit else None

    def told(self, field: str, start: int, end: int) -> Span | None:
        """Where the first rule of *field* stands between two places of the line, whatever its value."""
        return next((span for cue in self.cues.of_field(field) if (span := self.near(cue, start, end))), None)


Scenes = Mapping[int, Scene]
"""The lines of a text by number."""


def said(cue: Cue, span: Span) -> Read:
    """The value of a rule with the words that gave it."""
    return Read(cue.value, (span,))

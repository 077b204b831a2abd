"""What the reader hands over: proposals, each value with the words it rests on. Nothing here is decided."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from budgets.amounts import Amount
from budgets.reader.places import Article, Span

UNKNOWN = "unknown"
Kind = Literal["budget", "target", "milestone"]


class Read(NamedTuple):
    """A value and the characters of the text it rests on. ``unknown`` rests on none: the text does not say."""

    value: str
    words: tuple[Span, ...] = ()


NOT_SAID = Read(UNKNOWN)
EMPTY = Read("")


class Supposed(NamedTuple):
    """What the text does not say and a reader may suppose from *words*, by a rule with its *reason*."""

    value: str
    words: tuple[Span, ...]
    reason: str


@dataclass(frozen=True)
class LeftOut:
    """A number that was seen and is no figure, with the reason (a key of ``words/reader.toml``)."""

    token: Span
    reason: str


@dataclass(frozen=True)
class Token:
    """A printed amount or count, with its hedge words; ``occurrence`` tells identical tokens of one line apart."""

    span: Span
    amount: Amount
    hedge: str
    occurrence: int = 1
    unit: str = ""
    """of the table that a bare number stands in (백만원)"""

    @property
    def money(self) -> bool:
        return self.amount.unit == "KRW"


@dataclass(frozen=True)
class Against:
    """How a proposal stands to a figure already transcribed."""

    relation: Literal["repeats", "contradicts"]
    figure_id: str
    source_id: str
    as_printed: str
    programme_id: str


@dataclass(frozen=True)
class Proposal:
    """One figure or event as the text gives it. ``fields`` holds the columns of the contract, by name."""

    number: int
    kind: Kind
    span: Span
    paragraph: int
    occurrence: int
    fields: dict[str, Read]
    token: Token | None = None
    part_of: int | None = None
    repeats: int | None = None
    known: tuple[Against, ...] = ()
    similar: tuple[str, ...] = ()
    """Programmes on file whose names hold this name, or are held by it, where none is surely meant."""
    supposed: dict[str, Supposed] = field(default_factory=dict)
    """By column: ``funding``, ``period`` (a year). A count has no funder of its own: there it is its programme's."""

    def value(self, name: str) -> str:
        """What the text says, ``unknown`` where it does not."""
        return self.fields[name].value if name in self.fields else ""

    @property
    def proposed(self) -> dict[str, str]:
        """All columns, with what is supposed in those that the text leaves open."""
        columns = {name: read.value for name, read in self.fields.items()}
        if "funding" in self.supposed:
            columns["funding"] = self.supposed["funding"].value
        if "period" in self.supposed:
            year = self.supposed["period"].value
            columns |= {"period_kind": "fiscal_year", "period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
        return columns

    @property
    def as_printed(self) -> str:
        """The token; a cell of a table with the unit printed above it, as one would copy it."""
        return self.span.text + (self.token.unit if self.token else "")

    @property
    def locator(self) -> str:
        many = f", occurrence {self.occurrence}" if self.occurrence > 1 else ""
        return f"paragraph {self.paragraph}, line {self.span.line}{many}"


@dataclass(frozen=True)
class Sum:
    """Printed parts against their printed whole: ``fits`` where both intervals meet."""

    whole: int
    parts: tuple[int, ...]
    printed: int | None
    added: int | None
    fits: bool


@dataclass(frozen=True)
class Published:
    """The day of publication and the words that give it; ``given`` is a day that the caller named."""

    day: date | None
    words: tuple[Span, ...] = ()
    basis: Literal["printed", "given", "unknown"] = "unknown"


@dataclass(frozen=True)
class Reading:
    """One article, read."""

    article: Article
    published: Published
    proposals: tuple[Proposal, ...]
    publisher: Read = NOT_SAID
    left_out: tuple[LeftOut, ...] = ()
    sums: tuple[Sum, ...] = ()
    warnings: tuple[str, ...] = field(default=())

"""The rules that are data: cue words (``data/rulings/reader_cues.csv``), what they say, where they must stand, and why.

A cue is a regular expression over the text. *side* says where it stands to the figure it speaks of: ``label`` right
before it (국비 50억), ``after`` behind it in the sentence (…을 편성했다), ``near`` anywhere in its clause, ``line``
anywhere in the line, ``token`` around the figure itself, written ``⟦…⟧`` in the pattern.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from budgets.errors import ContractError, Fault
from budgets.sources.cues import COLUMNS as COLUMNS
from budgets.sources.cues import unusable


@dataclass(frozen=True)
class Cue:
    """One rule: where *cue* is found at its *side*, *field* is *value* (for figures of the kind *needs*, if given)."""

    field: str
    value: str
    cue: str
    side: str
    needs: str
    reason: str
    example: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.cue)

    @cached_property
    def at_end(self) -> re.Pattern[str]:
        """The rule right before a place, blanks aside."""
        return re.compile(rf"(?:{self.cue})\s*$")


@dataclass(frozen=True)
class Cues:
    """All rules, by field and in the order of the file."""

    rows: tuple[Cue, ...]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> "Cues":
        """The rules of a table of text. Raises `ContractError`, a `DataError`, for patterns and sides that cannot be."""
        cues = tuple(Cue(**{column: row[column] for column in COLUMNS}) for row in rows)
        if faults := [
            Fault("rulings/reader_cues.csv", line, "cue", cue.cue, "reader.unusable", {"why": why})
            for line, cue in enumerate(cues, 2)
            if (why := unusable(cue.cue, cue.side))
        ]:
            raise ContractError(faults)
        return cls(cues)

    @cached_property
    def _by_field(self) -> dict[str, list[Cue]]:
        found: dict[str, list[Cue]] = {}
        for cue in self.rows:
            found.setdefault(cue.field, []).append(cue)
        return found

    def of_field(self, field: str) -> list[Cue]:
        return self._by_field.get(field, [])

    def patterns(self, field: str, value: str | None = None) -> str:
        """All cues of a field as one alternative; matches nothing where there is none."""
        return "|".join(f"(?:{c.cue})" for c in self.of_field(field) if value in (None, c.value)) or r"(?!)"

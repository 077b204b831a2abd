"""Readings of a few words, for the tests of the reader: of an article published on 4 March 2025."""

from budgets.checkout import default_data
from budgets.reader import Cues, Gazetteer, Proposal, read
from budgets.reader.cues import COLUMNS
from budgets.sources.articles import rows

Rules = tuple[Cues, Gazetteer]


def read_rules() -> Rules:
    """The rules and governments of the project's own data."""
    data = default_data()
    return Cues.of(rows(data / "rulings" / "reader_cues.csv", COLUMNS)), Gazetteer.of(rows(data / "raw" / "reference" / "governments.csv"))


def proposals(text: str, rules: Rules) -> list[Proposal]:
    return list(read(f"입력 2025-03-04\n{text}", *rules).proposals)


def figures(text: str, rules: Rules) -> dict[str, Proposal]:
    """The amounts and counts, by print."""
    return {p.as_printed: p for p in proposals(text, rules) if p.token}

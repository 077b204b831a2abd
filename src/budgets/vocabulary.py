"""The closed vocabularies: which codes a column may hold, and what each is called.

The terms themselves stand in ``words/vocabulary.toml``; here they are read, in order, as tuples of codes.
"""

from functools import cache

from budgets.words import entries, text


def codes(vocabulary: str) -> tuple[str, ...]:
    """The codes of one vocabulary, in the order readers see.

    >>> codes("target_phase")
    ('target', 'actual')
    """
    prefix = f"{vocabulary}."
    return tuple(key.removeprefix(prefix) for key in entries("vocabulary") if key.startswith(prefix))


@cache
def label(vocabulary: str, code: str, language: str = "ko") -> str:
    """What a reader calls *code*.

    >>> label("funding", "national"), label("funding", "national", "en")
    ('국비', 'national')
    """
    return text(f"{vocabulary}.{code}", language)


NATURES = codes("nature")
PERIOD_KINDS = codes("period_kind")
PHASES = codes("phase")
FUNDINGS = codes("funding")
SCOPES = codes("scope")
COVERAGES = codes("coverage")
LEVELS = codes("level")
MONEY_UNITS = codes("money_unit")
TARGET_PHASES = codes("target_phase")
EXTENTS = codes("extent")
MILESTONE_PRECISIONS = codes("milestone_precision")
MILESTONE_STATES = codes("milestone_state")
RULINGS = codes("ruling")
DENOMINATORS = codes("denominator")
STAGES = codes("stage")
ACCOUNTS = codes("accounts")
NETTINGS = codes("netting")
CHECKED = codes("checked")
RELIABILITIES = codes("reliability")
SOURCE_KINDS = codes("source_kind")
DATE_PRECISIONS = codes("date_precision")
DATE_BASES = codes("date_basis")

FOUR = ("seoul", "incheon", "gwangju", "gyeonggi")
"""The four governments of the question, in the official order."""

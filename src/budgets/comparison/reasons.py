"""The closed list of reasons why a figure may be set aside."""

REASONS = (
    "other government",
    "other level",
    "other year",
    "other period kind",
    "other envelope years",
    "period unknown",
    "other phase",
    "other scope",
    "scope not ruled",
    "other funding",
    "other coverage",
    "other snapshot",
    "not a budget",
    "rate, not total",
    "target, not actual",
    "other indicator",
    "other extent",
    "part of",
    "same as",
    "superseded by",
    "unsourced",
    "not comparable",
)
"""Why a figure may be set aside, in the order in which the reasons are tried."""

GROWING = ("paid", "adjusted")
"""The phases whose amounts grow to a date."""
RULED_OUT = {"part of", "same as", "superseded by", "unsourced", "not comparable"}
"""The reasons that are rulings: the figure does stand on the basis, and is kept out all the same."""

"""The table of rules by which articles are read (``reader_cues.csv``): can its rules be used? What they say, `reader` knows."""

import re
from pathlib import Path

from budgets.errors import ContractError, Fault

COLUMNS = ("field", "value", "cue", "side", "needs", "reason", "example")
SIDES = ("label", "after", "near", "line", "token")


def unusable(cue: str, side: str) -> str:
    """Why a pattern cannot be looked for at its side; empty where it can.

    >>> unusable("(썼", "after"), unusable("썼", "after"), unusable("썼", "behind")
    ('missing ), unterminated subpattern at position 0', '', 'side: behind')
    """
    try:
        re.compile(cue)
    except re.error as error:
        return str(error)
    return "" if side in SIDES else f"side: {side}"


def cue_faults(path: Path) -> list[Fault]:
    """Everything that is wrong in the table of *path*; nothing where there is none. Raises `DataError` for what is no table."""
    from budgets.rows import each  # table libraries, which reading an article does without
    from budgets.sources.transcripts import read_table

    if not path.exists():
        return []
    try:
        rows = each(read_table(path, COLUMNS, shown_as=f"{path.parent.name}/{path.name}"))
    except ContractError as error:
        return error.faults
    return [Fault(row["_file"], row["_line"], "cue", row["cue"], "reader.unusable", {"why": why}) for row in rows if (why := unusable(row["cue"], row["side"]))]

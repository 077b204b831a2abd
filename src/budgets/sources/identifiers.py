"""What new figures, programmes and sources are called: readable, of small letters, and like nothing on file."""

import re
from collections.abc import Collection
from itertools import count


def slug(text: str) -> str:
    """Letters and digits of the Latin alphabet, with a stroke for whatever stands between them; empty where there are none.

    >>> slug("Nuri AI school (2025)"), slug("기사 하나")
    ('nuri-ai-school-2025', '')
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def free(stem: str, taken: Collection[str]) -> str:
    """The stem, or with the first number that makes it none of those *taken*.

    >>> free("garam-site", {"garam-site", "garam-site-2"})
    'garam-site-3'
    """
    return next(name for n in count(1) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)

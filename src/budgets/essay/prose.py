"""A piece of text that a notebook shows as Markdown."""

from collections.abc import Sequence


class Prose(str):
    """Text, shown as Markdown by a notebook and by a page."""

    def _repr_markdown_(self) -> str:
        return str(self)


def listed(names: Sequence[str], language: str = "ko") -> str:
    """Names in a row, as the language joins them.

    >>> listed(["서울", "인천"]), listed(["Seoul", "Incheon", "Gwangju"], "en")
    ('서울·인천', 'Seoul, Incheon and Gwangju')
    """
    if language == "ko" or len(names) < 2:
        return "·".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def escaped(words: str) -> str:
    """Words of a source inside our Markdown: nothing in them becomes markup."""
    return "".join(f"\\{c}" if c in r"\`*_[]<>|~" else c for c in words)

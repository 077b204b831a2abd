"""A piece of text that a notebook shows as Markdown."""


class Prose(str):
    """Text, shown as Markdown by a notebook and by a page."""

    def _repr_markdown_(self) -> str:
        return str(self)


def escaped(words: str) -> str:
    """Words of a source inside our Markdown: nothing in them becomes markup."""
    return "".join(f"\\{c}" if c in r"\`*_[]<>|~" else c for c in words)

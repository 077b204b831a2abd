"""A piece of text that a notebook shows as Markdown."""

from collections.abc import Sequence


class Prose(str):
    """Text, shown as Markdown by a notebook and by a page."""

    def _repr_markdown_(self) -> str:
        return str(self)


def answered(sentences: Sequence[str]) -> Prose:
    """The opening of a report: the sentences in bold are the answer, every other one a point under it.

    >>> answered(["**서울만 발표했다.**", "빈칸은 0원이 아니다.", ""])
    '**서울만 발표했다.**\\n\\n- 빈칸은 0원이 아니다.'
    """
    said = [sentence for sentence in sentences if sentence]
    points = [f"- {sentence}" for sentence in said if not sentence.startswith("**")]
    answer = " ".join(sentence for sentence in said if sentence.startswith("**"))
    return Prose("\n\n".join(part for part in (answer, "\n".join(points)) if part))


def escaped(words: str) -> str:
    """Words of a source inside our Markdown: nothing in them becomes markup."""
    return "".join(f"\\{c}" if c in r"\`*_[]<>|~" else c for c in words)

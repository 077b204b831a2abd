"""``GLOSSARY.md``, printed from the words: one word per idea, then the closed vocabularies and the reasons.

Written anew with ``python -m budgets.glossary > GLOSSARY.md`` when a word changes; a test holds the file equal.
"""

import sys
from collections.abc import Iterable, Sequence

from budgets.words import entries, text

INTRODUCTION = """\
# Glossary | 용어

One word per idea, the same in code, data and prose. Printed by `python -m budgets.glossary` from
`src/budgets/words/glossary.toml` and `src/budgets/words/vocabulary.toml`; do not edit by hand.

한 뜻에 한 낱말만 쓰며, 코드와 자료와 글에서 모두 같습니다. 낱말을 바꾸려면 위 두 파일을 고친 뒤 다시 찍어 냅니다.
"""
TERM_HEADS = ("word", "한국어", "means", "뜻", "not", "아닌 것")
CODE_HEADS = ("code", "English", "한국어", "means", "뜻")


def glossary() -> str:
    """The whole of ``GLOSSARY.md``, as text."""
    terms = [_row(entry, "en", "ko", "means_en", "means_ko", "not_en", "not_ko") for _, entry in _under("glossary", "term")]
    reasons = [(str(n), entry["en"], entry["ko"]) for n, (_, entry) in enumerate(_under("comparison", "reason"), 1)]
    parts = [INTRODUCTION, "## Words | 낱말\n", _table(TERM_HEADS, terms)]
    parts += [
        "## Codes of the tables | 자료표의 코드\n",
        "The order is the order readers see. | 순서는 독자가 보는 순서입니다.\n",
    ]
    for vocabulary in vocabularies():
        codes = [(f"`{code}`", *_row(entry, "en", "ko", "means_en", "means_ko")) for code, entry in _under("vocabulary", vocabulary)]
        name = f"workbook.vocabulary.{vocabulary}"
        parts += [f"### {vocabulary}: {text(name, 'en')} | {text(name)}\n", _table(CODE_HEADS, codes)]
    parts += [
        "## Why a figure is set aside | 제외 사유\n",
        "Tried in this order; the first that applies is given. | 이 순서로 살펴 처음 걸리는 사유를 적습니다.\n",
        _table(("", "reason", "사유"), reasons),
    ]
    return "\n".join(parts)


def vocabularies() -> tuple[str, ...]:
    """The names of the closed vocabularies, in the order of their file.

    >>> vocabularies()[:3]
    ('nature', 'period_kind', 'phase')
    """
    return tuple(dict.fromkeys(key.partition(".")[0] for key in entries("vocabulary")))


def _under(file: str, prefix: str) -> list[tuple[str, dict[str, str]]]:
    """(code, texts) of every key of a word file below *prefix*."""
    return [(key.partition(".")[2], entry) for key, entry in entries(file).items() if key.partition(".")[0] == prefix]


def _row(entry: dict[str, str], *columns: str) -> tuple[str, ...]:
    return tuple(entry.get(column, "") for column in columns)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(glossary())

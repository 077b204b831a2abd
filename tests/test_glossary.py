"""GLOSSARY.md is what the words print, and holds every word, code and reason in both languages."""

import re
from pathlib import Path

import pytest

from budgets import vocabulary as v
from budgets.comparison import REASONS
from budgets.glossary import glossary, vocabularies
from budgets.words import entries

ROOT = Path(__file__).parents[1]
HANGUL = re.compile("[가-힣]")


def rows(text: str) -> list[list[str]]:
    """The cells of all table rows."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")]


def test_the_file_is_what_the_words_print() -> None:
    assert (ROOT / "GLOSSARY.md").read_text(encoding="utf-8") == glossary(), "run: python -m budgets.glossary > GLOSSARY.md"


@pytest.mark.parametrize("word", ["figure", "programme", "government", "nature", "phase", "funding", "scope", "coverage", "envelope", "extent"])
def test_the_words_of_the_project_are_there(word: str) -> None:
    assert [row for row in rows(glossary()) if row[0] == word and len(row) == 6]


@pytest.mark.parametrize(("key", "entry"), entries("glossary").items())
def test_every_word_has_a_meaning_in_both_languages(key: str, entry: dict[str, str]) -> None:
    assert set(entry) == {"ko", "en", "means_ko", "means_en", "not_ko", "not_en"}
    assert bool(entry["not_ko"]) == bool(entry["not_en"])
    assert HANGUL.search(entry["ko"]) and HANGUL.search(entry["means_ko"])
    assert entry["en"].isascii()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_word_stands_for_two_ideas(language: str) -> None:
    words = [entry[language] for entry in entries("glossary").values()]
    assert len(words) == len(set(words))


def test_every_code_is_there_once_below_its_vocabulary() -> None:
    sections = re.split(r"^### (\w+): .*$", glossary().partition("\n## Why")[0], flags=re.MULTILINE)[1:]
    printed = {name: [row[0].strip("`") for row in rows(body)[2:]] for name, body in zip(sections[::2], sections[1::2], strict=True)}
    assert printed == {name: list(v.codes(name)) for name in vocabularies()}


def test_the_reasons_are_those_of_the_comparison_in_their_order() -> None:
    printed = rows(glossary().partition("## Why a figure")[2])[2:]
    assert [row[1] for row in printed] == list(REASONS)


def test_all_rows_of_a_table_have_its_columns() -> None:
    for table in re.split(r"\n\n+", glossary()):
        lengths = {line.count("|") for line in table.splitlines() if line.startswith("| ")}
        assert len(lengths) <= 1, table[:200]

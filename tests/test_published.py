"""The day an article was published, as sites, papers and press offices print it (`cases/heads.csv`; ``\\n`` is a new line)."""

import csv
from datetime import date
from pathlib import Path

import pytest

from budgets.reader import read
from readings import Rules

with (Path(__file__).parent / "cases" / "heads.csv").open(encoding="utf-8", newline="") as file:
    HEADS = [(row["head"].replace("\\n", "\n"), row["published"]) for row in csv.DictReader(file)]
TEXT = "인천시는 올해 AI 사업에 40억 원을 투입한다고 밝혔다."


@pytest.mark.parametrize(("head", "day"), HEADS)
def test_the_day_is_found_in_the_head(head: str, day: str, rules: Rules) -> None:
    reading = read(f"{head}\n{TEXT}", *rules)
    assert str(reading.published.day or "") == day
    assert reading.published.basis == ("printed" if day else "unknown")
    assert [p.value("period_start") for p in reading.proposals] == [f"{day[:4]}-01-01" if day else ""]


@pytest.mark.parametrize(("foot", "day"), [("2025. 3. 4.\n인천광역시장", date(2025, 3, 4)), ("2025.03.04 10:21", None), ("2025. 3. 4. 개소한다.", None)])
def test_a_day_alone_at_the_foot_is_that_of_a_speech(foot: str, day: date | None, rules: Rules) -> None:
    lines = "\n\n".join([TEXT] * 20)
    assert read(f"신년사\n{lines}\n{foot}", *rules).published.day == day

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


@pytest.mark.parametrize(
    "line",
    [
        "인천시는 2023년 1월 1일자 조직개편으로 인공지능국을 만들었고 올해 10억 원을 쓴다고 4일 밝혔다.",
        "한빛일보 2022년 5월 1일자 3면 보도에 대해 시는 올해 10억 원을 쓴다고 해명했다.",
        "○ 결과 발표일: 2026. 1. 30.",
        "시민에게 무료로 제공(2026. 1. 1.)하는 서비스에 올해 10억 원을 쓴다고 밝혔다.",
        "○ 방송일: 2026. 9. 1.",
        "2022년 12월 31일 이후 보도 자료에서 시는 올해 10억 원을 쓴다고 여러 번 밝혔다.",
        "시는 누리집에 게시(2024. 12. 1.)한 사업계획 승인 2023. 5. 1. 뒤로 10억 원을 썼다고 밝혔다.",
    ],
)
def test_a_day_in_the_text_does_not_take_the_place_of_the_one_at_the_head(line: str, rules: Rules) -> None:
    assert str(read(f"인천시, AI 투자\n2025.03.04 10:21\n{line}", *rules).published.day) == "2025-03-04"

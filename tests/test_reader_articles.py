"""The reader on made-up articles whose truth is marked in place: found, false, and the share right of every field."""

import shutil
import subprocess
from pathlib import Path

import pytest

from annotated import Count, count, load
from budgets.reader import read
from budgets.sources.articles import read_article
from readings import Rules, figures

ARTICLES = Path(__file__).parent / "articles"
TEXTS = sorted(ARTICLES.rglob("*/*.txt"))
WRONG = frozenset((ARTICLES / "wrong.txt").read_text(encoding="utf-8").splitlines())
"""What is still read otherwise than its mark says, each miss, false proposal and field; the reasons of most stand in ``docs/reader.md``."""


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_an_article_is_read_as_its_marks_say(path: Path, rules: Rules) -> None:
    article, total = load(path), Count()
    reading = read(article.text, *rules)
    count(article, reading, total)
    assert reading.published.day == article.published
    assert set(total.remarks) == {line for line in WRONG if line.split()[0] == article.name}


def test_what_is_wrong_is_of_an_article() -> None:
    assert {line.split()[0] for line in WRONG} <= {path.stem for path in TEXTS}
    assert len({path.stem for path in TEXTS}) == len(TEXTS)


def test_every_mark_is_a_print_of_its_line() -> None:
    found = [(article, e) for path in TEXTS for article in [load(path)] for e in article.expected]
    assert len(found) > 300
    for article, e in found:
        assert article.text.split("\n")[e.line - 1][e.start : e.start + len(e.text)] == e.text and e.text.strip() == e.text


# ---- what the sentence itself does not say ----


def test_a_budget_article_gives_its_items_year_and_phase(rules: Rules) -> None:
    found = figures(
        "부산시가 내년도 예산안 9000억 원을 의회에 냈다고 4일 밝혔다.\n인공지능에는 40억 원을 배정했다. 올해는 30억 원을 썼다.\n한편 옆 도시는 도로에 70억 원을 들인다.",
        rules,
    )
    assert {t: (p.value("period_start")[:4], p.value("phase")) for t, p in found.items()} == {
        "9000억 원": ("2026", "proposed"), "40억 원": ("2026", "proposed"), "30억 원": ("2025", "paid"), "70억 원": ("", "announced"),
    }  # fmt: skip
    assert [span.text for span in found["40억 원"].fields["phase"].words] == ["내년도 예산안"]


def test_an_overview_gives_its_period_to_the_items_beside_it(rules: Rules) -> None:
    found = figures("□ 사업개요\n ○ 사업비: 32억 원(국비 16억 원, 시비 16억 원)\n ○ 사업기간: 2025. 3. ~ 2027. 12.\n □ 기타\n ○ 운영비: 5억 원", rules)
    assert (found["32억 원"].value("period_start"), found["32억 원"].value("period_end")) == ("2025-03-01", "2027-12-31")
    assert found["16억 원"].value("period_end") == "2027-12-31"
    assert found["5억 원"].value("period_kind") == "unknown"


def test_a_count_of_a_period_that_is_over_was_reached(rules: Rules) -> None:
    found = figures("□ 사업개요\n ○ 사업기간: 2024. 3. ~ 2024. 12.\n ○ 교육생: 240명\n□ 추진계획\n ○ 사업기간: 2025. 3. ~ 2025. 12.\n ○ 교육생: 300명", rules)
    assert [(p.value("period_start")[:4], p.value("phase")) for p in found.values()] == [("2024", "actual"), ("2025", "unknown")]


def test_an_item_may_have_blanks_for_a_name(rules: Rules) -> None:
    assert figures("-      : 3억 원", rules)["3억 원"].value("programme_as_printed") == "unknown"


def test_nothing_is_carried_without_a_word_for_it(rules: Rules) -> None:
    text = "부산시는 올해 인공지능 사업에 40억 원을 편성했다. {}로봇 거점에 10억 원을 쓴다."
    assert figures(text.format("이 가운데 "), rules)["10억 원"].value("period_start") == "2025-01-01"
    assert figures(text.format(""), rules)["10억 원"].value("period_kind") == "unknown"


def test_a_table_under_its_unit_is_read(rules: Rules) -> None:
    found = figures(
        "주요 사업 (단위: 백만원)\n사업명 | 2024년 | 2025년(안) | 증감\n가람 데이터 거점 | 4,200 | 9,800 | 5,600\n누리 실습실 | 800 | 1,200 | 400\n계 | 5,000 | 11,000 | 6,000",
        rules,
    )
    assert set(found) == {"4,200백만원", "9,800백만원", "800백만원", "1,200백만원", "5,000백만원", "11,000백만원"}
    new = found["9,800백만원"]
    assert new.token is not None and new.token.amount.printed == 9_800_000_000
    assert [new.value(c) for c in ("programme_as_printed", "period_start", "phase", "nature")] == ["가람 데이터 거점", "2025-01-01", "proposed", "budget"]
    assert new.part_of == found["11,000백만원"].number


def test_a_page_names_the_government_it_means(rules: Rules) -> None:
    found = figures(
        "경기도 광주시가 쉼터를 연다고 밝혔다. 광주시는 시비 7억 원을 들인다.\n행정안전부는 90억 원을 지원한다. 시는 도비 3억 원도 확보했다.", rules
    )
    assert {t: p.value("government") for t, p in found.items()} == {"7억 원": "gyeonggi-gwangju", "90억 원": "national", "3억 원": "gyeonggi-gwangju"}
    assert found["7억 원"].value("funding") == "municipal"


@pytest.mark.browser
@pytest.mark.parametrize("name", ["tuned/07-jeju-table", "second/06-wonju-table-docx-like"])
def test_a_printed_page_gives_the_same_figures(name: str, rules: Rules, tmp_path: Path) -> None:
    """Two narrow columns, words broken at their edges, a real Korean font: what Chromium prints is read like the text."""
    article = load(ARTICLES / f"{name}.txt")
    lines = [
        f"<tr>{''.join(f'<td>{cell.strip()}</td>' for cell in line.strip(' |').split('|'))}</tr>" if "|" in line else f"<p>{line}</p>"
        for line in article.text.split("\n")
    ]
    body = "\n".join(lines).replace("</p>\n<tr>", "</p><table><tr>").replace("</tr>\n<p>", "</tr></table><p>")
    page, printed = tmp_path / "a.html", tmp_path / "a.pdf"
    page.write_text(f"<meta charset=utf-8><style>body{{columns:2;font-family:sans-serif}}</style>{body}", encoding="utf-8")
    chromium = shutil.which("chromium")
    assert chromium
    subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={printed}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=60,
    )
    reading = read(read_article(printed).text, *rules)
    said = sorted("".join(p.span.text.split()) for p in reading.proposals if p.kind != "milestone")
    assert said == sorted("".join(e.text.split()) for e in article.expected if e.kind != "milestone")
    assert reading.published.day == article.published


def test_years_that_a_programme_takes_are_those_of_its_total(rules: Rules) -> None:
    found = figures(
        "한빛도 춘천시는 ‘AI 물길 사업’ 공모에 선정돼 국비 14억 원을 확보했다. 사업은 올해부터 2027년까지 진행된다. 또 ‘드론 길 사업’에는 3억 원을 쓴다.", rules
    )
    assert [(p.value("period_start")[:4], p.value("period_end")[:4]) for p in found.values()] == [("2025", "2027"), ("", "")]


@pytest.mark.parametrize(
    ("who", "funding"), [("대구 수성구는", "provincial"), ("부산시는", "provincial"), ("김해시는", "municipal"), ("충남도는", "municipal")]
)
def test_the_money_of_a_city_is_that_of_the_city_the_text_speaks_of(who: str, funding: str, rules: Rules) -> None:
    assert figures(f"{who} 올해 시비 5억 원을 들인다.", rules)["5억 원"].value("funding") == funding


def test_shares_of_an_amount_make_it_mixed_and_take_its_phase(rules: Rules) -> None:
    found = figures("부산시는 내년 예산안에 31억 원을 편성했다. 내년분 31억 원 가운데 국비가 20억 원, 시비가 11억 원이다.", rules)
    assert [(found[t].value("funding"), found[t].value("phase"), found[t].part_of) for t in ("20억 원", "11억 원")] == [
        ("national", "proposed", 2),
        ("provincial", "proposed", 2),
    ]


def test_the_day_of_a_paper_may_stand_before_its_embargo_or_its_counters(rules: Rules) -> None:
    for head in ("2025. 3. 4.(화) 조간부터 보도 가능", "2025.03.04 16:05 | 최종수정 2025.03.05 09:12 | 댓글 12"):
        assert str(read(f"{head}\n부산시는 올해 3억 원을 쓴다.", *rules).published.day) == "2025-03-04"


@pytest.mark.parametrize(("last", "fits"), [("3억 원", True), ("9억 원", False)])
def test_items_in_the_lines_below_are_parts_only_where_they_add_up(last: str, fits: bool, rules: Rules) -> None:
    found = figures(f"부산시는 올해 AI 사업에 13억 원을 편성했다.\n✅ 물길 지도 – 10억 원\n✅ 바람 지도 – {last}", rules)
    assert [(p.part_of, p.value("period_start")[:4], p.value("phase"), p.value("programme_as_printed")) for p in list(found.values())[1:]] == [
        (1 if fits else None, "2025" if fits else "", "approved" if fits else "unknown", name) for name in ("물길 지도", "바람 지도")
    ]  # fmt: skip

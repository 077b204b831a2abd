"""What printed pages give, as three programs leave it: blanks of fonts, broken words, headers, rows of tables."""

import pytest

from budgets.sources.printed import paragraphs, respaced, without_running

EDGE = " "


def test_blanks_kept_at_the_edge_tell_broken_words_from_whole_ones() -> None:
    """As LibreOffice prints: a blank before every counter, and one at the end of a line only where there is one."""
    page = f"""한빛시 새 소식
시는 올해 인공지능 실증 사업에 국비 140 억 원을 투입해 중소 기업 사십여
곳을 돕는다고 12 일 밝혔다. 사업은 올해부터 2027 년까지 차례로 진
행되며 도비 60 억 원이 더해져 모두 200 억 원이 든다고 시는 밝혔고{EDGE}
담당 부서는 CCTV 는 빼기로 했다.
문의 031-000-0000"""
    assert paragraphs([page]).split("\n") == [
        "한빛시 새 소식",
        "시는 올해 인공지능 실증 사업에 국비 140억 원을 투입해 중소 기업 사십여곳을 돕는다고 12일 밝혔다. 사업은 올해부터 2027년까지 차례로 진행되며 도비 60억 원이 더해져 모두 200억 원이 든다고 시는 밝혔고 담당 부서는 CCTV는 빼기로 했다.",
        "문의 031-000-0000",
    ]


def test_a_sign_for_a_blank_is_a_blank() -> None:
    assert paragraphs(["올해\x0140억\x01원"]) == "올해 40억 원"


def test_a_word_that_the_edge_broke_is_known_by_its_whole_elsewhere() -> None:
    text = "한빛연구원이 문을 연 것은 올해 봄이며 시민 누구나 와서 쓸 수 있다. 다음은 한빛연\n구원이 낸 보고서의 첫머리이며 도시의 앞날을 이렇게 그리고 있다는 것이다"
    assert "한빛연구원이 낸" in paragraphs([text])


@pytest.mark.parametrize("line", ["입력 2025-08-05 16:12", "2025. 9. 3.(수) 조간부터 보도 가능", "2024.11.27 ( 수 ) 20:15"])
def test_a_day_is_a_line_of_its_own(line: str) -> None:
    head, rest = (
        "한빛시가 인공지능 실증 도시로 뽑혀 세 해 동안 나라의 도움을 받게 됐다는 소식",
        "한빛시는 인공지능 실증 도시 공모에 뽑혔다고 밝혔고 시장은 반가운 일이라고 말했다",
    )
    assert paragraphs([f"{head}\n{line}\n{rest}"]).split("\n") == [head, line, rest]


def test_rows_whose_name_took_several_lines_are_rows() -> None:
    page = "(단위: 백만원)\n사업명 2025년 2026년 증감\n한빛 AI 데이터\n센터 구축\n4,200 9,800 5,600\n누리집 고치기 1,020 1,240 220\n스마트 관광 길\n3,150 3,000 △150\n끝으로 한 마디"
    assert paragraphs([page]).split("\n")[2:] == [
        "한빛 AI 데이터 센터 구축 4,200 9,800 5,600",
        "누리집 고치기 1,020 1,240 220",
        "스마트 관광 길 3,150 3,000 △150",
        "끝으로 한 마디",
    ]


def test_headers_footers_and_numbers_of_pages_are_no_text() -> None:
    texts = [["봄이 온다.", "꽃이 핀다."], ["여름은 덥다.", "비가 온다."], ["가을이다.", "잎이 진다."]]
    assert without_running([["보도자료 3-1", *lines, f"- {n} -"] for n, lines in enumerate(texts, 1)]) == texts
    assert without_running([["보도자료", "글"]]) == [["보도자료", "글"]], "one page has no running lines"


def test_text_without_blanks_of_fonts_is_left_alone() -> None:
    assert respaced("올해 40억 원, 2025 한빛 축제에 3 명") == "올해 40억 원, 2025 한빛 축제에 3 명"

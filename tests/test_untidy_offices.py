"""Tables as offices of local governments make them: each read as written, or asked about at the right cell.

A case is what stands in the cells, how each amount must be read, and which questions must be asked.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from budgets.intake.checking import check_file
from budgets.sources.workbooks.police import suspicions
from budgets.sources.workbooks.understanding import understood
from test_untidy import Rows, keys, ledgers, mapping, saved
from workspace import Workspace

Reading = tuple[str, int | tuple[int, int] | None, str, str, int | float]
"""Label, year or years, phase, whose money, and the amount in won."""
M, H, K = 1_000_000, 100_000_000, 1_000


@dataclass(frozen=True)
class Case:
    rows: Rows = field(hash=False)
    read: dict[str, Reading] = field(default_factory=dict, hash=False)
    """By cell; every amount that is no total."""
    asked: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    answers: str = ""


CASES: dict[str, Case] = {
    "a budget book: departments, programmes and whose money in one column": Case(
        [["2025년도 본예산 세출예산사업명세서"], ["부서: 인공지능과", "", "", "", "(단위: 천원)"], ["부서·정책·단위(회계)·세부사업", "예산액", "전년도예산액", "비교증감", ""], ["", "", "", "증감액", "증감률(%)"],
         ["AI 산업 육성", "1,200,000", "1,000,000", "200,000", "20.0"], ["  국비", "600,000", "500,000", "100,000", "20.0"], ["  시비", "600,000", "500,000", "100,000", "20.0"]],
        {"B5": ("AI 산업 육성", 2025, "approved", "mixed", 1_200_000 * K), "B6": ("AI 산업 육성", 2025, "approved", "national", 600_000 * K), "B7": ("AI 산업 육성", 2025, "approved", "own", 600_000 * K),
         "C5": ("AI 산업 육성", 2024, "", "mixed", 1_000_000 * K), "C6": ("AI 산업 육성", 2024, "", "national", 500_000 * K), "C7": ("AI 산업 육성", 2024, "", "own", 500_000 * K)},
        ("no_phase",), ("A3:A4", "B3:B4", "C3:C4", "D3:E3"),
    ),
    "the phase of the title is not that of 기정액, and 추경 is an increment or not": Case(
        [["2025년 제1회 추가경정예산"], ["(단위: 천원)"], ["사업명", "예산액", "기정액", "비교증감"], ["가", "1,200", "1,000", "200"]],
        {"B4": ("가", 2025, "supplementary", "", 1200 * K), "C4": ("가", 2025, "", "", 1000 * K)}, ("no_phase", "supplement"),
    ),
    "supplements as totals are kept apart": Case(
        [["(단위: 백만원)"], ["사업명", "2025년", "", "", ""], ["", "본예산", "1회 추경", "2회 추경", "예산현액"], ["가", 100, 120, 130, 130]],
        {"B4": ("가", 2025, "approved", "", 100 * M), "C4": ("가", 2025, "after", "", 120 * M), "D4": ("가", 2025, "after", "", 130 * M), "E4": ("가", 2025, "adjusted", "", 130 * M)},
        (), ("A2:A3", "B2:E2"), 'supplementary = "total"',
    ),
    "supplements that add up are increments": Case(
        [["(단위: 백만원)"], ["사업명", "2025년", "", "", ""], ["", "본예산", "1회 추경", "2회 추경", "예산현액"], ["가", 100, 20, 10, 130], ["나", 50, "△5", "-", 45]],
        {"B4": ("가", 2025, "approved", "", 100 * M), "C4": ("가", 2025, "supplementary", "", 20 * M), "D4": ("가", 2025, "supplementary", "", 10 * M), "E4": ("가", 2025, "adjusted", "", 130 * M),
         "B5": ("나", 2025, "approved", "", 50 * M), "C5": ("나", 2025, "supplementary", "", -5 * M), "E5": ("나", 2025, "adjusted", "", 45 * M)},
        (), ("A2:A3", "B2:E2"),
    ),
    "an envelope is no year, and what gathers years is not read": Case(
        [["2026년 주요사업 현황"], ["(단위: 백만원)"], ["사업명", "사업기간", "총사업비", "기투자(~2024)", "2025년 본예산", "2026년 예산(안)", "향후(2027년 이후)"], ["가", "2022~2028", 10000, 3000, 2000, 1500, 3500], ["나", "'24.3~'26.12", 900, 300, 300, 300, 0]],
        {"C4": ("가", (2022, 2028), "", "", 10000 * M), "E4": ("가", 2025, "approved", "", 2000 * M), "F4": ("가", 2026, "proposed", "", 1500 * M),
         "C5": ("나", (2024, 2026), "", "", 900 * M), "E5": ("나", 2025, "approved", "", 300 * M), "F5": ("나", 2026, "proposed", "", 300 * M)},
        ("no_phase",),
    ),
    "an envelope whose years nobody says": Case(
        [["2026년 계획 (단위: 억원)"], ["사업명", "총사업비", "2026년 예산안"], ["가", 100, 20]],
        {"B3": ("가", None, "", "", 100 * H), "C3": ("가", 2026, "proposed", "", 20 * H)}, ("no_period", "no_phase"),
    ),
    "a sum over years is none of them": Case(
        [["2026년 투자계획 (단위: 억원)"], ["사업명", "2024년 본예산", "2025년 본예산", "2026년 예산안", "계"], ["가", 10, 20, 30, 60]],
        {"B3": ("가", 2024, "approved", "", 10 * H), "C3": ("가", 2025, "approved", "", 20 * H), "D3": ("가", 2026, "proposed", "", 30 * H)},
    ),
    "gross and net beside each other": Case(
        [["2025년도 본예산 (단위: 억원)"], ["구분", "총계", "순계"], ["일반회계", 1000, 900]],
        {"B3": ("일반회계", 2025, "approved", "", 1000 * H), "C3": ("일반회계", 2025, "approved", "", 900 * H)}, ("netting",),
    ),
    "gross chosen": Case([["2025년도 본예산 (단위: 억원)"], ["구분", "총계", "순계"], ["일반회계", 1000, 900]], {"B3": ("일반회계", 2025, "approved", "", 1000 * H)}, (), (), 'netting = "gross"'),
    "two tables side by side": Case(
        [["2025년 본예산(단위: 천원)"], ["사업명", "예산액", "", "사업명", "예산액"], ["가", 10, "", "다", 30], ["나", 20, "", "라", 40]],
        {"B3": ("가", 2025, "approved", "", 10 * K), "B4": ("나", 2025, "approved", "", 20 * K), "E3": ("다", 2025, "approved", "", 30 * K), "E4": ("라", 2025, "approved", "", 40 * K)},
    ),
    "rows of fields above their programmes are totals": Case(
        [["2025년 본예산(단위: 천원)"], ["분야", "부문", "세부사업", "예산액"], ["총계", "", "", 30], ["산업", "", "", 20], ["", "기술", "", 20], ["", "", "가", 15], ["", "", "나", 5], ["복지", "", "", 10], ["", "", "다", 10]],
        {"D6": ("가", 2025, "approved", "", 15 * K), "D7": ("나", 2025, "approved", "", 5 * K), "D9": ("다", 2025, "approved", "", 10 * K)},
    ),
    "totals with bullets, counts and in brackets": Case(
        [["2025년 본예산(단위: 천원)"], ["사업명", "예산액"], ["□ 합계", 30], ["총 2건", 30], ["○ 가", 10], ["○ 나", 20], ["(전체)", 30]],
        {"B5": ("○ 가", 2025, "approved", "", 10 * K), "B6": ("○ 나", 2025, "approved", "", 20 * K)},
    ),
    "whose money in a column": Case(
        [["2025년 본예산(단위: 백만원)"], ["사업명", "재원", "예산액"], ["가", "국비", 50], ["가", "도비", 30]],
        {"C3": ("가", 2025, "approved", "national", 50 * M), "C4": ("가", 2025, "approved", "provincial", 30 * M)},
    ),
    "the heading over three fundings, and one unknown part": Case(
        [["2025년 본예산(단위: 백만원)"], ["사업명", "사업비", "", "", ""], ["", "계", "국비", "구비", "자부담"], ["가", 100, 50, 40, 10]],
        {"B4": ("가", 2025, "approved", "mixed", 100 * M), "C4": ("가", 2025, "approved", "national", 50 * M), "D4": ("가", 2025, "approved", "municipal", 40 * M)},
        ("unknown_column",), ("A2:A3", "B2:E2"),
    ),
    "two columns that nothing tells apart": Case(
        [["2025년 본예산(단위: 백만원)"], ["사업명", "인건비 예산", "운영비 예산"], ["가", 60, 40]],
        {"B3": ("가", 2025, "approved", "", 60 * M), "C3": ("가", 2025, "approved", "", 40 * M)}, ("alike",),
    ),
    "the column of another year has its own phase": Case(
        [["2025년 본예산 (단위: 백만원)"], ["사업명", "2025년", "2024년", "증감"], ["가", "100", "120", "(20)"]],
        {"B3": ("가", 2025, "approved", "", 100 * M), "C3": ("가", 2024, "", "", 120 * M)}, ("no_phase",),
    ),
    "in a table of settled accounts 예산액 is not settled": Case(
        [["2024년도 결산 (단위: 백만원)"], ["사업명", "예산액", "결산액", "불용액"], ["가", 100, 90, 10]],
        {"B3": ("가", 2024, "", "", 100 * M), "C3": ("가", 2024, "settled", "", 90 * M)}, ("no_phase",),
    ),
    "paid up to a day": Case(
        [["2025년 집행현황(2025. 9. 30. 기준, 단위: 백만원)"], ["사업명", "예산현액", "집행액", "집행률(%)", "집행잔액"], ["가", 100, 80, 80, 20]],
        {"B3": ("가", 2025, "adjusted", "", 100 * M), "C3": ("가", 2025, "paid", "", 80 * M)},
    ),
    "paid until when?": Case([["2025년 집행현황 (단위: 백만원)"], ["사업명", "지출액"], ["가", 80]], {"B3": ("가", 2025, "paid", "", 80 * M)}, ("no_date",)),
    "years with an apostrophe, of two digits, and in wide digits": Case(
        [["(단위: 천원)"], ["사업명", "'24 본예산", "25년 본예산", "２０２６년 예산안"], ["가", 10, 20, 30]],
        {"B3": ("가", 2024, "approved", "", 10 * K), "C3": ("가", 2025, "approved", "", 20 * K), "D3": ("가", 2026, "proposed", "", 30 * K)},
    ),
    "the year before, where the title says which": Case(
        [["2025년 예산 (단위: 천원)"], ["사업명", "전년도 본예산", "금년도 본예산"], ["가", 10, 20]],
        {"B3": ("가", 2024, "approved", "", 10 * K), "C3": ("가", 2025, "approved", "", 20 * K)},
    ),
    "the year before, where nobody says which": Case(
        [["(단위: 천원)"], ["사업명", "전년도 본예산", "금년도 본예산"], ["가", 10, 20]], {"B3": ("가", None, "approved", "", 10 * K), "C3": ("가", None, "approved", "", 20 * K)}, ("no_year", "no_year"),
    ),
    "years down, of one programme that a person names": Case(
        [["본예산 (단위: 억원)"], ["구분", "예산액", "증감액"], ["2023년", "20", "10"], ["2024년", "30", "10"]],
        {"B3": ("허브", 2023, "approved", "", 20 * H), "B4": ("허브", 2024, "approved", "", 30 * H)}, (), (), 'programme = "허브"',
    ),
    "a number that became a day of 1905": Case(
        [["본예산 (단위: 억원)"], ["연도", "사업명", "예산액"], ["1905-07-17", "가", 20], ["2024", "나", 30]], {"C3": ("가", None, "approved", "", 20 * H), "C4": ("나", 2024, "approved", "", 30 * H)}, ("no_year",),
    ),
    "a unit in a sentence under the table": Case([["2025년 본예산"], ["사업명", "예산액"], ["가", 10], ["※ 금액 단위는 백만원임"]], {"B3": ("가", 2025, "approved", "", 10 * M)}),
    "a unit in brackets alone, and one in two cells": Case([["2025년 본예산", "(천원)"], ["사업명", "예산액"], ["가", 10]], {"B3": ("가", 2025, "approved", "", 10 * K)}),
    "a unit in two cells": Case([["2025년 본예산", "단위:", "천원"], ["사업명", "예산액", "비고"], ["가", 10, ""]], {"B3": ("가", 2025, "approved", "", 10 * K)}),
    "the unit in every cell": Case([["2025년 본예산"], ["사업명", "예산액"], ["가", "10,000,000원"], ["나", "3,000,000 원"]], {"B3": ("가", 2025, "approved", "", 10 * M), "B4": ("나", 2025, "approved", "", 3 * M)}),
    "another unit in one cell": Case([["2025년 본예산 (단위: 백만원)"], ["사업명", "예산액"], ["가", "10"], ["나", "3억원"]], {"B3": ("가", 2025, "approved", "", 10 * M)}, ("cell_unit",)),
    "a unit for one column says nothing of the next": Case(
        [["사업명", "2025년 본예산(백만원)", "2024년 본예산"], ["가", 10, 9], ["나", 5, 4]],
        {"B2": ("가", 2025, "approved", "", 10 * M), "C2": ("가", 2024, "approved", "", 9 * M), "B3": ("나", 2025, "approved", "", 5 * M), "C3": ("나", 2024, "approved", "", 4 * M)}, ("no_unit",),
    ),
    "rows of persons are no money": Case([["2025년 본예산"], ["사업명", "단위", "금액"], ["가", "백만원", 10], ["나", "명", 300]], {"C3": ("가", 2025, "approved", "", 10 * M)}),
    "what was asked for and what was won": Case(
        [["2026년 국고보조 (단위: 억원)"], ["사업명", "건의액", "확보액"], ["가", 100, 80]], {"B3": ("가", 2026, "requested", "", 100 * H), "C3": ("가", 2026, "awarded", "", 80 * H)},
    ),
    "quarters are asked about": Case([["2025년 본예산 (단위: 백만원)"], ["사업명", "1분기", "2분기", "계"], ["가", 10, 10, 20]], {"D3": ("가", 2025, "approved", "", 20 * M)}, ("unknown_column", "unknown_column")),
    "programmes across": Case([["(단위: 천원)"], ["사업명", "가", "나"], ["2024년 본예산", 10, 20], ["2025년 본예산", 5, 5]], {}, ("no_amounts", "no_labels", "unknown_column", "unknown_column")),
    "two years in a title are none": Case([["2025년 예산안 및 2024년 본예산 (단위: 천원)"], ["사업명", "예산안", "본예산"], ["가", 10, 9]], {"B3": ("가", None, "proposed", "", 10 * K), "C3": ("가", None, "approved", "", 9 * K)}, ("no_year", "no_year")),
    "the day of the count is no second year": Case([["2025년 본예산 (2026. 1. 5. 기준, 단위: 천원)"], ["사업명", "예산액"], ["가", 10]], {"B3": ("가", 2025, "approved", "", 10 * K)}),
    "units by column, under years, over whose money": Case(
        [["2025년도 AI 사업 예산서"], ["연번", "사업명", "2025년", "", "", "2024년", "", "증감(천원)", "비고"], ["", "", "본예산(백만원)", "", "", "본예산(천원)", "", "", ""], ["", "", "국비", "시비", "계", "국비", "시비", "", ""], [1, "가", 1200, 800, 2000, 1000000, 700000, 300000, ""]],
        {"C5": ("가", 2025, "approved", "national", 1200 * M), "D5": ("가", 2025, "approved", "own", 800 * M), "E5": ("가", 2025, "approved", "mixed", 2000 * M),
         "F5": ("가", 2024, "approved", "national", 1000 * M), "G5": ("가", 2024, "approved", "own", 700 * M)},
        (), ("A2:A4", "B2:B4", "C2:E2", "C3:E3", "F2:G2", "F3:G3", "H2:H4", "I2:I4"),
    ),
    "the unit in the corner of the headings": Case(
        [["2026년 본예산 현황"], ["단위: 백만원", "2026", "2025", "증감액", "증감율"], ["가", 1500, 1200, 300, "25.0%"], ["나", "△5", "10", "△15", "△150.0%"], ["총 계", 1495, 1210, 285, "23.6%"]],
        {"B3": ("가", 2026, "approved", "", 1500 * M), "C3": ("가", 2025, "", "", 1200 * M), "B4": ("나", 2026, "approved", "", -5 * M), "C4": ("나", 2025, "", "", 10 * M)}, ("no_phase",),
    ),
    "an outline with its totals above": Case(
        [["□ 2025년 AI 예산 총괄 (단위 : 천원)"], ["구   분", "2025년 본예산", "증  감"], ["총   계", "3,000", "500"], ["1. 산업육성", "2,000", "300"], ["  가. 집적단지", "1,500", "200"], ["  나. 창업지원", "500", "100"], ["2. 인력양성", "1,000", "200"], ["  가. 사관학교", "1,000", "200"]],
        {"B5": ("가. 집적단지", 2025, "approved", "", 1500 * K), "B6": ("나. 창업지원", 2025, "approved", "", 500 * K), "B8": ("가. 사관학교", 2025, "approved", "", 1000 * K)},
    ),
    "an outline that does not add up is left as it is": Case(
        [["2025년 본예산 (단위 : 천원)"], ["구분", "예산액"], ["1. 산업육성", "2,000"], ["가. 집적단지", "1,500"], ["나. 창업지원", "400"]],
        {"B3": ("1. 산업육성", 2025, "approved", "", 2000 * K), "B4": ("가. 집적단지", 2025, "approved", "", 1500 * K), "B5": ("나. 창업지원", 2025, "approved", "", 400 * K)},
    ),
    "a difference and its rate under 전년대비": Case(
        [["2025년 예산(단위:억원)"], ["사업", "2025년 본예산", "구성비", "전년대비", ""], ["", "", "", "금액", "%"], ["가", 120, "60.0%", "(10)", "(7.7)"], ["나", 80, "40.0%", "△5", "△5.9"]],
        {"B4": ("가", 2025, "approved", "", 120 * H), "B5": ("나", 2025, "approved", "", 80 * H)}, (), ("D2:E2",),
    ),
    "blank columns and rows between": Case(
        [["", "2025년도 본예산 AI 사업"], [], ["", "", "", "", "", "단위:백만원"], ["", "사업명", "", "예산액", "", "비고"], [], ["", "가", "", "1 200", "", ""], [], ["", "나", "", "  800 ", "", "신규"], ["", "합  계", "", 2000, "", ""]],
        {"D6": ("가", 2025, "approved", "", 1200 * M), "D8": ("나", 2025, "approved", "", 800 * M)},
    ),
    "two tables side by side, each with its own year and unit": Case(
        [["2025년 AI 예산", "", "", "", "2026년 AI 예산(안)"], ["(단위: 백만원)", "", "", "", "(단위: 천원)"], ["사업명", "본예산", "", "", "사업명", "예산안"], ["가", 100, "", "", "가", 110000], ["나", 200, "", "", "나", 150000]],
        {"B4": ("가", 2025, "approved", "", 100 * M), "B5": ("나", 2025, "approved", "", 200 * M), "F4": ("가", 2026, "proposed", "", 110 * M), "F5": ("나", 2026, "proposed", "", 150 * M)},
    ),
    "who made it, under the notes": Case(
        [["2025년 본예산 (단위: 백만원)"], ["사업명", "예산액"], ["가", 100], ["합계", 100], ["※ 국비 100백만원 별도"], ["자료: 예산담당관"], ["작성일", "2025.1.10"], ["담당자", "예산담당(032-000-0000)"]], {"B3": ("가", 2025, "approved", "", 100 * M)},
    ),
    "the sign of the won, and the day of payment in the heading": Case(
        [["2025년 본예산"], ["단위 : 원"], ["사업명", "예산액", "지출액(2025.12.31. 기준)"], ["가", " 1,200,000,000 ", "1,150,000,000원"], ["나", "￦350,000,000", "₩ 300,000,000"]],
        {"B4": ("가", 2025, "approved", "", 1200 * M), "C4": ("가", 2025, "paid", "", 1150 * M), "B5": ("나", 2025, "approved", "", 350 * M), "C5": ("나", 2025, "paid", "", 300 * M)},
    ),
    "the sign of the won in a table of 백만원": Case([["2025년 본예산 (단위: 백만원)"], ["사업명", "예산액"], ["가", "₩5,000"], ["나", 7]], {"B4": ("나", 2025, "approved", "", 7 * M)}, ("cell_unit",)),
    "one programme over years, whose money down": Case(
        [["AI 혁신허브 연차별 본예산", "", "(단위: 억원)"], ["구분", "2024", "2025"], ["계", 100, 150], ["국비", 60, 75], ["시비", 40, 75]],
        {"B4": ("AI 혁신허브", 2024, "approved", "national", 60 * H), "C4": ("AI 혁신허브", 2025, "approved", "national", 75 * H), "B5": ("AI 혁신허브", 2024, "approved", "own", 40 * H), "C5": ("AI 혁신허브", 2025, "approved", "own", 75 * H)},
        answers='programme = "AI 혁신허브"\nphase = "approved"\n',
    ),
    "reasons of a change are words": Case(
        [["2025년 예산 (단위:천원)"], ["부서명", "세부사업명", "본예산(A)", "2024년 결산(B)", "증감(A-B)", "증감사유"], ["인공지능과", "가", "1,500", "1,200", "300", "국비 내시"]],
        {"C3": ("가", 2025, "approved", "", 1500 * K), "D3": ("가", 2024, "settled", "", 1200 * K)},
    ),
    "a row of units under the headings": Case(
        [["2025년 본예산"], ["사업명", "예산액", "2024년 결산", "비고"], ["", "(백만원)", "(천원)", ""], ["가", 100, 90, ""]], {"B4": ("가", 2025, "approved", "", 100 * M), "C4": ("가", 2024, "settled", "", 90 * K)},
    ),
    "a total that says of what, and a row of shares": Case([["2025년 본예산 (단위: 백만원)"], ["구분", "예산액"], ["가", 10], ["나", 2], ["계(A+B)", 12], ["비율(%)", 16.7]], {"B3": ("가", 2025, "approved", "", 10 * M), "B4": ("나", 2025, "approved", "", 2 * M)}),
    "the unit as the last word of the title": Case([["2025년도 본예산 현황(백만원)"], ["사업명", "예산액"], ["가", 10], ["【합 계】", 10]], {"B3": ("가", 2025, "approved", "", 10 * M)}),
    "a unit line above the second table is not the first one's": Case(
        [["2025년 본예산"], ["사업명", "예산액"], ["가", 10], [""], ["", "(단위: 천원)"], ["사업명", "2024년 결산"], ["가", 90]],
        {"B3": ("가", 2025, "approved", "", 10), "B7": ("가", 2024, "settled", "", 90 * K)}, ("no_unit",),
    ),
    "a column of units, in brackets and without 원": Case([["2025년 본예산 (단위: 백만원)"], ["사업명", "단위", "예산액"], ["가", "(억원)", 10], ["나", "백만원", 10]], {"C3": ("가", 2025, "approved", "", 10 * H), "C4": ("나", 2025, "approved", "", 10 * M)}),
    "one amount merged over two programmes, and over two columns": Case(
        [["2025년 (단위: 백만원)"], ["사업명", "본예산", "결산"], ["가", 10, 9], ["나", "", 8], ["다", 7, ""]],
        {"B3": ("가", 2025, "approved", "", 10 * M), "C3": ("가", 2025, "settled", "", 9 * M), "C4": ("나", 2025, "settled", "", 8 * M), "B5": ("다", 2025, "approved", "", 7 * M)},
        ("merged", "merged"), ("B3:B4", "B5:C5"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_table_is_read_as_written_or_asked_about(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    found = ledgers(saved(tmp_path / "t.xlsx", case.rows, merged=case.merged), mapping(tmp_path, case.answers) if case.answers else None)
    assert found
    read: dict[str, Reading] = {
        n.place: (n.label, n.span or n.year, n.phase, n.funding, n.krw) for one in found for n in one.numbers if n.role == "amount" and not n.is_total
    }  # type: ignore[misc]
    faults = [key for one in found for key in keys(one) if key != "table.no_unit" or "no_unit" in case.asked]
    if "no_unit" in case.asked:  # what has no unit is worth nothing yet
        read = {place: (*r[:4], case.read[place][4]) for place, r in read.items()}
    assert read == case.read
    assert sorted(faults) == sorted(f"table.{key}" for key in case.asked)
    assert all(understood(one, language) for one in found for language in ("ko", "en"))


@pytest.mark.parametrize(
    "name",
    [
        "units by column, under years, over whose money",
        "an outline with its totals above",
        "the unit in the corner of the headings",
        "blank columns and rows between",
        "a difference and its rate under 전년대비",
    ],
)
def test_what_is_sound_is_not_suspected(name: str, tmp_path: Path) -> None:
    (one,) = ledgers(saved(tmp_path / "t.xlsx", CASES[name].rows, merged=CASES[name].merged))
    assert suspicions(one) == []


def test_what_under_an_outline_does_not_add_up_is_suspected(tmp_path: Path) -> None:
    """Beside a group that is the sum of its rows: what would be counted twice is never added unasked."""
    rows = [list(row) for row in CASES["an outline with its totals above"].rows]
    rows[4][1] = "1,400"
    (one,) = ledgers(saved(tmp_path / "t.xlsx", rows))
    assert [fault.cell for fault in suspicions(one)] == ["B4"] and 3 not in one.table.totals


@pytest.mark.parametrize(
    "code, answers, wanted",
    [
        ("#,##0", "", (1_200_000_000, [])),
        ("#,##0,,", "", (None, ["table.scaled"] * 2)),
        ("#,##0,,", 'scaled = "shown"', (1200, [])),
        ("#,##0,,;△#,##0,,", 'scaled = "stored"', (1_200_000_000, [])),
        ('#,##0,"천"', 'scaled = "shown"', (1_200_000, [])),
        ("#,##0,,\\ ", 'scaled = "shown"', (1200, [])),
        ('"금;"#,##0,,', 'scaled = "shown"', (1200, [])),
        ("#,##0\\,\\,", "", (1_200_000_000, [])),
    ],
)
def test_a_number_that_shows_a_millionth_of_itself_is_asked_about(code: str, answers: str, wanted: tuple[int | None, list[str]], tmp_path: Path) -> None:
    """백만원 above a column of won that is only shown in millions: a thousand billion, or not?"""

    def formatted(book: Any) -> None:
        for cell in book.active["B"][2:]:
            cell.number_format = code

    rows: Rows = [["2025년 본예산 (단위: 백만원)"], ["사업명", "예산액"], ["가", 1_200_000_000], ["나", 800_500_000]]
    (one,) = ledgers(saved(tmp_path / "t.xlsx", rows, change=formatted), mapping(tmp_path, answers))
    assert (next((n.number for n in one.numbers), None), keys(one)) == wanted
    assert all("1,200" in fault.say(language) or "800.5" in fault.say(language) for fault in one.faults for language in ("ko", "en"))


@pytest.mark.parametrize(
    "code, wanted",
    [
        ('#,##0"백만원"', (5_000_000, [])),
        ('#,##0* "천원"', (None, ["table.cell_unit"])),
        ("[Red]#,##0_ 천원", (None, ["table.cell_unit"])),
        ('#,##0"천원"', (None, ["table.cell_unit"])),
        ('#,##0\\ "원";△#,##0\\ "원"', (None, ["table.cell_unit"])),
    ],
)
def test_a_unit_that_only_the_number_format_writes_is_the_unit_of_the_cell(code: str, wanted: tuple[int | None, list[str]], tmp_path: Path) -> None:
    def formatted(book: Any) -> None:
        book.active["B3"].number_format = code

    (one,) = ledgers(saved(tmp_path / "t.xlsx", [["2025년 본예산 (단위: 백만원)"], ["사업명", "예산액"], ["가", 5]], change=formatted))
    assert (next((n.krw for n in one.numbers), None), keys(one)) == wanted


def test_a_unit_in_the_title_and_another_in_the_corner_contradict(tmp_path: Path) -> None:
    (one,) = ledgers(saved(tmp_path / "t.xlsx", [["2025년 본예산(백만원)"], ["", "(단위: 천원)"], ["사업명", "예산액"], ["가", 10]]))
    assert [(f.key, f.cell) for f in one.faults] == [("intake.police.units", "B2")]


def test_a_unit_without_its_won_is_asked_for(tmp_path: Path) -> None:
    (one,) = ledgers(saved(tmp_path / "t.xlsx", [["2025년 본예산"], ["사업명", "단위", "예산액"], ["가", "억", 5]]))
    assert one.numbers == [] and [(f.key, f.cell) for f in one.faults] == [("amount.unknown_unit", "B3")]


@pytest.fixture
def data(built: Workspace) -> Path:
    return built.data


def test_what_goes_into_the_data(data: Path, tmp_path: Path) -> None:
    """Envelopes as envelopes, paid amounts up to their day, gross and net by their word, a break with its remark."""
    name = "AI 플레이그라운드 인천"

    def record(rows: Rows, answers: str = "") -> dict[str, dict[str, str]]:
        text = 'government = "인천"\nsource_id = "kyungdo-2021-03-25"\n' + answers
        checked = check_file(saved(tmp_path / "t.xlsx", rows), data, mapping(tmp_path, text))
        assert [f.say() for f in checked.faults] == []
        return {row.record["locator"].split()[-1]: row.record for row in checked.rows}

    made = record(
        [["2026년 예산안 (단위: 억원)"], ["사업명", "사업기간", "총사업비", "예산액"], [name, "2024~2028", 100, 20]],
        '[columns]\nC = {role = "amount", phase = "발표"}',
    )
    assert [(r["period_kind"], r["period_start"], r["period_end"], r["phase"]) for r in made.values()] == [
        ("envelope", "2024-01-01", "2028-12-31", "announced"),
        ("fiscal_year", "2026-01-01", "2026-12-31", "proposed"),
    ]
    made = record([["2025년 집행(2025. 9. 30. 기준, 단위: 백만원)"], ["사업명", "예산현액", "집행액"], [name, 100, 80]])
    assert [(r["period_kind"], r["period_end"]) for r in made.values()] == [("fiscal_year", "2025-12-31"), ("part_year", "2025-09-30")]
    made = record([["2025년 본예산 순계 (단위: 억원)"], ["사업명", "예산액"], [name, 10]])
    assert made["B3"]["words"] == "순계"
    made = record([["(단위: 억원)"], ["사업명", "2021년 결산", "2022년 결산"], [name, 10, 2000], ["※ 2022년부터 기금을 포함"]])
    assert made["B3"]["note"] == "" and "2022" in made["C3"]["note"] and "A4" in made["C3"]["note"]
    made = record([["(단위: 백만원)"], ["사업명", "2025년 본예산", "2025년 1회 추경"], [name, 10, 12]], 'supplementary = "total"')
    assert set(made) == {"B3"}


def test_no_change_is_suspected_over_a_break(tmp_path: Path) -> None:
    from budgets.sources.workbooks.police import suspicions

    rows: Rows = [["(단위: 억원)"], ["사업명", "2021년 결산", "2022년 결산"], *([f"사업 {n}", n + 1, (n + 2) * 1000] for n in range(6))]
    (jumps,) = ledgers(saved(tmp_path / "t.xlsx", rows))
    assert [f.key for f in suspicions(jumps)] == ["intake.police.jump_all"]
    (broken,) = ledgers(saved(tmp_path / "u.xlsx", [*rows, ["주) 2022년부터 기금을 포함하여 작성"]]))
    assert suspicions(broken) == [] and [n.key for n in broken.notes] == ["intake.table.break"]

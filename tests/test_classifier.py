"""Which programme names are AI: cases, spellings, the table itself, and one name against a column of names."""

import csv
import os
import re
import time
import unicodedata
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.errors import ContractError, DataError
from budgets.rulings.classifier import (
    DOTS,
    Classification,
    classify_lines,
    classify_programme,
    classify_programmes,
    normalise_name,
)
from budgets.rulings.terms import CHECKOUT_TERMS, COLUMNS, load_terms, term_faults
from budgets.vocabulary import SCOPES

CASES = list(csv.DictReader((Path(__file__).parent / "cases" / "programme_names.csv").open(encoding="utf-8")))
NAMES = [case["name"] for case in CASES]
UNSEEN = pd.read_csv(Path(__file__).parent / "cases" / "programme_names_unseen.csv", keep_default_na=False, dtype="str")
"""Names of no known government, in the words of budgets everywhere: ai · bird flu · not ai · unclear."""
TABLE = CHECKOUT_TERMS.read_text(encoding="utf-8")


# --- cases


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['name']}-{case['field']}")
def test_case(case: dict[str, str]) -> None:
    verdict = classify_programme(case["name"], case["field"] or None)
    assert (verdict.scope, verdict.is_ai) == (case["scope"], case["is_ai"]), f"{verdict.rule}: {case['why']}"


def test_there_are_cases_of_every_scope_and_verdict() -> None:
    assert len(CASES) >= 150
    assert {case["scope"] for case in CASES} == set(SCOPES)
    assert {case["is_ai"] for case in CASES} == {"true", "false", "unclear"}


def test_bird_flu_is_other_by_a_rule_of_its_own() -> None:
    assert classify_programme("고병원성 AI 긴급방역비") == Classification("other", "false", "avian-influenza")
    assert classify_programme("해조류 양식") == Classification("other", "false", "no-term")


def test_only_ai_scopes_are_ai() -> None:
    for rule in load_terms().rules:
        assert (rule.is_ai == "true") == (rule.scope in {"ai_core", "ai_broad"}), rule.id


@pytest.mark.parametrize(
    "word",
    [
        "KAIST",
        "AIDS",
        "MAIN",
        "PAINT",
        "AIR",
        "SAI",
        "CHAIN",
        "RAIN",
        "TRAIN",
        "Health Care",
        "SNAIL",
        "AISLE",
        "Thailand",
    ],
)
def test_letters_inside_a_word_are_not_ai(word: str) -> None:
    for name in (f"{word} 지원", f"국제 {word.lower()} 교류", f"({word}·{word.title()})센터", f"{word} 방역"):
        assert classify_programme(name).rule == "no-term"


def test_the_field_decides_where_the_name_does_not() -> None:
    assert classify_programme("AI 지원").is_ai == "unclear"
    assert classify_programme("AI 지원", "과학기술").is_ai == "true"
    assert classify_programme("AI 지원", "농림해양수산", "농업ㆍ농촌").is_ai == "unclear"
    assert classify_programme("AI 협의회", "농림해양수산", "농업ㆍ농촌").is_ai == "unclear"
    assert classify_programme("AI 협의회", "농림해양수산", "해양수산ㆍ어촌").is_ai == "true"


@pytest.mark.parametrize("name", [None, "", "  ", "\u200b"])
def test_no_name_is_unclear(name: str | None) -> None:
    assert classify_programme(name) == Classification("other", "unclear", "no-name")


# --- what the docs say

SCOPE_ROWS = re.findall(r"^\| `?(\w+)`? \| ([^|]+ · [^|]+) \|$", (Path(__file__).parents[1] / "docs" / "scopes.md").read_text(encoding="utf-8"), re.M)


def test_the_docs_give_ten_examples_of_each_scope_and_they_hold() -> None:
    assert {scope for scope, _ in SCOPE_ROWS} == {*SCOPES, "unclear"}
    for scope, names in SCOPE_ROWS:
        judged = {name: classify_programme(name) for name in names.strip().split(" · ")}
        assert len(judged) == 10
        for name, verdict in judged.items():
            assert scope == ("unclear" if verdict.is_ai == "unclear" else verdict.scope), name


# --- names of governments nobody has read


def told(names: pd.Series) -> pd.Series:
    """ai · bird flu · not ai · unclear, for *names* in the fields and sections of `UNSEEN`."""
    judged = classify_programmes(names, UNSEEN["field"].reindex(names.index), UNSEEN["section"].reindex(names.index))
    words = judged["is_ai"].map({"true": "ai", "false": "not ai", "unclear": "unclear"})
    return words.mask(judged["rule"] == "avian-influenza", "bird flu")


def test_names_of_unread_governments() -> None:
    """No bird flu in, no AI out; what no rule decides is said to be unclear."""
    assert (UNSEEN["verdict"].value_counts() >= [900, 500, 100, 50]).all() and not UNSEEN.duplicated(["name", "field"]).any()
    wrong = UNSEEN.assign(got=told(UNSEEN["name"])).query("got != verdict")
    assert wrong.empty, wrong.to_string()


@pytest.mark.parametrize("letters", ["A.I", "A.I.", "Ａ.Ｉ.", "ＡＩ", "Ai", "ai", "Al", "A·I"])
def test_no_spelling_of_the_letters_changes_a_verdict(letters: str) -> None:
    alone = UNSEEN["name"].map(lambda name: re.search(r"[A-Za-z]|AI[0-9.]|[0-9.]AI", name.replace("AI", "", 1)) is None)
    named = UNSEEN.loc[alone & UNSEEN["name"].str.contains("AI")]
    assert len(named) > 800
    got = told(named["name"].str.replace("AI", letters))
    wrong = named.assign(got=got).loc[got != named["verdict"]]
    assert wrong.empty, wrong.to_string()


@pytest.mark.parametrize("word", ["비용", "예비비용", "재난관리기금", "(1)", "[국]", "AI", "방역·", "구제역", "등"])
def test_no_name_takes_for_ever(word: str) -> None:
    """Words that can be read in two ways, many times over, and then one that fits nowhere."""
    start = time.process_time()
    classify_programme(f"AI {word * 60}가나")
    assert time.process_time() - start < 1


# --- spellings

PLAIN = [case["name"] for case in CASES if "·" in case["name"] or " " in case["name"]]
AROUND = st.sampled_from(["", "[국] ", "국)", "(국)", "지) ", "[도]", "(보조)", "2026 "])
BEHIND = st.sampled_from(["", "(보조)", "(2026)", " (균특)", "[자체]", "(성인지예산)", "(국비)", " (지특)"])
BLANKS = st.sampled_from(["  ", "\u3000", "\t", "\n", "\u00a0", " \r\n "])
FULL_WIDTH = {i: i + 0xFEE0 for i in range(0x21, 0x7F)}


@given(st.sampled_from(NAMES), AROUND, BEHIND)
def test_dressing_changes_nothing(name: str, before: str, after: str) -> None:
    assert classify_programme(before + name + after)[:2] == classify_programme(name)[:2]


@given(st.sampled_from(PLAIN), BLANKS, BLANKS)
def test_blanks_change_nothing(name: str, blanks: str, around: str) -> None:
    assert classify_programme(around + name.replace(" ", blanks) + around) == classify_programme(name)


@given(st.sampled_from(PLAIN), st.sampled_from(DOTS))
def test_the_kind_of_dot_changes_nothing(name: str, dot: str) -> None:
    assert classify_programme(name.replace("·", dot)) == classify_programme(name)


@given(st.sampled_from(NAMES))
def test_full_width_and_decomposed_letters_change_nothing(name: str) -> None:
    assert classify_programme(name.translate(FULL_WIDTH)) == classify_programme(name)
    assert classify_programme(unicodedata.normalize("NFD", name)) == classify_programme(name)


@pytest.mark.parametrize("mark", ["\u0336", "\ufe0f", "\u200b", "\u00ad", "\u202e", "\u2060"])
def test_marks_on_and_between_letters_change_nothing(mark: str) -> None:
    """Strokes through letters, soft hyphens, and what cannot be seen at all."""
    assert normalise_name(f"A{mark}I 인재{mark} 양성") == "AI인재양성"
    assert classify_programme(f"A{mark}I{mark} 인재 양성") == classify_programme("AI 인재 양성")


@given(st.text())
def test_any_text_gets_one_verdict_and_normalising_twice_is_normalising_once(name: str) -> None:
    verdict = classify_programme(name)
    assert verdict.scope in SCOPES and verdict.is_ai in {"true", "false", "unclear"}
    assert normalise_name(normalise_name(name)) == normalise_name(name)


@pytest.mark.parametrize("ai", ["AI·IoT", "AI-IOT", "AI, IoT", "AI.IoT", "Ai-iot", "AI loT", "AIloT", "AIoT", "AIIoT", "ＡＩ·IoT", "AI ‧ IoT", "A.I·IoT", "AI\nIoT", "인공 지능·IoT", "K-AI·IoT"])  # fmt: skip
def test_spellings_of_ai(ai: str) -> None:
    assert classify_programme(f"{ai} 기반 어르신 건강관리")[:2] == ("ai_broad", "true")


NEGATED = "탈AI 교육 · non-AI · Non AI 기업 지원 · 비(非)AI 분야 창업 · 비AI 기업 지원 · 비인공지능 분야 인재 양성 · 反AI 문화 · 지역 탈AI 교육 · AI 제외 · 디지털 전환 지원(AI 제외) · AI·SW 제외 과제 · AI 분야 제외 신산업 육성 · AI(제외) 육성 · AI 미적용 제품 지원 · 인공지능 기술 미활용 기업 · AI 이외 신산업 육성 · AI가 아닌 기술 지원 · 인공지능 없는 하루 · AI 없이 글쓰기 교실 · AI-free 도서관"
NOT_NEGATED = "청소년 일탈 AI 상담 · 고객 이탈 AI 예측 · 여비 AI 교육 · 도비 AI 돌봄 · 비대면 AI 돌봄 · 일반 AI 교육 · 기반 AI 교육 · 빅데이터 장비 AI 실증 · AI 교육비(교재 제외) · AI 외 3개 사업 교육 · AI 과제 외부 평가 · AI 경제 외교 포럼 · AI 미디어 교육 · AI 미래 인재 · AI 이외수 문학관 · AI 반려로봇 · 논산 AI 교육 · AI 제외국민 교육 · AI CCTV 미설치 지역 지원"


@pytest.mark.parametrize("field", [None, "산업·중소기업및에너지", "교육"])
@pytest.mark.parametrize("name", NEGATED.split(" · "))
def test_a_name_that_says_ai_only_to_leave_it_out_is_for_a_person(name: str, field: str | None) -> None:
    """Neither AI (it is left out) nor certainly none: aid for firms without AI may be what brings it in."""
    assert classify_programme(name, field) == Classification("other", "unclear", "ai-negated")


@pytest.mark.parametrize("name", NOT_NEGATED.split(" · "))
def test_what_only_looks_like_a_negation_leaves_it_ai(name: str) -> None:
    assert classify_programme(name).is_ai == "true"


def test_bird_flu_that_is_excluded_or_absent_stays_bird_flu() -> None:
    for name in ("AI 제외 가축전염병 방역", "AI 없는 청정 지역 만들기"):
        assert classify_programme(name).rule == "avian-influenza"


# --- a column of names


def test_a_column_is_judged_like_its_names() -> None:
    names = pd.Series([*NAMES, None, "", *reversed(NAMES)], index=range(7, 2 * len(NAMES) + 9))
    judged = classify_programmes(names)
    assert judged.index.equals(names.index)
    assert list(judged.columns) == ["scope", "is_ai", "rule"]
    assert list(judged.itertuples(index=False, name=None)) == [classify_programme(name if isinstance(name, str) else None) for name in names]


@settings(deadline=None)  # reads the table of terms, on whatever machine
@given(st.lists(st.text(alphabet="AIiloT 인공지능형조류방역오리·ㆍ(ＡＩ\u3000\n", max_size=12), max_size=8))
def test_the_cheap_search_before_the_exact_one_loses_nothing(names: list[str]) -> None:
    judged = classify_programmes(pd.Series(names, dtype="str"))
    assert list(judged.itertuples(index=False, name=None)) == [classify_programme(name) for name in names]


@pytest.mark.parametrize("dtype", ["str", "object", "category", "string[pyarrow]"])
def test_a_column_with_fields_and_sections(dtype: str) -> None:
    table = pd.DataFrame({"name": ["AI 지원", "AI 지원", "AI 협의회", "AI 협의회", None], "field": ["교육", None, "농림해양수산", "보건", "교육"], "section": [None, None, "농업ㆍ농촌", None, None]}, dtype="object").astype(dtype)  # fmt: skip
    assert list(classify_programmes(table["name"], table["field"], table["section"])["is_ai"]) == [
        "true",
        "unclear",
        "unclear",
        "true",
        "unclear",
    ]
    assert list(classify_programmes(table["name"])["is_ai"]) == ["unclear", "unclear", "true", "true", "unclear"]


@pytest.mark.parametrize("others", [["해조류 양식"], ["AI 교육"], ["AI 교육", "해조류 양식"], ["해조류 양식", "AI 교육"], []])
def test_a_missing_name_is_no_name_whatever_stands_beside_it(others: list[str]) -> None:
    for names in ([*others, None], [None, *others]):
        judged = classify_programmes(pd.Series(names, dtype="str"))
        assert judged["rule"].tolist() == [classify_programme(name).rule for name in names] and "no-name" in set(judged["rule"])


def test_an_empty_column() -> None:
    assert classify_programmes(pd.Series([], dtype="str")).empty


def test_lines_come_back_in_their_order() -> None:
    lines = ["\ufeffAI 인재 양성\n", "AI 방역\r\n", "\n", "이름에\t탭\n", "챗봇"]
    assert list(classify_lines(lines)) == [
        "ai_core\ttrue\tai-as-purpose\tAI 인재 양성",
        "other\tfalse\tavian-influenza\tAI 방역",
        "other\tunclear\tno-name\t",
        "other\tfalse\tno-term\t이름에\t탭",
        "ai_core\ttrue\tai-without-letters\t챗봇",
    ]


# --- the table of terms


def test_every_row_has_an_example_that_it_explains() -> None:
    terms = load_terms()
    for kind, row, example in terms.examples:
        name, _, field = example.partition(" | ")
        text = normalise_name(name)
        if kind == "rule":
            assert classify_programme(name, field or None).rule == row
        elif kind == "exclusion":
            assert terms.exclusions and terms.exclusions.search(text)
        else:
            assert terms.patterns[row].search(text), row


def test_every_row_gives_its_reason_in_a_korean_sentence() -> None:
    for row in csv.DictReader(TABLE.splitlines()):
        assert row["reason"].endswith("니다."), row["id"]


def test_another_table_may_be_named_and_a_changed_one_is_read_again(tmp_path: Path) -> None:
    table = tmp_path / "terms.csv"
    rows = [
        "term,robot,,로봇,,,,,,로봇,로봇입니다.,2026-11-21",
        "rule,robots,1,,robot,,,ai_broad,true,로봇,로봇입니다.,2026-11-21",
    ]
    table.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    assert classify_programme("로봇 보급", terms=table) == Classification("ai_broad", "true", "robots")
    assert classify_programme("AI 보급", terms=load_terms(table)).rule == "no-term"
    table.write_text("\n".join([",".join(COLUMNS), *rows]).replace("로봇", "드론이") + "\n", encoding="utf-8")
    assert classify_programme("로봇 보급", terms=table).rule == "no-term"


def test_a_missing_table_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError) as raised:
        classify_programme("AI", terms=tmp_path / "none.csv")
    assert "none.csv" in raised.value.say("ko")


GOOD = "term,ai,,AI,,,,,,AI,이유입니다.,2026-11-21\nrule,yes,10,,ai,,,ai_core,true,AI,이유입니다.,2026-11-21\n"


@pytest.mark.parametrize(
    ("rows", "line", "column", "key"),
    [
        (GOOD.replace("term,", "word,"), 2, "kind", "code"),
        (GOOD.replace("ai_core", "ai"), 3, "scope", "code"),
        (GOOD.replace(",true", ",yes"), 3, "is_ai", "code"),
        (GOOD.replace(",10,", ",ten,"), 3, "order", "order"),
        (GOOD.replace(",AI,,,", ",A(I,,,", 1), 2, "pattern", "pattern"),
        (GOOD.replace(",AI,,,", r",(A)\1,,,", 1), 2, "pattern", "pattern"),
        (GOOD.replace(",AI,,,", ",{bird}I,,,", 1), 2, "pattern", "unknown_row"),
        (GOOD.replace(",,ai,,", ",,ai bird,,"), 3, "needs", "unknown_row"),
        (GOOD.replace("term,ai", "context,ai"), 3, "needs", "no_term"),
        (GOOD.replace("이유입니다.,2026-11-21\n", ",2026-11-21\n", 1), 2, "reason", "empty"),
        (GOOD.replace("2026-11-21", "21.11.2026", 1), 2, "decided_on", "date"),
        (GOOD.replace("term,ai,,", "term,ai,5,"), 2, "order", "unused"),
        (GOOD + GOOD.splitlines()[0] + "\n", 4, "id", "repeated"),
        (GOOD.replace("AI,이유", "AI,이유,", 1), 2, None, "cells"),
        (GOOD.splitlines()[0] + "\n", None, "kind", "no_rule"),
    ],
)
def test_a_faulty_table_is_refused_with_the_place(tmp_path: Path, rows: str, line: int | None, column: str | None, key: str) -> None:
    table = tmp_path / "terms.csv"
    table.write_text(",".join(COLUMNS) + "\n" + rows, encoding="utf-8")
    with pytest.raises(ContractError) as raised:
        load_terms(table)
    assert (line, column, f"ai_terms.{key}") in [(fault.line, fault.column, fault.key) for fault in raised.value.faults]
    for language in ("ko", "en"):
        assert "terms.csv" in raised.value.say(language)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"kind,id\n", b'kind,"id\n', b""])
def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path, content: bytes) -> None:
    table = tmp_path / "terms.csv"
    table.write_bytes(content)
    with pytest.raises(ContractError):
        load_terms(table)


def test_the_good_table_of_these_tests_is_good(tmp_path: Path) -> None:
    table = tmp_path / "terms.csv"
    table.write_text(",".join(COLUMNS) + "\n" + GOOD, encoding="utf-8")
    assert classify_programme("AI", terms=table).rule == "yes"


RICH = "\n".join(
    [
        "term,ai,,AI,,,,,,AI,이유입니다.,2026-11-21",
        "term,learning,,{ai}학습,,,,,,AI학습,이유입니다.,2026-11-21",
        "context,farm,,방역,,,,,,방역,이유입니다.,2026-11-21",
        "context,school,,학교,,,,,,학교,이유입니다.,2026-11-21",
        "rule,flu,10,,ai farm,school,,other,false,AI 방역,이유입니다.,2026-11-21",
        "rule,yes,20,,learning|ai school,,,ai_core,true,AI학습,이유입니다.,2026-11-21",
        "",
    ]
)
"""Two terms, one built of the other; contexts that decide; a rule with alternatives."""


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("AI학습", "yes"), ("학습", "no-term"), ("AI 학교", "yes"), ("학교", "no-term"), ("AI", "no-term"), ("AI 방역", "flu"), ("AI 학교 방역", "yes")],
)
def test_rules_of_a_small_table_by_hand(tmp_path: Path, name: str, wanted: str) -> None:
    table = tmp_path / "terms.csv"
    table.write_text(",".join(COLUMNS) + "\n" + RICH, encoding="utf-8")
    assert classify_programme(name, terms=table).rule == wanted
    (line,) = classify_lines([name], terms=table)
    assert line.split("\t")[2] == wanted


def test_all_faults_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    """A kind that does not exist does not hide the faults of the rows below it."""
    table = tmp_path / "terms.csv"
    table.write_text(
        ",".join(COLUMNS) + "\n" + RICH.replace("term,learning", "word,learning").replace("context,farm", "wort,farm").replace(",true,", ",yes,"),
        encoding="utf-8",
    )
    with pytest.raises(ContractError) as raised:
        load_terms(table)
    found = {(fault.line, fault.column, fault.value) for fault in raised.value.faults}
    assert found >= {(3, "kind", "word"), (4, "kind", "wort"), (7, "is_ai", "yes")}


def test_faults_of_a_table_are_told_with_its_folder(tmp_path: Path) -> None:
    table = tmp_path / "rulings" / "terms.csv"
    assert term_faults(table) == [], "where there is none, the checkout's counts"
    table.parent.mkdir()
    for content, wanted in ((RICH, []), (RICH.replace("term,learning", "word,learning"), [("rulings/terms.csv", 3, "kind")])):
        table.write_text(",".join(COLUMNS) + "\n" + content, encoding="utf-8")
        assert [(fault.file, fault.line, fault.column) for fault in term_faults(table) if fault.column == "kind"] == wanted


MANY = "\n".join(
    [
        "term,ai,,AI,,,,,,AI,이유입니다.,2026-11-21",
        "context,pest,,방역,,,,,,방역,이유입니다.,2026-11-21",
        "context,farm,,{pest}|축산,,,,,,축산,이유입니다.,2026-11-21",
        "rule,late,100,,ai,,,ai_core,true,AI,이유입니다.,2026-11-21",
        "rule,by-field,20,,ai,,농림|{farm},other,unclear,AI | 농림,이유입니다.,2026-11-21",
        "rule,early,3,,ai farm,,,other,false,AI 방역,이유입니다.,2026-11-21",
        "",
    ]
)
"""Rules that do not stand in their order, a context built of another, a rule that asks the field."""


@pytest.mark.parametrize(
    ("name", "field", "wanted"),
    [("AI", None, "late"), ("AI", "농림해양수산", "by-field"), ("AI", "축산", "by-field"), ("AI 방역", "농림", "early"), ("AI 축산", None, "early")],
)
def test_rules_are_tried_in_their_order_and_may_ask_the_field(tmp_path: Path, name: str, field: str | None, wanted: str) -> None:
    table = tmp_path / "terms.csv"
    table.write_text(",".join(COLUMNS) + "\n" + MANY, encoding="utf-8")
    assert classify_programme(name, field, terms=table).rule == wanted


@pytest.mark.parametrize(
    ("spoil", "wanted"),
    [
        ((",ai,,AI,", ",A I,,AI,"), (2, "id", "A I", "code")),
        ((",방역,,,,,,", ",(방+)+,,,,,,"), (3, "pattern", "(방+)+", "runs_away")),
        ((",농림|{farm},", ",(농+)*림,"), (6, "field", "(농+)*림", "runs_away")),
        ((",축산,이유입니다.", ",축산,"), (4, "reason", None, "empty")),
    ],
    ids=lambda spoil: str(spoil[-1]),
)
def test_a_fault_names_its_cell_and_does_not_hide_the_next(tmp_path: Path, spoil: tuple[str, str], wanted: tuple[Any, ...]) -> None:
    table = tmp_path / "terms.csv"
    spoilt = MANY.replace(*spoil, 1)
    assert spoilt != MANY
    table.write_text(",".join(COLUMNS) + "\n" + spoilt, encoding="utf-8")
    with pytest.raises(ContractError) as raised:
        load_terms(table)
    found = [(f.line, f.column, f.value, f.key.removeprefix("ai_terms.")) for f in raised.value.faults]
    assert wanted in found
    table.write_text(",".join(COLUMNS) + "\n" + MANY.replace(",방역,,,,,,", ",(방+)+,,,,,,").replace("{pest}|축산", "(축+)+"), encoding="utf-8")
    with pytest.raises(ContractError) as raised:
        load_terms(table)
    assert {(f.line, f.key) for f in raised.value.faults} >= {(3, "ai_terms.runs_away"), (4, "ai_terms.runs_away")}


@pytest.mark.parametrize(("content", "key"), [(b"\xff\xfe\x00", "encoding"), (b"kind,id\n", "columns"), (b'kind,"id\n', "cells"), (b"", "columns")])
def test_why_a_file_is_no_such_table(tmp_path: Path, content: bytes, key: str) -> None:
    table = tmp_path / "terms.csv"
    table.write_bytes(content)
    with pytest.raises(ContractError) as raised:
        load_terms(table)
    assert [fault.key for fault in raised.value.faults] == [f"ai_terms.{key}"]
    assert raised.value.faults[0].say("ko") != raised.value.faults[0].say("en")


# --- small tables: what each cell of the table means


def table_of(folder: Path, *rows: str) -> Path:
    """A table of terms with these rows; each gets an example, a reason and a day."""
    path = folder / "terms.csv"
    path.write_text("\n".join([",".join(COLUMNS), *(f"{row},보기,이유입니다.,2026-11-21" for row in rows)]) + "\n", encoding="utf-8")
    return path


def told_of(table: Path) -> list[tuple[int | None, str | None, str | None, str]]:
    """Every fault of a table: line, column, value, key."""
    try:
        load_terms(table)
    except ContractError as error:
        assert all(fault.file == "terms.csv" for fault in error.faults)
        return [(fault.line, fault.column, fault.value, fault.key.removeprefix("ai_terms.")) for fault in error.faults]
    return []


EXCLUDING = ("exclusion,bird,,조류AI,,,,,", "exclusion,firm,,㈜|AI홀딩스,,,,,", "term,ai,,AI,,,,,", "context,of,,활용$,,,,,", "rule,yes,1,,ai,,,ai_core,true")


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("조류AI", "no-term"),
        ("조류 AI", "no-term"),
        ("A조류AII", "no-term"),
        ("조류AI AI", "yes"),
        ("AI홀딩스", "no-term"),
        ("AI홀딩", "yes"),
        (" ", "no-name"),
    ],
)
def test_an_exclusion_is_taken_out_and_joins_nothing(tmp_path: Path, name: str, rule: str) -> None:
    """What is left of it is no name of its own, and its neighbours do not grow together."""
    table = table_of(tmp_path, *EXCLUDING)
    assert classify_programme(name, terms=table).rule == rule
    assert list(classify_programmes(pd.Series([name, "조류AI", name]), terms=table)["rule"]) == [rule, "no-term", rule]


NEEDING = (
    "term,ai,,AI,,,,,",
    "term,robot,,로봇,,,,,",
    "context,school,,학교,,,,,",
    "context,farm,,농장|목장,,,,,",
    "rule,both,1,,ai robot,,,ai_core,true",
    "rule,either,2,,ai school|robot farm,,,ai_broad,true",
    "rule,rest,3,,ai|robot,school farm ai,^농림 축산$,other,unclear",
    "rule,last,10,,ai,farm,,other,false",
)
SMALL = [
    ("AI로봇", "", "", "both"),
    ("AI로봇학교", "", "", "both"),
    ("AI학교", "", "", "either"),
    ("로봇 목장", "", "", "either"),
    ("로봇학교", "", "", "no-term"),
    ("농장 학교", "", "", "no-term"),
    ("로봇", "농림", "축산", "rest"),
    ("로봇", "축산", "농림", "no-term"),
    ("로봇", "농림 축산", "", "no-term"),
    ("로봇", "", "", "no-term"),
    ("AI", "농림", "축산", "last"),
    ("AI 농장", "농림", "축산", "no-term"),
    ("AI", "", "", "last"),
]
"""Name, field, section, and the rule that decides by the rows above."""


@pytest.mark.parametrize(("name", "field", "section", "rule"), SMALL)
def test_what_a_rule_needs_and_what_it_must_stand_without(tmp_path: Path, name: str, field: str, section: str, rule: str) -> None:
    assert classify_programme(name, field, section, terms=table_of(tmp_path, *NEEDING)).rule == rule


def test_a_column_is_judged_by_the_table_it_is_given(tmp_path: Path) -> None:
    """Twice over, in another order, on labels of its own; fields and sections beside their names."""
    table = pd.DataFrame([*SMALL, *reversed(SMALL)], columns=["name", "field", "section", "rule"])
    table.index = pd.Index([f"row {n % 7}" for n in range(len(table))])
    judged = classify_programmes(table["name"], table["field"], table["section"], terms=table_of(tmp_path, *NEEDING))
    assert judged["rule"].tolist() == table["rule"].tolist() and judged.index.equals(table.index)
    assert set(judged.loc[judged["rule"] == "either", "scope"]) == {"ai_broad"}
    assert set(classify_programmes(table["name"])["rule"]) != set(table["rule"]), "the checkout's table says otherwise"


def test_lines_keep_what_only_the_first_may_lose() -> None:
    """The mark of a file's beginning is no part of its first name; further down it is."""
    assert [line.split("\t")[3] for line in classify_lines(["\ufeff로봇\n", "\ufeff로봇\n", "로봇 \r\n"])] == ["로봇", "\ufeff로봇", "로봇 "]


# --- small tables: what is wrong in them


DAY = {"example": "보기", "reason": "이유입니다.", "decided_on": "2026-11-21"}
OTHERS = (
    {"kind": "term", "id": "robot", "pattern": "로봇"} | DAY,
    {"kind": "context", "id": "school", "pattern": "학교"} | DAY,
    {"kind": "rule", "id": "robots", "order": "9", "needs": "robot", "scope": "other", "is_ai": "true"} | DAY,
)
FILLED = {"pattern": "무엇", "needs": "robot", "without": "school", "field": "교육", "scope": "other", "is_ai": "false", "order": "1"}
RULES_NEED = {"id", "example", "reason", "order", "needs", "scope", "is_ai"}


@pytest.mark.parametrize("kind", ["exclusion", "term", "context", "rule"])
def test_which_cells_a_row_needs_and_which_mean_nothing_in_it(tmp_path: Path, kind: str) -> None:
    """A rule needs all but ``without`` and ``field`` and has no pattern; the others have a pattern and nothing of a rule."""
    is_rule = kind == "rule"
    sound = {"kind": kind, "id": "mine", **DAY} | (FILLED | {"pattern": ""} if is_rule else {"pattern": "학년"})

    def told_with(column: str, value: str) -> list[tuple[int | None, str | None, str | None, str]]:
        with (tmp_path / "terms.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows([*OTHERS, sound | {column: value}])
        return [fault for fault in told_of(tmp_path / "terms.csv") if fault[3] in ("empty", "unused")]

    needed = RULES_NEED if is_rule else {"id", "example", "reason", "pattern"}
    unused = {"pattern"} if is_rule else FILLED.keys() - {"pattern"}
    for column in set(COLUMNS) - {"kind", "decided_on"}:
        assert told_with(column, "") == ([(5, column, None, "empty")] if column in needed else []), column
    for column, value in FILLED.items():
        assert told_with(column, value) == ([(5, column, value, "unused")] if column in unused else []), column


@pytest.mark.parametrize("order", ["0", "01", "-1", "1.5", "１", "1 0", "first"])
def test_an_order_is_a_whole_number(tmp_path: Path, order: str) -> None:
    assert told_of(table_of(tmp_path, "term,ai,,AI,,,,,", f"rule,yes,{order},,ai,,,ai_core,true")) == [(3, "order", order, "order")]


@pytest.mark.parametrize("day", ["2026-02-30", "20261121", "2026-W47-6", "26-11-21", "2026-11-21T00:00", "내일"])
def test_a_day_is_a_day(tmp_path: Path, day: str) -> None:
    table = table_of(tmp_path, "term,ai,,AI,,,,,", "rule,yes,1,,ai,,,ai_core,true")
    table.write_text(table.read_text(encoding="utf-8").replace("2026-11-21", day, 1), encoding="utf-8")
    assert told_of(table) == [(2, "decided_on", day, "date")]


@pytest.mark.parametrize("id", ["AI", "a_b", "a-", "-a", "a--b", "가", "a.b"])
def test_an_id_is_small_letters_and_digits(tmp_path: Path, id: str) -> None:
    found = told_of(table_of(tmp_path, f"context,{id},,학교,,,,,", "term,ai-2,,AI,,,,,", "rule,yes,1,,ai-2,,,ai_core,true"))
    assert found == [(2, "id", id, "code")]


def test_a_message_names_what_may_stand_there(tmp_path: Path) -> None:
    """The kinds, the letters of an id, the scopes, the verdicts, the row that is not there, what is wrong with a pattern."""
    table = table_of(
        tmp_path,
        "word,a,,A,,,,,",
        "term,B,,B,,,,,",
        "rule,c,1,,gone,,,nowhere,perhaps",
        "term,d,,A(,,,,,",
        "context,e,,{lost}x,,,,,",
        "rule,f,2,,B,,,other,true",
    )
    with pytest.raises(ContractError) as raised:
        load_terms(table)
    for language in ("ko", "en"):
        said = {(fault.line, fault.column): fault.say(language) for fault in raised.value.faults if fault.key != "ai_terms.no_term"}
        assert "exclusion, term, context, rule" in said[2, "kind"]
        assert "a-z 0-9 -" in said[3, "id"]
        assert ", ".join(SCOPES) in said[4, "scope"] and "true, false, unclear" in said[4, "is_ai"]
        assert "gone" in said[4, "needs"].replace("‘gone’", "")
    with pytest.raises(ContractError) as raised:
        load_terms(table_of(tmp_path, "term,d,,A(,,,,,", "context,e,,{lost}x,,,,,", "rule,f,2,,d,,,other,true"))
    for language in ("ko", "en"):
        said = {(fault.line, fault.column): fault.say(language) for fault in raised.value.faults}
        assert "unterminated subpattern" in said[2, "pattern"] and "lost" in said[3, "pattern"].replace("{lost}", "")


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (("context,ai,,학교,,,,,", "term,ai,,AI,,,,,", "rule,yes,1,,ai,,,other,true"), [(3, "id", "ai", "repeated")]),
        (("term,ai,,AI,,,,,", "rule,ai,1,,ai,,,other,true"), []),
        (("term,ai,,AI,,,,,", "rule,a,1,,ai,,,other,true", "rule,a,2,,ai,,,other,true"), [(4, "id", "a", "repeated")]),
        (("term,ai,,AI,,,,,", "rule,a,1,,ai,,,other,true", "rule,b,1,,ai,,,other,true"), [(4, "order", "1", "repeated")]),
        (("exclusion,out,,X,,,,,", "term,ai,,AI,,,,,", "rule,a,1,,ai out,,,other,true"), [(4, "needs", "ai out", "unknown_row")]),
        (("term,ai,,AI,,,,,", "rule,a,1,,ai,gone b,,other,true"), [(3, "without", "gone b", "unknown_row")] * 2),
        (("term,ai,,AI,,,,,", "context,c,,C,,,,,", "rule,a,1,,ai|c,,,other,true"), [(4, "needs", "ai|c", "no_term")]),
        (("term,ai,,AI,,,,,", "rule,a,1,,ai|,,,other,true"), [(3, "needs", "ai|", "no_term")]),
        (("context,c,,{ai}C,,,,,", "term,ai,,AI,,,,,", "rule,a,1,,ai,,,other,true"), [(2, "pattern", "{ai}C", "unknown_row")]),
        (("term,ai,,AI,,,,,", "rule,a,1,,ai,,{ai}|{c},other,true"), [(3, "field", "{ai}|{c}", "unknown_row")]),
        ((r"context,c,,(.)\1,,,,,", "term,ai,,AI,,,,,", "rule,a,1,,ai c,,,other,true"), []),
        ((r"term,ai,,(A)\1,,,,,", "rule,a,1,,ai,,,other,true"), [(2, "pattern", r"(A)\1", "pattern")]),
    ],
    ids=lambda value: value[-1][-1] if isinstance(value, list) and value else None,
)
def test_rows_that_contradict_each_other(tmp_path: Path, rows: tuple[str, ...], wanted: list[tuple[Any, ...]]) -> None:
    assert told_of(table_of(tmp_path, *rows)) == wanted


def test_a_named_row_is_put_in_as_one_thing(tmp_path: Path) -> None:
    """``{either}다`` is 가다 or 나다, never 가 alone; and a term within a term may be named as well."""
    table = table_of(
        tmp_path,
        "context,either,,가|나,,,,,",
        "term,verb,,{either}다,,,,,",
        "term,polite,,{verb}요,,,,,",
        "rule,p,1,,polite,,,other,true",
        "rule,v,2,,verb,,,other,false",
    )
    names = {"가다": "v", "나다": "v", "가": "no-term", "나": "no-term", "가다요": "p", "나다요": "p", "다요": "no-term"}
    assert {name: classify_programme(name, terms=table).rule for name in names} == names
    assert classify_programmes(pd.Series(list(names)), terms=table)["rule"].tolist() == list(names.values())


@pytest.mark.parametrize(
    ("pattern", "name", "found"),
    [
        ("(?<!조류)AI(?!홀딩스|\\()", "AI", True),
        ("(?<!조류)AI(?!홀딩스|\\()", "조류AI", False),
        ("(?<!조류)AI(?!홀딩스|\\()", "AI(1)", False),
        ("(?=AI|[(AB)])A[IX]", "AX", True),
        ("(?=AI|[)B]X)A[IX]", "AX", False),
        ("(?<=(?:인공|기계))지능(?! *\\))", "기계지능", True),
        ("(?<=(?:인공|기계))지능(?! *\\))", "인공지능)", False),
    ],
)
def test_conditions_around_a_term(tmp_path: Path, pattern: str, name: str, found: bool) -> None:
    """What Arrow cannot ask is asked afterwards; one name and a column of names agree."""
    table = table_of(tmp_path, f'term,ai,,"{pattern}",,,,,', "rule,yes,1,,ai,,,other,true")
    rule = "yes" if found else "no-term"
    assert classify_programme(name, terms=table).rule == rule
    assert classify_programmes(pd.Series(["x", name]), terms=table)["rule"].tolist() == ["no-term", rule]


@pytest.mark.parametrize(
    ("pattern", "runs_away"),
    [
        ("(AI+)+", True),
        ("(?:a*)*", True),
        ("(?:(?:a*)b){2,}", True),
        ("((a{2,})b)+", True),
        ("(?:x(?:a+)?y)*", True),
        ("(?:a{2,3})+", False),
        ("(?:ab)+c*", False),
        ("[(+]+(?:a|b)*", False),
        ("[]+(]*(?:a)+", False),
        (r"\(a+\)+", False),
        (r"(?:\+)+", False),
        ("(?:AI ?)+", False),
        ("(?:a)+(?:b)+", False),
        ("(?:(?:a)+|b)", False),
    ],
)
def test_a_repetition_within_a_repetition_is_refused(tmp_path: Path, pattern: str, runs_away: bool) -> None:
    found = told_of(table_of(tmp_path, f'context,c,,"{pattern}",,,,,', "term,ai,,AI,,,,,", "rule,yes,1,,ai,,,other,true"))
    assert found == ([(2, "pattern", pattern, "runs_away")] if runs_away else [])


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    """A cell of two lines, an empty line, a mark at the beginning, blanks around cells; then a row that is too short."""
    table = tmp_path / "terms.csv"
    head = ",".join(COLUMNS)
    sound = f'\ufeff{head}\nterm, ai ,,AI ,,,,,,보기,"두 줄\n이유입니다.",2026-11-21\n\nrule,yes,1,,ai,,,other,true,보기,이유입니다.,2026-11-21\n'
    table.write_text(sound, encoding="utf-8")
    assert told_of(table) == [] and classify_programme("AI", terms=table).rule == "yes"
    assert load_terms(table).examples == (("term", "ai", "보기"), ("rule", "yes", "보기"))
    table.write_text(sound + "context,short\nrule,no,x,,ai,,,other,true,보기,이유입니다.,2026-11-21,,\n", encoding="utf-8")
    assert told_of(table) == [(6, None, None, "cells"), (7, None, None, "cells")]
    table.write_text(sound.replace("rule,yes,1", "rule,yes,one"), encoding="utf-8")
    assert told_of(table) == [(5, "order", "one", "order")]
    table.write_text(sound + 'term,"a"b,,A,,,,,,보기,이유입니다.,2026-11-21\n', encoding="utf-8")
    assert [(line, key) for line, _, _, key in told_of(table)] == [(6, "cells")], "a quoted cell ends with its quote"


def test_a_table_of_other_columns_is_told_those_it_needs(tmp_path: Path) -> None:
    table = tmp_path / "terms.csv"
    table.write_text("kind,id\n", encoding="utf-8")
    with pytest.raises(ContractError) as raised:
        load_terms(table)
    (fault,) = raised.value.faults
    assert (fault.line, fault.column, fault.value) == (1, None, "kind,id")
    assert all(", ".join(COLUMNS) in fault.say(language) for language in ("ko", "en"))


def test_a_table_of_the_same_size_is_read_again_when_it_was_written_again(tmp_path: Path) -> None:
    table = table_of(tmp_path, "term,ai,,로봇,,,,,", "rule,yes,1,,ai,,,other,true")
    assert classify_programme("로봇", terms=table).rule == "yes" and load_terms(table) is load_terms(str(table))
    old = table.stat()
    table.write_text(table.read_text(encoding="utf-8").replace("로봇", "드론"), encoding="utf-8")
    os.utime(table, ns=(old.st_atime_ns, old.st_mtime_ns + 1_000_000))
    assert table.stat().st_size == old.st_size and classify_programme("로봇", terms=table).rule == "no-term"

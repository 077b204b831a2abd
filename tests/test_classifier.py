"""Which programme names are AI: cases, spellings, the table itself, and one name against a column of names."""

import csv
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


@given(st.text())
def test_any_text_gets_one_verdict_and_normalising_twice_is_normalising_once(name: str) -> None:
    verdict = classify_programme(name)
    assert verdict.scope in SCOPES and verdict.is_ai in {"true", "false", "unclear"}
    assert normalise_name(normalise_name(name)) == normalise_name(name)


@pytest.mark.parametrize("ai", ["AI·IoT", "AI-IOT", "AI, IoT", "AI.IoT", "Ai-iot", "AI loT", "AIloT", "AIoT", "AIIoT", "ＡＩ·IoT", "AI ‧ IoT", "A.I·IoT", "AI\nIoT", "인공 지능·IoT", "K-AI·IoT"])  # fmt: skip
def test_spellings_of_ai(ai: str) -> None:
    assert classify_programme(f"{ai} 기반 어르신 건강관리")[:2] == ("ai_broad", "true")


# --- a column of names


def test_a_column_is_judged_like_its_names() -> None:
    names = pd.Series([*NAMES, None, "", *reversed(NAMES)], index=range(7, 2 * len(NAMES) + 9))
    judged = classify_programmes(names)
    assert judged.index.equals(names.index)
    assert list(judged.columns) == ["scope", "is_ai", "rule"]
    assert list(judged.itertuples(index=False, name=None)) == [
        classify_programme(name if isinstance(name, str) else None) for name in names
    ]


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
def test_a_faulty_table_is_refused_with_the_place(
    tmp_path: Path, rows: str, line: int | None, column: str | None, key: str
) -> None:
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
    table.write_text(",".join(COLUMNS) + "\n" + RICH.replace("term,learning", "word,learning").replace("context,farm", "wort,farm").replace(",true,", ",yes,"), encoding="utf-8")
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


@pytest.mark.parametrize(("name", "field", "wanted"), [("AI", None, "late"), ("AI", "농림해양수산", "by-field"), ("AI", "축산", "by-field"), ("AI 방역", "농림", "early"), ("AI 축산", None, "early")])
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

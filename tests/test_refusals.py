"""Broken data are refused: every fault at once, each with its place, what it breaks and what to do; nothing is written.

``refusals/sound`` is a very small data folder without a fault; ``refusals/faults.csv`` lists single cells to break in
it and the message each must give. Faults of whole files and rows are made below.
"""

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from budgets.clean import build, clean_files, load
from budgets.errors import BudgetsError, ContractError, DataError, Fault
from budgets.words import catalogue
from conftest import ROOT, Command
from workspace import Workspace, copied

HERE = Path(__file__).parent / "refusals"
with (HERE / "faults.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(csv.DictReader(stream))
CONSEQUENCES = {("rulings/programmes.csv", "seoul-ai-hub-rnd", "parent", "contract.circle")}
"""A circle is reported in each of its rows."""


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, list[Fault]]:
    """The small folder with *all* faults of the list in it, and what the build says to it."""
    workspace = copied(HERE / "sound", tmp_path_factory.mktemp("broken") / "data")
    build(workspace.data)
    for case in CASES:
        workspace.set(case["file"], workspace.line(case["file"], case["row"]), case["column"], case["value"])
    with pytest.raises(ContractError) as caught:
        build(workspace.data)
    return workspace, caught.value.faults


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["fault"])
def test_a_broken_cell_is_named_with_place_value_and_rule(case: dict[str, str], broken: tuple[Workspace, list[Fault]]) -> None:
    workspace, faults = broken
    line = workspace.line(case["file"], case["row"])
    wanted = (case["file"], line, case["shown_column"], case["shown_value"] or None, case["rule"])
    here = [f for f in faults if (f.file, f.line, f.column, f.value, f.key) == wanted]
    assert len(here) == 1, f"{wanted} is not among the faults of its line: {[f for f in faults if (f.file, f.line) == (case['file'], line)]}"
    for language in ("ko", "en"):
        said = here[0].say(language)
        assert said.startswith(f"{case['file']}:{line} [{case['shown_column']}]")
        assert case["shown_value"] in said and "{" not in said.replace("{64}", "").replace("{6}", "") and "\n" not in said
    assert re.search("[가-힣]", here[0].say("ko").split(" — ")[1])
    assert here[0].say("ko") != here[0].say("en")


def test_all_faults_are_reported_at_once_and_no_others(broken: tuple[Workspace, list[Fault]]) -> None:
    workspace, faults = broken
    wanted = {(c["file"], workspace.line(c["file"], c["row"]), c["shown_column"], c["rule"]) for c in CASES}
    wanted |= {(file, workspace.line(file, row), column, rule) for file, row, column, rule in CONSEQUENCES}
    assert {(f.file, f.line, f.column, f.key) for f in faults} == wanted
    assert len(faults) == len(wanted), "a fault is reported twice"
    assert [(f.file, f.line) for f in faults] == sorted((f.file, f.line) for f in faults), "in the order of files and lines"


def test_every_rule_of_the_contract_is_broken_somewhere_here() -> None:
    """A rule without a test would be a rule nobody knows to hold."""
    text = Path(__file__).read_text(encoding="utf-8")
    tested = {case["rule"] for case in CASES} | set(re.findall(r'"(contract\.\w+)"', text))
    rules = {key for key in catalogue() if key.startswith("contract.")}
    assert rules <= tested | {"contract.faults"}, rules - tested  # the headline over all of them is no rule


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_command_line_says_it_all_and_changes_nothing(broken: tuple[Workspace, list[Fault]], command: Command, language: str) -> None:
    workspace, faults = broken
    before = workspace.clean()
    assert before, "the folder was built once, before it was broken"
    done = command("--lang", language, "build", "--data", workspace.data)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    first, *rest = done.stderr.splitlines()
    assert str(len(faults)) in first
    assert [line.strip() for line in rest] == [fault.say(language) for fault in faults]
    assert workspace.clean() == before
    assert [p.name for p in workspace.data.glob(".*")] == [".lock"]


# ---- rows ----


def faults_of(workspace: Workspace) -> set[tuple[str, int | None, str | None, str | None, str]]:
    with pytest.raises(ContractError) as caught:
        clean_files(workspace.data)
    return {(f.file, f.line, f.column, f.value, f.key) for f in caught.value.faults}


def test_a_figure_that_stands_twice(sound: Workspace) -> None:
    figure = "seoul-ai-hub-rnd-2020-approved-metro"
    rows = sound.rows("press/seoul.csv")
    sound.write("press/seoul.csv", [*rows, rows[sound.line("press/seoul.csv", figure) - 1]])
    lines = {sound.line("press/seoul.csv", figure), len(rows) + 1}
    assert faults_of(sound) == {("press/seoul.csv", line, "figure_id", figure, "contract.unique") for line in lines}


def test_a_transcript_that_is_read_for_no_government(sound: Workspace) -> None:
    """Renamed by mistake it would take its figures out of every comparison; a copy of what is read takes nothing."""
    lost = sound.rows("press/seoul.csv")[1][0]
    sound.write("press/copy of seoul.csv", sound.rows("press/seoul.csv"))
    clean_files(sound.data)
    sound.path("press/seoul.csv").unlink()
    assert ("press/copy of seoul.csv", 2, "figure_id", lost, "contract.unread") in faults_of(sound)


def test_two_kinds_of_figures_with_one_identifier(sound: Workspace) -> None:
    target = sound.rows("press/seoul.csv")[1]
    assert target[1] == "target"
    line = sound.line("press/seoul.csv", "seoul-ai-hub-rnd-2020-approved-metro")
    sound.set("press/seoul.csv", line, "figure_id", target[0])
    assert {fault[1:] for fault in faults_of(sound)} == {(n, "figure_id", target[0], "contract.unique") for n in (2, line)}


def test_identifiers_keep_their_form(sound: Workspace) -> None:
    line = sound.line("press/seoul.csv", "seoul-ai-hub-rnd-2020-approved-metro")
    sound.set("press/seoul.csv", line, "figure_id", "Seoul R&D 2020")
    assert faults_of(sound) == {("press/seoul.csv", line, "figure_id", "Seoul R&D 2020", "contract.form")}


def test_periods_of_validity_do_not_overlap(sound: Workspace) -> None:
    gwangju = dict(zip(*(sound.rows("reference/governments.csv")[n] for n in (0, sound.line("reference/governments.csv", "gwangju") - 1)), strict=True))
    line = sound.add("reference/governments.csv", **gwangju | {"valid_from": "2026-06-30", "valid_to": ""})
    assert faults_of(sound) == {("reference/governments.csv", line, "valid_from", "gwangju", "contract.overlap")}
    sound.set("reference/governments.csv", line, "valid_from", "2026-07-01")
    assert clean_files(sound.data)


def test_a_ruling_that_needs_another_figure(sound: Workspace) -> None:
    line = sound.add(
        "rulings/figures.csv", figure_id="seoul-ai-hub-rnd-2020-approved-metro", ruling="part_of", reason="더 큰 금액 안에 들어 있다.", decided_on="2026-11-21"
    )
    assert faults_of(sound) == {("rulings/figures.csv", line, "other_figure_id", None, "contract.needs_other")}


def test_a_chain_of_repetitions(sound: Workspace) -> None:
    """A is the same as B and B the same as C: A must name C."""
    line = sound.add(
        "rulings/figures.csv",
        figure_id="incheon-rnd-activation-2021-approved-kyungdo",
        ruling="same_as",
        other_figure_id="incheon-rnd-activation-envelope-2020-2024-subtitle-kyungdo",
        reason="같은 금액을 되풀이한 것이다.",
        decided_on="2026-11-21",
    )
    wanted = ("rulings/figures.csv", line, "other_figure_id", "incheon-rnd-activation-envelope-2020-2024-subtitle-kyungdo", "contract.chain")
    assert faults_of(sound) == {wanted}


def test_two_canonical_rows_for_one_figure(sound: Workspace) -> None:
    figure, first = sound.rows("rulings/figures.csv")[2][0], sound.rows("rulings/figures.csv")[2][2]
    second = "incheon-rnd-activation-2021-approved-kyungdo"
    line = sound.add(
        "rulings/figures.csv", figure_id=figure, ruling="same_as", other_figure_id=second, reason="같은 금액을 되풀이한 것이다.", decided_on="2026-11-21"
    )
    assert faults_of(sound) == {("rulings/figures.csv", line, "figure_id", figure, "contract.two_canonical")}
    with pytest.raises(ContractError) as caught:
        clean_files(sound.data)
    assert f"{first}, {second}" in caught.value.say("ko")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("끝에\0숨은 글", "contract.unseen"),
        ("뒤집힌 \u202e글", "contract.unseen"),
        ("너비 없는\u200b빈칸", "contract.unseen"),
        ("줄을 가르는\u2028글", "contract.unseen"),
        ("문단을 가르는\u2029글", "contract.unseen"),
        ("АІ 허브", "contract.alike"),
        ("ΑI 허브", "contract.alike"),
        ('=HYPERLINK("http://example.org","열기")', "contract.formula"),
        ("=cmd|' /C calc'!A0", "contract.formula"),
        ("-2+3+cmd|' /C calc'!A0", "contract.formula"),
        ("@SUM(1+1)*cmd|' /C calc'!A0", "contract.formula"),
    ],
)
def test_texts_that_are_not_what_they_look_like(sound: Workspace, text: str, rule: str) -> None:
    sound.set("press/seoul.csv", 2, "note", text)
    assert faults_of(sound) == {("press/seoul.csv", 2, "note", text, rule)}


@pytest.mark.parametrize(
    "text", ["=인천, 인공지능 놀이터", "- AI(인공지능) 항목", "+α 사업(시범)", "두 줄\n글", "Ⅱ단계 ①·②", "ＡＩ 허브", "10㎡, 5μm", "𝐀𝐈", "👩‍💻"[0]]
)
def test_texts_that_only_look_odd_are_kept(sound: Workspace, text: str) -> None:
    sound.set("press/seoul.csv", 2, "note", text)
    assert clean_files(sound.data)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://a b", 'https://a"onmouseover="x']
)
def test_addresses_are_those_of_the_web(sound: Workspace, address: str) -> None:
    sound.set("press/sources.csv", 2, "url", address)
    assert faults_of(sound) == {("press/sources.csv", 2, "url", address, "contract.address")}


@pytest.mark.parametrize("day", ["2021-W12-4", "20210325", "9999-12-31", "0001-01-01", "２０２１-03-25", "2021-03-25T00:00", "2021-3-25"])
def test_days_are_written_one_way_and_lie_in_our_times(sound: Workspace, day: str) -> None:
    sound.set("press/sources.csv", 2, "published_on", day)
    assert faults_of(sound) == {("press/sources.csv", 2, "published_on", day, "contract.date")}


@pytest.mark.parametrize("number", ["1e400", "1e3", "1_000", "１２", "NaN", "-0x1", "9223372036854775808", "9" * 400])
def test_numbers_are_written_one_way_and_have_an_end(sound: Workspace, number: str) -> None:
    line = sound.line("reference/population.csv", "seoul")
    sound.set("reference/population.csv", line, "value", number)
    assert faults_of(sound) == {("reference/population.csv", line, "value", number, "contract.number")}


def test_what_happened_happened_before_it_was_printed_and_was_printed_before_it_was_read(sound: Workspace) -> None:
    line = sound.line("press/national.csv", "national-ai-strategy-adoption-metro")
    sound.set("press/national.csv", line, "date_start", "2020-02-01")
    sound.set("press/national.csv", line, "date_end", "2020-02-29")
    sound.set("press/sources.csv", 2, "accessed_on", "2021-03-24")
    assert faults_of(sound) == {
        ("press/national.csv", line, "date_start", "2020-02-01", "contract.before_it_was_printed"),
        ("press/sources.csv", 2, "accessed_on", "2021-03-24", "contract.read_before_published"),
    }


def test_a_faulty_table_of_terms_is_refused_by_the_build(built: Workspace, command: Command) -> None:
    """And by verify; the tables that were built stay."""
    shutil.copyfile(ROOT / "data" / "rulings" / "ai_terms.csv", built.path("rulings/ai_terms.csv"))
    assert clean_files(built.data)
    line = next(n for n, row in enumerate(built.rows("rulings/ai_terms.csv"), 1) if row[0] == "term")
    built.set("rulings/ai_terms.csv", line, "pattern", "(AI")
    for name in ("build", "verify"):
        for language in ("ko", "en"):
            done = command("--lang", language, name, "--data", built.data)
            assert done.returncode == 1 and f"rulings/ai_terms.csv:{line} [pattern]" in done.stderr


# ---- whole files ----


def test_columns_missing_and_unknown(sound: Workspace) -> None:
    head, *rows = sound.rows("press/incheon.csv")
    sound.write("press/incheon.csv", [[("fundings" if name == "funding" else name) for name in head], *rows])
    assert faults_of(sound) == {
        ("press/incheon.csv", 1, None, None, "contract.column_in_dataframe"),
        ("press/incheon.csv", 1, None, None, "contract.column_in_schema"),
    }
    with pytest.raises(ContractError, match="fundings"):
        clean_files(sound.data)


def test_ragged_rows_and_the_faults_of_the_other_files_in_one_go(sound: Workspace) -> None:
    """A comma too many in one file does not hide a wrong date in another."""
    head, first, *rows = sound.rows("press/incheon.csv")
    sound.write("press/incheon.csv", [head, [*first, "쉼표가 든 글"], *rows[:-1], rows[-1][:-2]])
    sound.set("reference/population.csv", 2, "year", "2019년")
    assert faults_of(sound) == {
        ("press/incheon.csv", 2, None, None, "contract.ragged"),
        ("press/incheon.csv", len(rows) + 2, None, None, "contract.ragged"),
        ("reference/population.csv", 2, "year", "2019년", "contract.integer"),
    }


def emptied(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")


def in_cp949(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp949", errors="replace"))


def cut_in_a_quote(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + '"끝나지 않는 따옴표', encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "key"),
    [(Path.unlink, "file.missing"), (emptied, "file.empty"), (in_cp949, "file.encoding"), (cut_in_a_quote, "file.broken_line")],
)
@pytest.mark.parametrize("file", ["press/sources.csv", "press/programmes.csv", "reference/settlements.csv", "rulings/figures.csv"])
def test_a_file_that_cannot_be_read(built: Workspace, file: str, spoil: Callable[[Path], None], key: str) -> None:
    before = built.clean()
    spoil(built.path(file))
    with pytest.raises(DataError) as caught:
        build(built.data)
    assert caught.value.key == key
    for language in ("ko", "en"):
        assert built.path(file).name in caught.value.say(language)
    assert built.clean() == before


def test_no_transcripts_at_all(sound: Workspace) -> None:
    for name in ("seoul", "incheon", "gwangju", "national"):
        sound.path(f"press/{name}.csv").unlink()
    with pytest.raises(DataError) as caught:
        clean_files(sound.data)
    assert caught.value.key == "file.missing"


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(sound: Workspace) -> None:
    wanted = clean_files(sound.data)
    for path in (sound.data / "raw").rglob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert clean_files(sound.data) == wanted


# ---- what was built ----


def test_tables_that_were_never_built(sound: Workspace, command: Command) -> None:
    with pytest.raises(DataError) as caught:
        load(sound.data)
    assert caught.value.key == "clean.missing"
    done = command("verify", "--data", sound.data)
    assert done.returncode == 1 and "budgets build" in done.stderr and "Traceback" not in done.stderr


def test_tables_edited_by_hand(built: Workspace) -> None:
    load(built.data)
    line = built.line("clean/budgets.csv", "seoul-ai-hub-rnd-2020-approved-metro")
    assert built.set("clean/budgets.csv", line, "amount_krw", "40000000000000") == "4000000000"
    with pytest.raises(DataError) as caught:
        load(built.data)
    assert caught.value.key == "clean.stale"


def test_a_folder_that_cannot_be_written(sound: Workspace) -> None:
    (sound.data / "clean").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(BudgetsError) as caught:
        build(sound.data)
    assert caught.value.key == "clean.unwritable"
    assert (sound.data / "clean").read_text(encoding="utf-8") == "a file where the folder should be"


def test_messages_stay_on_one_line_whatever_the_cell_holds(sound: Workspace) -> None:
    sound.set("press/seoul.csv", 2, "phase", "첫 줄\n둘째 줄\u202e" + "긴 글 " * 100)
    with pytest.raises(ContractError) as caught:
        clean_files(sound.data)
    (said,) = caught.value.say("ko").splitlines()[1:]
    assert len(said) < 400 and "\u202e" not in said

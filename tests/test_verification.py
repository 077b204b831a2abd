"""Does every figure still stand where we say? One altered token, one altered line, one text missing: each is found."""

import hashlib
import shutil
from pathlib import Path

import pandas as pd
import pytest

from budgets.checkout import default_data
from budgets.clean import build, load
from budgets.errors import ContractError, DataError
from budgets.reports.fingerprints import DataPrint
from budgets.sources.workbooks import template
from budgets.tables import Tables
from budgets.verification import check_text, strays, verify
from conftest import Command
from filling import filled, sound_rows
from workspace import Workspace, copied

TEXTS = Path(__file__).resolve().parents[2] / "shared" / "sources"
WITH_TEXTS = pytest.mark.skipif(not TEXTS.is_dir(), reason=f"the texts of the sources are not part of the project ({TEXTS})")
PAGE = "광장 소식\n\n올해 예산은 12억 원이다.\n작년 3억 원, 올해 3억 원.\n\n끝.\n"


def figures(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame([{"figure_id": f"figure-{n}", "as_printed": token, "locator": place} for n, (token, place) in enumerate(rows)])


def check(tmp_path: Path, rows: pd.DataFrame, text: str = PAGE, read: str = PAGE) -> list[tuple[int | None, str | None, str | None, str]]:
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf-8")
    faults = check_text("page-2025", path, hashlib.sha256(read.encode()).hexdigest(), rows)
    assert {f.file for f in faults} <= {"page-2025"}
    assert all(f.say("ko") != f.say("en") for f in faults)
    return [(f.line, f.column, f.value, f.key) for f in faults]


SOUND = (("12억 원", "paragraph 2, line 3"), ("3억 원", "paragraph 3, line 4"), ("3억 원", "paragraph 3, line 4, occurrence 2"))


def test_tokens_at_their_places_are_no_fault(tmp_path: Path) -> None:
    assert check(tmp_path, figures(*SOUND)) == []


@pytest.mark.parametrize(
    ("token", "place"),
    [
        ("13억 원", "paragraph 2, line 3"),  # another token
        ("12억원", "paragraph 2, line 3"),  # another spacing is another token
        ("12억 원", "paragraph 2, line 4"),  # another line
        ("12억 원", "paragraph 3, line 3"),  # the line, but not that paragraph
        ("3억 원", "paragraph 3, line 4, occurrence 3"),  # only twice there
        ("12억 원", "paragraph 9, line 99"),  # beyond the end
        ("끝", "paragraph 0, line 0"),
    ],
)
def test_a_token_that_is_not_there_is_reported(tmp_path: Path, token: str, place: str) -> None:
    faults = check(tmp_path, figures(*SOUND, (token, place)))
    line = int(place.split("line ")[1].split(",")[0])
    assert faults == [(line, "figure-3", token, "verify.token")]


@pytest.mark.parametrize(
    ("token", "place", "stands"),
    [
        ("9,800백만원", "paragraph 3, line 3", True),
        ("980백만원", "paragraph 3, line 3", True),
        ("980천원", "paragraph 3, line 3", False),  # another unit than the printed one
        ("80백만원", "paragraph 3, line 3", False),  # a piece of a number
        ("9,80백만원", "paragraph 3, line 3", False),
        ("9,800백만원", "paragraph 3, line 3, occurrence 2", False),
        ("백만원", "paragraph 3, line 3", False),
    ],
)
def test_a_cell_of_a_table_stands_with_the_unit_above_it(tmp_path: Path, token: str, place: str, stands: bool) -> None:
    page = "예산\n(단위: 백만 원)\n관제 | 980 | 9,800\n"
    assert [key for *_, key in check(tmp_path, figures((token, place)), page, page)] == ([] if stands else ["verify.token"])


def test_a_place_that_cannot_be_read(tmp_path: Path) -> None:
    assert check(tmp_path, figures(("12억 원", "excerpt"))) == [(None, "figure-0", "excerpt", "verify.locator")]


def test_one_altered_token_of_the_text(tmp_path: Path) -> None:
    """The text is another one (its hash says so), and the token is gone."""
    faults = check(tmp_path, figures(*SOUND), text=PAGE.replace("12억", "13억"))
    assert [key for *_, key in faults] == ["verify.hash", "verify.token"]
    assert faults[1][:3] == (3, "figure-0", "12억 원")


def test_one_altered_line_moves_every_token_below_it(tmp_path: Path) -> None:
    faults = check(tmp_path, figures(*SOUND), text=PAGE.replace("\n\n올해", "\n올해"))
    assert [key for *_, key in faults] == ["verify.hash", *["verify.token"] * 3]


def test_a_change_away_from_every_token_is_seen_by_the_hash_alone(tmp_path: Path) -> None:
    assert [key for *_, key in check(tmp_path, figures(*SOUND), text=PAGE + "\n")] == ["verify.hash"]


def test_a_missing_text(tmp_path: Path) -> None:
    (fault,) = check_text("page-2025", tmp_path / "gone.txt", "0" * 64, figures(*SOUND))
    assert (fault.key, fault.value) == ("verify.no_text", "gone.txt")


# ---- the whole ----


def page(tokens: list[tuple[str, str]]) -> str:
    """An invented text that holds each token at its paragraph and line."""
    places: dict[tuple[int, int], list[str]] = {}
    for token, locator in tokens:
        paragraph, line = (int(part.split()[1]) for part in locator.split(", ")[:2])
        places.setdefault((line, paragraph), []).append(token)
    lines: list[str] = []
    for (line, paragraph), some in sorted(places.items()):
        words = paragraph - 1 - sum(map(bool, lines))  # paragraphs wanted between the last token and this one
        lines += ["글"] * words + [""] * (line - 1 - len(lines) - words) + [" ".join(some)]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def with_texts(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The very small data folder, and three invented texts that hold its tokens."""
    workspace = copied(Path(__file__).parent / "refusals" / "sound", tmp_path_factory.mktemp("verify") / "data")
    texts = workspace.data / "texts"
    texts.mkdir()
    rows = [
        dict(zip(table[0], row, strict=True))
        for f in ("seoul", "gwangju", "incheon", "national")
        for table in [workspace.rows(f"press/{f}.csv")]
        for row in table[1:]
    ]
    head, *sources = workspace.rows("press/sources.csv")
    for source in sources:
        text = page([(row["as_printed"], row["locator"]) for row in rows if row["source_id"] == source[0]])
        (texts / source[head.index("text_file")]).write_text(text, encoding="utf-8")
        source[head.index("sha256")] = hashlib.sha256(text.encode()).hexdigest()
    workspace.write("press/sources.csv", [head, *sources])
    build(workspace.data)
    return workspace


def test_everything_in_its_place(with_texts: Workspace) -> None:
    found = verify(with_texts.data, with_texts.data / "texts")
    assert found.faults == []
    assert (found.figures, found.sources, found.texts, found.tokens) == (14, 3, 3, 14)
    assert found.rulings == 9


def test_one_altered_token_in_the_texts_is_named(with_texts: Workspace, tmp_path: Path, command: Command) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for path in (with_texts.data / "texts").iterdir():
        (texts / path.name).write_text(path.read_text(encoding="utf-8").replace("16억 원", "61억 원"), encoding="utf-8")
    found = verify(with_texts.data, texts)
    assert [(f.file, f.key, f.value) for f in found.faults if f.key == "verify.token"] == [("kyungdo-2021-03-25", "verify.token", "16억 원")]
    assert found.tokens == 13
    done = command("--lang", "en", "verify", "--data", with_texts.data, "--texts", texts)
    assert done.returncode == 1 and "kyungdo-2021-03-25:17" in done.stderr and "‘16억 원’" in done.stderr and "Traceback" not in done.stderr


def test_without_texts_nothing_is_said_of_tokens(with_texts: Workspace) -> None:
    found = verify(with_texts.data)
    assert (found.texts, found.tokens, found.faults) == (0, 0, [])


def test_a_folder_of_texts_that_does_not_exist(with_texts: Workspace, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        verify(with_texts.data, tmp_path / "nowhere")
    assert caught.value.key == "verify.no_folder"


def test_tables_that_are_not_what_the_transcripts_give(built: Workspace) -> None:
    assert verify(built.data).faults == []
    line = built.line("press/seoul.csv", "seoul-ai-hub-rnd-2020-approved-metro")
    built.set("press/seoul.csv", line, "note", "비고를 고침")
    assert {(f.file, f.key) for f in verify(built.data).faults} == {("clean/budgets.csv", "verify.stale"), ("clean/datapackage.json", "verify.stale")}


def test_the_committed_data_are_sound() -> None:
    found = verify(default_data())
    assert found.faults == []
    assert len(found.sums) > 0 and "gwangju-aica-staff-2020-01-nkeconomy" in set(found.sums["whole_id"])


@WITH_TEXTS
def test_every_token_of_the_five_documents_stands_at_its_place(tables: Tables) -> None:
    found = verify(default_data(), TEXTS)
    assert found.faults == []
    held = tables.sources.dropna(subset=["text_file"])["source_id"]
    tokens = sum(t["source_id"].isin(held).sum() for t in (tables.budgets, tables.targets, tables.milestones))
    assert (found.texts, found.tokens) == (5, tokens) and tokens >= 60


@WITH_TEXTS
def test_one_altered_figure_of_the_five_documents_is_found(tmp_path: Path) -> None:
    for path in TEXTS.glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes().replace("4061억원".encode(), "4016억원".encode()))
    keys = {(f.key, f.column) for f in verify(default_data(), tmp_path).faults}
    assert keys == {("verify.hash", "sha256"), ("verify.token", "gwangju-cluster1-envelope-to-2024-metro")}


# ---- files that nobody reads ----

STRAYS = [
    "raw/press/Kopie von incheon.csv",
    "raw/press/.~lock.incheon.csv#",
    "raw/press/incheon - 복사본.csv",
    "raw/reference/population (1).csv",
    "rulings/figures.csv.bak",
    "rulings/.#figures.csv",
    "clean/old.csv",
]


@pytest.fixture
def strewn(built: Workspace) -> Workspace:
    """Data among which lie a copy, the lock of an open table, a link of an editor that leads nowhere."""
    for name in STRAYS:
        path = built.data / name
        if ".#" in name:
            path.symlink_to("someone@somewhere.1234")
        elif ".~lock" in name:
            path.write_text(",someone,somewhere;", encoding="utf-8")
        else:
            path.write_bytes(built.path("press/incheon.csv").read_bytes())
    return built


@pytest.mark.parametrize("language", ["ko", "en"])
def test_files_that_nobody_reads_are_named_and_change_nothing(strewn: Workspace, command: Command, language: str) -> None:
    before = strewn.clean()
    for verb in ("build", "verify"):
        done = command("--lang", language, verb, "--data", strewn.data)
        assert done.returncode == 0 and {"ko": "사용되지 않는 파일 7개", "en": "7 files that nobody reads"}[language] in done.stderr
        assert all(name in done.stderr for name in STRAYS)
    assert strewn.clean() == before
    for name in STRAYS:
        (strewn.data / name).unlink()
    for verb in ("build", "verify"):
        assert command(verb, "--data", strewn.data).stderr == ""


def test_a_copy_beside_a_transcript_is_not_read_for_a_workbook_or_an_article(strewn: Workspace, command: Command, tmp_path: Path) -> None:
    workbook = filled(template(load(strewn.data)), sound_rows(), tmp_path / "filled.xlsx")
    done = command("check", workbook, "--data", strewn.data)
    assert done.returncode == 0, done.stderr
    assert command("add", workbook, "--data", strewn.data).returncode == 0
    shutil.copy(default_data() / "rulings" / "reader_cues.csv", strewn.data / "rulings")
    assert command("read", "-", "--data", strewn.data, stdin="인천시는 2026년 AI 예산으로 12억 원을 편성했다.").returncode == 0


def test_figures_that_stand_in_a_file_nobody_reads_are_no_remark(built: Workspace, command: Command) -> None:
    """A transcript renamed by mistake would take a whole government out of every comparison."""
    built.path("press/incheon.csv").rename(built.path("press/incheon (1).csv"))
    done = command("build", "--data", built.data)
    assert done.returncode == 1 and "incheon (1).csv:2" in done.stderr and "raw/press/<지방정부>.csv" in done.stderr


def test_what_a_program_leaves_hidden_is_no_other_data(strewn: Workspace) -> None:
    before = DataPrint(strewn.data)
    (strewn.data / "rulings" / ".~lock.figures.csv#").write_text("x", encoding="utf-8")
    after = DataPrint(strewn.data)
    assert after.whole == before.whole and after.seen_by(["incheon"]) == before.seen_by(["incheon"])


def test_what_bears_no_name_of_a_government_is_no_transcript(built: Workspace) -> None:
    """A new government's figures are read as soon as the government is on the list."""
    built.path("press/busan.csv").write_bytes(built.path("press/incheon.csv").read_bytes())
    assert strays(built.data) == ["raw/press/busan.csv"]
    row = dict(
        zip(
            built.rows("reference/governments.csv")[0],
            built.rows("reference/governments.csv")[built.line("reference/governments.csv", "incheon") - 1],
            strict=True,
        )
    )
    built.add("reference/governments.csv", **row | {"government": "busan"})
    assert strays(built.data) == []
    with pytest.raises(ContractError) as caught:
        build(built.data)
    assert "press/busan.csv" in {fault.file for fault in caught.value.faults}

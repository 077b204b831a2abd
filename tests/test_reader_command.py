"""`budgets read` at the desk: what it names, what it writes over and what not, and what it says where it cannot."""

import html
import re
import shlex
from pathlib import Path

import pytest

from budgets.checkout import default_data
from budgets.reader.desk import entries_of, read_file
from conftest import Command
from workspace import Workspace

DATA = default_data()
NEWS = "인천시, 소식\n입력 2026-03-05 10:00\n인천시는 올해 ‘AI 플레이그라운드 인천’ 사업에 시비 {} 원을 편성했다.\n"


def source_of(path: Path, data: Path) -> str:
    (source,) = {str(row["source_id"]) for row in entries_of(*read_file(path, data), data)}
    return source


def test_two_articles_of_one_day_are_two_sources_whatever_their_files_are_called(workspace: Workspace, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("인천 소식.txt", "부산 소식.txt", "셋째.txt")]
    for n, path in enumerate(paths, 3):
        path.write_text(NEWS.format(f"{n}억"), encoding="utf-8")
    for path, name in zip(paths, ("article-2026-03-05", "article-2026-03-05-2", "article-2026-03-05-3"), strict=True):
        assert source_of(path, workspace.data) == name
        file, _ = read_file(path, workspace.data)
        workspace.add("press/sources.csv", source_id=name, sha256=file.sha256)
        assert source_of(path, workspace.data) == name, "what is on file keeps its name"


def test_a_stream_has_no_name_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NEWS.format("3억"), encoding="utf-8")
    with path.open("rb") as stream:
        file, reading = read_file(Path(f"/dev/fd/{stream.fileno()}"), DATA)
    assert file.name == "-" and {row["source_id"] for row in entries_of(file, reading, DATA)} == {"article-2026-03-05"}


def article(path: Path, amount: str = "3억") -> Path:
    path.write_text(NEWS.format(amount), encoding="utf-8")
    return path


def command_on(page: Path) -> str:
    """The command that the page gives where nothing is struck."""
    found = re.search(r'data-begin="([^"]*)" data-end="([^"]*)"', page.read_text(encoding="utf-8"))
    assert found
    return html.unescape(found[1] + found[2])


@pytest.mark.parametrize(
    ("option", "there", "said"),
    [
        ("--out", "mine.xlsx", "mine.xlsx"),
        ("--page", "saved.html", "saved.html"),
        ("--page", "article.html", "기사"),
        ("--page", "link.html", ".html"),
    ],
)
def test_what_is_there_is_not_written_over(command: Command, tmp_path: Path, option: str, there: str, said: str) -> None:
    path = article(tmp_path / "article.html")
    (tmp_path / "mine.xlsx").write_bytes(b"entered")
    (tmp_path / "saved.html").write_bytes(b"<html>another article</html>")
    (tmp_path / "link.html").symlink_to("mine.xlsx")
    before = {p: p.read_bytes() for p in tmp_path.iterdir()}
    done = command("read", path, option, tmp_path / there)
    assert done.returncode == 2 and said in done.stderr
    assert {p: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_page_of_ours_is_written_anew(command: Command, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    for amount in ("3억", "4억"):
        done = command("read", article(tmp_path / "a.txt", amount), "--page", page)
        assert done.returncode == 0, done.stderr
        assert amount in page.read_text(encoding="utf-8")


def test_the_command_on_the_page_reads_the_same_again(command: Command, tmp_path: Path) -> None:
    """With everything given, quoted for a shell; the workbook it writes is none that is there."""
    folder = tmp_path / "새 글들"
    folder.mkdir()
    path, page, book = article(folder / "it's 글.txt"), tmp_path / "a.html", tmp_path / "it's 글.xlsx"
    given = ["--published", "2026-03-06", "--government", "busan", "--data", DATA]
    assert command("--lang", "en", "read", path, *given, "--page", page, "--out", book, cwd=tmp_path).returncode == 0
    first, *words = shlex.split(command_on(page))
    assert (first, words) == ("budgets", ["--lang", "en", "read", str(path), *map(str, given), "--out", "it's 글-2.xlsx"])
    done = command(*words, cwd=tmp_path)
    assert done.returncode == 0 and (tmp_path / "it's 글-2.xlsx").is_file(), done.stderr


def test_of_a_text_from_standard_input_the_page_says_so(command: Command, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    assert command("read", "-", "--page", page, stdin=NEWS.format("3억"), cwd=tmp_path).returncode == 0
    assert command_on(page) == "budgets read - --out article.xlsx" and "표준 입력" in page.read_text(encoding="utf-8")


def test_a_file_that_looks_like_an_option_is_still_a_file(command: Command, tmp_path: Path) -> None:
    article(tmp_path / "-x y.txt")
    assert command("read", "--page", "a.html", "--", "-x y.txt", cwd=tmp_path).returncode == 0
    assert command(*shlex.split(command_on(tmp_path / "a.html"))[1:], cwd=tmp_path).returncode == 0
    assert (tmp_path / "-x y.xlsx").is_file()


def test_a_table_in_another_encoding_is_called_that(command: Command, workspace: Workspace, tmp_path: Path) -> None:
    path = workspace.path("press/programmes.csv")
    before = path.read_bytes()
    path.write_bytes(before + "부산".encode("cp949"))
    done = command("read", article(tmp_path / "a.txt"), "--data", workspace.data)
    assert done.returncode == 1 and f"programmes.csv: UTF-8이 아닙니다(바이트 {len(before)})" in done.stderr, done.stderr

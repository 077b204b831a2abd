"""What an edition keeps, what its first page says has changed, and that it can be made again, byte for byte."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from budgets.checkout import default_data
from budgets.clean import build
from budgets.errors import BudgetsError, UsageError
from budgets.lines import import_lofin
from budgets.reports.again import Again, edition_folder, made_again, told
from budgets.reports.difference import difference
from budgets.reports.fingerprints import names, of_data
from budgets.reports.line_sums import sums_in
from budgets.reports.manifest import Manifest
from lofin_api import row
from notebooks_made import written
from test_lofin_files import saved, text_of
from test_render import EDITION, OPENING, House, house, process  # noqa: F401 - fixtures
from workspace import Workspace, copied


@pytest.fixture
def edited(house: House, tmp_path: Path) -> tuple[House, Workspace]:  # noqa: F811
    """A small edition on a private copy of the data."""
    workspace = copied(default_data(), tmp_path / "data")
    return replace(house, data=workspace.data), workspace


def again(house: House) -> Again:  # noqa: F811
    return made_again(house.out, house.data, jobs=2, editions=house.folder / "editions.toml", notebooks=house.folder / "notebooks")


def change_one(workspace: Workspace) -> None:
    line = workspace.line("press/incheon.csv", next(row[0] for row in workspace.rows("press/incheon.csv") if row[1] == "budget"))
    workspace.set("press/incheon.csv", line, "note", "다시 읽고 고친 비고.")
    build(workspace.data)


@pytest.mark.slow
def test_an_edition_keeps_its_data_and_those_before(edited: tuple[House, Workspace]) -> None:
    house, workspace = edited  # noqa: F811
    house.render()
    first = (house.out / "data" / "clean" / "budgets.csv").read_bytes()
    assert first == (workspace.data / "clean" / "budgets.csv").read_bytes() and not (house.out / "previous").exists()
    assert "지난 판" not in (house.out / "index.html").read_text(encoding="utf-8")
    house.render(force=True)
    assert not (house.out / "previous").exists()  # the same data are no other edition
    change_one(workspace)
    house.render()
    assert (house.out / "previous" / "clean" / "budgets.csv").read_bytes() == first
    assert (house.out / "data" / "clean" / "budgets.csv").read_bytes() != first
    index = (house.out / "index.html").read_text(encoding="utf-8")
    assert "정정 1건" in index and "다시 읽고 고친 비고." in index
    house.render(force=True)
    assert "다시 읽고 고친 비고." in (house.out / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_an_edition_that_shows_official_lines_keeps_their_sums(edited: tuple[House, Workspace], tmp_path: Path) -> None:
    house, workspace = edited  # noqa: F811
    lines = [row(n, day="20251231") for n in range(20)]
    import_lofin([saved(tmp_path / "lines.csv", text_of(lines))], workspace.data)
    house.render()
    assert Manifest.read(house.out).lines == {}, "none of its pages shows lines"
    written(house.folder / "notebooks" / "find_ai_programmes.ipynb", OPENING)
    house.write(EDITION + '[[edition.small.report]]\nnotebook = "find_ai_programmes"\nname = "found"\n')
    house.render()
    assert sums_in(house.out) == sums_in(workspace.data) is not None
    assert len((house.out / "manifest.json").read_bytes()) < 20_000
    shutil.copytree(house.out, tmp_path / "before")
    import_lofin([saved(tmp_path / "later.csv", text_of([*lines, row(20, day="20251231")]))], workspace.data)
    assert "found" in house.made()
    (change,) = difference(tmp_path / "before", house.out).lines
    assert change.kind == "lines" and change.before and change.after and (change.before.lines, change.after.lines) == (4, 5)
    assert again(house).differ == {}


@pytest.mark.slow
def test_every_product_names_data_code_and_lock(edited: tuple[House, Workspace]) -> None:
    house, workspace = edited  # noqa: F811
    house.render()
    made_of = json.loads((house.out / "manifest.json").read_text(encoding="utf-8"))["made_of"]
    assert made_of == names(of_data(workspace.data), *sorted((house.folder / "notebooks").glob("*.ipynb")))
    assert all(re.fullmatch("[0-9a-f]{16}", digits) for digits in made_of.values()) and list(made_of) == ["data", "code", "lock"]
    for page in house.out.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        for label in (
            ("자료 지문", "코드 지문", "잠금 파일 지문")
            if 'lang="ko"' in text[:60]
            else ("fingerprint of the data", "fingerprint of the code", "fingerprint of the lock file")
        ):
            assert re.search(rf"<dt>{label}</dt><dd>[0-9a-f]{{16}}</dd>", text), (page.name, label)
        assert str(workspace.data) not in text, "a page names no folder of the machine that made it"


@pytest.mark.slow
def test_an_edition_is_made_again_the_same(edited: tuple[House, Workspace]) -> None:
    house, workspace = edited  # noqa: F811
    house.render()
    change_one(workspace)
    house.render()
    change_one(workspace)  # the data in the folder are not asked: the edition keeps its own
    found = again(house)
    assert found.differ == {} and found.made_of == {} and found.files == 5
    assert "모두 같음" in told(found, "ko")[0]


@pytest.mark.slow
def test_what_was_touched_or_lost_is_named(edited: tuple[House, Workspace]) -> None:
    house, _ = edited  # noqa: F811
    house.render()
    page = house.out / "coverage-ko.html"
    page.write_text(page.read_text(encoding="utf-8").replace("열린", "닫힌"), encoding="utf-8")
    (house.out / "coverage-en.html").unlink()
    house.write(cell="print(2)")
    found = again(house)
    assert found.differ == {"coverage-ko.html": "touched", "coverage-en.html": "gone"} | {"index.html": "otherwise"}
    assert list(found.made_of) == ["code"]
    out, err = told(found, "en")
    assert out == "" and "coverage-en.html: is gone" in err and "3 of 5 files differ" in err


def test_what_is_no_edition_is_said(tmp_path: Path, edited: tuple[House, Workspace]) -> None:
    house, _ = edited  # noqa: F811
    with pytest.raises(UsageError, match="no edition"):
        edition_folder(Path("nowhere"), tmp_path)
    house.render()
    assert edition_folder(Path("small"), house.folder / "out") == house.out == edition_folder(house.out, tmp_path)
    manifest, kept = house.out / "manifest.json", house.out / "data" / "clean" / "budgets.csv"
    for path, wanted in ((manifest, "manifest.json is damaged"), (kept, str(house.out))):  # not a private copy's path
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(BudgetsError, match=wanted):
            again(house)
        path.write_bytes(whole)
    shutil.rmtree(house.out / "data")
    with pytest.raises(BudgetsError, match="is not there"):
        again(house)

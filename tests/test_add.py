"""Adding: all or nothing, nothing overwritten, a small sorted diff, and a second time changes nothing."""

import csv
import difflib
import io
import os
import threading
from pathlib import Path
from typing import Any

import pytest

import budgets
from budgets.clean import build, clean_files
from budgets.errors import DataError
from budgets.intake import adding
from budgets.intake.adding import Added, add
from budgets.intake.checking import Checked, check_entries
from budgets.intake.files import appended, inserted
from budgets.sources.transcripts import read_table
from budgets.sources.workbooks import template
from budgets.sources.workbooks.entries import read_entries
from budgets.vocabulary import PHASES, label
from conftest import Command
from filling import FIRST, book_of, filled, sound_rows
from workspace import Workspace

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def data(sound: Workspace) -> Workspace:
    build(sound.data)
    return sound


def checked(rows: Rows, data: Workspace) -> Checked:
    book = book_of(rows)
    found = read_entries(book)
    assert found is not None
    result = check_entries(book, *found, data.data)
    assert [fault.say() for fault in result.faults] == []
    return result


def content(data: Workspace) -> dict[str, bytes]:
    return {str(p.relative_to(data.data)): p.read_bytes() for p in sorted(data.data.rglob("*")) if p.is_file()}


def test_rows_come_in_where_they_belong_and_nothing_else_changes(data: Workspace) -> None:
    before = content(data)
    done = add(checked(sound_rows(), data), data.data)
    after = content(data)
    assert done == Added({"press/sources.csv": 1, "press/programmes.csv": 1, "rulings/programmes.csv": 1, "press/incheon.csv": 8, "rulings/figures.csv": 1})
    changed = {name for name in after if before.get(name) != after[name]}
    assert {name for name in changed if not name.startswith("clean/")} == {
        "raw/press/sources.csv",
        "raw/press/programmes.csv",
        "raw/press/incheon.csv",
        "rulings/programmes.csv",
        "rulings/figures.csv",
    }
    for name in changed - {n for n in changed if n.startswith("clean/")}:
        old, new = (x[name].decode().splitlines() for x in (before, after))
        diff = [line for line in difflib.unified_diff(old, new, lineterm="", n=0) if not line.startswith(("---", "+++", "@@"))]
        assert all(line.startswith("+") for line in diff), name
        keys = [row[:2] for row in csv.reader(io.StringIO(after[name].decode()))][1:]
        assert keys == sorted(keys), name
    assert clean_files(data.data) == {name.removeprefix("clean/"): after[name] for name in after if name.startswith("clean/")}
    assert [path.name for path in data.data.glob(".*")] == [".lock"], "nothing else is left"


def test_what_was_added_is_what_was_entered(data: Workspace) -> None:
    add(checked(sound_rows(), data), data.data)
    tables = budgets.load(data.data)
    rows = tables.budgets.set_index("figure_id")
    cell = rows.loc["incheon-ai-playground-2026-proposed-national-newpaper"]
    assert (cell["as_printed"], cell["amount_krw"], cell["phase"], cell["funding"]) == ("1,200백만원", 1_200_000_000, "proposed", "national")
    envelope = rows.loc["incheon-playground-envelope"]
    assert (envelope["amount_low_krw"], envelope["amount_high_krw"], f"{envelope['period_start']:%Y-%m-%d}") == (22_700_000_000, 22_800_000_000, "2025-01-01")
    assert rows.loc["incheon-new-ai-programme-2027-announced-national-newpaper", "programme_id"] == "incheon-new-ai-programme"
    (source,) = tables.sources.loc[tables.sources["source_id"] == "newpaper-2025-05-02"].to_dict("records")
    assert source["title"] == "=인천, 인공지능 놀이터" and bool(source["redistribute"]) is False
    ruling = tables.figure_rulings.loc[tables.figure_rulings["ruling"] == "part_of"].iloc[0]
    assert (ruling["figure_id"], ruling["other_figure_id"]) == ("incheon-ai-playground-2025-supplementary-national-newpaper", "incheon-playground-envelope")
    parent = tables.programme_rulings.set_index("programme_id").at["incheon-new-ai-programme", "parent"]
    assert parent == "incheon-ai-playground"
    assert {"120여 명", "150개"} <= set(tables.targets["as_printed"]) and "ordinance_enacted" in set(tables.milestones["event"])


@pytest.mark.parametrize("phase", [label("phase", phase, "ko") for phase in PHASES])
def test_a_figure_of_any_phase_gets_a_name_of_its_own(phase: str, data: Workspace) -> None:
    """공모 응모 and 총사업비 확정 too: their codes hold a sign that a name may not have."""
    rows = {
        "budget": [row | {"phase": phase, "phase_round": "1회" if phase == "추경" else ""} for row in sound_rows()["budget"][:1]],
        "source": sound_rows()["source"],
    }
    assert add(checked(rows, data), data.data).rows["press/incheon.csv"] == 1


def test_a_second_time_changes_nothing(data: Workspace) -> None:
    add(checked(sound_rows(), data), data.data)
    before = content(data)
    again = checked(sound_rows(), data)
    assert again.new == []
    assert add(again, data.data).total == 0
    assert content(data) == before


@pytest.mark.slow
def test_a_later_file_adds_only_what_is_new(data: Workspace) -> None:
    add(checked(sound_rows(), data), data.data)
    rows = sound_rows()
    rows["target"].append(rows["target"][0] | {"period_start": "2027", "period_end": "2027", "as_printed": "200개"})
    more = checked(rows, data)
    assert [row.record["figure_id"] for row in more.new] == ["incheon-ai-playground-companies-supported-2027-target-newpaper"]
    assert add(more, data.data).rows == {"press/incheon.csv": 1}


def test_a_correction_and_a_withdrawal_leave_the_old_figures(data: Workspace) -> None:
    old = "incheon-rnd-activation-2021-approved-kyungdo"
    rows = sound_rows()
    rows["budget"][0] |= {"programme": "인천시 R&D 활성화 사업", "as_printed": "19억 원", "funding": "재원 미상", "period_start": "2021", "period_end": "2021"}
    rows["ruling"] += [
        {"figure": old, "ruling": "대체됨", "other_figure": f"금액 {FIRST}행", "reason": "시가 금액을 바로잡아 다시 발표하였다.", "decided_on": "2026-11-21"},
        {
            "figure": "incheon-ai-playground-people-2025-target-lawissue",
            "ruling": "비교 불가",
            "reason": "시가 목표를 거두어들였다.",
            "decided_on": "2026-11-21",
        },
    ]
    before = data.path("press/incheon.csv").read_text(encoding="utf-8")
    add(checked(rows, data), data.data)
    after = data.path("press/incheon.csv").read_text(encoding="utf-8")
    assert set(before.splitlines()) <= set(after.splitlines())
    rulings = budgets.load(data.data).figure_rulings
    assert set(rulings.loc[rulings["figure_id"] == old, "ruling"]) == {"superseded_by"}
    assert "시가 목표를 거두어들였다." in set(rulings["reason"])


def test_a_new_government_gets_a_file_of_its_own(data: Workspace) -> None:
    rows = {k: v for k, v in sound_rows().items() if k in ("source", "programme", "budget")}
    rows["programme"][0] |= {"government": "경기도", "parent": ""}
    rows["budget"] = [rows["budget"][2] | {"government": "경기"}]
    done = add(checked(rows, data), data.data)
    assert done.rows["press/gyeonggi.csv"] == 1 and len(data.rows("press/gyeonggi.csv")) == 2


@pytest.mark.slow
def test_crlf_and_unsorted_files_keep_their_lines(data: Workspace) -> None:
    path = data.path("press/sources.csv")
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_bytes("\r\n".join([head, *reversed(rows)]).encode())  # no line end at the last line either
    build(data.data)
    add(checked(sound_rows(), data), data.data)
    lines = path.read_bytes().decode().split("\r\n")
    assert lines[: len(rows) + 1] == [head, *reversed(rows)] and lines[-2].startswith("newpaper-2025-05-02")


def test_no_row_is_lost_where_a_cell_holds_what_others_take_for_a_line_end(data: Workspace) -> None:
    (row,) = (row for row in checked(sound_rows(), data).new if row.file == "press/sources.csv")
    names = list(row.record)
    for mark in ("\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\r", "\r\n", "\n"):
        for end in ("\n", "\r\n"):
            first, second, last = ([f"{name}{mark}b", *[""] * (len(names) - 1)] for name in ("a", "m", "z"))
            out = io.StringIO(newline="")
            csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([names, first, second, last])
            after = io.StringIO(inserted(out.getvalue(), [row]), newline="")
            assert list(csv.reader(after)) == [names, first, second, list(row.record.values()), last], (mark, end)


def test_a_new_row_is_found_below_a_cell_of_several_lines(data: Workspace) -> None:
    (row,) = (row for row in checked(sound_rows(), data).new if row.file == "press/sources.csv")
    data.add("press/sources.csv", source_id="z", title="one\rline\nand\r\nmore")
    ((place, _),) = appended(data.data, [row]).items()
    assert place == ("press/sources.csv", read_table(data.path("press/sources.csv"), row.record)["_line"].iloc[-1])


def test_where_one_file_cannot_be_moved_in_none_is(data: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    result, before = checked(sound_rows(), data), content(data)
    moved, full, replace = list[Path](), list[Path](), Path.replace

    def stubborn(self: Path, target: Path) -> Path:
        if target == data.data / "rulings" / "figures.csv" and not full:
            full.append(target)
            raise OSError(28, "No space left on device")
        moved.append(target)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stubborn)
    with pytest.raises(DataError):
        add(result, data.data)
    monkeypatch.undo()
    assert full and data.path("press/sources.csv") in moved, "something was moved in before"
    assert content(data) == before


@pytest.mark.slow
def test_files_changed_meanwhile_are_not_overwritten(data: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    result = checked(sound_rows(), data)
    rebuild = adding.build

    def meanwhile(folder: Path) -> dict[str, int]:
        path = data.path("press/incheon.csv")
        path.write_bytes(path.read_bytes() + b"\n")
        return rebuild(folder)

    monkeypatch.setattr(adding, "build", meanwhile)
    with pytest.raises(DataError) as caught:
        add(result, data.data)
    assert caught.value.key == "intake.add.changed"
    assert "newpaper" not in data.path("press/sources.csv").read_text(encoding="utf-8")


def test_the_command_line(data: Workspace, tmp_path: Path, command: Command) -> None:
    made = template(budgets.load(data.data))
    path = filled(made, sound_rows(), tmp_path / "p.xlsx")
    rows = sound_rows()
    rows["budget"][0]["phase"] = "본에산"
    wrong = filled(made, rows, tmp_path / "w.xlsx")
    before = content(data)
    done = command("add", wrong, "--data", data.data)
    assert done.returncode == 1 and "아무것도 더하지 않았습니다" in done.stderr and content(data) == before
    done = command("--lang", "en", "add", wrong, "--data", data.data)
    assert done.stderr.startswith("w.xlsx: faults: 1\n") and done.stderr.endswith("(faults: 1). Mend them all and run again.\n")
    done = command("add", path, "--data", data.data)
    assert done.returncode == 0 and "press/incheon.csv +8" in done.stdout, done.stderr
    after = content(data)
    done = command("--lang", "en", "add", path, "--data", data.data)
    assert done.returncode == 0 and "nothing to add" in done.stdout and content(data) == after
    assert command("verify", "--data", data.data).returncode == 0


def fed(content: bytes) -> int:
    """The reading end of a pipe into which *content* is written."""
    end, other = os.pipe()

    def feed() -> None:
        with os.fdopen(other, "wb") as stream:
            stream.write(content)

    threading.Thread(target=feed, daemon=True).start()
    return end


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="streams have no names here")
def test_a_workbook_may_come_through_a_pipe(data: Workspace, tmp_path: Path, command: Command) -> None:
    end = fed(filled(template(budgets.load(data.data)), sound_rows(), tmp_path / "p.xlsx").read_bytes())
    done = command("add", f"/dev/fd/{end}", "--data", data.data)
    os.close(end)
    assert done.returncode == 0 and "press/incheon.csv +8" in done.stdout, done.stderr


def test_what_is_left_without_a_figure_is_said(data: Workspace) -> None:
    rows = sound_rows()
    assert checked(rows, data).notes == []
    rest: Rows = {"programme": rows["programme"], "source": rows["source"]}
    found = [(note.key, note.sheet, note.cell) for note in checked(rest, data).notes]
    assert found == [("intake.unused.source", "출처", "E10"), ("intake.unused.programme", "새 사업", "C10")]
    parent = rows["programme"][0] | {"name_ko": "품은 사업", "name_en": "Parent programme", "programme_id": "incheon-parent", "parent": ""}
    family = {**rows, "programme": [parent, rows["programme"][0] | {"parent": "incheon-parent"}], "ruling": []}
    assert checked(family, data).notes == [], "a programme that holds another one is used"

"""The contract prints four things from one declaration, and ``data/clean`` is exactly what ``data/raw`` gives."""

import csv
import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from budgets import contract
from budgets.amounts import parse_amount, read_figure
from budgets.checkout import default_data
from budgets.clean import build, clean_files
from budgets.contract import PLACE
from budgets.errors import ContractError
from budgets.schema import CLEAN, LARGE, RULING
from budgets.tables import Tables
from conftest import ROOT, each
from workspace import Workspace

CLEAN_FOLDER = default_data() / "clean"
PACKAGE = json.loads((CLEAN_FOLDER / "datapackage.json").read_text(encoding="utf-8"))


def declared(name: str) -> list[str]:
    return list(CLEAN[name].to_schema().columns)


def written_columns(name: str) -> list[str]:
    with (CLEAN_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return next(csv.reader(stream))


def dictionary_columns(name: str) -> list[str]:
    section = contract.dictionary().split(f"\n## {name}\n")[1].split("\n## ")[0]
    return [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]


def packaged_columns(name: str) -> list[str]:
    resource = next(r for r in PACKAGE["resources"] if r["name"] == name)
    return [field["name"] for field in resource["schema"]["fields"]]


@pytest.mark.parametrize("name", CLEAN)
def test_the_printouts_of_a_table_agree(name: str) -> None:
    wanted = declared(name)
    assert wanted
    assert written_columns(name) == wanted
    assert packaged_columns(name) == wanted
    assert dictionary_columns(name) == wanted
    assert list(contract.columns(CLEAN[name])["column"]) == wanted


def test_every_table_is_in_every_printout() -> None:
    assert [r["name"] for r in PACKAGE["resources"]] == list(CLEAN)
    assert {p.stem for p in CLEAN_FOLDER.glob("*.csv")} == set(CLEAN)
    assert [line.removeprefix("## ") for line in contract.dictionary().splitlines() if line.startswith("## ")] == [*CLEAN, *LARGE]


@pytest.mark.parametrize("name", CLEAN)
def test_the_package_says_the_rules_that_are_checked(name: str) -> None:
    fields = {f["name"]: f for f in next(r for r in PACKAGE["resources"] if r["name"] == name)["schema"]["fields"]}
    for row in each(contract.columns(CLEAN[name])):
        field = fields[row.column]
        assert field["type"] == row.type
        assert field["constraints"]["required"] is bool(row.required)
        assert " · ".join(field["constraints"].get("enum", [])) == row.codes
        assert field.get("unit", "") == row.unit


@pytest.mark.parametrize("model", [*CLEAN.values(), *RULING.values()], ids=lambda model: model.__name__)
def test_grain_and_columns_are_described_in_both_languages(model: type) -> None:
    ko, en = contract.grain(model)
    assert ko.endswith(".") and en.endswith(".")
    described = contract.columns(model)
    for language, hangul in (("ko", True), ("en", False)):
        for column, words in zip(described["column"], described[language], strict=True):
            assert words, f"{column} has no {language} description"
            korean = any("가" <= c <= "힣" for c in words)
            assert korean == hangul or column == "hedge", f"{column}: {words}"  # the hedge words themselves are Korean
            assert "|" not in words, f"{column}: a bar would break the table of the dictionary"


def test_the_dictionary_in_the_docs_is_the_one_printed() -> None:
    kept = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert kept == contract.dictionary(), "write docs/data-dictionary.md anew from budgets.contract.dictionary()"


@pytest.mark.parametrize("name", CLEAN)
def test_the_real_tables_keep_the_contract(tables: Tables, name: str) -> None:
    table = getattr(tables, name)
    assert len(table) > 0
    assert contract.violations(table, CLEAN[name]) == []
    with pytest.raises(ContractError):
        contract.check(table.drop(columns=table.columns[0]), CLEAN[name])
    with pytest.raises(ContractError):
        contract.check(table.assign(invented="1"), CLEAN[name])


def test_frictionless_accepts_the_package() -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.Package(str(CLEAN_FOLDER / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "title", "rowNumber", "fieldName", "note"])
    assert report.stats["tasks"] == len(CLEAN)


def test_frictionless_would_see_a_fault(workspace: Workspace) -> None:
    """The check above is no formality: the same package over a broken table is refused."""
    frictionless = pytest.importorskip("frictionless")
    workspace.set("clean/budgets.csv", 2, "phase", "half-approved")
    assert not frictionless.Package(str(workspace.data / "clean" / "datapackage.json")).validate().valid


def test_the_package_names_the_bytes_of_each_table() -> None:
    for resource in PACKAGE["resources"]:
        digest = hashlib.sha256((CLEAN_FOLDER / resource["path"]).read_bytes()).hexdigest()
        assert resource["hash"] == f"sha256:{digest}"


# ---- the build ----


def test_rebuilding_gives_the_committed_bytes() -> None:
    files = clean_files(default_data())
    assert sorted(files) == sorted(p.name for p in CLEAN_FOLDER.glob("*") if p.is_file())
    for name, content in files.items():
        assert content == (CLEAN_FOLDER / name).read_bytes(), f"{name} is not what data/raw gives"
        assert b"\r" not in content and content.endswith(b"\n")
    least = {"budgets": 100, "targets": 60, "milestones": 30, "programmes": 100, "governments": 17, "indicators": 10, "denominators": 500, "sources": 50}
    for name, n in least.items():
        assert files[f"{name}.csv"].count(b"\n") > n


def test_the_order_of_rows_in_the_raw_files_does_not_matter(workspace: Workspace) -> None:
    before = workspace.clean()
    for path in sorted((workspace.data / "raw").rglob("*.csv")):
        file = str(path.relative_to(workspace.data / "raw"))
        head, *rows = workspace.rows(file)
        random.Random(file).shuffle(rows)
        workspace.write(file, [head, *rows])
    build(workspace.data)
    assert workspace.clean() == before


@pytest.mark.slow
def test_another_process_elsewhere_writes_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    """Another hash seed, time zone, locale and working directory."""
    before = workspace.clean()
    for path in (workspace.data / "clean").iterdir():
        path.unlink()
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "4061", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    code = f"import budgets.clean; budgets.clean.build({str(workspace.data)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, timeout=120)
    assert workspace.clean() == before


def test_building_twice_changes_nothing(sound: Workspace) -> None:
    counts = build(sound.data)
    once = sound.clean()
    assert counts["budgets"] == 8 and counts["targets"] == 5 and counts["milestones"] == 1
    assert build(sound.data) == counts
    assert sound.clean() == once


# ---- as printed ----


def test_rereading_every_print_gives_its_three_numbers(tables: Tables) -> None:
    ends = (("budgets", "amount_low_krw", "amount_krw", "amount_high_krw"), ("targets", "value_low", "value", "value_high"))
    read = 0
    for table, low, value, high in ends:
        for row in getattr(tables, table).to_dict("records"):
            amount = read_figure(row["as_printed"], row["hedge"])
            kept = [None if pd.isna(row[end]) else row[end] for end in (low, value, high)]
            again = [None if end is None else float(end) for end in (amount.low, amount.printed, amount.high)]
            assert [None if end is None else float(end) for end in kept] == again, row["figure_id"]
            if row["hedge"] != "unknown":
                assert parse_amount(row["as_printed"])[:3] == (amount.low, amount.printed, amount.high), row["figure_id"]
            read += 1
    assert read == len(tables.budgets) + len(tables.targets) > 200


def test_a_hedge_stands_in_its_print_or_is_said_to_be_lost(tables: Tables) -> None:
    for table in (tables.budgets, tables.targets):
        for row in each(table):
            assert row.hedge in ("none", "unknown") or all(word in row.as_printed for word in row.hedge.split()), row.figure_id


def test_places_in_files_do_not_reach_the_tables(tables: Tables) -> None:
    for name in CLEAN:
        assert not set(PLACE) & set(getattr(tables, name).columns)

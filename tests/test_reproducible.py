"""Two checkouts in different folders, languages, time zones and hash seeds make the same bytes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from budgets.reports.fingerprints import of_file
from conftest import ROOT
from notebooks_made import edition_of, entry

EDITION = edition_of(
    entry(
        "compare_budgets",
        "budgets-{language}",
        parameters={"fiscal_year": 2025, "phase": "approved", "scope": "ai_broad"},
        matrix={"language": ["ko", "en"]},
    ),
    entry("follow_targets", "targets"),
    entry("trace_programme", "programme"),
    entry("compare_official", "official", parameters={"language": "en"}),
)
PLACES = {
    "here": {"LANG": "C", "LC_ALL": "C", "TZ": "Pacific/Honolulu", "PYTHONHASHSEED": "1"},
    "다른 곳/깊은 폴더": {"LANG": "ko_KR.UTF-8", "LC_ALL": "ko_KR.UTF-8", "TZ": "Asia/Seoul", "PYTHONHASHSEED": "4711"},
}


def checkout(place: Path) -> Path:
    """What of this project a report needs, copied; nothing that was made."""
    for name in ("src", "notebooks", "data/raw", "data/rulings"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__", "exports", "*.egg-info"))
    (place / "reports").mkdir()
    (place / "reports" / "editions.toml").write_text(EDITION, encoding="utf-8")
    shutil.copy(ROOT / "requirements.lock", place)
    return place


def report(place: Path, environment: dict[str, str], jobs: int) -> dict[str, str]:
    """The main job in that checkout: path → hash of every file it made, but for what holds the time of its run."""
    start = "import sys; from budgets.cli import main; sys.argv[0] = 'budgets'; main()"
    command = [sys.executable, "-c", start, "report", "--pictures", "--jobs", str(jobs)]
    clear = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    done = subprocess.run(
        command, cwd=place, env={**clear, **environment, "PYTHONPATH": str(place / "src")}, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    made = [path for folder in ("data/clean", "reports/out") for path in (place / folder).rglob("*") if path.is_file()]
    kept = [path for path in made if path.suffix != ".ipynb" and not path.name.startswith(".") and path.name != "manifest.json"]
    return {path.relative_to(place).as_posix(): of_file(path) for path in kept}


@pytest.mark.slow
def test_two_checkouts_make_the_same_bytes(tmp_path: Path) -> None:
    here, there = (tmp_path / place for place in PLACES)
    shutil.copytree(checkout(here), there)
    first, second = (report(place, environment, jobs) for place, environment, jobs in zip((here, there), PLACES.values(), (1, 2), strict=True))
    assert {Path(name).suffix for name in first} >= {".csv", ".json", ".html", ".png", ".svg", ".xlsx"}
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []

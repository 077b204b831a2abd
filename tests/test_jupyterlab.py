"""A real JupyterLab, driven in a real Chromium: open a notebook, run it, change a parameter, run it again."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browsing import started

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[1]
TOKEN = "only-for-this-test"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab over a copy of the notebooks, on loopback."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    home = folder / "home"
    home.mkdir()
    # All outputs stay in the page: by default JupyterLab takes away what is scrolled out of sight.
    setting = folder / "config" / "lab" / "user-settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    setting.parent.mkdir(parents=True)
    setting.write_text('{"windowingMode": "none"}')
    log = (folder / "lab.log").open("w")
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0"]
    command += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    environment = os.environ | {"HOME": str(home), "JUPYTER_RUNTIME_DIR": str(folder / "runtime"), "JUPYTER_CONFIG_DIR": str(folder / "config")}
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield _address(folder / "lab.log", process)
    finally:
        process.terminate()
        process.wait(20)


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    for _ in range(240):
        assert process.poll() is None, log.read_text()
        for word in log.read_text().split():
            if word.startswith("http://127.0.0.1:"):
                base = word.partition("/lab")[0]
                try:
                    urllib.request.urlopen(f"{base}/api?token={TOKEN}", timeout=2)
                except (urllib.error.URLError, OSError):
                    break
                return base
        time.sleep(0.5)
    raise AssertionError(f"JupyterLab did not start: {log.read_text()}")


def test_a_notebook_is_run_changed_and_run_again(lab: str) -> None:
    with started() as browser:
        page = browser.new_page(viewport={"width": 1500, "height": 1100})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.answers = []
        page.add_locator_handler(page.locator(".jp-Dialog .jp-mod-accept"), lambda button: _accept(page, button))
        page.goto(f"{lab}/lab/tree/notebooks/compare_budgets.ipynb?token={TOKEN}&reset")
        page.get_by_role("menuitem", name="Run", exact=True).wait_for(timeout=90_000)
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=90_000)
        _run_all(page)
        chart = page.locator(".jp-OutputArea-output svg.marks, .jp-OutputArea-output canvas.marks").first
        chart.wait_for(timeout=120_000)
        opening = page.locator(".jp-OutputArea-output", has_text="1,500억 원").first
        opening.wait_for(timeout=60_000)
        # The tables of the lens are all there, the first unfolded.
        page.locator(".jp-OutputArea-output details[open] table").first.wait_for(state="attached", timeout=60_000)
        assert page.locator(".jp-OutputArea-output details[open] table").count() == 1
        # The passport is in the tooltip of a mark.
        _hover_until(page, chart, "#vg-tooltip-element.visible")
        assert "약 1500억원" in page.inner_text("#vg-tooltip-element")

        cell = page.locator(".jp-CodeCell", has_text="base_year = 2025").first
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+End")
        page.keyboard.insert_text('\nfiscal_year = 2025\nphase = "approved"\nscope = "ai_broad"')
        _run_all(page)
        page.locator(".jp-OutputArea-output", has_text="경기만 발표했습니다").first.wait_for(timeout=120_000)
        page.locator(".jp-OutputArea-output svg.marks, .jp-OutputArea-output canvas.marks").first.wait_for(timeout=60_000)
        assert not page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count()
    elsewhere = [url for url in asked if not url.startswith((lab, lab.replace("http", "ws"), "data:", "blob:"))]
    assert not elsewhere


def _run_all(page: Any) -> None:
    """Run all cells once the kernel is there; a question (which kernel) that came between is answered, and asked again."""
    for _ in range(5):
        page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").first.wait_for(timeout=90_000)
        answered = len(page.answers)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.wait_for_timeout(1_000)
        page.locator(".jp-Notebook").first.hover(trial=True)  # answers what is being asked now
        if len(page.answers) == answered:
            return


def _accept(page: Any, button: Any) -> None:
    page.answers.append(button.inner_text())
    button.click()


def _hover_until(page: Any, chart: Any, appears: str) -> None:
    """Move over the chart, line by line, until something appears; JupyterLab may draw it without elements to point at."""
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    for down in range(5, int(box["height"]), 6):
        for across in (0.15, 0.2, 0.3):
            page.mouse.move(box["x"] + box["width"] * across, box["y"] + down)
            if page.locator(appears).count():
                return
    raise AssertionError(f"{appears} did not appear over the chart")

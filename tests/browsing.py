"""A real Chromium: it is started, pages are opened in it as a person does, and what they do in their own time is waited for."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE = 30.0
"""Seconds that a page may take for what takes it an instant on a quiet machine."""


@contextmanager
def started() -> Iterator[Any]:
    """The system's Chromium; the test is skipped, with the reason, where there is none.

    Asyncio belongs to Playwright until it ends: whoever runs notebooks in the same process starts it for one test only.
    """
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


class Opened:
    """A page opened from a file, with every request and every complaint it made."""

    def __init__(self, browser: Any, path: Path, address: str = "", **options: Any) -> None:
        self.path = path
        self.page = browser.new_page(**options)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        self.page.goto(path.as_uri() + address)
        if self.page.query_selector("#page-data"):  # a report; an index is ready at once
            self.page.wait_for_selector("html.ready", timeout=120_000)

    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *_: object) -> None:
        self.page.close()


def until(page: Any, condition: str, arg: Any = None) -> None:
    """Wait until `condition`, an expression or a function of `arg`, holds on the page.

    Playwright's own `wait_for_function` asks again by `eval` inside the page, which the pages' content security policy
    forbids: it works where the condition holds at the first look, and fails on a slower machine.
    """
    end = time.monotonic() + PATIENCE
    while not page.evaluate(condition, arg):
        assert time.monotonic() < end, f"{page.url} waits in vain for {condition}"
        page.wait_for_timeout(20)

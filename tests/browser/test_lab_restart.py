"""A kernel that goes while a moment is on its way to it: the cell that is run again saves it, and nothing twice."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.lab import jupyterlab
from tests.browser.numbered_page import make_film
from tests.browser.test_frames import free
from tests.browser.test_lab import answer_dialogs, run_all, start_cells, write_notebook

__all__ = ["free"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
CELL = """import os, pathlib
from vigwidgets import Tagger
pathlib.Path('kernel.pid').write_text(str(os.getpid()))
Tagger('film')"""


@pytest.fixture
def lab(tmp_path: Path, free: Callable[[], int]) -> Iterator[str]:
    make_film(tmp_path / "film", 300)
    write_notebook(tmp_path / "try.ipynb", [CELL])
    with jupyterlab(tmp_path, free()) as url:
        yield url


@pytest.mark.parametrize("begun", [True, False], ids=["there-is-a-file", "there-is-none-yet"])
def test_what_a_dead_kernel_did_not_answer_is_saved_by_the_next(
    chromium: Browser, lab: str, tmp_path: Path, begun: bool
) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 1100})
    page = run_all(context, f"{lab}/lab/tree/try.ipynb?reset", 1)
    says, place = page.locator(".vig-saved"), tmp_path / "numbered.observation.json"
    page.locator(".vig-clock").click()
    if begun:
        page.keyboard.press("3")
        expect(says).to_contain_text("1 moment saved", timeout=30_000)
    kernel = int((tmp_path / "kernel.pid").read_text())
    os.kill(kernel, signal.SIGSTOP)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("2")
    expect(says).to_contain_text("1 waiting, not kept yet", timeout=30_000)
    os.kill(kernel, signal.SIGKILL)
    page.wait_for_timeout(6_000)  # the server looks every three seconds whether its kernel lives
    answer_dialogs(page)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=60_000)
    assert place.exists() == begun
    start_cells(page)
    expect(says).to_contain_text("all 2 moments saved" if begun else "1 moment saved", timeout=60_000)
    assert int((tmp_path / "kernel.pid").read_text()) != kernel
    held = json.loads(place.read_text())
    assert sorted(tag["code"] for tag in held["tags"]) == (["2", "3"] if begun else ["2"])
    assert [page["newest"] for page in held["pages"].values()] == [len(held["tags"])]
    context.close()

"""The rating sheet and the clip tray in JupyterLab: three lines each; what is kept lies beside the notebook."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.numbered_page import make_film
from tests.browser.test_frames import free
from tests.browser.test_lab import run_all

__all__ = ["free"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
CELLS = [
    "from vigwidgets import RatingSheet\nsheet = RatingSheet('film', 'm-adbb', first_look='whole')\nsheet",
    "from vigwidgets import ClipTray\ntray = ClipTray('film')\ntray",
]


@contextmanager
def serve_lab(folder: Path, book: nbformat.NotebookNode, port: int, **environment: str) -> Iterator[str]:
    """Write a notebook into a folder, serve it with JupyterLab, and give its address."""
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, folder / "try.ipynb")
    said = [f"--ServerApp.port={port}", "--ServerApp.token=", "--ServerApp.password=", "--allow-root", "--no-browser"]
    command = [sys.executable, "-m", "jupyterlab", *said, f"--ServerApp.root_dir={folder}", "--LabApp.news_url="]
    here = os.environ | {
        "JUPYTER_CONFIG_DIR": str(folder / ".config"), "JUPYTERLAB_SETTINGS_DIR": str(folder / ".lab"), **environment,
    }  # fmt: skip
    with (folder / "lab.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=here)
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{url}/api/status", timeout=1)
            break
        except OSError:
            assert process.poll() is None, (folder / "lab.log").read_text()[-2000:]
            time.sleep(0.1)
    try:
        yield f"{url}/lab/tree/try.ipynb?reset"
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def lab(tmp_path: Path, free: Callable[[], int]) -> Iterator[str]:
    make_film(tmp_path / "film", 300)
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    with serve_lab(tmp_path, book, free()) as address:
        yield address


def test_rating_and_collecting_in_a_notebook(chromium: Browser, lab: str, tmp_path: Path) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 1200})
    page = run_all(context, lab, 2)
    sheet, tray = page.locator(".vig-widget").nth(0), page.locator(".vig-widget").nth(1)
    sheet.get_by_role("button", name="Look freely instead").click()
    sheet.locator(".vig-sheet-head").click()
    for key in ("2", "ArrowDown", "1"):
        page.keyboard.press(key)
    expect(sheet.locator(".vig-saved")).to_contain_text("all 2 entries saved in numbered.m-adbb.observation.json")
    tray.scroll_into_view_if_needed()
    tray.locator(".vig-clock").click()
    page.keyboard.press("[")
    for _ in range(6):
        page.keyboard.press("Shift+ArrowRight")
    expect(tray.locator(".vig-clock")).to_contain_text("00:06.000")
    page.keyboard.press("]")
    page.keyboard.press("_")
    page.keyboard.press("Shift+U")
    expect(tray.locator(".vig-saved")).to_contain_text("all 2 clips saved in numbered.clips.json")
    tray.get_by_role("button", name="Export").click()
    expect(tray.locator(".vig-tray-foot")).to_contain_text("Made in numbered.review", timeout=60_000)
    context.close()
    rated = json.loads((tmp_path / "numbered.m-adbb.observation.json").read_text())["tags"]
    assert {tag["code"]: tag["modifiers"]["rating"] for tag in rated} == {"face": "2", "eyes": "1"}
    clips = json.loads((tmp_path / "numbered.clips.json").read_text())["tags"]
    assert [(clip["start"], clip["end"]) for clip in clips] == [(0, 6_040_000), (6_000_000, None)]
    assert (tmp_path / "numbered.review" / "review.mp4").stat().st_size > 10_000

"""The rating sheet and the clip tray in JupyterLab: three lines each; what is kept lies beside the notebook."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.lab import jupyterlab
from tests.browser.numbered_page import make_film
from tests.browser.test_frames import free
from tests.browser.test_lab import run_all

__all__ = ["free"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
CELLS = [
    "from vigwidgets import RatingSheet\nsheet = RatingSheet('film', 'm-adbb', first_look='whole')\nsheet",
    "from vigwidgets import ClipTray\ntray = ClipTray('film')\ntray",
]


@pytest.fixture
def lab(tmp_path: Path, free: Callable[[], int]) -> Iterator[str]:
    make_film(tmp_path / "film", 300)
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, tmp_path / "try.ipynb")
    with jupyterlab(tmp_path, free()) as url:
        yield f"{url}/lab/tree/try.ipynb?reset"


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

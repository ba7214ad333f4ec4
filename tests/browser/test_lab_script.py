"""A film script beside its picture in JupyterLab: edit, see the moment, scrub, and draw the film."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import take
from tests.browser.lab import jupyterlab
from tests.browser.test_frames import free
from tests.browser.test_lab import start_cells

__all__ = ["free"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
CELL = "from vigwidgets.films import ScriptPreview\nScriptPreview('morning.yaml')"
SIZE = "(() => document.querySelector('.vig-preview-picture img')?.naturalWidth)()"


@pytest.fixture
def lab(tmp_path: Path, free: Callable[[], int]) -> Iterator[str]:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, tmp_path / "try.ipynb")
    with jupyterlab(tmp_path, free(), VIG_DATA_DIR=str(tmp_path / "data")) as url:
        yield f"{url}/lab/tree/try.ipynb?reset"


def test_a_script_is_edited_seen_and_drawn(chromium: Browser, lab: str, tmp_path: Path, screenshots: Path) -> None:
    context = chromium.new_context(viewport={"width": 1500, "height": 1000})
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"threw: {error}"))
    page.goto(lab)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=150_000)
    start_cells(page)
    page.wait_for_selector(".vig-preview", timeout=150_000)
    page.wait_for_function(f"{SIZE} === 640", timeout=60_000)
    expect(page.locator(".vig-preview-word")).to_have_text("Everything holds.")
    text, picture = page.locator(".vig-preview-text"), page.locator(".vig-preview-picture img")
    file = tmp_path / "morning.yaml"

    shown = picture.get_attribute("src")
    slider = page.get_by_role("slider", name="Moment")
    slider.fill("3000000")
    expect(page.locator(".vig-preview-time")).to_contain_text("00:03")
    expect(picture).not_to_have_attribute("src", shown or "")
    expect(page.locator(".vig-preview-now")).to_contain_text("Mia")

    good = text.input_value()
    text.fill(good.replace("look_at", "look_att"))
    expect(page.locator(".vig-preview-word")).to_contain_text("look_at")
    expect(page.locator(".vig-preview-gutter .is-fault")).to_have_count(1)
    take(page, screenshots / "lab-script-fault.png")
    text.fill(good.replace("scene: rug", "scene: sofa"))
    expect(page.locator(".vig-preview-word")).to_have_text("Everything holds.")
    for _ in range(50):
        if "scene: sofa" in file.read_text():
            break
        time.sleep(0.1)
    assert "scene: sofa" in file.read_text()

    file.write_text(good.replace("A first look", "From another editor"))
    expect(text).to_have_value(good.replace("A first look", "From another editor"))

    page.get_by_role("button", name="Sheet", exact=True).click()
    expect(page.locator(".vig-preview-sheet img")).to_be_visible()
    page.get_by_role("button", name="Close the sheet").click()
    take(page, screenshots / "lab-script.png")

    page.get_by_role("button", name="Draw the film").click()
    page.wait_for_selector(".vig-preview-picture video", timeout=120_000)
    expect(page.locator(".vig-preview-said")).to_have_text("The film is drawn and in the library.", timeout=120_000)
    assert (tmp_path / "data" / "films" / "morning" / "proxy.mp4").is_file()
    context.close()

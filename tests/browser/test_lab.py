"""The widgets in JupyterLab, as an author uses them: three lines, and the film comes through the kernel."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as TooSlow

from tests.browser.conftest import ROOT, take, watch
from tests.browser.lab import jupyterlab
from tests.browser.numbered_page import make_film
from tests.browser.test_frames import READ, free

__all__ = ["free"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
CELLS = [
    "from vigwidgets import Player, Tagger\ntagger = Tagger('film')\ntagger",
    "Player('film')",
    "Tagger('film', file='lanes.json', video=False)",
]


#: Two cameras of one scene; what the browser sets comes back to Python.
TWO_CAMERAS = """from vigwidgets import Player
player = Player('film', second='film', offset=0.4)
player.observe(lambda _: open('offset.txt', 'w').write(str(player.offset)), '_offset')
player"""

#: A film, and work in a later cell that keeps the kernel from answering for it.
BUSY = ["from vigwidgets import Player\nPlayer('film')", "import time\ntime.sleep(25)"]


def write_notebook(path: Path, cells: list[str]) -> None:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, path)


def scrub_sheet(folder: Path) -> None:
    """Give a film two small pictures: its first two seconds are blue, and the rest is red."""
    sheet = Image.new("RGB", (320, 90), "red")
    sheet.paste("blue", (0, 0, 160, 90))
    sheet.save(folder / "scrub.jpg")
    index = {"columns": 2, "rows": 1, "width": 160, "height": 90, "times": [0, 2_000_000]}
    (folder / "scrub.json").write_text(json.dumps(index))


@pytest.fixture(scope="module")
def lab(
    tmp_path_factory: pytest.TempPathFactory, free: Callable[[], int], demo_data: Path
) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("lab")
    make_film(folder / "film", 100)
    scrub_sheet(folder / "film")
    write_notebook(folder / "try.ipynb", CELLS)
    write_notebook(folder / "two.ipynb", [TWO_CAMERAS])
    write_notebook(folder / "busy.ipynb", BUSY)
    shutil.copy(ROOT / "notebooks" / "exercise.ipynb", folder)
    with jupyterlab(folder, free(), VIG_DATA_DIR=str(demo_data)) as url:
        yield url, folder


@pytest.fixture(scope="module")
def notebook(chromium: Browser, lab: tuple[str, Path]) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 1100})
    yield run_all(context, f"{lab[0]}/lab/tree/try.ipynb?reset", 3)
    context.close()


def run_all(context: BrowserContext, address: str, widgets: int) -> Page:
    """Open a notebook and run all its cells, by JupyterLab's own menu."""
    page = context.new_page()
    watch(page)
    page.goto(address)
    page.wait_for_selector(".jp-Notebook-cell", timeout=150_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=150_000)
    start_cells(page)
    page.wait_for_function(f"document.querySelectorAll('.vig-widget').length === {widgets}", timeout=150_000)
    page.wait_for_function("[...document.querySelectorAll('video')].every((v) => v.readyState >= 2)", timeout=150_000)
    return page


#: Sees a cell's sign change to a star or a number. A number that stands there already says nothing: it may be stored
#: in the notebook, or be of a kernel that died.
NOTICE = """() => {
  window.vigBegun = false;
  window.vigNotice?.disconnect();
  window.vigNotice = new MutationObserver((changes) => {
    const signs = changes.map(({ target }) => target.parentElement?.closest('.jp-InputPrompt') ?? target);
    window.vigBegun ||= signs.some((it) => it.matches?.('.jp-InputPrompt') && /\\[[*\\d]/.test(it.textContent));
  });
  window.vigNotice.observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def start_cells(page: Page) -> None:
    """Ask for all cells to be run until they are: JupyterLab forgets it when its kernel has only just answered."""
    page.evaluate(NOTICE)
    for _ in range(6):
        answer_dialogs(page)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        try:
            page.wait_for_function("window.vigBegun", timeout=6_000)
        except TooSlow:
            continue
        return
    raise AssertionError("JupyterLab did not run the cells")


def answer_dialogs(page: Page) -> None:
    """Say yes to what JupyterLab asks by itself, for example which kernel is wanted after one has died."""
    page.wait_for_timeout(200)
    asked = page.locator(".jp-Dialog .jp-mod-accept")
    for _ in range(5):
        if not asked.first.is_visible():
            return
        print("JupyterLab asked:", page.locator(".jp-Dialog").first.inner_text())
        asked.first.click()
        page.wait_for_timeout(200)


def test_the_bar_of_the_film_shows_small_pictures(notebook: Page) -> None:
    bar = notebook.locator(".vig-scrub").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box
    for share, place in ((0.2, "0px"), (0.8, "-160px")):
        notebook.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2)
        picture = notebook.locator(".vig-thumb:not(.is-bare) > div").first
        expect(picture).to_have_css("background-position-x", place)
    address = picture.evaluate("el => getComputedStyle(el).backgroundImage.slice(5, -2)")
    loaded = "async (a) => { const p = new Image(); p.src = a; await p.decode(); return [p.width, p.height]; }"
    assert notebook.evaluate(loaded, address) == [320, 90]


def test_a_key_in_the_widget_tags_and_is_not_jupyters(notebook: Page, lab: tuple[str, Path], screenshots: Path) -> None:
    tagger = notebook.locator(".vig-widget").first
    tagger.locator(".vig-clock").click()
    for _ in range(4):
        notebook.keyboard.press("ArrowRight")
    expect(tagger.locator(".vig-frame")).to_have_text("frame 4")
    notebook.wait_for_function(f"({READ})() === 4", timeout=60_000)
    notebook.keyboard.press("3")
    expect(tagger.locator(".vig-saved")).to_have_text("✓ 1 moment saved in numbered.observation.json")
    take(notebook, screenshots / "lab-tagger.png")
    (tag,) = json.loads((lab[1] / "numbered.observation.json").read_text())["tags"]
    assert (tag["start"], tag["end"]) == (160_000, 1_160_000)
    assert notebook.locator(".jp-Notebook-cell").count() == len(CELLS)
    notebook.keyboard.press("Control+z")
    expect(tagger.locator(".vig-saved")).to_contain_text("nothing yet")


def test_lanes_without_a_film_of_their_own_move_with_the_player(notebook: Page, lab: tuple[str, Path]) -> None:
    player, lanes = notebook.locator(".vig-widget").nth(1), notebook.locator(".vig-widget").nth(2)
    player.locator(".vig-clock").click()
    notebook.keyboard.press("End")
    expect(player.locator(".vig-frame")).to_have_text("frame 99")
    lanes.locator(".vig-gutter .vig-lane", has_text="Initiative").click()
    expect(lanes.locator(".vig-saved")).to_contain_text("1 moment saved in lanes.json")
    (tag,) = json.loads((lab[1] / "lanes.json").read_text())["tags"]
    assert (tag["code"], tag["start"], tag["end"]) == ("initiative", 99 * 40_000, None)
    assert notebook.locator("video").count() == 2


def test_two_cameras_come_through_the_kernel_and_their_offset_goes_back(
    chromium: Browser, lab: tuple[str, Path], screenshots: Path
) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 1100})
    page = run_all(context, f"{lab[0]}/lab/workspaces/two/tree/two.ipynb?reset", 1)
    page.locator(".vig-clock").click()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    second = READ.replace("'video'", "'.is-second video'")
    page.wait_for_function(f"({READ})() === 5 && ({second})() === 15")
    page.keyboard.press("Control+.")
    page.wait_for_function(f"({second})() === 16")
    take(page, screenshots / "lab-two-cameras.png")
    for _ in range(50):
        if (lab[1] / "offset.txt").exists():
            break
        time.sleep(0.1)
    assert (lab[1] / "offset.txt").read_text() == "0.44"
    context.close()


def test_a_film_comes_when_the_cells_after_it_are_done(chromium: Browser, lab: tuple[str, Path]) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 1100})
    page = context.new_page()
    watch(page)
    page.goto(f"{lab[0]}/lab/tree/busy.ipynb?reset")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=150_000)
    start_cells(page)
    waits = page.get_by_text("The notebook is working; the film comes when it is done.")
    expect(waits).to_be_visible(timeout=60_000)
    page.wait_for_function("document.querySelector('video')?.readyState >= 2", timeout=90_000)
    expect(waits).to_have_count(0)
    context.close()


def test_the_exercise_notebook_works_in_jupyterlab(chromium: Browser, lab: tuple[str, Path], screenshots: Path) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 1100})
    page = run_all(context, f"{lab[0]}/lab/workspaces/exercise/tree/exercise.ipynb?reset", 1)
    bench = page.locator(".vig-widget")
    bench.locator(".vig-clock").click()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(bench.locator(".vig-frame")).to_have_text("frame 3")
    page.keyboard.press("i")
    expect(bench.locator(".vig-saved")).to_contain_text("1 moment saved in first-look.observation.json")
    take(page, screenshots / "lab-exercise.png")
    (tag,) = json.loads((lab[1] / "first-look.observation.json").read_text())["tags"]
    assert (tag["code"], tag["start"], tag["actor"]) == ("initiative", 120_000, "bo")
    # With the only moment its list goes, and with it what had the focus.
    bench.get_by_role("grid").focus()
    page.keyboard.press("Delete")
    expect(bench.get_by_role("row")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(bench.get_by_role("row")).to_have_count(1)
    context.close()

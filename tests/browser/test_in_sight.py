"""What one needs is in sight: on phones and tablets, under the docked film, and beside the film in the corner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.conftest import Service, take
from tests.browser.test_evening import box, enter, fits, page, records, trainee
from tests.browser.test_words import CLOCK, begin, until

__all__ = ["enter", "page", "records", "trainee"]
pytestmark = pytest.mark.browser

Opens = Callable[[int, int], Page]


@pytest.fixture
def opens(chromium: Browser, service: Service, enter: Callable[[Page], None]) -> Iterator[Opens]:
    """Open the exercise on a screen of fingers, so wide and so high."""
    contexts = []

    def make(width: int, height: int) -> Page:
        size: ViewportSize = {"width": width, "height": height}
        held = chromium.new_context(base_url=service.url, viewport=size, has_touch=True, is_mobile=width < 500)
        contexts.append(held)
        page = held.new_page()
        page.goto("/sign-in")
        enter(page)
        begin(page)
        return page

    yield make
    for held in contexts:
        held.close()


def whole(button: Locator) -> bool:
    """Whether all of a button's words are on it, in one line."""
    return bool(button.evaluate("el => el.scrollWidth <= el.clientWidth && el.getBoundingClientRect().height <= 44"))


def test_a_phone_names_and_throws_away_what_grows(opens: Opens, screenshots: Path) -> None:
    page = opens(390, 844)
    page.get_by_role("button", name="Play", exact=True).tap()
    until(page, f"{CLOCK}.frame.value > 10")
    lanes = page.locator(".vig-lane-grid")
    lanes.get_by_role("button", name="Receiving").tap()
    line = page.get_by_role("region", name="Growing moment")
    expect(line).to_be_in_viewport(ratio=1)
    fits(page)
    assert whole(page.get_by_role("button", name="Hand in"))
    take(page, screenshots / "phone-growing.png")
    line.get_by_role("combobox").select_option(label="receives in words")
    lanes.get_by_role("button", name="Attentive").tap()
    line.get_by_role("button", name="Throw the growing Attentive away").tap()
    line.get_by_role("button", name="End").tap()
    expect(page.locator(".vig-top .vig-saved")).to_contain_text("1 saved")
    expect(page.get_by_role("row")).to_have_count(1)
    expect(page.get_by_role("row")).to_contain_text("in words")
    expect(line).to_have_count(0)


def test_under_the_docked_film_one_steps_plays_and_reads_the_clock(opens: Opens) -> None:
    page = opens(390, 844)
    page.evaluate(f"{CLOCK}.seekFrame(50)")
    page.evaluate("window.scrollTo(0, 520)")
    bar = page.get_by_role("toolbar", name="The docked film")
    expect(bar).to_be_in_viewport(ratio=1)
    film, under = box(page.locator(".vig-pane").first), box(bar)
    assert under["y"] >= film["y"] + film["height"] - 1, "it lies on the picture"
    bar.get_by_role("button", name="One frame on").tap()
    expect(bar).to_contain_text("frame 51")
    bar.get_by_role("button", name="Play").tap()
    until(page, f"{CLOCK}.frame.value > 55")
    bar.get_by_role("button", name="Pause").tap()
    until(page, f"!{CLOCK}.playing.value")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("size", [(820, 1180), (768, 1024), (1180, 820)])
def test_a_tablet_shows_its_buttons_whole(opens: Opens, size: tuple[int, int]) -> None:
    page = opens(*size)
    card, plus = box(page.locator(".vig-timeline")), box(page.get_by_role("button", name="Zoom in"))
    assert plus["x"] + plus["width"] <= card["x"] + card["width"]
    assert plus["width"] >= 44
    assert whole(page.get_by_role("button", name="Hand in"))
    fits(page)


def test_the_task_folds_once_the_finger_is_up(opens: Opens) -> None:
    page = opens(820, 1180)
    task = page.locator(".vig-task")
    page.evaluate(f"{CLOCK}.seekFrame(300)")
    page.keyboard.press("3")
    page.keyboard.press("Escape")
    expect(task).to_have_attribute("open", "")
    page.wait_for_timeout(500)
    lane = box(page.locator(".vig-gutter").get_by_role("button", name="Receiving"))
    moment = page.evaluate(
        f"() => {{ const lanes = document.querySelector('.vig-canvases').getBoundingClientRect();"
        f" return lanes.left + lanes.width * 12.5e6 / {CLOCK}.frames.duration }}"
    )
    fingers = page.context.new_cdp_session(page)
    at = {"x": moment, "y": lane["y"] + lane["height"] / 2}
    fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    expect(page.get_by_role("region", name="Selected moment")).to_contain_text("Receiving initiatives")
    page.wait_for_timeout(600)
    expect(task).to_have_attribute("open", "")
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(task).not_to_have_attribute("open", "")


def test_the_film_in_the_corner_leaves_the_list_to_be_read(page: Page) -> None:
    begin(page)
    for frame in (50, 150, 250, 350, 450):
        page.evaluate(f"{CLOCK}.seekFrame({frame})")
        page.keyboard.press("3")
    page.locator(".vig-more-tools > summary").click()
    page.locator(".vig-tray > summary").click()
    for _ in range(4):
        page.get_by_role("button", name="Keep a still").click()
    page.mouse.move(500, 600)
    page.mouse.wheel(0, 3000)
    film = page.locator(".vig-stage:popover-open")
    expect(film).to_be_visible()
    listed = box(page.get_by_role("region", name="List of moments"))
    assert listed["y"] + listed["height"] <= box(film)["y"]
    expect(page.get_by_role("row", selected=True)).to_be_in_viewport(ratio=1)

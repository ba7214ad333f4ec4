"""Collecting clips as a person does it, on the real service: keep, order, preview, and take away as films."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import take

pytestmark = pytest.mark.browser
CLOCK = "[...window.__vigwidgets.clocks.values()][0]"


@pytest.fixture
def page(sign_in: Callable[..., Page]) -> Page:
    page = sign_in("trainee")
    page.goto("/exercises/receiving-initiatives?again=1")
    page.wait_for_selector(".vig-timeline")
    # A review is made of what has come back: before that, the tray tells nothing of what the expert saw.
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog", name="Hand in").get_by_role("button", name="Hand in", exact=True).click()
    page.wait_for_url("**/attempts/*")
    page.goto("/exercises/receiving-initiatives?again=1")
    page.wait_for_selector(".vig-timeline")
    until(page, "document.querySelector('video').readyState >= 2")
    return page


def until(page: Page, what: str, seconds: float = 5) -> None:
    """Wait until something is so; the page's own rules forbid Playwright's way."""
    end = time.monotonic() + seconds
    while not page.evaluate(what):
        assert time.monotonic() < end, what
        time.sleep(0.03)


def keep(page: Page, start: float, end: float) -> None:
    """Set in and out (seconds) by key, and keep the clip by key."""
    for moment, key in ((start, "["), (end - 0.02, "]")):
        page.evaluate(f"{CLOCK}.seekTime({moment * 1e6})")
        until(page, f"{CLOCK}.wanted.value === null")
        page.keyboard.press(key)
    page.keyboard.press("_")


def rows(page: Page) -> list[str]:
    return [row.input_value() for row in page.locator(".vig-clips input").all()]


def test_a_review_is_collected_ordered_previewed_and_exported(page: Page, screenshots: Path) -> None:
    tray = page.locator(".vig-tray")
    keep(page, 1, 7)
    expect(tray.locator(".vig-clips li")).to_have_count(1)
    keep(page, 8, 14)
    page.evaluate(f"{CLOCK}.seekTime(3e6)")
    until(page, f"{CLOCK}.wanted.value === null")
    page.keyboard.press("Shift+U")
    expect(tray.locator(".vig-saved")).to_contain_text("all 3 clips saved")
    for place, title in enumerate(("She waits", "He looks up", "The look")):
        tray.get_by_role("textbox").nth(place).fill(title)
        tray.get_by_role("textbox").nth(place).press("Enter")
        tray.get_by_role("textbox").nth(place).blur()
    expect(tray.locator(".vig-advice")).to_contain_text("The still may come first")
    # By key, by hand, and back.
    tray.get_by_role("button", name="Move The look").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(tray.locator(".vig-advice")).to_contain_text("It begins with a still")
    assert rows(page) == ["The look", "She waits", "He looks up"]
    grips = tray.locator(".vig-grip")
    grips.nth(2).scroll_into_view_if_needed()
    last, first = grips.nth(2).bounding_box(), grips.nth(0).bounding_box()
    assert last
    assert first
    page.mouse.move(last["x"] + 20, last["y"] + 20)
    page.mouse.down()
    page.mouse.move(first["x"] + 20, first["y"] + 30, steps=4)
    page.mouse.move(first["x"] + 20, first["y"] + 4, steps=2)
    page.mouse.up()
    assert rows(page) == ["He looks up", "The look", "She waits"]
    tray.get_by_role("button", name="Undo in the tray: move").click()
    assert rows(page) == ["The look", "She waits", "He looks up"]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    take(page, screenshots / "clips.png", full_page=True)

    page.reload()
    page.wait_for_selector(".vig-timeline")
    page.locator(".vig-tray summary").click()
    expect(tray.locator(".vig-clips li")).to_have_count(3)
    tray.get_by_role("button", name="Play the review").click()
    expect(tray.locator("li.is-on input")).to_have_value("The look")
    expect(tray.locator("li.is-on input")).to_have_value("She waits", timeout=6000)
    until(page, f"{CLOCK}.playing.value")
    until(page, f"!{CLOCK}.playing.value", 12)
    assert abs(page.evaluate(f"{CLOCK}.time.value") - 6_960_000) <= 40_000
    expect(tray.locator("li.is-on input")).to_have_value("He looks up")
    page.keyboard.press("k")
    until(page, f"!{CLOCK}.playing.value")
    expect(tray.locator("li.is-on")).to_have_count(0)

    with page.expect_download(timeout=60_000) as download:
        tray.get_by_role("button", name="Export").click()
    packed = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    assert sorted(packed.namelist()) == ["01-still.png", "02-clip.mp4", "03-clip.mp4", "review.mp4", "review.txt"]
    assert "He looks up" in packed.read("review.txt").decode()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tray.scroll_into_view_if_needed()
    take(page, screenshots / "clips-phone.png")


def test_what_failed_is_refused_in_words(page: Page) -> None:
    tray = page.locator(".vig-tray")
    page.locator(".vig-more-tools > summary").click()
    page.locator(".vig-tray summary").click()
    expect(tray.locator(".vig-saved")).not_to_contain_text("connecting")
    kept = tray.locator(".vig-clips li").count()
    keep(page, 0.2, 60)
    expect(tray.locator(".vig-warning")).to_contain_text("no parent is shown one")
    expect(tray.locator(".vig-clips li")).to_have_count(kept)

"""The exercise page as somebody meets it for the first time, with keys and with fingers."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.test_evening import enter, page, phone, records, trainee

# Each test has a person of its own.
__all__ = ["enter", "page", "phone", "records", "trainee"]
pytestmark = pytest.mark.browser
CLOCK = "[...window.__vigwidgets.clocks.values()][0]"


def begin(page: Page, exercise: str) -> Locator:
    """Open an exercise; gives the line that says what is saved."""
    page.goto(f"/exercises/{exercise}")
    said = page.locator(".vig-saved")
    expect(said).to_contain_text("ready")
    return said


def test_keys_are_told_as_they_work(page: Page) -> None:
    said = begin(page, "receiving-initiatives")
    first = page.get_by_role("region", name="Selected moment")
    expect(first).to_contain_text("Press Initiative I once: it is a point, and a second press makes another.")
    expect(first).to_contain_text("With the film paused, one press marks one second.")
    expect(page.locator(".vig-task")).to_contain_text("Press I where an initiative begins")
    lane = page.locator(".vig-gutter").get_by_role("button", name="Receiving")
    expect(lane).to_have_attribute("title", "Receiving initiatives: paused, so a press marks 1 second from here")
    page.evaluate(f"{CLOCK}.seekFrame(130)")
    page.keyboard.press("3")
    expect(page.locator(".vig-length")).to_have_text("1.00 s")
    expect(said).to_contain_text("1 moment saved")
    # The task makes room for the moment, and one line of it stays in sight while one reads on.
    task = page.locator(".vig-task")
    expect(task).not_to_have_attribute("open", re.compile(".*"))
    page.mouse.wheel(0, 3000)
    page.wait_for_timeout(300)
    expect(task.get_by_role("heading", name="Your task")).to_be_in_viewport()
    task.locator("summary").click()
    expect(task).to_contain_text("There are no wrong moments")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()

    page.reload()
    expect(page.locator(".vig-frame")).to_have_text("frame 130")
    expect(said).to_contain_text("1 moment saved")
    page.wait_for_function(f"{CLOCK}.wanted.value === null && {CLOCK}.exact.value")
    page.keyboard.press("Control+z")
    expect(said).to_contain_text("ready")


def test_fingers_are_told_of_no_keys(phone: Page) -> None:
    said = begin(phone, "first-look")
    task = phone.locator(".vig-task")
    expect(task).to_contain_text("tap Initiative.")
    expect(task).to_contain_text("tap Receiving.")
    expect(task.locator("kbd")).to_have_count(0)
    first = phone.get_by_role("region", name="Selected moment")
    expect(first).to_contain_text("Tap Initiative once: it is a point, and a second tap makes another.")
    expect(first.locator("kbd")).to_have_count(0)
    phone.get_by_role("button", name="Play", exact=True).tap()
    expect(task).not_to_have_attribute("open", re.compile(".*"))
    phone.get_by_role("button", name="Pause", exact=True).tap()
    lanes = phone.locator(".vig-lane-grid")
    lanes.get_by_role("button", name="Initiative").tap()
    lanes.get_by_role("button", name="Receiving").tap()
    expect(said).to_have_text("✓ 2 saved")
    hand_in = phone.get_by_role("button", name="Hand in")
    assert hand_in.evaluate("el => getComputedStyle(el).whiteSpace") == "nowrap"
    top = phone.locator(".vig-top-end")
    tops = {round(one.evaluate("el => { const b = el.getBoundingClientRect(); return b.top + b.height / 2 }"))
            for one in top.locator("button:visible").all()}  # fmt: skip
    assert max(tops) - min(tops) <= 2, "all stand in one line"
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.locator(".vig-keys-button").tap()
    expect(phone.get_by_role("dialog", name="All keys")).to_contain_text("Tap Initiative once")
    phone.get_by_role("button", name="Close", exact=True).tap()


def test_what_few_need_is_behind_one_line(page: Page) -> None:
    begin(page, "receiving-initiatives")
    expect(page.get_by_label("Labels in")).to_be_hidden()
    expect(page.get_by_text("Clips for the review")).to_be_hidden()
    page.locator(".vig-more-tools > summary").click()
    expect(page.get_by_label("Labels in")).to_be_visible()
    page.get_by_text("Clips for the review").click()
    expect(page.get_by_role("button", name="Keep a clip")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Labels in")).to_be_visible()

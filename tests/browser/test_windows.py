"""Two windows on one piece of work, without a network and without a service: it goes on, says so, and catches up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Service
from tests.browser.test_walk import until

pytestmark = pytest.mark.browser


@pytest.fixture
def windows(context: BrowserContext, sign_in: Callable[..., Page]) -> Iterator[tuple[Page, Page]]:
    """The same exercise of the same person in two windows, begun anew."""
    one = sign_in("trainee")
    one.goto("/exercises/first-look?again=1")
    two = context.new_page()
    two.goto("/exercises/first-look")
    for page in (one, two):
        page.wait_for_selector(".vig-timeline")
        expect(page.locator(".vig-saved")).not_to_contain_text("connecting", timeout=15_000)
    yield one, two
    for page in (one, two):
        page.close()


def moments(page: Page) -> int:
    return page.locator(".vig-moments [role=row]").count()


def holds(page: Page, count: int) -> None:
    expect(page.locator(".vig-moments [role=row]")).to_have_count(count, timeout=20_000)


def tag(page: Page, frame: int, key: str = "i") -> None:
    for _ in range(frame):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press(key)


def all_saved(page: Page) -> None:
    expect(page.locator(".vig-saved")).to_contain_text(re.compile("saved|ready"), timeout=30_000)


def test_a_second_window_joins_and_both_say_so(windows: tuple[Page, Page]) -> None:
    one, two = windows
    both = "open in 2 windows, and you can tag in each"
    for page in windows:
        expect(page.locator(".vig-presence")).to_have_text(both)
    before = moments(one)
    tag(one, 1)
    holds(two, before + 1)
    tag(two, 2)
    holds(one, before + 2)
    # What one window undoes is its own step, and both see it.
    one.keyboard.press("Control+z")
    holds(two, before + 1)
    all_saved(one)
    two.close()
    expect(one.locator(".vig-presence")).to_be_empty()


def test_without_a_network_it_goes_on_says_so_and_catches_up(
    context: BrowserContext, windows: tuple[Page, Page], service: Service
) -> None:
    one, two = windows
    before = moments(one)
    context.set_offline(True)
    expect(one.locator(".vig-saved")).to_contain_text("offline", timeout=20_000)
    tag(one, 1)
    tag(two, 2)
    holds(one, before + 1)
    expect(one.locator(".vig-saved")).to_contain_text("1 waiting, kept on this computer")
    expect(one.locator(".vig-presence")).to_be_empty()
    context.set_offline(False)
    for page in windows:
        holds(page, before + 2)
        all_saved(page)
    one.reload()
    holds(one, before + 2)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (820, 1180), (1440, 960)])
def test_the_header_has_room_for_what_it_says_of_two_windows(
    windows: tuple[Page, Page], width: int, height: int
) -> None:
    page, _ = windows
    page.set_viewport_size({"width": width, "height": height})
    before = moments(page)
    tag(page, 1)
    holds(page, before + 1)
    all_saved(page)
    expect(page.locator(".vig-presence")).to_have_attribute("title", "open in 2 windows, and you can tag in each")
    parts = [".vig-heading", ".vig-presence", ".vig-saved", ".vig-edit-buttons", ".vig-top .vig-primary"]
    lies = "(names) => names.map((name) => document.querySelector(name).getBoundingClientRect().toJSON())"
    # All at one moment: a word that comes or goes in between moves the others.
    boxes = page.evaluate(lies, parts)
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            below = one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1
            assert beside or below, f"{one} lies over {other}"
    # What it says while it still saves may be longer.
    until(page, "(e => e.scrollWidth <= e.clientWidth)(document.querySelector('.vig-saved'))")
    assert page.locator(".vig-presence").bounding_box()["height"] < 24  # type: ignore[index]


def test_a_killed_service_loses_nothing_of_either_window(windows: tuple[Page, Page], service: Service) -> None:
    one, two = windows
    before = moments(one)
    tag(one, 1)
    holds(two, before + 1)
    service.kill()
    expect(one.locator(".vig-saved")).to_contain_text("offline", timeout=20_000)
    tag(one, 1)
    tag(two, 3)
    service.start()
    for page in windows:
        holds(page, before + 3)
        all_saved(page)
        expect(page.locator(".vig-presence")).to_contain_text("open in 2 windows", timeout=20_000)

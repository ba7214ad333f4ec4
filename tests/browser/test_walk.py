"""The whole walk, as a health visitor does it on her first evening: sign in, look, tag, hand in, read."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Service, free_port, looked_at, take
from tests.browser.test_bench import lane_y, saved

pytestmark = pytest.mark.browser

#: The one clock of the page's film, and whether it has shown what was asked of it.
CLOCK = "[...window.__vigwidgets.clocks.values()][0]"
SETTLED = f"{CLOCK}.wanted.value === null && !{CLOCK}.playing.value"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, first_day: Path) -> Iterator[Service]:
    """A service of its own, where nobody has handed in anything."""
    data = Path(shutil.copytree(first_day, tmp_path_factory.mktemp("first-day") / "data"))
    running = Service(f"http://127.0.0.1:{free_port()}", data, None)  # type: ignore[arg-type]
    running.start()
    yield running
    running.process.terminate()
    running.process.wait(20)


def until(page: Page, holds: str, seconds: float = 60) -> None:
    """Wait until an expression holds; the page's own rules (no eval) leave Playwright's waiting nothing to run."""
    end = time.monotonic() + seconds
    while not page.evaluate(holds):
        assert time.monotonic() < end, f"after {seconds} s this does not hold yet: {holds}"
        page.wait_for_timeout(30)


def picture(page: Page, name: str, screenshots: Path) -> None:
    """Take the page at desktop and phone width, for people to look at."""
    for size, viewport in (("phone", PHONE), ("desktop", DESKTOP)) if looked_at() else ():
        page.set_viewport_size(viewport)
        page.wait_for_timeout(500)
        take(page, screenshots / f"walk-{name}-{size}.png")


def step(page: Page, key: str) -> int:
    """Press a key, wait until its frame is on the screen, and return the number the page shows."""
    page.keyboard.press(key)
    until(page, SETTLED)
    assert page.evaluate(f"{CLOCK}.exact.value"), "the page does not know which frame it shows"
    return int(re.sub(r"\D", "", page.locator(".vig-frame").inner_text()))


def go_to(page: Page, seconds: float) -> None:
    """Bring the film to this second."""
    page.evaluate(f"{CLOCK}.seekTime({int(seconds * 1_000_000)})")
    until(page, SETTLED)


def drag(page: Page, name: str, share: tuple[float, float]) -> None:
    """Drag over a lane from one share of its width to another."""
    box = page.locator(".vig-canvases").bounding_box()
    assert box
    start, end = (box["x"] + box["width"] * part for part in share)
    y = lane_y(page, name)
    page.mouse.move(start, y)
    page.mouse.down()
    page.mouse.move((start + end) / 2, y, steps=4)
    page.mouse.move(end, y, steps=4)
    page.mouse.up()
    until(page, SETTLED)


def arrive(page: Page) -> None:
    page.wait_for_selector(".vig-timeline")
    until(page, "document.querySelector('video').readyState >= 2")


def hand_in(page: Page) -> Locator:
    page.get_by_role("button", name="Hand in").click()
    dialog = page.get_by_role("dialog", name="Hand in")
    dialog.get_by_role("button", name="Hand in", exact=True).click()
    expect(dialog).to_contain_text("Receipt", timeout=60_000)
    return dialog


def test_one_exercise_from_sign_in_to_feedback(
    service: Service, sign_in: Callable[..., Page], screenshots: Path
) -> None:
    page = sign_in("trainee")
    expect(page).to_have_title(re.compile("My learning"))
    picture(page, "1-learning", screenshots)

    page.get_by_role("link", name="Receiving initiatives").click()
    arrive(page)
    expect(page.get_by_text("What am I doing that helps my baby show me what they want?")).to_be_visible()
    picture(page, "2-exercise", screenshots)

    # Frame by frame, both ways: the number on the screen is that of the frame in the picture.
    go_to(page, 5.0)
    first = step(page, "ArrowRight")
    assert [step(page, "ArrowRight") for _ in range(5)] == list(range(first + 1, first + 6))
    assert [step(page, "ArrowLeft") for _ in range(4)] == list(range(first + 4, first, -1))

    # By key: a moment on the frame that is shown; by key while it plays: one that grows.
    go_to(page, 5.6)
    page.keyboard.press("i")
    saved(page, 1)
    go_to(page, 6.8)
    page.keyboard.press("k")
    until(page, f"{CLOCK}.time.value > 6900000")
    page.keyboard.press("3")
    until(page, f"{CLOCK}.time.value > 8700000")
    page.keyboard.press("3")
    page.keyboard.press("k")
    saved(page, 2)

    # By drag, after a reload in the middle of the work that takes nothing away.
    page.reload()
    arrive(page)
    saved(page, 2)
    whole = json.loads((service.data / "films" / "blocks" / "film.json").read_text())["duration"]
    drag(page, "Attentive", (1.2e6 / whole, 5.0e6 / whole))
    saved(page, 3)
    picture(page, "3-tagged", screenshots)

    dialog = hand_in(page)
    take(page, screenshots / "walk-4-receipt-desktop.png")
    expect(dialog).to_contain_text("Receipt")
    page.wait_for_url("**/attempts/*")

    # What was seen comes first; every moment worth another look is a link that plays it.
    headings = page.get_by_role("heading", level=2).all_inner_texts()
    seen, again = (next(i for i, h in enumerate(headings) if word in h) for word in ("expert", "another look"))
    assert seen < again, headings
    moment = page.locator("a.moment").first
    moment.click()
    until(page, "!document.querySelector('video').paused")
    until(page, "document.querySelector('video').paused", 30)
    picture(page, "5-feedback", screenshots)

    page.get_by_role("link", name="Read the full report").click()
    while page.get_by_text("reload this page in a moment").is_visible():  # it is being written
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator("body")).to_contain_text("And now")
    picture(page, "6-report", screenshots)

    page.goto("/learning")
    expect(page.get_by_text("handed in").first).to_be_visible()
    picture(page, "7-learning-after", screenshots)


def test_a_phone_can_do_it_all_by_touch(service: Service, chromium, screenshots: Path) -> None:  # type: ignore[no-untyped-def]
    context = chromium.new_context(base_url=service.url, viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("button.person", has=page.get_by_text("trainee", exact=True)).tap()
    page.wait_for_url("**/learning")
    page.goto("/exercises/first-look?again=1")
    arrive(page)
    page.get_by_role("button", name="One frame on").tap()
    until(page, SETTLED)
    page.get_by_role("button", name="Initiative").tap()
    saved(page, 1)
    take(page, screenshots / "walk-8-touch-phone.png", full_page=True)
    hand_in(page)
    page.wait_for_url("**/attempts/*")
    expect(page.locator("a.moment").first).to_be_visible()
    take(page, screenshots / "walk-9-touch-feedback-phone.png", full_page=True)
    context.close()

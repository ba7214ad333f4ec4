"""A film drawn from two sides, and told in words: both reach the exercise page."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Service, take

pytestmark = pytest.mark.browser
#: Both pictures are four frames on.
TOGETHER = """() => [...document.querySelectorAll('video')]
  .every((video) => !video.seeking && Math.floor(video.currentTime / 0.04) === 4)"""


def test_the_second_camera_follows_and_the_words_are_told(
    service: Service, sign_in: Callable[..., Page], screenshots: Path
) -> None:
    film = service.data / "films" / "hello"
    shutil.copy(film / "proxy.mp4", film / "second.mp4")
    try:
        page = sign_in("trainee")
        page.goto("/exercises/first-look")
        expect(page.locator("video")).to_have_count(2)
        page.wait_for_function("() => [...document.querySelectorAll('video')].every((v) => v.readyState >= 2)")
        page.locator(".vig-clock").click()
        for _ in range(4):
            page.keyboard.press("ArrowRight")
        page.wait_for_function(TOGETHER)
        page.get_by_role("button", name="In words").click()
        told = page.locator(".vig-captions.is-described")
        expect(told.locator("p").first).to_contain_text("Bo")
        assert told.get_attribute("role") == "status"
        take(page, screenshots / "second-view.png")
        page.keyboard.press(";")
        expect(told).to_have_count(0)
    finally:
        (film / "second.mp4").unlink()

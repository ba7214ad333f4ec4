"""One notebook in two tabs of a browser: one Tagger, one kernel, and whatever the kernel says reaches both."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watch
from tests.browser.killing import Chrome
from tests.browser.lab import jupyterlab
from tests.browser.numbered_page import make_film
from tests.browser.test_frames import free
from tests.browser.test_lab import run_all, write_notebook

__all__ = ["free"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
#: Answers take their time, so that those for one tab come while the other waits for its own.
SLOW = """import time
from vigwidgets import Tagger
tagger = Tagger('film')
tagger.on_edit(lambda edit, observation: time.sleep(0.6))
tagger"""

#: How many pages say by a hold that something grows in them.
HELD = "async () => (await navigator.locks.query()).held.filter((one) => one.name.startsWith('vig:growing:')).length"


@pytest.fixture
def lab(tmp_path: Path, free: Callable[[], int]) -> Iterator[str]:
    make_film(tmp_path / "film", 300)
    write_notebook(tmp_path / "try.ipynb", [SLOW])
    with jupyterlab(tmp_path, free()) as url:
        yield url


def tags_in(folder: Path) -> list[dict[str, Any]]:
    place = folder / "numbered.observation.json"
    return json.loads(place.read_text())["tags"] if place.exists() else []


def open_again(page: Page, address: str) -> Page:
    """Open a notebook that runs and was saved in another tab; its widget is shown as it is."""
    other = page.context.new_page()
    watch(other)
    other.goto(address)
    other.wait_for_selector(".vig-widget .vig-clock", timeout=150_000)
    expect(other.locator(".vig-saved")).to_contain_text("numbered.observation.json", timeout=60_000)
    return other


def save(page: Page) -> None:
    """Keep the notebook with the widget that it shows."""
    page.keyboard.press("Escape")
    page.get_by_role("menuitem", name="File", exact=True).click()
    page.locator(".lm-Menu-item[data-command='docmanager:save']").click()
    expect(page.locator(".jp-mod-dirty")).to_have_count(0, timeout=30_000)


def test_two_tabs_on_one_notebook_show_the_same_and_lose_nothing(chromium: Browser, lab: str, tmp_path: Path) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 1100})
    one = run_all(context, f"{lab}/lab/workspaces/one/tree/try.ipynb?reset", 1)
    save(one)
    two = open_again(one, f"{lab}/lab/workspaces/two/tree/try.ipynb?reset")
    for _ in range(2):
        for page, key in ((one, "3"), (two, "2")):
            page.bring_to_front()
            page.locator(".vig-clock").click()
            page.keyboard.press("Shift+ArrowRight")
            page.keyboard.press(key)
    for page in (one, two):
        expect(page.locator(".vig-saved")).to_contain_text("all 4 moments saved", timeout=30_000)
    assert sorted(tag["code"] for tag in tags_in(tmp_path)) == ["2", "2", "3", "3"]
    for page in (one, two):
        page.bring_to_front()
        page.locator(".vig-moments [role=row]").first.click()
    one.locator(".vig-detail textarea").first.fill("typed in one")
    one.locator(".vig-detail textarea").first.blur()
    expect(two.locator(".vig-detail textarea").first).to_have_value("typed in one", timeout=30_000)
    two.get_by_label("How sure are you?").first.select_option("fairly")
    for page in (one, two):
        expect(page.locator(".vig-saved")).to_contain_text("all 4 moments saved", timeout=30_000)
    kept = [tag for tag in tags_in(tmp_path) if tag["note"] or tag["certainty"]]
    assert [(tag["note"], tag["certainty"]) for tag in kept] == [("typed in one", "fairly")]
    context.close()


def test_what_grows_when_the_browser_is_killed_is_there_in_the_next(
    chromium: Browser, lab: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chrome = Chrome(chromium, tmp_path_factory.mktemp("profile"))
    try:
        page = run_all(chrome.start(), f"{lab}/lab/tree/try.ipynb?reset", 1)
        save(page)
        page.locator(".vig-clock").click()
        page.keyboard.press("Home")
        page.keyboard.press("l")
        page.wait_for_timeout(500)
        page.keyboard.press("3")
        page.wait_for_timeout(2500)
        expect(page.locator(".vig-growing")).to_be_visible()
        assert tags_in(tmp_path) == []
        assert page.evaluate(HELD) == 1, "no other window takes it for dead"
        chrome.kill()
        page = chrome.start().new_page()
        page.goto(f"{lab}/lab/tree/try.ipynb?reset")
        expect(page.locator(".vig-saved")).to_contain_text("1 moment saved", timeout=150_000)
        (tag,) = tags_in(tmp_path)
        assert (tag["code"], tag["end"] - tag["start"] >= 1_000_000) == ("3", True)
    finally:
        chrome.forget()

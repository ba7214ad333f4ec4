"""Rating as a person does it: by digits, by touch, with moments as evidence, and after a first look without a pause."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import take, watch
from tests.browser.test_frames import CLOCK, Numbered, arrive, free, seek, settle
from tests.browser.test_words import listen, until

__all__ = ["free"]
pytestmark = pytest.mark.browser
FREE, WHOLE = {"total": True, "look": "free"}, {"total": False, "look": "whole"}


@dataclass
class Rated(Numbered):
    """The numbered film with a rating sheet beside it."""

    scheme: str = "m-adbb"
    sheet: str = ""

    def said(self) -> dict[str, str]:
        return {"scheme": self.scheme, "sheet": self.sheet}


Opens = Callable[..., tuple[Page, Rated]]


@pytest.fixture
def opens(chromium: Browser, tmp_path: Path, free: Callable[[], int]) -> Iterator[Opens]:
    ends: list[Callable[[], object]] = []

    def enter(sheet: dict[str, object], scheme: str = "m-adbb", **how: object) -> tuple[Page, Rated]:
        desk = Rated(free(), tmp_path, "25/1", scheme=scheme, sheet=json.dumps(sheet))
        desk.start()
        context = chromium.new_context(**{"viewport": {"width": 1440, "height": 960}, **how})
        ends.extend((context.close, desk.stop))
        page = context.new_page()
        watch(page)
        arrive(page, desk.url)
        return page, desk

    yield enter
    for end in ends:
        end()


def on_disk(desk: Rated) -> dict[str, dict[str, object]]:
    tags = json.loads((desk.folder / "try.observation.json").read_text())["tags"]
    return {tag["id"]: tag for tag in tags}


def saved(page: Page, entries: int) -> None:
    # On a phone there is room for fewer words.
    words = re.compile(r"1 (entry )?saved" if entries == 1 else rf"(all {entries} entries|✓ {entries}) saved")
    expect(page.locator(".vig-saved")).to_contain_text(words, timeout=15_000)


def test_digits_rate_the_item_in_focus_and_can_be_taken_back(opens: Opens) -> None:
    page, desk = opens(FREE)
    for step in "01202":
        page.keyboard.press(step)
        page.keyboard.press("ArrowDown")
    saved(page, 5)
    total = page.locator(".vig-total")
    expect(total).to_contain_text("Total 5 of 10, at or above the cut-off of 2")
    expect(total).to_contain_text("no diagnosis")
    assert {name: tag["modifiers"]["rating"] for name, tag in on_disk(desk).items()} == {  # type: ignore[index]
        "rating.face": "0", "rating.eyes": "1", "rating.voice": "2", "rating.activity": "0", "rating.relationship": "2",
    }  # fmt: skip
    page.keyboard.press("Control+z")
    saved(page, 4)
    expect(page.locator(".vig-sheet-head")).to_contain_text("4 of 5 rated")
    expect(total).to_contain_text("when every item is rated")
    page.keyboard.press("Control+Shift+z")
    saved(page, 5)
    page.keyboard.press("Shift+Backspace")
    saved(page, 4)
    page.reload()
    expect(page.get_by_role("radio", name="2 definite problem")).to_have_count(5)
    expect(page.get_by_role("group", name="Vocalisation").get_by_role("radio", name="2")).to_be_checked()


def test_what_one_saw_survives_a_reload_at_once(opens: Opens) -> None:
    page, _ = opens(FREE)
    page.keyboard.press("1")
    saved(page, 1)
    field = page.get_by_label("What did you see?")
    field.click()
    listen(page)
    page.keyboard.type("a still face")
    until(page, "window.said.some((one) => one.includes('saving'))")
    page.reload()
    expect(page.get_by_label("What did you see?")).to_have_value("a still face")
    saved(page, 1)


def test_an_items_key_keeps_the_moment_and_its_name_plays_it(opens: Opens) -> None:
    page, desk = opens(FREE)
    page.keyboard.press("w")
    expect(page.locator(".vig-item.is-here")).to_contain_text("Eye contact")
    assert not (desk.folder / "try.observation.json").exists() or on_disk(desk) == {}
    seek(page, 50)
    page.keyboard.press("w")
    saved(page, 1)
    page.keyboard.press(" ")
    page.wait_for_function(f"{CLOCK}.frame.value > 75")
    page.keyboard.down("q")
    page.wait_for_function(f"{CLOCK}.frame.value > 95")
    page.keyboard.up("q")
    page.keyboard.press(" ")
    settle(page)
    saved(page, 2)
    moments = sorted(on_disk(desk).values(), key=lambda tag: str(tag["code"]))
    assert [tag["code"] for tag in moments] == ["eyes", "face"]
    assert (moments[0]["start"], moments[0]["actor"], moments[0]["modifiers"]) == (2_000_000, "baby", {})
    assert moments[1]["end"] > moments[1]["start"] + 300_000  # type: ignore[operator]
    page.get_by_role("button", name="Eye contact").click()
    page.wait_for_function(f"{CLOCK}.playing.value")
    page.wait_for_function(f"!{CLOCK}.playing.value && {CLOCK}.frame.value >= 60", timeout=10_000)
    assert 60 <= page.evaluate(f"{CLOCK}.frame.value") <= 64
    page.get_by_role("button", name="Delete the moment at 00:02.0").click()
    saved(page, 1)


def test_a_first_look_goes_to_the_end_and_one_may_stop(opens: Opens) -> None:
    page, _desk = opens(WHOLE)
    banner = page.locator(".vig-look-banner")
    expect(banner).to_contain_text("the whole film, without a pause")
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{CLOCK}.frame.value") == 0
    page.get_by_role("button", name="Begin").click()
    page.wait_for_function(f"{CLOCK}.frame.value > 10")
    for key in (" ", "k", ",", "j", "Home"):
        page.keyboard.press(key)
    page.locator("video").click()
    page.wait_for_function(f"{CLOCK}.frame.value > 30")
    assert page.evaluate(f"[{CLOCK}.playing.value, {CLOCK}.rate.value]") == [True, 1]
    page.keyboard.press("q")
    page.keyboard.press("q")
    page.get_by_role("button", name="I need to stop").click()
    settle(page)
    expect(banner).to_have_count(0)
    seek(page, 5)
    page.reload()
    page.wait_for_selector(".vig-sheet-card")
    expect(banner).to_have_count(0)
    expect(page.locator(".vig-total")).to_contain_text("The total is not shown here")


def test_by_touch_on_a_phone_and_axe_finds_nothing(opens: Opens, screenshots: Path) -> None:
    page, desk = opens(FREE, "adbb", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    for item, step in (("Facial expression", "3"), ("Vocalisations", "0")):
        page.get_by_role("group", name=item).locator("label").nth(int(step)).tap()
    saved(page, 2)
    assert {tag["code"]: tag["modifiers"] for tag in on_disk(desk).values()} == {
        "face": {"rating": "3"}, "voice": {"rating": "0"},
    }  # fmt: skip
    page.get_by_role("button", name="Keep this moment").tap()
    saved(page, 3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    take(page, screenshots / "rating-phone.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 960})
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    take(page, screenshots / "rating.png", full_page=True)


def test_words_without_numbers_are_words(opens: Opens) -> None:
    page, desk = opens({"total": True, "look": "free"}, "sds")
    expect(page.locator(".vig-core")).to_have_count(6)
    expect(page.locator(".vig-total")).to_have_count(0)
    page.keyboard.press("3")
    expect(page.locator(".vig-warning")).to_contain_text("Nobody in this film can be rated")
    assert not (desk.folder / "try.observation.json").exists() or on_disk(desk) == {}

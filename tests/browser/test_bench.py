"""Tagging as a person does it, on a page without the service: keys, drags, two windows, a server that dies."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import take, watch
from tests.browser.test_frames import Numbered, arrive, free, seek, settle

__all__ = ["free"]
pytestmark = pytest.mark.browser


@pytest.fixture
def desk(tmp_path: Path, free: Callable[[], int]) -> Iterator[Numbered]:
    page = Numbered(free(), tmp_path, "25/1")
    page.start()
    yield page
    page.stop()


@pytest.fixture
def page(chromium: Browser, desk: Numbered) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 960})
    page = context.new_page()
    watch(page)
    arrive(page, desk.url)
    yield page
    context.close()


def saved(page: Page, moments: int) -> None:
    words = "1 moment saved" if moments == 1 else f"all {moments} moments saved"
    if page.viewport_size and page.viewport_size["width"] <= 640:
        words = f"{moments} saved"
    expect(page.locator(".vig-saved")).to_contain_text(words, timeout=60_000)


def on_disk(desk: Numbered) -> list[dict[str, object]]:
    return json.loads((desk.folder / "try.observation.json").read_text())["tags"]


def lane_y(page: Page, name: str) -> float:
    box = page.locator(".vig-gutter .vig-lane", has_text=re.compile(f"^{name}")).bounding_box()
    assert box
    return box["y"] + box["height"] / 2


def at(page: Page, seconds: float) -> float:
    box = page.locator(".vig-canvases").bounding_box()
    assert box
    return box["x"] + box["width"] * seconds / 12


def test_a_key_while_it_plays_makes_a_tag_on_frames(page: Page, desk: Numbered) -> None:
    page.keyboard.press("k")
    time.sleep(0.5)
    page.keyboard.press("3")
    expect(page.locator(".vig-gutter .is-growing")).to_be_visible()
    time.sleep(0.6)
    page.keyboard.press("3")
    page.keyboard.press("k")
    saved(page, 1)
    (tag,) = on_disk(desk)
    assert (tag["code"], tag["actor"], tag["target"]) == ("3", "mum", "baby")
    assert tag["start"] % 40_000 == tag["end"] % 40_000 == 0  # type: ignore[operator]
    assert 300_000 <= tag["end"] - tag["start"] <= 1_200_000  # type: ignore[operator]


def test_a_drag_makes_moves_and_resizes(page: Page, desk: Numbered) -> None:
    y = lane_y(page, "Attentive")
    mouse = page.mouse

    def drag(start: float, end: float) -> None:
        mouse.move(at(page, start), y)
        mouse.down()
        mouse.move(at(page, (start + end) / 2), y)
        mouse.move(at(page, end), y)
        mouse.up()
        settle(page)

    drag(3, 5)
    saved(page, 1)
    (tag,) = on_disk(desk)
    assert abs(tag["start"] - 3_000_000) <= 60_000  # type: ignore[operator]
    assert abs(tag["end"] - 5_000_000) <= 60_000  # type: ignore[operator]
    drag(4, 7)
    drag(7.97, 9)
    expect(page.locator(".vig-length")).to_contain_text("3.0")
    saved(page, 1)
    (tag,) = on_disk(desk)
    assert abs(tag["start"] - 6_000_000) <= 80_000  # type: ignore[operator]
    assert abs(tag["end"] - 9_000_000) <= 120_000  # type: ignore[operator]
    for _ in range(3):
        page.keyboard.press("Control+z")
    expect(page.locator(".vig-saved")).to_contain_text("ready")
    assert on_disk(desk) == []


def test_what_it_is_who_and_what_it_answers(page: Page, desk: Numbered) -> None:
    seek(page, 40)
    page.keyboard.press("i")
    seek(page, 56)
    page.keyboard.press("3")
    page.get_by_text("gives back eye contact, a smile, a nod").click()
    page.get_by_role("button", name="Answers the initiative at 00:01.6?").click()
    page.get_by_placeholder("What do you see?").fill("He looks up; she smiles.")
    page.get_by_label("How sure are you?").select_option("sure")
    saved(page, 2)
    expect(page.locator(".vig-answers select option:checked")).to_contain_text("0.64 s")
    time.sleep(1)
    saved(page, 2)
    answer = next(tag for tag in on_disk(desk) if tag["code"] != "initiative")
    initiative = next(tag for tag in on_disk(desk) if tag["code"] == "initiative")
    assert (answer["code"], answer["note"], answer["certainty"]) == ("3.4", "He looks up; she smiles.", "sure")
    assert answer["links"] == [{"kind": "answers", "to": initiative["id"]}]
    assert initiative["end"] is None


def test_a_reload_keeps_moments_and_undo(page: Page, desk: Numbered) -> None:
    page.keyboard.press("2")
    saved(page, 1)
    page.reload()
    page.wait_for_selector(".vig-timeline")
    saved(page, 1)
    page.keyboard.press("Control+z")
    expect(page.locator(".vig-saved")).to_contain_text("ready")
    assert on_disk(desk) == []


def test_a_server_that_dies_loses_nothing(page: Page, desk: Numbered) -> None:
    page.keyboard.press("1")
    saved(page, 1)
    desk.stop()
    expect(page.locator(".vig-saved")).to_contain_text("offline")
    seek(page, 20)
    page.keyboard.press("2")
    page.keyboard.press("4")
    expect(page.locator(".vig-saved")).to_contain_text("offline: 2 waiting, kept on this computer")
    desk.start()
    saved(page, 3)
    assert sorted(str(tag["code"]) for tag in on_disk(desk)) == ["1", "2", "4"]


def test_what_waited_when_the_page_was_closed_is_sent_by_the_next(chromium: Browser, desk: Numbered) -> None:
    context = chromium.new_context()
    page = context.new_page()
    arrive(page, desk.url)
    saved_or_ready = page.locator(".vig-saved")
    expect(saved_or_ready).to_contain_text("ready")
    desk.stop()
    expect(saved_or_ready).to_contain_text("offline")
    page.keyboard.press("5")
    expect(saved_or_ready).to_contain_text("1 waiting, kept on this computer")
    page.close(run_before_unload=False)
    desk.start()
    page = context.new_page()
    arrive(page, desk.url)
    saved(page, 1)
    assert [tag["code"] for tag in on_disk(desk)] == ["5"]
    context.close()


def test_two_windows_of_one_observation_stay_the_same(page: Page, desk: Numbered) -> None:
    other = page.context.new_page()
    arrive(other, desk.url)
    page.keyboard.press("3")
    saved(other, 1)
    other.keyboard.press("1")
    saved(page, 2)
    page.keyboard.press("Control+z")
    saved(other, 1)
    assert [tag["code"] for tag in on_disk(desk)] == ["1"]


def test_the_list_does_by_keyboard_what_the_timeline_does_by_mouse(page: Page, desk: Numbered) -> None:
    for frame in (30, 90, 150):
        seek(page, frame)
        page.keyboard.press("3")
    page.get_by_role("region", name="List of moments").get_by_role("grid").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    settle(page)
    assert page.locator(".vig-frame").inner_text() == "frame 90"
    page.keyboard.press("Delete")
    saved(page, 2)
    assert sorted(tag["start"] for tag in on_disk(desk)) == [1_200_000, 6_000_000]  # type: ignore[type-var]


def test_handing_in_says_how_many_and_freezes(page: Page, desk: Numbered) -> None:
    page.keyboard.press("3")
    page.get_by_role("button", name="Hand in").click()
    dialog = page.get_by_role("dialog", name="Hand in")
    expect(dialog).to_contain_text("Hand in 1 moment?")
    dialog.get_by_role("button", name="Look again first").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Hand in").click()
    dialog.get_by_role("button", name="Hand in").click()
    expect(dialog).to_contain_text("handed in", ignore_case=True)
    page.wait_for_url("**/film/film.json")
    arrive(page, desk.url)
    expect(page.locator(".vig-saved")).to_contain_text("handed in, 1 moment")
    page.keyboard.press("3")
    assert len(on_disk(desk)) == 1


@pytest.mark.parametrize(("width", "height"), [(1440, 960), (390, 844), (360, 740)])
def test_axe_finds_nothing_and_nothing_is_cut_off(page: Page, screenshots: Path, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    for frame, key in ((40, "i"), (56, "3"), (80, "1")):
        seek(page, frame)
        page.keyboard.press(key)
    saved(page, 3)
    take(page, screenshots / f"bench-{width}.png", full_page=width < 1000)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="All keys")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_finger_taps_a_lane_and_steps(chromium: Browser, desk: Numbered) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    arrive(page, desk.url)
    for _ in range(5):
        page.get_by_role("button", name="One frame on").tap()
    settle(page)
    assert page.locator(".vig-frame").inner_text() == "frame 5"
    page.locator(".vig-lane-grid").get_by_role("button", name="Receiving").tap()
    saved(page, 1)
    assert on_disk(desk)[0]["start"] == 200_000
    context.close()

"""What hands do that quick tests hide: slow drags, stepping back, changing one's mind, fingers, leaving half-way."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, take, watch
from tests.browser.test_bench import at, desk, lane_y, on_disk, page, saved
from tests.browser.test_frames import CLOCK, Numbered, arrive, free, seek, settle

__all__ = ["desk", "free", "page"]
pytestmark = pytest.mark.browser
PRESENTED = f"{CLOCK}.frame.value"


def test_a_drag_pixel_by_pixel_follows_the_hand(page: Page, desk: Numbered) -> None:
    seek(page, 50)
    page.keyboard.press("3")
    saved(page, 1)
    y, start = lane_y(page, "Receiving"), at(page, 3)
    page.mouse.move(start, y)
    page.mouse.down()
    shown = []
    for pixel in range(1, 41):
        page.mouse.move(start + pixel, y)
        page.wait_for_timeout(60)
        shown.append(page.evaluate(PRESENTED))
    page.mouse.up()
    settle(page)
    # The film goes to the end that is dragged, whose last frame is 74, and on from there.
    steps = [after - before for before, after in pairwise([74, *(one for one in shown if one > 50)])]
    assert min(steps) >= 0, f"it went back: {shown}"
    assert max(steps) <= 2, f"it leapt: {shown}"
    box = page.locator(".vig-canvases").bounding_box()
    assert box
    wanted = 3_000_000 + 40 * 12_000_000 / box["width"]
    saved(page, 1)
    assert abs(float(str(on_disk(desk)[0]["end"])) - wanted) <= 40_000


def begin_to_grow(page: Page, key: str = "3") -> int:
    """Play, press a lane's key, and pause a second later; gives the frame that is shown."""
    page.keyboard.press("k")
    page.wait_for_function(f"{PRESENTED} > 10")
    page.keyboard.press(key)
    page.wait_for_timeout(1000)
    page.keyboard.press("k")
    settle(page)
    return int(page.evaluate(PRESENTED))


def test_stepping_back_from_a_pause_ends_it_where_it_ended(page: Page, desk: Numbered) -> None:
    frame = begin_to_grow(page)
    growing = page.get_by_role("region", name="Growing moment")
    expect(growing.get_by_role("heading")).to_contain_text("Growing: Receiving")
    expect(page.locator(".vig-saved")).to_contain_text("1 growing")
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
        settle(page)
    page.keyboard.press("Shift+Digit4")
    expect(growing.locator(".is-chosen")).to_contain_text("⇧4")
    page.keyboard.press("3")
    expect(growing).to_have_count(0)
    saved(page, 1)
    (tag,) = on_disk(desk)
    assert (tag["code"], tag["end"]) == ("3.4", (frame - 5 + 1) * 40_000)


def test_what_grows_is_thrown_away_before_anything_else(page: Page, desk: Numbered) -> None:
    seek(page, 200)
    page.keyboard.press("1")
    saved(page, 1)
    seek(page, 0)
    for key in ("Escape", "Control+z"):
        begin_to_grow(page)
        page.keyboard.press(key)
        expect(page.get_by_role("region", name="Growing moment")).to_have_count(0)
        saved(page, 1)
        assert [tag["code"] for tag in on_disk(desk)] == ["1"]
        seek(page, 0)
    page.keyboard.press("Control+z")
    expect(page.locator(".vig-saved")).to_contain_text("ready")


@pytest.mark.parametrize("away", ["reload", "leave"])
def test_what_grows_when_the_page_goes_is_kept_once(page: Page, desk: Numbered, away: str) -> None:
    frame = begin_to_grow(page)
    if away == "reload":
        page.reload()
    else:
        page.goto("about:blank")
        arrive(page, desk.url)
    saved(page, 1)
    (tag,) = on_disk(desk)
    assert (tag["code"], tag["end"]) == ("3", (frame + 1) * 40_000)
    page.reload()
    saved(page, 1)
    assert len(on_disk(desk)) == 1


@pytest.mark.parametrize("left", ["Escape", "Enter", "Mouse"])
def test_a_list_that_was_opened_and_left_as_it_was_gives_the_keys_back(page: Page, desk: Numbered, left: str) -> None:
    for count in range(1, 5):
        seek(page, 60 * count)
        page.keyboard.press("3")
        saved(page, count)
    row = page.locator(".vig-moments [role=row]").last
    row.click()
    boxes = page.locator("select:visible").count()
    assert boxes >= 5, "speed, how sure, the lane, and two that filter the list"
    for i in range(boxes):
        row.click()
        seek(page, 60)
        box = page.locator("select:visible").nth(i)
        if box.is_disabled():
            continue
        before, stands = box.input_value(), on_disk(desk)
        box.scroll_into_view_if_needed()
        box.click()
        expect(box).to_be_focused()
        page.wait_for_timeout(300)
        if left == "Mouse":
            box.click()
        else:
            page.keyboard.press(left)
        page.wait_for_timeout(200)
        page.keyboard.press("ArrowRight")
        settle(page)
        says = f"list box {i} ({box.evaluate('e => e.options[0].text')})"
        assert page.evaluate(PRESENTED) == 61, says
        assert box.input_value() == before, says
        assert on_disk(desk) == stands, says
        expect(box).not_to_be_focused()


def test_moments_that_are_not_neighbours_are_chosen_by_keyboard(page: Page, desk: Numbered) -> None:
    for frame in (25, 75, 125, 175):
        seek(page, frame)
        page.keyboard.press("3")
    saved(page, 4)
    grid = page.get_by_role("grid")
    grid.focus()
    for key in ("Home", "Shift+v", "ArrowDown", "ArrowDown", "Space", "Shift+v"):
        page.keyboard.press(key)
        settle(page)
    expect(page.get_by_role("heading", name="2 moments chosen")).to_be_visible()
    page.keyboard.press("Delete")
    saved(page, 2)
    assert [tag["start"] for tag in on_disk(desk)] == [3_000_000, 7_000_000]


def test_the_list_is_in_sight_beside_what_is_selected(page: Page) -> None:
    for frame, key in ((25, "3"), (75, "1"), (125, "3"), (175, "i"), (225, "6")):
        seek(page, frame)
        page.keyboard.press(key)
    saved(page, 5)
    for name in ("Selected moment", "List of moments"):
        box = page.get_by_role("region", name=name).bounding_box()
        assert box
        assert box["height"] > 200
        assert box["y"] + box["height"] <= 960
    expect(page.get_by_role("row", selected=True)).to_be_in_viewport()
    expect(page.get_by_role("button", name="Play moment")).to_be_in_viewport()
    expect(page.get_by_text("whole film", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("button", name="my reaction time: none")).to_be_in_viewport()


def test_a_finger_resizes_again_and_again_below_the_film(chromium: Browser, desk: Numbered, screenshots: Path) -> None:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    watch(page)
    arrive(page, desk.url)
    seek(page, 75)
    page.keyboard.press("3")
    saved(page, 1)
    page.locator(".vig-canvases").evaluate(
        "el => scrollTo(0, scrollY + el.getBoundingClientRect().bottom - innerHeight + 20)"
    )
    expect(page.locator(".vig-stage:popover-open")).to_be_visible()
    time.sleep(0.3)
    take(page, screenshots / "phone-docked.png")
    film = page.locator(".vig-stage").bounding_box()
    top = page.locator(".vig-top").bounding_box()
    assert film
    assert top
    assert film["width"] == PHONE["width"]
    assert abs(film["y"] - (top["y"] + top["height"])) <= 1
    fingers = context.new_cdp_session(page)
    y = touchable(page)
    end = 4.0
    for to in (5.0, 6.0, 4.5, 7.0):
        swipe(fingers, at(page, end), at(page, to), y)
        settle(page)
        saved(page, 1)
        got = float(str(on_disk(desk)[0]["end"])) / 1e6
        assert abs(got - to) < 0.25, f"from {end} to {to} it came to {got}"
        end = got
    context.close()


def touchable(page: Page) -> float:
    """Where the only bar on the lanes lies, in pixels from the top of the screen."""
    return float(
        page.evaluate(
            """() => {
              const [still] = document.querySelectorAll('.vig-canvases canvas');
              const box = still.getBoundingClientRect();
              const scale = still.width / box.width;
              const pixels = still.getContext('2d');
              const x = Math.round(box.width * 3.5 / 12 * scale);
              const empty = pixels.getImageData(Math.round(box.width * 9 / 12 * scale), 0, 1, still.height).data;
              const column = pixels.getImageData(x, 0, 1, still.height).data;
              const found = [];
              for (let y = Math.round(60 * scale); y < still.height; y++)
                if (Math.abs(column[4 * y] - empty[4 * y]) > 60) found.push(y);
              return box.top + found[Math.floor(found.length / 2)] / scale;
            }"""
        )
    )


def swipe(fingers: object, start: float, end: float, y: float) -> None:
    """Drag a finger across as a thumb does: it comes down a little before it goes aside."""
    send = fingers.send  # type: ignore[attr-defined]
    send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": start, "y": y}]})
    path = [(0.0, down) for down in (6, 12, 18, 24)] + [(step / 12, 24) for step in range(1, 13)]
    for part, down in path:
        point = {"x": start + (end - start) * part, "y": y + down}
        send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        time.sleep(0.03)
    send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

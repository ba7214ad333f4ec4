"""Looking closely, as a person does it: an editing desk's keys, close-ups, the loop's ends, two cameras, a phone."""

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
from tests.browser.test_frames import CLOCK, READ, SHOWN, Numbered, arrive, free, seek, settle

__all__ = ["free"]
pytestmark = pytest.mark.browser

#: Reads the number off the second camera's picture.
READ_SECOND = READ.replace("'video'", "'.is-second video'")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, free: Callable[[], int]) -> Iterator[Numbered]:
    page = Numbered(free(), tmp_path_factory.mktemp("player"), "25/1")
    page.start()
    yield page
    page.stop()


@pytest.fixture
def enter(chromium: Browser, desk: Numbered) -> Iterator[Callable[..., Page]]:
    contexts = []

    def make(*, boot: dict[str, object] | None = None, **how: object) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1440, "height": 960}, **how})
        contexts.append(context)
        page = context.new_page()
        watch(page)
        if boot:
            page.add_init_script(more_boot(boot))
        arrive(page, desk.url)
        return page

    yield make
    for context in contexts:
        context.close()


def more_boot(more: dict[str, object]) -> str:
    """Return a script that adds to the page's boot before the page's own script reads it."""
    return f"""document.addEventListener('readystatechange', () => {{
      const boot = document.getElementById('boot');
      if (document.readyState !== 'interactive' || !boot) return;
      boot.textContent = JSON.stringify({{...JSON.parse(boot.textContent), ...{json.dumps(more)}}});
    }})"""


def frame(page: Page) -> int:
    settle(page)
    shown, exact = page.evaluate(SHOWN)
    assert exact
    assert page.evaluate(READ) == shown
    return int(shown)


def rate(page: Page) -> float:
    return float(page.evaluate("document.querySelector('video').playbackRate"))


def test_j_k_l_with_k_held_go_frame_by_frame_and_creep(enter: Callable[..., Page]) -> None:
    page = enter()
    keys = page.keyboard
    keys.press("l")
    keys.press("l")
    assert rate(page) == 2
    expect(page.locator(".vig-film-chips")).to_contain_text("2×")
    keys.press("k")
    settle(page)
    assert rate(page) == 1
    seek(page, 100)
    keys.down("k")
    keys.press("l")
    keys.press("l")
    keys.press("j")
    assert frame(page) == 101
    keys.down("l")
    time.sleep(0.9)
    assert rate(page) == 0.25
    keys.up("l")
    keys.up("k")
    assert 103 <= frame(page) <= 110
    keys.press("j")
    keys.press("j")
    expect(page.locator(".vig-film-chips")).to_contain_text("◀ 2×")
    time.sleep(0.5)
    keys.press("k")
    assert frame(page) < 100


def test_jumps_and_quick_review(enter: Callable[..., Page]) -> None:
    page = enter()
    seek(page, 150)
    for key, there in (("o", 155), ("u", 150), (">", 155), ("<", 150), ("PageUp", 25), ("Shift+ArrowRight", 50)):
        page.keyboard.press(key)
        assert frame(page) == there
    page.keyboard.press("Shift+h")
    page.get_by_label("Frames in a long step, frames").fill("12")
    page.get_by_label("How far a quick review goes back, s back").fill("1")
    page.get_by_role("button", name="+12", exact=False).click()
    assert frame(page) == 62
    page.get_by_role("button", name=re.compile("^Review:")).click()
    page.wait_for_function(f"{CLOCK}.playing.value && {CLOCK}.shown.value > 38 && {CLOCK}.shown.value < 60")
    page.keyboard.press("k")
    assert 37 < frame(page) < 62
    page.reload()
    expect(page.get_by_label("Frames in a long step, frames")).to_have_value("12")


def test_in_and_out_are_nudged_while_it_loops(enter: Callable[..., Page]) -> None:
    page = enter()
    seek(page, 50)
    page.keyboard.press("Shift+I")
    seek(page, 59)
    page.keyboard.press("Shift+O")
    assert page.evaluate(f"{CLOCK}.loop.value") is None
    page.keyboard.press("r")
    for key in ("Shift+D", "Shift+D", "Shift+S"):
        page.keyboard.press(key)
    page.evaluate("window.seen = []")
    page.evaluate(f"void {CLOCK}.shown.subscribe((frame) => window.seen.push(frame))")
    time.sleep(1.2)
    page.keyboard.press("k")
    settle(page)
    assert page.evaluate(f"{CLOCK}.loop.value") == {"start": 51 * 40_000, "end": 58 * 40_000}
    seen = page.evaluate("window.seen")[1:]
    assert min(seen) >= 50
    assert max(seen) <= 59
    bar = page.locator(".vig-scrub").bounding_box()
    mark = page.locator(".vig-scrub-loop").bounding_box()
    assert bar
    assert mark
    assert abs((mark["x"] - bar["x"]) / bar["width"] - 51 / 300) < 0.02
    assert abs(mark["width"] / bar["width"] - 7 / 300) < 0.01


def test_a_walk_steps_by_itself_and_every_frame_is_confirmed(enter: Callable[..., Page]) -> None:
    page = enter()
    page.keyboard.press("Shift+h")
    page.get_by_label("Frames a second of a walk, frames/s").fill("15")
    page.keyboard.press("Tab")
    page.evaluate(f"{CLOCK}.loop.value = {{start: 2000000, end: 2160000}}")
    page.evaluate("window.seen = []")
    page.evaluate(f"void {CLOCK}.shown.subscribe((frame) => window.seen.push([frame, {CLOCK}.exact.value]))")
    page.locator(".vig-timeline").click(position={"x": 60, "y": 20})
    page.keyboard.press("w")
    page.wait_for_function("window.seen.filter(([frame]) => frame === 50).length >= 2")
    page.keyboard.press("w")
    seen = page.evaluate("window.seen")
    start = next(i for i, (number, _) in enumerate(seen) if number == 50)
    assert seen[start : start + 5] == [[50, True], [51, True], [52, True], [53, True], [50, True]]


def test_a_close_up_is_drawn_kept_with_a_moment_and_followed(enter: Callable[..., Page], desk: Numbered) -> None:
    page = enter()
    seek(page, 100)
    page.keyboard.press("3")
    expect(page.locator(".vig-saved")).to_contain_text("saved")
    box = page.locator(".vig-pane").bounding_box()
    assert box
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.3)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    expect(page.locator(".vig-drawn")).to_be_visible()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.7)
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(page.locator(".vig-film-chips")).to_contain_text("2.5×")
    page.keyboard.press("Control+e")
    expect(page.locator(".vig-film-chips")).to_contain_text("this moment's close-up")
    kept = wait_for_looks(desk)
    assert kept[0]["at"] == 100 * 40_000
    assert 3500 <= kept[0]["width"] <= 4500
    page.keyboard.press("Home")
    page.wait_for_function("document.querySelector('video').style.transform === ''")
    page.keyboard.press("p")
    page.wait_for_function("document.querySelector('video').style.transform.includes('scale(2.')")
    # Dragging moves the picture, and playing it is not what a drag does.
    page.keyboard.press("k")
    settle(page)
    before = json.dumps(page.evaluate("document.querySelector('video').style.transform"))
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 340, box["y"] + 240, steps=4)
    page.mouse.up()
    page.wait_for_function(f"document.querySelector('video').style.transform !== {before}")
    assert not page.evaluate(f"{CLOCK}.playing.value")
    page.keyboard.press("z")
    page.keyboard.press("Control+Shift+X")
    page.keyboard.press("Control+ArrowUp")
    for style in ("scaleX(-1)", "brightness(1.1)"):
        page.wait_for_function(f"document.querySelector('video').getAttribute('style').includes('{style}')")


def wait_for_looks(desk: Numbered) -> list[dict[str, int]]:
    for _ in range(50):
        tags = json.loads((desk.folder / "try.observation.json").read_text())["tags"]
        looks = [look for tag in tags for look in tag["looks"]]
        if looks:
            return looks
        time.sleep(0.1)
    raise AssertionError("the close-up was not saved within 5 s")


def test_bookmarks_stay_in_this_browser(enter: Callable[..., Page], desk: Numbered) -> None:
    chapters = [{"at": 0, "title": "Play"}, {"at": 8_000_000, "title": "Bath"}]
    film = json.loads((desk.folder / "film" / "film.json").read_text())
    page = enter(boot={"film": {**film, "chapters": chapters}})
    seek(page, 75)
    page.keyboard.press("v")
    page.keyboard.press("Shift+h")
    page.get_by_label("Name of the bookmark at 00:03.0").fill("she waits")
    page.keyboard.press("Tab")
    page.reload()
    page.wait_for_selector(".vig-timeline")
    expect(page.get_by_label("Name of the bookmark at 00:03.0")).to_have_value("she waits")
    page.get_by_role("button", name="Bath").click()
    assert frame(page) == 200
    expect(page.locator(".vig-chapter")).to_have_text("Bath")
    page.keyboard.press("Shift+PageUp")
    assert frame(page) == 75


def test_a_second_camera_shows_the_same_instant(enter: Callable[..., Page], desk: Numbered) -> None:
    film = json.loads((desk.folder / "film" / "film.json").read_text())
    second = {"film": film, "frames": "/film/frames.json", "files": {"proxy": "/film/proxy.mp4"}, "offset": 1_000_000}
    page = enter(boot={"second": second})
    page.wait_for_function("document.querySelector('.is-second video').readyState >= 2")
    for number in (40, 41, 130, 7):
        seek(page, number)
        page.wait_for_function(f"({READ_SECOND})() === {number + 25}")
        assert page.evaluate(READ) == number
    page.keyboard.press("Control+.")
    page.wait_for_function(f"({READ_SECOND})() === 33")
    page.keyboard.press("l")
    time.sleep(2)
    # A busy machine's pictures may part for a moment; they are brought together again.
    apart = "document.querySelector('.is-second video').currentTime - document.querySelector('video').currentTime"
    page.wait_for_function(f"Math.abs({apart} - 1.04) < 0.05")
    page.keyboard.press("k")
    number = frame(page)
    page.wait_for_function(f"({READ_SECOND})() === {number + 26}")
    seek(page, 290)
    expect(page.locator(".vig-outside")).to_be_visible()
    for name in ("is-corner", "is-swapped", "is-beside"):
        page.keyboard.press("\\")
        expect(page.locator(".vig-stage")).to_have_class(re.compile(name))


def test_on_a_phone_the_film_stays_in_sight_and_fingers_look_closer(
    enter: Callable[..., Page], screenshots: Path
) -> None:
    page = enter(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.get_by_role("button", name="The film's tools").tap()
    page.get_by_role("button", name="+1 s:").tap()
    assert frame(page) == 25
    page.get_by_role("button", name="Closer: ").tap()
    expect(page.locator(".vig-film-chips")).to_contain_text("1.3×")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    take(page, screenshots / "player-phone.png", full_page=True)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator(".vig-stage:popover-open")).to_be_visible()
    take(page, screenshots / "player-phone-scrolled.png")
    page.get_by_role("button", name="put back").tap()
    expect(page.locator(".vig-stage:popover-open")).to_have_count(0)
    assert page.evaluate(READ) == 25


def test_axe_finds_nothing_in_the_tools(enter: Callable[..., Page], desk: Numbered, screenshots: Path) -> None:
    film = json.loads((desk.folder / "film" / "film.json").read_text())
    second = {"film": film, "frames": "/film/frames.json", "files": {"proxy": "/film/proxy.mp4"}, "offset": 0}
    page = enter(boot={"second": second, "film": {**film, "chapters": [{"at": 0, "title": "Play"}]}})
    page.keyboard.press("Shift+h")
    seek(page, 30)
    for key in ("v", "[", "z", "Control+Shift+X", "Control+ArrowUp"):
        page.keyboard.press(key)
    settle(page)
    expect(page.locator(".vig-saved")).not_to_contain_text("offline")
    take(page, screenshots / "player-tools.png")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()

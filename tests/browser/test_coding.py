"""Coding as a person does it: many at once, exclusive sets of keys, one's own keys, a reaction time, fifty thousand."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import take
from tests.browser.test_bench import at, desk, lane_y, on_disk, page, saved
from tests.browser.test_frames import Numbered, arrive, free, seek, settle

__all__ = ["desk", "free", "page"]
pytestmark = pytest.mark.browser


def tag_at(page: Page, *moments: tuple[int, str]) -> None:
    for frame, key in moments:
        seek(page, frame)
        page.keyboard.press(key)
    saved(page, len(moments))


def rows(page: Page) -> list[str]:
    return [re.sub(r"\s+", " ", text) for text in page.get_by_role("grid").get_by_role("row").all_inner_texts()]


def stretches(desk: Numbered) -> list[tuple[object, object]]:
    return sorted((tag["start"], tag["end"]) for tag in on_disk(desk))  # type: ignore[type-var]


def test_many_are_chosen_moved_joined_and_deleted_as_one_step_each(page: Page, desk: Numbered) -> None:
    tag_at(page, (25, "3"), (75, "3"), (125, "3"))
    y = lane_y(page, "Receiving")
    mouse = page.mouse
    page.keyboard.down("Shift")
    mouse.move(at(page, 0.5), y - 8)
    mouse.down()
    mouse.move(at(page, 3), y)
    mouse.move(at(page, 4.5), y + 8)
    mouse.up()
    page.keyboard.up("Shift")
    expect(page.get_by_role("heading", name="2 moments chosen")).to_be_visible()
    mouse.move(at(page, 1.5), y)
    mouse.down()
    mouse.move(at(page, 2), y)
    mouse.move(at(page, 2.5), y)
    mouse.up()
    settle(page)
    saved(page, 3)
    moved = stretches(desk)
    assert abs(moved[0][0] - 2_000_000) <= 80_000  # type: ignore[operator]
    assert moved[1][0] - moved[0][0] == 2_000_000, "they keep what is between them"  # type: ignore[operator]
    assert moved[2] == (5_000_000, 6_000_000)
    page.keyboard.press("Control+j")
    saved(page, 2)
    assert stretches(desk)[0] == (moved[0][0], moved[1][1])
    page.keyboard.press("Control+a")
    expect(page.get_by_role("heading", name="2 moments chosen")).to_be_visible()
    page.keyboard.press("Delete")
    expect(page.locator(".vig-saved")).to_contain_text("ready")
    for count in (2, 3, 3):
        page.keyboard.press("Control+z")
        saved(page, count)
    assert stretches(desk) == [(1_000_000, 2_000_000), (3_000_000, 4_000_000), (5_000_000, 6_000_000)]
    page.reload()
    page.wait_for_selector(".vig-timeline")
    for _ in range(3):
        page.keyboard.press("Control+y")
    expect(page.locator(".vig-saved")).to_contain_text("ready")


def test_split_duplicate_and_a_behaviour_by_number(page: Page, desk: Numbered) -> None:
    tag_at(page, (25, "3"))
    page.keyboard.press("Control+k")
    expect(page.get_by_role("alert")).to_contain_text("put the playhead inside it")
    seek(page, 35)
    page.keyboard.press("Control+k")
    saved(page, 2)
    page.keyboard.press("Shift+Digit4")
    page.keyboard.press("Control+d")
    saved(page, 3)
    tags = on_disk(desk)
    assert stretches(desk) == [(1_000_000, 1_400_000), (1_400_000, 2_000_000), (1_400_000, 2_000_000)]
    assert sorted(str(tag["code"]) for tag in tags) == ["3", "3.4", "3.4"]


def test_the_list_does_everything_by_keyboard(page: Page, desk: Numbered) -> None:
    tag_at(page, (25, "3"), (75, "1"), (125, "3"), (175, "i"))
    grid = page.get_by_role("grid")
    grid.focus()
    page.keyboard.press("Home")
    settle(page)
    assert page.locator(".vig-frame").inner_text() == "frame 25"
    page.keyboard.press("Shift+End")
    assert grid.get_by_role("row", selected=True).count() == 4
    page.keyboard.press("Shift+ArrowUp")
    assert grid.get_by_role("row", selected=True).count() == 3
    expect(page.locator(".vig-said")).to_contain_text("3 moments chosen")
    focused = grid.get_attribute("aria-activedescendant")
    assert page.locator(f"#{focused}").get_attribute("aria-rowindex") == "3"
    page.keyboard.press("Shift+c")
    page.keyboard.press("Control+Shift+ArrowRight")
    saved(page, 4)
    assert [tag["certainty"] for tag in on_disk(desk)].count("sure") == 3
    assert stretches(desk)[0] == (1_040_000, 2_040_000)
    page.keyboard.press("/")
    page.keyboard.type("receiv")
    expect(page.locator(".vig-filter-count")).to_contain_text("2 of 4 shown")
    assert len(rows(page)) == 2
    assert all("Receiving" in row for row in rows(page))
    page.keyboard.press("Escape")
    assert len(rows(page)) == 4
    grid.focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_function("__vigwidgets.clocks.get('obs-try').playing.value")
    settle(page)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("She nods.")
    grid.focus()
    saved(page, 4)
    assert "She nods." in [tag["note"] for tag in on_disk(desk)]
    page.keyboard.press("Delete")
    saved(page, 3)


def test_a_key_of_ones_own_tags_and_outlives_a_reload(page: Page, desk: Numbered) -> None:
    tag_at(page, (25, "3"))
    page.keyboard.press("Shift+k")
    dialog = page.get_by_role("dialog", name="The keys of the codes")
    dialog.get_by_role("button", name="receives in words: then Shift 5, change").click()
    for key, says in (("3", "already tags “Receiving initiatives”"), ("k", "is “Stop"), ("ArrowUp", "one letter")):
        page.keyboard.press(key)
        expect(dialog.get_by_role("alert")).to_contain_text(says)
    page.keyboard.press("Shift+u")
    expect(dialog.get_by_role("button", name="receives in words: key Shift\u00a0U, change")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    dialog.get_by_role("button", name="Done").click()
    seek(page, 75)
    page.keyboard.press("Shift+u")
    saved(page, 2)
    page.reload()
    page.wait_for_selector(".vig-timeline")
    seek(page, 125)
    page.keyboard.press("Shift+u")
    saved(page, 3)
    assert sorted(str(tag["code"]) for tag in on_disk(desk)) == ["3", "3.5", "3.5"]


def test_a_reaction_time_is_measured_and_taken_off_what_is_tagged_live(page: Page, desk: Numbered) -> None:
    page.get_by_role("button", name="my reaction time: none").click()
    dialog = page.get_by_role("dialog", name="My reaction time")
    dialog.get_by_role("button", name=re.compile("Measure it")).click()
    # Whoever answers here takes 150 ms, ten times; the waits between are a quarter as long.
    page.evaluate("""() => { const wait = setTimeout; Math.random = () => 0;
        window.setTimeout = (run, ms) => wait(run, ms > 1000 ? ms / 4 : ms) }""")
    page.keyboard.press("x")
    expect(dialog).to_contain_text("before the flash")
    page.evaluate("""() => new MutationObserver(() => {
        const flash = document.querySelector('.vig-flash.is-lit');
        if (flash) setTimeout(() => flash.dispatchEvent(
            new KeyboardEvent('keydown', {key: 'x', bubbles: true, cancelable: true})), 150);
    }).observe(document.body, {subtree: true, attributes: true, attributeFilter: ['class']})""")
    use = dialog.get_by_role("button", name=re.compile(r"^Use \d+ ms"))
    use.wait_for(timeout=30_000)
    middle = int(re.findall(r"\d+", use.inner_text())[0])
    assert 140 <= middle <= 290
    use.click()
    expect(dialog).to_contain_text(f"{middle} ms are taken off")
    dialog.get_by_role("spinbutton").fill("200")
    dialog.get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name="my reaction time: −200 ms")).to_be_visible()
    page.keyboard.press(" ")
    time.sleep(0.8)
    shown = page.evaluate("""() => { const at = __vigwidgets.clocks.get('obs-try').shown.value;
        const key = {key: '3', code: 'Digit3', bubbles: true};
        document.body.dispatchEvent(new KeyboardEvent('keydown', key));
        document.body.dispatchEvent(new KeyboardEvent('keyup', key)); return at }""")
    time.sleep(0.4)
    page.keyboard.press("3")
    page.keyboard.press(" ")
    saved(page, 1)
    assert on_disk(desk)[0]["start"] == (shown - 5) * 40_000


def test_a_finger_chooses_several(chromium: Browser, desk: Numbered) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    arrive(page, desk.url)
    tag_at(page, (25, "3"), (75, "1"), (125, "3"))
    page.get_by_role("button", name="several").tap()
    for row in (0, 1):
        page.get_by_role("grid").get_by_role("row").nth(row).get_by_text("1.00 s").tap()
    # The newest was in focus already.
    expect(page.get_by_role("heading", name="3 moments chosen")).to_be_visible()
    page.get_by_role("button", name="Delete all").tap()
    expect(page.locator(".vig-saved")).to_contain_text("ready")
    context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_with_many_chosen_and_a_filter(page: Page, screenshots: Path, width: int) -> None:
    tag_at(page, (25, "3"), (75, "1"), (125, "3"), (175, "i"))
    page.set_viewport_size({"width": width, "height": 960})
    page.keyboard.press("Control+a")
    page.locator(".vig-find").fill("receiv")
    take(page, screenshots / f"coding-{width}.png", full_page=width < 1000)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.locator(".vig-find").fill("")
    page.keyboard.press("Tab")
    page.get_by_role("grid").focus()
    page.keyboard.press("Shift+y")
    expect(page.get_by_role("dialog", name="My reaction time")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


SETS = """
id: sets
version: "1"
title: {en: Sets}
codes:
  - {id: far, parent: null, kind: state, key: g, live: press, excludes: [near], label: {en: Far apart}}
  - {id: near, parent: null, kind: state, key: h, live: press, excludes: [far], label: {en: Near}}
  - {id: sound, parent: null, kind: state, key: x, live: hold, label: {en: A sound}}
  - {id: clap, parent: null, kind: point, label: {en: Clap}}
modifiers:
  - {id: strength, codes: [sound], label: {en: How strong},
     choices: [{id: low, label: {en: a little}}, {id: high, label: {en: clearly}}]}
"""


class Sets(Numbered):
    """The page with a scheme that says how its keys work."""

    def said(self) -> dict[str, str]:
        place = self.folder / "sets.yaml"
        place.write_text(SETS)
        return {"scheme": str(place)}


def test_the_scheme_says_how_keys_work_and_what_is_said_more_closely(
    chromium: Browser, tmp_path: Path, free: Callable[[], int]
) -> None:
    desk = Sets(free(), tmp_path, "25/1")
    desk.start()
    page = chromium.new_page(viewport={"width": 1440, "height": 960})
    arrive(page, desk.url)
    page.keyboard.press(" ")
    time.sleep(0.3)
    page.keyboard.press("g")
    time.sleep(0.4)
    page.keyboard.down("x")
    time.sleep(0.3)
    page.keyboard.press("h")
    page.keyboard.up("x")
    expect(page.locator(".vig-gutter .is-growing")).to_have_count(1)
    time.sleep(0.3)
    page.keyboard.press("h")
    # A lane without a key in the scheme has the first that is free.
    page.keyboard.press("1")
    page.keyboard.press(" ")
    saved(page, 4)
    far, near, sound, clap = (next(tag for tag in on_disk(desk) if tag["code"] == code)
                              for code in ("far", "near", "sound", "clap"))  # fmt: skip
    # The frame on the screen is the last of one and the first of the other.
    assert far["end"] - near["start"] in (0, 40_000)  # type: ignore[operator]
    assert far["start"] < sound["start"] < far["end"]  # type: ignore[operator]
    assert sound["end"] is not None
    assert clap["end"] is None
    page.get_by_role("grid").get_by_role("row", name=re.compile("A sound")).click()
    page.get_by_role("button", name="clearly").click()
    page.keyboard.press("Shift+m")
    page.keyboard.press("Shift+m")
    saved(page, 4)
    assert next(tag for tag in on_disk(desk) if tag["code"] == "sound")["modifiers"] == {"strength": "low"}
    page.close()
    desk.stop()


FIFTY_THOUSAND = 50_000


@pytest.fixture
def crowd(chromium: Browser, tmp_path: Path, free: Callable[[], int]) -> Iterator[Page]:
    """A page with fifty thousand moments."""
    desk = Numbered(free(), tmp_path, "25/1")
    lanes = ["1", "2", "3", "4", "5", "6"]
    place = tmp_path / "try.observation.json"
    tags = [
        {
            "id": f"t{i}", "code": lanes[i % 6], "actor": "mum", "target": "baby",
            "start": i // 6 % 290 * 40_000, "end": (i // 6 % 290 + 1 + i % 7) * 40_000,
        }
        for i in range(FIFTY_THOUSAND)
    ]  # fmt: skip
    place.write_text(
        json.dumps(
            {
                "format": "vig-observation", "version": 1, "id": "obs-try", "film": "numbered",
                "duration": 12_000_000, "scheme": {"id": "paig", "version": "1"}, "observer": "try",
                "cast": [{"id": "mum", "role": "parent", "name": "parent"},
                         {"id": "baby", "role": "child", "name": "child"}],
                "tags": tags,
            }
        )
    )  # fmt: skip
    desk.start()
    page = chromium.new_page(viewport={"width": 1440, "height": 960})
    arrive(page, desk.url)
    yield page
    page.close()
    desk.stop()


def test_fifty_thousand_moments_can_be_worked_with(crowd: Page) -> None:
    saved(crowd, FIFTY_THOUSAND)
    assert crowd.get_by_role("row").count() < 40
    crowd.get_by_role("grid").focus()
    crowd.keyboard.press("End")
    settle(crowd)
    crowd.keyboard.press("Shift+c")
    saved(crowd, FIFTY_THOUSAND)
    assert crowd.locator(f"#{crowd.get_by_role('grid').get_attribute('aria-activedescendant')}").count() == 1
    expect(crowd.get_by_role("grid")).to_have_attribute("aria-rowcount", str(FIFTY_THOUSAND))

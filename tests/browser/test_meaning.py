"""What moments have to do with each other: chains, tracing back, other words, what others saw."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import take
from tests.browser.test_bench import desk, on_disk, page, saved
from tests.browser.test_frames import CLOCK, Numbered, arrive, free, seek, settle

__all__ = ["desk", "free", "page"]
pytestmark = pytest.mark.browser


def tag_at(page: Page, frame: int, key: str) -> None:
    """Tag what is seen in a frame, with the lane's key."""
    seek(page, frame)
    page.keyboard.press(key)


def picture(page: Page, screenshots: Path, name: str) -> None:
    take(page, screenshots / f"{name}.png", full_page=True)


def faultless(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def shown_ms(page: Page) -> int:
    settle(page)
    return int(page.evaluate(f"{CLOCK}.time.value / 1000"))


def by_code(desk: Numbered) -> dict[str, Any]:
    return {str(tag["code"]): tag for tag in on_disk(desk)}


def test_three_moments_become_a_chain_by_one_key(page: Page, desk: Numbered, screenshots: Path) -> None:
    tag_at(page, 40, "i")
    tag_at(page, 56, "3")
    page.keyboard.press("n")
    expect(page.locator(".vig-words [role=status]")).to_contain_text("Answers “Initiative” at 00:01.6, 0.64 s")
    tag_at(page, 90, "4")
    page.keyboard.press("n")
    chain = page.get_by_role("region", name="The chain of this moment")
    expect(chain.locator("li")).to_have_count(3)
    expect(chain.locator("li .vig-time")).to_have_text(["00:01.600", "+0.64 s", "+1.36 s"])
    saved(page, 3)
    tags = by_code(desk)
    assert tags["3"]["links"] == [{"kind": "answers", "to": tags["initiative"]["id"]}]
    assert tags["4"]["links"] == [{"kind": "continues", "to": tags["3"]["id"]}]
    picture(page, screenshots, "meaning-chain")
    # Again: an earlier one, and then none.
    page.keyboard.press("n")
    expect(chain.locator("li")).to_have_count(3)
    saved(page, 3)
    page.keyboard.press("n")
    expect(chain).to_have_count(0)
    page.keyboard.press("Control+z")
    chain.get_by_role("button", name=re.compile("Initiative")).click()
    assert shown_ms(page) == 1600
    faultless(page)


def test_a_magic_moment_is_traced_back_and_what_came_before_is_linked(
    page: Page, desk: Numbered, screenshots: Path
) -> None:
    tag_at(page, 30, "2")
    tag_at(page, 250, "i")
    page.keyboard.press("b")
    panel = page.get_by_role("region", name="Tracing back")
    expect(panel).to_contain_text("What came just before?")
    seen = [shown_ms(page)]
    for _ in range(4):
        page.keyboard.press("b")
        seen.append(shown_ms(page))
    assert seen == [9480, 9000, 8000, 7000, 6000]
    page.keyboard.press("1")
    saved(page, 3)
    tags = by_code(desk)
    assert tags["1"]["links"] == [{"kind": "precedes", "to": tags["initiative"]["id"]}]
    assert tags["1"]["start"] == 6_000_000
    picture(page, screenshots, "meaning-trace")
    faultless(page)
    # From what was found, further back; what is there already can be chosen.
    page.keyboard.press("b")
    assert shown_ms(page) == 5480
    for _ in range(12):
        page.keyboard.press("b")
    assert shown_ms(page) == 0
    expect(panel.get_by_role("button", name="Further back")).to_be_disabled()
    panel.get_by_role("button", name=re.compile("came before\\?")).click()
    expect(panel).to_contain_text("✓ came before")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    assert shown_ms(page) == 6000
    saved(page, 3)
    tags = by_code(desk)
    assert tags["2"]["links"] == [{"kind": "precedes", "to": tags["1"]["id"]}]


def test_the_same_moments_in_other_words_and_another_language(page: Page, desk: Numbered, screenshots: Path) -> None:
    tag_at(page, 56, "3")
    saved(page, 1)
    lanes = page.locator(".vig-gutter")
    page.keyboard.press("x")
    expect(lanes).to_contain_text("Confirming")
    expect(lanes).to_contain_text("no counterpart")
    table = page.locator(".vig-crosswalk")
    expect(table.get_by_role("row", name=re.compile("^Encouraging initiatives"))).to_contain_text(
        "The sources give no counterpart."
    )
    picture(page, screenshots, "meaning-words")
    faultless(page)
    page.keyboard.press("x")
    expect(lanes).not_to_contain_text("Confirming")
    page.get_by_label("Labels in").select_option("de")
    expect(lanes).to_contain_text("Aufnehmen")
    expect(page.get_by_text("gibt Blickkontakt, Lächeln oder Nicken zurück")).to_be_visible()
    faultless(page)
    page.reload()
    expect(lanes).to_contain_text("Aufnehmen")
    assert [tag["code"] for tag in on_disk(desk)] == ["3"]


EXPERT = [("e1", "initiative", 1_600_000, None), ("e2", "3", 2_200_000, 3_400_000), ("e3", "4", 8_000_000, 9_000_000)]


def beside(desk: Numbered) -> None:
    def tag(name: str, code: str, start: int, end: int | None) -> dict[str, Any]:
        actor, target = ("baby", "mum") if code == "initiative" else ("mum", "baby")
        return {"id": name, "code": code, "actor": actor, "target": target, "start": start, "end": end}

    observers = [
        {"id": "expert", "name": "The expert", "tags": [tag(*one) for one in EXPERT]},
        {"id": "colleague-1", "name": "A colleague", "tags": [tag("c1", "1", 2_200_000, 3_200_000)]},
    ]
    tolerance = {"overlap": 0.4, "point": 1_000_000, "edge": 300_000, "near": 2_000_000}
    (desk.folder / "compare.json").write_text(json.dumps({"observers": observers, "tolerance": tolerance}))


def test_others_are_laid_beside_once_it_is_handed_in(page: Page, desk: Numbered, screenshots: Path) -> None:
    beside(desk)
    tag_at(page, 40, "i")
    tag_at(page, 56, "3")
    tag_at(page, 120, "1")
    saved(page, 3)
    expect(page.locator(".vig-compare")).to_have_count(0)
    page.reload()
    expect(page.locator(".vig-compare")).to_have_count(0)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Receipt")
    arrive(page, desk.url)
    panel = page.get_by_role("region", name="Beside what others saw")
    counted = "2 moments named alike and within 0.3 s at both edges; 2 to look at together: 2 seen by one."
    expect(panel).to_contain_text(counted)
    expect(page.locator(".vig-row-caption")).to_have_text(["You", "The expert"] * 4)
    page.keyboard.press("y")
    expect(panel).to_contain_text("00:04.8: you saw “Attentive”; the expert did not name it.")
    page.wait_for_function(f"{CLOCK}.playing.value")
    page.wait_for_function(f"!{CLOCK}.playing.value")
    page.keyboard.press("y")
    expect(panel).to_contain_text("00:08.0: the expert saw “Attuned interaction” here as well.")
    panel.get_by_role("button", name="A colleague").click()
    expect(page.locator(".vig-row-caption")).to_have_text(["You", "The expert", "A colleague"] * 4)
    picture(page, screenshots, "meaning-compare")
    faultless(page)


def test_a_click_on_anothers_moment_plays_it(page: Page, desk: Numbered) -> None:
    beside(desk)
    saved_nothing = page.locator(".vig-saved")
    expect(saved_nothing).to_contain_text("ready")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Receipt")
    arrive(page, desk.url)
    caption = page.locator(".vig-row-caption", has_text="The expert").nth(2)
    row = caption.bounding_box()
    canvas = page.locator(".vig-canvases").bounding_box()
    assert row
    assert canvas
    page.mouse.click(canvas["x"] + canvas["width"] * 8.5 / 12, row["y"] + row["height"] / 2)
    page.wait_for_function(f"{CLOCK}.playing.value")
    page.wait_for_function(f"!{CLOCK}.playing.value")
    assert 8_800 <= shown_ms(page) < 9_000


def test_on_a_phone_it_is_done_by_finger(chromium: Browser, desk: Numbered, screenshots: Path) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    arrive(page, desk.url)
    for frame, name in ((40, "Initiative"), (56, "Receiving")):
        seek(page, frame)
        page.locator(".vig-lane-grid .vig-lane", has_text=re.compile(f"^{name}")).tap()
    page.get_by_role("button", name="Answers the initiative at 00:01.6?").tap()
    expect(page.get_by_role("region", name="The chain of this moment")).to_contain_text("+0.64 s")
    page.get_by_role("button", name="Trace back").tap()
    panel = page.get_by_role("region", name="Tracing back")
    panel.get_by_role("button", name="Further back").tap()
    expect(panel).to_contain_text("1.00 s before")
    page.locator(".vig-more-tools > summary").tap()
    page.get_by_role("button", name=re.compile("In the words of")).tap()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture(page, screenshots, "meaning-phone")
    faultless(page)
    context.close()

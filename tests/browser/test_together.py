"""A merge that was made without a network, while another window deleted what it was to join."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import take
from tests.browser.test_evening import enter, page, records, trainee
from tests.browser.test_words import CLOCK, EXERCISE, two, until
from vigwidgets.records import Person, Records

__all__ = ["enter", "page", "records", "trainee", "two"]
pytestmark = pytest.mark.browser


def test_a_merge_over_a_deletion_leaves_the_other_moment_with_its_words(
    two: tuple[Page, Page], trainee: Person, records: Records, screenshots: Path
) -> None:
    page, other = two
    said, rows = page.locator(".vig-top .vig-saved"), page.get_by_role("row")
    page.keyboard.press("Escape")
    page.evaluate(f"{CLOCK}.seekFrame(200)")
    until(page, f"{CLOCK}.wanted.value === null")
    page.keyboard.press("3")
    expect(rows).to_have_count(2)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("acknowledged words")
    page.keyboard.press("Escape")
    expect(said).to_contain_text("2 moments saved")
    page.context.set_offline(True)
    expect(said).to_contain_text("offline", timeout=20_000)
    rows.first.click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+j")
    expect(rows).to_have_count(1)
    other.get_by_role("row").first.click()
    other.keyboard.press("Delete")
    expect(other.locator(".vig-top .vig-saved")).to_contain_text("1 moment saved")
    page.context.set_offline(False)
    expect(page.locator(".vig-refusal")).to_contain_text("Nothing was merged: the moment at", timeout=20_000)
    expect(said).to_contain_text("1 moment saved")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("acknowledged words")
    take(page, screenshots / "not-merged.png")
    kept = records.current_observation(trainee.id, EXERCISE)
    assert kept
    assert [tag.note for tag in records.observation(kept).observation.tags] == ["acknowledged words"]

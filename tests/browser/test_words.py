"""What one writes and where keys go: notes are kept while they are written, and a click takes no key away."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, take
from tests.browser.test_evening import enter, page, records, trainee
from vigwidgets.records import Person, Records

# Each test has a person of its own.
__all__ = ["enter", "page", "records", "trainee"]
pytestmark = pytest.mark.browser
CLOCK = "[...window.__vigwidgets.clocks.values()][0]"
EXERCISE = "receiving-initiatives"


def begin(page: Page, exercise: str = EXERCISE) -> Locator:
    """Open an exercise; gives the line that says what is saved."""
    page.goto(f"/exercises/{exercise}")
    said = page.locator(".vig-top .vig-saved")
    expect(said).to_contain_text(re.compile("ready|saved"))
    return said


def until(page: Page, what: str, seconds: float = 20) -> None:
    """Wait until something is so; the page's own rules forbid to watch it from inside."""
    end = time.monotonic() + seconds
    while not page.evaluate(what):
        assert time.monotonic() < end, f"not so after {seconds} s: {what}"
        page.wait_for_timeout(50)


def listen(page: Page) -> None:
    """Write down all that the line above says from now on, however briefly."""
    page.evaluate(
        """() => {
          const line = document.querySelector('.vig-saved');
          window.said = [];
          new MutationObserver(() => window.said.push(line.textContent))
            .observe(line, {characterData: true, childList: true, subtree: true});
        }"""
    )


def with_a_moment(page: Page) -> Locator:
    """Make a moment and go to its note."""
    said = begin(page)
    page.evaluate(f"{CLOCK}.seekFrame(100)")
    until(page, f"{CLOCK}.wanted.value === null")
    page.keyboard.press("3")
    expect(said).to_contain_text("1 moment saved")
    page.keyboard.press("Shift+Enter")
    return said


def test_a_note_survives_a_reload_at_once(page: Page) -> None:
    said = with_a_moment(page)
    listen(page)
    page.keyboard.type("Mother waits until he looks")
    until(page, "window.said.some((one) => one.includes('saving'))")
    page.reload()
    expect(page.get_by_role("row")).to_contain_text("Mother waits until he looks")
    expect(said).to_contain_text("1 moment saved")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('vig:draft'))") == []


def test_whoever_types_on_is_saved_meanwhile(page: Page, trainee: Person, records: Records) -> None:
    with_a_moment(page)
    page.keyboard.type("and he looks up, and she says yes", delay=100)
    kept = records.current_observation(trainee.id, EXERCISE)
    assert kept
    (tag,) = records.observation(kept).observation.tags
    assert len(tag.note) > 15, f"after three seconds of typing the note is {tag.note!r}"
    # Undone as one thought.
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    expect(page.locator(".vig-detail textarea")).to_have_value("")
    expect(page.get_by_role("row")).to_have_count(1)


@pytest.fixture
def two(page: Page) -> Iterator[tuple[Page, Page]]:
    """A moment with a note that is written, in two windows of two computers; in the first one writes on."""
    said = with_a_moment(page)
    page.keyboard.type("she")
    expect(said).to_contain_text("1 moment saved")
    browser = page.context.browser
    assert browser
    far = browser.new_context(base_url=page.url, viewport=DESKTOP, storage_state=page.context.storage_state())
    other = far.new_page()
    begin(other)
    other.get_by_role("row").first.click()
    expect(other.locator(".vig-detail textarea")).to_have_value("she")
    yield page, other
    far.close()


def write_there(other: Page, words: str) -> None:
    note = other.locator(".vig-detail textarea")
    note.fill(words)
    note.press("Escape")
    expect(other.locator(".vig-top .vig-saved")).to_contain_text("1 moment saved")


def note_of(page: Page) -> Locator:
    return page.locator(".vig-detail textarea")


def test_what_another_writes_reaches_a_field_that_has_the_focus(two: tuple[Page, Page]) -> None:
    page, other = two
    expect(note_of(page)).to_be_focused()
    write_there(other, "she waits for him")
    expect(note_of(page)).to_have_value("she waits for him")
    expect(page.locator(".vig-theirs")).to_have_count(0)
    page.keyboard.press("End")
    page.keyboard.type("; yes")
    expect(note_of(other)).to_have_value("she waits for him; yes")


def take_time(page: Page) -> None:
    """Let the page save what is written only after ten seconds: time enough for another to be first."""
    page.evaluate(
        """() => {
          const real = setTimeout;
          window.setTimeout = (act, time, ...more) => real(act, time === 900 ? 10_000 : time, ...more);
        }"""
    )


@pytest.mark.parametrize(
    ("choice", "whole"),
    [
        ("Keep both", "he waits\nshe looks"),
        ("Take theirs", "he waits"),
        ("Keep mine", "she looks"),
        (None, "he waits\nshe looks"),
    ],
)
def test_what_two_write_at_once_is_asked_about_and_nothing_is_lost(
    two: tuple[Page, Page], choice: str | None, whole: str, screenshots: Path
) -> None:
    page, other = two
    take_time(page)
    page.keyboard.type(" looks")
    write_there(other, "he waits")
    asked = page.locator(".vig-theirs")
    expect(asked).to_contain_text("he waits")
    expect(note_of(page)).to_have_value("she looks")
    expect(page.locator(".vig-top .vig-saved")).to_contain_text("saving")
    take(page, screenshots / "two-wrote.png")
    if choice:
        # By keyboard: the button goes with the question, and its focus with it.
        asked.get_by_role("button", name=choice).press("Enter")
        expect(note_of(page)).to_be_focused()
    else:
        page.keyboard.press("Escape")
        expect(asked).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".vig-refusal")).to_contain_text("both are kept")
    expect(asked).to_have_count(0)
    expect(page.locator(".vig-top .vig-saved")).to_contain_text("1 moment saved")
    expect(note_of(other)).to_have_value(whole)


def test_words_about_a_moment_that_another_deletes_are_kept_to_be_copied(
    two: tuple[Page, Page], screenshots: Path
) -> None:
    page, other = two
    take_time(page)
    page.keyboard.type(" waits until he looks up")
    other.keyboard.press("Delete")
    lost = page.locator(".vig-lost-words")
    expect(lost).to_have_value("she waits until he looks up")
    expect(lost).to_be_focused()
    # Whoever looks at the keys does not see that the field has gone: 1, 2 and I would else be moments.
    page.keyboard.type(" at 1, 2")
    page.keyboard.press("Backspace")
    expect(lost).to_have_value("she waits until he looks up at 1, ")
    expect(page.get_by_role("row")).to_have_count(0)
    take(page, screenshots / "lost-words.png")
    page.reload()
    expect(lost).to_have_value("she waits until he looks up at 1, ", timeout=20_000)
    page.evaluate("delete Object.getPrototypeOf(navigator).clipboard")
    bar = page.locator(".vig-lost")
    bar.get_by_role("button", name="Copy").click()
    expect(bar).to_contain_text("does not let this page copy")
    assert page.evaluate("getSelection().toString()") == "she waits until he looks up at 1, "
    bar.get_by_role("button", name="Throw away").click()
    expect(lost).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).filter((key) => /^vig:(draft|lost)/.test(key))") == []


def test_escape_leaves_a_note_for_the_list(page: Page) -> None:
    with_a_moment(page)
    page.keyboard.type("yes")
    page.keyboard.press("Escape")
    expect(page.get_by_role("grid")).to_be_focused()
    page.keyboard.press("1")
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("row").filter(has_text="Receiving")).to_contain_text("yes")


def test_after_a_click_space_plays_and_shift_enter_writes(page: Page) -> None:
    begin(page)
    rows = page.get_by_role("row")
    page.locator(".vig-gutter").get_by_role("button", name="Attentive").click()
    expect(rows).to_have_count(1)
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".vig-detail textarea")).to_be_focused()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="One frame on").click()
    until(page, f"{CLOCK}.wanted.value === null")
    page.keyboard.press("Space")
    until(page, f"{CLOCK}.playing.value && {CLOCK}.frame.value > 5")
    page.keyboard.press("Space")
    until(page, f"!{CLOCK}.playing.value")
    expect(rows).to_have_count(1)
    # Whoever comes to a button by keyboard presses it.
    page.get_by_role("button", name="One frame back").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    before = page.evaluate(f"{CLOCK}.frame.value")
    page.keyboard.press("Space")
    until(page, f"{CLOCK}.frame.value === {before - 1} && !{CLOCK}.playing.value")

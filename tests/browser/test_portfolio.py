"""An evening with one's own record: the slider, a chain that plays, a reflection, and what a supervisor reads of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Service, take
from tests.browser.test_pages import hold
from tests.browser.test_sides import hand_in
from vigwidgets.authoring.raters import Fault
from vigwidgets.films import FilmLibrary
from vigwidgets.records import Records

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def late(service: Service) -> Iterator[str]:
    """What somebody handed in whose hand is slow, and a thought that she wrote down."""
    records, library = Records.open(service.data), FilmLibrary(service.data)
    nadia = next(person for person in records.people() if person.name == "Nadia Berg")
    thought = {"day": "2026-10-02", "sort": "alone", "title": "Read about pauses", "learnt": "They are full."}
    records.keep_entry(nadia.id, "entry-0", thought, 0)
    yield hand_in(records, library, nadia.id, Fault("late", amount=0.8), 2)
    records.close()


def test_the_lists_follow_the_slider_and_go_back_to_the_mark(sign_in: Callable[..., Page], late: str) -> None:
    page = sign_in("trainee")
    page.goto(f"/attempts/{late}")
    slider = page.get_by_role("slider", name="Edges may differ by")
    says, lists = page.locator("[data-lists]"), page.locator(".moments .lists")
    expect(slider).to_be_visible()
    marked = lists.inner_text()
    slider.fill("7")
    expect(says).to_contain_text("Where edges may differ by 2 s")
    generous = lists.locator("section").first.locator("a.moment").count()
    slider.fill("0")
    expect(says).to_contain_text("Where edges may differ by 0.1 s")
    expect(says).to_contain_text("The mark stays as it is")
    strict = says.inner_text().partition(" s: ")[2]
    assert int(strict.split()[0]) < generous
    # What the list shows now plays as well as what stood there before.
    lists.locator("a.moment").first.click()
    expect(page.locator("video").first).to_have_js_property("paused", False)
    page.get_by_role("button", name="As in marking").click()
    expect(says).to_be_empty()
    assert lists.inner_text() == marked


def test_a_chain_plays_from_before_its_beginning(sign_in: Callable[..., Page], late: str, screenshots: Path) -> None:
    page = sign_in("trainee")
    page.goto(f"/attempts/{late}")
    expect(page.get_by_role("slider", name="Edges may differ by")).to_be_visible()
    chain = page.locator(".chain-link").first
    expect(chain.locator("svg")).to_be_visible()
    expect(page.locator(".chain-lines").first).to_contain_text("After")
    chain.focus()
    page.keyboard.press("Enter")
    video = page.locator("video").first
    expect(video).to_have_js_property("paused", False)
    start, end = (int(chain.get_attribute(f"data-{edge}") or 0) / 1e6 for edge in ("start", "end"))
    expect(video).to_have_js_property("paused", True, timeout=60_000)
    assert start < video.evaluate("video => video.currentTime") < end + 0.2
    page.set_viewport_size(PHONE)
    assert chain.evaluate("link => link.scrollWidth <= link.clientWidth")
    take(page.locator(".chains"), screenshots / "pages-chains-phone.png")
    page.emulate_media(media="print")
    expect(chain.locator("svg")).to_be_visible()


def test_a_reflection_is_written_changed_printed_and_read(
    sign_in: Callable[..., Page], late: str, screenshots: Path
) -> None:
    page = sign_in("trainee")
    page.goto("/learning")
    page.get_by_role("link", name="Open my record").click()
    expect(page.get_by_role("heading", name="Record of hours and reflections")).to_be_visible()
    page.get_by_text("Add hours or a reflection").click()
    page.get_by_label("What it was").fill("Intervision with two colleagues")
    page.get_by_role("textbox", name="Hours").fill("1,5")
    page.get_by_label("What kind").select_option("Learning with others")
    page.get_by_label("What I learnt").fill("I speak into his pauses.")
    page.get_by_label("What I will do next").fill("Count to three.")
    page.get_by_role("button", name="Keep it").click()
    entry = page.locator("article.reflection", has_text="Intervision with two colleagues")
    expect(entry).to_contain_text("I speak into his pauses.")
    hold(page, "record", screenshots)
    entry.get_by_role("link", name="Change").click()
    expect(page.get_by_label("What it was")).to_have_value("Intervision with two colleagues")
    hold(page, "record-change", screenshots)
    page.get_by_role("textbox", name="Hours").fill("forty")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert")).to_contain_text("is no number of hours")
    expect(page.get_by_label("What I learnt")).to_have_value("I speak into his pauses.")
    page.get_by_role("textbox", name="Hours").fill("2")
    page.get_by_role("button", name="Keep it").click()
    expect(entry).to_contain_text("one earlier version is kept")
    expect(page.locator(".totals")).to_contain_text("2 h of it with others")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"), newline="")))
    assert [row["hours"] for row in rows if row["what"] == "Intervision with two colleagues"] == ["2.0"]
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.emulate_media(media="print")
    for hidden in (".period", ".entry", ".top", "article.reflection a"):
        expect(page.locator(hidden).first).to_be_hidden()
    for shown in (".totals", "article.reflection", ".day-list"):
        expect(page.locator(shown).first).to_be_visible()
    assert page.locator("img, video").count() == 0, "no picture of a film"
    page.pdf(path=screenshots / "pages-record.pdf", prefer_css_page_size=True)


def test_a_supervisor_reads_it_from_the_gradebook(sign_in: Callable[..., Page], late: str, screenshots: Path) -> None:
    page = sign_in("supervisor")
    page.goto("/supervision")
    page.get_by_role("link", name=re.compile("^Nadia Berg.*record of hours")).click()
    expect(page.get_by_role("heading", name="Record of hours and reflections")).to_be_visible()
    expect(page.get_by_text("They are full.")).to_be_visible()
    expect(page.locator(".entry")).to_have_count(0)
    expect(page.get_by_role("link", name="Change")).to_have_count(0)
    hold(page, "record-supervisor", screenshots)

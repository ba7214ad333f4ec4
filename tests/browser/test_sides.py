"""The feedback page's figures, slider and landscape, and a group's page, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Service
from tests.browser.test_pages import hold
from vigwidgets.authoring.raters import CAREFUL, Fault, rate_film
from vigwidgets.contract import Edit, Put
from vigwidgets.curriculum import load_course
from vigwidgets.films import FilmLibrary
from vigwidgets.grading import mark_attempt
from vigwidgets.observations import new_observation
from vigwidgets.records import Records

pytestmark = pytest.mark.browser

EXERCISE = "receiving-initiatives"


def hand_in(records: Records, library: FilmLibrary, person: str, fault: Fault | None, seed: int) -> str:
    course = load_course()
    exercise = course.exercise(EXERCISE)
    codebook, film, truth = course.codebook(exercise), library.get(exercise.film), library.truth(exercise.film)
    assert truth is not None
    if begun := records.current_observation(person, exercise.id):
        records.hand_in(begun)  # another test of this process began it and left it open
    fresh = new_observation(film.id, film.duration, codebook.ref, person, list(film.cast))
    records.start_observation(person, exercise.id, exercise.version, fresh)
    made = rate_film(truth, codebook, fault, seed, slips=CAREFUL, lanes=exercise.policy.counts)
    edit = Edit(id=f"edit-{seed}-{person[-8:]}", changes=[Put(tag=tag) for tag in made.tags])
    records.append_edit(fresh.id, edit, codebook, None)
    attempt = records.hand_in(fresh.id)
    mark_attempt(records, library, course, attempt)
    return attempt.id


@pytest.fixture(scope="module")
def late(service: Service) -> Iterator[str]:
    """The second attempt of somebody who is always late, and a small group beside."""
    records, library = Records.open(service.data), FilmLibrary(service.data)
    nadia = next(person for person in records.people() if person.name == "Nadia Berg")
    hand_in(records, library, nadia.id, None, 1)
    second = hand_in(records, library, nadia.id, Fault("late", amount=0.8), 2)
    for n, fault in enumerate([None, Fault("misses", ("3",)), Fault("too_much"), None]):
        other = records.add_person(f"Group {n}", f"group-{n}", "trainee", "a long enough password")
        hand_in(records, library, other.id, fault, 10 + n)
    yield second
    records.close()


def test_the_slider_moves_the_figures_and_what_is_alike(
    sign_in: Callable[..., Page], late: str, screenshots: Path
) -> None:
    page = sign_in("trainee")
    page.goto(f"/attempts/{late}")
    says = page.locator("#agreement-says")
    expect(says).to_contain_text("at both edges")
    slider = page.get_by_role("slider", name="Edges may differ by")
    alike, listed = page.locator(".vig-walk-count"), page.locator("[data-lists]")
    marked = alike.inner_text()
    assert marked.split(";")[0].endswith("seen alike"), "one count: the mark's"
    slider.fill("0")
    expect(says).to_contain_text("Within 0.1 s")
    expect(alike).to_contain_text("seen alike, where edges may differ by 0.1 s")
    strict = int((alike.text_content() or "").split()[0])
    expect(listed).to_contain_text(f" {strict} seen alike")
    slider.fill("7")
    expect(says).to_contain_text("Within 2 s")
    expect(alike).to_contain_text("seen alike, where edges may differ by 2 s")
    generous = int((alike.text_content() or "").split()[0])
    expect(listed).to_contain_text(f" {generous} seen alike")
    assert generous > strict, "who is always late is alike only to a generous eye"
    line = page.locator("[data-curve] .chart-now").first
    expect(line).to_have_attribute("visibility", "visible")
    page.get_by_role("button", name="As in marking").click()
    expect(page.get_by_role("button", name="As in marking")).to_have_count(0)
    expect(alike).to_have_text(marked)
    expect(page.get_by_role("heading", name="After each mark, step back")).to_be_visible()
    expect(page.get_by_text("In the first of")).to_be_visible()
    hold(page, "feedback-sides", screenshots)


def test_a_point_of_the_landscape_plays_in_the_film(sign_in: Callable[..., Page], late: str) -> None:
    page = sign_in("trainee")
    page.goto(f"/attempts/{late}")
    canvas = page.locator("#landscape canvas")
    canvas.scroll_into_view_if_needed()
    expect(page.locator(".landscape-says")).to_contain_text("Drag to turn")
    before = canvas.evaluate("canvas => canvas.toDataURL()")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("before => document.querySelector('#landscape canvas').toDataURL() !== before", arg=before)
    box = canvas.bounding_box()
    assert box
    # Somewhere in the middle there is a stretch; go over it until one is pointed at.
    for y in range(int(box["height"] * 0.3), int(box["height"] * 0.8), 8):
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + y)
        page.wait_for_timeout(30)
        if "grown-up" in (page.locator(".landscape-says").text_content() or ""):
            break
    expect(page.locator(".landscape-says")).to_contain_text("grown-up")
    page.mouse.down()
    page.mouse.up()
    expect(page.locator("video").first).to_have_js_property("paused", False)
    page.locator("#landscape summary").click()
    expect(page.locator(".landscape-list li").first).to_be_visible()
    page.get_by_role("button", name="As you saw it").click()
    expect(page.get_by_role("button", name="As you saw it")).to_have_attribute("aria-pressed", "true")


def test_a_group_s_page(sign_in: Callable[..., Page], late: str, screenshots: Path) -> None:
    page = sign_in("supervisor")
    page.goto("/supervision")
    page.get_by_role("link", name="Receiving initiatives").and_(page.locator("[href*=cohort]")).click()
    expect(page.get_by_role("heading", name="Moment by moment")).to_be_visible()
    expect(page.get_by_text("passes over Receiving initiatives")).to_be_visible()
    hold(page, "group", screenshots)
    with page.expect_download() as download:
        page.get_by_role("link", name="All as JSON").click()
    assert download.value.suggested_filename == f"{EXERCISE}-cohort.json"
    page.locator("table a.play-link").first.click()
    page.wait_for_url("**/attempts/**#t=*")


def test_the_printed_page_has_the_figures_and_no_picture(
    sign_in: Callable[..., Page], late: str, screenshots: Path
) -> None:
    page = sign_in("trainee")
    page.goto(f"/attempts/{late}")
    expect(page.locator("[data-curve]").first).to_be_visible()
    page.emulate_media(media="print")
    for shown in (".on-paper svg", "[data-curve]", ".try-next"):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in ("video", "#landscape", ".next"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.pdf(path=screenshots / "pages-feedback-sides.pdf")

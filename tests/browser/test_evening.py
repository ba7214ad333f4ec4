"""What goes otherwise than planned of an evening: the session ends, the phone is small, the picture is gone."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, FloatRect, Locator, Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, Service
from vigwidgets.records import Person, Records

pytestmark = pytest.mark.browser

PASSWORD = "a long enough password"
FINGER = 44
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
#: A phone of 844 px as the browser's own bars leave it.
SHORT: ViewportSize = {"width": 390, "height": 664}


@pytest.fixture(scope="module")
def records(service: Service) -> Iterator[Records]:
    opened = Records.open(service.data)
    yield opened
    opened.close()


@pytest.fixture
def trainee(records: Records) -> Person:
    """Somebody who has done nothing yet."""
    return records.add_person("Rosa Lind", f"rosa-{uuid.uuid4().hex[:8]}", "trainee", PASSWORD)


@pytest.fixture
def enter(trainee: Person) -> Callable[[Page], None]:
    def fill(page: Page) -> None:
        page.get_by_label("Sign-in name").fill(trainee.login)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "/sign-in" not in url)

    return fill


@pytest.fixture
def page(context: BrowserContext, enter: Callable[[Page], None]) -> Page:
    page = context.new_page()
    page.goto("/sign-in")
    enter(page)
    return page


@pytest.fixture
def phone(chromium: Browser, service: Service, enter: Callable[[Page], None]) -> Iterator[Page]:
    """A phone with a finger on it."""
    held = chromium.new_context(base_url=service.url, viewport=SHORT, has_touch=True, is_mobile=True)
    page = held.new_page()
    page.goto("/sign-in")
    enter(page)
    yield page
    held.close()


def at_exercise(page: Page, path: str = "/exercises/first-look") -> None:
    page.goto(path)
    expect(page.locator(".vig-saved")).to_contain_text(re.compile("ready|saved"), timeout=20_000)


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog", name="Hand in").get_by_role("button", name="Hand in", exact=True).click()
    page.wait_for_url("**/attempts/**", timeout=30_000)


def sign_out_elsewhere(page: Page) -> None:
    other = page.context.new_page()
    other.goto("/learning")
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    other.close()


def box(place: Locator) -> FloatRect:
    found = place.bounding_box()
    assert found, f"{place} is not on the screen"
    return found


def fits(page: Page) -> None:
    wide, window = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= window, f"{page.url} is {wide} px wide in a window of {window}"


def axe_finds_nothing(page: Page) -> None:
    schemes: list[Literal["light", "dark"]] = ["light", "dark"]
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        # The scheme changes colours and nothing else: the rest is looked at once.
        found = Axe().run(page, options=None if scheme == "light" else COLOURS)
        assert found.violations_count == 0, f"{page.url} in {scheme}:\n{found.generate_report()}"
    page.emulate_media(color_scheme=None)


def test_signed_out_elsewhere_one_signs_in_again_and_nothing_is_lost(
    page: Page, enter: Callable[[Page], None], trainee: Person, records: Records
) -> None:
    at_exercise(page)
    page.keyboard.press("1")
    expect(page.locator(".vig-saved")).to_contain_text("1 moment saved")
    sign_out_elsewhere(page)
    page.keyboard.press("3")
    note = page.get_by_role("alert")
    expect(note).to_contain_text("You are signed out and nothing is lost: sign in again")
    expect(page.locator(".vig-saved")).to_contain_text("signed out: 1 waiting, kept on this computer")
    page.wait_for_timeout(1500)
    expect(note).to_contain_text("signed out")  # knocking again in vain does not make it "offline"
    axe_finds_nothing(page)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog", name="Hand in").get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("your moments are kept")
    page.get_by_role("button", name="Look again first").click()
    note.get_by_role("link", name="Sign in again").click()
    enter(page)
    assert page.url.endswith("/exercises/first-look")
    expect(page.locator(".vig-saved")).to_contain_text("all 2 moments saved", timeout=20_000)
    current = records.current_observation(trainee.id, "first-look")
    assert current
    assert sorted(tag.code for tag in records.observation(current).observation.tags) == ["1", "3"]


def test_whoever_signs_in_in_another_window_goes_on_in_this_one(page: Page, enter: Callable[[Page], None]) -> None:
    at_exercise(page)
    sign_out_elsewhere(page)
    page.keyboard.press("3")
    expect(page.get_by_role("alert")).to_contain_text("signed out")
    other = page.context.new_page()
    other.goto("/sign-in")
    enter(other)
    other.close()
    expect(page.locator(".vig-saved")).to_contain_text("1 moment saved", timeout=20_000)
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 390])
def test_every_control_of_the_player_is_under_a_finger(phone: Page, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": SHORT["height"]})
    at_exercise(phone)
    phone.locator(".vig-lane-grid").get_by_role("button", name="Attentive").tap()
    expect(phone.locator(".vig-saved")).to_contain_text("✓ 1 saved")
    try_controls(phone, width)
    for target in phone.locator(".vig :is(button, select):visible, .vig-chip:visible").all():
        found = box(target)
        assert min(found["width"], found["height"]) >= FINGER - 0.5, f"{target.inner_text()!r} is {found}"
    hand_in(phone)
    expect(phone.locator(".vig-review .vig-controls")).to_be_visible()
    try_controls(phone, width)


def try_controls(phone: Page, width: int) -> None:
    fits(phone)
    loop = phone.locator("button.vig-loop")
    speed = phone.get_by_label("Speed")
    captions = phone.get_by_role("button", name="Captions")
    sound = phone.get_by_role("button", name="Sound off")
    steps = [phone.get_by_role("button", name=name, exact=True) for name in ("One frame back", "Play", "One frame on")]
    for control in (*steps, speed, loop, captions, sound):
        found = box(control)
        assert found["x"] >= 0, f"{control} begins outside"
        assert found["x"] + found["width"] <= width, f"{control} ends outside"
        assert min(found["width"], found["height"]) >= FINGER - 0.5, f"{control} is {found}"
    speed.select_option("0.5")
    expect(phone.locator("video")).to_have_js_property("playbackRate", 0.5)
    loop.tap()
    expect(loop).to_have_attribute("aria-pressed", "true")
    fits(phone)
    assert box(sound)["x"] + box(sound)["width"] <= width, "a loop's times push nothing off the screen"
    captions.tap()
    expect(captions).to_have_attribute("aria-pressed", "true")
    for _ in range(100):
        if phone.locator("video").evaluate("film => [...film.textTracks].some(track => track.mode !== 'disabled')"):
            break
        phone.wait_for_timeout(100)
    else:
        raise AssertionError("captions were asked for and do not show")
    sound.tap()
    expect(phone.locator("video")).to_have_js_property("muted", True)
    tools = phone.get_by_role("button", name="The film's tools")
    if tools.get_attribute("aria-pressed") == "false":
        tools.tap()
    loudness = phone.get_by_role("slider", name="Loudness")
    assert box(loudness)["height"] >= FINGER - 0.5
    assert box(loudness)["x"] + box(loudness)["width"] <= width
    loudness.fill("0.5")
    expect(phone.locator("video")).to_have_js_property("volume", 0.5)


def test_doing_it_again_begins_anew_once_and_keeps_the_first(page: Page, records: Records, trainee: Person) -> None:
    at_exercise(page)
    page.keyboard.press("1")
    expect(page.locator(".vig-saved")).to_contain_text("1 moment saved")
    hand_in(page)
    first = page.url.rsplit("/", 1)[1]
    page.get_by_role("link", name="Do this exercise again").click()
    expect(page.locator(".vig-saved")).to_contain_text("ready", timeout=20_000)
    page.keyboard.press("3")
    expect(page.locator(".vig-saved")).to_contain_text("1 moment saved")
    page.reload()
    expect(page.locator(".vig-saved")).to_contain_text("1 moment saved", timeout=20_000)
    page.goto("/learning")
    expect(page.get_by_role("link", name=re.compile("^Earlier feedback"))).to_have_attribute(
        "href", f"/attempts/{first}"
    )
    page.get_by_role("link", name="Carry on").first.click()
    expect(page.locator(".vig-saved")).to_contain_text("1 moment saved", timeout=20_000)
    hand_in(page)
    second = page.url.rsplit("/", 1)[1]
    kept = {one.id: [tag.code for tag in one.observation.tags] for one in records.attempts(person=trainee.id)}
    assert kept == {first: ["1"], second: ["3"]}
    page.go_back()
    expect(page.locator(".vig-saved")).to_contain_text("handed in, 1 moment", timeout=20_000)
    assert records.current_observation(trainee.id, "first-look") is None, "the way back begins nothing"
    page.get_by_role("button", name="Read feedback").click()
    page.wait_for_url(f"**/attempts/{second}")


def test_an_author_tries_an_exercise_as_a_trainee_does(sign_in: Callable[..., Page], records: Records) -> None:
    page = sign_in("author")
    page.get_by_role("link", name=re.compile("^Try as a trainee.*A first look")).click()
    expect(page.locator(".vig-saved")).to_contain_text(re.compile("ready|saved"), timeout=20_000)
    axe_finds_nothing(page)
    page.keyboard.press("1")
    hand_in(page)
    expect(page.get_by_text("Your feedback", exact=True)).to_be_visible()
    author = next(one for one in records.people() if one.role == "author")
    assert [one.exercise for one in records.attempts(person=author.id)] == ["first-look"]


def test_a_supervisor_reads_and_takes_the_gradebook_along(sign_in: Callable[..., Page], page: Page) -> None:
    at_exercise(page)
    hand_in(page)
    page.context.clear_cookies()
    desk = sign_in("supervisor")
    row = desk.get_by_role("row", name=re.compile("Rosa Lind")).first
    row.get_by_role("link", name=re.compile("Feedback")).click()
    expect(desk.get_by_text("Feedback as Rosa Lind reads it")).to_be_visible()
    desk.get_by_role("link", name="Back to supervision").click()
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="Download as CSV").click()
    download = taken.value
    assert download.suggested_filename.endswith(".csv")
    text = download.path().read_text(encoding="utf-8-sig")
    assert "Rosa Lind" in text
    assert "first-look" in text


@pytest.mark.parametrize("viewport", [SHORT, {"width": 1280, "height": 800}])
def test_the_next_step_needs_no_picture(page: Page, viewport: ViewportSize) -> None:
    page.set_viewport_size(viewport)
    page.goto("/learning")
    picture = page.locator("img.next-picture")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => picture.naturalWidth") > 0
    begin = page.get_by_role("link", name="Begin", exact=True)
    expect(begin).to_be_in_viewport(ratio=1)
    page.route("**/poster.jpg*", lambda route: route.abort())
    page.goto("/learning")
    expect(picture).to_have_count(0)
    expect(begin).to_be_in_viewport(ratio=1)
    card, button = box(page.locator(".next")), box(begin)
    assert button["x"] >= card["x"]
    assert button["x"] + button["width"] <= card["x"] + card["width"]
    assert button["y"] + button["height"] <= card["y"] + card["height"]
    fits(page)


@pytest.mark.parametrize("viewport", [SHORT, DESKTOP])
def test_an_exercise_before_while_and_after_is_for_everyone(page: Page, viewport: ViewportSize) -> None:
    page.set_viewport_size(viewport)
    at_exercise(page)
    axe_finds_nothing(page)
    page.keyboard.press("1")
    expect(page.locator(".vig-saved")).to_contain_text("✓ 1 saved" if viewport is SHORT else "1 moment saved")
    axe_finds_nothing(page)
    fits(page)
    page.get_by_role("button", name="Hand in").click()
    axe_finds_nothing(page)
    page.keyboard.press("Escape")
    hand_in(page)
    axe_finds_nothing(page)
    at_exercise_again = "/exercises/first-look"
    page.goto(at_exercise_again)
    expect(page.locator(".vig-saved")).to_contain_text("handed in", timeout=20_000)
    axe_finds_nothing(page)
    fits(page)


def test_the_keyboards_place_is_seen_on_every_page(page: Page) -> None:
    for path in ("/learning", "/help", "/exercises/first-look"):
        page.goto(path)
        if "exercises" in path:
            expect(page.locator(".vig-saved")).to_contain_text("ready", timeout=20_000)
        for _ in range(12):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                """() => {
                  const here = document.activeElement;
                  const look = (one) => one ? getComputedStyle(one) : null;
                  const drawn = ({outlineStyle, outlineColor}) =>
                    outlineStyle !== 'none' && outlineColor !== 'rgba(0, 0, 0, 0)';
                  const marked = (one) => one && (look(one).boxShadow !== 'none' || drawn(look(one)));
                  return here === document.body || marked(here) || marked(here.closest('label')) || here.outerHTML;
                }"""
            )
            assert seen is True, f"on {path} nothing shows that one is at {seen}"


def test_the_report_is_for_everyone(page: Page) -> None:
    at_exercise(page, "/exercises/receiving-initiatives")
    page.keyboard.press("1")
    hand_in(page)
    report = f"{page.url}/report"
    for _ in range(60):
        answer = page.goto(report)
        if answer and answer.ok:
            break
        page.wait_for_timeout(500)
    expect(page.get_by_role("heading", name="Worth another look")).to_be_visible()
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        fits(page)
        axe_finds_nothing(page)


def test_the_room_beside_the_moments_cuts_nothing_off(page: Page) -> None:
    at_exercise(page)
    hand_in(page)
    for width in (1040, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        room = box(page.locator(".vig-room"))
        for control in page.locator(".vig-controls :is(button, select, input):visible").all():
            found = box(control)
            assert found["x"] + found["width"] <= room["x"] + room["width"] - 4, f"{control} is cut off at {width}"


def test_the_receipt_reads_as_on_the_feedback_page(page: Page) -> None:
    at_exercise(page)
    page.keyboard.press("1")
    page.get_by_role("button", name="Hand in").click()
    dialog = page.get_by_role("dialog", name="Hand in")
    dialog.get_by_role("button", name="Hand in", exact=True).click()
    receipt = dialog.get_by_role("status")
    expect(receipt).to_contain_text("Receipt")
    said = re.search(
        r"Receipt: (\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d), fingerprint ([0-9a-f]{12})", receipt.inner_text()
    )
    assert said
    page.wait_for_url("**/attempts/*")
    band = page.locator(".receipt")
    expect(band.locator("time")).to_have_text(said[1])
    expect(band.locator("code")).to_have_text(said[2])

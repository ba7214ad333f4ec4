"""Every page that is read, in a real browser: for everyone, on a desk and on a phone, and alone with its server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Service, take
from vigwidgets.contract import Edit, Put, Tag, Truth
from vigwidgets.curriculum import Course, Exercise, answer_tag, load_course
from vigwidgets.films import FilmLibrary
from vigwidgets.grading import mark_attempt, mark_observation
from vigwidgets.observations import new_observation
from vigwidgets.records import Attempt, Records
from vigwidgets.service.pages.listed import ON_PAPER

pytestmark = pytest.mark.browser

# 320 px is a desktop at 400 %: WCAG 2.2 asks that nothing is scrolled sideways there (1.4.10).
NARROW = [320, 360, 800, 1000]
SIZES = {"desktop": DESKTOP, "phone": PHONE}


def tags_like_a_trainee(truth: Truth) -> list[Tag]:
    """Return tags as somebody makes them who sees most, names one otherwise and is late once."""
    tags = []
    for place, beat in enumerate(truth.beats[:-2]):
        late = 300_000 if place == 3 else 0
        tags.append(
            Tag(
                id=f"tag-{place}",
                code=beat.codes[0],
                actor=beat.actor,
                target=beat.target,
                start=beat.start + late,
                end=None if beat.end is None else max(beat.end, beat.start + late + 100_000),
            )
        )
    return tags


def hand_in(records: Records, library: FilmLibrary, exercise: Exercise, person: str) -> Attempt:
    """Do an exercise and have it marked, as the service does it."""
    course = load_course()
    codebook, film = course.codebook(exercise), library.get(exercise.film)
    truth = library.truth(film.id)
    assert truth is not None
    fresh = new_observation(film.id, film.duration, codebook.ref, person, list(film.cast))
    record = records.start_observation(person, exercise.id, exercise.version, fresh)
    for tag in tags_like_a_trainee(truth):
        records.append_edit(record.id, Edit(id=f"edit-{tag.id}", changes=[Put(tag=tag)]), codebook, None)
    attempt = records.hand_in(record.id)
    if exercise.marking == "formative":
        mark = mark_observation(attempt.observation, truth, codebook, exercise.policy)
        records.add_mark(attempt.id, mark.model_dump(mode="json"))
    return attempt


def answer(records: Records, library: FilmLibrary, course: Course, name: str, person: str) -> Attempt:
    """Answer the questions of an exercise and have it marked."""
    exercise, film = course.exercise(name), library.get(course.exercise(name).film)
    codebook = course.codebook(exercise)
    fresh = new_observation(film.id, film.duration, codebook.ref, person, list(film.cast))
    record = records.start_observation(person, exercise.id, exercise.version, fresh)
    puts = [
        Put(tag=answer_tag(question, [one.id for one in question.choices][:1], "I saw him look up.", fresh))
        for question in exercise.questions
    ]
    records.append_edit(record.id, Edit(id=f"edit-{name}", changes=puts), codebook, None)
    attempt = records.hand_in(record.id)
    mark_attempt(records, library, course, attempt)
    return attempt


@pytest.fixture(scope="module")
def attempts(service: Service) -> Iterator[dict[str, Attempt]]:
    """What the demonstration's trainee handed in, by exercise, and another trainee beside."""
    records, library, course = Records.open(service.data), FilmLibrary(service.data), load_course()
    nadia = next(person for person in records.people() if person.name == "Nadia Berg")
    other = records.add_person("Amara Osei", "amara", "trainee", "a long enough password")
    tagged = [exercise for exercise in course.exercises.values() if exercise.kind == "tagging"]
    made = {exercise.id: hand_in(records, library, exercise, nadia.id) for exercise in tagged}
    for name in ("about-initiatives", "my-own-eye"):
        made[name] = answer(records, library, course, name, nadia.id)
    hand_in(records, library, course.exercises["receiving-initiatives"], other.id)
    yield made
    records.close()


def hold(page: Page, name: str, screenshots: Path) -> None:
    """Hold what every page keeps at both sizes: axe finds nothing and nothing is scrolled sideways."""
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= viewport["width"], f"{name} is {wide} px wide on a {size}"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name} on a {size}:\n{found.generate_report()}"
        take(page, screenshots / f"pages-{name}-{size}.png", full_page=True)
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 700})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} px wide in a window of {width}"
    page.set_viewport_size(DESKTOP)


def test_sign_in(context: BrowserContext, screenshots: Path) -> None:
    page = context.new_page()
    page.goto("/sign-in")
    hold(page, "sign-in", screenshots)
    page.get_by_label("Sign-in name").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("Sign-in name")).to_have_value("nobody")
    hold(page, "sign-in-refused", screenshots)


@pytest.mark.parametrize(
    ("role", "name", "path"),
    [
        ("trainee", "learning", "/learning"),
        ("trainee", "lesson", "/lessons/seeing-an-initiative"),
        ("trainee", "help", "/help"),
        ("trainee", "not-found", "/nowhere"),
        ("trainee", "forbidden", "/supervision"),
        ("supervisor", "supervision", "/supervision"),
        ("supervisor", "marking", "/supervision/marking"),
        ("supervisor", "marking-one", "/attempts/{my-own-eye}/marking"),
        ("supervisor", "otherwise", "/supervision/otherwise"),
        ("trainee", "set", "/sets/withdrawal"),
        ("trainee", "answered", "/attempts/{about-initiatives}"),
        ("author", "questions", "/exercises/about-initiatives"),
        ("author", "own-words", "/exercises/my-own-eye"),
        ("author", "authoring", "/authoring"),
    ],
)
def test_a_page(
    sign_in: Callable[..., Page], attempts: dict[str, Attempt], screenshots: Path, role: str, name: str, path: str
) -> None:
    page = sign_in(role)
    page.goto(path.format(**{name: attempt.id for name, attempt in attempts.items()}))
    hold(page, name, screenshots)


def test_the_keyboard_alone_reaches_the_page(sign_in: Callable[..., Page]) -> None:
    page = sign_in("trainee")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_feedback_plays_each_moment(
    sign_in: Callable[..., Page], attempts: dict[str, Attempt], screenshots: Path
) -> None:
    page = sign_in("trainee")
    page.goto(f"/attempts/{attempts['receiving-initiatives'].id}")
    expect(page.locator(".vig-review video")).to_be_visible()
    hold(page, "feedback", screenshots)

    moment = page.locator("a.moment").nth(1)
    start, end = (int(moment.get_attribute(f"data-{edge}") or 0) for edge in ("start", "end"))
    moment.click()
    expect(moment).to_have_attribute("aria-current", "true")
    assert page.url.endswith(moment.get_attribute("href") or "nowhere"), "the address is the moment's own"
    video = page.locator("video")
    expect(video).to_be_in_viewport()
    expect(video).to_have_js_property("paused", False)
    expect(video).to_have_js_property("paused", True, timeout=15_000 + (end - start) / 1000)
    at = video.evaluate("video => video.currentTime") * 1_000_000
    assert start < at <= end + 100_000, "it plays that stretch and stops"


def test_the_link_to_a_moment_opens_at_it(sign_in: Callable[..., Page], attempts: dict[str, Attempt]) -> None:
    page = sign_in("supervisor")
    path = f"/attempts/{attempts['receiving-initiatives'].id}"
    page.goto(path)
    address = page.locator("a.moment").nth(2).get_attribute("href") or ""
    start = float(re.findall(r"[\d.]+", address)[0])
    page.goto("about:blank")
    page.goto(f"{path}{address}")
    expect(page.locator("a.moment").nth(2)).to_have_attribute("aria-current", "true")
    page.wait_for_function("start => Math.abs(document.querySelector('video').currentTime - start) < 0.1", arg=start)
    assert page.locator("video").evaluate("video => video.paused"), "whoever opens a link decides when it sounds"


def test_a_try_out_shows_no_figure(
    sign_in: Callable[..., Page], attempts: dict[str, Attempt], screenshots: Path
) -> None:
    page = sign_in("trainee")
    page.goto(f"/attempts/{attempts['first-look'].id}")
    expect(page.get_by_role("heading", name="Where you and the expert met")).to_have_count(0)
    hold(page, "try-out", screenshots)


def test_feedback_reads_without_a_script(
    chromium: Browser, service: Service, sign_in: Callable[..., Page], attempts: dict[str, Attempt]
) -> None:
    cookies = sign_in("trainee").context.cookies()
    plain = chromium.new_context(java_script_enabled=False, viewport=PHONE, base_url=service.url)
    plain.add_cookies([{"name": one["name"], "value": one["value"], "url": service.url} for one in cookies])
    page = plain.new_page()
    page.goto(f"/attempts/{attempts['receiving-initiatives'].id}")
    expect(page.get_by_role("heading", name="Worth another look")).to_be_visible()
    expect(page.locator("video[controls]")).to_have_count(1)
    plain.close()


def test_the_printed_page_keeps_the_words(
    sign_in: Callable[..., Page], attempts: dict[str, Attempt], screenshots: Path
) -> None:
    page = sign_in("trainee")
    page.goto(f"/attempts/{attempts['receiving-initiatives'].id}")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Worth another look")).to_be_visible()
    # The few that matter, and how many more there are: nobody reads thirty differences on paper.
    for group in page.locator(".lists section:not(:has(section))").all():
        printed = [one for one in group.locator("a.moment").all() if one.is_visible()]
        assert 0 < len(printed) <= ON_PAPER
        every = group.locator("a.moment").count()
        expect(group.locator("p.on-paper")).to_have_count(int(every > len(printed)))
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator("video")).to_be_hidden()
    made = page.pdf(path=screenshots / "pages-feedback.pdf", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", made)) <= 3
    assert b"/Subtype /Image" not in made

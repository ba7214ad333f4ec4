"""Debian's Firefox: play, step, tag, drag and hand in, as in Chromium."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Service
from tests.browser.test_evening import PASSWORD, records, trainee
from tests.browser.test_frames import CLOCK, READ, SETTLED, Numbered, free
from tests.browser.webdriver import Firefox, find
from vigwidgets.records import Person, Records

# Each test has a person of its own.
__all__ = ["free", "records", "trainee"]
pytestmark = pytest.mark.browser
BUTTON = "[...document.querySelectorAll('{}')].find((one) => one.textContent.includes('{}'))"
ANY_CLOCK = "[...__vigwidgets.clocks.values()][0]"
STILL = f"{ANY_CLOCK}.wanted.value === null && !{ANY_CLOCK}.playing.value"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    program = find()
    if program is None:
        pytest.skip("there is no Firefox here: install Debian's firefox-esr with libavcodec, or set VIG_FIREFOX")
    running = Firefox(program, tmp_path_factory.mktemp("firefox"))
    running.go("data:text/html,<title>empty</title>")
    if not running.value("document.createElement('video').canPlayType('video/mp4; codecs=\"avc1.64001f\"')"):
        running.end()
        pytest.skip("this Firefox has no H.264: install the system's libavcodec")
    yield running
    running.end()


@pytest.fixture
def desk(tmp_path: Path, free: Callable[[], int]) -> Iterator[Numbered]:
    page = Numbered(free(), tmp_path, "30000/1001")
    page.start()
    yield page
    page.stop()


def shows(firefox: Firefox) -> list[object]:
    firefox.until(SETTLED)
    return firefox.value(f"[({READ})(), {CLOCK}.shown.value, {CLOCK}.exact.value]")  # type: ignore[no-any-return]


def test_the_picture_is_the_frame_asked_for(firefox: Firefox, desk: Numbered) -> None:
    firefox.go(desk.url)
    firefox.until("document.querySelector('.vig-timeline') && document.querySelector('video').readyState >= 2")
    here = 0
    for key, by in (("ArrowRight", 1), ("ArrowLeft", -1)):
        for _ in range(12):
            firefox.press(key)
            here += by
            assert shows(firefox) == [here, here, True]
    chance = random.Random(3)
    for frame in [299, *(chance.randrange(300) for _ in range(15))]:
        firefox.value(f"{CLOCK}.seekFrame({frame})")
        assert shows(firefox) == [frame, frame, True]
    # It plays, and after a pause the picture is the frame that the clock names.
    firefox.value(f"{CLOCK}.seekFrame(0)")
    shows(firefox)
    firefox.press("k")
    firefox.until(f"{CLOCK}.shown.value > 20")
    firefox.press("k")
    picture, frame, exact = shows(firefox)
    assert exact
    assert picture == frame
    # On a busy machine the picture lags behind what was played; the clock then goes back to what is seen.
    assert 0 < frame < 200  # type: ignore[operator]


def test_an_exercise_from_sign_in_to_hand_in(
    firefox: Firefox, service: Service, trainee: Person, screenshots: Path
) -> None:
    firefox.go(f"{service.url}/sign-in")
    for field, text in (("login", trainee.login), ("password", PASSWORD)):
        firefox.click(f"document.querySelector('#{field}')")
        for letter in text:
            firefox.press(letter)
    firefox.click(BUTTON.format("form button", "Sign in"))
    firefox.until("location.pathname === '/learning' && document.readyState === 'complete'")
    firefox.go(f"{service.url}/exercises/first-look")
    firefox.until("document.querySelector('.vig-timeline') && document.querySelector('video').readyState >= 2")
    firefox.until("document.querySelector('.vig-saved').textContent.includes('ready')")
    firefox.press("Shift", "ArrowRight")
    firefox.until(STILL)
    firefox.press("i")
    saved(firefox, "1 moment saved")
    left, _, width, _ = firefox.box("document.querySelector('.vig-canvases')")
    _, top, _, height = firefox.box(BUTTON.format(".vig-gutter .vig-lane", "Attentive"))
    middle = top + height / 2
    firefox.drag((left + width * 0.3, middle), (left + width * 0.5, middle))
    saved(firefox, "all 2 moments saved")
    observation = firefox.value("[...__vigwidgets.benches.keys()][0]")
    with Records.open(service.data) as records:
        first, dragged = sorted(records.observation(observation).observation.tags, key=lambda tag: tag.end or 0)
        duration = records.observation(observation).observation.duration
    assert (first.code, first.end) == ("initiative", None)
    assert dragged.end is not None
    assert abs(dragged.start / duration - 0.3) < 0.02
    assert abs(dragged.end / duration - 0.5) < 0.02
    # Dragged once more, by its middle: it moves and keeps its length.
    firefox.drag((left + width * 0.4, middle), (left + width * 0.6, middle))
    firefox.until(f"{tags(observation)}.some((tag) => tag.start > {dragged.start})")
    saved(firefox, "all 2 moments saved")
    moved = next(tag for tag in firefox.value(tags(observation)) if tag["id"] == dragged.id)
    assert abs((moved["end"] - moved["start"]) - (dragged.end - dragged.start)) <= 100_000
    firefox.click(BUTTON.format("button", "Hand in"))
    firefox.until("document.querySelector('dialog[open], [role=dialog]')")
    time.sleep(0.3)
    firefox.click(BUTTON.format("dialog button, [role=dialog] button", "Hand in"))
    firefox.until("location.pathname.startsWith('/attempts/')", 60)
    with Records.open(service.data) as records:
        assert records.observation(observation).frozen


def tags(observation: str) -> str:
    return f"__vigwidgets.benches.get('{observation}').tags()"


def saved(firefox: Firefox, words: str) -> None:
    firefox.until(f"document.querySelector('.vig-saved').textContent.includes('{words}')")

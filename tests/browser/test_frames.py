"""The frame that is shown is the frame that was asked for: every frame carries its number in its picture."""

from __future__ import annotations

import atexit
import functools
import multiprocessing
import random
import shutil
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import watch
from tests.browser.numbered_page import make_film, serve

pytestmark = pytest.mark.browser

#: Reads the number off the picture that the video element shows now.
READ = """() => {
  const video = document.querySelector('video');
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0);
  const block = Math.floor(canvas.width / 12);
  let number = 0;
  for (let bit = 0; bit < 12; bit++) {
    const [red] = context.getImageData(bit * block + block / 2, canvas.height - 20, 1, 1).data;
    if (red > 127) number |= 1 << bit;
  }
  return number;
}"""
CLOCK = "__vigwidgets.clocks.get('obs-try')"
SHOWN = f"[{CLOCK}.shown.value, {CLOCK}.exact.value]"
SETTLED = f"{CLOCK}.wanted.value === null && !{CLOCK}.playing.value"


#: Forks each page's server from a process that has everything imported already, instead of starting Python anew.
FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["tests.browser.numbered_page"])


@functools.cache
def film_at(rate: str) -> Path:
    """Return a numbered film of this many frames a second, drawn once for all tests of this process."""
    place = Path(tempfile.mkdtemp(prefix="vig-numbered-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    up, down = rate.split("/")
    make_film(place / "film", 300, (int(up), int(down)))
    return place / "film"


@dataclass
class Numbered:
    """The page of a numbered film, over one file."""

    port: int
    folder: Path
    rate: str
    process: ForkServerProcess | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def said(self) -> dict[str, str]:
        """Return what else the page is told: its scheme, or what its sheet shows."""
        return {}

    def start(self) -> None:
        if not (self.folder / "film").exists():
            shutil.copytree(film_at(self.rate), self.folder / "film")
        self.process = FORKING.Process(target=serve, args=(self.folder, self.port), kwargs=self.said(), daemon=True)
        self.process.start()
        for _ in range(300):
            try:
                # A page of fifty thousand moments takes a busy machine more than a second; whoever gives up and asks
                # again only makes it slower.
                urllib.request.urlopen(self.url, timeout=60)
                return
            except OSError:
                assert self.process.is_alive(), "the page's server ended"
                time.sleep(0.05)
        raise AssertionError("the page's server did not answer")

    def stop(self) -> None:
        assert self.process
        self.process.kill()
        self.process.join()


Maker = Callable[[str], Numbered]


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory, free: Callable[[], int]) -> Iterator[Maker]:
    made: dict[str, Numbered] = {}

    def make(rate: str) -> Numbered:
        if rate not in made:
            made[rate] = Numbered(free(), tmp_path_factory.mktemp("numbered"), rate)
            made[rate].start()
        return made[rate]

    yield make
    for page in made.values():
        page.stop()


@pytest.fixture(scope="module")
def free() -> Callable[[], int]:
    """A way to find a port that nobody listens on."""
    import socket

    def find() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    return find


@pytest.fixture
def open_page(chromium: Browser, numbered: Maker) -> Iterator[Callable[..., Page]]:
    contexts = []

    def enter(rate: str = "25/1", **how: object) -> Page:
        context = chromium.new_context(viewport={"width": 1440, "height": 960}, **how)
        contexts.append(context)
        page = context.new_page()
        watch(page)
        arrive(page, numbered(rate).url)
        return page

    yield enter
    for context in contexts:
        context.close()


def arrive(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(".vig-timeline")
    page.wait_for_function("document.querySelector('video').readyState >= 2")


def settle(page: Page) -> None:
    page.wait_for_function(SETTLED)


def seek(page: Page, frame: int) -> None:
    page.evaluate(f"{CLOCK}.seekFrame({frame})")
    settle(page)


@pytest.mark.parametrize("rate", ["25/1", "30000/1001", "60000/1001"])
def test_steps_and_seeks_show_the_frame_asked_for(open_page: Callable[..., Page], rate: str) -> None:
    page = open_page(rate)
    here = 0
    for key, by, times in (("ArrowRight", 1, 40), ("ArrowLeft", -1, 25)):
        for _ in range(times):
            page.keyboard.press(key)
            settle(page)
            here += by
            assert page.evaluate(SHOWN) == [here, True]
            assert page.evaluate(READ) == here
    chance = random.Random(7)
    for frame in [299, 0, *(chance.randrange(300) for _ in range(30))]:
        seek(page, frame)
        assert [page.evaluate(READ), *page.evaluate(SHOWN)] == [frame, frame, True]


def test_after_a_pause_the_clock_names_the_picture(open_page: Callable[..., Page]) -> None:
    page = open_page()
    for wait in (0.31, 0.47, 0.13, 0.36, 0.52):
        page.keyboard.press("k")
        time.sleep(wait)
        page.keyboard.press("k")
        settle(page)
        frame, exact = page.evaluate(SHOWN)
        assert exact
        assert frame > 0
        assert page.evaluate(READ) == frame
        assert page.locator(".vig-frame").inner_text() == f"frame {frame}"


def test_a_stretch_stops_on_its_last_frame(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.evaluate(f"{CLOCK}.playStretch({{start: 2000000, end: 2400000}})")
    page.wait_for_function(f"{CLOCK}.playing.value")
    settle(page)
    assert page.evaluate(READ) == 59


def test_a_loop_stays_inside_its_ends(open_page: Callable[..., Page]) -> None:
    page = open_page()
    seek(page, 50)
    page.keyboard.press("[")
    seek(page, 59)
    page.keyboard.press("]")
    page.evaluate("window.seen = []")
    page.evaluate(f"void {CLOCK}.shown.subscribe((frame) => window.seen.push(frame))")
    page.keyboard.press("r")
    time.sleep(1.6)
    page.keyboard.press("k")
    settle(page)
    seen = page.evaluate("window.seen")
    assert min(seen) >= 49
    # A busy machine's browser may be a few frames late to hear that the end was there; it must then come back.
    assert max(seen) <= 68, seen
    returns = [(earlier, later) for earlier, later in pairwise(seen) if later < earlier]
    assert len(returns) >= 2, seen
    assert all(earlier >= 56 and later <= 59 for earlier, later in returns), seen
    assert sum(frame <= 60 for frame in seen) >= 0.8 * len(seen), seen


def test_backwards_it_plays_backwards(open_page: Callable[..., Page]) -> None:
    page = open_page()
    seek(page, 120)
    page.keyboard.press("j")
    time.sleep(1)
    page.keyboard.press("k")
    settle(page)
    frame, exact = page.evaluate(SHOWN)
    assert exact
    assert 60 < frame < 115
    assert page.evaluate(READ) == frame

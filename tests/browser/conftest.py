"""A real service with the demonstration in it, and a real Chromium."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from scripts.chromium import ARGUMENTS, find

ROOT = Path(__file__).resolve().parent.parent.parent
DESKTOP = {"width": 1440, "height": 960}
PHONE = {"width": 390, "height": 844}

# A busy machine is slow; that is no fault of the page. Speed is measured in benchmarks/, never here.
PATIENCE = 60_000
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give what starts servers and browsers five minutes, and begin with what takes long: nobody waits for it then."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.timeout(300))


_thrown: list[str] = []


def watch(page: Page) -> None:
    """Let the test fail, when it is over, if anything on the page throws."""
    # Failing at once, inside Playwright's own loop, would end its driver.
    page.on("pageerror", lambda error: _thrown.append(str(error)))


@pytest.fixture(autouse=True)
def nothing_thrown(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail when a watched page threw; but JupyterLab may, where its server is killed."""
    _thrown.clear()
    yield
    assert request.node.get_closest_marker("throws") or not _thrown, f"threw: {_thrown}"


@dataclass
class Service:
    """A running service.

    Attributes:
        url: Its address, without a slash at the end.
        data: Its data directory.
    """

    url: str
    data: Path
    process: subprocess.Popen[bytes]

    def start(self) -> None:
        """Start (again) on the same port, and wait until it answers."""
        port = self.url.rsplit(":", 1)[1]
        command = [sys.executable, "-m", "vigwidgets.cli", "--data", str(self.data), "serve", "--demo", "--port", port]
        with (self.data.parent / "service.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT)
        for _ in range(900):
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=1)
                return
            except (urllib.error.URLError, OSError):
                assert self.process.poll() is None, (self.data.parent / "service.log").read_text()[-3000:]
                time.sleep(0.1)
        raise AssertionError("the service did not answer within 90 s")

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _take_over(kept: Path, data: Path) -> None:
    """Copy the films that the notebooks' check drew; the demonstration draws anew whatever has changed since."""
    if (kept / "demo.json").exists():
        data.mkdir(parents=True)
        shutil.copytree(kept / "films", data / "films")
        shutil.copy(kept / "demo.json", data)


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demonstration as it is on its first day, to be copied; drawn once, whatever number of workers there are."""
    base = tmp_path_factory.getbasetemp()
    drawn = (base if worker_id == "master" else base.parent) / "demonstration"
    with (drawn.parent / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not drawn.exists():
            making = tmp_path_factory.mktemp("drawing") / "data"
            _take_over(ROOT / ".demo", making)
            command = [sys.executable, "-m", "vigwidgets.cli", "--data", str(making), "demo", "--first"]
            subprocess.run(command, check=True, cwd=ROOT)
            making.rename(drawn)
    return drawn


@pytest.fixture(scope="session")
def demo_data(first_day: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the demonstration's people and films, for all tests of this process."""
    return Path(shutil.copytree(first_day, tmp_path_factory.mktemp("vig") / "data"))


@pytest.fixture(scope="session")
def service(demo_data: Path) -> Iterator[Service]:
    """The service, started as `make run` starts it."""
    running = Service(f"http://127.0.0.1:{free_port()}", demo_data, None)  # type: ignore[arg-type]
    running.start()
    yield running
    running.process.terminate()
    running.process.wait(20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A Chromium that plays H.264: without it, nothing here means anything."""
    path = find()
    if path is None:
        pytest.fail("No Chromium was found; run `python -m scripts.chromium`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = browser.new_page()
        plays = page.evaluate("document.createElement('video').canPlayType('video/mp4; codecs=\"avc1.64001f\"')")
        page.close()
        assert plays, f"{path} cannot play H.264; install Debian's chromium or Google Chrome, or set VIG_CHROMIUM."
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser, service: Service) -> Iterator[BrowserContext]:
    """A fresh profile that fails the test when a page asks another host, logs an error or throws."""
    fresh = chromium.new_context(base_url=service.url, viewport=DESKTOP)
    fresh.set_default_timeout(PATIENCE)
    foreign: list[str] = []
    thrown: list[str] = []
    allowed = re.compile(rf"^({re.escape(service.url)}|{re.escape(service.url.replace('http', 'ws', 1))}|data:|blob:)")
    fresh.on("request", lambda r: None if allowed.match(r.url) else foreign.append(r.url))
    fresh.on("weberror", lambda e: thrown.append(str(e.error)))
    yield fresh
    fresh.close()
    assert not foreign, f"asked another host: {foreign}"
    assert not thrown, f"threw: {thrown}"


@pytest.fixture
def sign_in(context: BrowserContext) -> Callable[..., Page]:
    """Sign in as a demonstration person, as a person does: ``page = sign_in("trainee")``."""

    def enter(role: str) -> Page:
        page = context.new_page()
        page.goto("/sign-in")
        page.locator("button.person", has=page.get_by_text(role, exact=True)).click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    return enter


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where the pictures go, for people to look at; see `take`."""
    return Path(os.environ.get("VIG_SCREENSHOTS", ROOT / "tests" / "browser" / "screenshots"))


def looked_at() -> bool:
    """Return whether somebody will look at pictures, as ``VIG_SCREENSHOTS`` says: the tests themselves need none."""
    return "VIG_SCREENSHOTS" in os.environ


def take(shown: Page | Locator, path: Path, *, full_page: bool = False) -> None:
    """Take a picture, where somebody will look at it."""
    if not looked_at():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(shown, Page):
        shown.screenshot(path=path, full_page=full_page)
    else:
        shown.screenshot(path=path)

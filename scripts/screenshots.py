"""Take the README's pictures from a running demonstration, so that they show what is there: `make screenshots`."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.chromium import ARGUMENTS, find

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
CLOCK = "[...window.__vigwidgets.clocks.values()][0]"

#: What the picture's trainee saw: the key, from, to (seconds); a point where both are the same.
SEEN = (("1", 1.2, 5.0), ("i", 5.6, 5.6), ("3", 6.8, 9.0), ("i", 12.1, 12.1), ("4", 15.0, 18.6), ("i", 21.0, 21.0))


@contextmanager
def demonstration() -> Iterator[str]:
    """Serve the demonstration from a fresh data directory; gives its address."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
        probe.close()
        vig = [sys.executable, "-m", "vigwidgets.cli", "--data", folder]
        subprocess.run([*vig, "demo", "--first"], check=True, cwd=ROOT)
        service = subprocess.Popen([*vig, "serve", "--demo", "--port", port], cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            service.terminate()
            service.wait(20)


def wait_for(address: str) -> None:
    """Wait up to 30 s until the service answers."""
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/health", timeout=1)  # noqa: S310 - our own address
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The service did not answer at {address} within 30 s; start it by hand to see why.")


def take(page: Page, name: str) -> None:
    """Keep what the window shows."""
    page.wait_for_timeout(700)
    page.screenshot(path=PICTURES / f"{name}.jpg", type="jpeg", quality=85)


def sign_in(browser: Browser, address: str, role: str, size: dict[str, int]) -> Page:
    """Sign in as a person of the demonstration."""
    held = size is PHONE
    context = browser.new_context(
        base_url=address,
        viewport=size,  # type: ignore[arg-type]
        device_scale_factor=1.5,
        has_touch=held,
        is_mobile=held,
    )
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("button.person", has=page.get_by_text(role, exact=True)).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def move_to(page: Page, seconds: float) -> None:
    """Bring the film to a moment, and wait until it is on the screen."""
    page.evaluate(f"{CLOCK}.seekTime({round(seconds * 1e6)})")
    while not page.evaluate(f"{CLOCK}.wanted.value === null"):
        page.wait_for_timeout(30)


def tag(page: Page) -> None:
    """Tag what the picture's trainee saw, by key."""
    for key, start, end in SEEN:
        move_to(page, start)
        if end > start:
            page.evaluate(f"{CLOCK}.play()")
        page.keyboard.press(key)
        if end > start:
            while page.evaluate(f"{CLOCK}.time.value") < end * 1e6:
                page.wait_for_timeout(20)
            page.keyboard.press(key)
            page.evaluate(f"{CLOCK}.pause()")


def trainee(browser: Browser, address: str) -> None:
    """Take the trainee's way: learning, exercise, feedback, and the exercise on a phone."""
    page = sign_in(browser, address, "trainee", DESKTOP)
    take(page, "learning")
    page.goto("/exercises/receiving-initiatives")
    page.wait_for_selector(".vig-timeline")
    tag(page)
    move_to(page, 7.4)
    take(page, "exercise")
    phone = sign_in(browser, address, "trainee", PHONE)
    phone.goto("/exercises/first-look")
    phone.wait_for_selector(".vig-timeline")
    move_to(phone, 4.2)
    take(phone, "phone")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in", exact=True).click()
    page.wait_for_url("**/attempts/*", timeout=60_000)
    take(page, "feedback")


def main() -> None:
    """Take them all."""
    PICTURES.mkdir(exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        trainee(browser, address)
        supervisor = sign_in(browser, address, "supervisor", DESKTOP)
        take(supervisor, "supervision")
        browser.close()


if __name__ == "__main__":
    main()

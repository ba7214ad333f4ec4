"""In JupyterLab moments are a file beside the notebook: a kernel, the server and the browser are killed there too."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.killing import Chrome, Said, descendants, seed, work_until
from tests.browser.lab import start
from tests.browser.numbered_page import make_film
from tests.browser.test_frames import free
from tests.browser.test_lab import run_all, write_notebook

__all__ = ["free"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.throws,
]
KILLS = {"kernel": 1, "browser": 1, "server": 1}
MANY = {"kernel": 50, "browser": 30, "server": 20}


class Lab:
    """A JupyterLab of its own over a folder with a film and a notebook of one tagger."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port, self.url = folder, port, f"http://127.0.0.1:{port}"
        self.file = folder / "numbered.observation.json"
        self.process: subprocess.Popen[bytes] | None = None
        make_film(folder / "film", 300)
        write_notebook(folder / "try.ipynb", ["from vigwidgets import Tagger\nTagger('film')"])

    def start(self) -> None:
        self.process = start(self.folder, self.port)

    def kill(self) -> None:
        """End the server and its kernels as a power cut would."""
        assert self.process
        kernels = self.kernels()
        os.killpg(self.process.pid, signal.SIGKILL)
        for kernel in kernels:
            kernel.kill()
        self.process.wait()

    def kernels(self) -> list:  # type: ignore[type-arg]
        assert self.process
        return descendants(self.process.pid, "ipykernel_launcher")

    def kill_kernel(self) -> None:
        for kernel in self.kernels():
            kernel.kill()


@pytest.fixture
def lab(tmp_path: Path, free: Callable[[], int]) -> Iterator[Lab]:
    made = Lab(tmp_path, free())
    made.start()
    yield made
    made.kill()


def arrive(chrome: Chrome, lab: Lab, said: Said) -> Page:
    """Open the notebook and run it, in the browser that runs; whatever was open is closed."""
    context = chrome.context or chrome.start()
    left = list(context.pages)
    context.once("page", said.listen)
    page = run_all(context, f"{lab.url}/lab/tree/try.ipynb?reset", 1)
    for one in left:
        one.close()
    expect(page.locator(".vig-saved")).to_contain_text("numbered.observation.json")
    page.locator(".vig-clock").click()
    return page


def until_acknowledged(page: Page, said: Said, before: int) -> None:
    """Wait until one edit more is acknowledged: what the header says may still be said of the one before."""
    for _ in range(1200):
        if len(said.acknowledged) > before:
            return
        page.wait_for_timeout(50)
    raise AssertionError("nothing was acknowledged within a minute")


def trial(chromium: Browser, lab: Lab, kills: dict[str, int]) -> None:
    chance = random.Random(seed())
    order = [what for what, times in kills.items() for _ in range(times)]
    chance.shuffle(order)
    chrome = Chrome(chromium, Path(tempfile.mkdtemp(prefix="vig-profile-")))
    ends = {"kernel": lab.kill_kernel, "server": lab.kill, "browser": chrome.kill}
    said = Said()
    try:
        page = arrive(chrome, lab, said)
        for number, what in enumerate(order, 1):
            before = len(said.acknowledged)
            page.keyboard.press("i")
            until_acknowledged(page, said, before)
            # Nothing is taken back here, so that whatever was acknowledged has to be in the file.
            work_until(page, chance, ends[what], undo=False)
            if what == "server":
                lab.start()
            if what == "browser":
                chrome.context = None
            page = arrive(chrome, lab, said)
            check(lab, said)
            print(
                f"{number} of {len(order)} kills, {len(said.acknowledged)} edits acknowledged",
                file=sys.stderr,
                flush=True,
            )
    finally:
        chrome.forget()


def check(lab: Lab, said: Said) -> None:
    """Compare what was acknowledged with the file."""
    kept = {tag["id"] for tag in json.loads(lab.file.read_text())["tags"]}
    for edit in said.acknowledged:
        put = {change["tag"]["id"] for change in said.sent[edit]["changes"] if change["op"] == "put"}
        assert put
        assert put <= kept, f"{edit} was acknowledged and is not in {lab.file.name}"


@pytest.mark.timeout(900)
def test_kills_in_jupyterlab_lose_nothing(lab: Lab, chromium: Browser) -> None:
    trial(chromium, lab, KILLS)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_a_hundred_kills_in_jupyterlab_lose_nothing(lab: Lab, chromium: Browser) -> None:
    trial(chromium, lab, MANY)

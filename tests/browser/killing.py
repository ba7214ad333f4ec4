"""What the trials of killing share: a Chromium that can be killed, what was acknowledged, and what is in the log."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, BrowserContext, Page, WebSocket
from playwright.sync_api import Error as BrowserError

from scripts.chromium import ARGUMENTS, find

KEYS = ("i", "i", "3", "1", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "ArrowLeft")


@dataclass
class Chrome:
    """A Chromium of its own, with a profile that outlives it, as a person's does.

    Attributes:
        driver: Any running browser of the tests: its driver speaks with this one too.
        profile: Where the profile lies.
    """

    driver: Browser
    profile: Path
    process: subprocess.Popen[bytes] | None = None
    context: BrowserContext | None = None

    def start(self) -> BrowserContext:
        """Start (again) with the same profile."""
        told = self.profile / "DevToolsActivePort"
        told.unlink(missing_ok=True)
        for left in self.profile.glob("Singleton*"):
            left.unlink()
        program = find()
        assert program
        own = [
            "--headless=new",
            "--window-size=1440,1100",
            "--remote-debugging-port=0",
            f"--user-data-dir={self.profile}",
            "about:blank",
        ]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen([program, *ARGUMENTS, *own], stdout=quiet, stderr=quiet, start_new_session=True)
        for _ in range(600):
            lines = told.read_text().split() if told.exists() else []
            if len(lines) == 2:
                break
            time.sleep(0.05)
        else:
            raise AssertionError("Chromium did not say where it listens")
        browser = self.driver.browser_type.connect_over_cdp(f"http://127.0.0.1:{lines[0]}")
        self.context = browser.contexts[0]
        self.context.set_default_timeout(60_000)
        return self.context

    def kill(self) -> None:
        """End all its processes at once, as when a laptop's battery is taken out."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def forget(self) -> None:
        """Kill it and remove its profile."""
        self.kill()
        shutil.rmtree(self.profile, ignore_errors=True)


@dataclass
class Said:
    """What the page sent, and what it was told was saved.

    Attributes:
        sent: Every edit that left the browser, by id.
        acknowledged: The ids of those that were acknowledged, in order.
    """

    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    acknowledged: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Take down what goes over the page's sockets, whether the service's or a kernel's."""

        def opened(socket: WebSocket) -> None:
            socket.on("framesent", lambda payload: self._hear(message_of(payload)))
            socket.on("framereceived", lambda payload: self._hear(message_of(payload)))

        page.on("websocket", opened)

    def _hear(self, message: dict[str, Any]) -> None:
        if message.get("type") == "edit":
            self.sent.setdefault(message["edit"]["id"], message["edit"])
        elif message.get("type") == "ack":
            self.acknowledged.append(message["edit"])


def message_of(payload: str | bytes) -> dict[str, Any]:
    """Return our message in a frame: the frame itself or the content of a Jupyter message; else nothing."""
    if isinstance(payload, bytes):
        payload = _jupyter_content(payload)
    try:
        message = json.loads(payload)
    except ValueError:
        return {}
    if not isinstance(message, dict):
        return {}
    if "type" in message:
        return message
    told = message.get("data", {}) if isinstance(message.get("data"), dict) else {}
    content = told.get("content")
    if not isinstance(content, dict):
        return {}
    inner = content.get("message") or content.get("value")
    return inner if isinstance(inner, dict) else {}


def _jupyter_content(frame: bytes) -> bytes:
    """Return the content of a message in ``v1.kernel.websocket.jupyter.org``."""
    count = int.from_bytes(frame[:8], "little")
    if not 5 < count < 100:
        return b""
    places = [int.from_bytes(frame[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)]
    return frame[places[4] : places[5]]


def work_until(page: Page, chance: random.Random, kill: Callable[[], None], *, undo: bool = True) -> None:
    """Tag as quickly as keys go, while something is killed at a moment that nobody knows."""
    delay = chance.uniform(0.02, 0.5)
    timer = threading.Timer(delay, kill)
    timer.start()
    end = time.monotonic() + delay + 0.1
    keys = (*KEYS, "Control+z") if undo else KEYS
    try:
        while time.monotonic() < end:
            page.keyboard.press(chance.choice(keys))
    except BrowserError:  # it was the browser that was killed
        pass
    finally:
        timer.join()


def descendants(process: int, words: str) -> list[psutil.Process]:
    """Return the processes below one whose command line holds ``words``."""
    found = []
    for child in psutil.Process(process).children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if words in " ".join(child.cmdline()):
                found.append(child)
    return found


def seed() -> int:
    """Return the seed of this run: ``VIG_SEED``, or a new one that is printed when a test fails."""
    chosen = int(os.environ.get("VIG_SEED") or random.SystemRandom().randrange(1 << 30))
    print(f"VIG_SEED={chosen} does the same again")
    return chosen

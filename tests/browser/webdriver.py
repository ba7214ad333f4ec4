"""Debian's Firefox through WebDriver BiDi, which Firefox speaks by itself: no driver program stands between."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import websocket

NAMES = ("firefox-esr", "firefox")
#: A browser under test asks nobody anything, and plays without being touched first.
PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.auto": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "media.autoplay.default": 0,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}
#: Keys as WebDriver writes them.
SPECIAL = {"ArrowLeft": "\ue012", "ArrowRight": "\ue014", "Shift": "\ue008", "Home": "\ue011", "End": "\ue010"}


def find() -> str | None:
    """Return the path of a Firefox on this machine; ``VIG_FIREFOX`` names one first."""
    if chosen := os.environ.get("VIG_FIREFOX"):
        return chosen
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Firefox:
    """One Firefox with one tab.

    Args:
        program: Its path.
        folder: An empty folder for its profile and its log.
    """

    def __init__(self, program: str, folder: Path) -> None:
        profile = folder / "profile"
        profile.mkdir()
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines))
        self._log = folder / "firefox.log"
        command = [
            *(program, "--headless", "--no-remote", "--width", "1440", "--height", "960"),
            *("--profile", str(profile), "--remote-debugging-port", "0", "about:blank"),
        ]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | {"HOME": str(folder)})
        self._count = 0
        self._line = websocket.create_connection(f"{self._address()}/session", timeout=60, suppress_origin=True)
        self.version = self.ask("session.new", capabilities={})["capabilities"]["browserVersion"]
        self._tab = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        size = {"width": 1440, "height": 960}
        self.ask("browsingContext.setViewport", context=self._tab, viewport=size)

    def _address(self) -> str:
        for _ in range(600):
            if found := re.search(r"BiDi listening on (ws://\S+)", self._log.read_text(errors="replace")):
                return found[1]
            assert self._process.poll() is None, self._log.read_text(errors="replace")
            time.sleep(0.1)
        raise AssertionError("Firefox did not say where it listens within a minute")

    def ask(self, method: str, **given: Any) -> Any:
        """Send one command and return its result."""
        self._count += 1
        self._line.send(json.dumps({"id": self._count, "method": method, "params": given}))
        while True:
            told = json.loads(self._line.recv())
            if told.get("id") == self._count:
                assert told["type"] == "success", f"{method}: {told}"
                return told["result"]

    def go(self, url: str) -> None:
        """Open a page and wait until it is loaded."""
        self.ask("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def value(self, expression: str) -> Any:
        """Return what an expression gives, as plain data."""
        given = f"Promise.resolve({expression}).then((it) => JSON.stringify(it ?? null))"
        result = self.ask("script.evaluate", expression=given, target={"context": self._tab}, awaitPromise=True)
        assert result["type"] == "success", result
        return json.loads(result["result"]["value"])

    def until(self, holds: str, seconds: float = 30) -> None:
        """Wait until an expression holds."""
        end = time.monotonic() + seconds
        while not self.value(holds):
            assert time.monotonic() < end, f"after {seconds} s this does not hold yet: {holds}"
            time.sleep(0.03)

    def press(self, *keys: str) -> None:
        """Press keys together: the last, while those before it are held."""
        values = [SPECIAL.get(key, key) for key in keys]
        down = [{"type": "keyDown", "value": value} for value in values]
        up = [{"type": "keyUp", "value": value} for value in reversed(values)]
        self._perform({"type": "key", "id": "keys", "actions": [*down, *up]})

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drag with the mouse from one place of the window to another; a click where they are the same."""
        moves = [start, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), end]
        first, *rest = [{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 40} for x, y in moves]
        pressed = [{"type": "pointerDown", "button": 0}, *rest, {"type": "pointerUp", "button": 0}]
        mouse = {"pointerType": "mouse"}
        self._perform({"type": "pointer", "id": "mouse", "parameters": mouse, "actions": [first, *pressed]})

    def click(self, found: str) -> None:
        """Click on the middle of the element that an expression gives."""
        self.value(f"({found}).scrollIntoView({{block: 'center'}})")
        left, top, width, height = self.box(found)
        middle = (left + width / 2, top + height / 2)
        self.drag(middle, middle)

    def box(self, found: str) -> list[float]:
        """Return left, top, width and height of an element in the window."""
        place: list[float] = self.value(
            f"(({{x, y, width, height}}) => [x, y, width, height])(({found}).getBoundingClientRect())"
        )
        return place

    def _perform(self, source: dict[str, Any]) -> None:
        self.ask("input.performActions", context=self._tab, actions=[source])

    def end(self) -> None:
        """Close it."""
        self._line.close()
        self._process.terminate()
        self._process.wait(20)

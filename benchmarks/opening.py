"""Opening a film of ten minutes: our exercise page beside ``ipywidgets.Video`` in stock Voila.

The same file (640×360, little in it, 23 MB). Time runs from the navigation to the film's first frame, as the browser
says it; bytes are all that came until a second after that, sockets included. Each visit has a fresh profile.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser

from benchmarks._films import ten_minutes
from benchmarks._sites import ours, profile, stock_voila
from benchmarks._web import chromium, less_is_better, until

VISITS = 3
_FIRST_FRAME = """
(() => {
  const watched = new WeakSet();
  const look = () => {
    for (const video of document.querySelectorAll("video")) {
      if (watched.has(video)) continue;
      watched.add(video);
      video.requestVideoFrameCallback((now) => { window.firstFrame ??= now; });
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
})();
"""
Visit = tuple[float, float]


def run() -> list[dict[str, Any]]:
    """Return two rows: seconds to the first frame, and megabytes."""
    film = ten_minutes("hello") / "proxy.mp4"
    cell = f"import ipywidgets\nipywidgets.Video.from_file({str(film)!r})"
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        with ours(Path(folder) / "data") as (url, token):
            mine = [_visit(browser, url, token) for _ in range(VISITS + 1)][1:]
        with stock_voila(Path(folder) / "stock", cell) as url:
            theirs = [_visit(browser, url) for _ in range(VISITS + 1)][1:]
    (frame, size), (their_frame, their_size) = (
        [median(one[part] for one in visits) for part in (0, 1)] for visits in (mine, theirs)
    )
    name = "opening ten minutes of film"
    return [
        less_is_better(f"{name}: to its first frame (other: ipywidgets.Video)", frame, their_frame, "s", most=None),
        less_is_better(f"{name}: bytes that came by then (other: ipywidgets.Video)", size, their_size, "MB", most=None),
    ]


def _visit(browser: Browser, url: str, token: str | None = None) -> Visit:
    """Return the seconds to the first frame, and the megabytes that came until a second after it."""
    with profile(browser, _FIRST_FRAME, url, token) as context:
        page = context.new_page()
        sizes: dict[str, float] = defaultdict(float)
        network = context.new_cdp_session(page)
        network.send("Network.enable")

        def add(request: str, size: float) -> None:
            sizes[request] += size

        def framed(told: dict[str, Any]) -> None:
            response = told["response"]
            part = 0.75 if response["opcode"] == 2 else 1.0  # binary is told in base 64
            add(told["requestId"], len(response["payloadData"]) * part)

        network.on("Network.dataReceived", lambda told: add(told["requestId"], told["dataLength"]))
        network.on("Network.webSocketFrameReceived", framed)
        page.goto(url, wait_until="commit", timeout=60_000)
        until(page, "(window.firstFrame ?? null) !== null", 90)
        first = page.evaluate("firstFrame") / 1000
        end = time.monotonic() + 1
        while time.monotonic() < end:
            page.wait_for_timeout(50)
        return first, sum(sizes.values()) / 1e6

"""Showing the frame that was asked for: ours beside a bare ``<video>`` with ``currentTime = frame / rate``.

Films whose every picture carries its number are taken in as a telephone's would be, at six rates, 720p. Both players
show the same proxy in the same browser, step forwards and backwards and seek at random; what came is read off the
picture. Time runs from the asking to the frame's being presented (for a bare element that presents nothing new, to its
``seeked``); ours is done only when it has confirmed which frame it shows.
"""

from __future__ import annotations

import random
import tempfile
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any

import av
import numpy as np
from playwright.sync_api import Browser

from benchmarks._web import VIEWPORT, chromium, less_is_better, numbered, p95, until
from tests.browser.numbered_page import CAST, numbered_frame
from tests.browser.test_frames import CLOCK, READ
from vigwidgets.films import FilmLibrary, take_in

FRAMES = 200
STEPS, SEEKS = 30, 40
TARGET_MS = 33.0
RATES = {
    "23.976 fps": Fraction(24000, 1001),
    "25 fps": Fraction(25),
    "29.97 fps": Fraction(30000, 1001),
    "50 fps": Fraction(50),
    "59.94 fps": Fraction(60000, 1001),
    "variable rate": None,
}
CLOCKWORK = 90_000

#: Goes to frames one after the other; gives for each the milliseconds and the number in the picture.
_OURS = f"""async (asked) => {{
  const read = {READ};
  const clock = {CLOCK};
  const came = [];
  for (const frame of asked) {{
    const begun = performance.now();
    const step = frame - clock.frame.value;
    if (Math.abs(step) === 1) clock.step(step); else clock.seekFrame(frame);
    await new Promise((done) => {{
      const stop = clock.wanted.subscribe((wanted) => wanted === null && queueMicrotask(() => {{ stop(); done(); }}));
    }});
    came.push([performance.now() - begun, read()]);
  }}
  return came;
}}"""
_BARE = f"""async ([asked, rate]) => {{
  const read = {READ};
  const video = document.querySelector('video');
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const came = [];
  for (const frame of asked) {{
    const begun = performance.now();
    let presented = null;
    let sought = null;
    const handle = video.requestVideoFrameCallback(() => {{ presented = performance.now(); }});
    const seeked = new Promise((done) => {{ video.onseeked = () => {{ sought = performance.now(); done(); }}; }});
    video.currentTime = frame / rate;
    await seeked;
    for (let i = 0; i < 30 && presented === null; i++) await wait(4);
    video.cancelVideoFrameCallback(handle);
    came.push([Math.max(presented ?? 0, sought) - begun, read()]);
  }}
  return came;
}}"""


def run() -> list[dict[str, Any]]:
    """Return two rows for each rate: how many frames were right, and how long they took."""
    rows: list[dict[str, Any]] = []
    with chromium() as browser:
        for name, rate in RATES.items():
            with tempfile.TemporaryDirectory() as folder:
                rows += _compare(browser, name, rate, Path(folder))
    return rows


def _compare(browser: Browser, name: str, rate: Fraction | None, folder: Path) -> list[dict[str, Any]]:
    library = FilmLibrary(folder / "data")
    film = take_in(_film(folder / "source.mp4", rate), library, cast=CAST, film_id="numbered")
    assert film.frames == FRAMES, film
    (folder / "film").symlink_to(library.file("numbered", "proxy.mp4").parent)
    asked = _asked()
    mean = float(rate or film.frames * 1e6 / film.duration)
    with numbered(folder) as url:
        page = browser.new_page(viewport=VIEWPORT)  # type: ignore[arg-type]
        page.goto(url)
        page.wait_for_selector(".vig-timeline")
        until(page, "document.querySelector('video').readyState >= 3")
        page.evaluate(_OURS, asked[:8])
        ours = page.evaluate(_OURS, asked)
        page.goto(f"{url}film/film.json")
        page.evaluate("document.body.innerHTML = '<video src=/film/proxy.mp4 preload=auto muted width=1280></video>'")
        until(page, "document.querySelector('video').readyState >= 3")
        page.evaluate(_BARE, [asked[:8], mean])
        other = page.evaluate(_BARE, [asked, mean])
        page.close()
    return [_exact(name, asked, ours, other), _quick(name, ours, other)]


def _asked() -> list[int]:
    """Return the frames to go to: forwards and backwards one by one, and anywhere."""
    chance = random.Random(11)
    forwards = list(range(61, 61 + STEPS))
    backwards = list(range(150, 150 - STEPS, -1))
    return [*forwards, *backwards, *(chance.randrange(FRAMES) for _ in range(SEEKS))]


def _film(path: Path, rate: Fraction | None) -> Path:
    """Write a numbered film, 720p; without a rate, each frame lasts as long as a telephone's in bad light."""
    chance = random.Random(5)
    if rate is None:
        lengths = [Fraction(1, chance.choice((15, 20, 24, 30, 30, 30, 60))) for _ in range(FRAMES)]
        times = [Fraction(0), *accumulate(lengths[:-1])]
    else:
        times = [n / rate for n in range(FRAMES)]
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=30, options={"preset": "ultrafast", "crf": "20", "g": "250"})
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        stream.codec_context.time_base = stream.time_base = Fraction(1, CLOCKWORK)
        for number, moment in enumerate(times):
            picture = np.repeat(np.repeat(numbered_frame(number), 2, axis=0), 2, axis=1)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = round(moment * CLOCKWORK), Fraction(1, CLOCKWORK)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def _exact(name: str, asked: list[int], ours: list[list[float]], other: list[list[float]]) -> dict[str, Any]:
    right = [sum(a == came for a, (_, came) in zip(asked, side, strict=True)) / len(asked) for side in (ours, other)]
    return {
        "name": f"frames shown as asked, {name} (other: bare video)", "ours": right[0], "other": right[1],
        "unit": "of 1", "ratio": right[0] / right[1] if right[1] else float("inf"), "target": "ours = 1",
        "holds": right[0] == 1.0,
    }  # fmt: skip


def _quick(name: str, ours: list[list[float]], other: list[list[float]]) -> dict[str, Any]:
    label = f"a step or seek at 720p, {name}, p95 (other: bare video)"
    mine, bare = (p95([spent for spent, _ in side]) for side in (ours, other))
    return less_is_better(label, mine, bare, "ms", most=TARGET_MS)

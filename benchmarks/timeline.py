"""Zooming and panning a timeline of many tags: ours beside wavesurfer.js regions and vis-timeline.

The same tags, ten minutes, in the same Chromium, one step after the other is drawn. A step costs what the page's thread
is busy for until it is drawn: script, style, layout and paint, as the browser counts them; that has to fit into one
display frame. Ours is moved by wheel events over its canvas, the others by their own calls.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks._films import FRAMES, RATE, SECONDS, ten_minutes
from benchmarks._web import ROOT, VIEWPORT, chromium, less_is_better, numbered, p95, until

COUNTS = (200, 2_000, 10_000, 50_000)
TARGET_MS, TARGET_TAGS = 16.7, 10_000
STEPS = 48
#: Seconds for one gesture of a slow timeline, for its tags to be put there, and for all of it, browser included.
GESTURE_S, PUTTING_S, LIMIT_S = 4, 20, 40
FRONTEND = ROOT / "frontend"
Gestures = dict[str, float]


def run() -> list[dict[str, Any]]:
    """Return four rows for each number of tags: zoom and pan, against each of the others."""
    rows: list[dict[str, Any]] = []
    known: dict[str, Gestures] = {}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        script = _bundle(Path(folder))
        for count in COUNTS:
            place = Path(folder) / str(count)
            place.mkdir()
            (place / "film").symlink_to(ten_minutes("numbered"))
            tags = _tags(count)
            (place / "try.observation.json").write_text(json.dumps(_observation(tags)))
            with numbered(place) as url:
                ours = _ours(browser, url, script, count)
                others = {kind: _within_limits(kind, count, url, script) for kind in ("wavesurfer", "vis")}
            rows += _rows(count, ours, others, known)
    return rows


def _rows(count: int, ours: Gestures, others: dict[str, Gestures | None], known: dict[str, Gestures]) -> list[Any]:
    """Return the rows of one number of tags; who gave up is shown, kindly, with its figures for fewer tags."""
    names = {"wavesurfer": "wavesurfer.js regions", "vis": "vis-timeline"}
    rows = []
    for kind, other in others.items():
        note = "" if other else f", given up after {LIMIT_S} s at most: its figure for fewer tags stands here"
        known[kind] = other or known[kind]
        for gesture in ("zoom", "pan"):
            name = f"{gesture} with {count:,} tags, a step, p95 (other: {names[kind]}{note})"
            most = TARGET_MS if count <= TARGET_TAGS else None
            rows.append(less_is_better(name, ours[gesture], known[kind][gesture], "ms", most=most))
    return rows


def _bundle(folder: Path) -> Path:
    """Bundle the page of the others, with what the front end's lock file names."""
    made = folder / "others.js"
    program = FRONTEND / "node_modules" / ".bin" / "esbuild"
    assert program.exists() and shutil.which("node"), "run `make frontend` first"  # noqa: PT018
    command = [
        *(str(program), str(Path(__file__).with_name("_timeline_page.js")), "--bundle", "--format=iife", "--minify"),
        *("--log-level=error", f"--outfile={made}"),
    ]
    subprocess.run(command, check=True, env=os.environ | {"NODE_PATH": str(FRONTEND / "node_modules")})
    return made


def _tags(count: int) -> list[tuple[int, int, int]]:
    """Return lane, first frame and frame after the last for tags spread over the film."""
    last = FRAMES - 100
    return [(i % 6, i * last // count, i * last // count + 12 + i % 7 * 9) for i in range(count)]


def _observation(tags: list[tuple[int, int, int]]) -> dict[str, Any]:
    frame = 1_000_000 // RATE
    return {
        "format": "vig-observation", "version": 1, "id": "obs-try", "film": "numbered",
        "duration": FRAMES * frame, "scheme": {"id": "paig", "version": "1"}, "observer": "try",
        "cast": [{"id": "mum", "role": "parent", "name": "parent"}, {"id": "baby", "role": "child", "name": "child"}],
        "tags": [
            {"id": f"t{i}", "code": str(lane + 1), "actor": "mum", "target": "baby",
             "start": first * frame, "end": end * frame}
            for i, (lane, first, end) in enumerate(tags)
        ],
    }  # fmt: skip


def _ours(browser: Browser, url: str, script: Path, count: int) -> Gestures:
    page = browser.new_page(viewport=VIEWPORT)  # type: ignore[arg-type]
    page.goto(url)
    page.wait_for_selector(".vig-timeline")
    until(page, "document.querySelector('video').readyState >= 2")
    until(page, f"document.querySelector('.vig-saved').textContent.includes('{count} moments saved')")
    page.add_script_tag(path=script)
    page.evaluate(f"window.other = bench.ours({SECONDS})")
    taken = _gestures(page)
    page.close()
    return taken


def _within_limits(kind: str, count: int, url: str, script: Path) -> Gestures | None:
    """Measure another in a process of its own: a page that is busy for minutes can only be ended from outside."""
    command = [sys.executable, "-m", "benchmarks.timeline", kind, str(count), url, str(script)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True)
    try:
        said, _ = process.communicate(timeout=LIMIT_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate()
        return None
    assert process.returncode == 0, f"{kind} with {count} tags ended with {process.returncode}"
    taken: Gestures | None = json.loads(said)
    return taken


def _other(kind: str, count: int, url: str, script: Path) -> Gestures | None:
    style = FRONTEND / "node_modules/vis-timeline/styles/vis-timeline-graph2d.min.css"
    spans = [(lane, a / RATE, b / RATE) for lane, a, b in _tags(count)]
    peaks = [one / 100 for one in json.loads((ten_minutes("numbered") / "peaks.json").read_text())["peaks"]]
    with chromium() as browser:
        page = browser.new_page(viewport=VIEWPORT)  # type: ignore[arg-type]
        page.goto(f"{url}film/film.json")
        page.add_style_tag(path=style)
        page.add_script_tag(path=script)
        put = f"async (given) => {{ window.other = await bench.{kind}(...given); return !!other; }}"
        return _gestures(page) if page.evaluate(put, [spans, SECONDS, peaks, PUTTING_S * 1000]) else None


def _gestures(page: Page) -> Gestures:
    """Zoom from the whole film to twenty seconds and back, then pan at a minute; the 95th of 100 steps, in ms."""
    half = STEPS // 2
    wide = [SECONDS * (20 / SECONDS) ** (i / half) for i in range(1, half + 1)]
    wide += [*reversed(wide[:-1]), SECONDS]
    zoom = _steps(page, [((SECONDS - one) / 2, one) for one in wide], zoomed=True)
    page.evaluate("() => bench.step(other, 0, 60, true)")
    pan = _steps(page, [(i * 2.0, 60.0) for i in range(STEPS)], zoomed=False)
    return {"zoom": p95(zoom), "pan": p95(pan)}


def _steps(page: Page, stretches: list[tuple[float, float]], *, zoomed: bool) -> list[float]:
    """Show stretches one after the other; for each, the milliseconds for which the page's thread was busy with it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy() -> float:
        told = devtools.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in told if one["name"] == "TaskDuration"))

    taken = []
    begun = time.monotonic()
    before = busy()
    for start, visible in stretches:
        page.evaluate("(given) => bench.step(other, ...given)", [start, visible, zoomed])
        now = busy()
        taken.append((now - before) * 1000)
        before = now
        if len(taken) >= 3 and time.monotonic() - begun > GESTURE_S:
            break
    devtools.detach()
    return taken


if __name__ == "__main__":
    print(json.dumps(_other(sys.argv[1], int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))))

"""What the benchmarks that need a browser share: a Chromium, servers that are ended again, rows."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.chromium import ARGUMENTS, find

ROOT = Path(__file__).resolve().parent.parent
VIEWPORT = {"width": 1440, "height": 960}


@contextlib.contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """Start the Chromium of the browser tests, with more arguments."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=[*ARGUMENTS, *more])
        yield browser
        browser.close()


@contextlib.contextmanager
def serving(command: Sequence[str], probe: str, *, cwd: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until it answers at ``probe``, and end it with all its children afterwards."""
    quiet = subprocess.DEVNULL
    here = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=here, cwd=cwd, start_new_session=True)
    try:
        wait_for(probe, process)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def wait_for(probe: str, process: subprocess.Popen[bytes]) -> None:
    """Wait a minute for a server to listen, and another for its answer."""
    for _ in range(600):
        try:
            # Whoever gives up after a second and asks again keeps a busy server from ever answering.
            urllib.request.urlopen(probe, timeout=60).close()
            return
        except OSError:
            assert process.poll() is None, f"the server of {probe} ended with {process.returncode}"
            time.sleep(0.1)
    raise AssertionError(f"{probe} did not answer within a minute")


@contextlib.contextmanager
def numbered(folder: Path) -> Iterator[str]:
    """Serve the front end's own page over ``folder/film``; gives its address."""
    url = f"http://127.0.0.1:{free_port()}/"
    page = ROOT / "tests" / "browser" / "numbered_page.py"
    command = [sys.executable, str(page), "--port", url.rsplit(":", 1)[1].strip("/"), "--folder", str(folder)]
    with serving(command, url):
        yield url


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(page: Page, holds: str, seconds: float = 60) -> None:
    """Wait until an expression holds; a page that forbids code made from text leaves Playwright's waiting no way."""
    end = time.monotonic() + seconds
    while not page.evaluate(holds):
        assert time.monotonic() < end, f"after {seconds} s this does not hold yet: {holds}"
        page.wait_for_timeout(20)


def p95(values: Sequence[float]) -> float:
    """Return the 95th of 100."""
    return sorted(values)[int(len(values) * 0.95)]


def less_is_better(name: str, ours: float, other: float, unit: str, *, most: float | None) -> dict[str, Any]:
    """Return a row whose ratio is other ÷ ours; without ``most``, ours has to be the lesser."""
    target = f"ours ≤ {most:g} {unit}" if most is not None else "ratio ≥ 1"
    holds = ours <= most if most is not None else ours <= other
    ratio = other / ours if ours else float("inf")
    return {
        "name": name, "ours": ours, "other": other, "unit": unit, "ratio": ratio, "target": target,
        "holds": bool(holds),
    }  # fmt: skip

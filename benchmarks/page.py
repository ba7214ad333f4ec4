"""The exercise page beside stock Voila that serves a notebook with the same player, in the same run.

Each visit to be timed has a fresh profile; the two take turns. A film's first frame is what the browser says it
showed (`requestVideoFrameCallback`), from the start of the navigation. The bytes of a revisit are those that came over
the network for the same page again, without the film's own; WebSockets are left out on both sides.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import nbformat
import psutil
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts.chromium import ARGUMENTS, find
from vigwidgets.films import FilmLibrary
from vigwidgets.films.dyad import load_script, render
from vigwidgets.records import Records
from vigwidgets.resources import resource_path
from vigwidgets.service.identity import COOKIE

VISITS = 5
FILM = "hello"
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


@dataclass
class Site:
    """A server, its page, and who is to be remembered by its cookies."""

    url: str
    process: subprocess.Popen[bytes]
    cookies: list[dict[str, Any]] = field(default_factory=list)
    frames: list[float] = field(default_factory=list)

    def kernels(self) -> list[psutil.Process]:
        """Return the processes of its kernels."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        forked = [child for child in children if "vigwidgets.kernels._parent" in " ".join(_words(child))]
        if forked:  # a forked kernel keeps its parent's command line; the parent is the one whose parent is the server
            return [child for child in forked if child.ppid() != self.process.pid]
        return [child for child in children if "ipykernel_launcher" in " ".join(_words(child))]


def _words(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


def run() -> list[dict[str, Any]]:
    """Return the rows: first frame, bytes of a revisit, memory of a page's kernel."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        data = Path(folder) / "data"
        token = _prepare(data)
        ours = stack.enter_context(_ours(data, token))
        stock = stack.enter_context(_stock(Path(folder), data))
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=find(), args=ARGUMENTS)
        stack.callback(browser.close)
        for site in (ours, stock):  # neither is asked for its very first page
            _visit(browser, site)
            site.frames.clear()
        for _ in range(VISITS):
            for site in (ours, stock):
                _visit(browser, site)
        again = [_revisit(browser, site) for site in (ours, stock)]
        own = [_memory(browser, site) for site in (ours, stock)]
    first = [median(site.frames) for site in (ours, stock)]
    return [
        _row("page: navigation to the film's first frame", *first, "s", "ratio ≥ 10", lambda a, b: b / a >= 10),
        _row("page: bytes of a revisit, beside the film", *again, "kB", "≤ 200 kB", lambda a, _: a <= 200),
        _row("page: own memory of its kernel (USS)", *own, "MB", "≤ 20 MB", lambda a, _: a <= 20),
    ]


def _row(name: str, ours: float, other: float, unit: str, target: str, holds: Any) -> dict[str, Any]:
    ratio = other / ours if ours else float("inf")
    return {
        "name": name, "ours": ours, "other": other, "unit": unit, "ratio": ratio, "target": target,
        "holds": bool(holds(ours, other)),
    }  # fmt: skip


def _prepare(data: Path) -> str:
    """Put a film and a trainee into a data directory and return the token of her session."""
    data.mkdir()
    records = Records.open(data)
    token = records.open_session(records.add_person("Nadia", "nadia", "trainee", None).id)
    records.close()
    render(load_script(resource_path(f"course/films/{FILM}.yaml")), FilmLibrary(data))
    return token


@contextlib.contextmanager
def _ours(data: Path, token: str) -> Iterator[Site]:
    port = _free()
    command = [sys.executable, "-m", "vigwidgets.cli", "--data", str(data), "serve", "--port", str(port)]
    with _serving(command, f"http://127.0.0.1:{port}/health", os.environ) as process:
        time.sleep(3)  # the forking parent has its imports
        cookie = {"name": COOKIE, "value": token, "url": f"http://127.0.0.1:{port}"}
        yield Site(f"http://127.0.0.1:{port}/exercises/first-look", process, [cookie])


@contextlib.contextmanager
def _stock(folder: Path, data: Path) -> Iterator[Site]:
    code = f"from vigwidgets.widgets import Player\nPlayer({str(data / 'films' / FILM)!r})"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "page.ipynb")
    port = _free()
    command = [sys.executable, "-m", "voila", str(folder / "page.ipynb"), "--no-browser", f"--port={port}"]
    with _serving(command, f"http://127.0.0.1:{port}/voila/static/voila.js", os.environ) as process:
        yield Site(f"http://127.0.0.1:{port}/", process)


@contextlib.contextmanager
def _serving(command: list[str], probe: str, environment: Any) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment, start_new_session=True)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(probe, timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, f"{command[2]} ended with {process.returncode}"
                time.sleep(0.1)
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _profile(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 960})
    context.add_cookies(site.cookies)  # type: ignore[arg-type]
    context.add_init_script(_FIRST_FRAME)
    yield context
    context.close()


def _go(page: Page, site: Site) -> None:
    """Open the page, wait until its film is seen, and until it has settled."""
    page.goto(site.url, wait_until="commit", timeout=60_000)
    # Asked again and again: waiting inside the page would need code made from text, which ours forbids.
    end = time.monotonic() + 60
    while (shown := page.evaluate("window.firstFrame ?? null")) is None:
        assert time.monotonic() < end, f"{site.url} showed no frame within a minute"
        page.wait_for_timeout(50)
    site.frames.append(shown / 1000)
    page.wait_for_load_state("load")
    page.wait_for_timeout(500)


def _visit(browser: Browser, site: Site) -> None:
    with _profile(browser, site) as context:
        _go(context.new_page(), site)


def _revisit(browser: Browser, site: Site) -> float:
    """Return how many kB come over the network when the page is opened again, without the film."""
    with _profile(browser, site) as context:
        page = context.new_page()
        _go(page, site)
        page.goto("about:blank")
        names: dict[str, str] = {}
        sizes: dict[str, float] = {}
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.requestWillBeSent", lambda told: names.update({told["requestId"]: told["request"]["url"]}))
        network.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
        _go(page, site)
        page.wait_for_timeout(1000)
        return sum(size for one, size in sizes.items() if "proxy.mp4" not in names.get(one, "")) / 1000


def _memory(browser: Browser, site: Site) -> float:
    """Return how many MB a page's kernel has to itself, while its page is open."""
    before = {kernel.pid for kernel in site.kernels()}
    with _profile(browser, site) as context:
        _go(context.new_page(), site)
        time.sleep(1.5)
        fresh = [kernel for kernel in site.kernels() if kernel.pid not in before]
        return median(kernel.memory_full_info().uss for kernel in fresh) / 1e6

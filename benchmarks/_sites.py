"""Our exercise page over the film of ten minutes, and a page of stock Voila: what is measured beside each other."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, BrowserContext

from benchmarks._films import ten_minutes
from benchmarks._web import VIEWPORT, free_port, serving
from vigwidgets.records import Records
from vigwidgets.service.identity import COOKIE


@contextlib.contextmanager
def ours(data: Path) -> Iterator[tuple[str, str]]:
    """Serve the first exercise over the film of ten minutes; gives the page's address and a session's token."""
    (data / "films").mkdir(parents=True)
    (data / "films" / "hello").symlink_to(ten_minutes("hello"))
    with Records.open(data) as records:
        token = records.open_session(records.add_person("Nadia", "nadia", "trainee", None).id)
    port = free_port()
    command = [sys.executable, "-m", "vigwidgets.cli", "--data", str(data), "serve", "--port", str(port)]
    with serving(command, f"http://127.0.0.1:{port}/health"):
        time.sleep(3)  # the forking parent has its imports
        yield f"http://127.0.0.1:{port}/exercises/first-look", token


@contextlib.contextmanager
def stock_voila(folder: Path, code: str) -> Iterator[str]:
    """Serve a notebook of one cell by Voila as it comes; gives the page's address."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    folder.mkdir(exist_ok=True)
    nbformat.write(notebook, folder / "page.ipynb")
    port = free_port()
    command = [sys.executable, "-m", "voila", str(folder / "page.ipynb"), "--no-browser", f"--port={port}"]
    with serving(command, f"http://127.0.0.1:{port}/voila/static/voila.js", cwd=folder):
        yield f"http://127.0.0.1:{port}/"


@contextlib.contextmanager
def profile(browser: Browser, script: str, url: str, token: str | None = None) -> Iterator[BrowserContext]:
    """Open a fresh profile in which ``script`` runs before any page's own, signed in where there is a token."""
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    if token is not None:
        # Of the whole site: a cookie of the page's own address would not go along to films and sockets.
        context.add_cookies([{"name": COOKIE, "value": token, "url": "/".join(url.split("/")[:3])}])
    context.add_init_script(script)
    yield context
    context.close()

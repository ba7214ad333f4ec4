"""Films in JupyterLab: streamed by range to whoever is signed in to Jupyter, and to nobody else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPMessage
from pathlib import Path

import pytest


class Lab:
    """A real Jupyter server in a process of its own."""

    def __init__(self, data: Path, home: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.data = data
        environment = os.environ | {"VIG_DATA_DIR": str(data), "JUPYTER_TOKEN": "open", "HOME": str(home)}
        self.log = home / "log"
        command = ["jupyter_server", "--no-browser", f"--port={self.port}", "--allow-root"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command, "--ServerApp.base_url=/hub/"], cwd=home, env=environment, stderr=log
            )

    def get(self, path: str, token: str | None = "open", **headers: str) -> tuple[int, bytes, HTTPMessage]:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            given["Authorization"] = f"token {token}"
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/hub/{path}", headers=given)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(), error.headers

    def wait(self) -> None:
        for _ in range(300):
            try:
                if self.get("api")[0] == 200:
                    return
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.1)
        pytest.fail(self.log.read_text())


@pytest.fixture(scope="module")
def lab(fresh_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = Lab(fresh_data, tmp_path_factory.mktemp("lab"))
    try:
        lab.wait()
        yield lab
    finally:
        lab.process.terminate()
        lab.process.wait(20)


def test_it_is_loaded_without_being_asked_for(lab: Lab) -> None:
    assert "vigwidgets streams films" in lab.log.read_text()


def test_a_film_is_streamed_by_range(lab: Lab) -> None:
    whole = (lab.data / "films" / "hello" / "proxy.mp4").read_bytes()
    code, body, headers = lab.get("vig/films/hello/proxy.mp4", Range="bytes=1000-1999")
    assert (code, headers["Content-Range"]) == (206, f"bytes 1000-1999/{len(whole)}")
    assert body == whole[1000:2000]
    assert lab.get("vig/films/hello/proxy.mp4")[1] == whole
    assert lab.get("vig/films/hello/frames.json")[0] == 200


@pytest.mark.parametrize("token", [None, "wrong"])
def test_nobody_else_may_watch(lab: Lab, token: str | None) -> None:
    code, body, _ = lab.get("vig/films/hello/proxy.mp4", token)
    assert code == 401
    assert b"not signed in to this Jupyter server" in body


@pytest.mark.parametrize(
    "path", ["hello/truth.json", "no-such/proxy.mp4", "hello/..%2F..%2Fvig.db", "..%2F/proxy.mp4", "hello/film.py"]
)
def test_nothing_but_a_films_own_files_is_sent(lab: Lab, path: str) -> None:
    assert lab.get(f"vig/films/{path}")[0] == 404


def test_there_are_no_pages_and_no_records_here(lab: Lab) -> None:
    for path in ("vig/learning", "vig/sign-in", "vig/observations/x", "vig/exercises/first-look"):
        assert lab.get(path)[0] == 404, path
    assert lab.get("vig/assets/no-such.js")[0] == 404

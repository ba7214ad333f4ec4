"""A film folder with everything but a picture, and a widget's end of the comm."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vigwidgets.widgets import Tagger

FRAMES = 250
CAST = [{"id": "mum", "role": "parent", "name": "parent"}, {"id": "baby", "role": "child", "name": "child"}]


@pytest.fixture
def film_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "films" / "hello"
    folder.mkdir(parents=True)
    duration = FRAMES * 40_000
    film = {
        "format": "vig-film", "version": 1, "id": "hello", "title": "Hello", "frames": FRAMES, "duration": duration,
        "width": 640, "height": 360, "rate": "25/1", "sound": True, "cast": CAST, "captions": ["en"], "done": [],
        "script": None, "original": None,
    }  # fmt: skip
    (folder / "film.json").write_text(json.dumps(film))
    times = [i * 40_000 for i in range(FRAMES)]
    (folder / "frames.json").write_text(json.dumps({"film": "hello", "times": times, "duration": duration}))
    (folder / "peaks.json").write_text(json.dumps({"rate": 50, "peaks": [0, 50, 100]}))
    (folder / "captions.en.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n")
    (folder / "proxy.mp4").write_bytes(bytes(range(256)) * 8_000)
    return folder


@pytest.fixture
def tagger(film_folder: Path, tmp_path: Path) -> Tagger:
    return Tagger(film_folder, file=tmp_path / "hello.observation.json")


class Line:
    """What a browser hears from a widget, and its way to speak."""

    def __init__(self, widget: Any) -> None:
        self.heard: list[Any] = []
        self.buffers: list[list[bytes]] = []
        self._widget = widget
        widget.send = self._hear

    def _hear(self, content: Any, buffers: list[bytes] | None = None) -> None:
        self.heard.append(content)
        self.buffers.append(buffers or [])

    def say(self, content: Any) -> Any:
        """Send a message as a browser would, and return the last thing heard since."""
        before = len(self.heard)
        self._widget._handle_custom_msg(content, [])
        return self.heard[-1] if len(self.heard) > before else None


@pytest.fixture
def line() -> type[Line]:
    return Line

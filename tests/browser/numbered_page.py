"""A page of its own for the front end: a numbered film, the edits' socket over a file, and no service.

`python tests/browser/numbered_page.py` serves it on http://127.0.0.1:8765/ for trying things out; the browser tests
start the same application. Not shipped.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketHandler

from vigwidgets.contract import AckMessage, Edit, Film, FrozenMessage, Member, RefusedMessage, StateMessage
from vigwidgets.errors import Refusal
from vigwidgets.observations import ObservationFile, new_observation
from vigwidgets.resources import static_path
from vigwidgets.schemes import across_of, load_scheme

BITS = 12
SIZE = (640, 360)
CAST = [Member(id="mum", role="parent", name="parent"), Member(id="baby", role="child", name="child")]


def numbered_frame(number: int) -> np.ndarray:
    """Return a picture (height, width, 3) whose lower edge shows its number as black and white blocks."""
    width, height = SIZE
    picture = np.zeros((height, width, 3), np.uint8)
    across = np.linspace(0, 1, width)[None, :, None]
    down = np.linspace(0, 1, height)[:, None, None]
    picture[:] = (np.array([232, 214, 190]) * (1 - 0.25 * across) * (1 - 0.2 * down)).astype(np.uint8)
    x = int((number * 3) % (width - 80))
    picture[150:230, x : x + 80] = (201, 100, 75)
    block = width // BITS
    for bit in range(BITS):
        picture[height - 40 :, bit * block : (bit + 1) * block] = 255 if number >> bit & 1 else 0
    return picture


def make_film(folder: Path, frames: int = 500, rate: tuple[int, int] = (25, 1)) -> Film:
    """Write a film folder whose every frame can be told from its picture."""
    folder.mkdir(parents=True, exist_ok=True)
    up, down = rate
    times = [round(i * down * 1_000_000 / up) for i in range(frames)]
    duration = round(frames * down * 1_000_000 / up)
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24",
        "-s", f"{SIZE[0]}x{SIZE[1]}", "-r", f"{up}/{down}", "-i", "-",
        "-f", "lavfi", "-t", f"{duration / 1e6:.6f}", "-i", "sine=frequency=220:beep_factor=3",
        "-c:v", "libx264", "-preset", "ultrafast", "-crf", "23", "-pix_fmt", "yuv420p", "-g", "6", "-bf", "0",
        "-video_track_timescale", "90000", "-c:a", "aac", "-movflags", "+faststart", str(folder / "proxy.mp4"),
    ]  # fmt: skip
    encoder = subprocess.Popen(command, stdin=subprocess.PIPE)
    assert encoder.stdin
    for number in range(frames):
        encoder.stdin.write(numbered_frame(number).tobytes())
    encoder.stdin.close()
    if encoder.wait():
        raise RuntimeError("the film was not made")
    film = Film.model_validate(
        {
            "format": "vig-film", "version": 1, "id": "numbered", "title": "A numbered film", "frames": frames,
            "duration": duration, "width": SIZE[0], "height": SIZE[1], "rate": f"{up}/{down}", "sound": True,
            "cast": [member.model_dump() for member in CAST], "captions": [], "done": [], "script": None,
            "original": None,
        }
    )  # fmt: skip
    (folder / "film.json").write_text(film.model_dump_json())
    index = {"film": film.id, "times": times, "duration": duration}
    (folder / "frames.json").write_text(json.dumps(index))
    peaks = (abs(np.sin(np.arange(int(duration / 1e6 * 50)) / 9)) * 60 + 8).astype(int).tolist()
    (folder / "peaks.json").write_text(json.dumps({"rate": 50, "peaks": peaks}))
    return film


def named(scheme: str) -> str | Path:
    """Return a scheme's id as it is, and the path of a scheme's file as a path."""
    return Path(scheme) if scheme.endswith(".yaml") else scheme


def boot_of(film: Film, observation: str, scheme: str = "paig", sheet: str = "") -> dict[str, Any]:
    """Return what the service would put into the page."""
    boot = tagging_boot(film, observation)
    if scheme != "paig":
        shown = load_scheme(named(scheme)).scheme.model_dump(mode="json", exclude_none=False)
        boot |= {"scheme": shown, "crosswalks": across_of(shown["id"])}
    if sheet:
        boot["exercise"] |= {"kind": "rating", "marking": "none", "title": "A first rating", "sheet": json.loads(sheet)}
    return boot


def tagging_boot(film: Film, observation: str) -> dict[str, Any]:
    """Return what the service would put into the page of a tagging exercise."""
    return {
        "base": "/", "film": film.model_dump(mode="json"), "frames": "/film/frames.json",
        "files": {"proxy": "/film/proxy.mp4", "peaks": "/film/peaks.json"},
        "scheme": load_scheme("paig").scheme.model_dump(mode="json", exclude_none=False),
        "crosswalks": across_of("paig"),
        "observation": observation, "socket": f"/observations/{observation}/edits",
        "handIn": f"/observations/{observation}/hand-in", "xsrf": "",
        "exercise": {
            "id": "receiving", "title": "Receiving initiatives", "minutes": 15, "marking": "formative",
            "place": "Level 1 · step 2 of 3",
            "helping_question": "What am I doing that helps him tell me what he wants?",
            "task_html": "<p>Find each initiative the baby takes, and how she receives it. Watch once without "
            "stopping, then second by second.</p>",
        },
        "person": {"name": "Try Out", "role": "trainee"},
    }  # fmt: skip


PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Try out</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>body{{margin:0}}</style>
<link rel="stylesheet" href="/assets/{css}"></head>
<body><div id="workbench"><video src="/film/proxy.mp4" preload="auto" playsinline muted></video></div>
<script type="application/json" id="boot">{boot}</script><script type="module" src="/assets/{js}"></script></body>
</html>
"""


class Desk:
    """One observation in a file, and the windows that are open on it."""

    def __init__(self, film_folder: Path, place: Path, scheme: str = "paig", sheet: str = "") -> None:
        self.scheme, self.sheet = scheme, sheet
        self.film = Film.model_validate_json((film_folder / "film.json").read_text())
        self.times = json.loads((film_folder / "frames.json").read_text())["times"]
        self.codebook = load_scheme(named(scheme))
        start = new_observation(
            self.film.id, self.film.duration, self.codebook.ref, "try", self.film.cast, id="obs-try"
        )
        self.file = ObservationFile(place, start, self.codebook, self.times)
        self.frozen = False
        self.full = False
        self.beside = place.with_name("compare.json")
        self.windows: set[EditSocket] = set()

    def compare(self) -> Any:
        """Return whose moments lie beside: what a test put into ``compare.json``, once it is handed in."""
        return json.loads(self.beside.read_text()) if self.frozen and self.beside.exists() else None


class EditSocket(WebSocketHandler):
    """The edits' socket, as the service has it, over a file."""

    def initialize(self, desk: Desk) -> None:
        self.desk = desk

    def open(self, *_args: str, **_kwargs: str) -> None:
        self.set_nodelay(True)
        self.desk.windows.add(self)
        file = self.desk.file
        state = StateMessage(type="state", seq=file.seq, observation=file.observation, frozen=self.desk.frozen)
        self.write_message(state.model_dump_json())

    def on_close(self) -> None:
        self.desk.windows.discard(self)

    def on_message(self, message: str | bytes) -> None:
        data = json.loads(message)
        if data["type"] == "ping":
            self.write_message('{"type": "pong"}')
            return
        edit = Edit.model_validate(data["edit"])
        if self.desk.full:
            self.refuse(edit, "The disk is full; your work waits on this computer.", retry=True)
            return
        try:
            seq = self.desk.file.apply(edit)
        except Refusal as refusal:
            self.refuse(edit, str(refusal), retry=False)
            return
        self.write_message(AckMessage(type="ack", edit=edit.id, seq=seq).model_dump_json())
        others = json.dumps({"type": "edited", "edit": edit.model_dump(mode="json"), "seq": seq})
        for window in self.desk.windows - {self}:
            window.write_message(others)

    def refuse(self, edit: Edit, reason: str, *, retry: bool) -> None:
        self.write_message(RefusedMessage(type="refused", edit=edit.id, reason=reason, retry=retry).model_dump_json())


class Page(RequestHandler):
    def initialize(self, desk: Desk) -> None:
        self.desk = desk

    def get(self) -> None:
        manifest = json.loads(static_path("manifest.json").read_text())
        page = boot_of(self.desk.film, self.desk.file.observation.id, self.desk.scheme, self.desk.sheet)
        boot = json.dumps({**page, "compare": self.desk.compare()}).replace("<", "\\u003c")
        self.finish(PAGE.format(css=manifest["widgets.css"], js=manifest["exercise.js"], boot=boot))


class HandInHandler(RequestHandler):
    def initialize(self, desk: Desk) -> None:
        self.desk = desk

    def post(self, _id: str) -> None:
        self.desk.frozen = True
        for window in self.desk.windows:
            window.write_message(FrozenMessage(type="frozen").model_dump_json())
        receipt = {"attempt": "att-1", "handed_in_at": "2026-11-21T04:00:00Z"}
        self.finish({"attempt": "att-1", "receipt": receipt, "feedback": "/film/film.json"})


def application(folder: Path, place: Path, scheme: str = "paig", sheet: str = "") -> tuple[Application, Desk]:
    """Return the page's application and the desk behind it."""
    desk = Desk(folder, place, scheme, sheet)
    routes = [
        (r"/", Page, {"desk": desk}),
        (r"/observations/[^/]+/edits", EditSocket, {"desk": desk}),
        (r"/observations/([^/]+)/hand-in", HandInHandler, {"desk": desk}),
        (r"/film/(.*)", StaticFileHandler, {"path": str(folder)}),
        (r"/assets/(.*)", StaticFileHandler, {"path": str(static_path())}),
    ]
    return Application(routes), desk


def arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--folder", type=Path, help="where the film and the moments lie; a new one by default")
    parser.add_argument("--rate", default="25/1", help="frames a second, as a fraction")
    parser.add_argument("--frames", type=int, default=500)
    parser.add_argument("--scheme", default="paig")
    parser.add_argument("--sheet", default="", help="what a rating sheet shows, as JSON")
    return parser.parse_args()


def serve(folder: Path, port: int, scheme: str = "paig", sheet: str = "") -> None:
    """Serve the page of the film in ``folder`` until the process ends.

    Args:
        folder: Has the film in ``film``; the moments are kept beside it.
        port: Where it listens, for this machine only.
        scheme: The id of a scheme, or the path of its file.
        sheet: What a rating sheet shows, as JSON.
    """

    async def listen() -> None:
        app, _desk = application(folder / "film", folder / "try.observation.json", scheme, sheet)
        HTTPServer(app).listen(port, "127.0.0.1")
        await asyncio.Event().wait()

    asyncio.run(listen())


def main() -> None:
    """Make the film if need be, and serve its page until it is interrupted."""
    said = arguments()
    place = said.folder or Path(tempfile.mkdtemp(prefix="vig-page-"))
    if not (place / "film" / "film.json").exists():
        up, down = said.rate.split("/")
        make_film(place / "film", said.frames, (int(up), int(down)))
    print(f"http://127.0.0.1:{said.port}/", flush=True)
    serve(place, said.port, said.scheme, said.sheet)


if __name__ == "__main__":
    main()

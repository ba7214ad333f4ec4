"""A script beside its picture, in a notebook: edit, see the moment, scrub, look at the sheet, draw the film."""

from __future__ import annotations

import io
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

from vigwidgets.contract.asked import Replied, reply_to
from vigwidgets.errors import Refusal
from vigwidgets.films._script_file import ScriptTextFile
from vigwidgets.films._script_messages import (
    AskCheck,
    AskFilm,
    AskFrame,
    AskSheet,
    Request,
    SendDraw,
)
from vigwidgets.films.dyad._load import parse_script
from vigwidgets.films.dyad._model import Script
from vigwidgets.films.library import FilmLibrary
from vigwidgets.places import data_directory
from vigwidgets.resources import built_text

__all__ = ["ScriptPreview"]

_LINE = re.compile(r"^[^\n]*?, line (\d+)[^:]*: (.*)$", re.DOTALL)
_SIZE = (640, 360)
_SHEET = 24


class ScriptPreview(anywidget.AnyWidget):
    """A film script with the picture of any moment beside it.

    Every change is kept in the file at once; a change that somebody makes to the file elsewhere shows here. A fault is
    said with its line, and the picture stays that of the last script that held.

    Args:
        script: The script's file; one that is not there yet begins with a small script.
        data: The data directory that a drawn film goes to, if not the usual one.

    Raises:
        Refusal: The file cannot be read, or its folder is not there.
    """

    _esm = t.Unicode().tag(sync=True)
    _css = t.Unicode().tag(sync=True)
    #: The text that the browser begins with. What it writes there changes nothing here.
    _text = t.Unicode().tag(sync=True)
    _name = t.Unicode().tag(sync=True)

    def __init__(self, script: str | os.PathLike[str], *, data: str | os.PathLike[str] | None = None) -> None:
        self._file = ScriptTextFile(Path(script).expanduser())
        self._library = FilmLibrary(data_directory(data))
        self._script: Script | None = None
        self._painters: dict[bool, Any] = {}
        self._process: subprocess.Popen[bytes] | None = None
        super().__init__(
            _esm=built_text("preview.js"),
            _css=built_text("preview.css"),
            _text=self._file.begun,
            _name=self._file.path.name,
        )
        self.on_msg(self._on_message)

    @property
    def script(self) -> Script | None:
        """The last script that held, or None while there has been none."""
        return self._script

    def _on_message(self, _widget: ScriptPreview, content: Any, _buffers: list[memoryview]) -> None:
        if (reply := reply_to(content, Request, self._answer, "the preview's message")) is not None:
            self.send(*reply)

    def _answer(self, request: Request) -> Replied:
        ask = request.message
        if isinstance(ask, AskCheck):
            return self._check(ask.text), []
        if isinstance(ask, AskFrame):
            return {"at": ask.at}, [self._frame(ask.at, second=ask.second)]
        if isinstance(ask, AskSheet):
            return {}, [self._sheet()]
        if isinstance(ask, SendDraw):
            return self._draw(), []
        if isinstance(ask, AskFilm):
            return {}, [self._film(ask.part)]
        return {"text": self._file.news(), **self._making()}, []

    def _check(self, text: str) -> dict[str, Any]:
        kept = ""
        try:
            self._file.keep(text)
        except Refusal as refused:
            kept = str(refused)
        try:
            script = parse_script(text, self._file.path.name, self._file.path.parent)
        except Refusal as refused:
            found = _LINE.match(str(refused))
            line, says = (int(found[1]), found[2]) if found else (0, str(refused))
            return {"kept": kept, "fault": {"line": line, "says": says}, "film": None}
        self._script = script
        self._painters.clear()
        return {"kept": kept, "fault": None, "film": _told(script)}

    def _held(self) -> Script:
        if self._script is None:
            raise Refusal("There is no picture yet: the script does not hold; mend the line that is named.")
        return self._script

    def _frame(self, at: int, *, second: bool) -> bytes:
        from vigwidgets.films.dyad._painter import Painter  # noqa: PLC0415 - drawing libraries, on first use

        script = self._held()
        if second not in self._painters:
            self._painters[second] = Painter(script, _SIZE, second=second and script.two_views)
        moment = min(at, script.duration - 1) / 1e6
        return _encoded(self._painters[second].at(moment), "JPEG")

    def _sheet(self) -> bytes:
        from vigwidgets.films.dyad._sheet import contact_sheet  # noqa: PLC0415

        script = self._held()
        seconds = script.duration / 1e6
        return _encoded(contact_sheet(script, times=[k * seconds / _SHEET for k in range(_SHEET)]), "PNG")

    def _draw(self) -> dict[str, Any]:
        from vigwidgets.films.dyad._background import render_in_background  # noqa: PLC0415

        self._process = render_in_background(self._held(), self._library, replace=True)
        return self._making()

    def _making(self) -> dict[str, Any]:
        """Return how far the film is, without its text."""
        script = self._script
        drawn = script is not None and any(film.id == script.id for film in self._library.list())
        one = next((one for one in self._library.making() if script is not None and one.id == script.id), None)
        busy = self._process is not None and self._process.poll() is None
        return {
            "drawing": busy or (one is not None and one.failed is None),
            "share": one.share if one else 0.0,
            "first": one is not None and one.first is not None,
            "drawn": drawn,
            "failed": one.failed if one and not busy else None,
        }

    def _film(self, part: str) -> bytes:
        script = self._held()
        if part == "whole":
            return self._library.file(script.id, "proxy.mp4").read_bytes()
        one = next((one for one in self._library.making() if one.id == script.id and one.first), None)
        if one is None or one.first is None:
            raise Refusal("The first seconds are not there, or not any more; ask for the whole film.")
        return (one.first / "proxy.mp4").read_bytes()


def _told(script: Script) -> dict[str, Any]:
    """Return what the page shows of a script beside its picture; times in microseconds."""
    return {
        "id": script.id,
        "title": script.title,
        "duration": script.duration,
        "second": script.two_views,
        "cast": {person.id: person.name for person in script.cast},
        "acts": [
            {
                "actor": act.actor,
                "does": act.does.replace("_", " "),
                "what": act.text or act.thing or act.target or "",
                "start": act.start,
                "end": act.end,
            }
            for act in script.acts
        ],
        "beats": [
            {"codes": beat.codes, "start": beat.start, "end": beat.end, "says": beat.says} for beat in script.beats
        ],
    }


def _encoded(picture: Any, kind: str) -> bytes:
    from PIL import Image  # noqa: PLC0415

    buffer = io.BytesIO()
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    image.save(buffer, kind, quality=90)
    return buffer.getvalue()

"""What Player, Tagger and Workbench share: their module, their film, and replies that never raise in a browser."""

from __future__ import annotations

import os
from typing import Any

import anywidget
import traitlets as t

from vigwidgets.contract.asked import Replied, reply_to
from vigwidgets.errors import Refusal, shown
from vigwidgets.observations import place_of, snap
from vigwidgets.schemes import Codebook, load_scheme
from vigwidgets.widgets._assets import module_text, style_text
from vigwidgets.widgets._film import FilmFolder, open_film
from vigwidgets.widgets._messages import AskFilm, Request, SendPing
from vigwidgets.widgets._values import number_of

__all__ = [
    "LARGEST_OVER_COMM",
    "FilmWidget",
    "film_or_refuse",
    "flag_or_refuse",
    "refuse_unknown",
    "scheme_or_refuse",
    "source_of",
]

#: A film of more bytes than this is not sent through the kernel: 64 MB.
LARGEST_OVER_COMM = 64_000_000
#: How many bytes of film go into one message.
CHUNK = 1_000_000
SECOND = 1_000_000
_DAY = 86_400


def refuse_unknown(kind: str, unknown: dict[str, Any], known: str) -> None:
    """Refuse keywords that a widget does not have.

    Raises:
        Refusal: There are any.
    """
    if unknown:
        name = next(iter(unknown))
        raise Refusal(f"{kind} has no argument {shown(name)}; it takes {known}.")


def flag_or_refuse(name: str, value: Any) -> bool:
    """Return a truth value; a word such as ``"no"`` would else be taken for yes.

    Raises:
        Refusal: It is none.
    """
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):  # numpy's as well
        return bool(value)
    raise Refusal(f"{name}={shown(value)} is neither True nor False; give one of them.")


class FilmWidget(anywidget.AnyWidget):
    """A widget that shows one film.

    The film's data go to the browser once, as traits that are never read back: what a browser sets there
    changes nothing here.
    """

    _esm = t.Unicode().tag(sync=True)
    _css = t.Unicode().tag(sync=True)
    _kind = t.Unicode("player").tag(sync=True)
    _film = t.Dict().tag(sync=True)
    _frames = t.Dict().tag(sync=True)
    _peaks = t.Dict().tag(sync=True)
    _captions = t.Dict().tag(sync=True)
    _descriptions = t.Dict().tag(sync=True)
    #: Small pictures of the whole film, where there are any: where each lies, and the JPEG.
    _scrub = t.Dict().tag(sync=True)
    _scrub_sheet = t.Bytes(None, allow_none=True).tag(sync=True)
    #: {"shelved": asked for by id, "name": of the file, "bytes": its size, "limit": most bytes over the comm}
    _source = t.Dict().tag(sync=True)

    def __init__(self, folder: FilmFolder | None, **traits: Any) -> None:
        self._folder = folder
        if folder is not None:
            traits |= _film_traits(folder)
        super().__init__(**traits)
        self.on_msg(self._on_message)

    @t.default("_esm")
    def _default_esm(self) -> str:
        return module_text()

    @t.default("_css")
    def _default_css(self) -> str:
        return style_text()

    def seek(self, seconds: float) -> None:
        """Show the frame that is on the screen at ``seconds`` of film time.

        Raises:
            Refusal: That moment is not in the film.
        """
        self.send({"command": "seek", "time": self._moment(seconds)})

    def play(self, start: float, end: float) -> None:
        """Play from ``start`` to ``end`` (seconds of film time), once.

        Raises:
            Refusal: That is not a stretch of the film.
        """
        first, last = self._moment(start), self._moment(end)
        if last <= first:
            raise Refusal(f"The stretch ends at {end} s, not after its start at {start} s; give the earlier first.")
        self.send({"command": "play", "start": first, "end": last})

    def _moment(self, seconds: float) -> int:
        value = number_of(seconds)
        if value is None or not 0 <= value <= _DAY:
            raise Refusal(f"{shown(seconds)} is not a moment of the film; give seconds from 0 on, such as 12.5.")
        moment = round(value * SECOND)
        if self._folder is None:
            return moment
        index = self._folder.frames
        if moment > index.duration:
            raise Refusal(
                f"{seconds} s is past the film's end at {index.duration / SECOND:.3f} s; choose an earlier one."
            )
        return snap(index.times, index.duration, moment)

    def _on_message(self, _widget: FilmWidget, content: Any, _buffers: list[memoryview]) -> None:
        if (reply := reply_to(content, Request, self._answer, "the widget's message")) is not None:
            self.send(*reply)

    def _answer(self, request: Request) -> Replied:
        """Return the reply to a request and its buffers.

        Raises:
            Refusal: This widget does not do that.
        """
        if isinstance(request.message, SendPing):
            return {"type": "pong"}, []
        if isinstance(request.message, AskFilm):
            return self._film_bytes(request.message.start, self._folder_of(request.message.view))
        raise Refusal(f"This widget does not take {request.message.type!r} messages; reload the page.")

    def _folder_of(self, view: str) -> FilmFolder:
        """Return the film of a view.

        Raises:
            Refusal: This widget does not have it.
        """
        if self._folder is None:
            raise Refusal("This widget has no film of its own; its page shows it.")
        if view != "first":
            raise Refusal(f"This widget has no {view} camera; give it one in Python, with second=….")
        return self._folder

    def _film_bytes(self, start: int, folder: FilmFolder) -> Replied:
        proxy = folder.proxy
        try:
            size = proxy.stat().st_size
        except OSError:
            raise Refusal(
                f"The film's file {proxy.name} in {proxy.parent} is not there any more; put it back, or take the film "
                "in again with `vig film add`."
            ) from None
        if size > LARGEST_OVER_COMM:
            raise Refusal(
                f"The film has {size // 1_000_000} MB and at most {LARGEST_OVER_COMM // 1_000_000} MB go through the "
                "kernel; install vigwidgets[serve] beside JupyterLab, whose extension streams it."
            )
        with proxy.open("rb") as file:
            file.seek(start, os.SEEK_SET)
            part = file.read(CHUNK)
        return {"type": "film", "start": start, "size": size}, [part]


def _film_traits(folder: FilmFolder) -> dict[str, Any]:
    return {
        "_film": folder.film.model_dump(mode="json"),
        "_frames": {"times": list(folder.frames.times), "duration": folder.frames.duration},
        "_peaks": folder.peaks,
        "_captions": folder.captions,
        "_descriptions": folder.descriptions,
        "_scrub": folder.scrub,
        "_scrub_sheet": folder.scrub_sheet,
        "_source": source_of(folder),
    }


def source_of(folder: FilmFolder) -> dict[str, Any]:
    """Return what the browser needs to know to fetch a film: whether by its id, its size and the comm's limit."""
    return {
        "shelved": folder.shelved,
        "name": folder.picture,
        "bytes": folder.proxy.stat().st_size,
        "limit": LARGEST_OVER_COMM,
    }


def film_or_refuse(film: str | os.PathLike[str], data: str | os.PathLike[str] | None) -> FilmFolder:
    """Open a film for a widget.

    Raises:
        Refusal: ``film`` is neither a path nor an id, or there is no such film.
    """
    if data is not None and not (isinstance(data, str | os.PathLike) and isinstance(os.fspath(data), str)):
        raise Refusal(f"data={shown(data)} is not a folder; give the path of the data directory.")
    if data is not None:
        data = place_of("data", data, folder=True)
    if not isinstance(film, str | os.PathLike) or not isinstance(os.fspath(film), str):
        raise Refusal(f"{shown(film)} is not a film; give the path of a film's folder, or the id of a film.")
    try:
        return open_film(film, data)
    except (OSError, RuntimeError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Refusal(f"film={shown(os.fspath(film))} could not be opened ({why}); check its path or its id.") from None


def scheme_or_refuse(scheme: str | os.PathLike[str]) -> Codebook:
    """Open a scheme for a widget: by its id, or the path of its YAML file, as text or as a path.

    Raises:
        Refusal: There is no such scheme, or its file is wrong.
    """
    named = scheme if isinstance(scheme, str) else ""
    is_file = named.endswith((".yaml", ".yml")) or "/" in named or os.sep in named
    if is_file or isinstance(scheme, os.PathLike):
        return load_scheme(place_of("scheme", scheme))
    return load_scheme(scheme)

"""The film in a notebook: exact to the frame, with a second camera beside it where there is one."""

from __future__ import annotations

import os
from typing import Any

import traitlets as t

from vigwidgets.errors import Refusal, shown
from vigwidgets.widgets._base import SECOND, FilmWidget, film_or_refuse, refuse_unknown, source_of
from vigwidgets.widgets._film import FilmFolder
from vigwidgets.widgets._values import number_of

__all__ = ["Player"]

#: Two cameras of one scene are started at most this far apart: a day, in microseconds.
FURTHEST = 86_400 * SECOND


class Player(FilmWidget):
    """A film with calm controls: frame by frame, slow, in loops, closer, and with a second camera of the same scene.

    A `Tagger` of the same film with ``video=False`` on the same page moves with it.

    Args:
        film: The path of a film's folder, or the id of a film in the data directory.
        second: A second camera's film of the same scene, in the same way; it follows the first. A film that was
            drawn from two sides brings its own.
        offset: How far the second film's time is ahead of the first's, in seconds: 2.5 when the second camera was
            started 2.5 s earlier. It can be set by eye and ear in the player; read `offset` afterwards.
        data: The data directory, if not the usual one.

    Raises:
        Refusal: There is no such film, the offset is not a number of seconds, or an argument is unknown.
    """

    #: {"film", "frames", "peaks", "source"} of the second camera; empty without one.
    _second = t.Dict().tag(sync=True)
    #: In microseconds. The browser writes it too: nothing else is taken from it than a number in these bounds.
    _offset = t.Int(0, min=-FURTHEST, max=FURTHEST).tag(sync=True)

    def __init__(
        self,
        film: str | os.PathLike[str],
        *,
        second: str | os.PathLike[str] | None = None,
        offset: float = 0.0,
        data: str | os.PathLike[str] | None = None,
        **unknown: Any,
    ) -> None:
        refuse_unknown("Player", unknown, "film, second, offset and data")
        apart = _microseconds(offset)
        first = film_or_refuse(film, data)
        if second is None and first.second is None and apart:
            raise Refusal(f"offset={offset!r} is between two cameras; give the second one's film as second=….")
        self._second_folder = film_or_refuse(second, data) if second is not None else first.second
        traits = {"_second": _second_traits(self._second_folder), "_offset": apart} if self._second_folder else {}
        super().__init__(first, _kind="player", **traits)

    @property
    def offset(self) -> float:
        """How far the second camera's film is ahead of the first's, in seconds, as it stands in the player.

        Raises:
            Refusal: On setting: there is no second camera, or it is not a number of seconds.
        """
        return self._offset / SECOND

    @offset.setter
    def offset(self, seconds: float) -> None:
        if self._second_folder is None:
            raise Refusal("This player has no second camera; give one as second=… when you make it.")
        self._offset = _microseconds(seconds)

    def _folder_of(self, view: str) -> FilmFolder:
        if view == "second" and self._second_folder is not None:
            return self._second_folder
        return super()._folder_of(view)


def _microseconds(seconds: float) -> int:
    value = number_of(seconds)
    if value is None or abs(value) * SECOND > FURTHEST:
        raise Refusal(
            f"offset={shown(seconds)} is not a number of seconds within a day; give one such as 2.5 or -0.48."
        )
    return round(value * SECOND)


def _second_traits(folder: FilmFolder) -> dict[str, Any]:
    return {
        "film": folder.film.model_dump(mode="json"),
        "frames": {"times": list(folder.frames.times), "duration": folder.frames.duration},
        "peaks": folder.peaks,
        "source": source_of(folder),
    }

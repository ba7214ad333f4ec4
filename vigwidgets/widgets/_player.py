"""The film in a notebook: exact to the frame."""

from __future__ import annotations

import os
from typing import Any

from vigwidgets.widgets._base import FilmWidget, film_or_refuse, refuse_unknown

__all__ = ["Player"]


class Player(FilmWidget):
    """A film with calm controls: frame by frame, slow and in loops.

    A `Tagger` of the same film with ``video=False`` on the same page moves with it.

    Args:
        film: The path of a film's folder, or the id of a film in the data directory.
        data: The data directory, if not the usual one.

    Raises:
        Refusal: There is no such film, or an argument is unknown.
    """

    def __init__(
        self, film: str | os.PathLike[str], *, data: str | os.PathLike[str] | None = None, **unknown: Any
    ) -> None:
        refuse_unknown("Player", unknown, "film and data")
        super().__init__(film_or_refuse(film, data), _kind="player")

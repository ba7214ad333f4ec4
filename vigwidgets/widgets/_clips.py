"""Collect clips and stills for a shared review in a notebook, and make films of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from vigwidgets.contract import Drop, Edit, Observation, Put, RefusedMessage, Tag, Truth, in_a_sentence
from vigwidgets.contract.asked import Replied
from vigwidgets.errors import Refusal
from vigwidgets.observations import (
    PLACE,
    Changes,
    advice_on,
    clips_of,
    new_id,
    next_place,
    not_for_parent,
    place_of,
    refuse_clips,
    refuse_edit,
)
from vigwidgets.schemes import clip_codebook
from vigwidgets.widgets._base import film_or_refuse, refuse_unknown
from vigwidgets.widgets._draft import text_or_refuse
from vigwidgets.widgets._film import FilmFolder
from vigwidgets.widgets._messages import AskExport, Request
from vigwidgets.widgets._tagger import Tagger

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ClipTray"]

_SECOND = 1_000_000
_TITLE = 80
_SLOWEST = 600  # seconds
_COLUMNS = {"id": "string", "kind": "string", "title": "string", "start": "float64", "end": "float64"}


class ClipTray(Tagger):
    """A film and a tray beside it for the clips of a shared review.

    ```python
    from vigwidgets import ClipTray

    tray = ClipTray("films/blocks")
    tray
    ```

    Args:
        film: The path of a film's folder, or the id of a film in the data directory.
        file: Where the clips are kept; ``<film>.clips.json`` in the working directory by default.
        observer: Who chooses, by an opaque id.
        data: The data directory, if not the usual one.

    Raises:
        Refusal: There is no such film, the file holds something else, or an argument is unknown.
    """

    def __init__(
        self,
        film: str | os.PathLike[str],
        *,
        file: str | os.PathLike[str] | None = None,
        observer: str = "me",
        data: str | os.PathLike[str] | None = None,
        **unknown: Any,
    ) -> None:
        refuse_unknown("ClipTray", unknown, "film, file, observer and data")
        folder = film_or_refuse(film, data)
        self._closed = not_for_parent(_truth(folder))
        name = file if file is not None else f"{folder.film.id}.clips.json"
        self._begin(folder, clip_codebook(), name, observer, _kind="clips")

    @property
    def clips(self) -> pd.DataFrame:
        """The review in its order, one row each.

        Columns: ``id``, ``kind`` (``clip`` or ``still``), ``title``, ``start`` and ``end`` (seconds; a still has
        no end).
        """
        import pandas as pd  # noqa: PLC0415 - a notebook that only collects need not wait for pandas

        rows = [
            [one.id, one.code, one.note, one.start / _SECOND, None if one.end is None else one.end / _SECOND]
            for one in clips_of(self._store.held)
        ]
        return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)

    @property
    def advice(self) -> list[str]:
        """What the craft advises about the review, a sentence each."""
        return advice_on(clips_of(self._store.held))

    def add_clip(self, start: float, end: float, title: str = "") -> str:
        """Keep the film from ``start`` to ``end`` (seconds) at the end of the review, and return the clip's id.

        Raises:
            Refusal: That is no stretch of the film, or one that no parent is shown.
        """
        first, last = self._moment(start), self._moment(end)
        if last <= first:
            raise Refusal(f"The clip ends at {end} s, not after its start at {start} s; give the earlier first.")
        return self._keep("clip", first, last, title)

    def add_still(self, at: float, title: str = "") -> str:
        """Keep the frame that is on the screen at ``at`` seconds as a still, and return its id.

        Raises:
            Refusal: That moment is not in the film, or no parent is shown it.
        """
        return self._keep("still", self._moment(at), None, title)

    def export(self, to: str | os.PathLike[str] | None = None) -> Path:
        """Make MP4 films and PNG stills of the review, exact to the frame, and the whole of it as one film.

        Args:
            to: A new folder, or a ``.zip``; by default a folder beside the tray's file.

        Returns:
            Where they lie.

        Raises:
            Refusal: There is nothing to export, the place is taken, or the films could not be made.
        """
        place = place_of("to", to, folder=True) if to is not None else _free(self.file)
        # In a process of its own: a notebook's kernel needs no encoder.
        command = [sys.executable, "-m", "vigwidgets.cli", "clips", "export", str(self.file.resolve())]
        assert self._folder is not None  # noqa: S101 - a tray always has its film
        said = ["--film", str(self._folder.folder.resolve()), "--to", str(place.resolve())]
        if not self.file.exists():
            raise Refusal("There is no clip in the tray yet; set in and out, and keep one.")
        try:
            done = subprocess.run([*command, *said], capture_output=True, text=True, timeout=_SLOWEST, check=False)
        except subprocess.TimeoutExpired:
            raise Refusal("The clips took more than ten minutes to make; export fewer or shorter ones.") from None
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["The films could not be made."]
            raise Refusal(last[0].removeprefix("Error: "))
        return place

    def _keep(self, code: str, start: int, end: int | None, title: str) -> str:
        title = text_or_refuse("The title", title, _TITLE)
        name = new_id("clip")

        def keeping(observation: Observation) -> list[Put | Drop]:
            cast = observation.cast
            actor = next((one for one in cast if one.role == "child"), cast[0])
            target = next((one for one in cast if one.id != actor.id), actor)
            clip = Tag(
                id=name, code=code, actor=actor.id, target=target.id, start=start, end=end,
                modifiers={PLACE: next_place(observation)}, note=title,
            )  # fmt: skip
            return [Put(op="put", tag=clip)]

        self._edit(keeping)
        return name

    def _answer(self, request: Request) -> Replied:
        if isinstance(request.message, AskExport):
            return {
                "type": "exported",
                "says": f"Made in {self.export().name}. Keep it as safe as the film itself.",
            }, []
        return super()._answer(request)

    def _apply(self, edit: Edit) -> dict[str, Any]:
        try:
            refuse_edit(edit, self._closed, self._store.held.tags)
        except Refusal as refused:
            reply = RefusedMessage(edit=edit.id, reason=str(refused), retry=False)
            return reply.model_dump(mode="json")
        return super()._apply(edit)

    def _edit(self, changes: Changes) -> None:
        def open_ones(observation: Observation) -> Sequence[Put | Drop]:
            made = changes(observation)
            refuse_clips([change.tag for change in made if isinstance(change, Put)], self._closed)
            return made

        super()._edit(open_ones)


def _truth(folder: FilmFolder) -> Truth | None:
    path = folder.folder / "truth.json"
    if not path.is_file():
        return None
    try:
        return Truth.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, path.name)) from None


def _free(file: Path) -> Path:
    """Return a folder beside the tray's file that is not there yet."""
    stem = file.name.removesuffix(".json").removesuffix(".clips")
    names = (f"{stem}.review" if n == 1 else f"{stem}.review-{n}" for n in range(1, 10_000))
    return next(place for name in names if not (place := file.with_name(name)).exists())

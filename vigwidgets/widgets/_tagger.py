"""Tag a film in a notebook; the moments lie in a file beside it."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets as t

from vigwidgets.contract import (
    AckMessage,
    Drop,
    Edit,
    EditedMessage,
    FrameIndex,
    Observation,
    Put,
    RefusedMessage,
    StateMessage,
    Tag,
)
from vigwidgets.errors import Refusal
from vigwidgets.observations import ObservationFile, Unwritten, new_id, new_observation
from vigwidgets.schemes import Codebook, across_of, load_scheme
from vigwidgets.widgets._base import FilmWidget, film_or_refuse, refuse_unknown
from vigwidgets.widgets._compare import Beside, observers_of
from vigwidgets.widgets._draft import FIELDS, draft_tag
from vigwidgets.widgets._film import FilmFolder
from vigwidgets.widgets._messages import AskState, Request, SendEdit
from vigwidgets.widgets._table import tags_table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Tagger"]

EditCallback = Callable[[Edit, Observation], object]
_AND = ", "
_MOST_PAGES = 64
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Tagger(FilmWidget):
    """A film with a lane for each principle; tag by key while it plays, or by dragging.

    Args:
        film: The path of a film's folder, or the id of a film in the data directory.
        scheme: What is coded: a scheme's id, or the path of its YAML file.
        file: Where the moments are kept; ``<film>.observation.json`` in the working directory by default. It is
            written whole at every edit.
        observer: Who codes, by an opaque id.
        compare: Others' moments to lay beside one's own, by name: observations, or the files that they lie in, for
            example ``{"Expert": "expert.observation.json"}``.
        video: False shows the lanes alone: they move with a `Player` of the same film on the page.
        data: The data directory, if not the usual one.

    Raises:
        Refusal: There is no such film or scheme, the file holds another film's observation, or an argument is unknown.
    """

    _scheme = t.Dict().tag(sync=True)
    _across: t.List[Any] = t.List().tag(sync=True)
    _compare: t.List[Any] = t.List().tag(sync=True)
    _observation_id = t.Unicode().tag(sync=True)
    _place = t.Unicode().tag(sync=True)
    _video = t.Bool(True).tag(sync=True)

    def __init__(
        self,
        film: str | os.PathLike[str],
        scheme: str | Path = "paig",
        *,
        file: str | os.PathLike[str] | None = None,
        observer: str = "me",
        compare: Beside | None = None,
        video: bool = True,
        data: str | os.PathLike[str] | None = None,
        **unknown: Any,
    ) -> None:
        refuse_unknown("Tagger", unknown, "film, scheme, file, observer, compare, video and data")
        folder, codebook = film_or_refuse(film, data), load_scheme(scheme)
        beside = observers_of(compare or {}, folder.film.id, codebook)
        self._begin(folder, codebook, file, observer, _kind="tagger", _video=bool(video), _compare=beside)

    def _begin(
        self,
        folder: FilmFolder,
        codebook: Codebook,
        file: str | os.PathLike[str] | None,
        observer: str,
        **traits: Any,
    ) -> None:
        """Open the file and show the film."""
        if not isinstance(observer, str) or not _ID.fullmatch(observer):
            raise Refusal(f"observer={observer!r} is not an id; use letters, digits, dot, dash and underscore.")
        path = Path(file) if file is not None else Path(f"{folder.film.id}.observation.json")
        start = new_observation(folder.film.id, folder.film.duration, codebook.ref, observer, list(folder.film.cast))
        store = ObservationFile(path, start, codebook, folder.frames.times)
        self._codebook = codebook
        self._store = store
        self._callbacks: list[EditCallback] = []
        # By page: the edit that could not be saved, until it comes again.
        self._held_back: dict[int, str] = {}
        super().__init__(
            folder,
            _scheme=codebook.scheme.model_dump(mode="json", exclude_none=False),
            _across=across_of(codebook.scheme.id),
            _observation_id=store.observation.id,
            _place=path.name,
            **traits,
        )
        store.listen(self._show, self._show_all)

    def close(self) -> None:
        """Take the widget away; what was coded stays in its file."""
        if (store := getattr(self, "_store", None)) is not None:
            store.close()
        super().close()

    @property
    def observation(self) -> Observation:
        """What has been coded so far, as it stands in the file."""
        return self._store.observation

    @property
    def tags(self) -> pd.DataFrame:
        """The moments as a table, one row each; see `vigwidgets.widgets._table.tags_table` for its columns."""
        return tags_table(self.observation.tags, self._codebook)

    @property
    def file(self) -> Path:
        """Where the moments are kept."""
        return self._store.path

    def add(
        self,
        code: str,
        start: float,
        end: float | None = None,
        *,
        actor: str | None = None,
        target: str | None = None,
        **more: Any,
    ) -> str:
        """Add a moment, show it, and return its id.

        Args:
            code: What it is: a lane's or a behaviour's id, such as ``"3"`` or ``"3.4"``.
            start: When it begins, in seconds of film time; the nearest frame counts.
            end: When it ends; None for a point in time.
            actor: Who does it: the id of somebody in the film's cast; the likeliest by default.
            target: Toward whom; the likeliest by default.
            **more: ``note`` (text), ``certainty`` (``"sure"``, ``"fairly"``, ``"unsure"``), ``modifiers`` (names and
                choices of the scheme), ``answers`` (the id of the moment that it answers).

        Raises:
            Refusal: Something is not allowed; nothing was added.
        """
        self._need_own_edits()
        refuse_unknown("add", {name: more[name] for name in more if name not in FIELDS}, _AND.join(FIELDS))
        given = {"code": code, "start": start, "end": end, "actor": actor, "target": target, **more}
        tag = draft_tag(given, self.observation, self._codebook, self._frames_or_refuse())
        self._edit([Put(op="put", tag=tag)])
        return tag.id

    def change(self, id: str, **fields: Any) -> None:
        """Change some of a moment; the rest stays as it is.

        Args:
            id: Which moment; see ``tags["id"]``.
            **fields: Any of ``code``, ``start`` and ``end`` (seconds; None takes the end away), ``actor``, ``target``,
                ``note``, ``certainty``, ``modifiers`` and ``answers``.

        Raises:
            Refusal: There is no such moment, or something is not allowed; nothing was changed.
        """
        self._need_own_edits()
        refuse_unknown("change", {name: fields[name] for name in fields if name not in FIELDS}, _AND.join(FIELDS))
        before = self._tag_or_refuse(id)
        tag = draft_tag(fields, self.observation, self._codebook, self._frames_or_refuse(), before)
        if tag != before:
            self._edit([Put(op="put", tag=tag)])

    def drop(self, id: str) -> None:
        """Delete a moment, and the links that lead to it.

        Raises:
            Refusal: There is no such moment.
        """
        self._need_own_edits()
        self._tag_or_refuse(id)
        led = [tag for tag in self.observation.tags if any(link.to == id for link in tag.links or [])]
        freed = [tag.model_copy(update={"links": [one for one in tag.links or [] if one.to != id]}) for tag in led]
        self._edit([*(Put(op="put", tag=tag) for tag in freed if tag.id != id), Drop(op="drop", id=id)])

    def on_edit(self, callback: EditCallback) -> Callable[[], None]:
        """Call ``callback(edit, observation)`` after every edit that was saved; return the way to stop.

        An error in it is printed and stops nothing: what was edited is saved already.

        Raises:
            Refusal: It cannot be called.
        """
        if not callable(callback):
            raise Refusal(f"{callback!r} cannot be called; give a function of the edit and the observation.")
        self._callbacks.append(callback)

        def stop() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

        return stop

    def _need_own_edits(self) -> None:
        """Refuse where somebody else keeps the edits; a tagger keeps its own."""

    def _frames_or_refuse(self) -> FrameIndex:
        if self._folder is None:
            raise Refusal("This widget has no film of its own; its page shows it.")
        return self._folder.frames

    def _tag_or_refuse(self, id: str) -> Tag:
        for tag in self.observation.tags:
            if tag.id == id:
                return tag
        raise Refusal(f"There is no moment {id!r}; read the ids from `tags['id']`.")

    def _edit(self, changes: list[Put | Drop]) -> None:
        edit = Edit(id=new_id("edit"), changes=list(changes))
        self._push(edit)
        self._tell(edit)

    def _tell(self, edit: Edit) -> None:
        for callback in list(self._callbacks):
            try:
                callback(edit, self._store.observation)
            except Exception:
                # The browser waits for its answer, and the edit is in the file: a callback's fault is only shown.
                traceback.print_exc()

    def _answer(self, request: Request) -> tuple[dict[str, Any], list[bytes]]:
        message = request.message
        if isinstance(message, AskState):
            self._held_back.pop(request.page, None)  # a page that asks anew sends again what it still has
            return self._state(), []
        if isinstance(message, SendEdit):
            return self._in_turn(request.page, message.edit), []
        return super()._answer(request)

    def _in_turn(self, page: int, edit: Edit) -> dict[str, Any]:
        """Apply a page's edit, unless an earlier one of that page has to come first; return the reply."""
        if self._held_back.get(page, edit.id) != edit.id:
            # An older word would else replace a newer when it comes again.
            reason = "An earlier change could not be saved yet; this one follows it."
            return RefusedMessage(type="refused", edit=edit.id, reason=reason, retry=True).model_dump(mode="json")
        self._held_back.pop(page, None)
        reply = self._apply(edit)
        if reply["type"] == "refused" and reply["retry"]:
            self._held_back[page] = edit.id
            if len(self._held_back) > _MOST_PAGES:
                del self._held_back[next(iter(self._held_back))]
        return reply

    def _apply(self, edit: Edit) -> dict[str, Any]:
        before = self._store.seq
        try:
            seq = self._store.apply(edit)
        except Refusal as refused:
            # A disk that is full now may take the same edit later; what is wrong in itself stays wrong.
            retry = isinstance(refused, Unwritten)
            reply = RefusedMessage(type="refused", edit=edit.id, reason=str(refused), retry=retry)
            return reply.model_dump(mode="json")
        if self._store.seq > before:
            self._tell(edit)
        return AckMessage(type="ack", edit=edit.id, seq=seq).model_dump(mode="json")

    def _push(self, edit: Edit) -> None:
        """Save an edit that was made in Python; every window is shown it."""
        self._store.apply(edit)

    def _state(self) -> dict[str, Any]:
        store = self._store
        state = StateMessage(type="state", seq=store.seq, observation=store.observation, frozen=False)
        return state.model_dump(mode="json")

    def _show_all(self) -> None:
        """Show what another program wrote into the file."""
        self.send({"message": self._state()})

    def _show(self, edit: Edit, seq: int) -> None:
        """Show every window an edit that is in the file; the one that made it hears that it is."""
        told = EditedMessage(type="edited", edit=edit, seq=seq)
        self.send({"message": told.model_dump(mode="json")})

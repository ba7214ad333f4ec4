"""Tag a film in a notebook; the moments lie in a file beside it."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Callable, Sequence
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
from vigwidgets.contract.asked import Replied
from vigwidgets.errors import Refusal, shown
from vigwidgets.observations import Changes, ObservationFile, Unwritten, new_observation, place_of
from vigwidgets.schemes import Codebook, across_of
from vigwidgets.widgets._base import FilmWidget, film_or_refuse, flag_or_refuse, refuse_unknown, scheme_or_refuse
from vigwidgets.widgets._compare import Beside, observers_of
from vigwidgets.widgets._draft import FIELDS, FOLLOWS, draft_tag, tag_or_refuse
from vigwidgets.widgets._drawer import drawer_of
from vigwidgets.widgets._film import FilmFolder
from vigwidgets.widgets._messages import AskState, Request, SendEdit
from vigwidgets.widgets._table import tags_table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Tagger"]

EditCallback = Callable[[Edit, Observation], object]
_AND = ", "
_MOST_PAGES = 64
_MOST_CHANGES = 1000
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
    _drawer = t.Unicode().tag(sync=True)
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
        folder, codebook = film_or_refuse(film, data), scheme_or_refuse(scheme)
        shows = flag_or_refuse("video", video)
        beside = observers_of({} if compare is None else compare, _begun(folder, codebook, "me"), codebook)
        self._begin(folder, codebook, file, observer, _kind="tagger", _video=shows, _compare=beside)

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
            raise Refusal(f"observer={shown(observer)} is not an id; use letters, digits, dot, dash and underscore.")
        path = place_of("file", file if file is not None else f"{folder.film.id}.observation.json")
        store = ObservationFile(path, _begun(folder, codebook, observer), codebook, folder.frames.times)
        self._codebook = codebook
        self._store = store
        # By page: the edit that could not be saved, until it comes again.
        self._held_back: dict[int, str] = {}
        super().__init__(
            folder,
            _scheme=codebook.scheme.model_dump(mode="json", exclude_none=False),
            _across=across_of(codebook.scheme.id),
            _observation_id=store.held.id,
            _drawer=drawer_of(path, store.held),
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
        """What has been coded so far, as it stands in the file, also when another program wrote it; a copy."""
        return self._store.observation

    @property
    def tags(self) -> pd.DataFrame:
        """The moments as a table, one row each; see `vigwidgets.widgets._table.tags_table` for its columns."""
        return tags_table(self._moments(), self._codebook)

    def _moments(self) -> Sequence[Tag]:
        return self._store.held.tags

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

        A row of `tags` may be given whole, ``tagger.add(**row)``: what a table has where nothing is (NaN, NA) is
        nothing, and ``lane`` and ``label`` follow from the code.

        Args:
            code: What it is: a lane's or a behaviour's id, such as ``"3"`` or ``"3.4"``.
            start: When it begins, in seconds of film time; the nearest frame counts.
            end: When it ends; None for a point in time.
            actor: Who does it: the id of somebody in the film's cast; the likeliest by default.
            target: Toward whom; the likeliest by default.
            **more: ``note`` (text), ``certainty`` (``"sure"``, ``"fairly"``, ``"unsure"``), ``modifiers`` (names and
                choices of the scheme), ``answers`` (the id of the moment that it answers), ``id`` (its own; a fresh
                one where another moment has that already, and by default).

        Raises:
            Refusal: Something is not allowed; nothing was added.
        """
        self._need_own_edits()
        known = (*FIELDS, "id")
        refuse_unknown("add", {name: more[name] for name in more if name not in (*known, *FOLLOWS)}, _AND.join(known))
        given = {"code": code, "start": start, "end": end, "actor": actor, "target": target, **more}
        frames, made = self._frames_or_refuse(), []

        def adding(observation: Observation) -> list[Put | Drop]:
            made.append(draft_tag(given, observation, self._codebook, frames))
            return [Put(op="put", tag=made[-1])]

        self._edit(adding)
        return made[-1].id

    def change(self, id: str, **fields: Any) -> None:
        """Change some of a moment; the rest stays as it is.

        Args:
            id: Which moment; see ``tags["id"]``.
            **fields: Any of ``code``, ``start`` and ``end`` (seconds; None takes the end away), ``actor``, ``target``,
                ``note``, ``certainty``, ``modifiers`` and ``answers``; or a whole row of `tags`.

        Raises:
            Refusal: There is no such moment, or something is not allowed; nothing was changed.
        """
        self._need_own_edits()
        unknown = {name: fields[name] for name in fields if name not in (*FIELDS, *FOLLOWS)}
        refuse_unknown("change", unknown, _AND.join(FIELDS))
        frames = self._frames_or_refuse()

        def changing(observation: Observation) -> list[Put | Drop]:
            before = tag_or_refuse(id, observation)
            tag = draft_tag(fields, observation, self._codebook, frames, before)
            return [] if tag == before else [Put(op="put", tag=tag)]

        self._edit(changing)

    def drop(self, id: str) -> None:
        """Delete a moment, and the links that lead to it.

        Raises:
            Refusal: There is no such moment.
        """
        self._need_own_edits()

        def dropping(observation: Observation) -> list[Put | Drop]:
            tag_or_refuse(id, observation)
            led = [tag for tag in observation.tags if tag.id != id and any(link.to == id for link in tag.links)]
            freed = [tag.model_copy(update={"links": [one for one in tag.links if one.to != id]}) for tag in led]
            # An edit holds no more; a link that leads nowhere counts for nothing.
            return [*(Put(op="put", tag=tag) for tag in freed[: _MOST_CHANGES - 1]), Drop(op="drop", id=id)]

        self._edit(dropping)

    def on_edit(self, callback: EditCallback) -> Callable[[], None]:
        """Call ``callback(edit, observation)`` after every edit that was saved; return the way to stop.

        Whoever made it: this widget, another one on the same file, or another program. What another program wrote
        is noticed when this one looks into the file, to read or to write, and comes as the edit that leads there.
        Both arguments are copies, and the callback may edit. An error in it is printed and stops nothing: what was
        edited is saved already.

        Raises:
            Refusal: It cannot be called.
        """
        if not callable(callback):
            raise Refusal(f"{shown(callback)} cannot be called; give a function of the edit and the observation.")

        def told(edit: Edit, observation: Observation) -> None:
            try:
                callback(edit, observation)
            except Exception:
                # The browser waits for its answer, and the edit is in the file: a callback's fault is only shown.
                traceback.print_exc()

        return self._store.hear(told)

    def _need_own_edits(self) -> None:
        """Refuse where somebody else keeps the edits; a tagger keeps its own."""

    def _frames_or_refuse(self) -> FrameIndex:
        if self._folder is None:
            raise Refusal("This widget has no film of its own; its page shows it.")
        return self._folder.frames

    def _edit(self, changes: Changes) -> None:
        """Save an edit that is made in Python; every window is shown it."""
        self._store.edit(changes)

    def _answer(self, request: Request) -> Replied:
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
        try:
            seq = self._store.apply(edit)
        except Refusal as refused:
            # A disk that is full now may take the same edit later; what is wrong in itself stays wrong.
            retry = isinstance(refused, Unwritten)
            reason = refused.waiting if isinstance(refused, Unwritten) else str(refused)
            reply = RefusedMessage(type="refused", edit=edit.id, reason=reason, retry=retry)
            return reply.model_dump(mode="json")
        return AckMessage(type="ack", edit=edit.id, seq=seq).model_dump(mode="json")

    def _state(self) -> dict[str, Any]:
        store = self._store
        state = StateMessage(type="state", seq=store.seq, observation=store.held, frozen=False)
        return state.model_dump(mode="json")

    def _show_all(self) -> None:
        """Show what another program wrote into the file."""
        self.send({"message": self._state()})

    def _show(self, edit: Edit, seq: int) -> None:
        """Show every window an edit that is in the file; the one that made it hears that it is."""
        told = EditedMessage(type="edited", edit=edit, seq=seq)
        self.send({"message": told.model_dump(mode="json")})


def _begun(folder: FilmFolder, codebook: Codebook, observer: str) -> Observation:
    film = folder.film
    return new_observation(film.id, film.duration, codebook.ref, observer, list(film.cast))

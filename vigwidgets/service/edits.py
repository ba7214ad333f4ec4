"""The edits' socket: from a browser's outbox to the disk, and back the word that it is there."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
from collections.abc import Sequence
from typing import Annotated, ClassVar

from pydantic import Field, TypeAdapter, ValidationError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from vigwidgets.contract import (
    AckMessage,
    EditedMessage,
    FrozenMessage,
    PongMessage,
    PresenceMessage,
    RefusedMessage,
    SendEdit,
    SendPing,
    StateMessage,
    in_a_sentence,
)
from vigwidgets.errors import NotAllowed, Refusal
from vigwidgets.observations import Stretch, not_for_parent, refuse_edit
from vigwidgets.records import ObservationRecord, Person, StoreUnavailable
from vigwidgets.schemes import Codebook, clip_codebook
from vigwidgets.service import rights
from vigwidgets.service.base import Missing, VigHandler
from vigwidgets.service.bucket import Bucket
from vigwidgets.service.clips import holds_clips, knows_the_key
from vigwidgets.service.mishaps import log_mishap
from vigwidgets.service.release import read_by
from vigwidgets.service.state import ServiceState

__all__ = ["LARGEST", "MESSAGES", "SIGNED_OUT", "EditSocket"]

log = logging.getLogger("vigwidgets.service")

LARGEST = 1_000_000
"""The largest message in bytes; an edit of many changes is sent as several."""

PATIENCE = 4.0
"""Seconds that an edit may wait for its turn; a browser takes a line for dead that is silent for 8 s."""

WARM_AFTER = 5.0
"""Seconds from the opening of a socket until the process that marks is started."""

SIGNED_OUT = 4401
"""The socket's closing code when the session is over: sign in again, and what is kept will be sent."""

MESSAGES: dict[type[SendEdit] | type[SendPing], str] = {SendEdit: "observation.edit", SendPing: "observation.read"}
"""The action of the table of rights for each message that a browser may send."""

_SENT: TypeAdapter[SendEdit | SendPing] = TypeAdapter(Annotated[SendEdit | SendPing, Field(discriminator="type")])
_MISHAP = "Something went wrong on the server, so this was not saved; it is kept here and sent again."
_TOO_QUICK = "So much was sent at once that this change has to wait; it is kept here and sent again in a few seconds."
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

Sends = StateMessage | AckMessage | RefusedMessage | EditedMessage | FrozenMessage | PresenceMessage | PongMessage


class EditSocket(VigHandler, WebSocketHandler):
    """``/observations/<id>/edits``.

    The session and the table of rights are asked when the socket opens and again for each message: a session may
    be closed, and a role may change, while it is open. One message is dealt with at a time, so that a browser
    which sends more than a person's share is slowed down; only what would wait too long is refused for now. What
    comes after a refused edit is refused too, until that one is sent again: edits build on each other.
    """

    actions: ClassVar = {"get": "observation.read"}

    def initialize(self, state: ServiceState) -> None:
        """Take what all handlers share."""
        super().initialize(state)
        self._observation = ""
        self._owner = ""
        self._handed_in = False  # when the line opened; what has been handed in stays so
        self.writes: bool | None = None
        self._codebook: Codebook | None = None
        self._times: Sequence[int] | None = None
        # In a tray: what no parent is shown.
        self._closed: Sequence[Stretch] = ()
        self._bucket = Bucket()
        # The edit that could not be taken now, and why. Until it comes again no later one passes it: an older word
        # would else replace a newer.
        self._held_back, self._held_why = "", ""
        # What others did before this window has its first state; None from then on.
        self._unheard: list[EditedMessage | FrozenMessage] | None = []
        self._seq_at_first = 0

    @property
    def max_message_size(self) -> int:
        """The largest message in bytes."""
        return LARGEST

    @property
    def ping_interval(self) -> float | None:
        """Seconds between pings that find connections which are gone."""
        return 20.0

    async def owns(self, *path: str) -> bool:
        """Tell whether the asking person is the one who codes."""
        record = await self._found(path[0])
        return self.person is not None and record.person == self.person.id

    async def handed_in(self, *path: str) -> bool:
        """Tell whether the observation is finished."""
        return (await self._found(path[0])).frozen

    async def _found(self, observation_id: str) -> ObservationRecord:
        try:
            return await self.state.read(self.state.records.observation, observation_id)
        except StoreUnavailable:
            raise
        except Refusal as refused:
            raise Missing(str(refused)) from None

    async def open(self, *args: str, **_: str) -> None:
        """Send the observation as it is, then whatever others do to it."""
        self.set_nodelay(True)
        self._observation = args[0]
        if self.person is not None:
            self._bucket = self.state.buckets.of(self.person.id)
        # Joined first, read second: nothing can fall between.
        self.state.rooms.join(self._observation, self)
        try:
            record = await self._found(self._observation)
            self._owner, self._handed_in = record.person, record.frozen
            checks = await self.state.read(_checks, self.state, record)
            shown = await self.state.read(read_by, self.person, record, self.state.course, self.state.records)
            self._codebook, self._times, self._closed = checks
        except Refusal as refused:
            self._say(RefusedMessage(edit=None, reason=str(refused), retry=isinstance(refused, StoreUnavailable)))
            self.close(1011, "not available")
            return
        # When the page has had its time to load; by the time that this is handed in, what marks it is ready.
        asyncio.get_running_loop().call_later(WARM_AFTER, self._warm)
        self._say(StateMessage(seq=record.seq, observation=shown, frozen=record.frozen))
        self._seq_at_first = record.seq
        unheard, self._unheard = self._unheard or [], None
        for message in unheard:
            self.hear(message)
        person = self.person
        owns = person is not None and person.id == self._owner
        self.writes = rights.allowed(person, "observation.edit", owns=owns)
        self.state.rooms.arrive(self._observation, self)

    def _warm(self) -> None:
        if self.close_code is None:
            self.state.in_background(self.state.work(self.state.grader.warm))

    def on_close(self) -> None:
        """Listen no more."""
        if self._observation:
            self.state.rooms.leave(self._observation, self)

    def hear(self, message: EditedMessage | FrozenMessage | PresenceMessage) -> None:
        """Pass on what another window did, or that it came or went."""
        if self._unheard is None:
            # What was on the disk when this window was told the whole may be passed round only afterwards.
            if not isinstance(message, EditedMessage) or message.seq > self._seq_at_first:
                self._say(message)
        elif not isinstance(message, PresenceMessage):
            self._unheard.append(message)

    async def on_message(self, message: str | bytes) -> None:
        """Deal with one message; whatever is in it, the answer is a message and the socket stays."""
        if self._codebook is None:
            return
        # Reading costs too, so it is paid for before; what is far too much is read only for its edit's id.
        await asyncio.sleep(self._bucket.take(1 + len(message) / 1024) or 0)
        try:
            sent = _SENT.validate_json(message)
        except ValidationError as error:
            reason = in_a_sentence(error, "the message")
            self._say(RefusedMessage(edit=_edit_id(message), reason=reason, retry=False))
            return
        action = MESSAGES[type(sent)]
        if isinstance(sent, SendPing):
            await self._ping(action)
        elif await self._in_turn(sent):
            await self._edit(sent, action)

    async def _in_turn(self, sent: SendEdit) -> bool:
        """Wait until the person's share allows for an edit; return whether it may go on."""
        edit = sent.edit
        wait = None
        if self._held_back in ("", edit.id):
            wait = self._bucket.take(len(edit.changes) - 1, PATIENCE)
        if wait is None:
            self._hold(edit.id, self._held_why or _TOO_QUICK)
            return False
        self._held_back, self._held_why = "", ""
        await asyncio.sleep(wait)
        return True

    def _hold(self, edit: str, why: str) -> None:
        """Refuse an edit for now, and whatever follows it until it comes again."""
        if not self._held_back:
            self._held_back, self._held_why = edit, why
        self._say(RefusedMessage(edit=edit, reason=why, retry=True))

    async def _ping(self, action: str) -> None:
        try:
            person = await self.state.read(self._person_now)
            owns = person is not None and person.id == self._owner
            rights.require(person, action, owns=owns, handed_in=self._handed_in)
        except NotAllowed as refused:
            self._shut(None, refused)
        except Refusal:
            # The database is away for the moment; the line is not.
            self._say(PongMessage())
        else:
            self._say(PongMessage())

    async def _edit(self, sent: SendEdit, action: str) -> None:
        edit = sent.edit
        try:
            seq, fresh = await self.state.writer.submit_for(self._owner, self._append, sent, action)
        except NotAllowed as refused:
            self._shut(edit.id, refused)
        except StoreUnavailable as refused:
            self._hold(edit.id, str(refused))
        except Refusal as refused:
            self._say(RefusedMessage(edit=edit.id, reason=str(refused), retry=False))
        except Exception as error:
            log_mishap("An edit could not be saved.", error)
            self._hold(edit.id, _MISHAP)
        else:
            self._say(AckMessage(edit=edit.id, seq=seq))
            if fresh:
                self.state.rooms.tell(self._observation, EditedMessage(edit=edit, seq=seq), but=self)
                self._snapshot(seq)

    def _append(self, sent: SendEdit, action: str) -> tuple[int, bool]:
        """On the writer's thread: who is it now, may they, and then to the disk."""
        person = self._person_now()
        rights.require(person, action, owns=person is not None and person.id == self._owner)
        assert self._codebook is not None  # noqa: S101 - on_message reads nothing before it is set
        if self._closed:
            refuse_edit(sent.edit, self._closed, self.state.records.observation(self._observation).observation.tags)
        return self.state.records.save_edit(self._observation, sent.edit, self._codebook, self._times)

    def _person_now(self) -> Person | None:
        return self.state.records.session_person(self.token)

    def _snapshot(self, seq: int) -> None:
        if self.state.records.snapshot_due(self._observation, seq):
            self.state.in_background(self.state.writer.submit(_snapshot, self.state, self._observation))

    def _shut(self, edit: str | None, refused: NotAllowed) -> None:
        # Signed out: the edit may be right and must be kept. Signed in as somebody who may not: it is not.
        signed_out = isinstance(refused, rights.SignedOut)
        self._say(RefusedMessage(edit=edit, reason=str(refused), retry=signed_out))
        if signed_out:
            self.close(SIGNED_OUT, "signed out")

    def _say(self, message: Sends) -> None:
        # A window that is gone will read what is on the disk when it comes back.
        with contextlib.suppress(WebSocketClosedError):
            self.write_message(message.model_dump_json()).add_done_callback(_forget)


def _forget(future: asyncio.Future[None]) -> None:
    if not future.cancelled():
        future.exception()


def _checks(state: ServiceState, record: ObservationRecord) -> tuple[Codebook, Sequence[int], Sequence[Stretch]]:
    """Return what edits are checked against: the scheme, when each frame begins, and where no clip may lie."""
    film = record.observation.film
    times = state.library.frame_index(film).times
    if not holds_clips(record.exercise):
        return state.course.codebook(record.exercise), times, ()
    told = knows_the_key(state, record.person, record.exercise)
    return clip_codebook(), times, not_for_parent(state.library.truth(film)) if told else ()


def _snapshot(state: ServiceState, observation: str) -> None:
    try:
        state.records.take_snapshot(observation)
    except StoreUnavailable:
        log.warning("no room for a snapshot of %s; its log is whole", observation)


def _edit_id(message: str | bytes) -> str | None:
    """Return the id of the edit in a message that could not be read, so that the browser knows which it was."""
    try:
        found = json.loads(message)["edit"]["id"]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None
    return found if isinstance(found, str) and _ID.fullmatch(found) else None

"""An observation as a file beside the notebook: written whole or not at all, at every edit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from pydantic import ValidationError

from vigwidgets.contract import Drop, Edit, Observation, Put, in_a_sentence
from vigwidgets.errors import Refusal
from vigwidgets.observations._apply import apply_edit, without_absent
from vigwidgets.observations._disk import read_kept, write_observation
from vigwidgets.observations._new import new_id
from vigwidgets.observations._opening import check_opened
from vigwidgets.observations._own import own_edit, own_observation
from vigwidgets.observations._pages import said_otherwise
from vigwidgets.observations._place import place_of
from vigwidgets.observations._saved import Saved, digest_of
from vigwidgets.observations._shared import Listener, Shared, Unwritten, locked, shared_at, signature_of
from vigwidgets.observations._telling import Told
from vigwidgets.schemes import Codebook

__all__ = ["Changes", "ObservationFile"]

Changes = Callable[[Observation], Sequence[Put | Drop]]
"""What is to be changed, once it is known how everything stands; it reads the observation and leaves it as it is."""


class ObservationFile:
    """The store of a widget without a service.

    All that are opened on one file in one process are one: an edit through any is seen by every other. What another
    process wrote is read before anything is written, so that nothing of it is lost.

    Args:
        path: The file, for example ``Path("blocks.observation.json")``.
        start: What to begin with when the file does not exist yet.
        codebook: The scheme that is coded.
        times: When each frame begins, in microseconds, if known.

    Raises:
        Refusal: The file is there and cannot be read, or what it holds is not allowed here.
    """

    def __init__(self, path: Path, start: Observation, codebook: Codebook, times: Sequence[int] | None = None) -> None:
        self.path = place_of("path", path)
        self._start = start
        self._codebook = codebook
        self._times = times
        self._listener: Listener | None = None
        self._told: list[Told] = []
        self._shared = shared_at(self.path)
        with self._turn():
            self._open()

    @property
    def observation(self) -> Observation:
        """What has been coded so far, as a copy."""
        return own_observation(self.held)

    @property
    def held(self) -> Observation:
        """What has been coded so far, as it stands in the file now: to be read, and never to be changed.

        While the file is gone or cannot be read, it is what was last read or written.
        """
        shared = self._shared
        if not shared.within():
            try:
                with self._turn(writes=False):
                    self._catch_up()
            except Unwritten:
                pass  # whoever edits hears of it
        return shared.observation or self._start

    @property
    def seq(self) -> int:
        """The number of the newest edit in this process."""
        return self._shared.seq

    def listen(self, edited: Callable[[Edit, int], None], replaced: Callable[[], None]) -> None:
        """Be told of what is saved.

        Args:
            edited: Called with every edit that was made in this process, here or by others, and its number.
            replaced: Called when the file holds something else, because another program wrote it.
        """
        self._listener = Listener(edited, replaced)
        self._shared.listeners.append(self._listener)

    def hear(self, told: Told) -> Callable[[], None]:
        """Be told of every edit once it is saved, whoever made it; what another program changed comes as an edit too.

        Args:
            told: Called with the edit and the observation after it; both are copies. It may edit.

        Returns:
            The way to be told no more.
        """
        telling = self._shared.telling
        telling.hear(told)
        self._told.append(told)
        return lambda: telling.stop(told)

    def close(self) -> None:
        """Be told of nothing more."""
        if self._listener in self._shared.listeners:
            self._shared.listeners.remove(self._listener)
        for told in self._told:
            self._shared.telling.stop(told)

    @contextmanager
    def _turn(self, *, writes: bool = True) -> Iterator[Shared]:
        """Have what is held here, and to write the file as well, to oneself; afterwards tell what was saved."""
        shared = self._shared
        mine: AbstractContextManager[object] = locked(shared) if writes else shared.lock
        try:
            with mine:
                shared.holder = threading.get_ident()
                try:
                    yield shared
                finally:
                    shared.holder = None
        finally:
            shared.telling.tell()

    def _open(self) -> None:
        shared = self._shared
        signature = signature_of(shared.path)
        if signature is None:
            # Nobody has written yet, or the file was taken away to begin anew.
            held = shared.observation
            if held is None or shared.signature is not None or not _alike(held, self._start):
                shared.replace(self._start, None, Saved())
            return
        held = shared.observation if signature == shared.signature else None
        found, saved = (held, shared.saved) if held is not None else read_kept(shared.path)
        self._check(found)
        if held is None:
            shared.replace(found, signature, saved)

    def _check(self, found: Observation) -> None:
        check_opened(found, self._start, self._codebook, self.path.name)

    def apply(self, edit: Edit) -> int:
        """Apply an edit, write the file, and return the edit's number; an edit seen before is not applied again.

        Seen is also what the file names among the edits that it holds: another process may have taken it, or this one
        before its kernel was restarted.

        An edit that its page numbered lower than one of the same moment's same field that is saved comes too late.

        Raises:
            Refusal: The edit is not allowed, or comes too late; the file is as it was.
            Unwritten: The disk refused it, or the file cannot be read any more; it is as it was.
        """
        with self._turn() as shared:
            said = digest_of(edit)
            if edit.id not in shared.seen:
                self._catch_up()
            if edit.id in shared.seen:
                if shared.said[edit.id] != said:
                    raise said_otherwise(edit.id)
                return shared.seen[edit.id]
            if shared.saved.holds(edit, said):
                return 0  # it lies below all that was numbered here
            shared.saved.refuse_late(edit)
            # What is lost on its way may be the making of a tag that this one was to change.
            done = without_absent(edit, shared.observation or self._start)
            return self._take(own_edit(edit), said, shared.saved.with_edit(done, said))

    def edit(self, changes: Changes) -> Edit | None:
        """Make and apply an edit of what stands in the file now; nobody else writes between the looking and the doing.

        Args:
            changes: Given the observation, it says what to change. Nothing: then nothing is written.

        Returns:
            The edit; None for none.

        Raises:
            Refusal: The edit is not allowed, or ``changes`` refuses; the file is as it was.
            Unwritten: The disk refused it, or the file cannot be read any more; it is as it was.
        """
        with self._turn() as shared:
            self._catch_up()
            made = list(changes(shared.observation or self._start))
            if not made:
                return None
            try:
                edit = own_edit(Edit(id=new_id("edit"), changes=made))
            except ValidationError as error:
                raise Refusal(in_a_sentence(error, "the edit")) from None
            # Nobody sends it again: it need not be named in the file.
            self._take(edit, digest_of(edit), shared.saved)
        return own_edit(edit)

    def _take(self, edit: Edit, said: str, saved: Saved) -> int:
        shared = self._shared
        shared.telling.may_take()
        after = apply_edit(shared.observation or self._start, edit, self._codebook, self._times)
        write_observation(shared.path, after, saved)
        shared.said[edit.id], shared.saved = said, saved
        shared.telling.took(edit, after)
        return shared.took(edit, after, signature_of(shared.path))

    def _catch_up(self) -> None:
        """Read what another program wrote. A file that was taken away is written whole again, from memory."""
        try:
            signature = signature_of(self._shared.path)
            if signature is None or signature == self._shared.signature:
                return
            found, saved = read_kept(self._shared.path)
            self._check(found)
        except (Refusal, OSError) as error:
            # What waits is not lost by somebody else's mistake.
            raise Unwritten(str(error).rstrip(".")) from None
        self._shared.replace(found, signature, saved)


def _alike(one: Observation, other: Observation) -> bool:
    """Whether two are beginnings of the same work."""
    return one.model_copy(update={"id": other.id, "tags": other.tags}) == other

"""An observation as a file beside the notebook: written whole or not at all, at every edit."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vigwidgets.contract import Edit, Observation, in_a_sentence
from vigwidgets.errors import Refusal
from vigwidgets.observations._apply import apply_edit
from vigwidgets.observations._opening import check_opened
from vigwidgets.observations._shared import Listener, Unwritten, locked, shared_at, signature_of
from vigwidgets.schemes import Codebook

__all__ = ["ObservationFile", "parse_observation"]


def parse_observation(data: Any, source: str = "the observation") -> Observation:
    """Read an observation from plain data.

    Raises:
        Refusal: The data is not an observation of a version that is known here.
    """
    try:
        return Observation.model_validate(data)
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, source)) from None


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
        self.path = path
        self._start = start
        self._codebook = codebook
        self._times = times
        self._listener: Listener | None = None
        self._shared = shared_at(path)
        with locked(self._shared):
            self._open()

    @property
    def observation(self) -> Observation:
        """What has been coded so far."""
        return self._shared.observation or self._start

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

    def close(self) -> None:
        """Be told of nothing more."""
        if self._listener in self._shared.listeners:
            self._shared.listeners.remove(self._listener)

    def _open(self) -> None:
        shared = self._shared
        signature = signature_of(shared.path)
        if signature is None:
            # Nobody has written yet, or the file was taken away to begin anew.
            held = shared.observation
            if held is None or shared.signature is not None or not _alike(held, self._start):
                shared.replace(self._start, None)
            return
        held = shared.observation if signature == shared.signature else None
        found = held or self._read()
        self._check(found)
        if held is None:
            shared.replace(found, signature)

    def _check(self, found: Observation) -> None:
        check_opened(found, self._start, self._codebook, self.path.name)

    def _read(self) -> Observation:
        try:
            return parse_observation(json.loads(self._shared.path.read_text(encoding="utf-8")), self.path.name)
        except RecursionError:
            raise Refusal(
                f"{self.path.name} could not be read as an observation (it is nested without end); move it away or "
                "restore it."
            ) from None
        except (OSError, ValueError) as error:
            raise Refusal(
                f"{self.path.name} could not be read as an observation ({error}); move it away or restore it."
            ) from None

    def apply(self, edit: Edit) -> int:
        """Apply an edit, write the file, and return the edit's number; an edit seen before is not applied again.

        Raises:
            Refusal: The edit is not allowed; the file is as it was.
            Unwritten: The disk refused it, or the file cannot be read any more; it is as it was.
        """
        shared = self._shared
        with locked(shared):
            if edit.id in shared.seen:
                return shared.seen[edit.id]
            self._catch_up()
            after = apply_edit(self.observation, edit, self._codebook, self._times)
            self._write(after)
            return shared.took(edit, after, signature_of(shared.path))

    def _catch_up(self) -> None:
        """Read what another program wrote. A file that was taken away is written whole again, from memory."""
        try:
            signature = signature_of(self._shared.path)
            if signature is None or signature == self._shared.signature:
                return
            found = self._read()
            self._check(found)
        except (Refusal, OSError) as error:
            # What waits is not lost by somebody else's mistake.
            raise Unwritten(f"{str(error).rstrip('.')}, and the edit will be sent again.") from None
        self._shared.replace(found, signature)

    def _write(self, observation: Observation) -> None:
        text, place = observation.model_dump_json(indent=1), self._shared.path
        draft: Path | None = None
        try:
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=place.parent, prefix=f".{place.name}.", delete=False
            ) as file:
                draft = Path(file.name)
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(place)
        except OSError as error:
            if draft is not None:
                draft.unlink(missing_ok=True)
            raise Unwritten(
                f"{self.path.name} could not be written ({error.strerror}); make room or choose another place, "
                "and the edit will be sent again."
            ) from None


def _alike(one: Observation, other: Observation) -> bool:
    """Whether two are beginnings of the same work."""
    return one.model_copy(update={"id": other.id, "tags": other.tags}) == other

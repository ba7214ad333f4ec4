"""The clip tray of an exercise: an observation of its own, and its export."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from weakref import WeakKeyDictionary

from tornado.web import Finish

from vigwidgets.curriculum import Exercise
from vigwidgets.errors import Refusal
from vigwidgets.observations import clips_of, new_observation, not_for_parent, refuse_clips
from vigwidgets.records import ObservationRecord, Person
from vigwidgets.schemes import CLIPS, clip_codebook
from vigwidgets.service.base import Missing
from vigwidgets.service.files import FileHandler
from vigwidgets.service.release import withheld

if TYPE_CHECKING:
    from vigwidgets.service.state import ServiceState

__all__ = ["ClipsHandler", "holds_clips", "knows_the_key", "tray_for"]

_SLOWEST = 600.0  # seconds
_MOST_WAITING = 8
_queues: WeakKeyDictionary[asyncio.AbstractEventLoop, _Queue] = WeakKeyDictionary()


def holds_clips(exercise: str) -> bool:
    """Tell whether the records' ``exercise`` names a tray; no exercise of a course has a dot in its name."""
    return exercise.startswith("clips.")


def _tray_name(exercise: str) -> str:
    name = f"clips.{exercise}"
    # The records' column holds 64 signs.
    return name if len(name) <= 64 else f"clips.{hashlib.sha256(exercise.encode()).hexdigest()[:40]}"


def tray_for(state: ServiceState, person: Person, exercise: Exercise, film: str) -> ObservationRecord:
    """Return the tray in which a person collects clips in an exercise; a film that has changed gets a new one.

    Runs on the writer's thread.

    Raises:
        Refusal: The film is not there.
    """
    name = _tray_name(exercise.id)
    current = state.records.current_observation(person.id, name)
    if current is not None:
        record = state.records.observation(current)
        if record.observation.film == film:
            return record
        state.records.set_aside(current)
    shown = state.library.get(film)
    fresh = new_observation(shown.id, shown.duration, clip_codebook().ref, person.id, list(shown.cast))
    return state.records.start_observation(person.id, name, exercise.version, fresh)


_NOT_YET = (
    "The review is made when you have handed in what you saw, and it has come back to you: until then nothing here may "
    "tell what the expert saw. Your clips are kept."
)


def knows_the_key(state: ServiceState, person: str, tray: str) -> bool:
    """Tell whether a person may be told which moments of a tray's film no parent is shown.

    They are beats of the film's truth: where an exercise is marked against it, to name one is to tell the key.

    Args:
        state: The installation.
        person: The person's id.
        tray: The tray's name, where the records have an exercise's.
    """
    exercise = next((one for one in state.course.exercises.values() if _tray_name(one.id) == tray), None)
    if exercise is None or exercise.marking == "none":
        return True
    attempts = state.records.attempts(exercise.id, person)
    return any(not withheld(attempt, None, state.course) for attempt in attempts)


class _Queue:
    """Who has a review made, one at a time: an encoder takes every core that it finds."""

    def __init__(self) -> None:
        self._people: set[str] = set()
        self._encoder = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def turn(self, person: str) -> AsyncIterator[None]:
        """Wait for one's turn.

        Raises:
            Refusal: The person waits already, or too many others do.
        """
        if person in self._people:
            raise Refusal("Your review is being made already, for another window; wait for it, or close that one.")
        if len(self._people) >= _MOST_WAITING:
            raise Refusal(f"{_MOST_WAITING} people have their reviews made just now; try again in a few minutes.")
        self._people.add(person)
        try:
            async with self._encoder:
                yield
        finally:
            self._people.discard(person)


class ClipsHandler(FileHandler):
    """``/observations/<id>/clips.zip``: a tray's clips, stills and review as files."""

    actions: ClassVar = {"get": "clips.export"}
    making: asyncio.Future[None] | None = None

    async def owns(self, *path: str) -> bool:
        """Tell whether the asking person collected them."""
        return self.person is not None and (await self._found(path[0])).person == self.person.id

    async def handed_in(self, *path: str) -> bool:
        """Tell whether what is asked for is finished."""
        return (await self._found(path[0])).frozen

    async def _found(self, observation_id: str) -> ObservationRecord:
        try:
            return await self.state.read(self.state.records.observation, observation_id)
        except Refusal as refused:
            raise Missing(str(refused)) from None

    async def get(self, observation_id: str) -> None:
        """Make the files in a process of their own and send them; nothing of them stays on the server."""
        record = await self._found(observation_id)
        held = record.observation
        if held.scheme.id != CLIPS:
            raise Missing("This observation holds tags and no clips; collect clips in the tray, then export them.")
        truth = await self.state.read(self.state.library.truth, held.film)
        clips = clips_of(held)
        if not clips:
            raise Refusal("There is no clip in the tray yet; set in and out, and keep one.")
        if not await self.state.read(knows_the_key, self.state, record.person, record.exercise):
            raise Refusal(_NOT_YET)
        refuse_clips(clips, not_for_parent(truth))
        with tempfile.TemporaryDirectory(prefix="vig-clips-") as scratch:
            folder = Path(scratch)
            (folder / "tray.json").write_text(held.model_dump_json(), encoding="utf-8")
            async with _queue().turn(record.person):
                self.making = asyncio.ensure_future(self._make(folder))
                try:
                    await self.making
                except asyncio.CancelledError:
                    if self.making.cancelled():
                        raise Finish from None  # whoever asked has left
                    raise
            self.set_header("Content-Disposition", 'attachment; filename="review.zip"')
            await self.send_file(folder / "review.zip", "application/zip", "no-store")

    def on_connection_close(self) -> None:
        """Make nothing for somebody who has left."""
        if self.making is not None:
            self.making.cancel()
        super().on_connection_close()

    async def _make(self, folder: Path) -> None:
        """Run ``vig clips export``.

        Raises:
            Refusal: It refused, or took too long.
        """
        command = [sys.executable, "-m", "vigwidgets.cli", "--data", str(self.state.data.resolve()), "clips", "export"]
        said = [str(folder / "tray.json"), "--to", str(folder / "review.zip")]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, *said, stdout=pipe, stderr=pipe)
        try:
            _, error = await asyncio.wait_for(process.communicate(), _SLOWEST)
        except TimeoutError:
            raise Refusal("The clips took more than ten minutes to make; export fewer or shorter ones.") from None
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode:
            last = error.decode(errors="replace").strip().splitlines()[-1:] or ["nothing was said"]
            raise Refusal(last[0].removeprefix("Error: "))


def _queue() -> _Queue:
    return _queues.setdefault(asyncio.get_running_loop(), _Queue())

"""Observations and their edit logs."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from vigwidgets.contract import Edit, Observation, Tag
from vigwidgets.errors import Refusal
from vigwidgets.observations import apply_edit
from vigwidgets.records._fold import Cache, Folded, load, tags_json
from vigwidgets.records._heads import Head, find_head, open_head, refuse_closed
from vigwidgets.records._store import Store
from vigwidgets.records._tables import EditRow, ObservationRow, SnapshotRow
from vigwidgets.records._values import ObservationRecord, now
from vigwidgets.schemes import Codebook

__all__ = ["MOST_TAGS", "SNAPSHOT_EVERY", "Observations"]

SNAPSHOT_EVERY = 500

MOST_TAGS = 5_000
"""How many tags an observation on the service may hold: a tag every second for more than an hour.

The contract allows more, for files beside a notebook; here each is saved, marked and shown at everybody's cost.
"""

MOST_TEXT = 1_000_000
"""How many characters of notes, choices and links all its tags may hold together."""

log = logging.getLogger("vigwidgets.records")


class Observations(Store):
    """The part of the records that keeps what is being coded."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._cache = Cache()

    def start_observation(
        self, person_id: str, exercise: str, exercise_version: str, observation: Observation
    ) -> ObservationRecord:
        """Begin an observation, or return the one that this person has open in this exercise.

        Raises:
            Refusal: The observation has tags already, or names another observer.
            StoreUnavailable: Nothing could be saved now.
        """
        if observation.tags or observation.observer != person_id:
            raise Refusal("An observation begins without tags and with the person who codes as its observer.")
        try:
            with self.writing() as connection:
                head = open_head(connection, person_id, exercise)
                if head is None:
                    connection.execute(
                        insert(ObservationRow).values(
                            id=observation.id, person_id=person_id, exercise=exercise,
                            exercise_version=exercise_version, film=observation.film,
                            head=observation.model_dump_json(exclude={"tags"}), seq=0, started_at=now(),
                        )
                    )  # fmt: skip
        except IntegrityError:
            # On PostgreSQL two may find nothing open at the same time; the table lets one of them in.
            log.info("two windows began exercise %s at once", exercise)
        with self.reading() as connection:
            head = open_head(connection, person_id, exercise)
            if head is None:
                raise Refusal("This exercise was handed in at the same moment; open it again from “My learning”.")
            return self._record(connection, head)

    def current_observation(self, person_id: str, exercise: str) -> str | None:
        """Return the id of what this person has open in this exercise, or None."""
        with self.reading() as connection:
            head = open_head(connection, person_id, exercise)
        return None if head is None else head.id

    def observation(self, observation_id: str) -> ObservationRecord:
        """Return an observation as it is now.

        Raises:
            Refusal: There is no such observation.
        """
        with self.reading() as connection:
            return self._record(connection, find_head(connection, observation_id))

    def set_aside(self, observation_id: str) -> None:
        """Close an observation that was not handed in, because its exercise now uses another film or scheme.

        It stays in the records, and what was coded stays readable.

        Raises:
            Refusal: There is no such observation, or it was handed in.
        """
        with self.writing() as connection:
            if find_head(connection, observation_id, hold=True).frozen_at is not None:
                raise Refusal("This observation was handed in and cannot be set aside; open its feedback instead.")
            connection.execute(
                update(ObservationRow).where(ObservationRow.id == observation_id).values(set_aside_at=now())
            )

    def observed_films(self, person_id: str) -> set[str]:
        """Return the ids of the films that this person has begun to observe."""
        with self.reading() as connection:
            query = select(ObservationRow.film).where(ObservationRow.person_id == person_id).distinct()
            return set(connection.execute(query).scalars())

    def append_edit(self, observation_id: str, edit: Edit, codebook: Codebook, times: Sequence[int] | None) -> int:
        """Do as `save_edit` does, and return the edit's number only."""
        return self.save_edit(observation_id, edit, codebook, times)[0]

    def save_edit(
        self, observation_id: str, edit: Edit, codebook: Codebook, times: Sequence[int] | None
    ) -> tuple[int, bool]:
        """Check an edit, save it in one durable commit, and return its number and whether it is new.

        An edit that was saved before has the number it got then and is not new; nothing is saved twice.

        Args:
            observation_id: Whose log it goes to.
            edit: What to put and drop.
            codebook: The observation's scheme.
            times: When each frame of the film begins, in microseconds; None leaves the frame edges unchecked.

        Raises:
            Refusal: The edit is not allowed here, or the observation was handed in.
            StoreUnavailable: Nothing could be saved now (`StoreFull`: no room); the edit may be sent again.
        """
        with self.writing() as connection:
            head = find_head(connection, observation_id, hold=True)
            seen = _seen(connection, observation_id, edit)
            if seen is not None:
                return seen, False
            refuse_closed(head)
            before = self._folded(connection, head)
            observation = apply_edit(before.observation, edit, codebook, times)
            _refuse_too_much(before.observation.tags, observation.tags)
            seq = before.seq + 1
            connection.execute(
                insert(EditRow).values(
                    observation_id=observation_id, seq=seq, edit_id=edit.id, body=edit.model_dump_json(),
                    person_id=head.person_id, at=now(),
                )
            )  # fmt: skip
            connection.execute(update(ObservationRow).where(ObservationRow.id == observation_id).values(seq=seq))
        # Only what is on the disk is kept at hand.
        self._cache.put(observation_id, Folded(observation, seq, before.snapshot))
        return seq, True

    def edits(self, observation_id: str, after: int = 0) -> list[tuple[int, Edit]]:
        """Return an observation's log from the edit after number ``after``, in order."""
        with self.reading() as connection:
            rows = connection.execute(
                select(EditRow.seq, EditRow.body)
                .where(EditRow.observation_id == observation_id, EditRow.seq > after)
                .order_by(EditRow.seq)
            ).all()
        return [(row.seq, Edit.model_validate_json(row.body)) for row in rows]

    def snapshot_due(self, observation_id: str, seq: int) -> bool:
        """Tell whether `SNAPSHOT_EVERY` edits have come since the last snapshot; reads no database."""
        folded = self._cache.get(observation_id, seq)
        return folded is not None and folded.seq - folded.snapshot >= SNAPSHOT_EVERY

    def take_snapshot(self, observation_id: str) -> None:
        """Save an observation's tags whole, so that the next opening is quick; the log stays as it is."""
        with self.writing() as connection:
            head = find_head(connection, observation_id, hold=True)
            folded = self._folded(connection, head)
            connection.execute(delete(SnapshotRow).where(SnapshotRow.observation_id == observation_id))
            connection.execute(
                insert(SnapshotRow).values(
                    observation_id=observation_id, seq=folded.seq, tags=tags_json(folded.observation)
                )
            )
        self._cache.put(observation_id, Folded(folded.observation, folded.seq, folded.seq))

    def _folded(self, connection: Connection, head: Head) -> Folded:
        kept = self._cache.get(head.id, head.seq)
        if kept is None:
            kept = load(connection, head)
            self._cache.put(head.id, kept)
        return kept

    def _record(self, connection: Connection, head: Head) -> ObservationRecord:
        folded = self._folded(connection, head)
        return ObservationRecord(
            id=head.id, person=head.person_id, exercise=head.exercise, exercise_version=head.exercise_version,
            observation=folded.observation, seq=folded.seq, frozen=head.frozen_at is not None,
        )  # fmt: skip


def _refuse_too_much(before: Sequence[Tag], after: Sequence[Tag]) -> None:
    # What is over a limit already, from before there was one, may shrink and change.
    if len(after) > max(MOST_TAGS, len(before)):
        raise Refusal(
            f"That would make {len(after)} tags; an observation holds {MOST_TAGS} at most, so remove some that you "
            "can do without, or hand in what you have."
        )
    if _text(after) > MOST_TEXT and _text(after) > _text(before):
        raise Refusal(
            f"All notes and links together would come to {_text(after)} characters; an observation holds {MOST_TEXT} "
            "at most, so shorten some notes."
        )


def _text(tags: Sequence[Tag]) -> int:
    """Return about how many characters tags hold beside their names and times; a link counts forty, a look sixty."""
    return sum(
        len(tag.note or "")
        + 40 * len(tag.links or ())
        + 60 * len(tag.looks or ())
        + sum(len(k) + len(v) for k, v in (tag.modifiers or {}).items())
        for tag in tags
    )


def _seen(connection: Connection, observation_id: str, edit: Edit) -> int | None:
    row = connection.execute(
        select(EditRow.seq, EditRow.body).where(EditRow.observation_id == observation_id, EditRow.edit_id == edit.id)
    ).one_or_none()
    if row is None:
        return None
    if Edit.model_validate_json(row.body) != edit:
        # To acknowledge it would be to say that something is saved which is not.
        raise Refusal(
            f"An edit with the id {edit.id!r} was saved before with other changes; send this one with an id of its own."
        )
    return int(row.seq)

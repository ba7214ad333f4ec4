"""Attempts, their receipts and their marks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from vigwidgets.contract import Observation
from vigwidgets.errors import Refusal
from vigwidgets.observations import content_hash, new_id
from vigwidgets.records._errors import AttemptDamaged
from vigwidgets.records._heads import find_head, refuse_closed
from vigwidgets.records._observations import Observations
from vigwidgets.records._tables import AttemptRow, MarkRow, ObservationRow
from vigwidgets.records._values import Attempt, DamagedAttempt, Receipt, now, person_fingerprint

__all__ = ["Attempts"]


class Attempts(Observations):
    """The part of the records that keeps what was handed in, and how it was marked."""

    def hand_in(self, observation_id: str) -> Attempt:
        """Freeze an observation and return the attempt with its receipt; handing in again returns the same.

        Raises:
            Refusal: There is no such observation, or it was set aside.
            StoreUnavailable: Nothing could be saved now; the observation is as it was.
        """
        with self.writing() as connection:
            head = find_head(connection, observation_id, hold=True)
            made = connection.execute(
                select(AttemptRow).where(AttemptRow.observation_id == observation_id)
            ).one_or_none()
            if made is not None:
                return _attempt_or_refusal(made)
            refuse_closed(head)
            observation = self._folded(connection, head).observation
            moment = now()
            connection.execute(
                insert(AttemptRow).values(
                    id=new_id("attempt"), observation_id=observation_id, person_id=head.person_id,
                    exercise=head.exercise, exercise_version=head.exercise_version, film=observation.film,
                    observation=observation.model_dump_json(), observation_sha256=content_hash(observation),
                    handed_in_at=moment, nth=_next(connection, head.person_id, head.exercise),
                )
            )  # fmt: skip
            connection.execute(
                update(ObservationRow).where(ObservationRow.id == observation_id).values(frozen_at=moment)
            )
            return _attempt(
                connection.execute(select(AttemptRow).where(AttemptRow.observation_id == observation_id)).one()
            )

    def attempt(self, attempt_id: str) -> Attempt:
        """Return one attempt.

        Raises:
            Refusal: There is no such attempt.
            AttemptDamaged: It is there and cannot be read.
        """
        with self.reading() as connection:
            row = connection.execute(select(AttemptRow).where(AttemptRow.id == attempt_id)).one_or_none()
        if row is None:
            raise Refusal(f"There is no attempt {attempt_id!r}; choose one from “My learning” or the gradebook.")
        return _attempt_or_refusal(row)

    def attempt_of(self, observation_id: str) -> Attempt | None:
        """Return the attempt that an observation was handed in as, or None.

        Raises:
            AttemptDamaged: It is there and cannot be read.
        """
        with self.reading() as connection:
            row = connection.execute(
                select(AttemptRow).where(AttemptRow.observation_id == observation_id)
            ).one_or_none()
        return None if row is None else _attempt_or_refusal(row)

    def handed_in(self, person_id: str, exercise: str) -> str | None:
        """Return the id of the observation that a person handed in last in an exercise, or None."""
        query = (
            select(AttemptRow.observation_id)
            .where(AttemptRow.person_id == person_id, AttemptRow.exercise == exercise)
            .order_by(AttemptRow.nth.desc())
            .limit(1)
        )
        with self.reading() as connection:
            return connection.execute(query).scalar_one_or_none()

    def attempts(
        self,
        exercise: str | None = None,
        person: str | None = None,
        *,
        newest: int | None = None,
        without: str | None = None,
    ) -> list[Attempt]:
        """Return attempts in the order in which they were handed in, of one exercise or person if given.

        Of one person at one exercise it is the order in which they came, whatever the clock said.

        With ``newest``: that many at most, the newest first. With ``without``: not that of one observation.

        One whose stored observation is damaged is left out, so that it keeps nobody from the others: see `damaged`.
        """
        return self._attempts(exercise, person, waiting=False, newest=newest, without=without)

    def waiting(self, exercise: str | None = None) -> list[Attempt]:
        """Return the attempts that have no mark yet, in the order in which they were handed in."""
        return self._attempts(exercise, None, waiting=True)

    def _attempts(
        self,
        exercise: str | None,
        person: str | None,
        *,
        waiting: bool,
        newest: int | None = None,
        without: str | None = None,
    ) -> list[Attempt]:
        order = _in_order()
        query = select(AttemptRow).order_by(*order)
        if newest is not None:
            query = select(AttemptRow).order_by(*(column.desc() for column in order)).limit(newest)
        if exercise is not None:
            query = query.where(AttemptRow.exercise == exercise)
        if person is not None:
            query = query.where(AttemptRow.person_id == person)
        if without is not None:
            query = query.where(AttemptRow.observation_id != without)
        if waiting:
            query = query.where(~select(MarkRow).where(MarkRow.attempt_id == AttemptRow.id).exists())
        with self.reading() as connection:
            return [attempt for row in connection.execute(query) if (attempt := _readable(row)) is not None]

    def damaged(self, exercise: str | None = None) -> list[str]:
        """Return the ids of attempts whose stored observation cannot be read any more."""
        return [attempt.id for attempt in self.damaged_attempts(exercise)]

    def damaged_attempts(self, exercise: str | None = None) -> list[DamagedAttempt]:
        """Return what is known of attempts that cannot be read any more, in the order in which they were handed in."""
        query = select(AttemptRow).order_by(*_in_order())
        if exercise is not None:
            query = query.where(AttemptRow.exercise == exercise)
        with self.reading() as connection:
            return [
                DamagedAttempt(row.id, row.person_id, row.exercise, row.exercise_version, row.handed_in_at)
                for row in connection.execute(query)
                if _readable(row) is None
            ]

    def add_mark(self, attempt_id: str, mark: dict[str, Any]) -> int:
        """Keep a mark, which counts from now on, and return its number (from 1); earlier ones stay.

        Args:
            attempt_id: What was marked.
            mark: Anything that JSON can hold.

        Raises:
            Refusal: There is no such attempt.
            StoreUnavailable: Nothing could be saved now.
        """
        number = self._add_mark(attempt_id, mark, None)
        assert number is not None  # noqa: S101
        return number

    def add_new_mark(
        self, attempt_id: str, mark: dict[str, Any], same: Callable[[dict[str, Any]], bool] | None = None
    ) -> int | None:
        """Keep a mark unless it is the one that counts already, and return its number, or None if it is.

        It is looked at and written in one transaction: of two that mark the same attempt at once, one keeps it.

        Args:
            attempt_id: What was marked.
            mark: Anything that JSON can hold.
            same: Whether a mark that was kept says the same; None: it has the same content.

        Raises:
            Refusal: There is no such attempt.
            StoreUnavailable: Nothing could be saved now.
        """
        content = json.loads(json.dumps(mark))
        return self._add_mark(attempt_id, mark, lambda kept: kept == content or (same is not None and same(kept)))

    def _add_mark(
        self, attempt_id: str, mark: dict[str, Any], same: Callable[[dict[str, Any]], bool] | None
    ) -> int | None:
        body = json.dumps(mark, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        with self.writing() as connection:
            # Held, so that two markers do not give the same number (SQLite's writer holds everything anyway).
            held = select(AttemptRow.id).where(AttemptRow.id == attempt_id).with_for_update()
            if connection.execute(held).one_or_none() is None:
                raise Refusal(f"There is no attempt {attempt_id!r} to mark; see what there is in the gradebook.")
            number = 1 + _last(connection, attempt_id)
            if same is not None and number > 1 and same(_body(connection, attempt_id, number - 1)):
                return None
            connection.execute(insert(MarkRow).values(attempt_id=attempt_id, number=number, body=body, marked_at=now()))
        return number

    def mark(self, attempt_id: str) -> dict[str, Any] | None:
        """Return the mark that counts, or None when there is none yet."""
        body = self.mark_text(attempt_id)
        return None if body is None else _mark(body)

    def mark_text(self, attempt_id: str) -> str | None:
        """Return likewise the JSON that is kept of it, from which a mark of thousands of moments is read sooner."""
        query = select(MarkRow.body).where(MarkRow.attempt_id == attempt_id).order_by(MarkRow.number.desc()).limit(1)
        with self.reading() as connection:
            return connection.execute(query).scalar_one_or_none()

    def mark_count(self, attempt_id: str) -> int:
        """Return how many marks an attempt has, which is the number of the one that counts; 0: none."""
        with self.reading() as connection:
            return _last(connection, attempt_id)

    def marks(self, attempt_id: str) -> list[dict[str, Any]]:
        """Return every mark that an attempt was given, oldest first."""
        with self.reading() as connection:
            query = select(MarkRow.body).where(MarkRow.attempt_id == attempt_id).order_by(MarkRow.number)
            return [_mark(body) for body in connection.execute(query).scalars()]

    def dated_marks(self, attempt_id: str) -> list[tuple[dict[str, Any], str]]:
        """Return every mark that an attempt was given with the moment when (ISO 8601, UTC), oldest first."""
        query = select(MarkRow.body, MarkRow.marked_at).where(MarkRow.attempt_id == attempt_id).order_by(MarkRow.number)
        with self.reading() as connection:
            return [(_mark(row.body), row.marked_at) for row in connection.execute(query)]


def _in_order() -> tuple[ColumnElement[Any], ...]:
    """Return by what attempts are put in order: time, but nobody's second at an exercise before their first.

    A clock that was set back counts as standing still until then.
    """
    own = AttemptRow.person_id, AttemptRow.exercise
    since = func.max(AttemptRow.handed_in_at).over(partition_by=own, order_by=AttemptRow.nth)
    return since, AttemptRow.nth.expression, AttemptRow.id.expression


def _next(connection: Connection, person: str, exercise: str) -> int:
    """Return the number of a person's next attempt; they have one observation open, so nobody else takes it."""
    query = select(func.coalesce(func.max(AttemptRow.nth), 0)).where(
        AttemptRow.person_id == person, AttemptRow.exercise == exercise
    )
    return 1 + int(connection.execute(query).scalar_one())


def _last(connection: Connection, attempt_id: str) -> int:
    query = select(func.coalesce(func.max(MarkRow.number), 0)).where(MarkRow.attempt_id == attempt_id)
    return int(connection.execute(query).scalar_one())


def _body(connection: Connection, attempt_id: str, number: int) -> dict[str, Any]:
    query = select(MarkRow.body).where(MarkRow.attempt_id == attempt_id, MarkRow.number == number)
    return _mark(connection.execute(query).scalar_one())


def _mark(body: str) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    # What is damaged is a mark that nobody can read, like that of a version not known here; not an end of the page.
    return found if isinstance(found, dict) else {}


def _attempt_or_refusal(row: Any) -> Attempt:
    attempt = _readable(row)
    if attempt is None:
        raise AttemptDamaged(row.id)
    return attempt


def _readable(row: Any) -> Attempt | None:
    try:
        return _attempt(row)
    except ValidationError:
        return None


def _attempt(row: Any) -> Attempt:
    receipt = Receipt(
        attempt=row.id, observation_sha256=row.observation_sha256, handed_in_at=row.handed_in_at,
        exercise=row.exercise, exercise_version=row.exercise_version, film=row.film,
        person_sha256=person_fingerprint(row.id, row.person_id),
    )  # fmt: skip
    return Attempt(
        id=row.id, person=row.person_id, exercise=row.exercise, exercise_version=row.exercise_version,
        observation=Observation.model_validate_json(row.observation), handed_in_at=row.handed_in_at,
        receipt=receipt, nth=row.nth,
    )  # fmt: skip

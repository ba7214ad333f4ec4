"""What people say of an attempt beside its computed mark: stages, judgements, more time, and other views."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, insert, select

from vigwidgets.errors import Refusal
from vigwidgets.records._attempts import Attempts
from vigwidgets.records._tables import AttemptRow, ExtensionRow, JudgementRow, MarkRow, OtherwiseRow, StageRow
from vigwidgets.records._values import Extension, Judgement, Otherwise, Seen, StageStep, now

__all__ = ["MOST_OTHERWISE", "Workflow"]

_JUDGED_SINCE = "judged, or given another credit, after it was ready"

MOST_OTHERWISE = 500
"""How many reasons one attempt may hold: a difference has one, and a few second thoughts."""


class Workflow(Attempts):
    """The part of the records that keeps how marking went on. Every row is added; none is changed."""

    def add_stage(self, attempt_id: str, stage: str, by: str, note: str = "", *, seen: Seen | None = None) -> int:
        """Note that an attempt has come to a stage, about the mark that it has now; return the step's number.

        Args:
            attempt_id: Which attempt.
            stage: What it came to.
            by: The id of the supervisor.
            note: Why.
            seen: How its marking stood when this was decided; None: however it stands.

        Raises:
            Refusal: There is no such attempt, or it has been moved, marked or judged since then.
            StoreUnavailable: Nothing could be saved now.
        """
        with self.writing() as connection:
            _hold(connection, attempt_id)
            return _step(connection, _unchanged(connection, attempt_id, seen), attempt_id, stage, by, note)

    def stages(self, attempt_id: str) -> list[StageStep]:
        """Return every step of an attempt's marking, oldest first."""
        query = select(StageRow).where(StageRow.attempt_id == attempt_id).order_by(StageRow.number)
        with self.reading() as connection:
            return [_stage(row) for row in connection.execute(query)]

    def released(self, attempt_id: str) -> bool:
        """Tell whether the mark that an attempt has now was released; one made since then was not."""
        steps = self.stages(attempt_id)
        return bool(steps) and steps[-1].stage == "released" and self.about_now(steps[-1])

    def about_now(self, step: StageStep) -> bool:
        """Tell whether a step is about the mark that its attempt has now."""
        return (step.mark_number or 0) == self.mark_count(step.attempt)

    def add_judgement(
        self, attempt_id: str, kind: str, by: str, body: dict[str, Any], reason: str, *, seen: Seen | None = None
    ) -> int:
        """Keep what a supervisor said beside the computed mark, and return its number.

        What was ready goes back to review in the same breath: nobody has looked at it as it is now.

        Args:
            attempt_id: Which attempt.
            kind: ``marking`` or ``override``.
            by: The id of the supervisor.
            body: Anything that JSON can hold.
            reason: Why.
            seen: How its marking stood when this was allowed, its judgements left out; None: however it stands.

        Raises:
            Refusal: There is no such attempt, or it has been moved or marked since then.
            StoreUnavailable: Nothing could be saved now.
        """
        text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        with self.writing() as connection:
            _hold(connection, attempt_id)
            number = 1 + _last(connection, JudgementRow, attempt_id)
            # Two supervisors may judge at once, each for themselves; only a move or a mark in between matters.
            stood = _unchanged(connection, attempt_id, replace(seen, judgement=number - 1) if seen else None)
            connection.execute(
                insert(JudgementRow).values(
                    attempt_id=attempt_id, number=number, kind=kind, person_id=by, body=text, reason=reason, at=now(),
                    mark_number=_last(connection, MarkRow, attempt_id) or None,
                )
            )  # fmt: skip
            if _stage_at(connection, attempt_id, stood.step) == "ready":
                _step(connection, stood, attempt_id, "in review", by, _JUDGED_SINCE)
        return number

    def judgements(self, attempt_id: str) -> list[Judgement]:
        """Return what supervisors said of an attempt, oldest first."""
        query = select(JudgementRow).where(JudgementRow.attempt_id == attempt_id).order_by(JudgementRow.number)
        with self.reading() as connection:
            return [_judgement(row) for row in connection.execute(query)]

    def extend(self, exercise: str, person: str, until: str, reason: str, by: str) -> Extension:
        """Give a person more time at an exercise; what was given before stays in the records.

        Args:
            exercise: The exercise's id.
            person: Who gets it.
            until: Until when, as `iso` writes it.
            reason: Why.
            by: The id of the supervisor.

        Raises:
            StoreUnavailable: Nothing could be saved now.
        """
        given = Extension(exercise, person, until, reason, by, now())
        with self.writing() as connection:
            where = ExtensionRow.exercise == exercise, ExtensionRow.person_id == person
            last = connection.execute(select(func.coalesce(func.max(ExtensionRow.number), 0)).where(*where))
            connection.execute(
                insert(ExtensionRow).values(
                    exercise=exercise, person_id=person, number=1 + int(last.scalar_one()), until=until, reason=reason,
                    by_id=by, at=given.at,
                )
            )  # fmt: skip
        return given

    def extensions(self, exercise: str | None = None, person: str | None = None) -> list[Extension]:
        """Return the extensions that count, of one exercise or person if given."""
        query = select(ExtensionRow).order_by(ExtensionRow.exercise, ExtensionRow.person_id, ExtensionRow.number)
        if exercise is not None:
            query = query.where(ExtensionRow.exercise == exercise)
        if person is not None:
            query = query.where(ExtensionRow.person_id == person)
        with self.reading() as connection:
            found = {
                (row.exercise, row.person_id): Extension(
                    row.exercise, row.person_id, row.until, row.reason, row.by_id, row.at
                )
                for row in connection.execute(query)
            }
        return list(found.values())

    def add_otherwise(self, attempt_id: str, item: str, reason: str) -> int:
        """Keep a trainee's reason to see a difference otherwise, and return its number in the attempt.

        Raises:
            Refusal: There is no such attempt, or it has very many reasons already.
            StoreUnavailable: Nothing could be saved now.
        """
        with self.writing() as connection:
            exercise = _hold(connection, attempt_id)
            number = 1 + _last(connection, OtherwiseRow, attempt_id)
            if number > MOST_OTHERWISE:
                raise Refusal(f"This attempt has {MOST_OTHERWISE} reasons already; talk the rest over in supervision.")
            connection.execute(
                insert(OtherwiseRow).values(
                    attempt_id=attempt_id, number=number, item=item, exercise=exercise, reason=reason, at=now()
                )
            )
        return number

    def otherwise(
        self, attempt_id: str | None = None, exercise: str | None = None, person: str | None = None
    ) -> list[Otherwise]:
        """Return the reasons that count, one for each difference, in the order in which they were first given."""
        query = select(OtherwiseRow).order_by(OtherwiseRow.attempt_id, OtherwiseRow.number)
        if person is not None:
            query = query.join(AttemptRow, AttemptRow.id == OtherwiseRow.attempt_id).where(
                AttemptRow.person_id == person
            )
        if attempt_id is not None:
            query = query.where(OtherwiseRow.attempt_id == attempt_id)
        if exercise is not None:
            query = query.where(OtherwiseRow.exercise == exercise)
        with self.reading() as connection:
            found = {
                (row.attempt_id, row.item): Otherwise(
                    row.attempt_id, row.number, row.item, row.exercise, row.reason, row.at
                )
                for row in connection.execute(query)
            }
        # An empty reason takes the one before it back.
        return [one for one in found.values() if one.reason]


def _hold(connection: Connection, attempt_id: str) -> str:
    """Hold an attempt, so that two people do not give the same number, and return its exercise.

    Raises:
        Refusal: There is no such attempt.
    """
    query = select(AttemptRow.exercise).where(AttemptRow.id == attempt_id).with_for_update()
    exercise = connection.execute(query).scalar_one_or_none()
    if exercise is None:
        raise Refusal(f"There is no attempt {attempt_id!r}; see what there is in the gradebook.")
    return str(exercise)


def _unchanged(connection: Connection, attempt_id: str, seen: Seen | None) -> Seen:
    """Return how an attempt's marking stands, which must be held.

    Raises:
        Refusal: Somebody saw it otherwise.
    """
    stands = Seen(*(_last(connection, table, attempt_id) for table in (StageRow, MarkRow, JudgementRow)))
    if seen is None or seen == stands:
        return stands
    if seen.step != stands.step:
        raise Refusal("Somebody else has just moved this attempt on; reload the page and look again.")
    what = "marked again" if seen.mark != stands.mark else "judged, or given another credit,"
    raise Refusal(f"This attempt has been {what} since you looked; reload the page and look again.")


def _stage_at(connection: Connection, attempt_id: str, step: int) -> str | None:
    query = select(StageRow.stage).where(StageRow.attempt_id == attempt_id, StageRow.number == step)
    return connection.execute(query).scalar_one_or_none()


def _step(connection: Connection, stood: Seen, attempt_id: str, stage: str, by: str, note: str) -> int:
    """Add a step to an attempt whose marking stood so, and return its number."""
    row = insert(StageRow).values(
        attempt_id=attempt_id, number=stood.step + 1, stage=stage, person_id=by, note=note, at=now(),
        mark_number=stood.mark or None,
    )  # fmt: skip
    connection.execute(row)
    return stood.step + 1


def _last(connection: Connection, table: Any, attempt_id: str) -> int:
    query = select(func.coalesce(func.max(table.number), 0)).where(table.attempt_id == attempt_id)
    return int(connection.execute(query).scalar_one())


def _stage(row: Any) -> StageStep:
    return StageStep(row.attempt_id, row.number, row.stage, row.mark_number, row.person_id, row.note, row.at)


def _judgement(row: Any) -> Judgement:
    body = json.loads(row.body)
    return Judgement(row.attempt_id, row.number, row.kind, row.person_id, body, row.reason, row.mark_number, row.at)

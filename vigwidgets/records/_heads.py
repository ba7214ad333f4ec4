"""An observation's row, and whether it may still change."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from vigwidgets.errors import Refusal
from vigwidgets.records._tables import ObservationRow

__all__ = ["Head", "find_head", "open_head", "refuse_closed"]


class Head(NamedTuple):
    """An observation without its tags, at the moment of reading; ``head`` is JSON."""

    id: str
    head: str
    seq: int
    person_id: str
    exercise: str
    exercise_version: str
    frozen_at: str | None
    set_aside_at: str | None


_SELECT = select(
    ObservationRow.id,
    ObservationRow.head,
    ObservationRow.seq,
    ObservationRow.person_id,
    ObservationRow.exercise,
    ObservationRow.exercise_version,
    ObservationRow.frozen_at,
    ObservationRow.set_aside_at,
)


def find_head(connection: Connection, observation_id: str, *, hold: bool = False) -> Head:
    """Return an observation's row.

    Args:
        connection: Where to read.
        observation_id: Which one.
        hold: Let nobody else change it until the transaction ends (SQLite's writer holds everything anyway).

    Raises:
        Refusal: There is no such observation.
    """
    query = _SELECT.where(ObservationRow.id == observation_id)
    row = connection.execute(query.with_for_update() if hold else query).one_or_none()
    if row is None:
        raise Refusal(f"There is no observation {observation_id!r}; open the exercise again from “My learning”.")
    return Head(*row)


def open_head(connection: Connection, person_id: str, exercise: str) -> Head | None:
    """Return the row of what a person has open in an exercise, or None."""
    row = connection.execute(
        _SELECT.where(
            ObservationRow.person_id == person_id,
            ObservationRow.exercise == exercise,
            ObservationRow.frozen_at.is_(None),
            ObservationRow.set_aside_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else Head(*row)


def refuse_closed(head: Head) -> None:
    """Refuse to change an observation that was handed in or set aside.

    Raises:
        Refusal: It was.
    """
    if head.frozen_at is not None:
        raise Refusal("This observation was handed in, and nothing in it can change; begin again to code anew.")
    if head.set_aside_at is not None:
        raise Refusal(
            "This exercise has changed since you began, and this observation was set aside; "
            "open the exercise again to go on with its new version."
        )

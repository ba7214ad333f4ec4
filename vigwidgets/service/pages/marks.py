"""The mark that counts, as pages read it."""

from __future__ import annotations

from pydantic import ValidationError

from vigwidgets.grading import Mark
from vigwidgets.records import Attempt, Records

__all__ = ["mark_of"]


def mark_of(attempt: Attempt, records: Records) -> Mark | None:
    """Return the mark that counts, or None when there is none, or one that this version cannot read."""
    kept = records.mark(attempt.id)
    if kept is None:
        return None
    try:
        return Mark.model_validate(kept)
    except ValidationError:
        return None

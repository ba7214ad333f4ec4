"""The mark that counts, as pages read it."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from vigwidgets.grading import Mark, RatingMark
from vigwidgets.records import Attempt, Records

__all__ = ["mark_of", "rating_mark_of"]


Kind = TypeVar("Kind", bound=BaseModel)


def mark_of(attempt: Attempt, records: Records) -> Mark | None:
    """Return the mark of tags that counts, or None when there is none, or one that this version cannot read."""
    return _mark_of(attempt, records, Mark)


def rating_mark_of(attempt: Attempt, records: Records) -> RatingMark | None:
    """Return likewise the mark of ratings."""
    return _mark_of(attempt, records, RatingMark)


def _mark_of(attempt: Attempt, records: Records, kind: type[Kind]) -> Kind | None:
    kept = records.mark_text(attempt.id)
    if kept is None:
        return None
    found = _read(kind, kept)
    return found if isinstance(found, kind) else None


@lru_cache(maxsize=16)
def _read(kind: type[BaseModel], text: str) -> BaseModel | None:
    """Read a mark once for the several parts of a page that speak of it; nobody can change one."""
    try:
        return kind.model_validate_json(text)
    except ValidationError:
        return None

"""Ratings on a scale: they are tags, so that they are saved, undone and handed in like any other."""

from __future__ import annotations

from collections.abc import Sequence

from vigwidgets.contract import Observation, Step, Tag
from vigwidgets.errors import Refusal
from vigwidgets.schemes import Codebook

__all__ = ["RATING", "check_rating", "evidence_of", "rating_id", "ratings", "total"]

RATING = "rating"
"""The modifier that holds the step that was chosen."""


def rating_id(item: str) -> str:
    """Return the id that the rating of ``item`` has: one for each item, so that two windows cannot make two."""
    return f"{RATING}.{item}"


def check_rating(tag: Tag, duration: int, codebook: Codebook) -> None:
    """Check a tag of a rating scale: it is an item's rating in proper form, or evidence.

    Args:
        tag: The tag; its code is in the scheme.
        duration: Where the film ends, in microseconds.
        codebook: A scheme with a scale; any other leaves every tag alone.

    Raises:
        Refusal: It is a rating and its step, item, id or length is not allowed, or it is none and has a rating's id.
    """
    scale = codebook.scheme.scale
    if scale is None:
        return
    chosen = tag.modifiers.get(RATING)
    if chosen is None:
        if tag.id.startswith(f"{RATING}."):
            raise Refusal(f"The tag {tag.id!r} has a rating's id and no rating; give it one, or another id.")
        return
    steps = [step.id for step in scale.steps]
    if chosen not in steps:
        raise Refusal(f"{tag.code!r} cannot be rated {chosen!r}; choose one of {', '.join(map(repr, steps))}.")
    if codebook.code(tag.code).parent is not None:
        raise Refusal(f"{tag.code!r} is no item of the scale; rate {codebook.lane_of(tag.code).id!r}.")
    if tag.id != rating_id(tag.code):
        raise Refusal(f"The rating of {tag.code!r} has the id {tag.id!r}; it must be {rating_id(tag.code)!r}.")
    if tag.start != 0 or tag.end != duration:
        raise Refusal(f"The rating of {tag.code!r} is of the whole film; let it last from 0 to {duration} µs.")


def ratings(observation: Observation, codebook: Codebook) -> dict[str, Step | None]:
    """Return the step that each item was rated with, in the scheme's order; None: not rated yet."""
    scale = codebook.scheme.scale
    steps = {step.id: step for step in scale.steps} if scale else {}
    chosen = {tag.code: steps.get(tag.modifiers.get(RATING, "")) for tag in observation.tags if RATING in tag.modifiers}
    return {item.id: chosen.get(item.id) for item in codebook.lanes}


def evidence_of(observation: Observation, item: str) -> list[Tag]:
    """Return the moments that were kept as evidence for an item, by their beginning."""
    found = [tag for tag in observation.tags if tag.code == item and RATING not in tag.modifiers]
    return sorted(found, key=lambda tag: (tag.start, tag.id))


def total(rated: Sequence[Step | None]) -> int | None:
    """Return the sum of the ratings; None while one is missing, and for a scale of words."""
    values = [None if step is None else step.value for step in rated]
    return None if None in values else sum(value for value in values if value is not None)

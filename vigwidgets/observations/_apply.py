"""Apply an edit: all of it or nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from vigwidgets.contract import Drop, Edit, Observation, Put, Tag
from vigwidgets.errors import Refusal
from vigwidgets.observations._rating import check_rating
from vigwidgets.observations._time import snap, timecode
from vigwidgets.observations._whole import apply_changes, is_done
from vigwidgets.observations._words import check_links, check_words
from vigwidgets.schemes import Codebook

__all__ = ["MAX_TAGS", "apply_edit", "check_tag", "without_absent"]

MAX_TAGS = 100_000
#: Looks are measured in parts of the picture's width and height, of which it has this many.
WHOLE = 10_000


def apply_edit(
    observation: Observation, edit: Edit, codebook: Codebook, times: Sequence[int] | None = None
) -> Observation:
    """Return the observation after ``edit``; the one given is not changed.

    Args:
        observation: What has been coded so far.
        edit: What to put and what to drop. Dropping what is not there does nothing, so that a replay is harmless.
            A change that says what it was made from leaves alone what others changed since; an edit that is
            ``whole`` is not done at all where one of its changes could not be (`apply_changes`).
        codebook: The scheme that the observation names.
        times: When each frame begins, in microseconds; where given, tags must lie on frame boundaries.

    Raises:
        Refusal: Something in the edit is not allowed; nothing of it was applied.
    """
    if codebook.ref != observation.scheme:
        raise Refusal(
            f"This observation is coded with {observation.scheme.id} version {observation.scheme.version}, "
            f"not {codebook.ref.id} version {codebook.ref.version}; open it with its own scheme."
        )
    tags = {tag.id: tag for tag in observation.tags}
    put = apply_changes(tags, edit)
    for tag in put:
        check_tag(tag, observation, codebook, times)
    check_links({tag.id: None for tag in put}, tags)
    if len(tags) > MAX_TAGS:
        raise Refusal(f"That would make {len(tags)} tags; an observation holds {MAX_TAGS} at most.")
    return observation.model_copy(update={"tags": list(tags.values())})


def without_absent(edit: Edit, observation: Observation) -> Edit:
    """Return an edit without the changes of tags that are not there: they do nothing (and it may have none left).

    One that is ``whole`` and cannot be done has none.
    """
    if edit.whole and not is_done({tag.id: tag for tag in observation.tags}, edit):
        return edit.model_copy(update={"changes": []})
    there = {tag.id for tag in observation.tags}
    kept: list[Put | Drop] = []
    for change in edit.changes:
        if isinstance(change, Drop):
            there.discard(change.id)
        elif change.how == "change" and change.tag.id not in there:
            continue
        else:
            there.add(change.tag.id)
        kept.append(change)
    return edit.model_copy(update={"changes": kept})


def check_tag(tag: Tag, observation: Observation, codebook: Codebook, times: Sequence[int] | None = None) -> None:
    """Check one tag against the scheme, the cast and the film.

    Raises:
        Refusal: The tag's code, actor, target, kind, modifier, time or look is not allowed.
    """
    check_words(tag)
    code = codebook.code(tag.code)
    cast = {member.id: member for member in observation.cast}
    for part, who in (("actor", tag.actor), ("target", tag.target)):
        if who not in cast:
            raise Refusal(f"The {part} {who!r} is not in this film's cast; choose one of {', '.join(sorted(cast))}.")
    if code.actors is not None and cast[tag.actor].role not in code.actors:
        raise Refusal(
            f"{code.id!r} cannot be shown by {tag.actor!r}, who is {cast[tag.actor].role}; "
            f"it is for {', '.join(code.actors)}."
        )
    if code.kind == "point" and tag.end is not None:
        raise Refusal(f"{code.id!r} is a point in time and the tag has an end; leave the end away.")
    if code.kind == "state" and tag.end is None:
        raise Refusal(f"{code.id!r} lasts and the tag has no end; give it one after {timecode(tag.start)}.")
    _check_modifiers(tag, codebook)
    check_rating(tag, observation.duration, codebook)
    _check_times(tag, observation.duration, times)
    _check_looks(tag, observation.duration)


def _check_modifiers(tag: Tag, codebook: Codebook) -> None:
    """What the scheme defines must be used as it says; other names are carried along untouched."""
    if not tag.modifiers:
        return
    for modifier in codebook.modifiers(tag.code):
        chosen = tag.modifiers.get(modifier.id)
        allowed = [choice.id for choice in modifier.choices]
        if chosen is not None and chosen not in allowed:
            raise Refusal(f"{modifier.id!r} cannot be {chosen!r}; choose one of {', '.join(map(repr, allowed))}.")


def _check_times(tag: Tag, duration: int, times: Sequence[int] | None) -> None:
    if tag.start >= duration or (tag.end is not None and tag.end > duration):
        outside = tag.start if tag.start >= duration else tag.end
        raise Refusal(
            f"The tag lies outside the film: {timecode(outside or 0)} is past its end at {timecode(duration)}; "
            "choose a moment inside it."
        )
    if tag.end is not None and tag.end <= tag.start:
        raise Refusal(
            f"The tag ends at {timecode(tag.end)}, not after its start at {timecode(tag.start)}; "
            "make it at least one frame long."
        )
    if times is None:
        return
    for moment in (tag.start, tag.end):
        if moment is not None and not _on_boundary(moment, duration, times):
            raise Refusal(f"{moment} µs is not the edge of a frame; the nearest is {snap(times, duration, moment)} µs.")


def _check_looks(tag: Tag, duration: int) -> None:
    """A look lies inside the picture and the film, and the next comes later."""
    before = -1
    for look in tag.looks:
        if look.x + look.width > WHOLE or look.y + look.height > WHOLE:
            raise Refusal(
                f"The look at {timecode(look.at)} reaches {max(look.x + look.width, look.y + look.height)}, past the "
                f"picture's edge at {WHOLE}; make it smaller or move it in."
            )
        if look.at >= duration:
            raise Refusal(
                f"The look at {timecode(look.at)} is past the film's end at {timecode(duration)}; "
                "choose a moment inside."
            )
        if look.at <= before:
            raise Refusal(
                f"The look at {timecode(look.at)} does not come after the one at {timecode(before)}; "
                "sort them by time, one for each moment."
            )
        before = look.at


def _on_boundary(moment: int, duration: int, times: Sequence[int]) -> bool:
    if moment == duration:
        return True
    place = bisect_left(times, moment)
    return place < len(times) and times[place] == moment

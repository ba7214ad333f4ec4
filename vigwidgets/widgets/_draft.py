"""A tag from what a person writes in Python: seconds, names, defaults; every mistake answered with what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import TypeAdapter

from vigwidgets.contract import Code, FrameIndex, Link, Observation, Tag
from vigwidgets.errors import Refusal, shown
from vigwidgets.observations import check_tag, frame_at, new_id, snap
from vigwidgets.schemes import Codebook

__all__ = ["FIELDS", "draft_tag", "moment_of", "tag_or_refuse"]

#: What may be said of a tag, beside its code and its times.
FIELDS = ("code", "start", "end", "actor", "target", "note", "certainty", "modifiers", "answers")
SECOND = 1_000_000
_BEGINNING = ("child", "client")
_CERTAINTIES = ("sure", "fairly", "unsure")
_TAG: TypeAdapter[Tag] = TypeAdapter(Tag)
_LONGEST_NOTE = 4000


def draft_tag(
    given: Mapping[str, Any], observation: Observation, codebook: Codebook, index: FrameIndex, before: Tag | None = None
) -> Tag:
    """Return the tag that ``given`` describes, on frame boundaries.

    Args:
        given: Some of `FIELDS`; ``start`` and ``end`` in seconds.
        observation: Whose cast and tags may be named.
        codebook: The scheme.
        index: The film's frames.
        before: The tag that is changed; what is not given stays as it was there.

    Raises:
        Refusal: A value is not what it should be; the sentence says what is allowed.
    """
    tag: dict[str, Any] = before.model_dump() if before else {"id": new_id("tag"), "end": None}
    code = _code(given.get("code", tag.get("code")), codebook)
    tag["code"] = code.id
    tag |= _who(given, tag, code, observation)
    tag |= _times(given, tag, code, index)
    if "note" in given:
        tag["note"] = _note(given["note"])
    if "certainty" in given:
        tag["certainty"] = _one_of("certainty", given["certainty"], _CERTAINTIES, or_none=True)
    if "modifiers" in given:
        tag["modifiers"] = _modifiers(given["modifiers"], code, codebook)
    if "answers" in given:
        tag["links"] = _links(given["answers"], tag, observation)
    made = _TAG.validate_python(tag)
    check_tag(made, observation, codebook, index.times)
    return made


def tag_or_refuse(id: Any, observation: Observation) -> Tag:
    """Return the tag that has an id.

    Raises:
        Refusal: There is none.
    """
    found = next((tag for tag in observation.tags if tag.id == id), None) if isinstance(id, str) else None
    if found is None:
        raise Refusal(f"There is no moment {shown(id)}; read the ids from `tags['id']`.")
    return found


def moment_of(name: str, seconds: Any, index: FrameIndex) -> int:
    """Return the frame boundary nearest to a moment given in seconds, in microseconds.

    Raises:
        Refusal: It is not a moment of the film.
    """
    number = not isinstance(seconds, bool) and hasattr(seconds, "__float__") and not isinstance(seconds, str)
    value = float(seconds) if number else -1.0
    last = index.duration / SECOND
    if not 0 <= value <= last:
        raise Refusal(f"{name}={seconds!r} is not a moment of this film; give seconds between 0 and {last:.3f}.")
    return snap(index.times, index.duration, round(value * SECOND))


def _one_of(name: str, value: Any, allowed: Iterable[str], *, or_none: bool = False) -> str | None:
    names = list(allowed)
    if value in names or (or_none and value is None):
        return None if value is None else str(value)
    near = get_close_matches(str(value), names, 1)
    meant = f" (did you mean {near[0]!r}?)" if near else ""
    allowed_words = ", ".join(map(repr, names))
    raise Refusal(
        f"{name}={value!r} is not known here{meant}; choose one of {allowed_words}{' or None' if or_none else ''}."
    )


def _code(value: Any, codebook: Codebook) -> Code:
    if not isinstance(value, str):
        raise Refusal(f"code={value!r} is not a code; give its id as text, such as {codebook.lanes[0].id!r}.")
    if value not in codebook:
        near = get_close_matches(value, [code.id for code in codebook.scheme.codes], 1)
        if near:
            raise Refusal(f"Code {value!r} is not in scheme {codebook.scheme.id!r}; did you mean {near[0]!r}?")
    return codebook.code(value)


def _who(given: Mapping[str, Any], tag: Mapping[str, Any], code: Code, observation: Observation) -> dict[str, str]:
    """Who acts and toward whom: as said, as before, or the only sensible ones."""
    cast = {member.id: member for member in observation.cast}
    able = [one.id for one in observation.cast if code.actors is None or one.role in code.actors]
    said = {part: _one_of(part, given[part], cast) for part in ("actor", "target") if given.get(part) is not None}
    before = tag.get("actor")
    actor = said.get("actor") or (before if before in able else _likely_actor(able, observation, code))
    if actor is None:
        roles = ", ".join(code.actors or [])
        raise Refusal(f"Nobody in this film can show {code.id!r}, which is for {roles}; choose another code.")
    target = said.get("target") or (tag.get("target") if tag.get("target") != actor else None)
    others = [one for one in observation.cast if one.id != actor]
    begins = cast[actor].role in _BEGINNING
    likely = [one.id for one in others if (one.role in _BEGINNING) != begins] or [one.id for one in others]
    return {"actor": actor, "target": target or (likely[0] if likely else actor)}


def _likely_actor(able: list[str], observation: Observation, code: Code) -> str | None:
    """Adults answer: they come first where the code does not say; children where it is theirs alone."""
    begins = code.actors is not None and set(code.actors) <= set(_BEGINNING)
    roles = {member.id: member.role for member in observation.cast}
    return min(able, key=lambda one: (roles[one] in _BEGINNING) != begins, default=None)


def _times(given: Mapping[str, Any], tag: Mapping[str, Any], code: Code, index: FrameIndex) -> dict[str, int | None]:
    if "start" not in given and "start" not in tag:
        raise Refusal("A moment needs its start; give start=… in seconds of film time.")
    start = moment_of("start", given["start"], index) if "start" in given else tag["start"]
    start = min(start, index.times[-1])
    if "end" not in given:
        end = tag["end"]
    elif given["end"] is None:
        end = None
    else:
        end = moment_of("end", given["end"], index)
        if "start" in given and given["end"] <= given["start"]:
            raise Refusal(
                f"The end {given['end']} s is not after the start {given['start']} s; give the earlier first."
            )
        if end <= start and "start" in given:
            # Shorter than a frame: it is the frame that it lies in.
            end = _end_of_frame(index, start)
    if code.kind == "point" and "end" not in given:
        end = None
    return {"start": start, "end": end}


def _end_of_frame(index: FrameIndex, start: int) -> int:
    place = frame_at(index.times, start) + 1
    return index.times[place] if place < len(index.times) else index.duration


def _note(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_NOTE:
        what = f"{len(value)} letters long" if isinstance(value, str) else f"{value!r}, not text"
        raise Refusal(f"The note is {what}; give text of at most {_LONGEST_NOTE} letters.")
    return value


def _modifiers(value: Any, code: Code, codebook: Codebook) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise Refusal(f"modifiers={value!r} is not a mapping; give names and choices, such as {{'strength': 'low'}}.")
    known = {one.id: [choice.id for choice in one.choices] for one in codebook.modifiers(code.id)}
    if value and not known:
        raise Refusal(f"{code.id!r} has no modifiers in scheme {codebook.scheme.id!r}; leave them away.")
    for name, choice in value.items():
        _one_of("modifier", name, known)
        _one_of(str(name), choice, known[name])
    return dict(value)


def _links(answers: Any, tag: Mapping[str, Any], observation: Observation) -> list[dict[str, Any]]:
    kept = [link for link in tag.get("links") or [] if link["kind"] != "answers"]
    if answers is None:
        return kept
    ids = {one.id for one in observation.tags}
    if answers not in ids or answers == tag["id"]:
        raise Refusal(f"answers={answers!r} is not the id of another moment; read the ids from `tags['id']`.")
    return [*kept, Link(kind="answers", to=answers).model_dump()]

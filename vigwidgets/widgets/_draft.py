"""A tag from what a person writes in Python: seconds, names, defaults; every mistake answered with what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from vigwidgets.contract import Code, FrameIndex, Link, Observation, Tag, in_a_sentence
from vigwidgets.errors import Refusal, shown
from vigwidgets.observations import check_readable, check_tag, frame_at, new_id, snap
from vigwidgets.schemes import Codebook
from vigwidgets.widgets._table import answered
from vigwidgets.widgets._values import none_if_missing, number_of

__all__ = ["FIELDS", "FOLLOWS", "draft_tag", "moment_of", "tag_or_refuse", "text_or_refuse"]

#: What may be said of a tag, beside its code and its times.
FIELDS = ("code", "start", "end", "actor", "target", "note", "certainty", "modifiers", "answers")
#: What a row of `Tagger.tags` has beside them: it follows from the code, and is passed over.
FOLLOWS = ("lane", "label")
SECOND = 1_000_000
_BEGINNING = ("child", "client")
_CERTAINTIES = ("sure", "fairly", "unsure")
LONGEST_NOTE = 4000
_LONGEST_NAME = 64


def draft_tag(
    given: Mapping[str, Any], observation: Observation, codebook: Codebook, index: FrameIndex, before: Tag | None = None
) -> Tag:
    """Return the tag that ``given`` describes, on frame boundaries.

    Args:
        given: Some of `FIELDS`; ``start`` and ``end`` in seconds. ``id`` names a new tag where no other has that id.
        observation: Whose cast and tags may be named.
        codebook: The scheme.
        index: The film's frames.
        before: The tag that is changed; what is not given stays as it was there.

    Raises:
        Refusal: A value is not what it should be; the sentence says what is allowed.
    """
    given = {name: value if name in ("code", "start") else none_if_missing(value) for name, value in given.items()}
    tag: dict[str, Any] = before.model_dump() if before else {"id": _new_id(given.get("id"), observation), "end": None}
    code = _code(given.get("code", tag.get("code")), codebook)
    tag["code"] = code.id
    tag |= _who(given, tag, code, observation)
    tag |= _times(given, tag, code, index)
    if "note" in given:
        tag["note"] = text_or_refuse("The note", "" if given["note"] is None else given["note"], LONGEST_NOTE)
    if "certainty" in given:
        tag["certainty"] = _one_of("certainty", given["certainty"], _CERTAINTIES, or_none=True)
    if "modifiers" in given:
        tag["modifiers"] = _modifiers(given["modifiers"], tag.get("modifiers") or {}, code, codebook)
    if "answers" in given:
        tag["links"] = _links(given["answers"], tag, observation)
    try:
        made = Tag.model_validate(tag)
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, "the moment")) from None
    check_tag(made, observation, codebook, index.times)
    return made


def _new_id(wanted: Any, observation: Observation) -> str:
    """Return the id that was asked for, so that a table is read back with its answers; a fresh one if it is taken."""
    if wanted is None:
        return new_id("tag")
    if not isinstance(wanted, str):
        raise Refusal(f"id={shown(wanted)} is not an id; give text, or leave it away.")
    return new_id("tag") if any(one.id == wanted for one in observation.tags) else wanted


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
    value = number_of(seconds)
    last = index.duration / SECOND
    if value is None or not 0 <= value <= last:
        raise Refusal(f"{name}={shown(seconds)} is not a moment of this film; give seconds between 0 and {last:.3f}.")
    return snap(index.times, index.duration, round(value * SECOND))


def _one_of(name: str, value: Any, allowed: Iterable[str], *, or_none: bool = False) -> str | None:
    names = list(allowed)
    if or_none and value is None:
        return None
    if isinstance(value, str) and value in names:
        return str(value)
    near = get_close_matches(value, names, 1) if isinstance(value, str) and len(value) <= _LONGEST_NAME else []
    meant = f" (did you mean {near[0]!r}?)" if near else ""
    allowed_words = ", ".join(map(repr, names))
    raise Refusal(
        f"{name}={shown(value)} is not known here{meant}; choose one of {allowed_words}{' or None' if or_none else ''}."
    )


def _code(value: Any, codebook: Codebook) -> Code:
    if not isinstance(value, str):
        raise Refusal(f"code={shown(value)} is not a code; give its id as text, such as {codebook.lanes[0].id!r}.")
    if value not in codebook:
        known = [code.id for code in codebook.scheme.codes]
        near = get_close_matches(value, known, 1) if len(value) <= _LONGEST_NAME else []
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
        if "start" in given and (number_of(given["end"]) or 0) <= (number_of(given["start"]) or 0):
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


def text_or_refuse(what: str, value: Any, longest: int) -> str:
    """Return a text that can be read.

    Args:
        what: What it is called at the beginning of a sentence, such as ``"The note"``.
        value: What a person gave.
        longest: How many letters it may have.

    Raises:
        Refusal: It is no text, too long, or holds what cannot be read.
    """
    if not isinstance(value, str):
        raise Refusal(f"{what} is {shown(value)}, not text; give text of at most {longest} letters.")
    if len(value) > longest:
        raise Refusal(f"{what} is {len(value)} letters long; give text of at most {longest} letters.")
    check_readable(value, what)
    return str(value)


def _modifiers(value: Any, before: Mapping[str, str], code: Code, codebook: Codebook) -> dict[str, str]:
    """The modifiers that were given: what the scheme says, and what the tag has already, whoever gave it that."""
    value = {} if value is None else value
    if not isinstance(value, Mapping):
        raise Refusal(
            f"modifiers={shown(value)} is not a mapping; give names and choices, such as {{'strength': 'low'}}."
        )
    known = {one.id: [choice.id for choice in one.choices] for one in codebook.modifiers(code.id)}
    new = {name: choice for name, choice in value.items() if not isinstance(choice, str) or before.get(name) != choice}
    if new and not known:
        raise Refusal(f"{code.id!r} has no modifiers in scheme {codebook.scheme.id!r}; leave them away.")
    for name, choice in new.items():
        _one_of("modifier", name, known)
        _one_of(name, choice, known[name])
    return {str(name): str(choice) for name, choice in value.items()}


def _links(answers: Any, tag: Mapping[str, Any], observation: Observation) -> list[dict[str, Any]]:
    links = list(tag.get("links") or [])
    ids = {one.id for one in observation.tags}
    if answers is not None and not isinstance(answers, str):
        raise Refusal(f"answers={shown(answers)} is not the id of another moment; read the ids from `tags['id']`.")
    if answers == answered([Link.model_validate(link) for link in links], ids):
        return links  # as `tags` shows it: what it does not show stays, too
    kept = [link for link in links if link["kind"] != "answers"]
    if answers is None:
        return kept
    if not isinstance(answers, str) or answers not in ids or answers == tag["id"]:
        raise Refusal(f"answers={shown(answers)} is not the id of another moment; read the ids from `tags['id']`.")
    return [*kept, Link(kind="answers", to=answers).model_dump()]

"""Play phrases: turn ``play: peekaboo`` into the acts and beats that it stands for, before anything else is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad._fill import Unfit, fill, wanted
from vigwidgets.films.dyad._phrase_file import Phrase, Take, known_phrases, load_phrase, parse_phrase
from vigwidgets.films.dyad._spots import SPOTS
from vigwidgets.films.dyad._when import later, prefixed
from vigwidgets.yamls import Lines

__all__ = ["Played", "play"]

_MOST_ACTS, _MOST_BEATS = 2000, 500
_OWN = ("play", "id", "start", "beats", "says", "skip")
_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,40}$")


@dataclass
class Played:
    """A script's data with all phrases played.

    Attributes:
        data: Plain data as a script without phrases has it.
        lines: Where everything comes from.
        groups: The acts that each use of a phrase became, by the use's id.
    """

    data: dict[str, Any]
    lines: Lines
    groups: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class _Stage:
    """What the playing of phrases needs to know and where it writes."""

    lines: Lines
    phrases: dict[str, Phrase]
    files: dict[str, Path]
    names: dict[str, str]
    things: set[str]
    shared: dict[str, Any]
    levels: dict[str, Any]
    schemes: set[str]
    seed: str
    acts: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = field(default_factory=list)
    beats: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)


def play(data: dict[str, Any], lines: Lines, folder: Path | None = None) -> Played:
    """Play every phrase that a script uses.

    Args:
        data: The script as YAML gives it.
        lines: Where its values stand.
        folder: The script's own folder: a folder ``phrases`` in it may hold more phrases.

    Raises:
        Refusal: A phrase is unknown, or its parameters are not what it takes.
    """
    acts = data.get("acts")
    plain = {key: value for key, value in data.items() if key not in ("phrases", "with")}
    if not isinstance(acts, list):
        return Played(plain, lines)
    if sum(not (isinstance(act, dict) and "play" in act) for act in acts) > _MOST_ACTS:
        raise lines.refusal(("acts",), f"there are {len(acts)} acts; a film has {_MOST_ACTS} at most: split it.")
    stage = _stage(data, lines, folder)
    for i, act in enumerate(acts):
        if isinstance(act, dict) and "play" in act:
            _play_one(stage, act, ("acts", i))
        else:
            stage.acts.append((act, ("acts", i), ""))
    _check_shared(stage)
    own = data.get("beats")
    if own is not None and not isinstance(own, list):
        return Played(plain, lines)
    beats = [(_whole(beat, stage.groups), ("beats", i), "") for i, beat in enumerate(own or [])]
    plain |= {"acts": [one[0] for one in stage.acts], "beats": [one[0] for one in (*beats, *stage.beats)]}
    return Played(plain, lines.moved({"acts": stage.acts, "beats": [*beats, *stage.beats]}), stage.groups)


def _stage(data: dict[str, Any], lines: Lines, folder: Path | None) -> _Stage:
    cast = (
        [one for one in data.get("cast") or [] if isinstance(one, dict)] if isinstance(data.get("cast"), list) else []
    )
    things = data.get("things") if isinstance(data.get("things"), list) else []
    shared = data.get("with", {})
    if not isinstance(shared, dict):
        raise lines.refusal(("with",), "`with` is not a mapping; write `with: {latency: 0.8, warmth: 3}`.")
    own = data.get("phrases", {})
    if not isinstance(own, dict):
        raise lines.refusal(("phrases",), "`phrases` is not a mapping; write each under its name.")
    levels = {
        str(one.get("item")): one.get("level")
        for one in (data["ratings"] if isinstance(data.get("ratings"), list) else [])
        if isinstance(one, dict) and one.get("scheme", "adbb") == "adbb"
    }
    also = data.get("also") if isinstance(data.get("also"), list) else []
    return _Stage(
        lines=lines,
        levels=levels,
        schemes={str(data.get("scheme", "paig")), *map(str, also or [])},
        phrases={
            str(name): parse_phrase({"id": name, **one} if isinstance(one, dict) else one, lines, ("phrases", name))
            for name, one in own.items()
        },
        files=known_phrases(folder),
        names={str(one.get("id")): str(one.get("name", "")) for one in cast},
        things={str(one.get("id")) for one in things or [] if isinstance(one, dict)},
        shared=shared,
        seed=str(data.get("seed", 1)),
    )


def _check_shared(stage: _Stage) -> None:
    for name in stage.shared:
        if name not in stage.used:
            near = get_close_matches(str(name), sorted(stage.used), 1)
            hint = f"did you mean {near[0]!r}?" if near else f"they take {', '.join(sorted(stage.used)) or 'nothing'}."
            raise stage.lines.refusal(("with", name), f"`with` gives {name!r}, which no phrase here takes; {hint}")


def _play_one(stage: _Stage, use: dict[str, Any], place: tuple[str | int, ...]) -> None:
    phrase = _phrase(stage, use, place)
    uid = use.get("id")
    if not isinstance(uid, str) or not _ID.match(uid):
        raise stage.lines.refusal(place, f"this use of {phrase.id!r} needs an `id`, so that beats can name its acts.")
    if uid in stage.groups:
        raise stage.lines.refusal(place, f"two phrases are called {uid!r}; give each its own id.")
    start = use.get("start")
    if isinstance(start, bool) or not (
        isinstance(start, str) or (isinstance(start, int | float) and 0 <= start <= 600)
    ):
        raise stage.lines.refusal(place, f"{uid!r} needs a `start`: seconds from 0 to 600, or words.")
    values = _values(stage, phrase, use, place)
    inner = _inner(phrase, use, values, stage, place)
    stage.groups[uid] = [f"{uid}.{name}" for name in inner]
    for i, act in enumerate(phrase.acts):
        if act["id"] in inner:
            made = _line(stage, phrase, ("acts", i), act, values, uid, place)
            made["id"] = f"{uid}.{act['id']}"
            made["start"] = later(use["start"], _moment(made.get("start", 0), uid, inner))
            for key in ("echoes",):
                if made.get(key) in inner:
                    made[key] = f"{uid}.{made[key]}"
            stage.acts.append((made, place, phrase.line("acts", i)))
    if use.get("beats", True) is not False:
        _play_beats(stage, phrase, use, values, inner, place)
    if len(stage.acts) > _MOST_ACTS or len(stage.beats) > _MOST_BEATS:
        raise stage.lines.refusal(
            place, f"the phrases make more than {_MOST_ACTS} acts or {_MOST_BEATS} beats; split the film."
        )


def _phrase(stage: _Stage, use: dict[str, Any], place: tuple[str | int, ...]) -> Phrase:
    name = use["play"]
    if name not in stage.phrases:
        path = stage.files.get(name) if isinstance(name, str) else None
        if path is None:
            known = sorted({*stage.phrases, *stage.files})
            near = get_close_matches(str(name), known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known) or 'none'}."
            raise stage.lines.refusal((*place, "play"), f"there is no phrase {str(name)[:60]!r}; {hint}")
        stage.phrases[name] = load_phrase(path)
    return stage.phrases[name]


def _inner(
    phrase: Phrase, use: dict[str, Any], values: dict[str, Any], stage: _Stage, place: tuple[str | int, ...]
) -> list[str]:
    skip = use.get("skip", [])
    known = [act["id"] for act in phrase.acts]
    if not isinstance(skip, list) or any(name not in known for name in skip):
        raise stage.lines.refusal((*place, "skip"), f"`skip` is a list of acts of {phrase.id!r}: {', '.join(known)}.")
    try:
        return [act["id"] for act in phrase.acts if act["id"] not in skip and wanted(act, values)]
    except Unfit as error:
        raise Refusal(f"{phrase.lines.source}, line {phrase.lines.of(('acts',))}: {error}") from None


def _values(stage: _Stage, phrase: Phrase, use: dict[str, Any], place: tuple[str | int, ...]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in use:
        if name not in phrase.takes and name not in _OWN:
            near = get_close_matches(str(name), list(phrase.takes), 1)
            hint = f"did you mean {near[0]!r}?" if near else f"it takes {', '.join(phrase.takes)}."
            raise stage.lines.refusal((*place, name), f"{phrase.id!r} does not take {str(name)[:60]!r}; {hint}")
    for name, take in phrase.takes.items():
        stage.used.add(name)
        where = (*place, name) if name in use else ("with", name) if name in stage.shared else place
        value = use.get(name, stage.shared.get(name, stage.levels.get(name, take.default)))
        if value is None:
            if take.required:
                raise stage.lines.refusal(place, f"{phrase.id!r} needs {name!r}: {take.says}")
            values[name] = None
            continue
        wrong = _wrong(stage, take, value)
        if wrong:
            raise stage.lines.refusal(where, f"{name} of {phrase.id!r} is {str(value)[:60]!r}; {wrong}")
        values[name] = value
    return values


def _wrong(stage: _Stage, take: Take, value: Any) -> str | None:
    """Return what is allowed, if ``value`` is not."""
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    word = value if isinstance(value, str) else ""
    people, things = list(stage.names), sorted(stage.things)
    allowed = {"person": people, "thing": things, "place": [*SPOTS, *people, *things]}
    if take.kind in allowed:
        known = allowed[take.kind]
        return None if word in known else f"name one of {', '.join(known) or '(none)'}."
    checks = {
        "act": (bool(word), "name an act by its id."),
        "beat": (bool(word), "name a beat by its id."),
        "text": (0 < len(word) <= 160, "write words, at most 160 characters."),
        "share": (number is not None and 0 <= number <= 1, "allowed is 0 to 1."),
        "level": (isinstance(value, int) and number in (0, 1, 2, 3, 4), "allowed is a level: 0, 1, 2, 3 or 4."),
        "seconds": (
            number is not None and take.least <= number <= take.most,
            f"allowed is {take.least:g} to {take.most:g} seconds.",
        ),
    }
    fine, sentence = checks[take.kind]
    return None if fine else sentence


def _line(
    stage: _Stage,
    phrase: Phrase,
    inside: tuple[str, int],
    line: dict[str, Any],
    values: dict[str, Any],
    uid: str,
    place: tuple[str | int, ...],
) -> dict[str, Any]:
    try:
        made = {
            key: fill(value, values, stage.names, f"{stage.seed}/{uid}/{line['id']}/{key}")
            for key, value in line.items()
            if key != "only"
        }
    except Unfit as error:
        raise stage.lines.refusal(place, f"phrase {phrase.id!r} ({phrase.line(*inside)}): {error}") from None
    return {key: value for key, value in made.items() if value is not None}


def _moment(said: Any, uid: str, inner: list[str]) -> Any:
    return prefixed(said, uid, inner) if isinstance(said, str) else said


def _play_beats(
    stage: _Stage,
    phrase: Phrase,
    use: dict[str, Any],
    values: dict[str, Any],
    inner: list[str],
    place: tuple[str | int, ...],
) -> None:
    uid, told = str(use["id"]), use.get("says", {})
    known = [beat["id"] for beat in phrase.beats]
    if not isinstance(told, dict) or any(name not in known for name in told):
        raise stage.lines.refusal(
            (*place, "says"), f"`says` gives own words for beats of {phrase.id!r}: {', '.join(known)}."
        )
    skipped = use["skip"] if isinstance(use.get("skip"), list) else []
    for i, beat in enumerate(phrase.beats):
        made = _line(stage, phrase, ("beats", i), beat, values, uid, place)
        acts = made.get("acts", [])
        flat = (
            [name for one in acts for name in (one if isinstance(one, list) else [one])]
            if isinstance(acts, list)
            else []
        )
        if beat.get("scheme", min(stage.schemes)) not in stage.schemes:
            continue
        gone = [name for name in flat if name in skipped]
        if not _there(stage, phrase, beat, values, place) or gone:
            continue
        left_out = {act["id"] for act in phrase.acts} - set(inner)
        made["acts"] = [f"{uid}.{name}" if name in inner else name for name in flat if name not in left_out and name]
        made["id"] = f"{uid}.{beat['id']}"
        if made.get("answers") in known:
            made["answers"] = f"{uid}.{made['answers']}"
        for key in ("from", "to"):
            if key in made:
                said = _moment(made[key], uid, inner)
                made[key] = later(use["start"], said)
        made["says"] = told.get(beat["id"], made.get("says"))
        stage.beats.append((made, place, phrase.line("beats", i)))


def _there(
    stage: _Stage, phrase: Phrase, beat: dict[str, Any], values: dict[str, Any], place: tuple[str | int, ...]
) -> bool:
    try:
        return wanted(beat, values)
    except Unfit as error:
        raise stage.lines.refusal(place, f"phrase {phrase.id!r}, beat {beat['id']!r}: {error}") from None


def _whole(beat: Any, groups: dict[str, list[str]]) -> Any:
    """A beat that names a phrase means all its acts."""
    if not isinstance(beat, dict) or not isinstance(beat.get("acts"), list):
        return beat
    acts = [name for one in beat["acts"] for name in (groups.get(one, [one]) if isinstance(one, str) else [one])]
    return {**beat, "acts": acts}

"""Whether a script can be played: who does what, with what, when; before anybody draws anything."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches
from itertools import pairwise

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad._casting import check_ability, check_casting
from vigwidgets.films.dyad._check_beats import check_beats
from vigwidgets.films.dyad._described import check_described
from vigwidgets.films.dyad._ease import EASE
from vigwidgets.films.dyad._kinds import ACTS, BODY, FACE, GAZE, HANDS, VOICE
from vigwidgets.films.dyad._levels import check_ratings
from vigwidgets.films.dyad._model import Act, Script
from vigwidgets.films.dyad._seen import APART, crossing
from vigwidgets.films.dyad._spots import SPOTS

__all__ = ["check_script"]

_PARTS = {GAZE: "eyes", VOICE: "voice", HANDS: "hands"}
_EASE = (0.4, 0.4)
_OPTIONAL = ("target", "thing", "text", "tone", "about", "echoes", "at", "on")


def check_script(script: Script) -> None:
    """Check a script's cast, acts and beats.

    Raises:
        Refusal: Something cannot be; one sentence with file, line, value and what is allowed.
    """
    if script.poster is not None and not 0 <= script.poster < script.duration:
        raise _no(
            script,
            "poster",
            f"the poster's moment is {script.poster / 1e6:g} s, outside the film, which lasts "
            f"{script.duration / 1e6:g} s; choose one inside.",
        )
    _check_cast(script)
    _check_things(script)
    for act in script.acts:
        _check_act(script, act)
    _check_overlaps(script)
    _check_apart(script)
    _check_hands(script)
    check_beats(script)
    check_ratings(script)
    check_described(script)


def _no(script: Script, key: str, sentence: str) -> Refusal:
    return Refusal(f"{script.source}, line {script.lines.get(key, 1)}: {sentence}")


def _nearest(value: str, known: list[str]) -> str:
    near = get_close_matches(value, known, 1)
    shown = ", ".join(known)
    return f"did you mean {near[0]!r}? Known are {shown}." if near else f"choose one of {shown}."


def _check_cast(script: Script) -> None:
    ids = [person.id for person in script.cast] + [thing.id for thing in script.things]
    twice = next((one for one in ids if ids.count(one) > 1), None)
    if twice:
        raise _no(script, "cast", f"{twice!r} names two people or things; give each its own id.")
    taken = next((one for one in ids if one in SPOTS), None)
    if taken:
        raise _no(script, "cast", f"{taken!r} is the name of a place in the room; choose another id.")
    check_casting(script)


def _check_things(script: Script) -> None:
    known = [thing.id for thing in script.things]
    for i, thing in enumerate(script.things):
        if (thing.at is None) == (thing.on is None):
            raise _no(
                script,
                f"thing:{thing.id}",
                f"{thing.id!r} needs either `at:` (0 to 1) or `on:` a thing, not both.",
            )
        if thing.on is not None and thing.on not in known[:i]:
            raise _no(
                script,
                f"thing:{thing.id}",
                f"{thing.id!r} stands on {thing.on!r}, which is not written above it; write the lower thing first.",
            )


def _check_act(script: Script, act: Act) -> None:
    key = f"act:{act.id}"
    people = [person.id for person in script.cast]
    things = [thing.id for thing in script.things]
    if act.does not in ACTS:
        raise _no(
            script,
            key,
            f"{act.does!r} is not something that people can do here; {_nearest(act.does, list(ACTS))}",
        )
    kind = ACTS[act.does]
    if act.actor not in people:
        raise _no(script, key, f"the actor {act.actor!r} is not in the cast; {_nearest(act.actor, people)}")
    for name in _OPTIONAL:
        given = getattr(act, name) is not None
        if given and name not in kind.needs | kind.may:
            raise _no(script, key, f"`{act.does}` does not take {name!r}; take it out.")
        if not given and name in kind.needs:
            raise _no(script, key, f"`{act.does}` needs {name!r}; add it.")
    if act.target is not None and act.target not in [*people, *things, *SPOTS]:
        raise _no(
            script,
            key,
            f"the target {act.target!r} is not in the film; {_nearest(act.target, [*people, *things, *SPOTS])}",
        )
    if act.target == act.actor:
        raise _no(
            script,
            key,
            f"{act.actor!r} cannot be the target of their own act; name the other, a thing or a place.",
        )
    for name in ("thing", "on"):
        value = getattr(act, name)
        if value is not None and value not in things:
            raise _no(
                script,
                key,
                f"{name} {value!r} is not among the things; {_nearest(value, things or ['(none)'])}",
            )
    if act.about is not None and act.about not in people:
        raise _no(script, key, f"`about` names {act.about!r}, who is not in the cast; {_nearest(act.about, people)}")
    check_ability(script, act)
    _check_time(script, act)
    _check_echo(script, act)


def _check_time(script: Script, act: Act) -> None:
    kind = ACTS[act.does]
    key = f"act:{act.id}"
    if act.start < 0 or act.end > script.duration:
        raise _no(
            script,
            key,
            f"{act.id!r} lasts from {act.start / 1e6:g} to {act.end / 1e6:g} s, outside the film, "
            f"which lasts {script.duration / 1e6:g} s; move it inside or lengthen the film.",
        )
    if not kind.shortest <= act.seconds + 0.021 or act.seconds > kind.longest:
        raise _no(
            script,
            key,
            f"`{act.does}` lasts {act.seconds:g} s; it can be seen or heard well "
            f"from {kind.shortest:g} to {kind.longest:g} s.",
        )


def _check_echo(script: Script, act: Act) -> None:
    if act.echoes is None:
        return
    earlier = script.by_id().get(act.echoes)
    if earlier is None or earlier.actor == act.actor or ACTS[earlier.does].part != VOICE or earlier.start >= act.start:
        raise _no(
            script,
            f"act:{act.id}",
            f"`echoes` names {act.echoes!r}; it must be an earlier sound or word of the other person.",
        )


def _check_overlaps(script: Script) -> None:
    groups: dict[tuple[str, str], list[Act]] = defaultdict(list)
    for act in script.acts:
        part = ACTS[act.does].part
        if part in _PARTS:
            groups[act.actor, part].append(act)
        elif part in (FACE, BODY):
            groups[act.actor, act.does].append(act)
    for (actor, part), acts in groups.items():
        ordered = sorted(acts, key=lambda act: act.start)
        for one, next_one in pairwise(ordered):
            if next_one.start < one.end:
                raise _no(
                    script,
                    f"act:{next_one.id}",
                    f"{actor!r} has {_PARTS.get(part, part)} for one thing at a time: {next_one.id!r} begins at "
                    f"{next_one.start / 1e6:g} s, before {one.id!r} ends at {one.end / 1e6:g} s; move or shorten one.",
                )


def _check_apart(script: Script) -> None:
    """Refuse what one face or one trunk cannot do at once; one may come in while the other goes."""
    going: dict[str, list[Act]] = defaultdict(list)
    for act in sorted(script.acts, key=lambda act: act.start):
        if act.does not in APART:
            continue
        before = going[act.actor] = [one for one in going[act.actor] if one.end > act.start]
        rise = EASE.get(act.does, _EASE)[0]
        for one in before:
            fall = EASE.get(one.does, _EASE)[1]
            if one.does in APART[act.does] and not crossing(one, act, rise, fall):
                part = "trunk" if ACTS[act.does].part == BODY else "face"
                raise _no(
                    script,
                    f"act:{act.id}",
                    f"one {part} cannot `{one.does}` and `{act.does}` at once, as that of {act.actor!r} is to: "
                    f"{act.id!r} begins at {act.start / 1e6:g} s, before {one.id!r} ends at {one.end / 1e6:g} s; "
                    f"let one end when the other begins (they may cross for {max(rise, fall):g} s).",
                )
        before.append(act)


def _check_hands(script: Script) -> None:
    owner: dict[str, str] = {}
    for act in sorted(script.acts, key=lambda act: act.start):
        if ACTS[act.does].part != HANDS:
            continue
        held = next((thing for thing, who in owner.items() if who == act.actor), None)
        key = f"act:{act.id}"
        if act.does in ("offer", "put", "shake") and held != act.thing:
            raise _no(script, key, f"{act.actor!r} does not hold {act.thing!r} then; let them `take` it first.")
        if act.does in ("clap", "hide", "open_arms") and held:
            raise _no(
                script,
                key,
                f"{act.actor!r} holds {held!r} and needs both hands to `{act.does}`; `put` it down first.",
            )
        if act.does == "take":
            if held:
                raise _no(script, key, f"{act.actor!r} already holds {held!r}; `put` it down first.")
            owner[str(act.thing)] = act.actor
        elif act.does == "put":
            if act.on is None and act.at is None:
                raise _no(script, key, "`put` needs a place; add `at:` from 0 to 1, or `on:` a thing.")
            if act.on == act.thing:
                raise _no(script, key, f"{act.thing!r} cannot stand on itself; name another thing.")
            owner.pop(str(act.thing), None)

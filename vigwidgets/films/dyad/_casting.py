"""Who is where: each member of the cast gets a place that their age, the scene and the others allow."""

from __future__ import annotations

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad._ages import ABILITIES, AGE_WORDS
from vigwidgets.films.dyad._model import Act, Person, Script

__all__ = ["SEATS", "check_ability", "check_casting", "places"]

SEATS = ("left", "right", "middle", "high_chair", "mat", "bouncer", "standing")
"""Places that a script may name; ``lap:<id>`` comes on top."""

_FLOOR = ("left", "right", "middle")
_MANY = ("standing", *_FLOOR)


def _no(script: Script, key: str, sentence: str) -> Refusal:
    return Refusal(f"{script.source}, line {script.lines.get(key, script.lines.get('cast', 1))}: {sentence}")


def _kind(place: str) -> str:
    return "lap" if place.startswith("lap:") else "floor" if place in _FLOOR else place


def places(script: Script) -> dict[str, str]:
    """Return where each member of the cast is, by id: one of :data:`SEATS`, or ``lap:<id>``."""
    found = {person.id: person.seat for person in script.cast if person.seat}
    for person in sorted(script.cast, key=lambda one: not one.grown):
        if person.id not in found:
            found[person.id] = _default(script, person, found)
    return {person.id: found[person.id] for person in script.cast}


def _default(script: Script, person: Person, taken: dict[str, str]) -> str:
    used = set(taken.values())
    can = ABILITIES[person.stage].seats
    if person.grown:
        return next((place for place in ("left", "right", "middle") if place not in used), "standing")
    special = {"kitchen": "high_chair", "changing": "mat"}.get(script.scene)
    if special in can and special not in used:
        return str(special)
    lap = next((f"lap:{p.id}" for p in script.cast if p.grown and f"lap:{p.id}" not in used), None)
    if can[0] == "lap" and lap and not (script.scene == "rug" and "bouncer" in can and "right" not in used):
        return lap
    if "bouncer" in can and "floor" not in can:
        return "bouncer" if "bouncer" not in used else "mat"
    return next((place for place in ("right", "middle", "left") if place not in used), "standing")


def check_casting(script: Script) -> None:
    """Check that everybody can be where the script has them.

    Raises:
        Refusal: Somebody cannot; one sentence with file, line, value and what is allowed.
    """
    if not any(not person.baby for person in script.cast):
        raise _no(script, "cast", "the cast has babies only; add somebody who is with them.")
    if script.scene != "review" and all(person.grown for person in script.cast):
        raise _no(
            script, "cast", f"the cast has 0 children; add one, or choose `scene: review` instead of {script.scene!r}."
        )
    told = places(script)
    holders: dict[str, str] = {}
    for person in script.cast:
        _check_place(script, person, told[person.id], told)
        same = holders.get(told[person.id])
        if same and told[person.id] != "standing":
            free = [place for place in _MANY if place not in told.values()]
            raise _no(
                script,
                f"cast:{person.id}",
                f"{same!r} and {person.id!r} are both at {told[person.id]!r}; give one `seat: {free[0]}`.",
            )
        holders[told[person.id]] = person.id
    _check_shots(script)


def _check_place(script: Script, person: Person, place: str, told: dict[str, str]) -> None:
    key = f"cast:{person.id}"
    kind = _kind(place)
    ability = ABILITIES[person.stage]
    if place not in SEATS and kind != "lap":
        raise _no(script, key, f"there is no seat {place!r}; choose one of {', '.join(SEATS)}, or lap:<id>.")
    if kind not in ability.seats:
        can = ", ".join("left, right, middle" if seat == "floor" else seat for seat in ability.seats)
        raise _no(
            script, key, f"{AGE_WORDS[person.stage]} cannot be at {place!r}; for {person.id!r} choose one of {can}."
        )
    if kind == "high_chair" and script.scene != "kitchen":
        raise _no(script, key, f"the scene {script.scene!r} has no high chair; choose `scene: kitchen`.")
    if kind == "lap":
        holder = place.removeprefix("lap:")
        other = next((one for one in script.cast if one.id == holder), None)
        if other is None or other.baby or other.id == person.id or _kind(told[holder]) != "floor":
            known = [one.id for one in script.cast if one.grown and _kind(told[one.id]) == "floor"]
            shown = ", ".join(f"lap:{name}" for name in known) or "another seat: nobody here sits down"
            raise _no(script, key, f"{person.id!r} cannot be on the lap of {holder!r}; choose {shown}.")


def _check_shots(script: Script) -> None:
    ids = {person.id for person in script.cast}
    before = -1
    for i, shot in enumerate(script.shots):
        key = f"shot:{i}"
        if not before < shot.start < script.duration:
            raise _no(
                script,
                key,
                f"this shot begins at {shot.start / 1e6:g} s; it must begin after the one before it and inside the "
                f"film, which lasts {script.duration / 1e6:g} s.",
            )
        if shot.of is not None and shot.of not in ids:
            raise _no(
                script, key, f"the shot is of {shot.of!r}, who is not in the cast; choose {', '.join(sorted(ids))}."
            )
        before = shot.start


def check_ability(script: Script, act: Act) -> None:
    """Check that an act is one for its actor's age.

    Raises:
        Refusal: It is not; one sentence with file, line, value and what to use instead.
    """
    person = script.person(act.actor)
    instead = ABILITIES[person.stage].cannot.get(act.does)
    key = f"act:{act.id}"
    if instead is not None and person.grown:
        raise _no(
            script, key, f"`{act.does}` is for the children; {act.actor!r} is grown: choose another act, or `say`."
        )
    if instead is not None:
        raise _no(script, key, f"{AGE_WORDS[person.stage]} does not `{act.does}`, as {act.actor!r} is to; {instead}.")
    if act.does == "step" and places(script)[person.id] != "standing":
        raise _no(script, key, f"{act.actor!r} does not stand; give them `seat: standing` to `step`.")

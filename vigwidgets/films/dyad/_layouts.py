"""Where everybody and everything is in each scene: seats, the line on which things lie, and named places."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace

from vigwidgets.films.dyad._casting import places
from vigwidgets.films.dyad._forms import form_of, is_man
from vigwidgets.films.dyad._model import Person, Script
from vigwidgets.films.dyad._pose import Seat
from vigwidgets.films.dyad._seats import BLOCK, seat_for
from vigwidgets.films.dyad._spots import KITCHEN_JAR, NURSERY_PANE, SCREEN, SPOTS

__all__ = ["FRONT", "Layout", "layout_of"]

Point = tuple[float, float]

FRONT = 40.0
"""How much lower in the picture a thing is that lies in front of the line of the others."""


@dataclass(frozen=True)
class Layout:
    """One arrangement of a scene.

    Attributes:
        seats: Where each person is, by id.
        spots: Named places.
        shelf: Left end, right end and height of the line on which things lie.
        depth: How far people are from the plane of the picture when they look at one another; larger turns less.
        backs: Who is seen from behind.
        hidden: Who is not seen at all.
    """

    seats: dict[str, Seat]
    spots: dict[str, Point]
    shelf: tuple[float, float, float] = (548.0, 772.0, 652.0)
    depth: float = 330.0
    backs: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()

    def lie(self, at: float, *, front: bool = False) -> Point:
        """Return the middle of a thing that lies at ``at`` (0 by the adult, 1 by the baby) or in ``front`` of it."""
        left, right, low = self.shelf
        return left + (right - left) * at, low - BLOCK / 2 + (FRONT if front else 6 * math.sin(at * 9))


# For each scene and place: hips (or feet), facing, posture and size.
_Row = tuple[Point, int, str, float]
_RUG: dict[str, _Row] = {
    "left": ((318, 640), 1, "floor", 1.0),
    "right": ((960, 640), -1, "floor", 1.0),
    "middle": ((640, 596), 1, "floor", 0.8),
    "standing": ((1010, 640), -1, "stand", 0.82),
    "mat": ((690, 618), -1, "recline", 1.0),
    "bouncer": ((790, 600), -1, "recline", 1.0),
}
_CHAIRS: dict[str, _Row] = {
    "left": ((300, 512), 1, "chair", 0.88),
    "right": ((950, 512), -1, "chair", 0.88),
    "middle": ((640, 512), 1, "chair", 0.88),
    "standing": ((1080, 640), -1, "stand", 0.82),
    "mat": ((690, 640), -1, "recline", 1.0),
    "bouncer": ((760, 640), -1, "recline", 1.0),
}
_KITCHEN = {
    **_CHAIRS,
    "left": ((384, 540), 1, "chair", 0.92),
    "right": ((1150, 540), -1, "chair", 0.92),
    "high_chair": ((880, 470), -1, "tray", 0.94),
}
_REVIEW = {
    **_CHAIRS,
    "left": ((216, 530), 1, "chair", 0.9),
    "right": ((1064, 530), -1, "chair", 0.9),
    "middle": ((640, 500), 1, "chair", 0.8),
}
_CHANGING = {**_RUG, "left": ((240, 640), 1, "floor", 1.0), "mat": ((560, 600), -1, "recline", 1.1)}
_ROWS: dict[str, dict[str, _Row]] = {
    "rug": _RUG,
    "nursery": _RUG,
    "bath": _RUG,
    "sofa": _CHAIRS,
    "kitchen": _KITCHEN,
    "review": _REVIEW,
    "changing": _CHANGING,
}
_DEEPER = 34.0
# A small child's hips on the floor, by place: nearer to the things than a grown person's.
_SMALL: dict[str, tuple[Point, int]] = {
    "left": ((380, 640), 1),
    "right": ((941, 640), -1),
    "middle": ((760, 626), -1),
}
_TILT = {"mat": math.radians(76), "bouncer": math.radians(48), "lap": math.radians(58), "low lap": math.radians(68)}
_HELD_UP = 0.3
"""Which share of its tilt the head of a child in a bouncer goes along with: further, a look across would go down."""
_IN_LAP = (50.0, -4.0)
"""Where such a child keeps what they hold, from the hips: higher, it would be on the way to who sits there."""


def layout_of(script: Script) -> Layout:
    """Return the arrangement of a script's scene."""
    told = places(script)
    book = any(thing.kind == "book" for thing in script.things)
    seats: dict[str, Seat] = {}
    counts: Counter[str] = Counter()
    for person in script.cast:
        place = told[person.id]
        if not place.startswith("lap:"):
            seats[person.id] = _seat(script, person, place, counts[place])
            counts[place] += 1
    for person in script.cast:
        place = told[person.id]
        if place.startswith("lap:"):
            holder = place.removeprefix("lap:")
            two = sum(not one.grown for one in script.cast) > 1
            seats[holder], seats[person.id] = _on_lap(person, seats[holder], book=book, low=two)
            seats[holder] = replace(seats[holder], holds=person.id)
    return Layout(seats, _spots(script), _shelf(script, seats))


def _spots(script: Script) -> dict[str, Point]:
    """Return the named places of a scene: some rooms have theirs elsewhere than the others."""
    spots = dict(SPOTS)
    if script.scene == "kitchen":
        spots["plant"] = KITCHEN_JAR
    if script.scene == "nursery":
        spots["window"] = NURSERY_PANE
    if script.scene == "review":
        left, top, wide, high = SCREEN
        spots["screen"] = (left + wide * 0.5, top + high * 0.6)
    return spots


def _seat(script: Script, person: Person, place: str, nth: int) -> Seat:
    rows = _ROWS[script.scene]
    form = form_of(person)
    hip, facing, posture, size = rows[place]
    depth = hip[1]
    tilt = _TILT.get(place, 0.0)
    small = form.baby or person.stage in ("5y", "8y")
    told = places(script)
    if place in _SMALL and small:
        hip, facing, posture, size = _small_place(script, place)
        depth = hip[1]
    elif place in ("left", "right") and not small:
        hip = _moved(script, place, hip, told)
    if place == "high_chair" and "right" in told.values():
        hip = (hip[0], hip[1] + _DEEPER)  # between two grown people a small face lies plainly lower than theirs
    if place == "standing":
        size = {"18m": 0.94, "5y": 0.86, "8y": 0.8}.get(person.stage, 0.72)
        spread = ((1150, 634), (560, 600), (1010, 604), (660, 590))
        hip = spread[nth % 4] if person.grown or len(script.cast) > 2 else (880, 648)
        facing = 1 if hip[0] < 600 else -1
        depth = hip[1] - 60
    if place == "bouncer" and any(other.startswith("lap:") for other in told.values()):
        hip = (hip[0] + 36, hip[1] - 16)
    if place in ("mat", "bouncer") and nth:
        hip = (hip[0] + 250 * nth, hip[1] + 10)
    man = person.grown and is_man(person.looks)
    seat = seat_for(form, hip, facing, posture=posture, size=size, tilt=tilt, man=man, depth=depth)
    return replace(seat, pillow=_HELD_UP, hold=_IN_LAP) if place == "bouncer" else seat


def _grown_at(script: Script, place: str) -> bool:
    told = places(script)
    return any(told[person.id] == place and person.grown for person in script.cast)


def _small_place(script: Script, place: str) -> _Row:
    """Return where a child who sits by themselves is: on the floor, or on the sofa beside somebody."""
    hip, facing = _SMALL[place]
    if script.scene in ("sofa", "review"):
        x = {"left": 360, "right": 760, "middle": 620}[place]
        return (x, 508), facing, "floor", 0.8
    told = places(script)
    if place == "right" and any(told[one.id] == "middle" and not one.grown for one in script.cast):
        hip = (1000, hip[1])
    if place == "middle" and _grown_at(script, "right"):
        hip = (690, 642)
    return hip, facing, "floor", 1.0


def _moved(script: Script, place: str, hip: Point, told: dict[str, str]) -> Point:
    """Return where a grown person is when others need the room."""
    if script.scene == "kitchen" and {"left", "right", "high_chair"} <= set(told.values()):
        return hip if place == "left" else (1150.0, 540.0)
    if script.scene == "kitchen" and place == "left" and "high_chair" in told.values():
        return hip[0] + 36, hip[1]  # near enough for a hand to reach the child without the whole body
    if place == "right" and script.scene in ("rug", "nursery", "changing", "bath"):
        return hip[0] + 36, hip[1]
    return hip


def _on_lap(child: Person, holder: Seat, *, book: bool, low: bool) -> tuple[Seat, Seat]:
    """Return the seats of a holder and of their lap's child, whom ``low`` keeps out of the holder's view."""
    form = form_of(child)
    k = holder.scale
    if child.stage in ("newborn", "4m"):
        # On thighs that are drawn up, face to face: the usual way to talk with a small baby.
        # With a second child to look at they lie in the crook of crossed legs, so that one bends to them and looks up
        # from them to the other.
        posture = "knees" if holder.posture == "floor" and not low else holder.posture
        out, up = (126, -90) if posture == "knees" else (66, -46) if low else (92, -62)
        hip = (holder.hip[0] + holder.facing * out * k, holder.hip[1] + up * k)
        tilt = _TILT["low lap" if low else "lap"]
        seat = seat_for(
            form,
            hip,
            -holder.facing,
            posture="recline",
            size=k,
            tilt=tilt,
            depth=holder.depth + 1,
        )
        grown = seat_for(
            holder.form,
            holder.hip,
            holder.facing,
            posture=posture,
            size=_size(holder),
            man=holder.man,
            depth=holder.depth,
        )
        return grown, seat
    facing = holder.facing if book else -holder.facing
    out = 146 if book else 182
    hip = (holder.hip[0] + holder.facing * out * k, holder.hip[1] - 44 * k)
    size = 0.74 * k
    seat = seat_for(form, hip, facing, posture="floor", size=size, depth=holder.depth + 1)
    return holder, seat


def _size(seat: Seat) -> float:
    return {"older": seat.scale / 0.95, "adult": seat.scale}.get(seat.form.stage, seat.scale)


def _shelf(script: Script, seats: dict[str, Seat]) -> tuple[float, float, float]:
    if script.scene == "kitchen":
        return (440.0, 724.0, 456.0)  # from the lap of who sits on the left to the tray
    if script.scene == "sofa" and any(
        seat.form.youth and seat.posture == "floor" and seat.hip[1] < 520 and seat.hip[0] > 560
        for seat in seats.values()
    ):
        return (486.0, 600.0, 524.0)
    if script.scene in ("review", "sofa"):
        return (548.0, 736.0, 668.0)
    if any(seat.baby and seat.posture == "recline" and seat.hip[0] < 720 for seat in seats.values()):
        return (760.0, 900.0, 668.0)
    crowd = [seat for seat in seats.values() if 600 < seat.hip[0] < 800 and seat.hip[1] > 610 and not seat.holds]
    return (490.0, 800.0, 664.0) if crowd else (548.0, 772.0, 652.0)

"""Where the camera stands: which part of the scene each shot shows, and the scene as seen over a shoulder."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vigwidgets.films.dyad._gaze import GazeTrack
from vigwidgets.films.dyad._kinds import ACTS, HANDS
from vigwidgets.films.dyad._layouts import Layout, layout_of
from vigwidgets.films.dyad._model import Camera, Person, Script, Shot
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._pose import Seat
from vigwidgets.films.dyad._seats import head_of, seat_for
from vigwidgets.films.dyad._spots import SCREEN

__all__ = ["SCENE", "Angle", "View", "angles_of", "over_shoulder"]

Point = tuple[float, float]
View = tuple[float, float, float, float]

SCENE: View = (116.0, 78.0, 1072.0, 603.0)
"""What the camera shows of the 1280 × 720 stage by default: x, y, width, height."""

_STAGE: View = (-190.0, -190.0, 1660.0, 1090.0)
_SAMPLES = 24
_ROOM = 46.0
_ASIDE = 1 / 6
"""By which share of its width a close-up moves aside at most where a third person is."""
_LOWER = 18.0
"""How much further down the usual view goes when something lies in front."""


@dataclass(frozen=True)
class Angle:
    """How one shot is seen.

    Attributes:
        start: From when on, in microseconds.
        layout: Where everybody is; the scene's own, or as seen over a shoulder.
        view: What is shown of it: x, y, width, height.
        behind: What is shown of the room behind them.
        soft: How soft the room is, in pixels of a picture 640 wide.
    """

    start: int
    layout: Layout
    view: View
    behind: View
    soft: float = 0.0


def angles_of(script: Script, *, second: bool = False) -> list[Angle]:
    """Return the angles of a film's picture, or of its second, synchronous picture, by their start."""
    layout = layout_of(script)
    motion = Motion(script, layout)
    shots = list(script.shots)
    if not shots or shots[0].start > 0:
        shots.insert(0, Shot(start=0, camera="two"))
    angles = []
    for i, shot in enumerate(shots):
        end = shots[i + 1].start if i + 1 < len(shots) else script.duration
        camera: Camera = (shot.second or script.second_view or "wide") if second else shot.camera
        angles.append(_angle(script, motion, camera, shot, end, second=second))
    return angles


def _angle(script: Script, motion: Motion, camera: Camera, shot: Shot, end: int, *, second: bool) -> Angle:
    layout = motion.layout
    subject = script.person(shot.of) if shot.of else script.adult if camera == "parent" else script.child
    if camera == "over_shoulder":
        return Angle(shot.start, over_shoulder(script, subject), (0, 0, 1280, 720), (290.0, 120.0, 1000.0, 562.5), 3.2)
    if camera in ("baby", "parent"):
        view = _close(motion, subject, shot.start, end, whole=not second)
        return Angle(shot.start, layout, view, view, 2.0)
    if camera == "wide":
        x, y, w, h = _fit(layout, review=script.scene == "review")
        view = _framed(x + w / 2, y + h / 2 - 10, max(w * 1.14, 1120.0))
        return Angle(shot.start, layout, view, view)
    if script.scene == "rug" and len(script.cast) == 2 and not _high(layout):
        x, y, w, h = SCENE
        view = (x, y + _LOWER, w, h) if any(thing.front for thing in script.things) else SCENE
    else:
        view = _fit(layout, review=script.scene == "review")
    return Angle(shot.start, layout, view, view)


def _high(layout: Layout) -> bool:
    return any(head_of(seat, 0, 0)[0][1] - seat.radius[1] < SCENE[1] + 4 for seat in layout.seats.values())


def _extent(seat: Seat) -> View:
    (hx, hy), _ = head_of(seat, 0.0, 0.0)
    low = seat.hip[1] + (max(seat.scale * 420, 0) if seat.posture == "stand" and not seat.baby else 70 * seat.scale)
    if seat.posture in ("chair", "tray"):
        low = seat.hip[1] + 176 * seat.scale
    reach = 210 * seat.scale if not seat.tilt else 130 * seat.scale
    left, right = min(hx - 110, seat.hip[0] - reach), max(hx + 110, seat.hip[0] + reach)
    return left, hy - seat.radius[1] * 1.45, right, low


def _fit(layout: Layout, *, review: bool) -> View:
    boxes = [_extent(seat) for seat in layout.seats.values()]
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, low = max(b[2] for b in boxes), max(b[3] for b in boxes)
    if review:
        x, y, wide, high = SCREEN
        left, right, low = min(left, x - 24), max(right, x + wide + 24), max(low, y + high + 50)
    return _framed((left + right) / 2, (top + low) / 2, max(right - left, (low - top) * 16 / 9, 900.0))


def _close(motion: Motion, subject: Person, start: int, end: int, *, whole: bool) -> View:
    """Return the part of the scene round a face, and with ``whole`` round what it is busy with too."""
    moments = [(start + (end - start) * (i + 0.5) / _SAMPLES) / 1e6 for i in range(_SAMPLES)]
    seat = motion.layout.seats[subject.id]
    heads = [motion.poses(t)[subject.id].head for t in moments]
    rx, ry = seat.radius
    left, right = min(x for x, _ in heads) - 1.3 * rx, max(x for x, _ in heads) + 1.3 * rx
    top, low = min(y for _, y in heads) - 1.35 * ry, max(y for _, y in heads) + 1.55 * ry
    for x, y in _matters(motion, subject, moments) if whole else ():
        left, right, top, low = min(left, x - _ROOM), max(right, x + _ROOM), min(top, y - _ROOM), max(low, y + _ROOM)
    wide = max(right - left, (low - top) * 16 / 9)
    # Room on the side to which the face looks, as a camera operator leaves it.
    middle = (left + right) / 2 + seat.facing * 0.05 * wide
    middle = _clear(motion, subject, moments[0], (left, right), middle, wide)
    return _framed(middle, (top + low) / 2, wide)


def _clear(motion: Motion, subject: Person, t: float, needed: Point, middle: float, wide: float) -> float:
    """Return the middle of a close-up moved so far, if it can be, that its edge does not cut the other's face.

    With a third person whoever is moved out on one side may come in on the other: then it moves a little at most, and
    only if that cuts nobody.

    Args:
        motion: The film's.
        subject: Whose close-up it is.
        t: When it begins, in seconds.
        needed: Left and right end of what it has to hold.
        middle: Where its middle would be.
        wide: How wide it is.
    """
    for person, pose in motion.poses(t).items():
        (x, _), rx = pose.head, 1.15 * pose.seat.radius[0]
        for edge, side in ((middle - wide / 2, 1), (middle + wide / 2, -1)):
            if person == subject.id or not x - rx < edge < x + rx:
                continue
            moved = middle + side * (rx - side * (edge - x))
            if len(motion.script.cast) > 2 and (
                abs(moved - middle) > _ASIDE * wide or _cut(motion, subject, t, (moved - wide / 2, moved + wide / 2))
            ):
                continue
            if moved - wide / 2 <= needed[0] and needed[1] <= moved + wide / 2:
                middle = moved
    return middle


def _cut(motion: Motion, subject: Person, t: float, ends: Point) -> bool:
    """Return whether the left or the right end of a close-up cuts another's face at ``t`` seconds."""
    faces = ((one.head[0], 1.14 * one.seat.radius[0]) for who, one in motion.poses(t).items() if who != subject.id)
    return any(x - rx < edge < x + rx for x, rx in faces for edge in ends)


def _matters(motion: Motion, subject: Person, moments: list[float]) -> list[Point]:
    """Return what a close-up has to hold beside the face: the things that are looked at or handled, and the hand."""
    gaze = GazeTrack(motion.script, subject.id)
    points: list[Point] = []
    for t in moments:
        if (target := gaze.at(t)[1]) in motion.things.things or target == "screen":
            points.append(motion.point_of(target, t))
    for act in motion.script.acts:
        inside = [t for t in moments if act.start / 1e6 <= t < act.end / 1e6]
        if act.actor == subject.id and ACTS[act.does].part == HANDS:
            points += [motion.poses(t)[subject.id].near.at for t in inside]
    return points


def _framed(x: float, y: float, wide: float) -> View:
    wide = min(wide, 1660.0)
    high = wide * 9 / 16
    sx, sy, sw, sh = _STAGE
    left = min(max(x - wide / 2, sx), sx + sw - wide)
    top = min(max(y - high / 2, sy), sy + sh - high)
    return left, top, wide, high


def over_shoulder(script: Script, subject: Person) -> Layout:
    """Return the scene as seen over the shoulder of whoever is with ``subject``."""
    layout = layout_of(script)
    seat = layout.seats[subject.id]
    others = [one for one in script.cast if one.id != subject.id and one.grown != subject.grown]
    others = others or [one for one in script.cast if one.id != subject.id]
    facing = [one for one in others if (layout.seats[one.id].hip[0] - seat.hip[0]) * seat.facing > 0]
    other = (facing or others)[0]
    side = -1 if seat.facing > 0 else 1  # on which side of the picture the subject sits
    seats = {name: one for name, one in layout.seats.items() if name not in (subject.id, other.id)}
    seats[subject.id] = _placed(seat, 640 + side * 130, 1.3 if seat.baby else 1.2, 368 if seat.baby else 268)
    back = layout.seats[other.id]
    seats[other.id] = _placed(
        replace(back, facing=side, tilt=0.0, posture="floor"), 640 - side * 330, 1.75, 330 if back.baby else 250
    )
    hidden = frozenset(name for name in seats if name not in (subject.id, other.id))
    left = 540.0 if side > 0 else 590.0
    shelf = (left, left + 130.0, 706.0)
    if seat.posture == "tray":  # what stood on the table beside it now stands on the tray
        (x, y), k = seats[subject.id].hip, seats[subject.id].scale
        left = x + (76 if seat.facing > 0 else -150) * k
        shelf = (left, left + 74 * k, y - 42 * k)
    return Layout(seats, layout.spots, shelf, 560.0, frozenset({other.id}), hidden)


def _placed(seat: Seat, x: float, grow: float, eye: float) -> Seat:
    """Return a seat ``grow`` times its usual size, whose head is about at ``x`` and at the height ``eye``."""
    form = seat.form
    posture = "floor" if seat.posture == "stand" else seat.posture
    moved = seat_for(form, (0.0, 0.0), seat.facing, posture=posture, size=grow, tilt=min(seat.tilt, 0.6), man=seat.man)
    (hx, hy), _ = head_of(moved, 0.0, 0.0)
    return replace(moved, hip=(x - hx, eye - hy), depth=1.0)

"""How bodies of each age sit, lie and stand: their points from the hips, and where these are in the picture."""

from __future__ import annotations

import math
from dataclasses import replace

from vigwidgets.films.dyad._ease import smooth
from vigwidgets.films.dyad._forms import FORMS, Form
from vigwidgets.films.dyad._pose import Seat

__all__ = ["ADULT", "BABY", "BLOCK", "SLID", "bowed", "face_of", "head_of", "seat_for", "to_room"]

Point = tuple[float, float]

ADULT = Seat(
    hip=(318.0, 640.0),
    facing=1,
    neck=(50.0, -286.0),
    head=(26.0, -98.0),
    radius=(90.0, 106.0),
    shoulder=(2.0, -232.0),
    far_shoulder=(92.0, -238.0),
    arm=(152.0, 150.0),
    rest=(128.0, -72.0),
    far_rest=(178.0, -78.0),
    hold=(178.0, -170.0),
    eye_lat=2.0,
)
BABY = Seat(
    hip=(905.0, 640.0),
    facing=-1,
    neck=(10.0, -160.0),
    head=(10.0, -82.0),
    radius=(97.0, 92.0),
    shoulder=(-2.0, -132.0),
    far_shoulder=(48.0, -134.0),
    arm=(76.0, 72.0),
    rest=(84.0, -62.0),
    far_rest=(104.0, -66.0),
    hold=(116.0, -90.0),
    eye_lat=-5.0,
    form=FORMS["9m"],
)

BLOCK = 50.0
"""Edge of a building block."""

# For each age: size of the body, and half-width and half-height of the head, beside a grown person of size 1.
_SIZES: dict[str, tuple[float, Point]] = {
    "newborn": (0.68, (77.0, 74.0)),
    "4m": (0.86, (91.0, 87.0)),
    "9m": (1.0, (97.0, 92.0)),
    "18m": (1.14, (96.0, 95.0)),
    "5y": (0.68, (89.0, 95.0)),
    "8y": (0.79, (88.0, 98.0)),
    "adult": (1.0, (90.0, 106.0)),
    "older": (0.95, (90.0, 103.0)),
}
# A child's eyes lie lower on the head than a grown person's.
_EYE_LAT = {"newborn": -6.0, "4m": -5.5, "9m": -5.0, "18m": -3.5, "5y": -1.5, "8y": 0.0, "adult": 2.0, "older": 2.0}
_LEGS = {"18m": 132.0, "5y": 262.0, "8y": 330.0, "adult": 420.0, "older": 412.0}


def seat_for(
    form: Form, hip: Point, facing: int, *, posture: str = "floor", size: float = 1.0, tilt: float = 0.0,
    man: bool = False, depth: float = 0.0,
) -> Seat:  # fmt: skip
    """Return a seat for a body.

    Args:
        form: Whose.
        hip: The hips in the picture; for one who stands, the feet.
        facing: 1 toward the right, -1 toward the left.
        posture: As in :class:`Seat`.
        size: Size of the whole person: smaller is farther away.
        tilt: How far the body lies back, in radians.
        man: Whether a grown body is a man's.
        depth: What is drawn first: less is farther away.
    """
    own, (rx, ry) = _SIZES[form.stage]
    base = BABY if form.baby else ADULT
    scale = own * size
    if posture == "stand":
        hip = (hip[0], hip[1] - _LEGS[form.stage] * size)
    wide = (rx * (1.03 if man else 1.0) * size, ry * (1.02 if man else 1.0) * size)
    # The head sits on the neck by its own size, not by the body's.
    over = (base.head[0], base.head[1] * (ry / base.radius[1]) / own)
    upper, fore = base.arm
    seat = replace(
        base, hip=hip, facing=facing, head=over, radius=wide, arm=(upper * scale, fore * scale),
        eye_lat=_EYE_LAT[form.stage], form=form, posture=posture, scale=scale, tilt=tilt, man=man, depth=depth,
    )  # fmt: skip
    return replace(seat, **_hands_for(seat))  # type: ignore[arg-type]


# For each posture: where the nearer hand rests, the other one, and where something held is kept.
_BABY_HANDS: dict[str, tuple[Point, Point, Point]] = {
    "recline": ((66.0, -96.0), (86.0, -108.0), (92.0, -22.0)),
    "stand": ((58.0, -52.0), (84.0, -62.0), (104.0, -86.0)),
    "tray": ((64.0, -88.0), (82.0, -94.0), (116.0, -100.0)),
    "floor": (BABY.rest, BABY.far_rest, BABY.hold),
}
_GROWN_HANDS: dict[str, tuple[Point, Point, Point]] = {
    "stand": ((60.0, -8.0), (112.0, -14.0), (150.0, -150.0)),
    "chair": ((118.0, -58.0), (150.0, -70.0), (174.0, -172.0)),
    "knees": ((150.0, -92.0), (206.0, -150.0), (190.0, -190.0)),
    "floor": (ADULT.rest, ADULT.far_rest, ADULT.hold),
}


def _hands_for(seat: Seat) -> dict[str, Point]:
    rest, far_rest, hold = (_BABY_HANDS if seat.baby else _GROWN_HANDS)[seat.posture]
    return {"rest": rest, "far_rest": far_rest, "hold": hold}


SLID = 44.0
"""How far hips slide forward on a seat with a back, of a body of size 1 that is wholly sunk."""
_SMALL_SINK = 1.9
"""A short trunk that sinks as far as a long one for its size would hardly be seen to."""


def _rounded(local: Point, height: float, sink: float, *, backed: bool) -> Point:
    """Return a point of a trunk whose back is round, whose shoulders hang and whose chest is sunk.

    ``backed`` is one that has a backrest behind it: hips slide forward, the middle of the back sinks round into the
    rest, and the shoulders drop and stay over it. Shoulders that went back too would make a straight back that leans.
    One without sinks straight down.
    """
    x, y = local
    share = min(max((-y / height - 0.12) / 0.88, 0.0), 1.1)
    back = 0.5 - 0.5 * min(max(x / 100.0, -1.0), 1.0)  # the spine bends most, the front of the body least
    sink *= height / 286.0 * (_SMALL_SINK if height < 200.0 else 1.0)
    arch = math.sin(math.pi * min(share, 1.0))
    if height < 200.0:  # a small trunk sinks under its head: folded far over the lap it would look broken off
        bend = 39.0 * share * share - (22.0 + 26.0 * back) * arch
        return x + 0.55 * sink * bend, y + sink * 56.0 * share
    slid, rested, bulge = (SLID, 2.0, 27.0) if backed else (0.0, 0.0, 14.0)
    x += sink * (slid * (1 - share) - rested * share - (bulge + bulge * back) * (arch**0.6 if backed else arch))
    return x, y + sink * (92.0 * share + 10.0 * back * share)


def to_room(seat: Seat, local: Point, lean: float, lift: float = 0.0, sink: float = 0.0) -> Point:
    """Return where a point of the body is in the picture.

    Args:
        seat: Whose body.
        local: From the hips, x forward, y down, as if upright and of size 1.
        lean: Forward lean in radians: full at the shoulders, none at the hips.
        lift: Bounce, in units.
        sink: How far the body is sunk into itself, 0 to 1.
    """
    height = -seat.neck[1]
    x, y = _rounded(local, height, sink, backed=seat.posture == "chair") if sink else local
    share = min(max(-y / height, 0.0), 1.15)
    turn = lean * share
    c, s = math.cos(turn), math.sin(turn)
    forward, up = (x * c - y * s) * seat.scale, (y * c + x * s) * seat.scale
    if seat.tilt:
        c, s = math.cos(seat.tilt), math.sin(seat.tilt)
        forward, up = forward * c + up * s, up * c - forward * s
    return seat.hip[0] + seat.facing * forward, seat.hip[1] + up - lift * min(share * 2, 1.0)


def head_of(seat: Seat, lean: float, lift: float, sink: float = 0.0) -> tuple[Point, Point]:
    """Return the middle of the head and the base of the neck; ``sink`` lowers the head between the shoulders."""
    neck = to_room(seat, seat.neck, lean, lift, sink)
    x, y = seat.head
    angle = lean * 0.55 - seat.tilt
    c, s = math.cos(angle), math.sin(angle)
    # A small child's chin stays free of the collar, before a chest that is sunk.
    # A grown head goes down between the shoulders, and never to where it would be in front of an upright one.
    drop, out = (-0.02, 16) if seat.baby else (0.36, -16 if seat.posture == "chair" else -14)
    x, y = (x + out * sink) * seat.scale, y * seat.scale * (1 - drop * sink)
    return (neck[0] + seat.facing * (x * c - y * s), neck[1] + y * c + x * s), neck


def face_of(seat: Seat, head: Point) -> Point:
    """Return the point between the eyes of a head at ``head``, at which others aim theirs."""
    up = math.sin(math.radians(seat.eye_lat)) * seat.radius[1]
    x, y = seat.facing * 0.42 * seat.radius[0], -up
    c, s = math.cos(seat.roll), math.sin(seat.roll)
    return head[0] + x * c - y * s, head[1] + x * s + y * c


def bowed(seat: Seat, head: Point, pitch: float) -> Point:
    """Return the middle of a head that is bent forward: a neck that bows takes the head forward and down."""
    bow = 0.0 if seat.tilt else smooth(pitch / 0.44)
    size = seat.radius[0] / 90.0
    return head[0] + seat.facing * 12.0 * size * bow, head[1] + 15.0 * size * bow

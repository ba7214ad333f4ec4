"""Where the two sit, and where things lie on the rug."""

from __future__ import annotations

import math

from vigwidgets.films.dyad._pose import Seat

__all__ = ["ADULT", "BABY", "BLOCK", "place_on_rug", "to_room"]

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
    hold=(96.0, -112.0),
    eye_lat=-5.0,
)

BLOCK = 50.0
"""Edge of a building block."""


def place_on_rug(at: float) -> Point:
    """Return the middle of a thing that lies at ``at`` (0 by the adult, 1 by the baby)."""
    return 548.0 + 188.0 * at, 652.0 - BLOCK / 2 + 6 * math.sin(at * 9)


def to_room(seat: Seat, local: Point, lean: float, lift: float = 0.0) -> Point:
    """Return where a point of the body is in the picture.

    Args:
        seat: Whose body.
        local: From the hips, x forward, y down, as if upright.
        lean: Forward lean in radians: full at the shoulders, none at the hips.
        lift: Bounce, in units.
    """
    x, y = local
    height = -seat.neck[1]
    share = min(max(-y / height, 0.0), 1.15)
    turn = lean * share
    c, s = math.cos(turn), math.sin(turn)
    forward, up = x * c - y * s, y * c + x * s
    return seat.hip[0] + seat.facing * forward, seat.hip[1] + up - lift * min(share * 2, 1.0)

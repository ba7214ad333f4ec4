"""Whose bodies and arms lie before somebody's trunk: a posture that is covered cannot be read from a picture.

The picture is drawn from the back to the front, and every nearer arm after all bodies. So what lies before a trunk are
the heads and trunks of those who are drawn later, and the nearer arms of all others. The own arm is no cover: it goes
with the body whose posture is told. But own hands that lie over both eyes hide where these look, and nothing else.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable

from vigwidgets.films.dyad._body import elbow_of
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._seats import to_room
from vigwidgets.films.dyad._view import eyes_in_view, head_view

__all__ = ["covered", "eyes_covered", "trunk_of"]

Point = tuple[float, float]

_TRUNK, _SMALL_TRUNK = 62.0, 50.0
_ARM, _SMALL_ARM = 25.0, 18.0
"""Half the width of a body and of an arm of size 1, a grown person's and a small child's, as they are drawn."""

_BESIDE, _BELOW = 0.34, 0.5
"""How far the palm of a hand with raised fingers is at most from an iris that it covers, across and along the face, in
heights of half a head."""


def eyes_covered(pose: Pose) -> bool:
    """Return whether somebody's own hands lie over both their irises: nobody can say where such eyes look."""
    hands = [hand.at for hand in (pose.near, pose.far) if hand.shape == "cover"]
    c, s, high = math.cos(pose.seat.roll), math.sin(pose.seat.roll), pose.seat.radius[1]

    def over(at: Point, iris: Point) -> bool:
        dx, dy = at[0] - iris[0], at[1] - iris[1]
        return abs(dx * c + dy * s) < _BESIDE * high and abs(dy * c - dx * s) < _BELOW * high

    return all(any(over(at, eye.iris) for at in hands) for eye in eyes_in_view(pose, head_view(pose)))


def trunk_of(pose: Pose) -> dict[str, Point]:
    """Return where in the picture the points are by which a posture is told: shoulders, back and hips."""
    seat = pose.seat
    back = (-70.0, -80.0) if seat.baby else (-84.0, -150.0)
    local = {"shoulder": seat.shoulder, "far shoulder": seat.far_shoulder, "back": back}
    points = {name: to_room(seat, at, pose.lean, pose.lift, pose.slump) for name, at in local.items()}
    return {**points, "hips": seat.hip}


def covered(who: str, poses: dict[str, Pose], unseen: frozenset[str] = frozenset()) -> bool:
    """Return whether somebody's nearer shoulder, back or hips are behind another person.

    Args:
        who: Whose posture is to be read.
        poses: Everybody's pose at the moment, in the order of the cast.
        unseen: Who is not drawn at all.
    """
    order = sorted(poses, key=lambda one: poses[one].seat.depth)
    trunk = trunk_of(poses[who])
    points = [at for name, at in trunk.items() if name != "far shoulder"]
    for other in order:
        if other == who or other in unseen:
            continue
        pose = poses[other]
        before = order.index(other) > order.index(who)
        if any(_under_arm(at, pose) or (before and _under_body(at, pose)) for at in points):
            return True
    return False


def _under_arm(at: Point, pose: Pose) -> bool:
    seat = pose.seat
    shoulder = to_room(seat, seat.shoulder, pose.lean, pose.lift, pose.slump)
    elbow = elbow_of(shoulder, pose.near.at, seat.arm, seat.facing)
    wide = (_SMALL_ARM if seat.baby else _ARM) * seat.scale
    return _near_way(at, (shoulder, elbow, pose.near.at), wide)


def _under_body(at: Point, pose: Pose) -> bool:
    seat = pose.seat
    across, down = (at[0] - pose.head[0]) / seat.radius[0], (at[1] - pose.head[1]) / seat.radius[1]
    wide = (_SMALL_TRUNK if seat.baby else _TRUNK) * seat.scale
    return math.hypot(across, down) < 1 or _near_way(at, (pose.neck, seat.hip), wide)


def _near_way(at: Point, way: Iterable[Point], wide: float) -> bool:
    """Return whether a point is less than ``wide`` from a way of straight parts."""
    points = list(way)
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        dx, dy = bx - ax, by - ay
        share = ((at[0] - ax) * dx + (at[1] - ay) * dy) / ((dx * dx + dy * dy) or 1.0)
        share = min(max(share, 0.0), 1.0)
        if math.dist(at, (ax + dx * share, ay + dy * share)) < wide:
            return True
    return False

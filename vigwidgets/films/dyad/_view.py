"""A head as a ball that turns: where a feature lies in the picture when the head is turned, bent or tilted."""

from __future__ import annotations

import math
from dataclasses import dataclass

from vigwidgets.films.dyad._ease import mix
from vigwidgets.films.dyad._pose import Pose

__all__ = ["EyeView", "HeadView", "eyes_in_view", "head_view"]

Point = tuple[float, float]


@dataclass(frozen=True)
class HeadView:
    """One head as it is seen.

    Attributes:
        centre: Middle of the head in the picture.
        radius: Half-width and half-height.
        yaw: Turn, positive toward the right of the picture, in radians.
        pitch: Positive is looking down; a head that is turned bows about its own ears, not about the picture's.
        roll: Positive is clockwise.
    """

    centre: Point
    radius: Point
    yaw: float
    pitch: float
    roll: float

    def at(self, lon: float, lat: float, depth: float = 1.0) -> Point:
        """Return where a point of the head appears.

        Args:
            lon: Degrees from the middle of the face, positive toward the right of the picture when it faces us.
            lat: Degrees above the middle.
            depth: Distance from the head's middle; 1 is its surface.
        """
        return self._place(math.radians(lon), math.radians(lat), depth)

    def rim(self, lon: float, lat: float, depth: float = 1.0) -> Point:
        """Return the same, but a point that is turned away from us is moved to the rim."""
        a = min(max(math.radians(lon) + self.yaw, -math.pi / 2), math.pi / 2)
        return self._place(a - self.yaw, math.radians(lat), depth)

    def soft(self, lon: float, lat: float, middle: float) -> Point:
        """Return a point of a soft feature, as :meth:`rim` does.

        Skin that moves is flatter than a ball: a mouth or a brow about ``middle`` (degrees) must not curl up or down
        only because the head is bowed, for its curve is what a face tells by.
        """
        a = min(max(math.radians(lon) + self.yaw, -math.pi / 2), math.pi / 2) - self.yaw
        bend = math.cos(math.radians(middle)) + 0.25 * (math.cos(a) - math.cos(math.radians(middle)))
        return self._place(a, math.radians(lat), 1.0, bend)

    def level(self, points: list[Point], amount: float) -> list[Point]:
        """Return a feature's points turned about their middle until its ends are level in the picture.

        Args:
            points: From one end of the feature to the other.
            amount: How far it is turned, 0 to 1.
        """
        (ax, ay), (bx, by) = sorted((points[0], points[-1]))
        turn = -amount * math.atan2(by - ay, bx - ax)
        cx, cy = (ax + bx) / 2, (ay + by) / 2
        c, s = math.cos(turn), math.sin(turn)
        return [(cx + (x - cx) * c - (y - cy) * s, cy + (x - cx) * s + (y - cy) * c) for x, y in points]

    def flat(self, x: float, y: float) -> Point:
        """Return a point of the silhouette, in radii from the middle; it turns with the tilt and with a bow."""
        bow = math.atan(math.tan(self.pitch) * math.sin(self.yaw))
        return self._turn(x * self.radius[0], y * self.radius[1], bow)

    def _place(self, lon: float, lat: float, depth: float, front: float | None = None) -> Point:
        across, y = math.sin(lon) * math.cos(lat), -math.sin(lat)
        z = math.cos(lat) * (math.cos(lon) if front is None else front)
        c, s = math.cos(self.pitch), math.sin(self.pitch)
        x = across * math.cos(self.yaw) + (math.cos(lon) * math.cos(lat) * c - y * s) * math.sin(self.yaw)
        return self._turn(x * self.radius[0] * depth, (y * c + z * s) * self.radius[1] * depth)

    def _turn(self, x: float, y: float, more: float = 0.0) -> Point:
        c, s = math.cos(self.roll + more), math.sin(self.roll + more)
        return self.centre[0] + x * c - y * s, self.centre[1] + x * s + y * c


@dataclass(frozen=True)
class EyeView:
    """One eye as it is seen.

    Attributes:
        centre: Middle of the eye.
        iris: Middle of the iris: on the line from the eye's middle to what is looked at.
        half: Half-width and half-height of the open eye.
        side: -1 for the eye on the left of the face as it faces us, 1 for the other.
        down: How far the gaze goes down, -1 (up) to 1.
    """

    centre: Point
    iris: Point
    half: Point
    side: int
    down: float


def head_view(pose: Pose) -> HeadView:
    """Return a pose's head as it is seen."""
    return HeadView(pose.head, pose.seat.radius, pose.yaw, pose.pitch, pose.roll)


def eyes_in_view(pose: Pose, view: HeadView) -> list[EyeView]:
    """Return both eyes; each iris lies exactly toward the point that the pose's gaze names.

    How far it lies from the middle of the eye depends on how much of the turn the head has made already. Eyes that go
    from one goal to another go straight across from where they were: round by what lies between the two they would
    look up, or down, at something there.
    """
    apart, wide, high = pose.seat.form.eye
    eyes: list[EyeView] = []
    for side in (-1, 1):
        lon = side * apart
        centre = view.at(lon, pose.seat.eye_lat)
        left, right = view.rim(lon - wide, pose.seat.eye_lat), view.rim(lon + wide, pose.seat.eye_lat)
        half = (max(math.hypot(right[0] - left[0], right[1] - left[1]) / 2, 4.0), view.radius[1] * high)
        if pose.shift is None:
            at, down = _iris(pose, view, centre, half, pose.gaze)
        else:
            before, now, gone = pose.shift
            (at, down), (there, lower) = (_iris(pose, view, centre, half, goal) for goal in (before, now))
            at, down = mix(at, there, gone), down + (lower - down) * gone
        eyes.append(EyeView(centre, at, half, side, down))
    return eyes


def _iris(pose: Pose, view: HeadView, centre: Point, half: Point, goal: Point) -> tuple[Point, float]:
    """Return where the iris of one eye is that is aimed at ``goal``, and how far the gaze goes down then, -1 to 1."""
    c, s = math.cos(pose.seat.roll), math.sin(pose.seat.roll)
    dx, dy = goal[0] - centre[0], goal[1] - centre[1]
    far = math.hypot(dx, dy) or 1.0
    ux, uy = dx / far, dy / far
    # How far the head has still to turn is told in its own frame, which lies with a body that lies.
    wanted = math.atan2(dx * c + dy * s, 330.0)
    rest = min(abs(wanted - pose.yaw) / 0.6, 1.0)
    amount = min(far / (120.0 * view.radius[0] / 92.0), 1.0) * (0.86 + 0.14 * rest)
    sinks = uy * c - ux * s
    # Eyes that go down go behind the lower lid: so a look at a lap is another than one straight on.
    limit = 1.0 / math.hypot((ux * c + uy * s) / (half[0] * 0.46), sinks / (half[1] * (0.6 if sinks > 0 else 0.48)))
    reach = limit * amount
    return (centre[0] + ux * reach, centre[1] + uy * reach), sinks * amount

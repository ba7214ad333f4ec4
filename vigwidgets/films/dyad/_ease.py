"""How movement begins and ends: the animator's curves, as plain functions of time in seconds."""

from __future__ import annotations

import math

__all__ = ["EASE", "LAUGHED", "bump", "clamp", "envelope", "lerp", "mix", "overshoot", "smooth", "wander"]

Point = tuple[float, float]

LAUGHED = 0.3
"""For how long at its end a laugh is a smile with closed lips, in seconds."""

EASE: dict[str, tuple[float, float]] = {
    "lean": (0.8, 0.8),
    "lean_back": (1.1, 0.8),
    "slump": (0.9, 0.7),
    "blank": (0.7, 0.6),
    "smile": (0.3, 0.45),
    "frown": (0.35, 0.4),
    "surprise": (0.16, 0.4),
    "laugh": (0.25, LAUGHED + 0.16),
    "tears": (0.8, 1.2),
}
"""How long an act takes to come and to go, in seconds, within its own time: what is drawn, and what a key may ask."""


def clamp(value: float, low: float = 0.0, high: float = 1.0) -> float:
    """Return ``value`` kept within [low, high]."""
    return low if value < low else min(value, high)


def smooth(x: float) -> float:
    """Return the minimum-jerk curve from 0 to 1: how a hand or a head really moves."""
    x = clamp(x)
    return x * x * x * (10 + x * (-15 + 6 * x))


def overshoot(x: float, by: float = 0.06) -> float:
    """Return a curve from 0 to 1 that dips a little first (anticipation) and goes a little too far before it rests."""
    if x <= 0 or x >= 1:
        return clamp(x)
    return smooth(x) + by * math.sin(2 * math.pi * x) * -(1 - x) + by * math.sin(math.pi * x) * x


def envelope(t: float, start: float, end: float, rise: float, fall: float) -> float:
    """Return 0 outside [start, end], 1 in its middle, with soft edges of ``rise`` and ``fall`` seconds."""
    if t <= start or t >= end:
        return 0.0
    span = end - start
    if rise + fall > span:
        rise, fall = span * rise / (rise + fall), span * fall / (rise + fall)
    return min(smooth((t - start) / rise), smooth((end - t) / fall))


def bump(x: float) -> float:
    """Return a soft hill over [0, 1], 0 outside."""
    return math.sin(math.pi * x) ** 2 if 0 < x < 1 else 0.0


def lerp(a: float, b: float, w: float) -> float:
    """Return the value ``w`` of the way from ``a`` to ``b``."""
    return a + (b - a) * w


def mix(a: Point, b: Point, w: float) -> Point:
    """Return the point ``w`` of the way from ``a`` to ``b``."""
    return a[0] + (b[0] - a[0]) * w, a[1] + (b[1] - a[1]) * w


def wander(t: float, phase: float) -> float:
    """Return a slow, never quite repeating wave within about ±1: idle life."""
    return 0.6 * math.sin(0.71 * t + phase) + 0.4 * math.sin(1.37 * t + 2.1 * phase)

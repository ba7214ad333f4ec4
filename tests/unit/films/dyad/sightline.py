"""Where an eye that was drawn looks."""

from __future__ import annotations

import math

from vigwidgets.films.dyad._view import EyeView


def miss(eye: EyeView, target: tuple[float, float]) -> float:
    """How far the line of sight passes by the target; infinite if it points the other way."""
    dx, dy = eye.iris[0] - eye.centre[0], eye.iris[1] - eye.centre[1]
    length = math.hypot(dx, dy)
    tx, ty = target[0] - eye.centre[0], target[1] - eye.centre[1]
    if length < 1.0 or dx * tx + dy * ty <= 0:
        return math.inf
    return abs(dx * ty - dy * tx) / length

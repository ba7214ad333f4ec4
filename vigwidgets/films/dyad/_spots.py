"""Places in the room that people can look at, and things' places: what a script may name."""

from __future__ import annotations

__all__ = ["SPOTS"]

SPOTS: dict[str, tuple[float, float]] = {
    "window": (640.0, 150.0),
    "plant": (1110.0, 360.0),
    "rug": (640.0, 640.0),
    "lap": (500.0, 600.0),
    "door": (60.0, 300.0),
    "screen": (1030.0, 330.0),
    "ceiling": (640.0, -60.0),
}
"""Where each named place is, in the picture's own units (1280 × 720)."""

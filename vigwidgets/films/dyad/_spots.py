"""Places in the room that people can look at, and things' places: what a script may name."""

from __future__ import annotations

__all__ = ["KITCHEN_JAR", "NURSERY_PANE", "NURSERY_WINDOW", "SCREEN", "SPOTS"]

SPOTS: dict[str, tuple[float, float]] = {
    "window": (640.0, 150.0),
    "plant": (1110.0, 360.0),
    "rug": (780.0, 640.0),
    "lap": (500.0, 600.0),
    "door": (60.0, 300.0),
    "screen": (1030.0, 330.0),
    "ceiling": (640.0, -60.0),
}
"""Where each named place is, in the picture's own units (1280 × 720)."""

SCREEN = (452.0, 384.0, 376.0, 220.0)
"""Where the picture of a review's screen is: left, top, width and height. It stands between the two and well below
their faces, so that a look at it goes down and a look at the other does not, and nobody points past somebody."""

KITCHEN_JAR = (1143.0, 300.0)
"""What stands for the plant in a kitchen: a jar beside the high chair, at the height of a small child's eyes."""

NURSERY_WINDOW = (1062.0, 150.0)
"""Where a nursery has its window: on the other side than the mats and the grown-ups."""

NURSERY_PANE = (1124.0, 170.0)
"""Where one looks at it: at the far half, so that a head that lies is turned up and to that side, and not up alone."""

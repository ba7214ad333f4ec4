"""Contact sheets: many moments of a film on one page, to look at before it is rendered."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad._cameras import View
from vigwidgets.films.dyad._model import FRAME, Script
from vigwidgets.films.dyad._painter import Painter
from vigwidgets.observations import timecode

__all__ = ["contact_sheet", "still"]

_MOST = 400


def contact_sheet(
    script: Script,
    every: float = 1.0,
    *,
    times: Sequence[float] | None = None,
    columns: int = 4,
    size: tuple[int, int] = (320, 180),
    view: View | None = None,
) -> Image.Image:
    """Return moments of a film as one picture, each with its time.

    Args:
        script: A script from :func:`load_script`.
        every: Seconds from one moment to the next.
        times: These moments instead, in seconds.
        columns: Pictures in a row.
        size: Width and height of each, in pixels.
        view: Show this part of the 1280 × 720 stage (x, y, width, height), whatever the shots are.

    Raises:
        Refusal: ``every`` is too short, or there are too many moments for a page.
    """
    end = script.duration / 1e6
    if times is None and (every < FRAME / 1e6 or end / every > _MOST):
        raise Refusal(f"A moment every {every:g} s makes too many for a page; choose {end / _MOST:.2g} s or more.")
    moments = list(times) if times is not None else [k * every for k in range(int((end - 1e-9) / every) + 1)]
    painter = Painter(script, size, view)
    rows = -(-len(moments) // columns)
    sheet = Image.new("RGB", (columns * size[0], rows * (size[1] + 16)), "#22262a")
    pen = ImageDraw.Draw(sheet)
    for i, t in enumerate(moments):
        x, y = i % columns * size[0], i // columns * (size[1] + 16)
        sheet.paste(Image.fromarray(painter.at(t)), (x, y))
        pen.text((x + 4, y + size[1] + 2), timecode(round(t * 1e6)), fill="#d8d4cc")
    return sheet


def still(script: Script, t: float, size: tuple[int, int] = (1280, 720), view: View | None = None) -> Image.Image:
    """Return one moment of a film, ``t`` in seconds, as a picture."""
    return Image.fromarray(Painter(script, size, view).at(t))

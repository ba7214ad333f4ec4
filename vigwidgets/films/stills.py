"""Stills: the poster that stands for a film, and the scrub sheet that is shown while searching in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import av
from PIL import Image, ImageStat

from vigwidgets.contract import FrameIndex
from vigwidgets.films._json import write_json
from vigwidgets.films.frames import to_microseconds

__all__ = ["KEY_EVERY", "SheetPlan", "plan_sheet", "poster", "scrub"]

KEY_EVERY = 6
"""Every sixth frame of a proxy is a key frame."""

_THUMBS = 120
_COLUMNS = 12
_LONG_SIDE = 160
_JPEG_QUALITY = 85


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """How a scrub sheet is laid out: every ``step``-th frame, row by row."""

    step: int
    columns: int
    rows: int
    width: int
    height: int

    def write(self, folder: Path, times: Sequence[int]) -> None:
        """Write ``scrub.json``; ``times`` are the film's frame times in microseconds."""
        sheet = {"columns": self.columns, "rows": self.rows, "width": self.width, "height": self.height}
        shown = list(times[:: self.step])[: self.columns * self.rows]
        write_json(folder / "scrub.json", {**sheet, "times": shown})


def plan_sheet(frames: int, width: int, height: int) -> SheetPlan:
    """Lay out the scrub sheet of a film: at most 120 thumbnails, 160 pixels on their long side.

    Args:
        frames: How many frames the film has.
        width: Pixels of the proxy.
        height: Pixels of the proxy.
    """
    step = max(1, math.ceil(frames / _THUMBS))
    if step > KEY_EVERY:  # then every thumbnail is a key frame, which is cheap to find again
        step = math.ceil(step / KEY_EVERY) * KEY_EVERY
    count = math.ceil(frames / step)
    columns = min(_COLUMNS, count)
    scale = _LONG_SIDE / max(width, height)
    return SheetPlan(
        step=step,
        columns=columns,
        rows=math.ceil(count / columns),
        width=max(2, round(width * scale / 2) * 2),
        height=max(2, round(height * scale / 2) * 2),
    )


def scrub(proxy: Path, folder: Path, index: FrameIndex) -> None:
    """Write ``scrub.jpg`` and ``scrub.json`` from a finished proxy."""
    with av.open(f"file:{proxy}") as container:
        stream = container.streams.video[0]
        plan = plan_sheet(len(index.times), stream.width, stream.height)
    wanted = set(index.times[:: plan.step])
    thumbs: dict[int, Image.Image] = {}
    for keys_only in (plan.step % KEY_EVERY == 0, False):
        for time, frame in _decode(proxy, keys_only=keys_only):
            if time in wanted and time not in thumbs:
                thumbs[time] = frame().resize((plan.width, plan.height), Image.Resampling.BILINEAR)
        if len(thumbs) == len(wanted):
            break
    sheet = Image.new("RGB", (plan.columns * plan.width, plan.rows * plan.height))
    for place, time in enumerate(sorted(thumbs)):
        row, column = divmod(place, plan.columns)
        sheet.paste(thumbs[time], (column * plan.width, row * plan.height))
    sheet.save(folder / "scrub.jpg", quality=80)
    plan.write(folder, index.times)


def _decode(proxy: Path, *, keys_only: bool) -> Iterator[tuple[int, Callable[[], Image.Image]]]:
    """Yield each frame's film time in microseconds, and a function that makes its picture."""
    with av.open(f"file:{proxy}") as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONKEY" if keys_only else "DEFAULT"
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = 2
        for frame in container.decode(stream):
            if frame.pts is not None and frame.time_base is not None:
                yield to_microseconds(frame.pts * frame.time_base), partial(_picture, frame)


def _picture(frame: av.VideoFrame) -> Image.Image:
    picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    return picture


def poster(proxy: Path, folder: Path, index: FrameIndex) -> None:
    """Write ``poster.jpg``: the first frame, or the first on the scrub sheet that is not black or empty.

    The first frame is best, for then nothing jumps when the film itself appears. ``scrub.jpg`` has to be there.
    """
    with av.open(f"file:{proxy}") as container:
        stream = container.streams.video[0]
        plan = plan_sheet(len(index.times), stream.width, stream.height)
        chosen = index.times[_first_worth_showing(folder / "scrub.jpg", plan, len(index.times)) * plan.step]
        container.seek(chosen, backward=True)
        for frame in container.decode(stream):
            if frame.pts is not None and frame.time_base and to_microseconds(frame.pts * frame.time_base) >= chosen:
                _picture(frame).save(folder / "poster.jpg", quality=_JPEG_QUALITY)
                return


def _first_worth_showing(sheet: Path, plan: SheetPlan, frames: int) -> int:
    with Image.open(sheet) as picture:
        grey = picture.convert("L")
    for place in range(math.ceil(frames / plan.step)):
        row, column = divmod(place, plan.columns)
        left, top = column * plan.width, row * plan.height
        still = ImageStat.Stat(grey.crop((left, top, left + plan.width, top + plan.height)))
        if still.mean[0] > 16 and still.stddev[0] > 8:
            return place
    return 0

"""Part of a file, as HTTP asks for it: ``Range``, ``If-Range``, ``If-None-Match``."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Part", "Unsatisfiable", "matches", "part_of"]

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Unsatisfiable(Exception):
    """The range lies outside the file; the answer is 416."""


@dataclass(frozen=True)
class Part:
    """Bytes ``start`` to ``end``, the end not included, of ``size``; ``whole`` when no range was asked for."""

    start: int
    end: int
    size: int
    whole: bool

    @property
    def content_range(self) -> str:
        """The ``Content-Range`` of the answer."""
        return f"bytes {self.start}-{self.end - 1}/{self.size}"


def part_of(size: int, etag: str, wanted: str | None, if_range: str | None) -> Part:
    """Return which bytes to send.

    Args:
        size: The file's length in bytes.
        etag: The file's entity tag, with its quotes.
        wanted: The ``Range`` header. One that is not understood, or that asks for several parts, is passed over,
            as the standard allows.
        if_range: The ``If-Range`` header: the range holds only for that very file.

    Raises:
        Unsatisfiable: No byte of the file is in the range.
    """
    whole = Part(0, size, size, whole=True)
    if wanted is None or (if_range is not None and if_range.strip() != etag):
        return whole
    match = _RANGE.fullmatch(wanted.strip())
    if match is None or match.group(1) == match.group(2) == "":
        return whole
    first, last = match.groups()
    if first == "":
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return whole
    if start >= size or end <= start:
        raise Unsatisfiable
    return Part(start, end, size, whole=False)


def matches(etag: str, if_none_match: str | None) -> bool:
    """Tell whether the browser has this very file already."""
    if if_none_match is None:
        return False
    return if_none_match.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]

"""Work out when things happen: seconds, or words such as ``0.6 s after bo-coos ends``."""

from __future__ import annotations

import re
from collections.abc import Callable

from vigwidgets.films.dyad._model import FRAME, ActLine

__all__ = ["HOW_TO_SAY_IT", "Clock", "Unclear"]

HOW_TO_SAY_IT = 'write seconds such as 3.4, or words such as "0.6 s after wave ends", "when wave starts"'

_SAID = re.compile(
    r"^\s*(?:(?P<by>\d+(?:\.\d+)?)\s*(?:s|seconds?)?\s+(?P<side>after|before)|when)\s+"
    r"(?P<act>[A-Za-z0-9][A-Za-z0-9._-]*)\s+(?P<edge>starts|ends)\s*$"
)


class Unclear(Exception):
    """A time that cannot be worked out; its text says why."""


def to_frame(seconds: float) -> int:
    """Return the frame edge nearest to ``seconds``, in microseconds."""
    return round(seconds * 1_000_000 / FRAME) * FRAME


class Clock:
    """Works out times that refer to other acts, in any order of writing.

    Args:
        acts: The acts as they are written, by id.
    """

    def __init__(self, acts: dict[str, ActLine]) -> None:
        self._acts = acts
        self._known: dict[str, tuple[float, float]] = {}

    def act(self, act_id: str) -> tuple[int, int]:
        """Return an act's start and end in microseconds, on frame edges.

        Raises:
            Unclear: Its time cannot be worked out.
        """
        start, end = self._span(act_id)
        first = to_frame(start)
        return first, max(to_frame(end), first + FRAME)

    def moment(self, said: float | str) -> int:
        """Return a moment in microseconds, on a frame edge.

        Raises:
            Unclear: It cannot be worked out.
        """
        return to_frame(self._seconds(said, self._span))

    def _seconds(self, said: float | str, span: Callable[[str], tuple[float, float]]) -> float:
        if not isinstance(said, str):
            return float(said)
        found = _SAID.match(said)
        if not found:
            raise Unclear(f"{said!r} is not a time; {HOW_TO_SAY_IT}.")
        start, end = span(found["act"])
        by = float(found["by"] or 0) * (-1 if found["side"] == "before" else 1)
        return (start if found["edge"] == "starts" else end) + by

    def _span(self, act_id: str) -> tuple[float, float]:
        # An explicit stack: a chain of two thousand acts must not exhaust Python's own.
        chain = [act_id]
        while chain:
            current = chain[-1]
            if current in self._known:
                chain.pop()
                continue
            line = self._acts.get(current)
            if line is None:
                raise Unclear(f"there is no act {current!r}; name one that has this id.")
            needed = _SAID.match(line.start) if isinstance(line.start, str) else None
            if needed and needed["act"] not in self._known:
                if needed["act"] in chain:
                    raise Unclear(f"{current!r} and {needed['act']!r} wait for each other; give one a time in seconds.")
                chain.append(needed["act"])
                continue
            start = self._seconds(line.start, self._known.__getitem__)
            self._known[current] = (start, start + line.duration)
            chain.pop()
        return self._known[act_id]

"""Work out when things happen: seconds, or words such as ``0.6 s after bo-coos ends``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from vigwidgets.films.dyad._model import FRAME, ActLine

__all__ = ["HOW_TO_SAY_IT", "Clock", "Unclear", "later", "prefixed", "to_frame"]

HOW_TO_SAY_IT = 'write seconds such as 3.4, or words such as "0.6 s after wave ends", "when wave starts"'

_SAID = re.compile(
    r"^\s*(?:(?P<by>\d+(?:\.\d+)?)\s*(?:s|seconds?)?\s+(?P<side>after|before)|when)\s+"
    r"(?P<act>[A-Za-z0-9][A-Za-z0-9._-]*)\s+(?P<edge>starts|ends)\s*$"
)


_Span = tuple[float, float | None]


class Unclear(Exception):
    """A time that cannot be worked out; its text says why."""


def to_frame(seconds: float) -> int:
    """Return the frame edge nearest to ``seconds``, in microseconds."""
    return round(seconds * 1_000_000 / FRAME) * FRAME


def later(start: float | str, by: float | str) -> float | str:
    """Return the moment that lies ``by`` after ``start``; a ``by`` in words stands for itself."""
    if not isinstance(by, int | float):
        return by  # words, or what the reading of acts will refuse
    if not isinstance(start, str):
        return start + by
    found = _SAID.match(start)
    if not found:
        return start
    whole = float(found["by"] or 0) * (-1 if found["side"] == "before" else 1) + by
    side = "before" if whole < 0 else "after"
    return f"{abs(round(whole, 3)):g} s {side} {found['act']} {found['edge']}"


def prefixed(said: str, prefix: str, names: Collection[str]) -> str:
    """Return a time in words with the act that it names as ``prefix.act``, if it is one of ``names``."""
    found = _SAID.match(said)
    if not found or found["act"] not in names:
        return said
    at = found.start("act")
    return f"{said[:at]}{prefix}.{said[at:]}"


class Clock:
    """Works out times that refer to other acts, in any order of writing.

    Args:
        acts: The acts as they are written, by id.
        groups: The acts of each phrase that was played, by the id of its use: it lasts from the first to the last.
    """

    def __init__(self, acts: dict[str, ActLine], groups: dict[str, list[str]] | None = None) -> None:
        self._acts = acts
        self._groups = groups or {}
        self._known: dict[str, _Span] = {}

    def act(self, act_id: str) -> tuple[int, int | None]:
        """Return an act's start and end in microseconds, on frame edges; None: it has no end of its own.

        Raises:
            Unclear: Its time cannot be worked out.
        """
        start, end = self._span(act_id)
        first = to_frame(start)
        return first, None if end is None else max(to_frame(end), first + FRAME)

    def moment(self, said: float | str) -> int:
        """Return a moment in microseconds, on a frame edge.

        Raises:
            Unclear: It cannot be worked out.
        """
        return to_frame(self._seconds(said, self._span))

    def _seconds(self, said: float | str, span: Callable[[str], _Span]) -> float:
        if not isinstance(said, str):
            return float(said)
        found = _SAID.match(said)
        if not found:
            raise Unclear(f"{said!r} is not a time; {HOW_TO_SAY_IT}.")
        start, end = span(found["act"])
        if end is None and found["edge"] == "ends":
            raise Unclear(f"{found['act']!r} has no end of its own; say when it starts, or give it a duration.")
        by = float(found["by"] or 0) * (-1 if found["side"] == "before" else 1)
        return (start if found["edge"] == "starts" or end is None else end) + by

    def _span(self, act_id: str) -> _Span:
        # An explicit stack: a chain of two thousand acts must not exhaust Python's own.
        chain, waiting = [act_id], {act_id}
        while chain:
            current = chain[-1]
            missing = None if current in self._known else self._needed(current)
            if missing is not None:
                if missing == current:
                    raise Unclear(f"{current!r} waits for itself; give it a time in seconds, or name another act.")
                if missing in waiting:
                    raise Unclear(f"{current!r} and {missing!r} wait for each other; give one a time in seconds.")
                chain.append(missing)
                waiting.add(missing)
                continue
            if current not in self._known:
                self._known[current] = self._work_out(current)
            waiting.discard(chain.pop())
        return self._known[act_id]

    def _needed(self, name: str) -> str | None:
        """Return an act that must be known before ``name`` can be."""
        if name in self._groups:
            return next((act for act in self._groups[name] if act not in self._known), None)
        line = self._acts.get(name)
        if line is None:
            raise Unclear(f"there is no act {name!r}; name one that has this id.")
        said = _SAID.match(line.start) if isinstance(line.start, str) else None
        return said["act"] if said and said["act"] not in self._known else None

    def _work_out(self, name: str) -> _Span:
        if name in self._groups:
            spans = [self._known[act] for act in self._groups[name]]
            return min(span[0] for span in spans), max(span[0] if span[1] is None else span[1] for span in spans)
        line = self._acts[name]
        start = self._seconds(line.start, self._known.__getitem__)
        return start, None if line.duration is None else start + line.duration

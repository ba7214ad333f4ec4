"""A stretch of the film that a page can play, and that has an address."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Moment", "moment_at"]


@dataclass(frozen=True)
class Moment:
    """A stretch of the film that can be played from the page, and shared by its address.

    Attributes:
        anchor: What follows ``#`` in its address: ``t=12.300,14.100``, in seconds.
        at: When it happens, film time in microseconds.
        start: Where playing begins, a little before that.
        end: Where it stops.
        name: What was seen there, or what the difference is.
        colour: The colour of the lane it belongs to.
        says: The same in a sentence.
        id: The anchor, for the first moment on the page that has it; otherwise nothing, as ids are unique.
        item: The difference's name, if it is one that may be seen otherwise.
        paper: Whether it is printed: nobody reads thirty differences on paper.
    """

    anchor: str
    at: int
    start: int
    end: int
    name: str
    colour: str
    says: str
    id: str = ""
    item: str = ""
    paper: bool = True


def moment_at(at: int, start: int, end: int, name: str, colour: str, says: str) -> Moment:
    """Return a moment with its address, in the form of W3C Media Fragments: in seconds."""
    return Moment(f"t={start / 1_000_000:.3f},{end / 1_000_000:.3f}", at, start, end, name, colour, says)

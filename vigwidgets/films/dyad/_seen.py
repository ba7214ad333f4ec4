"""What of an act can be seen: how strong it has to be, and what else of the same person lies over it."""

from __future__ import annotations

from collections.abc import Iterable

from vigwidgets.films.dyad._kinds import ACTS, BODY, FACE
from vigwidgets.films.dyad._model import Act

__all__ = ["APART", "LEAST", "LONG_ENOUGH", "crossing", "free", "hint", "over"]

Span = tuple[int, int]

LEAST: dict[str, float] = {
    "smile": 0.3, "frown": 0.3, "surprise": 0.4, "tears": 0.3, "blank": 0.5, "open_mouth": 0.3,
    "lean": 0.5, "lean_back": 0.5, "slump": 0.5, "turn_away": 0.5, "tilt": 0.3,
}  # fmt: skip
"""The least `amount` with which an act is plainly seen in the drawing; with less it is no evidence of anything."""

LONG_ENOUGH = 200_000
"""For how long (µs) something has to be seen to be evidence; the shortest acts last no longer."""

_GLAD, _SORRY = ("smile", "laugh"), ("frown", "fuss", "cry", "tears")
_UTTERED = ("say", "coo", "babble", "laugh", "fuss", "cry")
_ON_A_FACE = ("laugh", "fuss", "cry")

APART: dict[str, frozenset[str]] = {
    **{glad: frozenset({*_SORRY, "surprise", "blank", "yawn"}) for glad in _GLAD},
    "surprise": frozenset({*_GLAD, *_SORRY, "blank", "yawn"}),
    "blank": frozenset({*_GLAD, "frown", "fuss", "cry", "surprise"}),
    "frown": frozenset({*_GLAD, "surprise", "blank", "yawn"}),
    **{trouble: frozenset({*_GLAD, "surprise", "blank", "yawn"}) for trouble in ("fuss", "cry")},
    "tears": frozenset({*_GLAD, "surprise"}),
    "yawn": frozenset({"smile", "frown", "surprise", "chew", *_UTTERED}),
    "chew": frozenset({"yawn"}),
    **{sound: frozenset({"yawn"}) for sound in ("say", "coo", "babble")},
    "lean": frozenset({"lean_back", "slump"}),
    "lean_back": frozenset({"lean"}),
    "slump": frozenset({"lean", "bounce"}),
    "bounce": frozenset({"slump"}),
}
"""What one face or one trunk cannot do at once. A frown goes with a cry, and tears with a blank face."""

_MOST_OF_IT: dict[str, frozenset[str]] = {"smile": frozenset({"coo"})}
"""What besides takes the face from an act, though both may be wanted: of a smile little is left in a coo."""


_SHUT = 0.5
"""A blink that lasts longer, in seconds, is no blink: the eyes are shut."""


def over(one: Act, kind: str, *, facing: bool = True) -> bool:
    """Whether an act keeps one of ``kind`` by the same person from being seen while it lasts.

    Args:
        one: What might lie over it.
        kind: The act that is asked for.
        facing: Whether it has to be seen by whom it is meant for, and not by a viewer only.
    """
    if kind == "look_at" and one.does == "blink":
        return one.seconds > _SHUT
    return one.does in _covers(kind, facing=facing)


def _covers(kind: str, *, facing: bool) -> frozenset[str]:
    part = ACTS[kind].part
    if kind == "look_at":
        return frozenset({"turn_away", "hide", "yawn"})
    if part == FACE or kind in _ON_A_FACE:
        return APART.get(kind, frozenset()) | _MOST_OF_IT.get(kind, frozenset()) | _away(facing) | {"hide"}
    if kind in ("nod", "tilt", "lean"):
        return APART.get(kind, frozenset()) | _away(facing)
    return APART.get(kind, frozenset()) if part == BODY else frozenset()


def _away(facing: bool) -> frozenset[str]:
    return frozenset({"turn_away"} if facing else ())


def free(span: Span, taken: Iterable[Span]) -> list[Span]:
    """Return what is left of ``span`` when all of ``taken`` is cut out of it; half-open, in microseconds."""
    left = [span]
    for start, end in taken:
        left = [
            piece
            for first, last in left
            for piece in ((first, min(last, start)), (max(first, end), last))
            if piece[0] < piece[1]
        ]
    return left


def crossing(one: Act, other: Act, rise: float, fall: float) -> bool:
    """Whether two acts only meet at an edge: one comes in as the other goes.

    Args:
        one: The act that begins first.
        other: The one that begins before it ends.
        rise: How long the later one takes to come, in seconds.
        fall: How long the earlier one takes to go.
    """
    return other.end > one.end and one.end - other.start <= round(max(rise, fall) * 1e6) + 1


def hint(act: Act, others: Iterable[Act]) -> str | None:
    """Return why an act that a beat names is not seen then, in words, if it is so.

    Args:
        act: The act.
        others: What the same person does meanwhile.
    """
    least = LEAST.get(act.does, 0.0)
    if act.amount < least:
        return f"{act.id!r} (`{act.does}`) has `amount: {act.amount:g}` and is seen from {least:g} on"
    hiding = next((one for one in others if over(one, act.does)), None)
    if hiding is None:
        return None
    span = f"from {hiding.start / 1e6:g} to {hiding.end / 1e6:g} s"
    return f"{hiding.id!r} (`{hiding.does}`, {span}) keeps {act.id!r} (`{act.does}`) from being seen"

"""Where every thing is at every moment: lying, carried, put down, knocked over."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from vigwidgets.films.dyad._ease import mix, smooth
from vigwidgets.films.dyad._layouts import Layout, layout_of
from vigwidgets.films.dyad._model import Act, Script, Thing
from vigwidgets.films.dyad._seats import BLOCK

__all__ = ["Placed", "ThingTracks", "grab_time", "knock_time", "release_time"]

Point = tuple[float, float]

_TIPS = 0.5
"""What is hit is tilted at once, and turns less and less: flat under a hand it would only be touched."""
_BLOW = 0.55
_LIFTED, _LEAFED = 0.5, 1.7
"""When a page begins to follow the hand that has touched it, and how long it is on its way, in seconds."""
_STANDS = {"ring": 13.0, "spoon": 18.0}
"""How much lower a thing lies whose middle is where a hand closes on it, so that it is on the floor as others are."""
_LIES = {"spoon": -0.62}
"""How far a thing is turned, in radians, that lies on its side: a hand that passed over it would seem to have it."""
_FLAT = {"rattle": -0.9, "bell": 1.2}
"""How far a long thing in front is turned, in radians: it lies on its side there."""


def grab_time(act: Act) -> float:
    """When the hand of a `take` closes, in seconds."""
    return act.start / 1e6 + min(0.7, 0.55 * act.seconds)


def release_time(act: Act) -> float:
    """When the hand of a `put` opens, in seconds."""
    return act.start / 1e6 + 0.62 * act.seconds


def knock_time(act: Act) -> float:
    """When a `knock` hits, in seconds."""
    return act.start / 1e6 + 0.3 * act.seconds


@dataclass(frozen=True)
class Placed:
    """From ``start`` (s) on, a thing lies at ``at``, or is in the hand of ``holder``."""

    start: float
    at: Point
    holder: str | None = None
    turn: float = 0.0
    flight: float = 0.0
    origin: Point = (0.0, 0.0)
    high: float = 34.0
    struck: bool = False
    """Whether it flies off under the blow, fast at first: from the touch on it is plainly not where it lay."""


class ThingTracks:
    """The way of every thing through the film.

    Args:
        script: A script that has been checked.
        layout: Where things lie; the scene's own by default.
    """

    def __init__(self, script: Script, layout: Layout | None = None) -> None:
        self._layout = layout or layout_of(script)
        self.things: dict[str, Thing] = {thing.id: thing for thing in script.things}
        self.tracks: dict[str, list[Placed]] = {}
        self._under: dict[str, str | None] = {}
        self._random = random.Random(script.seed)  # noqa: S311 - it scatters toys
        for thing in script.things:
            self.tracks[thing.id] = [
                self._laid(0.0, thing, thing.at) if thing.at is not None else Placed(0.0, self._on_top(str(thing.on)))
            ]
            self._under[thing.id] = thing.on
        self._pages = [act for act in script.acts if act.does == "touch" and act.target in self.things]
        events: list[tuple[float, Act]] = []
        moment: dict[str, Callable[[Act], float]] = {"take": grab_time, "put": release_time, "knock": knock_time}
        for act in script.acts:
            if act.does in moment:
                events.append((moment[act.does](act), act))
        for at_time, act in sorted(events, key=lambda event: (event[0], event[1].id)):
            self._apply(at_time, act)

    def _laid(self, t: float, thing: Thing, at: float) -> Placed:
        """Return a thing that lies on the line, or in front of it."""
        turn = _FLAT.get(thing.kind, 0.0) if thing.front else _LIES.get(thing.kind, 0.0)
        x, y = self._layout.lie(at, front=thing.front)
        return Placed(t, (x, y + _STANDS.get(thing.kind, 0.0)), turn=turn)

    def _on_top(self, below: str) -> Point:
        x, y = self.tracks[below][-1].at
        return x, y - BLOCK

    def _apply(self, t: float, act: Act) -> None:
        thing = str(act.thing)
        track = self.tracks[thing]
        if act.does == "take":
            self._under[thing] = None
            track.append(Placed(t, track[-1].at, holder=act.actor))
        elif act.does == "put":
            self._under[thing] = act.on
            if act.on:
                track.append(Placed(t, self._on_top(act.on)))
            else:
                track.append(self._laid(t, self.things[thing], act.at or 0.0))
        else:
            self._tumble(t, thing, self._layout.seats[act.actor].facing)

    def _tumble(self, t: float, bottom: str, away: int) -> None:
        base = bottom
        while self._under.get(base):
            base = str(self._under[base])
        fallen = [name for name in self.tracks if self._stands_on(name, base) and not self.tracks[name][-1].holder]
        for i, name in enumerate(fallen):
            origin = self.tracks[name][-1].at
            aside = (-86, 70, -20, 110, -120)[i % 5] + self._random.uniform(-8, 8)
            left, right, low = self._layout.shelf
            x = min(max(self._layout.lie(0.5)[0] + aside, left - 8), right + 16)
            turn = self._random.choice((-1, 1)) * math.pi / 2
            y = low - BLOCK / 2 + self._random.uniform(2, 14)
            self._under[name] = None
            self.tracks[name].append(Placed(t, (x, y), turn=turn, flight=1.1 + 0.08 * i, origin=origin, high=110.0))
        last = self.tracks[base][-1]
        if not fallen and not last.holder:  # a thing by itself flies a little way, and lies askew
            x, y = last.at
            there = (x + away * 34.0, y)
            self.tracks[base].append(
                Placed(t, there, turn=away * 0.62, flight=0.62, origin=last.at, high=40.0, struck=True)
            )

    def _stands_on(self, name: str, base: str) -> bool:
        under = self._under.get(name)
        return under is not None and (under == base or self._stands_on(under, base))

    def placed(self, thing: str, t: float) -> Placed:
        """Return how a thing is placed at ``t`` seconds."""
        found = self.tracks[thing][0]
        for one in self.tracks[thing]:
            if one.start > t:
                break
            found = one
        return found

    def lying(self, thing: str, t: float) -> tuple[Point, float]:
        """Return middle and turn of a thing that nobody holds at ``t`` seconds."""
        placed = self.placed(thing, t)
        since = t - placed.start
        if placed.flight and since < placed.flight:
            w = since / placed.flight
            w = max(w, 0.04) ** _BLOW if placed.struck else w
            x, y = mix(placed.origin, placed.at, w)
            fall = placed.origin[1] + (placed.at[1] - placed.origin[1]) * w * w
            return (x, min(fall, y) - placed.high * math.sin(math.pi * w)), placed.turn * w**_TIPS
        return placed.at, placed.turn

    def page(self, thing: str, t: float) -> float:
        """Return how far the hand that touches a book has turned its page at ``t`` seconds, 0 to 1."""
        if self.things[thing].kind != "book":
            return 0.0
        pages = (smooth((t - act.start / 1e6 - _LIFTED) / _LEAFED) for act in self._pages if act.target == thing)
        return next((gone for gone in pages if 0 < gone < 1), 0.0)

    def stands(self, thing: str, t: float) -> bool:
        """Return whether a thing stands on another one at ``t`` seconds."""
        mine = self.placed(thing, t)
        others = (self.placed(name, t) for name in self.tracks if name != thing)
        below = (mine.at[0], mine.at[1] + BLOCK)
        return mine.holder is None and any(one.holder is None and math.dist(one.at, below) < 1.0 for one in others)

    def held_by(self, actor: str, t: float) -> str | None:
        """Return the thing in ``actor``'s hand at ``t`` seconds."""
        return next((thing for thing in self.tracks if self.placed(thing, t).holder == actor), None)

    def since(self, thing: str, t: float) -> float:
        """Return for how many seconds a thing has been placed as it is."""
        return t - self.placed(thing, t).start

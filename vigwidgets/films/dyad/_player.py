"""One person's acts, sorted for quick asking, and what their body alone tells of a moment."""

from __future__ import annotations

import math
import random
from dataclasses import replace

from vigwidgets.films.dyad._ease import EASE, LAUGHED, clamp, envelope, smooth
from vigwidgets.films.dyad._gaze import BlinkTrack, GazeTrack
from vigwidgets.films.dyad._kinds import ACTS, HANDS, VOICE
from vigwidgets.films.dyad._model import Act, Script
from vigwidgets.films.dyad._pose import Seat

__all__ = ["Player"]

_WALK, _HANG = 96.0, 0.18


class Player:
    """One person's acts, sorted for quick asking."""

    def __init__(self, script: Script, actor: str, seat: Seat) -> None:
        self.id, self.seat = actor, seat
        acts = sorted((act for act in script.acts if act.actor == actor), key=lambda act: act.start)
        self.by_kind: dict[str, list[Act]] = {kind: [] for kind in ACTS}
        for act in acts:
            self.by_kind[act.does].append(act)
        self.voice = [act for act in acts if ACTS[act.does].part == VOICE]
        self.hands = [act for act in acts if ACTS[act.does].part == HANDS]
        # A hand that is free goes along with what a grown person says.
        self.talks = [
            (act.start / 1e6, act.end / 1e6) for act in self.voice if act.does == "say" and script.person(actor).grown
        ]
        self.grown = script.person(actor).grown
        self.gaze = GazeTrack(script, actor)
        self.blink = BlinkTrack(script, actor, self.gaze)
        self.breathes = 0.45 if seat.baby else 0.36 if not script.person(actor).grown else 0.27
        self.phase = random.Random(f"{script.seed}/{actor}").uniform(0, 6.28)  # noqa: S311 - idle life needs no secret

    def level(self, kind: str, t: float, rise: float, fall: float) -> float:
        """Return how strongly an act of ``kind`` is on at ``t`` seconds, 0 to 1; its fall lies within it."""
        return max(
            (
                act.amount * envelope(t, act.start / 1e6, act.end / 1e6, rise, fall)
                for act in self.by_kind[kind]
                if act.start / 1e6 < t < act.end / 1e6
            ),
            default=0.0,
        )

    def laughing(self, t: float) -> float:
        """Return how far a laugh has the mouth at ``t`` seconds, 0 to 1: before its end the lips have closed."""
        rise, fall = EASE["laugh"]
        return max(
            (
                act.amount * envelope(t, act.start / 1e6, act.end / 1e6 - LAUGHED, rise, fall - LAUGHED)
                for act in self.by_kind["laugh"]
            ),
            default=0.0,
        )

    def seat_at(self, t: float) -> Seat:
        """Return the seat, moved by the steps taken until ``t`` seconds."""
        steps = self.by_kind["step"]
        if not steps:
            return self.seat
        way = sum(_WALK * smooth((t - act.start / 1e6) / act.seconds) for act in steps)
        return replace(self.seat, hip=(self.seat.hip[0] + self.seat.facing * way, self.seat.hip[1]))

    def stepping(self, t: float) -> float:
        """Return the phase of the walking legs at ``t`` seconds, 0 when they stand."""
        act = next((a for a in self.by_kind["step"] if a.start / 1e6 < t < a.end / 1e6), None)
        if act is None:
            return 0.0
        return 2 * math.pi * max(round(act.seconds / 1.1), 1) * smooth((t - act.start / 1e6) / act.seconds)

    def sunk(self, t: float) -> float:
        """Return how far the body is sunk into itself, 0 to 1; one that lies is held by what it lies on."""
        return self.level("slump", t, *EASE["slump"]) * (0.3 if self.seat.tilt else 1.0)

    def hung(self, pitch: float, t: float) -> float:
        """Return the pitch of a head, in radians, that sinks with its body at ``t`` seconds.

        A small child's face stays to be seen: what sinks is the trunk.
        """
        sunk = self.sunk(t)
        return clamp(pitch + _HANG * sunk, -0.5, 0.54 - (0.2 * sunk if self.seat.baby else 0.0))

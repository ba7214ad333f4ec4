"""What can be counted about a baby in a film's acts: the figures that levels on a rating scale rest on."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from vigwidgets.films.dyad._evidence_adbb import EXPRESSIONS, MOVEMENTS, SOCIAL, SOUNDS
from vigwidgets.films.dyad._kinds import ACTS, HANDS, VOICE
from vigwidgets.films.dyad._model import Act, Script
from vigwidgets.films.dyad._seen import LEAST, LONG_ENOUGH, free, over

__all__ = ["MEASURES", "measure"]

_APART = 3_000_000
"""Bids that begin within this time (µs) of one another are one bid."""
_IN_TIME = 4_000_000
"""An answer begins within this time of its bid."""
_NOTHING = 6_000_000
"""How long one waits for a reaction before it counts as none."""
_CARERS = ("parent", "client", "relative")
_NO_BID = ("take", "put", "shake", "hide", "self_soothe", "knock")
_NO_REACTION = ("self_soothe", "blank", "blink", "wait", "slump")


class _Baby:
    """A film as seen from one child."""

    def __init__(self, script: Script, child: str) -> None:
        self.script, self.child = script, child
        self.own = sorted((act for act in script.acts if act.actor == child), key=lambda act: act.start)
        self.people = {person.id for person in script.cast} - {child}
        self.minutes = script.duration / 60e6

    def bids(self, whose: set[str]) -> list[Act]:
        found: list[Act] = []
        for act in sorted(self.script.acts, key=lambda act: act.start):
            if act.actor not in whose or ACTS[act.does].part not in (VOICE, HANDS) or act.does in _NO_BID:
                continue
            elsewhere = act.target is not None and act.target in self.people
            about_others = act.about is not None and act.about != self.child
            if elsewhere or about_others or (found and act.start - found[-1].start < _APART):
                continue
            found.append(act)
        return found

    def sent(self) -> list[Act]:
        """What goes to people: looks at them, and social acts that can be seen or heard."""
        social = [act for act in self.own if act.does in SOCIAL and act.amount >= LEAST.get(act.does, 0.0)]
        return sorted([*social, *(look for look, _ in self.looks())], key=lambda act: act.start)

    def looks(self) -> list[tuple[Act, int]]:
        """Return the looks at people, and how long (µs) each is to be seen without a turned head or hands over it."""
        gone = [(act.start, act.end) for act in self.own if over(act, "look_at")]
        looks = [act for act in self.own if act.does == "look_at" and act.target in self.people]
        long = [(act, max((b - a for a, b in free((act.start, act.end), gone)), default=0)) for act in looks]
        return [(act, span) for act, span in long if span >= LONG_ENOUGH]

    def share(self, kinds: tuple[str, ...]) -> float:
        """Return the share of the film in which one of ``kinds`` goes on."""
        total = reached = 0
        for act in self.own:
            if act.does in kinds:
                total += max(0, act.end - max(act.start, reached))
                reached = max(reached, act.end)
        return total / self.script.duration

    def answered(self, whose: set[str]) -> float:
        bids = self.bids(whose)
        starts = [act.start for act in self.sent()]
        met = sum(any(bid.start < start <= bid.start + _IN_TIME for start in starts) for bid in bids)
        return met / len(bids) if bids else 0.0


def _expressions(baby: _Baby) -> float:
    shown = [act for act in baby.own if act.does in EXPRESSIONS and act.amount >= LEAST.get(act.does, 0.0)]
    weights = [1.0 if act.amount >= 0.5 else 0.5 for act in shown]
    return sum(weights) / baby.minutes


def _seconds_to_react(baby: _Baby) -> float:
    waits = []
    for bid in baby.bids(baby.people):
        after = [
            act.start - bid.start
            for act in baby.own
            if act.does not in _NO_REACTION and 0 < act.start - bid.start <= _NOTHING
        ]
        waits.append(min(after, default=_NOTHING) / 1e6)
    return median(waits) if waits else _NOTHING / 1e6


def _visitors(baby: _Baby) -> set[str]:
    return {person.id for person in baby.script.cast if person.grown and person.role not in _CARERS}


MEASURES: dict[str, Callable[[_Baby], float]] = {
    "expressions_per_minute": _expressions,
    "looks_per_minute": lambda baby: len(baby.looks()) / baby.minutes,
    "longest_look": lambda baby: max((span / 1e6 for _, span in baby.looks()), default=0.0),
    "moving_share": lambda baby: baby.share(MOVEMENTS),
    "self_share": lambda baby: baby.share(("self_soothe",)),
    "sounds_per_minute": lambda baby: sum(act.does in SOUNDS for act in baby.own) / baby.minutes,
    "seconds_to_react": _seconds_to_react,
    "answered_share": lambda baby: baby.answered(baby.people),
    "answered_by_visitor": lambda baby: baby.answered(_visitors(baby)),
    "sent_per_minute": lambda baby: len(baby.sent()) / baby.minutes,
}
"""Everything that a rule of levels may count, by name."""


def measure(script: Script, child: str, name: str) -> float:
    """Return one figure about a child in a film: seconds, a share of 0 to 1, or a number a minute."""
    return MEASURES[name](_Baby(script, child))

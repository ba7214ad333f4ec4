"""The levels of a rating scale, recounted frame by frame, apart from the measures that a script is checked by."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

import numpy as np

from vigwidgets.films.dyad._model import FRAME, Act, Script
from vigwidgets.films.dyad._recount import Recount
from vigwidgets.resources import resource_path
from vigwidgets.yamls import read_file

__all__ = ["recount_levels"]

_SECOND = 1_000_000 // FRAME
_MOVES = (
    "kick", "bounce", "lean", "reach", "wave", "clap", "shake", "knock", "take", "put", "offer", "point", "touch",
    "open_arms", "turn_away", "tilt", "nod",
)  # fmt: skip
_SENDS = ("smile", "laugh", "coo", "babble", "say", "reach", "take", "offer", "point", "wave", "clap", "open_arms")
_FAINT = 0.3
"""A face that shows less than this shows nothing."""
_IDLE = ("self_soothe", "blank", "blink", "wait", "slump")
_BIDS = (
    "say", "coo", "babble", "fuss", "cry", "laugh",
    "reach", "point", "touch", "stroke", "offer", "clap", "open_arms", "wave",
)  # fmt: skip


class _Baby:
    """One child's film, as lists of the frames in which things begin."""

    def __init__(self, script: Script, child: str) -> None:
        self.film, self.script, self.child = Recount(script), script, child
        self.others = [person.id for person in script.cast if person.id != child]
        self.minutes = self.film.frames / (60 * _SECOND)

    def sends(self) -> list[int]:
        looks = [act.start // FRAME for act, _ in self.looks()]
        faint = self.begun_faintly()
        return sorted([*looks, *(frame for frame in self.film.begins(self.child, *_SENDS) if frame not in faint)])

    def begun_faintly(self) -> set[int]:
        """Return the frames in which a smile begins that nobody can see."""
        return {
            act.start // FRAME
            for act in self.script.acts
            if act.actor == self.child and act.does == "smile" and act.amount < _FAINT
        }

    def looks(self) -> list[tuple[Act, int]]:
        """Return the looks at people that can be seen, with the longest run of frames in which each is."""
        free = ~self.film.on(self.child, "turn_away") & ~self.film.blind(self.child)
        found = []
        for act in self.script.acts:
            if act.actor == self.child and act.does == "look_at" and act.target in self.others:
                run = longest = 0
                for eyes in free[act.start // FRAME : act.end // FRAME]:
                    run = run + 1 if eyes else 0
                    longest = max(longest, run)
                if longest >= 5:
                    found.append((act, longest))
        return found

    def bids(self, whose: list[str]) -> list[int]:
        kept: list[int] = []
        starts = sorted(
            act.start // FRAME
            for act in self.script.acts
            if act.actor in whose and act.does in _BIDS
            and act.target not in self.others and act.about in (None, self.child)
        )  # fmt: skip
        for frame in starts:
            if not kept or frame - kept[-1] >= 3 * _SECOND:
                kept.append(frame)
        return kept

    def met(self, whose: list[str]) -> float:
        bids, sends = self.bids(whose), np.array(self.sends())
        return sum(bool(((sends > bid) & (sends <= bid + 4 * _SECOND)).any()) for bid in bids) / max(len(bids), 1)

    def waits(self) -> float:
        starts = np.array(
            sorted(a.start // FRAME for a in self.script.acts if a.actor == self.child and a.does not in _IDLE)
        )
        found = []
        for bid in self.bids(self.others):
            after = starts[(starts > bid) & (starts <= bid + 6 * _SECOND)]
            found.append((int(after[0]) - bid) / _SECOND if len(after) else 6.0)
        return float(median(found)) if found else 6.0


def _longest(baby: _Baby) -> float:
    return max((frames for _, frames in baby.looks()), default=0) / _SECOND


def _faces(baby: _Baby) -> float:
    kinds = ("smile", "laugh", "frown", "surprise", "fuss", "cry")
    acts = [act for act in baby.script.acts if act.actor == baby.child and act.does in kinds and act.amount >= _FAINT]
    return sum(1.0 if act.amount >= 0.5 else 0.5 for act in acts) / baby.minutes


def _strangers(baby: _Baby) -> list[str]:
    return [
        p.id
        for p in baby.script.cast
        if p.id in baby.others and p.role in ("visitor", "worker", "guider", "supervisor")
    ]


FIGURES: dict[str, Callable[[_Baby], float]] = {
    "expressions_per_minute": _faces,
    "looks_per_minute": lambda baby: len(baby.looks()) / baby.minutes,
    "longest_look": _longest,
    "moving_share": lambda baby: float(baby.film.on(baby.child, *_MOVES).mean()),
    "self_share": lambda baby: float(baby.film.on(baby.child, "self_soothe").mean()),
    "sounds_per_minute": lambda baby: len(baby.film.begins(baby.child, "coo", "babble", "laugh", "say")) / baby.minutes,
    "seconds_to_react": lambda baby: baby.waits(),
    "answered_share": lambda baby: baby.met(baby.others),
    "answered_by_visitor": lambda baby: baby.met(_strangers(baby)),
    "sent_per_minute": lambda baby: len(baby.sends()) / baby.minutes,
}
"""Every figure that a rule may name, counted in frames."""


def recount_levels(script: Script) -> list[str]:
    """Return which claimed levels the frames do not bear out, a sentence each; empty: all hold."""
    wrong = []
    for rating in script.ratings:
        path = resource_path(f"course/films/levels/{rating.scheme}.yaml")
        counts = read_file(path)[0]["items"][rating.item]["counts"]
        baby = _Baby(script, rating.of)
        level = 0
        for count in counts:
            figure, sign = FIGURES[count["measure"]](baby), 1 if "at_least" in count else -1
            steps = count.get("at_least") or count["at_most"]
            level = max(level, sum(sign * figure < sign * step - 1e-6 for step in steps))
        if level != rating.level:
            wrong.append(f"{rating.scheme} {rating.item}: said to be {rating.level}, counted {level}")
    return wrong

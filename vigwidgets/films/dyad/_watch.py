"""What the acts alone say: who looks where, who is heard, who does what. It knows nothing of beats' claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from vigwidgets.films.dyad._kinds import ACTS, HANDS, VOICE
from vigwidgets.films.dyad._model import Act, Script, ScriptBeat

__all__ = ["Case"]


@dataclass(frozen=True)
class Case:
    """One beat and the acts that could show it.

    Attributes:
        script: The whole script.
        beat: What is claimed.
    """

    script: Script
    beat: ScriptBeat

    @cached_property
    def shown(self) -> list[Act]:
        """The acts that the beat names and that overlap it, of either person, by start."""
        named = set(self.beat.acts)
        acts = [act for act in self.script.acts if act.id in named and act.overlaps(self.beat.start, self.beat.end)]
        return sorted(acts, key=lambda act: act.start)

    @cached_property
    def own(self) -> list[Act]:
        """Of these, the actor's."""
        return [act for act in self.shown if act.actor == self.beat.actor]

    @cached_property
    def _during(self) -> list[Act]:
        return [act for act in self.script.acts if act.overlaps(self.beat.start, self.beat.end)]

    def _acts(self, start: int, end: int) -> list[Act]:
        """Return the acts among which those of [start, end) are: few, where it lies in the beat."""
        return self._during if self.beat.start <= start and end <= self.beat.end else self.script.acts

    def does(self, *kinds: str, toward: bool = False) -> list[Act]:
        """Return the actor's acts of these kinds; with ``toward``, none that goes elsewhere than to the target."""
        return [
            act for act in self.own if act.does in kinds and not (toward and act.target not in (None, self.beat.target))
        ]

    def heard(self, actor: str, start: int, end: int) -> bool:
        """Whether ``actor``'s voice is heard in [start, end)."""
        return any(
            act.actor == actor and ACTS[act.does].part == VOICE and act.overlaps(start, end)
            for act in self._acts(start, end)
        )

    def handles(self, actor: str, start: int, end: int) -> list[Act]:
        """Return what ``actor``'s hands do in [start, end)."""
        return [
            act
            for act in self._acts(start, end)
            if act.actor == actor and ACTS[act.does].part == HANDS and act.overlaps(start, end)
        ]

    def share_watched(self, watcher: str, other: str, start: int, end: int) -> float:
        """Return which share of [start, end) ``watcher`` looks at ``other``, or at what is in their hands."""
        busy_with = {thing for act in self.handles(other, start, end) for thing in (act.thing, act.target) if thing}
        good = {other} | (busy_with - {watcher})
        looks = (
            min(act.end, end) - max(act.start, start)
            for act in self._acts(start, end)
            if act.actor == watcher and act.does == "look_at" and act.target in good and act.overlaps(start, end)
        )
        return sum(looks) / max(end - start, 1)

    def turns(self) -> list[list[Act]]:
        """Return the turns of the two among the shown acts: runs of voice and hands by one and the same person."""
        runs: list[list[Act]] = []
        for act in self.shown:
            if ACTS[act.does].part not in (VOICE, HANDS) and act.does not in ("smile", "bounce", "nod"):
                continue
            if runs and runs[-1][0].actor == act.actor:
                runs[-1].append(act)
            else:
                runs.append([act])
        return runs

    def both(self, kinds: Iterable[str]) -> bool:
        """Whether both people do one of ``kinds`` at a common moment inside the beat."""
        wanted = set(kinds)
        mine = [act for act in self.shown if act.does in wanted and act.actor == self.beat.actor]
        theirs = [act for act in self.shown if act.does in wanted and act.actor == self.beat.target]
        return any(a.overlaps(b.start, b.end) for a in mine for b in theirs)

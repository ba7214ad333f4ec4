"""What the acts alone say: who looks where, who is heard, who does what. It knows nothing of beats' claims."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from vigwidgets.films.dyad._kinds import ACTS, HANDS, VOICE
from vigwidgets.films.dyad._model import Act, Script, ScriptBeat
from vigwidgets.films.dyad._seen import LEAST, LONG_ENOUGH, free, hint, over

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

    def shows(self, *kinds: str, toward: bool = False, facing: bool = True) -> list[Act]:
        """Return those of :meth:`does` that are seen: strong enough, and not under something else for all the beat.

        Args:
            kinds: Kinds of acts.
            toward: Leave out what goes elsewhere than to the target.
            facing: Leave out a face that is turned away, too, which the other does not see.
        """
        return [act for act in self.does(*kinds, toward=toward) if self.seen(act, facing=facing)]

    def seen(self, act: Act, *, facing: bool = True) -> bool:
        """Whether enough of an act is to be seen in the beat; what is only heard, or done by hands, always is."""
        span = max(act.start, self.beat.start), min(act.end, self.beat.end)
        hidden = self._hidden(act, facing=facing)
        if act.amount < LEAST.get(act.does, 0.0):
            return False
        return not hidden or sum(end - start for start, end in free(span, hidden)) >= LONG_ENOUGH

    def _hidden(self, act: Act, *, facing: bool = True) -> list[tuple[int, int]]:
        """Return when, within the beat, something else of the same person lies over an act."""
        return [
            (one.start, one.end)
            for one in self._during
            if one.actor == act.actor and over(one, act.does, facing=facing) and one.overlaps(act.start, act.end)
        ]

    def unseen(self) -> str | None:
        """Return why one of the beat's acts, or a look that goes on in it, is not seen, in words; None: all are."""
        two = (self.beat.actor, self.beat.target)
        hidden = [act for act in self.shown if act.actor in two and not self.seen(act)]
        looks = [act for act in self._during if act.actor == self.beat.actor and act.does == "look_at"]
        for act in (*hidden, *looks):
            why = hint(
                act, (one for one in self._during if one.actor == act.actor and one.overlaps(act.start, act.end))
            )
            if why is not None:
                return why
        return None

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

    def faces(self, *kinds: str) -> list[Act]:
        """Return the actor's acts of these kinds in the beat that can be seen, whether or not it names them."""
        return [
            act
            for act in self._during
            if act.actor == self.beat.actor and act.does in kinds and act.amount >= LEAST.get(act.does, 0.0)
        ]

    def share_watched(self, watcher: str, other: str, start: int, end: int) -> float:
        """Return which share of [start, end) ``watcher`` looks at ``other``, or at what is in their hands."""
        busy_with = {thing for act in self.handles(other, start, end) for thing in (act.thing, act.target) if thing}
        good = {other} | (busy_with - {watcher})
        return self.watched(watcher, good, start, end) / max(end - start, 1)

    def watched(self, watcher: str, good: Collection[str], start: int, end: int) -> int:
        """Return for how long (µs) ``watcher``'s eyes are on one of ``good`` in [start, end).

        A head that is turned away takes the eyes with it, and hands before them cover them, whatever a look says.
        """
        acts = [act for act in self._acts(start, end) if act.actor == watcher and act.overlaps(start, end)]
        gone = [(act.start, act.end) for act in acts if over(act, "look_at")]
        return sum(
            last - first
            for act in acts
            if act.does == "look_at" and act.target in good
            for first, last in free((max(act.start, start), min(act.end, end)), gone)
        )

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
        """Whether both people are seen to do one of ``kinds`` at a common moment inside the beat."""
        wanted = set(kinds)
        there = [act for act in self.shown if act.does in wanted and act.amount >= LEAST.get(act.does, 0.0)]
        mine = [act for act in there if act.actor == self.beat.actor]
        theirs = [act for act in there if act.actor == self.beat.target]
        return any(self._together(a, b) for a in mine for b in theirs)

    def _together(self, a: Act, b: Act) -> bool:
        span = max(a.start, b.start, self.beat.start), min(a.end, b.end, self.beat.end)
        hidden = [*self._hidden(a), *self._hidden(b)]
        left = sum(end - start for start, end in free(span, hidden)) if span[0] < span[1] else 0
        return left >= (LONG_ENOUGH if hidden else 1)

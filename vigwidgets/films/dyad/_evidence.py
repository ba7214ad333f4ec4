"""What each code of the PAIG must be able to show: rules over acts, written apart from any film."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vigwidgets.films.dyad._kinds import ACTS, HANDS, VOICE
from vigwidgets.films.dyad._watch import Case
from vigwidgets.films.dyad._words import asks, says_any

__all__ = ["EVIDENCE", "Rule", "heard_by_both", "longest_turn", "speaks"]


@dataclass(frozen=True)
class Rule:
    """What must be seen or heard for a code to be rightly given.

    Attributes:
        needs: In words, for the author.
        holds: Whether a case shows it.
    """

    needs: str
    holds: Callable[[Case], bool]

    def __and__(self, other: Rule) -> Rule:
        return Rule(f"{self.needs}, and {other.needs}", lambda case: self.holds(case) and other.holds(case))

    def __or__(self, other: Rule) -> Rule:
        return Rule(f"{self.needs}, or {other.needs}", lambda case: self.holds(case) or other.holds(case))


def _act(*kinds: str, toward: bool = False) -> Rule:
    said = " or ".join(f"`{kind}`" for kind in kinds)
    return Rule(f"{said} by the actor", lambda case: bool(case.shows(*kinds, toward=toward)))


def _sound(*kinds: str) -> Rule:
    said = " or ".join(f"`{kind}`" for kind in kinds)
    return Rule(f"{said} by the actor", lambda case: bool(case.does(*kinds)))


def _watching(share: float) -> Rule:
    def holds(case: Case) -> bool:
        beat = case.beat
        return case.share_watched(beat.actor, beat.target, beat.start, beat.end) >= share - 1e-9

    return Rule(f"the actor looking at the target for {share:.0%} of it", holds)


def _speech(needs: str, fits: Callable[[Case, str, str, str], bool]) -> Rule:
    def holds(case: Case) -> bool:
        return any(fits(case, act.text or "", act.tone or "plain", act.about or "") for act in case.does("say"))

    return Rule(needs, holds)


def _tone(*tones: str) -> Rule:
    return _speech(f"`say` with tone {' or '.join(tones)}", lambda _case, _text, tone, _about: tone in tones)


def _silent(case: Case) -> bool:
    return not case.heard(case.beat.actor, case.beat.start, case.beat.end)


def _still(case: Case) -> bool:
    return not any(
        act.does in ("take", "offer", "touch", "stroke", "put", "reach") and act.actor == case.beat.actor
        for act in case.handles(case.beat.actor, case.beat.start, case.beat.end)
    )


def _kindly(case: Case) -> bool:
    """A still or a cross face is the opposite of room: it may pass over a wait, and not stand there."""
    beat = case.beat
    closed = ((max(act.start, beat.start), min(act.end, beat.end)) for act in case.faces("blank", "frown"))
    return sum(end - start for start, end in closed) <= (beat.end - beat.start) / 3


def _hears(case: Case) -> bool:
    return case.heard(case.beat.target, case.beat.start, case.beat.end)


def _echoes(case: Case) -> bool:
    voices = case.script.by_id()
    return any(act.echoes is not None and voices[act.echoes].actor == case.beat.target for act in case.own)


def _receives_then_responds(case: Case) -> bool:
    first = case.shows("look_at", "smile", "nod", "say", "surprise", "lean")
    return any(
        later.start > early.start and later.does != early.does and ACTS[later.does].part in (VOICE, HANDS)
        for early in first
        for later in case.own
    )


def _own_turn_just_ended(case: Case) -> bool:
    beat = case.beat
    return any(
        act.actor == beat.actor
        and ACTS[act.does].part in (VOICE, HANDS)
        and beat.start - 2_000_000 <= act.end <= beat.start + 400_000
        for act in case.script.acts
    )


def _turns(least: int, longest: float | None = None, *, equal: bool = False) -> Callable[[Case], bool]:
    def holds(case: Case) -> bool:
        runs = case.turns()
        mine = sum(run[0].actor == case.beat.actor for run in runs)
        if len(runs) < least or (equal and abs(2 * mine - len(runs)) > 1):
            return False
        return longest is None or all(max(a.end for a in run) - run[0].start <= longest * 1e6 for run in runs)

    return holds


def _same_thing(case: Case) -> bool:
    mine = {act.thing for act in case.shown if act.actor == case.beat.actor and act.thing}
    theirs = {thing for act in case.shown if act.actor == case.beat.target for thing in (act.thing, act.target)}
    return bool(mine & theirs)


def _several_helps(case: Case) -> bool:
    helps = [act for act in case.own if ACTS[act.does].part == HANDS]
    return len(helps) >= 2 or (bool(helps) and bool(case.does("wait")))


def speaks(needs: str, fits: Callable[[str], bool]) -> Rule:
    """Return a rule for words of the actor's that ``fits``."""
    return _speech(needs, lambda _case, text, _tone, _about: fits(text))


def heard_by_both(case: Case) -> bool:
    """Whether both speak in words."""
    return {act.actor for act in case.shown if act.does == "say"} >= {case.beat.actor, case.beat.target}


def longest_turn(case: Case) -> int:
    """Return how long the longest turn lasts, in microseconds."""
    return max((max(act.end for act in run) - run[0].start for run in case.turns()), default=0)


def _deepens(needs: str, *lists: str) -> Rule:
    """Both speak, and the words of one of them are of these kinds."""

    def holds(case: Case) -> bool:
        if case.script.language != "en":
            return True  # the lists know English only; that both speak still holds
        said = [act.text or "" for act in case.shown if act.does == "say"]
        return all(any(says_any(text, name) for text in said) for name in lists)

    return _TALK & Rule(f"words that {needs}", holds)


def _somebody_asks(case: Case) -> bool:
    return any(asks(act.text or "") for act in case.shown if act.does == "say")


_QUIET = Rule("the actor silent throughout", _silent)
_KINDLY = Rule("the actor's face neither blank nor cross for more than a third of it", _kindly)
_STILL = Rule("the actor's hands leaving the other be", _still)
_TURN_BEFORE = Rule("the actor's own turn just before it", _own_turn_just_ended)
_HELPING_HAND = _act("offer", "put", "point", "touch", "stroke", "take")
_TALK = Rule("`say` by both", heard_by_both)

EVIDENCE: dict[str, Rule] = {
    "initiative.look": _act("look_at"),
    "initiative.voice": _sound("coo", "babble", "laugh", "fuss", "cry", "say"),
    "initiative.reach": _act("reach", "point", "offer"),
    "initiative.smile": _act("smile", "laugh"),
    "initiative.move": _act("lean", "bounce", "kick", "clap", "wave", "shake", "open_arms", "knock"),
    "initiative.pause": _act("look_away", "turn_away"),
    "1.1": _watching(0.6) & _act("smile", "lean", "nod", "tilt", "surprise") & _KINDLY,
    "1.2": _watching(0.6) & _QUIET & _STILL & _KINDLY,
    "1.3": _act("lean", "look_at", toward=True),
    "1.4": _tone("wondering") & _watching(0.5),
    "1.5": _watching(0.6) & _act("smile", "laugh"),
    "2.1": _QUIET & _watching(0.8) & _KINDLY,
    "2.2": _watching(0.6) & Rule("the target's voice heard in it", _hears) & _act("nod", "tilt", "smile", "lean"),
    "2.3": _tone("warm"),
    "2.4": _tone("playful"),
    "2.5": _speech("`say` with `about:` the target", lambda case, _text, _tone, about: about == case.beat.target),
    "2.6": _speech("`say` with `about:` the actor", lambda case, _text, _tone, about: about == case.beat.actor),
    "2.7": _watching(0.6) & _act("lean", "tilt", "surprise", "wait") & _KINDLY,
    "3.1": _act("look_at", "nod", "smile", "say", "surprise", "lean", toward=True),
    "3.2": _act("lean", "reach", "open_arms", "nod", "touch", "stroke", "take", "bounce", "clap"),
    "3.3": _act("smile", "laugh") | _tone("playful"),
    "3.4": _act("smile", "nod", "look_at", toward=True),
    "3.5": _act("say"),
    "3.6": Rule("a sound or word with `echoes:` one of the target's", _echoes),
    "4.1": Rule("a receiving act, then a different one of voice or hands", _receives_then_responds),
    "4.2": _speech("`say` that asks (ends with `?`)", lambda _c, text, _t, _a: text.rstrip().endswith("?"))
    & _watching(0.3),
    "4.3": _QUIET & _watching(0.8) & _TURN_BEFORE,
    "4.4": Rule("both smiling or laughing at once", lambda case: case.both(("smile", "laugh"))),
    "4.5": Rule("three turns or more, to and fro", _turns(3)),
    "4.6": Rule("four turns or more, none over 3 s", _turns(4, 3.0)),
    "4.7": Rule("four turns or more, shared equally", _turns(4, equal=True)),
    "4.8": Rule("both handling the same thing", _same_thing),
    "5.1": _HELPING_HAND,
    "5.2": _tone("limit") & _act("smile", "nod", "offer"),
    "5.3": _act("say", "put", "shake", "offer", "clap", "point"),
    "5.4": Rule("two helping acts, or help and then `wait`", _several_helps),
    "5.5": _act("say"),
    "5.6": _act("offer", "put", "take", "touch", "stroke"),
    "5.7": _speech("`say` that names a choice (with `or`)", lambda _c, text, _t, _a: " or " in text.lower()),
    "5.8": _act("say", "point", "offer"),
    "6.1": _deepens("name a wish or an aim", "goal"),
    "6.2": _deepens("give one's own view", "view"),
    "6.3": _deepens("ask, and speak of both", "together") & Rule("a question in it", _somebody_asks),
    "6.4": _deepens("name a difference", "difference"),
    "6.5": _deepens("ask what was meant", "intention"),
    "6.6": _deepens("hold two sides together", "both-sides", "inner"),
    "6.7": _deepens("say what is now shared", "agreed"),
    "6.8": _deepens("receive a feeling", "inner") & _watching(0.4),
}
"""The rule of each behaviour. A lane alone (``"3"``) is shown when any of its behaviours is."""

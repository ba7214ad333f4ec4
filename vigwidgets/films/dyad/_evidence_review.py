"""What each of the Seven Steps, and each choice at a turn, must be able to show in a shared review."""

from __future__ import annotations

from vigwidgets.films.dyad._evidence import EVIDENCE, Rule, heard_by_both, longest_turn, speaks
from vigwidgets.films.dyad._watch import Case
from vigwidgets.films.dyad._words import asks, says_any

__all__ = ["REVIEW"]


def _eyes_with(case: Case) -> bool:
    """The actor's eyes are on the other, or on the screen with them."""
    beat = case.beat
    looks = case.watched(beat.actor, {beat.target, "screen"}, beat.start, beat.end)
    return looks >= 0.6 * (beat.end - beat.start)


def _silence(seconds: float) -> Rule:
    def holds(case: Case) -> bool:
        beat = case.beat
        return beat.end - beat.start >= seconds * 1e6 and not case.heard(beat.actor, beat.start, beat.end)

    return Rule(f"the actor silent for {seconds:g} s or more", holds)


def _own_words(case: Case) -> str:
    return " ".join(act.text or "" for act in case.does("say"))


def _stated_before(case: Case) -> bool:
    """A statement of the actor's, in the beat or in the six seconds before its question."""
    beat = case.beat
    return any(
        act.actor == beat.actor and act.does == "say" and not asks(act.text or "")
        and beat.start - 6_000_000 <= act.end <= beat.end
        for act in case.script.acts
    )  # fmt: skip


def _receives(case: Case) -> bool:
    """A nod, a look or the other's words first; then words that are no question."""
    first = case.shows("nod", "smile", "look_at", "say")
    return any(
        later.does == "say" and not asks(later.text or "") and later.start > early.start
        for early in first
        for later in case.own
    )


def _inner_by_both(case: Case) -> bool:
    said = {act.actor for act in case.shown if act.does == "say" and says_any(act.text or "", "inner")}
    return {case.beat.actor, case.beat.target} <= said


_EYES = Rule("the actor's eyes on the other or the screen for 60% of it", _eyes_with)
_QUESTION = speaks("`say` that asks", asks)

REVIEW: dict[str, Rule] = {
    "initiative": Rule(
        "a look, a word, a smile or a movement by the actor",
        lambda case: any(EVIDENCE[name].holds(case) for name in EVIDENCE if name.startswith("initiative.")),
    ),
    "turn.information": speaks("`say` that is no question", lambda text: not asks(text)),
    "turn.space": _silence(1.0) & _EYES,
    "turn.activate": _QUESTION | Rule("`point` at the screen", lambda case: bool(case.does("point"))),
    "step.1": Rule(
        "`say` that names what will be seen and why",
        lambda case: says_any(_own_words(case), "seen") and says_any(_own_words(case), "why"),
    ),
    "step.2": speaks("`say` that asks openly (what, how, …)", lambda text: asks(text) and says_any(text, "open"))
    | speaks("`say` that shares what is seen, tentatively", lambda text: says_any(text, "tentative")),
    "step.3": _silence(1.2) & _EYES,
    "step.4": Rule("something that receives, then words of one's own", _receives),
    "step.5": speaks("`say` that checks (does that …?)", lambda text: asks(text) and says_any(text, "check"))
    & Rule("a statement of one's own shortly before", _stated_before),
    "step.6": Rule(
        "four turns or more, none over 5 s",
        lambda case: len(case.turns()) >= 4 and longest_turn(case) <= 5_000_000,
    ),
    "step.7": Rule("both speaking of feelings or thoughts", _inner_by_both) & Rule("words by both", heard_by_both),
}
"""The rule of each code of the Seven Steps."""

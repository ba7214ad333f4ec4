"""What a moment must show to be evidence for an item of the ADBB, whichever way it points."""

from __future__ import annotations

from vigwidgets.films.dyad._evidence import Rule
from vigwidgets.films.dyad._kinds import ACTS
from vigwidgets.films.dyad._watch import Case

__all__ = ["EXPRESSIONS", "MOVEMENTS", "SOCIAL", "SOUNDS", "WITHDRAWAL"]

EXPRESSIONS = ("smile", "laugh", "frown", "surprise", "fuss", "cry")
"""Acts that show on a face."""
SOUNDS = ("coo", "babble", "laugh", "say")
"""Sounds other than crying."""
MOVEMENTS = (
    "kick", "bounce", "lean", "reach", "wave", "clap", "shake", "knock", "take", "put", "offer", "point", "touch",
    "open_arms", "turn_away", "tilt", "nod",
)  # fmt: skip
"""Movements of head, trunk and limbs; a hand at one's own mouth is not among them."""
SOCIAL = ("smile", "laugh", "coo", "babble", "say", "reach", "take", "offer", "point", "wave", "clap", "open_arms")
"""Acts that go to somebody, beside a look at them."""


def _any(*kinds: str) -> Rule:
    """One of these is seen by a viewer, whether or not it is turned to anybody."""
    return Rule(" or ".join(f"`{kind}`" for kind in kinds), lambda case: bool(case.shows(*kinds, facing=False)))


def _heard(*kinds: str) -> Rule:
    return Rule(" or ".join(f"`{kind}`" for kind in kinds), lambda case: bool(case.does(*kinds)))


def _nothing(kinds: tuple[str, ...], seconds: float, what: str) -> Rule:
    def holds(case: Case) -> bool:
        beat = case.beat
        still = not any(
            act.actor == beat.actor and act.does in kinds and act.overlaps(beat.start, beat.end)
            for act in case.script.acts
        )
        return still and beat.end - beat.start >= seconds * 1e6

    return Rule(f"{what} for {seconds:g} s or more", holds)


def _spoken_to(case: Case) -> bool:
    return any(
        act.actor == case.beat.target and ACTS[act.does].part in ("voice", "hands")
        and act.overlaps(case.beat.start, case.beat.end)
        for act in case.script.acts
    )  # fmt: skip


_ADDRESSED = Rule("the other's voice or hands in it", _spoken_to)

WITHDRAWAL: dict[str, Rule] = {
    "face": _any(*EXPRESSIONS, "blank") | _nothing(EXPRESSIONS, 3, "a face without expression"),
    "eyes": _any("look_at", "look_away", "turn_away"),
    "activity": _any(*MOVEMENTS) | _nothing(MOVEMENTS, 3, "no movement"),
    "self": _any("self_soothe"),
    "voice": _heard(*SOUNDS, "fuss", "cry") | (_nothing((*SOUNDS, "fuss", "cry"), 3, "silence") & _ADDRESSED),
    "briskness": _ADDRESSED,
    "relationship": _ADDRESSED,
    "attraction": _any("look_at", *SOCIAL, "blank", "self_soothe", "look_away"),
}
"""The rule of each item; the short form uses five of them."""

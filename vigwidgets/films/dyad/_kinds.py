"""What people on film can do: the kinds of acts, what each needs, and which cannot happen together."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ACTS", "BODY", "FACE", "GAZE", "HANDS", "VOICE", "ActKind"]

GAZE, VOICE, HANDS, FACE, BODY = "gaze", "voice", "hands", "face", "body"


@dataclass(frozen=True)
class ActKind:
    """One kind of act.

    Attributes:
        part: Which part of a person does it; one person's gaze, voice and hands do one thing at a time.
        needs: Names that the script must give with it.
        may: Names that it may give.
        shortest: Least duration in seconds that can be seen or heard.
        longest: Greatest duration in seconds.
        children_only: A sound that only a baby makes here.
    """

    part: str
    needs: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    shortest: float = 0.2
    longest: float = 120.0
    children_only: bool = False


def _kind(part: str, needs: str = "", may: str = "", shortest: float = 0.2, longest: float = 120.0, *,
          child: bool = False) -> ActKind:  # fmt: skip
    return ActKind(part, frozenset(needs.split()), frozenset(may.split()), shortest, longest, child)


ACTS: dict[str, ActKind] = {
    "look_at": _kind(GAZE, "target", shortest=0.4),
    "look_away": _kind(GAZE, "", "target", shortest=0.4),
    "say": _kind(VOICE, "text", "tone about echoes target", 0.3, 8),
    "coo": _kind(VOICE, "text", "echoes target", 0.3, 4, child=True),
    "babble": _kind(VOICE, "text", "echoes target", 0.3, 4, child=True),
    "fuss": _kind(VOICE, "", "target", 0.4, 6, child=True),
    "cry": _kind(VOICE, "", "target", 0.8, 12, child=True),
    "laugh": _kind(VOICE, "", "target", 0.5, 5),
    "smile": _kind(FACE, "", "target amount", 0.4),
    "frown": _kind(FACE, "", "target amount", 0.4),
    "surprise": _kind(FACE, "", "target amount", 0.3),
    "blink": _kind(FACE, "", "", 0.12, 2),
    "blank": _kind(FACE, "", "amount", 0.6),
    "open_mouth": _kind(FACE, "", "amount", 0.4),
    "chew": _kind(FACE, "", "", 0.6, 12),
    "yawn": _kind(FACE, "", "", 1.0, 5),
    "tears": _kind(FACE, "", "amount", 1.0),
    "self_soothe": _kind(HANDS, "", "", 0.8),
    "stroke": _kind(HANDS, "target", "", 0.8),
    "reach": _kind(HANDS, "target", "", 0.5),
    "point": _kind(HANDS, "target", "", 0.5),
    "touch": _kind(HANDS, "target", "", 0.8),
    "take": _kind(HANDS, "thing", "", 0.6, 6),
    "offer": _kind(HANDS, "thing target", "", 0.8),
    "put": _kind(HANDS, "thing", "at on", 0.6, 6),
    "shake": _kind(HANDS, "thing", "", 0.5, 8),
    "knock": _kind(HANDS, "thing", "", 0.6, 3),
    "clap": _kind(HANDS, "", "target", 0.6, 8),
    "hide": _kind(HANDS, "", "target", 0.8, 8),
    "open_arms": _kind(HANDS, "", "target", 0.6, 8),
    "wave": _kind(HANDS, "", "target", 0.6, 6),
    "lean": _kind(BODY, "target", "amount", 0.5),
    "lean_back": _kind(BODY, "", "amount", 0.5),
    "slump": _kind(BODY, "", "amount", 0.8),
    "turn_away": _kind(BODY, "", "target amount", 0.6),
    "step": _kind(BODY, "", "at", 0.8, 8),
    "nod": _kind(BODY, "", "target", 0.4, 4),
    "tilt": _kind(BODY, "", "target amount", 0.4),
    "bounce": _kind(BODY, "", "target", 0.5, 8),
    "kick": _kind(BODY, "", "", 0.4, 8, child=True),
    "wait": _kind("none", "", "target", 0.4),
}
"""Every kind of act, by the name that a script uses."""

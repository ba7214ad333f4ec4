"""What a voice does to face, head and hand: lips by the syllable, and the small movements of whoever speaks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vigwidgets.films.dyad._ease import bump, clamp, envelope
from vigwidgets.films.dyad._model import Act
from vigwidgets.films.dyad._syllables import syllables

__all__ = ["Speech", "speech_at", "talk_at"]

_LEAST_TALK = 0.9
_LEAD, _TAIL = 0.15, 0.2
_SHUT = 0.04
"""Before the end of an utterance lips have met, in seconds."""
_PARTED = 0.28
"""How far lips stay parted between two syllables: nearly closed they would be a smile that shows teeth."""
_ROUND = {"coo": 0.8, "babble": 0.8}
"""How round the lips of a voice without words are at least: an open mouth that is wide is a smile."""
_VOICED = 0.5
"""How far the lips of such a voice stay open, and how far the brows go up: a mouth slightly open would be trouble."""

_CHIN_UP = 0.07
"""How far a small head comes up with such a voice, in radians: the mouth of one that is bowed is hardly seen."""

_SHORT, _GIVEN = 1.4, 0.5
"""A sound that is given back is at most so long, in seconds; and how far it has the face of who gives it back, and
how round it makes the lips: under a wide smile it would be a laugh."""


@dataclass(frozen=True)
class Speech:
    """What voice makes of a face at one moment; every value but nod and tilt from 0 to 1.

    Attributes:
        open: How far the mouth is open.
        round: How round the lips are.
        talk: How far words or sounds have the mouth, and not a smile.
        coo: How far a voice without words has the whole face.
        fuss: How much fussing there is in it.
        cry: How much crying.
        raised: How far the brows go up with what is said.
        nod: Turn of the head downward, in radians.
        tilt: Turn of the head clockwise, in radians.
    """

    open: float = 0.0
    round: float = 0.0
    talk: float = 0.0
    coo: float = 0.0
    fuss: float = 0.0
    cry: float = 0.0
    raised: float = 0.0
    nod: float = 0.0
    tilt: float = 0.0


def speech_at(voice: Sequence[Act], t: float) -> Speech:
    """Return what voice makes of a face at ``t`` seconds.

    Args:
        voice: One person's acts of voice.
        t: Seconds from the start of the film.
    """
    for act in voice:
        since = t - act.start / 1e6
        if not 0 < since < act.seconds or act.does == "laugh":
            continue
        if act.does == "cry":
            cry = envelope(since, 0, act.seconds, 0.5, 0.6)
            return Speech(open=cry * (0.72 + 0.2 * math.sin(2 * math.pi * since / 1.2)), cry=cry)
        if act.does == "fuss":
            fuss = envelope(since, 0, act.seconds, 0.2, 0.3)
            return Speech(open=fuss * (0.55 + 0.2 * math.sin(5 * since)), fuss=fuss)
        return _spoken(act, since)
    return Speech()


def _spoken(act: Act, since: float) -> Speech:
    opened = rounded = stress = 0.0
    grown = act.does == "say"
    given = _GIVEN if grown and act.echoes and act.seconds < _SHORT else 0.0
    least = _ROUND.get(act.does, given)
    for part in syllables(act.text or "", act.seconds):
        hill = bump((since - part.start + 0.04) / (part.end - part.start + 0.06))
        # Between two syllables of a phrase lips stay parted; they close where the voice pauses.
        parted = clamp(4 * bump((since - part.start + 0.08) / (part.end - part.start + 0.16)))
        opened = max(opened, hill * part.open * 0.92, (_PARTED if grown and not given else _VOICED) * parted)
        rounded = max(rounded, hill * max(part.round, least), least * (0.77 * parted if grown else clamp(3 * parted)))
        stress = max(stress, hill * (0.4 + 0.6 * part.stress))
    opened *= clamp((act.seconds - since - _SHUT) / 0.1)  # who has said it has closed the mouth
    on = envelope(since, 0, act.seconds, 0.25, 0.3)
    calm = 1.0 if grown else 0.5
    return Speech(
        open=opened,
        round=rounded,
        talk=envelope(since, 0, act.seconds, 0.12, 0.14),
        coo=(given if grown else 1.0) * envelope(since, 0, act.seconds, 0.12, 0.14),
        raised=max(on * (0.25 + 0.75 * stress), 0.0 if grown else _VOICED * on),
        nod=calm * on * (0.07 * stress - 0.03 + 0.03 * math.sin(2 * math.pi * 0.7 * since))
        - (0.0 if grown else _CHIN_UP * on),
        tilt=calm * on * 0.05 * math.sin(2 * math.pi * 0.45 * since + len(act.id)),
    )


def talk_at(talks: Sequence[tuple[float, float]], t: float) -> tuple[float, float]:
    """Return how far a hand speaks along, 0 to 1, and where it is in its beat, -1 to 1.

    Args:
        talks: When each utterance that a hand goes with starts and ends, in seconds.
        t: Seconds from the start of the film.
    """
    for start, end in talks:
        if start - _LEAD < t < end + _TAIL and end - start >= _LEAST_TALK:
            return envelope(t, start - _LEAD, end + _TAIL, 0.45, 0.45), math.sin(2 * math.pi * 0.9 * (t - start))
    return 0.0, 0.0

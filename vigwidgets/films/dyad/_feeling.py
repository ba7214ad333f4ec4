"""What a face shows at a moment, from its person's acts and voice."""

from __future__ import annotations

import math
from collections.abc import Callable

from vigwidgets.films.dyad._ease import EASE, clamp, lerp, smooth
from vigwidgets.films.dyad._player import Player
from vigwidgets.films.dyad._pose import Face
from vigwidgets.films.dyad._speech import Speech

__all__ = ["face_at", "spoken"]

_COOED = 0.8
"""How much of a smile a coo takes from the whole face: with it, narrow eyes and an open mouth would be a laugh."""
_LEFT = 0.5
"""How sorry a face is on which there are tears, and no voice of crying with them."""
_EMPTY = 0.7
"""How much less the lids of a blank face follow its eyes: heavy lids are tiredness, and a blank face shows nothing."""
_GLADLY, _SOON = 0.5, 1.6
"""How much less a speaking mouth opens under a smile, and how much sooner than the smile it is as small as that."""


def face_at(player: Player, t: float, laugh: float, speech: Speech, lids_of: Callable[[str], float]) -> Face:
    """Return a person's face.

    Args:
        player: Whose.
        t: Seconds from the start of the film.
        laugh: How far a laugh is on, 0 to 1.
        speech: What the voice does to the face.
        lids_of: How far lids follow eyes that look down at a target, 0 to 1.
    """
    laughs = laugh * (0.8 + 0.12 * math.sin(2 * math.pi * 4.4 * t))
    # A laugh leaves a smile with closed lips, which fades as smiles do.
    glad = max(laugh, player.level("laugh", t, EASE["laugh"][0], EASE["smile"][1]))
    blank = player.level("blank", t, *EASE["blank"])
    yawn = player.level("yawn", t, 0.5, 0.4)
    surprise = player.level("surprise", t, *EASE["surprise"]) * (1 - blank)
    chew = player.level("chew", t, 0.2, 0.3) * (0.5 + 0.5 * math.sin(2 * math.pi * 1.3 * t))
    opened = max(0.62 * player.level("open_mouth", t, 0.25, 0.3), 0.2 * chew)
    smile = clamp(max(player.level("smile", t, *EASE["smile"]) ** 0.75, glad)) * (1 - blank) * (1 - speech.cry)
    smile *= 1 - _COOED * speech.coo
    opened = max(opened, spoken(speech, smile), laughs)
    tears = max(player.level("tears", t, *EASE["tears"]), smooth(speech.cry * 1.6))
    # What weighs shoulders down is told by the body: a face that drooped with it would tell of a sorrow.
    sad = clamp(_LEFT * tears * (1 - speech.cry)) * (1 - smile) * (1 - blank) * (1 - surprise)
    before, now, eyes, _ = player.gaze.at(t)
    return Face(
        lids=lerp(lids_of(before), lids_of(now), eyes) * (1 - _EMPTY * blank) * (1 - surprise),
        smile=smile,
        laugh=laugh,
        # A face half as cross is still plainly cross.
        frown=player.level("frown", t, *EASE["frown"]) ** 0.7 * (1 - 0.7 * blank) * (1 - max(speech.fuss, speech.cry)),
        sad=sad,
        fuss=speech.fuss,
        raised=speech.raised * (1 - blank),
        surprise=surprise,
        blink=max(player.blink.at(t), yawn, 0.6 * speech.cry),
        open=max(opened, 0.56 * surprise**0.7, 0.95 * yawn),
        round=max(speech.round * (1 - 0.45 * smile), 0.9 * surprise**0.5 * (1 - smile), 0.75 * yawn),
        talk=speech.talk * (1 - laugh),
        blank=blank,
        cry=speech.cry,
        tears=tears,
    )


def spoken(speech: Speech, smile: float) -> float:
    """Return how far a voice opens the mouth, 0 to 1: under a smile no further than half, for wide open is a laugh.

    It opens only as the voice takes the mouth over from the smile: else the first syllable would show the smile's whole
    row of teeth, which is a laugh's too.

    Args:
        speech: What the voice does to the face.
        smile: How far the face smiles, 0 to 1.
    """
    if speech.fuss or speech.cry:
        return speech.open
    most = 1.0 - _GLADLY * clamp(_SOON * smile)
    return min(speech.open, most) * lerp(1.0, speech.talk**2, clamp(2.0 * smile))

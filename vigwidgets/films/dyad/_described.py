"""A film in words for somebody who does not see it: checked, and written as WebVTT."""

from __future__ import annotations

from itertools import pairwise

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad._captions import plain, timestamp
from vigwidgets.films.dyad._model import Described, Script

__all__ = ["check_described", "descriptions"]

_READ = 17
"""Characters that are read aloud in a second."""


def _needs(line: Described) -> int:
    """Return how long reading a line aloud takes, in microseconds."""
    return round(len(line.text) / _READ * 1e6)


def check_described(script: Script) -> None:
    """Check that the described moments lie in the film, in order, with time to be read aloud.

    Raises:
        Refusal: One does not; the sentence says how much time there is.
    """
    for i, (one, following) in enumerate(pairwise([*script.described, None])):
        if one is None:
            continue
        limit = script.duration if following is None else following.at
        key, room = f"described:{i}", limit - one.at
        if not 0 <= one.at < script.duration:
            raise _no(
                script, key, f"it is at {one.at / 1e6:g} s, outside the film, which lasts {script.duration / 1e6:g} s."
            )
        if one.at + _needs(one) > limit:
            raise _no(
                script,
                key,
                f"its {len(one.text)} characters take {_needs(one) / 1e6:.1f} s to read aloud and the next line or the "
                f"end comes after {room / 1e6:.1f} s; shorten it to {max(0, room * _READ // 10**6)} characters "
                "or move one.",
            )


def _no(script: Script, key: str, sentence: str) -> Refusal:
    return Refusal(f"{script.source}, line {script.lines.get(key, 1)}: this description: {sentence}")


def descriptions(script: Script) -> str:
    """Return the described moments as WebVTT; each cue lasts as long as it takes to read aloud."""
    cues = [
        f"{timestamp(line.at)} --> {timestamp(min(line.at + _needs(line), script.duration))}\n{plain(line.text)}\n"
        for line in script.described
    ]
    return "\n".join(["WEBVTT\n", *cues])

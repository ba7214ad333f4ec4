"""Whether each initiative of a child's in a film is a beat, or lies in an open stretch: a trainee will see them all."""

from __future__ import annotations

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad._model import Act, Script

__all__ = ["PLAIN", "SLIGHT", "check_initiatives", "left_out"]

PLAIN = (
    "coo", "babble", "fuss", "cry", "laugh", "say", "reach", "point", "offer", "wave", "clap", "open_arms",
)  # fmt: skip
"""Sounds, words and hands that go out to somebody: nobody overlooks them, so each belongs to a beat by name."""
SLIGHT = ("smile", "bounce", "kick", "shake", "knock", "turn_away", "look_away")
"""What can be an initiative, and as well a part of what goes on: with a look at somebody, each lies in some beat."""


def check_initiatives(script: Script) -> None:
    """Check that no plain initiative of a child's is left out of a film's truth.

    A film without any beat claims nothing yet, and one whose beats are a scale's is not coded for initiatives.

    Raises:
        Refusal: A beat names none of it, and no open stretch holds it.
    """
    for act in _uncoded(script, PLAIN):
        raise Refusal(
            f"{script.source}, line {script.lines.get(f'act:{act.id}', 1)}: {_told(act)} is an initiative that no beat "
            f"names; make it a beat, add {act.id!r} to the `acts:` of the one that it belongs to, or lay an open "
            "stretch over it."
        )


def left_out(script: Script) -> list[str]:
    """Return which slighter initiatives of children lie in no beat of theirs and in no open stretch, in words."""
    people = {person.id for person in script.cast}
    slight = [
        act
        for act in _uncoded(script, (*SLIGHT, "look_at"))
        if (act.does != "look_at" or act.target in people)
        and not any(
            act.actor in (beat.actor, beat.target) and act.overlaps(beat.start - beat.edge, beat.end + beat.edge)
            for beat in script.beats
        )
    ]
    return [f"line {script.lines.get(f'act:{act.id}', 1)}: {_told(act)} lies in no beat" for act in slight]


def _uncoded(script: Script, kinds: tuple[str, ...]) -> list[Act]:
    """Return children's acts of these kinds that no beat names and that begin in no open stretch, by start."""
    if script.scheme != "paig" or not script.beats:
        return []
    children = {person.id for person in script.cast if person.role == "child"}
    named = {name for beat in script.beats for name in beat.acts}
    return sorted(
        (
            act
            for act in script.acts
            if act.actor in children and act.does in kinds and act.id not in named
            and not any(stretch.start <= act.start < stretch.end for stretch in script.open)
        ),
        key=lambda act: act.start,
    )  # fmt: skip


def _told(act: Act) -> str:
    whom = f" {act.target}" if act.target else ""
    return f"{act.id!r} (`{act.does}{whom}` by {act.actor!r}, from {act.start / 1e6:g} s)"

"""The truth of a synthetic film: its beats, in the contract's words."""

from __future__ import annotations

from vigwidgets.contract import Beat, Open, Truth
from vigwidgets.errors import Refusal
from vigwidgets.films.dyad._model import Script
from vigwidgets.schemes import load_scheme

__all__ = ["truth_of"]


def truth_of(script: Script, scheme: str | None = None) -> Truth:
    """Return what there is to be seen in the film of a script, by time.

    Args:
        script: A script that has been checked.
        scheme: In which scheme, when the film has several; its first one by default.

    Raises:
        Refusal: The film's beats are not in that scheme.
    """
    wanted = scheme or script.scheme
    if wanted not in (script.scheme, *script.also):
        known = ", ".join((script.scheme, *script.also))
        raise Refusal(f"The film {script.id!r} has no truth in scheme {wanted!r}; choose one of {known}.")
    return Truth(
        film=script.id,
        duration=script.duration,
        scheme=load_scheme(wanted).ref,
        cast=[person.member for person in script.cast],
        beats=[
            Beat(
                id=beat.id,
                codes=beat.codes,
                actor=beat.actor,
                target=beat.target,
                start=beat.start,
                end=beat.end,
                edge=beat.edge,
                says=beat.says,
                answers=beat.answers,
                not_for_parent=beat.not_for_parent,
            )
            for beat in sorted(script.beats, key=lambda beat: (beat.start, beat.end))
            if (beat.scheme or script.scheme) == wanted
        ],
        open=[Open(start=o.start, end=o.end, why=o.why) for o in sorted(script.open, key=lambda o: o.start)],
    )

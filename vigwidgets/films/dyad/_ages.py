"""What people of each age can do on film: where they can be, which acts are theirs."""

from __future__ import annotations

from dataclasses import dataclass

from vigwidgets.films.dyad._model import Age

__all__ = ["ABILITIES", "AGE_WORDS", "Ability"]

AGE_WORDS: dict[Age, str] = {
    "newborn": "a newborn",
    "4m": "a baby of four months",
    "9m": "a baby of nine months",
    "18m": "a toddler of eighteen months",
    "5y": "a child of five",
    "8y": "a child of eight",
    "adult": "a grown person",
    "older": "an older person",
}
"""How sentences speak of each age."""


@dataclass(frozen=True)
class Ability:
    """What people of one age can do.

    Attributes:
        seats: Where they can be, the usual place first; ``floor`` stands for left, right and middle.
        cannot: Acts that are not theirs, with what to use instead.
    """

    seats: tuple[str, ...]
    cannot: dict[str, str]


def _not(acts: str, instead: str) -> dict[str, str]:
    return dict.fromkeys(acts.split(), instead)


_BIG = _not("coo babble fuss kick self_soothe", "`say` is theirs")

ABILITIES: dict[Age, Ability] = {
    "newborn": Ability(
        ("lap", "mat"),
        _not("smile laugh babble", "the first smile for somebody comes at about six weeks: choose `coo` or age 4m")
        | _not("reach point touch take offer put shake knock clap hide open_arms wave stroke", "choose age 4m or more")
        | _not("lean lean_back nod tilt bounce step say", "choose `look_at`, `look_away` or `kick`"),
    ),
    "4m": Ability(
        ("lap", "bouncer", "mat"),
        _not("say babble", "choose `coo`")
        | _not("point offer put knock clap hide open_arms wave stroke", "choose `reach`, `take` or `shake`")
        | _not("lean lean_back nod step", "choose `kick` or `look_at`"),
    ),
    "9m": Ability(
        ("floor", "high_chair", "lap", "mat", "bouncer"),
        _not("say", "choose `babble` or `coo`")
        | _not("point", "pointing comes at about a year: choose `reach`")
        | _not("nod", "choose `smile` or `bounce`")
        | _not("step", "choose age 18m"),
    ),
    "18m": Ability(("floor", "standing", "high_chair", "lap", "mat"), {}),
    "5y": Ability(("floor", "standing", "lap"), _BIG),
    "8y": Ability(("floor", "standing"), _BIG),
    "adult": Ability(("floor", "standing"), _BIG | _not("step cry", "")),
    "older": Ability(("floor", "standing"), _BIG | _not("step cry", "")),
}
"""What people of each age can do."""

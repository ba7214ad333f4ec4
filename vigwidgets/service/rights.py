"""The one table: which role may do what, on whose things.

Every route and every message over a socket names an action of this table; a test walks them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from vigwidgets.errors import NotAllowed
from vigwidgets.records import Person

__all__ = ["ANONYMOUS", "TABLE", "Scope", "SignedOut", "allowed", "require", "scope_of"]

ANONYMOUS = "anonymous"
"""Whoever is not signed in."""


class SignedOut(NotAllowed):
    """Nobody is signed in, and this is not for everybody."""


class Scope(StrEnum):
    """On whose things an action is allowed."""

    NONE = "none"
    OWN = "own"
    HANDED_IN = "own, or handed in"
    ANY = "any"


_N, _O, _H, _A = Scope.NONE, Scope.OWN, Scope.HANDED_IN, Scope.ANY
_ROLES = (ANONYMOUS, "trainee", "supervisor", "author", "administrator")


def _row(*scopes: Scope) -> Mapping[str, Scope]:
    return MappingProxyType(dict(zip(_ROLES, scopes, strict=True)))


# A film is somebody's own when an exercise that they may do uses it, or one that they have begun did.
# A page that shows a person nothing but what is theirs is ANY: there is no other's to ask for.
# What somebody is still working on is theirs alone: a supervisor reads an observation once it has been handed in.
TABLE: Mapping[str, Mapping[str, Scope]] = MappingProxyType(
    {
        #                              anonymous trainee supervisor author administrator
        "health.read": _row(_A, _A, _A, _A, _A),
        "asset.read": _row(_A, _A, _A, _A, _A),
        "help.read": _row(_A, _A, _A, _A, _A),
        "sign-in": _row(_A, _A, _A, _A, _A),
        "sign-out": _row(_A, _A, _A, _A, _A),
        "home.read": _row(_N, _A, _A, _A, _A),
        "learning.read": _row(_N, _A, _A, _A, _A),
        "lesson.read": _row(_N, _A, _A, _A, _A),
        "record.keep": _row(_N, _A, _A, _A, _A),
        "exercise.do": _row(_N, _A, _A, _A, _A),
        "kernel.use": _row(_N, _O, _O, _O, _O),
        "film.read": _row(_N, _O, _A, _A, _A),
        "observation.read": _row(_N, _O, _H, _O, _O),
        "observation.edit": _row(_N, _O, _O, _O, _O),
        "observation.hand-in": _row(_N, _O, _O, _O, _O),
        "clips.export": _row(_N, _O, _H, _O, _O),
        "attempt.read": _row(_N, _O, _A, _O, _O),
        "attempt.see-otherwise": _row(_N, _O, _O, _O, _O),
        "supervision.read": _row(_N, _N, _A, _N, _N),
        "gradebook.read": _row(_N, _N, _A, _N, _N),
        "record.read": _row(_N, _N, _A, _N, _N),
        "marking.read": _row(_N, _N, _A, _N, _N),
        "marking.judge": _row(_N, _N, _A, _N, _N),
        "marking.release": _row(_N, _N, _A, _N, _N),
        "extension.give": _row(_N, _N, _A, _N, _N),
        "authoring.read": _row(_N, _N, _N, _A, _A),
        "authoring.try": _row(_N, _N, _N, _A, _A),
    }
)

_PHRASES = {
    "home.read": "open this page",
    "learning.read": "open this page",
    "lesson.read": "read this lesson",
    "record.keep": "keep a record of hours",
    "exercise.do": "open this exercise",
    "kernel.use": "use this kernel",
    "film.read": "watch this film",
    "observation.read": "read this observation",
    "observation.edit": "change this observation",
    "observation.hand-in": "hand in this observation",
    "clips.export": "export these clips",
    "attempt.read": "read this attempt",
    "attempt.see-otherwise": "say how you see this attempt",
    "supervision.read": "open the supervision pages",
    "gradebook.read": "read the gradebook",
    "record.read": "read another's record of hours",
    "marking.read": "see how marking stands",
    "marking.judge": "judge this attempt",
    "marking.release": "release marks",
    "extension.give": "give more time",
    "authoring.read": "open the authoring pages",
    "authoring.try": "try an exercise as a trainee",
}


def scope_of(person: Person | None, action: str) -> Scope:
    """Return on whose things ``person`` (None: not signed in) may do ``action``.

    Raises:
        KeyError: No such action: a mistake in the program, never in what somebody sent.
    """
    return TABLE[action].get(ANONYMOUS if person is None else person.role, Scope.NONE)


def allowed(person: Person | None, action: str, *, owns: bool = False, handed_in: bool = False) -> bool:
    """Tell whether ``person`` may do ``action`` on a thing that is their own or not, and handed in or not."""
    scope = scope_of(person, action)
    if scope is Scope.HANDED_IN:
        return owns or handed_in
    return scope is Scope.ANY or (scope is Scope.OWN and owns)


def require(person: Person | None, action: str, *, owns: bool = False, handed_in: bool = False) -> None:
    """Go on only if `allowed`.

    Raises:
        NotAllowed: It is not; the sentence says what to do (`SignedOut`: to sign in).
    """
    if allowed(person, action, owns=owns, handed_in=handed_in):
        return
    phrase = _PHRASES.get(action, "do this")
    if person is None:
        raise SignedOut(f"You are not signed in; sign in to {phrase}.")
    if scope_of(person, action) is Scope.OWN:
        raise NotAllowed(
            f"As {_an(person.role)} you may {phrase} only where it is your own; go back to your own pages."
        )
    if scope_of(person, action) is Scope.HANDED_IN:
        raise NotAllowed(
            f"As {_an(person.role)} you may {phrase} only when it has been handed in; until then it is its author's "
            "alone, and it will come to you under “Supervision”."
        )
    raise NotAllowed(
        f"As {_an(person.role)} you may not {phrase}; sign in with another role, or ask your administrator for it."
    )


def _an(role: str) -> str:
    return f"{'an' if role[:1] in 'aeiou' else 'a'} {role}"

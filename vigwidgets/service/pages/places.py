"""Which pages stand in the top bar, by role, and which of them is a role's home."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ROLES", "Nav", "home_of", "nav_for"]


@dataclass(frozen=True)
class Nav:
    """One entry of the top bar: its address below the application's root, and its name."""

    path: str
    title: str


_LEARNING = Nav("learning", "My learning")
_SUPERVISION = Nav("supervision", "Supervision")
_AUTHORING = Nav("authoring", "Authoring")
_HELP = Nav("help", "Help")

_BY_ROLE = {
    "trainee": [_LEARNING],
    "supervisor": [_SUPERVISION],
    "author": [_AUTHORING],
    "administrator": [_SUPERVISION, _AUTHORING],
}

ROLES = {
    "trainee": "watches, tags, hands in and reads feedback",
    "supervisor": "reads what trainees handed in, and the gradebook",
    "author": "checks the course and tries each exercise as a trainee",
    "administrator": "keeps people and films",
}
"""What each role does here, in a few words."""


def nav_for(role: str) -> list[Nav]:
    """Return the top bar's entries for a role; the first is its home."""
    return [*_BY_ROLE.get(role, []), _HELP]


def home_of(role: str) -> str:
    """Return the path of a role's home, below the application's root."""
    return nav_for(role)[0].path

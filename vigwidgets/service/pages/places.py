"""Which pages stand in the top bar, by the table of rights, and which of them is a role's home."""

from __future__ import annotations

from dataclasses import dataclass

from vigwidgets.service.rights import TABLE, Scope

__all__ = ["ROLES", "Nav", "home_of", "nav_for"]


@dataclass(frozen=True)
class Nav:
    """One entry of the top bar: its address below the application's root, its name, and the right it needs."""

    path: str
    title: str
    action: str


# In the order in which they stand: what only some may open comes first, and is their home.
_ALL = (
    Nav("supervision", "Supervision", "supervision.read"),
    Nav("authoring", "Authoring", "authoring.read"),
    Nav("learning", "My learning", "learning.read"),
    Nav("help", "Help", "help.read"),
)

ROLES = {
    "trainee": "watches, tags, hands in and reads feedback",
    "supervisor": "reads what trainees handed in, and the gradebook",
    "author": "checks the course and tries each exercise as a trainee",
    "administrator": "looks after people, films and the course",
}
"""What each role does here, in a few words."""


def nav_for(role: str) -> list[Nav]:
    """Return the top bar's entries for a role; the first is its home."""
    return [nav for nav in _ALL if TABLE[nav.action].get(role) is Scope.ANY]


def home_of(role: str) -> str:
    """Return the path of a role's home, below the application's root."""
    return nav_for(role)[0].path

"""Where an attempt stands between being handed in and being released: pure rules, without a clock or a database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast, get_args

from vigwidgets.errors import Refusal
from vigwidgets.grading._typed import typed

__all__ = ["STAGES", "Facts", "Stage", "check_move", "moves", "stage_of"]

Stage = Literal["in marking", "in review", "ready", "released"]

STAGES: tuple[Stage, ...] = get_args(Stage)
"""In order: it waits for its mark, a supervisor looks at it, it may be released, its owner reads it."""

_WAYS: dict[Stage, tuple[Stage, ...]] = {
    "in marking": (),
    "in review": ("ready",),
    "ready": ("in review", "released"),
    "released": ("in review",),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an attempt when somebody asks where it stands.

    Attributes:
        held: Whether a supervisor releases it; otherwise it is its owner's at once.
        marked: Whether it has a computed mark, or needs none.
        judged: How many supervisors have judged it.
        needed: How many must.
        kept: The stage that somebody last moved it to; None: nobody did.
    """

    held: bool
    marked: bool
    judged: int = 0
    needed: int = 0
    kept: str | None = None


def stage_of(facts: Facts) -> Stage:
    """Return where an attempt stands. What was released stays released until somebody takes it back."""
    if facts.kept == "released":
        return "released"
    if not facts.marked or facts.judged < facts.needed:
        return "in marking"
    if facts.kept in ("in review", "ready"):
        return cast("Stage", facts.kept)
    return "in review" if facts.held else "released"


def moves(facts: Facts) -> tuple[Stage, ...]:
    """Return where an attempt may be moved to from where it stands."""
    return _WAYS[stage_of(facts)]


def check_move(facts: Facts, to: str, note: str = "") -> Stage:
    """Return ``to`` if an attempt may be moved there.

    Args:
        facts: What is known of it.
        to: Where somebody wants to move it.
        note: Why; to take back what was released needs a reason.

    Raises:
        Refusal: It may not; the sentence says where it stands, and where it may go.
    """
    now = stage_of(facts)
    if to not in STAGES:
        raise Refusal(f"There is no stage {to[:40]!r}; choose one of {', '.join(STAGES)}.")
    if now == "in marking":
        waits = "its mark" if not facts.marked else f"{facts.needed - facts.judged} more judgement(s)"
        raise Refusal(f"This attempt is in marking and waits for {waits}; it cannot be {to} before that.")
    if to not in _WAYS[now]:
        allowed = " or ".join(_WAYS[now])
        raise Refusal(f"This attempt is {now} and cannot be moved to {to!r}; from here it goes to {allowed}.")
    if now == "released" and not typed(note):
        raise Refusal("Say why this is taken back from its owner; the reason is kept.")
    return to

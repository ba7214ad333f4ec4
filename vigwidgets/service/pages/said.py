"""What a person said of an attempt, for its owner: lateness, a supervisor's credit and reasons."""

from __future__ import annotations

from dataclasses import dataclass

from vigwidgets.grading import judged_by, overridden, standing_of
from vigwidgets.records import Attempt
from vigwidgets.service.pages.marking import credit_words, late_words
from vigwidgets.service.state import ServiceState

__all__ = ["Said", "Word", "said_of"]


@dataclass(frozen=True)
class Word:
    """What one supervisor said."""

    who: str
    what: str
    reason: str


@dataclass(frozen=True)
class Said:
    """All that stands beside the computed figures.

    Attributes:
        late: How late it was, in words; nothing if it was not.
        computed: The computed figure.
        credit: What it is worth.
        words: What supervisors said.
    """

    late: str
    computed: str
    credit: str
    words: list[Word]


def said_of(attempt: Attempt, own: bool, state: ServiceState) -> Said | None:
    """Return what stands beside the computed figures of an attempt; None: nothing does, or it is not finished.

    Args:
        attempt: What was handed in.
        own: Whether its owner reads.
        state: The service.
    """
    standing = standing_of(attempt, state.records, state.course)
    if standing.stage != "released" and (own or standing.blind):
        return None
    named = {person.id: person.name for person in state.records.people()}
    words = [
        Word(named[one.by], f"gave {credit_words(one.body.get('credit'))}", one.reason)
        for one in judged_by(standing.judgements).values()
    ]
    override = overridden(standing.judgements)
    if override is not None:
        set_to = credit_words(standing.settled.override)
        words.append(Word(named[override.by], f"set {set_to} in place of what came out", override.reason))
    late = late_words(standing)
    if not words and not late:
        return None
    return Said(late, credit_words(standing.settled.measured), credit_words(standing.settled.credit), words)

"""Whether a receipt, or an observation that somebody kept, is of what the records hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from vigwidgets.contract import Observation
from vigwidgets.errors import Refusal
from vigwidgets.observations import content_hash
from vigwidgets.records._records import Records
from vigwidgets.records._values import Attempt, Receipt

__all__ = ["Verdict", "verify_attempt", "verify_observation", "verify_receipt"]

_ALWAYS = ("attempt", "observation_sha256", "handed_in_at", "exercise", "exercise_version", "film")
_NAMES = {
    "observation_sha256": "content",
    "handed_in_at": "time",
    "exercise": "exercise",
    "exercise_version": "exercise's version",
    "film": "film",
    "person_sha256": "person's fingerprint",  # receipts of before have none
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of comparing.

    Attributes:
        receipt: As the records have it.
        differences: A sentence for each thing that is not the same; none: it is genuine.
        nobodys: Whether it leaves out whose the attempt is, so that anybody may have brought it.
    """

    receipt: Receipt
    differences: tuple[str, ...]
    nobodys: bool = False

    @property
    def holds(self) -> bool:
        """Whether all is the same."""
        return not self.differences


def verify_attempt(records: Records, attempt_id: str) -> Verdict:
    """Compare what the records keep of an attempt with the receipt that was given for it.

    Raises:
        Refusal: There is no such attempt.
    """
    attempt = records.attempt(attempt_id)
    return Verdict(attempt.receipt, _kept(attempt))


def verify_receipt(records: Records, receipt: Mapping[str, Any]) -> Verdict:
    """Compare a receipt with the records, and those with themselves.

    Args:
        records: Where the attempt is.
        receipt: What a person was given.

    Raises:
        Refusal: It is no receipt, says more than receipts do, or is of an attempt that is not there.
    """
    strange = [name for name in receipt if name != "attempt" and name not in _NAMES]
    if strange:
        raise Refusal(
            f"This is no receipt as it was given: it also says {str(strange[0])[:40]!r}, of which the records know "
            "nothing; take the file that the feedback page gives."
        )
    missing = [name for name in _ALWAYS if not isinstance(receipt.get(name), str)]
    if missing:
        raise Refusal(f"This is no receipt: it has no {missing[0]!r}; take the file that the feedback page gives.")
    attempt = records.attempt(receipt["attempt"])
    told = cast("Mapping[str, str]", attempt.receipt)
    differences = tuple(
        f"The {words} of the receipt is {receipt[name]!r}, the records have {told[name]!r}."
        for name, words in _NAMES.items()
        if name in receipt and receipt[name] != told[name]
    )
    return Verdict(attempt.receipt, differences + _kept(attempt), nobodys="person_sha256" not in receipt)


def verify_observation(records: Records, observation: Observation) -> Verdict:
    """Compare an observation that somebody kept with the one that was handed in.

    Raises:
        Refusal: It was never handed in.
    """
    attempt = records.attempt_of(observation.id)
    if attempt is None:
        raise Refusal(f"Observation {observation.id!r} was not handed in here; give the receipt or the attempt's id.")
    found = content_hash(observation)
    kept = attempt.receipt["observation_sha256"]
    differences = () if found == kept else (f"Its content has the fingerprint {found}, the receipt says {kept}.",)
    return Verdict(attempt.receipt, differences + _kept(attempt))


def _kept(attempt: Attempt) -> tuple[str, ...]:
    found = content_hash(attempt.observation)
    if found == attempt.receipt["observation_sha256"]:
        return ()
    return (f"What the records keep was changed after it was handed in: its fingerprint is now {found}.",)

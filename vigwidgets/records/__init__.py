"""The database: people and their sessions, observations with their edit logs, attempts and marks."""

from vigwidgets.records._errors import AttemptDamaged, StoreBusy, StoreFull, StoreUnavailable
from vigwidgets.records._people import SESSION_HOURS
from vigwidgets.records._records import Records
from vigwidgets.records._values import (
    ROLES,
    Attempt,
    DamagedAttempt,
    Extension,
    Judgement,
    ObservationRecord,
    Otherwise,
    Person,
    Receipt,
    Seen,
    StageStep,
)
from vigwidgets.records._verify import Verdict, verify_attempt, verify_observation, verify_receipt

__all__ = [
    "ROLES",
    "SESSION_HOURS",
    "Attempt",
    "AttemptDamaged",
    "DamagedAttempt",
    "Extension",
    "Judgement",
    "ObservationRecord",
    "Otherwise",
    "Person",
    "Receipt",
    "Records",
    "Seen",
    "StageStep",
    "StoreBusy",
    "StoreFull",
    "StoreUnavailable",
    "Verdict",
    "verify_attempt",
    "verify_observation",
    "verify_receipt",
]

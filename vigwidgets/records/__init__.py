"""The database: people and their sessions, observations with their edit logs, attempts, marks, and records of work."""

from vigwidgets.records._errors import AttemptDamaged, StoreBusy, StoreFull, StoreUnavailable
from vigwidgets.records._people import SESSION_HOURS
from vigwidgets.records._records import Records
from vigwidgets.records._values import (
    ROLES,
    Attempt,
    DamagedAttempt,
    EntryVersion,
    Extension,
    Judgement,
    ObservationRecord,
    Otherwise,
    Person,
    Receipt,
    Seen,
    StageStep,
    WorkSign,
    iso,
)
from vigwidgets.records._verify import Verdict, verify_attempt, verify_observation, verify_receipt

__all__ = [
    "ROLES",
    "SESSION_HOURS",
    "Attempt",
    "AttemptDamaged",
    "DamagedAttempt",
    "EntryVersion",
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
    "WorkSign",
    "iso",
    "verify_attempt",
    "verify_observation",
    "verify_receipt",
]

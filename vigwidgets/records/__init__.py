"""The database: people and their sessions, observations with their edit logs, attempts and marks."""

from vigwidgets.records._errors import AttemptDamaged, StoreBusy, StoreFull, StoreUnavailable
from vigwidgets.records._people import SESSION_HOURS
from vigwidgets.records._records import Records
from vigwidgets.records._values import ROLES, Attempt, DamagedAttempt, ObservationRecord, Person, Receipt

__all__ = [
    "ROLES",
    "SESSION_HOURS",
    "Attempt",
    "AttemptDamaged",
    "DamagedAttempt",
    "ObservationRecord",
    "Person",
    "Receipt",
    "Records",
    "StoreBusy",
    "StoreFull",
    "StoreUnavailable",
]

"""What it means when the database does not take something, said to a person.

```
Refusal
├── StoreUnavailable  nothing was saved now; the same thing may go through later
│   ├── StoreFull     the disk (or the database's own limit) is full
│   ├── StoreDamaged  the file is not a database that can be read
│   └── StoreBusy     somebody else has held the database for too long
└── AttemptDamaged    what was handed in cannot be read any more
```
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from vigwidgets.errors import Refusal

__all__ = ["AttemptDamaged", "StoreBusy", "StoreDamaged", "StoreFull", "StoreUnavailable", "translated"]


class StoreUnavailable(Refusal):
    """Nothing was saved now; the same thing may go through later."""


class StoreFull(StoreUnavailable):
    """There is no room left for what was to be saved."""


class StoreBusy(StoreUnavailable):
    """Somebody else has held the database for too long."""


class StoreDamaged(StoreUnavailable):
    """The file is not a database that can be read."""


class AttemptDamaged(Refusal):
    """What was handed in is there, and its stored observation cannot be read any more."""

    def __init__(self, attempt_id: str) -> None:
        super().__init__(
            f"What was handed in as {attempt_id} is damaged in the database and could not be read; tell your "
            "administrator, who can restore it from a backup."
        )


# PostgreSQL's SQLSTATE classes: 53 insufficient resources, 08 connection, 55 and 40 lock and serialisation.
_FULL_STATES = ("53100", "53200")
_BUSY_STATES = ("55P03", "40001", "40P01")


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's trouble with disk, lock or connection into a sentence; let everything else through.

    Raises:
        StoreUnavailable: Or one of its kinds.
    """
    try:
        yield
    except DBAPIError as error:
        trouble = _trouble(error)
        if trouble is None:
            raise
        raise trouble from error


def _trouble(error: DBAPIError) -> StoreUnavailable | None:
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    state = str(getattr(error.orig, "sqlstate", ""))
    # A file that the system will not let grow comes as an error of input and output, not as SQLITE_FULL.
    if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR") or state in _FULL_STATES:
        return StoreFull(
            "There is no room left on the server's disk, so this was not saved; keep the page open, "
            "tell the administrator, and it will be sent again."
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or state in _BUSY_STATES:
        return StoreBusy(
            "The database was held by another program for too long, so this was not saved; "
            "keep the page open, and it will be sent again."
        )
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return StoreDamaged(
            "The database file vig.db is damaged or is not a database; move it away, restore it from a copy, "
            "and try again."
        )
    if error.connection_invalidated or name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")) or state[:2] == "08":
        return StoreUnavailable(
            "The database cannot be reached or written at the moment, so this was not saved; keep the page open, "
            "tell the administrator, and it will be sent again."
        )
    return None

"""Films in the making: how far each is, and its first seconds, which can be watched while the rest is drawn.

A maker leaves a note in its staging folder, and beside it a small film folder of the first seconds; both are gone when
the film appears. What went wrong with the last one of a name stays until the next is begun.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vigwidgets.films._json import write_json
from vigwidgets.films._staging import PREFIX, abandoned

__all__ = ["FIRST", "NOTE", "Making", "clear_notes", "forget_failure", "makings", "note", "note_failure"]

NOTE = "making.json"
FIRST = "first"
_FAILED = ".failed-"


@dataclass(frozen=True)
class Making:
    """A film that is being made, or the last of that name that could not be.

    Attributes:
        id: What it will be called in the library.
        title: What people will read.
        what: What is being done.
        share: How much of it is done, 0 to 1.
        first: The folder of the film of its first seconds, once there is one.
        failed: Why it came to nothing, if it did.
    """

    id: str
    title: str
    what: str
    share: float
    first: Path | None = None
    failed: str | None = None


def makings(films: Path) -> list[Making]:
    """Return what is being made in a folder of films, and what failed, by id."""
    found = []
    for path in [*films.glob(f"{PREFIX}*/{NOTE}"), *films.glob(f"{_FAILED}*.json")]:
        try:
            told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):  # it ended while we looked
            continue
        if path.name == NOTE and abandoned(path.parent):
            continue
        first = path.parent / FIRST
        found.append(Making(**told, first=first if path.name == NOTE and first.is_dir() else None))
    return sorted(found, key=lambda one: one.id)


def note(folder: Path, id: str, title: str, what: str, share: float) -> None:
    """Leave in a staging folder how far its film is; readers see the note whole, or the one before."""
    new = folder / f"{NOTE}.new"
    write_json(new, {"id": id, "title": title, "what": what, "share": round(share, 3)})
    new.replace(folder / NOTE)


def clear_notes(folder: Path) -> None:
    """Take out of a staging folder what was only for the time of the making."""
    (folder / NOTE).unlink(missing_ok=True)
    shutil.rmtree(folder / FIRST, ignore_errors=True)


def note_failure(films: Path, id: str, title: str, why: str) -> None:
    """Keep why a film could not be made, for whoever asks."""
    films.mkdir(parents=True, exist_ok=True, mode=0o700)
    told = {"id": id, "title": title, "what": "could not be drawn", "share": 0.0, "failed": why}
    write_json(films / f"{_FAILED}{id}.json", told)


def forget_failure(films: Path, id: str) -> None:
    """Forget what went wrong with a film."""
    (films / f"{_FAILED}{id}.json").unlink(missing_ok=True)

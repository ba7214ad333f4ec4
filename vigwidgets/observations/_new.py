"""Begin an observation, and name it and its content."""

from __future__ import annotations

import hashlib
import json
import secrets

from vigwidgets.contract import Member, Observation, SchemeRef

__all__ = ["content_hash", "new_id", "new_observation"]


def new_id(kind: str) -> str:
    """Return a fresh id such as ``"obs-3f9c2a7e51d04b86"``; 64 random bits, so that none can be guessed."""
    return f"{kind}-{secrets.token_hex(8)}"


def new_observation(
    film: str, duration: int, scheme: SchemeRef, observer: str, cast: list[Member], id: str | None = None
) -> Observation:
    """Return an observation without tags.

    Args:
        film: The film's id.
        duration: Where the film ends, in microseconds.
        scheme: What is coded, by name and version.
        observer: Who codes, by an opaque id.
        cast: Who is on film.
        id: The observation's id; a fresh one by default.
    """
    return Observation(
        format="vig-observation",
        version=1,
        id=id or new_id("obs"),
        film=film,
        duration=duration,
        scheme=scheme,
        observer=observer,
        cast=cast,
        tags=[],
    )


def content_hash(observation: Observation) -> str:
    """Return the SHA-256 of what was coded, as hexadecimal; the order of the tags does not matter."""
    data = observation.model_dump(mode="json")
    data["tags"].sort(key=lambda tag: tag["id"])
    for tag in data["tags"]:
        # Receipts from before there were looks keep their hash.
        if not tag["looks"]:
            del tag["looks"]
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()

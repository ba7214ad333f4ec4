"""The words of the project as types, generated from ``contract.schema.json``.

The same file gives ``frontend/src/contract.ts``; a test regenerates both and compares.
"""

from __future__ import annotations

from pydantic import ValidationError

from vigwidgets.contract._types import (
    AckMessage,
    Beat,
    Chapter,
    Choice,
    Code,
    Crosswalk,
    CrosswalkRow,
    Drop,
    Edit,
    EditedMessage,
    Film,
    FrameIndex,
    FrozenMessage,
    Link,
    Look,
    Member,
    Modifier,
    Observation,
    ObservationFile,
    Open,
    Original,
    PageEdits,
    PongMessage,
    PresenceMessage,
    Put,
    RefusedMessage,
    Scale,
    Scheme,
    SchemeRef,
    SendEdit,
    SendPing,
    StateMessage,
    Step,
    Tag,
    Truth,
)
from vigwidgets.errors import shown

__all__ = [
    "AckMessage",
    "Beat",
    "Chapter",
    "Choice",
    "Code",
    "Crosswalk",
    "CrosswalkRow",
    "Drop",
    "Edit",
    "EditedMessage",
    "Film",
    "FrameIndex",
    "FrozenMessage",
    "Link",
    "Look",
    "Member",
    "Modifier",
    "Observation",
    "ObservationFile",
    "Open",
    "Original",
    "PageEdits",
    "PongMessage",
    "PresenceMessage",
    "Put",
    "RefusedMessage",
    "Scale",
    "Scheme",
    "SchemeRef",
    "SendEdit",
    "SendPing",
    "StateMessage",
    "Step",
    "Tag",
    "Truth",
    "in_a_sentence",
]


def in_a_sentence(error: ValidationError, what: str) -> str:
    """Say the first thing that pydantic found wrong as one sentence for a person.

    Args:
        error: What pydantic raised.
        what: What was being read, for example ``"the edit"`` or a file's name.
    """
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"]) or "the whole"
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    if first["type"] == "missing":
        return f"In {what}, {place} is missing{more}; add it."
    if first["type"] == "extra_forbidden":
        return f"In {what}, {place} is not a known name{more}; take it out or correct its spelling."
    if first["type"].startswith("union_tag"):
        name = str(first["ctx"]["discriminator"]).strip("'")
        is_what = f"is {shown(first['ctx']['tag'])}" if "tag" in first["ctx"] else "is missing"
        wanted = first["ctx"].get("expected_tags")
        return f"In {what}, {place}.{name} {is_what}{more}; {f'give one of {wanted}' if wanted else 'add it'}."
    wanted = first["msg"][0].lower() + first["msg"][1:]
    return f"In {what}, {place} is {shown(first['input'])}{more}; {wanted}."

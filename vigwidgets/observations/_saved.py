"""Which edits a file holds already, so that one that a page sends again to a new kernel is not applied twice."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from vigwidgets.contract import Edit, in_a_sentence
from vigwidgets.errors import Refusal

__all__ = ["KEPT", "Saved", "digest_of", "parse_saved", "with_edit"]

KEPT = 256
"""As many are remembered in the file: far more than what pages can have sent before they notice a silent kernel."""

Saved = Mapping[str, str]
"""The newest edits that pages sent, oldest first: what each said (`digest_of`), by its id."""

_Id = Annotated[str, Field(min_length=1, max_length=64)]
_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
_SAVED = TypeAdapter(dict[_Id, _Digest])


def digest_of(edit: Edit) -> str:
    """Return what an edit says as 32 hexadecimal digits; equal for equal edits."""
    return hashlib.sha256(edit.model_dump_json().encode()).hexdigest()[:32]


def with_edit(saved: Saved, id: str, said: str) -> dict[str, str]:
    """Return what is remembered after one more edit; the oldest are forgotten."""
    newest = [*((one, digest) for one, digest in saved.items() if one != id), (id, said)]
    return dict(newest[-KEPT:])


def parse_saved(data: Any, source: str) -> dict[str, str]:
    """Read what a file remembers of its edits.

    Raises:
        Refusal: It is not what is written there.
    """
    try:
        return _SAVED.validate_python(data)
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, f"{source}, edits")) from None

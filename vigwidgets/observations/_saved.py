"""Which edits a file holds already, so that one that a page sends again to a new kernel is not applied twice."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from vigwidgets.contract import Edit, PageEdits, in_a_sentence
from vigwidgets.errors import Refusal
from vigwidgets.observations._pages import Pages, number_of, page_holds, refuse_late, with_number

__all__ = ["KEPT", "Saved", "digest_of", "parse_saved"]

KEPT = 256
"""As many are remembered by their names in the file, of those that no page counts."""

_Id = Annotated[str, Field(min_length=1, max_length=64)]
_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
_EDITS = TypeAdapter(dict[_Id, _Digest])
_PAGES = TypeAdapter(dict[_Id, PageEdits])


@dataclass(frozen=True, slots=True)
class Saved:
    """What a file says of the edits that it holds.

    Args:
        edits: The newest of those that have a name and no number, oldest first: what each said (`digest_of`).
        pages: What is known of those that pages number.
    """

    edits: Mapping[str, str] = field(default_factory=dict)
    pages: Pages = field(default_factory=dict)

    def holds(self, edit: Edit, said: str) -> bool:
        """Return whether an edit that has a number is in the file.

        Raises:
            Refusal: Another one of that number is.
        """
        number = number_of(edit.id)
        return number is not None and page_holds(self.pages, number, said)

    def refuse_late(self, edit: Edit) -> None:
        """Refuse an edit that comes too late, see `vigwidgets.observations._pages`.

        Raises:
            Refusal: It does.
        """
        if (number := number_of(edit.id)) is not None:
            refuse_late(self.pages, number, edit)

    def with_edit(self, edit: Edit, said: str) -> Saved:
        """Return what is said after one more edit; the oldest are forgotten."""
        if (number := number_of(edit.id)) is not None:
            return Saved(self.edits, with_number(self.pages, number, edit, said))
        newest = [*((one, digest) for one, digest in self.edits.items() if one != edit.id), (edit.id, said)]
        return Saved(dict(newest[-KEPT:]), self.pages)


def digest_of(edit: Edit) -> str:
    """Return what an edit says as 32 hexadecimal digits, whether or not it tells what was there before."""
    # Files of before changes told what they were made from hold the digests of edits without it; and those of before
    # an edit could be whole, of none that is.
    silent: dict[str, Any] = {"changes": {"__all__": {"was", "knew", "how"}}} | ({} if edit.whole else {"whole": True})
    said = edit.model_dump_json(exclude=silent)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def parse_saved(data: Mapping[str, Any], source: str) -> Saved:
    """Read what a file says of its edits; a file of before the pages counted, or without any, says less.

    Args:
        data: The whole file.
        source: Its name, for a sentence.

    Raises:
        Refusal: It is not what is written there.
    """
    found: list[Any] = []
    for part, kind in (("edits", _EDITS), ("pages", _PAGES)):
        try:
            found.append(kind.validate_python(data.get(part, {})))
        except ValidationError as error:
            raise Refusal(in_a_sentence(error, f"{source}, {part}")) from None
    return Saved(*found)

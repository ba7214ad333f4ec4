"""What a page asks over a widget's comm, numbered, and the reply that it waits for; see frontend/src/store/ask.ts.

Whoever holds the comm may write anything, so that every message is checked, and every number is answered.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError

from vigwidgets.contract import in_a_sentence
from vigwidgets.errors import Refusal

__all__ = ["CLOSED", "Numbered", "Replied", "reply_to"]

CLOSED = ConfigDict(extra="forbid", frozen=True)
"""How everything that may be asked is read: nothing is in it but what is named."""

Message = TypeVar("Message")
Replied = tuple[dict[str, Any], list[bytes]]
"""What is said, and the bytes that go beside it."""

_MISHAP = "Something went wrong in the kernel, which shows what; nothing was changed. Try again, or run the cell anew."


class Numbered(BaseModel, Generic[Message]):
    """A numbered request; the reply carries its number.

    A notebook that is open twice is two pages on one comm, and what is said here reaches both. Each page counts from a
    random place of its own, so that a page takes only its own replies.
    """

    model_config = CLOSED
    id: Annotated[StrictInt, Field(ge=0, le=2**53)]
    message: Message

    @property
    def page(self) -> int:
        """Which page asks, as frontend/src/store/asking.ts counts: each has room for 2**24 numbers."""
        return self.id >> 24


Asked = TypeVar("Asked", bound=Numbered[Any])


def reply_to(content: Any, kind: type[Asked], answer: Callable[[Asked], Replied], what: str) -> Replied | None:
    """Return the reply to whatever came over the comm; None where it has no number to reply to. It never raises.

    Args:
        content: What came.
        kind: What may be asked.
        answer: Returns the reply's value and its bytes; a `Refusal` goes to the page as it is, any other error is
            printed, and the page is told that something went wrong.
        what: What is read, for a sentence, such as ``"the widget's message"``.
    """
    number = content.get("id") if isinstance(content, dict) else None
    try:
        request = _read(content, kind, what)
        value, buffers = answer(request)
    except Exception as error:
        # Whatever it was, the page waits for an answer.
        if not isinstance(error, Refusal):
            traceback.print_exc()
        if not isinstance(number, int) or isinstance(number, bool):
            return None
        return {"id": number, "ok": False, "error": str(error) if isinstance(error, Refusal) else _MISHAP}, []
    return {"id": request.id, "ok": True, "value": value}, buffers


def _read(content: Any, kind: type[Asked], what: str) -> Asked:
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, what)) from None

"""What a browser may ask of a widget. Every message is checked: whoever holds the comm may write anything."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError

from vigwidgets.contract import SendEdit, SendPing, in_a_sentence
from vigwidgets.errors import Refusal

__all__ = ["AskExport", "AskFilm", "AskState", "Request", "SendEdit", "SendPing", "parse_request"]

_CLOSED = ConfigDict(extra="forbid", frozen=True)


class AskState(BaseModel):
    """The whole observation, please."""

    model_config = _CLOSED
    type: Literal["state"]


class AskFilm(BaseModel):
    """The next bytes of the film, from ``start`` on; of the second camera's where there is one."""

    model_config = _CLOSED
    type: Literal["film"]
    start: Annotated[StrictInt, Field(ge=0, le=2**40)]
    view: Literal["first", "second"] = "first"


class AskExport(BaseModel):
    """Films of what is in the clip tray, please."""

    model_config = _CLOSED
    type: Literal["export"]


class Request(BaseModel):
    """A numbered request; the reply carries its number.

    A notebook that is open twice is two pages on one comm, and what is said here reaches both. Each page counts from a
    random place of its own, so that a page takes only its own replies.
    """

    model_config = _CLOSED
    id: Annotated[StrictInt, Field(ge=0, le=2**53)]
    message: Annotated[AskState | AskFilm | AskExport | SendEdit | SendPing, Field(discriminator="type")]

    @property
    def page(self) -> int:
        """Which page asks, as frontend/src/store/asking.ts counts: each has room for 2**24 numbers."""
        return self.id >> 24


def parse_request(content: Any) -> Request:
    """Read a message that came over the comm.

    Raises:
        Refusal: It is not one of ours.
    """
    try:
        return Request.model_validate(content)
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, "the widget's message")) from None

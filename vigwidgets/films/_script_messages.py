"""What a browser may ask of a script's preview; whoever holds the comm may write anything, so that all is checked."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, ValidationError

from vigwidgets.contract import in_a_sentence
from vigwidgets.errors import Refusal
from vigwidgets.yamls import MAX_BYTES

__all__ = ["Ask", "AskCheck", "AskFilm", "AskFrame", "AskNews", "AskSheet", "Request", "SendDraw", "parse_request"]

_CLOSED = ConfigDict(extra="forbid", frozen=True)


class AskCheck(BaseModel):
    """Keep this text, and say whether it holds."""

    model_config = _CLOSED
    type: Literal["check"]
    text: Annotated[StrictStr, Field(max_length=MAX_BYTES)]


class AskFrame(BaseModel):
    """One moment of the last script that held, in microseconds."""

    model_config = _CLOSED
    type: Literal["frame"]
    at: Annotated[StrictInt, Field(ge=0, le=10**10)]
    second: StrictBool = False


class AskSheet(BaseModel):
    """Many moments of it on one page."""

    model_config = _CLOSED
    type: Literal["sheet"]


class AskNews(BaseModel):
    """Has the file changed, and how far is the film?"""

    model_config = _CLOSED
    type: Literal["news"]


class SendDraw(BaseModel):
    """Draw the whole film and put it into the library."""

    model_config = _CLOSED
    type: Literal["draw"]


class AskFilm(BaseModel):
    """The film, or its first seconds while the rest is drawn."""

    model_config = _CLOSED
    type: Literal["film"]
    part: Literal["first", "whole"]


Ask = AskCheck | AskFrame | AskSheet | AskNews | SendDraw | AskFilm


class Request(BaseModel):
    """A numbered request; the reply carries its number."""

    model_config = _CLOSED
    id: Annotated[StrictInt, Field(ge=0, le=2**53)]
    message: Annotated[Ask, Field(discriminator="type")]


def parse_request(content: Any) -> Request:
    """Read a message that came over the comm.

    Raises:
        Refusal: It is not one of ours.
    """
    try:
        return Request.model_validate(content)
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, "the preview's message")) from None

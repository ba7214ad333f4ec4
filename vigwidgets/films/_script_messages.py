"""What a browser may ask of a script's preview."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StrictBool, StrictInt, StrictStr

from vigwidgets.contract.asked import CLOSED, Numbered
from vigwidgets.yamls import MAX_BYTES

__all__ = ["Ask", "AskCheck", "AskFilm", "AskFrame", "AskNews", "AskSheet", "Request", "SendDraw"]


class AskCheck(BaseModel):
    """Keep this text, and say whether it holds."""

    model_config = CLOSED
    type: Literal["check"]
    text: Annotated[StrictStr, Field(max_length=MAX_BYTES)]


class AskFrame(BaseModel):
    """One moment of the last script that held, in microseconds."""

    model_config = CLOSED
    type: Literal["frame"]
    at: Annotated[StrictInt, Field(ge=0, le=10**10)]
    second: StrictBool = False


class AskSheet(BaseModel):
    """Many moments of it on one page."""

    model_config = CLOSED
    type: Literal["sheet"]


class AskNews(BaseModel):
    """Has the file changed, and how far is the film?"""

    model_config = CLOSED
    type: Literal["news"]


class SendDraw(BaseModel):
    """Draw the whole film and put it into the library."""

    model_config = CLOSED
    type: Literal["draw"]


class AskFilm(BaseModel):
    """The film, or its first seconds while the rest is drawn."""

    model_config = CLOSED
    type: Literal["film"]
    part: Literal["first", "whole"]


Ask = AskCheck | AskFrame | AskSheet | AskNews | SendDraw | AskFilm


class Request(Numbered[Annotated[Ask, Field(discriminator="type")]]):
    """A numbered request to a preview."""

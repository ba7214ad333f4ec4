"""What a browser may ask of a widget."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StrictInt

from vigwidgets.contract import SendEdit, SendPing
from vigwidgets.contract.asked import CLOSED, Numbered

__all__ = ["AskExport", "AskFilm", "AskState", "Request", "SendEdit", "SendPing"]


class AskState(BaseModel):
    """The whole observation, please."""

    model_config = CLOSED
    type: Literal["state"]


class AskFilm(BaseModel):
    """The next bytes of the film, from ``start`` on; of the second camera's where there is one."""

    model_config = CLOSED
    type: Literal["film"]
    start: Annotated[StrictInt, Field(ge=0, le=2**40)]
    view: Literal["first", "second"] = "first"


class AskExport(BaseModel):
    """Films of what is in the clip tray, please."""

    model_config = CLOSED
    type: Literal["export"]


class Request(Numbered[Annotated[AskState | AskFilm | AskExport | SendEdit | SendPing, Field(discriminator="type")]]):
    """A numbered request to a widget."""

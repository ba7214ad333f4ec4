"""A set of ratings: see examples, practise with feedback, then rate films blind and read how reliable one is."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from vigwidgets.curriculum._exercise import Name, Text

__all__ = ["RatingSet"]


class RatingSet(BaseModel):
    """One set, as its file ``sets/<id>.yaml`` says it.

    Attributes:
        id: Its name, which is also its file's name.
        version: Raised by the author whenever its films change.
        title: What a trainee reads.
        about: What it is for, in Markdown.
        content_note: What a trainee should know before watching.
        minutes: How long it takes.
        scheme: The rating scale.
        see: Films that are shown with their reference ratings.
        practise: Rating exercises with feedback at once.
        blind: Rating exercises whose feedback comes when the last of them is handed in, or is released.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Name
    version: Annotated[str, Field(min_length=1, max_length=20)]
    title: Annotated[Text, Field(max_length=120)]
    about: Text
    content_note: Text | None = None
    minutes: Annotated[int, Field(ge=1, le=960)]
    scheme: Name
    see: list[Name] = []
    practise: list[Name] = []
    blind: Annotated[list[Name], Field(min_length=1)]

    @property
    def exercises(self) -> list[str]:
        """Its exercises, in order."""
        return [*self.practise, *self.blind]

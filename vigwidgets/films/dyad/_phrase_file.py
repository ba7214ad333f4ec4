"""A phrase as it is written: acts and beats that many films share, with what may vary in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad._sentences import wrong
from vigwidgets.resources import resource_path
from vigwidgets.yamls import Lines, read_file

__all__ = ["Phrase", "Take", "known_phrases", "load_phrase", "parse_phrase"]

_NAME = r"^[a-z][a-z0-9_-]{0,39}$"
_Text = Annotated[str, Field(min_length=1, max_length=400)]
Is = Literal["person", "thing", "place", "act", "beat", "text", "seconds", "share", "level"]


class Take(BaseModel):
    """One parameter of a phrase.

    Attributes:
        kind: What it is: somebody of the cast, a thing, a place, an act's or a beat's id, words, seconds, a share
            from 0 to 1, or a level from 0 to 4.
        default: What it is when a film does not say; without one, a film must say.
        least: The least number allowed.
        most: The greatest number allowed.
        says: What it changes, in a way that can be counted.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    kind: Annotated[Is, Field(alias="is")]
    default: str | int | float | None = None
    optional: bool = False
    least: Annotated[float, Field(alias="from", ge=0, le=600)] = 0.0
    most: Annotated[float, Field(alias="to", ge=0, le=600)] = 60.0
    says: _Text

    @property
    def required(self) -> bool:
        """Whether a film must give it."""
        return self.default is None and not self.optional


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=_NAME)]
    says: _Text
    takes: Annotated[dict[Annotated[str, Field(pattern=_NAME)], Take], Field(max_length=40)]
    acts: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=60)]
    beats: Annotated[list[dict[str, Any]], Field(max_length=30)] = []


class Phrase(_Written):
    """A phrase with the lines of its file.

    Attributes:
        lines: Where its acts and beats stand, for messages.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    lines: Annotated[Any, Field(exclude=True)] = None

    def line(self, kind: str, i: int) -> str:
        """Return where the ``i``-th act or beat stands: ``phrases/peekaboo.yaml, line 9``, or a line of the script."""
        line = f"line {self.lines.of((kind, i))}"
        return f"{self.id!r}, {line}" if self.lines.inside else f"phrases/{self.lines.source}, {line}"


def parse_phrase(data: Any, lines: Lines, place: tuple[str | int, ...] = ()) -> Phrase:
    """Read a phrase from plain data that stands at ``place`` in its file.

    Raises:
        Refusal: It is not a phrase; the sentence names file and line.
    """
    if not isinstance(data, dict):
        raise lines.refusal(place, "this is not a phrase; write `id:`, `says:`, `takes:` and `acts:`.")
    try:
        phrase = Phrase.model_validate({**data, "lines": _Below(lines, place)})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = tuple(str(part) if not isinstance(part, int) else part for part in first["loc"])
        name = ".".join(map(str, where)) or "the phrase"
        if first["type"] in ("missing", "extra_forbidden"):
            what = "is missing; add it." if first["type"] == "missing" else "is not a known name; take it out."
            raise lines.refusal((*place, *where), f"`{name}` {what}") from None
        raise lines.refusal((*place, *where), f"`{name}` {wrong(first)}") from None
    nested = next((i for i, act in enumerate(phrase.acts) if "play" in act), None)
    if nested is not None:
        raise lines.refusal(
            (*place, "acts", nested),
            f"{phrase.id!r} plays the phrase {str(phrase.acts[nested]['play'])[:40]!r}; a phrase cannot play another: "
            "write its acts here, or play both in the film.",
        )
    for kind, items in (("acts", phrase.acts), ("beats", phrase.beats)):
        for i, item in enumerate(items):
            if not isinstance(item.get("id"), str) or not re.match(_NAME, item["id"]):
                raise lines.refusal(
                    (*place, kind, i), f"one of its {kind} has no `id` in small letters; films name it by that."
                )
    return phrase


class _Below(Lines):
    """The lines of a part of a file; ``inside``: of a script that has the phrase within it."""

    def __init__(self, lines: Lines, place: tuple[str | int, ...]) -> None:
        super().__init__(lines.source, {})
        self._all, self._place = lines, place
        self.inside = bool(place)

    def of(self, place: tuple[str | int, ...]) -> int:
        return self._all.of((*self._place, *place))


def known_phrases(folder: Path | None = None) -> dict[str, Path]:
    """Return the phrases' files by id: the course's, and those in ``phrases/`` beside the script.

    Args:
        folder: The script's own folder.
    """
    found = {path.stem: path for path in sorted(_shared().glob("*.yaml"))}
    if folder is not None:
        found |= {path.stem: path for path in sorted((folder / "phrases").glob("*.yaml"))}
    return found


def _shared() -> Path:
    try:
        return resource_path("course/films/phrases")
    except Refusal:
        return Path("nowhere")


def load_phrase(path: Path) -> Phrase:
    """Read a phrase's file.

    Raises:
        Refusal: It cannot be read, or is no phrase, or its name is not the file's.
    """
    data, lines = read_file(path)
    phrase = parse_phrase(data, lines)
    if phrase.id != path.stem:
        raise lines.refusal(("id",), f"id is {phrase.id!r}; allowed is the file's own name, {path.stem!r}.")
    return phrase

"""A film script as it is written, and as it is after its times have been worked out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from vigwidgets.contract import Member

__all__ = [
    "FRAME",
    "Act",
    "ActLine",
    "BeatLine",
    "Looks",
    "OpenLine",
    "Person",
    "Script",
    "ScriptBeat",
    "ScriptFile",
    "ScriptOpen",
    "Thing",
]

FRAME = 40_000
"""Length of one frame in microseconds: films are drawn at 25 frames a second."""

_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
Name = Annotated[str, Field(pattern=_ID)]
Seconds = Annotated[float, Field(ge=0, le=600, allow_inf_nan=False)]
Moment = Seconds | Annotated[str, Field(min_length=1, max_length=120)]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Looks(_Written):
    """How a person is drawn."""

    skin: Literal["porcelain", "peach", "olive", "brown", "deep"] = "peach"
    hair: Literal["fair", "red", "brown", "black", "grey"] = "brown"
    style: Literal["bun", "bob", "short", "tuft"] = "bun"
    dress: Literal["teal", "plum", "navy", "sage", "mustard", "rose", "sky"] = "teal"
    glasses: bool = False


class Person(_Written):
    """One member of the cast, with looks."""

    id: Name
    role: Literal["child", "parent", "client", "guider", "supervisor", "relative", "worker", "visitor"]
    name: Annotated[str, Field(min_length=1, max_length=80)]
    looks: Looks = Looks()

    @property
    def baby(self) -> bool:
        """Whether the person is drawn as a baby."""
        return self.role == "child"

    @property
    def member(self) -> Member:
        """The person as the contract knows a member of a cast."""
        return Member(id=self.id, role=self.role, name=self.name)


class Thing(_Written):
    """Something to play with.

    Attributes:
        at: Where it lies on the rug, from 0 (by the adult's knees) to 1 (by the baby's feet).
        on: The thing that it stands on, instead of ``at``.
    """

    id: Name
    kind: Literal["block", "rattle"]
    colour: Literal["red", "yellow", "blue", "green", "orange", "violet"] = "red"
    at: Annotated[float, Field(ge=0, le=1)] | None = None
    on: Name | None = None


class ActLine(_Written):
    """One act as it is written: what is drawn or heard."""

    id: Name | None = None
    actor: Name
    does: Annotated[str, Field(max_length=40)]
    start: Moment
    duration: Annotated[float, Field(gt=0, le=120, allow_inf_nan=False)]
    target: Name | None = None
    thing: Name | None = None
    text: Annotated[str, Field(min_length=1, max_length=160)] | None = None
    tone: Literal["plain", "warm", "playful", "wondering", "limit"] | None = None
    about: Name | None = None
    echoes: Name | None = None
    at: Annotated[float, Field(ge=0, le=1)] | None = None
    on: Name | None = None
    amount: Annotated[float, Field(gt=0, le=1)] | None = None


class BeatLine(_Written):
    """One beat as it is written: what an expert codes."""

    id: Name
    codes: Annotated[list[Name], Field(min_length=1, max_length=20)]
    actor: Name
    target: Name
    acts: Annotated[list[Name], Field(min_length=1, max_length=40)]
    start: Annotated[Moment | None, Field(alias="from")] = None
    end: Annotated[Moment | None, Field(alias="to")] = None
    edge: Annotated[float, Field(ge=0.04, le=5)] = 0.4
    says: Annotated[str, Field(min_length=1, max_length=400)]
    answers: Name | None = None
    not_for_parent: bool = False


class OpenLine(_Written):
    """A stretch that counts neither way, as it is written."""

    start: Annotated[Moment, Field(alias="from")]
    end: Annotated[Moment, Field(alias="to")]
    why: Annotated[str, Field(min_length=1, max_length=400)]


class ScriptFile(_Written):
    """A film script as it is written in YAML; times are seconds, or said in words."""

    id: Name
    title: Annotated[str, Field(min_length=1, max_length=200)]
    scheme: Name = "paig"
    question: Annotated[str, Field(max_length=300)] = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    scene: Literal["rug"] = "rug"
    duration: Annotated[float, Field(ge=2, le=600, allow_inf_nan=False)]
    seed: Annotated[int, Field(ge=0, le=2**31)] = 1
    poster: Moment | None = None
    cast: Annotated[list[Person], Field(min_length=2, max_length=2)]
    things: Annotated[list[Thing], Field(max_length=12)] = []
    acts: Annotated[list[ActLine], Field(min_length=1, max_length=2000)]
    beats: Annotated[list[BeatLine], Field(max_length=500)]
    open: Annotated[list[OpenLine], Field(max_length=100)] = []


class Act(_Written):
    """One act with its times worked out: microseconds, on frame edges, half-open."""

    id: str
    actor: str
    does: str
    start: int
    end: int
    target: str | None = None
    thing: str | None = None
    text: str | None = None
    tone: str | None = None
    about: str | None = None
    echoes: str | None = None
    at: float | None = None
    on: str | None = None
    amount: float = 1.0

    @property
    def seconds(self) -> float:
        """How long it lasts, in seconds."""
        return (self.end - self.start) / 1e6

    def overlaps(self, start: int, end: int) -> bool:
        """Whether some of it lies in [start, end), in microseconds."""
        return self.start < end and start < self.end


class ScriptBeat(_Written):
    """One beat with its times worked out, in microseconds."""

    id: str
    codes: list[str]
    actor: str
    target: str
    acts: list[str]
    start: int
    end: int
    edge: int
    says: str
    answers: str | None
    not_for_parent: bool


class ScriptOpen(_Written):
    """An open stretch with its times worked out, in microseconds."""

    start: int
    end: int
    why: str


class Script(_Written):
    """A film script, ready to be checked and drawn.

    Attributes:
        poster: The moment that stands for the film, in microseconds.
        source: The file that it came from, for messages.
        lines: The line of each act, beat and open stretch, such as ``{"act:wave": 31}``.
    """

    id: str
    title: str
    scheme: str
    question: str
    language: str
    duration: int
    seed: int
    poster: int | None = None
    cast: list[Person]
    things: list[Thing]
    acts: list[Act]
    beats: list[ScriptBeat]
    open: list[ScriptOpen]
    source: str = "the script"
    lines: dict[str, int] = {}

    @property
    def frames(self) -> int:
        """How many frames the film has."""
        return self.duration // FRAME

    @property
    def adult(self) -> Person:
        """The grown person, who sits on the left."""
        return next(person for person in self.cast if not person.baby)

    @property
    def child(self) -> Person:
        """The baby, who sits on the right."""
        return next(person for person in self.cast if person.baby)

    def other(self, person: str) -> str:
        """Return the id of the other one of the two."""
        return next(one.id for one in self.cast if one.id != person)

    def by_id(self) -> dict[str, Act]:
        """Return the acts by their ids."""
        return {act.id: act for act in self.acts}

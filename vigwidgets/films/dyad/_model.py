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
    "Described",
    "DescribedLine",
    "Looks",
    "OpenLine",
    "Person",
    "RatingLine",
    "Script",
    "ScriptBeat",
    "ScriptFile",
    "ScriptOpen",
    "Shot",
    "ShotLine",
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


Age = Literal["newborn", "4m", "9m", "18m", "5y", "8y", "adult", "older"]
Camera = Literal["two", "baby", "parent", "over_shoulder", "wide"]
Scene = Literal["rug", "sofa", "kitchen", "changing", "bath", "nursery", "review"]


class Looks(_Written):
    """How a person is drawn.

    Attributes:
        style: How the hair is worn, or what covers it; by age when it is left out.
        figure: ``woman`` or ``man``: how a grown person is built; a beard means ``man``.
    """

    skin: Literal["porcelain", "peach", "olive", "golden", "brown", "deep"] = "peach"
    hair: Literal["fair", "red", "auburn", "brown", "black", "grey", "white"] = "brown"
    style: Literal["bun", "bob", "long", "curls", "plait", "short", "tuft", "bald", "headscarf"] | None = None
    beard: Literal["none", "stubble", "short", "full"] = "none"
    figure: Literal["woman", "man"] | None = None
    dress: Literal[
        "teal", "plum", "navy", "sage", "mustard", "rose", "sky", "coral", "slate", "ochre", "cream", "forest",
        "lilac", "denim", "brick",
    ] = "teal"  # fmt: skip
    pattern: Literal["plain", "stripes", "dots"] = "plain"
    glasses: bool = False


class Person(_Written):
    """One member of the cast, with looks.

    Attributes:
        age: Left out, a child is nine months old and everybody else is grown.
        seat: Where they are: ``left``, ``right``, ``middle``, ``high_chair``, ``mat``, ``bouncer``, ``standing`` or
            ``lap:`` with somebody's id; chosen by age and scene when it is left out.
    """

    id: Name
    role: Literal["child", "parent", "client", "guider", "supervisor", "relative", "worker", "visitor"]
    name: Annotated[str, Field(min_length=1, max_length=80)]
    age: Age | None = None
    looks: Looks = Looks()
    seat: Annotated[str, Field(max_length=80)] | None = None

    @property
    def stage(self) -> Age:
        """The age, told or by role."""
        return self.age or ("9m" if self.role == "child" else "adult")

    @property
    def grown(self) -> bool:
        """Whether the person is grown."""
        return self.stage in ("adult", "older")

    @property
    def baby(self) -> bool:
        """Whether the person is a child under two."""
        return self.stage in ("newborn", "4m", "9m", "18m")

    @property
    def member(self) -> Member:
        """The person as the contract knows a member of a cast."""
        return Member(id=self.id, role=self.role, name=self.name)


class Thing(_Written):
    """Something to play with.

    Attributes:
        at: Where it lies on the rug, from 0 (by the adult's knees) to 1 (by the baby's feet).
        on: The thing that it stands on, instead of ``at``.
        front: Whether it lies nearer to the viewer than the line of the others, and so in nobody's way to them.
        kept: Whether it is in somebody's pocket when nobody has it in hand, and so not to be seen.
    """

    id: Name
    kind: Literal["block", "rattle", "bell", "ring", "book", "toy", "spoon", "cup", "ball"]
    colour: Literal["red", "yellow", "blue", "green", "orange", "violet"] = "red"
    at: Annotated[float, Field(ge=0, le=1)] | None = None
    on: Name | None = None
    front: bool = False
    kept: bool = False


class ActLine(_Written):
    """One act as it is written: what is drawn or heard.

    Attributes:
        duration: In seconds; eyes may be left without: they stay until that person's next look, or to the end.
    """

    id: Name | None = None
    actor: Name
    does: Annotated[str, Field(max_length=40)]
    start: Moment
    duration: Annotated[float, Field(gt=0, le=120, allow_inf_nan=False)] | None = None
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
    scheme: Name | None = None


class RatingLine(_Written):
    """One item of a rating scale with the level that the film shows: its truth for raters.

    Attributes:
        scheme: The scale.
        item: Which item of it.
        of: The child who is rated.
        level: The step of the scale.
        says: What in the film makes it so, for the trainee.
    """

    scheme: Literal["adbb", "m-adbb"] = "adbb"
    item: Name
    of: Name
    level: Annotated[int, Field(ge=0, le=4)]
    says: Annotated[str, Field(min_length=1, max_length=400)]


class DescribedLine(_Written):
    """What is to be seen at a moment, in words for somebody who does not see it."""

    at: Moment
    text: Annotated[str, Field(min_length=1, max_length=240)]


class OpenLine(_Written):
    """A stretch that counts neither way, as it is written."""

    start: Annotated[Moment, Field(alias="from")]
    end: Annotated[Moment, Field(alias="to")]
    why: Annotated[str, Field(min_length=1, max_length=400)]


class ShotLine(_Written):
    """From when on which camera sees the film, as it is written.

    Attributes:
        of: Whom a close-up or the far side of an over-the-shoulder shows, when there is a choice.
        second: The camera of the second, synchronous picture from then on.
    """

    start: Annotated[Moment, Field(alias="from")] = 0.0
    camera: Camera
    of: Name | None = None
    second: Camera | None = None


class ScreenLine(_Written):
    """What the screen of a review shows, as it is written: a moment of another film, in seconds."""

    film: Name
    at: Annotated[float, Field(ge=0, le=600, allow_inf_nan=False)]


class ScriptFile(_Written):
    """A film script as it is written in YAML; times are seconds, or said in words."""

    id: Name
    title: Annotated[str, Field(min_length=1, max_length=200)]
    scheme: Name = "paig"
    question: Annotated[str, Field(max_length=300)] = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    scene: Scene = "rug"
    duration: Annotated[float, Field(ge=2, le=600, allow_inf_nan=False)]
    seed: Annotated[int, Field(ge=0, le=2**31)] = 1
    poster: Moment | None = None
    cast: Annotated[list[Person], Field(min_length=2, max_length=5)]
    shots: Annotated[list[ShotLine], Field(max_length=100)] = []
    second_view: Camera | None = None
    screen: ScreenLine | None = None
    things: Annotated[list[Thing], Field(max_length=12)] = []
    acts: Annotated[list[ActLine], Field(min_length=1, max_length=2000)]
    beats: Annotated[list[BeatLine], Field(max_length=500)]
    open: Annotated[list[OpenLine], Field(max_length=100)] = []
    also: Annotated[list[Name], Field(max_length=4)] = []
    ratings: Annotated[list[RatingLine], Field(max_length=40)] = []
    described: Annotated[list[DescribedLine], Field(max_length=200)] = []


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
    scheme: str | None = None


class Described(_Written):
    """A described moment with its time worked out, in microseconds."""

    at: int
    text: str


class ScriptOpen(_Written):
    """An open stretch with its times worked out, in microseconds."""

    start: int
    end: int
    why: str


class Shot(_Written):
    """One shot with its time worked out, in microseconds."""

    start: int
    camera: Camera
    of: str | None = None
    second: Camera | None = None


class Clip(_Written):
    """A moment of another film, on the screen of a review; its time is in microseconds."""

    script: Script
    at: int


class Script(_Written):
    """A film script, ready to be checked and drawn.

    Attributes:
        poster: The moment that stands for the film, in microseconds.
        source: The file that it came from, for messages.
        also: Further schemes that some of the beats are in.
        ratings: What the film shows on rating scales.
        described: What is to be seen, in words.
        clip: What the screen of a review shows.
        translations: What acts say in further languages.
        lines: The line of each act, beat and open stretch, such as ``{"act:wave": 31}``; text where a phrase wrote it.
    """

    id: str
    title: str
    scheme: str
    question: str
    language: str
    duration: int
    seed: int
    poster: int | None = None
    scene: Scene = "rug"
    shots: list[Shot] = []
    second_view: Camera | None = None
    cast: list[Person]
    things: list[Thing]
    acts: list[Act]
    beats: list[ScriptBeat]
    open: list[ScriptOpen]
    also: list[str] = []
    ratings: list[RatingLine] = []
    described: list[Described] = []
    clip: Clip | None = None
    translations: dict[str, dict[str, str]] = {}
    source: str = "the script"
    lines: dict[str, int | str] = {}

    @property
    def frames(self) -> int:
        """How many frames the film has."""
        return self.duration // FRAME

    @property
    def adult(self) -> Person:
        """The first grown person of the cast; without one, the first who is no baby."""
        grown = [person for person in self.cast if person.grown]
        return (grown or [person for person in self.cast if not person.baby] or self.cast)[0]

    @property
    def child(self) -> Person:
        """The first child of the cast; without one, the second person."""
        return next((person for person in self.cast if not person.grown), self.cast[-1])

    @property
    def two_views(self) -> bool:
        """Whether a second, synchronous picture is asked for."""
        return self.second_view is not None or any(shot.second for shot in self.shots)

    def person(self, name: str) -> Person:
        """Return a member of the cast by id."""
        return next(person for person in self.cast if person.id == name)

    def by_id(self) -> dict[str, Act]:
        """Return the acts by their ids."""
        return {act.id: act for act in self.acts}

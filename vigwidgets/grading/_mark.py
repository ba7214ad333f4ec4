"""What marking an observation gives: pairs, differences and figures, as data that is kept and shown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from vigwidgets.agreement import Proportion
from vigwidgets.contract import Beat, Tag
from vigwidgets.curriculum import Policy

__all__ = ["Again", "Answer", "Figures", "LaneMark", "Mark", "Marked", "PanelNote", "Seen", "Share", "TimeAgreement"]

Part = Annotated[float, Field(ge=0, le=1)]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Share(_Data):
    """So many of so many, with the 95 % interval that so few cases allow.

    Attributes:
        count: How many.
        n: Of how many.
        value: Their ratio, 0 to 1; None when ``n`` is 0.
        low: The interval's lower end; None when ``n`` is 0.
        high: Its upper end.
    """

    count: int
    n: int
    value: Part | None
    low: Part | None
    high: Part | None

    @classmethod
    def of(cls, proportion: Proportion) -> Share:
        """Return a proportion as data."""
        p = proportion
        return cls(count=p.count, n=p.n, value=p.value, low=p.low, high=p.high)


class TimeAgreement(_Data):
    """Agreement by units of time.

    Attributes:
        kappa: Cohen's kappa; None where it has no meaning.
        agreement: The part of the counted units in which both said the same.
        units: How many units were counted.
        shown: In how many of them at least one of the two saw something; with few, kappa says little.
        unit_ms: The length of a unit in milliseconds.
    """

    kappa: Annotated[float, Field(ge=-1, le=1)] | None
    agreement: Part | None
    units: int
    shown: int
    unit_ms: int


class Figures(_Data):
    """How near a trainee's tags are to an expert's beats.

    Attributes:
        seen: Beats that a tag agrees with.
        missed: All other beats.
        nearly: How many of the missed have a tag beside them, with another name or another boundary.
        extra: Tags that agree with no beat.
        alone: How many of the extra have no beat beside them either.
        recall: ``seen`` of all beats.
        precision: ``seen`` of all tags that count.
        f1: The harmonic mean of both; None where there is neither beat nor tag.
        time: Agreement by units of time; None where nothing lasts.
        sentence: The same in words.
    """

    seen: int
    missed: int
    nearly: int
    extra: int
    alone: int
    recall: Share
    precision: Share
    f1: Part | None
    time: TimeAgreement | None
    sentence: str


class LaneMark(Figures):
    """The figures of one lane: the child's initiatives, or a principle.

    Attributes:
        lane: Its code.
        label: Its name.
        colour: Its colour on the timeline, if the scheme gives one.
    """

    lane: str
    label: str
    colour: str | None


class Seen(_Data):
    """A moment seen as the expert saw it.

    Attributes:
        beat: What the expert saw.
        tag: The tag that agrees with it.
        also: More tags on other lanes that are right names for the same moment.
        lane: The lane on which it counts: where it was named, or, if that lane does not count, that of the beat's
            first code.
        exact: Whether the tag names a behaviour (or principle) that the beat names, not only its principle.
        start_off_s: How many seconds the tag begins after the beat (below 0: before).
        end_off_s: Likewise for the end; None where one of the two has no end.
        start: Where to begin playing, film time in microseconds.
        end: Where to stop.
        sentence: The same in words.
    """

    beat: Beat
    tag: Tag
    also: list[Tag]
    lane: str
    exact: bool
    start_off_s: float
    end_off_s: float | None
    start: int
    end: int
    sentence: str


class Again(_Data):
    """A moment worth another look.

    Attributes:
        kind: ``missed``: only the expert saw it. ``extra``: only the trainee did. ``other_name``: both saw something
            there and named it, or who did it, differently. ``other_boundary``: the same, at another time.
        beat: What the expert saw; None for ``extra``.
        tag: What the trainee saw; None for ``missed``.
        lane: The lane it belongs to: the beat's, or else the tag's.
        start: Where to begin playing, film time in microseconds.
        end: Where to stop.
        sentence: What to look at, in one kind sentence.
    """

    kind: Literal["missed", "extra", "other_name", "other_boundary"]
    beat: Beat | None
    tag: Tag | None
    lane: str
    start: int
    end: int
    sentence: str


class Answer(_Data):
    """An initiative and its reception: shown, never graded.

    Attributes:
        initiative: The beat that begins.
        reception: The beat that answers it.
        seconds: From the beginning of one to the beginning of the other, as the expert has it.
        own_seconds: Likewise from the trainee's tags; None unless both were seen.
        start: Where to begin playing, film time in microseconds.
        end: Where to stop.
    """

    initiative: str
    reception: str
    seconds: float
    own_seconds: float | None
    start: int
    end: int


class PanelNote(_Data):
    """What the experts of a panel are to each other, so that nobody is asked for more than they reach.

    Attributes:
        experts: How many they are.
        against: How their key was used: ``consensus``, ``nearest`` or ``distribution``.
        quorum: More than this part of them made a consensus.
        among: How far they agree among themselves, a sentence for each figure.
        low: The lowest figure that one of them reaches, marked against the others; None: there are no others.
        high: The highest.
    """

    experts: int
    against: str
    quorum: float
    among: list[str]
    low: Part | None
    high: Part | None


class Marked(_Data):
    """What the marks of every kind of exercise hold. It is about training, never about a family.

    Attributes:
        observation: The observation's id.
        observation_sha256: Its content's hash, which the receipt names too.
        film: The film's id.
        exercise: The exercise's id, where it was marked for one.
        exercise_version: The version of the exercise whose policy was used.
        summary: A few sentences, strengths first.
    """

    observation: str
    observation_sha256: str
    film: str
    exercise: str | None = None
    exercise_version: str | None = None
    summary: list[str]

    @property
    def measured(self) -> float | None:
        """The one figure that a gradebook needs, 0 to 1; None where there is none."""
        return None


class Mark(Marked):
    """How one observation's tags agree with what there was to be seen.

    Attributes:
        policy: What counted.
        overall: The figures of all lanes together.
        lanes: The figures of each lane that counts and on which anybody saw anything.
        seen: Moments seen as the expert saw them, in film order.
        again: Moments worth another look, in film order.
        answers: Initiatives and their receptions, in film order.
        aside: Tags that count neither way, because they lie in an open stretch, or on a lane that does not count
            without being a right name for a beat that does, or, against a panel, because only a few experts saw that.
        panel: What the experts are to each other; None: the key is the film's own truth.
        weighted: F1 with each moment weighed by the part of the experts who saw it; None unless marked so.
    """

    format: Literal["vig-mark"] = "vig-mark"
    version: Literal[1] = 1
    policy: Policy
    overall: Figures
    lanes: list[LaneMark]
    seen: list[Seen]
    again: list[Again]
    answers: list[Answer]
    aside: list[Tag]
    panel: PanelNote | None = None
    weighted: Part | None = None

    @property
    def measured(self) -> float | None:
        """F1 over all moments, weighed where the experts' distribution is the key."""
        return self.overall.f1 if self.weighted is None else self.weighted

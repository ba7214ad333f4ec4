"""Everything that a picture needs to know of one person at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from vigwidgets.films.dyad._forms import FORMS, Form

__all__ = ["Face", "Hand", "Pose", "Seat"]

Point = tuple[float, float]


@dataclass(frozen=True)
class Seat:
    """Where and how a person sits, in the picture's units (1280 × 720).

    Attributes:
        hip: The hips on the rug.
        facing: 1 toward the right, -1 toward the left.
        neck: Base of the neck from the hips; x is forward.
        head: Middle of the head from the base of the neck; x is forward.
        radius: Half-width and half-height of the head.
        shoulder: The nearer shoulder from the hips; x is forward.
        far_shoulder: The other one.
        arm: Lengths of upper arm and forearm.
        rest: Where the nearer hand rests, from the hips.
        far_rest: Where the other hand rests.
        hold: Where something held is kept.
        eye_lat: How high the eyes lie on the head, in degrees.
        form: Face and hands.
        posture: ``floor``, ``knees`` (drawn up, with a baby on them), ``chair``, ``stand``, ``recline`` or ``tray``.
        scale: Size of the body; points from the hips are given for 1.
        tilt: How far the whole body lies back, in radians.
        pillow: Which share of that the head goes along with: one that leans on the back of a bouncer is held up.
        man: Whether the body is a man's.
        holds: Who sits or lies on the lap.
        depth: What is drawn first: less is farther away.
    """

    hip: Point
    facing: int
    neck: Point
    head: Point
    radius: tuple[float, float]
    shoulder: Point
    far_shoulder: Point
    arm: tuple[float, float]
    rest: Point
    far_rest: Point
    hold: Point
    eye_lat: float
    form: Form = FORMS["adult"]
    posture: str = "floor"
    scale: float = 1.0
    tilt: float = 0.0
    pillow: float = 0.86
    man: bool = False
    holds: str | None = None
    depth: float = 0.0

    @property
    def baby(self) -> bool:
        """Whether the body is a small child's."""
        return self.form.baby

    @property
    def roll(self) -> float:
        """How far the head is turned with a body that lies back, in radians, clockwise."""
        return -self.facing * self.tilt * self.pillow


@dataclass(frozen=True)
class Face:
    """What a face shows; every value from 0 to 1.

    A frown is cross or strained (brows down, lips pressed), ``sad`` weighed down (inner brows up, corners down),
    ``fuss`` the puckered, square-mouthed trouble of a baby that ``cry`` ends in. ``raised`` are brows that go along
    with speech; ``lids`` tells how far the lids follow eyes that look down: less when these rest on somebody.
    ``talk`` is a voice that is on: it takes the mouth from a smile, which stays in eyes, brows and cheeks.
    """

    smile: float = 0.0
    laugh: float = 0.0
    frown: float = 0.0
    sad: float = 0.0
    fuss: float = 0.0
    raised: float = 0.0
    lids: float = 1.0
    surprise: float = 0.0
    blink: float = 0.0
    open: float = 0.0
    round: float = 0.0
    talk: float = 0.0
    blank: float = 0.0
    cry: float = 0.0
    tears: float = 0.0


@dataclass(frozen=True)
class Hand:
    """One hand.

    Attributes:
        at: Middle of the palm.
        shape: ``rest``, ``open``, ``point``, ``hold``, ``cover`` or ``flat``.
        turn: Extra turn of the hand in radians.
        front: Whether the forearm passes before the body and head.
        aim: What a finger points at; the hand goes on in the arm's direction without.
    """

    at: Point
    shape: str = "rest"
    turn: float = 0.0
    front: bool = True
    aim: Point | None = None


@dataclass(frozen=True)
class Pose:
    """One person at one moment.

    Attributes:
        lean: Forward lean of the upper body, in radians.
        lift: How far the body is lifted by a bounce, in units.
        breath: -1 (out) to 1 (in).
        head: Middle of the head.
        neck: Base of the neck.
        yaw: Turn of the head in radians; positive is toward the right of the picture.
        pitch: Positive is looking down.
        roll: Positive is a tilt clockwise.
        gaze: The point that the eyes are aimed at.
        shift: While eyes go from one goal to another: both, and which share of the way they have gone.
        kick: Phase of kicking legs, 0 when still.
        step: Phase of walking legs in radians, 0 when standing.
        slump: How far the body sinks into itself, 0 to 1.
    """

    seat: Seat
    lean: float
    lift: float
    breath: float
    head: Point
    neck: Point
    yaw: float
    pitch: float
    roll: float
    gaze: Point
    face: Face
    near: Hand
    far: Hand
    kick: float
    sway: float
    step: float = 0.0
    slump: float = 0.0
    shift: tuple[Point, Point, float] | None = None

"""How people of each age are made: head, face and hands, as numbers that the drawing takes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vigwidgets.films.dyad._model import Age, Looks, Person

__all__ = ["FORMS", "Form", "form_of"]


@dataclass(frozen=True)
class Form:
    """What is particular to a face and to hands.

    Attributes:
        stage: The age that it is of.
        youth: 1 has a baby's outline of the head, 0 a grown person's.
        eye: Degrees from the middle of the face to an eye, half its width in degrees, half its height in radii.
        mouth: Degrees below the middle of the face, and half the width in degrees.
        nose: ``button``, ``small``, ``fine``, ``broad`` or ``long``.
        brow: Width and opacity of the brows.
        brow_high: Degrees above the eyes.
        lash: Whether the lashes end in a little stroke.
        teeth: 0 gums, 1 two lower teeth, 2 a row.
        lines: How lined the face is, 0 to 1.
        jaw: Width of the lower face, 1 is usual.
        chin: Length of the chin, 1 is usual.
        hand: Radius of the palm.
        lips: Width of the line of the lips.
    """

    stage: Age
    youth: float
    eye: tuple[float, float, float]
    mouth: tuple[float, float]
    nose: str
    brow: tuple[float, float]
    brow_high: float
    lash: bool
    teeth: int
    lines: float = 0.0
    jaw: float = 1.0
    chin: float = 1.0
    hand: float = 24.0
    lips: float = 4.6

    @property
    def baby(self) -> bool:
        """Whether it is a baby's face."""
        return self.youth > 0.7


FORMS: dict[Age, Form] = {
    "newborn": Form(
        "newborn",
        1.0,
        (22.0, 12.2, 0.165),
        (-38.0, 11.5),
        "button",
        (3.0, 0.6),
        20.0,
        False,
        0,
        hand=18.0,
        lips=4.0,
        jaw=0.98,
    ),
    "4m": Form(
        "4m",
        1.0,
        (23.0, 13.0, 0.225),
        (-38.0, 13.6),
        "button",
        (3.6, 0.78),
        23.0,
        False,
        0,
        hand=18.0,
        lips=4.2,
        jaw=1.03,
    ),
    "9m": Form(
        "9m", 1.0, (23.0, 13.2, 0.235), (-38.0, 15.0), "button", (4.2, 0.85), 24.0, False, 1, hand=18.0, lips=4.2
    ),
    "18m": Form(
        "18m",
        0.84,
        (22.6, 12.8, 0.222),
        (-37.5, 15.6),
        "button",
        (4.4, 0.8),
        23.5,
        False,
        2,
        hand=18.0,
        lips=4.2,
        jaw=0.98,
    ),
    "5y": Form("5y", 0.52, (22.6, 12.3, 0.2), (-37.0, 16.4), "small", (4.8, 0.85), 22.5, False, 2, hand=20.0, lips=4.2),
    "8y": Form(
        "8y", 0.32, (22.5, 11.9, 0.186), (-37.0, 17.0), "small", (5.2, 0.88), 22.0, False, 2, hand=21.0, lips=4.3
    ),
    "adult": Form("adult", 0.0, (22.5, 11.6, 0.172), (-37.0, 18.0), "fine", (6.2, 0.95), 21.0, True, 2),
    "older": Form(
        "older",
        0.14,
        (22.5, 11.2, 0.152),
        (-38.0, 17.0),
        "long",
        (5.0, 0.75),
        20.0,
        False,
        2,
        lines=1.0,
        jaw=1.05,
        lips=3.8,
    ),
}
"""The usual form of each age."""

_MAN = {
    "nose": "broad",
    "brow": (8.4, 1.0),
    "brow_high": 18.5,
    "lash": False,
    "jaw": 1.1,
    "chin": 1.06,
    "hand": 27.0,
    "lips": 3.8,
}
_NOSES = ("fine", "broad", "long")


def is_man(looks: Looks) -> bool:
    """Whether a grown person is built as a man: told, or by the beard."""
    return looks.figure == "man" or (looks.figure is None and looks.beard != "none")


def form_of(person: Person) -> Form:
    """Return a person's form; people of one age still differ a little, by their names."""
    form = FORMS[person.stage]
    number = sum(ord(letter) * (i + 3) for i, letter in enumerate(person.id))
    if person.grown and is_man(person.looks):
        form = replace(form, **{**_MAN, "eye": (form.eye[0], form.eye[1] * 0.97, form.eye[2] * 0.9)})  # type: ignore[arg-type]
    elif person.stage == "adult" and person.role not in ("parent", "client"):
        form = replace(form, nose=_NOSES[number % 3], jaw=(1.0, 1.06, 0.95)[number // 3 % 3])
    wide = (0.0, 0.5, -0.5, 0.8)[number % 4] if person.stage != "9m" else 0.0
    return replace(form, eye=(form.eye[0] + wide, form.eye[1], form.eye[2]))

"""One person, whole, but for what lies before the body: that is drawn when everybody is there."""

from __future__ import annotations

from vigwidgets.films.dyad._body import draw_arm, draw_body
from vigwidgets.films.dyad._guest import draw_badge, draw_bag, wears_badge
from vigwidgets.films.dyad._hair import draw_drape, draw_hair_behind
from vigwidgets.films.dyad._head import draw_head
from vigwidgets.films.dyad._ink import Ink
from vigwidgets.films.dyad._model import Person
from vigwidgets.films.dyad._palette import Palette
from vigwidgets.films.dyad._pose import Pose

__all__ = ["draw_person"]


def draw_person(ink: Ink, pose: Pose, colours: Palette, person: Person) -> None:
    """Draw a person without the arm in front."""
    looks = person.looks
    draw_bag(ink, person, pose.seat)
    draw_hair_behind(ink, pose, colours, looks)
    draw_arm(ink, pose, colours, near=False, part="sleeve" if pose.far.front else "all")
    draw_body(ink, pose, colours, looks)
    if wears_badge(person):
        draw_badge(ink, pose)
    draw_drape(ink, pose, colours, looks)
    draw_head(ink, pose, colours, looks)

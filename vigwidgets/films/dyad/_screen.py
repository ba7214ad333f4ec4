"""The screen of a shared review: the parent sees herself with her child."""

from __future__ import annotations

from vigwidgets.films.dyad._body import draw_arm
from vigwidgets.films.dyad._ink import Ink, ellipse
from vigwidgets.films.dyad._model import Act, Looks, Person, Script
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._palette import Palette, defs_for, palette_of
from vigwidgets.films.dyad._person import draw_person
from vigwidgets.films.dyad._room import draw_living_room
from vigwidgets.films.dyad._spots import SCREEN

__all__ = ["SCREEN", "clip_of", "draw_screen"]


def clip_of(script: Script) -> tuple[Script, dict[str, Palette], str]:
    """Return the little film that the screen shows, its people's colours, and their gradients as SVG."""
    grown = [person for person in script.cast if person.grown]
    parent = next((person for person in grown if person.role in ("parent", "client")), grown[0])
    children = [person for person in script.cast if not person.grown]
    looks = Looks(skin=parent.looks.skin, hair=parent.looks.hair, dress="mustard")
    child = children[0] if children else Person(id="clip-child", role="child", name="Child", looks=looks)
    cast = [parent.model_copy(update={"seat": None}), child.model_copy(update={"seat": None, "age": "9m"})]
    told = [
        (parent.id, "look_at", child.id),
        (child.id, "look_at", parent.id),
        (parent.id, "smile", None),
        (child.id, "smile", None),
    ]
    acts = [
        Act(id=f"clip-{i}", actor=actor, does=does, target=target, start=0, end=4_000_000)
        for i, (actor, does, target) in enumerate(told)
    ]
    clip = script.model_copy(
        update={"scene": "rug", "cast": cast, "acts": acts, "things": [], "beats": [], "shots": []}
    )
    colours = {person.id: palette_of(person, f"clip{i}") for i, person in enumerate(cast)}
    return clip, colours, "".join(defs_for(palette) for palette in colours.values())


def draw_screen(ink: Ink, script: Script) -> None:
    """Draw the screen on its stand, with one good moment upon it."""
    clip, colours, _ = clip_of(script)
    left, top, wide, high = SCREEN
    right, low = left + wide, top + high
    middle = left + wide / 2
    ink.fill(ellipse(middle, 668, 210, 12), "#3b2a22", 0.22)
    ink.fill(f"M{left - 6:.0f} 628H{right + 6:.0f}V664H{left - 6:.0f}Z", "#b98f63")
    ink.line(f"M{left + 8:.0f} 646H{right - 8:.0f}", "#a0784f", 4, 0.7)
    ink.fill(f"M{middle - 30:.0f} {low + 4:.0f}H{middle + 30:.0f}V628H{middle - 30:.0f}Z", "#4a4a50")
    ink.fill(f"M{left - 10:.0f} {top - 10:.0f}H{right + 10:.0f}V{low + 10:.0f}H{left - 10:.0f}Z", "#34353b")
    if script.clip is not None:  # the painter puts the film's own picture there
        return
    frame = f"M{left:.0f} {top:.0f}H{right:.0f}V{low:.0f}H{left:.0f}Z"
    ink.clip(frame)
    size = wide / 1072.0
    ink.push(left - 116 * size, top - 78 * size, size)
    draw_living_room(ink, clip)
    poses = Motion(clip).poses(2.0)
    for person in clip.cast:
        draw_person(ink, poses[person.id], colours[person.id], person)
        draw_arm(ink, poses[person.id], colours[person.id], near=True)
    ink.pop()
    ink.unclip()
    ink.fill(f"M{left:.0f} {top:.0f}h148l-90 {high:.0f}h-58Z", "#ffffff", 0.06)

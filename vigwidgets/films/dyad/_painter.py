"""One frame of film: the room is kept, what moves is drawn over it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from thorvg_python.base import EngineOption
from thorvg_python.canvas.sw import SwCanvas
from thorvg_python.engine import Engine
from thorvg_python.paint.picture import Picture as VectorPicture

from vigwidgets.films.dyad._body import draw_arm, draw_body
from vigwidgets.films.dyad._hair import draw_drape, draw_hair_behind
from vigwidgets.films.dyad._head import draw_head
from vigwidgets.films.dyad._ink import Ink
from vigwidgets.films.dyad._model import FRAME, Person, Script
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._palette import defs_for, palette_of
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._props import draw_thing, draw_thing_shadow
from vigwidgets.films.dyad._room import ROOM_DEFS, draw_room

__all__ = ["SCENE", "Painter"]

Picture = NDArray[np.uint8]
View = tuple[float, float, float, float]

SCENE: View = (116.0, 78.0, 1072.0, 603.0)
"""What the camera shows of the 1280 × 720 stage: x, y, width, height."""

_engine: Any = None


def _shared_engine() -> Any:
    global _engine  # noqa: PLW0603 - the library has one engine in a process
    if _engine is None:
        _engine = Engine(threads=0)
    return _engine


class Painter:
    """Draws the frames of one film.

    Args:
        script: A script that has been checked.
        size: Width and height of the picture in pixels, 16:9.
        view: The part of the scene that is shown.
    """

    def __init__(self, script: Script, size: tuple[int, int] = (640, 360), view: View = SCENE) -> None:
        self.script, self.size, self.view = script, size, view
        self.motion = Motion(script)
        self._colours = {person.id: palette_of(person, f"p{i}") for i, person in enumerate(script.cast)}
        self._defs = "".join(defs_for(palette) for palette in self._colours.values())
        # Without NONE the library clears what it is about to draw over, and the room with it.
        self._canvas = SwCanvas(_shared_engine(), EngineOption.NONE)
        self._canvas.set_target(*size)
        buffer: Any = self._canvas.buffer_arr
        self._pixels: Picture = np.ctypeslib.as_array(buffer).view(np.uint8).reshape(size[1], size[0], 4)
        room = Ink(ROOM_DEFS)
        draw_room(room)
        self._rasterise(room, clear=True)
        self._room = self._pixels.copy()

    def frame(self, k: int) -> Picture:
        """Return frame ``k`` as an array of height × width × 3, red green blue."""
        return self.at(k * FRAME / 1e6)

    def at(self, t: float) -> Picture:
        """Return the picture at ``t`` seconds, as :meth:`frame` does."""
        np.copyto(self._pixels, self._room)
        self._rasterise(self._figures(t), clear=False)
        # Pillow drops the fourth byte eight times faster than a strided copy does.
        return np.asarray(Image.frombuffer("RGBA", self.size, self._pixels, "raw", "RGBA", 0, 1).convert("RGB"))

    def svg(self, t: float) -> str:
        """Return what moves, at ``t`` seconds, as SVG."""
        return self._figures(t).svg(*self.size, self.view)

    def _rasterise(self, ink: Ink, *, clear: bool) -> None:
        picture = VectorPicture(_shared_engine())
        picture.load_data(ink.svg(*self.size, self.view).encode(), "svg", None, True)
        picture.set_size(*self.size)
        self._canvas.add(picture)
        self._canvas.draw(clear)
        self._canvas.sync()
        self._canvas.remove(picture)

    def _figures(self, t: float) -> Ink:
        ink = Ink(self._defs)
        poses = self.motion.poses(t)
        people = sorted(self.script.cast, key=lambda person: poses[person.id].seat.depth)
        for person in people:
            self._person(ink, person, poses[person.id])
        held = self._things(ink, t)
        for person in people:
            self._front_arms(ink, person.id, poses[person.id], t, held.get(person.id))
        return ink

    def _person(self, ink: Ink, person: Person, pose: Pose) -> None:
        colours, looks = self._colours[person.id], person.looks
        draw_hair_behind(ink, pose, colours, looks)
        draw_arm(ink, pose, colours, near=False, part="sleeve" if pose.far.front else "all")
        draw_body(ink, pose, colours, looks)
        draw_drape(ink, pose, colours, looks)
        draw_head(ink, pose, colours, looks)

    def _things(self, ink: Ink, t: float) -> dict[str, str]:
        motion = self.motion
        held: dict[str, str] = {}
        lying = []
        for thing in motion.things.things.values():
            holder = motion.things.placed(thing.id, t).holder
            if holder is not None:
                held[holder] = thing.id
            else:
                at, turn = motion.thing_at(thing.id, t)
                lying.append((round(at[1]), at, turn, thing))
        lying.sort(key=lambda one: -one[0])
        for _, at, _, _ in lying:
            if at[1] > 600:
                draw_thing_shadow(ink, at)
        for _, at, turn, thing in lying:
            draw_thing(ink, thing, at, turn)
        return held

    def _front_arms(self, ink: Ink, actor: str, pose: Pose, t: float, thing: str | None) -> None:
        colours = self._colours[actor]
        if pose.far.front:
            draw_arm(ink, pose, colours, near=False, part="hand")
        if thing is None:
            draw_arm(ink, pose, colours, near=True)
            return
        draw_arm(ink, pose, colours, near=True, part="sleeve")
        draw_arm(ink, pose, colours, near=True, part="hand")
        at, turn = self.motion.thing_at(thing, t)
        draw_thing(ink, self.motion.things.things[thing], at, turn)
        draw_arm(ink, pose, colours, near=True, part="fingers")

"""One frame of film: the room is kept, what moves is drawn over it."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from thorvg_python.base import EngineOption
from thorvg_python.canvas.sw import SwCanvas
from thorvg_python.engine import Engine
from thorvg_python.paint.picture import Picture as VectorPicture

from vigwidgets.films.dyad._back import draw_back
from vigwidgets.films.dyad._body import draw_arm
from vigwidgets.films.dyad._cameras import SCENE, Angle, View, angles_of
from vigwidgets.films.dyad._furniture import draw_furniture
from vigwidgets.films.dyad._ink import Ink
from vigwidgets.films.dyad._layouts import Layout, layout_of
from vigwidgets.films.dyad._model import FRAME, Clip, Script
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._palette import bathed, defs_for, palette_of
from vigwidgets.films.dyad._person import draw_person
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._props import draw_page, draw_thing, draw_thing_shadow
from vigwidgets.films.dyad._room import room_defs
from vigwidgets.films.dyad._rooms import draw_room
from vigwidgets.films.dyad._screen import SCREEN, clip_of, draw_screen

__all__ = ["SCENE", "Painter"]

Picture = NDArray[np.uint8]

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
        view: Show this part of the scene throughout, whatever the script's shots are.
        second: Draw the second, synchronous picture.
    """

    def __init__(
        self, script: Script, size: tuple[int, int] = (640, 360), view: View | None = None, *, second: bool = False
    ) -> None:
        self.script, self.size = script, size
        if view is None:
            self._angles = angles_of(script, second=second)
        else:
            self._angles = [Angle(0, layout_of(script), view, view)]
        self._starts = [angle.start for angle in self._angles]
        self._motions: dict[int, Motion] = {}
        self._rooms: dict[int, Picture] = {}
        self._colours = {person.id: palette_of(person, f"p{i}") for i, person in enumerate(script.cast)}
        if script.scene == "bath":
            babies = {person.id for person in script.cast if person.baby}
            self._colours = {name: bathed(one) if name in babies else one for name, one in self._colours.items()}
        self._defs = "".join(defs_for(palette) for palette in self._colours.values())
        # Without NONE the library clears what it is about to draw over, and the room with it.
        self._canvas = SwCanvas(_shared_engine(), EngineOption.NONE)
        self._canvas.set_target(*size)
        buffer: Any = self._canvas.buffer_arr
        self._pixels: Picture = np.ctypeslib.as_array(buffer).view(np.uint8).reshape(size[1], size[0], 4)
        self.motion = self._motion(self._angles[0])

    def frame(self, k: int) -> Picture:
        """Return frame ``k`` as an array of height × width × 3, red green blue."""
        return self.at(k * FRAME / 1e6)

    def at(self, t: float) -> Picture:
        """Return the picture at ``t`` seconds, as :meth:`frame` does."""
        angle = self._angle(t)
        room = self._room(angle)
        np.copyto(self._pixels, room)
        self._rasterise(self._figures(t, angle), angle.view, clear=False)
        # Pillow drops the fourth byte eight times faster than a strided copy does.
        return np.asarray(Image.frombuffer("RGBA", self.size, self._pixels, "raw", "RGBA", 0, 1).convert("RGB"))

    def svg(self, t: float) -> str:
        """Return what moves, at ``t`` seconds, as SVG."""
        angle = self._angle(t)
        return self._figures(t, angle).svg(*self.size, angle.view)

    def _angle(self, t: float) -> Angle:
        return self._angles[max(bisect_right(self._starts, round(t * 1e6)) - 1, 0)]

    def _motion(self, angle: Angle) -> Motion:
        key = id(angle.layout)
        if key not in self._motions:
            self._motions[key] = Motion(self.script, angle.layout)
        return self._motions[key]

    def _room(self, angle: Angle) -> Picture:
        if angle.start not in self._rooms:
            review = self.script.scene == "review"
            clip = self.script.clip
            ink = Ink(room_defs(self.script) + (clip_of(self.script)[2] if review else ""))
            draw_room(ink, self.script)
            if review:
                draw_screen(ink, self.script)
            self._rasterise(ink, angle.behind, clear=True)
            if clip is not None:
                self._show_clip(clip, angle.behind)
            if angle.soft:
                picture = Image.frombuffer("RGBA", self.size, self._pixels, "raw", "RGBA", 0, 1)
                soft = picture.filter(ImageFilter.GaussianBlur(angle.soft * self.size[0] / 640))
                self._rooms[angle.start] = np.asarray(soft).copy()
            else:
                self._rooms[angle.start] = self._pixels.copy()
        return self._rooms[angle.start]

    def _show_clip(self, clip: Clip, view: View) -> None:
        """Put the moment of another film onto the screen of the room."""
        left, top, width, height = SCREEN
        across, down = self.size[0] / view[2], self.size[1] / view[3]
        box = ((left - view[0]) * across, (top - view[1]) * down, width * across, height * down)
        wide = max(round(box[3] * 16 / 9), 16)
        picture = Image.fromarray(Painter(clip.script, (wide, max(round(box[3]), 9))).at(clip.at / 1e6))
        aside = (wide - box[2]) / 2
        cut = picture.crop((round(aside), 0, round(aside + box[2]), picture.height)).convert("RGBA")
        whole = Image.frombuffer("RGBA", self.size, self._pixels, "raw", "RGBA", 0, 1).copy()
        whole.paste(cut, (round(box[0]), round(box[1])))
        np.copyto(self._pixels, np.asarray(whole))

    def _rasterise(self, ink: Ink, view: View, *, clear: bool) -> None:
        picture = VectorPicture(_shared_engine())
        picture.load_data(ink.svg(*self.size, view).encode(), "svg", None, True)
        picture.set_size(*self.size)
        self._canvas.add(picture)
        self._canvas.draw(clear)
        self._canvas.sync()
        self._canvas.remove(picture)

    def _figures(self, t: float, angle: Angle) -> Ink:
        ink = Ink(self._defs)
        motion, layout = self._motion(angle), angle.layout
        poses = motion.poses(t)
        people = [person for person in self.script.cast if _seen(poses[person.id], angle, layout, person.id)]
        people.sort(key=lambda person: poses[person.id].seat.depth)
        on_laps = {pose.seat.holds for pose in poses.values()}
        backs = [person for person in people if person.id in layout.backs]
        people = [person for person in people if person.id not in layout.backs]
        held = {
            str(holder): thing for thing in motion.things.things if (holder := motion.things.placed(thing, t).holder)
        }
        behind = {person.id for person in people if motion.passes(person.id, t)}
        for person in people:
            seat = poses[person.id].seat
            draw_furniture(ink, self.script, seat, front=False, lap=person.id in on_laps)
            draw_person(ink, poses[person.id], self._colours[person.id], person)
            draw_furniture(ink, self.script, seat, front=True, lap=person.id in on_laps)
            if person.id in behind:
                self._front_arms(ink, person.id, poses[person.id], t, held.get(person.id), motion)
        self._things(ink, t, motion)
        for person in (one for one in (*people, *backs) if one.id not in behind):
            self._front_arms(ink, person.id, poses[person.id], t, held.get(person.id), motion)
        for person in backs:
            draw_back(ink, poses[person.id], self._colours[person.id], person.looks)
        return ink

    def _things(self, ink: Ink, t: float, motion: Motion) -> None:
        lying = []
        for thing in motion.things.things.values():
            if motion.things.placed(thing.id, t).holder is None and not thing.kept:
                at, turn = motion.thing_at(thing.id, t)
                lying.append((round(at[1]), at, turn, thing))
        lying.sort(key=lambda one: -one[0])
        low = motion.layout.shelf[2]
        for _, at, _, thing in lying:
            if at[1] > low - 52:
                draw_thing_shadow(ink, thing, at)
        for _, at, turn, thing in lying:
            draw_thing(ink, thing, at, turn)
            if 0 < (gone := motion.things.page(thing.id, t)) < 1:
                draw_page(ink, at, turn, gone)

    def _front_arms(self, ink: Ink, actor: str, pose: Pose, t: float, thing: str | None, motion: Motion) -> None:
        colours = self._colours[actor]
        if pose.far.front:
            draw_arm(ink, pose, colours, near=False, part="hand")
        if thing is None:
            draw_arm(ink, pose, colours, near=True)
            return
        draw_arm(ink, pose, colours, near=True, part="sleeve")
        draw_arm(ink, pose, colours, near=True, part="hand")
        at, turn = motion.thing_at(thing, t)
        held = motion.things.things[thing]
        if held.kind == "spoon":  # its bowl is ahead of the hand
            turn += 0.9 + 0.85 * pose.seat.facing
        draw_thing(ink, held, at, turn)
        draw_arm(ink, pose, colours, near=True, part="fingers")


def _seen(pose: Pose, angle: Angle, layout: Layout, actor: str) -> bool:
    """Whether something of a person can be in the picture: what cannot is not worth drawing."""
    if actor in layout.hidden:
        return False
    x, y, w, h = angle.view
    edge = 170 * pose.seat.scale
    points = (pose.head, pose.seat.hip, pose.near.at, pose.far.at)
    return (
        min(p[0] for p in points) - edge < x + w
        and max(p[0] for p in points) + edge > x
        and min(p[1] for p in points) - edge < y + h
    )

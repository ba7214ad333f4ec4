"""What can be seen in one picture of a film, and what nobody could see there: the key of a cold reading.

Everything that the script tells of a moment is in the key, under one of two names. ``asked`` counts: where eyes are
aimed, what a face shows, what hands and bodies do, of everybody whose head is in the picture. ``not_asked`` does not
count, and says why:

* **outside**: done by somebody whose head, or with a hand that, is not in the picture;
  a posture whose shoulders and back are not;
* **covered**: a posture whose shoulder, back or hips lie behind another person's body or arm (``scripts.cold_cover``);
* **behind own hands**: where somebody looks who holds them over both eyes; that they hide is asked;
* **movement**: a nod, a kick, a bounce, a blink, a clap or a shake, which one still cannot tell from rest;
* **turning in the first still** of a stretch: eyes that have been on their way for less than that, with both goals;
* **beginning** and **ending**: not a third of a second old, or as good as over; what the drawing eases in and out for
  longer (a posture, a blank face) is beginning and ending for as long as it does (``EASE``); an offer is ending once
  the other has taken the thing;
* **between syllables**: a voice whose mouth is closed at that instant;
* **in no still**: what none of the twelve stills of a stretch shows: a voice whose mouth is closed in all of them, and
  what is there, or in the picture, only between two of them; a knock of which no still shows the thing moved.

A *place in the room* is a goal that nobody can be handed and that has no part in the play: window, plant, lamp, door,
rug, floor, ceiling, own lap. The key marks it and gives the side as the picture has it, ``(place: away, down and
left)``: that side is what is asked, not the name. A thing of the play, and a review's screen, is asked by name.

A hand that has closed on a thing is asked as ``holds (has taken)``: one picture cannot tell the two apart. In a stretch
it is asked so when it has closed in every still that shows it.

What a stretch asks stands in the order in which its stills show it; a frown shows when no fuss and no cry has the face,
and a smile when no laugh has it.

Nothing else is left out: a gaze whose goal lies outside the picture is asked (as a direction), and so is one that a
blink hides.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import Any

from scripts.cold_cover import covered, eyes_covered, trunk_of
from vigwidgets.films.dyad import Script
from vigwidgets.films.dyad._cameras import Angle, angles_of
from vigwidgets.films.dyad._ease import EASE, LAUGHED
from vigwidgets.films.dyad._gaze import GazeTrack
from vigwidgets.films.dyad._kinds import ACTS, GAZE, HANDS
from vigwidgets.films.dyad._model import Act
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._spots import SPOTS
from vigwidgets.films.dyad._things import grab_time, knock_time

__all__ = ["Sight"]

POSTURES = frozenset({"slump", "lean", "lean_back"})
MOVEMENTS = frozenset({"nod", "kick", "bounce", "blink", "clap", "shake", "wave", "chew", "step"})
VOICED = frozenset({"say", "coo", "babble"})
PLACES = frozenset(SPOTS) - {"screen"}
"""Goals that nobody can be handed and that have no part in the play: a review's screen is what it is about."""
YOUNG, CLOSED = 0.34, 0.12
_PLAINLY = 0.38  # the sine of 22 degrees: less than that off a line is not called a side
_MOVED, _TILTED = 12.0, 0.15
"""How far a thing has moved that plainly was hit: a quarter of a block's edge, or by so much turned, in radians."""
_SETTLED = 0.15  # seconds until eyes that move have arrived
_STRONGER = {"frown": ("fuss", "cry"), "smile": ("laugh",)}
"""What has the face while it is on, so that the other is not seen in it before its end."""
STILL = 5.0 / 12
"""From one still of a stretch to the next, in seconds: what begins after the last but one is seen in one at most."""


class Sight:
    """What a film's pictures show.

    Args:
        script: A script that has been checked.
    """

    def __init__(self, script: Script) -> None:
        self._script = script
        self._angles = angles_of(script)
        self._starts = [angle.start for angle in self._angles]
        self._motions = {id(angle.layout): Motion(script, angle.layout) for angle in self._angles}
        self._gazes = {person.id: GazeTrack(script, person.id) for person in script.cast}

    def frame(self, t: float) -> dict[str, Any]:
        """Return the key of the picture at ``t`` seconds: what is asked of it, what is not, and what was before it."""
        asked: dict[str, list[str]] = {}
        spared: list[str] = []
        angle = self._angle(t)
        poses = self._motions[id(angle.layout)].poses(t)
        for person in self._script.cast:
            self._of(person.id, t, angle, poses[person.id], asked, spared)
        just = [
            f"{act.actor}: {told(act)}"
            for act in self._script.acts
            if t - 2.5 <= act.start / 1e6 <= t and act.does != "wait"
        ]
        return {"film": self._script.id, "at": t, "asked": asked, "not_asked": spared, "began_before": just}

    def heads(self, t: float) -> list[str]:
        """Return whose head is in the picture at ``t`` seconds and seen from in front, from left to right."""
        angle = self._angle(t)
        poses = self._motions[id(angle.layout)].poses(t)
        seen = [person.id for person in self._script.cast if _face_in(poses[person.id], person.id, angle)]
        return sorted(seen, key=lambda who: poses[who].head[0])

    def stretch(self, start: float, end: float) -> dict[str, Any]:
        """Return the key of a stretch, in seconds: what each person does in it that can be seen, in order."""
        asked: list[tuple[float, str]] = []
        spared: list[str] = []
        stills = [start + i * STILL for i in range(round((end - start) / STILL))]
        for act in sorted(self._script.acts, key=lambda one: one.start):
            first, last = max(act.start / 1e6, start), min(act.end / 1e6, end)
            if act.does == "wait" or last <= first:
                continue
            if why := self._spared(act, first, last, end, stills):
                spared.append(f"{act.actor}: {told(act)} ({why})")
                continue
            shows = [t for t in stills if self._told_by(act, t)]
            line = f"{act.actor}: {_in_still(act, shows[0])}"
            asked.append((self._plain_from(act, shows), line + self._marked(act, first + (last - first) / 2)))
        spared += self._turning(start)
        beats = [beat.says for beat in self._script.beats if beat.start / 1e6 < end and start < beat.end / 1e6]
        lines = [line for _, line in sorted(asked, key=lambda one: one[0])]
        return {"film": self._script.id, "from": start, "asked": lines, "not_asked": spared, "beats": beats}

    def _turning(self, start: float) -> list[str]:
        """Return whose eyes are on their way at ``start``: in that still either of both goals may be named."""
        angle = self._angle(start)
        poses = self._motions[id(angle.layout)].poses(start)
        looks = {
            one.id: self._look(one.id, start) for one in self._script.cast if _face_in(poses[one.id], one.id, angle)
        }
        return [f"{who}: {look} (turning in the first still)" for who, (look, why) in looks.items() if why]

    def _spared(self, act: Act, first: float, last: float, end: float, stills: list[float]) -> str:
        """Return why a stretch does not ask an act that is on in it from ``first`` to ``last``, or nothing."""
        moments = [first + (last - first) * share for share in (0.2, 0.5, 0.8)]
        if last - first < YOUNG or act.start / 1e6 > end - 2 * STILL:
            return "too short a part of it"
        if not any(self._shown(act, t) for t in moments):
            return "covered" if any(self._inside(act, t) for t in moments) else "outside"
        if not any(self._told_by(act, t) for t in stills):
            return "in no still"
        return "movement" if act.does in MOVEMENTS else ""

    def _plain_from(self, act: Act, shows: list[float]) -> float:
        """Return from which of its stills on an act is plain: not while something stronger has the face."""
        stronger = [a for a in self._script.acts if a.actor == act.actor and a.does in _STRONGER.get(act.does, ())]
        spans = [(a.start / 1e6, a.end / 1e6 - (LAUGHED if a.does == "laugh" else 0.0)) for a in stronger]
        over = [t for t in shows if not any(start <= t < end for start, end in spans)]
        return over[0] if over else shows[0]

    def _angle(self, t: float) -> Angle:
        return self._angles[max(bisect_right(self._starts, round(t * 1e6)) - 1, 0)]

    def _inside(self, act: Act, t: float) -> bool:
        angle = self._angle(t)
        pose = self._motions[id(angle.layout)].poses(t)[act.actor]
        return _face_in(pose, act.actor, angle) and (act.does not in POSTURES or _trunk_in(pose, angle))

    def _shown(self, act: Act, t: float) -> bool:
        return self._inside(act, t) and (act.does not in POSTURES or not self._covered(act.actor, t))

    def _covered(self, who: str, t: float) -> bool:
        angle = self._angle(t)
        return covered(who, self._motions[id(angle.layout)].poses(t), angle.layout.hidden)

    def _moved(self, act: Act, t: float) -> bool:
        """Whether what is knocked is tilted at ``t`` seconds, or elsewhere than before it was hit."""
        motion, thing = self._motions[id(self._angle(t).layout)], str(act.thing)
        (at, turn), (was, lay) = motion.thing_at(thing, t), motion.thing_at(thing, knock_time(act) - 0.001)
        return math.dist(at, was) > _MOVED or abs(turn - lay) > _TILTED

    def _handed_over(self, act: Act, t: float) -> bool:
        """Whether what is offered is in another's hand at ``t`` seconds: then nobody can see who began it."""
        taken = (one for one in self._script.acts if one.does == "take" and one.thing == act.thing)
        return act.does == "offer" and any(act.start / 1e6 <= grab_time(one) <= t for one in taken)

    def _told_by(self, act: Act, t: float) -> bool:
        """Whether the still at ``t`` seconds shows an act: it is on, in the picture, and a voice's mouth is open."""
        settled = _SETTLED if ACTS[act.does].part == GAZE else 0.0
        if not act.start / 1e6 + settled <= t < act.end / 1e6 or not self._shown(act, t):
            return False
        pose = self._motions[id(self._angle(t).layout)].poses(t)[act.actor]
        if ACTS[act.does].part == GAZE and eyes_covered(pose):
            return False
        if (act.does == "knock" and not self._moved(act, t)) or self._handed_over(act, t):
            return False
        return act.does not in VOICED or pose.face.open >= CLOSED

    def _of(self, who: str, t: float, angle: Angle, pose: Pose, asked: dict[str, list[str]], spared: list[str]) -> None:
        inside = _face_in(pose, who, angle)
        look, why = self._look(who, t)
        why = why or ("behind own hands" if eyes_covered(pose) else "")
        if inside and not why:
            asked[who] = [look]
        else:
            spared.append(f"{who}: {look} ({why if inside else 'outside'})")
        for act in self._script.acts:
            if act.actor != who or not act.start / 1e6 <= t < act.end / 1e6 or act.does == "wait":
                continue
            if ACTS[act.does].part == GAZE:
                continue
            why = _why_not(act, t, pose, angle) if inside else "outside"
            if not why and act.does in POSTURES and self._covered(who, t):
                why = "covered"
            if not why and self._handed_over(act, t):
                why = "ending"
            if why:
                spared.append(f"{who}: {told(act)} ({why})")
            else:
                asked.setdefault(who, []).append(_in_still(act, t))

    def _marked(self, act: Act, t: float) -> str:
        """Return how a gaze that goes to a place in the room, or is turned aside, is marked; nothing for others."""
        if act.does == "turn_away" or (ACTS[act.does].part == GAZE and (act.target or "window") in PLACES):
            aside = "" if act.does == "turn_away" else "place: "
            return f" ({aside}away, {self._side(act.actor, t)})"
        return ""

    def _side(self, who: str, t: float) -> str:
        """Return to which side of the picture somebody's eyes go at ``t`` seconds: from the face to what is meant."""
        angle = self._angle(t)
        pose = self._motions[id(angle.layout)].poses(t)[who]
        across, down = pose.gaze[0] - pose.head[0], pose.gaze[1] - pose.head[1]
        least = _PLAINLY * math.hypot(across, down)
        parts = [("down" if down > 0 else "up", abs(down)), ("right" if across > 0 else "left", abs(across))]
        return " and ".join(word for word, far in parts if far > least)

    def _look(self, who: str, t: float) -> tuple[str, str]:
        track = self._gazes[who]
        before, now, _, _ = track.at(t)
        age = t - track.starts[max(bisect_right(track.starts, t) - 1, 0)]
        turning = next((a for a in self._script.acts if a.actor == who and a.does == "turn_away" and _on(a, t)), None)
        if turning is not None:
            return f"looks away, turned aside (away, {self._side(who, t)})", ""
        if age < YOUNG and before != now:
            return f"looks from {before} to {now}", "beginning"
        if now in PLACES:
            return f"looks at {now} (place: away, {self._side(who, t)})", ""
        return f"looks at {now}", ""


def _on(act: Act, t: float) -> bool:
    return act.start / 1e6 + YOUNG <= t < act.end / 1e6 - YOUNG


def _face_in(pose: Pose, who: str, angle: Angle) -> bool:
    """Whether somebody's face is in the picture, from in front."""
    return who not in angle.layout.hidden | angle.layout.backs and _within(pose.head, angle, 0.5 * pose.seat.radius[0])


def _within(point: tuple[float, float], angle: Angle, margin: float) -> bool:
    x, y, wide, high = angle.view
    return x + margin <= point[0] <= x + wide - margin and y + margin <= point[1] <= y + high - margin


def _trunk_in(pose: Pose, angle: Angle) -> bool:
    """Whether shoulders, back and hips are in the picture: what a posture is read from."""
    return all(_within(point, angle, 8.0) for point in trunk_of(pose).values())


def _why_not(act: Act, t: float, pose: Pose, angle: Angle) -> str:
    """Return why an act of somebody who is in the picture is not asked there, or nothing."""
    trunk = act.does in POSTURES and not _trunk_in(pose, angle)
    hand = ACTS[act.does].part == HANDS and not _within(pose.near.at, angle, 8.0)
    speech = act.does in VOICED and pose.face.open < CLOSED
    rise, fall = EASE.get(act.does, (0.0, 0.0))
    reasons = {
        "movement": act.does in MOVEMENTS,
        "outside": trunk or hand,
        "beginning": t - act.start / 1e6 < max(YOUNG, rise),
        "ending": act.end / 1e6 - t < max(YOUNG, fall),
        "between syllables": speech,
    }
    return next((why for why, holds in reasons.items() if holds), "")


def _in_still(act: Act, t: float) -> str:
    """Return what one picture can tell of an act: a hand that has closed holds, and has taken; nobody can see which."""
    if act.does == "take" and t >= grab_time(act):
        return f"holds (has taken) {act.thing}"
    return told(act)


def told(act: Act) -> str:
    """Return an act in the script's own words."""
    said = f"“{act.text}”" if act.text else ""
    amount = f"({act.amount:g})" if act.amount != 1 else ""
    return " ".join(part for part in (act.does, amount, act.thing or "", act.target or "", said) if part)

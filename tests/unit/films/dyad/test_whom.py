"""Who is meant, seen from the head alone, and what a hand, a nod or a shift of the eyes does not seem to be."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import pytest

from vigwidgets.films.dyad import Script, load_script, parse_script
from vigwidgets.films.dyad._cameras import angles_of
from vigwidgets.films.dyad._gaze import GazeTrack
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._props import LOW
from vigwidgets.films.dyad._things import release_time
from vigwidgets.films.dyad._view import eyes_in_view, head_view
from vigwidgets.resources import resource_path

FILMS = sorted(Path(str(resource_path("course"))).glob("films/*.yaml"))
every_film = pytest.mark.parametrize("path", FILMS, ids=lambda path: path.stem)
BENT, LAP, LEVEL = 0.2, 0.36, 0.13
"""Radians that a grown head bows at least to a child who sits lower, and to one on the own lap; and at most to a
grown person."""


@cache
def _film(path: Path) -> Script:
    return load_script(path)


def _named(name: str) -> Script:
    return _film(next(path for path in FILMS if path.stem == name))


def _still(script: Script, who: str, t: float) -> bool:
    """Whether nothing else than who is looked at has somebody's head at ``t`` seconds."""
    kinds = ("say", "nod", "laugh", "hide", "tilt", "lean", "lean_back", "slump", "stroke", "touch", "take", "put")
    kinds = (*kinds, "offer", "reach", "point")
    return not any(a.actor == who and a.does in kinds and a.start / 1e6 - 1 < t < a.end / 1e6 + 1 for a in script.acts)


def _looks(script: Script) -> list[tuple[str, str, Pose]]:
    """Return who looks at whom in the wide pictures, of grown people, and their pose in the middle of that look."""
    motion, found = Motion(script), []
    angles = angles_of(script)
    shots = {shot.start: shot.camera for shot in script.shots}
    people = {person.id for person in script.cast}
    for person in (one for one in script.cast if one.grown):
        track = GazeTrack(script, person.id)
        for start, end, target in zip(
            track.starts, [*track.starts[1:], script.duration / 1e6], track.targets, strict=True
        ):
            for k in range(math.ceil(max(start, 0) + 0.8), math.floor(end)):
                angle = [one for one in angles if one.start <= k * 1e6][-1]
                wide = shots.get(angle.start, "two") in ("two", "wide")
                if wide and target in people and _still(script, person.id, k):
                    found.append((person.id, target, motion.poses(float(k))[person.id]))
    return found


@every_film
def test_a_look_at_a_child_bows_a_grown_head_and_one_at_a_grown_person_is_level(path: Path) -> None:
    script = _film(path)
    seen = _looks(script)
    assert seen or path.stem == "hello"
    for who, target, pose in seen:
        where = (path.stem, who, target)
        if script.person(target).grown:
            assert pose.pitch < LEVEL, where
        else:
            assert pose.pitch > (LAP if pose.seat.holds == target else BENT), where
            if any(one.grown and one.id != who for one in script.cast):  # there is somebody else who could be meant
                assert pose.pitch > LAP, where
                down = [(eye.iris[1] - eye.centre[1]) / eye.half[1] for eye in eyes_in_view(pose, head_view(pose))]
                assert max(down) > 0.04, where


def test_in_company_a_look_at_the_child_is_lower_than_one_at_the_other_grown_person() -> None:
    script = _named("meeting-tam")
    motion = Motion(script)
    for who, child, grown in (("jonas", 48.0, 52.5), ("iris", 49.0, 52.6)):
        poses = [motion.poses(t)[who] for t in (child, grown)]
        assert poses[0].pitch > poses[1].pitch + 0.35, who
        level = [max(eye.iris[1] - eye.centre[1] for eye in eyes_in_view(one, head_view(one))) for one in poses]
        assert level[0] > level[1] + 1.5, who


def test_who_holds_one_child_and_looks_at_another_bows_to_that_one_too() -> None:
    poses = [Motion(_named("twins")).poses(t)["amina"] for t in (57.2, 48.0)]
    assert 0.2 < poses[0].pitch < poses[1].pitch - 0.15


NODS = """\
id: nods
title: Nods
duration: 6
cast:
  - {id: ana, role: parent, name: Ana}
  - {id: bo, role: child, name: Bo}
things:
  - {id: cup, kind: cup, colour: red, at: 0.6}
acts:
  - {actor: ana, does: look_at, target: bo, start: 0}
  - {actor: bo, does: look_at, target: ana, start: 0}
"""


def _played(*acts: str) -> Motion:
    return Motion(parse_script(NODS + "".join(f"  - {{{act}}}\n" for act in acts) + "beats: []\n", "nods.yaml"))


def test_a_nod_goes_down_from_rest_and_never_up_over_it() -> None:
    nods = _played("actor: ana, does: nod, target: bo, start: 2, duration: 1.2")
    still = _played()
    more = [nods.poses(2 + k / 25)["ana"].pitch - still.poses(2 + k / 25)["ana"].pitch for k in range(31)]
    assert min(more) > -1e-6
    assert max(more) > 0.12
    assert abs(more[-1]) < 0.02
    for k in range(31):
        pose = nods.poses(2 + k / 25)["ana"]
        goal = nods.point_of("bo", 2 + k / 25)
        for eye in eyes_in_view(pose, head_view(pose)):
            way = (eye.iris[0] - eye.centre[0], eye.iris[1] - eye.centre[1])
            to = (goal[0] - eye.centre[0], goal[1] - eye.centre[1])
            assert abs(way[0] * to[1] - way[1] * to[0]) / math.hypot(*way) < 2.0


@every_film
def test_eyes_go_straight_across_to_their_next_goal(path: Path) -> None:
    script = _film(path)
    motion = Motion(script)
    for person in script.cast:
        for start in GazeTrack(script, person.id).starts[1:]:
            before, after = (motion.poses(start + late)[person.id] for late in (-0.001, 0.121))
            if before.shift or after.shift:
                continue
            ends = [[eye.iris[1] - eye.centre[1] for eye in eyes_in_view(p, head_view(p))] for p in (before, after)]
            for k in (1, 2, 3):
                pose = motion.poses(start + 0.03 * k)[person.id]
                for eye, one, other in zip(eyes_in_view(pose, head_view(pose)), *ends, strict=True):
                    high = eye.iris[1] - eye.centre[1]
                    assert min(one, other) - 2.0 < high < max(one, other) + 2.0, (path.stem, person.id, start)


@every_film
def test_a_hand_that_comes_back_goes_low_and_closes(path: Path) -> None:
    script = _film(path)
    motion = Motion(script)
    for act in script.acts:
        if act.does != "put":
            continue
        let_go, end = release_time(act), act.end / 1e6
        there, home = (motion.poses(t)[act.actor].near.at[1] for t in (let_go + 0.001, end - 0.001))
        for k in range(1, 20):
            hand = motion.poses(let_go + (end - let_go) * k / 20)[act.actor].near
            assert hand.at[1] > min(there, home) - 24, (path.stem, act.id)
        assert motion.poses((let_go + end) / 2)[act.actor].near.shape != "open", (path.stem, act.id)


def test_a_hand_closes_on_its_way_back_from_a_reach_and_a_touch() -> None:
    for who, does, told in (("bo", "reach", "open"), ("bo", "touch", "flat"), ("ana", "point", "point")):
        motion = _played(f"actor: {who}, does: {does}, target: cup, start: 1, duration: 3")
        assert motion.poses(2.5)[who].near.shape == told
        assert motion.poses(3.8)[who].near.shape == "rest"


@pytest.mark.parametrize("name", ["review-twins", "review-spoon", "review-peekaboo"])
def test_who_points_into_the_room_keeps_the_arm_bent_and_the_trunk_still(name: str) -> None:
    script = _named(name)
    motion = Motion(script)
    for act in script.acts:
        if act.does != "point" or act.target in motion.things.things:
            continue
        before, now = (motion.poses(t)[act.actor] for t in (act.start / 1e6 - 0.6, (act.start + act.end) / 2e6))
        assert abs(now.lean - before.lean) < 0.03
        shoulder = now.neck
        assert math.dist(shoulder, now.near.at) < 0.9 * sum(now.seat.arm)


def test_who_sits_on_a_chair_and_does_nothing_sits_upright() -> None:
    motion = Motion(_named("picture-book"))
    pose = motion.poses(65.0)["nani"]
    assert pose.lean < -0.03
    assert motion.poses(61.5)["nani"].lean < pose.lean - 0.2  # and leans back plainly further


def test_what_stands_on_another_is_pointed_at_from_above() -> None:
    motion = Motion(_named("blocks"))
    hand = motion.poses(63.9)["ana"].near.at
    top, low = (motion.thing_at(name, 63.9)[0] for name in ("blue", "yellow"))
    assert hand[1] < top[1] - 25
    assert math.dist(hand, top) < math.dist(hand, low) - 25


def test_a_ring_touches_its_shadow_and_a_bell_lies_free() -> None:
    motion = Motion(_named("twins"))
    (_, y), _ = motion.thing_at("ring", 1.0)
    # The ring's middle is 26 above where a hand holds it, and it is 37.5 from there to its lower rim.
    assert abs((y + LOW["ring"]) - (y - 26 + 37.5)) < 2
    script = _named("meeting-tam")
    motion = Motion(script)
    bell, iris = motion.thing_at("bell", 1.0)[0], motion.poses(1.0)["iris"]
    assert math.dist(bell, iris.near.at) > 130
    assert abs(bell[0] - iris.seat.hip[0]) > 190  # beyond her knee
    assert bell[1] > iris.seat.hip[1] + 30  # and before it


def test_eyes_that_wander_to_the_window_of_a_nursery_go_up_and_to_that_side() -> None:
    motion = Motion(_named("twins"))
    pose = motion.poses(57.2)["nur"]
    across, up = pose.gaze[0] - pose.head[0], pose.head[1] - pose.gaze[1]
    assert up > 0
    assert across > 0.45 * up

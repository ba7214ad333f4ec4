from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.films.dyad.sightline import miss
from vigwidgets.films.dyad import Script
from vigwidgets.films.dyad._gaze import aim_head
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._pose import Face, Hand, Pose, Seat
from vigwidgets.films.dyad._seats import ADULT, BABY
from vigwidgets.films.dyad._view import eyes_in_view, head_view

SETTLED = 700_000


def _looks(film: Script, actor: str) -> list[tuple[int, str]]:
    found = []
    for act in film.acts:
        if act.actor == actor and act.does == "look_at":
            found += [(t, str(act.target)) for t in range(act.start + SETTLED, act.end, 400_000)]
    return found


@pytest.mark.parametrize("actor", ["ana", "bo"])
def test_the_line_of_sight_meets_what_is_looked_at(film: Script, actor: str) -> None:
    motion = Motion(film)
    looks = _looks(film, actor)
    assert len(looks) > 20
    for moment, target in looks:
        t = moment / 1e6
        pose = motion.poses(t)[actor]
        for eye in eyes_in_view(pose, head_view(pose)):
            assert miss(eye, motion.point_of(target, t)) < 2.0, (t, target)


def test_eyes_that_should_meet_do_meet(film: Script) -> None:
    motion = Motion(film)
    together = {t for t, target in _looks(film, "ana") if target == "bo"}
    looks = [act for act in film.acts if act.actor == "bo" and act.does == "look_at" and act.target == "ana"]
    theirs = [(act.start + SETTLED, act.end) for act in looks]
    moments = [t for t in sorted(together) if any(start <= t < end for start, end in theirs)]
    assert len(moments) >= 8
    for moment in moments:
        poses = motion.poses(moment / 1e6)
        for looker, other in (("ana", "bo"), ("bo", "ana")):
            seen = eyes_in_view(poses[other], head_view(poses[other]))
            middle = tuple((seen[0].centre[i] + seen[1].centre[i]) / 2 for i in (0, 1))
            for eye in eyes_in_view(poses[looker], head_view(poses[looker])):
                assert miss(eye, (middle[0], middle[1])) < 0.3 * poses[other].seat.radius[0]


def _pose(seat: Seat, gaze: tuple[float, float]) -> Pose:
    head = (seat.hip[0], seat.hip[1] - 300)
    yaw, pitch = aim_head(head, gaze)
    hand = Hand(seat.hip)
    return Pose(seat, 0, 0, 0, head, head, yaw, pitch, 0, gaze, Face(), hand, hand, 0, 0)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([ADULT, BABY]), st.floats(0, 1280), st.floats(0, 720))
def test_any_point_can_be_looked_at_and_the_iris_stays_in_the_eye(seat: Seat, x: float, y: float) -> None:
    pose = _pose(seat, (x, y))
    for eye in eyes_in_view(pose, head_view(pose)):
        if math.hypot(x - eye.centre[0], y - eye.centre[1]) < 60:
            continue
        assert miss(eye, (x, y)) < 1.0
        u, v = (eye.iris[0] - eye.centre[0]) / eye.half[0], (eye.iris[1] - eye.centre[1]) / eye.half[1]
        assert math.hypot(u, v) < 0.62


def test_eyes_go_before_the_head(blocks: Script) -> None:
    motion = Motion(blocks)
    turn = next(act for act in blocks.acts if act.id == "ana-turns").start / 1e6
    before, after = motion.poses(turn - 0.04)["ana"], motion.poses(turn + 1.0)["ana"]
    now = motion.poses(turn + 0.12)["ana"]
    eyes = (now.gaze[0] - before.gaze[0]) / (after.gaze[0] - before.gaze[0])
    # The head both turns and rises: how far it has gone is told along its own way.
    way = (after.yaw - before.yaw, after.pitch - before.pitch)
    gone = (now.yaw - before.yaw, now.pitch - before.pitch)
    assert math.hypot(*way) > 0.1
    head = (gone[0] * way[0] + gone[1] * way[1]) / (way[0] ** 2 + way[1] ** 2)
    assert eyes > 0.9
    assert head < 0.5

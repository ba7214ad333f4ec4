"""A slump goes down and makes a round back, who leans back is straight: the two, and a lean, must never look alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from vigwidgets.films.dyad import Script, load_script, parse_script
from vigwidgets.films.dyad._gaze import BlinkTrack, GazeTrack
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._seats import to_room
from vigwidgets.resources import resource_path

FILMS = sorted(Path(str(resource_path("course"))).glob("films/*.yaml"))
every_film = pytest.mark.parametrize("path", FILMS, ids=lambda path: path.stem)
ONE = """\
id: one
title: One
scene: {scene}
duration: 8
cast:
  - {{id: gus, role: {role}, name: Gus, seat: left}}
  - {{id: una, role: child, name: Una, age: 9m, seat: right}}
acts:
  - {{id: look, actor: gus, does: look_at, target: {goal}, start: 0}}
  - {{id: act, actor: {who}, does: {does}, start: 1, duration: 6}}
beats: []
"""


def forward(pose: Pose, at: tuple[float, float]) -> float:
    """How far in front of the hips a point is, for a body of size 1."""
    return (at[0] - pose.seat.hip[0]) * pose.seat.facing / pose.seat.scale


def shoulder(pose: Pose) -> tuple[float, float]:
    return to_room(pose.seat, pose.seat.shoulder, pose.lean, pose.lift, pose.slump)


def spine(pose: Pose, height: float) -> tuple[float, float]:
    return to_room(pose.seat, (-84.0, height), pose.lean, pose.lift, pose.slump)


def hollow(pose: Pose) -> float:
    """How far the middle of the back lies behind the line from shoulders to hips, for a body of size 1."""
    low, middle, high = (forward(pose, spine(pose, y)) for y in (-20.0, -130.0, -240.0))
    return (low + high) / 2 - middle


def pair(scene: str, does: str, goal: str, who: str = "gus") -> tuple[Pose, Pose]:
    """Return somebody who sits upright, and the same one in a posture, with eyes on the same goal."""
    text = ONE.format(scene=scene, role="parent", goal=goal, who=who, does=does)
    motion = Motion(parse_script(text, "one.yaml"))
    still = Motion(parse_script(text.replace(f"does: {does},", "does: wait,"), "one.yaml"))
    return still.poses(4.0)[who], motion.poses(4.0)[who]


def parts(script: Script, does: str) -> list[tuple[Pose, Pose]]:
    """Return each such act of grown people in a film: the pose without it and with it, at three moments."""
    motion, found = Motion(script), []
    without = Motion(script.model_copy(update={"acts": [act for act in script.acts if act.does != does]}))
    for act in script.acts:
        if act.does == does and script.person(act.actor).grown:
            for share in (0.3, 0.5, 0.7):
                t = (act.start + share * (act.end - act.start)) / 1e6
                found.append((without.poses(t)[act.actor], motion.poses(t)[act.actor]))
    return found


@every_film
def test_a_slump_takes_a_grown_head_down_and_never_forward_and_a_lean_takes_it_forward(path: Path) -> None:
    script = load_script(path)
    for upright, sunk in parts(script, "slump"):
        k = upright.seat.scale * script_amount(script)
        assert sunk.head[1] - upright.head[1] > 80 * k
        assert forward(sunk, sunk.head) < forward(upright, upright.head) - 4
        assert sunk.pitch > 0.35  # the chin stays down when eyes go up
    for upright, bent in parts(script, "lean"):
        if forward(upright, upright.head) < forward(bent, bent.head) - 1:  # else a reach has the body already
            assert bent.head[1] - upright.head[1] < 60 * upright.seat.scale


def script_amount(script: Script) -> float:
    return min(act.amount for act in script.acts if act.does == "slump")


@pytest.mark.parametrize("goal", ["una", "lap"])
@pytest.mark.parametrize("scene", ["review", "kitchen", "sofa"])
def test_who_has_a_backrest_sinks_round_into_it(scene: str, goal: str) -> None:
    upright, sunk = pair(scene, "slump", goal)
    assert sunk.head[1] > upright.head[1] + 80 * upright.seat.scale
    assert sunk.pitch > 0.35
    assert forward(upright, upright.head) - 30 < forward(sunk, sunk.head) < forward(upright, upright.head) - 4
    # The shoulders have dropped, and lie hardly further back than those of one who sits upright.
    assert shoulder(sunk)[1] > shoulder(upright)[1] + 60 * upright.seat.scale
    assert forward(sunk, shoulder(sunk)) > forward(upright, shoulder(upright)) - 25
    # Hips have slid forward, and the back is round: its middle lies behind the line from shoulders to hips.
    assert forward(sunk, spine(sunk, -20)) > forward(upright, spine(upright, -20)) + 20
    assert hollow(sunk) > 25
    _, bent = pair(scene, "lean, target: una", goal)
    assert forward(bent, bent.head) > forward(upright, upright.head) + 60
    assert forward(bent, bent.head) > forward(sunk, sunk.head) + 90


@pytest.mark.parametrize("goal", ["una", "lap"])
@pytest.mark.parametrize("scene", ["review", "kitchen", "sofa", "rug"])
def test_who_leans_back_has_a_straight_back_far_behind_the_hips(scene: str, goal: str) -> None:
    upright, back = pair(scene, "lean_back", goal)
    _, sunk = pair(scene, "slump", goal)
    assert hollow(back) < 5
    assert hollow(sunk) > hollow(back) + 20
    assert forward(back, shoulder(back)) < forward(upright, shoulder(upright)) - 60
    assert forward(back, shoulder(back)) < forward(sunk, shoulder(sunk)) - 40
    assert back.head[1] < sunk.head[1] - 60 * back.seat.scale


@pytest.mark.parametrize("goal", ["una", "lap"])
def test_who_has_none_sinks_straight_down(goal: str) -> None:
    upright, sunk = pair("rug", "slump", goal)
    assert sunk.head[1] > upright.head[1] + 80 * upright.seat.scale
    assert abs(forward(sunk, sunk.head) - forward(upright, upright.head) + 14) < 16
    assert forward(sunk, spine(sunk, -130)) < forward(upright, spine(upright, -130)) - 20


def test_a_small_trunk_sinks_and_rounds() -> None:
    upright, sunk = pair("rug", "slump", "una", who="una")
    high, low = (one.seat.hip[1] - shoulder(one)[1] for one in (upright, sunk))
    assert low < 0.66 * high
    straight, bent = (forward(one, spine(one, -70.0)) for one in (upright, sunk))
    assert bent < straight - 8


@every_film
def test_no_blink_hides_a_short_smile_in_a_close_up(path: Path) -> None:
    script = load_script(path)
    ends = [*(shot.start / 1e6 for shot in script.shots[1:]), script.duration / 1e6]
    for shot, end in zip(script.shots, ends, strict=False):
        for act in script.acts:
            first, last = max(act.start / 1e6, shot.start / 1e6), min(act.end / 1e6, end)
            if act.does not in ("smile", "laugh") or shot.of != act.actor or not 0 < last - first < 3:
                continue
            asked = [one for one in script.acts if one.actor == act.actor and one.does == "blink"]
            track = BlinkTrack(script, act.actor, GazeTrack(script, act.actor))
            times = [first + k / 25 for k in range(int((last - first) * 25))]
            assert asked or not any(track.at(t) for t in times), (act.id, first)

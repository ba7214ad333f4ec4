"""Children who lie: the head goes up to a face above them, and what they hold is on the way to nobody."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from vigwidgets.films.dyad import Script, load_script
from vigwidgets.films.dyad._gaze import GazeTrack
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._view import eyes_in_view, head_view
from vigwidgets.resources import resource_path

FILMS = Path(str(resource_path("course"))) / "films"
APART = math.radians(34)
"""How far what lies in a hand is at least off the line to a face that is looked at."""


def looks_up(script: Script, motion: Motion, who: str) -> list[tuple[float, str, Pose]]:
    """Return each settled moment at which a child who lies looks at a grown person: seconds, whom, and the pose."""
    track, found = GazeTrack(script, who), []
    for k in range(1, int(script.duration / 1e6 * 4)):
        t = k / 4
        goal, gone = track.at(t)[1], track.at(t)[3]
        if gone >= 1 and goal in motion.layout.seats and script.person(goal).grown:
            found.append((t, goal, motion.poses(t)[who]))
    return found


@pytest.mark.parametrize(("film", "who"), [("twins", "sol"), ("twins", "nur"), ("meeting-tam", "tam")])
def test_who_lies_lifts_chin_and_pupils_to_a_face_above(film: str, who: str) -> None:
    script = load_script(FILMS / f"{film}.yaml")
    looks = looks_up(script, Motion(script), who)
    assert len(looks) > 30
    for t, goal, pose in looks:
        assert pose.gaze[1] < pose.head[1] - 20, (t, goal)
        assert pose.pitch < -0.1, (t, goal)
        c, s = math.cos(pose.roll), math.sin(pose.roll)
        for eye in eyes_in_view(pose, head_view(pose)):
            dx, dy = eye.iris[0] - eye.centre[0], eye.iris[1] - eye.centre[1]
            assert dy < 0, (t, goal)
            # On a head that lies with the body the pupils must not go down to the chin either.
            assert dy * c - dx * s < 0.2 * eye.half[1], (t, goal)


def test_what_a_child_in_a_bouncer_holds_is_off_the_line_to_a_face() -> None:
    script = load_script(FILMS / "twins.yaml")
    motion, held = Motion(script), 0
    for t, goal, pose in looks_up(script, motion, "nur"):
        if motion.things.placed("ring", t).holder != "nur":
            continue
        held += 1
        (x, y), (ring_x, ring_y), (to_x, to_y) = pose.head, motion.thing_at("ring", t)[0], motion.point_of(goal, t)
        line, other = math.atan2(to_y - y, to_x - x), math.atan2(ring_y - y, ring_x - x)
        assert abs(math.remainder(line - other, math.tau)) > APART, t
    assert held > 50


def test_a_spoon_lies_flat_and_as_low_as_the_cup_stands() -> None:
    script = load_script(FILMS / "spoon.yaml")
    motion = Motion(script)
    for t in (0.5, 36.0, 41.0, 50.0):
        (_, low), turn = motion.thing_at("spoon", t)
        cup = motion.thing_at("cup", t)[0]
        assert low > cup[1] + 4
        assert abs(math.cos(turn - 0.9)) < 0.1  # its handle goes along the table
    upright = motion.thing_at("spoon", 3.5)[1]
    assert abs(math.cos(upright - 0.9)) > 0.4  # and a hand that takes it holds it up


def test_a_smile_for_somebody_comes_after_the_eyes_have_gone_there() -> None:
    script = load_script(FILMS / "meeting-mira.yaml")
    smiles = [act for act in script.acts if act.actor == "mira" and act.does in ("smile", "laugh") and act.target]
    assert len(smiles) > 5
    track = GazeTrack(script, "mira")
    for act in smiles:
        assert track.at(act.start / 1e6)[1] == act.target, act.id
        assert track.at(act.start / 1e6)[2] > 0.99, act.id  # the eyes have arrived

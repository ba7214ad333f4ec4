"""A smile that speaks is no laugh, hands that have let go are apart, and open arms are open: held for every film."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from vigwidgets.films.dyad import Script, load_script, parse_script
from vigwidgets.films.dyad._body import elbow_of
from vigwidgets.films.dyad._eyes import lids_of
from vigwidgets.films.dyad._feeling import spoken
from vigwidgets.films.dyad._gaze import GazeTrack
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._mouth import _PARTED, _lips, teeth_of
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._seats import to_room
from vigwidgets.films.dyad._speech import Speech
from vigwidgets.films.dyad._things import grab_time
from vigwidgets.films.dyad._view import eyes_in_view, head_view
from vigwidgets.resources import resource_path

FILMS = sorted(Path(str(resource_path("course"))).glob("films/*.yaml"))
every_film = pytest.mark.parametrize("path", FILMS, ids=lambda path: path.stem)
FRAME = 0.04
LAUGH = 0.66
"""A laugh opens the mouth at least so far while it is wholly on, 0 to 1."""


@cache
def film(path: Path) -> tuple[Script, Motion]:
    script = load_script(path)
    return script, Motion(script)


def spoken_smiles(script: Script, motion: Motion) -> list[tuple[str, Pose]]:
    """Return every frame in which somebody who smiles plainly says something, and does not laugh."""
    found = []
    for act in script.acts:
        if act.does == "say":
            for k in range(math.ceil(act.start / 4e4), act.end // 40_000):
                pose = motion.poses(k * FRAME)[act.actor]
                if pose.face.smile > 0.48 and pose.face.laugh < 0.01:
                    found.append((f"{act.id} {k * FRAME:.2f}", pose))
    return found


@every_film
def test_a_spoken_smile_keeps_its_mouth_below_a_laughs(path: Path) -> None:
    script, motion = film(path)
    for where, pose in spoken_smiles(script, motion):
        face = pose.face
        opened = _lips(face, pose.seat.form, bearded=False).open
        assert opened < LAUGH - 0.04, where
        if face.smile > 0.72:
            assert opened <= 0.5 + 1e-9, where
        # Of the row of teeth, which a laugh shows whole, at most half is seen.
        assert opened < _PARTED or teeth_of(face, opened) < 0.55, where
    for act in script.acts:
        if act.does == "laugh" and act.seconds > 1:
            face = motion.poses((act.start + act.end) / 2e6 - 0.2)[act.actor].face
            assert face.open > LAUGH, act.id
            assert face.talk > 0 or teeth_of(face, face.open) == 1, act.id


@every_film
def test_a_spoken_smile_keeps_the_eyes_and_the_corners_of_a_smile(path: Path) -> None:
    script, motion = film(path)
    for where, pose in spoken_smiles(script, motion):
        face, form = pose.face, pose.seat.form
        if max(face.blink, face.lids, face.frown, face.sad) < 0.05:
            for eye in eyes_in_view(pose, head_view(pose)):
                upper, lower = lids_of(face, eye)
                assert upper > 0.7, where  # a laugh's is at about 0.55
                assert lower > 0.44, where  # a laugh's is at about 0.32
                assert lower < 1 - 0.3 * face.smile, where
        if face.smile > 0.9 and face.round < 0.2:
            assert _lips(face, form, bearded=False).corner - form.mouth[0] > 4, where


def test_the_first_syllable_opens_the_mouth_as_the_voice_takes_it_over() -> None:
    half = Speech(open=0.6, talk=0.5)
    assert spoken(half, 0.0) == 0.6
    assert spoken(half, 1.0) < 0.15
    assert spoken(Speech(open=0.8, talk=1.0), 1.0) == pytest.approx(0.5)
    assert spoken(Speech(open=0.8, talk=1.0), 0.0) == 0.8
    assert spoken(Speech(open=0.3, talk=1.0), 1.0) == pytest.approx(0.3)
    assert spoken(Speech(open=0.7, cry=1.0), 0.3) == 0.7  # a cry has the whole mouth


@every_film
def test_two_hands_are_apart_as_soon_as_a_thing_has_gone_from_one_to_the_other(path: Path) -> None:
    script, motion = film(path)
    for act in script.acts:
        if act.does != "take":
            continue
        grab = grab_time(act)
        giver = motion.things.placed(str(act.thing), grab - 0.001).holder
        if giver in (None, act.actor):
            continue
        soon, later = motion.poses(grab + 0.18), motion.poses(grab + 0.6)
        arm = sum(soon[str(giver)].seat.arm)
        assert math.dist(soon[str(giver)].near.at, soon[act.actor].near.at) > 0.4 * arm, act.id
        # And the arm of who has it is drawn in most of the way; the body may still be coming back.
        there, home = motion.poses(grab)[act.actor].near.at, later[act.actor].near.at
        assert math.dist(soon[act.actor].near.at, home) < 0.45 * math.dist(there, home) + 6, act.id


def test_emil_looks_at_the_cup_until_he_has_it_and_then_up() -> None:
    script, _ = film(next(path for path in FILMS if path.stem == "spoon"))
    takes = next(act for act in script.acts if act.id == "cup.takes")
    looks = GazeTrack(script, "emil")
    assert looks.at(takes.start / 1e6)[1] == looks.at(grab_time(takes) + 0.4)[1] == "cup"
    assert looks.at(takes.end / 1e6 + 0.4)[1] == "tom"


OPEN = """\
id: open
title: Open
duration: 6
cast:
  - {{id: ana, role: parent, name: Ana}}
  - {{id: bo, role: child, name: Bo, age: {age}}}
acts:
  - {{id: look, actor: ana, does: look_at, target: bo, start: 0}}
  - {{id: arms, actor: {who}, does: open_arms, start: 1, duration: 3}}
beats: []
"""


@pytest.mark.parametrize(("who", "age"), [("ana", "9m"), ("bo", "9m"), ("bo", "18m")])
def test_open_arms_are_apart_and_not_before_the_breast(who: str, age: str) -> None:
    motion = Motion(parse_script(OPEN.format(who=who, age=age), "open.yaml"))
    pose = motion.poses(2.5)[who]
    seat = pose.seat
    behind, ahead = (
        (hand.at[0] - to_room(seat, at, pose.lean, pose.lift)[0]) * seat.facing
        for hand, at in ((pose.near, seat.shoulder), (pose.far, seat.far_shoulder))
    )
    assert behind < -0.6 * sum(seat.arm)
    assert ahead > 0.4 * sum(seat.arm)
    assert {pose.near.shape, pose.far.shape} == {"open"}
    # On the way the elbow goes from the one side to the other where the arm is stretched, and does not jump.
    elbows = []
    for k in range(25, 102):
        at = motion.poses(k * FRAME)[who]
        shoulder = to_room(seat, seat.shoulder, at.lean, at.lift)
        elbows.append(elbow_of(shoulder, at.near.at, seat.arm, seat.facing))
    assert max(math.dist(one, other) for one, other in pairwise(elbows)) < 0.3 * sum(seat.arm)

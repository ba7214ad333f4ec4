"""What readers from outside took for something else, held for every film: one look, one face, one hand, one meaning."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import pytest

from scripts.cold_key import CLOSED, PLACES, YOUNG, Sight
from vigwidgets.films.dyad import Script, load_script, parse_script
from vigwidgets.films.dyad._cameras import angles_of
from vigwidgets.films.dyad._ease import EASE
from vigwidgets.films.dyad._eyes import iris_of, lids_of
from vigwidgets.films.dyad._gaze import GazeTrack
from vigwidgets.films.dyad._model import Act
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._mouth import _lips
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._things import knock_time
from vigwidgets.films.dyad._view import EyeView, eyes_in_view, head_view
from vigwidgets.resources import resource_path

FILMS = sorted(Path(str(resource_path("course"))).glob("films/*.yaml"))
every_film = pytest.mark.parametrize("path", FILMS, ids=lambda path: path.stem)
VOICE = ("say", "coo", "babble", "laugh", "fuss", "cry")
BESIDE, CLEAR_OF_HAND = 28.0, 62.0
"""Degrees, and units of the picture: how far another thing is from a hand that reaches past it."""


@cache
def film(path: Path) -> tuple[Script, Motion]:
    script = load_script(path)
    return script, Motion(script)


def acts(script: Script, *kinds: str) -> list[Act]:
    return [act for act in script.acts if act.does in kinds]


def eyes(pose: Pose) -> list[EyeView]:
    return eyes_in_view(pose, head_view(pose))


def way(one: tuple[float, float], other: tuple[float, float]) -> float:
    return math.atan2(other[1] - one[1], other[0] - one[0])


@every_film
def test_the_side_that_the_key_asks_is_the_side_that_is_drawn(path: Path) -> None:
    script, motion = film(path)
    sight = Sight(script)
    for person in script.cast:
        track = GazeTrack(script, person.id)
        ends = [*track.starts[1:], script.duration / 1e6]
        for start, end, target in zip(track.starts, ends, track.targets, strict=True):
            if target not in PLACES or end - max(start, 0) < 1:
                continue
            t = max(start, 0) + 0.7
            pose = motion.poses(t)[person.id]
            if pose.seat.tilt or any(
                a.actor == person.id and a.start <= t * 1e6 < a.end for a in acts(script, "turn_away")
            ):
                continue
            low = min((eye.iris[1] - eye.centre[1]) / eye.half[1] for eye in eyes(pose))
            if "down" in sight._side(person.id, t):
                assert pose.pitch > 0.28, (person.id, target, t, pose.pitch)
                assert low > 0.3, (person.id, target, t, low)
            else:
                assert pose.pitch < 0.3, (person.id, target, t, pose.pitch)


SOUND = """\
id: sound
title: Sound
duration: 6
cast:
  - {id: ana, role: parent, name: Ana}
  - {id: bo, role: child, name: Bo}
acts:
  - {id: look, actor: bo, does: look_at, target: ana, start: 0}
  - {id: smile, actor: bo, does: smile, start: 1, duration: 4}
  - {id: coo, actor: bo, does: coo, text: "ah-goo", start: 2.5, duration: 1}
beats: []
"""


def test_a_coo_on_top_of_a_smile_is_no_laugh() -> None:
    motion = Motion(parse_script(SOUND, "sound.yaml"))
    poses = [motion.poses(2.6 + k / 20)["bo"] for k in range(16)]
    sounding = [pose for pose in poses if pose.face.open > CLOSED]
    assert len(sounding) > 6
    for pose in sounding:
        lips = _lips(pose.face, pose.seat.form, bearded=False)
        assert pose.face.smile < 0.25
        assert pose.face.round > 0.4
        assert lips.wide < 0.85 * pose.seat.form.mouth[1]
        assert min(lid for eye in eyes(pose) for lid in lids_of(pose.face, eye)) > 0.75
    assert motion.poses(2.2)["bo"].face.smile > 0.9 < motion.poses(3.9)["bo"].face.smile


@every_film
def test_no_sound_without_words_comes_with_a_smile(path: Path) -> None:
    script, _ = film(path)
    for sound in acts(script, "coo", "babble"):
        for other in acts(script, "smile", "laugh"):
            both = other.actor == sound.actor and other.overlaps(sound.start, sound.end)
            assert not both, (sound.id, other.id)


@every_film
def test_a_surprise_stands_silent_for_a_second_and_can_be_seen(path: Path) -> None:
    script, motion = film(path)
    for act in acts(script, "surprise"):
        during = [a.id for a in acts(script, *VOICE) if a.actor == act.actor and a.overlaps(act.start, act.end)]
        assert not during, (act.id, during)
        assert act.seconds >= 1, act.id
        shot = next((a for a in reversed(angles_of(script)) if a.start <= act.start + 200_000), None)
        assert shot is not None
        assert not any(act.start + 200_000 < a.start < act.end - 400_000 for a in angles_of(script)), act.id
        pose = motion.poses((act.start + act.end) / 2e6)[act.actor]
        for eye in eyes(pose):
            (_, y), _, high = iris_of(pose.face, pose.seat.form, eye)
            open_, low = lids_of(pose.face, eye)
            tall = eye.half[1] * (1 + 0.36 * pose.face.surprise**0.7)
            assert y - high > eye.centre[1] - open_ * tall, (act.id, "white above")
            assert y + high < eye.centre[1] + low * tall, (act.id, "white below")
        lips = _lips(pose.face, pose.seat.form, bearded=False)
        assert lips.open > 0.3, act.id
        assert pose.face.talk == 0, act.id


@every_film
def test_a_hand_that_reaches_has_nothing_else_before_it(path: Path) -> None:
    script, motion = film(path)
    for act in acts(script, "reach"):
        if act.target not in motion.things.things:
            continue
        t = (act.start + act.end) / 2e6
        hand, goal = motion.poses(t)[act.actor].near.at, motion.thing_at(str(act.target), t)[0]
        for thing in motion.things.things:
            if thing == act.target or motion.things.placed(thing, t).holder:
                continue
            there = motion.thing_at(thing, t)[0]
            aside = abs(math.degrees(math.remainder(way(hand, there) - way(hand, goal), 2 * math.pi)))
            before = math.dist(hand, there) < math.dist(hand, goal) + 60
            assert math.dist(hand, there) > CLEAR_OF_HAND, (act.id, thing)
            assert not before or aside > BESIDE, (act.id, thing, aside)


@every_film
def test_what_is_knocked_is_struck_and_tilted_from_the_touch_on(path: Path) -> None:
    script, motion = film(path)
    for act in acts(script, "knock"):
        hit, thing = knock_time(act), str(act.thing)
        up, close = (motion.poses(hit - before)[act.actor].near.at for before in (0.2, 0.04))
        (_, y), _ = motion.thing_at(thing, hit - 0.01)
        assert y - up[1] > 40, act.id
        assert close[1] - up[1] > 30, act.id
        moved = [name for name in motion.things.things if motion.thing_at(name, hit + 0.05)[1]]
        assert any(abs(motion.thing_at(name, hit + 0.05)[1]) > 0.08 for name in moved), act.id
        # What a key asks of it before the touch is a hand on its way down.
        assert hit - act.start / 1e6 < YOUNG + 0.3, act.id


@every_film
def test_a_laugh_ends_in_a_smile_with_closed_lips(path: Path) -> None:
    script, motion = film(path)
    for act in acts(script, "laugh"):
        t = act.end / 1e6 - EASE["laugh"][1] + 0.2
        speaks = any(
            a.actor == act.actor and a.start / 1e6 < t + 0.1 and a.end / 1e6 > t for a in acts(script, "say", "coo")
        )
        face = motion.poses(t)[act.actor].face
        assert speaks or face.open < 0.07, (act.id, face.open)
        assert face.smile > 0.2, act.id
        assert motion.poses(act.end / 1e6 - EASE["laugh"][1] - 0.05)[act.actor].face.open > 0.4, act.id


@every_film
def test_resting_lids_are_open(path: Path) -> None:
    script, motion = film(path)
    for k in range(int(script.duration / 1e6 * 4)):
        t = k / 4
        for person, pose in motion.poses(t).items():
            face = pose.face
            if max(face.blink, face.laugh, face.smile, face.fuss, face.cry, face.frown, face.sad) > 0.05:
                continue
            lids = [lids_of(face, eye)[0] for eye in eyes(pose)]
            assert min(lids) > 0.36, (person, t, lids)


@every_film
def test_who_slumps_has_level_brows(path: Path) -> None:
    script, motion = film(path)
    for act in acts(script, "slump"):
        face = motion.poses((act.start + act.end) / 2e6)[act.actor].face
        assert face.sad == 0, act.id


@every_film
def test_no_close_up_of_a_review_cuts_a_face(path: Path) -> None:
    script, motion = film(path)
    if script.scene != "review":
        return
    shots = {shot.start: shot for shot in script.shots}
    for angle in angles_of(script):
        shot = shots.get(angle.start)
        if shot is None or shot.camera != "parent":
            continue
        left, right = angle.view[0], angle.view[0] + angle.view[2]
        for person, pose in motion.poses(shot.start / 1e6).items():
            x, rx = pose.head[0], pose.seat.radius[0]
            assert person == shot.of or x + rx <= left or x - rx >= right, (shot.start, person)


def test_a_thing_in_front_lies_on_its_side_and_clear_of_the_line() -> None:
    script = parse_script(
        SOUND.replace(
            "acts:",
            "things:\n  - {id: ring, kind: rattle, at: 0.8, front: true}\n  - {id: block, kind: block, at: 0.8}\nacts:",
        ),
        "sound.yaml",
    )
    motion = Motion(script)
    (front, line) = (motion.thing_at(name, 1.0) for name in ("ring", "block"))
    assert abs(front[1]) > 0.8
    assert front[0][1] > line[0][1] + 25
    [angle] = angles_of(script)
    assert front[0][1] + 30 < angle.view[1] + angle.view[3]

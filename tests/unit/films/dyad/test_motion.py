from __future__ import annotations

import math
from pathlib import Path

import pytest

from vigwidgets.films.dyad import Script, load_script
from vigwidgets.films.dyad._body import elbow_of
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._things import grab_time, knock_time, release_time
from vigwidgets.resources import resource_path

STEP = 0.04


def test_nothing_jumps(film: Script) -> None:
    motion = Motion(film)
    before = motion.poses(0.0)
    for k in range(1, film.frames):
        now = motion.poses(k * STEP)
        for who, pose in now.items():
            for name in ("head", "neck"):
                assert math.dist(getattr(pose, name), getattr(before[who], name)) < 17, (k, who, name)
            for name in ("near", "far"):
                assert math.dist(getattr(pose, name).at, getattr(before[who], name).at) < 60, (k, who, name)
            assert abs(pose.yaw - before[who].yaw) < 0.35, (k, who)
            assert 0 <= pose.face.blink <= 1
            assert 0 <= pose.face.smile <= 1
        before = now


def test_things_do_not_jump_from_hand_to_hand(film: Script) -> None:
    motion = Motion(film)
    for thing in film.things:
        before = motion.thing_at(thing.id, 0.0)[0]
        for k in range(1, film.frames):
            now = motion.thing_at(thing.id, k * STEP)[0]
            assert math.dist(now, before) < 60, (thing.id, k * STEP)
            before = now


def test_the_hand_is_there_when_it_takes_and_when_it_lets_go(blocks: Script) -> None:
    motion = Motion(blocks)
    for act in blocks.acts:
        if act.does in ("take", "put", "knock"):
            at = {"take": grab_time, "put": release_time, "knock": knock_time}[act.does](act)
            hand = motion.poses(at - 0.001)[act.actor].near.at
            assert math.dist(hand, motion.thing_at(str(act.thing), at - 0.001)[0]) < 12, act.id
            upper, fore = motion.poses(at)[act.actor].seat.arm
            assert upper > 0 < fore


def test_a_film_is_the_same_each_time_and_the_seed_varies_what_does_not_matter(film: Script) -> None:
    one, two = Motion(film), Motion(film)
    other = Motion(film.model_copy(update={"seed": film.seed + 1}))
    moments = [k * 0.37 for k in range(40)]
    assert [one.poses(t) for t in moments] == [two.poses(t) for t in moments]
    blinks = [[pose.face.blink for pose in m.poses(k * STEP).values()] for m in (one, other) for k in range(400)]
    assert blinks[:400] != blinks[400:]


def test_an_elbow_keeps_the_arm_as_long_as_it_is() -> None:
    for hand in ((100.0, 40.0), (-60.0, 90.0), (10.0, -120.0)):
        elbow = elbow_of((0.0, 0.0), hand, (80.0, 70.0), 1)
        assert math.isclose(math.dist((0, 0), elbow), 80.0)
        assert math.isclose(math.dist(elbow, hand), 70.0)


def test_blocks_stand_on_one_another_and_fall(blocks: Script) -> None:
    motion = Motion(blocks)
    knock = next(act for act in blocks.acts if act.does == "knock")
    top, low = (motion.thing_at(name, knock.start / 1e6)[0] for name in ("blue", "yellow"))
    assert top[1] < low[1] - 40
    after, turn = motion.thing_at("blue", knock.end / 1e6 + 0.5)
    assert abs(after[1] - low[1]) < 30
    assert abs(abs(turn) - math.pi / 2) < 0.01


@pytest.mark.parametrize("path", sorted(Path(resource_path("course/films")).glob("*.yaml")), ids=lambda path: path.stem)
def test_nobody_throws_themselves_about(path: Path) -> None:
    """From one frame to the next no head goes further than a twelfth of its own width."""
    script = load_script(path)
    motion = Motion(script)
    before = motion.poses(0.0)
    for k in range(1, script.frames):
        now = motion.poses(k / 25)
        for actor, pose in now.items():
            far = math.dist(pose.head, before[actor].head)
            assert far < 15.5, f"{actor} at {k / 25} s"
        before = now

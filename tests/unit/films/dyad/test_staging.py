"""Where things stand in the twelve films: one look, one meaning; and a close-up holds what it is about."""

from __future__ import annotations

import itertools
import math
import random
from pathlib import Path

import pytest

from scripts.cold_form import form_of
from scripts.cold_key import MOVEMENTS, Sight
from scripts.cold_reading import APART as MOMENTS_APART
from scripts.cold_reading import draw_moments
from vigwidgets.films.dyad import Script, load_script, parse_script
from vigwidgets.films.dyad._body import arm_angle
from vigwidgets.films.dyad._cameras import Angle, angles_of
from vigwidgets.films.dyad._ease import EASE
from vigwidgets.films.dyad._gaze import GazeTrack
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._seats import to_room
from vigwidgets.films.dyad._things import grab_time
from vigwidgets.resources import resource_path

FILMS = sorted(Path(str(resource_path("course"))).glob("films/*.yaml"))
NAMES = [path.stem for path in FILMS]
APART, CLEAR = 12.0, 8.0
"""Degrees between two lines of gaze that a stranger can tell apart: to people, and to things."""
POINTS, BEFORE = 10.0, 30.0
"""Degrees: how far at most an arm that reaches is off its goal, and how far at least from what another carries."""


def looks(script: Script, who: str) -> list[tuple[float, str]]:
    """Return what somebody looks at for a second and more, and the middle of that look in seconds."""
    track = GazeTrack(script, who)
    ends = [*track.starts[1:], script.duration / 1e6]
    spans = zip(track.starts, ends, track.targets, strict=True)
    return [((max(start, 0) + end) / 2, target) for start, end, target in spans if end - max(start, 0) >= 1]


def apart(head: tuple[float, float], one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how many degrees lie between two directions."""
    ways = [math.atan2(at[1] - head[1], at[0] - head[0]) for at in (one, other)]
    return abs(math.degrees(math.remainder(ways[0] - ways[1], 2 * math.pi)))


@pytest.mark.parametrize("film", FILMS, ids=NAMES)
def test_nobody_sits_on_the_line_to_somebody_else(film: Path) -> None:
    script = load_script(film)
    motion = Motion(script)
    people = [person.id for person in script.cast]
    for who, other in itertools.permutations(people, 2):
        for t, target in looks(script, who):
            if target not in people or target == other:
                continue
            head = motion.poses(t)[who].head
            there, beside = motion.point_of(target, t), motion.point_of(other, t)
            # Who sits right behind somebody is farther off, and nobody takes the far one for the near one.
            behind = math.dist(head, beside) > 1.4 * math.dist(head, there)
            assert behind or apart(head, there, beside) > APART, (film.stem, who, target, other, t)


@pytest.mark.parametrize("film", FILMS, ids=NAMES)
def test_nothing_nearer_lies_on_the_line_to_a_thing(film: Path) -> None:
    script = load_script(film)
    motion = Motion(script)
    for who, thing in itertools.product([person.id for person in script.cast], script.things):
        for t, target in looks(script, who):
            if target not in motion.things.things or target == thing.id or motion.things.placed(target, t).holder:
                continue
            if motion.things.placed(thing.id, t).holder:
                continue
            head = motion.poses(t)[who].head
            there, beside = motion.point_of(target, t), motion.point_of(thing.id, t)
            nearer = math.dist(head, beside) < math.dist(head, there)
            assert not nearer or apart(head, there, beside) > CLEAR, (film.stem, who, target, thing.id, t)


@pytest.mark.parametrize("film", FILMS, ids=NAMES)
def test_a_close_up_holds_the_things_that_are_looked_at(film: Path) -> None:
    script = load_script(film)
    motion = Motion(script)
    for i, shot in enumerate(script.shots):
        if shot.camera not in ("baby", "parent"):
            continue
        end = script.shots[i + 1].start if i + 1 < len(script.shots) else script.duration
        angle = next(one for one in angles_of(script) if one.start == shot.start)
        for k in range(1, 20):
            t = (shot.start + (end - shot.start) * k / 20) / 1e6
            target = GazeTrack(script, str(shot.of)).at(t)[1]
            if target in motion.things.things:
                assert _inside(motion.thing_at(target, t)[0], angle), (film.stem, shot.of, target, t)


def _inside(point: tuple[float, float], angle: Angle) -> bool:
    x, y, wide, high = angle.view
    return x < point[0] < x + wide and y < point[1] < y + high


CLOSE = """\
id: close
title: Close
duration: 6
cast:
  - {id: ana, role: parent, name: Ana}
  - {id: bo, role: child, name: Bo}
shots:
  - {from: 0, camera: two}
  - {from: 3, camera: baby, of: bo}
acts:
  - {actor: ana, does: look_at, target: bo, start: 0}
  - {actor: bo, does: look_at, target: rug, start: 0}
  - {actor: bo, does: look_at, target: ana, start: 2}
  - {actor: ana, does: smile, start: 0.5, duration: 5}
  - {actor: bo, does: kick, start: 1, duration: 4}
  - {actor: bo, does: smile, start: 1, duration: 4.8}
beats: []
"""


def test_the_key_asks_only_for_what_a_picture_can_show() -> None:
    sight = Sight(parse_script(CLOSE, "close.yaml"))
    wide, turning, close = sight.frame(1.5), sight.frame(2.1), sight.frame(4.0)
    assert wide["asked"] == {
        "ana": ["looks at bo", "smile"],
        "bo": ["looks at rug (place: away, down)", "smile"],
    }
    assert wide["not_asked"] == ["bo: kick (movement)"]
    assert turning["not_asked"][0] == "bo: looks from rug to ana (beginning)"
    assert close["asked"] == {"bo": ["looks at ana", "smile"]}
    assert close["not_asked"] == ["ana: looks at bo (outside)", "ana: smile (outside)", "bo: kick (movement)"]


def test_a_stretch_asks_for_what_was_in_the_picture_for_part_of_it() -> None:
    told = Sight(parse_script(CLOSE, "close.yaml")).stretch(0.5, 5.5)
    assert "ana: smile" in told["asked"]
    assert "bo: kick (movement)" in told["not_asked"]
    assert not any(line.split(": ")[1] in MOVEMENTS for line in told["asked"])


def test_a_posture_is_asked_only_where_shoulders_and_back_are_in_the_picture() -> None:
    script = load_script(next(film for film in FILMS if film.stem == "meeting-una"))
    sight = Sight(script)
    assert "slump (0.7)" in sight.frame(7.0)["asked"]["una"]
    close = CLOSE.replace("does: kick, start: 1,", "does: slump, start: 1,")
    shown = Sight(parse_script(close.replace("of: bo}", "of: ana}"), "close.yaml")).frame(4.0)
    assert "bo: slump (outside)" in shown["not_asked"]


def test_what_begins_in_the_last_still_of_a_stretch_is_not_asked() -> None:
    sight = Sight(parse_script(CLOSE, "close.yaml"))
    # The smile begins at 1 s. Of a stretch that ends at 1.5 s the last still is at 1.08 s, the one before it at 0.67 s.
    assert "bo: smile (too short a part of it)" in sight.stretch(-3.5, 1.5)["not_asked"]
    assert "bo: smile" in sight.stretch(-3.0, 2.0)["asked"]


def test_who_looks_at_a_small_child_does_not_raise_the_head_when_that_child_turns() -> None:
    script = load_script(next(film for film in FILMS if film.stem == "meeting-mira"))
    motion = Motion(script)
    pitches = [motion.poses(t)["leyla"].pitch for t in (10.4, 14.8, 26.8, 46.0, 54.0)]
    assert min(pitches) > 0.2
    assert max(pitches) - min(pitches) < 0.08


def test_what_no_still_of_a_stretch_shows_is_not_asked() -> None:
    # The first stills are at 0, 0.42 and 0.83 s: a look from 0.42 to 0.8 s would have arrived in none of them.
    quick = CLOSE.replace("target: ana, start: 2}", "target: ana, start: 0.42, duration: 0.36}")
    told = Sight(parse_script(quick, "close.yaml")).stretch(0.0, 5.0)
    assert "bo: look_at ana (in no still)" in told["not_asked"]
    # One still more, and it is asked.
    longer = CLOSE.replace("target: ana, start: 2}", "target: ana, start: 0.42, duration: 0.5}")
    assert "bo: look_at ana" in Sight(parse_script(longer, "close.yaml")).stretch(0.0, 5.0)["asked"]


def test_a_voice_is_asked_in_a_stretch_only_if_a_still_shows_its_mouth_open() -> None:
    cooed = CLOSE.replace("does: kick, start: 1,", "does: coo, text: a-goo, start: 1,")
    script = parse_script(cooed, "close.yaml")
    sight, motion = Sight(script), Motion(script)
    assert "bo: coo “a-goo”" in sight.stretch(0.0, 5.0)["asked"]
    act = next(one for one in script.acts if one.does == "coo")
    shut = next(t / 100 for t in range(100, 500) if motion.poses(t / 100)["bo"].face.open < 0.12)
    assert not sight._told_by(act, shut)


def test_the_form_has_one_line_for_every_head_and_gives_nothing_away() -> None:
    sight = Sight(parse_script(CLOSE, "close.yaml"))
    form = form_of([(sight, 1.5), (sight, 4.0)], [(sight, 0.5, 5.5)])
    wide, close = form.split("## Frame 2")
    assert wide.count("| 1, leftmost |") == 1
    assert wide.count("| 2, rightmost |") == 1
    assert close.split("## Stretch 1")[0].count("\n| 1 |") == 1
    told = form.split("## Frame 1")[1].lower()
    assert not any(word in told for word in ("ana", "kick", "rug", "smile"))
    # Every line is empty, and the same whatever is asked.
    rows = [line for line in form.splitlines() if line.startswith(("| 1", "| 2"))]
    assert {row.split(" |", 1)[1] for row in rows} == {" | | | | | |"}


def test_a_place_in_the_room_is_marked_with_its_side_and_a_thing_of_the_play_is_not() -> None:
    sight = Sight(load_script(next(film for film in FILMS if film.stem == "hello")))
    assert sight.frame(18.44)["asked"]["bo"] == ["looks at plant (place: away, right)"]
    assert sight.stretch(16.4, 21.4)["asked"].count("bo: look_away plant (place: away, right)") == 1
    assert "place" not in str(sight.frame(1.28)["asked"])
    review = Sight(load_script(next(film for film in FILMS if film.stem == "review-twins")))
    told = [line for t in range(1, 80) for lines in review.frame(float(t))["asked"].values() for line in lines]
    assert "looks at screen" in told
    assert not any("screen (place" in line for line in told)


@pytest.mark.parametrize(("place", "side"), [("door", "left"), ("plant", "right"), ("window", "up and left")])
def test_the_side_is_that_of_the_picture(place: str, side: str) -> None:
    sight = Sight(parse_script(CLOSE.replace("target: rug", f"target: {place}"), "close.yaml"))
    assert sight.frame(1.5)["asked"]["bo"][0] == f"looks at {place} (place: away, {side})"


def test_what_eases_out_for_longer_is_ending_for_as_long() -> None:
    script = load_script(next(film for film in FILMS if film.stem == "spoon"))
    back = next(act for act in script.acts if act.does == "lean_back")
    sight, end = Sight(script), back.end / 1e6
    assert "lean_back (0.8)" in sight.frame(end - EASE["lean_back"][1] - 0.05)["asked"]["tom"]
    assert "tom: lean_back (0.8) (ending)" in sight.frame(end - EASE["lean_back"][1] + 0.05)["not_asked"]
    # He stays back until the child has turned to him again.
    again = next(act for act in script.acts if act.id == "pause.back")
    assert again.start / 1e6 <= end - EASE["lean_back"][1] + 0.01


@pytest.mark.parametrize("film", FILMS, ids=NAMES)
def test_an_arm_that_reaches_points_at_its_goal(film: Path) -> None:
    script = load_script(film)
    motion = Motion(script)
    things = motion.things.things
    for act in script.acts:
        if act.does not in ("reach", "point") or act.target not in things or act.seconds < 1:
            continue
        t = (act.start + act.end) / 2e6
        pose, goal = motion.poses(t)[act.actor], motion.thing_at(str(act.target), t)[0]
        shoulder = to_room(pose.seat, pose.seat.shoulder, pose.lean, pose.lift, pose.slump)
        assert apart(shoulder, pose.near.at, goal) < POINTS, (film.stem, act.id, "arm")
        fingers = arm_angle(pose, pose.near, near=True)
        way = math.atan2(goal[1] - pose.near.at[1], goal[0] - pose.near.at[0])
        assert abs(math.degrees(math.remainder(fingers - way, 2 * math.pi))) < POINTS, (film.stem, act.id, "hand")


@pytest.mark.parametrize("film", FILMS, ids=NAMES)
def test_what_is_carried_elsewhere_is_not_held_before_a_reaching_hand(film: Path) -> None:
    script = load_script(film)
    motion = Motion(script)
    for act in script.acts:
        if act.does != "reach" or act.target not in motion.things.things:
            continue
        for k in range(1, 10):
            t = (act.start + (act.end - act.start) * k / 10) / 1e6
            hand, goal = motion.poses(t)[act.actor].near.at, motion.thing_at(str(act.target), t)[0]
            for thing in motion.things.things:
                holder = motion.things.placed(thing, t).holder
                if thing == act.target or holder in (None, act.actor):
                    continue
                held = motion.thing_at(thing, t)[0]
                before = math.dist(hand, held) < 2 * math.dist(hand, goal)
                assert not before or apart(hand, held, goal) > BEFORE, (film.stem, act.id, thing, t)


def test_a_draw_has_no_moment_twice_and_none_that_asks_nothing() -> None:
    script = parse_script(CLOSE, "close.yaml")
    sights = {script.id: Sight(script)}
    for seed in range(40):
        drawn = draw_moments(random.Random(seed), [script] * 3, sights)
        at = sorted(t for _, t in drawn)
        assert len(at) == 3
        assert all(later - one >= MOMENTS_APART for one, later in itertools.pairwise(at))
    # From 2 s on, for a third of a second, Bo's eyes are on their way; in this picture there is nobody else.
    alone = CLOSE.replace("from: 3, camera", "from: 1.5, camera").replace(
        "start: 1, duration: 4.8", "start: 4, duration: 1"
    )
    turned = parse_script(alone, "close.yaml")
    sights = {turned.id: Sight(turned)}
    assert sights[turned.id].frame(2.12)["asked"] == {}
    for seed in range(400):
        [(_, t)] = draw_moments(random.Random(seed), [turned], sights)
        assert sights[turned.id].frame(t)["asked"]
    with pytest.raises(SystemExit, match="no more moments"):
        draw_moments(random.Random(1), [turned] * 9, sights)


def test_a_hand_that_has_closed_is_asked_as_one_that_holds() -> None:
    script = load_script(next(film for film in FILMS if film.stem == "meeting-lev"))
    act = next(one for one in script.acts if one.does == "take" and one.actor == "amal")
    sight = Sight(script)
    closed, open_ = sight.frame(grab_time(act) + 0.05), sight.frame(grab_time(act) - 0.05)
    assert "holds (has taken) ball" in closed["asked"]["amal"]
    assert "take ball" in open_["asked"]["amal"]


@pytest.mark.parametrize("film", FILMS, ids=NAMES)
def test_a_voice_takes_the_mouth_from_a_smile_and_a_hand_puts_from_above(film: Path) -> None:
    script = load_script(film)
    motion = Motion(script)
    for act in script.acts:
        if act.does == "say":
            talk = motion.poses((act.start + act.end) / 2e6)[act.actor].face.talk
            assert talk > 0.9, (film.stem, act.id)
        if act.does == "take" and act.thing and motion.things.placed(act.thing, act.start / 1e6).holder is None:
            t = (act.start / 1e6 + grab_time(act)) / 2
            rest, there = (motion.poses(at)[act.actor].near.at for at in (act.start / 1e6, grab_time(act) - 0.001))
            assert motion.poses(t)[act.actor].near.at[1] < (rest[1] + there[1]) / 2, (film.stem, act.id)


def test_heads_are_told_from_left_to_right() -> None:
    script = load_script(next(film for film in FILMS if film.stem == "meeting-lev"))
    assert Sight(script).heads(5.0) == ["amal", "lev", "baba"]
    assert Sight(script).heads(60.0) == ["lev"]

"""What the key of a stretch asks: only what its stills show, in the order in which they show it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from scripts import cold_key
from scripts.cold_cover import covered, eyes_covered, trunk_of
from scripts.cold_key import STILL, Sight
from vigwidgets.films.dyad import Script, load_script
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._pose import Hand, Pose
from vigwidgets.films.dyad._things import grab_time, knock_time
from vigwidgets.resources import resource_path


@cache
def _film(name: str) -> Script:
    return load_script(Path(str(resource_path("course"))) / "films" / f"{name}.yaml")


def _told(name: str, start: float) -> tuple[list[str], list[str]]:
    told = Sight(_film(name)).stretch(start, start + 5.0)
    return told["asked"], told["not_asked"]


def test_a_knock_is_asked_only_if_a_still_shows_the_thing_moved() -> None:
    act = next(one for one in _film("blocks").acts if one.does == "knock")
    hit = knock_time(act)
    # The last of twelve stills is 11 still apart from the first: shortly before the hit, and well after it.
    before, after = hit - 0.05 - 11 * STILL, hit + 0.3 - 11 * STILL
    asked, spared = _told("blocks", before)
    assert "bo: knock blue" not in asked
    assert "bo: knock blue (in no still)" in spared
    assert "bo: knock blue" in _told("blocks", after)[0]


def test_an_offer_is_asked_until_the_other_has_taken_the_thing() -> None:
    act = next(one for one in _film("blocks").acts if one.id == "bo-takes-rattle")
    sight, taken = Sight(_film("blocks")), grab_time(act)
    assert "offer rattle bo" in sight.frame(taken - 0.2)["asked"]["ana"]
    assert "ana: offer rattle bo (ending)" in sight.frame(taken + 0.1)["not_asked"]


def test_a_hand_that_has_closed_in_all_its_stills_is_asked_as_one_that_holds() -> None:
    act = next(one for one in _film("spoon").acts if one.id == "spoon-again")
    closed = _told("spoon", grab_time(act) + 0.02)[0]
    assert "tom: holds (has taken) spoon" in closed
    assert "tom: take spoon" not in closed
    # One still earlier the hand is open on its way, and a reader can see that it takes.
    assert "tom: take spoon" in _told("spoon", grab_time(act) - 0.3)[0]


def place(asked: list[str], begins: str) -> int:
    return next(i for i, line in enumerate(asked) if line.startswith(begins))


def test_what_is_asked_stands_in_the_order_in_which_the_stills_show_it() -> None:
    asked = _told("spoon", 23.68)[0]
    assert place(asked, "emil: fuss") < place(asked, "emil: frown")
    # From before both, the frown is seen first.
    asked = _told("spoon", 20.6)[0]
    assert any(line.startswith("emil: frown") for line in asked)
    assert any(line.startswith("emil: fuss") for line in asked)


def test_a_smile_that_a_laugh_covers_is_asked_from_where_it_is_seen() -> None:
    asked = _told("hello", 13.84)[0]
    assert place(asked, "ana: laugh") < place(asked, "ana: smile")
    # From before the laugh, the smile is seen first.
    asked = _told("hello", 12.3)[0]
    assert place(asked, "ana: smile") < place(asked, "ana: laugh")


def test_no_gaze_is_asked_of_eyes_behind_the_own_hands() -> None:
    act = next(one for one in _film("hello").acts if one.does == "hide")
    sight, start, end = Sight(_film("hello")), act.start / 1e6, act.end / 1e6
    key = sight.frame(11.28)
    assert key["asked"]["ana"] == ["hide bo"]
    assert "ana: looks at bo (behind own hands)" in key["not_asked"]
    assert "looks at ana" in key["asked"]["bo"]
    # Hands on their way up or down hide nothing, and then the gaze is asked.
    for t in (start + 0.3, end - 0.25):
        assert "looks at bo" in sight.frame(t)["asked"]["ana"]
    asked, spared = sight.stretch(11.0, 16.0)["asked"], sight.stretch(11.0, 16.0)["not_asked"]
    assert "ana: look_at bo" in asked
    assert not any("ana: look_at bo" in line for line in spared)


@pytest.mark.parametrize("hand", ["near", "far"])
def test_one_hand_over_one_eye_leaves_the_other_to_be_read(hand: str) -> None:
    pose = Motion(_film("hello")).poses(11.28)["ana"]
    assert eyes_covered(pose)
    assert not eyes_covered(replace(pose, **{hand: Hand(pose.seat.hip)}))


def _una() -> dict[str, Pose]:
    return Motion(_film("meeting-una")).poses(7.0)


@pytest.mark.parametrize("part", ["shoulder", "back", "hips"])
def test_a_trunk_behind_the_arm_of_another_is_covered(part: str) -> None:
    poses = _una()
    assert not covered("una", poses)  # her mother's arm lies over her legs
    over = replace(poses["ruth"], near=Hand(trunk_of(poses["una"])[part]))
    assert covered("una", {**poses, "ruth": over})
    assert not covered("una", {**poses, "ruth": over}, frozenset({"ruth"}))
    own = replace(poses["una"], near=Hand(trunk_of(poses["una"])[part]))
    assert not covered("una", {**poses, "una": own})


def test_a_trunk_behind_the_body_of_another_is_covered_and_one_before_it_is_not() -> None:
    poses = _una()
    x, y = trunk_of(poses["ruth"])["back"]
    child = replace(poses["una"], head=(x, y), neck=(x, y + 60))
    assert covered("ruth", {**poses, "una": child})
    x, y = trunk_of(poses["una"])["back"]
    behind = replace(poses["ruth"], head=(x, y))
    assert not covered("una", {**poses, "ruth": behind})


def test_a_covered_posture_is_not_asked_and_the_key_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    sight = Sight(_film("meeting-una"))
    assert "slump (0.7)" in sight.frame(7.0)["asked"]["una"]
    assert "una: slump (0.7)" in sight.stretch(5.0, 10.0)["asked"]
    monkeypatch.setattr(cold_key, "covered", lambda *_: True)
    assert "una: slump (0.7) (covered)" in sight.frame(7.0)["not_asked"]
    assert "una: slump (0.7) (covered)" in sight.stretch(5.0, 10.0)["not_asked"]
    # What is no posture is asked all the same.
    assert "ruth: look_at una" in sight.stretch(5.0, 10.0)["asked"]

"""What a stranger must be able to read in a face or a body: each feeling differs, nothing hides what happens."""

from __future__ import annotations

import itertools
import math
import re
from functools import cache
from pathlib import Path

import pytest

from vigwidgets.films.dyad import Script, load_script, parse_script
from vigwidgets.films.dyad._eyes import draw_brows
from vigwidgets.films.dyad._gaze import BlinkTrack, GazeTrack
from vigwidgets.films.dyad._ink import Ink
from vigwidgets.films.dyad._motion import Motion, _beside_face
from vigwidgets.films.dyad._mouth import _lips
from vigwidgets.films.dyad._palette import palette_of
from vigwidgets.films.dyad._pose import Face, Hand, Pose, Seat
from vigwidgets.films.dyad._seats import ADULT, BABY, head_of, to_room
from vigwidgets.films.dyad._view import HeadView, head_view
from vigwidgets.resources import resource_path

FILMS = sorted(Path(resource_path("course/films")).glob("*.yaml"))
ANA = "{id: ana, role: parent, name: Ana}"
every_film = pytest.mark.parametrize("path", FILMS, ids=lambda path: path.stem)


@cache
def _film(path: Path) -> Script:
    return load_script(path)


def _script(scene: str, cast: tuple[str, ...], acts: tuple[str, ...], things: str = "") -> Script:
    people = "\n".join(f"  - {line}" for line in cast)
    done = "\n".join(f"  - {{{line}}}" for line in acts)
    return parse_script(
        f"id: x\ntitle: x\nscene: {scene}\nduration: 6\ncast:\n{people}\n{things}acts:\n{done}\nbeats: []\n"
    )


class _Lines(Ink):
    def __init__(self) -> None:
        super().__init__()
        self.ends: list[tuple[float, float, float, float]] = []

    def line(self, path: str, colour: str, width: float, opacity: float = 1.0) -> None:
        numbers = [float(number) for number in re.findall(r"-?\d+\.\d", path)]
        self.ends.append((*numbers[:2], *numbers[-2:]))  # type: ignore[arg-type]


def _inner_above_outer(seat: Seat, face: Face, pitch: float = 0.0) -> list[float]:
    """How far the inner end of each brow lies above the outer one, in half-heights of the head."""
    head, hand = (600.0, 300.0), Hand((0.0, 0.0))
    pose = Pose(seat, 0, 0, 0, head, head, 0.2, pitch, 0, (900.0, 300.0), face, hand, hand, 0, 0)
    ink = _Lines()
    script = _film(FILMS[0])
    draw_brows(ink, pose, head_view(pose), palette_of(script.cast[0], "p0"))
    return [(y1 - y0) / seat.radius[1] for _, y0, _, y1 in ink.ends[:2]]


@pytest.mark.parametrize("seat", [ADULT, BABY], ids=["grown", "baby"])
@pytest.mark.parametrize("pitch", [0.0, 0.44], ids=["level", "bowed"])
def test_brows_tell_cross_from_sad_from_blank(seat: Seat, pitch: float) -> None:
    for blank in _inner_above_outer(seat, Face(blank=1), pitch):
        assert abs(blank) < 0.05
    for cross, sad, cry in zip(
        *(_inner_above_outer(seat, face, pitch) for face in (Face(frown=1), Face(sad=1), Face(cry=1))), strict=True
    ):
        assert cross < -0.05
        assert sad > 0.1
        assert cry > 0.06


@pytest.mark.parametrize("seat", [ADULT, BABY], ids=["grown", "baby"])
def test_mouths_tell_sad_from_blank_from_fussing_from_cooing(seat: Seat) -> None:
    def corners(face: Face) -> float:
        lips = _lips(face, seat.form, bearded=False)
        return lips.corner - lips.middle

    assert corners(Face(smile=1)) > 5
    assert abs(corners(Face(blank=1))) < 0.5
    assert corners(Face(sad=1)) < -6
    fuss, coo = (_lips(face, seat.form, bearded=False) for face in (Face(fuss=1, open=0.6), Face(round=0.8, open=0.6)))
    assert fuss.wide > 1.6 * coo.wide
    assert fuss.corner - (fuss.top + fuss.bottom) / 2 < coo.corner - (coo.top + coo.bottom) / 2 + 1.5
    assert coo.top - coo.bottom > coo.wide  # rounder than wide


@every_film
def test_no_blink_hides_what_happens(path: Path) -> None:
    script = _film(path)
    for person in script.cast:
        told = [a for a in script.acts if a.actor == person.id and a.does == "blink"]
        gaze = GazeTrack(script, person.id)
        blinks = BlinkTrack(script, person.id, gaze)
        shut = [
            k / 25
            for k in range(script.frames)
            if blinks.at(k / 25) > 0.5 and not any(a.start <= k * 40_000 < a.end for a in told)
        ]
        for t in shut:
            for act in script.acts:
                if person.id in (act.actor, act.target) and act.does in ("offer", "take", "put"):
                    assert not act.start / 1e6 < t < act.end / 1e6, (person.id, t, act.id)
            # When eyes arrive at what they turn to, they are open.
            assert not any(start + 0.1 < t < start + 0.7 for start in gaze.starts[1:]), (person.id, t)
        frames = [round(t * 25) for t in shut]
        runs = [len(list(run)) for _, run in itertools.groupby(enumerate(frames), lambda one: one[1] - one[0])]
        assert max(runs, default=0) <= 3
        assert len(shut) < 0.03 * script.frames


TWINS = (ANA, "{id: bo, role: child, age: 4m, name: Bo}", "{id: mo, role: child, age: 4m, seat: bouncer, name: Mo}")


def test_one_bends_to_the_baby_on_the_lap_and_looks_up_at_the_one_further_off() -> None:
    poses = {
        baby: Motion(_script("nursery", TWINS, (f"actor: ana, does: look_at, target: {baby}, start: 0, duration: 6",)))
        for baby in ("bo", "mo")
    }
    lap, far = (poses[baby].poses(3.0)["ana"] for baby in ("bo", "mo"))
    assert lap.pitch > far.pitch + 0.15
    assert lap.head[1] > far.head[1] + 4


def test_who_looks_into_the_lap_bows_further_than_who_looks_at_somebody() -> None:
    cast = (ANA, "{id: gus, role: guider, name: Gus}")
    down, across = (
        Motion(_script("review", cast, (f"actor: ana, does: {act}, start: 0, duration: 6",))).poses(3.0)["ana"]
        for act in ("look_away, target: lap", "look_at, target: gus")
    )
    assert down.pitch > across.pitch + 0.3
    assert abs(across.yaw) > abs(down.yaw) + 0.2


def _shape(scene: str, act: str) -> tuple[Pose, Pose]:
    cast = (ANA, "{id: gus, role: guider, name: Gus}")
    look = "actor: ana, does: look_at, target: gus, start: 0, duration: 6"
    told = (look, f"actor: ana, does: {act}, amount: 0.5, start: 0.2, duration: 5.6")
    return tuple(Motion(_script(scene, cast, acts)).poses(3.0)["ana"] for acts in ((look,), told))  # type: ignore[return-value]


def _shoulder(pose: Pose) -> tuple[float, float]:
    """The nearer shoulder from the hips, forward and up."""
    seat = pose.seat
    x, y = to_room(seat, seat.shoulder, pose.lean, pose.lift, pose.slump)
    return (x - seat.hip[0]) * seat.facing, seat.hip[1] - y


def test_half_a_slump_half_a_lean_and_half_a_lean_back_can_be_seen() -> None:
    upright, sunk = _shape("review", "slump")
    assert (sunk.head[1] - upright.head[1]) > 0.2 * upright.seat.radius[1]
    assert _shoulder(sunk)[1] < _shoulder(upright)[1] - 10
    # It is the body that tells it: a face that looked sad would tell something that the script does not.
    assert sunk.face.sad == 0
    upright, back = _shape("review", "lean_back")
    assert _shoulder(back)[0] < -30 < _shoulder(upright)[0]
    upright, forward = _shape("review", "lean, target: gus")
    assert _shoulder(forward)[0] > _shoulder(upright)[0] + 20


@every_film
def test_what_is_held_out_covers_no_face_and_a_comforting_hand_is_at_the_mouth(path: Path) -> None:
    script = _film(path)
    motion = Motion(script)
    kinds = {thing.id: thing.kind for thing in script.things}
    for act in script.acts:
        t = (act.start + act.end) / 2e6
        if act.does == "offer" and kinds[str(act.thing)] != "spoon" and act.target in motion.poses(t):
            there, pose = motion.thing_at(str(act.thing), t)[0], motion.poses(t)[str(act.target)]
            assert math.dist(there, pose.head) > 0.98 * min(pose.seat.radius), act.id
        if act.does == "self_soothe":
            pose = motion.poses(t)[act.actor]
            view = HeadView(pose.head, pose.seat.radius, pose.yaw, pose.pitch, pose.seat.roll)
            mouth = view.at(0.0, pose.seat.form.mouth[0])
            assert math.dist(pose.near.at, mouth) < 0.3 * pose.seat.radius[0], act.id


@pytest.mark.parametrize("seat", [ADULT, BABY], ids=["grown", "baby"])
def test_a_thing_that_would_be_held_before_a_face_is_held_beside_it(seat: Seat) -> None:
    head = head_of(seat, 0.0, 0.0)[0]
    for x, y in ((20.0, 10.0), (-60.0, 30.0), (0.0, 80.0)):
        there = _beside_face(seat, (head[0] + x, head[1] + y))
        assert math.dist(there, head) > seat.radius[0] + 25
        assert math.isclose(math.atan2(there[1] - head[1], there[0] - head[0]), math.atan2(y, x))
    assert _beside_face(seat, (head[0] + 400, head[1])) == (head[0] + 400, head[1])


@every_film
def test_lips_move_while_somebody_speaks_and_are_parted_between_syllables(path: Path) -> None:
    script = _film(path)
    motion = Motion(script)
    for act in script.acts:
        if act.does == "say" and act.seconds > 1.0:
            moments = [act.start / 1e6 + k * 0.08 for k in range(2, int(act.seconds / 0.08) - 1)]
            opened = [motion.poses(t)[act.actor].face.open for t in moments]
            assert sum(value > 0.12 for value in opened) > 0.55 * len(opened), act.id
            assert max(opened) > 0.3, act.id


def test_a_hand_goes_along_with_what_one_grown_person_tells_another() -> None:
    cast = (ANA, "{id: gus, role: guider, name: Gus}")
    say = 'actor: gus, does: say, text: "I saw how you waited for him.", target: ana, start: 1.0, duration: 2.4'
    motion = Motion(_script("review", cast, (say,)))
    still, told = (motion.poses(t)["gus"].near for t in (0.5, 2.2))
    assert still.at[1] - told.at[1] > 40
    assert told.shape == "open"
    assert math.dist(motion.poses(5.5)["gus"].near.at, still.at) < 12


def test_a_giver_whose_thing_was_taken_opens_the_hand_and_draws_it_back() -> None:
    cast = (ANA, "{id: bo, role: child, name: Bo}")
    acts = (
        "actor: ana, does: take, thing: ring, start: 0.2, duration: 1",
        "actor: ana, does: offer, thing: ring, target: bo, start: 1.4, duration: 4",
        "actor: bo, does: take, thing: ring, start: 3.0, duration: 1",
    )
    motion = Motion(_script("rug", cast, acts, "things:\n  - {id: ring, kind: rattle, colour: red, at: 0.2}\n"))
    assert motion.poses(2.8)["ana"].near.shape == "hold"
    met = motion.poses(3.56)
    assert math.dist(met["ana"].near.at, met["bo"].near.at) < 30
    # It opens, and draws back at once: left beside the thing it would be held out for it.
    assert motion.poses(3.62)["ana"].near.shape == "open"
    after = motion.poses(4.2)
    assert math.dist(after["ana"].near.at, met["ana"].near.at) > 60
    assert motion.thing_at("ring", 4.2)[0] == after["bo"].near.at

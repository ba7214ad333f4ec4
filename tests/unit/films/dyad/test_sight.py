"""Gaze in every scene, for every age and from every camera: what is looked at lies on the line of sight."""

from __future__ import annotations

import itertools
import math

import pytest

from tests.unit.films.dyad.sightline import miss
from vigwidgets.films.dyad import Script, parse_script
from vigwidgets.films.dyad._cameras import over_shoulder
from vigwidgets.films.dyad._layouts import Layout, layout_of
from vigwidgets.films.dyad._motion import Motion
from vigwidgets.films.dyad._view import eyes_in_view, head_view

ANA = "{id: ana, role: parent, name: Ana}"
CASTS = {
    "newborn on the lap": ("rug", (ANA, "{id: bo, role: child, age: newborn, name: Bo}")),
    "four months, bouncer": ("rug", (ANA, "{id: bo, role: child, age: 4m, name: Bo}")),
    "four months, changing mat": ("changing", (ANA, "{id: bo, role: child, age: 4m, name: Bo}")),
    "high chair": ("kitchen", (ANA, "{id: bo, role: child, name: Bo}")),
    "toddler who stands": ("rug", (ANA, "{id: bo, role: child, age: 18m, seat: standing, name: Bo}")),
    "school child": (
        "sofa",
        ("{id: ana, role: relative, age: older, name: Ana}", "{id: bo, role: child, age: 8y, name: Bo}"),
    ),
    "bath": ("bath", (ANA, "{id: bo, role: child, name: Bo}")),
    "guider and parent": ("review", (ANA, "{id: bo, role: guider, name: Bo}")),
    "on the lap": ("sofa", (ANA, "{id: bo, role: child, name: Bo, seat: 'lap:ana'}")),
    "visitor": ("rug", (ANA, "{id: bo, role: child, name: Bo, seat: middle}", "{id: vi, role: visitor, name: Vi}")),
    "twins": ("nursery", (ANA, "{id: bo, role: child, name: Bo}", "{id: mo, role: child, name: Mo}")),
    "siblings": ("rug", (ANA, "{id: bo, role: child, name: Bo}", "{id: lea, role: child, age: 5y, name: Lea}")),
    "standing visitor": (
        "rug",
        (ANA, "{id: bo, role: child, name: Bo}", "{id: vi, role: visitor, name: Vi, seat: standing}"),
    ),
}


def _script(name: str, looks: tuple[tuple[str, str], ...]) -> Script:
    scene, cast = CASTS[name]
    acts = "\n".join(f"  - {{actor: {a}, does: look_at, target: {b}, start: 0, duration: 4}}" for a, b in looks)
    people = "\n".join(f"  - {line}" for line in cast)
    return parse_script(f"id: x\ntitle: x\nscene: {scene}\nduration: 4\ncast:\n{people}\nacts:\n{acts}\nbeats: []\n")


def _they_meet(script: Script, layout: Layout, one: str, other: str) -> None:
    poses = Motion(script, layout).poses(1.6)
    for looker, seen in ((one, other), (other, one)):
        if looker in layout.backs:
            continue
        theirs = eyes_in_view(poses[seen], head_view(poses[seen]))
        middle = tuple((theirs[0].centre[i] + theirs[1].centre[i]) / 2 for i in (0, 1))
        for eye in eyes_in_view(poses[looker], head_view(poses[looker])):
            u, v = (eye.iris[0] - eye.centre[0]) / eye.half[0], (eye.iris[1] - eye.centre[1]) / eye.half[1]
            assert math.hypot(u, v) < 1.1, "the iris stays in the eye"
            assert miss(eye, (middle[0], middle[1])) < 0.34 * poses[seen].seat.radius[0], (looker, seen)


@pytest.mark.parametrize("name", CASTS)
def test_eyes_that_should_meet_do_meet_in_every_seat(name: str) -> None:
    ids = [line.split("id: ")[1].split(",")[0] for line in CASTS[name][1]]
    for one, other in itertools.combinations(ids, 2):
        script = _script(name, ((one, other), (other, one)))
        _they_meet(script, layout_of(script), one, other)


@pytest.mark.parametrize("name", ["high chair", "four months, bouncer", "visitor", "bath", "school child"])
@pytest.mark.parametrize("of", ["ana", "bo"])
def test_over_a_shoulder_the_one_in_view_looks_at_the_one_in_front(name: str, of: str) -> None:
    script = _script(name, (("ana", "bo"), ("bo", "ana")))
    layout = over_shoulder(script, script.person(of))
    assert len(layout.backs) == 1
    back = next(iter(layout.backs))
    if back in ("ana", "bo"):
        _they_meet(script, layout, "ana", "bo")


@pytest.mark.parametrize("name", CASTS)
def test_faces_do_not_cover_one_another(name: str) -> None:
    ids = [line.split("id: ")[1].split(",")[0] for line in CASTS[name][1]]
    script = _script(name, ((ids[0], ids[1]), (ids[1], ids[0])))
    poses = Motion(script).poses(1.6)
    for one, other in itertools.combinations(poses.values(), 2):
        reach = 0.42 * (sum(one.seat.radius) + sum(other.seat.radius))
        assert math.dist(one.head, other.head) > reach

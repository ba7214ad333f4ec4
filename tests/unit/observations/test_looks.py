"""Where to look closer is kept with a tag, inside the picture, and old receipts keep their hash."""

from __future__ import annotations

import pytest

from vigwidgets.contract import Edit, Look, Member, Observation, Put, SchemeRef, Tag
from vigwidgets.errors import Refusal
from vigwidgets.observations import apply_edit, content_hash, new_observation
from vigwidgets.schemes import load_scheme

CODEBOOK = load_scheme("paig")
CAST = [Member(id="mum", role="parent", name="parent"), Member(id="baby", role="child", name="child")]


def observation() -> Observation:
    return new_observation("hello", 10_000_000, CODEBOOK.ref, "me", CAST, id="obs-1")


def put(*looks: Look) -> Edit:
    tag = Tag(id="t", code="3", actor="mum", target="baby", start=0, end=1_000_000, looks=list(looks))
    return Edit(id="e", changes=[Put(op="put", tag=tag)])


def look(at: int = 0, x: int = 0, y: int = 0, width: int = 4_000, height: int = 4_000) -> Look:
    return Look(at=at, x=x, y=y, width=width, height=height)


def test_looks_are_kept_with_the_tag() -> None:
    looks = [look(), look(at=500_000, x=6_000, y=6_000)]
    after = apply_edit(observation(), put(*looks), CODEBOOK)
    assert after.tags[0].looks == looks
    assert Observation.model_validate_json(after.model_dump_json()) == after


@pytest.mark.parametrize(
    ("looks", "says"),
    [
        ([look(x=6_001)], "reaches 10001"),
        ([look(y=9_000)], "reaches 13000"),
        ([look(at=10_000_000)], "past the film's end"),
        ([look(at=5), look(at=5)], "does not come after"),
        ([look(at=5), look(at=4)], "does not come after"),
    ],
)
def test_a_look_outside_the_picture_or_the_film_is_refused(looks: list[Look], says: str) -> None:
    before = observation()
    with pytest.raises(Refusal, match=says):
        apply_edit(before, put(*looks), CODEBOOK)
    assert before.tags == []


def test_a_tag_without_looks_has_the_hash_it_always_had() -> None:
    # As version 0.1 wrote it into receipts.
    first = {"scheme": SchemeRef(id="paig", version="1")}
    after = apply_edit(observation(), put(), CODEBOOK).model_copy(update=first)
    old = "9577b7e271ed268eb7e8beee34f7e7b4d78c1554b0294649f54dc0b607024334"
    assert content_hash(after) == old
    assert content_hash(apply_edit(observation(), put(look()), CODEBOOK).model_copy(update=first)) != old

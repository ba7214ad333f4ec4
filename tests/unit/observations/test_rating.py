from __future__ import annotations

import pytest

from vigwidgets.contract import Drop, Edit, Member, Observation, Put, Tag
from vigwidgets.errors import Refusal
from vigwidgets.observations import (
    apply_edit,
    evidence_of,
    new_observation,
    rating_id,
    ratings,
    total,
)
from vigwidgets.schemes import load_scheme

END = 10_000_000
BOOK = load_scheme("m-adbb")
CAST = [Member(id="mum", role="parent", name="Mum"), Member(id="baby", role="child", name="Baby")]


def rated(item: str, step: str, **changed: object) -> Tag:
    """Return the rating of an item, changed."""
    data = {"id": rating_id(item), "code": item, "actor": "baby", "target": "mum", "start": 0, "end": END}
    return Tag.model_validate({**data, "modifiers": {"rating": step}, **changed})


def after(*tags: Tag, drop: str | None = None) -> Observation:
    """Return an observation with ``tags``, and without ``drop``."""
    start = new_observation("f", END, BOOK.ref, "me", CAST)
    changes: list[Put | Drop] = [Put(tag=tag) for tag in tags]
    if drop:
        changes.append(Drop(id=drop))
    return apply_edit(start, Edit(id="e", changes=changes), BOOK)


def test_ratings_come_in_the_scales_order_and_the_last_one_stands() -> None:
    seen = ratings(after(rated("voice", "2"), rated("face", "1"), rated("voice", "0")), BOOK)
    assert list(seen) == ["face", "eyes", "voice", "activity", "relationship"]
    assert {item: step and step.id for item, step in seen.items()} == {
        "face": "1", "eyes": None, "voice": "0", "activity": None, "relationship": None,
    }  # fmt: skip


def test_a_total_is_there_when_every_item_is_rated_and_not_before() -> None:
    items = [lane.id for lane in BOOK.lanes]
    whole = after(*(rated(item, str(n % 3)) for n, item in enumerate(items)))
    assert total(list(ratings(whole, BOOK).values())) == 0 + 1 + 2 + 0 + 1
    less = after(*(rated(item, "1") for item in items), drop=rating_id("eyes"))
    assert total(list(ratings(less, BOOK).values())) is None
    words = load_scheme("sds").scheme.scale
    assert words is not None
    assert total(words.steps) is None


def test_a_moment_of_an_item_is_its_evidence() -> None:
    moment = {"id": "tag-1", "code": "eyes", "actor": "baby", "target": "mum", "start": 40, "end": None}
    whole = after(rated("eyes", "1"), Tag.model_validate(moment))
    assert [tag.id for tag in evidence_of(whole, "eyes")] == ["tag-1"]
    assert evidence_of(whole, "face") == []


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        (rated("eyes", "3"), "'eyes' cannot be rated '3'; choose one of '0', '1', '2'"),
        (rated("eyes", "1", id="other"), "has the id 'other'; it must be 'rating.eyes'"),
        (rated("eyes", "1", end=END - 1), "of the whole film; let it last from 0 to 10000000"),
        (rated("eyes", "1", start=1), "of the whole film"),
        (rated("eyes", "1", modifiers={}), "has a rating's id and no rating"),
        (rated("eyes", "1", actor="mum"), "cannot be shown by 'mum'"),
    ],
)
def test_a_rating_that_is_none_is_refused(tag: Tag, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        after(tag)


def test_a_scheme_without_a_scale_leaves_that_name_alone() -> None:
    paig = load_scheme("paig")
    start = new_observation("f", END, paig.ref, "me", CAST)
    data = {"id": "t", "code": "3", "actor": "mum", "target": "baby", "start": 0, "end": 5}
    tag = Tag.model_validate({**data, "modifiers": {"rating": "9"}})
    assert apply_edit(start, Edit(id="e", changes=[Put(tag=tag)]), paig).tags == [tag]

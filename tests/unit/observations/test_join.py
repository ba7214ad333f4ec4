"""Two change the same tag: what each changed stands, in whichever order they arrive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.contract import Drop, Edit, Member, Observation, Put, Tag
from vigwidgets.errors import Refusal
from vigwidgets.observations import Stretch, after_put, apply_change, apply_edit, new_observation, refuse_edit
from vigwidgets.schemes import load_scheme

TABLE = json.loads((Path(__file__).parents[2] / "reference" / "joined.json").read_text(encoding="utf-8"))
PAIG = load_scheme("paig")


def tag(change: dict[str, Any] | None) -> Tag | None:
    return None if change is None else Tag.model_validate(TABLE["tag"] | change)


def some(change: dict[str, Any]) -> Tag:
    return Tag.model_validate(TABLE["tag"] | change)


def start(*tags: Tag) -> Observation:
    cast = [Member(id="ana", role="parent", name="Ana"), Member(id="bo", role="child", name="Bo")]
    empty = new_observation("blocks", 2_000_000, PAIG.ref, "p-1", cast, id="obs-1")
    return empty.model_copy(update={"tags": list(tags)})


def edit(id: str, put: Tag, was: Tag | None) -> Edit:
    return Edit(id=id, changes=[Put(tag=put, was=was)])


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_the_table_that_the_page_is_held_to_as_well(case: dict[str, Any]) -> None:
    put = Put(tag=some(case["put"]), was=tag(case["was"]))
    after = after_put(put, tag(case["now"]))
    assert after == some(case["after"])
    assert after_put(put, after) == after


def changed(change: Put | Drop, now: Tag | None) -> Tag | None:
    tags = {now.id: now} if now else {}
    after = apply_change(tags, change)
    assert list(tags.values()) == ([after] if after else [])
    return after


@pytest.mark.parametrize("case", TABLE["puts"], ids=lambda case: case["name"])
def test_the_table_of_puts_that_say_how(case: dict[str, Any]) -> None:
    put = Put(tag=some(case["put"]), was=tag(case["was"]), knew=tag(case.get("knew")), how=case.get("how", "change"))
    after = changed(put, tag(case["now"]))
    assert after == tag(case["after"])
    assert changed(put, after) == after


@pytest.mark.parametrize("case", TABLE["drops"], ids=lambda case: case["name"])
def test_the_table_of_drops(case: dict[str, Any]) -> None:
    drop = Drop(id="t1", was=tag(case["was"]), knew=tag(case.get("knew")))
    assert changed(drop, tag(case["now"])) == tag(case["after"])


CHANGES = {
    "code": st.sampled_from(["3", "3.1"]),
    "actor": st.sampled_from(["bo", "cy"]),
    "target": st.sampled_from(["ana", "cy"]),
    "start": st.sampled_from([0, 80_000]),
    "end": st.sampled_from([160_000, 240_000]),
    "note": st.sampled_from(["", "a", "b"]),
    "certainty": st.sampled_from([None, "sure", "unsure"]),
    "modifiers": st.sampled_from([{}, {"hand": "left"}]),
}
ANY = st.fixed_dictionaries({}, optional=CHANGES)


HOW = st.sampled_from([None, "change", "make"])


@given(ANY, ANY, HOW)
def test_where_nothing_was_changed_meanwhile_it_is_the_put_as_it_always_was(now: Any, put: Any, how: Any) -> None:
    said = Put(tag=some(put), was=some(now), how=how)
    assert after_put(said, some(now)) == after_put(Put(tag=some(put)), some(now))
    assert after_put(Put(tag=some(put)), some(now)) == some(put)


@given(ANY, ANY, st.sets(st.sampled_from(sorted(CHANGES))), HOW)
def test_changes_of_different_fields_commute(one: Any, other: Any, first: set[str], how: Any) -> None:
    was = some({})
    one = {name: value for name, value in one.items() if name in first}
    other = {name: value for name, value in other.items() if name not in first}
    orders = []
    for puts in ([one, other], [other, one]):
        now: Tag | None = was
        for put in puts:
            now = after_put(Put(tag=some(put), was=was, how=how), now)
        orders.append(now)
    assert orders[0] == orders[1] == some(one | other)


def test_an_edit_leaves_alone_what_others_changed_since() -> None:
    was = some({})
    after = apply_edit(start(was), edit("e1", some({"note": "waits"}), was), PAIG)
    after = apply_edit(after, edit("e2", some({"certainty": "fairly"}), was), PAIG)
    assert after.tags == [some({"note": "waits", "certainty": "fairly"})]


def test_what_comes_of_both_is_checked() -> None:
    was = some({})
    now = some({"code": "initiative", "actor": "bo", "target": "ana"})
    with pytest.raises(Refusal, match="'initiative' cannot be shown by 'ana'"):
        apply_edit(start(now), edit("e1", some({"actor": "ana"}), some({"actor": "bo"})), PAIG)
    after = after_put(Put(tag=some({"note": "a"}), was=was), now)
    assert after is not None
    assert after.code == "initiative"


def test_no_two_edits_make_a_clip_of_what_no_parent_is_shown() -> None:
    closed = [Stretch(400_000, 500_000)]
    was = some({"start": 0, "end": 200_000})
    now = some({"start": 600_000, "end": 800_000})
    apart = edit("e1", some({"start": 0, "end": 240_000}), was)
    refuse_edit(apart, closed, [was])
    refuse_edit(apart, closed, [now])
    across = edit("e2", some({"start": 0, "end": 800_000}), some({"start": 0, "end": 900_000}))
    with pytest.raises(Refusal):
        refuse_edit(across, closed, [was])
    # Each alone lies outside; the beginning of the one and the end of the other do not.
    late = edit("e3", some({"start": 600_000, "end": 800_000}), some({"start": 600_000, "end": 700_000}))
    refuse_edit(late, closed)
    with pytest.raises(Refusal):
        refuse_edit(late, closed, [was])

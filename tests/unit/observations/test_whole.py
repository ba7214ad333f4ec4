"""Edits of which all is done or nothing: a merge, a split."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from vigwidgets.contract import Drop, Edit, Member, Observation, Put, Tag
from vigwidgets.errors import Refusal
from vigwidgets.observations import (
    ObservationFile,
    Stretch,
    apply_changes,
    apply_edit,
    new_observation,
    refuse_edit,
)
from vigwidgets.schemes import load_scheme

TABLE = json.loads((Path(__file__).parents[2] / "reference" / "joined.json").read_text(encoding="utf-8"))
PAIG = load_scheme("paig")
PAGE = f"edit-{'a' * 16}"


def tag(id: str, fields: Mapping[str, Any]) -> Tag:
    return Tag.model_validate(TABLE["tag"] | fields | {"id": id})


def tags(some: Mapping[str, Mapping[str, Any]]) -> dict[str, Tag]:
    return {name: tag(name, fields) for name, fields in some.items()}


def change_of(case: Mapping[str, Any]) -> Put | Drop:
    one = case["put"]["id"] if "put" in case else case["drop"]
    was, knew = (None if case.get(name) is None else tag(one, case[name]) for name in ("was", "knew"))
    if "put" in case:
        return Put(tag=tag(one, case["put"]), was=was, knew=knew, how=case.get("how", "change"))
    return Drop(id=one, was=was, knew=knew)


def edit_of(case: Mapping[str, Any], id: str = "e", *, whole: bool = True) -> Edit:
    return Edit(id=id, changes=[change_of(one) for one in case["changes"]], whole=whole)


def start(*held: Tag) -> Observation:
    cast = [Member(id="ana", role="parent", name="Ana"), Member(id="bo", role="child", name="Bo")]
    empty = new_observation("blocks", 2_000_000, PAIG.ref, "p-1", cast, id="obs-1")
    return empty.model_copy(update={"tags": list(held)})


def named(part: str) -> dict[str, Any]:
    [case] = [case for case in TABLE["wholes"] if case["name"] == part]
    return dict(case)


DONE = named("a merge, and nothing was changed meanwhile")
OVER_DELETED = named("a merge, and the first was deleted")
OVER_NOTE = named("a merge, and the first has another note")


@pytest.mark.parametrize("case", TABLE["wholes"], ids=lambda case: case["name"])
def test_the_table_that_the_page_is_held_to_as_well(case: dict[str, Any]) -> None:
    held, edit = tags(case["now"]), edit_of(case)
    for _ in range(2):
        apply_changes(held, edit)
        assert held == tags(case.get("after", case["now"]))
    after = apply_edit(start(*tags(case["now"]).values()), edit, PAIG)
    assert {tag.id: tag for tag in after.tags} == held


def test_an_edit_that_does_not_say_that_it_is_whole_does_what_it_can_as_ever() -> None:
    held = tags(OVER_DELETED["now"])
    apply_changes(held, edit_of(OVER_DELETED, whole=False))
    assert held == {}
    said = {"id": "e", "changes": [{"op": "drop", "id": "t1"}]}
    assert Edit.model_validate(said).whole is False


def test_a_file_acknowledges_one_that_is_not_done_and_does_not_do_it_later(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    file = ObservationFile(path, start(*tags(OVER_NOTE["now"]).values()), PAIG)
    file.edit(lambda _: [Put(tag=tag("other", {}))])
    told: list[Edit] = []
    file.hear(lambda edit, _: told.append(edit))
    edit = edit_of(OVER_NOTE, f"{PAGE}-2")
    before = file.held
    seq = file.apply(edit)
    assert (file.held, file.apply(edit), [one.id for one in told]) == (before, seq, [edit.id])
    again = ObservationFile(path, start(), PAIG)
    again.apply(edit)
    assert again.held == before


def test_one_that_is_not_done_stands_in_the_way_of_none_that_comes_late(tmp_path: Path) -> None:
    file = ObservationFile(tmp_path / "a.json", start(*tags(OVER_NOTE["now"]).values()), PAIG)
    file.apply(edit_of(OVER_NOTE, f"{PAGE}-2"))
    was = tag("t2", OVER_NOTE["now"]["t2"])
    file.apply(Edit(id=f"{PAGE}-1", changes=[Put(tag=tag("t2", {"note": "late"}), was=was, how="change")]))
    assert {one.id: one.note for one in file.held.tags} == {"t1": "theirs", "t2": "late"}
    file.apply(Edit(id=f"{PAGE}-4", changes=[Drop(id="t2")]))
    with pytest.raises(Refusal, match="after a later one"):
        file.apply(edit_of(DONE, f"{PAGE}-3"))


def test_a_whole_edit_is_another_than_one_of_the_same_changes_that_is_not(tmp_path: Path) -> None:
    file = ObservationFile(tmp_path / "a.json", start(*tags(DONE["now"]).values()), PAIG)
    file.apply(edit_of(DONE, f"{PAGE}-1"))
    with pytest.raises(Refusal, match="saved before with other changes"):
        file.apply(edit_of(DONE, f"{PAGE}-1", whole=False))


def test_what_is_not_allowed_in_it_is_refused_only_where_it_is_done() -> None:
    long = edit_of({"changes": [{"put": {"id": "t1", "end": 9_000_000}, "was": {}}]})
    with pytest.raises(Refusal, match="outside the film"):
        apply_edit(start(tag("t1", {})), long, PAIG)
    assert apply_edit(start(), long, PAIG).tags == []
    over = [Stretch(300_000, 400_000)]
    refuse_edit(edit_of(DONE), over, list(tags(OVER_DELETED["now"]).values()))
    with pytest.raises(Refusal, match="no parent is shown one"):
        refuse_edit(edit_of(DONE), over, list(tags(DONE["now"]).values()))

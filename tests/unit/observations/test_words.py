"""Names, texts and links that a tag may not carry."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pace import within
from vigwidgets.contract import Edit, Member, Observation
from vigwidgets.errors import Refusal
from vigwidgets.observations import apply_edit, new_observation
from vigwidgets.schemes import load_scheme

PAIG = load_scheme("paig")
CAST = [Member(id="ana", role="parent", name="Ana"), Member(id="bo", role="child", name="Bo")]


def start() -> Observation:
    return new_observation("blocks", 2_000_000, PAIG.ref, "p-1", CAST, id="obs-1")


def put(id: str = "t1", **more: Any) -> dict[str, Any]:
    tag = {"id": id, "code": "3.4", "actor": "ana", "target": "bo", "start": 40_000, "end": 200_000, **more}
    return {"op": "put", "tag": tag}


def edit(*changes: dict[str, Any]) -> Edit:
    return Edit.model_validate({"id": "e1", "changes": list(changes)})


def to(*ids: str, kind: str = "answers") -> list[dict[str, str]]:
    return [{"kind": kind, "to": one} for one in ids]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"modifiers": {"x" * 5000: "v"}}, r"A modifier is called 'x+…'; allowed are 1 to 64 letters"),
        ({"modifiers": {"__proto__": "v"}}, "A modifier is called '__proto__'"),
        ({"modifiers": {"<b>": "v"}}, "A modifier is called '<b>'"),
        ({"modifiers": {"": "v"}}, "A modifier is called ''"),
        ({"modifiers": {"hand\n": "v"}}, "A modifier is called"),
        ({"modifiers": {"hand": "le\x00ft"}}, r"The modifier 'hand' holds the character U\+0000"),
        ({"note": "a\x00b"}, r"The note holds the character U\+0000"),
        ({"note": "a\x1b[31mb"}, r"The note holds the character U\+001B"),
        ({"links": to("t1")}, "The tag 't1' answers itself"),
    ],
)
def test_what_nobody_could_read_or_follow_is_refused(more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        apply_edit(start(), edit(put("t0"), put(**more)), PAIG)
    assert len(str(refused.value)) < 300


def test_what_people_write_is_kept() -> None:
    note = "Sie lächelt;\n\tמחייכת 👩\u200d👧 <b>&</b>"
    after = apply_edit(start(), edit(put(note=note, modifiers={"hand": "left", "2.intensity_a-b": "hoch"})), PAIG)
    assert after.tags[0].note == note


def test_links_in_a_circle_are_refused_within_an_edit_and_across_edits() -> None:
    with pytest.raises(Refusal, match="keep one of the two directions"):
        apply_edit(start(), edit(put("a", links=to("b")), put("b", links=to("a"))), PAIG)
    long = apply_edit(start(), edit(put("a", links=to("b")), put("b", links=to("c")), put("c")), PAIG)
    with pytest.raises(
        Refusal, match="The tag '[abc]' answers '[abc]', which by its own links answers '[abc]' already"
    ):
        apply_edit(long, edit(put("c", links=to("a"))), PAIG)
    # The same two, said once each way with different words, are no circle.
    after = apply_edit(long, edit(put("b", links=[*to("c"), *to("a", kind="precedes")])), PAIG)
    assert len(after.tags) == 3


def test_a_removed_tag_comes_back_with_its_links_in_any_order() -> None:
    a, b = put("a", links=to("b")), put("b")
    both = apply_edit(start(), edit(a, b), PAIG)
    without = apply_edit(both, edit({"op": "drop", "id": "b"}), PAIG)
    assert without.tags[0].links  # it waits for b
    empty = apply_edit(without, edit({"op": "drop", "id": "a"}), PAIG)
    assert apply_edit(apply_edit(empty, edit(a), PAIG), edit(b), PAIG) == both


def test_many_links_are_followed_once_each() -> None:
    tags = [put(f"t{i}", links=to(*(f"t{j}" for j in range(i + 1, min(i + 33, 1000))))) for i in range(1000)]
    with within(3):
        after = apply_edit(start(), edit(*tags), PAIG)
    assert len(after.tags) == 1000

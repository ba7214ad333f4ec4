"""Nobody changes what somebody else has saved without having seen it, and everybody who asked hears of it."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.contract import Drop, Edit, Member, Observation, Put, Tag
from vigwidgets.errors import Refusal
from vigwidgets.observations import ObservationFile, new_observation
from vigwidgets.observations._difference import difference
from vigwidgets.schemes import load_scheme

PAIG = load_scheme("paig")
CAST = [Member(id="mum", role="parent", name="parent"), Member(id="baby", role="child", name="child")]


def start(*tags: Tag) -> Observation:
    begun = new_observation("blocks", 10_000_000, PAIG.ref, "me", CAST, id="obs-1")
    return begun.model_copy(update={"tags": list(tags)})


def tag(name: str = "a", **more: Any) -> Tag:
    plain = {"id": name, "code": "3.4", "actor": "mum", "target": "baby", "start": 400_000, "end": 800_000}
    return Tag.model_validate(plain | more)


def put(name: str = "a", **more: Any) -> Edit:
    return Edit(id=f"e-{name}", changes=[Put(op="put", tag=tag(name, **more))])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "blocks.observation.json"


@pytest.fixture
def store(path: Path) -> ObservationFile:
    return ObservationFile(path, start(), PAIG)


def elsewhere(path: Path, **changed: Any) -> None:
    """Write as another program does: ``changed`` are fields of every tag."""
    data = json.loads(path.read_text())
    for one in data["tags"]:
        one.update(changed)
    path.write_text(json.dumps(data))


def said(path: Path) -> dict[str, tuple[str, str | None]]:
    return {one["id"]: (one["note"], one["certainty"]) for one in json.loads(path.read_text())["tags"]}


def is_sure(observation: Observation) -> list[Put | Drop]:
    return [Put(op="put", tag=one.model_copy(update={"certainty": "sure"})) for one in observation.tags]


def test_an_edit_is_made_of_what_stands_in_the_file_now(store: ObservationFile, path: Path) -> None:
    store.apply(put())
    elsewhere(path, note="typed in another program")
    store.edit(is_sure)
    assert said(path) == {"a": ("typed in another program", "sure")}


def test_two_threads_change_two_fields_of_one_tag_and_both_stand(path: Path) -> None:
    stores = [ObservationFile(path, start(), PAIG) for _ in range(2)]
    stores[0].apply(put())

    def work(store: ObservationFile, field: str, values: list[str]) -> None:
        for value in values:
            store.edit(lambda seen, value=value: [Put(op="put", tag=seen.tags[0].model_copy(update={field: value}))])

    notes = (stores[0], "note", [f"n{n}" for n in range(30)])
    certainties = (stores[1], "certainty", ["sure", "unsure"] * 15)
    threads = [threading.Thread(target=work, args=one) for one in (notes, certainties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said(path) == {"a": ("n29", "unsure")}


def test_nothing_to_change_writes_nothing(store: ObservationFile, path: Path) -> None:
    assert store.edit(lambda _seen: []) is None
    assert (path.exists(), store.seq) == (False, 0)


def test_more_than_an_edit_holds_is_refused_in_a_sentence(store: ObservationFile) -> None:
    with pytest.raises(Refusal, match="In the edit, changes is ") as refused:
        store.edit(lambda _seen: [Drop(op="drop", id=f"t{n}") for n in range(1001)])
    assert "\n" not in str(refused.value)


def test_what_another_program_wrote_is_seen_by_looking(store: ObservationFile, path: Path) -> None:
    store.apply(put())
    elsewhere(path, note="new")
    assert [one.note for one in store.observation.tags] == ["new"]
    path.write_text("{")
    assert [one.note for one in store.observation.tags] == ["new"], "while it cannot be read, what was read last"


def test_what_is_handed_out_is_nobody_elses(store: ObservationFile, path: Path) -> None:
    mine = put(modifiers={"by": "me"}, links=[{"kind": "answers", "to": "b"}])
    store.apply(mine)
    heard: list[tuple[Edit, Observation]] = []
    store.hear(lambda edit, after: heard.append((edit, after)))
    made = store.edit(is_sure)
    assert made is not None
    for edit in (mine, made, heard[0][0]):
        spoil(edit.changes[0].tag)  # type: ignore[union-attr]
        edit.changes.clear()
    for observation in (store.observation, heard[0][1]):
        spoil(observation.tags[0])
        observation.tags.clear()
        observation.cast.clear()
    store.apply(put("b"))
    kept = json.loads(path.read_text())
    assert ([one["id"] for one in kept["tags"]], len(kept["cast"])) == (["a", "b"], 2)
    assert kept["tags"][0]["modifiers"] == {"by": "me"}
    assert len(kept["tags"][0]["links"]) == 1


def spoil(one: Tag) -> None:
    one.modifiers["by"] = "\x00"
    one.links.clear()
    one.looks.append("nothing")  # type: ignore[arg-type]


def test_an_edit_that_comes_again_with_another_content_is_refused(store: ObservationFile, path: Path) -> None:
    assert (store.apply(put()), store.apply(put())) == (1, 1)
    with pytest.raises(Refusal, match="saved before with other changes"):
        store.apply(put(note="other"))
    assert said(path) == {"a": ("", None)}


def test_whoever_asked_hears_of_every_edit_whoever_made_it(store: ObservationFile, path: Path) -> None:
    heard: list[list[str]] = []
    stop = store.hear(lambda edit, after: heard.append([edit.id, *(one.note for one in after.tags)]))
    sibling = ObservationFile(path, start(), PAIG)
    store.apply(put())
    store.apply(put())
    sibling.apply(put("b"))
    elsewhere(path, note="elsewhere")
    assert heard == [["e-a", ""], ["e-b", "", ""]]
    _ = store.observation
    assert [one[1:] for one in heard[2:]] == [["elsewhere", "elsewhere"]]
    stop()
    stop()
    sibling.apply(put("c"))
    assert len(heard) == 3


def test_whoever_hears_may_edit_and_all_hear_in_order(store: ObservationFile, path: Path) -> None:
    def answers(edit: Edit, _after: Observation) -> None:
        if edit.id == "e-a":
            store.apply(put("b"))
            assert len(store.observation.tags) == 2

    heard: list[tuple[str, int]] = []
    store.hear(answers)
    ObservationFile(path, start(), PAIG).hear(lambda edit, after: heard.append((edit.id, len(after.tags))))
    store.apply(put())
    assert heard == [("e-a", 1), ("e-b", 2)]


def test_whoever_answers_every_edit_with_an_edit_is_stopped(store: ObservationFile) -> None:
    refused: list[str] = []

    def echo(_edit: Edit, after: Observation) -> None:
        try:
            store.apply(put(f"t{len(after.tags)}"))
        except Refusal as sentence:
            refused.append(str(sentence))

    store.hear(echo)
    store.apply(put())
    assert len(store.observation.tags) == 100
    (sentence,) = refused
    assert "on_edit answered an edit with an edit, 100 times over" in sentence
    store.edit(lambda seen: [Drop(op="drop", id=one.id) for one in seen.tags])
    assert store.seq > 101, "the next edit is taken again"


tags = st.builds(lambda name, note: tag(name, note=note), st.sampled_from("abcdef"), st.sampled_from(["", "x"]))
some = st.lists(tags, unique_by=lambda one: one.id)


@given(some, some)
def test_the_difference_leads_from_one_to_the_other(before: list[Tag], after: list[Tag]) -> None:
    edits = difference(start(*before), start(*after))
    reached = {one.id: one for one in before}
    for change in [change for edit in edits for change in edit.changes]:
        if isinstance(change, Drop):
            del reached[change.id]
        else:
            assert reached.get(change.tag.id) != change.tag
            reached[change.tag.id] = change.tag
    assert reached == {one.id: one for one in after}


def test_a_large_difference_is_told_in_edits_of_lawful_size() -> None:
    edits = difference(start(), start(*(tag(f"t{n}") for n in range(2500))))
    assert [len(edit.changes) for edit in edits] == [1000, 1000, 500]

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from vigwidgets.contract import Edit
from vigwidgets.errors import Refusal
from vigwidgets.observations import _shared
from vigwidgets.widgets import Tagger

EDIT = {
    "id": "edit-1",
    "changes": [
        {
            "op": "put",
            "tag": {"id": "t1", "code": "3.4", "actor": "mum", "target": "baby", "start": 400_000, "end": 800_000},
        }
    ],
}


def put(**changed: Any) -> dict[str, Any]:
    tag = EDIT["changes"][0]["tag"] | changed  # type: ignore[index, operator]
    return {"id": f"edit-{abs(hash(str(tag)))}", "changes": [{"op": "put", "tag": tag}]}


def test_an_edit_is_in_the_file_before_it_is_acknowledged(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    reply = wire.say({"id": 1, "message": {"type": "edit", "edit": EDIT}})
    assert reply == {"id": 1, "ok": True, "value": {"type": "ack", "edit": "edit-1", "seq": 1}}
    assert [tag["id"] for tag in json.loads(tagger.file.read_text())["tags"]] == ["t1"]


def test_the_same_edit_again_is_acknowledged_and_changes_nothing(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    seen: list[str] = []
    tagger.on_edit(lambda edit, _observation: seen.append(edit.id))
    for number in (1, 2):
        assert wire.say({"id": number, "message": {"type": "edit", "edit": EDIT}})["value"]["seq"] == 1
    assert seen == ["edit-1"]


@pytest.mark.parametrize("name", ["edit-1", "edit-0123456789abcdef-1"])
def test_an_edit_that_is_in_the_file_is_acknowledged_by_the_next_kernel_as_well(
    film_folder: Path, tmp_path: Path, line: Any, name: str
) -> None:
    sent = {"id": 1, "message": {"type": "edit", "edit": EDIT | {"id": name}}}
    place = tmp_path / "hello.observation.json"
    line(Tagger(film_folder, file=place)).say(sent)
    _shared._SHARED.clear()
    reply = line(Tagger(film_folder, file=place)).say(sent)
    assert reply == {"id": 1, "ok": True, "value": {"type": "ack", "edit": name, "seq": 0}}


def test_a_change_that_comes_too_late_is_refused_for_good(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    page = "edit-0123456789abcdef"
    wire.say({"id": 1, "message": {"type": "edit", "edit": put(note="newer") | {"id": f"{page}-2"}}})
    reply = wire.say({"id": 2, "message": {"type": "edit", "edit": put(note="older") | {"id": f"{page}-1"}}})["value"]
    assert (reply["type"], reply["edit"], reply["retry"]) == ("refused", f"{page}-1", False)
    assert [tag.note for tag in tagger.observation.tags] == ["newer"]


def test_the_state_comes_first_and_holds_what_an_earlier_session_coded(film_folder: Path, tmp_path: Path, line: Any):
    place = tmp_path / "hello.observation.json"
    line(first := Tagger(film_folder, file=place)).say({"id": 1, "message": {"type": "edit", "edit": EDIT}})
    later = Tagger(film_folder, file=place)
    state = line(later).say({"id": 1, "message": {"type": "state"}})["value"]
    assert state["type"] == "state"
    assert state["observation"] == first.observation.model_dump(mode="json")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"code": "9"}, "'9'"),
        ({"actor": "stranger"}, "cast"),
        ({"start": 400_001}, "edge of a frame"),
        ({"end": 99_000_000}, "outside the film"),
        ({"end": 400_000}, "not after its start"),
    ],
)
def test_a_wrong_edit_is_refused_in_a_sentence(tagger: Tagger, line: Any, changed: dict[str, Any], says: str) -> None:
    reply = line(tagger).say({"id": 1, "message": {"type": "edit", "edit": put(**changed)}})
    assert reply["ok"]
    assert reply["value"]["type"] == "refused"
    assert reply["value"]["retry"] is False
    assert says in reply["value"]["reason"]
    assert not tagger.observation.tags
    assert not tagger.file.exists()


def test_a_disk_that_refuses_asks_for_the_edit_again(film_folder: Path, tmp_path: Path, line: Any) -> None:
    place = tmp_path / "gone" / "hello.observation.json"
    place.parent.mkdir()
    tagger = Tagger(film_folder, file=place)
    place.parent.rmdir()
    wire = line(tagger)
    reply = wire.say({"id": 1, "message": {"type": "edit", "edit": EDIT}})["value"]
    assert (reply["type"], reply["retry"]) == ("refused", True)
    place.parent.mkdir()
    # No later edit passes it: an older word would replace a newer when it comes again.
    later = {"id": "edit-later", "changes": EDIT["changes"]}
    reply = wire.say({"id": 3, "message": {"type": "edit", "edit": later}})["value"]
    assert (reply["type"], reply["retry"]) == ("refused", True)
    assert wire.say({"id": 2, "message": {"type": "edit", "edit": EDIT}})["value"]["type"] == "ack"


@pytest.mark.parametrize(
    "content",
    [
        None, 7, "x", [], {}, {"id": 1}, {"id": "1", "message": {"type": "state"}},
        {"id": -1, "message": {"type": "ping"}},
        {"id": True, "message": {"type": "ping"}}, {"id": 1, "message": {"type": "shell", "run": "ls"}},
        {"id": 1, "message": {"type": "edit", "edit": {"id": "../x", "changes": []}}},
        {"id": 1, "message": {"type": "film", "start": -1}}, {"id": 1, "message": {"type": "state"}, "more": 1},
    ],
)  # fmt: skip
def test_a_strange_message_changes_nothing_and_never_raises(tagger: Tagger, line: Any, content: Any) -> None:
    before = tagger.observation
    reply = line(tagger).say(content)
    assert reply is None or (reply["ok"] is False and reply["error"])
    assert tagger.observation == before


def test_a_film_that_has_gone_is_answered(tagger: Tagger, film_folder: Path, line: Any) -> None:
    (film_folder / "proxy.mp4").unlink()
    reply = line(tagger).say({"id": 1, "message": {"type": "film", "start": 0}})
    assert reply["ok"] is False
    assert "is not there any more" in reply["error"]


def test_traits_that_a_browser_sets_change_nothing_in_python(tagger: Tagger, line: Any) -> None:
    tagger.set_state({"_film": {"id": "other"}, "_frames": {"times": [0], "duration": 1}, "_observation_id": "obs-x"})
    wire = line(tagger)
    assert wire.say({"id": 1, "message": {"type": "edit", "edit": EDIT}})["value"]["type"] == "ack"
    assert tagger.observation.film == "hello"


def test_tags_are_a_table_in_seconds(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    look = put(id="i1", code="initiative.look", actor="baby", target="mum", start=0, end=None)
    answer = put(id="t2", links=[{"kind": "answers", "to": "i1"}])
    for number, edit in enumerate((answer, look)):
        assert wire.say({"id": number, "message": {"type": "edit", "edit": edit}})["value"]["type"] == "ack"
    table = tagger.tags
    assert list(table["id"]) == ["i1", "t2"]
    assert list(table["lane"]) == ["initiative", "3"]
    assert table["start"].tolist() == [0.0, 0.4]
    assert table["end"].isna().tolist() == [True, False]
    assert table.loc[1, "answers"] == "i1"
    assert "smile" in table.loc[1, "label"]


def test_no_tags_are_an_empty_table_with_the_same_columns(tagger: Tagger, line: Any) -> None:
    empty = tagger.tags
    line(tagger).say({"id": 1, "message": {"type": "edit", "edit": EDIT}})
    assert list(empty.columns) == list(tagger.tags.columns)
    assert (empty.dtypes == tagger.tags.dtypes).all()


def test_what_python_edits_is_shown(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    tagger.add("3", 1, 2)
    (told,) = wire.heard
    assert (told["message"]["type"], told["message"]["seq"]) == ("edited", 1)
    assert told["message"]["edit"]["changes"][0]["tag"] == tagger.observation.tags[0].model_dump(mode="json")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"colour": "red"}, "no argument 'colour'"),
        ({"observer": "Ann Smith"}, "not an id"),
        ({"scheme": "nlp"}, "no scheme 'nlp'"),
    ],
)
def test_a_wrong_argument_is_refused_with_what_is_allowed(
    film_folder: Path, tmp_path: Path, arguments: dict[str, Any], says: str
) -> None:
    with pytest.raises(Refusal, match=says):
        Tagger(film_folder, file=tmp_path / "x.json", **arguments)


def test_a_file_of_another_film_is_not_touched(film_folder: Path, tmp_path: Path, tagger: Tagger) -> None:
    place = tmp_path / "other.json"
    text = tagger.observation.model_copy(update={"film": "blocks"}).model_dump_json()
    place.write_text(text)
    with pytest.raises(Refusal, match="not 'hello'"):
        Tagger(film_folder, file=place)
    assert place.read_text() == text


def test_python_adds_changes_and_deletes_and_every_window_sees_it(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    look = tagger.add("initiative.look", 1.0)
    smile = tagger.add("3.4", 1.49, 2.51, note="She smiles.", certainty="fairly", answers=look)
    row = tagger.tags.set_index("id").loc[smile]
    assert [row["start"], row["end"], row["actor"], row["target"]] == [1.48, 2.52, "mum", "baby"]
    assert [row["note"], row["certainty"], row["answers"]] == ["She smiles.", "fairly", look]
    assert tagger.tags.set_index("id").loc[look, "actor"] == "baby"
    tagger.change(smile, end=3.0, certainty=None, actor="baby", target="mum")
    changed = tagger.observation.tags[1]
    assert (changed.start, changed.end, changed.certainty, changed.actor) == (1_480_000, 3_000_000, None, "baby")
    assert changed.note == "She smiles."
    tagger.drop(look)
    assert [tag.links for tag in tagger.observation.tags] == [[]]
    assert json.loads(tagger.file.read_text())["tags"] == tagger.observation.model_dump(mode="json")["tags"]
    assert [told["message"]["type"] for told in wire.heard] == ["edited"] * 4
    tagger.change(smile, note="She smiles.")
    assert len(wire.heard) == 4, "the same again is no edit"


def test_a_moment_shorter_than_a_frame_is_that_frame(tagger: Tagger) -> None:
    tagger.add("3", 1.0, 1.01)
    tagger.add("3", 9.999, 10.0)
    assert [(tag.start, tag.end) for tag in tagger.observation.tags] == [
        (1_000_000, 1_040_000),
        (9_960_000, 10_000_000),
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"code": 3}, "give its id as text"),
        ({"code": "3.44"}, "did you mean '3.4'"),
        ({"code": "warmth"}, "choose one of"),
        ({"start": "1"}, "seconds between 0 and 10.000"),
        ({"start": True}, "seconds between 0 and 10.000"),
        ({"start": float("nan")}, "seconds between 0 and 10.000"),
        ({"end": 12}, "end=12 is not a moment of this film"),
        ({"end": 0.5}, "is not after the start"),
        ({"end": None}, "give it one after"),
        ({"actor": "mam"}, "(did you mean 'mum'?); choose one of 'mum', 'baby'."),
        ({"target": "stranger"}, "choose one of 'mum', 'baby'"),
        ({"code": "initiative", "actor": "mum"}, "it is for child, client"),
        ({"certainty": "very"}, "certainty='very' is not known"),
        ({"note": 7}, "not text"),
        ({"note": "x" * 4001}, "4001 letters"),
        ({"modifiers": {"strength": "high"}}, "has no modifiers"),
        ({"modifiers": "high"}, "not a mapping"),
        ({"answers": "tag-0"}, "not the id of another moment"),
        ({"colour": "red"}, "add has no argument 'colour'"),
    ],
)
def test_a_wrong_moment_is_refused_and_nothing_is_added(tagger: Tagger, arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(Refusal, match=re.escape(says)):
        tagger.add(**({"code": "3", "start": 1.0, "end": 2.0} | arguments))
    assert not tagger.observation.tags
    assert not tagger.file.exists()


def test_a_wrong_change_is_refused_and_nothing_changed(tagger: Tagger) -> None:
    moment = tagger.add("3", 1, 2)
    before = tagger.observation
    for fields, says in [({"end": 0.5}, "not after its start"), ({"begin": 1}, "no argument 'begin'")]:
        with pytest.raises(Refusal, match=says):
            tagger.change(moment, **fields)
    for act in (tagger.drop, tagger.change):
        with pytest.raises(Refusal, match="no moment 'tag-0'"):
            act("tag-0")
    assert tagger.observation == before


def test_modifiers_take_what_the_scheme_says(film_folder: Path, tmp_path: Path) -> None:
    scheme = tmp_path / "strong.yaml"
    scheme.write_text(
        "{id: strong, version: '1', title: {en: S}, codes: [{id: a, parent: null, kind: state, label: {en: A}}],"
        " modifiers: [{id: strength, label: {en: How strong}, choices: [{id: low, label: {en: a little}},"
        " {id: high, label: {en: clearly}}]}]}"
    )
    tagger = Tagger(film_folder, scheme, file=tmp_path / "x.json")
    tagger.add("a", 1, 2, modifiers={"strength": "high"})
    assert tagger.tags.loc[0, "modifiers"] == {"strength": "high"}
    with pytest.raises(Refusal, match="did you mean 'strength'"):
        tagger.add("a", 1, 2, modifiers={"strenth": "high"})
    with pytest.raises(Refusal, match="choose one of 'low', 'high'"):
        tagger.add("a", 1, 2, modifiers={"strength": "9"})


def test_whoever_asked_is_told_of_every_edit_until_they_stop(
    tagger: Tagger, line: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[int] = []

    def fails(_edit: object, _observation: object) -> None:
        raise RuntimeError("mine")

    tagger.on_edit(fails)
    stop = tagger.on_edit(lambda _edit, observation: seen.append(len(observation.tags)))
    tagger.add("3", 1, 2)
    wire = line(tagger)
    assert wire.say({"id": 1, "message": {"type": "edit", "edit": EDIT}})["value"]["type"] == "ack"
    assert seen == [1, 2]
    assert "RuntimeError: mine" in capsys.readouterr().err
    stop()
    stop()
    tagger.add("3", 1, 2)
    assert seen == [1, 2]
    with pytest.raises(Refusal, match="cannot be called"):
        tagger.on_edit("print")  # type: ignore[arg-type]


def test_the_cell_run_twice_keeps_what_was_acknowledged_in_either(film_folder: Path, tmp_path: Path, line: Any) -> None:
    place = tmp_path / "hello.observation.json"
    first, second = Tagger(film_folder, file=place), Tagger(film_folder, file=place)
    old, new = line(first), line(second)
    assert old.say({"id": 1, "message": {"type": "edit", "edit": EDIT}})["value"]["type"] == "ack"
    assert new.heard == [{"message": {"type": "edited", "edit": second_hand(EDIT), "seq": 1}}]
    assert new.say({"id": 1, "message": {"type": "edit", "edit": put(id="t2")}})["value"]["seq"] == 2
    assert [tag["id"] for tag in json.loads(place.read_text())["tags"]] == ["t1", "t2"]
    assert list(first.tags["id"]) == list(second.tags["id"]) == ["t1", "t2"]
    first.close()
    second.add("3.4", 2.0, 3.0)
    assert [said["message"]["type"] for said in old.heard if "message" in said] == ["edited"] * 2


def second_hand(edit: Any) -> Any:
    return Edit.model_validate(edit).model_dump(mode="json")


def test_what_another_program_wrote_is_shown_with_the_next_edit(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    wire.say({"id": 1, "message": {"type": "edit", "edit": EDIT}})
    theirs = json.loads(tagger.file.read_text())
    theirs["tags"][0]["note"] = "written elsewhere"
    tagger.file.write_text(json.dumps(theirs))
    wire.say({"id": 2, "message": {"type": "edit", "edit": put(id="t2")}})
    state, _edited, ack = wire.heard[-3:]
    assert state["message"]["observation"]["tags"][0]["note"] == "written elsewhere"
    assert ack["value"]["type"] == "ack"
    assert list(tagger.tags["note"]) == ["written elsewhere", ""]


def test_a_file_that_was_spoilt_keeps_the_edit_waiting(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    wire.say({"id": 1, "message": {"type": "edit", "edit": EDIT}})
    tagger.file.write_text("[")
    assert wire.say({"id": 2, "message": {"type": "edit", "edit": put(id="t2")}})["value"]["retry"] is True


def test_a_note_from_a_cell_and_a_click_that_crosses_it_both_stand(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    wire.say({"id": 1, "message": {"type": "edit", "edit": EDIT}})
    was = EDIT["changes"][0]["tag"]  # type: ignore[index]
    tagger.change("t1", note="waits")
    click = {"op": "put", "tag": {**was, "certainty": "fairly"}, "was": was}
    assert wire.say({"id": 2, "message": {"type": "edit", "edit": {"id": "e2", "changes": [click]}}})["ok"]
    (kept,) = json.loads(tagger.file.read_text())["tags"]
    assert (kept["note"], kept["certainty"]) == ("waits", "fairly")

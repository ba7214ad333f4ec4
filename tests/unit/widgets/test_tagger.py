from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vigwidgets.errors import Refusal
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


@pytest.fixture
def tagger(film_folder: Path, tmp_path: Path) -> Tagger:
    return Tagger(film_folder, file=tmp_path / "hello.observation.json")


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
    from vigwidgets.contract import Edit

    wire = line(tagger)
    tagger._push(Edit.model_validate(EDIT))
    assert wire.heard == [{"message": {"type": "edited", "edit": tagger_edit(), "seq": 1}}]


def tagger_edit() -> dict[str, Any]:
    from vigwidgets.contract import Edit

    return Edit.model_validate(EDIT).model_dump(mode="json")


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

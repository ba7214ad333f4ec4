"""The contract is one file; both languages are generated from it."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError

from scripts.contract import ROOM, write
from vigwidgets.contract import Code, Edit, Tag, in_a_sentence

TAG = {"id": "t1", "code": "3.4", "actor": "ana", "target": "bo", "start": 0, "end": 40_000}


def test_python_types_are_those_of_the_schema(tmp_path: Path) -> None:
    write(tmp_path / "_types.py")
    fresh, kept = ((folder / "_types.py").read_text() for folder in (tmp_path, ROOM))
    # Compared as syntax: the generator breaks lines as the nearest pyproject.toml says.
    assert ast.dump(ast.parse(fresh)) == ast.dump(ast.parse(kept)), "run `make contract`"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads((ROOM / "contract.schema.json").read_text()))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"start": -1}, "start"),
        ({"start": 0.5}, "start"),
        ({"start": "0"}, "start"),
        ({"start": True}, "start"),
        ({"start": 10**15}, "start"),
        ({"id": "../x"}, "id"),
        ({"id": ""}, "id"),
        ({"person": "me"}, "person"),
        ({"note": "x" * 4001}, "note"),
        ({"certainty": "very"}, "certainty"),
    ],
)
def test_what_is_not_a_tag_is_refused_with_its_place(change: dict[str, object], place: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Tag.model_validate({**TAG, **change})
    sentence = in_a_sentence(caught.value, "the tag")
    assert sentence.startswith(f"In the tag, {place}")
    assert sentence.count("\n") == 0


def test_what_is_too_deep_to_be_shown_is_refused_in_a_sentence_too() -> None:
    deep: list[object] = []
    for _ in range(3000):
        deep = [deep]
    with pytest.raises(ValidationError) as caught:
        Tag.model_validate({**TAG, "start": deep})
    sentence = in_a_sentence(caught.value, "the tag")
    assert sentence.startswith("In the tag, start is [[[")
    assert len(sentence) < 200


def test_both_validators_agree_on_an_edit() -> None:
    schema = json.loads((ROOM / "contract.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(
        {**schema, "$ref": "#/$defs/Edit", "properties": {}, "additionalProperties": True}
    )
    good = {"id": "e1", "changes": [{"op": "put", "tag": TAG}, {"op": "drop", "id": "t0"}]}
    assert validator.is_valid(good)
    assert Edit.model_validate(good).changes[0].op == "put"
    bad = {"id": "e1", "changes": []}
    assert not validator.is_valid(bad)
    with pytest.raises(ValidationError):
        Edit.model_validate(bad)


def test_a_file_has_what_an_observation_has_and_which_edits_it_holds() -> None:
    defined = json.loads((ROOM / "contract.schema.json").read_text())["$defs"]
    observation, file = defined["Observation"], defined["ObservationFile"]
    assert file["required"] == observation["required"]
    assert {name: file["properties"][name] for name in observation["properties"]} == observation["properties"]
    assert file["properties"].keys() - observation["properties"].keys() == {"edits", "pages"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"op": "put", "tag": TAG | {"note": 5}}, "In the edit, changes.0.put.tag.note is 5; input should be a valid"),
        ({"op": "drop"}, "In the edit, changes.0.drop.id is missing; add it."),
        ({"op": "swap", "id": "t1"}, "In the edit, changes.0.op is 'swap'; give one of 'put', 'drop'."),
        ({"tag": TAG}, "In the edit, changes.0.op is missing; add it."),
    ],
)
def test_what_is_wrong_with_a_change_is_said_of_that_kind_of_change_alone(
    change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        Edit.model_validate({"id": "e1", "changes": [change]})
    said = in_a_sentence(caught.value, "the edit")
    assert said.startswith(sentence)
    assert "more)" not in said


def test_a_number_too_long_to_be_shown_is_refused_in_a_sentence_too() -> None:
    with pytest.raises(ValidationError) as caught:
        Tag.model_validate({**TAG, "start": 10**5000})
    assert in_a_sentence(caught.value, "the tag").startswith("In the tag, start is something of type int")


@pytest.mark.parametrize("language", ["", "xx-!!", "e", "en_GB", "-"])
def test_a_label_in_no_language_is_refused(language: str) -> None:
    code = {"id": "a", "parent": None, "kind": "state", "label": {"en": "A", language: "B"}}
    with pytest.raises(ValidationError) as caught:
        Code.model_validate(code)
    assert in_a_sentence(caught.value, "the scheme").startswith("In the scheme, label")
    assert Code.model_validate(code | {"label": {"en": "A", "de-CH": "B"}})

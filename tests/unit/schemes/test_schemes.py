from __future__ import annotations

from pathlib import Path

import pytest

from vigwidgets.errors import Refusal
from vigwidgets.schemes import available_schemes, load_scheme, parse_scheme


def test_paig_has_six_principles_and_42_examples() -> None:
    paig = load_scheme("paig")
    principles = [lane for lane in paig.lanes if lane.id != "initiative"]
    assert [len(paig.children(p.id)) for p in principles] == [5, 7, 6, 8, 8, 8]
    assert [p.key for p in paig.lanes] == ["i", "1", "2", "3", "4", "5", "6"]


def test_a_behaviour_stands_on_its_principles_lane() -> None:
    paig = load_scheme("paig")
    assert paig.lane_of("3.4").id == "3"
    assert paig.lane_of("3").id == "3"
    assert "3.4" in paig
    assert "9.9" not in paig


def test_an_unknown_code_is_answered_with_what_there_is() -> None:
    with pytest.raises(Refusal, match=r"'7' is not in scheme 'paig' version 1; choose one of 'initiative', '1'"):
        load_scheme("paig").code("7")


def test_an_unknown_scheme_is_answered_with_what_there_is() -> None:
    with pytest.raises(Refusal, match="no scheme 'peig'; the course has .*paig"):
        load_scheme("peig")
    assert "paig" in available_schemes()


CODE = {"id": "a", "parent": None, "label": {"en": "A"}, "kind": "point"}


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        ([CODE, CODE], "code 'a' stands twice"),
        ([{**CODE, "parent": "z"}], "code 'a' names 'z', which is not in the scheme"),
        ([{**CODE, "excludes": ["q"]}], "names 'q'"),
        ([{**CODE, "excludes": ["a"]}], "excludes itself"),
        ([{**CODE, "parent": "a"}], "code 'a' never reaches a lane: a → a"),
        (
            [{**CODE, "parent": "b"}, {**CODE, "id": "b", "parent": "c"}, {**CODE, "id": "c", "parent": "b"}],
            "b → c → b",
        ),
        ([{**CODE, "key": "x"}, {**CODE, "id": "b", "key": "x"}], "code 'b' has the key 'x', as 'a' has"),
        ([{**CODE, "key": "Escape"}], "'Escape', which the page itself needs"),
        ([{**CODE, "kind": "dot"}], r"codes\.0\.kind is 'dot'"),
        ([], "codes is"),
    ],
)
def test_a_broken_scheme_is_refused(codes: list[object], sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        parse_scheme({"id": "s", "version": "1", "title": {"en": "S"}, "codes": codes}, "s.yaml")


def test_a_file_that_is_not_yaml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("{unclosed")
    with pytest.raises(Refusal, match=r"s\.yaml, line 2: this is not YAML"):
        load_scheme(tmp_path / "s.yaml")


STRENGTH = {
    "id": "strength",
    "label": {"en": "How strong"},
    "choices": [{"id": "low", "label": {"en": "a little"}}, {"id": "high", "label": {"en": "clearly"}}],
}


def test_a_modifier_is_for_its_codes_and_those_under_them() -> None:
    codes = [CODE, {**CODE, "id": "a.1", "parent": "a"}, {**CODE, "id": "b"}]
    scheme = {"id": "s", "version": "1", "title": {"en": "S"}, "codes": codes}
    book = parse_scheme({**scheme, "modifiers": [{**STRENGTH, "codes": ["a"]}]}, "s.yaml")
    assert [[m.id for m in book.modifiers(code)] for code in ("a", "a.1", "b")] == [["strength"], ["strength"], []]
    everywhere = parse_scheme({**scheme, "modifiers": [STRENGTH]}, "s.yaml")
    assert [m.id for m in everywhere.modifiers("b")] == ["strength"]
    assert not parse_scheme(scheme, "s.yaml").modifiers("a")


@pytest.mark.parametrize(
    ("modifiers", "sentence"),
    [
        ([STRENGTH, STRENGTH], "modifier 'strength' stands twice"),
        ([{**STRENGTH, "codes": ["z"]}], "names 'z', which is not in the scheme"),
        ([{**STRENGTH, "choices": [STRENGTH["choices"][0]] * 2}], "has a choice twice"),  # type: ignore[index]
    ],
)
def test_a_broken_modifier_is_refused(modifiers: list[object], sentence: str) -> None:
    scheme = {"id": "s", "version": "1", "title": {"en": "S"}, "codes": [CODE], "modifiers": modifiers}
    with pytest.raises(Refusal, match=sentence):
        parse_scheme(scheme, "s.yaml")

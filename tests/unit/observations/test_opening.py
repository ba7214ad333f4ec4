"""A file is checked before anybody goes on with it, and one sentence says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vigwidgets.contract import Edit, Member, Observation, Put, Tag
from vigwidgets.errors import Refusal
from vigwidgets.observations import ObservationFile, Unwritten, new_observation
from vigwidgets.schemes import load_scheme

PAIG = load_scheme("paig")
CAST = [Member(id="mum", role="parent", name="parent"), Member(id="baby", role="child", name="child")]


def start() -> Observation:
    return new_observation("blocks", 10_000_000, PAIG.ref, "me", CAST)


def tag(name: str = "t1", **changed: Any) -> dict[str, Any]:
    plain = {"id": name, "code": "3.4", "actor": "mum", "target": "baby", "start": 400_000, "end": 800_000}
    return plain | changed


def written(path: Path, *tags: dict[str, Any], **changed: Any) -> Path:
    plain = start().model_dump(mode="json") | {"tags": list(tags)} | changed
    path.write_text(json.dumps(plain))
    return path


def answers(to: str) -> list[dict[str, str]]:
    return [{"kind": "answers", "to": to}]


@pytest.mark.parametrize(
    ("tags", "changed", "says"),
    [
        ([tag("odd", code="nope")], {}, "The tag 'odd' in x.json is not allowed: .*nope"),
        ([tag(), tag(code="2")], {}, "the tag 't1' more than once"),
        ([tag("a", links=answers("b")), tag("b", links=answers("a"))], {}, "links that are not allowed: .*answers"),
        ([tag(actor="nobody")], {}, "The tag 't1' in x.json is not allowed: The actor 'nobody'"),
        ([tag(start=900_000)], {}, "The tag 't1' in x.json is not allowed: .*not after its start"),
        ([tag(start=80_000_000_000, end=80_000_000_001)], {}, "The tag 't1' .*outside the film"),
        ([tag(note="\ud800x")], {}, "x.json"),
        ([], {"duration": 1}, r"lasts 00:00\.000, and 'blocks' lasts 00:10\.000"),
        ([], {"cast": [{"id": "zed", "role": "child", "name": "Z"}]}, r"coded with zed \(child\) in the film"),
        ([], {"scheme": {"id": "other", "version": "9"}}, "coded with other version 9"),
        ([], {"film": "hello"}, "film 'hello', not 'blocks'"),
    ],
)
def test_what_is_not_allowed_is_refused_in_a_sentence(
    tmp_path: Path, tags: list[dict[str, Any]], changed: dict[str, Any], says: str
) -> None:
    path = written(tmp_path / "x.json", *tags, **changed)
    before = path.read_bytes()
    with pytest.raises(Refusal, match=says) as refused:
        ObservationFile(path, start(), PAIG)
    assert "\n" not in str(refused.value)
    assert path.read_bytes() == before


def test_what_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("[" * 100_000)
    with pytest.raises(Refusal, match="could not be read as an observation"):
        ObservationFile(path, start(), PAIG)


def test_old_work_opens_though_a_name_was_bettered_and_the_frames_lie_elsewhere(tmp_path: Path) -> None:
    cast = [{"id": "baby", "role": "child", "name": "Bo"}, {"id": "mum", "role": "parent", "name": "Ana"}]
    path = written(tmp_path / "x.json", tag(start=400_001), cast=cast)
    assert len(ObservationFile(path, start(), PAIG, [0, 40_000]).observation.tags) == 1


def test_what_comes_into_the_file_later_is_checked_as_well(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    mine = ObservationFile(path, start(), PAIG)
    mine.apply(Edit(id="e1", changes=[Put(op="put", tag=Tag.model_validate(tag()))]))
    written(path, tag("odd", code="nope"))
    with pytest.raises(Unwritten, match="'odd'"):
        mine.apply(Edit(id="e2", changes=[Put(op="put", tag=Tag.model_validate(tag("t2")))]))
    assert [one.id for one in mine.observation.tags] == ["t1"]

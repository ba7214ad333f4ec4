"""An edit that a page sends again to a kernel that is new, or to another one, is not applied twice."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import vigwidgets.contract
from vigwidgets.contract import Drop, Edit, Member, Put, Tag
from vigwidgets.errors import Refusal
from vigwidgets.observations import (
    ObservationFile,
    Unwritten,
    _shared,
    new_observation,
    parse_observation,
    read_observation,
)
from vigwidgets.observations._saved import KEPT
from vigwidgets.schemes import load_scheme

SCHEMA = Path(vigwidgets.contract.__file__).parent / "contract.schema.json"
PAIG = load_scheme("paig")
CAST = [Member(id="mum", role="parent", name="parent"), Member(id="baby", role="child", name="child")]
BEGUN = new_observation("blocks", 10_000_000, PAIG.ref, "me", CAST, id="obs-1")


PAGE = "edit-0123456789abcdef"
GOOD = {"newest": 3, "unsure": 0, "missing": [], "later": {}}


def put(edit: str, note: str, name: str = "a") -> Edit:
    plain = {"id": name, "code": "3.4", "actor": "mum", "target": "baby", "start": 0, "end": 400_000, "note": note}
    return Edit(id=edit, changes=[Put(op="put", tag=Tag.model_validate(plain))])


def notes(store: ObservationFile) -> dict[str, str]:
    return {one.id: one.note for one in store.observation.tags}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "blocks.observation.json"


def opened(path: Path) -> ObservationFile:
    """Open it as a kernel does that has only just begun: of what another one remembered, it knows nothing."""
    _shared._SHARED.clear()
    return ObservationFile(path, BEGUN, PAIG)


def test_after_a_restart_an_older_word_does_not_replace_a_newer(path: Path) -> None:
    before = opened(path)
    before.apply(put("e-1", "first"))
    before.apply(put("e-2", "second"))
    after = opened(path)
    assert after.apply(put("e-1", "first")) <= after.seq
    assert (notes(after), after.seq) == ({"a": "second"}, 0)
    assert after.apply(put("e-3", "third")) == 1
    assert notes(opened(path)) == {"a": "third"}


def test_after_a_restart_what_was_deleted_stays_so(path: Path) -> None:
    before = opened(path)
    before.apply(put("e-1", "first"))
    before.apply(Edit(id="e-2", changes=[Drop(op="drop", id="a")]))
    after = opened(path)
    after.apply(put("e-1", "first"))
    assert notes(after) == {}


def test_an_edit_that_another_kernel_took_is_not_applied_again(path: Path) -> None:
    here = opened(path)
    here.apply(put("e-1", "first"))
    there = opened(path)
    there.apply(put("e-2", "second"))
    there.apply(put("e-3", "third"))
    here.apply(put("e-2", "second"))
    assert (notes(here), notes(there)) == ({"a": "third"}, {"a": "third"})


def test_after_a_restart_one_id_with_other_changes_is_refused(path: Path) -> None:
    opened(path).apply(put("e-1", "first"))
    after = opened(path)
    with pytest.raises(Refusal, match="an id of its own"):
        after.apply(put("e-1", "something else"))
    assert notes(after) == {"a": "first"}


def test_the_file_remembers_the_newest_and_grows_no_further(path: Path) -> None:
    store = opened(path)
    for number in range(KEPT + 2):
        store.apply(put(f"e-{number}", str(number)))
    held = list(json.loads(path.read_text())["edits"])
    assert held == [f"e-{number}" for number in range(2, KEPT + 2)]


def test_what_is_remembered_is_no_part_of_the_observation(path: Path) -> None:
    store = opened(path)
    store.apply(put("e-1", "first"))
    assert read_observation(path) == parse_observation(json.loads(path.read_text())) == store.observation


def test_after_a_restart_no_number_of_others_makes_an_older_word_replace_a_newer(path: Path) -> None:
    before = opened(path)
    before.apply(put(f"{PAGE}-1", "old"))
    before.apply(put(f"{PAGE}-2", "new"))
    for number in range(KEPT + 2):
        before.apply(put(f"{PAGE}-{number + 3}", "other", "b"))
    after = opened(path)
    assert after.apply(put(f"{PAGE}-1", "old")) == 0
    assert notes(after)["a"] == "new"


def test_what_was_lost_on_its_way_is_taken_unless_it_is_too_late(path: Path) -> None:
    opened(path).apply(put(f"{PAGE}-3", "newer"))
    for store in (opened(path), opened(path)):
        with pytest.raises(Refusal, match="came after a later one of the same moment"):
            store.apply(put(f"{PAGE}-1", "older"))
    opened(path).apply(put(f"{PAGE}-2", "of another moment", "b"))
    assert notes(opened(path)) == {"a": "newer", "b": "of another moment"}


def test_what_is_refused_or_could_not_be_written_does_not_count_as_held(path: Path) -> None:
    store = opened(path)
    first = put(f"{PAGE}-1", "first")
    nobodys = [Put(op="put", tag=change.tag.model_copy(update={"actor": "nobody"})) for change in first.changes]
    with pytest.raises(Refusal, match="'nobody' is not in this film's cast"):
        store.apply(Edit(id=first.id, changes=nobodys))
    assert not path.exists()
    store.apply(first)
    path.chmod(0o444)
    with pytest.raises(Unwritten):
        store.apply(put(f"{PAGE}-2", "second"))
    path.chmod(0o644)
    opened(path).apply(put(f"{PAGE}-2", "second"))
    assert notes(opened(path)) == {"a": "second"}


def test_a_file_of_before_the_pages_counted_is_read_and_keeps_what_it_says(path: Path) -> None:
    opened(path).apply(put("e-1", "first"))
    old = json.loads(path.read_text())
    del old["pages"]
    path.write_text(json.dumps(old))
    opened(path).apply(put(f"{PAGE}-1", "second"))
    opened(path).apply(put("e-1", "first"))
    assert notes(opened(path)) == {"a": "second"}
    assert json.loads(path.read_text())["edits"] == old["edits"]


@pytest.mark.parametrize("others", [0, 1, KEPT + 2])
def test_the_file_is_what_the_published_schema_says_of_it(path: Path, others: int) -> None:
    store = opened(path)
    store.edit(lambda _: put("e", "from Python").changes)
    for number in range(others):
        store.apply(put(f"e-{number}", str(number), "b"))
        store.apply(put(f"{PAGE}-{2 * number + 5}", str(number), f"t{number}"))
    schema = json.loads(SCHEMA.read_text())
    validator = jsonschema.Draft202012Validator({"$ref": "#/$defs/ObservationFile", "$defs": schema["$defs"]})
    held = json.loads(path.read_text())
    assert [error.message for error in validator.iter_errors(held)] == []
    assert not validator.is_valid(held | {"edits": {"e-1": "x"}})
    assert not validator.is_valid(held | {"more": 1})


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        *(("edits", wrong) for wrong in (["e-1"], {"e-1": "x"}, {"e-1": None}, {"": "0" * 32}, None)),
        *(("pages", wrong) for wrong in ([], {PAGE: 3}, {PAGE: {"newest": 1}}, {PAGE: GOOD | {"missing": [-1]}})),
        *(("pages", {PAGE: GOOD | {part: wrong}}) for part, wrong in (("later", {"a": "1"}), ("newest", 10**15))),
    ],
)
def test_what_is_no_list_of_edits_is_refused_in_a_sentence(path: Path, part: str, wrong: object) -> None:
    opened(path).apply(put("e-1", "first"))
    path.write_text(json.dumps(json.loads(path.read_text()) | {part: wrong}))
    with pytest.raises(Refusal, match=rf"blocks\.observation\.json, {part}"):
        opened(path)

"""One widget in several windows: everything that Python says reaches all, and each goes its own way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vigwidgets.contract import Edit, Tag
from vigwidgets.widgets import Tagger

ROOM = 2**24


def put(edit: str, **changed: Any) -> dict[str, Any]:
    tag = {"id": "t1", "code": "3.4", "actor": "mum", "target": "baby", "start": 400_000, "end": 800_000} | changed
    return {"id": edit, "changes": [{"op": "put", "tag": tag}]}


class Window:
    """A page that has the widget open, and what it is told."""

    def __init__(self, wire: Any, page: int) -> None:
        self.wire, self.number = wire, page * ROOM

    def sends(self, edit: dict[str, Any]) -> Any:
        """Send an edit; return what was said to it alone."""
        return self.asks({"type": "edit", "edit": edit})

    def asks(self, message: dict[str, Any]) -> Any:
        self.number += 1
        reply = self.wire.say({"id": self.number, "message": message})
        assert reply["id"] == self.number
        return reply["value"]


@pytest.fixture
def tagger(film_folder: Path, tmp_path: Path) -> Tagger:
    place = tmp_path / "work" / "hello.observation.json"
    place.parent.mkdir()
    return Tagger(film_folder, file=place)


def test_what_one_window_tags_is_told_to_all_before_it_is_confirmed(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    tagger.on_edit(lambda edit, _observation: wire.heard.append(f"Python: {edit.id}"))
    Window(wire, 7).sends(put("one"))
    told = {"type": "edited", "edit": Edit.model_validate(put("one")).model_dump(mode="json"), "seq": 1}
    assert wire.heard[:2] == [{"message": told}, "Python: one"], "no window waits for Python's own callbacks"
    assert wire.heard[2]["value"] == {"type": "ack", "edit": "one", "seq": 1}


def test_what_comes_again_is_told_to_nobody_anew(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    for page in (1, 2):
        assert Window(wire, page).sends(put("one"))["seq"] == 1
    assert [said for said in wire.heard if "message" in said] == wire.heard[:1]


def test_an_edit_of_python_is_told_once(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    tagger.add("3.4", 1.0, 2.0)
    assert [said["message"]["type"] for said in wire.heard] == ["edited"]


def test_a_window_that_could_not_save_holds_back_its_own_edits_and_nobody_elses(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    one, two = Window(wire, 1), Window(wire, 2)
    tagger.file.parent.rmdir()
    assert one.sends(put("one-1", note="older"))["retry"] is True
    tagger.file.parent.mkdir()
    # Were it closed now, its edit would never come again.
    assert two.sends(put("two-1", id="t2"))["type"] == "ack"
    assert one.sends(put("one-2", note="newer"))["retry"] is True
    assert [one.sends(put(f"one-{n}", note=note))["type"] for n, note in ((1, "older"), (2, "newer"))] == ["ack"] * 2
    assert {tag["id"]: tag["note"] for tag in json.loads(tagger.file.read_text())["tags"]} == {"t1": "newer", "t2": ""}


def test_a_window_that_asks_anew_is_held_back_no_more(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    one, two = Window(wire, 1), Window(wire, 2)
    tagger.file.parent.rmdir()
    for window, edit in ((one, "one-1"), (two, "two-1")):
        assert window.sends(put(edit))["retry"] is True
    tagger.file.parent.mkdir()
    assert one.asks({"type": "state"})["observation"]["tags"] == []
    assert one.sends(put("one-2"))["type"] == "ack"
    assert two.sends(put("two-2"))["retry"] is True


def test_however_many_windows_could_not_save_little_of_them_is_remembered(tagger: Tagger, line: Any) -> None:
    wire = line(tagger)
    tagger.file.parent.rmdir()
    for page in range(200):
        assert Window(wire, page).sends(put(f"e{page}"))["retry"] is True
    assert len(tagger._held_back) == 64
    assert 199 in tagger._held_back


def moment(tagger: Tagger, id: str) -> dict[str, Any]:
    [tag] = [tag for tag in tagger.observation.tags if tag.id == id]
    return tag.model_dump(mode="json")


MERGE = "edit-" + "a" * 16 + "-1"


@pytest.mark.parametrize(
    ("during", "left"),
    [
        (lambda tagger, first: tagger.drop(first), []),
        (lambda tagger, first: tagger.change(first, note="by Python"), [(1000, 2000, "by Python")]),
        (lambda tagger, first: tagger.change(first, end=2.4), [(1000, 2400, "")]),
    ],
    ids=["dropped", "written on", "made longer"],
)
def test_a_merge_that_a_page_made_while_a_cell_changed_the_first_leaves_the_second_with_its_words(
    tagger: Tagger, film_folder: Path, line: Any, during: Any, left: list[Any]
) -> None:
    window = Window(line(tagger), 7)
    a, b = tagger.add("3", 1, 2), tagger.add("3", 4, 5, note="acknowledged words")
    first, second = moment(tagger, a), moment(tagger, b)
    during(tagger, a)
    put = {"op": "put", "tag": first | {"end": 5_000_000, "note": "acknowledged words"}, "was": first, "how": "change"}
    merge = {"id": MERGE, "changes": [put, {"op": "drop", "id": b, "was": second}], "whole": True}
    assert window.sends(merge)["type"] == "ack"
    assert brief(tagger) == [*left, (4000, 5000, "acknowledged words")]
    # It was acknowledged, and is not done later, when it comes again.
    assert window.sends(merge)["type"] == "ack"
    again = Tagger(film_folder, file=tagger.file)
    assert Window(line(again), 7).sends(merge)["type"] == "ack"
    assert brief(again) == [*left, (4000, 5000, "acknowledged words")]


@pytest.mark.parametrize(
    ("during", "left"),
    [
        (lambda tagger, first: tagger.drop(first), []),
        (lambda tagger, first: tagger.change(first, end=3.4), [(1000, 3400, "n")]),
        (lambda tagger, first: tagger.change(first, code="1"), [(1000, 4000, "n")]),
    ],
    ids=["dropped", "made shorter", "named anew"],
)
def test_a_split_that_a_page_made_while_a_cell_changed_the_moment_leaves_no_half(
    tagger: Tagger, line: Any, during: Any, left: list[Any]
) -> None:
    window = Window(line(tagger), 7)
    a = tagger.add("3", 1, 4, note="n")
    whole = moment(tagger, a)
    during(tagger, a)
    put = {"op": "put", "tag": whole | {"end": 2_000_000}, "was": whole, "how": "change"}
    part = {"op": "put", "tag": whole | {"id": "tag-part", "start": 2_000_000}, "how": "make"}
    assert window.sends({"id": MERGE, "changes": [put, part], "whole": True})["type"] == "ack"
    assert brief(tagger) == left


def brief(tagger: Tagger) -> list[tuple[int, int, str]]:
    tags: list[Tag] = tagger.observation.tags
    return [(tag.start // 1000, (tag.end or 0) // 1000, tag.note) for tag in tags]

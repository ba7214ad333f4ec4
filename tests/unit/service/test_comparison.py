"""Whose moments may be laid beside one's own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vigwidgets.service.comparison import MOST, compare_with, others_of
from vigwidgets.service.voila.page import boot_of

EXERCISE = "receiving-initiatives"


def handed_in(still: Any, edit: Any, login: str, tags: int = 2, **note: str) -> Any:
    record = still.begin(login)
    codebook = still.state.course.codebook(EXERCISE)
    for number in range(tags):
        made = edit(number)
        if note:
            change = made.changes[0]
            made = made.model_copy(
                update={"changes": [change.model_copy(update={"tag": change.tag.model_copy(update=note)})]}
            )
        still.records.append_edit(record.id, made, codebook, None)
    still.records.hand_in(record.id)
    return still.records.observation(record.id)


def compared(still: Any, record: Any, **changes: Any) -> dict[str, Any] | None:
    exercise = still.state.course.exercise(EXERCISE).model_copy(update=changes)
    return compare_with(still.state, exercise, record)


def names(found: dict[str, Any] | None) -> list[str]:
    return [observer["name"] for observer in found["observers"]] if found else []


def test_nothing_is_given_away_while_somebody_still_codes(still: Any, edit: Any) -> None:
    handed_in(still, edit, "ben")
    record = still.begin("ann")
    assert compared(still, record) is None
    person = still.people["ann"]
    assert boot_of(still.state, still.state.course.exercise(EXERCISE), record, person, "x")["compare"] is None


def test_the_expert_comes_first_with_every_name_that_is_right(still: Any, edit: Any) -> None:
    found = compared(still, handed_in(still, edit, "ann"))
    assert names(found) == ["The expert"]
    assert found is not None
    expert = found["observers"][0]
    assert [(tag["id"], tag["code"], tag["start"]) for tag in expert["tags"]] == [
        ("beat-b1", "initiative", 1_000_000),
        ("beat-b2", "3", 2_200_000),
    ]
    assert expert["accepts"] == {"beat-b1": ["initiative"], "beat-b2": ["3"]}
    assert expert["tags"][1]["links"] == [{"kind": "answers", "to": "beat-b1"}]
    assert found["tolerance"] == {"overlap": 0.4, "point": 1_000_000, "edge": 300_000, "near": 2_000_000}


def test_a_colleague_has_neither_name_nor_notes_nor_ids(still: Any, edit: Any) -> None:
    other = handed_in(still, edit, "ben", note="Ben was here", certainty="unsure")
    found = compared(still, handed_in(still, edit, "ann"))
    assert names(found) == ["The expert", "A colleague"]
    assert found is not None
    text = json.dumps(found["observers"][1])
    for secret in ("Ben", "unsure", other.id, other.person, *(tag.id for tag in other.observation.tags)):
        assert secret not in text
    assert [tag["start"] for tag in found["observers"][1]["tags"]] == [tag.start for tag in other.observation.tags]


def test_ones_own_earlier_attempts_are_there_the_newest_first_and_no_colleague_twice(still: Any, edit: Any) -> None:
    handed_in(still, edit, "ann", 1)
    handed_in(still, edit, "ann", 3, note="mine")
    handed_in(still, edit, "ben", 1)
    handed_in(still, edit, "ben", 4)
    found = compared(still, handed_in(still, edit, "ann"))
    assert names(found) == ["The expert", "You, the time before", "You, 2 times before", "A colleague"]
    assert found is not None
    assert [len(observer["tags"]) for observer in found["observers"][1:]] == [3, 1, 4]
    assert found["observers"][1]["tags"][0]["note"] == "mine"


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({"compare": []}, []),
        ({"compare": ["expert"]}, ["The expert"]),
        ({"compare": ["mine"]}, ["You, the time before"]),
        ({"compare": ["colleagues"]}, ["A colleague"]),
        ({"marking": "summative"}, []),
    ],
)
def test_the_exercise_says_who(still: Any, edit: Any, changes: dict[str, Any], seen: list[str]) -> None:
    handed_in(still, edit, "ben")
    handed_in(still, edit, "ann")
    record = handed_in(still, edit, "ann")
    assert names(compared(still, record, **changes)) == seen
    exercise = still.state.course.exercise(EXERCISE).model_copy(update=changes)
    others = others_of(still.state, exercise, record.person, record.id)
    assert [one["name"] for one in others] == [name for name in seen if name != "The expert"]


def test_many_are_few(still: Any, edit: Any) -> None:
    for _ in range(MOST + 2):
        handed_in(still, edit, "ann", 1)
    found = compared(still, handed_in(still, edit, "ann"), compare=["mine"])
    assert len(names(found)) == MOST

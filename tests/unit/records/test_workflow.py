"""Stages, judgements, more time and other views are added, and never changed."""

from __future__ import annotations

import pytest

from vigwidgets.contract import Observation
from vigwidgets.errors import Refusal
from vigwidgets.records import Person, Records, Seen
from vigwidgets.records._workflow import MOST_OTHERWISE


@pytest.fixture
def attempt(records: Records, observation: Observation) -> str:
    return records.hand_in(observation.id).id


@pytest.fixture
def sue(records: Records) -> Person:
    return records.add_person("Sue", "sue", "supervisor")


def test_a_release_is_of_the_mark_that_lay_there(records: Records, attempt: str, sue: Person) -> None:
    assert not records.released(attempt)
    records.add_mark(attempt, {"n": 1})
    records.add_stage(attempt, "ready", sue.id)
    records.add_stage(attempt, "released", sue.id, "Well seen.")
    assert records.released(attempt)
    assert [(one.number, one.stage, one.mark_number, one.note) for one in records.stages(attempt)] == [
        (1, "ready", 1, ""), (2, "released", 1, "Well seen."),
    ]  # fmt: skip
    records.add_mark(attempt, {"n": 2})
    assert not records.released(attempt), "another mark waits for another release"
    records.add_stage(attempt, "in review", sue.id)
    assert not records.released(attempt)


def test_of_two_who_move_at_once_the_second_is_told(records: Records, attempt: str, sue: Person) -> None:
    assert records.add_stage(attempt, "ready", sue.id, seen=Seen()) == 1
    with pytest.raises(Refusal, match="Somebody else has just moved"):
        records.add_stage(attempt, "released", sue.id, seen=Seen())
    assert len(records.stages(attempt)) == 1


def test_nothing_moves_on_that_is_not_as_it_was_seen(records: Records, attempt: str, sue: Person) -> None:
    records.add_mark(attempt, {"n": 1})
    with pytest.raises(Refusal, match="marked again since you looked"):
        records.add_stage(attempt, "ready", sue.id, seen=Seen())
    records.add_judgement(attempt, "override", sue.id, {"credit": 0}, "No.")
    with pytest.raises(Refusal, match="another credit, since you looked"):
        records.add_stage(attempt, "ready", sue.id, seen=Seen(mark=1))
    assert records.stages(attempt) == []
    assert records.add_stage(attempt, "ready", sue.id, seen=Seen(0, 1, 1)) == 1
    with pytest.raises(Refusal, match="moved this attempt on"):
        records.add_judgement(attempt, "override", sue.id, {"credit": 1}, "Yes.", seen=Seen(0, 1, 1))


def test_what_is_judged_while_ready_is_reviewed_again(records: Records, attempt: str, sue: Person) -> None:
    records.add_stage(attempt, "ready", sue.id)
    records.add_judgement(attempt, "override", sue.id, {"credit": 0}, "No.")
    assert [(one.stage, one.by) for one in records.stages(attempt)] == [("ready", sue.id), ("in review", sue.id)]
    records.add_judgement(attempt, "override", sue.id, {"credit": 1}, "Yes.")
    assert len(records.stages(attempt)) == 2, "in review is where it is already"


def test_judgements_stay_in_their_order(records: Records, attempt: str, sue: Person) -> None:
    assert records.add_judgement(attempt, "marking", sue.id, {"credit": 0.5}, "She waits.") == 1
    records.add_mark(attempt, {"n": 1})
    assert records.add_judgement(attempt, "override", sue.id, {"credit": None}, "Rather not.") == 2
    found = records.judgements(attempt)
    assert [(one.kind, one.body, one.reason, one.mark_number, one.by) for one in found] == [
        ("marking", {"credit": 0.5}, "She waits.", None, sue.id),
        ("override", {"credit": None}, "Rather not.", 1, sue.id),
    ]


def test_the_latest_extension_counts(records: Records, ann: Person, sue: Person) -> None:
    for until in ("2026-03-01T00:00:00.000000Z", "2026-04-01T00:00:00.000000Z"):
        records.extend("receiving", ann.id, until, "ill", sue.id)
    records.extend("other", ann.id, "2026-05-01T00:00:00.000000Z", "ill", sue.id)
    assert [one.until[:10] for one in records.extensions("receiving", ann.id)] == ["2026-04-01"]
    assert len(records.extensions()) == 2
    assert records.extensions("receiving", sue.id) == []


def test_another_view_has_one_reason_for_each_difference_and_can_be_taken_back(records: Records, attempt: str) -> None:
    records.add_otherwise(attempt, "beat:b1", "I saw a turn.")
    records.add_otherwise(attempt, "tag:t1", "She did look.")
    records.add_otherwise(attempt, "beat:b1", "I saw a turn, and a pause.")
    assert [(one.item, one.reason) for one in records.otherwise(attempt)] == [
        ("beat:b1", "I saw a turn, and a pause."), ("tag:t1", "She did look."),
    ]  # fmt: skip
    records.add_otherwise(attempt, "tag:t1", "")
    assert [one.item for one in records.otherwise(exercise="receiving")] == ["beat:b1"]
    assert records.otherwise(exercise="another") == []


def test_reasons_have_an_end(records: Records, attempt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigwidgets.records._workflow.MOST_OTHERWISE", 2)
    assert MOST_OTHERWISE > 100
    for number in range(2):
        records.add_otherwise(attempt, f"beat:b{number}", "So.")
    with pytest.raises(Refusal, match="2 reasons already"):
        records.add_otherwise(attempt, "beat:b9", "So.")


def test_nothing_is_kept_about_an_attempt_that_is_not_there(records: Records, sue: Person) -> None:
    for write in (
        lambda: records.add_stage("nowhere", "ready", sue.id),
        lambda: records.add_judgement("nowhere", "marking", sue.id, {}, "x"),
        lambda: records.add_otherwise("nowhere", "beat:b1", "x"),
    ):
        with pytest.raises(Refusal, match="There is no attempt 'nowhere'"):
            write()

"""What is known of somebody's work, and what they write of it; nothing is ever changed or lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vigwidgets.contract import Edit, Observation
from vigwidgets.errors import Refusal
from vigwidgets.records import Person, Records, _ledger
from vigwidgets.schemes import Codebook


def test_a_change_adds_a_version_and_the_same_again_adds_none(records: Records, ann: Person) -> None:
    assert records.keep_entry(ann.id, "entry-1", {"title": "One"}, 0) == 1
    assert records.keep_entry(ann.id, "entry-1", {"title": "One"}, 0) == 1
    assert records.keep_entry(ann.id, "entry-1", {"title": "Two"}, 1) == 2
    assert [(one.number, one.body) for one in records.entries(ann.id)] == [(1, {"title": "One"}), (2, {"title": "Two"})]


def test_two_windows_hide_nothing_from_each_other(records: Records, ann: Person) -> None:
    records.keep_entry(ann.id, "entry-1", {"title": "One"}, 0)
    records.keep_entry(ann.id, "entry-1", {"title": "Two"}, 1)
    with pytest.raises(Refusal, match="changed in another window"):
        records.keep_entry(ann.id, "entry-1", {"title": "Three"}, 1)
    assert len(records.entries(ann.id)) == 2


def test_an_entry_s_name_is_its_owner_s_alone(records: Records, ann: Person) -> None:
    ben = records.add_person("Ben", "ben", "trainee")
    records.keep_entry(ann.id, "entry-1", {"title": "Hers"}, 0)
    assert records.keep_entry(ben.id, "entry-1", {"title": "His"}, 0) == 1
    assert [one.body for one in records.entries(ann.id)] == [{"title": "Hers"}]
    with pytest.raises(Refusal, match="no such person"):
        records.keep_entry("person-none", "entry-1", {}, 0)


def test_there_is_an_end_to_entries_and_versions(
    records: Records, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_ledger, "MOST_ENTRIES", 2)
    monkeypatch.setattr(_ledger, "MOST_VERSIONS", 2)
    for name in ("a", "b"):
        records.keep_entry(ann.id, name, {"n": 1}, 0)
    with pytest.raises(Refusal, match="holds 2 entries"):
        records.keep_entry(ann.id, "c", {"n": 1}, 0)
    records.keep_entry(ann.id, "a", {"n": 2}, 1)
    with pytest.raises(Refusal, match="changed 2 times"):
        records.keep_entry(ann.id, "a", {"n": 3}, 2)


def test_signs_of_work_are_a_person_s_own_and_in_order(
    records: Records, ann: Person, observation: Observation, edit: Callable[..., Edit], codebook: Codebook
) -> None:
    records.append_edit(observation.id, edit(1), codebook, None)
    records.add_reading(ann.id, "a-lesson")
    attempt = records.hand_in(observation.id)
    records.add_otherwise(attempt.id, "beat:b1", "So.")
    assert records.add_opening(ann.id, attempt.id, said=True)
    assert not records.add_opening(ann.id, attempt.id, said=True), "the same reading"
    signs = records.work_signs(ann.id)
    assert [(one.kind, one.of, one.exercise) for one in signs] == [
        ("work", observation.id, "receiving"),
        ("work", observation.id, "receiving"),
        ("lesson", "a-lesson", ""),
        ("work", observation.id, "receiving"),
        ("feedback", attempt.id, "receiving"),
        ("said", attempt.id, "receiving"),
    ]
    assert [one.at for one in signs] == sorted(one.at for one in signs)
    assert records.work_signs(ann.id, after=signs[2].at, before=signs[4].at) == signs[2:4]
    assert records.work_signs(records.add_person("Ben", "ben", "trainee").id) == []

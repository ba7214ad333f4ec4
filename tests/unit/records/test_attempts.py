from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Barrier

import pytest

from vigwidgets.contract import Edit, Observation
from vigwidgets.errors import Refusal
from vigwidgets.observations import content_hash, new_observation
from vigwidgets.records import Person, Records
from vigwidgets.schemes import Codebook


def test_handing_in_freezes_and_gives_a_receipt_of_what_was_coded(
    records: Records, ann: Person, observation: Observation, codebook: Codebook, edit: Callable[..., Edit]
) -> None:
    records.append_edit(observation.id, edit(1), codebook, None)
    attempt = records.hand_in(observation.id)
    record = records.observation(observation.id)
    assert record.frozen
    assert attempt.observation == record.observation
    assert attempt.receipt == {
        "attempt": attempt.id,
        "observation_sha256": content_hash(record.observation),
        "handed_in_at": attempt.handed_in_at,
        "exercise": "receiving",
        "exercise_version": "1",
        "film": "blocks",
        "person_sha256": sha256(f"vig-receipt {attempt.id} {ann.id}".encode()).hexdigest(),
    }
    assert attempt.handed_in_at.endswith("Z")
    assert records.hand_in(observation.id) == attempt == records.attempt(attempt.id)
    assert records.attempt_of(observation.id) == attempt
    assert records.current_observation(ann.id, "receiving") is None
    assert records.handed_in(ann.id, "receiving") == observation.id


def test_attempts_are_found_by_exercise_and_person_in_order(
    records: Records, ann: Person, observation: Observation, codebook: Codebook
) -> None:
    ben = records.add_person("Ben", "ben", "trainee")
    made = [records.hand_in(observation.id)]
    for person, exercise in ((ben, "receiving"), (ann, "first-look")):
        fresh = new_observation("hello", 10_000_000, codebook.ref, person.id, list(observation.cast))
        made.append(records.hand_in(records.start_observation(person.id, exercise, "1", fresh).id))
    ids = [attempt.id for attempt in made]
    assert [attempt.id for attempt in records.attempts()] == ids
    assert [attempt.id for attempt in records.attempts("receiving")] == ids[:2]
    assert [attempt.id for attempt in records.attempts(newest=2)] == ids[:-3:-1]
    assert [attempt.id for attempt in records.attempts("receiving", newest=1)] == ids[1:2]
    assert [attempt.id for attempt in records.attempts(person=ann.id)] == [ids[0], ids[2]]
    assert [attempt.id for attempt in records.attempts("receiving", ben.id)] == [ids[1]]
    records.add_mark(ids[1], {"n": 1})
    assert [attempt.id for attempt in records.waiting()] == [ids[0], ids[2]]
    assert [attempt.id for attempt in records.waiting("receiving")] == [ids[0]]


def test_the_latest_mark_counts_and_earlier_ones_stay(records: Records, observation: Observation) -> None:
    attempt = records.hand_in(observation.id)
    assert records.mark(attempt.id) is None
    assert [records.add_mark(attempt.id, {"figure": figure, "says": "Schön"}) for figure in (0.5, None)] == [1, 2]
    assert records.mark(attempt.id) == {"figure": None, "says": "Schön"}
    assert [mark["figure"] for mark in records.marks(attempt.id)] == [0.5, None]


def test_of_two_who_keep_the_same_mark_at_once_one_does(records: Records, observation: Observation) -> None:
    attempt = records.hand_in(observation.id)
    start = Barrier(4)

    def keep(_: int) -> int | None:
        start.wait()
        return records.add_new_mark(attempt.id, {"figure": 0.5})

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(keep, range(4)), key=str) == [1, None, None, None]
    assert records.add_new_mark(attempt.id, {"figure": 0.6}) == 2
    assert records.add_new_mark(attempt.id, {"figure": 0.5}) == 3, "only the mark that counts is compared"


def test_an_unknown_attempt_is_refused(records: Records) -> None:
    with pytest.raises(Refusal, match="no attempt 'attempt-0'"):
        records.attempt("attempt-0")
    with pytest.raises(Refusal, match="no attempt 'attempt-0'"):
        records.add_mark("attempt-0", {})
    assert records.mark("attempt-0") is None
    assert records.attempt_of("obs-0") is None


def test_a_mark_that_json_cannot_hold_is_not_kept(records: Records, observation: Observation) -> None:
    attempt = records.hand_in(observation.id)
    with pytest.raises(ValueError, match="JSON"):
        records.add_mark(attempt.id, {"figure": float("nan")})
    assert records.marks(attempt.id) == []


def test_a_clock_that_is_set_back_does_not_change_the_order(
    records: Records, ann: Person, observation: Observation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for moment in ("2026-10-25T01:30:00.000000Z", "2026-10-25T00:30:00.000000Z", "2026-10-25T00:30:00.000000Z"):
        monkeypatch.setattr("vigwidgets.records._attempts.now", lambda moment=moment: moment)
        made.append(records.hand_in(observation.id))
        fresh = new_observation("blocks", 10_000_000, observation.scheme, ann.id, list(observation.cast))
        observation = records.start_observation(ann.id, "receiving", "1", fresh).observation
    assert [one.nth for one in made] == [1, 2, 3]
    assert records.attempts("receiving", ann.id) == made
    assert records.attempts("receiving", ann.id, newest=1) == made[-1:]
    assert records.handed_in(ann.id, "receiving") == made[-1].observation.id
    assert records.attempts() == records.attempts(person=ann.id) == records.attempts("receiving") == made
    assert records.attempts(newest=2) == made[:0:-1]
    assert records.waiting() == made

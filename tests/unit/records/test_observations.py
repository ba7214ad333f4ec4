from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vigwidgets.contract import Drop, Edit, Observation, Put
from vigwidgets.errors import Refusal
from vigwidgets.observations import apply_edit, content_hash, new_observation
from vigwidgets.records import Person, Records, StoreFull
from vigwidgets.records import _observations as module
from vigwidgets.records._fold import Cache, Folded
from vigwidgets.schemes import Codebook

MakeEdit = Callable[..., Edit]


def test_edits_are_numbered_kept_and_folded(
    records: Records, observation: Observation, codebook: Codebook, edit: MakeEdit, data: Path
) -> None:
    first, second = edit(1), edit(2, start=40_000)
    drop = Edit(id="d", changes=[Drop(id="tag-1")])
    assert [records.append_edit(observation.id, each, codebook, None) for each in (first, second, drop)] == [1, 2, 3]
    record = records.observation(observation.id)
    assert (record.seq, [tag.id for tag in record.observation.tags]) == (3, ["tag-2"])
    assert records.edits(observation.id, after=1) == [(2, second), (3, drop)]
    with Records.open(data) as again:
        assert again.observation(observation.id) == record


def test_a_replay_has_its_first_number_also_later_and_elsewhere(
    records: Records, observation: Observation, codebook: Codebook, edit: MakeEdit, data: Path
) -> None:
    first = edit(1)
    assert records.save_edit(observation.id, first, codebook, None) == (1, True)
    records.append_edit(observation.id, edit(2), codebook, None)
    assert records.save_edit(observation.id, first, codebook, None) == (1, False)
    with Records.open(data) as again:
        assert again.save_edit(observation.id, first, codebook, None) == (1, False)
    records.hand_in(observation.id)
    assert records.save_edit(observation.id, first, codebook, None) == (1, False)
    assert records.observation(observation.id).seq == 2


def test_an_id_used_twice_for_different_edits_is_refused(
    records: Records, observation: Observation, codebook: Codebook, edit: MakeEdit
) -> None:
    records.append_edit(observation.id, edit(1, edit_id="e"), codebook, None)
    with pytest.raises(Refusal, match="other changes"):
        records.append_edit(observation.id, edit(2, edit_id="e"), codebook, None)
    assert records.observation(observation.id).seq == 1


def test_the_same_edit_id_in_two_observations_is_two_edits(
    records: Records, observation: Observation, codebook: Codebook, edit: MakeEdit
) -> None:
    ben = records.add_person("Ben", "ben", "trainee")
    fresh = new_observation("blocks", 10_000_000, codebook.ref, ben.id, list(observation.cast))
    records.start_observation(ben.id, "receiving", "1", fresh)
    for each in (observation.id, fresh.id):
        assert records.append_edit(each, edit(1, edit_id="e"), codebook, None) == 1


def test_what_is_refused_changes_nothing(
    records: Records, observation: Observation, codebook: Codebook, edit: MakeEdit
) -> None:
    wrong = Edit(id="w", changes=[*edit(1).changes, *edit(2, start=20_000_000).changes])
    with pytest.raises(Refusal, match="outside the film"):
        records.append_edit(observation.id, wrong, codebook, None)
    with pytest.raises(Refusal, match="edge of a frame"):
        records.append_edit(observation.id, edit(1, start=7), codebook, [0, 40_000, 80_000])
    assert records.observation(observation.id).observation.tags == []
    assert records.edits(observation.id) == []


def test_an_observation_is_begun_once_however_many_windows_open_it(
    records: Records, ann: Person, codebook: Codebook, observation: Observation
) -> None:
    def begin(_: int) -> str:
        fresh = new_observation("hello", 10_000_000, codebook.ref, ann.id, list(observation.cast))
        return records.start_observation(ann.id, "first-look", "1", fresh).id

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(begin, range(16)))) == 1
    assert records.current_observation(ann.id, "receiving") == observation.id
    assert records.current_observation(ann.id, "nothing") is None
    assert records.observed_films(ann.id) == {"blocks", "hello"}


def test_an_observation_that_is_not_new_or_not_one_s_own_is_not_begun(
    records: Records, ann: Person, codebook: Codebook, observation: Observation
) -> None:
    fresh = new_observation("hello", 10_000_000, codebook.ref, "person-x", list(observation.cast))
    with pytest.raises(Refusal, match="observer"):
        records.start_observation(ann.id, "first-look", "1", fresh)


def test_threads_and_processes_that_write_at_once_number_every_edit_once(
    records: Records, observation: Observation, codebook: Codebook, edit: MakeEdit, data: Path
) -> None:
    """Two `Records` on one file stand for two processes: each has a cache of its own, and neither trusts it."""
    with Records.open(data) as other:
        stores = (records, other)

        def write(number: int) -> int:
            return stores[number % 2].append_edit(observation.id, edit(number), codebook, None)

        with ThreadPoolExecutor(6) as threads:
            assert sorted(threads.map(write, range(60))) == list(range(1, 61))
        assert {tag.id for tag in other.observation(observation.id).observation.tags} == {
            f"tag-{number}" for number in range(60)
        }
        assert other.observation(observation.id) == records.observation(observation.id)


def test_an_edit_after_another_process_handed_in_is_refused(
    records: Records, observation: Observation, codebook: Codebook, edit: MakeEdit, data: Path
) -> None:
    records.append_edit(observation.id, edit(1), codebook, None)
    with Records.open(data) as other:
        other.hand_in(observation.id)
    with pytest.raises(Refusal, match="handed in"):
        records.append_edit(observation.id, edit(2), codebook, None)


def test_a_snapshot_makes_opening_quick_and_changes_nothing(
    records: Records, observation: Observation, codebook: Codebook, edit: MakeEdit, data: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(module, "SNAPSHOT_EVERY", 10)
    for number in range(9):
        seq = records.append_edit(observation.id, edit(number), codebook, None)
        assert not records.snapshot_due(observation.id, seq)
    assert records.snapshot_due(observation.id, records.append_edit(observation.id, edit(9), codebook, None))
    records.take_snapshot(observation.id)
    assert not records.snapshot_due(observation.id, 10)
    records.append_edit(observation.id, Edit(id="d", changes=[Drop(id="tag-3")]), codebook, None)
    with Records.open(data) as again, again.writing() as connection:
        # The rows before the snapshot are not even read.
        connection.exec_driver_sql("UPDATE edits SET body = 'spoilt' WHERE seq <= 10")
        record = again.observation(observation.id)
    assert record == records.observation(observation.id)
    assert [tag.id for tag in record.observation.tags] == [f"tag-{n}" for n in range(10) if n != 3]


def test_what_was_set_aside_can_be_read_and_not_changed(
    records: Records, ann: Person, observation: Observation, codebook: Codebook, edit: MakeEdit
) -> None:
    records.append_edit(observation.id, edit(1), codebook, None)
    records.set_aside(observation.id)
    assert records.current_observation(ann.id, "receiving") is None
    assert len(records.observation(observation.id).observation.tags) == 1
    with pytest.raises(Refusal, match="set aside"):
        records.append_edit(observation.id, edit(2), codebook, None)
    with pytest.raises(Refusal, match="set aside"):
        records.hand_in(observation.id)


def test_an_unknown_observation_is_refused(records: Records, codebook: Codebook, edit: MakeEdit) -> None:
    for ask in (
        lambda: records.observation("obs-0"),
        lambda: records.append_edit("obs-0", edit(1), codebook, None),
        lambda: records.hand_in("obs-0"),
        lambda: records.set_aside("obs-0"),
    ):
        with pytest.raises(Refusal, match="no observation 'obs-0'"):
            ask()


steps = st.lists(
    st.tuples(st.sampled_from(["put", "drop", "replay", "reopen", "snapshot"]), st.integers(0, 5)), max_size=30
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_the_log_folds_to_what_applying_one_by_one_gives(
    steps: list[tuple[str, int]], records: Records, observation: Observation, codebook: Codebook, edit: MakeEdit,
    data: Path,
) -> None:  # fmt: skip
    """Whatever comes in which order, with replays, snapshots and new starts: the fold is the plain model's."""
    person = records.add_person("P", f"p{len(records.people())}", "trainee")
    model = new_observation("blocks", 10_000_000, codebook.ref, person.id, list(observation.cast))
    records.start_observation(person.id, "receiving", "1", model)
    sent: list[Edit] = []
    current = records
    for what, number in steps:
        if what == "reopen":
            current = Records.open(data)
        elif what == "snapshot":
            current.take_snapshot(model.id)
        elif what == "replay" and sent:
            again = sent[number % len(sent)]
            assert current.append_edit(model.id, again, codebook, None) == sent.index(again) + 1
        elif what in ("put", "drop"):
            fresh = edit(number, note=str(len(sent))) if what == "put" else None
            fresh = fresh or Edit(id=f"drop-{len(sent)}", changes=[Drop(id=f"tag-{number}")])
            sent.append(fresh)
            assert current.append_edit(model.id, fresh, codebook, None) == len(sent)
            model = apply_edit(model, fresh, codebook)
    kept = current.observation(model.id).observation
    assert content_hash(kept) == content_hash(model)
    assert content_hash(records.observation(model.id).observation) == content_hash(model)


def test_a_full_database_refuses_for_now_keeps_what_it_has_and_goes_on(
    records: Records, observation: Observation, codebook: Codebook, edit: MakeEdit
) -> None:
    with records.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    kept, refused = 0, None
    for number in range(3000):
        refused = edit(number, note="n" * 1000)
        try:
            kept = records.append_edit(observation.id, refused, codebook, None)
        except StoreFull:
            break
    else:
        pytest.fail("the database never became full")
    assert records.observation(observation.id).seq == kept == len(records.edits(observation.id))
    with records.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert records.append_edit(observation.id, refused, codebook, None) == kept + 1


def test_the_cache_never_goes_back_and_forgets_the_oldest(observation: Observation) -> None:
    cache = Cache(size=2)
    cache.put("a", Folded(observation, 5, 0))
    cache.put("a", Folded(observation, 4, 0))
    assert cache.get("a", 5) is not None
    assert cache.get("a", 4) is None
    for name in "bc":
        cache.put(name, Folded(observation, 1, 0))
    assert cache.get("a", 5) is None


def test_what_another_window_changed_meanwhile_stays_also_when_it_is_read_anew(
    records: Records, observation: Observation, codebook: Codebook, edit: MakeEdit, data: Path
) -> None:
    records.append_edit(observation.id, made := edit(1), codebook, None)
    was = made.changes[0].tag  # type: ignore[union-attr]
    for change in ({"note": "waits"}, {"certainty": "fairly"}):
        put = Put(tag=was.model_copy(update=change), was=was)
        records.append_edit(observation.id, Edit(id=f"e-{next(iter(change))}", changes=[put]), codebook, None)
    record = records.observation(observation.id)
    assert record.observation.tags == [was.model_copy(update={"note": "waits", "certainty": "fairly"})]
    with Records.open(data) as again:
        assert again.observation(observation.id) == record


def test_a_merge_that_is_not_done_is_in_the_log_and_changes_nothing_also_when_it_is_read_anew(
    records: Records, observation: Observation, codebook: Codebook, edit: MakeEdit, data: Path
) -> None:
    for made in (edit(1, note="first"), edit(2, start=80_000, note="second")):
        records.append_edit(observation.id, made, codebook, None)
    first, second = records.observation(observation.id).observation.tags
    both = first.model_copy(update={"end": second.end, "note": "first\nsecond"})
    merge = Edit(id="m", changes=[Put(tag=both, was=first, how="change"), Drop(id=second.id, was=second)], whole=True)
    records.append_edit(observation.id, Edit(id="d", changes=[Drop(id=first.id)]), codebook, None)
    assert records.save_edit(observation.id, merge, codebook, None) == (4, True)
    assert records.save_edit(observation.id, merge, codebook, None) == (4, False)
    record = records.observation(observation.id)
    assert record.observation.tags == [second]
    with Records.open(data) as again:
        assert again.observation(observation.id) == record
        assert again.edits(observation.id, after=3) == [(4, merge)]

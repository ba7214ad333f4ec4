"""What one observation may hold on the service, so that its weight is not everybody's."""

from __future__ import annotations

import pytest

from tests.pace import within
from vigwidgets.contract import Drop, Edit, Observation, Put, Tag
from vigwidgets.errors import Refusal
from vigwidgets.observations import content_hash
from vigwidgets.records import Records
from vigwidgets.records import _observations as module
from vigwidgets.records._observations import MOST_TAGS
from vigwidgets.schemes import Codebook


def tag(place: int, note: str = "") -> Tag:
    start = place % 240 * 40_000
    return Tag(id=f"t{place}", code="3", actor="mother", target="baby", start=start, end=start + 40_000, note=note)


def puts(first: int, last: int, note: str = "") -> list[Put]:
    return [Put(tag=tag(place, note)) for place in range(first, last)]


def fill(records: Records, observation: Observation, codebook: Codebook) -> None:
    for first in range(0, MOST_TAGS, 1000):
        edit = Edit(id=f"e{first}", changes=puts(first, first + 1000))
        records.append_edit(observation.id, edit, codebook, None)


def test_more_tags_than_an_observation_holds_are_refused_and_one_may_go_on_with_the_rest(
    records: Records, observation: Observation, codebook: Codebook
) -> None:
    fill(records, observation, codebook)
    full = records.observation(observation.id)
    with pytest.raises(Refusal, match="5001 tags; an observation holds 5000 at most, so remove some"):
        records.append_edit(observation.id, Edit(id="more", changes=puts(MOST_TAGS, MOST_TAGS + 1)), codebook, None)
    assert records.observation(observation.id) == full
    swap = [Drop(id="t0"), Put(tag=tag(MOST_TAGS)), Put(tag=tag(1, "changed"))]
    with within(1):
        assert records.append_edit(observation.id, Edit(id="swap", changes=swap), codebook, None) == full.seq + 1
    with within(3):
        attempt = records.hand_in(observation.id)
    assert len(attempt.observation.tags) == MOST_TAGS
    assert attempt.receipt["observation_sha256"] == content_hash(attempt.observation)


def test_what_was_over_the_limit_before_there_was_one_may_shrink_and_change(
    records: Records, observation: Observation, codebook: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.append_edit(observation.id, Edit(id="a", changes=puts(0, 10)), codebook, None)
    monkeypatch.setattr(module, "MOST_TAGS", 5)
    records.append_edit(observation.id, Edit(id="b", changes=[Drop(id="t0"), Put(tag=tag(1, "note"))]), codebook, None)
    with pytest.raises(Refusal, match="11 tags"):
        records.append_edit(observation.id, Edit(id="c", changes=puts(20, 22)), codebook, None)


def test_notes_that_come_to_a_book_are_refused(records: Records, observation: Observation, codebook: Codebook) -> None:
    records.append_edit(observation.id, Edit(id="a", changes=puts(0, 250, "x" * 4000)), codebook, None)
    with pytest.raises(Refusal, match="1000001 characters; an observation holds 1000000 at most, so shorten"):
        records.append_edit(observation.id, Edit(id="b", changes=puts(250, 251, "x")), codebook, None)
    records.append_edit(observation.id, Edit(id="c", changes=puts(0, 1, "shorter")), codebook, None)

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.contract import Edit, Member, Modifier, Observation
from vigwidgets.errors import Refusal
from vigwidgets.observations import (
    ObservationFile,
    apply_edit,
    content_hash,
    frame_at,
    new_id,
    new_observation,
    snap,
    timecode,
)
from vigwidgets.schemes import Codebook, load_scheme

PAIG = load_scheme("paig")
CAST = [Member(id="ana", role="parent", name="Ana"), Member(id="bo", role="child", name="Bo")]
TIMES = list(range(0, 2_000_000, 40_000))
DURATION = 2_000_000


def start() -> Observation:
    return new_observation("blocks", DURATION, PAIG.ref, "p-1", CAST, id="obs-1")


def tag(id: str = "t1", **change: Any) -> dict[str, Any]:
    whole = {"id": id, "code": "3.4", "actor": "ana", "target": "bo", "start": 40_000, "end": 200_000}
    return {**whole, **change}


def edit(*tags: dict[str, Any], drop: tuple[str, ...] = (), id: str = "e1") -> Edit:
    changes = [{"op": "put", "tag": t} for t in tags] + [{"op": "drop", "id": d} for d in drop]
    return Edit.model_validate({"id": id, "changes": changes})


def test_put_replaces_and_drop_removes() -> None:
    after = apply_edit(start(), edit(tag(), tag("t2", start=400_000, end=440_000)), PAIG, TIMES)
    assert [t.id for t in after.tags] == ["t1", "t2"]
    after = apply_edit(after, edit(tag(code="3"), drop=("t2", "never-there")), PAIG, TIMES)
    assert [(t.id, t.code) for t in after.tags] == [("t1", "3")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": "3.9"}, "Code '3.9' is not in scheme 'paig'"),
        ({"actor": "eve"}, "The actor 'eve' is not in this film's cast; choose one of ana, bo"),
        ({"target": "eve"}, "The target 'eve'"),
        ({"code": "initiative"}, "'initiative' cannot be shown by 'ana', who is parent; it is for child, client"),
        ({"end": None}, "'3.4' lasts and the tag has no end"),
        ({"start": DURATION, "end": None}, "'3.4' lasts"),
        ({"end": DURATION + 40_000}, "outside the film: 00:02.040 is past its end at 00:02.000"),
        ({"start": 200_000}, "not after its start"),
        ({"start": 41_000}, "41000 µs is not the edge of a frame; the nearest is 40000 µs"),
    ],
)
def test_a_tag_that_is_not_allowed_changes_nothing(change: dict[str, Any], sentence: str) -> None:
    before = apply_edit(start(), edit(tag("t0")), PAIG, TIMES)
    with pytest.raises(Refusal, match=sentence):
        apply_edit(before, edit(tag("t5"), tag(**change)), PAIG, TIMES)
    assert [t.id for t in before.tags] == ["t0"]


def test_an_initiative_may_be_a_point() -> None:
    point = tag(code="initiative.reach", actor="bo", target="ana", end=None)
    assert apply_edit(start(), edit(point), PAIG, TIMES).tags[0].end is None
    with pytest.raises(Refusal, match="outside the film"):
        apply_edit(start(), edit({**point, "start": DURATION}), PAIG, TIMES)


moments = st.integers(0, len(TIMES) - 2)


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    puts = []
    for name in draw(st.lists(st.sampled_from(["a", "b", "c"]), max_size=3, unique=True)):
        first = draw(moments)
        last = draw(st.integers(first + 1, len(TIMES) - 1))
        puts.append(tag(name, start=TIMES[first], end=TIMES[last]))
    return edit(*puts, drop=tuple(draw(st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=2))))


@given(st.lists(edits(), max_size=6))
def test_replaying_an_edit_changes_nothing(log: list[Edit]) -> None:
    state = start()
    for each in log:
        state = apply_edit(state, each, PAIG, TIMES)
        assert apply_edit(state, each, PAIG, TIMES) == state


@given(st.permutations(range(5)))
def test_the_content_hash_does_not_depend_on_order(order: list[int]) -> None:
    tags = [tag(f"t{n}", start=n * 40_000, end=n * 40_000 + 40_000) for n in range(5)]
    straight = apply_edit(start(), edit(*tags), PAIG)
    mixed = apply_edit(start(), edit(*(tags[n] for n in order)), PAIG)
    assert content_hash(straight) == content_hash(mixed)
    assert content_hash(straight) != content_hash(apply_edit(straight, edit(drop=("t0",)), PAIG))


@given(st.lists(st.integers(1, 200_000), min_size=1, max_size=40), st.integers(0, 10_000_000))
def test_snapping_finds_the_nearest_boundary(gaps: list[int], moment: int) -> None:
    times = [sum(gaps[:n]) for n in range(len(gaps))]
    duration = sum(gaps)
    moment = min(moment, duration)
    assert abs(snap(times, duration, moment) - moment) == min(abs(b - moment) for b in [*times, duration])


@given(st.integers(0, DURATION - 1))
def test_the_frame_on_the_screen_holds_the_moment(moment: int) -> None:
    frame = frame_at(TIMES, moment)
    assert TIMES[frame] <= moment < [*TIMES, DURATION][frame + 1]


def test_before_the_film_there_is_no_frame() -> None:
    with pytest.raises(Refusal, match="before the film"):
        frame_at(TIMES, -1)


def test_timecode() -> None:
    assert timecode(41_240_000) == "00:41.240"
    assert timecode(3_600_000_000) == "1:00:00.000"


def test_ids_do_not_repeat() -> None:
    assert len({new_id("obs") for _ in range(1000)}) == 1000


def test_the_file_is_written_at_every_edit_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "blocks.observation.json"
    store = ObservationFile(path, start(), PAIG, TIMES)
    assert store.apply(edit(tag())) == 1
    assert store.apply(edit(tag())) == 1, "a replay is not applied again"
    assert json.loads(path.read_text())["tags"][0]["id"] == "t1"
    assert ObservationFile(path, start(), PAIG, TIMES).observation == store.observation


def test_a_refused_edit_leaves_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "blocks.observation.json"
    store = ObservationFile(path, start(), PAIG, TIMES)
    store.apply(edit(tag()))
    before = path.read_bytes()
    with pytest.raises(Refusal):
        store.apply(edit(tag("t2", code="nonsense"), id="e2"))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_another_films_file_and_a_broken_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.observation.json"
    ObservationFile(path, start(), PAIG).apply(edit(tag()))
    other = start().model_copy(update={"film": "hello"})
    with pytest.raises(Refusal, match="holds an observation of film 'blocks', not 'hello'"):
        ObservationFile(path, other, PAIG)
    path.write_text("{")
    with pytest.raises(Refusal, match="could not be read as an observation"):
        ObservationFile(path, start(), PAIG)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    store = ObservationFile(folder / "x.observation.json", start(), PAIG)
    folder.rmdir()
    with pytest.raises(Refusal, match="could not be written"):
        store.apply(edit(tag()))
    assert store.observation.tags == []


def test_a_modifier_takes_only_what_its_scheme_says() -> None:
    choices = [{"id": "low", "label": {"en": "low"}}, {"id": "high", "label": {"en": "high"}}]
    strength = Modifier.model_validate({"id": "strength", "label": {"en": "How strong"}, "choices": choices})
    book = Codebook(PAIG.scheme.model_copy(update={"modifiers": [strength]}))
    after = apply_edit(start(), edit(tag(modifiers={"strength": "high", "elsewhere": "kept"})), book, TIMES)
    assert after.tags[0].modifiers == {"strength": "high", "elsewhere": "kept"}
    with pytest.raises(Refusal, match="'strength' cannot be 'huge'; choose one of 'low', 'high'"):
        apply_edit(start(), edit(tag(modifiers={"strength": "huge"})), book, TIMES)

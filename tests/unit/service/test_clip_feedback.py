"""The feedback on clips: what was named rightly is never struck out, the expert's path is whole, none is too few."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest

from tests.unit.service.conftest import FRAME
from tests.unit.service.test_groups import hand_in
from vigwidgets.contract import Edit, Put, Tag
from vigwidgets.errors import Refusal
from vigwidgets.grading import mark_attempt
from vigwidgets.service.pages.feedback import feedback
from vigwidgets.service.pages.growth import landscapes
from vigwidgets.service.whole import check_whole

pytestmark = pytest.mark.anyio
EXERCISE = "clips-for-a-review"


def tag(name: str, code: str, actor: str, first: int, last: int) -> Tag:
    target = "baby" if actor == "mother" else "mother"
    return Tag(id=name, code=code, actor=actor, target=target, start=first * FRAME, end=last * FRAME)


CALL, CLIP = tag("call", "initiative", "baby", 26, 50), tag("clip", "clip", "mother", 150, 200)
WRONG = tag("wrong", "2", "mother", 140, 160)


async def test_right_tags_outside_the_clips_are_alike_and_nothing_is_struck(site: Any) -> None:
    attempt = hand_in(site, "ann", EXERCISE, [CALL, WRONG, CLIP])
    mark_attempt(site.records, site.state.library, site.state.course, attempt)
    view = feedback(attempt, site.people["ann"], site.state)
    assert [beat["id"] for beat in view.boot["beats"]] == ["b1"], "a clip is nowhere near it, and it was tagged"
    assert view.boot["compare"]["marked"] == {"paired": [("both", "call", "beat-b1")], "steps": False}
    assert view.opening == "You looked for what goes well, and chose one clip."
    assert view.part is not None
    assert view.part.clips[0].holds[-1] == ("may be shown to a parent", True, "no")
    truth = site.state.library.truth("blocks")
    assert len(truth.beats) > 1
    whole = landscapes(
        attempt, truth.beats, view.film, site.state.course.codebook(site.state.course.exercise(EXERCISE))
    )
    assert view.landscape["expert"] == whole["expert"], "the expert's whole path"


async def test_without_a_clip_nothing_is_handed_in(site: Any) -> None:
    record = site.begin("ann", EXERCISE)
    exercise = site.state.course.exercise(EXERCISE)
    codebook = site.state.course.codebook(exercise)
    site.records.append_edit(record.id, Edit(id="e1", changes=[Put(op="put", tag=CALL)]), codebook, None)
    refused = await site.client("ann").post(f"/observations/{record.id}/hand-in")
    assert refused.code == HTTPStatus.BAD_REQUEST
    with pytest.raises(Refusal, match="No clip is chosen yet"):
        check_whole(exercise, site.records.observation(record.id).observation, codebook)
    site.records.append_edit(record.id, Edit(id="e2", changes=[Put(op="put", tag=CLIP)]), codebook, None)
    assert (await site.client("ann").post(f"/observations/{record.id}/hand-in")).code == HTTPStatus.OK

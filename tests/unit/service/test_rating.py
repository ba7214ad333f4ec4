"""A rating exercise on the service: its page's boot, its edits, and its feedback without a mark."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vigwidgets.contract import Edit, Put, Tag
from vigwidgets.curriculum import Exercise, Sheet
from vigwidgets.service.exercises import observation_for
from vigwidgets.service.voila.page import boot_of

pytestmark = pytest.mark.anyio


async def test_a_rating_is_done_handed_in_and_read_again(site: Any) -> None:
    exercise = Exercise(
        id="rate", version="1", title="Rate", kind="rating", film="blocks", scheme="m-adbb", minutes=5, marking="none",
        task="Rate it.", sheet=Sheet(look="whole", total=True),
    )  # fmt: skip
    site.state.course.exercises["rate"] = exercise
    path = site.data / "anchors" / "m-adbb.yaml"
    path.parent.mkdir()
    path.write_text('scheme: m-adbb\nversion: "1"\nsource: {en: Licensed}\nitems: {eyes: {help: {en: Theirs}}}\n')
    ann = next(one for one in site.records.people() if one.login == "ann")
    record = await observation_for(site.state, ann, exercise)
    boot = boot_of(site.state, exercise, record, ann, "x")
    assert (boot["exercise"]["kind"], boot["exercise"]["sheet"]) == ("rating", {"total": True, "look": "whole"})
    assert boot["scheme"]["scale"]["wording"] == {"en": "Licensed"}
    assert boot["clips"] is None
    socket = await site.client("ann").socket(record.id)
    await socket.hear()
    tag = Tag(
        id="rating.eyes", code="eyes", actor="baby", target="mother", start=0, end=record.observation.duration,
        modifiers={"rating": "1"},
    )  # fmt: skip
    await socket.send(Edit(id="e1", changes=[Put(tag=tag)]))
    assert (await socket.hear())["type"] == "ack"
    wrong = tag.model_copy(update={"modifiers": {"rating": "4"}})
    await socket.send(Edit(id="e2", changes=[Put(tag=wrong)]))
    assert (await socket.hear())["type"] == "refused"
    answer = await site.client("ann").post(f"/observations/{record.id}/hand-in")
    attempt = json.loads(answer.body)["attempt"]
    assert site.records.mark(attempt) is None
    page = (await site.client("ann").get(f"/attempts/{attempt}")).body.decode()
    assert "talk them over with a colleague" in " ".join(page.split())
    assert '"sheet"' in page
    path.write_text("scheme: [")
    assert boot_of(site.state, exercise, record, ann, "x")["scheme"]["scale"]["wording"]["en"].startswith("our own")

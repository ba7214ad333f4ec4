"""The most that one person can hand in: marked in a moment, shown on a page that opens, reported on."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

import pytest

from tests.pace import within
from vigwidgets.contract import Edit, Put, Tag
from vigwidgets.grading import MOST_LISTED, Mark, write_report
from vigwidgets.records._observations import MOST_TAGS

pytestmark = pytest.mark.anyio

FRAME = 40_000


def fill(site: Any, observation: str) -> None:
    codebook = site.state.course.codebook("receiving-initiatives")
    for first in range(0, MOST_TAGS, 1000):
        tags = [
            Tag(
                id=f"b{place}", code="initiative", actor="baby", target="mother", note="what I saw",
                start=place * 7 % 249 * FRAME, end=(place * 7 % 249 + 1) * FRAME,
            )
            for place in range(first, first + 1000)
        ]  # fmt: skip
        edit = Edit(id=f"e{first}", changes=[Put(tag=tag) for tag in tags])
        site.records.append_edit(observation, edit, codebook, None)


async def test_the_most_that_can_be_handed_in_costs_little(site: Any) -> None:
    record = site.begin("ann")
    fill(site, record.id)
    client = site.client("ann")
    # Marking is done in this process, too.
    with within(3):
        answer = await client.post(f"/observations/{record.id}/hand-in")
    attempt = json.loads(answer.body)["attempt"]
    mark = Mark.model_validate(site.records.mark(attempt))
    assert len(mark.again) > MOST_TAGS - 10

    with within(3):
        page = (await client.get(f"/attempts/{attempt}", Accept="text/html")).body.decode()
    assert len(page) < 2_500_000  # nearly all of it is the tags of the timeline, once each
    assert page.count('class="moment"') == MOST_LISTED + len(mark.seen)
    assert f"{len(mark.again) - MOST_LISTED} more are not listed here" in page
    # What the expert saw is not crowded out by what only the trainee did.
    missed = [again.beat.says for again in mark.again if again.beat]
    assert missed
    assert all(says in page for says in missed)

    html = write_report(site.records.attempt(attempt), mark, site.data, site.state.course)
    size = {path.name: path.stat().st_size for path in html.parent.iterdir()}
    assert sum(size.values()) < 10_000_000, size
    assert f"And {len(mark.again) - MOST_LISTED} more, which are not listed here." in html.read_text()
    assert (await client.get(f"/attempts/{attempt}/report")).code == HTTPStatus.OK


async def test_one_tag_more_is_refused_over_the_line_with_a_sentence(site: Any, edit: Any) -> None:
    record = site.begin("ann")
    fill(site, record.id)
    socket = await site.client("ann").socket(record.id)
    assert (await socket.hear())["type"] == "state"
    refused = await socket.ask(edit(1))
    assert (refused["type"], refused["retry"]) == ("refused", False)
    assert "an observation holds 5000 at most" in refused["reason"]

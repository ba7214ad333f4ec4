"""The ribbon of chains on the feedback page: drawn once, in words as well, and never much of it."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any

import pytest

from tests.unit.service.conftest import FRAME
from tests.unit.service.reading import plain
from vigwidgets.contract import Edit, Put, Tag
from vigwidgets.observations import new_id
from vigwidgets.records._observations import MOST_TAGS
from vigwidgets.service.pages.chains import MOST_DRAWN

pytestmark = pytest.mark.anyio


def a_tag(name: str, at: int, code: str = "initiative", answers: str | None = None) -> Tag:
    actor, target = ("baby", "mother") if code == "initiative" else ("mother", "baby")
    links = [{"kind": "answers", "to": answers}] if answers else []
    return Tag.model_validate(
        {"id": name, "code": code, "actor": actor, "target": target, "start": at * FRAME,
         "end": min(at + 25, 250) * FRAME, "links": links}
    )  # fmt: skip


async def feedback_on(site: Any, *tags: Tag, login: str = "ann") -> str:
    record = site.begin("ann")
    codebook = site.state.course.codebook("receiving-initiatives")
    for first in range(0, len(tags), 1000):
        edit = Edit(id=new_id("edit"), changes=[Put(tag=tag) for tag in tags[first : first + 1000]])
        site.records.append_edit(record.id, edit, codebook, None)
    answer = await site.client("ann").post(f"/observations/{record.id}/hand-in")
    attempt = json.loads(answer.body)["attempt"]
    page = await site.client(login).get(f"/attempts/{attempt}", Accept="text/html")
    assert page.code == HTTPStatus.OK
    return plain(page)


def card(page: str) -> str:
    found = re.search(r'<ul class="chains">(.*?)</ul>\s*</li>', page, re.DOTALL)
    assert found
    return found[1]


async def test_a_chain_is_drawn_with_both_latencies_and_plays(site: Any) -> None:
    page = await feedback_on(site, a_tag("t1", 25), a_tag("t2", 60, "3", "t1"))
    first = card(page)
    assert ">1.2 s</text>" in first, "the expert's: from frame 25 to 55"
    assert ">1.4 s</text>" in first, "one's own: from frame 25 to 60"
    assert "chain-lent" not in first
    assert "After 1.2 s: Jana smiles back." in first
    assert "You: Initiative (Mila), then Receiving (Jana) after 1.4 s." in first
    start, end = re.findall(r'class="chain-link" href="[^"]*" data-start="(\d+)" data-end="(\d+)"', first)[0]
    assert int(start) <= 25 * FRAME - 999_999
    assert int(end) >= 85 * FRAME
    assert 'aria-hidden="true"' in first


async def test_a_step_that_nobody_drew_says_so(site: Any) -> None:
    first = card(await feedback_on(site, a_tag("t1", 25), a_tag("t2", 55, "3")))
    assert "chain-lent" in first
    assert "after 1.2 s (the expert&#39;s link, your edges)." in first


async def test_without_both_ends_there_is_the_expert_s_chain_alone(site: Any) -> None:
    first = card(await feedback_on(site, a_tag("t1", 25), login="sue"))
    assert "Ann: not both ends of a step were marked here." in first


async def test_thousands_of_chains_make_no_page_of_megabytes(site: Any) -> None:
    tags = [
        a_tag(f"b{n:04}", n * 7 % 225, "3" if n % 2 else "initiative", f"b{n - 1:04}" if n % 2 else None)
        for n in range(MOST_TAGS)
    ]
    page = await feedback_on(site, *tags)
    assert page.count('class="chain-link"') == MOST_DRAWN
    assert "more chains are not drawn here" in page
    chains = page[page.index('<ul class="chains">') : page.index("more chains are not drawn here")]
    assert len(chains) < 200_000

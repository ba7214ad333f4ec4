"""“I see it otherwise” reaches the supervisor, and a set of ratings is read when its last film is handed in."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import pytest

from tests.unit.service.conftest import make_film
from tests.unit.service.reading import page, plain
from vigwidgets.agreement import proportion
from vigwidgets.contract import Edit, Put, Tag
from vigwidgets.grading import ItemStatistics, Share, mark_attempt
from vigwidgets.observations import RATING, new_id, rating_id
from vigwidgets.service.pages.otherwise import _row, views

pytestmark = pytest.mark.anyio


async def test_a_reason_at_a_difference_reaches_the_supervisor_and_can_be_taken_back(site: Any) -> None:
    attempt = site.records.hand_in(site.begin("ann").id).id
    mark_attempt(site.records, site.state.library, site.state.course, site.records.attempt(attempt))
    path = f"/attempts/{attempt}/otherwise"
    told = await site.client("ann").post(path, item="beat:b1", reason=" <b>He</b> looks at the lamp. ")
    assert json.loads(told.body) == {"number": 1, "item": "beat:b1", "kept": True}
    assert "&lt;b&gt;He&lt;/b&gt; looks at the lamp." in await page(site, "ann", f"/attempts/{attempt}")
    listed = await page(site, "sue", "/supervision/otherwise")
    assert "&lt;b&gt;He&lt;/b&gt; looks at the lamp." in listed
    assert "Mila looks up." in listed
    assert "0 of 1" in listed
    await site.client("ann").post(path, item="beat:b1", reason="")
    assert "lamp" not in await page(site, "sue", "/supervision/otherwise")
    told = await site.client("ann").post(path, item="beat:b1", reason="The lamp,\x7f \u202eI think.")
    assert json.loads(told.body)["kept"]
    assert [one.reason for one in site.records.otherwise()] == ["The lamp, I think."]
    told = await site.client("ann").post(path, item="beat:b1", reason="\u200b")
    assert not json.loads(told.body)["kept"]
    form = await site.client("ann").post(path, headers={"Accept": "text/html"}, item="beat:b2", reason="So.")
    assert (form.code, form.headers["Location"]) == (HTTPStatus.SEE_OTHER, f"/attempts/{attempt}#otherwise")


async def test_items_are_counted_over_people_and_one_that_may_divide_either_way_is_not_doubted(site: Any) -> None:
    for _ in range(2):
        attempt = site.records.hand_in(site.begin("ann").id).id
        mark_attempt(site.records, site.state.library, site.state.course, site.records.attempt(attempt))
        await site.client("ann").post(f"/attempts/{attempt}/otherwise", item="beat:b1", reason="The lamp.")
    section = next(one for one in views(site.state.course, site.records).sections if one.id == "receiving-initiatives")
    assert len(section.views) == 2, "every reason is read"
    assert [(one.alike, one.otherwise) for one in section.items] == [("0 of 1", 1), ("0 of 1", 0)]
    item = ItemStatistics("beat:b1", "Mila looks up.", 0, Share.of(proportion(10, 13)), -0.09, -0.61, 0.48, 0)
    row = _row(item)
    assert (row.discrimination, row.doubtful) == ("−0.09 (−0.61 to +0.48)", False)
    sure = _row(replace(item, discrimination=-0.8, discrimination_low=-0.94, discrimination_high=-0.44))
    assert sure.doubtful
    assert _row(replace(item, otherwise=5)).doubtful


async def test_each_difference_leads_to_the_field_with_it_and_paper_has_no_form(site: Any) -> None:
    attempt = site.records.hand_in(site.begin("ann").id).id
    mark_attempt(site.records, site.state.library, site.state.course, site.records.attempt(attempt))

    def leads(text: str) -> list[str]:
        return re.findall(r'href="#otherwise-item" data-otherwise="(.*?)"', text)

    def kept_from_paper(text: str) -> tuple[bool, list[bool]]:
        """Return whether the section is, and then each of its buttons, by itself or with its form."""
        whole = next(part for part in text.split("<section ") if 'aria-labelledby="otherwise"' in part)
        forms = re.findall(r"<form (.*?)>(.*?)</form>", whole, re.DOTALL)
        buttons = [(about, button) for about, inside in forms for button in re.findall(r"<button (.*?)>", inside)]
        return "unprinted" in whole.split(">", 1)[0], ["unprinted" in about + button for about, button in buttons]

    before = await page(site, "ann", f"/attempts/{attempt}")
    assert leads(before) == ["beat:b1", "beat:b2"]
    assert kept_from_paper(before) == (True, [True])
    assert leads(await page(site, "sue", f"/attempts/{attempt}")) == []
    await site.client("ann").post(f"/attempts/{attempt}/otherwise", item="beat:b1", reason="He looks at the lamp.")
    after = await page(site, "ann", f"/attempts/{attempt}")
    assert leads(after) == ["beat:b2"]
    assert kept_from_paper(after) == (False, [True, True])


async def test_only_its_owner_says_so_at_a_difference_that_there_is_and_may_be_read(site: Any) -> None:
    attempt = site.records.hand_in(site.begin("ann").id).id
    mark_attempt(site.records, site.state.library, site.state.course, site.records.attempt(attempt))
    path = f"/attempts/{attempt}/otherwise"
    for login in ("ben", "sue"):
        assert (await site.client(login).post(path, item="beat:b1", reason="So.")).code == HTTPStatus.FORBIDDEN
    for item in ("beat:b9", "", "beat:b1' --"):
        assert "There is no difference" in plain(await site.client("ann").post(path, item=item, reason="So."))
    assert "2000 are kept" in plain(await site.client("ann").post(path, item="beat:b1", reason="x" * 2001))
    assert site.records.otherwise() == []


def with_meetings(site: Any) -> None:
    """Put the films of the set into the library, each with its ratings."""
    make_film(site.data, "picture-book")
    for name, more in (("una", 0), ("lev", 0), ("mira", 1), ("tam", 2)):
        make_film(site.data, f"meeting-{name}")
        items = [lane.id for lane in site.state.course.codebooks["m-adbb"].lanes]
        lines = [
            {
                "scheme": "m-adbb",
                "item": item,
                "of": "baby",
                "level": (place + more) % 3,
                "says": f"{name} shows {item}.",
            }
            for place, item in enumerate(items)
        ]
        (site.data / "films" / f"meeting-{name}" / "ratings.json").write_text(json.dumps(lines))


def rate(site: Any, login: str, exercise: str, step: int) -> str:
    """Rate every item of a film with one step, hand in and mark."""
    record = site.begin(login, exercise)
    codebook = site.state.course.codebook(exercise)
    duration = record.observation.duration
    puts = [
        Put(
            tag=Tag(id=rating_id(lane.id), code=lane.id, actor="baby", target="baby", start=0, end=duration,
                    modifiers={RATING: str(step)})
        )
        for lane in codebook.lanes
    ]  # fmt: skip
    site.records.append_edit(record.id, Edit(id=new_id("edit"), changes=puts), codebook, None)
    attempt = site.records.hand_in(record.id)
    mark_attempt(site.records, site.state.library, site.state.course, attempt)
    return str(attempt.id)


async def test_ratings_in_a_set_are_blind_until_the_last_is_handed_in(site: Any) -> None:
    with_meetings(site)
    practised = rate(site, "ann", "rating-asha", 1)
    told = await page(site, "ann", f"/attempts/{practised}")
    assert "Many sounds, none of them crying." in told, "an expert's own words, and at once"
    assert "third" not in told, "and not whose they are"
    first = rate(site, "ann", "withdrawal-mira", 1)
    assert "mira shows" not in await page(site, "ann", f"/attempts/{first}")
    assert (await site.client("ann").get(f"/attempts/{first}/report")).code == HTTPStatus.FORBIDDEN
    for name in ("ratings.json", "truth.json"):
        assert (await site.client("ann").get(f"/films/meeting-mira/{name}")).code == HTTPStatus.NOT_FOUND
    early = await page(site, "ann", "/sets/withdrawal")
    assert "una shows voice." in early, "the example is shown with its reference"
    assert (await site.client("ann").get("/films/meeting-una/film.json")).code == HTTPStatus.OK
    assert "2 are still ahead of you" in early
    assert "mira shows" not in early
    rate(site, "ann", "withdrawal-lev", 1)
    assert "mira shows" not in await page(site, "ann", f"/attempts/{first}"), "one is still ahead"
    rate(site, "ann", "withdrawal-tam", 2)
    assert "mira shows voice." in await page(site, "ann", f"/attempts/{first}")
    done = await page(site, "ann", "/sets/withdrawal")
    assert "Your totals go with the reference" in done, "three films make a figure"
    assert "3 films are few; the field rates about 20." in done
    assert "certifies nobody" in done
    read = await page(site, "sue", f"/sets/withdrawal?person={site.people['ann'].id}")
    assert "Ann" in read
    assert "3 films are few" in read
    other = await site.client("ben").get(f"/sets/withdrawal?person={site.people['ann'].id}", Accept="text/html")
    assert other.code == HTTPStatus.FORBIDDEN
    assert (await site.client("ann").get("/sets/nothing", Accept="text/html")).code == HTTPStatus.NOT_FOUND


async def test_a_rated_film_has_feedback_item_by_item(site: Any) -> None:
    with_meetings(site)
    for name in ("mira", "tam"):
        rate(site, "ann", f"withdrawal-{name}", 1)
    attempt = rate(site, "ann", "withdrawal-lev", 1)
    read = await page(site, "ann", f"/attempts/{attempt}")
    assert "You and the reference chose the same step for 2 of 5 items." in read
    assert "yours: step 2, the reference" in read
    assert 'value="item:face"' in read, "an item can be seen otherwise"
    book = (await site.client("sue").get("/supervision/gradebook.csv")).body.decode("utf-8-sig")
    (row,) = [line for line in book.splitlines() if attempt in line]
    assert ",released," in row
    assert "Waits for its mark" not in await page(site, "sue", "/supervision")

"""“I see it otherwise” reaches the supervisor, and a set of ratings is read when its last film is handed in."""

from __future__ import annotations

import gzip
import json
from http import HTTPStatus
from typing import Any

import pytest

from tests.unit.service.conftest import make_film
from vigwidgets.contract import Edit, Put, Tag
from vigwidgets.grading import mark_attempt
from vigwidgets.observations import RATING, new_id, rating_id

pytestmark = pytest.mark.anyio


def plain(answer: Any) -> str:
    body = answer.body or b""
    return (gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body).decode()


async def page(site: Any, login: str, path: str) -> str:
    answer = await site.client(login).get(path, Accept="text/html")
    assert answer.code == HTTPStatus.OK, plain(answer)
    return plain(answer)


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

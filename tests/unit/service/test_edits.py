from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

from vigwidgets.contract import Drop, Edit, EditedMessage
from vigwidgets.records import StoreFull

pytestmark = pytest.mark.anyio


async def test_the_state_comes_first_and_an_edit_is_acknowledged_once_it_is_on_the_disk(site: Any, edit: Any) -> None:
    record = site.begin("ann")
    socket = await site.client("ann").socket(record.id)
    state = await socket.hear()
    assert (state["type"], state["seq"], state["frozen"], state["observation"]["tags"]) == ("state", 0, False, [])
    sent = edit(3)
    assert await socket.ask(sent) == {"type": "ack", "edit": sent.id, "seq": 1}
    assert site.records.edits(record.id) == [(1, sent)]
    assert (await (await site.client("ann").socket(record.id)).hear())["observation"]["tags"][0]["id"] == "tag-3"


async def test_a_replay_is_acknowledged_with_its_first_number_and_told_to_nobody(site: Any, edit: Any) -> None:
    record = site.begin("ann")
    one, two = [await site.client("ann").socket(record.id) for _ in "12"]
    await one.hear(), await two.hear()
    first, second = edit(1), edit(2)
    assert [(await one.ask(each))["seq"] for each in (first, second, first)] == [1, 2, 1]
    assert [(await two.hear())["seq"] for _ in "12"] == [1, 2]
    await two.say({"type": "ping"})
    assert await two.hear() == {"type": "pong"}


async def test_windows_of_one_observation_hear_each_other_in_order(site: Any, edit: Any) -> None:
    record = site.begin("ann")
    windows = [await site.client("ann").socket(record.id) for _ in range(4)]
    for window in windows:
        await window.hear()

    async def work(number: int) -> list[Any]:
        for step in range(25):
            await windows[number].send(edit(number * 25 + step))
        return [await windows[number].hear() for _ in range(100)]

    heard = await asyncio.gather(*map(work, range(4)))
    for messages in heard:
        assert [message["seq"] for message in messages] == list(range(1, 101))
        assert sum(message["type"] == "ack" for message in messages) == 25
    assert len(site.records.observation(record.id).observation.tags) == 100


async def test_a_window_that_opens_while_edits_flow_misses_none(site: Any, edit: Any) -> None:
    record = site.begin("ann")
    writer = await site.client("ann").socket(record.id)
    await writer.hear()

    async def write() -> None:
        for step in range(120):
            assert (await writer.ask(edit(step)))["type"] == "ack"

    writing = asyncio.ensure_future(write())
    late = []
    for _ in range(4):
        await asyncio.sleep(0.02)
        late.append(await site.client("ann").socket(record.id))
    await writing
    for window in late:
        seq = (await window.hear())["seq"]
        while seq < 120:
            message = await window.hear()
            assert message["seq"] == seq + 1
            seq += 1


async def test_a_window_is_not_told_again_what_it_was_given_whole(site: Any, edit: Any) -> None:
    record = site.begin("ann")
    writer = await site.client("ann").socket(record.id)
    await writer.hear()
    await writer.ask(edit(0))
    late = await site.client("ann").socket(record.id)
    assert (await late.hear())["seq"] == 1
    # On a busy machine an edit is passed round later than it is on the disk.
    site.state.rooms.tell(record.id, EditedMessage(edit=edit(0), seq=1))
    await writer.send(edit(1))
    while (told := await late.hear())["type"] != "edited":
        pass
    assert told["seq"] == 2


@pytest.mark.parametrize(
    ("sent", "part"),
    [
        ("{", "invalid JSON"),
        ("[]", "an object"),
        ({"type": "shout"}, "shout"),
        ({"type": "edit"}, "edit is missing"),
        ({"type": "edit", "edit": {"id": "e1", "changes": []}}, "changes"),
        ({"type": "edit", "edit": {"id": "e1", "changes": [{"op": "put", "tag": {}}]}}, "missing"),
        ({"type": "ping", "person": "sue"}, "not a known name"),
    ],
)
async def test_what_cannot_be_read_is_refused_with_a_sentence_and_the_line_is_kept(
    site: Any, edit: Any, sent: Any, part: str
) -> None:
    socket = await site.client("ann").socket(site.begin("ann").id)
    await socket.hear()
    await socket.say(sent)
    answer = await socket.hear()
    assert answer["type"] == "refused"
    assert answer["retry"] is False
    assert part in answer["reason"]
    assert answer["reason"].endswith(".")
    assert answer["edit"] == ("e1" if "e1" in str(sent) else None)
    assert (await socket.ask(edit(1)))["type"] == "ack"


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"code": "nope"}, "'nope' is not in scheme"),
        ({"start": 20_000_000, "end": 20_040_000}, "outside the film"),
        ({"actor": "dog"}, "not in this film's cast"),
        ({"start": 7}, "not the edge of a frame"),
        ({"end": None}, "lasts and the tag has no end"),
    ],
)
async def test_what_may_not_be_coded_is_refused_and_changes_nothing(
    site: Any, edit: Any, changes: Any, part: str
) -> None:
    record = site.begin("ann")
    socket = await site.client("ann").socket(record.id)
    await socket.hear()
    sent = edit(1, **changes)
    answer = await socket.ask(sent)
    assert (answer["type"], answer["edit"], answer["retry"]) == ("refused", sent.id, False)
    assert part in answer["reason"]
    assert site.records.observation(record.id).seq == 0


async def test_an_edit_with_a_known_id_and_other_changes_is_not_taken_for_a_replay(site: Any, edit: Any) -> None:
    socket = await site.client("ann").socket(site.begin("ann").id)
    await socket.hear()
    await socket.ask(edit(1, "e1"))
    answer = await socket.ask(Edit(id="e1", changes=[Drop(id="tag-1")]))
    assert answer["type"] == "refused"
    assert "saved before with other changes" in answer["reason"]


async def test_somebody_elses_draft_opens_for_nobody_and_an_edit_to_it_changes_nothing(site: Any, edit: Any) -> None:
    record = site.begin("ann")
    for login, code in (("ben", 403), ("sue", 403), ("art", 403), ("ada", 403), (None, 401)):
        with pytest.raises(HTTPClientError) as refused:
            await site.client(login).socket(record.id)
        assert refused.value.code == code
    told = (await site.client("sue").get(f"/observations/{record.id}")).body.decode()
    assert "only when it has been handed in" in told
    assert "only where it is your own" in (await site.client("ben").get(f"/observations/{record.id}")).body.decode()
    assert site.records.observation(record.id).seq == 0


async def test_a_supervisor_may_look_at_what_was_handed_in_and_may_not_change_it(site: Any, edit: Any) -> None:
    record = site.begin("ann")
    site.records.append_edit(record.id, edit(1), site.state.course.codebook("receiving-initiatives"), None)
    site.records.hand_in(record.id)
    assert (await site.client("sue").get(f"/observations/{record.id}")).code == 200
    socket = await site.client("sue").socket(record.id)
    assert (await socket.hear())["frozen"] is True
    await socket.say({"type": "ping"})
    assert await socket.hear() == {"type": "pong"}
    answer = await socket.ask(edit(2))
    assert (answer["type"], answer["retry"]) == ("refused", False)
    assert "only where it is your own" in answer["reason"]
    assert site.records.observation(record.id).seq == 1
    with pytest.raises(HTTPClientError):
        await site.client("ben").socket(record.id)


async def test_an_edit_by_somebody_whose_line_is_another_persons_is_refused(site: Any, edit: Any) -> None:
    """The session is asked at each message, so that a line that was opened rightly is of no use to another."""
    record = site.begin("ann")
    client = site.client("ann")
    socket = await client.socket(record.id)
    await socket.hear()
    with site.records.writing() as connection:
        connection.exec_driver_sql("UPDATE sessions SET person_id = ?", (site.people["ben"].id,))
    answer = await socket.ask(edit(1))
    assert (answer["type"], answer["retry"]) == ("refused", False)
    assert "only where it is your own" in answer["reason"]
    assert site.records.observation(record.id).seq == 0


async def test_a_page_of_another_site_gets_no_line(site: Any) -> None:
    with pytest.raises(HTTPClientError) as refused:
        await site.client("ann").socket(site.begin("ann").id, Origin="https://elsewhere.example")
    assert refused.value.code == 403


async def test_signing_out_in_another_window_ends_the_line_and_the_edit_is_kept(site: Any, edit: Any) -> None:
    record = site.begin("ann")
    client = site.client("ann")
    socket = await client.socket(record.id)
    await socket.hear()
    site.records.close_session(client.token)
    answer = await socket.ask(edit(1))
    assert (answer["type"], answer["retry"]) == ("refused", True)
    assert await socket.hear() is None
    assert socket.line.close_code == 4401
    assert site.records.observation(record.id).seq == 0


async def test_after_handing_in_windows_are_told_and_edits_are_refused_but_replays_are_not(
    site: Any, edit: Any
) -> None:
    record = site.begin("ann")
    client = site.client("ann")
    socket = await client.socket(record.id)
    await socket.hear()
    sent = edit(1)
    await socket.ask(sent)
    assert (await client.post(f"/observations/{record.id}/hand-in")).code == 200
    assert await socket.hear() == {"type": "frozen"}
    assert (await socket.ask(sent))["type"] == "ack"
    answer = await socket.ask(edit(2))
    assert (answer["type"], answer["retry"]) == ("refused", False)
    assert "handed in" in answer["reason"]
    assert (await (await client.socket(record.id)).hear())["frozen"] is True


async def test_a_message_that_is_too_large_ends_the_line_only(site: Any, edit: Any) -> None:
    record = site.begin("ann")
    socket = await site.client("ann").socket(record.id)
    await socket.hear()
    await socket.say("x" * 1_000_001)
    assert await socket.hear() is None
    again = await site.client("ann").socket(record.id)
    assert (await again.hear())["type"] == "state"


async def test_a_full_disk_refuses_for_now_and_loses_nothing(site: Any, edit: Any) -> None:
    record = site.begin("ann")
    socket = await site.client("ann").socket(record.id)
    await socket.hear()
    with site.records.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limit_pages(site, pages)
    answer: dict[str, Any] = {}
    sent, acknowledged = [], []
    for place in range(2000):
        sent.append(edit(place, note="a long note " * 60))
        answer = await socket.ask(sent[-1])
        if answer["type"] != "ack":
            break
        acknowledged.append(sent[-1].id)
    assert answer["type"] == "refused"
    assert answer["retry"] is True
    assert "no room" in answer["reason"]
    assert (await site.client(None).get("/health")).code == 200
    with pytest.raises(StoreFull):
        site.records.append_edit(record.id, sent[-1], site.state.course.codebook("receiving-initiatives"), None)
    assert [kept.id for _, kept in site.records.edits(record.id)] == acknowledged
    limit_pages(site, 1_000_000)
    answer = await socket.ask(sent[-1])
    assert answer == {"type": "ack", "edit": sent[-1].id, "seq": len(sent)}


def limit_pages(site: Any, pages: int) -> None:
    """Let the database grow no further, on every connection that it will use."""
    site.records.engine.dispose()
    with site.records.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


async def test_the_loop_stays_free_while_edits_flow(site: Any, edit: Any) -> None:
    """Nothing above 5 ms on the loop: measured as how late a timer wakes while eight windows write."""
    logins = ("ann", "ben", "sue", "art")
    sockets = []
    for login in logins:
        for exercise in ("receiving-initiatives", "first-look"):
            sockets.append(await site.client(login).socket(site.begin(login, exercise).id))
    for socket in sockets:
        await socket.hear()
    lags: list[float] = []
    done = asyncio.Event()

    async def watch() -> None:
        while not done.is_set():
            before = time.perf_counter()
            await asyncio.sleep(0.002)
            lags.append(time.perf_counter() - before - 0.002)

    async def write(socket: Any) -> None:
        for step in range(60):
            assert (await socket.ask(edit(step)))["type"] == "ack"

    watching = asyncio.ensure_future(watch())
    await asyncio.gather(*map(write, sockets))
    done.set()
    await watching
    # The median tells whether the service blocks; single late wakes are the machine's other work.
    lags.sort()
    assert lags[len(lags) // 2] < 0.005


async def test_no_later_edit_passes_one_that_could_not_be_saved_yet(site: Any, edit: Any, monkeypatch: Any) -> None:
    record = site.begin("ann")
    socket = await site.client("ann").socket(record.id)
    await socket.hear()
    save, full = site.state.records.save_edit, [True]

    def save_edit(*said: Any) -> Any:
        if full.pop() if full else False:
            raise StoreFull("There is no room.")
        return save(*said)

    monkeypatch.setattr(site.state.records, "save_edit", save_edit)
    old, new = edit(3, note="old"), edit(3, note="new")
    for one in (old, new):
        refused = await socket.ask(one)
        assert (refused["type"], refused["edit"], refused["retry"]) == ("refused", one.id, True)
    # The page sends what waits once more, in order.
    assert [(await socket.ask(one))["type"] for one in (old, new)] == ["ack", "ack"]
    (tag,) = site.records.observation(record.id).observation.tags
    assert tag.note == "new"

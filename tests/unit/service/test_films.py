from __future__ import annotations

import gzip
import random
from dataclasses import replace
from typing import Any

import pytest

from vigwidgets.curriculum import Terms
from vigwidgets.errors import Refusal
from vigwidgets.service.films import film_files, film_url, second_view

pytestmark = pytest.mark.anyio
BYTES = random.Random(7).randbytes(1_000_003)
PROXY = "/films/blocks/proxy.mp4"


async def test_a_film_is_sent_whole_with_what_a_browser_needs_to_ask_for_parts(site: Any) -> None:
    answer = await site.client("ann").get(PROXY)
    assert (answer.code, answer.body) == (200, BYTES)
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=999999-", 999_999, 1_000_003),
        ("bytes=-3", 1_000_000, 1_000_003),
        ("bytes=-2000000", 0, 1_000_003),
        ("bytes=200000-900000", 200_000, 900_001),
        ("bytes=1000002-5000000", 1_000_002, 1_000_003),
    ],
)
async def test_a_range_gives_exactly_its_bytes(site: Any, wanted: str, start: int, end: int) -> None:
    answer = await site.client("ann").get(PROXY, Range=wanted)
    assert (answer.code, answer.body) == (206, BYTES[start:end])
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/1000003"
    assert answer.headers["Content-Length"] == str(end - start)


@pytest.mark.parametrize("wanted", ["bytes=1000003-", "bytes=2000000-2000001", "bytes=-0"])
async def test_a_range_outside_the_film_is_416_and_tells_the_size(site: Any, wanted: str) -> None:
    answer = await site.client("ann").get(PROXY, Range=wanted)
    assert (answer.code, answer.body) == (416, b"")
    assert answer.headers["Content-Range"] == "bytes */1000003"


@pytest.mark.parametrize("wanted", ["bytes=5-2", "seconds=1-2", "bytes=0-1,5-6", "bytes=-", "bytes=a-b"])
async def test_a_range_that_is_not_understood_gives_the_whole(site: Any, wanted: str) -> None:
    assert (await site.client("ann").get(PROXY, Range=wanted)).code == 200


async def test_a_range_of_a_film_that_has_changed_since_gives_the_whole_new_one(site: Any) -> None:
    client = site.client("ann")
    etag = (await client.get(PROXY, method="HEAD")).headers["Etag"]
    assert (await client.get(PROXY, Range="bytes=0-9", If_Range=etag)).code == 206
    assert (await client.get(PROXY, If_None_Match=etag)).code == 304
    (site.data / "films/blocks/proxy.mp4").write_bytes(b"another film")
    answer = await client.get(PROXY, Range="bytes=0-3", If_Range=etag)
    assert (answer.code, answer.body) == (200, b"another film")
    assert (await client.get(PROXY, If_None_Match=etag)).code == 200


async def test_head_tells_the_length_and_sends_nothing(site: Any) -> None:
    answer = await site.client("ann").get(PROXY, method="HEAD")
    assert (answer.code, answer.body, answer.headers["Content-Length"]) == (200, b"", "1000003")


async def test_no_browser_shows_a_film_without_asking_again_and_its_address_changes_with_the_file(site: Any) -> None:
    files = film_files(site.state, site.state.library.get("blocks"))
    before = files["proxy"]
    addresses = [value for value in files.values() if isinstance(value, str)] + list(files["captions"].values())
    for address in addresses:
        answer = await site.client("ann").get(address)
        assert answer.headers["Cache-Control"] == "private, no-cache", address
        etag = answer.headers["Etag"]
        again = await site.client("ann").get(address, If_None_Match=etag)
        assert (again.code, again.body) == (304, b""), address
        # Signed out, not even the word that nothing changed.
        assert (await site.client(None).get(address, If_None_Match=etag)).code == 401
    (site.data / "films/blocks/proxy.mp4").write_bytes(b"another film")
    assert film_url(site.state, "blocks", "proxy.mp4") != before
    for address in (files["frames"], files["poster"], files["peaks"], files["scrubIndex"], files["captions"]["en"]):
        assert (await site.client("ann").get(address)).code == 200, address


async def test_texts_are_made_small_for_those_who_can_read_that(site: Any) -> None:
    path = "/films/blocks/frames.json"
    plain = (await site.client("ann").get(path)).body
    answer = await site.client("ann").get(path, Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.body) == plain
    assert len(answer.body) < len(plain) / 2
    again = await site.client("ann").get(path, Accept_Encoding="gzip", If_None_Match=answer.headers["Etag"])
    assert (again.code, again.body) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/films/blocks/truth.json",
        "/films/blocks/secret.json",
        "/films/blocks/..%2f..%2fvig.db",
        "/films/..%2f/film.json",
        "/films/blocks/%2fetc%2fpasswd",
        "/films/nofilm/proxy.mp4",
        "/films/blocks/captions.fr.vtt",
        "/assets/..%2f..%2fpyproject.toml",
        "/assets/%2e%2e",
        "/assets/nothing.js",
    ],
)
async def test_nothing_else_can_be_fetched(site: Any, path: str) -> None:
    for login in ("sue", "ada"):
        answer = await site.client(login).get(path)
        assert answer.code == 404, answer.body
        assert b'"error"' in answer.body


async def test_a_film_of_no_exercise_is_for_trainees_who_once_began_to_observe_it(site: Any) -> None:
    site.begin("ann")
    for exercise in [one for one in site.state.course.exercises.values() if one.film == "blocks"]:
        site.state.course.exercises.pop(exercise.id)
    assert (await site.client("ann").get("/films/blocks/film.json")).code == 200
    assert (await site.client("ben").get("/films/blocks/film.json")).code == 403


async def test_a_film_waits_until_an_exercise_that_has_it_opens(site: Any) -> None:
    course = site.state.course
    having = [one for one in course.exercises.values() if one.film == "blocks"]
    assert len(having) > 1
    for day, code in (("2126-01-01 09:00", 403), ("2026-01-01 09:00", 200)):
        terms = Terms.model_validate({"opens": day, "zone": "Europe/London"})
        changed = {one.id: one.model_copy(update={"terms": terms}) for one in having}
        site.state.course = replace(course, exercises=course.exercises | changed)
        for name in ("proxy.mp4", "film.json", "frames.json", "poster.jpg"):
            assert (await site.client("ann").get(f"/films/blocks/{name}")).code == code, (day, name)
            assert (await site.client("sue").get(f"/films/blocks/{name}")).code == 200
    terms = Terms.model_validate({"opens": "2126-01-01 09:00"})
    changed = {one.id: one.model_copy(update={"terms": terms}) for one in having[1:]}
    site.state.course = replace(course, exercises=course.exercises | changed)
    assert (await site.client("ann").get(PROXY)).code == 200, "another exercise that is open has it"


async def test_the_path_shows_no_picture_of_what_has_not_opened(site: Any) -> None:
    course = site.state.course
    terms = Terms.model_validate({"opens": "2126-01-01 09:00"})
    asked = [(await site.client("ann").get("/learning", Accept="text/html")).body]
    shut = {one.id: one.model_copy(update={"terms": terms}) for one in course.exercises.values()}
    site.state.course = replace(course, exercises=shut)
    asked.append((await site.client("ann").get("/learning", Accept="text/html")).body)
    assert [b"poster.jpg" in (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body) for body in asked] == [
        True, False,
    ]  # fmt: skip


async def test_a_slow_reader_does_not_fill_the_memory_and_others_are_served(site: Any) -> None:
    import asyncio

    reader, writer = await asyncio.open_connection("127.0.0.1", site.port, limit=1024)
    cookie = site.client("ann").headers()["Cookie"]
    writer.write(f"GET {PROXY} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    assert (await site.client("ben").get("/health")).code == 200
    writer.close()
    await writer.wait_closed()
    assert (await site.client("ann").get(PROXY)).body == BYTES


async def test_a_film_that_lacks_a_file_is_named(site: Any) -> None:
    (site.data / "films/blocks/peaks.json").unlink()
    with pytest.raises(Refusal, match=r"peaks\.json"):
        film_files(site.state, site.state.library.get("blocks"))


async def test_a_second_camera_and_the_words_for_it_reach_the_page(site: Any) -> None:
    folder = site.data / "films" / "hello"
    film = site.state.library.get("hello")
    assert second_view(site.state, film) is None
    assert film_files(site.state, film)["descriptions"] == {}
    (folder / "second.mp4").write_bytes(b"from the other side")
    (folder / "descriptions.en.vtt").write_text("WEBVTT\n")
    told = second_view(site.state, film)
    assert told is not None
    assert (told["offset"], told["film"]["id"]) == (0, "hello")
    client = site.client("ann")
    assert (await client.get(told["files"]["proxy"])).body == b"from the other side"
    assert (await client.get(film_files(site.state, film)["descriptions"]["en"])).body == b"WEBVTT\n"


@pytest.mark.parametrize("name", ["truth.json", "truth.paig.json", "ratings.json", "making.json"])
async def test_what_is_right_is_never_sent(site: Any, name: str) -> None:
    (site.data / "films" / "hello" / name).write_text("{}")
    assert (await site.client("ann").get(f"/films/hello/{name}")).code == 404

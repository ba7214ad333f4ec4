"""An attempt that the database can no longer read is said to be so, everywhere, and costs nobody else anything."""

from __future__ import annotations

import csv
import io
from http import HTTPStatus
from typing import Any

import pytest

pytestmark = pytest.mark.anyio


def damage(site: Any, table: str, column: str, attempt: str, key: str = "id") -> None:
    with site.records.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET {column} = '{{broken' WHERE {key} = ?", (attempt,))


def two_attempts(site: Any) -> tuple[str, str]:
    return tuple(site.records.hand_in(site.begin(login).id).id for login in ("ann", "ben"))


async def rows_of(site: Any) -> dict[str, dict[str, str]]:
    answer = await site.client("sue").get("/supervision/gradebook.csv")
    assert answer.code == HTTPStatus.OK
    return {row["attempt"]: row for row in csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig")))}


@pytest.mark.parametrize("login", ["ann", "sue"])
@pytest.mark.parametrize("rest", ["", "/report", "/receipt"])
async def test_what_is_damaged_is_gone_with_a_sentence(site: Any, login: str, rest: str) -> None:
    broken, _ = two_attempts(site)
    damage(site, "attempts", "observation", broken)
    for accept in ("text/html", "*/*"):
        answer = await site.client(login).get(f"/attempts/{broken}{rest}", Accept=accept)
        assert answer.code == HTTPStatus.GONE
        assert "is damaged in the database and could not be read; tell your administrator" in answer.body.decode()
    assert (await site.client(login).get("/learning", Accept="text/html")).code == HTTPStatus.OK


async def test_handing_in_again_what_is_damaged_says_so(site: Any) -> None:
    broken, _ = two_attempts(site)
    observation = site.records.attempt(broken).observation.id
    damage(site, "attempts", "observation", broken)
    answer = await site.client("ann").post(f"/observations/{observation}/hand-in")
    assert (answer.code, b"could not be read" in answer.body) == (HTTPStatus.GONE, True)


async def test_supervision_and_gradebook_name_what_is_damaged(site: Any) -> None:
    broken, whole = two_attempts(site)
    damage(site, "attempts", "observation", broken)
    page = (await site.client("sue").get("/supervision", Accept="text/html")).body.decode()
    assert "Could not be read" in page  # among what was handed in
    assert "could not be read</a>" in page  # in the gradebook
    assert page.count(f"attempts/{broken}") == page.count(f"attempts/{whole}") == 2
    rows = await rows_of(site)
    assert list(rows) == [broken, whole]
    assert (rows[broken]["state"], rows[broken]["login"], rows[whole]["state"]) == (
        "could not be read", "ann", "waiting",
    )  # fmt: skip


@pytest.mark.parametrize("body", ["{broken", "[]", '{"format": "vig-mark", "version": 99}'])
async def test_a_mark_that_cannot_be_read_stops_no_page(site: Any, body: str) -> None:
    broken, whole = two_attempts(site)
    site.records.add_mark(broken, {})
    with site.records.writing() as connection:
        connection.exec_driver_sql("UPDATE marks SET body = ? WHERE attempt_id = ?", (body, broken))
    rows = await rows_of(site)
    assert (rows[broken]["state"], rows[whole]["state"]) == ("could not be read", "waiting")
    for login, path in (("sue", "/supervision"), ("ann", f"/attempts/{broken}"), ("ann", "/learning")):
        assert (await site.client(login).get(path, Accept="text/html")).code == HTTPStatus.OK

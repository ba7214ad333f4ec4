"""A summative mark that nobody has released: no answer to its owner holds anything of the key."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import pytest

from tests.unit.service.test_app import hear, line_to, message
from vigwidgets.contract import Tag, Truth
from vigwidgets.curriculum import add_to_panel
from vigwidgets.grading import mark_attempt, write_report
from vigwidgets.records import Attempt
from vigwidgets.resources import static_path

pytestmark = pytest.mark.anyio

# Not to be found anywhere by chance.
BEATS = [
    {"id": "beat-quokka", "codes": ["initiative"], "actor": "baby", "target": "mother", "start": 1_237_411,
     "end": 2_391_817, "edge": 200_000, "says": "Mila pats the quokka.", "answers": None},
    {"id": "beat-numbat", "codes": ["3"], "actor": "mother", "target": "baby", "start": 3_718_293,
     "end": 4_629_157, "edge": 200_000, "says": "Jana greets the numbat.", "answers": "beat-quokka"},
]  # fmt: skip
SECRETS = [
    text
    for beat in BEATS
    for moment in (beat["start"], beat["end"])
    for text in (beat["id"], beat["says"], str(moment), f"{moment / 1e6:.3f}", f"{moment / 1e6:.6f}")
]


def holds(text: str, secret: str) -> bool:
    """Whether a secret stands there; seconds within a clock's time of day, as in 12:03:53.718, are none."""
    return re.search(rf"(?<!\d){re.escape(secret)}" if secret[0].isdigit() else re.escape(secret), text) is not None


def make_summative(site: Any) -> str:
    """Give the course one summative exercise with a key of its own, and return an empty attempt of Ann's, marked."""
    course = site.state.course
    exercise = course.exercises["receiving-initiatives"].model_copy(update={"marking": "summative", "compare": []})
    site.state.course = replace(course, exercises={**course.exercises, exercise.id: exercise})
    path = site.data / "films" / exercise.film / "truth.json"
    truth = Truth.model_validate(json.loads(path.read_text()) | {"beats": BEATS})
    path.write_text(truth.model_dump_json())
    attempt = site.records.hand_in(site.begin("ann").id)
    mark = mark_attempt(site.records, site.state.library, site.state.course, attempt)
    report = write_report(attempt, mark, site.data, site.state.course)
    assert all(beat["says"] in report.read_text() for beat in BEATS)
    return attempt.id


def plain(answer: Any) -> str:
    body = answer.body or b""
    return (gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body).decode(
        errors="replace"
    )


def addresses(voila: Any, handed_in: Attempt, begun: str, kernel: str) -> list[str]:
    """Return every address that could have to do with an attempt; each pattern of the service is among them."""
    attempt, observation, exercise = handed_in.id, handed_in.observation.id, handed_in.exercise
    film = handed_in.observation.film
    things = [
        "", "learning", "help", "supervision", "supervision/gradebook.csv", "supervision/gradebook.json",
        "supervision/marking", "authoring",
        "health", "sets/withdrawal", "supervision/otherwise", "sign-in", "lessons/no-such-lesson", f"kernels/{kernel}",
        f"authoring/try/{exercise}", f"exercises/{exercise}", f"exercises/{exercise}?again=1",
        *(f"attempts/{attempt}{rest}" for rest in ("", "/report", "/agreement", "/receipt", "/marking")),
        f"attempts/{attempt}/landscape", "figure", "figure/three.js", f"attempts/{attempt}/agreement?within=300000",
        "learning/record", "learning/record.csv",
        *(f"supervision/records/{handed_in.person}{rest}" for rest in ("", "/record.csv")),
        *(f"attempts/{attempt}/{name}" for name in ("report.html", "case.json")),
        *(f"supervision/cohort/{exercise}{rest}"
          for rest in ("", "/people.csv", "/moments.csv", "/items.csv", "/cohort.json")),
        *(f"observations/{one}{rest}" for one in (observation, begun) for rest in ("", "/clips.zip")),
        *(f"films/{film}/{name}" for name in (
            "film.json", "frames.json", "truth.json", "ratings.json", "peaks.json", "scrub.json", "captions.en.vtt",
            "poster.jpg", f"../{film}/truth.json", f"%2e%2e/{film}/truth.json",
        )),
        *(f"voila/files/attempts/{attempt}/{name}" for name in ("report.html", "case.json", "report.ipynb")),
        *(f"files/attempts/{attempt}/{name}" for name in ("report.html", "case.json")),
        *(f"assets/{path.name}" for path in static_path("manifest.json").parent.iterdir()),
        *(f"{root}keys/{exercise}/{name}" for name in ("bilby.json", "wombat.json", "answers.yaml")
          for root in ("", "files/", "voila/files/", "voila/static/", "static/", f"films/{film}/../../", "assets/")),
    ]  # fmt: skip
    for rule in voila.app.app.wildcard_router.rules:
        # Lines and what only changes something are asked for elsewhere, or hold nothing of a mark.
        if "get" in rule.target.actions and not re.search(r"edits|channels|kernels", rule.matcher.regex.pattern):
            asked = any(rule.matcher.regex.fullmatch(f"/{thing.partition('?')[0]}") for thing in things)
            assert asked, f"{rule.matcher.regex.pattern}: ask for it in this test"
    return things


async def every_answer(voila: Any, login: str, attempt: str) -> dict[str, str]:
    """Return what ``login`` is answered at every address that could have to do with ``attempt``."""
    handed_in = voila.records.attempt(attempt)
    observation, begun = handed_in.observation.id, voila.begin(login, handed_in.exercise).id
    fresh = await voila.client(login).get(f"/exercises/{handed_in.exercise}", Accept="text/html")
    kernel = re.search(r'id="kernel">(.*?)</script>', plain(fresh))
    assert kernel
    name = json.loads(kernel[1])["id"]
    # At once: later pages of the same person take its place.
    found = {"first page": plain(fresh), "its kernel": await all_that_a_kernel_says(voila, login, name)}
    for thing in addresses(voila, handed_in, begun, name):
        for accept in ("text/html", "*/*"):
            answer = await voila.client(login).get(f"/{thing}", Accept=accept, Accept_Encoding="gzip")
            assert answer.code < HTTPStatus.INTERNAL_SERVER_ERROR, thing
            found[f"{thing} as {accept}"] = plain(answer) + str(dict(answer.headers))
    own = handed_in.person == voila.people[login].id  # another's line is not opened
    for one in (observation, begun) if own else (begun,):
        socket = await voila.client(login).socket(one)
        await socket.say({"type": "ping"})
        found[f"socket of {one}"] = json.dumps([await socket.hear(), await socket.hear()])
    for one in (observation, begun):
        found[f"hand-in of {one}"] = plain(await voila.client(login).post(f"/observations/{one}/hand-in"))
    return found


async def all_that_a_kernel_says(voila: Any, login: str, kernel: str) -> str:
    """Return what the kernel of a page, which ran the exercise's notebook, tells: itself, and each widget's state."""
    line = await line_to(voila, login, kernel)
    await line.write_message(message("kernel_info_request"))
    await line.write_message(message("comm_info_request", target_name="jupyter.widget"))
    known = await hear(line, "comm_info_reply")
    for comm in known["content"]["comms"]:
        await line.write_message(message("comm_msg", comm_id=comm, data={"method": "request_state"}))
    said = [json.dumps(known)]
    with suppress(TimeoutError):
        while len(said) < 50 and (text := await asyncio.wait_for(line.read_message(), 1)) is not None:
            said.append(str(text))
    line.close()
    return "".join(said)


async def test_no_answer_to_a_trainee_holds_anything_of_an_unreleased_key(voila: Any) -> None:
    attempt = make_summative(voila)
    answers = await every_answer(voila, "ann", attempt)
    told = [(place, secret) for place, text in answers.items() for secret in SECRETS if holds(text, secret)]
    assert told == []
    assert "your supervisor releases" in answers[f"attempts/{attempt} as text/html"]


async def test_no_answer_to_a_trainee_holds_anything_of_a_panel_that_is_a_summative_key(voila: Any) -> None:
    attempt = make_summative(voila)
    course = voila.state.course
    exercise = course.exercises["receiving-initiatives"]
    policy = exercise.policy.model_copy(update={"against": "consensus"})
    exercise = exercise.model_copy(update={"policy": policy})
    voila.state.course = replace(course, exercises={**course.exercises, exercise.id: exercise})
    like = voila.records.attempt(attempt).observation
    tags = [
        Tag(id=f"tag-{beat['id']}", code=beat["codes"][0], actor=beat["actor"], target=beat["target"],
            start=beat["start"], end=beat["end"], note=beat["says"])
        for beat in BEATS
    ]  # fmt: skip
    for expert in ("bilby", "wombat"):
        seen = like.model_copy(update={"id": f"obs-{expert}", "observer": expert, "tags": tags})
        path = add_to_panel(voila.data, voila.state.course, exercise, expert, seen)
        assert path.stat().st_mode & 0o077 == 0, "nobody else on the machine"
    mark = mark_attempt(voila.records, voila.state.library, voila.state.course, voila.records.attempt(attempt))
    assert mark.panel is not None
    assert all(beat["says"] in mark.model_dump_json() for beat in BEATS)
    answers = await every_answer(voila, "ann", attempt)
    secrets = [*SECRETS, "bilby", "wombat", *(f"{beat['id']}" for beat in BEATS)]
    assert [(place, secret) for place, text in answers.items() for secret in secrets if holds(text, secret)] == []
    # When it is released its owner reads it, and still not whose eyes they were.
    for stage in ("ready", "released"):
        voila.records.add_stage(attempt, stage, voila.people["sue"].id)
    read = plain(await voila.client("ann").get(f"/attempts/{attempt}", Accept="text/html"))
    assert all(beat["says"] in read for beat in BEATS)
    assert "bilby" not in read


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
async def test_an_unreleased_report_is_refused_to_its_owner_with_a_sentence(site: Any, accept: str) -> None:
    attempt = make_summative(site)
    answer = await site.client("ann").get(f"/attempts/{attempt}/report", Accept=accept)
    assert answer.code == HTTPStatus.FORBIDDEN
    assert "your supervisor releases its report" in plain(answer)


async def test_before_the_release_nothing_of_ones_own_is_struck_out(site: Any) -> None:
    attempt = make_summative(site)
    for login, laid_beside in (("ann", False), ("sue", True)):
        page = plain(await site.client(login).get(f"/attempts/{attempt}", Accept="text/html"))
        found = re.search(r'id="boot">(.*?)</script>', page)
        assert found
        boot = json.loads(found[1])
        assert ("beats" in boot, boot["compare"]["observers"]) == (laid_beside, []), login


async def test_a_supervisor_reads_it_and_a_practised_one_is_its_owners(site: Any) -> None:
    attempt = make_summative(site)
    for path in ("", "/report"):
        answer = await site.client("sue").get(f"/attempts/{attempt}{path}", Accept="text/html")
        assert answer.code == HTTPStatus.OK
        assert all(beat["says"] in plain(answer) for beat in BEATS)
    exercise = site.state.course.exercises["receiving-initiatives"]
    formative = exercise.model_copy(update={"marking": "formative"})
    site.state.course = replace(site.state.course, exercises={exercise.id: formative})
    assert (await site.client("ann").get(f"/attempts/{attempt}/report")).code == HTTPStatus.OK


async def test_what_an_exercise_was_that_is_gone_stays_withheld(site: Any) -> None:
    attempt = make_summative(site)
    site.state.course = replace(site.state.course, exercises={}, pathway=[])
    for path in ("", "/report"):
        answer = await site.client("ann").get(f"/attempts/{attempt}{path}", Accept="text/html")
        assert not any(holds(plain(answer), secret) for secret in SECRETS)

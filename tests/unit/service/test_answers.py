"""Questions: a page without a kernel, a draft, handing in, and a supervisor who reads with a rubric."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import pytest

from tests.unit.service.reading import plain

pytestmark = pytest.mark.anyio
MANY = "I looked at her hands first, and only when I played it again did I see that he had waited for her before."
"""As many words as any question asks for."""


async def begun(voila: Any, exercise: str, login: str = "ann") -> tuple[str, str]:
    """Open the page and return it with the id of the observation."""
    answer = await voila.client(login).get(f"/exercises/{exercise}", Accept="text/html")
    assert answer.code == HTTPStatus.OK, plain(answer)
    return plain(answer), voila.records.current_observation(voila.people[login].id, exercise.partition("?")[0])


async def test_choices_are_kept_as_a_draft_and_marked_when_they_are_handed_in(voila: Any) -> None:
    page, observation = await begun(voila, "about-initiatives")
    exercise = voila.state.course.exercise("about-initiatives")
    says = [choice.says for question in exercise.questions for choice in question.choices]
    assert not any(text in page for text in says if text), "nothing of the key is on the page"
    assert 'id="kernel"' not in page
    client = voila.client("ann")
    saved = await client.post(f"/observations/{observation}/answers", what="look")
    assert json.loads(saved.body) == {"saved": True}
    page, again = await begun(voila, "about-initiatives")
    assert again == observation
    assert 'value="look" checked' in page
    taken_back = await client.post(f"/observations/{observation}/answers", receive="says")
    assert taken_back.code == HTTPStatus.OK
    page, _ = await begun(voila, "about-initiatives")
    assert 'value="look" checked' not in page
    done = await client.post(f"/observations/{observation}/answers", what="look", receive="says", do="hand-in")
    attempt = json.loads(done.body)["attempt"]
    mark = voila.records.mark(attempt)
    assert (mark["right"], mark["asked"]) == (2, 3)
    read = plain(await client.get(f"/attempts/{attempt}", Accept="text/html"))
    assert "You answered 2 of 3 questions as the course does." in read
    assert "He takes a rest." in read
    closed = await client.post(f"/observations/{observation}/answers", what="feet")
    assert closed.code == HTTPStatus.BAD_REQUEST
    onward = await client.get("/exercises/about-initiatives", Accept="text/html")
    assert (onward.code, onward.headers["Location"]) == (HTTPStatus.SEE_OTHER, f"/attempts/{attempt}")


async def test_what_is_no_answer_is_refused_and_keeps_the_draft(voila: Any) -> None:
    _, observation = await begun(voila, "about-initiatives")
    client = voila.client("ann")
    await client.post(f"/observations/{observation}/answers", what="look")
    for wrong in ({"what": "nothing-of-the-kind"}, {"what": "look' or 1=1"}):
        answer = await client.post(f"/observations/{observation}/answers", **wrong)
        assert answer.code == HTTPStatus.BAD_REQUEST
        assert "has no choice" in plain(answer)
    record = voila.records.observation(observation)
    assert [tag.modifiers for tag in record.observation.tags] == [{"look": "yes"}]
    assert (await voila.client("ben").post(f"/observations/{observation}/answers", what="feet")).code == 403
    tags = voila.begin("ann")
    assert "asks no questions" in plain(await client.post(f"/observations/{tags.id}/answers", what="look"))


async def test_words_wait_for_a_supervisor_who_reads_with_a_rubric(voila: Any) -> None:
    _, observation = await begun(voila, "my-own-eye")
    words = f"First I saw <i>only</i> the tower. {MANY}"
    client, sue = voila.client("ann"), voila.client("sue")
    done = await client.post(
        f"/observations/{observation}/answers", first=words, strength=MANY, mine=MANY, do="hand-in"
    )
    attempt = json.loads(done.body)["attempt"]
    listed = plain(await sue.get("/supervision/marking", Accept="text/html"))
    assert "in marking" in listed
    read = plain(await sue.get(f"/attempts/{attempt}/marking", Accept="text/html"))
    assert "First I saw &lt;i&gt;only&lt;/i&gt; the tower." in read
    assert 'name="points-concrete"' in read
    seen = dict(re.findall(r'name="(after|mark)" value="(\d+)"', read))
    few = await sue.post(f"/attempts/{attempt}/judgements", kind="marking", reason="Good.", credit="1", **seen)
    assert "write a whole number" in plain(few)
    points = {"points-concrete": "3", "points-strengths": "2", "points-own": "1"}
    judged = await sue.post(f"/attempts/{attempt}/judgements", kind="marking", reason="You waited.", **points, **seen)
    assert judged.code == HTTPStatus.OK
    (kept,) = voila.records.judgements(attempt)
    assert kept.body == {"credit": pytest.approx(6 / 9), "points": {"concrete": 3, "strengths": 2, "own": 1}}
    own = plain(await client.get(f"/attempts/{attempt}", Accept="text/html"))
    assert re.search(r'class="opening">\s*\w+ has read it: “You waited.”', own)
    assert "Three answers in your own words are kept." in own
    assert "your supervisor reads them" not in own
    assert "3 of 3" in own


async def test_words_below_their_least_are_kept_and_not_handed_in(voila: Any) -> None:
    _, observation = await begun(voila, "my-own-eye")
    client = voila.client("ann")
    for do in ("hand-in", "hand-in-now"):
        short = await client.post(f"/observations/{observation}/answers", first="Too short.", mine=MANY, do=do)
        assert short.code == HTTPStatus.BAD_REQUEST
        said = json.loads(short.body)["error"]
        assert "“What did you see first, and what only the second time?” has 2 of the 20 words" in said
        assert "has 0 of the 20 words" in said
        assert "What do you take from it" not in said
    assert (await client.post(f"/observations/{observation}/hand-in")).code == HTTPStatus.BAD_REQUEST
    assert not voila.records.observation(observation).frozen
    page, _ = await begun(voila, "my-own-eye?sure=1")
    assert "has 2 of the 20 words" in page
    assert 'value="hand-in-now"' not in page
    assert "Too short.</textarea>" in page


async def test_a_page_asks_before_answers_are_handed_in(voila: Any) -> None:
    _, observation = await begun(voila, "about-initiatives")
    client, html = voila.client("ann"), {"Accept": "text/html"}
    path = f"/observations/{observation}/answers"
    asked = await client.post(path, headers=html, what="look", do="hand-in")
    assert asked.headers["Location"] == "/exercises/about-initiatives?sure=1#sure"
    assert not voila.records.observation(observation).frozen
    page, _ = await begun(voila, "about-initiatives?sure=1")
    assert page.count("More than one may be right") == 1
    assert "Hand in one answer?" in page
    assert page.count("<li>He looks away after the game. What may that be?</li>") == 1
    assert "<li>Which of these" not in page
    done = await client.post(path, headers=html, what="look", do="hand-in-now")
    assert done.headers["Location"].startswith("/attempts/")
    assert voila.records.observation(observation).frozen


async def test_the_key_of_a_summative_exercise_lies_in_the_data_directory_alone(voila: Any) -> None:
    course = voila.state.course
    exercise = course.exercise("about-initiatives")
    bare = [
        question.model_copy(
            update={"choices": [one.model_copy(update={"right": False, "says": None}) for one in question.choices]}
        )
        for question in exercise.questions
    ]
    exercise = exercise.model_copy(update={"marking": "summative", "questions": bare})
    voila.state.course = replace(course, exercises={**course.exercises, exercise.id: exercise})
    _, observation = await begun(voila, exercise.id)
    done = await voila.client("ann").post(f"/observations/{observation}/answers", what="look", do="hand-in")
    attempt = voila.records.attempt(json.loads(done.body)["attempt"])

    from vigwidgets.errors import Refusal
    from vigwidgets.grading import mark_attempt

    with pytest.raises(Refusal, match="has no key; write keys/about-initiatives/answers.yaml"):
        mark_attempt(voila.records, voila.state.library, voila.state.course, attempt)
    folder = voila.data / "keys" / exercise.id
    folder.mkdir(parents=True)
    key = "right: {what: [look], look-away: [rest, initiative], receive: [says]}\nsays: {what: A wombat.}\n"
    (folder / "answers.yaml").write_text(key)
    mark = mark_attempt(voila.records, voila.state.library, voila.state.course, attempt)
    assert mark.measured == pytest.approx(1 / 3)
    read = plain(await voila.client("ann").get(f"/attempts/{attempt.id}", Accept="text/html"))
    assert "wombat" not in read
    assert "your supervisor releases" in read

"""Groups that rate, answer and choose clips, as a supervisor reads them; nobody else does, and blind stays blind."""

from __future__ import annotations

import csv
import html
import io
import json
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import pytest

from vigwidgets.contract import Edit, Put, Tag
from vigwidgets.curriculum import Terms, answer_tag
from vigwidgets.grading import Reference, mark_answers, mark_clips, mark_ratings
from vigwidgets.records import Attempt
from vigwidgets.schemes import without_clips
from vigwidgets.service.pages.groups import kind_group
from vigwidgets.service.pages.kinds import in_clips

pytestmark = pytest.mark.anyio
ITEMS = ("face", "eyes", "voice", "activity", "relationship")
RATING, SET = "withdrawal-tam", "withdrawal"


def hand_in(site: Any, login: str, exercise: str, tags: list[Tag]) -> Attempt:
    record = site.begin(login, exercise)
    edit = Edit(id=f"edit-{record.id}"[:64], changes=[Put(tag=tag) for tag in tags])
    site.records.append_edit(record.id, edit, site.state.course.codebook(exercise), None)
    return site.records.hand_in(record.id)  # type: ignore[no-any-return]


def rate(site: Any, login: str, steps: dict[str, str], exercise: str = RATING) -> Attempt:
    """Hand in a sheet and mark it: the reference is 1 throughout."""
    tags = [
        Tag(id=f"rating.{item}", code=item, actor="baby", target="mother", start=0, end=10_000_000,
            modifiers={"rating": step})
        for item, step in steps.items()
    ]  # fmt: skip
    attempt = hand_in(site, login, exercise, tags)
    course = site.state.course
    references = [Reference(item=one, steps={"1": 1}) for one in ITEMS]
    mark = mark_ratings(
        attempt.observation, references, course.codebook(exercise), course.exercise(exercise).policy
    )  # fmt: skip
    site.records.add_mark(attempt.id, mark.model_dump(mode="json"))
    return attempt


async def page(site: Any, login: str, path: str) -> str:
    answer = await site.client(login).get(f"/supervision/cohort/{path}", Accept="text/html")
    assert answer.code == HTTPStatus.OK, (path, answer.code)
    return " ".join(html.unescape(answer.body.decode()).split())


async def rows(site: Any, path: str) -> list[dict[str, str]]:
    answer = await site.client("sue").get(f"/supervision/cohort/{path}")
    assert answer.code == HTTPStatus.OK, path
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))


async def test_a_group_of_raters_has_people_and_items_with_intervals(site: Any) -> None:
    rate(site, "ann", dict.fromkeys(ITEMS, "2"))
    rate(site, "ben", dict.fromkeys(ITEMS, "1"))
    rate(site, "ben", dict.fromkeys(ITEMS[:3], "1"))
    read = await page(site, "sue", RATING)
    for words in ("Two people so far; one attempt is not counted yet.", "Ben: not rated whole", "Severity", "+1.00",
                  "Other side of the cut-off", "Goes with the rest", "it certifies nobody"):  # fmt: skip
        assert words in read, words
    people = {one["person"]: one for one in await rows(site, f"{RATING}/people.csv")}
    ann = people["Ann"]
    assert (ann["severity"], people["Ben"]["severity"]) == ("1.0", "0.0")
    assert float(ann["severity_low"]) < 1 < float(ann["severity_high"])
    assert (ann["same_step"], ann["same_step_of"]) == ("0", "5")
    items = await rows(site, f"{RATING}/items.csv")
    assert [one["item"] for one in items] == list(ITEMS)
    assert (items[0]["difficulty"], items[0]["bias"], items[0]["steps_off"]) == ("0.5", "0.5", "0:1 1:1")
    data = json.loads((await site.client("sue").get(f"/supervision/cohort/{RATING}/cohort.json")).body)
    assert {one["person"] for one in data["raters"]} == {"Ann", "Ben"}
    assert (data["exercise"], len(data["items"])) == (RATING, 5)
    assert (await site.client("sue").get(f"/supervision/cohort/{RATING}/moments.csv")).code == HTTPStatus.NOT_FOUND


async def test_a_set_counts_first_ratings_of_its_blind_films_and_drift_is_of_films_rated_again(site: Any) -> None:
    rate(site, "ann", dict.fromkeys(ITEMS, "2"))
    rate(site, "ann", dict.fromkeys(ITEMS, "1"))
    rate(site, "ann", dict.fromkeys(ITEMS, "1"), "withdrawal-lev")
    rate(site, "ann", dict.fromkeys(ITEMS, "0"), "rating-asha")
    (one,) = await rows(site, f"{SET}/people.csv")
    assert (one["films"], one["severity"], one["drift"], one["drift_over"]) == ("2", "0.5", "-1.0", "again")
    assert site.state.course.exercise("withdrawal-lev").title in await page(site, "sue", SET)
    assert (
        await site.client("sue").get("/supervision/cohort/no-such", Accept="text/html")
    ).code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("login", ["ann", "art", "ada", None])
async def test_nobody_but_a_supervisor_reaches_a_group(site: Any, login: str | None) -> None:
    rate(site, "ann", dict.fromkeys(ITEMS, "2"))
    for name in (RATING, SET):
        for rest in ("", "/people.csv", "/items.csv", "/cohort.json"):
            answer = await site.client(login).get(f"/supervision/cohort/{name}{rest}")
            assert answer.code in (HTTPStatus.FORBIDDEN, HTTPStatus.UNAUTHORIZED), (name, rest)
            assert b"same_step" not in answer.body


async def test_a_group_that_is_marked_blind_names_nobody(site: Any) -> None:
    course = site.state.course
    terms = Terms.model_validate({"markers": 2, "blind": True})
    exercise = course.exercise(RATING).model_copy(update={"marking": "summative", "terms": terms})
    site.state.course = replace(course, exercises={**course.exercises, RATING: exercise})
    attempt = rate(site, "ann", dict.fromkeys(ITEMS, "2"))
    for name in (RATING, SET):
        for rest in ("", "/people.csv", "/items.csv", "/cohort.json"):
            told = (await site.client("sue").get(f"/supervision/cohort/{name}{rest}", Accept="text/html")).body.decode()
            assert "Ann" not in told, (name, rest)
            assert site.people["ann"].id not in told, (name, rest)
    for judge in ("sue", "ada"):
        site.records.add_judgement(attempt.id, "marking", site.people[judge].id, {"credit": 0.5}, "So.")
    assert "Ann" in await page(site, "sue", RATING)


async def test_a_group_s_questions_show_what_was_chosen(site: Any) -> None:
    exercise = site.state.course.exercise("about-initiatives")
    for login, right in (("ann", True), ("ben", False)):
        tags = []
        for question in exercise.questions:
            chosen = [one.id for one in question.choices if one.right == (right or question.several)]
            chosen = chosen if right else chosen[:1]
            if question.choices:
                tags.append(answer_tag(question, chosen, "", site.begin(login, exercise.id).observation))
        attempt = hand_in(site, login, exercise.id, tags)
        mark = mark_answers(attempt.observation, exercise.questions, None)
        site.records.add_mark(attempt.id, mark.model_dump(mode="json"))
    read = await page(site, "sue", exercise.id)
    own = " ".join((await site.client("ben").get(f"/attempts/{attempt.id}")).body.decode().split())
    assert "Partly as the course sees it: He takes a rest. The course chooses as well: He begins" in own
    assert "The film, with the tags" not in own
    first = exercise.questions[0].choices[0].text
    assert f": {first}" in read
    assert "What was chosen" in read
    items = await rows(site, f"{exercise.id}/items.csv")
    assert items[0]["difficulty"] == "0.5"
    assert "marked by another version" not in read
    # The author adds a question, and edits the exercise.
    added = exercise.questions[0].model_copy(update={"id": "added", "text": "Asked of nobody?"})
    edited = exercise.model_copy(update={"questions": [*exercise.questions, added], "version": "2"})
    site.state.course = replace(
        site.state.course, exercises={**site.state.course.exercises, exercise.id: edited}
    )  # fmt: skip
    stored = site.records.mark(attempt.id) | {"exercise": exercise.id, "exercise_version": "1"}
    site.records.add_mark(attempt.id, stored)
    read = await page(site, "sue", exercise.id)
    assert "One counted attempt was marked by another version of the exercise." in read
    assert (await rows(site, f"{exercise.id}/items.csv"))[-1]["difficulty"] == ""
    assert "✓ 0 of 0" in read


async def test_a_group_s_reflections_are_counted_and_not_judged(site: Any) -> None:
    exercise = site.state.course.exercise("my-own-eye")
    record = site.begin("ann", exercise.id)
    tags = [answer_tag(one, [], "I saw his hands first.", record.observation) for one in exercise.questions]
    attempt = hand_in(site, "ann", exercise.id, tags)
    mark = mark_answers(attempt.observation, exercise.questions, None)
    site.records.add_mark(attempt.id, mark.model_dump(mode="json"))
    read = await page(site, "sue", exercise.id)
    assert f"{len(exercise.questions)} of {len(exercise.questions)}" in read
    assert "by 0 of 1" in read
    assert "hands first" not in read, "that is read where it was handed in"
    points = {one.id: one.points for one in exercise.rubric}
    site.records.add_judgement(attempt.id, "marking", site.people["sue"].id, {"credit": 1, "points": points}, "So.")
    view = kind_group(exercise, site.state)
    rubric = next(one for one in view.tables if one.id == "rubric")
    assert [row.cells[0].words for row in rubric.rows] == [f"{one.points}: 1" for one in exercise.rubric]


async def test_a_group_s_clips_show_what_they_hold_and_where_they_lie(site: Any) -> None:
    course = site.state.course
    exercise = course.exercise("clips-for-a-review")
    tag = Tag(
        id="c", code="clip", actor="mother", target="baby", start=1_000_000, end=7_000_000, note="How she is heard."
    )
    attempt = hand_in(site, "ann", exercise.id, [tag])
    truth = site.state.library.truth("blocks").model_copy(update={"film": exercise.film})
    codebook = without_clips(course.codebook(exercise))
    mark = mark_clips(attempt.observation, truth, codebook, exercise.clips)
    site.records.add_mark(attempt.id, mark.model_dump(mode="json"))
    read = await page(site, "sue", exercise.id)
    assert "Where in the film people chose" in read
    assert "May be shown to a parent" in read
    assert (await rows(site, f"{exercise.id}/items.csv"))[0]["clips_of"] == "1"
    # Beside one's clips stands what lies in them, and not all of the film.
    assert [beat.id for beat in in_clips(truth.beats, [tag])] == ["b1", "b2"]
    assert [beat.id for beat in in_clips(truth.beats, [tag.model_copy(update={"end": 1_500_000})])] == ["b1"]
    assert in_clips(truth.beats, []) == []

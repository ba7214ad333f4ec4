"""Sheets with open items, as earlier versions took them, do not count as the first."""

from __future__ import annotations

from typing import Any

from vigwidgets.contract import Edit, Put, Tag
from vigwidgets.curriculum import load_course
from vigwidgets.grading import is_whole
from vigwidgets.grading._standing import counting_attempts, standing_of
from vigwidgets.observations import RATING, new_id, new_observation, rating_id
from vigwidgets.schemes import Codebook


def sheet(bench: Any, course: Any, person: str, items: int) -> Any:
    """Return an observation in which so many items are rated."""
    exercise = course.exercises["withdrawal-mira"]
    codebook: Codebook = course.codebook(exercise)
    made = new_observation(exercise.film, 60_000_000, codebook.ref, person, list(bench.truth.cast))
    step = codebook.scheme.scale.steps[0].id
    rated = [lane.id for lane in codebook.lanes][:items]
    tags = [
        Tag(id=rating_id(item), code=item, actor="baby", target="baby", start=0, end=60_000_000,
            modifiers={RATING: step})
        for item in rated
    ]  # fmt: skip
    return made.model_copy(update={"tags": tags})


def test_the_first_whole_sheet_counts(bench: Any, house: Any) -> None:
    course = load_course()
    exercise = course.exercises["withdrawal-mira"]
    assert exercise.terms.which == "first"
    person = house.records.add_person("Ann", "ann", "trainee").id
    items = len(course.codebook(exercise).lanes)
    made = []
    for rated in (0, items - 1, items, items):
        begun = sheet(bench, course, person, rated)
        house.records.start_observation(person, exercise.id, "1", begun.model_copy(update={"tags": []}))
        if begun.tags:
            edit = Edit(id=new_id("edit"), changes=[Put(tag=tag) for tag in begun.tags])
            house.records.append_edit(begun.id, edit, course.codebook(exercise), None)
        attempt = house.records.hand_in(begun.id)
        assert is_whole(exercise, attempt.observation, course.codebook(exercise)) is (rated == items)
        made.append(attempt)
    standings = [standing_of(one, house.records, course) for one in made]
    assert counting_attempts(standings) == {made[2].id}
    assert counting_attempts(standings[:2]) == {made[0].id}
    words = course.exercises["my-own-eye"]
    assert not is_whole(words, made[0].observation, course.codebook(words)), "it asks for words, and there are none"

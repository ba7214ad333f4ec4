"""Groups that rate, answer and choose clips: leaning, items, questions and clips, each with an interval."""

from __future__ import annotations

import json
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigwidgets.curriculum import Question
from vigwidgets.grading import (
    AnswersMark,
    ClipsMark,
    RatedOn,
    RatingMark,
    cohort_of_answers,
    cohort_of_clips,
    cohort_of_ratings,
)
from vigwidgets.grading._answers import AnswerMark
from vigwidgets.grading._clips import ClipMark
from vigwidgets.grading._lean import lean_of
from vigwidgets.grading._rating import ItemMark

ITEMS = ("face", "eyes", "voice")
COMMON: dict[str, Any] = {"observation": "o", "observation_sha256": "0" * 64, "film": "f", "summary": ["So.", "End."]}


def rating(*own: int, reference: tuple[int, ...] = (1, 1, 1), cutoff: int | None = 4) -> RatingMark:
    items = [
        ItemMark(item=item, label=item.title(), own=str(mine), reference=str(theirs), off=mine - theirs,
                 share=1 - abs(mine - theirs) / 2, evidence=0, says="", sentence="")
        for item, mine, theirs in zip(ITEMS, own, reference, strict=True)
    ]  # fmt: skip
    return RatingMark(
        **COMMON, scheme="m-adbb", items=items, exact=0, near=0, bias=None, total=sum(own),
        reference_total=sum(reference), cutoff=cutoff,
    )  # fmt: skip


def rated(*films: RatingMark, again: RatingMark | None = None) -> list[RatedOn]:
    return [RatedOn(f"Film {n}", f"2026-01-0{n + 1}", one, one, again or one) for n, one in enumerate(films)]


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(-2, 2), min_size=1, max_size=4), min_size=1, max_size=5), st.randoms())
def test_a_lean_has_its_value_inside_and_no_order(groups: list[list[float]], random: Any) -> None:
    found = lean_of(groups)
    turned = [sorted(group, key=lambda _: random.random()) for group in groups]
    random.shuffle(turned)
    assert lean_of(turned) == found
    assert found.low is not None
    assert found.value is not None
    assert found.high is not None
    assert found.low < found.value < found.high, "never a point, also where all are alike"
    turned_round = lean_of([[-one for one in group] for group in groups])
    assert turned_round.value == pytest.approx(-found.value)
    assert turned_round.high == pytest.approx(-found.low)


@pytest.mark.parametrize("films", [1, 3, 8])
@pytest.mark.parametrize(("down", "up"), [(0.05, 0.05), (0.1, 0.3), (0.02, 0.6)])
def test_a_lean_s_interval_holds_the_truth_nine_times_in_ten(films: int, down: float, up: float) -> None:
    random = np.random.default_rng(5)
    kept = 0
    for _ in range(150):
        drawn = random.choice([-1.0, 0.0, 1.0], size=(films, 5), p=[down, 1 - down - up, up])
        found = lean_of([list(row) for row in drawn])
        kept += cast("float", found.low) <= up - down <= cast("float", found.high)
    assert kept >= 0.9 * 150


def noise(random: np.random.Generator, films: int) -> list[RatedOn]:
    """Rate films beside the reference to no side: items err by a step, and so do whole films."""
    reference = np.full((films, len(ITEMS)), 2)
    errs = np.where(random.random(reference.shape) < 0.3, random.choice([-1, 1], reference.shape), 0)
    errs = np.clip(errs + np.round(random.normal(0, 0.5, (films, 1))).astype(int), -2, 2)
    marks = [rating(*(int(one) for one in row), reference=(2, 2, 2), cutoff=None) for row in reference + errs]
    return rated(*marks)


@pytest.mark.parametrize(("films", "most"), [(1, 0), (2, 0), (3, 0.05), (6, 0.05)])
def test_who_leans_to_no_side_is_seldom_called_mild_or_strict(films: int, most: float) -> None:
    random = np.random.default_rng(7)
    found = cohort_of_ratings({f"p{n}": noise(random, films) for n in range(200)}).raters
    leaning = sum("rates " in one.help or one.habit is not None for one in found)
    assert leaning <= most * 200
    if films >= 3:
        assert sum(bool(one.help) for one in found) <= 0.075 * 200, "all reasons together, two standard errors more"


def test_two_films_are_too_few_to_call_anybody_strict_and_three_are_not() -> None:
    people = cohort_of_ratings({"two": rated(*[rating(2, 2, 2)] * 2), "three": rated(*[rating(2, 2, 2)] * 3)}).raters
    two, three = sorted(people, key=lambda one: one.films)
    assert two.lean.above
    assert (two.habit, two.open, two.help) == (None, True, "chose another step for most items of two films")
    assert three.habit is not None
    assert (three.open, bool(three.help)) == (False, True)
    (again,) = cohort_of_ratings({"a": rated(rating(1, 1, 1), again=rating(2, 2, 2))}).raters
    assert (again.help, again.habit) == ("", None)


def test_raters_lean_drift_and_miss_the_cut_off() -> None:
    group = {
        "high": rated(rating(2, 2, 2), rating(2, 2, 2), rating(2, 2, 2)),
        "level": rated(rating(1, 1, 1), rating(1, 1, 1), rating(1, 1, 1)),
        "blind": rated(*[rating(0, 0, 0, reference=(2, 2, 2))] * 3),
    }
    found = cohort_of_ratings(group)
    people = {one.person: one for one in found.raters}
    assert (people["high"].lean.value, people["high"].lean.above) == (1, True)
    assert people["high"].help
    assert (people["level"].lean.value, people["level"].help) == (0, "")
    assert people["level"].lean.high is not None
    assert people["level"].lean.high > 0.1, "nine ratings that are right make nobody sure"
    assert found.raters[-1].person == "level"
    assert (people["high"].alarms, people["high"].missed) == (["Film 0", "Film 1", "Film 2"], [])
    assert people["blind"].missed == ["Film 0", "Film 1", "Film 2"]
    assert (people["level"].sides.count, people["level"].sides.n) == (0, 3)
    assert people["level"].over == ""
    assert people["level"].drift.value is None


def test_drift_is_of_halves_or_of_films_rated_again() -> None:
    early, late = rating(1, 1, 1), rating(2, 2, 2)
    (halves,) = cohort_of_ratings({"a": rated(*[early] * 4, *[late] * 4)}).raters
    assert (halves.over, halves.drift.value, halves.drift.above) == ("films", 1, True)
    (again,) = cohort_of_ratings({"a": rated(early, again=late)}).raters
    assert (again.over, again.drift.value) == ("again", 1)
    assert again.drift.n == 3


def test_items_have_difficulty_lean_and_discrimination_with_intervals() -> None:
    # Whoever is right on the face is right on the voice; the eyes are rated the other way round, and above.
    keen, weak = rating(1, 2, 1), rating(0, 1, 0)
    group = {f"p{n}": rated(keen if n < 4 else weak) for n in range(8)}
    found = cohort_of_ratings(group)
    items = {one.item: one for one in found.items}
    assert [one.item for one in found.items] == list(ITEMS)
    assert items["face"].difficulty == 0.5
    assert items["face"].off == {-1: 4, 0: 4}
    assert items["eyes"].discrimination.value == pytest.approx(-1)
    assert items["eyes"].discrimination.low is not None
    assert "look at the reference" in items["eyes"].note
    assert (items["face"].lean.value, items["eyes"].lean.value) == (-0.5, 0.5)
    few = cohort_of_ratings({f"p{n}": rated(keen) for n in range(4)})
    assert all(one.discrimination.value is None and not one.note for one in few.items)


def test_a_scale_of_words_has_no_cut_off_and_order_of_people_no_meaning() -> None:
    group = {name: rated(rating(*own, cutoff=None)) for name, own in (("a", (1, 1, 2)), ("b", (0, 1, 1)))}
    there = cohort_of_ratings(group).as_data()
    back = cohort_of_ratings(dict(reversed(group.items()))).as_data()
    assert json.dumps(there) == json.dumps(back)
    assert (there["cutoff"], there["raters"][0]["sides"]["n"]) == (None, 0)
    assert cohort_of_ratings({}).raters == []


QUESTIONS = [
    Question.model_validate({"id": "one", "text": "One?", "choices": [
        {"id": "a", "text": "A.", "right": True}, {"id": "b", "text": "B."}]}),
    Question.model_validate({"id": "two", "text": "Two?", "choices": [
        {"id": "a", "text": "C.", "right": True}, {"id": "b", "text": "D."}]}),
    Question.model_validate({"id": "words", "text": "Why?", "words": 5}),
]  # fmt: skip


def answers(one: bool, two: bool, words: str = "I saw it just so there.") -> AnswersMark:
    made = [
        AnswerMark(question=name, text=f"{name.title()}?", chosen=[right if agrees else wrong], right=[right],
                   agrees=agrees, words="", short=0, says=[])
        for name, agrees, right, wrong in (("one", one, "A.", "B."), ("two", two, "C.", "D."))
    ]  # fmt: skip
    short = max(0, 5 - len(words.split()))
    made.append(AnswerMark(question="words", text="Why?", chosen=[], right=[], agrees=None, words=words, short=short,
                           says=[]))  # fmt: skip
    return AnswersMark(**COMMON, answers=made, right=one + two, asked=2)


def test_questions_have_difficulty_discrimination_and_what_was_chosen() -> None:
    group = {f"p{n}": [answers(False, True), answers(n > 1, n > 1)] for n in range(6)}
    found = cohort_of_answers(group, QUESTIONS)
    one, two, words = found.questions
    assert (one.alike.count, one.alike.n) == (4, 6)
    assert one.difficulty == pytest.approx(1 / 3)
    assert one.discrimination.value == pytest.approx(1)
    assert [(choice.text, choice.right, choice.chosen.count) for choice in two.choices] == [
        ("C.", True, 4), ("D.", False, 2),
    ]  # fmt: skip
    assert (words.choices, words.discrimination.value) == ([], None)
    people = {one.person: one for one in found.answerers}
    assert (people["p0"].right.count, people["p0"].change.value) == (0, -0.5)
    assert (people["p5"].attempts, people["p5"].words, people["p5"].help) == (2, 6, "")
    missing = cohort_of_answers({"a": [answers(True, True, words="")]}, QUESTIONS).answerers[0]
    assert missing.help == "an answer is missing or short"
    turned = cohort_of_answers({f"p{n}": [answers(n < 3, n >= 3)] for n in range(6)}, QUESTIONS)
    assert turned.questions[0].note.endswith("look at the key")
    json.dumps(found.as_data())


def test_answers_to_a_question_that_was_worded_otherwise_are_told_and_not_counted() -> None:
    group = {f"p{n}": [answers(n < 3, True)] for n in range(6)}
    one = cohort_of_answers(group, QUESTIONS).questions[0]
    assert (one.alike.count, one.note) == (3, ""), "half are not most"
    most = cohort_of_answers({f"p{n}": [answers(n < 2, True)] for n in range(6)}, QUESTIONS).questions[0]
    assert most.note.startswith("most choose what the course does not")
    choices = [QUESTIONS[0].choices[0].model_copy(update={"text": "A, said better."}), QUESTIONS[0].choices[1]]
    reworded = QUESTIONS[0].model_copy(update={"choices": choices})
    added = QUESTIONS[1].model_copy(update={"id": "added", "text": "A new one?"})
    one, two, _, new = cohort_of_answers(group, [reworded, *QUESTIONS[1:], added]).questions
    assert (one.otherwise, one.alike.n, one.difficulty) == (6, 0, None)
    assert [(choice.right, choice.chosen.n) for choice in one.choices] == [(True, 0), (False, 0)]
    assert one.note == "6 answered it as it was worded before, and are not counted"
    assert (two.otherwise, two.alike.count, two.difficulty) == (0, 6, 0)
    assert (new.otherwise, new.alike.n, new.difficulty, new.note) == (0, 0, None, "")


def clip(start: int, end: int, **holds: bool) -> ClipMark:
    whole = {"question": True, "pair": True, "named": True, "safe": True} | holds
    return ClipMark(start=start * 1_000_000, end=end * 1_000_000, title="", shows=[], sentence="", **whole)


def chosen(*clips: ClipMark) -> ClipsMark:
    return ClipsMark(**COMMON, clips=list(clips), asked=2, over=0, advice=[])


def test_clips_show_what_they_lack_and_where_they_lie() -> None:
    group = {
        "well": [chosen(clip(2, 8), clip(20, 26))],
        "unsafe": [chosen(clip(2, 8, safe=False), clip(4, 9, named=False))],
    }
    found = cohort_of_clips(group, 30_500_000)
    assert [one.person for one in found.choosers] == ["unsafe", "well"]
    assert (found.choosers[0].unsafe, found.choosers[0].help) == (1, "a clip holds a moment that did not go well")
    assert (found.choosers[1].whole.count, found.choosers[1].whole.n, found.choosers[1].help) == (2, 2, "")
    held = {one.aspect: (one.held.count, one.held.n) for one in found.aspects}
    assert (held["safe"], held["named"], held["pair"]) == ((3, 4), (3, 4), (4, 4))
    assert len(found.spots) == 31
    assert (found.spots[1], found.spots[2], found.spots[8], found.spots[20]) == (0, 1, 0.5, 0.5)
    json.dumps(found.as_data())

"""Ratings, clips, choices and words: each kind's mark is a pure function of what was handed in and its key."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.authoring._attempts import made_up
from vigwidgets.contract import Member, Observation, Tag
from vigwidgets.curriculum import AnswerKey, ChoiceLine, ClipRule, Policy, Question, answer_tag, load_course
from vigwidgets.errors import Refusal
from vigwidgets.grading import (
    ANY_MARK,
    Key,
    Reference,
    beats_named,
    check_points,
    habit_in_short,
    leaning,
    leaning_of,
    mark_answers,
    mark_by_key,
    mark_clips,
    mark_ratings,
    reference_of_panel,
)
from vigwidgets.observations import RATING, new_observation, rating_id
from vigwidgets.schemes import load_scheme, with_clips, without_clips

SECOND = 1_000_000
CAST = [Member(id="mum", role="parent", name="Mum"), Member(id="baby", role="child", name="Sam")]
SCALE = load_scheme("m-adbb")
ITEMS = [lane.id for lane in SCALE.lanes]


def rated(steps: dict[str, int], name: str = "obs-1") -> Observation:
    empty = new_observation("blocks", 60 * SECOND, SCALE.ref, "ann", CAST, name)
    tags = [
        Tag(id=rating_id(item), code=item, actor="baby", target="baby", start=0, end=empty.duration,
            modifiers={RATING: str(step)})
        for item, step in steps.items()
    ]  # fmt: skip
    return empty.model_copy(update={"tags": tags})


def references(steps: dict[str, int]) -> list[Reference]:
    return [Reference(item=item, steps={str(step): 1}, says=f"See {item}.") for item, step in steps.items()]


whole = st.fixed_dictionaries(dict.fromkeys(ITEMS, st.integers(0, 2)))


@given(whole, whole)
def test_ratings_agree_wholly_only_with_themselves_and_either_way_round_alike(
    own: dict[str, int], key: dict[str, int]
) -> None:
    mark = mark_ratings(rated(own), references(key), SCALE, Policy())
    turned = mark_ratings(rated(key), references(own), SCALE, Policy())
    assert mark.measured == pytest.approx(turned.measured)
    assert (mark.measured == 1) is (own == key)
    assert mark.exact == sum(own[item] == key[item] for item in ITEMS)
    assert (mark.total, mark.reference_total) == (sum(own.values()), sum(key.values()))
    assert mark.bias == pytest.approx(-(turned.bias or 0))


@given(whole, st.sampled_from(ITEMS))
def test_one_step_further_off_never_raises_the_figure(key: dict[str, int], item: str) -> None:
    shares = [
        mark_ratings(rated(key | {item: step}), references(key), SCALE, Policy()).measured or 0 for step in range(3)
    ]
    by_distance = sorted(range(3), key=lambda step: abs(step - key[item]))
    assert [shares[step] for step in by_distance] == sorted(shares, reverse=True)


def test_what_is_not_rated_is_said_and_a_milder_eye_is_named() -> None:
    mark = mark_ratings(rated({"face": 0, "eyes": 0}), references(dict.fromkeys(ITEMS, 1)), SCALE, Policy())
    assert mark.total is None
    voice = next(item for item in mark.items if item.item == "voice")
    assert voice.sentence == "Vocalisation: not rated yet; the reference says “possible problem”. See voice."
    assert any("you saw less withdrawal" in sentence for sentence in mark.summary)
    assert mark.bias == -1
    assert "family" in mark.summary[-1]


@pytest.mark.parametrize(("against", "share"), [("consensus", 0.5), ("nearest", 1.0), ("distribution", 2 / 3)])
def test_a_panel_of_ratings_is_its_median_its_nearest_or_all_of_it(against: str, share: float) -> None:
    experts = [rated({"face": step}, f"obs-{n}") for n, step in enumerate((1, 2, 1))]
    (found,) = reference_of_panel(experts, SCALE)
    assert found.steps == {"1": 2, "2": 1}
    policy = Policy.model_validate({"against": against})
    mark = mark_ratings(rated({"face": 2}), [found], SCALE, policy)
    assert mark.items[0].share == pytest.approx(share)


def test_what_an_expert_wrote_is_told_with_the_step_that_it_is_about() -> None:
    def noted(step: int, note: str, name: str) -> Observation:
        made = rated({"face": step}, name)
        return made.model_copy(update={"tags": [made.tags[0].model_copy(update={"note": note})]})

    panel = [noted(1, "A faint smile.", "obs-1"), noted(2, " Nothing at all. ", "obs-2"), noted(1, "", "obs-3")]
    for order in (panel, panel[::-1]):
        found = reference_of_panel(order, SCALE)
        for own, against, says in ((2, "nearest", "Nothing at all."), (2, "consensus", "A faint smile.")):
            mark = mark_ratings(rated({"face": own}), found, SCALE, Policy.model_validate({"against": against}))
            assert mark.items[0].says == says
            assert mark.items[0].sentence.endswith(says)


def test_competencies_have_no_total_and_the_core_ones_are_told_of_and_lower_is_not_milder() -> None:
    scale = load_scheme("sds")
    items = [lane.id for lane in scale.lanes]
    assert len(items) == 13
    key = [Reference(item=item, steps={"settled": 1}) for item in items]
    cast = [Member(id="pia", role="guider", name="Pia")]
    empty = new_observation("blocks", 60 * SECOND, scale.ref, "ann", cast, "obs-sds")
    tags = [
        Tag(id=rating_id(item), code=item, actor="pia", target="pia", start=0, end=empty.duration,
            modifiers={RATING: "growing" if number % 2 else "settled"})
        for number, item in enumerate(items)
    ]  # fmt: skip
    mark = mark_ratings(empty.model_copy(update={"tags": tags}), key, scale, Policy())
    assert (mark.total, mark.reference_total, mark.exact) == (None, None, 7)
    same = sum(bool(lane.core) for number, lane in enumerate(scale.lanes) if number % 2 == 0)
    assert mark.summary[1] == f"Of the six core ones it is the same for {same}."
    habit = leaning_of([mark])
    assert habit is not None
    assert habit.kind == "milder"
    assert "lower than the reference" in habit.sentence
    assert habit_in_short(habit, scale).startswith("lower by")
    assert "milder" in (leaning([0] * 9, [1] * 9) or habit).sentence


def test_a_reference_without_an_item_has_no_total_and_tells_of_no_side_of_the_cut_off() -> None:
    own, key = dict.fromkeys(ITEMS, 0) | {ITEMS[-1]: 2}, dict.fromkeys(ITEMS, 0)
    part = mark_ratings(rated(own), references(key)[:-1], SCALE, Policy())
    assert (part.total, part.reference_total) == (2, None)
    assert not any("cut-off" in sentence for sentence in part.summary)
    all_of_it = mark_ratings(rated(own), references(key), SCALE, Policy())
    assert (all_of_it.total, all_of_it.reference_total) == (2, 0)
    assert any("cut-off: your total is 2, the reference's 0" in sentence for sentence in all_of_it.summary)


def test_a_reference_must_fit_its_scale() -> None:
    with pytest.raises(Refusal, match="which scale 'm-adbb' does not have"):
        mark_ratings(rated({}), [Reference(item="briskness", steps={"1": 1})], SCALE, Policy())
    with pytest.raises(Refusal, match="no rating scale"):
        mark_ratings(rated({}), [], load_scheme("paig"), Policy())


@pytest.fixture
def clip_film(bench: Any) -> Any:
    """An initiative at 10 answered at 12, and one at 30 that is overridden."""
    return bench.film(
        [
            bench.beat("asks", ["initiative.reach"], "baby", 10, 11.5),
            bench.beat("gets", ["3.5"], "mum", 12, 14, answers="asks"),
            bench.beat("again", ["initiative.look"], "baby", 30, 31),
            bench.beat("takes", ["3.5"], "mum", 31, 33, answers="again", not_for_parent=True),
        ]
    )


def chosen(bench: Any, film: Any, *clips: tuple[float, float, str], tags: list[Tag] | None = None) -> Observation:
    empty = bench.observation([], film)
    made = [
        Tag(id=f"clip-{n}", code="clip", actor="baby", target="baby", start=round(start * SECOND),
            end=round(end * SECOND), note=note)
        for n, (start, end, note) in enumerate(clips)
    ]  # fmt: skip
    scheme = with_clips(bench.codebook).ref
    return empty.model_copy(update={"scheme": scheme, "tags": [*(tags or []), *made]})


def test_a_clip_holds_the_triple_focus(bench: Any, clip_film: Any) -> None:
    tags = [bench.tag("initiative", "baby", 10, 11.5), bench.tag("3", "mum", 12, 14)]
    seen = chosen(bench, clip_film, (9.5, 15, "Her words answer him"), tags=tags)
    mark = mark_clips(seen, clip_film, bench.codebook, ClipRule(least=1))
    (clip,) = mark.clips
    assert (clip.question, clip.pair, clip.named, clip.safe) == (True, True, True, True)
    assert mark.measured == 1
    assert clip.shows == ["This is asks.", "This is gets."]
    bare = mark_clips(chosen(bench, clip_film, (9.5, 15, "")), clip_film, bench.codebook, ClipRule(least=1))
    assert bare.measured == pytest.approx(1 / 3)
    assert "Good: it shows an initiative with its response." in bare.clips[0].sentence
    assert mark_clips(seen, clip_film, bench.codebook, ClipRule(least=2)).measured == 0.5


def test_what_is_said_of_clips_begins_with_what_is_well(bench: Any, clip_film: Any) -> None:
    both = chosen(bench, clip_film, (29, 34, "He looks and she takes it"), (9.5, 15, ""))
    first, second, third, *_ = mark_clips(both, clip_film, bench.codebook, ClipRule(least=2)).summary
    assert first == "Your clip at 0:09.5 shows an initiative with its response."
    assert (second, third[:8]) == ("No clips hold the whole triple focus.", "One clip")
    nothing = mark_clips(chosen(bench, clip_film, (40, 46, "")), clip_film, bench.codebook, ClipRule(least=1))
    assert nothing.summary[0] == "You looked for what goes well, and chose one clip."


def test_a_tag_names_one_beat_as_near_as_marking_asks_it_of_clips(bench: Any, clip_film: Any) -> None:
    right, other = bench.tag("initiative", "baby", 10.8, 11.6), bench.tag("2", "mum", 12, 14)
    far = bench.tag("initiative", "baby", 50, 51)
    clip = chosen(bench, clip_film, (29, 34, "")).tags[0]
    for codebook in (bench.codebook, with_clips(bench.codebook)):
        named = beats_named([far, clip, other, right], clip_film.beats, codebook)
        assert [(tag.id, beat.id) for tag, beat in named] == [(right.id, "asks")]
    again = bench.tag("initiative", "baby", 10.1, 11.5)
    assert [tag.id for tag, _ in beats_named([right, again], clip_film.beats, bench.codebook)] == [again.id]


def test_a_failed_moment_in_a_clip_takes_all_of_it(bench: Any, clip_film: Any) -> None:
    seen = chosen(bench, clip_film, (29, 34, "He looks and she takes it"))
    mark = mark_clips(seen, clip_film, bench.codebook, ClipRule(least=1))
    assert mark.clips[0].safe is False
    assert mark.measured == 0
    assert mark.clips[0].sentence.endswith("no parent is shown one. Choose another moment."), "nothing to do about it"
    assert any("moment that did not go well" in sentence for sentence in mark.summary)


def test_the_same_clip_again_too_long_a_one_and_mere_signs_earn_little(bench: Any, clip_film: Any) -> None:
    tags = [bench.tag("initiative", "baby", 10, 11.5), bench.tag("3", "mum", 12, 14)]
    says, rule = "Her words answer him", ClipRule(least=3, most=4)

    def measured(*clips: tuple[float, float, str]) -> float:
        part = mark_clips(chosen(bench, clip_film, *clips, tags=tags), clip_film, bench.codebook, rule).measured
        assert part is not None
        return part

    once = measured((9.5, 15, says))
    assert once == pytest.approx(1 / 3)
    assert measured(*[(9.5, 15, says)] * 3) == measured((9.5, 15, says), (9.4, 16, says)) == once
    assert measured(*[(9.5, 15, says)] * 10) == pytest.approx(1 / 10)
    assert measured((9, 12, says), (9.5, 15, says)) < once, "in film order the first of the two counts"
    assert measured((9.5, 15, ". . .")) == measured((9.5, 15, "")) < once
    safe = clip_film.model_copy(update={"beats": clip_film.beats[:2]})
    whole = mark_clips(chosen(bench, safe, *[(0, 60, says)] * 3, tags=tags), safe, bench.codebook, rule)
    assert whole.measured == pytest.approx(once / 2)
    assert "let it last 5 to 30 s" in whole.clips[0].sentence
    assert whole.clips[1].sentence.endswith("shows most of the same. Choose another moment.")


@pytest.mark.parametrize(
    ("start", "end", "fits"), [(9.9, 14.8, False), (9.9, 14.9, True), (0, 29, True), (0, 30.5, False)]
)
def test_a_clip_that_is_too_short_or_too_long_earns_no_full_part(
    bench: Any, clip_film: Any, start: float, end: float, fits: bool
) -> None:
    safe = clip_film.model_copy(update={"beats": clip_film.beats[:2]})
    tags = [bench.tag("initiative", "baby", 10, 11.5), bench.tag("3", "mum", 12, 14)]
    seen = chosen(bench, safe, (start, end, "Her words answer him"), tags=tags)
    mark = mark_clips(seen, safe, bench.codebook, ClipRule(least=1))
    assert mark.measured == (1 if fits else 0.5)
    assert ("let it last 5 to 30 s" in mark.clips[0].sentence) is not fits


def test_advice_is_what_the_exercise_asks_for(bench: Any, clip_film: Any) -> None:
    two = chosen(bench, clip_film, (9.5, 15, ""), (15, 20, ""))
    assert mark_clips(two, clip_film, bench.codebook, ClipRule(least=2)).advice == []
    said = mark_clips(two, clip_film, bench.codebook, ClipRule(least=3, most=5)).advice
    assert said == ["2 clips so far; three to five make a review."]


def test_clips_beyond_what_a_review_has_time_for_bring_nothing(bench: Any, clip_film: Any) -> None:
    clips = [(9.5, 15, "Her words answer him"), *((start, start + 5.0, "He plays and looks") for start in (15, 20, 35))]
    rule = ClipRule(least=1, most=2)
    mark = mark_clips(chosen(bench, clip_film, *clips), clip_film, bench.codebook, rule)
    assert mark.over == 2
    assert mark.measured == pytest.approx((2 / 3 + 1 / 3) / 4)


def test_half_a_pair_is_none(bench: Any, clip_film: Any) -> None:
    for start, end in ((9.5, 12.2), (12, 15), (11.2, 15), (40, 45)):
        mark = mark_clips(chosen(bench, clip_film, (start, end, "")), clip_film, bench.codebook, ClipRule(least=1))
        assert not mark.clips[0].pair, (start, end)


def test_the_lanes_of_clips_are_added_and_taken_away(bench: Any) -> None:
    more = with_clips(bench.codebook)
    assert more.ref.id == "paig.clips"
    assert [lane.id for lane in more.lanes][-2:] == ["clip", "still"]
    assert without_clips(more) == bench.codebook


QUESTIONS = [
    Question(
        id="one",
        text="Which?",
        choices=[ChoiceLine(id="a", text="This", right=True, says="Yes."), ChoiceLine(id="b", text="That", says="No.")],
    ),
    Question(
        id="two",
        text="Which of them?",
        several=True,
        choices=[ChoiceLine(id=one, text=one.upper(), right=one != "z") for one in "xyz"],
    ),
    Question(id="why", text="Why?", words=5),
]


def answered(given: dict[str, Any]) -> Observation:
    empty = new_observation("blocks", 60 * SECOND, SCALE.ref, "ann", CAST, "obs-1")
    tags = []
    for question in QUESTIONS:
        value = given.get(question.id)
        if value is not None:
            chosen, words = (list(value), "") if question.choices else ([], value)
            tags.append(answer_tag(question, chosen, words, empty))
    return empty.model_copy(update={"tags": tags})


def test_choices_are_right_when_just_the_right_ones_are_chosen() -> None:
    mark = mark_answers(answered({"one": "a", "two": "xy", "why": "Because she waits for him."}), QUESTIONS, None)
    assert (mark.right, mark.asked, mark.measured) == (2, 2, 1.0)
    assert [one.agrees for one in mark.answers] == [True, True, None]
    for wrong in ("x", "xyz", "z", ""):
        assert mark_answers(answered({"two": wrong}), QUESTIONS, None).right == 0
    told = mark_answers(answered({"one": "b"}), QUESTIONS, None).answers[0]
    assert (told.chosen, told.right, told.says) == (["That"], ["This"], ["Yes.", "No."])


def test_words_are_counted_and_read_by_a_person() -> None:
    mark = mark_answers(answered({"why": "She waits."}), QUESTIONS[2:], None)
    assert mark.measured is None
    assert mark.answers[0].short == 3
    assert any("your supervisor reads" in sentence for sentence in mark.summary)


def test_a_key_that_is_kept_apart_goes_before_the_questions() -> None:
    key = AnswerKey(right={"one": ["b"], "two": ["z"]}, says={"one": "Look once more."})
    mark = mark_answers(answered({"one": "b", "two": "z"}), QUESTIONS, key)
    assert mark.right == 2
    assert mark.answers[0].says == ["Look once more."]
    with pytest.raises(Refusal, match="The key of question 'two'"):
        mark_answers(answered({}), QUESTIONS, AnswerKey(right={"one": ["a"]}))


def test_a_choice_that_is_none_is_refused_when_it_is_kept_and_ignored_when_it_is_marked() -> None:
    with pytest.raises(Refusal, match="no choice 'q'"):
        answered({"one": "q"})
    seen = answered({"one": "a"})
    forged = seen.tags[0].model_copy(update={"modifiers": {"a": "yes", "q": "yes", "b": "no"}})
    assert mark_answers(seen.model_copy(update={"tags": [forged]}), QUESTIONS[:1], None).right == 1


def test_points_are_whole_and_within_their_line() -> None:
    rubric = load_course().exercise("my-own-eye").rubric
    typed = {line.id: "2" for line in rubric}
    assert check_points(rubric, typed) == {line.id: 2 for line in rubric}
    for wrong in ("", "4", "-1", "2.5", "two"):
        with pytest.raises(Refusal, match="write a whole number, 0 to 3"):
            check_points(rubric, typed | {rubric[0].id: wrong})


@pytest.mark.parametrize("kind", ["rating", "clips", "mcq"])
def test_every_mark_is_read_back_as_it_was_written(kind: str, bench: Any, clip_film: Any) -> None:
    course = load_course()
    formative = [one for one in course.exercises.values() if one.kind == kind and one.marking == "formative"]
    exercise = next(one for one in formative if kind != "rating" or one.scheme == "m-adbb")
    truth = clip_film.model_copy(update={"film": exercise.film})
    key = Key(truth=truth) if kind != "rating" else Key(references=references(dict.fromkeys(ITEMS, 1)))
    seen = made_up(course, exercise, truth, key, "plausible", 1)
    mark = mark_by_key(seen, exercise, course.codebook(exercise).scheme, key)
    assert ANY_MARK.validate_json(mark.model_dump_json()) == mark
    assert mark == mark_by_key(seen, exercise, course.codebook(exercise).scheme, key), "the same every time"

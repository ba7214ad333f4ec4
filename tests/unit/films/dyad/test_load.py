# ruff: noqa: E501 - tables of faults read best in lines
from __future__ import annotations

import re

import pytest

from tests.pace import within
from vigwidgets.errors import Refusal
from vigwidgets.films.dyad import Script, parse_script, truth_of
from vigwidgets.films.dyad._model import FRAME

WRONG = [
    # what is written, what is put in its place, the line that is named, what is said
    ("does: coo, text: a-goo", "does: cooo, text: a-goo", 13, "did you mean 'coo'?"),
    ("does: coo, text: a-goo", "does: coo", 13, "needs 'text'"),
    ("actor: bo, does: coo", "actor: zoe, does: coo", 13, "'zoe' is not in the cast"),
    ("actor: bo, does: coo", "actor: ana, does: coo", 13, "is for the child"),
    ("start: 1.0, duration: 0.8", "start: 3.9, duration: 0.8", 13, "outside the film, which lasts 4 s"),
    ("start: 1.0, duration: 0.8", "start: 1.0, duration: 9000", 13, "less than or equal to 120"),
    ("start: 1.0, duration: 0.8", "start: .nan, duration: 0.8", 13, "start"),
    ("start: 1.0, duration: 0.8", "start: 1.0, duraton: 0.8", 13, "duration"),
    ("start: 1.0, duration: 0.8", "start: 1.0, duration: 0.8, loud: 3", 13, "'loud' is not a known name"),
    ("target: ana, start: 0.6", "target: moon, start: 0.6", 12, "the target 'moon' is not in the film"),
    ("target: ana, start: 0.6", "target: bo, start: 0.6", 12, "target of their own act"),
    ("0.6 s after coo starts", "0.6 s after cow starts", 14, "there is no act 'cow'"),
    ("0.6 s after coo starts", "in a while", 14, "'in a while' is not a time"),
    ("codes: [initiative.voice]", "codes: [initiative.vioce]", 17, "did you mean 'initiative.voice'?"),
    ("codes: [initiative.voice]", "codes: [initiative.reach]", 17, "do not show 'initiative.reach'"),
    ('"3.4", "3.5"', '"3.4", "3.6"', 18, "do not show '3.6'"),
    ("acts: [smile, words]", "acts: [smile, wrods]", 22, "did you mean 'words'?"),
    ("answers: calls", "answers: nothing", 18, "which is not a beat"),
    ("    answers: calls\n", "", 18, "does not say which"),
    ("role: child", "role: parent", 5, "the cast has 0 children"),
    ("role: child", "role: dragon", 7, "it should be 'child', 'parent'"),
    ("id: bo, role", "id: ana, role", 5, "names two people"),
    ("kind: block, at: 0.5", "kind: block", 9, "needs either"),
    ("duration: 4\n", "duration: 4000\n", 3, "less than or equal to 600"),
    ("title: A small film\n", "", 1, "'title' is missing"),
    ("seed: 3", "poster: 4", 4, "outside the film"),
    ("seed: 3", "poster: when nobody ends", 4, "no act 'nobody'"),
    ("seed: 3", "scheme: none", 4, "There is no scheme 'none'"),
    ("id: words, actor", "id: coo, actor", 15, "two acts are called 'coo'"),
    ("does: smile, start", "does: look_at, target: red, start", 14, "eyes for one thing at a time"),
]


def refusal_of(text: str, old: str, new: str, line: int) -> str:
    """Return the sentence that refuses a script in which something is changed; it names the line."""
    assert text.count(old) == 1
    with pytest.raises(Refusal) as refused:
        parse_script(text.replace(old, new), "small.yaml")
    sentence = str(refused.value)
    assert sentence.startswith(f"small.yaml, line {line}: ")
    return sentence


@pytest.mark.parametrize(("old", "new", "line", "said"), WRONG)
def test_an_error_names_file_line_value_and_what_is_allowed(
    small_text: str, old: str, new: str, line: int, said: str
) -> None:
    sentence = refusal_of(small_text, old, new, line)
    assert said in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b\n", "42"])
def test_what_is_no_script_at_all(text: str) -> None:
    with pytest.raises(Refusal, match="does not hold a film script"):
        parse_script(text, "f.yaml")


def test_a_million_acts_are_refused_fast(small_text: str) -> None:
    act = "  - {actor: bo, does: blink, start: 1, duration: 0.2}\n"
    with within(5):
        for count in (2001, 1_000_000):
            with pytest.raises(Refusal):
                parse_script(small_text.replace("beats:", act * count + "beats:"), "small.yaml")


def test_times_lie_on_frames(film: Script) -> None:
    for one in [*film.acts, *film.beats, *film.open]:
        assert one.start % FRAME == 0
        assert one.end % FRAME == 0
        assert 0 <= one.start < one.end <= film.duration


def test_the_truth_is_the_beats(film: Script) -> None:
    truth = truth_of(film)
    assert truth.film == film.id
    assert {beat.id for beat in truth.beats} == {beat.id for beat in film.beats}
    assert [beat.start for beat in truth.beats] == sorted(beat.start for beat in film.beats)
    assert {member.id for member in truth.cast} == {"ana", "bo"}
    assert truth.open


def test_the_demonstration_films_are_as_the_course_needs_them(film: Script) -> None:
    wanted = {"hello": (20, 28, 5, 8), "blocks": (70, 80, 18, 30)}[film.id]
    assert wanted[0] <= film.duration / 1e6 <= wanted[1]
    assert wanted[2] <= len(film.beats) <= wanted[3]
    assert film.question.endswith("?")
    beats = {beat.id: beat for beat in film.beats}
    for beat in film.beats:
        if beat.answers and any(re.match(r"3(\.|$)", code) for code in beat.codes):
            assert 0.3e6 <= beat.start - beats[beat.answers].start <= 1.9e6, beat.id


def test_one_wish_is_overlooked_and_then_repaired(blocks: Script) -> None:
    failed = [beat for beat in blocks.beats if beat.not_for_parent]
    assert len(failed) == 1
    repaired = next(beat for beat in blocks.beats if beat.id == "repairs")
    assert 0 < repaired.start - failed[0].end < 6e6


SAID = [
    ("start: 1.0, duration: 0.8", "start: -3, duration: 0.8", 13, "`start` of 'coo' is -3; allowed is 0 or more."),
    ("start: 1.0, duration: 0.8", "start: 601, duration: 0.8", 13, "`start` of 'coo' is 601; it should be less than"),
    ("start: 1.0, duration: 0.8", "start: 1.0, duration: 0", 13, "`duration` of 'coo' is 0; allowed is more than 0."),
    ("start: 1.0, duration: 0.8", "start: [1], duration: 0.8", 13, "`start` of 'coo' is [1]; it should be a valid"),
    ("id: coo, actor", "id: no, actor", 13, "`id` is False: so YAML reads yes, no, on, off"),
    ("codes: [initiative.voice]", "codes: [5]", 17, '`codes` of \'calls\' is 5, a number, where a text belongs; put it in quotes: "5".'),
    ("id: small\n", "id: a film\n", 1, "id is 'a film'; allowed are letters, digits"),
    ("title: A small film", "title: " + "x" * 201, 2, "title has 201 characters; allowed are 200 at most."),
    ("title: A small film", "title: ''", 2, "title is empty; write something."),
    ("  - {id: ana, role: parent, name: Ana}\n", "", 5, "cast has 1 items; it needs 2 or more."),
    ("\n  - {id: red", "\n\t- {id: red", 9, "correct that line: it has a tab, and YAML takes blanks only."),
    ("\n  - {id: red", "\n\u00a0 - {id: red", 9, "it has a no-break space"),
    ('"Hello & welcome!"', "“Hello & welcome!”", 15, "begins with a typographic quote, which would be shown; write straight"),
    ('"Hello & welcome!"', "“Hello, welcome!”", 15, "stands alone; typographic quotes (“ ”) are letters to YAML"),
    ('"Hello & welcome!"', "“Hello: you!”", 15, "has typographic quotes (“), which are letters to YAML"),
    ("0.6 s after coo starts", "0.6 s after smile ends", 14, "'smile' waits for itself; give it a time in seconds"),
    ("codes: [initiative.voice]", "codes: [initiative.voice], to: 9", 17, "beat 'calls' lasts from 1 to 9 s, outside the film"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "said"), SAID)
def test_a_sentence_is_the_author_s_and_not_a_library_s(
    small_text: str, old: str, new: str, line: int, said: str
) -> None:
    sentence = refusal_of(small_text, old, new, line)
    assert said in sentence
    assert not re.search(r"constrained|validation|cannot start any token\)\.$", sentence)


def test_no_acts_at_all_and_too_many_are_told_plainly(small_text: str) -> None:
    none = re.sub(r"acts:\n(  - .*\n)+beats:", "acts: []\nbeats:", small_text)
    with pytest.raises(Refusal, match="line 10: acts has 0 items; it needs 1 or more"):
        parse_script(none, "small.yaml")
    act = "  - {actor: bo, does: blink, start: 1, duration: 0.2}\n"
    with pytest.raises(Refusal, match="line 10: there are 2006 acts; a film has 2000 at most"):
        parse_script(small_text.replace("beats:", act * 2001 + "beats:"), "small.yaml")

"""What a group's answers say: which questions are hard, which divide, and what was chosen in place of what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from vigwidgets.agreement import proportion
from vigwidgets.curriculum import Question
from vigwidgets.grading._answers import AnswerMark, AnswersMark
from vigwidgets.grading._lean import FEW_PEOPLE, Interval, goes_with
from vigwidgets.grading._mark import Share
from vigwidgets.grading._progress import change_of

__all__ = ["Answerer", "AnswersCohort", "Asked", "Chosen", "cohort_of_answers"]

_EASY, _HARD = 0.9, 0.3


@dataclass(frozen=True)
class Answerer:
    """One person of the group.

    Attributes:
        person: Their id.
        attempts: How many marked attempts they made.
        right: Of the questions with choices, how many they answered as the course does, in the newest.
        change: By how much that share changed since the first; no value after one.
        written: Of the questions in words, how many they answered.
        words: How many words they wrote.
        short: How many of these answers are shorter than was asked.
        help: Why they may want a hand, in a few words; empty: nothing speaks for it.
    """

    person: str
    attempts: int
    right: Share
    change: Interval
    written: Share
    words: int
    short: int
    help: str


@dataclass(frozen=True)
class Chosen:
    """One choice: whether it is right, and how many chose it."""

    text: str
    right: bool
    chosen: Share


@dataclass(frozen=True)
class Asked:
    """One question.

    Attributes:
        question: Its id.
        text: What is asked.
        alike: How many chose just what the course does; of a question in words, how many answered it.
        discrimination: How that goes with the other questions with choices; no value for a question in words.
        choices: The choices, in the exercise's order; none for a question in words.
        otherwise: How many answered the question as it was worded before; they are not counted.
        note: What an author or supervisor should know, in a few words; empty: nothing.
    """

    question: str
    text: str
    alike: Share
    discrimination: Interval
    choices: list[Chosen]
    otherwise: int
    note: str

    @property
    def difficulty(self) -> float | None:
        """The part of the people who did not answer it as the course does, 0 to 1; None: nobody was asked."""
        return None if self.alike.value is None else 1 - self.alike.value


@dataclass(frozen=True)
class AnswersCohort:
    """What a group's answers say: the people, those first who may want a hand, and the questions in their order."""

    people: int
    answerers: list[Answerer]
    questions: list[Asked]

    def as_data(self) -> dict[str, Any]:
        """Return it as data for JSON."""
        return {
            "people": self.people,
            "answerers": [
                {**asdict(one), "right": one.right.model_dump(), "written": one.written.model_dump()}
                for one in self.answerers
            ],
            "questions": [
                {**asdict(one), "alike": one.alike.model_dump(), "difficulty": one.difficulty,
                 "choices": [{**asdict(choice), "chosen": choice.chosen.model_dump()} for choice in one.choices]}
                for one in self.questions
            ],
        }  # fmt: skip


def cohort_of_answers(marks: Mapping[str, Sequence[AnswersMark]], questions: Sequence[Question]) -> AnswersCohort:
    """Return what a group's answers say: each person's newest attempt, and the change since their first.

    Args:
        marks: For each person the marks of their attempts, by time.
        questions: What the exercise asks.
    """
    there = {person: own for person, own in sorted(marks.items()) if own}
    answerers = [_answerer(person, own) for person, own in there.items()]
    answerers.sort(key=lambda one: (not one.help, one.right.value or 0.0, one.person))
    newest = [own[-1] for own in there.values()]
    return AnswersCohort(len(there), answerers, [_asked(question, newest) for question in questions])


def _right(mark: AnswersMark) -> Share:
    return Share.of(proportion(mark.right, mark.asked))


def _answerer(person: str, own: Sequence[AnswersMark]) -> Answerer:
    right, first = _right(own[-1]), _right(own[0])
    written = [one for one in own[-1].answers if one.agrees is None]
    change = Interval(None, None, None, 0)
    if len(own) > 1 and right.n and first.n:
        change = Interval(*change_of(first, right), right.n)
    return Answerer(
        person=person,
        attempts=len(own),
        right=right,
        change=change,
        written=Share.of(proportion(sum(bool(one.words) for one in written), len(written))),
        words=sum(len(one.words.split()) for one in written),
        short=sum(one.short > 0 for one in written),
        help=_help(right, change, written),
    )


def _help(right: Share, change: Interval, written: Sequence[AnswerMark]) -> str:
    if right.high is not None and right.high < 1 / 2:
        return "answers fewer than half as the course does"
    if change.below:
        return "answers fewer than at first"
    return "an answer is missing or short" if any(one.short or not one.words for one in written) else ""


def _asked(question: Question, marks: Sequence[AnswersMark]) -> Asked:
    asked = [(mark, one) for mark in marks for one in mark.answers if one.question == question.id]
    if not question.choices:
        done = Share.of(proportion(sum(bool(one.words) for _, one in asked), len(asked)))
        return Asked(question.id, question.text, done, Interval(None, None, None, 0), [], 0, "read, not counted")
    given = [(mark, one) for mark, one in asked if _is_worded_so(one, question)]
    otherwise = len(asked) - len(given)
    alike = [one.agrees is True for _, one in given]
    rest = [(mark.right - (one.agrees is True)) / max(1, mark.asked - 1) for mark, one in given]
    share = Share.of(proportion(sum(alike), len(alike)))
    tells = goes_with([float(one) for one in alike], rest)
    choices = [
        Chosen(
            choice.text,
            any(choice.text in one.right for _, one in given) if given else choice.right,
            Share.of(proportion(sum(choice.text in one.chosen for _, one in given), len(given))),
        )
        for choice in question.choices
    ]
    return Asked(question.id, question.text, share, tells, choices, otherwise, _note(share, tells, choices, otherwise))


def _is_worded_so(answer: AnswerMark, question: Question) -> bool:
    """Tell whether an answer is to a question as it is worded now; marks keep words, which is all that is compared."""
    return answer.text == question.text and {*answer.chosen, *answer.right} <= {one.text for one in question.choices}


def _note(alike: Share, tells: Interval, choices: Sequence[Chosen], otherwise: int) -> str:
    before = f"{otherwise} answered it as it was worded before, and are not counted" if otherwise else ""
    return "; ".join(one for one in (_about_question(alike, tells, choices), before) if one)


def _about_question(alike: Share, tells: Interval, choices: Sequence[Chosen]) -> str:
    if alike.n < FEW_PEOPLE:
        return ""
    if tells.below:
        return "answered by those who answer less elsewhere: look at the key"
    if any(not one.right and one.chosen.count * 2 > one.chosen.n for one in choices):
        return "most choose what the course does not: look at the key, or talk it over"
    if alike.high is not None and alike.high < _HARD:
        return "hardly anybody answers as the course does"
    return "nearly everybody answers as the course does" if (alike.value or 0) > _EASY else ""

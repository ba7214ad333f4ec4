"""What the grading notebooks of ratings, clips and answers show: each function makes one part from a case.

Like `vigwidgets.grading.report`, which is about tags: everything that a person wrote is escaped.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

import pandas as pd

from vigwidgets.dates import day_and_time, zone_name
from vigwidgets.errors import Refusal
from vigwidgets.grading._answers import AnswersMark
from vigwidgets.grading._case import Case
from vigwidgets.grading._clips import ClipsMark
from vigwidgets.grading._rating import RatingMark
from vigwidgets.grading._words import clock
from vigwidgets.grading.report import Part, Table
from vigwidgets.resources import resource_path

__all__ = ["answers", "clips", "closing", "heading", "items", "load", "whole"]


def load(kind: str, source: str | None = None) -> Case:
    """Read the case to report on.

    Args:
        kind: The kind of exercise that the notebook is for.
        source: The case's file; None: the small example of that kind.

    Raises:
        Refusal: The file is not there, is no case, or is one of another kind.
    """
    case = Case.read(resource_path(f"notebooks/grading-{kind}.example.json") if source is None else Path(source))
    if case.exercise.kind != kind:
        raise Refusal(f"This notebook is for {kind!r} and the case is of kind {case.exercise.kind!r}; open its own.")
    return case


def _paragraphs(sentences: list[str]) -> Part:
    return Part("".join(f"<p>{escape(sentence)}</p>" for sentence in sentences), "\n".join(sentences))


def heading(case: Case) -> Part:
    """Return the title, what it is about, and the opening sentences, strengths first."""
    when = f"{day_and_time(case.handed_in_at)} ({zone_name()})"
    about = f"{case.film_title} · handed in {when} · version {case.exercise.version}"
    sentences = case.mark.summary[:-1]
    html = f"<h1>{escape(case.exercise.title)}</h1><p class='quiet'>{escape(about)}</p>"
    html += "".join(f"<p class='lead'>{escape(sentence)}</p>" for sentence in sentences)
    return Part(html, "\n".join([case.exercise.title, about, *sentences]))


def items(case: Case) -> Part:
    """Return each item of a scale with both ratings, a row each."""
    mark = case.mark
    if not isinstance(mark, RatingMark):
        return _paragraphs(["Nothing was rated here."])
    steps = _steps(case)
    rows = [
        {
            "item": one.label,
            "yours": "–" if one.own is None else steps.get(one.own, one.own),
            "reference": steps.get(one.reference, one.reference),
            "steps apart": "–" if one.off is None else f"{one.off:+d}" if one.off else "0",
            "moments kept": one.evidence,
            "what shows it": one.says,
        }
        for one in mark.items
    ]
    return Table(pd.DataFrame(rows))


def _steps(case: Case) -> dict[str, str]:
    """Return how a step is written, by its id: its number, or its word on a scale of words."""
    steps = case.scheme.scale.steps if case.scheme.scale else []
    return {step.id: step.label["en"] if step.value is None else str(step.value) for step in steps}


def _of_words(case: Case) -> bool:
    scale = case.scheme.scale
    return scale is not None and all(step.value is None for step in scale.steps)


def whole(case: Case) -> Part:
    """Return the figures of the whole, with what they do not say."""
    mark = case.mark
    if isinstance(mark, RatingMark):
        bias = "none" if mark.bias is None else f"{mark.bias:+.2f} steps"
        totals = f"Totals: yours {_or_none(mark.total)}, the reference's {_or_none(mark.reference_total)}."
        totals = "This scale has words and no total; talk them over." if _of_words(case) else totals
        return _paragraphs(
            [
                f"The same step for {mark.exact} of {len(mark.items)} items, one step off for {mark.near}.",
                f"Mean agreement {mark.measured or 0:.2f} (1: always the same step). Lean: {bias}.",
                totals,
                "One film says little about anybody's eye; the set of ratings says more.",
            ]
        )
    measured = mark.measured
    return _paragraphs(["Nothing here is counted." if measured is None else f"Reached: {measured:.2f} of 1."])


def _or_none(total: int | None) -> str:
    return "–" if total is None else str(total)


def clips(case: Case) -> Part:
    """Return each clip with what it holds of the triple focus, a row each."""
    mark = case.mark
    if not isinstance(mark, ClipsMark) or not mark.clips:
        return _paragraphs(["No clip was chosen."])
    rows = [
        {
            "when": f"{clock(one.start)} to {clock(one.end)}",
            "title": one.title,
            "for the question": _yes(one.question),
            "initiative and response": _yes(one.pair),
            "both tagged": _yes(one.named),
            "may be shown": _yes(one.safe),
            "in words": one.sentence,
        }
        for one in mark.clips
    ]
    return Table(pd.DataFrame(rows), " ".join(mark.advice))


def _yes(there: bool) -> str:
    return "yes" if there else "not yet"


def answers(case: Case) -> Part:
    """Return each question with its answer, a row each."""
    mark = case.mark
    if not isinstance(mark, AnswersMark):
        return _paragraphs(["Nothing was asked here."])
    rows = [
        {
            "question": one.text,
            "answer": one.words or "; ".join(one.chosen) or "–",
            "as the course sees it": "a supervisor reads it" if one.agrees is None else _yes(one.agrees),
            "more": " ".join(one.says),
        }
        for one in mark.answers
    ]
    return Table(pd.DataFrame(rows))


def closing(case: Case) -> Part:
    """Return what the figures are not."""
    return _paragraphs(case.mark.summary[-1:])

"""Questions in a notebook: the film above, an answer below each question, all kept in a file beside the notebook."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from ipywidgets import HTML, Checkbox, Layout, RadioButtons, Textarea, VBox

from vigwidgets.contract import Drop, Edit, Observation, Put
from vigwidgets.curriculum import Exercise, Question, answer_id, answer_tag, answers_in, plain_text
from vigwidgets.errors import Refusal
from vigwidgets.films import FilmLibrary
from vigwidgets.observations import ObservationFile, new_id, new_observation
from vigwidgets.places import data_directory
from vigwidgets.schemes import Codebook
from vigwidgets.widgets import Player

__all__ = ["QuestionSheet"]

_WIDE = Layout(width="auto")


class QuestionSheet(VBox):  # type: ignore[misc]
    """An exercise of kind ``mcq`` or ``reflection``, to be answered in a notebook.

    Each answer is written to ``<exercise>.observation.json`` in the working directory as it is given, and is there
    again when the sheet is opened again.

    Args:
        exercise: The exercise.
        codebook: Under which its answers are kept, as its course says.

    Raises:
        Refusal: Its film is not in the data directory, or the file holds something else.
    """

    def __init__(self, exercise: Exercise, codebook: Codebook) -> None:
        film = FilmLibrary(data_directory()).get(exercise.film)
        empty = new_observation(film.id, film.duration, codebook.ref, "me", list(film.cast))
        self._file = ObservationFile(Path(f"{exercise.id}.observation.json"), empty, codebook)
        self._said, self._asked = HTML(), len(exercise.questions)
        given = answers_in(self._file.observation)
        parts = [self._part(question, *given.get(question.id, (frozenset(), ""))) for question in exercise.questions]
        super().__init__([Player(exercise.film), HTML(_paragraph(plain_text(exercise.task))), *parts, self._said])
        self._tell("")

    @property
    def observation(self) -> Observation:
        """What has been answered so far."""
        return self._file.observation

    def _part(self, question: Question, chosen: frozenset[str], words: str) -> VBox:
        """Return a question with what it is answered by; an answer is kept as it changes."""
        asked = HTML(_paragraph(plain_text(question.text), bold=True))
        fields, read = _fields(question, chosen, words)
        for field in fields:
            field.observe(lambda _change: self._keep(question, *read()), names="value")
        return VBox([asked, *fields])

    def _keep(self, question: Question, chosen: list[str], words: str) -> None:
        observation = self._file.observation
        answered = bool(chosen or words.strip())
        was = any(tag.id == answer_id(question.id) for tag in observation.tags)
        if not answered and not was:
            return
        try:
            tag = answer_tag(question, chosen, words, observation)
            change = Put(tag=tag) if answered else Drop(id=tag.id)
            self._file.apply(Edit(id=new_id("edit"), changes=[change]))
        except Refusal as refused:
            self._tell(str(refused))
        else:
            self._tell("")

    def _tell(self, trouble: str) -> None:
        given = len(answers_in(self._file.observation))
        says = trouble or f"{given} of {self._asked} answered, kept in {self._file.path.name}."
        self._said.value = f"<p role='status'>{escape(says)}</p>"


def _fields(
    question: Question, chosen: frozenset[str], words: str
) -> tuple[list[Any], Callable[[], tuple[list[str], str]]]:
    """Return the fields of a question, and what reads the choices and the words that stand in them."""
    if not question.choices:
        hint = f"{question.words} words or more" if question.words else ""
        field = Textarea(words, placeholder=hint, continuous_update=False, layout=_WIDE)
        return [field], lambda: ([], field.value)
    if question.several:
        boxes = {
            one.id: Checkbox(one.id in chosen, description=one.text, indent=False, layout=_WIDE)
            for one in question.choices
        }
        return list(boxes.values()), lambda: ([name for name, box in boxes.items() if box.value], "")
    first = next((one.id for one in question.choices if one.id in chosen), None)
    radio = RadioButtons(options=[(one.text, one.id) for one in question.choices], value=first, layout=_WIDE)
    return [radio], lambda: ([radio.value] if radio.value is not None else [], "")


def _paragraph(text: str, *, bold: bool = False) -> str:
    body = "<br>".join(escape(line) for line in text.strip().splitlines())
    return f"<p><b>{body}</b></p>" if bold else f"<p>{body}</p>"

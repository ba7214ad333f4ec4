"""What the thin notebooks call: open an exercise, wherever the notebook runs, and say what it holds.

`open_landscape` lays what was seen in a film out in space, beside the film.

```python
from vigwidgets.notebook import open_exercise

bench = open_exercise("first-look")
bench
```

On a page of the service the kernel is told whose page it is in its environment, and the page keeps film and tags.
In JupyterLab, and anywhere else, the film comes from the data directory and the tags go into a file beside the
notebook.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from vigwidgets.curriculum import Exercise, Sheet, load_course, plain_text
from vigwidgets.errors import Refusal
from vigwidgets.films import FilmLibrary
from vigwidgets.notebook._questions import QuestionSheet
from vigwidgets.observations import parse_observation
from vigwidgets.places import data_directory
from vigwidgets.widgets import Player, RatingSheet, Tagger, Workbench

if TYPE_CHECKING:
    from ipywidgets import DOMWidget

    from vigwidgets.contract import Observation
    from vigwidgets.grading import Landscape
    from vigwidgets.schemes import Codebook

__all__ = ["LANDSCAPE", "QuestionSheet", "describe", "open_exercise", "open_landscape"]

LANDSCAPE = "VIG_LANDSCAPE"
"""Where the kernel of a landscape's page is told what to draw: {"film", "scheme", "lands"} as JSON, and no more."""

_SECOND = 1_000_000


def open_exercise(exercise: str) -> Tagger | QuestionSheet:
    """Return the exercise as a widget.

    Args:
        exercise: The id of an exercise of the course.

    Raises:
        Refusal: There is no such exercise, or its film is not in the data directory.
    """
    # A page's kernel does what the service told it, whatever stands in the notebook.
    if observation := os.environ.get("VIG_OBSERVATION"):
        return Workbench(scheme=os.environ["VIG_SCHEME"], observation=observation)
    course = load_course()
    found = course.exercise(exercise)
    if found.questions:
        return QuestionSheet(found, course.codebook(found))
    if found.kind == "rating":
        sheet = found.sheet or Sheet()
        name = f"{found.id}.observation.json"
        return RatingSheet(found.film, found.scheme, first_look=sheet.look, total=sheet.total, file=name)
    return Workbench(
        found.film,
        found.scheme,
        question=found.helping_question or "",
        task=plain_text(found.task),
        file=f"{found.id}.observation.json",
    )


def describe(exercise: str) -> str:
    """Say in a line how long an exercise and its film are.

    Args:
        exercise: The id of an exercise of the course.

    Raises:
        Refusal: There is no such exercise, or its film is not in the data directory.
    """
    found = load_course().exercise(os.environ.get("VIG_EXERCISE") or exercise)
    film = FilmLibrary(data_directory()).get(found.film)
    return (
        f"{found.title}: {found.minutes} minutes. Film “{film.title}”: {film.frames} frames in "
        f"{film.duration / _SECOND:.2f} seconds."
    )


def open_landscape(exercise: str, observation: str | os.PathLike[str] | None = None) -> DOMWidget:
    """Return the film of an exercise with its interaction landscape: turn it, and choose a point to play it.

    It is only to look at: no path is better than another.

    Args:
        exercise: The id of an exercise of the course.
        observation: The file of what somebody tagged, such as ``first-look.observation.json``; without one, what the
            expert saw.

    Raises:
        Refusal: There is no such exercise, film or file; or the expert's moments are not for this page.
    """
    from ipywidgets import HTML, VBox  # noqa: PLC0415 - only a landscape needs these

    from vigwidgets.grading.scene import landscape_figure  # noqa: PLC0415 - WebGL's whole machinery

    if told := os.environ.get(LANDSCAPE):
        return _on_page(told)
    found, course = load_course().exercise(exercise), load_course()
    codebook = course.codebook(found)
    land = _landscape_of(found, codebook, observation)
    player = Player(found.film)
    figure = landscape_figure([land], lambda visit: player.play(visit.start / _SECOND, visit.end / _SECOND))
    sides = (("The grown-up, from one side to the other", land.adults), ("The child, likewise", land.children))
    legend = "".join(f"<li>{side}: {', '.join(land.label(state, codebook) for state in of)}</li>" for side, of in sides)
    return VBox([player, figure, HTML(f"<ul>{legend}<li>Time rises.</li></ul>")])


def _on_page(told: str) -> DOMWidget:
    """Return the figure of a page of the service, which has the film, and shows the link to that film first."""
    from IPython.display import display  # noqa: PLC0415

    from vigwidgets.grading import landscape_from  # noqa: PLC0415
    from vigwidgets.grading.scene import landscape_figure  # noqa: PLC0415

    page = json.loads(told)
    film = Workbench(scheme=page["scheme"], observation=page["film"])
    display(film)  # type: ignore[no-untyped-call]
    lands = [landscape_from(land) for land in page["lands"]]
    return landscape_figure(lands, lambda visit: film.play(visit.start / _SECOND, visit.end / _SECOND))


def _landscape_of(exercise: Exercise, codebook: Codebook, path: str | os.PathLike[str] | None) -> Landscape:
    from vigwidgets.grading import landscape_of  # noqa: PLC0415 - numpy and more

    library = FilmLibrary(data_directory())
    film = library.get(exercise.film)
    if path is not None:
        return landscape_of(_observation(Path(path)).tags, film.cast, codebook, film.duration)
    truth = library.truth(exercise.film)
    if truth is None or exercise.marking == "summative":
        raise Refusal(
            f"What the expert saw in {exercise.film!r} is not for this page; give the file of your own observation."
        )
    return landscape_of(truth.beats, film.cast, codebook, film.duration)


def _observation(path: Path) -> Observation:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no JSON"
        raise Refusal(f"{path.name} could not be read ({why}); choose the file of an observation.") from None
    return parse_observation(data, path.name)

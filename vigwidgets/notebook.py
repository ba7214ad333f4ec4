"""What the thin notebooks call: open an exercise, wherever the notebook runs, and say what it holds.

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

import os

from vigwidgets.curriculum import Sheet, load_course, plain_text
from vigwidgets.errors import Refusal
from vigwidgets.films import FilmLibrary
from vigwidgets.places import data_directory
from vigwidgets.widgets import RatingSheet, Tagger, Workbench

__all__ = ["describe", "open_exercise"]

_SECOND = 1_000_000


def open_exercise(exercise: str) -> Tagger:
    """Return the exercise as a widget.

    Args:
        exercise: The id of an exercise of the course.

    Raises:
        Refusal: There is no such exercise, it asks questions, or its film is not in the data directory.
    """
    # A page's kernel does what the service told it, whatever stands in the notebook.
    if observation := os.environ.get("VIG_OBSERVATION"):
        return Workbench(scheme=os.environ["VIG_SCHEME"], observation=observation)
    found = load_course().exercise(exercise)
    if found.questions:
        raise Refusal(f"“{found.title}” asks questions, which are answered on its page of the service; open it there.")
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

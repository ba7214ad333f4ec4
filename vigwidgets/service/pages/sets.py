"""A set of ratings: see, practise, rate blind, and read how reliable one's eye is, from several sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from vigwidgets.contract import Film, Step
from vigwidgets.curriculum import Exercise, RatingSet
from vigwidgets.errors import Refusal
from vigwidgets.grading import FilmRatings, RatingMark, Reliability, mark_of, references_in, reliability, standing_of
from vigwidgets.records import Attempt, Person
from vigwidgets.service.base import Missing, VigHandler
from vigwidgets.service.films import FilmFiles, film_files
from vigwidgets.service.pages.render import markdown
from vigwidgets.service.release import marks_blind, withheld
from vigwidgets.service.state import ServiceState
from vigwidgets.service.whole import open_items

__all__ = ["SET_ROUTES", "SetPage", "rated_films", "set_page"]


@dataclass(frozen=True)
class Rated:
    """An item of a film that is rated already."""

    label: str
    step: str
    says: str


@dataclass(frozen=True)
class Seen:
    """A film that is shown with its reference."""

    film: Film | None
    files: FilmFiles | None
    name: str
    items: list[Rated]


@dataclass(frozen=True)
class Line:
    """One film to rate."""

    title: str
    path: str
    says: str
    done: bool


@dataclass(frozen=True)
class SetPage:
    """All that the page says; ``report`` is None until it may be read, and ``waits`` says for what."""

    title: str
    who: str
    about: Any
    content_note: str
    minutes: int
    see: list[Seen]
    practise: list[Line]
    blind: list[Line]
    report: Reliability | None
    waits: str


def set_page(found: RatingSet, person: Person, state: ServiceState, *, own: bool) -> SetPage:
    """Return a set as somebody sees it.

    Args:
        found: The set.
        person: Whose ratings.
        state: The service.
        own: Whether that person reads; else a supervisor does.
    """
    attempts = {name: state.records.attempts(name, person.id) for name in found.exercises}
    whole = _whole(found, attempts, state)
    report, waits = _report(found, person, whole, state, own)

    def line(name: str) -> Line:
        exercise = state.course.exercise(name)
        if not own and _hides(name, attempts[name], state):
            return Line(exercise.title, "", "Marked blind", False)
        return _line(exercise, attempts[name], whole[name], own)

    return SetPage(
        title=found.title,
        who="" if own else person.name,
        about=markdown(found.about),
        content_note=found.content_note or "",
        minutes=found.minutes,
        see=[_seen(film, found, state) for film in found.see],
        practise=[line(name) for name in found.practise],
        blind=[line(name) for name in found.blind],
        report=report,
        waits=waits,
    )


def _hides(exercise: str, attempts: list[Attempt], state: ServiceState) -> bool:
    """Tell whether a supervisor must not know what a person did in an exercise; the same before they did anything."""
    told = [one for one in attempts if not standing_of(one, state.records, state.course).blind]
    return marks_blind(state.course.exercises.get(exercise)) and (not told or len(told) < len(attempts))


def _seen(film: str, found: RatingSet, state: ServiceState) -> Seen:
    shown = Exercise(
        id="see", version="1", title="See", kind="rating", film=film, scheme=found.scheme, minutes=1,
        marking="formative", task="See.",
    )  # fmt: skip
    codebook = state.course.codebook(shown)
    scale = codebook.scheme.scale
    steps = {step.id: step.label["en"] for step in scale.steps} if scale else {}
    try:
        about = state.library.get(film)
        files, lines = film_files(state, about), references_in(shown, state.library)
    except Refusal:
        return Seen(None, None, film, [])
    items = [
        Rated(codebook.code(one.item).label["en"], steps.get(next(iter(one.steps)), ""), one.says) for one in lines
    ]
    return Seen(about, files, about.title, items)


def _whole(found: RatingSet, attempts: dict[str, list[Attempt]], state: ServiceState) -> dict[str, list[Attempt]]:
    """Return those attempts in which every item was rated: a sheet with open items is no first rating."""
    codebook = state.course.codebooks[found.scheme]
    return {name: [one for one in made if not open_items(one.observation, codebook)] for name, made in attempts.items()}


def _line(exercise: Exercise, attempts: list[Attempt], whole: list[Attempt], own: bool) -> Line:
    if whole:
        return Line(exercise.title, f"attempts/{whole[-1].id}", "Rated", True)
    if attempts:
        again = f"exercises/{exercise.id}?again=1" if own and exercise.may_follow(len(attempts)) else ""
        says = "Not rated whole; rate it once more" if again else "Not rated whole"
        return Line(exercise.title, again or f"attempts/{attempts[-1].id}", says, False)
    return Line(exercise.title, f"exercises/{exercise.id}" if own else "", "Not rated yet", False)


def _report(
    found: RatingSet, person: Person, attempts: dict[str, list[Attempt]], state: ServiceState, own: bool
) -> tuple[Reliability | None, str]:
    left = [name for name in found.blind if not attempts[name]]
    if left and own:
        n = len(left)
        return None, f"It comes when the last film is rated; {n} {'is' if n == 1 else 'are'} still ahead of you."
    if not own and any(_hides(name, attempts[name], state) for name in found.blind):
        return None, "These films are marked blind; it comes when all have judged."
    reader = person if own else None
    all_of_them = [one for name in found.blind for one in attempts[name]]
    if own and any(withheld(one, reader, state.course, state.records) for one in all_of_them):
        return None, "All films are rated. Your supervisor releases what comes of it, and you will find it here."
    codebook = state.course.codebooks[found.scheme]
    scale = codebook.scheme.scale
    films = rated_films(found, attempts, state)
    items = {lane.id: lane.label["en"] for lane in codebook.lanes}
    steps = len(scale.steps) if scale else 0
    return reliability(films, items, steps, scale.cutoff if scale else None), ""


def rated_films(found: RatingSet, attempts: dict[str, list[Attempt]], state: ServiceState) -> list[FilmRatings]:
    """Return the blind films with both ratings: the first whole one of each, and the latest beside it.

    Args:
        found: The set.
        attempts: One person's attempts at each exercise, oldest first.
        state: Where their marks are.
    """
    scale = state.course.codebooks[found.scheme].scheme.scale
    steps = {step.id: _number(place, step) for place, step in enumerate(scale.steps)} if scale else {}
    films = []
    for name in found.blind:
        whole = [one for one in attempts[name] if not open_items(one.observation, state.course.codebooks[found.scheme])]
        marks = [(one, mark) for one in whole if (mark := _mark(one, state)) is not None]
        if marks:
            (first, mark), (_, last) = marks[0], marks[-1]
            films.append(
                FilmRatings(
                    film=state.course.exercise(name).title,
                    own=_own(mark, steps),
                    reference={item.item: steps[item.reference] for item in mark.items},
                    rated_at=first.handed_in_at,
                    again=_own(last, steps) if len(marks) > 1 else {},
                )
            )
    return films


def _number(place: int, step: Step) -> int:
    return place if step.value is None else step.value


def _own(mark: RatingMark, steps: dict[str, int]) -> dict[str, int]:
    return {item.item: steps[item.own] for item in mark.items if item.own is not None}


def _mark(attempt: Attempt, state: ServiceState) -> RatingMark | None:
    try:
        mark = mark_of(state.records.mark(attempt.id))
    except Refusal:
        return None
    return mark if isinstance(mark, RatingMark) else None


class SetHandler(VigHandler):
    """``/sets/<id>``; a supervisor reads another's with ``?person=<id>``."""

    actions: ClassVar = {"get": "learning.read"}

    async def get(self, set_id: str) -> None:
        """Show the set, and what came of it when it is done."""
        asked = self.get_query_argument("person", "")
        own = not asked or (self.person is not None and asked == self.person.id)
        if not own:
            self.require("marking.read")
        view = await self.state.read(self._view, set_id, asked, own)
        self.page("set.html", here="learning" if own else "supervision", view=view)

    def _view(self, set_id: str, asked: str, own: bool) -> SetPage:
        assert self.person is not None  # noqa: S101 - the table of rights lets nobody in who is not signed in
        try:
            found = self.state.course.rating_set(set_id)
            person = self.person if own else self.state.records.person(asked)
        except Refusal as refused:
            raise Missing(str(refused)) from None
        return set_page(found, person, self.state, own=own)


SET_ROUTES: list[tuple[str, type[VigHandler]]] = [(r"sets/([a-z0-9-]+)", SetHandler)]
"""The sets' addresses below the application's root."""

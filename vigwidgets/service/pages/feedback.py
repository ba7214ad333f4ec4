"""The feedback page: what was seen, what is worth another look, and where the two observers met."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from vigwidgets.contract import Beat, Film
from vigwidgets.curriculum import Exercise
from vigwidgets.errors import Refusal
from vigwidgets.films import FilmLibrary
from vigwidgets.grading import (
    CAUTION,
    Mark,
    Seen,
    feedback_of,
    mark_observation,
    ribbon_svg,
    standing_of,
)
from vigwidgets.grading import Feedback as Shown
from vigwidgets.records import Attempt, Person, Records
from vigwidgets.schemes import Codebook
from vigwidgets.service.anchors import in_site_words
from vigwidgets.service.comparison import Paired, others_of, paired_as
from vigwidgets.service.films import FilmFiles, film_files
from vigwidgets.service.pages.chains import Chains, chains_on_page
from vigwidgets.service.pages.growth import Growth, growth_of, habit_moments, habit_stretches, landscapes
from vigwidgets.service.pages.kinds import Part, all_beats, beside_clips, codebook_of, part_of, read_by
from vigwidgets.service.pages.lanes import GREY, Lane, lanes_of
from vigwidgets.service.pages.listed import Answered, Group, Unlisted, listed
from vigwidgets.service.pages.marks import mark_of
from vigwidgets.service.pages.moments import Moment, moment_at
from vigwidgets.service.pages.otherwise import OwnViews, own_views
from vigwidgets.service.pages.path import Next, next_step, standings
from vigwidgets.service.pages.review import Marked, review_boot
from vigwidgets.service.pages.said import Said, said_of
from vigwidgets.service.release import UNNAMED, withheld
from vigwidgets.service.state import ServiceState
from vigwidgets.service.terms import may_follow

__all__ = ["Feedback", "feedback"]


@dataclass(frozen=True)
class Feedback:
    """All that the page says."""

    over: str
    title: str
    opening: str
    best: Moment | None
    more: str
    attempt: Attempt
    film: Film | None
    files: FilmFiles | None
    boot: dict[str, Any]
    again: list[Group]
    tip: str
    seen: list[Moment]
    unlisted: Unlisted
    lanes: list[Lane]
    answers: list[Answered]
    chains: Chains | None
    growth: Growth | None
    habit: list[Moment]
    landscape: dict[str, Any]
    ribbon: Markup
    next: Next | None
    report: str
    again_path: str
    said: Said | None
    otherwise: OwnViews | None
    part: Part | None
    marking_path: str
    caution: str = CAUTION


@dataclass(frozen=True)
class _Reading:
    """One attempt as one person may read it: what the parts of the page are made from."""

    attempt: Attempt
    reader: Person
    state: ServiceState
    exercise: Exercise | None
    codebook: Codebook | None
    mark: Mark | None
    shown: Shown | None
    released: bool

    @property
    def own(self) -> bool:
        """Whether who reads it handed it in."""
        return self.attempt.person == self.reader.id

    @property
    def blind(self) -> bool:
        """Whether the reader must not know whose it is."""
        return not self.own and standing_of(self.attempt, self.state.records, self.state.course).blind

    @property
    def name(self) -> str:
        """Whose it is, as the reader may call them."""
        return UNNAMED if self.blind else self.state.records.person(self.attempt.person).name

    @property
    def by_clips(self) -> bool:
        """Whether clips were chosen, and the reader may lay the expert's moments beside."""
        return self.exercise is not None and self.exercise.kind == "clips" and self.released

    @property
    def key(self) -> bool:
        """Whether there is anything of an expert's that the reader may lay beside."""
        return self.by_clips or (self.released and self.shown is not None)

    @cached_property
    def expert(self) -> list[Beat]:
        """All that the expert saw in the film, where clips were chosen and the reader may know."""
        return all_beats(self.attempt, self.exercise, self.state.library) if self.exercise and self.by_clips else []

    @cached_property
    def beside(self) -> tuple[list[Beat], list[Paired]]:
        """Which of the expert's moments lie beside the clips, and which tag names which."""
        if self.codebook is None:
            return [], []
        return beside_clips(self.expert, self.attempt.observation.tags, self.codebook)

    @property
    def counted(self) -> Mark | None:
        """The mark, where its figures are to be shown."""
        return self.mark if self.shown and self.shown.counted else None


def feedback(attempt: Attempt, reader: Person, state: ServiceState) -> Feedback:
    """Return the feedback page on ``attempt`` as ``reader`` may see it.

    Args:
        attempt: What was handed in.
        reader: Who looks: the one who handed in, or somebody whom the rights let look.
        state: The course as it is now, the records for the mark and for what comes next, and the films.
    """
    it = _read(attempt, reader, state)
    own, mark, shown, exercise, counted = it.own, it.mark, it.shown, it.exercise, it.counted
    film, files = _film_of(attempt, state)
    beats = _beats_of(it)
    said = said_of(attempt, own, state) if it.released else None
    part = read_by(part_of(attempt, exercise, it.released, state), said)
    opening, best, more = (part.opening, None, part.more) if part else _begin(it)
    growth = growth_of(attempt, reader, state, it.codebook) if it.released and it.codebook and not it.blind else None
    lists = listed(shown, mark, counted, habit_stretches(growth, attempt.observation.film))
    return Feedback(
        over="Your feedback" if own else f"Feedback as {it.name} reads it",
        title=exercise.title if exercise else attempt.exercise,
        opening=opening,
        best=best,
        more=more,
        attempt=attempt,
        film=film,
        files=files,
        boot=_boot(it, film, files, beats, steps=growth is not None and growth.figures),
        seen=lists.seen,
        again=lists.again,
        tip=shown.next_step if shown else "",
        unlisted=lists.unlisted,
        lanes=lanes_of(counted) if counted else [],
        answers=lists.answers,
        chains=_chains(it, beats),
        growth=growth,
        habit=habit_moments(growth, attempt.observation.film),
        # The expert's path is drawn whole or not at all: of a few moments it would be another's.
        landscape=landscapes(attempt, it.expert if it.by_clips else beats, film, it.codebook),
        ribbon=_ribbon(it),
        next=next_step(standings(state.course, state.records, reader.id), state) if own else None,
        report=f"attempts/{attempt.id}/report" if counted or (part and part.counted) else "",
        part=part if part and part.template else None,
        again_path=_again_path(exercise, attempt, state.records) if own else "",
        said=said,
        otherwise=own_views(attempt, state) if own and it.released else None,
        marking_path="" if own else f"attempts/{attempt.id}/marking",
    )


def _read(attempt: Attempt, reader: Person, state: ServiceState) -> _Reading:
    exercise = state.course.exercises.get(attempt.exercise)
    codebook = codebook_of(attempt, exercise, state.course)
    mark = mark_of(attempt, state.records) or _try_out(attempt, exercise, codebook, state.library)
    released = not withheld(attempt, reader, state.course, state.records)
    shown = feedback_of(mark, exercise or _gone(attempt), released=released) if mark else None
    return _Reading(attempt, reader, state, exercise, codebook, mark, shown, released)


def _begin(it: _Reading) -> tuple[str, Moment | None, str]:
    return _RATED if it.exercise is not None and it.exercise.kind == "rating" else _opening(it.shown)


def _beats_of(it: _Reading) -> list[Beat]:
    """Return what the timeline shows as the expert's."""
    if it.by_clips:
        return it.beside[0]
    if it.shown is None or it.codebook is None:
        return []
    by_panel = it.exercise is not None and it.exercise.policy.against != "truth"
    return _beats(it.shown, it.attempt, it.codebook, it.state.library, by_panel)


def _boot(
    it: _Reading, film: Film | None, files: FilmFiles | None, beats: list[Beat], *, steps: bool
) -> dict[str, Any]:
    if film is None or files is None or it.codebook is None:
        return {}
    attempt, exercise = it.attempt, it.exercise
    others = others_of(it.state, exercise, attempt.person, attempt.observation.id) if exercise and it.own else []
    words = _in_site_words(it.codebook, it.state)
    who = "You" if it.own else it.name
    tags, key = attempt.observation.tags, beats if it.key else None
    marked = Marked(paired_as(it.shown.seen, it.shown.again), steps) if it.shown else None
    if it.by_clips:
        marked = Marked(it.beside[1], steps=False)
    return review_boot(film, words, tags, key, who, files, exercise, others if it.released else [], marked)


def _chains(it: _Reading, beats: list[Beat]) -> Chains | None:
    if it.counted is None or it.codebook is None:
        return None
    found = chains_on_page(it.attempt, beats, it.counted, it.codebook, "You" if it.own else it.name)
    return found if found.cards else None


def _ribbon(it: _Reading) -> Markup:
    if it.counted is None or it.shown is None or it.codebook is None:
        return Markup("")
    duration = it.attempt.observation.duration
    return Markup(ribbon_svg(it.shown.beats, it.shown.tags, it.codebook, duration))  # noqa: S704


def _again_path(exercise: Exercise | None, attempt: Attempt, records: Records) -> str:
    """Return where the exercise is done again, if it may be."""
    if exercise is None or not may_follow(records, attempt.person, exercise):
        return ""
    return f"exercises/{exercise.id}?again=1"


_RATED = (
    "Handed in, and safely kept. Thank you for looking so closely.",
    None,
    "Ratings are compared with nobody's here. They stand below with the moments that show them: look again, and talk "
    "them over with a colleague or your supervisor.",
)


def _in_site_words(codebook: Codebook, state: ServiceState) -> Codebook:
    return Codebook(in_site_words(codebook.scheme, state.data))


def _film_of(attempt: Attempt, state: ServiceState) -> tuple[Film | None, FilmFiles | None]:
    """Return the film of an attempt with its files, or neither when one of them is no longer here."""
    try:
        film = state.library.get(attempt.observation.film)
        return film, film_files(state, film)
    except Refusal:
        return None, None


def _beats(shown: Shown, attempt: Attempt, codebook: Codebook, library: FilmLibrary, by_panel: bool) -> list[Beat]:
    """Return the expert's beats for the timeline: those that count, and those on other lanes that the trainee used.

    Without the latter, a lane that does not count would look as if the expert had seen nothing on it.
    """
    beats = list(shown.beats)
    if by_panel:
        return beats
    if not shown.released or all(one.id != attempt.observation.film for one in library.list()):
        return beats
    truth = library.truth(attempt.observation.film)
    there = {beat.id for beat in beats}
    counted = {codebook.lane_of(beat.codes[0]).id for beat in beats}
    used = {codebook.lane_of(tag.code).id for tag in attempt.observation.tags} - counted
    more = truth.beats if truth and truth.scheme == codebook.ref else []
    beats += [beat for beat in more if beat.id not in there and codebook.lane_of(beat.codes[0]).id in used]
    return sorted(beats, key=lambda beat: (beat.start, beat.id))


def _try_out(
    attempt: Attempt, exercise: Exercise | None, codebook: Codebook | None, library: FilmLibrary
) -> Mark | None:
    """Compare a try-out for the page alone: it is not marked, so nothing of this is kept."""
    if exercise is None or codebook is None or exercise.marking != "none" or exercise.policy.against != "truth":
        return None
    try:
        truth = library.truth(attempt.observation.film)
        return mark_observation(attempt.observation, truth, codebook, exercise.policy) if truth else None
    except Refusal:
        return None


def _gone(attempt: Attempt) -> Exercise:
    """Stand in for an exercise that is no longer in the course; nobody has released what it may have been."""
    return Exercise(
        id=attempt.exercise,
        version=attempt.exercise_version,
        title=attempt.exercise,
        kind="tagging",
        film=attempt.observation.film,
        scheme=attempt.observation.scheme.id,
        minutes=1,
        marking="summative",
        task="This exercise is no longer in the course.",
    )


def _opening(shown: Shown | None) -> tuple[str, Moment | None, str]:
    """Return the first sentence, the one moment that it speaks of (if it does), and what follows."""
    if shown is None:
        # Also after a change of film or scheme, when there is nothing left to compare with.
        return (
            "Handed in, and safely kept. Thank you for looking so closely.",
            None,
            "Your feedback is being made. Come back to this page in a moment; meanwhile you can look again.",
        )
    rest = " ".join(shown.opening).replace(CAUTION, "").strip()
    best = _best(shown)
    if not best:
        first, _, others = rest.partition(". ")
        return f"{first.rstrip('.')}.", None, others
    first_seen, last_seen = best[0], best[-1]
    says = " ".join(one.beat.says for one in best)
    moment = moment_at(first_seen.beat.start, first_seen.start, last_seen.end, "", GREY, says)
    return f"you saw what the expert saw: “{says}”", moment, rest


def _best(shown: Shown) -> list[Seen]:
    """Return the moment to begin with: an initiative with its answer, both seen; else one that was named exactly."""
    good = {one.beat.id: one for one in shown.seen if not one.beat.not_for_parent}
    for one in shown.answers:
        if one.initiative in good and one.reception in good:
            return [good[one.initiative], good[one.reception]]
    exact = [one for one in good.values() if one.exact]
    return (exact or list(good.values()))[:1]

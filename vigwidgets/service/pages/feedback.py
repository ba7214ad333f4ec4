"""The feedback page: what was seen, what is worth another look, and where the two observers met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from vigwidgets.contract import Beat, Film
from vigwidgets.curriculum import Exercise
from vigwidgets.errors import Refusal
from vigwidgets.films import FilmLibrary
from vigwidgets.grading import (
    CAUTION,
    Again,
    Mark,
    Seen,
    feedback_of,
    few_again,
    first_few,
    mark_observation,
    ribbon_svg,
    standing_of,
)
from vigwidgets.grading import Feedback as Shown
from vigwidgets.records import Attempt, Person, Records
from vigwidgets.schemes import Codebook
from vigwidgets.service.anchors import in_site_words
from vigwidgets.service.comparison import others_of
from vigwidgets.service.films import FilmFiles, film_files
from vigwidgets.service.pages.growth import Growth, growth_of, habit_moments, landscapes
from vigwidgets.service.pages.kinds import Part, all_beats, codebook_of, part_of
from vigwidgets.service.pages.lanes import GREY, Lane, lanes_of
from vigwidgets.service.pages.marks import mark_of
from vigwidgets.service.pages.moments import Moment, moment_at
from vigwidgets.service.pages.otherwise import OwnViews, own_views
from vigwidgets.service.pages.path import Next, next_step, standings
from vigwidgets.service.pages.review import review_boot
from vigwidgets.service.pages.said import Said, said_of
from vigwidgets.service.release import UNNAMED, withheld
from vigwidgets.service.state import ServiceState

__all__ = ["Answered", "Feedback", "feedback"]

KINDS = {
    "other_name": "Another name",
    "other_boundary": "Another boundary",
}
"""What differs where both saw something, in two words."""


# An address, the kinds, a heading, and what one and what several of them have in common.
_GROUPS = (
    (
        "nearly",
        ("other_name", "other_boundary"),
        "Nearly the same",
        ("You were there; look at the name, or at the edge.", "You were there each time; look at names and edges."),
    ),
    (
        "expert",
        ("missed",),
        "Only the expert",
        ("Play it, and look for what the expert saw.", "Play each, and look for what the expert saw."),
    ),
    (
        "own",
        ("extra",),
        "Only you",
        (
            "Look once more at what you saw, and keep your reason if it is still there.",
            "Look once more at what you saw in each, and keep your reason where it is still there.",
        ),
    ),
)


@dataclass(frozen=True)
class Answered:
    """An initiative and what answers it: shown, never judged."""

    moment: Moment
    answer: str
    expert_s: str
    own_s: str


@dataclass(frozen=True)
class Group:
    """Differences of one sort: said once what they have in common, then each."""

    id: str
    title: str
    says: str
    moments: list[Moment]


@dataclass(frozen=True)
class Unlisted:
    """How many moments of each kind the page leaves out, where there are hundreds."""

    again: int
    seen: int
    answers: int


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


def feedback(attempt: Attempt, reader: Person, state: ServiceState) -> Feedback:
    """Return the feedback page on ``attempt`` as ``reader`` may see it.

    Args:
        attempt: What was handed in.
        reader: Who looks: the one who handed in, or somebody whom the rights let look.
        state: The course as it is now, the records for the mark and for what comes next, and the films.
    """
    course, records, library = state.course, state.records, state.library
    exercise = course.exercises.get(attempt.exercise)
    own = attempt.person == reader.id
    codebook = codebook_of(attempt, exercise, course)
    mark = mark_of(attempt, records) or _try_out(attempt, exercise, codebook, library)
    released = not withheld(attempt, reader, course, records)
    shown = feedback_of(mark, exercise or _gone(attempt), released=released) if mark else None
    film, files = _film_of(attempt, state)
    counted = mark if mark and shown and shown.counted else None
    by_panel = exercise is not None and exercise.policy.against != "truth"
    beats = _beats(shown, attempt, codebook, library, by_panel) if shown and codebook else []
    if exercise is not None and exercise.kind == "clips" and released:
        beats = all_beats(attempt, exercise, library)
    rated = exercise is not None and exercise.kind == "rating"
    opening, best, more = _RATED if rated else _opening(shown)
    part = part_of(attempt, exercise, released, state)
    if part is not None:
        opening, best, more = part.opening, None, part.more
    colours = _colours(mark)
    few_seen, more_seen = first_few(shown.seen if shown else [])
    few, more_again = few_again(shown.again if shown else [])
    seen = [_seen(one, colours) for one in few_seen]
    again = [_again(one, colours) for one in few]
    answers, more_answers = first_few(_answers(counted) if counted else [])
    ids = _ids([*seen, *again, *(one.moment for one in answers)])
    blind = not own and standing_of(attempt, records, course).blind
    name = UNNAMED if blind else records.person(attempt.person).name
    growth = growth_of(attempt, reader, state, codebook) if released and codebook and not blind else None
    who = "You" if own else name
    others = others_of(state, exercise, attempt.person, attempt.observation.id) if exercise and own else []
    return Feedback(
        over="Your feedback" if own else f"Feedback as {name} reads it",
        title=exercise.title if exercise else attempt.exercise,
        opening=opening,
        best=best,
        more=more,
        attempt=attempt,
        film=film,
        files=files,
        boot=review_boot(
            film, _in_site_words(codebook, state), attempt.observation.tags, beats, who, files, exercise, others
        )
        if film and files and codebook
        else {},
        seen=[replace(one, id=next(ids)) for one in seen],
        again=_groups(few, [replace(one, id=next(ids)) for one in again]),
        tip=shown.next_step if shown else "",
        unlisted=Unlisted(more_again, more_seen, more_answers),
        lanes=lanes_of(counted) if counted else [],
        answers=[replace(one, moment=replace(one.moment, id=next(ids))) for one in answers],
        growth=growth,
        habit=habit_moments(growth, attempt.observation.film),
        landscape=landscapes(attempt, beats, film, codebook),
        ribbon=Markup(ribbon_svg(shown.beats, shown.tags, codebook, attempt.observation.duration))  # noqa: S704
        if counted and shown and codebook
        else Markup(""),
        next=next_step(standings(course, records, reader.id), state) if own else None,
        report=f"attempts/{attempt.id}/report" if counted or (part and part.counted) else "",
        part=part if part and part.template else None,
        again_path=_again_path(exercise, attempt, records) if own else "",
        said=said_of(attempt, own, state) if released else None,
        otherwise=own_views(attempt, state) if own and released else None,
        marking_path="" if own else f"attempts/{attempt.id}/marking",
    )


def _again_path(exercise: Exercise | None, attempt: Attempt, records: Records) -> str:
    """Return where the exercise is done again, if it may be."""
    if exercise is None or not exercise.may_follow(len(records.attempts(exercise.id, attempt.person))):
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


def _ids(moments: list[Moment]) -> Iterator[str]:
    used: set[str] = set()
    for moment in moments:
        yield "" if moment.anchor in used else moment.anchor
        used.add(moment.anchor)


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


def _colours(mark: Mark | None) -> dict[str, str]:
    return {lane.lane: lane.colour or GREY for lane in mark.lanes} if mark else {}


def _seen(one: Seen, colours: dict[str, str]) -> Moment:
    name, _, says = one.sentence.partition(": ")
    return moment_at(one.beat.start, one.start, one.end, name, colours.get(one.lane, GREY), says)


def _again(one: Again, colours: dict[str, str]) -> Moment:
    there = one.beat or one.tag
    at = there.start if there else one.start
    name, says = KINDS.get(one.kind, ""), one.sentence
    if not name:
        name, _, says = one.sentence.removeprefix("Here the expert saw ").partition(": ")
        says = f"{says[:1].upper()}{says[1:]}"
    return moment_at(at, one.start, one.end, name, colours.get(one.lane, GREY), says)


def _groups(differences: Sequence[Again], moments: Sequence[Moment]) -> list[Group]:
    """Return the differences by what they are: what both saw first, then what the expert alone did, then the rest."""
    found = []
    for name, kinds, title, says in _GROUPS:
        here = [moment for one, moment in zip(differences, moments, strict=True) if one.kind in kinds]
        if here:
            found.append(Group(name, title, says[len(here) != 1], here))
    return found


def _answers(mark: Mark) -> list[Answered]:
    beats = {one.beat.id: one.beat for one in mark.seen}
    beats |= {one.beat.id: one.beat for one in mark.again if one.beat is not None}
    found = []
    for one in mark.answers:
        began, took_up = beats.get(one.initiative), beats.get(one.reception)
        if began is not None and took_up is not None:
            moment = moment_at(began.start, one.start, one.end, "", GREY, began.says)
            own = f"{one.own_seconds:.1f} s" if one.own_seconds is not None else "–"
            found.append(Answered(moment, took_up.says, f"{one.seconds:.1f} s", own))
    return found

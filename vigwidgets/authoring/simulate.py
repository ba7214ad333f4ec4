"""Attempts that nobody made: what an expert, a plausible trainee and a naive one would tag.

They serve the author's check (marking must rank them) and trials of marking many attempts. They are drawn from a
film's truth and a seed; the same seed gives the same attempt.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random

from vigwidgets.contract import Beat, Edit, Observation, Put, Tag, Truth
from vigwidgets.curriculum import Course
from vigwidgets.films import FilmLibrary
from vigwidgets.observations import new_id, new_observation, snap
from vigwidgets.records import Attempt, Records
from vigwidgets.schemes import Codebook

__all__ = ["EYES", "Eye", "add_attempts", "simulate_observation", "simulate_tags"]


@dataclass(frozen=True)
class Eye:
    """How somebody sees.

    Attributes:
        sees: The part of the beats that is noticed, 0 to 1.
        off_s: How far a start or an end may lie from the beat's, in seconds, beyond the beat's own edge.
        names: The part that gets one of the beat's own names; the rest gets another.
        principle_only: The part that is named by its principle alone.
        extras: Tags made where there is nothing, as a part of the number of beats.
    """

    sees: float
    off_s: float
    names: float
    principle_only: float
    extras: float


EYES = {
    "expert": Eye(sees=1.0, off_s=0.0, names=1.0, principle_only=0.0, extras=0.0),
    "plausible": Eye(sees=0.75, off_s=0.4, names=0.85, principle_only=0.5, extras=0.15),
    "naive": Eye(sees=0.3, off_s=2.0, names=0.4, principle_only=0.9, extras=0.6),
}


def simulate_tags(
    truth: Truth,
    codebook: Codebook,
    eye: Eye,
    seed: int,
    *,
    lanes: Collection[str] | None = None,
    times: Sequence[int] | None = None,
) -> list[Tag]:
    """Return what such an eye would tag in a film.

    Args:
        truth: What there is to be seen.
        codebook: The scheme.
        eye: How somebody sees.
        seed: The same seed gives the same tags.
        lanes: The lanes that the exercise is about; None: all. Beats on other lanes are not looked for.
        times: When each frame begins, in microseconds; where given, tags lie on frame boundaries.
    """
    about = [lane.id for lane in codebook.lanes] if lanes is None else lanes
    named = {beat.id: [code for code in beat.codes if codebook.lane_of(code).id in about] for beat in truth.beats}
    beats = [beat.model_copy(update={"codes": named[beat.id]}) for beat in truth.beats if named[beat.id]]
    # Nothing here protects anything: the numbers must only be the same every time.
    random = Random(f"{truth.film} {seed}")  # noqa: S311
    tags = [_see(beat, codebook, eye, random) for beat in beats if random.random() < eye.sees]
    tags += [_imagine(truth, codebook, random) for _ in range(round(eye.extras * len(beats)))]
    made = [_fitted(tag, truth.duration, times) for tag in tags]
    return [tag.model_copy(update={"id": f"tag-{number:03d}"}) for number, tag in enumerate(made, 1)]


def _see(beat: Beat, codebook: Codebook, eye: Eye, random: Random) -> Tag:
    def near(moment: int) -> int:
        # Within half the edge an expert would not quarrel with another expert.
        return moment + int(random.uniform(-1, 1) * (beat.edge / 2 + eye.off_s * 1_000_000))

    code = random.choice(beat.codes)
    if random.random() >= eye.names:
        right = {codebook.lane_of(own).id for own in beat.codes}
        others = [lane.id for lane in codebook.lanes if lane.id not in right and lane.kind == "state"]
        code = random.choice(others)
    elif random.random() < eye.principle_only:
        code = codebook.lane_of(code).id
    end = None if beat.end is None else near(beat.end)
    if end is None and codebook.code(code).kind == "state":
        end = beat.start + 1_000_000
    return Tag(id="tag", code=code, actor=beat.actor, target=beat.target, start=max(near(beat.start), 0), end=end)


def _imagine(truth: Truth, codebook: Codebook, random: Random) -> Tag:
    lane = random.choice([lane for lane in codebook.lanes if lane.kind == "state"])
    adults = [member.id for member in truth.cast if member.role != "child"] or [truth.cast[0].id]
    actor = random.choice(adults)
    target = next((member.id for member in truth.cast if member.id != actor), actor)
    start = random.randrange(max(truth.duration - 1_000_000, 1))
    length = random.randrange(500_000, 4_000_000)
    return Tag(id="tag", code=lane.id, actor=actor, target=target, start=start, end=start + length)


def _fitted(tag: Tag, duration: int, times: Sequence[int] | None) -> Tag:
    """Return the tag inside the film, at least one frame long, on frame boundaries where they are known."""
    edges = [*times, duration] if times else None

    def on_edge(moment: int) -> int:
        return snap(times, duration, moment) if times else moment

    start = min(on_edge(min(tag.start, duration - 1)), edges[-2] if edges else duration - 1)
    if tag.end is None:
        return tag.model_copy(update={"start": start})
    end = on_edge(min(max(tag.end, start + 1), duration))
    if end <= start:
        end = next(edge for edge in edges if edge > start) if edges else start + 1
    return tag.model_copy(update={"start": start, "end": end})


def simulate_observation(
    truth: Truth, codebook: Codebook, eye: Eye, seed: int, lanes: Collection[str] | None = None
) -> Observation:
    """Return a whole observation by such an eye, with an id that depends on the seed only."""
    name = f"simulated-{truth.film}-{seed}"
    empty = new_observation(truth.film, truth.duration, codebook.ref, "simulated", list(truth.cast), name)
    return empty.model_copy(update={"tags": simulate_tags(truth, codebook, eye, seed, lanes=lanes)})


def add_attempts(
    records: Records, library: FilmLibrary, course: Course, exercise_id: str, count: int, seed: int = 1
) -> list[Attempt]:
    """Make simulated people hand in attempts, through the same door as real ones.

    Args:
        records: Where they are kept.
        library: Where the film is.
        course: Where the exercise is.
        exercise_id: Which exercise.
        count: How many attempts, each by a person of its own named ``Simulated 001`` and so on.
        seed: The same seed gives the same tags.

    Raises:
        Refusal: There is no such exercise or film, or such people exist already.
    """
    exercise = course.exercise(exercise_id)
    codebook, film, truth = course.codebook(exercise), library.get(exercise.film), library.truth(exercise.film)
    if truth is None:
        return []
    times, lanes = library.frame_index(film.id).times, exercise.policy.counts
    eyes = [EYES["plausible"], EYES["expert"], EYES["plausible"], EYES["naive"]]
    made = []
    for number in range(1, count + 1):
        person = records.add_person(f"Simulated {number:03d}", f"simulated-{seed}-{number:03d}", "trainee", None)
        observation = new_observation(film.id, film.duration, codebook.ref, person.id, list(film.cast))
        records.start_observation(person.id, exercise.id, exercise.version, observation)
        tags = simulate_tags(truth, codebook, eyes[number % len(eyes)], seed * 1000 + number, lanes=lanes, times=times)
        if tags:
            edit = Edit(id=new_id("edit"), changes=[Put(tag=tag) for tag in tags])
            records.append_edit(observation.id, edit, codebook, times)
        made.append(records.hand_in(observation.id))
    return made

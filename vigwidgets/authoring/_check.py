"""Check a course before it is published: every part loads, every part fits, and marking ranks as it should."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from vigwidgets.authoring._attempts import made_up
from vigwidgets.authoring._secrets import leaks
from vigwidgets.authoring.simulate import EYES, simulate_observation
from vigwidgets.contract import Truth
from vigwidgets.curriculum import Course, Exercise, Problem, panel_of, read_course
from vigwidgets.errors import Refusal
from vigwidgets.grading import Key, Mark, Reference, consensus_of, mark_by_key, mark_observation
from vigwidgets.resources import resource_path

if TYPE_CHECKING:
    from vigwidgets.films.dyad import Script

__all__ = ["CourseCheck", "Ranking", "check_course"]

# One simulated trainee may be lucky; the mean of a few is steady, and quick to mark.
_SEEDS = range(1, 6)


@dataclass(frozen=True)
class Ranking:
    """How marking ranks simulated attempts at an exercise.

    Attributes:
        exercise: The exercise.
        moments: How many moments the expert has in it, on lanes that count; or items, clips or questions.
        expert: Mean figure (F1 for tags) of attempts as an expert makes them, 0 to 1.
        plausible: Likewise of a trainee's.
        naive: Likewise of somebody's who guesses.
        all_seen: Whether all of the expert's tags were seen as such, and nothing else was.
    """

    exercise: str
    moments: int
    expert: float
    plausible: float
    naive: float
    all_seen: bool

    @property
    def holds(self) -> bool:
        """Whether marking can tell them apart."""
        return self.all_seen and self.expert > self.plausible > self.naive


@dataclass
class CourseCheck:
    """What the check found.

    Attributes:
        exercises: The exercises that could be read.
        lessons: The lessons that could be read.
        films: The film scripts that could be read.
        schemes: The schemes that could be read.
        rankings: How marking ranks simulated attempts, for each exercise with a film that has a key.
        problems: All that is wrong; none: the course may be published.
    """

    exercises: list[str] = field(default_factory=list)
    lessons: list[str] = field(default_factory=list)
    films: list[str] = field(default_factory=list)
    schemes: list[str] = field(default_factory=list)
    rankings: list[Ranking] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def as_data(self) -> dict[str, Any]:
        """Return the check as data for JSON."""
        return {"holds": self.holds, **asdict(self)}


def check_course(folder: Path | None = None) -> CourseCheck:
    """Check a course.

    Args:
        folder: Where ``course.yaml`` lies; None: the course that comes with the package.
    """
    root = folder if folder is not None else resource_path("course")
    check = CourseCheck()
    course, check.problems = read_course(root)
    films = _check_films(root, check)
    if course is None:
        return check
    check.exercises, check.lessons = sorted(course.exercises), sorted(course.lessons)
    check.schemes = sorted(course.codebooks)
    _check_pathway(course, check)
    check.problems += leaks(course, films)
    for exercise in course.exercises.values():
        _check_exercise(course, exercise, films, check)
    return check


@dataclass(frozen=True)
class _Shown:
    """What a film's script says there is to be seen."""

    truth: Truth
    script: Script


def _check_films(root: Path, check: CourseCheck) -> dict[str, _Shown]:
    from vigwidgets.films.dyad import load_script, truth_of  # noqa: PLC0415 - only an author needs the drawing room

    films: dict[str, _Shown] = {}
    for path in sorted((root / "films").glob("*.yaml")):
        try:
            script = load_script(path)
        except Refusal as refused:
            check.problems.append(_located(path, root, str(refused)))
            continue
        films[script.id] = _Shown(truth_of(script), script)
        check.films.append(script.id)
        if script.id != path.stem:
            sentence = f"id is {script.id!r}; allowed is the file's own name, {path.stem!r}."
            check.problems.append(Problem(f"films/{path.name}", 0, sentence))
    return films


def _located(path: Path, root: Path, sentence: str) -> Problem:
    """Return a problem with the line that a refusal's sentence names."""
    line = re.search(r"\bline (\d+)", sentence)
    text = re.sub(rf"^(In )?{re.escape(path.name)},? (at )?line \d+[:,]? ?", "", sentence)
    return Problem(path.relative_to(root).as_posix(), int(line[1]) if line else 0, text)


def _check_pathway(course: Course, check: CourseCheck) -> None:
    on_it = {(step.kind, step.id) for step in course.pathway}
    in_sets = {name for one in course.sets.values() for name in one.exercises if ("set", one.id) in on_it}
    for kind, things in (("exercise", course.exercises), ("lesson", course.lessons), ("set", course.sets)):
        for name in sorted(things):
            if (kind, name) not in on_it and not (kind == "exercise" and name in in_sets):
                suffix = ".md" if kind == "lesson" else ".yaml"
                sentence = "is on no pathway, so that nobody meets it; name it in course.yaml or take it away."
                check.problems.append(Problem(f"{kind}s/{name}{suffix}", 0, sentence))


def _check_exercise(course: Course, exercise: Exercise, films: dict[str, _Shown], check: CourseCheck) -> None:
    file = f"exercises/{exercise.id}.yaml"
    shown = films.get(exercise.film)
    if exercise.marking == "summative" and (shown is None or exercise.policy.against != "truth" or exercise.questions):
        return  # its key is where a course cannot look
    if shown is None:
        there = ", ".join(sorted(films)) or "none"
        line = _line_of(course.folder / file, "film")
        check.problems.append(Problem(file, line, f"there is no film {exercise.film!r}; there are {there}."))
        return
    if exercise.scheme not in course.codebooks or exercise.kind == "reflection" or _is_talked_over(exercise):
        return
    try:
        ranking = _rank(course, exercise, shown)
    except Refusal as refused:
        check.problems.append(Problem(file, 0, str(refused)))
        return
    check.rankings.append(ranking)
    if ranking.moments == 0:
        sentence = f"nothing in film {exercise.film!r} lies on a lane that counts; widen policy.counts."
        check.problems.append(Problem(file, _line_of(course.folder / file, "policy"), sentence))
    elif not ranking.holds:
        sentence = (
            "marking does not rank an expert above a plausible and that above a naive attempt "
            f"({ranking.expert:.2f}, {ranking.plausible:.2f}, {ranking.naive:.2f}); look at the policy's tolerances."
        )
        check.problems.append(Problem(file, _line_of(course.folder / file, "policy"), sentence))


def _is_talked_over(exercise: Exercise) -> bool:
    """Tell whether ratings are compared with nobody's."""
    return exercise.kind == "rating" and exercise.marking == "none"


def _line_of(path: Path, name: str) -> int:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(f"{name}:"):
            return number
    return 0


def _key(exercise: Exercise, shown: _Shown) -> Key:
    """Return the key of an exercise of another kind than tagging, as far as it lies in the course.

    Raises:
        Refusal: There is none.
    """
    if exercise.kind == "rating":
        lines = [one for one in shown.script.ratings if one.scheme == exercise.scheme]
        if not lines:
            raise Refusal(f"film {exercise.film!r} is not rated on {exercise.scheme!r}; add ratings to its script.")
        first = [one for one in lines if one.of == lines[0].of]
        return Key(references=[Reference(item=one.item, steps={str(one.level): 1}, says=one.says) for one in first])
    return Key(truth=shown.truth)


def _rank_kind(course: Course, exercise: Exercise, shown: _Shown) -> Ranking:
    key, scheme = _key(exercise, shown), course.codebook(exercise).scheme

    def mean(eye: str) -> float:
        made = (made_up(course, exercise, shown.truth, key, eye, seed) for seed in _SEEDS)
        return fmean(mark_by_key(one, exercise, scheme, key).measured or 0 for one in made)

    expert = mean("expert")
    moments = len(key.references) or len(exercise.questions) or (exercise.clips.least if exercise.clips else 0)
    return Ranking(exercise.id, moments, expert, mean("plausible"), mean("naive"), expert == 1)


def _with_panel(course: Course, exercise: Exercise, truth: Truth) -> Truth:
    """Return the key of an exercise: the film's truth, or what most of its panel saw."""
    if exercise.policy.against == "truth":
        return truth
    # No data directory: an author checks what lies in the course.
    panel = panel_of(exercise, course, course.folder / "no-data")
    if len(panel) < 2:
        raise Refusal(
            f"policy.against is {exercise.policy.against!r} and keys/{exercise.id} holds {len(panel)} observations; "
            "a panel has two at least."
        )
    beats, weights = consensus_of(panel, course.codebook(exercise), exercise.policy)
    return truth.model_copy(
        update={"beats": [one for one in beats if weights[one.id] > exercise.policy.quorum], "open": []}
    )


def _rank(course: Course, exercise: Exercise, shown: _Shown) -> Ranking:
    if exercise.kind != "tagging":
        return _rank_kind(course, exercise, shown)
    codebook = course.codebook(exercise)
    truth = _with_panel(course, exercise, shown.truth)

    def marks(eye: str) -> list[Mark]:
        lanes = exercise.policy.counts
        made = (simulate_observation(truth, codebook, EYES[eye], seed, lanes) for seed in _SEEDS)
        return [mark_observation(observation, truth, codebook, exercise.policy) for observation in made]

    expert, plausible, naive = marks("expert"), marks("plausible"), marks("naive")
    overall = expert[0].overall
    return Ranking(
        exercise=exercise.id,
        moments=overall.seen + overall.missed,
        expert=fmean(mark.overall.f1 or 0 for mark in expert),
        plausible=fmean(mark.overall.f1 or 0 for mark in plausible),
        naive=fmean(mark.overall.f1 or 0 for mark in naive),
        all_seen=all(mark.overall.missed == 0 and mark.overall.extra == 0 for mark in expert),
    )

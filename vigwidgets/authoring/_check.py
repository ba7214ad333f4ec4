"""Check a course before it is published: every part loads, every part fits, and marking ranks as it should."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigwidgets.authoring._kept import figures_of_kept
from vigwidgets.authoring._ranking import Ranking, key_in_course, rank, ranked
from vigwidgets.authoring._secrets import leaks
from vigwidgets.authoring.simulate import EYES
from vigwidgets.contract import Truth
from vigwidgets.curriculum import Course, Exercise, Problem, read_course
from vigwidgets.errors import Refusal
from vigwidgets.resources import resource_path

if TYPE_CHECKING:
    from vigwidgets.films.dyad import Script

__all__ = ["CourseCheck", "check_course"]


@dataclass
class CourseCheck:
    """What the check found.

    Attributes:
        exercises: The exercises that could be read.
        lessons: The lessons that could be read.
        films: The film scripts that could be read.
        schemes: The schemes that could be read.
        rankings: How marking ranks attempts, for each exercise with a key in the course.
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
    from vigwidgets.films.dyad import check_initiatives, load_script, truth_of  # noqa: PLC0415 - an author's alone

    films: dict[str, _Shown] = {}
    for path in sorted((root / "films").glob("*.yaml")):
        try:
            script = load_script(path)
            check_initiatives(script)
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
    if exercise.scheme not in course.codebooks or _is_talked_over(exercise):
        return
    try:
        ranking = _rank(course, exercise, shown)
    except Refusal as refused:
        check.problems.append(Problem(file, 0, str(refused)))
        return
    if ranking is None:
        return
    check.rankings.append(ranking)
    sentence, place = _disorder(exercise, ranking)
    if sentence:
        check.problems.append(Problem(file, _line_of(course.folder / file, place), sentence))


def _rank(course: Course, exercise: Exercise, shown: _Shown) -> Ranking | None:
    """Return how an exercise's attempts are ranked; None where people read it and none is kept."""
    key = key_in_course(course, exercise, shown.script, shown.truth)
    kept = figures_of_kept(course, exercise, key)
    if exercise.kind == "reflection":
        points = len(exercise.rubric)
        return Ranking(exercise.id, points, None, None, None, all_seen=True, kept=kept) if kept else None
    return replace(rank(course, exercise, shown.truth, key), kept=kept)


def _disorder(exercise: Exercise, ranking: Ranking) -> tuple[str, str]:
    """Return what is wrong with a ranking, and the word of the exercise's file that it is about; nothing: two empty."""
    if ranking.moments == 0:
        return f"nothing in film {exercise.film!r} lies on a lane that counts; widen policy.counts.", "policy"
    if ranking.kept is not None and not ranked(ranking.kept):
        return f"the kept attempts are not ranked expert, plausible, naive ({_figures(ranking.kept)}).", "policy"
    if not ranking.holds:
        made = {"expert": ranking.expert, "plausible": ranking.plausible, "naive": ranking.naive}
        return (
            "marking does not rank an expert above a plausible and that above a naive attempt "
            f"({_figures(made)}); look at the policy's tolerances."
        ), "policy"
    return "", ""


def _figures(rank: Mapping[str, float | None]) -> str:
    return ", ".join(f"{rank[eye] or 0:.2f}" for eye in EYES)


def _is_talked_over(exercise: Exercise) -> bool:
    """Tell whether ratings are compared with nobody's."""
    return exercise.kind == "rating" and exercise.marking == "none"


def _line_of(path: Path, name: str) -> int:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(f"{name}:"):
            return number
    return 0

"""Raters with a known fault over all films of a course: a table for its author, and whether it may be published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vigwidgets.authoring.rater_check import Coded, Rated, RaterRow, Unseen, check_eyes, check_ratings
from vigwidgets.curriculum import Course, Policy, read_course
from vigwidgets.errors import Refusal
from vigwidgets.resources import resource_path
from vigwidgets.schemes import Codebook, load_scheme

__all__ = ["RatersCheck", "check_raters"]

_FEWEST_MOMENTS = 20  # in all films of a scheme together: with fewer no habit can be told at all


@dataclass(frozen=True)
class RatersCheck:
    """What the check found.

    Attributes:
        rows: A row for each scheme and sort of rater.
        unseen: Faults that the films have too few moments to show.
        films: The films that were coded or rated, for each scheme.
    """

    rows: list[RaterRow]
    unseen: list[Unseen]
    films: dict[str, list[str]]

    @property
    def disorder(self) -> list[str]:
        """Where marks do not rank raters as they are known to be, a sentence each."""
        return [sentence for scheme in self.films for sentence in _disorder(scheme, self.rows)]

    @property
    def holds(self) -> bool:
        """Whether every fault is named, none where there is none, and marks rank raters as they are."""
        return bool(self.rows) and all(row.holds for row in self.rows) and not self.disorder

    def as_data(self) -> dict[str, Any]:
        """Return the check as data for JSON."""
        return {
            "holds": self.holds,
            "films": self.films,
            "rows": [row.as_data() for row in self.rows],
            "unseen": [{"scheme": one.scheme, "fault": one.fault, "lanes": list(one.lanes)} for one in self.unseen],
            "disorder": self.disorder,
        }


def _disorder(scheme: str, rows: list[RaterRow]) -> list[str]:
    here = [row for row in rows if row.scheme == scheme]
    careful = next((row for row in here if row.rater.startswith("careful")), None)
    if careful is None:
        return []
    # The expert and the guessing are the ends; a fault costs agreement, so that all with one stand below the careful.
    above = [row for row in here if row.rater.startswith("sees as")]
    below = [row for row in here if row.fault or not row.must]
    found = [f"{careful.rater} ({careful.f1:.2f}) is not below {r.rater}." for r in above if careful.f1 >= r.f1]
    found += [f"{r.rater} ({r.f1:.2f}) is not below {careful.rater}." for r in below if r.f1 >= careful.f1]
    return [f"{scheme}: {sentence}" for sentence in found]


def check_raters(
    folder: Path | None = None,
    raters: int = 100,
    progress: Callable[[int, int], None] | None = None,
    *,
    seed: int = 0,
) -> RatersCheck:
    """Let raters with a known fault, and some without, code all films of a course, and ask the feedback what they have.

    Each film is marked by the policy of the exercise that it belongs to, or by the usual one.

    Args:
        folder: Where ``course.yaml`` lies; None: the course that comes with the package.
        raters: How many of each sort.
        seed: The first rater's; others draw other raters.
        progress: Called with how many raters are through, and of about how many.

    Raises:
        Refusal: The course or a film cannot be read, or no film has enough moments.
    """
    root = folder if folder is not None else resource_path("course")
    course, problems = read_course(root)
    if course is None:
        raise Refusal(str(problems[0]))
    coded, rated, films = _materials(course)
    if not coded and not rated:
        raise Refusal(f"No film in {root} has {_FEWEST_MOMENTS} moments in its scheme; raters need more to look at.")
    seeds = range(seed, seed + raters)
    done, of = 0, raters * (9 * len(coded) + 6 * len(rated))

    def step() -> None:
        nonlocal done
        done += 1
        if progress is not None and done <= of:
            progress(done, of)

    rows, unseen = [], []
    for scheme, material in coded.items():
        found, cannot = check_eyes(_scheme(course, scheme), material, seeds, step)
        rows += found
        unseen += cannot
    for scale, sheets in rated.items():
        rows += check_ratings(_scheme(course, scale), sheets, seeds, step)
    return RatersCheck(rows, unseen, films)


def _materials(course: Course) -> tuple[dict[str, list[Coded]], dict[str, list[Rated]], dict[str, list[str]]]:
    """Return films by the scheme that they are coded in, films by the scale that they are rated on, and their ids."""
    from vigwidgets.films.dyad import load_script, truth_of  # noqa: PLC0415 - only an author needs the drawing room

    policies = {(exercise.film, exercise.scheme): exercise.policy for exercise in course.exercises.values()}
    coded: dict[str, list[Coded]] = {}
    rated: dict[str, list[Rated]] = {}
    for path in sorted((course.folder / "films").glob("*.yaml")):
        script = load_script(path)
        truth = truth_of(script)
        policy = policies.get((script.id, script.scheme), Policy())
        if _scheme(course, script.scheme).scheme.scale is None:
            coded.setdefault(script.scheme, []).append(Coded(truth, policy))
        for scale in dict.fromkeys(rating.scheme for rating in script.ratings):
            steps = _steps(_scheme(course, scale))
            reference = {one.item: steps[one.level] for one in script.ratings if one.scheme == scale}
            policy = policies.get((script.id, scale), Policy())
            sheet = Rated(script.id, truth.duration, tuple(truth.cast), reference, policy)
            rated.setdefault(scale, []).append(sheet)
    kept = {name: films for name, films in coded.items() if sum(map(_moments, films)) >= _FEWEST_MOMENTS}
    names = {scheme: [one.truth.film for one in films] for scheme, films in kept.items()}
    return kept, rated, names | {scale: [one.film for one in films] for scale, films in rated.items()}


def _moments(film: Coded) -> int:
    return len(film.truth.beats)


def _scheme(course: Course, scheme: str) -> Codebook:
    return course.codebooks.get(scheme) or load_scheme(scheme)


def _steps(codebook: Codebook) -> list[str]:
    return [step.id for step in codebook.scheme.scale.steps] if codebook.scheme.scale else []

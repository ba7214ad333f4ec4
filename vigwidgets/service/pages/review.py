"""What the review player on the feedback page is given: the film's files, the trainee's tags, the expert's beats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vigwidgets.contract import Beat, Code, Film, Scheme, Tag
from vigwidgets.curriculum import Exercise, Policy
from vigwidgets.schemes import Codebook
from vigwidgets.service.comparison import Paired, tolerance_of
from vigwidgets.service.films import FilmFiles

__all__ = ["Marked", "review_boot"]


@dataclass(frozen=True)
class Marked:
    """What a mark says of the moments on the timeline.

    Attributes:
        paired: Which is which, as `vigwidgets.service.comparison.paired_as` gives it.
        steps: Whether the same can be asked for at other tolerances.
    """

    paired: Sequence[Paired]
    steps: bool


def review_boot(
    film: Film,
    codebook: Codebook,
    tags: Sequence[Tag],
    beats: Sequence[Beat] | None,
    who: str,
    files: FilmFiles,
    exercise: Exercise | None = None,
    others: Sequence[dict[str, Any]] = (),
    marked: Marked | None = None,
) -> dict[str, Any]:
    """Return what ``mountReview`` needs, as plain JSON; the empty lanes at the foot are left out.

    Those between stay: a lane's place in the scheme decides its sign, which is the same as on the exercise page.

    Args:
        film: The film.
        codebook: The scheme of tags and beats.
        tags: What the trainee tagged.
        beats: What the expert saw; those that the page speaks of. None: there is nothing that the reader may lay
            beside, so the page has no lane of the expert's, and strikes nothing out.
        who: Who tagged, as a timeline says it: "You", or a name.
        files: The addresses of the film's files.
        exercise: What it was made in, if that is still in the course; it says what a rating sheet shows, and
            what counts as the same moment.
        others: Whoever else may be laid beside, as `vigwidgets.service.comparison.others_of` gives them.
        marked: How the mark pairs both, if there is one.
    """
    boot: dict[str, Any] = {
        "names": {"own": f"{who} saw"},
        "compare": {
            "observers": list(others),
            "tolerance": tolerance_of(exercise.policy if exercise else Policy()),
            "marked": {"paired": marked.paired, "steps": marked.steps} if marked and beats is not None else None,
        },
        "film": film.model_dump(mode="json"),
        "frames": files["frames"],
        "files": {name: address for name, address in files.items() if name != "frames"},
        "scheme": _kept(codebook, [*_codes(tags, beats or []), *_of_others(others)]).model_dump(mode="json"),
        "sheet": exercise.sheet.model_dump(mode="json") if exercise and exercise.sheet else None,
        "tags": [tag.model_dump(mode="json") for tag in tags],
    }
    if beats is not None:
        boot["beats"] = [beat.model_dump(mode="json") for beat in beats]
    return boot


def _kept(codebook: Codebook, used: Sequence[str]) -> Scheme:
    """Return the scheme down to the last lane of which a code is used; a rating sheet's is shown whole."""
    scheme, lanes = codebook.scheme, [lane.id for lane in codebook.lanes]
    last = max((lanes.index(codebook.lane_of(code).id) for code in used), default=len(lanes))
    shown = lanes if scheme.scale else lanes[: last + 1]
    codes = [code for code in scheme.codes if codebook.lane_of(code.id).id in shown]
    return scheme.model_copy(update={"codes": [_without_foreign(code, codes) for code in codes]})


def _codes(tags: Sequence[Tag], beats: Sequence[Beat]) -> list[str]:
    return [*(tag.code for tag in tags), *(beat.codes[0] for beat in beats)]


def _of_others(others: Sequence[dict[str, Any]]) -> list[str]:
    return [tag["code"] for one in others for tag in one["tags"]]


def _without_foreign(code: Code, kept: Sequence[Code]) -> Code:
    """Return a code that excludes only codes that are there."""
    if code.excludes is None:
        return code
    ids = {one.id for one in kept}
    return code.model_copy(update={"excludes": [other for other in code.excludes if other in ids]})

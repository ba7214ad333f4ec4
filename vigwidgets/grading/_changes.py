"""What is different between two marks of the same attempt, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from vigwidgets.grading._mark import Mark, Marked
from vigwidgets.grading._words import clock

__all__ = ["changes"]

_MOST = 5
_KINDS = {
    "missed": "missed", "extra": "the trainee's alone",
    "other_name": "named otherwise", "other_boundary": "at other edges",
}  # fmt: skip


def changes(before: Marked, after: Marked) -> list[str]:
    """Say what changed from one mark to the next; nothing: they say the same.

    Args:
        before: The mark that counted.
        after: The one that counts now.
    """
    if before == after:
        return []
    said = [
        f"The {name} is {getattr(after, field)}, and was {getattr(before, field)}."
        for field, name in (("exercise_version", "exercise's version"), ("observation_sha256", "fingerprint"))
        if getattr(before, field) != getattr(after, field)
    ]
    if type(before) is not type(after):
        return [*said, "The exercise is of another kind now."]
    if before.measured != after.measured:
        said.append(f"The figure is {_figure(after.measured)}, and was {_figure(before.measured)}.")
    if isinstance(before, Mark) and isinstance(after, Mark):
        said += [*_of_policy(before, after), *_of_moments(before, after)]
    return said or ["The wording or a smaller figure is another; what was found is the same."]


def _figure(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"


def _of_policy(before: Mark, after: Mark) -> Iterator[str]:
    then, now = before.policy.model_dump(), after.policy.model_dump()
    for name, value in now.items():
        if then[name] != value:
            yield f"Policy {name} is {value}, and was {then[name]}."


def _of_moments(before: Mark, after: Mark) -> Iterator[str]:
    then, now = _verdicts(before), _verdicts(after)
    nothing = (0, "not counted")
    different = [what for what in {**then, **now} if then.get(what, nothing)[1] != now.get(what, nothing)[1]]
    different.sort(key=lambda what: ((now.get(what) or then[what])[0], what))
    found = [
        f"At {clock((now.get(what) or then[what])[0])} a moment is {now.get(what, nothing)[1]}, "
        f"and was {then.get(what, nothing)[1]}."
        for what in different
    ]
    yield from found[:_MOST]
    if len(found) > _MOST:
        yield f"And {len(found) - _MOST} more moments."


def _verdicts(mark: Mark) -> dict[str, tuple[int, str]]:
    """Return for each beat, and each tag without one, when it is and what was found."""
    found = {f"beat {one.beat.id}": (one.beat.start, "seen alike") for one in mark.seen}
    for one in mark.again:
        if one.beat is not None:
            found[f"beat {one.beat.id}"] = (one.beat.start, _KINDS[one.kind])
        elif one.tag is not None:
            found[f"tag {one.tag.id}"] = (one.tag.start, _KINDS[one.kind])
    return found

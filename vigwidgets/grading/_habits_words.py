"""A habit in words: what is seen well stays seen, and one thing to try next."""

from __future__ import annotations

from collections.abc import Sequence

from vigwidgets.grading._habit import Habit, HabitKind
from vigwidgets.schemes import Codebook

__all__ = ["and_ends_words", "habit_in_short", "habit_words", "level_words"]


def habit_words(
    kind: HabitKind, labels: Sequence[str], count: int, n: int, amount: tuple[float, float, float] | None = None
) -> tuple[str, str]:
    """Return a habit as a sentence, and one thing to do about it.

    Args:
        kind: What the habit is.
        labels: The names of the lanes that it is about.
        count: In how many cases it shows.
        n: Of how many.
        amount: How much, with an interval: seconds, or steps of a scale.
    """
    return {
        "misses": _misses,
        "late": _late,
        "early": _early,
        "confuses": _confuses,
        "actor": _actor,
        "too_much": _too_much,
        "milder": _milder,
        "stricter": _stricter,
    }[kind](list(labels), count, n, amount or (0.0, 0.0, 0.0))


def habit_in_short(habit: Habit, codebook: Codebook) -> str:
    """Return a habit in a few words for somebody else's table: ``late by 0.8 s, in 18 of 19``.

    Args:
        habit: The habit.
        codebook: The scheme, for the names of lanes.
    """
    labels = [codebook.code(lane).label["en"] for lane in habit.lanes]
    off = abs(habit.amount or 0)
    scale = codebook.scheme.scale
    below, above = ("milder", "stricter") if scale is None or scale.cutoff else ("lower", "higher")
    words = {
        "misses": f"passes over {' and '.join(labels)}",
        "late": f"late by {off:.1f} s",
        "early": f"early by {off:.1f} s",
        "confuses": f"confuses {' and '.join(labels)}",
        "actor": "gives moments to the other person",
        "too_much": "marks much that the expert leaves",
        "milder": f"{below} by {off:.1f} of a step",
        "stricter": f"{above} by {off:.1f} of a step",
    }[habit.kind]
    return f"{words}, in {habit.share.count} of {habit.share.n}"


Amount = tuple[float, float, float]


def _misses(labels: list[str], count: int, n: int, _: Amount) -> tuple[str, str]:
    return (
        f"{labels[0]} passes you by more than anything else does: the expert saw it {n} times, and {count} of them "
        "have no mark of yours.",
        f"Play one film through and look for nothing but {labels[0]}.",
    )


def _seconds(amount: Amount) -> str:
    middle, low, high = sorted(abs(value) for value in amount)[1], *sorted(abs(value) for value in amount)[::2]
    return f"about {middle:.1f} s (probably {low:.1f} to {high:.1f} s)"


def _late(_: list[str], count: int, n: int, amount: Amount) -> tuple[str, str]:
    return (
        f"You see it, and your marks begin {_seconds(amount)} after the expert's; so it is in {count} of {n}.",
        "After each mark, step back frame by frame to where you first see it begin, and move the mark there.",
    )


def _early(_: list[str], count: int, n: int, amount: Amount) -> tuple[str, str]:
    return (
        f"You see it coming: your marks begin {_seconds(amount)} before the expert's; so it is in {count} of {n}.",
        "Before each mark, step on frame by frame to where it can first be seen, and move the mark there.",
    )


def and_ends_words(end: Amount) -> tuple[str, str]:
    """Return what to add, and to do, where marks that begin early also end late, or the other way round.

    Args:
        end: How much later than the expert's they end, in seconds, with an interval; less than 0: earlier.
    """
    if end[0] > 0:
        return (
            f"They also end {_seconds(end)} after the expert's: you mark more film than the moment takes.",
            "At each mark look for both ends, where it can first be seen and where it is over, and keep only what "
            "lies between.",
        )
    return (
        f"They also end {_seconds(end)} before the expert's: you mark less film than the moment takes.",
        "At each mark look for both ends, where it can first be seen and where it is over, and move both there.",
    )


def _confuses(labels: list[str], count: int, n: int, _: Amount) -> tuple[str, str]:
    one, other = labels
    return (
        f"You are at the right moments, and {one} and {other} change places: in {count} of {n} you gave the one name "
        "and the expert the other.",
        f"Put one moment of {one} beside one of {other}, and say in a sentence what tells them apart.",
    )


def _actor(_: list[str], count: int, n: int, __: Amount) -> tuple[str, str]:
    return (
        f"You are at the right moments; in {count} of {n} the expert gives them to the other person.",
        "At each mark ask first who begins it, and choose that person.",
    )


def _too_much(_: list[str], count: int, n: int, __: Amount) -> tuple[str, str]:
    return (
        f"You see much that the expert leaves: {count} of your {n} marks are yours alone.",
        "Before you keep a mark, say what changes in the film there; if nothing does, let it go.",
    )


def _steps(amount: Amount) -> str:
    middle, low, high = sorted(abs(value) for value in amount)[1], *sorted(abs(value) for value in amount)[::2]
    return f"{middle:.1f} of a step on average ({low:.1f} to {high:.1f})"


def _milder(_: list[str], count: int, n: int, amount: Amount) -> tuple[str, str]:
    return (
        f"Your ratings are milder than the reference by {_steps(amount)}; so it is in {count} of {n}.",
        "Take one film in which you were milder, and look for the moments that speak for the next step up.",
    )


def _stricter(_: list[str], count: int, n: int, amount: Amount) -> tuple[str, str]:
    return (
        f"Your ratings are stricter than the reference by {_steps(amount)}; so it is in {count} of {n}.",
        "Take one film in which you were stricter, and look for the moments that speak for the step below.",
    )


def level_words(
    kind: HabitKind, _labels: Sequence[str], count: int, n: int, amount: tuple[float, float, float]
) -> tuple[str, str]:
    """Return a leaning on a scale whose steps are no cause for concern, such as SDS, where lower is not milder.

    Args:
        kind: ``milder``: the ratings lie below the reference's; ``stricter``: above.
        count: In how many ratings it shows.
        n: Of how many.
        amount: How many steps, with an interval.
    """
    way, step = ("lower", "the next step up") if kind == "milder" else ("higher", "the step below")
    return (
        f"Your ratings are {way} than the reference's by {_steps(amount)}; so it is in {count} of {n}.",
        f"Take one film in which you were {way}, and look for the moments that speak for {step}.",
    )

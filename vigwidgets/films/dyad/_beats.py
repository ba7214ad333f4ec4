"""How long a beat lasts whose script gives no times."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from vigwidgets.films.dyad._model import Act

__all__ = ["beat_end", "beat_start"]


def beat_start(acts: Sequence[Act]) -> int:
    """Return when the first of a beat's acts begins, in microseconds."""
    return min(act.start for act in acts)


def beat_end(acts: Sequence[Act], open_looks: Collection[str]) -> int:
    """Return when the last of a beat's acts ends, in microseconds.

    Eyes that stay where they are until they go elsewhere do not make a beat longer: what is done meanwhile ends it. A
    beat of such a look alone, or one whose look begins when all else is over, lasts as long as the look.

    Args:
        acts: The beat's acts.
        open_looks: The ids of looks for which the script gives no duration.
    """
    done = max((act.end for act in acts if act.id not in open_looks), default=0)
    return max([done, *(act.end for act in acts if act.id in open_looks and act.start >= done)])

"""How nearly two categories agree: weights from 0 (not at all) to 1 (the same)."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vigwidgets.agreement._ratings import Coded
from vigwidgets.errors import Refusal

__all__ = ["WeightName", "from_disagreement", "weight_matrix"]

WeightName = Literal["linear", "quadratic"]


def weight_matrix(kind: WeightName | ArrayLike | None, of: Coded) -> NDArray[np.float64]:
    """Return weights of agreement: shape (categories, categories).

    Linear and quadratic weights take the distance between the categories' values where they are numbers, and
    between their places where they are not (Cohen 1968; Fleiss and Cohen 1973).

    Args:
        kind: ``"linear"``, ``"quadratic"``, a matrix of one's own, or None: only the same category agrees.
        of: The ratings.

    Raises:
        Refusal: An unknown name, a matrix that does not fit, or words without an order.
    """
    q = of.q
    if kind is None:
        return np.eye(q)
    if isinstance(kind, str):
        if kind not in {"linear", "quadratic"}:
            raise Refusal(f"Weights {kind!r} are not known; choose linear, quadratic, or give a matrix.")
        if q > 2 and not of.ordered:
            raise Refusal(
                f"The categories {', '.join(map(str, of.categories[:6]))} are words whose order is not known, and "
                f"{kind} weights need one; name them all in order (--categories), or leave out the weights."
            )
        scores = of.scores()
        apart = np.abs(scores[:, None] - scores)
        span = float(apart.max()) if q else 0.0
        apart = apart / span if span > 0 else apart
        return np.asarray(1 - (apart if kind == "linear" else apart**2))
    return _own(kind, q, "weights")


def from_disagreement(matrix: Any, of: Coded) -> NDArray[np.float64]:
    """Return weights of agreement from weights of disagreement (0: the same; any scale), as Cohen 1968 has them.

    Raises:
        Refusal: The matrix does not fit, is not 0 on its diagonal, or is negative.
    """
    apart = _own(matrix, of.q, "disagreement")
    if np.any(np.diag(apart) != 0) or np.any(apart < 0) or not np.any(apart > 0):
        raise Refusal(
            "The weights of disagreement must be 0 where both say the same, and above 0 somewhere else; check the "
            "diagonal and the signs."
        )
    return np.asarray(1 - apart / apart.max())


def _own(matrix: Any, q: int, what: str) -> NDArray[np.float64]:
    try:
        own = np.asarray(matrix, dtype=float)
    except (TypeError, ValueError):
        raise Refusal(f"The {what} are not a matrix of numbers; give {q} rows of {q} numbers.") from None
    if own.shape != (q, q) or not np.all(np.isfinite(own)):
        raise Refusal(
            f"The {what} have the shape {own.shape} and the ratings have {q} categories; give {q} rows of {q} finite "
            "numbers, in the order of the categories."
        )
    return own

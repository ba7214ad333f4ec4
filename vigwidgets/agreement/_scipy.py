"""Scipy, when it is needed and not before: loading it takes time, and the base install lacks it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from vigwidgets.errors import Refusal

__all__ = ["scipy_module"]


def scipy_module(name: str) -> Any:
    """Return one of scipy's modules, for example ``"special"``.

    Raises:
        Refusal: Scipy is not installed.
    """
    try:
        return import_module(f"scipy.{name}")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "scipy":
            raise
        raise Refusal(
            "This measure needs the package 'scipy', which is not installed; run `pip install 'vigwidgets[grade]'`."
        ) from None

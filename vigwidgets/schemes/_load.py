"""Read schemes from the course's YAML."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vigwidgets.contract import Scheme, in_a_sentence
from vigwidgets.errors import Refusal, shown
from vigwidgets.resources import resource_path
from vigwidgets.schemes._scheme import Codebook
from vigwidgets.yamls import read_file

__all__ = ["available_schemes", "load_scheme", "parse_scheme"]


def parse_scheme(data: Any, source: str = "the scheme") -> Codebook:
    """Read a scheme from plain data.

    Args:
        data: What YAML or JSON gave.
        source: What to call it in an error, for example a file's name.

    Raises:
        Refusal: The data is not a scheme.
    """
    try:
        return Codebook(Scheme.model_validate(data))
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, source)) from None


def available_schemes() -> list[str]:
    """Return the ids of the schemes that come with the course, sorted."""
    return sorted(path.stem for path in resource_path("course/schemes").glob("*.yaml"))


def load_scheme(scheme: str | Path) -> Codebook:
    """Return a scheme by its id (``"paig"``) or from a YAML file.

    Raises:
        Refusal: There is no such scheme, or its file is wrong.
    """
    if isinstance(scheme, Path):
        return _read(scheme)
    if not isinstance(scheme, str) or scheme not in available_schemes():
        raise Refusal(f"There is no scheme {shown(scheme)}; the course has {', '.join(available_schemes())}.")
    return _shipped(scheme)


@lru_cache
def _shipped(scheme: str) -> Codebook:
    return _read(resource_path(f"course/schemes/{scheme}.yaml"))


def _read(path: Path) -> Codebook:
    data, _ = read_file(path)
    return parse_scheme(data, path.name)

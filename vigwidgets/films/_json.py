"""Read and write the small JSON files of a film's folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from vigwidgets.contract import in_a_sentence
from vigwidgets.errors import Refusal

__all__ = ["read_model", "write_json", "write_model"]

Model = TypeVar("Model", bound=BaseModel)


def write_json(path: Path, value: object) -> None:
    """Write ``value`` compactly as UTF-8 JSON."""
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def write_model(path: Path, model: BaseModel) -> None:
    """Write a thing of the contract as JSON."""
    path.write_text(model.model_dump_json(), encoding="utf-8")


def read_model(path: Path, kind: type[Model]) -> Model:
    """Read a thing of the contract.

    Raises:
        Refusal: The file is missing or is not what the contract says.
    """
    try:
        return kind.model_validate_json(path.read_bytes())
    except OSError as error:
        raise Refusal(f"{path} cannot be read ({error.strerror}); take the film in again.") from error
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, str(path))) from error

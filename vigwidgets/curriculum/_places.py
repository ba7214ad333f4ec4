"""Read YAML so that every mistake can be named with its file and line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from vigwidgets.errors import Refusal
from vigwidgets.yamls import MAX_BYTES, Lines, YamlRefused, read_yaml

__all__ = ["CourseRefused", "Problem", "Source", "read_source"]

Model = TypeVar("Model", bound=BaseModel)

_LONGEST = MAX_BYTES


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a course.

    Attributes:
        file: The file, as seen from the course's folder, for example ``"exercises/first-look.yaml"``.
        line: The line in it, counted from 1; 0 when the whole file is meant.
        sentence: What is wrong, with which value, and what is allowed.
    """

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.sentence}"


class CourseRefused(Refusal):
    """The course cannot be used as it is written.

    Attributes:
        problems: All that was found, in the order of the files.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        more = f" ({len(problems) - 1} more; `vig course check` lists them)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")


@dataclass(frozen=True)
class Source:
    """A YAML file's data, with the line of everything in it.

    Attributes:
        file: What the file is called in a problem.
        data: What YAML gave.
        lines: The line of everything in it, counted in the whole file.
    """

    file: str
    data: Any
    lines: Lines

    def line(self, place: tuple[int | str, ...]) -> int:
        """Return the line of the nearest thing to ``place``, counted from 1 in the whole file."""
        return self.lines.of(place)

    def problem(self, sentence: str, *place: int | str) -> Problem:
        """Return a problem at ``place`` of this file."""
        return Problem(self.file, self.line(place), sentence)

    def parse(self, model: type[Model]) -> Model:
        """Return the data as a ``model``.

        Raises:
            CourseRefused: The data does not fit; every misfit is a problem with its line.
        """
        try:
            return model.model_validate(self.data if self.data is not None else {})
        except ValidationError as error:
            raise CourseRefused(
                [self.problem(_sentence(dict(one), model), *one["loc"]) for one in error.errors(include_url=False)]
            ) from None


def _sentence(error: dict[str, Any], model: type[BaseModel]) -> str:
    place = ".".join(str(part) for part in error["loc"]) or "the file"
    kind, message = error["type"], str(error["msg"])
    if kind == "missing":
        return f"{place} is missing; add it."
    if kind == "extra_forbidden":
        known = ", ".join(_fields_at(model, error["loc"][:-1]))
        return f"{place} is not a known name; allowed are {known}."
    value = repr(error["input"])
    value = value if len(value) <= 60 else value[:57] + "…"
    if kind == "literal_error":
        return f"{place} is {value}; allowed are {error['ctx']['expected']}."
    if kind == "string_type":
        return f"{place} is {value}; allowed is text, so put it in quotes."
    if kind == "value_error":
        message = message.removeprefix("Value error, ")
    return f"{place} is {value}; {message[:1].lower()}{message[1:]}{'' if message.endswith('.') else '.'}"


def _fields_at(model: type[BaseModel], place: tuple[int | str, ...]) -> list[str]:
    """Return the names that are allowed at ``place``, following nested models by their annotation."""
    for step in place:
        field = model.model_fields.get(str(step))
        inner = _models_in(field.annotation if field else None)
        if inner:
            model = inner[0]
    return list(model.model_fields)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in getattr(annotation, "__args__", ()) for found in _models_in(part)]


def read_source(path: Path, root: Path) -> Source:
    """Read a YAML file, or the YAML at the head of a Markdown file.

    Args:
        path: The file.
        root: The course's folder; problems name files as seen from it.

    Raises:
        CourseRefused: The file cannot be read, or is not YAML.
    """
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    try:
        with path.open("rb") as file:
            # A lesson's text follows its head, and has the length that a lesson has.
            raw = file.read(_LONGEST + 1)
        text = raw.decode("utf-8")
    except FileNotFoundError:
        raise CourseRefused([Problem(name, 0, "there is no such file; write it.")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise CourseRefused([Problem(name, 0, f"could not be read ({error}); save it as UTF-8.")]) from None
    if len(raw) > _LONGEST:
        raise CourseRefused([Problem(name, 0, f"is longer than {_LONGEST} bytes; split it.")])
    first_line = 1
    if path.suffix == ".md":
        head = re.match(r"---\r?\n(.*?)^---\s*$", text, flags=re.DOTALL | re.MULTILINE)
        if head is None:
            raise CourseRefused([Problem(name, 1, "a lesson begins with its head between two lines of ---; add it.")])
        text, first_line = head[1], 2
    try:
        return Source(name, *read_yaml(text, name, first_line))
    except YamlRefused as refused:
        raise CourseRefused([Problem(name, refused.line, refused.sentence)]) from None

"""A lesson: a short text, kept as a MyST Markdown notebook that also opens in JupyterLab."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from vigwidgets.curriculum._exercise import Text
from vigwidgets.curriculum._places import CourseRefused, Problem, read_source

__all__ = ["Lesson", "read_lesson"]


class _About(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text
    minutes: Annotated[int, Field(ge=1, le=60)]
    version: Annotated[str, Field(min_length=1, max_length=20)]


class _Head(BaseModel):
    # Jupytext's own settings stand beside ours at the head of the file; it knows best what is allowed there.
    model_config = ConfigDict(extra="forbid", frozen=True)

    jupytext: dict[str, Any] | None = None
    kernelspec: dict[str, Any] | None = None
    vig: _About


@dataclass(frozen=True)
class Lesson:
    """A text to read.

    Attributes:
        id: Its name, which is also its file's name.
        version: Raised by the author whenever the text changes.
        title: What a trainee reads.
        minutes: How long it takes to read.
        markdown: The text, without the head of the file.
        path: The notebook itself.
    """

    id: str
    version: str
    title: str
    minutes: int
    markdown: str
    path: Path


def read_lesson(path: Path, root: Path) -> Lesson:
    """Read a lesson.

    Args:
        path: A MyST Markdown notebook whose head has ``vig: {title, minutes, version}``.
        root: The course's folder; problems name files as seen from it.

    Raises:
        CourseRefused: The head is missing or wrong, or there is no text.
    """
    source = read_source(path, root)
    about = source.parse(_Head).vig
    _, _, text = path.read_text(encoding="utf-8").removeprefix("---").partition("\n---")
    if not text.strip("-\r\n \t"):
        raise CourseRefused([Problem(source.file, source.line(()), "the lesson has no text; write it below its head.")])
    return Lesson(path.stem, about.version, about.title, about.minutes, text.strip(), path)

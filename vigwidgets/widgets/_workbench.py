"""The whole exercise in one widget; on an exercise page it binds to the workbench that is already there."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import traitlets as t
from pydantic import TypeAdapter, ValidationError

from vigwidgets.contract import Observation, Tag
from vigwidgets.contract.asked import Replied
from vigwidgets.errors import Refusal, shown
from vigwidgets.widgets._base import FilmWidget, film_or_refuse, refuse_unknown, scheme_or_refuse
from vigwidgets.widgets._draft import text_or_refuse
from vigwidgets.widgets._tagger import EditCallback, Tagger

__all__ = ["Workbench"]

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_TAGS: TypeAdapter[list[Tag]] = TypeAdapter(list[Tag])
_MOST_TEXT = 50_000_000
_MOST_WORDS = 20_000


class Workbench(Tagger):
    """Film, lanes, the selected moment and the list of all, side by side.

    In a notebook it is a `Tagger` with a helping question and a task. On an exercise page of the service give
    ``observation``: then the page keeps the film and the edits, and this widget only sees them. What it sees is
    what the browser says; marks are given from the service's own records.

    Args:
        film: The path of a film's folder, or the id of a film. Leave it out on an exercise page.
        scheme: What is coded: a scheme's id, or the path of its YAML file.
        observation: The id of the page's observation, on an exercise page.
        question: The family's helping question.
        task: What to do, as plain text.
        file: Where the moments are kept in a notebook; ``<film>.observation.json`` by default.
        observer: Who codes, by an opaque id.
        data: The data directory, if not the usual one.

    Raises:
        Refusal: Neither film nor observation is given or both are, there is no such film or scheme, or an argument
            is unknown.
    """

    _question = t.Unicode().tag(sync=True)
    _task = t.Unicode().tag(sync=True)
    _tags_json = t.Unicode("[]").tag(sync=True)

    def __init__(
        self,
        film: str | os.PathLike[str] | None = None,
        scheme: str | Path = "paig",
        *,
        observation: str | None = None,
        question: str = "",
        task: str = "",
        file: str | os.PathLike[str] | None = None,
        observer: str = "me",
        data: str | os.PathLike[str] | None = None,
        **unknown: Any,
    ) -> None:
        refuse_unknown("Workbench", unknown, "film, scheme, observation, question, task, file, observer and data")
        if (film is None) == (observation is None):
            raise Refusal(
                "Workbench shows either a film or a page's observation; give film=… or observation=…, not both."
            )
        self._page_tags: list[Tag] | None = None
        codebook = scheme_or_refuse(scheme)
        if film is not None:
            folder = film_or_refuse(film, data)
            words = {
                "_question": text_or_refuse("The question", question, _MOST_WORDS),
                "_task": text_or_refuse("The task", task, _MOST_WORDS),
            }
            self._begin(folder, codebook, file, observer, _kind="workbench", **words)
            return
        if not isinstance(observation, str) or not _ID.fullmatch(observation):
            raise Refusal(
                f"observation={shown(observation)} is not an id; the page gives it, such as 'obs-3f9c2a7e51d04b86'."
            )
        self._codebook = codebook
        self._page_tags = []
        FilmWidget.__init__(self, None, _kind="workbench", _observation_id=observation)
        self.observe(self._on_page_tags, "_tags_json")

    @property
    def on_page(self) -> bool:
        """Whether an exercise page keeps the film and the edits."""
        return self._page_tags is not None

    @property
    def observation(self) -> Observation:
        """What has been coded so far, as it stands in the file.

        Raises:
            Refusal: An exercise page keeps it.
        """
        if self.on_page:
            raise Refusal("The exercise page keeps this observation; read the moments from `tags`.")
        return super().observation

    def _moments(self) -> Sequence[Tag]:
        return self._page_tags if self._page_tags is not None else super()._moments()

    def _need_own_edits(self) -> None:
        if self.on_page:
            raise Refusal("The exercise page keeps these moments; tag them there, and read them from `tags`.")

    def on_edit(self, callback: EditCallback) -> Callable[[], None]:
        """Call ``callback(edit, observation)`` after every edit that was saved; not on an exercise page.

        Raises:
            Refusal: An exercise page keeps the edits, or it cannot be called.
        """
        if self.on_page:
            raise Refusal("The exercise page keeps the edits; observe `_tags_json`, or read `tags` when you need them.")
        return super().on_edit(callback)

    def _answer(self, request: Any) -> Replied:
        if self.on_page:
            return FilmWidget._answer(self, request)
        return super()._answer(request)

    def _on_page_tags(self, change: dict[str, Any]) -> None:
        """Take the tags that the browser reports, if they are tags of this scheme; anything else changes nothing."""
        text = change["new"]
        if len(text) > _MOST_TEXT:
            return
        try:
            told = _TAGS.validate_python(json.loads(text))
        except (ValueError, ValidationError):
            return
        if all(tag.code in self._codebook for tag in told):
            self._page_tags = told

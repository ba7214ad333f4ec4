"""Rate a film on a scale; every rating may be tied to the moments that show it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import traitlets as t

from vigwidgets.contract import Observation, Step
from vigwidgets.errors import Refusal, shown
from vigwidgets.observations import evidence_of, rating_id, ratings, total
from vigwidgets.places import data_directory
from vigwidgets.schemes import Codebook, site_text_path, with_site_text
from vigwidgets.widgets._base import film_or_refuse, flag_or_refuse, refuse_unknown, scheme_or_refuse
from vigwidgets.widgets._film import FilmFolder
from vigwidgets.widgets._tagger import Tagger

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RatingSheet"]

_COLUMNS = {
    "item": "string", "label": "string", "core": "bool", "rating": "string", "value": "Int64", "words": "string",
    "note": "string", "moments": "Int64",
}  # fmt: skip


class RatingSheet(Tagger):
    """A film and a rating scale beside it.

    ```python
    from vigwidgets import RatingSheet

    sheet = RatingSheet("films/blocks", "m-adbb")
    sheet
    ```

    Args:
        film: The path of a film's folder, or the id of a film in the data directory.
        scale: ``"adbb"``, ``"m-adbb"``, ``"sds"``, or the path of a scale's YAML file.
        first_look: ``"whole"``: first the whole film without a pause, as in a live meeting; ``"free"``: not.
        total: Whether the total and the cut-off are shown.
        file: Where the ratings are kept; ``<film>.<scale>.observation.json`` in the working directory by default.
        observer: Who rates, by an opaque id.
        data: The data directory, if not the usual one. A licensed site's own text for the anchors lies there, in
            ``anchors/<scale>.yaml``.

    Raises:
        Refusal: There is no such film or scale, nobody in the film can be rated with it, the site's own text is
            wrong, the file holds something else, or an argument is unknown.
    """

    _sheet = t.Dict().tag(sync=True)

    def __init__(
        self,
        film: str | os.PathLike[str],
        scale: str | Path = "adbb",
        *,
        first_look: Literal["free", "whole"] = "free",
        total: bool = False,
        file: str | os.PathLike[str] | None = None,
        observer: str = "me",
        data: str | os.PathLike[str] | None = None,
        **unknown: Any,
    ) -> None:
        refuse_unknown("RatingSheet", unknown, "film, scale, first_look, total, file, observer and data")
        if not isinstance(first_look, str) or first_look not in ("free", "whole"):
            raise Refusal(f"first_look={shown(first_look)} is not known; choose 'free' or 'whole'.")
        folder = film_or_refuse(film, data)
        codebook = _scale(scale, data)
        _check_cast(folder, codebook)
        name = file if file is not None else f"{folder.film.id}.{codebook.scheme.id}.observation.json"
        sheet = {"total": flag_or_refuse("total", total), "look": first_look}
        self._begin(folder, codebook, name, observer, _kind="rating", _sheet=sheet)

    @property
    def ratings(self) -> pd.DataFrame:
        """One row for each item, in the scale's order.

        Columns: ``item``, ``label`` (English), ``core``, ``rating`` (the step's id; missing while it is open),
        ``value`` (its number, if the scale has numbers), ``words``, ``note``, ``moments`` (how many are its evidence).
        """
        import pandas as pd  # noqa: PLC0415 - a notebook that only rates need not wait for pandas

        observation = self._store.held
        steps = ratings(observation, self._codebook)
        rows = [self._row(item, step, observation) for item, step in steps.items()]
        return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)

    @property
    def total(self) -> int | None:
        """The sum of the ratings; None while an item is open, and for a scale of words."""
        return total(list(ratings(self._store.held, self._codebook).values()))

    def evidence(self, item: str) -> pd.DataFrame:
        """Return the moments that were kept for an item, as `Tagger.tags` has them.

        Raises:
            Refusal: The scale has no such item.
        """
        if not isinstance(item, str):
            raise Refusal(f"{shown(item)} is not an item; give its id as text, such as {self._codebook.lanes[0].id!r}.")
        self._codebook.code(item)
        kept = [tag.id for tag in evidence_of(self._store.held, item)]
        tags = self.tags
        return tags[tags["id"].isin(kept)].reset_index(drop=True)

    def _row(self, item: str, step: Step | None, observation: Observation) -> list[Any]:
        code = self._codebook.code(item)
        note = next((tag.note for tag in observation.tags if tag.id == rating_id(item)), "")
        moments = len(evidence_of(observation, item))
        chosen = [None, None, None] if step is None else [step.id, step.value, step.label.get("en")]
        return [item, code.label.get("en"), bool(code.core), *chosen, note, moments]


def _scale(scale: str | Path, data: str | os.PathLike[str] | None) -> Codebook:
    codebook = scheme_or_refuse(scale)
    if codebook.scheme.scale is None:
        raise Refusal(
            f"{codebook.scheme.id!r} is a scheme for tagging and no rating scale; choose 'adbb', 'm-adbb' or 'sds', "
            "or open it with Tagger."
        )
    path = site_text_path(data_directory(data), codebook.scheme.id)
    return Codebook(with_site_text(codebook.scheme, path))


def _check_cast(folder: FilmFolder, codebook: Codebook) -> None:
    cast = {member.role for member in folder.film.cast}
    for item in codebook.lanes:
        if item.actors is not None and not cast & set(item.actors):
            raise Refusal(
                f"Nobody in film {folder.film.id!r} can be rated with {codebook.scheme.id!r}: it is for "
                f"{', '.join(item.actors)}, and on film are {', '.join(sorted(cast))}; choose another film or scale."
            )

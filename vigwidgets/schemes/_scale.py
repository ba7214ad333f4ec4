"""Rating scales: whether one fits together, and the slot for a licensed site's own text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vigwidgets.contract import Scheme, in_a_sentence
from vigwidgets.errors import Refusal
from vigwidgets.yamls import read_file

__all__ = ["SiteText", "check_scale", "site_text_path", "with_site_text"]

_Text = Annotated[str, Field(min_length=1, max_length=2000)]
_Labels = Annotated[dict[str, _Text], Field(min_length=1)]


class SiteItem(BaseModel):
    """A site's own words for one item; what is left away stays ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: _Labels | None = None
    help: _Labels | None = None
    anchors: dict[str, _Labels] = Field(default_factory=dict)


class SiteText(BaseModel):
    """A file that a licensed site lays over our paraphrases.

    Attributes:
        scheme: Which scale it is for.
        version: Which version of it.
        source: Whose words they are and by which licence; shown under the sheet.
        items: The words, by the item's code.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    scheme: str
    version: str
    source: _Labels
    items: Annotated[dict[str, SiteItem], Field(min_length=1)]


def check_scale(scheme: Scheme) -> None:
    """Check that a scheme's scale and items fit together.

    Raises:
        Refusal: A step or its key stands twice, some steps have a number and others none, there is a cut-off without
            numbers or beyond the highest total, or an item has an anchor for a step that there is not.
    """
    where = f"In scheme {scheme.id!r}"
    scale = scheme.scale
    for code in scheme.codes:
        if scale is None and (code.anchors or code.core is not None):
            raise Refusal(f"{where}, code {code.id!r} has anchors or is core and there is no scale; add its steps.")
    if scale is None:
        return
    for what, names in (("step", [s.id for s in scale.steps]), ("key", [s.key for s in scale.steps if s.key])):
        twice = _twice(names)
        if twice is not None:
            raise Refusal(f"{where}, the scale's {what} {twice!r} stands twice; give each step its own.")
    values = [step.value for step in scale.steps if step.value is not None]
    if values and len(values) < len(scale.steps):
        raise Refusal(f"{where}, some steps have a value and others none; give all of them one, or none.")
    most = max(values, default=0) * sum(code.parent is None for code in scheme.codes)
    if scale.cutoff is not None and scale.cutoff > most:
        raise Refusal(f"{where}, the cut-off is {scale.cutoff}; allowed is at most the highest total, {most}.")
    known = {step.id for step in scale.steps}
    for code in scheme.codes:
        for step in set(code.anchors or {}) - known:
            raise Refusal(
                f"{where}, code {code.id!r} has an anchor for step {step!r}; there are {', '.join(sorted(known))}."
            )


def _twice(names: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def site_text_path(data: Path, scheme: str) -> Path:
    """Return where a site puts its own text for a scale: ``DATA/anchors/<scheme>.yaml``."""
    return data / "anchors" / f"{scheme}.yaml"


def with_site_text(scheme: Scheme, path: Path) -> Scheme:
    """Return a scale in the words of a site's file, or as it was when there is no such file.

    Codes, steps, scores and keys stay: only words change, so that ratings made in either wording are the same.

    Raises:
        Refusal: The file cannot be read, is for another scale, or names an item or step that there is not.
    """
    if not path.is_file():
        return scheme
    text = _read(path)
    if scheme.scale is None or (text.scheme, text.version) != (scheme.id, scheme.version):
        raise Refusal(
            f"{path.name} is for {text.scheme!r} version {text.version}; this is {scheme.id!r} version "
            f"{scheme.version}{'' if scheme.scale else ', which is no rating scale'}. Correct its first lines."
        )
    codes = {code.id: code for code in scheme.codes}
    for item, words in text.items.items():
        if item not in codes:
            raise Refusal(f"{path.name}: there is no item {item!r}; there are {', '.join(codes)}.")
        code = codes[item]
        changed: dict[str, Any] = {"anchors": {**(code.anchors or {}), **words.anchors}}
        changed |= {name: value for name in ("label", "help") if (value := getattr(words, name)) is not None}
        codes[item] = code.model_copy(update=changed)
    scale = scheme.scale.model_copy(update={"wording": text.source})
    merged = scheme.model_copy(update={"codes": list(codes.values()), "scale": scale})
    try:
        check_scale(merged)
    except Refusal as refused:
        raise Refusal(f"{path.name}: {refused}") from None
    return merged


def _read(path: Path) -> SiteText:
    data, _ = read_file(path)
    try:
        return SiteText.model_validate(data)
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, path.name)) from None

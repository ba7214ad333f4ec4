"""Two schemes laid side by side, as the sources do it: what has a counterpart, and what has none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vigwidgets.contract import Crosswalk, CrosswalkRow, in_a_sentence
from vigwidgets.errors import Refusal
from vigwidgets.resources import resource_path
from vigwidgets.schemes._load import load_scheme
from vigwidgets.schemes._scheme import Codebook
from vigwidgets.yamls import read_file

__all__ = ["Bridge", "across_of", "crosswalks_of", "parse_crosswalk"]


@dataclass(frozen=True)
class Bridge:
    """A crosswalk with its two schemes.

    Attributes:
        crosswalk: The table as it was written.
        first: The scheme on its left.
        second: The scheme on its right.

    Raises:
        Refusal: A code that the table names is not in its scheme, stands on neither side of a row, or is left out of
            the table without a word.
    """

    crosswalk: Crosswalk
    first: Codebook
    second: Codebook

    def __post_init__(self) -> None:
        where = f"In crosswalk {self.crosswalk.id!r}"
        for row in self.crosswalk.rows:
            self._check_row(row, where)
        for code in self.crosswalk.same or []:
            for codebook in (self.first, self.second):
                _known(code, codebook, where)
        for side, codebook in (("first", self.first), ("second", self.second)):
            named = {code for row in self.crosswalk.rows for code in getattr(row, side)}
            forgotten = [lane.id for lane in codebook.lanes if lane.id not in named | set(self.crosswalk.same or [])]
            if forgotten:
                raise Refusal(
                    f"{where}, {forgotten[0]!r} of scheme {codebook.scheme.id!r} is left out; give it a row, "
                    "with nothing on the other side where the sources have no counterpart."
                )

    def _check_row(self, row: CrosswalkRow, where: str) -> None:
        if not row.first and not row.second:
            raise Refusal(f"{where}, a row is empty on both sides; name a code on one of them.")
        for code in row.first:
            _known(code, self.first, where)
        for code in [*row.second, *(row.beside or [])]:
            _known(code, self.second, where)

    def across(self, code_id: str, scheme_id: str) -> list[str]:
        """Return the codes of the other scheme that stand beside a code; none where the sources give none.

        A behaviour stands where its lane stands.

        Args:
            code_id: The code.
            scheme_id: The scheme that it is from.

        Raises:
            Refusal: The scheme is not one of the two, or has no such code.
        """
        if scheme_id not in self.crosswalk.schemes:
            raise Refusal(
                f"Crosswalk {self.crosswalk.id!r} lies between {' and '.join(self.crosswalk.schemes)}, "
                f"not {scheme_id!r}; choose one of the two."
            )
        forth = scheme_id == self.crosswalk.schemes[0]
        lane = (self.first if forth else self.second).lane_of(code_id).id
        if lane in (self.crosswalk.same or []):
            return [lane]
        rows = [(row.first, row.second) if forth else (row.second, row.first) for row in self.crosswalk.rows]
        return list(dict.fromkeys(other for here, there in rows if lane in here for other in there))


def _known(code: str, codebook: Codebook, where: str) -> None:
    if code not in codebook:
        raise Refusal(
            f"{where}, {code!r} is not in scheme {codebook.scheme.id!r}; correct the name or add it to the scheme."
        )


def parse_crosswalk(data: Any, codebooks: dict[str, Codebook], source: str = "the crosswalk") -> Bridge:
    """Read a crosswalk from plain data and check it against its schemes.

    Args:
        data: What YAML or JSON gave.
        codebooks: Schemes by id.
        source: What to call it in an error, for example a file's name.

    Raises:
        Refusal: The data is not a crosswalk, or does not fit the schemes.
    """
    try:
        crosswalk = Crosswalk.model_validate(data)
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, source)) from None
    missing = [scheme for scheme in crosswalk.schemes if scheme not in codebooks]
    if missing:
        raise Refusal(f"{source} names scheme {missing[0]!r}, which is not there; there are {', '.join(codebooks)}.")
    first, second = (codebooks[scheme] for scheme in crosswalk.schemes)
    return Bridge(crosswalk, first, second)


@lru_cache
def crosswalks_of(scheme_id: str) -> tuple[Bridge, ...]:
    """Return the shipped crosswalks that a scheme is part of, by id.

    Raises:
        Refusal: A shipped crosswalk is wrong.
    """
    found = (_read(path) for path in sorted(resource_path("course/crosswalks").glob("*.yaml")))
    return tuple(bridge for bridge in found if scheme_id in bridge.crosswalk.schemes)


def across_of(scheme_id: str) -> list[dict[str, Any]]:
    """Return what a page needs to show a scheme's tags in other words, as plain JSON.

    One entry for each shipped crosswalk: ``crosswalk``, and ``scheme``, the one on its other side with its lanes.
    """
    return [
        {"crosswalk": bridge.crosswalk.model_dump(mode="json", exclude_none=True), "scheme": _lanes(bridge, scheme_id)}
        for bridge in crosswalks_of(scheme_id)
    ]


def _lanes(bridge: Bridge, scheme_id: str) -> dict[str, Any]:
    """The other scheme without what stands under its lanes, save what a row names: that is all that is shown of it."""
    other = bridge.second if bridge.crosswalk.schemes[0] == scheme_id else bridge.first
    named = {code for row in bridge.crosswalk.rows for code in [*row.first, *row.second, *(row.beside or [])]}
    codes = [code for code in other.scheme.codes if code.parent is None or code.id in named]
    return other.scheme.model_copy(update={"codes": codes}).model_dump(mode="json")


@lru_cache
def _read(path: Path) -> Bridge:
    data, _ = read_file(path)
    named = data.get("schemes") if isinstance(data, dict) else None
    known = {str(scheme): load_scheme(str(scheme)) for scheme in named} if isinstance(named, list) else {}
    return parse_crosswalk(data, known, path.name)

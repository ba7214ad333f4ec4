"""A scheme with its codes at hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from vigwidgets.contract import Code, Modifier, Scheme, SchemeRef
from vigwidgets.errors import Refusal, shown
from vigwidgets.schemes._scale import check_scale

__all__ = ["Codebook"]

_NOT_FOR_CODES = {" ", "Enter", "Escape", "Tab", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"}
"""Keys without which nobody gets about on a page by keyboard."""


@dataclass(frozen=True)
class Codebook:
    """A scheme, and the questions that tagging and marking ask of it.

    Attributes:
        scheme: The scheme as it was written.

    Raises:
        Refusal: Two codes or two modifiers share an id, a code that is named is not in the scheme, parents lead round
            in a ring, or a key is taken.
    """

    scheme: Scheme

    def __post_init__(self) -> None:
        twice = [code for code, n in Counter(code.id for code in self.scheme.codes).items() if n > 1]
        if twice:
            raise Refusal(f"In scheme {self.scheme.id!r}, code {twice[0]!r} stands twice; give each code its own id.")
        for code in self.scheme.codes:
            for named in [code.parent, *(code.excludes or [])]:
                if named is not None and named not in self._by_id:
                    raise Refusal(
                        f"In scheme {self.scheme.id!r}, code {code.id!r} names {named!r}, which is not in the scheme; "
                        "add it or correct the name."
                    )
            if code.id in (code.excludes or []):
                raise Refusal(f"{self._where(code)} excludes itself; name the others that it ends.")
        self._check_parents()
        self._check_keys()
        self._check_modifiers()
        check_scale(self.scheme)

    def _where(self, code: Code) -> str:
        return f"In scheme {self.scheme.id!r}, code {code.id!r}"

    def _check_parents(self) -> None:
        """Whoever walks from a code to its lane must arrive."""
        arrive: set[str] = set()
        for code in self.scheme.codes:
            way = {code.id: None}  # a dict, for its order
            while (above := self._by_id[next(reversed(way))].parent) is not None and above not in arrive:
                if above in way:
                    ring = list(way)[list(way).index(above) :]
                    raise Refusal(
                        f"{self._where(code)} never reaches a lane: {' → '.join([*ring, above])}; take one parent out."
                    )
                way[above] = None
            arrive.update(way)

    def _check_keys(self) -> None:
        taken: dict[tuple[str | None, str], Code] = {}
        for code in self.scheme.codes:
            if code.key is None:
                continue
            if code.key in _NOT_FOR_CODES:
                raise Refusal(
                    f"{self._where(code)} has the key {code.key!r}, which the page itself needs; choose another."
                )
            other = taken.setdefault((code.parent, code.key), code)
            if other is not code:
                raise Refusal(f"{self._where(code)} has the key {code.key!r}, as {other.id!r} has; choose another.")

    def _check_modifiers(self) -> None:
        seen: set[str] = set()
        for modifier in self.scheme.modifiers or []:
            where = f"In scheme {self.scheme.id!r}, modifier {modifier.id!r}"
            if modifier.id in seen:
                raise Refusal(f"{where} stands twice; give each modifier its own id.")
            seen.add(modifier.id)
            unknown = [code for code in modifier.codes or [] if code not in self._by_id]
            if unknown:
                raise Refusal(f"{where} names {unknown[0]!r}, which is not in the scheme; add it or correct the name.")
            choices = [choice.id for choice in modifier.choices]
            if len(set(choices)) < len(choices):
                raise Refusal(f"{where} has a choice twice; give each choice its own id.")

    @cached_property
    def _by_id(self) -> dict[str, Code]:
        return {code.id: code for code in self.scheme.codes}

    @property
    def ref(self) -> SchemeRef:
        """The scheme by name and version, as an observation names it."""
        return SchemeRef(id=self.scheme.id, version=self.scheme.version)

    @property
    def lanes(self) -> list[Code]:
        """The codes that have a lane of their own, in the scheme's order."""
        return [code for code in self.scheme.codes if code.parent is None]

    def __contains__(self, code: object) -> bool:
        return code in self._by_id

    def code(self, code_id: str) -> Code:
        """Return a code by its id.

        Raises:
            Refusal: The scheme has no such code.
        """
        try:
            return self._by_id[code_id]
        except KeyError:
            lanes = ", ".join(repr(lane.id) for lane in self.lanes)
            raise Refusal(
                f"Code {shown(code_id)} is not in scheme {self.scheme.id!r} version {self.scheme.version}; "
                f"choose one of {lanes}, or a behaviour under one of them."
            ) from None

    def lane_of(self, code_id: str) -> Code:
        """Return the code on whose lane ``code_id`` is drawn (for PAIG: its principle)."""
        code = self.code(code_id)
        while code.parent is not None:
            code = self.code(code.parent)
        return code

    def children(self, code_id: str) -> list[Code]:
        """Return the codes directly under ``code_id``, in the scheme's order."""
        return [code for code in self.scheme.codes if code.parent == code_id]

    def modifiers(self, code_id: str) -> list[Modifier]:
        """Return what may be said more closely of a tag with this code, in the scheme's order."""
        above = {code_id}
        code = self.code(code_id)
        while code.parent is not None:
            above.add(code.parent)
            code = self.code(code.parent)
        return [one for one in self.scheme.modifiers or [] if one.codes is None or above & set(one.codes)]

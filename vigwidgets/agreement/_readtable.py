"""A table of ratings from a CSV file: a row for each unit, a column for each rater."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from vigwidgets.errors import Refusal

__all__ = ["RatingTable", "read_ratings"]

_LABELS = {
    "unit", "units", "id", "item", "subject", "target", "case", "clip", "film", "video", "name", "row", "baby",
    "infant", "child", "parent", "mother", "father", "dyad", "family", "participant", "person", "patient",
    "code", "no", "nr",
}  # fmt: skip
_OF_LABELS = {"id", "no", "nr", "number", "code", "name"}  # ``baby id``, ``participant_no`` …
_MISSING = {"", "na", "n/a", "nan", "."}  # not ``none``: that is a category in many schemes
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_FEWEST_IDS = 3


@dataclass(frozen=True)
class RatingTable:
    """Ratings as they stand in a file.

    Attributes:
        raters: The columns' names.
        units: The rows' names.
        cells: Text, None where empty: shape (units, raters).
    """

    raters: tuple[str, ...]
    units: tuple[str, ...]
    cells: tuple[tuple[str | None, ...], ...]

    def columns(self, names: list[str]) -> RatingTable:
        """Return only some raters, in the order asked for.

        Raises:
            Refusal: There is no rater of that name.
        """
        for name in names:
            if name not in self.raters:
                raise Refusal(f"The table has no column {name!r}; it has {', '.join(self.raters)}.")
        at = [self.raters.index(name) for name in names]
        return RatingTable(tuple(names), self.units, tuple(tuple(row[k] for k in at) for row in self.cells))


def read_ratings(path: Path, header: bool | None = None) -> RatingTable:
    """Read a table of units × raters. Empty cells, NA and a lone dot are missing.

    The first row is taken for names if its first cell is ``unit``, ``id``, ``item`` or the like, whatever follows; if
    its first cell is text and all below that are numbers; if none of its cells is a number while there are numbers
    below; or if none of its cells occurs again below. A first column names the units if it is headed so, or if it
    alone holds text, in every row another. Commas, semicolons and tabs all separate; where commas do not, ``1,5`` is
    one and a half.

    Args:
        path: The file, in UTF-8.
        header: Whether the first row holds names; None: see above.

    Raises:
        Refusal: The file cannot be read, its rows differ in length, or its first column may be units or ratings.
    """
    lines = _lines(path)
    width = len(lines[0])
    named = _looks_like_names(lines) if header is None else header
    names, body = (lines[0], lines[1:]) if named else ([], lines)
    labelled = width > 2 and ((bool(names) and (not names[0] or _is_label(names[0]))) or _names_units(body))
    if width > 2 and not labelled and _may_be_ids(body):
        raise Refusal(
            f"{path.name}: the first column{f', {names[0]!r},' if names else ''} has another whole number in every row "
            "and may hold the units' ids; head it 'unit' if it does, or put another rater first if it holds ratings."
        )
    first = 1 if labelled else 0
    raters = tuple(names[first:]) if names else tuple(f"rater {at}" for at in range(1, width - first + 1))
    units = tuple(line[0] for line in body) if labelled else tuple(str(at) for at in range(1, len(body) + 1))
    cells = tuple(tuple(None if cell.lower() in _MISSING else cell for cell in line[first:]) for line in body)
    if not cells:
        raise Refusal(f"{path.name} has names and no ratings; give a row for each unit.")
    return RatingTable(raters, units, cells)


def _lines(path: Path) -> list[list[str]]:
    """Return a file's rows, all of one length, with a point in every number."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refusal(f"{path.name} could not be read ({error.strerror}); check its name and place.") from None
    except UnicodeDecodeError:
        raise Refusal(f"{path.name} is not text in UTF-8; save the table as CSV in UTF-8.") from None
    separator = max(",;\t", key=text.partition("\n")[0].count)
    try:
        lines = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines(), delimiter=separator) if row]
    except csv.Error as error:
        raise Refusal(f"{path.name} could not be read as a table ({error}); save it as CSV in UTF-8.") from None
    if separator != ",":
        lines = [
            [cell.replace(",", ".") if _DECIMAL_COMMA.fullmatch(cell) else cell for cell in line] for line in lines
        ]
    if not lines:
        raise Refusal(f"{path.name} is empty; give a row for each unit and a column for each rater.")
    width = len(lines[0])
    for number, line in enumerate(lines, start=1):
        if len(line) != width:
            raise Refusal(
                f"{path.name}, row {number} has {len(line)} cells and row 1 has {width}; give every row as many, and "
                "leave a cell empty where a rating is missing."
            )
    return lines


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _is_label(cell: str) -> bool:
    words = re.split(r"[\s_.-]+", cell.lower())
    return words[-1] in (_LABELS if len(words) == 1 else _OF_LABELS)


def _may_be_ids(body: list[list[str]]) -> bool:
    """Tell whether a first column looks like ids: whole numbers that count up, or that nobody gave as a rating."""
    first = [line[0] for line in body]
    if len(first) < _FEWEST_IDS or len(set(first)) < len(first) or not all(re.fullmatch(r"\d+", one) for one in first):
        return False
    counted = [int(one) for one in first]
    given = {cell for line in body for cell in line[1:]}
    return counted == list(range(counted[0], counted[0] + len(counted))) or given.isdisjoint(first)


def _names_units(body: list[list[str]]) -> bool:
    first, rest = [line[0] for line in body], [cell for line in body for cell in line[1:]]
    if len(set(first)) < len(first) or any(_is_number(cell) or cell.lower() in _MISSING for cell in first):
        return False
    return all(_is_number(cell) or cell.lower() in _MISSING for cell in rest)


def _looks_like_names(lines: list[list[str]]) -> bool:
    head, body = lines[0], lines[1:]
    if body and _is_label(head[0]):
        return True
    text_over_numbers = not _is_number(head[0]) and head[0].lower() not in _MISSING
    if body and len(head) > 2 and text_over_numbers and all(_is_number(line[0]) for line in body):
        return True
    if not body or any(_is_number(cell) for cell in head) or all(cell.lower() in _MISSING for cell in head):
        return False
    below = {cell for line in body for cell in line if cell.lower() not in _MISSING}
    if any(_is_number(cell) for cell in below):
        return True
    return not any(cell in below for cell in head) and len(set(head)) == len(head)

"""Read YAML so that every value knows its line, and nothing in it can grow beyond what is written.

All YAML of the house is read here: film scripts, the course, its exercises and lessons, and schemes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from vigwidgets.errors import Refusal

__all__ = ["MAX_BYTES", "Lines", "YamlRefused", "read_file", "read_yaml"]

MAX_BYTES = 400_000
_MAX_NODES = 60_000
_MAX_DEPTH = 12


class YamlRefused(Refusal):
    """A text that is not the YAML that we read.

    Args:
        source: The file's name.
        line: The line of the fault, from 1; 0: it is the whole file.
        sentence: What is wrong with it, and what to do.
        note: What wrote the line, when a person did not, with a space before it.
    """

    def __init__(self, source: str, line: int, sentence: str, note: str = "") -> None:
        super().__init__(f"{source}, line {line}{note}: {sentence}" if line else f"{source} {sentence}")
        self.line = line
        self.sentence = sentence


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04")
_NO_TEXT = "is no text, but a picture or another program's file; name a YAML file."
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_ODD = {
    "\t": "a tab, and YAML takes blanks only",
    "\u00a0": "a no-break space, which looks like a blank and is none",
    "“": "typographic quotes (“), which are letters to YAML: write straight ones",
    "„": "typographic quotes („), which are letters to YAML: write straight ones",
}
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Lines:
    """Where each value of a file stands.

    Args:
        source: The file's name, for messages.
        found: Line numbers of the YAML (from 1) by path, for example ``("acts", 3, "start")``.
        before: How many lines of the file stand before the YAML.
    """

    def __init__(self, source: str, found: dict[tuple[str | int, ...], int], before: int = 0) -> None:
        self.source = source
        self._found = found
        self._before = before
        self._notes: dict[tuple[str | int, ...], str] = {}

    def of(self, place: tuple[str | int, ...]) -> int:
        """Return the line of a value, or of the nearest thing that holds it."""
        while place and place not in self._found:
            place = place[:-1]
        return self._found.get(place, 1) + self._before

    def refusal(self, place: tuple[str | int, ...], sentence: str) -> YamlRefused:
        """Return a refusal that begins with the file and the line."""
        return YamlRefused(self.source, self.of(place), sentence, self._notes.get(place[:2], ""))

    def told(self, place: tuple[str | int, ...]) -> str:
        """Return the line of a value for a sentence, with the phrase that wrote it if one did."""
        return f"{self.of(place)}{self._notes.get(place[:2], '')}"

    def moved(self, items: Mapping[str, Sequence[tuple[object, tuple[str | int, ...], str]]]) -> Lines:
        """Return the lines of data in which lists have been written anew.

        Args:
            items: For each list, its items now: the value, where it stood, and the line of a phrase that it was
                made from (empty: of none).
        """
        kept = {place: line for place, line in self._found.items() if not place or place[0] not in items}
        new = Lines(self.source, kept, self._before)
        new._notes = {place: note for place, note in self._notes.items() if not place or place[0] not in items}
        below: dict[tuple[str | int, ...], list[tuple[tuple[str | int, ...], int]]] = {}
        for place, line in self._found.items():
            below.setdefault(place[:2], []).append((place[2:], line))
        for name, made in items.items():
            new._found[(name,)] = self.of((name,)) - self._before
            for i, (_, old, phrase) in enumerate(made):
                new._found[(name, i)] = self.of(old) - self._before
                if phrase:
                    new._notes[(name, i)] = f" (played from {phrase})"
                else:
                    new._found.update({(name, i, *rest): line for rest, line in below.get(old, [])})
        return new


def read_yaml(text: str | bytes, source: str, first_line: int = 1) -> tuple[Any, Lines]:
    """Return plain data and the line of every value. Names in mappings are always texts.

    Aliases are not followed: nothing here has a use for them, and a few lines of them can stand for
    billions of values.

    Args:
        text: The YAML; bytes are UTF-8.
        source: The file's name, for messages.
        first_line: The line of the file that the text begins on.

    Raises:
        YamlRefused: The text is too long, too deep, not YAML, or uses aliases or the same name twice.
    """
    raw = text.encode() if isinstance(text, str) else text
    if raw.startswith(_PICTURES):
        raise YamlRefused(source, 0, _NO_TEXT)
    if len(raw) > MAX_BYTES:
        raise YamlRefused(source, 0, f"is too long: {MAX_BYTES} bytes at most; split it.")
    if b"\0" in raw and not raw.startswith(_WIDE):
        raise YamlRefused(source, 0, _NO_TEXT)
    before = first_line - 1
    try:
        _scan(raw, source, before)
        node = yaml.compose(raw, Loader=_Loader)
    except UnicodeDecodeError:
        raise YamlRefused(source, 0, "is not text in UTF-8; save it as UTF-8 and try again.") from None
    except yaml.MarkedYAMLError as error:
        line = getattr(error.problem_mark, "line", 0) + 1 + before
        odd = _odd_sign(raw, line - before)
        raise YamlRefused(source, line, f"this is not YAML ({error.problem}); correct that line{odd}.") from None
    except yaml.YAMLError as error:
        why = str(error).splitlines()[0]
        raise YamlRefused(source, 0, f"is not YAML ({why}); write it as YAML in UTF-8.") from None
    found: dict[tuple[str | int, ...], int] = {}
    lines = Lines(source, found, before)
    loader = _Loader("")
    try:
        return _build(node, (), loader, lines, found), lines
    finally:
        loader.dispose()


def _odd_sign(raw: bytes, line: int) -> str:
    """Return what a line has that YAML does not take and that one hardly sees, to end a sentence with."""
    text = "".join(raw.decode(errors="replace").split("\n")[max(line - 1, 0) :][:1])
    return next((f": it has {told}" for sign, told in _ODD.items() if sign in text), "")


def _scan(raw: bytes, source: str, before: int) -> None:
    nodes = depth = 0
    for event in yaml.parse(raw, Loader=_Loader):
        line = getattr(event.start_mark, "line", 0) + 1 + before
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            said = f"{anchor!r} is a YAML anchor or alias, which are not used here; write the value out."
            raise YamlRefused(source, line, said)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        nodes += isinstance(event, yaml.NodeEvent)
        if nodes > _MAX_NODES or depth > _MAX_DEPTH:
            what = f"more than {_MAX_NODES} values" if nodes > _MAX_NODES else f"more than {_MAX_DEPTH} levels"
            raise YamlRefused(source, line, f"the file has {what}; make it simpler or split it.")


def _build(
    node: Any,
    place: tuple[str | int, ...],
    loader: Any,
    lines: Lines,
    found: dict[tuple[str | int, ...], int],
) -> Any:
    if node is None:
        return None
    found.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*place, i), loader, lines, found) for i, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        data: dict[Any, Any] = {}
        for key_node, value in node.value:
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode):
                raise lines.refusal(place, "a name in a mapping is not plain text; write `name: value`.")
            if key in data:
                found[(*place, key)] = key_node.start_mark.line + 1
                raise lines.refusal((*place, key), f"{key!r} stands twice here; keep one of them.")
            found[(*place, key)] = key_node.start_mark.line + 1
            data[key] = _build(value, (*place, key), loader, lines, found)
        return data
    try:
        return loader.construct_object(node)
    except (yaml.YAMLError, ValueError):
        raise lines.refusal(place, f"{node.value[:60]!r} cannot be read; put it in quotes.") from None


def read_file(path: Path) -> tuple[Any, Lines]:
    """Read a YAML file as :func:`read_yaml` does.

    Raises:
        YamlRefused: The file cannot be opened, or its content is refused.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise YamlRefused(path.name, 0, f"could not be opened ({error.strerror}); check the path.") from None
    return read_yaml(raw, path.name)

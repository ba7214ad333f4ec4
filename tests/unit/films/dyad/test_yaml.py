from __future__ import annotations

import time
from pathlib import Path

import pytest

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad._yaml import MAX_BYTES, read_file, read_yaml


def test_every_value_knows_its_line() -> None:
    data, lines = read_yaml("a: 1\nb:\n  - x: 2\n    y: 3\n", "f.yaml")
    assert data == {"a": 1, "b": [{"x": 2, "y": 3}]}
    assert lines.of(("a",)) == 1
    assert lines.of(("b", 0, "y")) == 4
    assert lines.of(("b", 0, "not there")) == 3


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(20)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "line 1: 'a' is a YAML anchor or alias"),
        ("a: 1\nb: 2\na: 3\n", "line 3: 'a' stands twice"),
        ("a: [1, 2\nb: 3\n", "this is not YAML"),
        ("[" * 50 + "]" * 50, "more than 12 levels"),
        (b"\xff\xfe\x00broken", "is not"),
        ("x" * (MAX_BYTES + 1), f"{MAX_BYTES} at most"),
        ("- " * 70_000, "line 1"),
        ("? {a: 1}\n: 2\n", "write `name: value`"),
        ("a: 2024-99-99\n", "cannot be read"),
    ],
)
def test_what_could_grow_or_cannot_be_read_is_refused_fast(text: str | bytes, said: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(Refusal, match="f.yaml") as refused:
        read_yaml(text, "f.yaml")
    assert said in str(refused.value)
    assert time.perf_counter() - begun < 2


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="gone.yaml could not be opened"):
        read_file(tmp_path / "gone.yaml")


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(Refusal, match="at most"):
        read_file(path)

from __future__ import annotations

import re
from pathlib import Path

import pytest

import vigwidgets
from tests.pace import within
from vigwidgets.curriculum import load_course
from vigwidgets.errors import Refusal
from vigwidgets.schemes import load_scheme
from vigwidgets.yamls import MAX_BYTES, YamlRefused, read_file, read_yaml


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
        ("x" * (MAX_BYTES + 1), f"{MAX_BYTES} bytes at most"),
        ("- " * 70_000, "line 1"),
        ("? {a: 1}\n: 2\n", "write `name: value`"),
        ("a: 2024-99-99\n", "cannot be read"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is no text, but a picture or another program's file"),
        (b"\x89PNG" + b"\0" * MAX_BYTES, "is no text"),
        (b"a: 1\0\n", "is no text"),
        ("a:\n\t- 1\n", "correct that line: it has a tab"),
    ],
)
def test_what_could_grow_or_cannot_be_read_is_refused_fast(text: str | bytes, said: str) -> None:
    with within(2), pytest.raises(Refusal, match="f.yaml") as refused:
        read_yaml(text, "f.yaml")
    assert said in str(refused.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="gone.yaml could not be opened"):
        read_file(tmp_path / "gone.yaml")


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(Refusal, match="at most"):
        read_file(path)


def test_lines_are_counted_in_the_whole_file() -> None:
    _, lines = read_yaml("a: 1\nb: 2\n", "lesson.md", first_line=2)
    assert lines.of(("b",)) == 3
    with pytest.raises(YamlRefused, match=r"lesson.md, line 3: 'b' stands twice") as refused:
        read_yaml("b: 1\nb: 2\n", "lesson.md", first_line=2)
    assert refused.value.line == 3


HEAD = "---\njupytext:\n  x: &a [l, l, l, l, l, l, l, l, l]\n"
LAUGHS = "".join(f"  {chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9))


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("course.yaml", BOMB),
        ("exercises/first-look.yaml", BOMB),
        ("schemes/paig.yaml", BOMB),
        ("lessons/seeing-an-initiative.md", f"{HEAD}{LAUGHS}vig:\n  title: *i\n---\n\nText.\n"),
    ],
)
def test_a_few_lines_that_stand_for_billions_are_refused_everywhere(folder: Path, file: str, text: str) -> None:
    assert (folder / file).is_file()
    (folder / file).write_text(text)
    said = rf"{Path(file).name}, line \d: 'a' is a YAML anchor or alias"
    with within(2), pytest.raises(Refusal, match=said):
        load_scheme(folder / file) if "schemes" in file else load_course(folder)


def test_no_other_room_reads_yaml_by_itself() -> None:
    house = Path(vigwidgets.__file__).parent
    reads = re.compile(r"^\s*(import yaml|from yaml)|\b(yaml\.(safe_)?load|ruamel)", re.MULTILINE)
    found = {
        path.relative_to(house).as_posix() for path in house.rglob("*.py") if reads.search(path.read_text("utf-8"))
    }
    assert found == {"yamls.py"}

"""The docs name things that exist, and the picture is the one that the import contract draws."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from scripts.house_picture import TARGET, draw
from vigwidgets.films.dyad._kinds import ACTS
from vigwidgets.films.dyad._model import Looks, Person
from vigwidgets.films.dyad._seen import LEAST

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
OURS = re.compile(r"`((?:vigwidgets|course|frontend|docs|benchmarks|notebooks|scripts|tests|binder)/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


def test_the_picture_is_todays() -> None:
    assert TARGET.read_text(encoding="utf-8") == draw(), "run `python -m scripts.house_picture`"


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_every_path_and_link_in_the_docs_exists(doc: Path) -> None:
    text = doc.read_text(encoding="utf-8")
    built = {"vigwidgets/static/", "course/films/yours.yaml", "course/exercises/yours.yaml", "benchmarks/results.json"}
    missing = [path for path in OURS.findall(text) if path not in built and not (ROOT / path).exists()]
    missing += [link for link in LINK.findall(text) if not (doc.parent / link).exists()]
    assert not missing


def test_nobody_s_address_is_in_a_lock_file() -> None:
    for lock in [*(ROOT / "locks").glob("*.lock"), ROOT / "frontend" / "package-lock.json"]:
        assert not re.search(r"https?://\S+\.(whl|tgz|tar\.gz)", lock.read_text(encoding="utf-8")), lock.name


def test_the_words_of_a_film_script_are_all_explained() -> None:
    explained = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "films.md").read_text(encoding="utf-8")))
    assert not set(ACTS) - explained


def test_every_look_and_every_role_of_a_film_script_is_listed() -> None:
    explained = set(re.findall(r"[a-z]+", (ROOT / "docs" / "films.md").read_text(encoding="utf-8")))
    told = " ".join(str(field.annotation) for name, field in Looks.model_fields.items() if name != "glasses")
    words = set(re.findall(r"'([a-z]+)'", told))
    roles = set(get_args(Person.model_fields["role"].annotation))
    assert len(words) > 35
    assert not (words | set(Looks.model_fields) | roles) - explained


def test_the_least_amounts_that_the_docs_name_are_those_that_are_checked() -> None:
    text = (ROOT / "docs" / "films.md").read_text(encoding="utf-8")
    sentence = " ".join(text[text.index("An `amount` below") :].split("\n\n")[0].split())
    told = {}
    for least, kinds in re.findall(r"(0\.\d) for ((?:`?[\w']+`?(?:, | and | )?)+?)(?=, 0|, and 0|is too)", sentence):
        told |= {kind: float(least) for kind in re.findall(r"`(\w+)`", kinds)}
    assert told == {kind: least for kind, least in LEAST.items() if kind in told}
    assert {kind for kind in LEAST if kind not in told} == {"lean", "lean_back", "slump"}

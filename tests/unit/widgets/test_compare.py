from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vigwidgets.errors import Refusal
from vigwidgets.widgets import Tagger


@pytest.fixture
def other(film_folder: Path, tmp_path: Path) -> Tagger:
    coded = Tagger(film_folder, file=tmp_path / "other.observation.json")
    first = coded.add("initiative", 0.4)
    coded.add("3", 0.8, 1.2)
    assert first
    return coded


def test_others_lie_beside_under_their_names_with_ids_of_their_own(
    film_folder: Path, tmp_path: Path, other: Tagger
) -> None:
    tagger = Tagger(
        film_folder, file=tmp_path / "mine.json", compare={"Expert": other.file, "A colleague": other.observation}
    )
    assert [one["name"] for one in tagger._compare] == ["Expert", "A colleague"]
    ids = [tag["id"] for one in tagger._compare for tag in one["tags"]]
    assert ids == ["o1-0", "o1-1", "o2-0", "o2-1"]
    assert tagger.observation.tags == []
    assert Tagger(film_folder, file=tmp_path / "mine.json")._compare == []


@pytest.mark.parametrize(
    ("compare", "sentence"),
    [
        (["a.json"], "is not a table of names; write compare="),
        ({"": "a.json"}, "give each observer a name of 1 to 60"),
        ({"Expert": 3}, "is 3; give an observation, or the path"),
        ({"Expert": "nowhere.json"}, "could not be read .* check the path of 'Expert'"),
        ({str(n): "a.json" for n in range(13)}, "13 observers and at most 12"),
    ],
)
def test_what_cannot_lie_beside_is_refused(film_folder: Path, tmp_path: Path, compare: Any, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        Tagger(film_folder, file=tmp_path / "mine.json", compare=compare)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"film": "another"}, "coded film 'another', not"),
        ({"scheme": {"id": "marte-meo", "version": "1"}}, "coded with marte-meo version 1, not paig version 1"),
    ],
)
def test_another_film_or_scheme_is_refused(
    film_folder: Path, tmp_path: Path, other: Tagger, changes: dict[str, Any], sentence: str
) -> None:
    strange = type(other.observation).model_validate({**other.observation.model_dump(mode="json"), **changes})
    with pytest.raises(Refusal, match=sentence):
        Tagger(film_folder, file=tmp_path / "mine.json", compare={"Expert": strange})


def test_a_moment_that_the_scheme_does_not_have_is_refused(film_folder: Path, tmp_path: Path, other: Tagger) -> None:
    data = other.observation.model_dump(mode="json")
    data["tags"][0]["code"] = "99"
    strange = type(other.observation).model_validate(data)
    with pytest.raises(Refusal, match="Code '99' is not in scheme 'paig'"):
        Tagger(film_folder, file=tmp_path / "mine.json", compare={"Expert": strange})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"tags": ["t0", "t0"]}, "'Expert' holds the tag 't0' more than once"),
        ({"tags": ["t0 answers t1", "t1 answers t0"]}, "'Expert' holds links that are not allowed"),
        ({"duration": 90_000_000}, "'Expert' was coded on a film that lasts 01:30.000, and 'hello' lasts 00:10.000"),
        ({"cast": [{"id": "zed", "role": "child", "name": "Z"}]}, "'Expert' was coded with zed"),
        ({"tags": ["t0 late"]}, "The tag 't0' in 'Expert' is not allowed: The tag lies outside the film"),
    ],
)
def test_what_could_not_be_opened_cannot_lie_beside(
    film_folder: Path, tmp_path: Path, other: Tagger, changes: dict[str, Any], sentence: str
) -> None:
    data = other.observation.model_dump(mode="json")
    tags = [made_of(words, data["tags"][1]) for words in changes.get("tags", [])]
    place = tmp_path / "strange.json"
    place.write_text(json.dumps(data | changes | {"tags": tags}))
    for strange in (place, type(other.observation).model_validate_json(place.read_bytes())):
        with pytest.raises(Refusal, match=sentence):
            Tagger(film_folder, file=tmp_path / "mine.json", compare={"Expert": strange})


def made_of(words: str, plain: dict[str, Any]) -> dict[str, Any]:
    """Return a tag that is called as the first word, and is late or answers another as the others say."""
    name, *more = words.split()
    if more == ["late"]:
        return plain | {"id": name, "start": 11_000_000, "end": 12_000_000}
    return plain | {"id": name, "links": [{"kind": "answers", "to": more[1]}] if more else []}

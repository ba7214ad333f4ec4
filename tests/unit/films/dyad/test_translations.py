"""Captions in further languages: every sentence, or a line that says which is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad import load_script
from vigwidgets.films.dyad._beside import write_beside
from vigwidgets.films.dyad._captions import captions
from vigwidgets.resources import resource_path


@pytest.fixture
def script(tmp_path: Path, small_text: str) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(small_text)
    (tmp_path / "words").mkdir()
    return path


def test_each_language_has_its_captions(script: Path, tmp_path: Path) -> None:
    (script.parent / "words" / "de.yaml").write_text("small:\n  words: Hallo & willkommen!\nanother: {}\n")
    told = load_script(script)
    german = captions(told, "de")
    assert "<v Ana>Hallo &amp; willkommen!</v>" in german
    assert "(gurrt) a-goo" in german
    assert "Hello &amp; welcome!" in captions(told)
    write_beside(told, tmp_path)
    assert (tmp_path / "captions.de.vtt").read_text() == german
    assert (tmp_path / "captions.en.vtt").read_text() == captions(told)


def test_words_for_other_films_and_in_the_films_own_language_are_left_aside(script: Path) -> None:
    (script.parent / "words" / "de.yaml").write_text("another: {words: Hallo}\n")
    (script.parent / "words" / "en.yaml").write_text("small: {nothing: x}\n")
    (script.parent / "words" / "Notes.yaml").write_text("small: {nothing: x}\n")
    assert load_script(script).translations == {}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("small: {}", "de.yaml, line 1: 'small' lacks words"),
        ("small: [a]", "de.yaml, line 1: the words of 'small' are not acts"),
        ("small:\n  words: Hallo\n  watch: Schau", "de.yaml, line 3: 'small' has no act 'watch' that says something"),
        ("small:\n  words: 7", "de.yaml, line 2: 'words' is not a text"),
        ("small:\n  words: ''", "de.yaml, line 2: 'words' is not a text"),
        ("small: {words: [", "de.yaml, line"),
    ],
)
def test_wrong_words_are_refused_with_their_line(script: Path, words: str, says: str) -> None:
    (script.parent / "words" / "de.yaml").write_text(words)
    with pytest.raises(Refusal) as refused:
        load_script(script)
    assert str(refused.value).startswith(says)


@pytest.mark.parametrize("path", sorted(Path(resource_path("course/films")).glob("*.yaml")), ids=lambda path: path.stem)
def test_every_film_of_the_course_has_captions_in_three_languages(path: Path) -> None:
    told = load_script(path)
    assert set(told.translations) == {"de", "fr"}
    texts = {language: captions(told, language) for language in (None, "de", "fr")}
    assert len(set(texts.values())) == 3
    cues = {language: text.count(" --> ") for language, text in texts.items()}
    assert len(set(cues.values())) == 1

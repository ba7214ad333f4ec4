from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from vigwidgets.contract import Film, FrameIndex, Member, SchemeRef, Truth
from vigwidgets.errors import Refusal
from vigwidgets.films import FilmLibrary


def publish(library: FilmLibrary, film_id: str, title: str = "A film", *, replace: bool = False) -> Film:
    film = Film(
        id=film_id,
        title=title,
        frames=2,
        duration=80_000,
        width=16,
        height=16,
        rate="25/1",
        sound=False,
        cast=[],
        captions=[],
        done=[],
        script=None,
        original=None,
    )
    with library.stage(film_id, replace=replace) as staging:
        (staging / "film.json").write_text(film.model_dump_json())
        index = FrameIndex(film=film_id, times=[0, 40_000], duration=80_000)
        (staging / "frames.json").write_text(index.model_dump_json())
    return film


def test_an_empty_library_makes_no_traces(library: FilmLibrary) -> None:
    assert library.list() == []
    assert not library.data.exists()


def test_films_are_listed_by_title_and_read_back(library: FilmLibrary) -> None:
    second = publish(library, "one", "the second")
    first = publish(library, "two", "The first")
    assert library.list() == [first, second]
    assert library.get("one") == second
    assert library.frame_index("one").times == [0, 40_000]
    assert library.truth("one") is None
    assert library.file("one", "film.json").read_text() == second.model_dump_json()


@pytest.mark.parametrize(
    "name", ["../two/film.json", "/etc/passwd", "captions.en/../x.vtt", "film.json\0", "", "secret"]
)
def test_only_the_named_files_are_given(name: str, library: FilmLibrary) -> None:
    publish(library, "one")
    with pytest.raises(Refusal, match="A film has no file"):
        library.file("one", name)
    with pytest.raises(Refusal, match=r"The film 'one' has no captions\.en-GB\.vtt; ask for one of film\.json, frames"):
        library.file("one", "captions.en-GB.vtt")


@pytest.mark.parametrize("film_id", ["", "..", "a/b", ".staging-x", "a" * 65, "nobody"])
def test_an_unknown_film_is_refused(film_id: str, library: FilmLibrary) -> None:
    publish(library, "one")
    for ask in (library.get, library.frame_index, library.truth, library.remove):
        with pytest.raises(Refusal, match="There is no film"):
            ask(film_id)


def test_a_film_appears_whole_or_not_at_all(library: FilmLibrary) -> None:
    def fail() -> None:
        with library.stage("one") as staging:
            (staging / "film.json").write_text("{}")
            assert library.list() == []
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list((library.data / "films").iterdir()) == []


def test_an_id_that_is_taken_is_refused_unless_it_gives_way(library: FilmLibrary) -> None:
    publish(library, "one", "old")
    with pytest.raises(Refusal, match="There is a film 'one' already"):
        publish(library, "one", "new")
    assert library.get("one").title == "old"
    publish(library, "one", "new", replace=True)
    assert library.get("one").title == "new"
    assert [path.name for path in (library.data / "films").iterdir()] == ["one"]


def test_two_makers_of_one_id_do_not_overwrite_each_other(library: FilmLibrary) -> None:
    def overtaken() -> None:
        with library.stage("one") as staging:
            (staging / "film.json").write_text("{}")
            publish(library, "one", "the quicker")

    with pytest.raises(Refusal, match="already"):
        overtaken()
    assert library.get("one").title == "the quicker"
    assert [path.name for path in (library.data / "films").iterdir()] == ["one"]


def test_a_removed_film_is_gone(library: FilmLibrary) -> None:
    publish(library, "one")
    library.remove("one")
    assert library.list() == []
    assert list((library.data / "films").iterdir()) == []


def test_one_broken_film_does_not_hide_the_others(library: FilmLibrary, caplog: pytest.LogCaptureFixture) -> None:
    film = publish(library, "one")
    publish(library, "two")
    library.file("two", "film.json").write_text('{"format": "vig-film"}')
    with caplog.at_level(logging.WARNING):
        assert library.list() == [film]
    assert "two" in caplog.text
    with pytest.raises(Refusal, match=r"two/film\.json, "):
        library.get("two")


def test_others_may_not_look_into_the_films(library: FilmLibrary) -> None:
    publish(library, "one")
    for folder in (library.data / "films", library.data / "films" / "one"):
        assert folder.stat().st_mode & 0o077 == 0


def test_showing_films_does_not_load_what_makes_them() -> None:
    code = "import sys, vigwidgets.films; print(sorted({'av', 'PIL', 'numpy', 'imageio_ffmpeg'} & set(sys.modules)))"
    root = Path(__file__).resolve().parents[3]
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert asked.stdout.strip() == "[]"


def test_a_film_may_have_its_truth_in_several_schemes_and_levels(library: FilmLibrary) -> None:
    publish(library, "one")
    folder = library.file("one", "film.json").parent
    assert (library.ratings("one"), library.described("one"), library.has("one", "second.mp4")) == ([], [], False)
    for name, scheme in (("truth.json", "adbb"), ("truth.paig.json", "paig")):
        truth = Truth(
            film="one",
            duration=80_000,
            scheme=SchemeRef(id=scheme, version="1"),
            cast=[Member(id="bo", role="child", name="Bo")],
            beats=[],
            open=[],
        )
        (folder / name).write_text(truth.model_dump_json())
    for asked, given in ((None, "adbb"), ("adbb", "adbb"), ("paig", "paig")):
        found = library.truth("one", asked)
        assert found is not None
        assert found.scheme.id == given
    assert library.truth("one", "seven-steps") is None
    (folder / "ratings.json").write_text('[{"item": "eyes", "level": 2}]')
    (folder / "descriptions.de.vtt").write_text("WEBVTT\n")
    assert library.ratings("one") == [{"item": "eyes", "level": 2}]
    assert library.described("one") == ["de"]
    with pytest.raises(Refusal, match="A film has no file"):
        library.has("one", "../two/film.json")

from tests.unit.service.pages.conftest import BEATS, CAST, GOOD
from vigwidgets.contract import Film
from vigwidgets.schemes import load_scheme
from vigwidgets.service.pages.review import film_files, review_boot


def film(**changes: object) -> Film:
    facts: dict[str, object] = {
        "id": "blocks", "title": "Blocks", "frames": 1500, "duration": 60_000_000, "width": 640, "height": 360,
        "rate": "25", "sound": True, "cast": CAST, "captions": ["en"], "done": [], "script": None, "original": None,
    }  # fmt: skip
    return Film.model_validate(facts | changes)


def lanes(boot: dict[str, object]) -> list[str]:
    scheme = boot["scheme"]
    assert isinstance(scheme, dict)
    return [code["id"] for code in scheme["codes"] if code["parent"] is None]


def test_a_films_files_lie_below_the_root() -> None:
    files = film_files(film(), "/vig/")
    assert files["proxy"] == "/vig/films/blocks/proxy.mp4"
    assert files["captions"] == {"en": "/vig/films/blocks/captions.en.vtt"}


def test_a_silent_film_has_no_peaks() -> None:
    assert film_files(film(sound=False), "/")["peaks"] is None


def test_empty_lanes_at_the_foot_are_left_out_and_those_between_stay() -> None:
    paig = load_scheme("paig")
    assert lanes(review_boot(film(), paig, GOOD[:2], [], "You", "/")) == ["initiative", "1", "2", "3"]
    assert lanes(review_boot(film(), paig, GOOD[:1], BEATS[4:], "You", "/")) == ["initiative", "1", "2"]


def test_with_nothing_seen_all_lanes_stay() -> None:
    boot = review_boot(film(), load_scheme("paig"), [], [], "Nadia", "/")
    assert lanes(boot) == ["initiative", "1", "2", "3", "4", "5", "6"]
    assert boot["names"] == {"own": "Nadia saw", "expert": "The expert saw"}

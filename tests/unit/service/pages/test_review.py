from tests.unit.service.pages.conftest import BEATS, CAST, GOOD
from vigwidgets.contract import Film
from vigwidgets.schemes import load_scheme
from vigwidgets.service.films import FilmFiles
from vigwidgets.service.pages.review import review_boot

FILES = FilmFiles(
    frames="/f?v=1", proxy="/p?v=1", poster="/o?v=1", peaks=None, scrub="/s?v=1", scrubIndex="/i?v=1", captions={}
)


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


def test_empty_lanes_at_the_foot_are_left_out_and_those_between_stay() -> None:
    paig = load_scheme("paig")
    assert lanes(review_boot(film(), paig, GOOD[:2], [], "You", FILES)) == ["initiative", "1", "2", "3"]
    assert lanes(review_boot(film(), paig, GOOD[:1], BEATS[4:], "You", FILES)) == ["initiative", "1", "2"]


def test_with_nothing_seen_all_lanes_stay() -> None:
    boot = review_boot(film(), load_scheme("paig"), [], [], "Nadia", FILES)
    assert lanes(boot) == ["initiative", "1", "2", "3", "4", "5", "6"]
    assert boot["names"] == {"own": "Nadia saw"}
    usual = {"overlap": 0.4, "point": 1e6, "edge": 3e5, "near": 2e6}
    assert boot["compare"] == {"observers": [], "tolerance": usual, "marked": None}

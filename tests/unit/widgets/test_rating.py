from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vigwidgets import RatingSheet
from vigwidgets.errors import Refusal
from vigwidgets.schemes import load_scheme

END = 250 * 40_000
ITEMS = [lane.id for lane in load_scheme("m-adbb").lanes]


def put(number: int, **tag: Any) -> dict[str, Any]:
    """Return the message with which a browser puts a tag."""
    whole = {"actor": "baby", "target": "mum", **tag}
    edit = {"id": f"e{number}", "changes": [{"op": "put", "tag": whole}]}
    return {"id": number, "message": {"type": "edit", "edit": edit}}


def rating(number: int, item: str, step: str, note: str = "") -> dict[str, Any]:
    span = {"start": 0, "end": END}
    return put(number, id=f"rating.{item}", code=item, modifiers={"rating": step}, note=note, **span)


@pytest.fixture
def sheet(film_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RatingSheet:
    monkeypatch.chdir(tmp_path)
    return RatingSheet(film_folder, "m-adbb", data=tmp_path)


def test_ratings_and_their_moments_are_in_a_file_and_a_table(sheet: RatingSheet, line: Any, tmp_path: Path) -> None:
    wire = line(sheet)
    assert wire.say(rating(1, "eyes", "1", "Two short looks."))["value"]["type"] == "ack"
    assert wire.say(put(2, id="t1", code="eyes", start=400_000, end=None))["value"]["type"] == "ack"
    eyes = sheet.ratings.set_index("item").loc["eyes"]
    assert (eyes["rating"], eyes["value"], eyes["note"], eyes["moments"]) == ("1", 1, "Two short looks.", 1)
    assert sheet.evidence("eyes")["start"].tolist() == [0.4]
    assert sheet.ratings["item"].tolist() == ITEMS
    assert sheet.ratings["rating"].isna().sum() == 4
    again = RatingSheet(tmp_path / "films" / "hello", "m-adbb", data=tmp_path)
    assert again.file.name == "hello.m-adbb.observation.json"
    assert again.observation == sheet.observation


def test_the_total_is_there_when_all_is_rated(sheet: RatingSheet, line: Any) -> None:
    wire = line(sheet)
    assert sheet.total is None
    for number, item in enumerate(ITEMS):
        wire.say(rating(number, item, "1" if item == "eyes" else "0"))
    assert sheet.total == 1
    dropped = {"id": "d", "changes": [{"op": "drop", "id": "rating.face"}]}
    wire.say({"id": 9, "message": {"type": "edit", "edit": dropped}})
    assert sheet.total is None


def test_a_rating_that_the_scale_has_not_changes_nothing(sheet: RatingSheet, line: Any) -> None:
    answer = line(sheet).say(rating(1, "eyes", "4"))["value"]
    assert (answer["type"], answer["retry"]) == ("refused", False)
    assert "'eyes' cannot be rated '4'; choose one of '0', '1', '2'" in answer["reason"]
    assert sheet.observation.tags == []


def test_what_the_sheet_shows_is_said_by_python_alone(film_folder: Path, tmp_path: Path) -> None:
    sheet = RatingSheet(film_folder, "adbb", first_look="whole", total=True, file=tmp_path / "x.json", data=tmp_path)
    assert sheet._sheet == {"total": True, "look": "whole"}
    assert (sheet._kind, sheet._scheme["id"]) == ("rating", "adbb")


def test_a_sites_own_text_stands_on_the_sheet(film_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "anchors" / "m-adbb.yaml"
    path.parent.mkdir()
    path.write_text('scheme: m-adbb\nversion: "1"\nsource: {en: Licensed}\nitems: {eyes: {help: {en: Theirs}}}\n')
    sheet = RatingSheet(film_folder, "m-adbb", file=tmp_path / "x.json", data=tmp_path)
    assert {code["id"]: code["help"]["en"] for code in sheet._scheme["codes"]}["eyes"] == "Theirs"
    assert sheet._scheme["scale"]["wording"] == {"en": "Licensed"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"scale": "paig"}, "'paig' is a scheme for tagging and no rating scale; choose 'adbb', 'm-adbb' or 'sds'"),
        ({"scale": "sds"}, "Nobody in film 'hello' can be rated with 'sds': it is for guider"),
        ({"first_look": "twice"}, "first_look='twice' is not known; choose 'free' or 'whole'"),
        ({"cutoff": 5}, "RatingSheet has no argument 'cutoff'"),
    ],
)
def test_what_it_does_not_take_is_refused(film_folder: Path, arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        RatingSheet(film_folder, **arguments)

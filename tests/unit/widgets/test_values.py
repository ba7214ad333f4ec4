"""What Python and its tables write for numbers and for nothing is taken by every method alike; the rest is refused."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vigwidgets import ClipTray, Player, RatingSheet, Workbench
from vigwidgets.contract import Edit
from vigwidgets.errors import Refusal, shown
from vigwidgets.widgets import Tagger
from vigwidgets.widgets._values import none_if_missing, number_of

TWO = [2, 2.0, np.int64(2), np.float32(2), np.float64(2), Fraction(2), Decimal(2), np.uint8(2)]
NO_NUMBERS = [
    float("nan"), float("inf"), 10**400, 10**5000, "2", b"2", None, True, np.bool_(True), 2 + 0j, Decimal("sNaN"),
    Decimal("NaN"), np.array([2.0]), np.array(2.0), np.timedelta64(2, "s"), pd.NA, pd.NaT, pd.Timedelta("2s"),
    pd.Series([2.0]), [2], {}, -1,
]  # fmt: skip
NOTHINGS = [None, float("nan"), np.float64("nan"), Decimal("NaN"), pd.NA, pd.NaT]


def name_of(value: Any) -> str:
    return type(value).__name__


@pytest.fixture
def methods(film_folder: Path, tmp_path: Path, tagger: Tagger) -> dict[str, Callable[[Any], object]]:
    """Every method that takes a number, to be called with it."""
    (film_folder / "second.mp4").write_bytes(b"from the other side")
    player, tray = Player(film_folder), ClipTray(film_folder, file=tmp_path / "x.clips.json")
    moment = tagger.add("3", 1, 2)
    return {
        "add": lambda value: tagger.add("3", value, 4),
        "change": lambda value: tagger.change(moment, start=value, end=4),
        "seek": player.seek,
        "play": lambda value: player.play(value, 4),
        "offset": lambda value: setattr(player, "offset", value),
        "offset=": lambda value: Player(film_folder, offset=value),
        "add_clip": lambda value: tray.add_clip(value, 4),
        "add_still": tray.add_still,
    }


def test_every_method_takes_every_kind_of_number(methods: dict[str, Callable[[Any], object]]) -> None:
    for value in TWO:
        for call in methods.values():
            call(value)


@pytest.mark.parametrize("value", NO_NUMBERS, ids=name_of)
def test_every_method_refuses_what_is_no_number_in_a_short_sentence(
    methods: dict[str, Callable[[Any], object]], value: Any
) -> None:
    for name, call in methods.items():
        if value is not NO_NUMBERS[-1] or not name.startswith("offset"):
            with pytest.raises(Refusal) as refused:
                call(value)
            assert len(str(refused.value)) < 200
            assert "\n" not in str(refused.value)


@pytest.mark.parametrize("value", TWO, ids=name_of)
def test_a_number_is_read_as_it_is(value: Any) -> None:
    assert number_of(value) == 2.0


@pytest.mark.parametrize("value", NOTHINGS, ids=name_of)
def test_what_a_table_writes_for_nothing_is_nothing(tagger: Tagger, value: Any) -> None:
    assert none_if_missing(value) is None
    empty = dict.fromkeys(("end", "certainty", "note", "answers", "actor", "target", "modifiers"), value)
    moment = tagger.add("initiative", 1.0, **empty)
    (tag,) = tagger.observation.tags
    assert (tag.id, tag.end, tag.certainty, tag.note, tag.links, tag.actor) == (moment, None, None, "", [], "baby")


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": pd.NA}, {"code": "x" * 10_000}, {"code": ["3"]}, {"certainty": np.array(["sure", "x"])},
        {"note": "\ud800"}, {"note": ["x"]}, {"actor": ["mum"]}, {"target": "x" * 10_000}, {"answers": ["t"]},
        {"answers": {}}, {"modifiers": {1: 2}}, {"modifiers": [("a", "b")]}, {"end": np.array([2.0, 3.0])},
        {"id": 5}, {"id": "a b"}, {"id": "\ud800"}, {"start": pd.Series(range(50))},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_wrong_is_refused_in_one_short_line(tagger: Tagger, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        tagger.add(**({"code": "3", "start": 1.0, "end": 2.0} | wrong))
    assert len(str(refused.value)) < 300
    assert "\n" not in str(refused.value)
    assert not tagger.file.exists()


@pytest.mark.parametrize("wrong", [None, [], pd.NA, 5, "x" * 10_000, np.array(["a", "b"])], ids=name_of)
def test_what_is_no_id_is_refused(film_folder: Path, tmp_path: Path, tagger: Tagger, wrong: Any) -> None:
    sheet = RatingSheet(film_folder, "m-adbb", file=tmp_path / "x.json", data=tmp_path)
    for act in (tagger.drop, tagger.change, sheet.evidence):
        with pytest.raises(Refusal) as refused:
            act(wrong)
        assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"file": 123}, "file=123 is not a path"),
        ({"file": b""}, "is not a path"),
        ({"file": ""}, "file='' names no file"),
        ({"file": "."}, "file='.' is a folder"),
        ({"file": "a\0b"}, "names no file"),
        ({"file": "x" * 300}, "cannot be a file's path"),
        ({"file": "nowhere/x.json"}, "make that folder first"),
        ({"film": "x" * 5000}, "could not be opened"),
        ({"film": "~nobody-of-this-name/x"}, "could not be opened"),
        ({"film": "a/" * 1000}, "There is no film"),
        ({"data": 5}, "data=5 is not a folder"),
        ({"data": "a\0b"}, "names no file or folder"),
        ({"data": ""}, "data='' names no file or folder"),
        ({"scheme": pd.Series(["paig", "sds"])}, "There is no scheme"),
        ({"compare": pd.DataFrame({"id": ["a", "b"]})}, "is not a table of names"),
        ({"compare": []}, "is not a table of names"),
        ({"observer": "x" * 10_000}, "is not an id"),
        ({"video": "no"}, "video='no' is neither True nor False"),
        ({"scheme": "nowhere.yaml"}, r"nowhere\.yaml could not be opened"),
        ({"scheme": "x" * 10_000}, "There is no scheme"),
        ({"x" * 10_000: 1}, "has no argument"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_a_tagger_cannot_be_made_of_is_refused(
    film_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: dict[str, Any], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refusal, match=says) as refused:
        Tagger(**({"film": film_folder, "file": tmp_path / "x.json"} | arguments))
    assert len(str(refused.value)) < 500


def test_a_column_of_a_table_in_place_of_one_value_is_refused(tagger: Tagger) -> None:
    for number in range(2):
        tagger.add("3", number, number + 1)
    tags = tagger.tags
    before = tagger.observation
    for field in ("answers", "note", "modifiers", "certainty", "actor", "code", "start"):
        for column in (tags["id"], tags, np.array(["a", "b"]), {"strength": tags["id"]}):
            with pytest.raises(Refusal):
                tagger.change(tags["id"][0], **{field: column})
    assert tagger.observation == before


def test_words_and_flags_are_words_and_flags(film_folder: Path, tmp_path: Path) -> None:
    for make, says in (
        (lambda: RatingSheet(film_folder, "m-adbb", total="no", file=tmp_path / "x.json"), "total='no' is neither"),
        (lambda: RatingSheet(film_folder, first_look=pd.Series(["free", "whole"])), "first_look=.* is not known"),
        (lambda: RatingSheet(film_folder, data="a\0b"), "names no file or folder"),
        (lambda: Workbench(film_folder, question=5, file=tmp_path / "y.json"), "The question is 5, not text"),
        (lambda: Workbench(film_folder, task="x" * 20_001, file=tmp_path / "y.json"), "20001 letters long"),
    ):
        with pytest.raises(Refusal, match=says):
            make()
    assert Tagger(film_folder, video=np.bool_(False), file=tmp_path / "z.json")._video is False


def test_a_scheme_may_be_named_by_its_file_as_text(
    film_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "{id: mine, version: '1', title: {en: M}, codes: [{id: a, parent: null, kind: state, label: {en: A}}]}"
    (tmp_path / "mine.yaml").write_text(text)
    for scheme in ("mine.yaml", "./mine.yaml", tmp_path / "mine.yaml"):
        assert Tagger(film_folder, scheme, file=tmp_path / "x.json").observation.scheme.id == "mine"


@pytest.mark.parametrize(
    "value",
    [10**5000, "x" * 10_000, [[]] * 10_000, pd.Series(range(100)), "\n" * 100, type("Odd", (), {"__repr__": None})()],
    ids=name_of,
)
def test_whatever_is_shown_is_short_and_on_one_line(value: Any) -> None:
    assert len(shown(value)) <= 60
    assert "\n" not in shown(value)


def by_iloc(table: pd.DataFrame) -> list[Any]:
    return [table.iloc[place] for place in range(len(table))]


seconds = st.integers(0, 249).map(lambda frame: frame / 25)
rows = st.lists(
    st.builds(
        dict,
        code=st.sampled_from(["3", "3.4", "initiative", "initiative.look", "2"]),
        start=seconds,
        length=st.integers(1, 100),
        note=st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20),
        certainty=st.sampled_from([None, "sure", "fairly", "unsure"]),
        answers=st.integers(0, 20),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("as_rows", [lambda table: table.to_dict("records"), by_iloc])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(given_rows=rows)
def test_a_row_of_the_table_can_be_added_and_changed_whole(
    film_folder: Path, tmp_path: Path, as_rows: Callable[[pd.DataFrame], list[Any]], given_rows: list[dict[str, Any]]
) -> None:
    """The law: what `tags` shows, `add` takes; and a table put into an empty file gives the same table."""
    for place in (tmp_path / "a.json", tmp_path / "b.json"):
        place.unlink(missing_ok=True)
    first, second = (Tagger(film_folder, file=tmp_path / name) for name in ("a.json", "b.json"))
    ids: list[str] = []
    for row in sorted(given_rows, key=lambda row: row["start"]):
        end = None if row["code"].startswith("initiative") else min(row["start"] + row["length"] / 25, 10.0)
        answers = ids[row["answers"]] if row["answers"] < len(ids) else None
        ids.append(first.add(row["code"], row["start"], end, note=row["note"], certainty=row["certainty"],
                             answers=answers))  # fmt: skip
    edits: list[Edit] = []
    stop = first.on_edit(lambda edit, _observation: edits.append(edit))
    for row in as_rows(first.tags):
        first.change(**row)
    assert edits == [], "a row as it stands changes nothing"
    stop()
    known = set(ids)
    for row in in_order(as_rows(first.tags)):
        assert second.add(**row) == row["id"]
        assert first.add(**row) not in known, "beside the one that it was read from it is a new one"
    assert first.tags[first.tags["id"].isin(known)].reset_index(drop=True).equals(second.tags)


def in_order(found: list[Any]) -> list[Any]:
    """Return rows so that each comes after the one that it answers."""
    placed: list[Any] = []
    while len(placed) < len(found):
        there = {row["id"] for row in placed}
        ready = [
            row for row in found if row["id"] not in there and (pd.isna(row["answers"]) or row["answers"] in there)
        ]
        placed += ready
    return placed


def test_what_a_row_does_not_show_is_not_lost_when_it_is_written_back(tagger: Tagger, line: Any) -> None:
    links = [{"kind": "continues", "to": "b"}, {"kind": "answers", "to": "gone"}]
    tag = {"id": "a", "code": "3.4", "actor": "mum", "target": "baby", "start": 400_000, "end": 800_000,
           "modifiers": {"elsewhere": "kept"}, "links": links}  # fmt: skip
    edit = {"id": "e1", "changes": [{"op": "put", "tag": tag}]}
    assert line(tagger).say({"id": 1, "message": {"type": "edit", "edit": edit}})["value"]["type"] == "ack"
    (row,) = tagger.tags.to_dict("records")
    assert pd.isna(row["answers"])
    tagger.change(**(row | {"note": "new"}))
    (after,) = tagger.observation.tags
    assert (after.note, after.modifiers) == ("new", {"elsewhere": "kept"})
    assert [link.model_dump() for link in after.links] == links

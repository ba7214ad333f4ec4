from __future__ import annotations

from pathlib import Path

import pytest

from vigwidgets.agreement import measure, read_ratings
from vigwidgets.errors import Refusal


def read(tmp_path: Path, text: str, header: bool | None = None):
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return read_ratings(path, header)


@pytest.mark.parametrize(
    ("text", "raters", "units", "cells"),
    [
        ("ann,bea\n1,2\n3,\n", ("ann", "bea"), ("1", "2"), (("1", "2"), ("3", None))),
        ("1,2\n3,NA\n", ("rater 1", "rater 2"), ("1", "2"), (("1", "2"), ("3", None))),
        ("unit,ann,bea\n7,1,2\n", ("ann", "bea"), ("7",), (("1", "2"),)),
        ("bath,1,2\nmeal,3,.\n", ("rater 1", "rater 2"), ("bath", "meal"), (("1", "2"), ("3", None))),
        ("which,ann,bea\nbath,1,2\nmeal,3,4\n", ("ann", "bea"), ("bath", "meal"), (("1", "2"), ("3", "4"))),
        ("ann;bea\nlook;voice\nlook;look\n", ("ann", "bea"), ("1", "2"), (("look", "voice"), ("look", "look"))),
        ("look,voice\nlook,look\n", ("rater 1", "rater 2"), ("1", "2"), (("look", "voice"), ("look", "look"))),
        ('"ann"\t"bea"\n1,5\t2\n', ("ann", "bea"), ("1",), (("1.5", "2"),)),
        ("unit;A;B\na;0,5;1,5\nb;-10,5;9\n", ("A", "B"), ("a", "b"), (("0.5", "1.5"), ("-10.5", "9"))),
        ("unit,1,2\na,0,0\nb,1,1\n", ("1", "2"), ("a", "b"), (("0", "0"), ("1", "1"))),
        ("film,2019,2020\n1,3,4\n2,4,4\n", ("2019", "2020"), ("1", "2"), (("3", "4"), ("4", "4"))),
        (
            "baby,A,B\n101,1,1\n102,2,2\n103,1,1\n",
            ("A", "B"),
            ("101", "102", "103"),
            (("1",) * 2, ("2",) * 2, ("1",) * 2),
        ),
        ("Unit ID,A,B\n1,1,1\n2,2,2\n3,1,1\n", ("A", "B"), ("1", "2", "3"), (("1",) * 2, ("2",) * 2, ("1",) * 2)),
        ("unit,A,B\na,none,mild\nb,none,none\n", ("A", "B"), ("a", "b"), (("none", "mild"), ("none", "none"))),
        ("\ufeffann,bea\n1,2\n\n", ("ann", "bea"), ("1",), (("1", "2"),)),
    ],
)
def test_names_and_gaps_are_found(tmp_path: Path, text: str, raters, units, cells) -> None:
    found = read(tmp_path, text)
    assert (found.raters, found.units, found.cells) == (raters, units, cells)


def test_what_is_said_of_the_first_row_counts(tmp_path: Path) -> None:
    assert read(tmp_path, "look,voice\nsmile,look\n", header=True).raters == ("look", "voice")
    assert read(tmp_path, "ann,bea\n1,2\n", header=False).cells[0] == ("ann", "bea")


def test_columns(tmp_path: Path) -> None:
    found = read(tmp_path, "ann,bea,cid\n1,2,3\n")
    assert found.columns(["cid", "ann"]).cells == (("3", "1"),)
    with pytest.raises(Refusal, match="no column 'dan'; it has ann, bea, cid"):
        found.columns(["dan"])


def test_what_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="could not be read"):
        read_ratings(tmp_path / "nowhere.csv")
    wrong = tmp_path / "wrong.csv"
    wrong.write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(Refusal, match="not text in UTF-8"):
        read_ratings(wrong)
    with pytest.raises(Refusal, match="row 2 has 3 cells and row 1 has 2"):
        read(tmp_path, "ann,bea\n1,2,3\n")


@pytest.mark.parametrize("text", ["kid,A,B\n1,1,2\n2,2,2\n3,1,1\n", "kid,A,B\n107,1,2\n99,2,2\n201,1,1\n"])
def test_ids_that_could_be_ratings_are_asked_for(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refusal, match="'kid', has another whole number in every row"):
        read(tmp_path, text)
    assert read(tmp_path, text.replace("kid", "unit")).raters == ("A", "B")


def test_words_without_an_order_are_not_weighed_by_the_alphabet() -> None:
    table = [("low", "low"), ("medium", "high"), ("high", "medium"), ("low", "low"), ("high", "high")]
    table.append(("medium", "low"))
    order = ["low", "medium", "high"]
    for name in ("cohen-kappa-quadratic", "cohen-kappa-linear", "fleiss-kappa-quadratic", "gwet-ac2"):
        with pytest.raises(Refusal, match="words whose order is not known"):
            measure(table, name)
        as_numbers = [tuple(order.index(word) for word in row) for row in table]
        assert measure(table, name, categories=order).value == pytest.approx(measure(as_numbers, name).value)
    assert measure(table, "cohen-kappa").value is not None

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from vigwidgets.agreement import icc, krippendorff_alpha
from vigwidgets.cli import vig
from vigwidgets.contract import Member, Observation, SchemeRef, Tag

ROWS = [("3.1", 2, 4), ("3.4", 8, 9), ("1", 14, 17), ("2", 22, 25), ("3.1", 30, 31), ("4", 40, 44)]
TABLE = "unit,ann,bea,cid\na,3,3,\nb,2,,2\nc,4,4,3\nd,1,1,1\n"


def observation(name: str, shift: float = 0.0, film: str = "blocks", drop: int = 0) -> Observation:
    tags = [
        Tag(id=f"{name}-{at}", code=code, actor="mother", target="baby",
            start=round((start + shift) * 1e6), end=round((end + shift) * 1e6))
        for at, (code, start, end) in enumerate(ROWS[drop:])
    ]  # fmt: skip
    return Observation(
        id=f"obs-{name}", film=film, duration=60_000_000, scheme=SchemeRef(id="paig", version="1"), observer=name,
        cast=[Member(id="baby", role="child", name="Mila"), Member(id="mother", role="parent", name="Jana")], tags=tags,
    )  # fmt: skip


@pytest.fixture
def pair(tmp_path: Path) -> list[str]:
    files = []
    for name, shift, drop in (("ann", 0.0, 0), ("bea", 0.2, 1)):
        path = tmp_path / f"{name}.json"
        path.write_text(observation(name, shift, drop=drop).model_dump_json(), encoding="utf-8")
        files.append(str(path))
    return files


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "ratings.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(vig, ["agree", *arguments])


def test_two_observations_in_words(pair: list[str]) -> None:
    result = call(*pair)
    assert result.exit_code == 0
    head, time, events, *_ = result.output.splitlines()
    assert "95 % interval" in head
    assert time.startswith("Time-unit kappa")
    assert events.split()[:5] == ["F1", "of", "aligned", "tags", "0.91"]
    assert "Of 6 tags of the first observer and 5 of the second, 5 match within 0.5 s" in result.output
    assert "Only 5 tags of one observer" in result.output


def test_two_observations_for_a_program(pair: list[str]) -> None:
    found = json.loads(call(*pair, "--json").stdout)
    assert found["observers"] == ["ann", "bea"]
    assert found["alignment"]["matched"] == 5
    assert found["alignment"]["missed"] == ["ann-0"]
    assert found["events"]["value"] == pytest.approx(10 / 11)
    for figure in ("time", "events"):
        assert found[figure]["low"] < found[figure]["value"] <= found[figure]["high"]
        assert found[figure]["sentence"].endswith(".")
    strict = json.loads(call(*pair, "--json", "--tolerance", "0.1").stdout)
    assert (strict["alignment"]["matched"], strict["alignment"]["shifted"]) == (0, 5)


def test_three_observations_and_a_principle(pair: list[str], tmp_path: Path) -> None:
    third = observation("cid").model_dump(mode="json")
    for tag in third["tags"]:
        tag["code"] = {"3.1": "3.2"}.get(tag["code"], tag["code"])
    path = tmp_path / "cid.json"
    path.write_text(json.dumps(third), encoding="utf-8")
    found = json.loads(call(*pair, str(path), "--json").stdout)
    assert (len(found["observers"]), found["alignment"]) == (3, None)
    by_code = json.loads(call(pair[0], str(path), "--json").stdout)["events"]["value"]
    by_principle = json.loads(call(pair[0], str(path), "--json", "--by", "principle").stdout)["events"]["value"]
    assert (by_code, by_principle) == (pytest.approx(4 / 6), 1)


def test_a_curve(pair: list[str]) -> None:
    drawn = json.loads(call(*pair, "--curve", "--json").stdout)
    assert drawn["tolerance"][:3] == [0, 100_000, 200_000]
    assert drawn["events"]["value"][0] == 0
    assert drawn["events"]["value"][2] == pytest.approx(10 / 11)
    assert "0.2 s" in call(*pair, "--curve").output


@pytest.mark.parametrize("name", ["krippendorff-alpha-ordinal", "alpha_ordinal", "Krippendorff alpha (ordinal)"])
def test_a_table_of_ratings(table: str, name: str) -> None:
    found = json.loads(call("--table", table, "--measure", name, "--json").stdout)
    cells = [[3, 3, np.nan], [2, np.nan, 2], [4, 4, 3], [1, 1, 1]]
    assert found["value"] == pytest.approx(krippendorff_alpha(cells, "ordinal").value)
    assert (found["name"], found["n"], found["columns"]) == ("krippendorff-alpha-ordinal", 4, ["ann", "bea", "cid"])
    words = call("--table", table, "--measure", name).output
    assert "4 units, 3 raters: ann, bea, cid" in words
    assert found["sentence"] in words
    assert "Only 4 units" in words


def test_only_some_raters(table: str) -> None:
    found = json.loads(call("--table", table, "--measure", "cohen-kappa", "--raters", "ann,bea", "--json").stdout)
    assert (found["value"], found["n"]) == (1, 3)


def test_a_table_without_names(tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("9;2;5;8\n6;1;3;2\n8;4;6;8\n7;1;2;6\n10;5;6;9\n6;2;4;7\n", encoding="utf-8")
    found = json.loads(call("--table", str(path), "--measure", "ICC(2,1)", "--json").stdout)
    rows = [[float(cell) for cell in line.split(";")] for line in path.read_text().splitlines()]
    assert found["value"] == pytest.approx(icc(rows, "2,1").value)
    assert found["value"] == pytest.approx(0.2898, abs=0.0005)
    assert found["columns"][0] == "rater 1"


def test_a_cut_off_and_bias(tmp_path: Path) -> None:
    path = tmp_path / "totals.csv"
    path.write_text("trainee,reference\n5,6\n3,2\n7,5\n4,6\n1,0\n", encoding="utf-8")
    found = json.loads(call("--table", str(path), "--measure", "screening", "--cut-off", "5", "--json").stdout)
    assert (found["found"], found["missed"], found["sensitivity"]["value"]) == (2, 1, pytest.approx(2 / 3))
    bias = json.loads(call("--table", str(path), "--measure", "bland-altman", "--json").stdout)
    assert bias["value"] == pytest.approx(-0.2)


def test_every_measure_runs_and_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("a,b\n1,1\n2,2\n3,2\n4,4\n2,3\n5,5\n", encoding="utf-8")
    listed = json.loads(call("--measures", "--json").stdout)
    assert len(listed) >= 20
    words = call("--measures").output
    for one in listed:
        result = call("--table", str(path), "--measure", one["name"], "--cut-off", "3", "--json")
        assert result.exit_code == 0, (one, result.output)
        assert json.loads(result.stdout)["value"] is not None
        assert one["name"] in words


@pytest.mark.parametrize(
    ("text", "measure", "says"),
    [
        (TABLE, "krippendorff_alpha", "did you mean krippendorff-alpha-nominal or krippendorff-alpha-ordinal or "),
        (TABLE, "cohens-kapa", "The measure 'cohens-kapa' is not known; did you mean cohen-kappa?"),
        (TABLE, "zzz", "known are cohen-kappa"),
        ("a,b\n1,2\n3\n", "fleiss-kappa", "row 3 has 1 cells and row 1 has 2"),
        ("a,b\n1,2\n3,high\n", "icc-2-1", "Unit 2, rater 2 has 'high', which is not a number"),
        ("1,2\n2,high\n", "krippendorff-alpha-interval", "'high', which is not a number"),
        (TABLE, "cohen-kappa", "compares two raters, and the table has 3"),
        ("", "fleiss-kappa", "is empty"),
        ("a,b\n1,\n,2\n", "fleiss-kappa", "No unit was rated by two raters"),
        ("a\n1\n", "fleiss-kappa", "two raters (columns)"),
    ],
)
def test_a_wrong_table_says_what_is_wrong(tmp_path: Path, text: str, measure: str, says: str) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(text, encoding="utf-8")
    result = call("--table", str(path), "--measure", measure)
    assert result.exit_code == 1, result.output
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stdout == ""


def test_wrong_observations_say_what_is_wrong(pair: list[str], tmp_path: Path, table: str) -> None:
    other = tmp_path / "other.json"
    other.write_text(observation("cid", film="hello").model_dump_json(), encoding="utf-8")
    empty = tmp_path / "empty.json"
    empty.write_text("{}", encoding="utf-8")
    for files, says in (
        ([pair[0], str(other)], "different films ('blocks' and 'hello')"),
        ([pair[0], str(tmp_path / "nowhere.json")], "nowhere.json could not be read"),
        ([pair[0], table], "is not an observation in JSON"),
        ([pair[0], str(empty)], "In empty.json"),
    ):
        result = call(*files)
        assert result.exit_code == 1
        assert says in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["one.json"],
        ["--table", "x.csv"],
        ["--measure", "fleiss-kappa"],
        ["a.json", "b.json", "--measure", "fleiss-kappa"],
        ["a.json", "b.json", "--table", "x.csv", "--measure", "fleiss-kappa"],
        ["--table", "x.csv", "--measure", "screening"],
        ["a.json", "b.json", "--tolerance", "-1"],
        ["a.json", "b.json", "--form", "2016"],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    assert call(*arguments).exit_code == 2

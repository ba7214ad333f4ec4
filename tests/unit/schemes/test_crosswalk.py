from __future__ import annotations

from typing import Any

import pytest

from vigwidgets.errors import Refusal
from vigwidgets.schemes import across_of, available_schemes, crosswalks_of, languages_of, load_scheme, parse_crosswalk

BOTH = {"paig": load_scheme("paig"), "marte-meo": load_scheme("marte-meo")}


def test_marte_meo_stands_beside_paig_as_the_sources_have_it() -> None:
    (bridge,) = crosswalks_of("paig")
    assert {lane.id: bridge.across(lane.id, "marte-meo") for lane in BOTH["marte-meo"].lanes} == {
        "initiative": ["initiative"],
        "common-focus": ["1"],
        "confirming": ["3"],
        "tuning-in": ["4"],
        "naming": ["4"],
        "guiding": ["5"],
        "confirming-wanted": ["5"],
        "triangulating": ["6"],
        "signals": ["6"],
        "climate": ["6"],
    }


def test_what_has_no_counterpart_gets_none() -> None:
    (bridge,) = crosswalks_of("marte-meo")
    assert bridge.across("2", "paig") == []
    assert bridge.across("2.5", "paig") == []
    assert bridge.across("4.4", "paig") == ["tuning-in", "naming"]
    assert bridge.across("initiative.look", "paig") == ["initiative"]
    (silent,) = [row for row in bridge.crosswalk.rows if not row.first]
    assert silent.second == ["2"]
    assert silent.says is not None


def test_a_scheme_that_lies_beside_none_has_none() -> None:
    assert crosswalks_of("seven-steps") == ()
    with pytest.raises(Refusal, match="lies between marte-meo and paig, not 'seven-steps'"):
        crosswalks_of("paig")[0].across("step.1", "seven-steps")


@pytest.mark.parametrize("scheme", ["paig", "marte-meo", "seven-steps"])
def test_every_shipped_text_is_there_in_three_languages(scheme: str) -> None:
    read = load_scheme(scheme).scheme
    assert languages_of(read) == ["en", "de", "fr"]
    for code in read.codes:
        for text in (code.label, code.short, code.help):
            assert text is None or set(text) == {"en", "de", "fr"}, code.id


def test_a_label_that_is_missing_takes_its_language_off_the_list() -> None:
    scheme = BOTH["paig"].scheme
    last = scheme.codes[-1].model_copy(update={"label": {"en": "x", "de": "y"}})
    assert languages_of(scheme.model_copy(update={"codes": [*scheme.codes[:-1], last]})) == ["en", "de"]


def test_the_choice_at_each_turn_is_one_of_three() -> None:
    steps = load_scheme("seven-steps")
    turn = [lane for lane in steps.lanes if lane.id.startswith("turn.")]
    assert len(turn) == 3
    for lane in turn:
        assert {lane.id, *(lane.excludes or [])} == {one.id for one in turn}
    assert len([lane for lane in steps.lanes if lane.id.startswith("step.")]) == 7


def test_no_key_of_a_shipped_scheme_means_two_things() -> None:
    for scheme in available_schemes():
        keys = [code.key for code in load_scheme(scheme).scheme.codes if code.key]
        assert len(keys) == len(set(keys)), scheme


def table(**changes: Any) -> dict[str, Any]:
    whole = crosswalks_of("paig")[0].crosswalk.model_dump(mode="json", exclude_none=True)
    return {**whole, **changes}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (table(schemes=["marte-meo", "peig"]), "names scheme 'peig', which is not there"),
        (table(rows=table()["rows"][:-1]), "'2' of scheme 'paig' is left out; give it a row"),
        (table(rows=[*table()["rows"], {"first": [], "second": []}]), "empty on both sides"),
        (table(rows=[*table()["rows"], {"first": ["3"], "second": ["3"]}]), "'3' is not in scheme 'marte-meo'"),
        (table(same=["initiative", "naming"]), "'naming' is not in scheme 'paig'"),
        (table(rows=[]), "rows is"),
    ],
)
def test_a_crosswalk_that_does_not_fit_is_refused(data: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        parse_crosswalk(data, BOTH, "x.yaml")


def test_a_page_gets_the_other_schemes_lanes_and_no_more_than_it_shows() -> None:
    (to_marte_meo,) = across_of("paig")
    assert to_marte_meo["scheme"]["id"] == "marte-meo"
    (to_paig,) = across_of("marte-meo")
    assert [code["id"] for code in to_paig["scheme"]["codes"]] == [
        "initiative",
        "1",
        "2",
        "2.5",
        "3",
        "3.5",
        "4",
        "5",
        "6",
    ]
    assert across_of("seven-steps") == []

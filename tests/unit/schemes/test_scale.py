from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vigwidgets.errors import Refusal
from vigwidgets.schemes import load_scheme, parse_scheme, site_text_path, with_site_text

STEPS = [{"id": str(n), "key": str(n), "value": n, "label": {"en": str(n)}} for n in range(3)]
ITEM = {"id": "face", "parent": None, "label": {"en": "Face"}, "kind": "either"}


def scale(**changed: Any) -> dict[str, Any]:
    """Return a scale of one item, changed."""
    item = {**ITEM, **changed.pop("item", {})}
    whole = {"steps": STEPS, "wording": {"en": "ours"}, **changed}
    return {"id": "s", "version": "1", "title": {"en": "S"}, "codes": [item], "scale": whole}


@pytest.mark.parametrize(
    ("scheme", "items", "core", "values", "cutoff"),
    [
        ("adbb", 8, 0, [0, 1, 2, 3, 4], 5),
        ("m-adbb", 5, 0, [0, 1, 2], 2),
        ("sds", 13, 6, [None] * 5, None),
    ],
)
def test_the_shipped_scales_are_what_the_field_says(
    scheme: str, items: int, core: int, values: list[int | None], cutoff: int | None
) -> None:
    book = load_scheme(scheme)
    scale = book.scheme.scale
    assert scale is not None
    assert len(book.lanes) == len(book.scheme.codes) == items
    assert sum(bool(code.core) for code in book.lanes) == core
    assert [step.value for step in scale.steps] == values
    assert scale.cutoff == cutoff
    keys = [code.key for code in book.lanes] + [step.key for step in scale.steps]
    assert None not in keys
    assert len(set(keys)) == len(keys)
    assert all(code.help for code in book.lanes)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"steps": [*STEPS, STEPS[0]]}, "step '0' stands twice"),
        ({"steps": [STEPS[0], {**STEPS[1], "key": "0"}]}, "key '0' stands twice"),
        ({"steps": [STEPS[0], {**STEPS[1], "value": None}]}, "some steps have a value and others none"),
        ({"cutoff": 3}, "the cut-off is 3; allowed is at most the highest total, 2"),
        ({"item": {"anchors": {"7": {"en": "x"}}}}, "an anchor for step '7'; there are 0, 1, 2"),
    ],
)
def test_a_scale_that_does_not_fit_together_is_refused(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        parse_scheme(scale(**changed))


def test_anchors_without_a_scale_are_refused() -> None:
    data = scale(item={"anchors": {"0": {"en": "x"}}})
    del data["scale"]
    with pytest.raises(Refusal, match="has anchors or is core and there is no scale"):
        parse_scheme(data)


SITE = """
scheme: m-adbb
version: "1"
source: {en: "Licensed to this clinic"}
items:
  eyes: {label: {en: The eyes}, anchors: {"1": {en: Their own words}}}
"""


def test_a_site_lays_its_own_words_over_ours_and_nothing_else(tmp_path: Path) -> None:
    ours = load_scheme("m-adbb").scheme
    path = site_text_path(tmp_path, "m-adbb")
    assert with_site_text(ours, path) is ours
    path.parent.mkdir()
    path.write_text(SITE)
    theirs = with_site_text(ours, path)
    before = {code.id: code for code in ours.codes}
    after = {code.id: code for code in theirs.codes}
    assert after["eyes"].label == {"en": "The eyes"}
    assert after["eyes"].anchors == {**(before["eyes"].anchors or {}), "1": {"en": "Their own words"}}
    assert (after["eyes"].key, after["eyes"].help) == (before["eyes"].key, before["eyes"].help)
    assert {name: code for name, code in after.items() if name != "eyes"} == {
        name: code for name, code in before.items() if name != "eyes"
    }
    assert theirs.scale is not None
    assert theirs.scale.wording == {"en": "Licensed to this clinic"}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("scheme: m-adbb", "scheme: adbb", "is for 'adbb' version 1; this is 'm-adbb' version 1"),
        ("  eyes:", "  ears:", "there is no item 'ears'; there are face, eyes"),
        ('{"1": {en: Their', '{"4": {en: Their', "an anchor for step '4'"),
        ("source: {en:", "sauce: {en:", "m-adbb.yaml"),
        ("{en: Their own words}", "{en: 5}", "m-adbb.yaml"),
        ("items:", "items: [", r"m-adbb.yaml, line \d+: "),
    ],
)
def test_a_sites_text_that_is_wrong_is_refused_by_name(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / "m-adbb.yaml"
    path.write_text(SITE.replace(old, new))
    with pytest.raises(Refusal, match=says):
        with_site_text(load_scheme("m-adbb").scheme, path)

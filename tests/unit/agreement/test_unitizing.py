"""Unitizing alpha beside what Krippendorff printed in 1995 and 2004, and beside his sums written out."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.agreement.published import REFERENCE, TABLES
from tests.unit.agreement.stretches import SECOND, Lists, digits, events, from_lengths
from vigwidgets.agreement import cohen_kappa
from vigwidgets.agreement._unitizing import unitizing_parts
from vigwidgets.errors import Refusal

OF_2004: dict[str, Any] = json.loads((REFERENCE / "unitizing.json").read_text(encoding="utf-8"))["krippendorff-2004"]
R15 = TABLES["R15_krippendorff_1995_unitizing"]


@pytest.mark.parametrize("name", "ABCD")
@pytest.mark.parametrize("form", ["1995", "2004"])
def test_krippendorff_1995(name: str, form: str) -> None:
    lists, length = from_lengths(R15["data"][name]), R15["data"]["L"]
    # In units as fine as these the form of 2004 has come as near as its table's last digit to that of 1995.
    of = unitizing_parts(events([lists]), 2, 1, length * SECOND, form=form, unit=20)
    seen, _ = of.disagreement()
    assert seen[0, 0] == pytest.approx(R15["expected"]["Do_cat(L=24)"][name], abs=5e-6)
    assert of.alpha()[0] == pytest.approx(R15["recomputed"]["L=1.2M"][name], abs=1e-4)


def test_krippendorff_2004() -> None:
    what = OF_2004
    codes = [what["units"]["c"], what["units"]["k"]]
    for parts in (1, 7):
        of = unitizing_parts(
            events(codes, what["begin"]), 2, 2, what["length"] * SECOND, form="2004", unit=SECOND, parts=parts
        )
        seen, chance = of.disagreement()
        assert seen[0] == pytest.approx([what["seen"]["c"], what["seen"]["k"]], abs=5e-5)
        assert chance[0] == pytest.approx([what["by chance"]["c"], what["by chance"]["k"]], abs=5e-5)
        assert 1 - seen[0] / chance[0] == pytest.approx([what["alpha"]["c"], what["alpha"]["k"]], abs=5e-5)
        assert of.alpha()[0] == pytest.approx(what["overall"], abs=0.0005)


def test_cutting_into_units_of_time_loses_what_unitizing_sees() -> None:
    units = digits(from_lengths(R15["data"]["D"]), R15["data"]["L"])
    assert cohen_kappa(*units.T).value is None, "all units are named by both"


def written_out(lists: Lists, length: int) -> tuple[float, float]:
    """Krippendorff 2004, eqs. in ch. 11.6, as they stand: every section of one observer with every of each other."""
    sections = []
    for own in lists:
        at, row = 0, []
        for start, end in sorted(own):
            row += [(at, start - at, 0)] if start > at else []
            row.append((start, end - start, 1))
            at = end
        sections.append(row + ([(at, length - at, 0)] if at < length else []))
    m, seen, top, inside = len(lists), 0, 0.0, 0
    count = sum(unit for row in sections for _, _, unit in row)
    for i, row in enumerate(sections):
        for b, size, unit in row:
            for other_row in sections[:i] + sections[i + 1 :]:
                for b2, size2, unit2 in other_row:
                    if unit and unit2 and -size < b - b2 < size2:
                        seen += (b - b2) ** 2 + (b + size - b2 - size2) ** 2
                    elif unit and not unit2 and size2 - size >= b - b2 >= 0:
                        seen += size**2
                    elif unit2 and not unit and size2 - size <= b - b2 <= 0:
                        seen += size2**2
            if unit:
                gaps = sum(s - size + 1 for r in sections for _, s, u in r if not u and s >= size)
                top += (count - 1) / 3 * (2 * size**3 - 3 * size**2 + size) + size**2 * gaps
                inside += size * (size - 1)
    return seen / (m * (m - 1) * length**2), 2 / length * top / (m * length * (m * length - 1) - inside)


@st.composite
def observers(draw: st.DrawFn) -> Lists:
    lists: Lists = []
    for _ in range(draw(st.integers(2, 4))):
        edges = sorted(draw(st.sets(st.integers(0, 30), min_size=0, max_size=8)))
        pairs = list(zip(edges[::2], edges[1::2], strict=False))
        touching = draw(st.booleans())
        lists.append(list(pairwise(edges)) if touching else pairs)
    return lists


@given(lists=observers(), parts=st.integers(1, 5))
@settings(max_examples=80, deadline=None)
def test_beside_the_sums_written_out(lists: Lists, parts: int) -> None:
    of = unitizing_parts(events([lists]), len(lists), 1, 30 * SECOND, form="2004", unit=SECOND, parts=parts)
    seen, chance = of.disagreement()
    assert (seen[0, 0], chance[0, 0]) == pytest.approx(written_out(lists, 30))


@given(lists=observers(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_order_of_observers_does_not_matter(lists: Lists, data: st.DataObject) -> None:
    moved = data.draw(st.permutations(lists))
    found = [unitizing_parts(events([some]), len(some), 1, 30 * SECOND).alpha()[0] for some in (lists, moved)]
    assert found[0] == pytest.approx(found[1], nan_ok=True)


@given(own=observers(), form=st.sampled_from(["1995", "2004"]))
@settings(max_examples=40, deadline=None)
def test_identical_observers_agree_wholly(own: Lists, form: str) -> None:
    of = unitizing_parts(events([[own[0]] * 3]), 3, 1, 30 * SECOND, form=form)
    assert of.alpha()[0] == (pytest.approx(1) if own[0] else pytest.approx(float("nan"), nan_ok=True))


def test_what_one_observer_tags_twice_is_there_once() -> None:
    twice = events([[[(2, 6), (4, 8), (5, 7)], [(2, 6), (6, 8)]]])
    assert unitizing_parts(twice, 2, 1, 30 * SECOND).alpha()[0] == pytest.approx(1)


def test_what_is_refused() -> None:
    with pytest.raises(Refusal, match="choose 1995 or 2004"):
        unitizing_parts(events([[[(1, 2)], []]]), 2, 1, SECOND, form="2016")
    with pytest.raises(Refusal, match="both must be above 0"):
        unitizing_parts(events([[[(1, 2)], []]]), 2, 1, 0)

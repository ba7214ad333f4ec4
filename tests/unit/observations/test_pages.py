"""Of the edits that a page numbers, none is applied twice, and none puts an older word in the place of a newer."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.contract import Drop, Edit, PageEdits, Put, Tag
from vigwidgets.errors import Refusal
from vigwidgets.observations import _pages
from vigwidgets.observations._pages import MOST_LATER, MOST_PAGES, MOST_SAID, number_of
from vigwidgets.observations._saved import Saved, digest_of, parse_saved

PAGE = "edit-0123456789abcdef"
MOMENTS = "abcd"


def edit(count: int, moments: set[str], page: str = PAGE) -> Edit:
    return Edit(id=f"{page}-{count}", changes=[Drop(id=one) for one in sorted(moments)])


class File:
    """A file, and a list of all that was applied to it."""

    def __init__(self) -> None:
        self.saved = Saved()
        self.applied: list[Edit] = []

    def take(self, one: Edit) -> str:
        """Take an edit as a kernel does that was only just started; return what became of it."""
        said = digest_of(one)
        try:
            if self.saved.holds(one, said):
                return "had"
        except Refusal:
            return "another"
        try:
            self.saved.refuse_late(one)
        except Refusal:
            return "late"
        self.applied.append(one)
        pages = {name: page.model_dump() for name, page in self.saved.with_edit(one, said).pages.items()}
        self.saved = parse_saved(json.loads(json.dumps({"pages": pages})), "x.json")
        return "applied"

    @property
    def page(self) -> PageEdits:
        return self.saved.pages[PAGE]


@st.composite
def journeys(draw: st.DrawFn) -> list[Edit]:
    """What one page made, as it arrives: in any order, some again, some never."""
    made = draw(st.lists(st.sets(st.sampled_from(MOMENTS), min_size=1), min_size=1, max_size=14))
    order = draw(st.lists(st.integers(0, len(made) - 1), max_size=40))
    return [edit(place + 1, made[place]) for place in order]


def touched(one: Edit) -> set[str]:
    return {change.id for change in one.changes if isinstance(change, Drop)}


def count_of(one: Edit) -> int:
    found = number_of(one.id)
    assert found is not None
    return found[1]


@given(journeys())
def test_it_is_as_if_the_newest_number_of_every_moment_were_remembered(arriving: list[Edit]) -> None:
    file, newest = File(), dict.fromkeys(MOMENTS, 0)
    for one in arriving:
        count = count_of(one)
        late = any(newest[moment] > count for moment in touched(one))
        expected = "had" if one in file.applied else "late" if late else "applied"
        assert file.take(one) == expected
        if expected == "applied":
            newest |= dict.fromkeys(touched(one), count)
    if file.applied and not file.page.missing:
        assert not file.page.later


@given(journeys())
def test_where_much_is_forgotten_still_nothing_older_replaces_a_newer(arriving: list[Edit]) -> None:
    file, newest = File(), dict.fromkeys(MOMENTS, 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_pages, "MOST_MISSING", 2)
        patch.setattr(_pages, "MOST_LATER", len(MOMENTS) - 1)
        for one in arriving:
            became = file.take(one)
            assert became != "had" or one in file.applied
            if became == "applied":
                assert file.applied.count(one) == 1
                assert all(newest[moment] < count_of(one) for moment in touched(one))
                newest |= dict.fromkeys(touched(one), count_of(one))
                assert len(file.page.missing) <= 2
                assert len(file.page.later) <= len(MOMENTS) - 1


def test_what_is_in_order_takes_one_number() -> None:
    file = File()
    assert {file.take(edit(count, {f"t{count % 300}"})) for count in range(1, 1000)} == {"applied"}
    page = file.page.model_dump()
    assert len(page.pop("said")) == MOST_SAID
    assert page == {"newest": 999, "unsure": 0, "missing": [], "later": {}}
    assert file.take(edit(1, {"t1"})) == "had"


def test_the_largest_edit_after_a_lost_one_is_remembered_whole() -> None:
    file = File()
    whole = edit(2, {f"t{number}" for number in range(MOST_LATER)})
    file.take(whole)
    assert file.take(whole) == "had"
    assert file.take(edit(1, {"t999"})) == "late"
    assert file.take(edit(1, {"other"})) == "applied"


def test_a_number_used_for_another_edit_is_no_proof_that_this_one_is_saved() -> None:
    file = File()
    assert file.take(edit(1, {"a"})) == "applied"
    assert file.take(edit(1, {"b"})) == "another"
    assert file.take(edit(1, {"a"})) == "had"
    for count in range(2, MOST_SAID + 2):
        file.take(edit(count, {"a"}))
    # Of those of long ago only the number is known.
    assert [file.take(edit(count, {"b"})) for count in (1, 2)] == ["had", "another"]


def change(count: int, **fields: object) -> Edit:
    was = Tag(id="a", code="3", actor="mum", target="bo", start=0, end=80_000)
    put = Put(tag=was.model_copy(update=fields), was=was, how="change")
    return Edit(id=f"{PAGE}-{count}", changes=[put])


def test_only_a_later_edit_of_the_same_field_is_later() -> None:
    file = File()
    assert [file.take(change(6, certainty="sure")), file.take(change(5, note="late"))] == ["applied", "applied"]
    assert [file.take(change(4, note="later still")), file.take(change(3, certainty=None))] == ["late", "applied"]
    assert [file.take(change(2, note="x", certainty="sure")), file.take(edit(1, {"a"}))] == ["late", "late"]


def test_a_moment_is_made_and_moved_whole() -> None:
    file = File()
    assert [file.take(change(5, start=40_000)), file.take(change(4, end=120_000))] == ["applied", "late"]
    assert [file.take(edit(3, {"b"})), file.take(edit(2, {"a"})), file.take(change(1, note="x"))] == [
        "applied",
        "late",
        "applied",
    ]


def test_a_number_far_ahead_makes_no_long_list() -> None:
    file = File()
    file.take(edit(999_999_999_999, {"a"}))
    assert len(file.page.missing) == _pages.MOST_MISSING
    assert file.take(edit(1, {"b"})) == "late"
    assert file.take(edit(999_999_999_998, {"b"})) == "applied"


def test_pages_count_each_for_itself_and_the_longest_silent_is_forgotten() -> None:
    file = File()
    for number in range(MOST_PAGES + 1):
        assert file.take(edit(1, {"a"}, f"edit-{number:016x}")) == "applied"
    assert file.take(edit(1, {"a"}, f"edit-{1:016x}")) == "had"
    assert len(file.saved.pages) == MOST_PAGES
    assert f"edit-{0:016x}" not in file.saved.pages


@pytest.mark.parametrize(
    "id", ["e-1", "edit-1", PAGE, f"{PAGE}-0", f"{PAGE}-01", f"{PAGE}-", f"{PAGE}-1-2", f"x{PAGE}-1"]
)
def test_what_no_page_counted_has_no_number(id: str) -> None:
    assert number_of(id) is None

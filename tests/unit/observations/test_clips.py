from __future__ import annotations

import pytest

from vigwidgets.contract import Beat, Edit, Member, Put, SchemeRef, Tag, Truth
from vigwidgets.errors import Refusal
from vigwidgets.observations import (
    Stretch,
    advice_on,
    apply_edit,
    clip_fits,
    clips_of,
    new_observation,
    not_for_parent,
    refuse_clips,
    refuse_edit,
)
from vigwidgets.schemes import available_schemes, clip_codebook

SECOND = 1_000_000
CAST = [Member(id="mum", role="parent", name="Mum"), Member(id="baby", role="child", name="Baby")]


def clip(start: float, end: float | None, place: str = "1", name: str = "c") -> Tag:
    """Return a clip, or a still without an end; seconds."""
    last = None if end is None else round(end * SECOND)
    return Tag(
        id=f"{name}-{start}", code="clip" if end is not None else "still", actor="baby", target="mum",
        start=round(start * SECOND), end=last, modifiers={"place": place},
    )  # fmt: skip


def test_a_review_is_in_the_order_of_its_places_whatever_a_browser_wrote() -> None:
    clips = [clip(1, 6, "3"), clip(20, None, "1"), clip(9, 19, "10"), clip(30, 36, "²"), clip(40, 50, "-1")]
    start = new_observation("f", 60 * SECOND, clip_codebook().ref, "me", CAST)
    tray = apply_edit(start, Edit(id="e", changes=[Put(tag=one) for one in clips]), clip_codebook())
    assert [one.start // SECOND for one in clips_of(tray)] == [20, 1, 9, 30, 40]


def test_the_trays_scheme_is_no_scheme_to_tag_with() -> None:
    assert "clips" not in available_schemes()


def test_no_parent_is_shown_a_moment_that_failed() -> None:
    shared = {"actor": "baby", "target": "mum", "edge": 0, "says": "x"}
    beats = [
        Beat(id="a", codes=["i"], start=10 * SECOND, end=12 * SECOND, not_for_parent=True, **shared),
        Beat(id="b", codes=["i"], start=20 * SECOND, end=25 * SECOND, **shared),
        Beat(id="c", codes=["i"], start=30 * SECOND, end=None, not_for_parent=True, **shared),
    ]
    truth = Truth(
        film="f", duration=60 * SECOND, scheme=SchemeRef(id="p", version="1"), cast=CAST, beats=beats, open=[]
    )
    closed = not_for_parent(truth)
    assert closed == [Stretch(10 * SECOND, 12 * SECOND), Stretch(30 * SECOND, 30 * SECOND + 1)]
    assert not_for_parent(None) == []
    for fine in (clip(0, 10), clip(12, 30), clip(20, 25), clip(12, None), clip(31, None)):
        refuse_clips([fine], closed)
    for wrong in (clip(5, 10.5), clip(11.9, 20), clip(0, 60), clip(11, 11.5), clip(10, None), clip(29, 31)):
        with pytest.raises(Refusal, match="no parent is shown one"):
            refuse_edit(Edit(id="e", changes=[Put(tag=clip(0, 5)), Put(tag=wrong)]), closed)


@pytest.mark.parametrize(
    ("clips", "says"),
    [
        ([], []),
        ([clip(0, 10)], ["One clip so far; three or four make a review."]),
        ([clip(0, 10), clip(20, 30), clip(40, 50)], []),
        ([clip(n * 10, n * 10 + 8) for n in range(5)], ["5 clips are many: three or four leave time"]),
        ([clip(0, None), clip(20, 30), clip(40, 50)], ["It begins with a still: good when"]),
        ([clip(20, 30), clip(0, None), clip(40, 50)], ["The still may come first when"]),
        ([clip(0, None), clip(1, None), clip(40, 50)], ["2 stills; one is enough"]),
        (
            [clip(0, 4.96), clip(10, 41), clip(40, 50)],
            ["Clip 1 lasts 5.0 s; under 5 s", "Clip 2 lasts 31 s; over 30 s"],
        ),
    ],
)
def test_what_the_craft_advises(clips: list[Tag], says: list[str]) -> None:
    said = advice_on(clips)
    assert len(said) == len(says)
    for sentence, beginning in zip(said, says, strict=True):
        assert sentence.startswith(beginning)


def test_what_an_exercise_asks_for_is_what_is_advised() -> None:
    two = [clip(0, 10), clip(20, 30)]
    assert advice_on(two) == ["2 clips so far; three or four make a review."]
    assert advice_on(two, 2, 4) == []
    assert advice_on(two[:1], 2, 4) == ["One clip so far; two to four make a review."]
    assert advice_on(two[:1], 2, 2) == ["One clip so far; two make a review."]
    assert advice_on(two, 1, 1) == ["2 clips are many: one leaves time to look again and to talk."]


@pytest.mark.parametrize(("seconds", "fits"), [(4.99, False), (5, True), (30, True), (30.01, False)])
def test_a_clip_fits_from_5_to_30_seconds(seconds: float, fits: bool) -> None:
    assert clip_fits(round(seconds * 1_000_000)) is fits

from __future__ import annotations

import numpy as np
import pytest

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad import Script, contact_sheet, still
from vigwidgets.films.dyad._painter import Painter


def test_a_frame_is_the_same_each_time(small: Script) -> None:
    one, two = Painter(small), Painter(small)
    first = one.frame(30).copy()
    one.frame(70)
    assert np.array_equal(one.frame(30), first)
    assert np.array_equal(two.frame(30), first)
    assert first.shape == (360, 640, 3)
    assert first.dtype == np.uint8


def test_what_moves_is_drawn_over_a_room_that_stays(small: Script) -> None:
    painter = Painter(small)
    before, after = painter.frame(20).astype(int), painter.frame(60).astype(int)
    changed = np.abs(before - after).max(axis=2) > 8
    assert 0.003 < changed.mean() < 0.35
    assert before.min(axis=2).mean() > 90, "a picture book is light"
    assert not changed[:12].any(), "nobody reaches the ceiling"


def test_a_smile_changes_the_mouth_and_little_else(small: Script) -> None:
    def face(amount: float) -> np.ndarray:
        acts = [act.model_copy(update={"amount": amount}) if act.does == "smile" else act for act in small.acts]
        return Painter(small.model_copy(update={"acts": acts}), (1280, 720)).at(1.95).astype(int)

    different = np.abs(face(1.0) - face(0.01)).max(axis=2) > 12
    rows, columns = np.nonzero(different)
    assert 300 < different.sum() < 12_000
    assert columns.max() < 640, "only Ana smiles"
    assert rows.max() - rows.min() < 240


@pytest.mark.parametrize("size", [(640, 360), (1280, 720)])
def test_both_sizes_show_the_same_picture(small: Script, size: tuple[int, int]) -> None:
    picture = still(small, 1.5, size)
    assert picture.size == size
    small_one = np.asarray(picture.resize((160, 90))).astype(int)
    reference = np.asarray(still(small, 1.5, (640, 360)).resize((160, 90))).astype(int)
    assert np.abs(small_one - reference).mean() < 3


def test_a_contact_sheet_has_each_moment(small: Script) -> None:
    sheet = contact_sheet(small, every=1.0, columns=2)
    assert sheet.size == (640, 2 * 196)
    assert contact_sheet(small, times=[0.5], columns=1, size=(160, 90)).size == (160, 106)
    with pytest.raises(Refusal, match=r"choose 0\.01 s or more"):
        contact_sheet(small, every=0.001)

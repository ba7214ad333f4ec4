from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.films._probe import Picture
from vigwidgets.films._recipe import _colours, is_hdr, proxy_size, upright_size

PLAIN = Picture(
    width=1920,
    height=1080,
    sar=Fraction(1),
    sideways=False,
    upside_down=False,
    mirrored=False,
    interlaced=False,
    full_range=False,
    primaries=2,
    transfer=2,
    matrix=2,
)


@pytest.mark.parametrize(
    ("change", "size"),
    [
        ({}, (1280, 720)),
        ({"sideways": True}, (720, 1280)),
        ({"width": 3840, "height": 2160, "sideways": True}, (720, 1280)),
        ({"width": 1440, "height": 1080, "sar": Fraction(4, 3)}, (1280, 720)),
        ({"width": 720, "height": 576, "sar": Fraction(64, 45)}, (1024, 576)),
        ({"width": 640, "height": 480}, (640, 480)),
        ({"width": 1440, "height": 1080}, (960, 720)),
        ({"width": 321, "height": 241}, (320, 240)),
        ({"width": 1, "height": 1}, (2, 2)),
    ],
)
def test_the_proxys_size(change: dict[str, object], size: tuple[int, int]) -> None:
    assert proxy_size(replace(PLAIN, **change)) == size  # type: ignore[arg-type]


@given(st.integers(16, 8192), st.integers(16, 4320), st.fractions(Fraction(1, 4), 4), st.booleans())
def test_a_proxy_is_even_fits_and_keeps_its_shape(width: int, height: int, sar: Fraction, sideways: bool) -> None:
    picture = replace(PLAIN, width=width, height=height, sar=sar, sideways=sideways)
    wide, high = proxy_size(picture)
    assert wide % 2 == high % 2 == 0
    assert max(wide, high) <= 1280
    assert min(wide, high) <= 720
    shown = upright_size(picture)
    assert wide <= shown[0] + 1
    assert high <= shown[1] + 1
    if min(wide, high) >= 100:
        assert wide / high == pytest.approx(shown[0] / shown[1], rel=0.03)


def test_colours_that_are_right_are_left_alone() -> None:
    assert _colours(PLAIN, "2:2", with_zscale=True) == ["scale=2:2"]
    assert "in_color_matrix=bt601" in _colours(replace(PLAIN, height=480), "2:2", with_zscale=True)[0]
    assert "in_range=pc" in _colours(replace(PLAIN, full_range=True), "2:2", with_zscale=True)[0]


@pytest.mark.parametrize(("transfer", "name"), [(16, "smpte2084"), (18, "arib-std-b67")])
def test_hdr_is_tone_mapped_where_ffmpeg_can(transfer: int, name: str) -> None:
    picture = replace(PLAIN, primaries=9, transfer=transfer, matrix=9)
    assert is_hdr(picture)
    graph = ",".join(_colours(picture, "2:2", with_zscale=True))
    assert f"transferin={name}" in graph
    assert "tonemap" in graph
    assert "tonemap" not in ",".join(_colours(picture, "2:2", with_zscale=False))

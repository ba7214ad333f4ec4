"""What the screen of a review shows: a moment of another film, as that film has it."""

from __future__ import annotations

import numpy as np
import pytest

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad import Script, parse_script
from vigwidgets.films.dyad._painter import Painter
from vigwidgets.films.dyad._screen import SCREEN

REVIEW = """\
id: review
title: A review
scene: {scene}
duration: 4
screen: {screen}
cast:
  - {{id: noor, role: guider, name: Noor}}
  - {{id: ana, role: client, name: Ana}}
acts:
  - {{actor: noor, does: look_at, target: ana, start: 0}}
beats: []
"""


def review(screen: str, scene: str = "review") -> Script:
    return parse_script(REVIEW.format(screen=screen, scene=scene), "review.yaml")


def shown(script: Script) -> np.ndarray:
    left, top, width, height = (round(one / 2) for one in SCREEN)
    picture = Painter(script, (640, 360), (0.0, 0.0, 1280.0, 720.0)).at(1.0)
    return picture[top + 2 : top + height - 2, left + 2 : left + width - 2].astype(int)


def test_the_screen_shows_that_moment_of_that_film() -> None:
    script = review("{film: hello, at: 12}")
    assert script.clip is not None
    assert (script.clip.script.id, script.clip.at) == ("hello", 12_000_000)
    own = Painter(script.clip.script, (round(110 * 16 / 9), 110)).at(12.0).astype(int)
    aside = (own.shape[1] - 188) // 2
    there = shown(script)
    same = own[2:108, aside + 2 : aside + 2 + there.shape[1]]
    assert np.abs(there - same).mean() < 12, "the picture is the film's own, but for a pixel's shift"
    later = shown(review("{film: hello, at: 14.4}"))
    other = shown(review("{film: spoon, at: 44}"))
    assert np.abs(there - later).mean() > 0.5
    assert np.abs(there - other).mean() > 20


def test_a_script_with_a_clip_goes_to_another_process_and_back() -> None:
    script = review("{film: hello, at: 12}")
    assert Script.model_validate(script.model_dump(mode="json", by_alias=True)) == script


@pytest.mark.parametrize(
    ("screen", "scene", "says"),
    [
        ("{film: hello, at: 12}", "sofa", "only the scene 'review' has a screen"),
        ("{film: none, at: 12}", "review", "there is no film 'none' to show; the course has"),
        ("{film: review, at: 1}", "review", "there is no film 'review'"),
        ("{film: review-spoon, at: 1}", "review", "is a review itself"),
        ("{film: hello, at: 24}", "review", "'hello' lasts 24 s; choose a moment inside"),
        ("{film: ../hello, at: 1}", "review", "line 5"),
        ("{film: hello, at: -1}", "review", "line 5"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_its_line(screen: str, scene: str, says: str) -> None:
    with pytest.raises(Refusal, match="review.yaml, line 5") as refused:
        review(screen, scene)
    assert says in str(refused.value)

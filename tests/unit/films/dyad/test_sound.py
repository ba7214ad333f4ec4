from __future__ import annotations

from itertools import pairwise

import numpy as np

from vigwidgets.films.dyad import Script
from vigwidgets.films.dyad._captions import captions
from vigwidgets.films.dyad._sound import soundtrack
from vigwidgets.films.dyad._syllables import syllables
from vigwidgets.films.dyad._voices import RATE, Voice, speak


def _loudness(track: np.ndarray, start: float, end: float) -> float:
    return float(np.sqrt(np.mean(track[round(start * RATE) : round(end * RATE)] ** 2)))


def test_the_sound_is_heard_when_the_acts_say_and_never_hurts(small: Script) -> None:
    track = soundtrack(small)
    assert track.shape == (4 * RATE, 2)
    assert np.abs(track).max() <= 0.9
    quiet, coo, words = _loudness(track, 0, 0.9), _loudness(track, 1.1, 1.7), _loudness(track, 2.3, 3.2)
    assert coo > 12 * quiet
    assert words > 12 * quiet
    assert _loudness(track[:, :1], 1.1, 1.7) < _loudness(track[:, 1:], 1.1, 1.7), "Bo sits on the right"
    assert np.array_equal(track, soundtrack(small))


def test_no_voice_has_harsh_heights() -> None:
    sound = speak(Voice(228, 1.0, 0.06), "What a lovely sound!", 1.6, "playful", 3)
    power = np.abs(np.fft.rfft(sound)) ** 2
    heights = np.fft.rfftfreq(len(sound), 1 / RATE)
    assert power[heights > 5000].sum() < 0.02 * power.sum()
    assert power[(heights > 150) & (heights < 1500)].sum() > 0.6 * power.sum()


def test_syllables_fill_the_time_in_order() -> None:
    parts = syllables("Where is Mama?", 2.0)
    assert len(parts) == 4
    assert parts[0].start == 0
    assert abs(parts[-1].end - 2.0) < 1e-9
    assert all(a.end <= b.start + 1e-9 for a, b in pairwise(parts))
    assert syllables("...", 1.0) == ()


def test_captions_carry_words_and_sounds(small: Script, film: Script) -> None:
    text = captions(small)
    assert text.startswith("WEBVTT\n")
    assert "00:00:02.200 --> 00:00:03.400\n<v Ana>Hello &amp; welcome!</v>" in text
    assert "<v Bo>(coos) a-goo</v>" in text
    spoken = [act for act in film.acts if act.does == "say"]
    assert captions(film).count("<v Ana>") == len(spoken) > 2

from __future__ import annotations

from itertools import pairwise

import numpy as np

from vigwidgets.films.dyad import Script
from vigwidgets.films.dyad._captions import captions
from vigwidgets.films.dyad._model import Person
from vigwidgets.films.dyad._sound import soundtrack
from vigwidgets.films.dyad._syllables import syllables
from vigwidgets.films.dyad._voices import RATE, Voice, cry, speak, voice_of


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


def test_each_age_has_its_own_voice_and_none_is_shrill() -> None:
    def person(age: str, **looks: str) -> Person:
        role = "parent" if age in ("adult", "older") else "child"
        return Person.model_validate({"id": "p", "role": role, "name": "P", "age": age, "looks": looks})

    ages = ("newborn", "4m", "9m", "18m", "5y", "8y", "adult", "older")
    pitches = [voice_of(person(age)).pitch for age in ages]
    father = voice_of(person("adult", figure="man"))
    ordered = [*pitches, father.pitch]
    assert all(high > low * 1.04 for high, low in pairwise(ordered)), "each is clearly lower than the one before"
    for age in ages:
        sound = speak(voice_of(person(age)), "Where is the ball?", 1.6, "playful", 3)
        power = np.abs(np.fft.rfft(sound)) ** 2
        heights = np.fft.rfftfreq(len(sound), 1 / RATE)
        assert power[heights > 5000].sum() < 0.02 * power.sum(), age


def test_crying_is_heard_in_breaths_and_is_not_shrill() -> None:
    sound = cry(voice_of(Person(id="bo", role="child", name="Bo", age="4m")), 4.8, 5)
    loud = [np.abs(sound[k : k + RATE // 10]).max() for k in range(0, len(sound) - RATE // 10, RATE // 10)]
    pauses = sum(1 for a, b in pairwise(loud) if a >= 0.05 > b)
    assert 2 <= pauses <= 5
    power = np.abs(np.fft.rfft(sound)) ** 2
    heights = np.fft.rfftfreq(len(sound), 1 / RATE)
    assert power[heights > 3500].sum() < 0.03 * power.sum()

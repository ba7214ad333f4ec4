"""Voices and small noises, made of soft tones: melody without words, so that nothing grates."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vigwidgets.films.dyad._forms import is_man
from vigwidgets.films.dyad._model import Person
from vigwidgets.films.dyad._syllables import syllables

__all__ = ["RATE", "Voice", "clack", "clap", "cry", "laugh", "rattle", "sigh", "speak", "voice_of", "wail"]

Sound = NDArray[np.float64]

RATE = 48_000
"""Samples per second."""

_FORMANTS = {"a": (820, 1250), "e": (520, 1850), "i": (320, 2300), "o": (540, 880), "u": (360, 900)}
_SCALE = (0, 2, 4, 7, 9, 12)


@dataclass(frozen=True)
class Voice:
    """A voice.

    Attributes:
        pitch: Usual pitch in Hz.
        throat: How much smaller the throat is than a grown woman's.
        breath: Share of breath in the sound, 0 to 1.
        quaver: How much the pitch trembles, 1 is usual.
    """

    pitch: float
    throat: float
    breath: float
    quaver: float = 1.0


_WOMEN = (228.0, 212.0, 241.0, 203.0)
_CHILDREN = {
    "newborn": Voice(455.0, 1.5, 0.16),
    "4m": Voice(424.0, 1.44, 0.14),
    "9m": Voice(392.0, 1.38, 0.12),
    "18m": Voice(356.0, 1.31, 0.1),
    "5y": Voice(305.0, 1.22, 0.08),
    "8y": Voice(276.0, 1.15, 0.07),
}


def voice_of(person: Person) -> Voice:
    """Return a person's voice: by age and build, and a little by who they are."""
    number = sum(map(ord, person.id))
    child = _CHILDREN.get(person.stage)
    if child is not None:
        return Voice(
            child.pitch * (1.0, 1.045, 0.96)[number % 3 if person.stage != "9m" else 0], child.throat, child.breath
        )
    old = person.stage == "older"
    if is_man(person.looks):
        return Voice((122.0, 112.0, 131.0)[number % 3] * (1.04 if old else 1.0), 0.86, 0.08, 2.2 if old else 1.0)
    pitch = _WOMEN[0] if person.role in ("parent", "client") else _WOMEN[1 + number % 3]
    return Voice(pitch * (0.87 if old else 1.0), 0.96 if old else 1.0, 0.1 if old else 0.06, 2.4 if old else 1.0)


def _envelope(n: int, rise: float, fall: float) -> Sound:
    t = np.arange(n) / RATE
    end = n / RATE
    up = np.clip(t / min(rise, end / 2), 0, 1)
    down = np.clip((end - t) / min(fall, end / 2), 0, 1)
    shape: Sound = np.sin(up * np.pi / 2) ** 2 * np.sin(down * np.pi / 2) ** 2
    return shape


def _tone(voice: Voice, pitch: Sound, vowel: str, rng: np.random.Generator) -> Sound:
    """Return a sung vowel that follows ``pitch`` (Hz for each sample)."""
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    middle = float(np.mean(pitch))
    first, second = (f * voice.throat for f in _FORMANTS.get(vowel, _FORMANTS["e"]))
    sound: Sound = np.zeros_like(pitch)
    for k in range(1, 13 if voice.pitch > 180 else 27):
        f = k * middle
        if f > 5200:
            break
        loud = np.exp(-(((f - first) / 260) ** 2)) + 0.42 * np.exp(-(((f - second) / 420) ** 2)) + 0.5 / k**1.7
        sound += loud / (1 + (f / 2600) ** 2) * np.sin(k * phase + k * k * 0.3)
    air = rng.standard_normal(len(pitch))
    air = np.convolve(air, np.hanning(24) / 12, mode="same")
    return (1 - voice.breath) * sound + voice.breath * 0.5 * air


def speak(voice: Voice, text: str, seconds: float, tone: str, seed: int) -> Sound:
    """Return ``text`` as a melody of its syllables.

    Args:
        voice: Who speaks.
        text: What is said; its vowels and its length shape the melody.
        seconds: How long it lasts.
        tone: ``plain``, ``warm``, ``playful``, ``wondering`` or ``limit``: height, range and how the melody ends.
        seed: Varies what does not matter.
    """
    n = round(seconds * RATE)
    out: Sound = np.zeros(n)
    number = zlib.crc32(text.encode()) ^ seed
    rng = np.random.default_rng(number)
    parts = syllables(text, seconds)
    height, spread = {"warm": (1.0, 0.8), "playful": (1.22, 1.2), "wondering": (1.08, 0.9), "limit": (0.86, 0.4)}.get(
        tone, (0.95, 0.6)
    )
    step = int(rng.integers(1, 4))
    for i, part in enumerate(parts):
        last = i == len(parts) - 1
        step = int(np.clip(step + rng.integers(-1, 2), 0, len(_SCALE) - 1))
        base = voice.pitch * height * 2 ** (_SCALE[step] * spread / 12)
        glide = 1.22 if last and (tone == "wondering" or text.rstrip().endswith("?")) else 0.88 if last else 1.04
        a, b = round(part.start * RATE), min(round((part.end + 0.05) * RATE), n)
        if b - a < 200:
            continue
        x = np.linspace(0, 1, b - a)
        wobble = 1 + 0.008 * voice.quaver * np.sin(2 * np.pi * 5.2 * x * (b - a) / RATE)
        pitch = base * (1 + (glide - 1) * x) * (1 + 0.05 * np.sin(np.pi * x)) * wobble
        out[a:b] += _tone(voice, pitch, part.vowel, rng) * _envelope(b - a, 0.05, 0.11) * (0.75 + 0.25 * part.stress)
    return out


def laugh(voice: Voice, seconds: float, seed: int) -> Sound:
    """Return a laugh: short open tones that fall."""
    n = round(seconds * RATE)
    out: Sound = np.zeros(n)
    rng = np.random.default_rng(seed)
    count = max(int(seconds * 4.4), 2)
    for i in range(count):
        a = round(i / count * n)
        b = min(a + round(0.17 * RATE), n)
        x = np.linspace(0, 1, b - a)
        pitch = voice.pitch * (1.5 - 0.32 * i / count) * (1 + 0.16 * np.sin(np.pi * x))
        puff = _tone(Voice(voice.pitch, voice.throat, 0.34), pitch, "a", rng)
        out[a:b] += puff * _envelope(b - a, 0.03, 0.09) * (1 - 0.4 * i / count)
    return out


def wail(voice: Voice, seconds: float, seed: int) -> Sound:
    """Return a fuss: a closed, falling tone, soft enough to listen to."""
    n = round(seconds * RATE)
    x = np.linspace(0, 1, n)
    rng = np.random.default_rng(seed)
    pitch = voice.pitch * (1.1 - 0.2 * x + 0.04 * np.sin(2 * np.pi * 2.1 * x * seconds))
    return _tone(voice, pitch, "e", rng) * _envelope(n, 0.18, 0.35) * 0.7


def cry(voice: Voice, seconds: float, seed: int) -> Sound:
    """Return crying: breaths out whose melody rises and falls, a short breath in between; never shrill."""
    n = round(seconds * RATE)
    out: Sound = np.zeros(n)
    rng = np.random.default_rng(seed)
    count = max(round(seconds / 1.2), 1)
    for i in range(count):
        a, b = round((i + 0.04) / count * n), round((i + 0.78) / count * n)
        x = np.linspace(0, 1, b - a)
        arch = 1 + 0.2 * np.sin(np.pi * np.minimum(x * 1.5, 1)) - 0.12 * x
        pitch = voice.pitch * 0.98 * arch * (1 + 0.012 * np.sin(2 * np.pi * 6 * x * (b - a) / RATE))
        wave = _tone(Voice(voice.pitch, voice.throat, 0.2), pitch, "a", rng)
        out[a:b] += wave * _envelope(b - a, 0.12, 0.3) * (0.85 + 0.15 * rng.random())
    return out


def sigh(voice: Voice, seconds: float, seed: int) -> Sound:
    """Return a long breath, as of a yawn."""
    n = max(round(seconds * RATE), RATE // 5)
    x = np.linspace(0, 1, n)
    rng = np.random.default_rng(seed)
    pitch = voice.pitch * (0.9 - 0.25 * x)
    return _tone(Voice(voice.pitch, voice.throat, 0.6), pitch, "a", rng) * _envelope(n, 0.5, 0.6)


def clack(height: float, seed: int) -> Sound:
    """Return wood on wood; ``height`` 1 is a block on a rug, 2 on another block."""
    t = np.arange(round(0.12 * RATE)) / RATE
    rng = np.random.default_rng(seed)
    low = np.sin(2 * np.pi * 620 * height * t) * np.exp(-t * 60)
    wood = low + 0.5 * np.sin(2 * np.pi * 1130 * height * t) * np.exp(-t * 90)
    sound: Sound = 0.5 * wood + 0.12 * rng.standard_normal(len(t)) * np.exp(-t * 220)
    return sound


def clap(seed: int) -> Sound:
    """Return one soft clap."""
    t = np.arange(round(0.09 * RATE)) / RATE
    air = np.convolve(np.random.default_rng(seed).standard_normal(len(t)), np.hanning(18) / 9, mode="same")
    sound: Sound = 0.5 * air * np.exp(-t * 70)
    return sound


def rattle(seconds: float, seed: int) -> Sound:
    """Return a rattle that is shaken: beads, to and fro."""
    n = round(seconds * RATE)
    t = np.arange(n) / RATE
    beads = np.diff(np.random.default_rng(seed).standard_normal(n + 1))
    soft = np.convolve(beads, np.hanning(10) / 5, mode="same")
    sound: Sound = 0.22 * soft * np.abs(np.sin(2 * np.pi * 3.6 * t)) ** 5 * _envelope(n, 0.15, 0.25)
    return sound

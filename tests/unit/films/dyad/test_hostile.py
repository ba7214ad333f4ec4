# ruff: noqa: E501 - a table of scripts reads best in lines
"""Scripts that mean harm, or were made by a broken program: each gets one sentence, soon."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress

import pytest
import yaml

from tests.pace import within
from vigwidgets.errors import Refusal
from vigwidgets.films.dyad import parse_script

PATIENCE = 10.0
"""Seconds: generous, for a busy machine."""

HEAD = """\
id: hostile
title: Hostile
duration: 600
cast:
  - {id: ana, role: parent, name: Ana}
  - {id: bo, role: child, name: Bo}
"""


def _acts(lines: Iterator[str] | list[str]) -> str:
    return HEAD + "acts:\n" + "".join(f"  - {line}\n" for line in lines)


def _look(k: int, extra: str = "") -> str:
    return f"{{id: a{k}, actor: ana, does: look_at, target: bo, start: {k * 0.4:.2f}, duration: 0.4{extra}}}"


ONE = _acts([_look(0)])
SCRIPTS = {
    "a million acts": (_acts(["{actor: bo, does: blink, start: 1, duration: 0.2}"] * 1_000_000) + "beats: []\n", "bytes"),
    "a bomb of aliases": (
        "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a, *a]\n" for i in range(200)) + ONE + "beats: []\n",
        "anchor or alias",
    ),
    "a merge key": (HEAD + "acts: [{<<: {a: 1}, actor: ana}]\nbeats: []\n", "line"),
    "deep nesting": (HEAD + "acts: " + "[" * 5000 + "]" * 5000 + "\nbeats: []\n", "levels"),
    "deep mappings": (HEAD + "acts: " + "{a: " * 3000 + "1" + "}" * 3000 + "\nbeats: []\n", "levels"),
    "a long chain": (
        _acts([f"{{id: c{k}, actor: bo, does: kick, start: 0.1 s after c{k + 1} ends, duration: 0.4}}" for k in range(1900)])
        + "beats: []\n",
        "there is no act 'c1900'",
    ),
    "a long ring": (
        _acts(
            [f"{{id: c{k}, actor: bo, does: kick, start: when c{(k + 1) % 1900} ends, duration: 0.4}}" for k in range(1900)]
        )
        + "beats: []\n",
        "wait for each other",
    ),
    "impossible overlaps": (_acts([_look(k).replace("duration: 0.4", "duration: 60") for k in range(1300)]) + "beats: []\n", "eyes for one thing"),
    "an unknown person": (_acts([_look(0).replace("actor: ana", "actor: eve")]) + "beats: []\n", "'eve' is not in the cast"),
    "a time outside": (_acts([_look(0).replace("start: 0.00", "start: 599.9")]) + "beats: []\n", "outside the film"),
    "a time before": (_acts([_look(0).replace("start: 0.00", "start: -5")]) + "beats: []\n", "line 8"),
    "infinity": (_acts([_look(0).replace("start: 0.00", "start: .inf")]) + "beats: []\n", "line 8"),
    "a huge number": (HEAD.replace("600", "1" * 5000) + "acts: []\nbeats: []\n", "line 3"),
    "a huge text": (_acts([_look(0, ", text: '" + "x" * 300_000 + "'")]) + "beats: []\n", "line 8"),
    "many wrong acts": (_acts(["{nonsense: 1}"] * 15_000) + "beats: []\n", "line"),
    "a tag of Python's": (HEAD + "acts: !!python/object/apply:os.system ['true']\nbeats: []\n", "line"),
    "a million ratings": (ONE + "beats: []\nratings: [" + "{item: a}, " * 20_000 + "]\n", "line"),
    "a regular expression's nightmare": (
        _acts([_look(0).replace("0.00", '"' + "0" * 60 + " " * 50 + 'after"')]) + "beats: []\n",
        "is not a time",
    ),
    "with of everything": (ONE + "beats: []\nwith: {" + ", ".join(f"p{k}: 1" for k in range(15_000)) + "}\n", "no phrase"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_a_hostile_script_gets_a_sentence_soon(name: str) -> None:
    text, said = SCRIPTS[name]
    with within(PATIENCE), pytest.raises(Refusal) as refused:
        parse_script(text, "hostile.yaml")
    sentence = str(refused.value)
    assert sentence.startswith("hostile.yaml")
    assert said in sentence
    assert len(sentence) < 1200
    assert "\n" not in sentence


def test_the_largest_script_that_is_allowed_is_checked_soon() -> None:
    """Two thousand acts, five hundred beats of twenty codes: as much as the limits let in."""
    acts = [_look(k) for k in range(1400)]
    acts += [
        f"{{id: s{k}, actor: ana, does: say, text: ja, tone: warm, start: {k}, duration: 0.8}}" for k in range(590)
    ]
    codes = '["1", "1.3", "2", "2.3", "1", "1.3", "2", "2.3", "1", "1.3", "2", "2.3", "1", "1.3", "2", "2.3", "1", "2"]'
    beats = "".join(
        f"  - {{id: b{k}, codes: {codes}, actor: ana, target: bo, acts: [s{k}, a{k * 5 // 2}], from: {k}, to: {k + 0.8},"
        " says: x}\n"
        for k in range(490)
    )
    with within(3 * PATIENCE):
        script = parse_script(_acts(acts) + "beats:\n" + beats)
    assert len(script.acts) == 1990


@pytest.mark.parametrize("seed", range(40))
def test_a_script_with_anything_changed_is_read_or_refused(small_text: str, seed: int) -> None:
    """Whatever a hand or a program may do to a line: a script or one sentence, never another error."""
    chance = random.Random(seed)
    data = yaml.safe_load(small_text)
    odd: list[object] = [
        None,
        [],
        {},
        -1,
        1e308,
        "",
        "$x",
        "when",
        True,
        ["a"],
        {"by": "x"},
        {"any": []},
        "0 s after coo ends",
        [[]],
    ]
    for _ in range(3):
        place = data
        while isinstance(place, dict | list) and place:
            key = chance.choice(list(place)) if isinstance(place, dict) else chance.randrange(len(place))
            if chance.random() < 0.4 or not isinstance(place[key], dict | list):
                place[key] = chance.choice(odd)
                break
            place = place[key]
    with suppress(Refusal):
        parse_script(yaml.safe_dump(data), "odd.yaml")

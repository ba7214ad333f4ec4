from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.pace import within
from vigwidgets.errors import Refusal
from vigwidgets.films.dyad import Script, load_script, parse_script, recount
from vigwidgets.films.dyad._model import FRAME
from vigwidgets.films.dyad._phrase_file import known_phrases, load_phrase

HEAD = """\
id: trial
title: Trial
duration: 40
seed: 4
cast:
  - {id: ana, role: parent, name: Ana}
  - {id: bo, role: child, name: Bo}
things: [{id: red, kind: block, at: 0.3}]
"""
ACTS = """\
acts:
  - {id: w, actor: ana, does: look_at, target: bo, start: 0}
  - {id: hi, play: greeting, child: bo, who: ana, start: 1}
  - {id: pb, play: peekaboo, who: ana, whom: bo, start: 2 s after hi.answers ends}
"""
TRIAL = HEAD + ACTS + "beats: []\n"


def _acts(script: Script) -> dict[str, Any]:
    return script.by_id()


def test_a_phrase_becomes_acts_and_beats_under_its_own_name() -> None:
    script = parse_script(TRIAL)
    acts = _acts(script)
    assert acts["pb.hides"].actor == "ana"
    assert acts["pb.hides"].target == "bo"
    assert acts["pb.laughs"].start == acts["pb.hides"].end + 400_000
    assert acts["hi.answers"].echoes == "hi.calls"
    assert {beat.id for beat in script.beats} == {"hi.initiative", "hi.receives", "pb.invites", "pb.fun"}
    assert "Ana" in next(beat.says for beat in script.beats if beat.id == "pb.fun")
    without = parse_script(TRIAL.replace("start: 1}", "start: 1, beats: false}"))
    assert {beat.id for beat in without.beats} == {"pb.invites", "pb.fun"}


def test_a_use_begins_and_ends_with_its_acts() -> None:
    script = parse_script(
        HEAD + ACTS + "  - {id: x, actor: bo, does: kick, start: 1 s after pb ends, duration: 1}\nbeats: []\n"
    )
    acts = _acts(script)
    last = max(act.end for name, act in acts.items() if name.startswith("pb."))
    assert acts["x"].start == last + 1_000_000


def test_latency_is_counted_in_seconds() -> None:
    for latency in (0.4, 0.8, 1.6, 2.4):
        script = parse_script(TRIAL.replace("who: ana, start: 1", f"who: ana, latency: {latency}, start: 1"))
        acts = _acts(script)
        assert acts["hi.smiles"].start - acts["hi.calls"].start == round(latency * 1e6)


def test_warmth_is_counted_in_smiles_and_laughs() -> None:
    amounts, laughs = [], []
    for warmth in range(5):
        script = parse_script(TRIAL.replace("beats: []", "beats: []\nwith: {warmth: " + f"{warmth}}}"))
        amounts.append(_acts(script)["pb.beams"].amount)
        laughs.append("pb.joins" in _acts(script))
    assert amounts == sorted(set(amounts))
    assert laughs == [False, False, True, True, True]


def test_a_seed_changes_only_what_does_not_matter() -> None:
    first = parse_script(TRIAL)
    seen = set()
    for seed in range(12):
        other = parse_script(TRIAL.replace("seed: 4", f"seed: {seed}"))
        assert [(b.id, b.codes, b.actor, b.answers) for b in other.beats] == [
            (b.id, b.codes, b.actor, b.answers) for b in first.beats
        ]
        assert [(a.id, a.does, a.actor) for a in other.acts] == [(a.id, a.does, a.actor) for a in first.acts]
        seen.add(tuple(act.end for act in other.acts))
    assert len(seen) > 6
    assert parse_script(TRIAL) == first


def test_eyes_without_a_duration_stay_until_the_next_look() -> None:
    acts = _acts(parse_script(TRIAL))
    assert acts["w"].end == acts["hi.sees"].start
    assert acts["hi.sees"].end == 40_000_000


WRONG = [
    ("play: greeting", "play: greetings", 11, "there is no phrase 'greetings'; did you mean 'greeting'?"),
    ("child: bo, ", "", 11, "'greeting' needs 'child'"),
    ("child: bo", "child: zoe", 11, "child of 'greeting' is 'zoe'; name one of ana, bo."),
    ("child: bo", "child: [bo]", 11, "child of 'greeting' is"),
    ("child: bo,", "child: bo, latency: 9,", 11, "allowed is 0.3 to 2.5 seconds"),
    ("child: bo,", "child: bo, latency: soon,", 11, "allowed is 0.3 to 2.5 seconds"),
    ("child: bo,", "child: bo, warmth: 5,", 11, "allowed is a level: 0, 1, 2, 3 or 4."),
    ("child: bo,", "child: bo, warmth: [1],", 11, "allowed is a level"),
    ("child: bo,", "child: bo, warmht: 2,", 11, "did you mean 'warmth'?"),
    ("id: hi, play", "id: pb, play", 12, "two phrases are called 'pb'"),
    ("id: hi, ", "", 11, "needs an `id`"),
    (", who: ana, start: 1", ", who: ana", 11, "needs a `start`"),
    ("child: bo,", "child: bo, skip: [nothing],", 11, "`skip` is a list of acts of 'greeting': looks, calls"),
    ("after hi.answers ends", "after hi.anwsers ends", 12, "there is no act 'hi.anwsers'"),
    ("after hi.answers ends", "after pb ends", 12, "wait for each other"),
    ("start: 1}", "start: 39}", 11, "outside the film"),
    ("child: bo, who: ana", "child: ana, who: bo", 11, "`coo`"),
    ("duration: 40", "duration: 40\nwith: {wormth: 2}", 4, "did you mean 'warmth'?"),
    ("duration: 40", "duration: 40\nwith: 3", 4, "`with` is not a mapping"),
    ("beats: []", "phrases: 3\nbeats: []", 13, "`phrases` is not a mapping"),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), WRONG)
def test_an_error_in_a_use_names_the_film_s_line(old: str, new: str, line: int, said: str) -> None:
    assert TRIAL.count(old) == 1
    with pytest.raises(Refusal) as refused:
        parse_script(TRIAL.replace(old, new), "trial.yaml")
    sentence = str(refused.value)
    assert sentence.startswith(f"trial.yaml, line {line}"), sentence
    assert said in sentence


def test_an_error_behind_a_use_names_the_phrase_s_line_too() -> None:
    with pytest.raises(Refusal, match=r"trial.yaml, line 11 \(played from phrases/greeting.yaml, line \d+\): "):
        parse_script(TRIAL.replace("start: 1}", "start: 39}"), "trial.yaml")


OWN = """\
phrases:
  nods:
    says: Nods so often.
    takes: {who: {is: person, says: Who.}}
    acts:
      - {id: a, actor: $who, does: nod, start: 0, duration: 1}
"""


def test_a_script_may_have_phrases_of_its_own() -> None:
    text = TRIAL.replace("beats: []", "  - {id: n, play: nods, who: ana, start: 30}\n" + OWN + "beats: []")
    assert _acts(parse_script(text))["n.a"].start == 30_000_000
    with pytest.raises(Refusal, match="`.whom` is no parameter"):
        parse_script(text.replace("actor: $who,", "actor: $whom,"))
    with pytest.raises(Refusal, match="has no `id`"):
        parse_script(text.replace("{id: a, actor: $who", "{actor: $who"))


def test_a_phrase_plays_no_other_phrase() -> None:
    text = TRIAL.replace("beats: []", "  - {id: n, play: nods, who: ana, start: 30}\n" + OWN + "beats: []")
    nested = text.replace("actor: $who, does: nod", "play: peekaboo, who: $who")
    line = 1 + nested[: nested.index("play: peekaboo, who: $who")].count("\n")
    with pytest.raises(Refusal, match=rf"trial.yaml, line {line}: 'nods' plays the phrase 'peekaboo'; a phrase cannot"):
        parse_script(nested, "trial.yaml")


def test_a_phrase_of_a_script_s_own_is_no_file() -> None:
    text = TRIAL.replace("beats: []", "  - {id: n, play: nods, who: ana, start: 39.5}\n" + OWN + "beats: []")
    with pytest.raises(Refusal, match=r"trial.yaml, line \d+ \(played from 'nods', line \d+\): 'n.a' lasts"):
        parse_script(text, "trial.yaml")


def test_a_phrase_with_too_much_in_it_is_told_so() -> None:
    many = "".join(f"      - {{id: a{i}, actor: $who, does: nod, start: {i}, duration: 1}}\n" for i in range(61))
    with pytest.raises(Refusal, match="`acts` has 62 items; allowed are 60 at most"):
        parse_script(TRIAL.replace("beats: []", OWN + many + "beats: []"))
    with pytest.raises(Refusal, match="`says` is missing; add it"):
        parse_script(TRIAL.replace("beats: []", OWN.replace("    says: Nods so often.\n", "") + "beats: []"))


def test_phrases_beside_the_script_are_found(tmp_path: Path) -> None:
    (tmp_path / "phrases").mkdir()
    body = "\n".join(line[4:] for line in OWN.splitlines()[2:])
    (tmp_path / "phrases" / "nods.yaml").write_text("id: nods\n" + body + "\n")
    path = tmp_path / "trial.yaml"
    path.write_text(TRIAL.replace("beats: []", "  - {id: n, play: nods, who: ana, start: 30}\nbeats: []"))
    assert "n.a" in _acts(load_script(path))


HOSTILE = {
    "filled": OWN.replace("start: 0", 'start: "' + "$who" * 90 + '"'),
    "huge": OWN.replace("says: Nods so often.", "says: " + "x" * 5000),
    "deep": "phrases: " + "{a: " * 30 + "1" + "}" * 30 + "\n",
    "self": OWN.replace("does: nod", "play: nods"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_phrases_are_answered_fast(name: str) -> None:
    text = TRIAL.replace("beats: []", "  - {id: n, play: nods, who: ana, start: 30}\n" + HOSTILE[name] + "beats: []")
    with within(5), pytest.raises(Refusal):
        parse_script(text)


def test_a_thousand_uses_are_answered_fast() -> None:
    uses = "".join(f"  - {{id: u{k}, play: peekaboo, who: ana, whom: bo, start: 1}}\n" for k in range(4000))
    with within(10), pytest.raises(Refusal, match="the phrases make more than 2000 acts"):
        parse_script(TRIAL.replace("beats: []", uses + "beats: []"))


@pytest.mark.parametrize("name", sorted(known_phrases()))
def test_every_phrase_of_the_course_says_what_its_parameters_change(name: str) -> None:
    phrase = load_phrase(known_phrases()[name])
    assert phrase.says
    for take in phrase.takes.values():
        assert len(take.says) > 5


def test_the_film_that_the_docs_begin_with_is_sound() -> None:
    docs = Path(__file__).parents[4] / "docs" / "films.md"
    found = re.search(r"```yaml\n(id: morning.*?)```", docs.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    script = parse_script(found[1], "morning.yaml")
    assert recount(script) == []
    late = parse_script(found[1].replace("start: 1.5,", "start: 1.5, latency: 2,"), "morning.yaml")
    later = late.by_id()["hello.smiles"].start - script.by_id()["hello.smiles"].start
    assert abs(later - 1_400_000) <= FRAME
    cool = parse_script(found[1].replace("who: papa, whom: mia", "who: papa, whom: mia, warmth: 1"), "morning.yaml")
    assert "game.joins" not in cool.by_id()
    named = {path.stem for path in known_phrases().values()}
    assert named <= set(re.findall(r"`([\w-]+)`", docs.read_text(encoding="utf-8")))

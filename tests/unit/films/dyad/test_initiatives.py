"""Each initiative of a child's in a film is a beat, or lies in an open stretch."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad import Script, check_initiatives, left_out, load_script, parse_script, recount
from vigwidgets.films.dyad._initiatives import PLAIN, SLIGHT
from vigwidgets.films.dyad._kinds import ACTS
from vigwidgets.resources import resource_path

FILMS = sorted(Path(resource_path("course/films")).glob("*.yaml"))


@pytest.mark.parametrize("path", FILMS, ids=[path.stem for path in FILMS])
def test_no_film_of_the_course_leaves_one_out(path: Path) -> None:
    check_initiatives(load_script(path))


def test_whatever_beat_is_dropped_the_initiative_it_names_is_missed(blocks: Script) -> None:
    """As an author does it who forgets one: the beat goes, and what answers it."""
    own = [beat for beat in blocks.beats if "initiative.voice" in beat.codes or "initiative.reach" in beat.codes]
    assert len(own) >= 4
    for lost in own:
        rest = [beat for beat in blocks.beats if not set(beat.acts) & set(lost.acts)]
        short = blocks.model_copy(update={"beats": rest, "open": []})
        with pytest.raises(Refusal, match=r"blocks.yaml, line \d+: '.*' .* is an initiative that no beat names"):
            check_initiatives(short)


def _small(text: str, act: str, more: str = "") -> Script:
    return parse_script(text.replace("beats:\n", f"  - {act}\nbeats:\n", 1) + more)


REACH = "{id: wants, actor: bo, does: reach, target: red, start: 2.6, duration: 1}"


def test_a_reach_that_no_beat_names_is_refused_unless_it_lies_in_an_open_stretch(small_text: str) -> None:
    with pytest.raises(Refusal, match=r"line 16: 'wants' \(`reach red` by 'bo', from 2.6 s\) is an initiative"):
        check_initiatives(_small(small_text, REACH))
    check_initiatives(_small(small_text, REACH, "open:\n  - {from: 2.4, to: 4, why: It ends.}\n"))
    with pytest.raises(Refusal, match="wants"):
        check_initiatives(_small(small_text, REACH, "open:\n  - {from: 3, to: 4, why: It ends.}\n"))


def test_a_grown_person_s_hand_is_no_initiative(small_text: str) -> None:
    check_initiatives(_small(small_text, REACH.replace("actor: bo", "actor: ana")))


def test_a_film_without_beats_claims_nothing_yet(small_text: str) -> None:
    check_initiatives(parse_script(small_text[: small_text.index("beats:")] + "beats: []\n"))


def test_looks_and_smiles_in_no_beat_are_named_and_no_fault(small_text: str) -> None:
    away = small_text.replace("duration: 4\n", "duration: 12\n")
    smile = _small(away, "{id: glad, actor: bo, does: smile, start: 8, duration: 2}")
    check_initiatives(smile)
    assert left_out(smile) == ["line 16: 'glad' (`smile` by 'bo', from 8 s) lies in no beat"]
    assert left_out(_small(away, "{id: glad, actor: bo, does: smile, start: 2.4, duration: 1}")) == []
    look = "{id: seeks, actor: bo, does: look_at, target: %s, start: 8, duration: 2}"
    assert len(left_out(_small(away, look % "ana"))) == 1
    assert left_out(_small(away, look % "red")) == []


def test_every_kind_is_one_that_there_is() -> None:
    assert set(PLAIN) | set(SLIGHT) <= set(ACTS)
    assert not set(PLAIN) & set(SLIGHT)


@pytest.mark.parametrize("warmth", range(5))
def test_the_round_of_peekaboo_is_coded_at_every_warmth(warmth: int) -> None:
    docs = (Path(__file__).parents[4] / "docs" / "films.md").read_text(encoding="utf-8")
    found = re.search(r"```yaml\n(id: morning.*?)```", docs, re.DOTALL)
    assert found
    cool = found[1].replace("who: papa, whom: mia", f"who: papa, whom: mia, warmth: {warmth}")
    script = parse_script(cool)
    check_initiatives(script)
    assert recount(script) == []
    assert any("game.laughs" in beat.acts for beat in script.beats)

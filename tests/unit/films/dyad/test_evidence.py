from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad import Script, check_script
from vigwidgets.films.dyad._evidence import EVIDENCE
from vigwidgets.films.dyad._model import FRAME, Act, ScriptBeat
from vigwidgets.films.dyad._watch import Case
from vigwidgets.schemes import load_scheme


def test_every_behaviour_of_the_scheme_has_a_rule() -> None:
    codes = load_scheme("paig").scheme.codes
    assert {code.id for code in codes if code.parent is not None} == set(EVIDENCE)


def _with(script: Script, beat: ScriptBeat) -> Script:
    beats = [beat if one.id == beat.id else one for one in script.beats]
    return script.model_copy(update={"beats": beats})


def test_no_beat_survives_the_loss_of_all_its_acts(film: Script) -> None:
    for beat in film.beats:
        lost = film.model_copy(update={"acts": [act for act in film.acts if act.id not in beat.acts]})
        with pytest.raises(Refusal):
            check_script(lost)


@pytest.mark.parametrize("code", sorted(EVIDENCE))
def test_each_rule_can_fail(blocks: Script, code: str) -> None:
    # A stretch in which Ana only builds and Bo only looks on shows none of these.
    beat = ScriptBeat(
        id="none", codes=[code], actor="ana", target="bo", acts=["ana-looks-blue"], start=35_000_000, end=35_800_000,
        edge=400_000, says="Nothing.", answers=None, not_for_parent=False,
    )  # fmt: skip
    looks_only = Case(blocks, beat)
    assert not EVIDENCE[code].holds(looks_only) or code == "initiative.look"


def test_waiting_needs_silence_and_eyes_on_the_other(blocks: Script) -> None:
    waits = next(beat for beat in blocks.beats if beat.id == "waits-for-him")
    speaks = next(act for act in blocks.acts if act.id == "ana-suggests")
    moved = speaks.model_copy(update={"start": waits.start, "end": waits.start + 600_000})
    talking = blocks.model_copy(update={"acts": [moved if act.id == speaks.id else act for act in blocks.acts]})
    assert EVIDENCE["2.1"].holds(Case(blocks, waits))
    assert not EVIDENCE["2.1"].holds(Case(talking, waits))
    blind = blocks.model_copy(
        update={"acts": [act for act in blocks.acts if not (act.actor == "ana" and act.does == "look_at")]}
    )
    assert not EVIDENCE["2.1"].holds(Case(blind, waits))


def test_a_smile_elsewhere_is_not_given_back(blocks: Script) -> None:
    smile = next(act for act in blocks.acts if act.id == "ana-smiles-2")
    beat = ScriptBeat(
        id="none", codes=["3.4"], actor="ana", target="bo", acts=[smile.id], start=smile.start, end=smile.end,
        edge=400_000, says="Smiles.", answers=None, not_for_parent=False,
    )  # fmt: skip
    away = smile.model_copy(update={"target": "window"})
    elsewhere = blocks.model_copy(update={"acts": [away if act.id == smile.id else act for act in blocks.acts]})
    assert EVIDENCE["3.4"].holds(Case(blocks, beat))
    assert not EVIDENCE["3.4"].holds(Case(elsewhere, beat))


def test_an_overlooked_initiative_must_really_go_unseen(blocks: Script) -> None:
    unseen = next(beat for beat in blocks.beats if beat.not_for_parent)
    watching = next(act for act in blocks.acts if act.id == "ana-looks-blue")
    seen = blocks.model_copy(
        update={"acts": [act.model_copy(update={"target": "bo"}) if act is watching else act for act in blocks.acts]}
    )
    with pytest.raises(Refusal, match="is marked `not_for_parent`, but 'ana' looks there"):
        check_script(seen)
    with pytest.raises(Refusal, match="no beat answers the initiative 'unseen'"):
        check_script(_with(blocks, unseen.model_copy(update={"not_for_parent": False})))


def test_an_answer_comes_after_what_it_answers(blocks: Script) -> None:
    receives = next(beat for beat in blocks.beats if beat.id == "receives-call")
    with pytest.raises(Refusal, match="an answer to 'fun-3'|same person"):
        check_script(_with(blocks, receives.model_copy(update={"answers": "fun-3"})))
    with pytest.raises(Refusal, match="an answer to 'topples' starts"):
        check_script(_with(blocks, receives.model_copy(update={"answers": "topples"})))


@settings(max_examples=60, deadline=None)
@given(
    looks=st.lists(st.tuples(st.integers(0, 90), st.sampled_from(["bo", "red", "window"])), max_size=12),
    span=st.tuples(st.integers(0, 80), st.integers(1, 20)),
)
def test_the_share_watched_is_what_counting_frames_gives(
    small: Script, looks: list[tuple[int, str]], span: tuple[int, int]
) -> None:
    starts = sorted({start for start, _ in looks})
    acts = [
        Act(id=f"l{k}", actor="ana", does="look_at", start=start * FRAME, end=end * FRAME, target=dict(looks)[start])
        for k, (start, end) in enumerate(zip(starts, [*starts[1:], 100], strict=False))
    ]
    script = small.model_copy(update={"acts": acts})
    first, last = span[0], span[0] + span[1]
    counted = sum(any(a.start <= k * FRAME < a.end and a.target == "bo" for a in acts) for k in range(first, last)) / (
        last - first
    )
    case = Case(script, small.beats[0])
    assert abs(case.share_watched("ana", "bo", first * FRAME, last * FRAME) - counted) < 1e-9

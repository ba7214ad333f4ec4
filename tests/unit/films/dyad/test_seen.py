# ruff: noqa: E501 - a table of acts reads best in lines
"""A beat is believed when its acts are to be seen: turned heads, covered eyes and opposite faces show something else."""

from __future__ import annotations

import pytest

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad import Script, check_initiatives, load_script, parse_script, recount
from vigwidgets.films.dyad._measures import measure
from vigwidgets.films.dyad._model import Act
from vigwidgets.films.dyad._recount_levels import FIGURES, _Baby
from vigwidgets.films.dyad._seen import APART, LEAST
from vigwidgets.resources import resource_path

BATH = """\
id: bath
title: A bath
scene: bath
duration: 30
cast:
  - {id: ruth, role: relative, name: Ruth, age: older}
  - {id: pia, role: child, name: Pia, age: 9m}
acts:
  - {id: watches, actor: ruth, does: look_at, target: pia, start: 0}
  - {id: up, actor: pia, does: look_at, target: ruth, start: 1.6}
  - {id: calls, actor: pia, does: babble, text: "ba-ba", target: ruth, start: 2.0, duration: 1.1}
  - {id: smiles, actor: ruth, does: smile, start: 2.6, duration: 3.4}
  - {id: answers, actor: ruth, does: say, text: "Ba-ba! You call me.", echoes: calls, tone: warm, target: pia, start: 3.8, duration: 1.8}
  - {id: laughs, actor: pia, does: laugh, target: ruth, start: 10, duration: 1.8}
  - {id: laughs-too, actor: ruth, does: laugh, target: pia, start: 10.4, duration: 1.6}
  - {id: kind, actor: ruth, does: smile, amount: 0.6, start: 14.8, duration: 3}
  - {id: "no", actor: ruth, does: say, text: "Shake it, yes. No throwing.", tone: limit, target: pia, start: 15, duration: 2.6}
  - {id: waits, actor: ruth, does: wait, target: pia, start: 20, duration: 4}
beats:
  - {id: calling, codes: [initiative, initiative.voice, initiative.look], actor: pia, target: ruth, acts: [up, calls], to: when calls ends, says: Pia calls.}
  - {id: receiving, codes: ["3", "3.1", "3.4", "3.6"], actor: ruth, target: pia, acts: [smiles, answers], answers: calling, says: Ruth answers.}
  - {id: fun, codes: ["4", "4.4"], actor: ruth, target: pia, acts: [laughs, laughs-too], says: They laugh.}
  - {id: limit, codes: ["5", "5.2"], actor: ruth, target: pia, acts: ["no", kind], from: when no starts, to: when no ends, says: Ruth sets a limit.}
  - {id: waiting, codes: ["2", "2.1", "1", "1.2"], actor: ruth, target: pia, acts: [waits], says: Ruth waits.}
"""


def _bath(*extra: str, text: str = BATH) -> Script:
    return parse_script(text.replace("beats:\n", "".join(f"  - {line}\n" for line in extra) + "beats:\n"), "bath.yaml")


def _ruth(does: str, start: float, seconds: float, more: str = "") -> str:
    return f"{{id: x, actor: ruth, does: {does}, start: {start}, duration: {seconds}{more}}}"


HIDDEN = {
    "a head turned to the door for all of a wait": (_ruth("turn_away", 20, 4, ", target: door"), "waiting"),
    "eyes behind hands for all of a wait": (_ruth("hide", 20, 4, ", target: pia"), "waiting"),
    "eyes behind hands for half of a wait": (_ruth("hide", 21, 2), "waiting"),
    "eyes shut for half of a wait": (_ruth("blink", 21, 2), "waiting"),
    "a head turned away from a call": (_ruth("turn_away", 2.6, 3.4, ", target: door"), "receiving"),
    "a head turned away from a laugh": (_ruth("turn_away", 9.8, 2.6, ", target: door"), "fun"),
    "hands over a face that laughs": (_ruth("hide", 9.8, 2.6), "fun"),
    "hands over the smile of a limit": (_ruth("hide", 14.8, 3), "limit"),
}  # fmt: skip


def test_the_film_holds_as_it_is() -> None:
    script = _bath()
    assert recount(script) == []
    check_initiatives(script)


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_hidden_bears_nothing_out(name: str) -> None:
    act, beat = HIDDEN[name]
    with pytest.raises(Refusal, match=rf"beat '{beat}'.*'x' \(`\w+`, from [\d.]+ to [\d.]+ s\) keeps"):
        _bath(act)


@pytest.mark.parametrize("name", HIDDEN)
def test_the_second_count_notices_it_by_itself(name: str) -> None:
    line, beat = HIDDEN[name]
    apart = BATH[: BATH.index("beats:\n")] + "beats: []\n"
    act = _bath(line, text=apart.replace("beats: []", "beats:\n  []")).by_id()["x"]
    whole = _bath()
    found = recount(whole.model_copy(update={"acts": [*whole.acts, act]}))
    assert any(fault.startswith(f"{beat}: no frame bears out") for fault in found), found


@pytest.mark.parametrize("face", ["blank", "frown"])
def test_a_still_or_cross_face_leaves_no_room(face: str) -> None:
    with pytest.raises(Refusal, match="beat 'waiting' do not show .* neither blank nor cross for more than a third"):
        _bath(_ruth(face, 20, 4))
    whole = _bath()
    act = Act(id="x", actor="ruth", does=face, start=20_000_000, end=24_000_000)
    assert "waiting: no frame bears out '2.1'" in recount(whole.model_copy(update={"acts": [*whole.acts, act]}))
    assert recount(_bath(_ruth(face, 20, 1.2))) == []
    assert recount(_bath(_ruth(face, 20, 4, ", amount: 0.1"))) == []


def test_a_glance_away_leaves_a_long_wait_what_it_is() -> None:
    assert recount(_bath(_ruth("turn_away", 20, 0.6, ", target: door"))) == []
    assert recount(_bath(_ruth("blink", 21, 0.2))) == []


@pytest.mark.parametrize("amount", [0.02, 0.1, 0.29])
def test_a_smile_that_nobody_sees_is_no_evidence(amount: float) -> None:
    faint = BATH.replace("amount: 0.6", f"amount: {amount}")
    said = (
        rf"beat 'limit' rests on what is not to be seen: 'kind' \(`smile`\) has `amount: {amount}` and is seen from 0.3"
    )
    with pytest.raises(Refusal, match=said):
        parse_script(faint)
    whole = _bath()
    acts = [one.model_copy(update={"amount": amount}) if one.id == "kind" else one for one in whole.acts]
    assert "limit: no frame bears out '5.2'" in recount(whole.model_copy(update={"acts": acts}))
    assert recount(parse_script(BATH.replace("amount: 0.6", "amount: 0.3"))) == []


def test_a_refused_lane_says_what_its_behaviours_need() -> None:
    door = _ruth("look_at", 20, 4, ", target: door")
    with pytest.raises(
        Refusal, match=r"do not show '2'; it needs one of these: for 2\.1 the actor silent [^;]*, within 20"
    ):
        _bath(door)
    lane = BATH.replace('["2", "2.1", "1", "1.2"]', '["2"]')
    with pytest.raises(Refusal, match=r"for 2\.1 .*; for 2\.2 .*; for 2\.7 "):
        _bath(door, text=lane)


APART_ACTS = [
    ("smile", "frown", "face"),
    ("smile", "surprise", "face"),
    ("smile", "blank", "face"),
    ("smile", "tears", "face"),
    ("smile", "yawn", "face"),
    ("surprise", "frown", "face"),
    ("blank", "frown", "face"),
    ("lean, target: ruth", "lean_back", "trunk"),
    ("slump", "bounce", "trunk"),
    ("lean, target: ruth", "slump", "trunk"),
]


def _pair(one: str, other: str, start: float, seconds: float = 3) -> Script:
    return _bath(
        f"{{id: a, actor: pia, does: {one}, start: 25, duration: 2}}",
        f"{{id: b, actor: pia, does: {other}, start: {start}, duration: {seconds}}}",
    )


@pytest.mark.parametrize(("one", "other", "part"), APART_ACTS)
def test_one_face_and_one_trunk_do_not_do_two_opposite_things(one: str, other: str, part: str) -> None:
    for first, second in ((one, other), (other, one)):
        said = rf"bath.yaml, line \d+: one {part} cannot `\w+` and `\w+` at once.*'b' begins at 25.52 s, before 'a' ends at 27 s"
        with pytest.raises(Refusal, match=said):
            _pair(first, second, 25.5)
        with pytest.raises(Refusal, match="at once"):  # a moment of it within the other
            _pair(first, second, 25.2, 1.2)
        _pair(first, second, 26.8)  # one comes as the other goes


def test_a_face_may_laugh_out_of_a_smile_and_weep_with_a_frown() -> None:
    _bath(_ruth("smile", 9, 5), text=BATH)
    _pair("frown", "tears", 25.5)
    _pair("frown", "cry", 25.5)
    _pair("tears", "cry", 25.5)
    _pair("blank", "tears", 25.5)
    _pair("smile", "babble, text: ba", 25.5, 1)


def test_two_people_have_two_faces() -> None:
    _bath(
        "{id: a, actor: pia, does: smile, start: 25, duration: 2}",
        "{id: b, actor: ruth, does: frown, start: 25, duration: 2}",
    )


def test_what_is_apart_is_so_both_ways() -> None:
    assert all(one in APART.get(other, ()) for one, others in APART.items() for other in others)
    assert all(0 < least <= 0.5 for least in LEAST.values())


@pytest.mark.parametrize(
    ("does", "seconds", "left"), [("turn_away", 3.0, 0), ("hide", 3.0, 0), ("turn_away", 1.0, 2.0), ("blink", 0.2, 3.0)]
)
def test_a_look_counts_for_a_scale_only_while_it_is_seen(does: str, seconds: float, left: float) -> None:
    script = load_script(resource_path("course/films/meeting-una.yaml"))
    kept = [act for act in script.acts if act.actor != "una"]
    look = Act(id="l", actor="una", does="look_at", target="grace", start=40_000_000, end=43_000_000)
    over = Act(id="o", actor="una", does=does, start=40_000_000, end=40_000_000 + round(seconds * 1e6))
    changed = script.model_copy(update={"acts": [*kept, look, over]})
    assert measure(changed, "una", "longest_look") == pytest.approx(left)
    for name, figure in FIGURES.items():
        assert figure(_Baby(changed, "una")) == pytest.approx(measure(changed, "una", name), abs=0.02), name


def test_a_smile_that_nobody_sees_moves_no_level() -> None:
    script = load_script(resource_path("course/films/meeting-una.yaml"))
    smile = Act(id="s", actor="una", does="smile", target="grace", start=5_000_000, end=8_000_000, amount=0.1)
    changed = script.model_copy(update={"acts": [*script.acts, smile]})
    for name in ("expressions_per_minute", "sent_per_minute", "answered_share"):
        assert measure(changed, "una", name) == measure(script, "una", name), name
        assert FIGURES[name](_Baby(changed, "una")) == FIGURES[name](_Baby(script, "una")), name

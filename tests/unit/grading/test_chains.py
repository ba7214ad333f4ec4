"""Chains: what follows from what, by the expert's links, by the trainee's own, and by the expert's at her edges."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.pace import within
from vigwidgets.contract import Beat, Tag
from vigwidgets.grading import Chain, Side, chains_of
from vigwidgets.grading._chains import MOST_IN_CHAIN
from vigwidgets.schemes import load_scheme

PAIG = load_scheme("paig")
SECOND = 1_000_000


def beat(name: str, at: float, answers: str | None = None, actor: str = "baby") -> Beat:
    return Beat.model_validate(
        {"id": name, "codes": ["initiative" if actor == "baby" else "3"], "actor": actor, "target": "mum",
         "start": int(at * SECOND), "end": int((at + 1) * SECOND), "edge": 0, "says": f"{name}.", "answers": answers}
    )  # fmt: skip


def tag(name: str, at: float, *links: tuple[str, str], actor: str = "baby") -> Tag:
    return Tag.model_validate(
        {"id": name, "code": "initiative" if actor == "baby" else "3", "actor": actor, "target": "mum",
         "start": int(at * SECOND), "end": int((at + 1) * SECOND),
         "links": [{"kind": kind, "to": to} for kind, to in links]}
    )  # fmt: skip


def steps(side: Side) -> list[tuple[float, float, float, bool]]:
    return [
        (side.links[one.before].start / SECOND, side.links[one.after].start / SECOND, one.latency / SECOND, one.drawn)
        for one in side.joints
    ]


def test_an_initiative_its_reception_and_the_next_turn_are_one_chain() -> None:
    beats = [beat("a", 1), beat("b", 2, "a", "mum"), beat("c", 3.5, "b"), beat("d", 9), beat("e", 12, "gone", "mum")]
    (chain,) = chains_of(beats, [], {}, PAIG)
    assert steps(chain.expert) == [(1, 2, 1, True), (2, 3.5, 1.5, True)]
    assert (chain.start, chain.end) == (1 * SECOND, int(4.5 * SECOND))
    assert chain.own == Side([], [])


def test_the_expert_s_steps_are_lent_to_whoever_saw_both_ends() -> None:
    beats = [beat("a", 1), beat("b", 2, "a", "mum"), beat("c", 4, "a", "mum")]
    tags = [tag("x", 1.2), tag("y", 2.7, actor="mum")]
    (chain,) = chains_of(beats, tags, {"a": "x", "b": "y"}, PAIG)
    assert steps(chain.own) == [(1.2, 2.7, 1.5, False)]


def test_own_links_count_as_drawn_and_bring_what_they_lead_to() -> None:
    beats = [beat("a", 1), beat("b", 2, "a", "mum")]
    tags = [
        tag("x", 1), tag("y", 2.5, ("answers", "x"), actor="mum"), tag("z", 4, ("continues", "y")),
        tag("p", 20, ("precedes", "q")), tag("q", 21, actor="mum"), tag("lonely", 30),
        tag("self", 31, ("answers", "self")),
    ]  # fmt: skip
    both, alone = chains_of(beats, tags, {"a": "x", "b": "y"}, PAIG)
    assert steps(both.own) == [(1, 2.5, 1.5, True), (2.5, 4, 1.5, True)]
    assert alone.expert.links == []
    assert steps(alone.own) == [(20, 21, 1, True)]


def test_what_follows_may_begin_first() -> None:
    (chain,) = chains_of([beat("a", 2), beat("b", 1.5, "a", "mum")], [], {}, PAIG)
    assert steps(chain.expert) == [(2, 1.5, -0.5, True)]


def test_a_ring_of_links_and_a_chain_without_end_come_to_an_end() -> None:
    ring = [tag(f"t{n}", n, ("answers", f"t{(n + 1) % 5}")) for n in range(5)]
    (chain,) = chains_of([], ring, {}, PAIG)
    assert len(chain.own.joints) == 5
    many = [tag(f"t{n:04}", n / 10, *([("answers", f"t{n - 1:04}")] if n else [])) for n in range(5000)]
    pairs = [tag(f"t{n:04}", n / 10, *([("answers", f"t{n - 1:04}")] if n % 2 else [])) for n in range(5000)]
    with within(3):
        (chain,) = chains_of([], many, {}, PAIG)
        two = chains_of([], pairs, {}, PAIG)
    assert (len(chain.own.links), len(two)) == (MOST_IN_CHAIN, 2500)


names = st.sampled_from([f"t{n}" for n in range(8)])


@given(st.lists(st.tuples(names, names), max_size=12))
def test_every_moment_with_a_link_is_in_exactly_one_chain(links: list[tuple[str, str]]) -> None:
    tags = [tag(f"t{n}", n, *[("answers", to) for own, to in links if own == f"t{n}"]) for n in range(8)]
    found: list[Chain] = chains_of([], tags, {}, PAIG)
    there = [link.start for chain in found for link in chain.own.links]
    assert len(there) == len(set(there))
    linked = {name for pair in links if pair[0] != pair[1] for name in pair}
    assert sorted(there) == sorted(int(name[1:]) * SECOND for name in linked)

"""Simulated attempts: the same for the same seed, allowed by the scheme, handed in like real ones."""

from __future__ import annotations

import pytest

from vigwidgets.authoring import EYES, simulate_observation, simulate_tags
from vigwidgets.contract import Truth
from vigwidgets.observations import check_tag
from vigwidgets.schemes import load_scheme


@pytest.mark.parametrize("eye", EYES)
def test_the_same_seed_gives_the_same_tags_and_each_is_allowed(truth: Truth, eye: str) -> None:
    codebook = load_scheme("paig")
    times = range(0, truth.duration, 40_000)
    for seed in range(20):
        tags = simulate_tags(truth, codebook, EYES[eye], seed, times=times)
        assert tags == simulate_tags(truth, codebook, EYES[eye], seed, times=times)
        observation = simulate_observation(truth, codebook, EYES[eye], seed)
        for tag in tags:
            check_tag(tag, observation, codebook, times)
        for tag in observation.tags:
            check_tag(tag, observation, codebook)
    assert tags != simulate_tags(truth, codebook, EYES[eye], 99, times=times)


def test_only_the_lanes_of_the_exercise_are_looked_for(truth: Truth) -> None:
    codebook = load_scheme("paig")
    tags = simulate_tags(truth, codebook, EYES["expert"], 1, lanes=["initiative"])
    assert {codebook.lane_of(tag.code).id for tag in tags} == {"initiative"}

"""How long a beat lasts whose script gives no times."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.films.dyad import Script, parse_script
from vigwidgets.films.dyad._beats import beat_end, beat_start
from vigwidgets.films.dyad._model import Act


def look_and(small_text: str, acts: str) -> Script:
    """Let Ana look at Bo anew from 1.4 s on, without an end, and her beat be made of some acts."""
    look = "  - {id: turns, actor: ana, does: look_at, target: bo, start: 1.4}\n"
    text = small_text.replace("start: 0, duration: 4}", "start: 0, duration: 1.4}").replace(
        "beats:\n", look + "beats:\n"
    )
    return parse_script(text.replace("acts: [smile, words]", f"acts: {acts}"), "small.yaml")


def test_a_look_without_an_end_does_not_carry_a_beats_end(small_text: str) -> None:
    script = look_and(small_text, "[turns, smile, words]")
    acts = {act.id: act for act in script.acts}
    beat = next(beat for beat in script.beats if "words" in beat.acts)
    assert acts["turns"].end == script.duration, "it lasts as long as the film"
    assert beat.start == min(acts["turns"].start, acts["smile"].start)
    assert beat.end == max(acts["words"].end, acts["smile"].end) < script.duration


def act(name: str, start: int, end: int) -> Act:
    return Act(id=name, actor="ana", does="smile", start=start, end=end)


spans = st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda one: (one[0], one[0] + one[1]))


@given(st.lists(spans, min_size=1, max_size=6), st.sets(st.integers(0, 5)))
def test_a_beat_holds_a_part_of_each_of_its_acts_and_the_whole_of_those_that_end(
    times: list[tuple[int, int]], looks: set[int]
) -> None:
    acts = [act(f"a{number}", *span) for number, span in enumerate(times)]
    unending = {f"a{number}" for number in looks}
    start, end = beat_start(acts), beat_end(acts, unending)
    assert all(one.overlaps(start, end) for one in acts)
    assert all(start <= one.start and one.end <= end for one in acts if one.id not in unending)
    assert end in {one.end for one in acts}
    assert beat_end(acts, set()) >= end

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.kernels._protocol import LONGEST, Lines, pack


@given(st.lists(st.dictionaries(st.sampled_from(["pid", "exit", "signal"]), st.integers())), st.data())
def test_messages_come_back_whole_however_they_are_cut(messages: list[dict[str, int]], data: st.DataObject) -> None:
    wire = b"".join(pack(message) for message in messages)  # type: ignore[arg-type]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(wire)), max_size=5)))
    lines, seen = Lines(), []
    for start, end in zip([0, *cuts], [*cuts, len(wire)], strict=True):
        seen += lines.feed(wire[start:end])
    assert seen == messages


def test_what_is_not_a_message_is_refused() -> None:
    with pytest.raises(ValueError, match="not an object"):
        Lines().feed(b"[1]\n")
    with pytest.raises(ValueError, match="Expecting"):
        Lines().feed(b"hello\n")
    with pytest.raises(ValueError, match="longer"):
        Lines().feed(b"x" * (LONGEST + 1))

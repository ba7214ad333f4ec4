from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.service.pages import words


def test_small_numbers_are_words_and_large_ones_digits() -> None:
    assert words.count(0, "moment") == "no moments"
    assert words.count(1, "moment") == "one moment"
    assert words.count(12, "moment") == "twelve moments"
    assert words.count(13, "moment") == "13 moments"
    assert words.count(2, "person", "people") == "two people"


def test_minutes_are_at_least_one() -> None:
    assert words.minutes(0.2) == "about one minute"
    assert words.minutes(12) == "about twelve minutes"


def test_a_list_reads_as_a_sentence() -> None:
    assert words.listed([]) == ""
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b"]) == "a and b"
    assert words.listed(["a", "b", "c"], "or") == "a, b or c"


def test_film_time_is_read_aloud() -> None:
    assert words.clock(17_850_000) == "0:17.9"
    assert words.length(0) == "0:00"
    assert words.length(41_240_000) == "0:41"
    assert words.length(41_640_000) == "0:42"
    assert words.length(3_723_000_000) == "1:02:03"


@given(st.integers(0, 86_400_000_000), st.integers(0, 86_400_000_000))
def test_later_film_time_never_reads_earlier(a: int, b: int) -> None:
    def value(text: str) -> float:
        total = 0.0
        for part in text.split(":"):
            total = total * 60 + float(part)
        return total

    earlier, later = sorted((a, b))
    assert value(words.clock(earlier)) <= value(words.clock(later))


def test_a_person_is_greeted_by_the_first_name() -> None:
    assert words.first_name("Nadia Berg") == "Nadia"
    assert words.first_name("  ") == "  "

"""Hand in attempts that nobody made, to try `vig grade` and the supervisor's pages with many.

``python -m scripts.simulate_attempts --data DIR [--exercise receiving-initiatives] [--count 50] [--seed 1]``; the
exercise's film must be in the data directory (`vig demo` draws it). Never run it on a real data directory.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from vigwidgets.authoring import add_attempts
from vigwidgets.curriculum import load_course
from vigwidgets.films import FilmLibrary
from vigwidgets.records import Records


def main() -> None:
    """Add simulated people with an attempt each."""
    parser = argparse.ArgumentParser(description="Hand in attempts that nobody made.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--exercise", default="receiving-initiatives")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    records = Records.open(asked.data)
    made = add_attempts(records, FilmLibrary(asked.data), load_course(), asked.exercise, asked.count, seed=asked.seed)
    records.close()
    print(f"{len(made)} attempts at {asked.exercise} wait to be marked.")


if __name__ == "__main__":
    main()

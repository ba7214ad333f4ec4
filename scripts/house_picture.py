"""Draw `docs/house.svg` from the import contract in pyproject.toml, so that the picture cannot grow old."""

from __future__ import annotations

import sys
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "house.svg"

# What each room is for, in a line.
ROOMS = {
    "cli": "the vig command",
    "service": "sign-in, pages, films, edits, hand-in; the Voila app that mounts it",
    "notebook": "what a notebook calls to open an exercise",
    "authoring": "the course checker, made-up attempts",
    "grading": "an attempt + its truth → mark, feedback, report, gradebook",
    "curriculum": "pathway, lessons, exercises and their policies, as data",
    "kernels": "children forked from a preloaded parent",
    "films": "intake, frame index, proxy; the synthetic dyad",
    "records": "the database: people, edits, attempts, marks",
    "agreement": "how far observations agree: pure functions",
    "observations": "one observer's coding of one film, and its edits",
    "schemes": "what may be coded",
    "contract": "the words of the house as types, from one JSON Schema",
    "errors": "a Refusal: one sentence that says what to do next",
}
ATTIC = (
    ("frontend/", "TypeScript → vigwidgets/static/"),
    ("course/", "exercises, film scripts, schemes"),
    ("notebooks/", "thin pages for Voila and papermill"),
)
INK, SOFT, PAPER, CARD, LINE, ACCENT = "#1f2a2e", "#5b6b70", "#fbf8f3", "#ffffff", "#e3dcd0", "#1d6f68"
WIDTH, LEFT, ROW, TOP = 920, 250, 38, 84


def layers() -> list[str]:
    """Return the rooms from the top floor down, as import-linter holds them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    floors = next(contract for contract in contracts if contract["type"] == "layers")["layers"]
    return [floor.removeprefix("vigwidgets.") for floor in floors if "|" not in floor]


def text(x: float, y: float, words: str, *, size: int = 14, colour: str = INK, weight: int = 400) -> str:
    """Return one line of text."""
    style = f'font-size="{size}" fill="{colour}" font-weight="{weight}"'
    return f'<text x="{x}" y="{y}" {style}>{escape(words)}</text>'


def box(x: float, y: float, width: float, height: float, *, fill: str = CARD) -> str:
    """Return one rounded box."""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="9" fill="{fill}" stroke="{LINE}"/>'


def draw() -> str:
    """Return the picture as SVG."""
    floors = layers()
    height = TOP + ROW * len(floors) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="system-ui, sans-serif" '
        'role="img" aria-label="The rooms of the house, each importing only from those below it">',
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
        text(LEFT, 40, "vigwidgets/", size=20, weight=700),
        text(LEFT, 62, "a room imports only from the rooms below it", size=13, colour=SOFT),
        text(24, 40, "beside it", size=20, weight=700),
    ]
    for number, room in enumerate(floors):
        y = TOP + ROW * number
        parts += [box(LEFT, y, WIDTH - LEFT - 24, ROW - 6), text(LEFT + 14, y + 21, room, weight=600, colour=ACCENT)]
        parts.append(text(LEFT + 130, y + 21, ROOMS[room], size=13))
    for number, (name, what) in enumerate(ATTIC):
        y = TOP + 64 * number
        parts += [box(24, y, 200, 54), text(38, y + 22, name, weight=600), text(38, y + 41, what, size=10, colour=SOFT)]
    low = TOP + ROW * (len(floors) - 3)
    parts += [
        box(24, low, 200, ROW * 3 - 6, fill="#eef5f3"),
        text(38, low + 24, "widgets", weight=600, colour=ACCENT),
        text(38, low + 46, "Player, Tagger, Workbench:", size=12),
        text(38, low + 64, "stand on schemes and", size=12),
        text(38, low + 82, "observations only", size=12),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    (Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET).write_text(draw(), encoding="utf-8")

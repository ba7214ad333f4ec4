"""Frames and stretches of the drawn films for a reader who does not know them, and apart from them what is true.

    python -m scripts.cold_reading OUT [--seed 1] [--films spoon twins]

OUT gets pages of numbered pictures without times, titles or captions, and ``key.json``, to be opened afterwards.
What came of it is in ``docs/cold-reading.md``.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from vigwidgets.films.dyad import Script, load_script
from vigwidgets.films.dyad._gaze import GazeTrack
from vigwidgets.films.dyad._painter import Painter

FILMS = Path(__file__).resolve().parent.parent / "course" / "films"
FRAME_SIZE, SHEET_SIZE = (640, 360), (480, 270)
FRAMES, STRETCHES, SECONDS = 60, 10, 5.0
A_PAGE = 6


def main() -> None:
    """Draw the pages and write the key."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--films", nargs="*", default=[])
    told = asked.parse_args()
    paths = sorted(path for path in FILMS.glob("*.yaml") if not told.films or path.stem in told.films)
    scripts = [load_script(path) for path in paths]
    rng = random.Random(told.seed)  # noqa: S311 - a draw that anybody can repeat
    told.out.mkdir(parents=True, exist_ok=True)
    moments = [(scripts[i % len(scripts)], None) for i in range(FRAMES)]
    rng.shuffle(moments)
    drawn = [(script, round(rng.uniform(1.0, script.duration / 1e6 - 0.1) * 25) / 25) for script, _ in moments]
    painters = {script.id: Painter(script, FRAME_SIZE) for script in scripts}
    for first in range(0, FRAMES, A_PAGE):
        pictures = [Image.fromarray(painters[script.id].at(t)) for script, t in drawn[first : first + A_PAGE]]
        _page(pictures, first + 1, 2).save(told.out / f"frames-{first // A_PAGE + 1:02}.png")
    stretches = []
    for k, script in enumerate(rng.sample(scripts, min(STRETCHES, len(scripts)))):
        start = round(rng.uniform(0.5, script.duration / 1e6 - SECONDS - 0.1) * 25) / 25
        small = Painter(script, SHEET_SIZE)
        pictures = [Image.fromarray(small.at(start + i * SECONDS / 9)) for i in range(9)]
        _page(pictures, 1, 3).save(told.out / f"stretch-{k + 1:02}.png")
        stretches.append({"stretch": k + 1, **_stretch(script, start)})
    frames = [{"frame": i + 1, **_moment(script, t)} for i, (script, t) in enumerate(drawn)]
    key = {"seed": told.seed, "frames": frames, "stretches": stretches}
    (told.out / "key.json").write_text(json.dumps(key, ensure_ascii=False, indent=1), encoding="utf-8")


def _page(pictures: list[Image.Image], first: int, columns: int) -> Image.Image:
    width, height = pictures[0].size
    rows = -(-len(pictures) // columns)
    page = Image.new("RGB", (columns * width, rows * (height + 18)), "#22262a")
    pen = ImageDraw.Draw(page)
    for i, picture in enumerate(pictures):
        x, y = i % columns * width, i // columns * (height + 18)
        page.paste(picture, (x, y))
        pen.text((x + 4, y + height + 3), str(first + i), fill="#d8d4cc")
    return page


def _moment(script: Script, t: float) -> dict[str, Any]:
    people: dict[str, Any] = {}
    for person in script.cast:
        before, now, eyes, _ = GazeTrack(script, person.id).at(t)
        looks = now if eyes > 0.9 else f"{before} to {now}"
        people[person.id] = {"looks": looks, "does": _acts(script, person.id, t, t)}
    happened = [f"{a.actor} {_told(a)}" for a in script.acts if t - 2.5 <= a.start / 1e6 <= t]
    return {"film": script.id, "at": t, "people": people, "just": happened}


def _stretch(script: Script, start: float) -> dict[str, Any]:
    end = start + SECONDS
    people = {person.id: _acts(script, person.id, start, end) for person in script.cast}
    beats = [beat.says for beat in script.beats if beat.start / 1e6 < end and start < beat.end / 1e6]
    return {"film": script.id, "from": start, "people": people, "beats": beats}


def _acts(script: Script, who: str, start: float, end: float) -> list[str]:
    return [
        _told(act)
        for act in script.acts
        if act.actor == who and act.start / 1e6 <= end and start < act.end / 1e6 and act.does != "wait"
    ]


def _told(act: Any) -> str:
    said = f"“{act.text}”" if act.text else ""
    amount = f"({act.amount:g})" if act.amount != 1 else ""
    return " ".join(part for part in (act.does, amount, act.thing or "", act.target or "", said) if part)


if __name__ == "__main__":
    main()

"""Frames and stretches of the drawn films for a reader who does not know them, and apart from them what is true.

    python -m scripts.cold_reading OUT [--seed 1] [--films spoon twins]

OUT gets pages of numbered pictures without times, titles or captions, ``key.json``, to be opened afterwards, and
``answers.md``, an empty form to fill in before (``scripts.cold_form``). A frame is shown as large as a film is,
1280 × 720, two to a page; a stretch is twelve stills of 640 × 360 on two pages. What the key asks of a picture, and
what not, is said in ``scripts.cold_key``; how to judge, and what came of it, in ``docs/cold-reading.md``.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from PIL import Image, ImageDraw

from scripts.cold_form import form_of
from scripts.cold_key import Sight
from vigwidgets.films.dyad import Script, load_script
from vigwidgets.films.dyad._painter import Painter

FILMS = Path(__file__).resolve().parent.parent / "course" / "films"
FRAME_SIZE, STILL_SIZE = (1280, 720), (640, 360)
FRAMES, STRETCHES, SECONDS = 60, 10, 5.0
APART, TRIES = 1.0, 1000
"""Two frames of one film are at least so many seconds apart: nearer they are one moment, and count twice."""
FRAMES_A_PAGE, STILLS, STILLS_A_PAGE = 2, 12, 6


def main() -> None:
    """Draw the pages and write the key."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("out", type=Path)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--films", nargs="*", default=[])
    told = asked.parse_args()
    paths = sorted(path for path in FILMS.glob("*.yaml") if not told.films or path.stem in told.films)
    scripts = [load_script(path) for path in paths]
    rng = random.Random(told.seed)  # noqa: S311 - a draw that anybody can repeat
    told.out.mkdir(parents=True, exist_ok=True)
    moments = [scripts[i % len(scripts)] for i in range(FRAMES)]
    rng.shuffle(moments)
    sights = {script.id: Sight(script) for script in scripts}
    drawn = draw_moments(rng, moments, sights)
    stretches = [
        (script, round(rng.uniform(0.5, script.duration / 1e6 - SECONDS - 0.1) * 25) / 25)
        for script in rng.sample(scripts, min(STRETCHES, len(scripts)))
    ]
    _draw_frames(told.out, drawn)
    _draw_stretches(told.out, stretches)
    frames = [{"frame": i + 1, **sights[script.id].frame(t)} for i, (script, t) in enumerate(drawn)]
    spans = [
        {"stretch": k + 1, **sights[script.id].stretch(start, start + SECONDS)}
        for k, (script, start) in enumerate(stretches)
    ]
    key = {"seed": told.seed, "frames": frames, "stretches": spans}
    (told.out / "key.json").write_text(json.dumps(key, ensure_ascii=False, indent=1), encoding="utf-8")
    form = form_of(
        [(sights[script.id], t) for script, t in drawn],
        [(sights[script.id], start, start + SECONDS) for script, start in stretches],
    )
    (told.out / "answers.md").write_text(form, encoding="utf-8")


def draw_moments(rng: random.Random, films: list[Script], sights: dict[str, Sight]) -> list[tuple[Script, float]]:
    """Return one moment, in seconds, of each film that is named: no moment twice, and none that asks nothing.

    Args:
        rng: What draws the lots.
        films: The films in the order of the frames; one may be named several times.
        sights: What each film's pictures show, by id.
    """
    drawn: list[tuple[Script, float]] = []
    for script in films:
        for _ in range(TRIES):
            t = round(rng.uniform(1.0, script.duration / 1e6 - 0.1) * 25) / 25
            near = any(other is script and abs(t - at) < APART for other, at in drawn)
            if not near and sights[script.id].frame(t)["asked"]:
                drawn.append((script, t))
                break
        else:
            raise SystemExit(f"{script.id} has no more moments that are {APART:g} s apart and ask something.")
    return drawn


def _draw_frames(out: Path, drawn: list[tuple[Script, float]]) -> None:
    painters = {script.id: Painter(script, FRAME_SIZE) for script, _ in drawn}
    for first in range(0, len(drawn), FRAMES_A_PAGE):
        pictures = [Image.fromarray(painters[script.id].at(t)) for script, t in drawn[first : first + FRAMES_A_PAGE]]
        _page(pictures, first + 1, 1).save(out / f"frames-{first // FRAMES_A_PAGE + 1:02}.png")


def _draw_stretches(out: Path, stretches: list[tuple[Script, float]]) -> None:
    for k, (script, start) in enumerate(stretches):
        painter = Painter(script, STILL_SIZE)
        pictures = [Image.fromarray(painter.at(start + i * SECONDS / STILLS)) for i in range(STILLS)]
        for page in range(STILLS // STILLS_A_PAGE):
            first = page * STILLS_A_PAGE
            sheet = _page(pictures[first : first + STILLS_A_PAGE], first + 1, 2)
            sheet.save(out / f"stretch-{k + 1:02}{'ab'[page]}.png")


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


if __name__ == "__main__":
    main()

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from vigwidgets.cli import vig
from vigwidgets.resources import resource_path

HELLO = Path(resource_path("course/films/hello.yaml"))


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(vig, ["film", *arguments])


def test_a_moment_is_drawn_and_told(tmp_path: Path) -> None:
    out = tmp_path / "a.png"
    result = _run("preview", str(HELLO), "--at", "0:13.4", "--size", "320x180", "--out", str(out))
    assert result.exit_code == 0, result.output
    assert "bo: laugh ana" in result.output
    with Image.open(out) as picture:
        assert picture.size == (320, 180)
        colours = picture.convert("RGB").getcolors(320 * 180)
    assert colours is not None
    assert len(colours) > 500


def test_a_sheet_has_all_its_moments(tmp_path: Path) -> None:
    out = tmp_path / "s.png"
    span = ("--from", "9", "--to", "15", "--every", "1")
    assert _run("sheet", str(HELLO), *span, "--size", "160x90", "--out", str(out)).exit_code == 0
    with Image.open(out) as picture:
        assert picture.size == (4 * 160, 2 * (90 + 16))


def test_a_script_is_checked_twice() -> None:
    result = _run("check", str(HELLO))
    assert result.exit_code == 0
    assert "hello: 24 s, 26 acts, 7 beats; all are borne out." in result.output
    assert len(re.findall(r"^  [\d.]+ to [\d.]+ s: [a-z-]+$", result.output, re.MULTILINE)) == 7, (
        "and how long each lasts"
    )


def test_what_each_code_needs_is_printed() -> None:
    result = _run("codes")
    assert result.exit_code == 0
    said = "5.2  sets a limit, kindly and clearly\n    needs `say` with tone limit, and `smile` or `nod` or `offer`"
    assert re.sub(r"5.2  .*", "5.2  sets a limit, kindly and clearly", result.output).count(said) == 1
    assert re.search(r"^2  .*\n    needs what one of its behaviours needs$", result.output, re.MULTILINE)
    assert "step.3" in _run("codes", "seven-steps").output
    assert "choose one of paig, seven-steps, adbb, m-adbb" in _run("codes", "klingon").output


def test_a_smile_in_no_beat_is_named_and_a_forgotten_laugh_is_a_fault(tmp_path: Path) -> None:
    script = tmp_path / "hello.yaml"
    told = HELLO.read_text(encoding="utf-8")
    told = told[: told.index("open:\n")] + told[told.index("described:\n") :]
    glad = "acts:\n  - {id: glad, actor: bo, does: kick, start: 23.2, duration: 0.8}\n"
    script.write_text(told.replace("acts:\n", glad, 1), encoding="utf-8")
    result = _run("check", str(script))
    assert result.exit_code == 0, result.output
    assert re.search(r"Look: line \d+: 'glad' \(`kick` by 'bo', from 23.2 s\) lies in no beat", result.output)
    script.write_text(told.replace("acts:\n", glad.replace("kick", "laugh"), 1), encoding="utf-8")
    result = _run("check", str(script))
    assert result.exit_code == 1
    assert "'glad' (`laugh` by 'bo', from 23.2 s) is an initiative that no beat names" in result.output
    drawn = CliRunner().invoke(vig, ["--data", str(tmp_path / "data"), "film", "render", str(script)])
    assert "is an initiative that no beat names" in drawn.output
    where = ("--size", "160x90", "--out", str(tmp_path / "a.png"))
    assert _run("preview", str(script), "--at", "23", *where).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("preview", str(HELLO), "--at", "24"), "the film lasts 24 s"),
        (("preview", str(HELLO), "--at", "soon"), "is no time"),
        (("preview", str(HELLO), "--at", "2", "--size", "9000x1"), "is not WIDTHxHEIGHT"),
        (("preview", "nowhere.yaml", "--at", "2"), "could not be opened"),
        (("preview", str(HELLO), "--at", "2", "--out", "/nowhere/a.png"), "could not be written"),
        (("sheet", str(HELLO), "--every", "0.05"), "400 fit"),
        (("sheet", str(HELLO), "--from", "9", "--to", "3"), "choose a span inside"),
        (("sheet", str(HELLO), "--to", "45"), "The sheet goes from 0 to 45 s; the film lasts 24 s"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(arguments: tuple[str, ...], said: str) -> None:
    result = _run(*arguments)
    assert result.exit_code != 0
    assert said in " ".join((str(result.exception), result.output))

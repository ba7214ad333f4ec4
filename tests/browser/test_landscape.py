"""The landscape in ipyvolume, on a page of the service and in JupyterLab: a point that is chosen plays in the film."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Frame, FrameLocator, Page, expect

from tests.browser.conftest import PHONE, Service, take
from tests.browser.lab import jupyterlab
from tests.browser.test_frames import free
from tests.browser.test_lab import run_all
from tests.browser.test_pages import hold
from tests.browser.test_sides import hand_in
from vigwidgets.authoring.raters import Fault
from vigwidgets.films import FilmLibrary
from vigwidgets.records import Records
from vigwidgets.resources import resource_path

__all__ = ["free"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Where in the figure a point is drawn that the film is not at already: [x, y, number], from ipyvolume's own table of
# what is under each pixel. The same spot is clicked on afterwards, with the mouse or a finger.
FIND_POINT = """() => {
  const view = window.last_figure, {clientWidth: w, clientHeight: h} = view.renderer.domElement;
  const shown = Object.values(view.scatter_views).filter(one => one.model.get('visible'));
  const balls = shown.filter(one => !one.model.get('connected'));
  const fine = view.model.get('pixel_ratio') || devicePixelRatio;
  const wide = Math.floor(w * fine), high = Math.floor(h * fine);
  const seen = new Uint8Array(4 * wide * high);
  view.renderer.readRenderTargetPixels(view.id_pass_target, 0, 0, wide, high, seen);
  const at = (x, y) => {
    const from = 4 * (Math.floor((h - y) * fine) * wide + Math.floor(x * fine));
    return seen[from] + 256 * seen[from + 1] + 65536 * seen[from + 2];
  };
  for (let y = Math.round(h * 0.3); y < h - 20; y += 3)
    for (let x = 20; x < w - 20; x += 3)
      for (const one of balls) {
        const index = at(x, y) - one.uniforms.id_offset.value;
        if (index > 2 && index < one.length && at(x + 3, y) === at(x, y)) return [x + 1, y, index];
      }
  return null;
}"""


@pytest.fixture(scope="module")
def seen(service: Service) -> Iterator[str]:
    """An attempt of the trainee's."""
    records, library = Records.open(service.data), FilmLibrary(service.data)
    nadia = next(person for person in records.people() if person.name == "Nadia Berg")
    yield hand_in(records, library, nadia.id, Fault("late", amount=0.8), 5)
    records.close()


def figure_of(page: Page) -> tuple[FrameLocator, Frame]:
    """Wait until ipyvolume has drawn; return its frame."""
    drawn = page.locator("#landscape.is-figure iframe")
    expect(drawn).to_be_visible(timeout=60_000)
    drawn.scroll_into_view_if_needed()  # what nobody sees is not drawn
    frame = next(one for one in page.frames if one.url.endswith("/figure"))
    frame.wait_for_function(f"() => window.last_figure && ({FIND_POINT})()")
    return page.frame_locator("#landscape iframe"), frame


def starts(page: Page) -> list[list[float]]:
    """Return when the stretches of each path begin, in seconds: first the trainee's."""
    lands = json.loads(page.locator("#landscape-data").text_content() or "{}")
    return [[visit[0] / 1e6 for visit in lands[who]["visits"]] for who in ("own", "expert")]


def film_time(page: Page) -> float:
    return float(page.locator("#review video").evaluate("film => film.currentTime"))


def test_a_point_of_the_figure_plays_in_the_film(sign_in: Callable[..., Page], seen: str, screenshots: Path) -> None:
    page = sign_in("trainee")
    page.goto(f"/attempts/{seen}")
    page.get_by_role("link", name="Look from all sides").click()
    page.wait_for_url("**/landscape")
    canvas = page.locator("#landscape canvas")
    expect(canvas).to_be_visible()
    expect(page.locator(".landscape-list button").first).to_be_visible()
    inside, frame = figure_of(page)
    expect(canvas).to_be_hidden()
    expect(inside.locator(".names")).to_contain_text("Receiving")
    hold(page, "landscape", screenshots)
    # Nothing there can reach the session.
    assert frame.evaluate("window.origin") == "null"
    with pytest.raises(Exception, match="sandbox|SecurityError"):
        frame.evaluate("document.cookie")
    page.get_by_role("button", name="As you saw it").click()
    frame.wait_for_function("() => Object.values(last_figure.scatter_views).some(one => !one.model.get('visible'))")
    # What can be pointed at is what was drawn last: after two frames, it is without the other path.
    frame.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    x, y, index = frame.wait_for_function(FIND_POINT).json_value()
    begins = starts(page)[0][index]
    assert film_time(page) == 0
    inside.locator("canvas").first.hover(position={"x": x, "y": y})
    page.mouse.down()
    page.mouse.up()
    page.wait_for_function("begins => document.querySelector('#review video').currentTime > begins", arg=begins)
    assert film_time(page) < begins + 3
    expect(page.locator("#review video")).to_have_js_property("paused", True)  # each stretch once


def test_keys_turn_the_figure_and_the_list_has_its_points(sign_in: Callable[..., Page], seen: str) -> None:
    page = sign_in("trainee")
    page.goto(f"/attempts/{seen}/landscape")
    _, frame = figure_of(page)
    where = "() => last_figure.camera.position.toArray().map(at => at.toFixed(3)).join()"
    before = frame.evaluate(where)
    frame.evaluate("last_figure.el.focus()")
    page.keyboard.press("ArrowRight")
    frame.wait_for_function(f"before => ({where})() !== before", arg=before)
    button = page.locator(".landscape-list button").nth(3)
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#review video').currentTime > 1")
    # One path alone, and both again.
    page.get_by_role("button", name="As the expert saw it").click()
    visible = "() => Object.values(last_figure.scatter_views).map(one => one.model.get('visible')).join()"
    frame.wait_for_function(f"() => ({visible})() === 'false,false,true,true,true'")
    page.get_by_role("button", name="Both").click()
    frame.wait_for_function(f"() => ({visible})() === 'true,true,true,true,true'")


def test_a_finger_chooses_too(chromium: Browser, service: Service, seen: str, screenshots: Path) -> None:
    context = chromium.new_context(base_url=service.url, viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("button.person", has=page.get_by_text("trainee", exact=True)).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto(f"/attempts/{seen}/landscape")
    inside, frame = figure_of(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    take(page, screenshots / "landscape-phone.png", full_page=True)
    x, y, _ = frame.wait_for_function(FIND_POINT).json_value()
    inside.locator("canvas").first.tap(position={"x": x, "y": y})
    page.wait_for_function("() => document.querySelector('#review video').currentTime > 1")
    context.close()


def test_a_point_of_the_figure_plays_in_jupyterlab(
    chromium: Browser, demo_data: Path, tmp_path: Path, free: Callable[[], int], screenshots: Path
) -> None:
    book = nbformat.read(resource_path("notebooks/landscape.ipynb"), as_version=4)  # type: ignore[no-untyped-call]
    nbformat.write(book, tmp_path / "try.ipynb")
    context = chromium.new_context(viewport={"width": 1440, "height": 1400})
    with jupyterlab(tmp_path, free(), VIG_DATA_DIR=str(demo_data)) as url:
        page = run_all(context, f"{url}/lab/tree/try.ipynb?reset", 1)
        page.wait_for_function(f"() => window.last_figure && ({FIND_POINT})()", timeout=150_000)
        figure = page.locator(".ipyvolume-canvas-container canvas").first
        figure.scroll_into_view_if_needed()
        take(page, screenshots / "landscape-lab.png")
        film = page.locator(".vig-widget video")
        assert film.evaluate("film => film.currentTime") == 0
        x, y, _ = page.wait_for_function(FIND_POINT).json_value()
        figure.hover(position={"x": x, "y": y}, force=True)
        page.mouse.down()
        page.mouse.up()
        page.wait_for_function("() => document.querySelector('.vig-widget video').currentTime > 1")
    context.close()

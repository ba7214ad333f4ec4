"""From the key that a person presses to the word that the moment is safe, in the browser itself.

Ours: the key, the moment, the socket, one durable commit, the acknowledgement. The other is the round trip of a stock
``ipywidgets.Text`` in stock Voila: the key, the comm, the kernel's answer in a label; nothing is saved there. The edit
leaves within 2 ms of its key, and is durable and answered in a few (`edits.py` has the target for that); what else is
counted here is the page that draws the new moment meanwhile, on a machine without a graphics card.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from benchmarks._sites import ours, profile, stock_voila
from benchmarks._web import chromium, less_is_better, p95, until

PRESSES, WARMING = 60, 10
CELL = """
import ipywidgets
from IPython.display import display
written, answered = ipywidgets.Text(), ipywidgets.Label(value="-")
answered.add_class("answered")
written.observe(lambda change: setattr(answered, "value", change.new), "value")
display(written, answered)
"""
_WATCH = """
window.taken = [];
let pressed = 0;
addEventListener('keydown', (event) => { pressed = event.timeStamp; }, true);
const came = () => window.taken.push(performance.now() - pressed);
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', ({ data }) => {
      if (typeof data === 'string' && JSON.parse(data).type === 'ack') came();
    });
  }
};
window.watchLabel = () => new MutationObserver(came).observe(
  document.querySelector('.answered'), { childList: true, characterData: true, subtree: true });
"""


def run() -> list[dict[str, Any]]:
    """Return the row; milliseconds, 95th of 100."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        with ours(Path(folder) / "data") as (url, token), profile(browser, _WATCH, url, token) as context:
            page = context.new_page()
            page.goto(url)
            page.wait_for_selector(".vig-timeline")
            until(page, "document.querySelector('.vig-saved').textContent.includes('ready')")
            mine = _press(page, "i", "ArrowRight")
        with stock_voila(Path(folder) / "stock", CELL) as url, profile(browser, _WATCH, url) as context:
            page = context.new_page()
            page.goto(url)
            page.wait_for_selector(".answered", timeout=60_000)
            page.locator("input[type=text]").click()
            page.evaluate("watchLabel()")
            theirs = _press(page, "a", None)
    name = "key press → durable acknowledgement, p95 (other: ipywidgets round trip in stock Voila, nothing saved)"
    return [less_is_better(name, p95(mine), p95(theirs), "ms", most=None)]


def _press(page: Page, key: str, between: str | None) -> list[float]:
    """Press a key again and again, each time after the answer to the one before."""
    taken: list[float] = []
    for number in range(1, PRESSES + 1):
        page.keyboard.press(key)
        until(page, f"taken.length >= {number}", 20)
        if between:
            page.keyboard.press(between)
            page.wait_for_timeout(20)
            until(page, "[...__vigwidgets.clocks.values()][0].wanted.value === null")
    taken = page.evaluate("taken")
    assert len(taken) == PRESSES, f"{len(taken)} answers to {PRESSES} keys"
    return taken[WARMING:]

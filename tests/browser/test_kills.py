"""A kernel, the service and the browser are killed at random moments while tags are made: no acknowledged edit is lost.

Thirty times in `make test`, with those in JupyterLab, and a thousand in `make soak`, in two halves beside each other.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Service, free_port
from tests.browser.killing import Chrome, Said, descendants, seed, work_until
from tests.processes import lives
from vigwidgets.contract import Edit
from vigwidgets.records import Records

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KILLS = {"service": 5, "browser": 9, "kernel": 13}
MANY = {"service": 140, "browser": 185, "kernel": 175}
#: After so many kills the exercise is begun anew: nobody tags ten thousand moments in two minutes of film.
ANEW = 40
_HAND_IN = """async () => {
  const { handIn, xsrf } = JSON.parse(document.getElementById('boot').textContent);
  const answer = await fetch(handIn, { method: 'POST', headers: { 'X-XSRFToken': xsrf } });
  if (!answer.ok) throw new Error(await answer.text());
}"""


class Evening:
    """One person's work on the exercise page, through whatever is killed."""

    def __init__(self, service: Service, chrome: Chrome, chance: random.Random) -> None:
        self.service, self.chrome, self.chance = service, chrome, chance
        self.said = Said()
        self.observation = ""
        self.page = self.arrive(fresh=True)

    def arrive(self, *, fresh: bool = False) -> Page:
        """Open the exercise in the browser that runs, signed in."""
        context = self.chrome.context or self.chrome.start()
        page = context.new_page()
        self.said.listen(page)
        page.goto(f"{self.service.url}/exercises/first-look{'?again=1' if fresh else ''}")
        if "/sign-in" in page.url:
            page.locator("button.person", has=page.get_by_text("trainee", exact=True)).click()
            page.wait_for_url(lambda url: "/sign-in" not in url)
            page.goto(f"{self.service.url}/exercises/first-look{'?again=1' if fresh else ''}")
        page.wait_for_selector(".vig-timeline")
        self.settle(page)
        self.observation = page.evaluate("[...__vigwidgets.benches.keys()][0]")
        return page

    def settle(self, page: Page) -> None:
        """Wait until the page says that all is saved."""
        expect(page.locator(".vig-saved")).to_have_text(re.compile("ready|moments? saved"), timeout=60_000)

    def begin_anew(self) -> None:
        """Hand in what there is, and begin with nothing."""
        before = self.observation
        self.page.evaluate(_HAND_IN)
        self.page.close()
        self.said = Said()
        self.page = self.arrive(fresh=True)
        assert self.observation != before

    def kill_service(self) -> None:
        work_until(self.page, self.chance, self.service.kill)
        self.service.start()
        self.settle(self.page)

    def kill_browser(self) -> None:
        work_until(self.page, self.chance, self.chrome.kill)
        self.chrome.context = None
        self.page = self.arrive()

    def kill_kernel(self) -> None:
        kernel = self.kernel()
        work_until(self.page, self.chance, kernel.kill)
        kernel.wait(10)
        self.settle(self.page)

    def kernel(self) -> psutil.Process:
        """Return the kernel of the page, opened again when its kernel is gone."""
        server = self.service.process.pid
        for attempt in range(300):
            # A forked kernel keeps its parent's command line; the parent's own parent is the service. What grades has
            # a forking parent too, but further down: that one is no kernel.
            forked = descendants(server, "vigwidgets.kernels._parent")
            with suppress(psutil.NoSuchProcess):  # one may end while it is asked
                parents = {one.pid for one in forked if one.ppid() == server}
                kernels = [one for one in forked if one.ppid() in parents and lives(one.pid)]
                if kernels:
                    return max(kernels, key=lambda one: one.create_time())
            if attempt % 100 == 0:
                self.page.close()
                self.page = self.arrive()
            time.sleep(0.05)
        raise AssertionError("the page has no kernel")

    def check(self) -> None:
        """Compare what was acknowledged with the durable log, and the log with the page."""
        end = time.monotonic() + 30
        # The last keys of a burst may still be on their way to the service; what the two say has to become the same.
        while self.shown() != (tags := self.logged()[1]) and time.monotonic() < end:
            time.sleep(0.05)
        assert self.shown() == tags, f"the page says {self.page.locator('.vig-saved').inner_text()!r}"
        log = self.logged()[0]
        kept = {one.id: one for one in log}
        assert len(log) == len(kept), "an edit was saved twice"
        for edit in self.said.acknowledged:
            assert edit in kept, f"{edit} was acknowledged and is not in the log"
            assert kept[edit] == Edit.model_validate(self.said.sent[edit])

    def shown(self) -> list[str]:
        """Return the ids of the moments that the page shows."""
        tags = f"__vigwidgets.benches.get('{self.observation}').tags().map((tag) => tag.id)"
        return sorted(self.page.evaluate(tags))

    def logged(self) -> tuple[list[Edit], list[str]]:
        """Return the edits of the durable log, and the ids of the moments that they make."""
        with Records.open(self.service.data) as records:
            log = [edit for _, edit in records.edits(self.observation)]
            return log, sorted(tag.id for tag in records.observation(self.observation).observation.tags)


def trial(service: Service, chromium: Browser, kills: dict[str, int]) -> None:
    chance = random.Random(seed())
    order = [what for what, times in kills.items() for _ in range(times)]
    chance.shuffle(order)
    chrome = Chrome(chromium, Path(tempfile.mkdtemp(prefix="vig-profile-")))
    acknowledged = 0
    try:
        evening = Evening(service, chrome, chance)
        for number, what in enumerate(order, 1):
            getattr(evening, f"kill_{what}")()
            evening.check()
            if number % ANEW == 0 or number == len(order):
                acknowledged += len(set(evening.said.acknowledged))
                print(f"{number} of {len(order)} kills, {acknowledged} edits acknowledged", file=sys.stderr, flush=True)
                if number < len(order):
                    evening.begin_anew()
    finally:
        chrome.forget()
    # Else nothing was tried.
    assert acknowledged >= len(order), f"only {acknowledged} edits were acknowledged between {len(order)} kills"


@pytest.fixture
def own(first_day: Path, tmp_path: Path) -> Iterator[Service]:
    """A service of its own: nobody else should find these moments, or a service that is away."""
    data = Path(shutil.copytree(first_day, tmp_path / "data"))
    running = Service(f"http://127.0.0.1:{free_port()}", data, None)  # type: ignore[arg-type]
    running.start()
    yield running
    running.kill()


@pytest.mark.timeout(900)  # a busy machine takes its time to start things again
def test_kills_lose_nothing(own: Service, chromium: Browser) -> None:
    trial(own, chromium, KILLS)


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("half", ["one", "other"])
def test_a_thousand_kills_lose_nothing(own: Service, chromium: Browser, half: str) -> None:
    trial(own, chromium, MANY)

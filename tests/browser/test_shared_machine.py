"""Two people on one computer: the second finds nothing of the first, and what the first left unsent is not lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

KEPT = """async () => {
  const found = {};
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done, fail) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = fail;
    });
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store).getAll();
      found[`${name}/${store}`] = await new Promise((done) => { all.onsuccess = () => done(all.result); });
    }
    database.close();
  }
  return found;
}"""


def begin(page: Page) -> None:
    page.goto("/exercises/first-look?again=1")  # whatever another test handed in
    page.wait_for_selector(".vig-timeline")


def test_what_one_could_undo_is_gone_when_the_next_signs_in(
    sign_in: Callable[..., Page], context: BrowserContext
) -> None:
    page = sign_in("trainee")
    begin(page)
    page.keyboard.press("i")
    expect(page.locator(".vig-saved")).to_contain_text("saved", timeout=60_000)
    kept = page.evaluate(KEPT)
    assert any(kept[store] for store in kept if not store.endswith("outbox")), kept

    page.goto("/learning")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    # One edit that never reached the service stays in the outbox, whoever comes next.
    page.evaluate("""() => new Promise((done) => {
      const asked = indexedDB.open("vigwidgets");
      asked.onsuccess = () => {
        const step = asked.result.transaction("outbox", "readwrite");
        step.objectStore("outbox").add({ observation: "obs-of-the-first", id: "e1", edit: { id: "e1", changes: [] } });
        step.oncomplete = () => { asked.result.close(); done(); };
      };
    })""")
    page.reload()
    page.wait_for_load_state("networkidle")
    kept = page.evaluate(KEPT)
    assert [row["id"] for row in kept.pop("vigwidgets/outbox")] == ["e1"]
    assert not any(kept.values()), kept

    # The next person's own page shows nothing of it and leaves it where it is.
    other = sign_in("author")
    begin(other)
    other.keyboard.press("i")
    expect(other.locator(".vig-saved")).to_contain_text("1 moment saved", timeout=60_000)
    assert [row["id"] for row in other.evaluate(KEPT)["vigwidgets/outbox"]] == ["e1"]

// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pass } from "../testing/screen";
import { BehaviourList } from "./Behaviours";

const choices = ["none", "one", "two", "three", "four"].map((id) => ({ id, text: id, key: null }));
const choose = vi.fn();
const box = () => document.querySelector(".vig-behaviours-box") as HTMLElement;
const folded = () => box().classList.contains("is-folded");
const label = (id: string) =>
  [...document.querySelectorAll("label")].find((one) => one.textContent === id) as HTMLElement;
async function show(chosen: string, some = choices, folds = true): Promise<void> {
  render(
    <BehaviourList label="x" name="n" choices={some} chosen={chosen} choose={choose} folds={folds} />,
    document.body,
  );
  await pass();
}
const tap = async (id: string) => {
  label(id).dispatchEvent(new Event("pointerup", { bubbles: true }));
  label(id).click();
  await pass();
};

beforeEach(() => choose.mockClear());
afterEach(() => render(null, document.body));

test("all names are there until one is chosen, then that one; a tap on it brings the others back", async () => {
  await show("none");
  expect([folded(), document.querySelector("button")]).toEqual([false, null]);
  await tap("two");
  expect(choose).toHaveBeenCalledExactlyOnceWith("two");
  await show("two");
  expect([folded(), document.querySelector("button")?.textContent]).toEqual([true, "other names (4)"]);
  await tap("two");
  expect(folded()).toBe(false);
  await tap("three");
  expect(choose).toHaveBeenLastCalledWith("three");
  expect(folded()).toBe(true);
});

test("its button opens and closes it, and it closes when the focus goes elsewhere", async () => {
  await show("two");
  const button = document.querySelector("button") as HTMLElement;
  button.click();
  await pass();
  expect([folded(), button.getAttribute("aria-expanded")]).toEqual([false, "true"]);
  label("two").dispatchEvent(new FocusEvent("focusout", { bubbles: true, relatedTarget: button }));
  await pass();
  expect(folded()).toBe(false);
  button.dispatchEvent(new FocusEvent("focusout", { bubbles: true, relatedTarget: document.body }));
  await pass();
  expect(folded()).toBe(true);
});

test("a short list, and one that may not, stay as they are", async () => {
  await show("one", choices.slice(0, 3));
  expect(folded()).toBe(false);
  await show("one", choices, false);
  expect(folded()).toBe(false);
});

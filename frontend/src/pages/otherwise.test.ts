// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { chooseOtherwise } from "./_otherwise";

test("a difference's link opens the field with that one chosen, and goes nowhere", () => {
  document.body.innerHTML = `
    <a href="#otherwise-item" data-otherwise="beat:b2"><b>I see it otherwise</b></a>
    <a href="#otherwise-item" data-otherwise="beat:gone"><i>I see it otherwise</i></a>
    <select id="otherwise-item"><option value="beat:b1">1</option><option value="beat:b2">2</option></select>
    <textarea id="otherwise-reason"></textarea>`;
  const field = document.querySelector("select") as HTMLSelectElement;
  const click = (where: string) => {
    const event = new MouseEvent("click", { bubbles: true, cancelable: true });
    document.addEventListener("click", chooseOtherwise, { once: true });
    document.querySelector(where)?.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect(field.value).toBe("beat:b1");
  expect(click("b")).toBe(true);
  expect(field.value).toBe("beat:b2");
  expect(document.activeElement?.id).toBe("otherwise-reason");
  expect(click("i")).toBe(false);
  expect(field.value).toBe("beat:b2");
});

// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { Codebook } from "../model/codebook";
import { SCHEME } from "../testing/paig";
import { inHand } from "./Task";

const codebook = new Codebook(SCHEME);
const TASK =
  "<p>When it <strong>begins</strong>, press <code>i</code>; then <code>3</code>. Type <code>ls</code>.</p>";

test("with keys, the task shows each lane's key as it is set now", () => {
  const keys = new Map([["initiative", "x"]]);
  expect(inHand(TASK, codebook, keys, true)).toBe(
    "<p>When it <strong>begins</strong>, press <kbd>X</kbd>; then <kbd>3</kbd>. Type <code>ls</code>.</p>",
  );
});

test("with fingers, it names the lane to tap", () => {
  expect(inHand(TASK, codebook, new Map(), false)).toBe(
    "<p>When it <strong>begins</strong>, tap <b>Initiative</b>; then <b>Receiving</b>. Type <code>ls</code>.</p>",
  );
});

/** The keys of a rating sheet: an item's key keeps a moment for it, a digit rates the item in focus. */
import type { KeyAction } from "../keys/table";
import { say } from "../model/codebook";
import type { Rating } from "./rating";

/** They come before all other keys, as a scheme's lanes do. */
export function ratingKeys(rating: Rating, keys: ReadonlyMap<string, string>): KeyAction[] {
  const items = rating.items.flatMap((item): KeyAction[] => {
    const key = keys.get(item.id);
    return key
      ? [
          {
            keys: [key],
            what: `Keep a moment for: ${say(item.short ?? item.label)}`,
            group: "Tag",
            edits: true,
            run: () => rating.press(item.id),
            release: (s) => s.coder.release(item.id),
          },
        ]
      : [];
  });
  const steps = rating.steps.flatMap((step): KeyAction[] =>
    step.key
      ? [
          {
            keys: [step.key],
            what: say(step.label),
            group: "Rate",
            edits: true,
            run: () => rating.rate(rating.item.value, step.id),
          },
        ]
      : [],
  );
  return [...items, ...steps, ...moving(rating)];
}

function moving(rating: Rating): KeyAction[] {
  return [
    { keys: ["ArrowUp"], what: "Item before", group: "Rate", repeats: true, run: () => rating.move(-1) },
    { keys: ["ArrowDown"], what: "Item after", group: "Rate", repeats: true, run: () => rating.move(1) },
    {
      keys: ["Enter"],
      what: "Play its moments, or stop",
      group: "Rate",
      run: () => rating.playEvidence(rating.item.value),
    },
    {
      keys: ["Shift+Backspace"],
      what: "Take its rating back",
      group: "Rate",
      edits: true,
      run: () => rating.open(rating.item.value),
    },
  ];
}

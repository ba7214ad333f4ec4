/** Who gets a key that two actions want. */
import type { KeyAction } from "./table";

/** Letters for an action that lost all of its own, in this order. */
const SPARE = [..."ynhgtvx", ..."qwertyuiopasdfghjklzxcvbnm"].flatMap((key) => [key, `Shift+${key}`]);

/**
 * Gives every key to one action. A scheme's lanes come first; an action of ours that loses its last key to them gets
 * the same letter with Shift where that is free, else the next letter that is.
 */
export function claim(lanes: readonly KeyAction[], ours: readonly KeyAction[]): KeyAction[] {
  const taken = new Set<string>();
  const take = (action: KeyAction): KeyAction => {
    const keys = action.keys.filter((key) => !taken.has(key));
    for (const key of keys) taken.add(key);
    return { ...action, keys };
  };
  const claimed = [...lanes, ...ours].map((action) => ({ asked: action.keys, action: take(action) }));
  return claimed.map(({ asked, action }, i) => {
    if (action.keys.length > 0 || i < lanes.length) return action;
    const shifted = asked.filter((key) => /^[a-z]$/.test(key)).map((key) => `Shift+${key}`);
    const free = [...shifted, ...SPARE].find((key) => !taken.has(key));
    return take({ ...action, keys: free ? [free] : [] });
  });
}

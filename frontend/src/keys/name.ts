/** How keys are written, as they stand on a keyboard. */
const NAMES: Record<string, string> = {
  " ": "space",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  Mod: "Ctrl",
};

/** Writes a key as it stands on a keyboard. */
export function keyName(key: string): string {
  const parts = key === "+" ? ["+"] : key.split(/\+(?=.)/);
  return parts.map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join("\u00a0");
}

/** How one person likes to watch: kept in this browser, for every film. */
import { effect, type Signal, signal } from "@preact/signals";

interface Choice {
  /** What it is when nothing was chosen, and what may be chosen. */
  usual: number;
  least: number;
  most: number;
}

/** Seconds, frames and frames a second; 0 and 1 for no and yes. */
export const CHOICES = {
  /** How far a quick review goes back, in seconds. */
  preRoll: { usual: 2, least: 0.2, most: 20 },
  /** How much is played before and after a moment, in seconds. */
  around: { usual: 1, least: 0, most: 10 },
  /** How many frames the long step has. */
  frames: { usual: 5, least: 2, most: 250 },
  /** How many frames a second a walk shows. */
  pace: { usual: 4, least: 0.5, most: 15 },
  /** Whether the film's tools are shown. */
  tools: { usual: 0, least: 0, most: 1 },
  /** Whether the picture stays in sight when the page is scrolled. */
  stay: { usual: 1, least: 0, most: 1 },
  /** Whether a moment's own close-ups are followed. */
  follow: { usual: 1, least: 0, most: 1 },
} satisfies Record<string, Choice>;

export type PrefName = keyof typeof CHOICES;
const KEPT = "vigwidgets.player";

/** Reads a number into what may be chosen; null when it is none. */
export function allowed(name: PrefName, value: unknown): number | null {
  const { least, most } = CHOICES[name];
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  return Math.min(Math.max(value, least), most);
}

export class Prefs {
  readonly values: Record<PrefName, Signal<number>>;
  private readonly stop: () => void;

  constructor(private readonly storage: Pick<Storage, "getItem" | "setItem"> | null = browserStorage()) {
    const kept = this.read();
    const entries = Object.entries(CHOICES) as [PrefName, Choice][];
    this.values = Object.fromEntries(
      entries.map(([name, { usual }]) => [name, signal(allowed(name, kept[name]) ?? usual)]),
    ) as Record<PrefName, Signal<number>>;
    this.stop = effect(() => this.keep());
  }

  dispose(): void {
    this.stop();
  }

  get(name: PrefName): number {
    return this.values[name].value;
  }

  /** Chooses; what is no number changes nothing. */
  set(name: PrefName, value: number): void {
    const good = allowed(name, value);
    if (good !== null) this.values[name].value = good;
  }

  toggle(name: PrefName): void {
    this.set(name, this.get(name) ? 0 : 1);
  }

  private read(): Record<string, unknown> {
    try {
      const kept: unknown = JSON.parse(this.storage?.getItem(KEPT) ?? "{}");
      return typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : {};
    } catch {
      return {};
    }
  }

  private keep(): void {
    const now = Object.fromEntries(Object.entries(this.values).map(([name, value]) => [name, value.value]));
    try {
      this.storage?.setItem(KEPT, JSON.stringify(now));
    } catch {
      // A browser that keeps nothing has it until the page closes.
    }
  }
}

/** The browser's own store; null where it may not be used. */
export function browserStorage(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

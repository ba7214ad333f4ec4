/** Windows on one piece of work that the service keeps. */
import { vi } from "vitest";
import { ObservationModel } from "../model/observation";
import { ServiceStore } from "../store/service";
import { CAST } from "./paig";
import { type Service, ServiceLine, SharedOutbox } from "./service";

/** Lets promises run. */
export const settle = async () => {
  for (let i = 0; i < 12; i++) await null;
};

/** A window, by itself on a computer of its own; it may lose its network. */
export class Window {
  readonly lines: ServiceLine[] = [];
  readonly store: ServiceStore;
  readonly model: ObservationModel;
  private away = false;

  constructor(service: Service, outbox = new SharedOutbox()) {
    const dial = () => {
      const line = new ServiceLine(service);
      if (this.away) line.close();
      this.lines.push(line);
      return line.socket;
    };
    this.store = new ServiceStore(
      "ws://x",
      "obs-1",
      outbox.of(() => true),
      dial,
    );
    this.model = new ObservationModel("obs-1", CAST, this.store);
    this.store.open(this.model);
  }

  get offline(): boolean {
    return this.away;
  }

  set offline(away: boolean) {
    this.away = away;
    if (away) this.lines.at(-1)?.close();
  }

  get said(): string | null {
    return this.model.refusal.value;
  }
}

/** All that is said is heard, as far as it goes in so many turns. */
export async function turn(windows: readonly Window[], turns = 12): Promise<void> {
  for (let i = 0; i < turns; i++) {
    for (const { lines } of windows) {
      lines.at(-1)?.serve();
      lines.at(-1)?.deliver();
      lines.at(-1)?.deliver();
    }
    await settle();
  }
}

/** All is said and heard, and whoever waits to try again has done so; timers are fake. */
export async function calm(windows: readonly Window[]): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await vi.advanceTimersByTimeAsync(9000);
    await turn(windows, 20);
  }
}

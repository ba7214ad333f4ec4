/** Windows on one piece of work: the real store and model, on lines to the service that are tests' own. */
import { vi } from "vitest";
import { ObservationModel } from "../model/observation";
import { ServiceStore } from "../store/service";
import { CAST } from "./paig";
import { type Service, ServiceLine, SharedOutbox } from "./service";
import { settle } from "./settle";

/** A store of "obs-1" that opens its lines with `dial`; with an outbox of its own it is on another computer. */
export function storeOn(
  dial: () => ServiceLine,
  outbox = new SharedOutbox(),
  lives = () => true,
): ServiceStore {
  return new ServiceStore("ws://x", "obs-1", outbox.of(lives), () => dial().socket);
}

/** A window of the computer whose outbox it is given; on a computer of its own where it is given none. */
export class ServiceWindow {
  readonly lines: ServiceLine[] = [];
  readonly store: ServiceStore;
  readonly model: ObservationModel;
  private away = false;
  private lives = true;

  constructor(
    private readonly service: Service,
    outbox?: SharedOutbox,
  ) {
    this.store = storeOn(
      () => this.dial(),
      outbox,
      () => this.lives,
    );
    this.model = new ObservationModel("obs-1", CAST, this.store);
    this.store.open(this.model);
  }

  /** The line it opened last. */
  get line(): ServiceLine | undefined {
    return this.lines.at(-1);
  }

  get waiting(): number {
    return this.store.state.value.waiting;
  }

  /** What it tells whoever works in it. */
  get said(): string | null {
    return this.model.refusal.value;
  }

  get offline(): boolean {
    return this.away;
  }

  /** Without a network its line is lost, and so is each that it opens. */
  set offline(away: boolean) {
    this.away = away;
    if (away) this.line?.close();
  }

  kill(): void {
    this.lives = false;
    this.line?.close();
    this.store.close();
  }

  private dial(): ServiceLine {
    const line = new ServiceLine(this.service);
    if (this.away) line.close();
    this.lines.push(line);
    return line;
  }
}

/** All that is said is heard, as far as it goes in so many turns. */
export async function turn(windows: readonly ServiceWindow[], turns = 12): Promise<void> {
  for (let i = 0; i < turns; i++) {
    for (const { line } of windows) {
      line?.serve();
      line?.deliver();
      line?.deliver();
    }
    await settle();
  }
}

/** All is said and heard, and whoever waits to try again has done so; timers are fake. */
export async function calm(windows: readonly ServiceWindow[]): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await vi.advanceTimersByTimeAsync(9000);
    await turn(windows, 20);
  }
}
